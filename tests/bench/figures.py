"""A measured figure beside its rival and its limit, and the table they are printed in."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

REAL_DATA = Path(__file__).resolve().parents[3] / "shared" / "data"


@dataclass(frozen=True)
class Figure:
    """One line of the bench: `ours` beside `rival` where there is one, held against `limit`.

    What is held against the limit is ours / rival where `is_ratio`, else ours. A figure is good
    where it is at most the limit, or at least it with `at_least`; without a limit it is only told.
    """

    name: str
    ours: float
    unit: str
    rival: float | None = None
    limit: float | None = None
    is_ratio: bool = False
    at_least: bool = False

    @property
    def held(self) -> float:
        return self.ours / self.rival if self.is_ratio and self.rival else self.ours

    @property
    def is_good(self) -> bool:
        if self.limit is None:
            return True
        return self.held >= self.limit if self.at_least else self.held <= self.limit

    def line(self) -> str:
        """Return the figure as a row of the printed table."""
        rival = "" if self.rival is None else f"{self.rival:.5g}"
        ratio = "" if not self.rival else f"{self.ours / self.rival:.3f}"
        limit = "" if self.limit is None else f"{'>=' if self.at_least else '<='} {self.limit:g}"
        verdict = "" if self.limit is None else ("good" if self.is_good else "FALLS SHORT")
        return (
            f"{self.name:<58} {self.ours:>10.5g} {self.unit:<4} "
            f"{rival:>10} {ratio:>7} {limit:>10} {verdict}"
        )


HEADER = f"{'figure':<58} {'ours':>10} {'':<4} {'rival':>10} {'ratio':>7} {'limit':>10}"


def seconds(work: Callable[[], object]) -> float:
    """Return the wall-clock seconds that `work` takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def median_seconds(work: Callable[[], object], runs: int = 5) -> float:
    """Return the median of several timings of `work`, after one that does not count."""
    work()
    return statistics.median(seconds(work) for _ in range(runs))
