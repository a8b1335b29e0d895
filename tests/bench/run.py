"""Print every bench figure beside its rival and its limit; exit 1 where one falls short.

Run: python tests/bench/run.py [fit] [report] [open] [window] [planted] [lies] [text [parts of it]]
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from tempfile import TemporaryDirectory

import bench_fit
import bench_lies
import bench_open
import bench_planted
import bench_report
import bench_text
import bench_window
from figures import HEADER, REAL_DATA, Figure

BENCHES: dict[str, Callable[..., Iterator[Figure]]] = {
    "fit": bench_fit.figures,
    "report": bench_report.figures,
    "open": bench_open.figures,
    "window": bench_window.figures,
    "planted": bench_planted.figures,
    "lies": bench_lies.figures,
    "text": bench_text.figures,
}
NEEDS_REAL_DATA = ("fit", "report", "window", "text")


def asked_for(words: list[str]) -> list[tuple[str, list[str]]]:
    """Return the benches that are named, or all, each with the words behind it: parts of it."""
    asked: list[tuple[str, list[str]]] = []
    for word in words or BENCHES:
        if word in BENCHES:
            asked.append((word, []))
        elif asked:
            asked[-1][1].append(word)
        else:
            sys.exit(f"There is no bench called {word}; there are {', '.join(BENCHES)}.")
    return asked


def main(words: list[str]) -> int:
    """Run the named benches, or all, and say whether every limit was kept."""
    print(HEADER, flush=True)
    good = True
    for name, parts in asked_for(words):
        if name in NEEDS_REAL_DATA and not REAL_DATA.is_dir():
            print(f"{name}: left out, the real files of ../shared/data are not here", flush=True)
            continue
        with TemporaryDirectory() as home:
            os.environ["PELLUCID_HOME"] = home
            for figure in BENCHES[name](*parts):
                print(figure.line(), flush=True)
                good = good and figure.is_good
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
