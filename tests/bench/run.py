"""Print every bench figure beside its rival and its limit; exit 1 where one falls short.

Run: python tests/bench/run.py [fit] [report] [open] [window] [planted]
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from tempfile import TemporaryDirectory

import bench_fit
import bench_open
import bench_planted
import bench_report
import bench_window
from figures import HEADER, REAL_DATA, Figure

BENCHES: dict[str, Callable[[], Iterator[Figure]]] = {
    "fit": bench_fit.figures,
    "report": bench_report.figures,
    "open": bench_open.figures,
    "window": bench_window.figures,
    "planted": bench_planted.figures,
}
NEEDS_REAL_DATA = ("fit", "report", "window")


def main(names: list[str]) -> int:
    """Run the named benches, or all, and say whether every limit was kept."""
    print(HEADER, flush=True)
    good = True
    for name in names or BENCHES:
        if name in NEEDS_REAL_DATA and not REAL_DATA.is_dir():
            print(f"{name}: left out, the real files of ../shared/data are not here", flush=True)
            continue
        with TemporaryDirectory() as home:
            os.environ["PELLUCID_HOME"] = home
            for figure in BENCHES[name]():
                print(figure.line(), flush=True)
                good = good and figure.is_good
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
