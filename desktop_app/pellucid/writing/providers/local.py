"""A language model that runs in this process, token by token."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pellucid.core.errors import UserError
from pellucid.core.run import Run
from pellucid.encoders.devices import free_memory, is_out_of_memory
from pellucid.encoders.folders import ModelFolder
from pellucid.encoders.quiet import quiet
from pellucid.writing.providers.causal import (
    READ_AT_ONCE,
    Causal,
    Need,
    find_model,
    load,
    prompt_ids,
    step,
)
from pellucid.writing.providers.constrained import Constraint, constraint_of
from pellucid.writing.providers.likelihood import weigh
from pellucid.writing.providers.limits import Allowance, OutOfTimeError, Usage
from pellucid.writing.providers.types import Likelihood, Message, Request, Weighed

_HALF = "\ufffd"


@dataclass(slots=True)
class LocalProvider:
    """Writes with a model of a folder, which is loaded when it is first asked and then kept.

    Where prompt and answer do not fit the model's context, the beginning of the prompt is left
    away; `cut` counts those tokens. A grammar, or else a schema, is held to at every token.
    """

    folder: ModelFolder
    need: Need
    usage: Usage = field(default_factory=Usage)
    time: Allowance = field(default_factory=Allowance)
    cut: int = 0
    _causal: Causal | None = field(default=None, init=False, repr=False)

    @property
    def name(self) -> str:
        return str(self.folder.path)

    @property
    def model(self) -> str:
        return self.folder.name

    @property
    def destination(self) -> str:
        return ""

    @property
    def context(self) -> int:
        """How many tokens a prompt and its answer may take together."""
        return self.need.context

    def stream(self, request: Request, run: Run) -> Iterator[str]:
        """Yield the answer as it is written; raises `UserError` where memory or time runs out.

        Time is what all answers together take, without loading the model.
        """
        causal = self._loaded(run)
        with quiet():
            ids = prompt_ids(causal, request.messages)
            constraint = constraint_of(request, causal)
        room = min(request.max_tokens, causal.context // 2)
        most = max(1, causal.context - room)
        self.cut += max(0, len(ids) - most)
        ids = ids[-most:]
        spelling = Spelling(causal.tokenizer)
        written = 0
        try:
            with self.time.spent(run) as timed:
                for token in _tokens(causal, ids, room, request.temperature, constraint, timed):
                    written += 1
                    run.progress("Writing", token=written)
                    piece = spelling.add(token)
                    if piece:
                        yield piece
                rest = spelling.rest()
                if rest:
                    yield rest
        except OutOfTimeError as error:
            raise UserError(
                f"{self.model} took {self.time.all_s:,g} seconds in all, so it was asked nothing "
                "more; what it had written is kept",
                "Allow it more time with --most-seconds, or choose a smaller model.",
            ) from error
        except (MemoryError, RuntimeError) as error:
            raise self._out_of_memory(error, "writing; what it had written is kept") from error
        finally:
            self.usage.add(0, 0, len(ids), written)

    def weigh(
        self, text: Weighed, prompts: Sequence[tuple[Message, ...]], run: Run
    ) -> Iterator[tuple[int, Likelihood]]:
        """Yield for each of `prompts`, with its place, how likely the sentence is after it.

        Raises `OutOfTimeError` where the time has run out, which is looked at between parts of a
        prompt, and `UserError` where memory has.
        """
        causal = self._loaded(run)
        try:
            with self.time.spent(run) as timed:
                yield from weigh(causal, text, prompts, timed)
        except (MemoryError, RuntimeError) as error:
            raise self._out_of_memory(error, "reading; the words are as they were") from error

    def _loaded(self, run: Run) -> Causal:
        if self._causal is None:
            self._causal = load(self.folder, self.need, run)
        return self._causal

    def _out_of_memory(self, error: Exception, doing: str) -> UserError:
        """Say that memory ran out; raises any other error again."""
        if not is_out_of_memory(error):
            raise error
        if self._causal is not None:
            free_memory(self._causal.device)
        return UserError(
            f"Memory ran out while {self.model} was {doing}",
            "Close other programs, or choose a smaller model.",
        )


def local(
    name: str | Path, run: Run, download: bool = False, time: Allowance | None = None
) -> LocalProvider:
    """Return the provider for a folder or hub id; nothing is loaded yet.

    `time` may be shared with others; without one the model has the usual time for itself.

    Raises `UserError` for a folder whose model cannot be used.
    """
    return LocalProvider(*find_model(name, run, download), time=time or Allowance())


class Spelling:
    """Turns tokens into text as they come; a character of several tokens waits for its last."""

    def __init__(self, tokenizer: Any) -> None:
        self._tokenizer = tokenizer
        self._ids: list[int] = []
        self._told = 0
        self._start = 0

    def add(self, token: int) -> str:
        """Return the text that a token completes, which may be none."""
        self._ids.append(token)
        before, now = self._text(self._told), self._text(len(self._ids))
        if now.endswith(_HALF) or len(now) <= len(before):
            return ""
        self._start, self._told = self._told, len(self._ids)
        return now[len(before) :]

    def rest(self) -> str:
        """Return what was still waiting when the answer ended."""
        before, now = self._text(self._told), self._text(len(self._ids))
        self._told = len(self._ids)
        return now[len(before) :]

    def _text(self, end: int) -> str:
        text = self._tokenizer.decode(self._ids[self._start : end], skip_special_tokens=True)
        return str(text)


def _tokens(
    causal: Causal,
    ids: list[int],
    most: int,
    temperature: float,
    constraint: Constraint | None,
    run: Run,
) -> Iterator[int]:
    """Yield the answer's tokens, the likeliest at temperature 0; stopping is looked for at each.

    Tokens that the constraint leaves no choice of are read by the model together.
    """
    import torch

    random = torch.Generator().manual_seed(run.seed)
    with torch.inference_mode():
        cache, scores = _read(causal, ids, run)
    forced: list[int] = []
    unread: list[int] = []
    for _ in range(most):
        run.check()
        if not forced:
            with torch.inference_mode():
                if unread:
                    cache, found = step(causal, unread, cache)
                    scores, unread = found[-1], []
                if constraint is not None:
                    banned = torch.from_numpy(~constraint.allowed())
                    scores = scores.masked_fill(banned[: len(scores)], -torch.inf)
                chosen = _choose(scores, temperature, random)
            if chosen is None or chosen in causal.ends:
                return
            forced = [chosen]
        token = forced.pop(0)
        yield token
        unread.append(token)
        if constraint is not None:
            constraint.take(token)
            if constraint.is_over:
                return
            forced = forced or constraint.forced()


def _read(causal: Causal, ids: list[int], run: Run) -> tuple[Any, Any]:
    """Read the prompt in parts; return the cache and the scores of the first token to come."""
    cache: Any = None
    scores: Any = None
    for start in range(0, len(ids), READ_AT_ONCE):
        run.check()
        run.progress("Reading the facts", start, len(ids))
        cache, scores = step(causal, ids[start : start + READ_AT_ONCE], cache)
    run.progress("Writing")
    return cache, scores[-1]


def _choose(scores: Any, temperature: float, random: Any) -> int | None:
    """Return the next token; None where no token is allowed or none has a score."""
    import torch

    scores = torch.nan_to_num(scores, nan=-torch.inf, posinf=1e9)
    if torch.isneginf(scores).all():
        return None
    if temperature <= 0:
        return int(scores.argmax())
    shares = torch.softmax(scores / temperature, 0)
    return int(torch.multinomial(shares, 1, generator=random))
