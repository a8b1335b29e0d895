"""The tables of a report: columns, metrics, terms, associations."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence

from pellucid.core.numbers import count, interval, number, percent, plural
from pellucid.data.types import Association, ColumnProfile, Histogram, Profile
from pellucid.explain.types import ModelExplanation, TermExplanation
from pellucid.facts.corpora import TextStudy
from pellucid.facts.fits import METRIC_NAMES, metric_bounds, metric_text
from pellucid.facts.tables import MEASURES
from pellucid.facts.texts import told_ngrams
from pellucid.models.types import Estimate, FitSummary
from pellucid.report.document import TableBlock
from pellucid.report.figures import model_name
from pellucid.report.figures.base import capital
from pellucid.report.ticks import day_of

MOST_TIES = 15
MOST_TOLD, MOST_GROUP_ROWS = 7, 12
MOST_TERM_ROWS = 40
_MOST_BARS = 24
_DAY_S = 86_400.0
_FOUR_DIGITS_FROM = 4
_KINDS = {"category": "category", "boolean": "yes or no", "datetime": "date"}


def column_table(profile: Profile, texts: Sequence[TextStudy] = ()) -> TableBlock:
    """Set every column in a row, with its distribution as a tiny histogram."""
    known = {study.column: study for study in texts}
    rows = tuple(
        (
            column.name,
            _KINDS.get(column.kind, column.kind),
            percent(column.missing / column.rows) if column.missing and column.rows else "none",
            count(column.distinct),
            _typical(column, known.get(column.name)),
            _range(column, known.get(column.name)),
        )
        for column in profile.columns
    )
    return TableBlock(
        "table:columns",
        f"All {len(rows)} columns in the order of the file" if len(rows) > 1 else "The one column",
        ("Column", "Kind", "Missing", "Distinct", "Typical", "Range"),
        rows,
        ("left", "left", "right", "right", "left", "left"),
        tuple(_spark(column) for column in profile.columns),
    )


def _typical(column: ColumnProfile, study: TextStudy | None = None) -> str:
    if study is not None:
        return f"median {plural(round(study.lengths.median), study.unit)}"
    if column.kind == "number" and "0.5" in column.quantiles:
        return f"median {column.tell(column.quantiles['0.5'])}"
    if column.kind in ("category", "boolean", "constant") and column.top:
        first = column.top[0]
        share = first.count / max(1, column.rows - column.missing)
        return f"{first.value or '(empty)'}, {percent(share)}"
    return ""


def _range(column: ColumnProfile, study: TextStudy | None = None) -> str:
    if study is not None:
        return f"up to {plural(study.lengths.most, study.unit)}"
    if column.min is None or column.max is None:
        return ""
    if column.kind == "datetime":
        return f"{day_of(column.min / _DAY_S)} to {day_of(column.max / _DAY_S)}"
    return f"{column.tell(column.min)} to {column.tell(column.max)}"


def _spark(column: ColumnProfile) -> tuple[float, ...]:
    if column.kind in ("constant", "identifier"):
        return ()
    histogram = column.histogram or column.lengths
    heights = _rebinned(histogram) if histogram else [top.count for top in column.top[:_MOST_BARS]]
    most = max(heights, default=0)
    return tuple(round(h / most, 3) for h in heights) if most else ()


def _rebinned(histogram: Histogram) -> list[int]:
    """Join neighbouring bins until they fit a thumbnail."""
    step = -(-len(histogram.counts) // _MOST_BARS)
    return [sum(histogram.counts[i : i + step]) for i in range(0, len(histogram.counts), step)]


def metric_table(summary: FitSummary) -> TableBlock:
    """Set every metric of the model and its baselines, each with its 95% interval.

    Of metrics and models, those that are more stand in rows, so that the table fits a page.
    """
    models = (summary.test, *summary.baselines)
    lines = [
        ("Metric", *(model_name(scores.name, scores is summary.test) for scores in models)),
        *(
            (
                capital(METRIC_NAMES.get(metric, metric)),
                *(_metric_cell(metric, scores.metrics.get(metric)) for scores in models),
            )
            for metric in summary.test.metrics
        ),
    ]
    if len(models) > len(summary.test.metrics):
        lines = list(zip(*lines, strict=True))
        lines[0] = ("Model", *lines[0][1:])
    rows_text = count(summary.rows.get("test", 0))
    return TableBlock(
        "table:metrics",
        f"On {rows_text} test rows that no model saw, with 95% intervals ({summary.test.interval})",
        lines[0],
        tuple(lines[1:]),
        ("left", *("right" for _ in lines[0][1:])),
    )


def _metric_cell(metric: str, found: Estimate | None) -> str:
    """Write a metric with its interval, which shows no digits that the metric does not."""
    if found is None:
        return ""
    places = 2 - math.floor(math.log10(abs(found.value))) if found.value else 3
    low, high = round(found.low, places), round(found.high, places)
    return f"{metric_text(metric, found.value)} ({metric_bounds(metric, low, high)})"


def term_table(explanation: ModelExplanation) -> TableBlock:
    """Set the terms by importance beside the rise in loss when each is taken out."""
    shown = explanation.terms[:MOST_TERM_ROWS]
    left_out = len(explanation.terms) - len(shown)
    more = f"; {count(left_out)} weaker ones are not listed" if left_out else ""
    return TableBlock(
        "table:terms",
        "Terms by mean absolute score, and the rise in held-out loss when each is taken out, with "
        f"intervals corrected for the number of terms{more}",
        ("Term", "Mean score", "Rise in loss", "95% interval", "Matters"),
        tuple(_term_rows(shown)),
        ("left", "right", "right", "right", "left"),
    )


def _term_rows(terms: Sequence[TermExplanation]) -> Iterator[tuple[str, ...]]:
    tested = [term.evidence for term in terms if term.evidence is not None]
    scores = _places([term.importance for term in terms])
    rises = _places([found.rise for found in tested])
    for term in terms:
        found = term.evidence
        score = _fixed(term.importance, scores)
        if found is None:
            yield term.name, score, "not tested", "", ""
            continue
        is_cut = found.matters and round(found.low, rises) == 0  # it is above 0, and reads so
        low = number(found.low, 1) if is_cut else _fixed(found.low, rises)
        bounds = f"{low} to {_fixed(found.high, rises)}"
        matters = "yes" if found.matters else "not measurably"
        yield term.name, score, _fixed(found.rise, rises), bounds, matters


def _places(values: Sequence[float]) -> int:
    """Return the decimals that show the largest of `values` with three digits, one for all.

    From 10,000 on it is four digits, the places then being negative, so that small values beside
    large ones keep some.
    """
    most = max((abs(value) for value in values if math.isfinite(value)), default=0.0)
    size = math.floor(math.log10(most)) if most else 2
    return min(8, max(0, 2 - size) if size < _FOUR_DIGITS_FROM else 3 - size)


def _fixed(value: float, places: int) -> str:
    """Write with a fixed number of decimals, so that a column of numbers lines up."""
    if not math.isfinite(value):
        return number(value)
    return f"{round(value, places) + 0.0:,.{max(0, places)}f}".replace("-", "−")


def tie_table(profile: Profile) -> TableBlock | None:
    """List the columns that go together most closely; None where no pair was measured."""
    ranked: Sequence[Association] = sorted(
        profile.associations, key=lambda a: (-abs(a.value), a.a, a.b)
    )
    if not ranked:
        return None
    shown = ranked[:MOST_TIES]
    scope = f"The {len(shown)} strongest of {count(len(ranked))} measured pairs"
    return TableBlock(
        "table:associations",
        scope if len(ranked) > len(shown) else "All measured pairs",
        ("Column", "Goes with", "Strength", "Measure"),
        tuple((a.a, a.b, number(a.value), MEASURES.get(a.measure, a.measure)) for a in shown),
        ("left", "left", "right", "left"),
    )


def distinctive_table(study: TextStudy) -> TableBlock | None:
    """Set what each of several groups of texts says more than the rest; None for two or fewer."""
    if len(study.groups) < 3:
        return None
    rows = []
    for group in study.groups[:MOST_GROUP_ROWS]:
        found = told_ngrams(group, MOST_TOLD)
        words = ", ".join(f"{one.ngram} ({percent(one.texts / group.texts)})" for one in found)
        rows.append((group.group, count(group.texts), words or "nothing beyond chance"))
    return TableBlock(
        f"table:distinctive:{study.column}",
        f"What {study.column} says more for each {study.by} than for the others, surest first; in "
        "brackets, the share of its texts that say it",
        (study.by, "Texts", "Says more than the others"),
        tuple(rows),
        ("left", "right", "left"),
    )


def fact_value(value: float | str | None, unit: str) -> str:
    """Write a fact's value with its unit, as the appendix shows it."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if unit == "share":
        return percent(value)
    return f"{number(value)} {MEASURES.get(unit, unit)}".strip()


def fact_bounds(low: float | None, high: float | None, unit: str) -> str:
    """Write a fact's interval; empty where none was computed."""
    if low is None or high is None:
        return ""
    return f"{percent(low)} to {percent(high)}" if unit == "share" else interval(low, high)


ORIGINS: Mapping[str, str] = {
    "profile": "the table's profile",
    "corpus": "the texts as a whole",
    "fit": "the fit and its scores on test rows",
    "explanation": "the model's terms",
}
"""By a fact's result: where it was computed, in words."""
