"""Descriptions worth testing: from columns and from n-grams, without a language model."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pellucid.core.run import Run
from pellucid.data.types import Columns, Kind
from pellucid.explain.contrast.descriptions import is_missing, is_skewed, judge
from pellucid.explain.contrast.halves import Codes
from pellucid.explain.contrast.measuring import (
    FEWEST,
    Difference,
    mean_difference,
    rank_difference,
    share_difference,
)
from pellucid.explain.contrast.types import Description

Floats = NDArray[np.float64]
MOST_PROPOSED = 20
_MOST_LEVELS = 40
_FEWEST_TRUE = 5
_MOST_PHRASES = 12
_POOL = 120
_ALIKE = 0.85
_NOTHING = 1e-9
_CUTS = tuple(i / 10 for i in range(1, 10))
_MOST_OF_COLUMN = {"level": 4}
_FEWEST_PHRASES, _MOST_OF_TEXTS = 6, 14


@dataclass(frozen=True, slots=True)
class Proposal:
    """A description, how it is to be measured, and what it showed where it was found."""

    description: Description
    by_rank: bool
    found: Difference
    judged: Floats


def propose(columns: Columns, kinds: Mapping[str, Kind], codes: Codes, run: Run) -> list[Proposal]:
    """Return at most 20 descriptions in which two groups differ, the largest effect first.

    `codes` (n,) is 0 for the first group, 1 for the second. Levels, missing cells, numbers and
    thresholds on them, days, and the length and n-grams of texts are tried. They are ranked by the
    end of the effect's interval that is nearer to 0, which weighs effect and support, and one is
    dropped that says nearly what a better one does: a correlation beyond 0.85 inside the groups, or
    a number and its thresholds. What the discovery half cannot tell from nothing is not carried.
    """
    pool: list[Proposal] = []
    for place, (name, kind) in enumerate(kinds.items()):
        run.progress("Looking for differences", place, len(kinds))
        run.check()
        found = [
            proposal
            for description in _candidates(name, kind, columns, codes, run)
            if (proposal := _measured(description, columns, codes)) is not None
        ]
        pool += _best_of_number(found)
    pool = [item for item in pool if item.found.strength > 0]
    pool.sort(key=lambda item: (-item.found.strength, item.found.effect < 0))
    texts = sum(kind == "text" for kind in kinds.values())
    most = {**_MOST_OF_COLUMN, "phrase": max(_FEWEST_PHRASES, _MOST_OF_TEXTS // max(1, texts))}
    return _diverse(pool[:_POOL], codes, most)


def compare_values(
    values: Floats, codes: Codes, is_share: bool, by_rank: bool
) -> Difference | None:
    """Compare judged values (n,) of the two groups; None where there are too few, or all agree."""
    known = np.isfinite(values)
    first, second = values[known & (codes == 0)], values[known & (codes == 1)]
    if min(len(first), len(second)) < FEWEST:
        return None
    if is_share:
        return share_difference(first, second)
    if np.ptp(first) == 0 and np.ptp(second) == 0:
        return None if first[0] == second[0] else rank_difference(first, second)
    return rank_difference(first, second) if by_rank else mean_difference(first, second)


def _measured(description: Description, columns: Columns, codes: Codes) -> Proposal | None:
    judged = judge(description, columns)
    known = judged[np.isfinite(judged)]
    if description.is_share and not _FEWEST_TRUE <= known.sum() <= len(known) - _FEWEST_TRUE:
        return None
    by_rank = not description.is_share and (
        is_skewed(known) or min(np.ptp(judged[np.isfinite(judged) & (codes == g)])
                                if (np.isfinite(judged) & (codes == g)).any() else 0.0
                                for g in (0, 1)) == 0
    )  # fmt: skip
    found = compare_values(judged, codes, description.is_share, by_rank)
    return None if found is None else Proposal(description, by_rank, found, judged)


def _candidates(
    name: str, kind: Kind, columns: Columns, codes: Codes, run: Run
) -> Iterator[Description]:
    values = columns[name]
    missing = is_missing(values)
    if missing.any():
        yield Description("missing", name)
    if missing.all():
        return
    if kind == "text":
        yield Description("length", name)
        yield from _phrases(name, values.tolist(), codes, run)
    elif values.dtype.kind == "f":
        yield from _numbers(name, kind, values.astype(np.float64))
    else:
        counted = Counter(str(value) for value in values.tolist() if value is not None)
        for level, times in counted.most_common(_MOST_LEVELS):
            if times >= _FEWEST_TRUE:
                yield Description("level", name, level)


def _numbers(name: str, kind: Kind, values: Floats) -> Iterator[Description]:
    known = values[np.isfinite(values)]
    distinct = np.unique(known)
    if len(distinct) == 2 and kind != "datetime":
        for value in distinct.tolist():
            yield Description("level", name, str(int(value)) if value % 1 == 0 else repr(value))
        return
    if kind != "datetime":
        yield Description("number", name)
    cuts = np.unique(np.quantile(known, _CUTS, method="higher"))
    for cut in cuts[cuts > distinct[0]].tolist():
        yield Description("date" if kind == "datetime" else "threshold", name, cut=cut)


def _phrases(
    name: str, texts: Sequence[str | None], codes: Codes, run: Run
) -> Iterator[Description]:
    from pellucid.explain.corpus.distinctive import distinctive_ngrams

    for group in distinctive_ngrams(texts, codes.astype(object), run, most=_MOST_PHRASES):
        for ngram in group.ngrams:
            yield Description("phrase", name, ngram.ngram)


def _best_of_number(found: list[Proposal]) -> list[Proposal]:
    """Keep, of a number or a date and all thresholds on it, the one that tells most."""
    graded = [item for item in found if item.description.kind in ("number", "threshold", "date")]
    rest = [item for item in found if item not in graded]
    graded.sort(key=lambda item: -item.found.strength)
    return rest + graded[:1]


def _diverse(pool: list[Proposal], codes: Codes, most: Mapping[str, int]) -> list[Proposal]:
    """Take the best that say something of their own, at most so many of one kind and column."""
    taken: list[Proposal] = []
    filled: list[Floats] = []
    used: Counter[tuple[str, str]] = Counter()
    for item in pool:
        kind, column = item.description.kind, item.description.column
        judged = _standardised(item.judged, codes)
        if used[kind, column] >= most.get(kind, 1):
            continue
        if any(abs(float((judged * other).mean())) > _ALIKE for other in filled):
            continue
        taken.append(item)
        filled.append(judged)
        used[kind, column] += 1
        if len(taken) == MOST_PROPOSED:
            break
    return taken


def _standardised(judged: Floats, codes: Codes) -> Floats:
    """Return values less their group's mean, with variance 1 and missing ones at the mean.

    Whatever tells the groups apart goes together over both of them; what counts is whether two
    descriptions go together inside a group. Where nothing varies inside the groups, the values
    themselves are taken, since all that part them fully say the same.
    """
    residual = judged.copy()
    for group in (0, 1):
        rows = (codes == group) & np.isfinite(judged)
        if rows.any():
            residual[rows] -= judged[rows].mean()
    if float(np.nanstd(residual)) < _NOTHING:
        residual = judged - float(np.nanmean(judged))
    spread = float(np.nanstd(residual))
    return np.asarray(np.nan_to_num(residual / (spread or 1.0), nan=0.0))
