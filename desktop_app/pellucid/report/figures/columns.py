"""The columns of a table: how each is spread, and which go together."""

from __future__ import annotations

from collections.abc import Sequence

from pellucid.core.numbers import count, listing, number, percent, plural
from pellucid.data.types import Association, ColumnProfile, Profile
from pellucid.facts.tables import MEASURES
from pellucid.report.charts import Bar, BarChart, Caption, HeatmapChart, HistogramChart
from pellucid.report.figures.base import capital

MOST_VALUES = 12
MOST_ASSOCIATED = 12
_DAY_S = 86_400.0
_CLEAR = 0.3


def histogram_chart(column_profile: ColumnProfile) -> HistogramChart | BarChart | None:
    """Draw a column: numbers, dates and text lengths as counts between edges, else top values.

    None where the column has nothing to draw.
    """
    column = column_profile
    histogram = column.histogram or column.lengths
    if histogram is None:
        return _top_values(column)
    is_date, is_text = column.kind == "datetime", column.histogram is None
    edges = tuple(e / _DAY_S for e in histogram.edges) if is_date else histogram.edges
    title = _spread_title(column, is_text)
    known = column.rows - column.missing
    axis = f"Length of {column.name}, characters" if is_text else column.name
    return HistogramChart(
        Caption(title, f"{plural(known, 'row')} by {axis}", f"{title}."),
        x_axis=axis,
        edges=edges,
        counts=histogram.counts,
        scale=histogram.scale,
        is_date=is_date,
    )


def _spread_title(column: ColumnProfile, is_text: bool) -> str:
    q = column.quantiles
    if is_text or column.kind == "datetime" or not {"0.25", "0.75"} <= q.keys():
        return f"How {column.name} is spread"
    if q["0.25"] == q["0.75"]:
        return f"At least half of {column.name} is {column.tell(q['0.25'])}"
    return f"Half of {column.name} lies from {column.tell(q['0.25'])} to {column.tell(q['0.75'])}"


def _top_values(column: ColumnProfile) -> BarChart | None:
    if not column.top:
        return None
    known = max(1, column.rows - column.missing)
    bars = tuple(Bar(t.value or "(empty)", t.count, note=percent(t.count / known))
                 for t in column.top[:MOST_VALUES])  # fmt: skip
    first = bars[0]
    title = f"{column.name} is most often {first.label}, in {first.note} of rows"
    scope = f"{len(bars)} of {plural(column.distinct, 'value')}"
    told = [f"{bar.label} {bar.note}" for bar in bars]
    return BarChart(
        Caption(
            title, f"Rows by {column.name}, {scope}", f"{title}. {listing(told, MOST_VALUES)}."
        ),
        "Rows",
        bars,
    )


def association_chart(profile: Profile) -> HeatmapChart | None:
    """Draw how the columns with the closest ties go together; None where none do.

    Columns are numbered, and the numbers name the matrix's columns, so that no name is turned.
    """
    ranked = sorted(profile.associations, key=lambda a: (-abs(a.value), a.a, a.b))
    ranked = [item for item in ranked if abs(item.value) >= _CLEAR]
    if not ranked:
        return None
    names: dict[str, None] = {}
    for item in ranked:
        if len(names.keys() | {item.a, item.b}) <= MOST_ASSOCIATED:
            names.update({item.a: None, item.b: None})
    order = [column.name for column in profile.columns if column.name in names]
    known = {frozenset((a.a, a.b)): a.value for a in profile.associations}
    values = tuple(
        tuple(known.get(frozenset((row, column))) if row != column else None for column in order)
        for row in reversed(order)
    )
    scope = "" if len(order) == len(profile.columns) else (
        f"; the {len(order)} most closely tied of {len(profile.columns)} columns"
    )  # fmt: skip
    best = ranked[0]
    if any(
        v is None for i, row in enumerate(reversed(values)) for j, v in enumerate(row) if i != j
    ):
        scope += "; blank where no figure was kept"
    title = f"{best.a} and {best.b} go together most closely"
    measures = [MEASURES.get(m, m) for m in sorted({a.measure for a in ranked})]
    rows = f"{count(profile.sampled or profile.rows)} rows"
    return HeatmapChart(
        Caption(
            title,
            f"{capital(listing(measures))}, from {rows}{scope}",
            f"{title}. {listing([_tie(a) for a in ranked], 8)}.",
        ),
        x_axis="Columns, numbered as at the left",
        y_axis="",
        x_labels=tuple(str(i) for i in range(1, len(order) + 1)),
        y_labels=tuple(_numbered(order)),
        values=values,
        unit="strength",
        diverging=any(value is not None and value < 0 for row in values for value in row),
    )


def _numbered(order: Sequence[str]) -> list[str]:
    return [f"{i}  {name}" for i, name in reversed(list(enumerate(order, start=1)))]


def _tie(item: Association) -> str:
    return f"{item.a} with {item.b} {number(item.value, 2)}"
