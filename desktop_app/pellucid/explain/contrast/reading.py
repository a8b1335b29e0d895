"""Statements in words: proposed and judged by a reader, whose error is measured."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from pellucid.core.run import Run
from pellucid.data.types import Columns
from pellucid.explain.contrast.descriptions import condition, judge
from pellucid.explain.contrast.halves import Codes
from pellucid.explain.contrast.proposing import Proposal, compare_values
from pellucid.explain.contrast.types import Description, Floats, Judge, Reader, Rows
from pellucid.explain.proportions import wilson_interval

MOST_STATEMENTS = 8
MOST_JUDGED = 60
"""Rows of each group that a reader judges in each half, since it reads them one by one."""
_MOST_SHOWN = 10
_KNOWN = 3
_KNOWN_ROWS = 20
_TAG = 79


def read_statements(reader: Reader, rows: Rows, codes: Codes, run: Run) -> list[Proposal]:
    """Return the statements that tell the groups apart on some of the rows that propose.

    `rows` and `codes` (n,) are those of the discovery half. Each group shows a few of its rows to
    the reader; what it states is judged on others of them.
    """
    shown = [_few(rows[codes == group], _MOST_SHOWN, run.seed, group) for group in (0, 1)]
    statements = list(dict.fromkeys(reader.propose(shown[0], shown[1])))[:MOST_STATEMENTS]
    rest = ~np.isin(rows, np.concatenate(shown))
    found = []
    for place, statement in enumerate(statements):
        run.progress("Judging statements", place, len(statements))
        run.check()
        description = Description("statement", "", statement)
        judged = judge_rows(reader, description, rows[rest], codes[rest], run)
        one = compare_values(judged, codes[rest], is_share=True, by_rank=False)
        if one is not None and one.strength > 0:
            whole = np.full(len(rows), np.nan)
            whole[rest] = judged
            found.append(Proposal(description, False, one, whole))
    return found


def judge_rows(
    reader: Reader, description: Description, rows: Rows, codes: Codes, run: Run
) -> Floats:
    """Return what a reader says of a sample of the rows, NaN for the others."""
    judged = np.full(len(rows), np.nan)
    places = [
        _few(np.flatnonzero(codes == group), MOST_JUDGED, run.seed, 2 + group) for group in (0, 1)
    ]
    chosen = np.concatenate(places)
    judged[chosen] = reader.fits(description.value, rows[chosen])
    return judged


def measure_judge(
    reader: Reader, found: Sequence[Proposal], held: Columns, rows: Rows, run: Run
) -> Judge:
    """Measure how often a reader is wrong where the columns say what is right.

    It is asked for the plainest of the descriptions that were made from columns, on rows of the
    confirmation half.
    """
    known = [
        item.description for item in found
        if item.description.kind in ("level", "threshold", "phrase")
    ][:_KNOWN]  # fmt: skip
    tried = wrong = 0
    for place, description in enumerate(known):
        run.check()
        chosen = _few(np.arange(len(rows)), _KNOWN_ROWS, run.seed, 4 + place)
        right = judge(description, held)[chosen]
        said = reader.fits(condition(description), rows[chosen])
        counted = np.isfinite(right) & np.isfinite(said)
        tried += int(counted.sum())
        wrong += int((right[counted] != said[counted]).sum())
    low, high = wilson_interval(wrong, tried)
    return Judge(reader.name, wrong / tried if tried else float("nan"), low, high, tried)


def _few(rows: NDArray[np.intp], most: int, seed: int, tag: int) -> Rows:
    if len(rows) <= most:
        return np.asarray(rows, dtype=np.intp)
    random = np.random.default_rng([seed, _TAG, tag])
    return np.sort(random.choice(rows, most, replace=False)).astype(np.intp)
