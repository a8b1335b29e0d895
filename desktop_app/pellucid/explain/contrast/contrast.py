"""What tells one group of rows from another."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from pellucid.core.run import Run
from pellucid.data.types import Columns, Kind
from pellucid.explain.contrast.descriptions import judge as judge_columns
from pellucid.explain.contrast.halves import Codes, discovery_rows
from pellucid.explain.contrast.measuring import Difference, holm
from pellucid.explain.contrast.proposing import (
    MOST_PROPOSED,
    Proposal,
    compare_values,
    propose,
)
from pellucid.explain.contrast.reading import judge_rows, measure_judge, read_statements
from pellucid.explain.contrast.types import (
    Contrast,
    GroupComparison,
    LeftOutColumn,
    Reader,
    Side,
)

Floats = NDArray[np.float64]
Rows = NDArray[np.bool_]
_WHY: Mapping[Kind, str] = {
    "identifier": "identifies rows instead of describing them",
    "constant": "has the same value in every row",
}


def compare_groups(
    columns: Columns,
    kinds: Mapping[str, Kind],
    codes: Codes,
    run: Run,
    reader: Reader | None = None,
) -> GroupComparison:
    """Return the descriptions in which two groups differ beyond chance.

    `columns` are typed, without the one that makes the groups; `codes` (n,) is 0 for the first
    group and 1 for the second. One half of the rows proposes at most 20 descriptions
    (`proposing.propose`), the other measures them; one is confirmed where its sign is the same and
    its p-value, corrected for all that were carried (Holm), is under 5%. As no row both proposes
    and confirms, one confirmed difference or more shows up by chance in at most 5% of comparisons
    of groups that do not differ. A `reader` of rows proposes statements beside, which it judges on
    a sample of the rows of either half; they count among the 20.
    """
    used = {name: kind for name, kind in kinds.items() if kind not in _WHY}
    left_out = [LeftOutColumn(n, _WHY[k]) for n, k in kinds.items() if k in _WHY]
    texts: list[Sequence[str | None]] = [
        columns[name].tolist() for name, kind in used.items() if kind == "text"
    ]
    proposing, duplicates = discovery_rows(codes, texts, run)
    found = propose(_taken(columns, used, proposing), used, codes[proposing], run)
    held = _taken(columns, used, ~proposing)
    judge = None
    if reader is not None:
        stated = read_statements(reader, np.flatnonzero(proposing), codes[proposing], run)
        judge = measure_judge(reader, found, held, np.flatnonzero(~proposing), run)
        found = [*stated, *found][:MOST_PROPOSED]
    contrasts = _confirm(found, held, codes[~proposing], run, reader, np.flatnonzero(~proposing))
    contrasts.sort(key=lambda item: (-_near(item), item.description.column))
    return GroupComparison(
        discovery=_sizes(codes[proposing]),
        confirmation=_sizes(codes[~proposing]),
        tried=len(found),
        contrasts=tuple(item for item in contrasts if item.is_confirmed),
        failed=tuple(item for item in contrasts if not item.is_confirmed),
        left_out=tuple(left_out),
        duplicates=duplicates,
        judge=judge,
    )


def _taken(columns: Columns, used: Mapping[str, Kind], rows: Rows) -> Columns:
    return {name: columns[name][rows] for name in used}


def _sizes(codes: Codes) -> tuple[int, int]:
    return int((codes == 0).sum()), int((codes == 1).sum())


def _confirm(
    found: Sequence[Proposal],
    held: Columns,
    codes: Codes,
    run: Run,
    reader: Reader | None,
    rows: NDArray[np.intp],
) -> list[Contrast]:
    """Measure what was proposed on rows that did not propose it."""
    measured: list[tuple[Proposal, Floats, Difference]] = []
    for place, item in enumerate(found):
        run.progress("Confirming differences", place, len(found))
        run.check()
        judged = (
            judge_rows(reader, item.description, rows, codes, run)
            if reader is not None and item.description.kind == "statement"
            else judge_columns(item.description, held)
        )
        one = compare_values(judged, codes, item.description.is_share, item.by_rank)
        if one is None:
            # What cannot be measured is carried all the same, so that Holm counts it.
            one = Difference(item.found.measure, 0.0, -1.0, 1.0, 1.0, item.found.test, "none")
        measured.append((item, judged, one))
    corrected = holm(np.array([one.p_value for _, _, one in measured]))
    return [
        Contrast(
            item.description, one.measure, one.effect, one.low, one.high, float(p_value), one.test,
            one.interval, _side(judged, codes, 0, one), _side(judged, codes, 1, one),
            item.found.effect,
        )
        for (item, judged, one), p_value in zip(measured, corrected.tolist(), strict=True)
    ]  # fmt: skip


def _side(judged: Floats, codes: Codes, group: int, one: Difference) -> Side:
    values = judged[(codes == group) & np.isfinite(judged)]
    if not len(values):
        return Side(0, 0.0)
    middle = np.median(values) if one.measure == "Cliff's delta" else values.mean()
    return Side(len(values), float(middle))


def _near(item: Contrast) -> float:
    return Difference(
        item.measure, item.effect, item.low, item.high, item.p_value, item.test, item.interval
    ).strength
