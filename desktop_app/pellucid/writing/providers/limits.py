"""How much a provider may take: time, bytes, tokens and money; and what it has taken so far."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace

from pellucid.core.errors import StoppedError, UserError
from pellucid.core.run import Run

ALL_S = 1_200.0
"""How long a language model may write in all, in seconds, where nothing else is said."""
_BYTES_IN_A_TOKEN = 3.5
"""English takes about 4 in the vocabularies of today; fewer here, to err on the dear side."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds on one request, and on all of a provider's together (`all_s`, `tokens`, `cost`).

    After `failures` requests in a row that came to nothing, a server is asked no more. `prices`
    are those of a million tokens asked and answered, in the currency of `cost`.
    """

    total_s: float = 600.0
    all_s: float = ALL_S
    failures: int = 2
    connect_s: float = 10.0
    attempts: int = 4
    first_wait_s: float = 0.5
    longest_wait_s: float = 30.0
    answer_bytes: int = 4_000_000
    tokens: int | None = 400_000
    cost: float | None = None
    prices: tuple[float, float] = (0.0, 0.0)


class OutOfTimeError(UserError):
    """A model has taken all the seconds that it may."""


@dataclass(slots=True)
class Allowance:
    """The seconds that a model may take in all, `all_s`, and those that it has taken.

    Whatever is asked of a model under one allowance shares its time. `clock` tells seconds from
    any start.
    """

    all_s: float = ALL_S
    clock: Callable[[], float] = field(default=time.monotonic, repr=False)
    taken_s: float = 0.0

    @contextmanager
    def spent(self, run: Run) -> Iterator[Run]:
        """Count the time of the block, and yield a run that stops once none is left.

        Raises `OutOfTimeError` where the block stopped for that.
        """
        start, before = self.clock(), self.taken_s
        is_over = False

        def should_stop() -> bool:
            nonlocal is_over
            if run.should_stop():
                return True
            self.taken_s = before + self.clock() - start
            is_over = self.taken_s >= self.all_s
            return is_over

        try:
            timed = replace(run, should_stop=should_stop)
            timed.check()
            yield timed
        except StoppedError:
            if not is_over:
                raise
            raise OutOfTimeError(
                f"The language model has taken the {self.all_s:,g} seconds that it may"
            ) from None
        finally:
            self.taken_s = before + self.clock() - start


@dataclass(slots=True)
class Usage:
    """What a provider has used; `is_estimated` once a server did not count for itself."""

    limits: Limits = field(default_factory=Limits)
    requests: int = 0
    asked: int = 0
    answered: int = 0
    is_estimated: bool = False

    @property
    def tokens(self) -> int:
        return self.asked + self.answered

    @property
    def cost(self) -> float:
        """The cost in the currency that the prices are in; 0 where no prices are known."""
        ask, answer = self.limits.prices
        return (self.asked * ask + self.answered * answer) / 1e6

    def check(self, asked_bytes: int = 0, answered_bytes: int = 0) -> None:
        """Raise `UserError` if what comes on top would go beyond the tokens or the cost."""
        asked, answered = tokens_in(asked_bytes), tokens_in(answered_bytes)
        most = self.limits.tokens
        if most is not None and self.tokens + asked + answered > most:
            raise UserError(
                f"The language model has used its {most:,} tokens, so it was asked nothing more",
                "Allow it more tokens, or let it write about fewer columns.",
            )
        ask, answer = self.limits.prices
        cost = self.cost + (asked * ask + answered * answer) / 1e6
        if self.limits.cost is not None and cost > self.limits.cost:
            raise UserError(
                f"The language model would cost more than the {self.limits.cost:g} allowed, so it "
                "was asked nothing more",
                "Allow it more, or choose a cheaper model.",
            )

    def add(
        self, asked_bytes: int, answered_bytes: int, asked: int | None, answered: int | None
    ) -> None:
        """Count one request by the server's own count of tokens, or else by its bytes."""
        self.requests += 1
        self.asked += tokens_in(asked_bytes) if asked is None else asked
        self.answered += tokens_in(answered_bytes) if answered is None else answered
        self.is_estimated = self.is_estimated or asked is None or answered is None


def tokens_in(how_many_bytes: int) -> int:
    """Estimate how many tokens a text of so many bytes in UTF-8 has."""
    return round(how_many_bytes / _BYTES_IN_A_TOKEN + 0.49)
