"""What the Data page shows, as values: headers, cells, filters in words, figures. No Qt."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from pellucid.core.numbers import count, listing, number, percent, plural
from pellucid.data.search import Filter, Sort
from pellucid.data.types import Column, ColumnProfile, Histogram, Kind
from pellucid.report.charts import Caption, HistogramChart

KIND_WORDS: dict[Kind, str] = {
    "number": "number",
    "category": "category",
    "text": "text",
    "datetime": "date or time",
    "boolean": "yes or no",
    "identifier": "identifier",
    "constant": "constant",
}
RIGHT_ALIGNED = ("number", "datetime")
_NUMBER = re.compile(r"[-+]?[\d.,\s]*\d(?:e[-+]?\d+)?", re.IGNORECASE)
_LONGEST = 300
_DAY_S = 86_400.0


@dataclass(frozen=True, slots=True)
class HeaderCell:
    """What stands above a column. `bars` are heights from 0 to 1; `are_levels` sets them apart."""

    name: str
    kind: Kind | None = None
    missing: str = ""
    misfits: str = ""
    bars: tuple[float, ...] = ()
    are_levels: bool = False
    looks_numeric: bool = False
    """Whether the first rows are numbers, for as long as the kind is not known."""

    @property
    def is_right(self) -> bool:
        """Whether the column's cells stand at the right."""
        return self.kind in RIGHT_ALIGNED if self.kind else self.looks_numeric

    @property
    def sentence(self) -> str:
        """The header in words, for tooltips and screen readers."""
        parts = [self.name]
        if self.kind:
            parts.append(KIND_WORDS[self.kind])
        parts += [part for part in (self.missing, self.misfits) if part]
        return ", ".join(parts)


def preview_headers(
    names: Sequence[str], rows: Sequence[Sequence[str | None]]
) -> tuple[HeaderCell, ...]:
    """Return headers for first rows whose kinds are not known yet."""
    return tuple(
        HeaderCell(name, looks_numeric=_look_numeric([row[place] for row in rows]))
        for place, name in enumerate(names)
    )


def _look_numeric(texts: Sequence[str | None]) -> bool:
    found = [bool(_NUMBER.fullmatch(text.strip())) for text in texts if text and text.strip()]
    return bool(found) and sum(found) > len(found) / 2


def header_cells(
    columns: Sequence[Column], profiles: dict[str, ColumnProfile], rows: int
) -> tuple[HeaderCell, ...]:
    """Return the headers; bars are there once the column has been described."""
    return tuple(_header_cell(column, profiles.get(column.name), rows) for column in columns)


def _header_cell(column: Column, profile: ColumnProfile | None, rows: int) -> HeaderCell:
    missing = f"{percent(column.missing / rows)} missing" if rows and column.missing else ""
    misfits = f"{count(column.misfits)} do not fit" if column.misfits else ""
    bars, are_levels = bars_of(profile) if profile else ((), False)
    return HeaderCell(column.name, column.kind, missing, misfits, bars, are_levels)


def bars_of(profile: ColumnProfile, most: int = 24) -> tuple[tuple[float, ...], bool]:
    """Return heights from 0 to 1 and whether they stand for levels rather than ranges."""
    histogram = profile.histogram or profile.lengths
    if histogram is not None and any(histogram.counts):
        counts = _thinned(histogram.counts, most * 2)
        top = max(counts)
        return tuple(c / top for c in counts), False
    levels = [value.count for value in profile.top[:most]]
    if not levels or profile.kind == "identifier":
        return (), True
    return tuple(c / max(levels) for c in levels), True


def _thinned(counts: Sequence[int], most: int) -> list[int]:
    """Join neighbouring bins until there are at most `most`."""
    joined = list(counts)
    while len(joined) > most:
        joined = [sum(joined[i : i + 2]) for i in range(0, len(joined), 2)]
    return joined


def cell_text(text: str | None) -> str:
    """Return what a cell shows: one line, without blanks around it, not longer than can be seen."""
    if text is None:
        return ""
    if len(text) > _LONGEST:
        text = text[:_LONGEST] + "…"
    return " ".join(text.split()) if any(c in text for c in "\n\r\t") else text.strip()


@dataclass(frozen=True, slots=True)
class Choice:
    """Which rows are wanted, in which order."""

    filters: tuple[Filter, ...] = ()
    sort: Sort | None = None
    find: str = ""

    @property
    def is_all(self) -> bool:
        return not (self.filters or self.sort or self.find)


def next_sort(sort: Sort | None, column: str) -> Sort | None:
    """Return the order after one more click on a header: up, down, as in the file."""
    if sort is None or sort.column != column:
        return Sort(column)
    return None if sort.descending else Sort(column, descending=True)


def filter_text(wanted: Filter) -> str:
    """Say a filter in words, for its chip."""
    name = wanted.column or "any column"
    values = listing([value or "(empty)" for value in wanted.values], 3)
    match wanted.test:
        case "missing":
            return f"{name} is missing"
        case "present":
            return f"{name} is there"
        case "misfit":
            return f"{name} does not fit its kind"
        case "contains":
            return f"{name} contains “{values}”"
        case _:
            return f"{name} {wanted.test} {values}"


def count_text(rows: int, matching: int | None, *, is_preview: bool = False) -> str:
    """Say how many rows are in view."""
    if is_preview:
        return f"First {plural(rows, 'row')}, while the rest is being read"
    if matching is None or matching == rows:
        return plural(rows, "row")
    return f"{count(matching)} of {plural(rows, 'row')}"


@dataclass(frozen=True, slots=True)
class TopLine:
    """A frequent value: as shown, as the file has it, how often, and its share of 1."""

    value: str
    raw: str
    count: str
    share: float


@dataclass(frozen=True, slots=True)
class ColumnFacts:
    """The inspector's figures: one large, the rest as label and value."""

    headline: tuple[str, str] | None
    figures: tuple[tuple[str, str], ...]
    quantiles: tuple[tuple[str, str], ...]
    top: tuple[TopLine, ...]
    alerts: tuple[str, ...]
    misfit_examples: str = ""


_QUANTILES = (("0.05", "5%"), ("0.25", "25%"), ("0.5", "Half"), ("0.75", "75%"), ("0.95", "95%"))


def column_facts(profile: ColumnProfile, column: Column | None = None) -> ColumnFacts:
    """Put a column's profile into figures a reader can take in at a glance."""
    present = max(0, profile.rows - profile.missing)
    share = profile.missing / profile.rows if profile.rows else 0.0
    figures = [("Missing", f"{percent(share)} · {count(profile.missing)}" if share else "none")]
    figures.append(("Different values", count(profile.distinct)))
    if profile.min is not None and profile.max is not None:
        figures.insert(0, ("From", value_text(profile.min, profile)))
        figures.insert(1, ("To", value_text(profile.max, profile)))
    if profile.mean is not None:
        figures.insert(2, ("Mean", value_text(profile.mean, profile)))
    if profile.std is not None and profile.kind == "number":
        figures.insert(3, ("Standard deviation", number(profile.std)))
    if profile.zeros and profile.kind == "number":
        figures.append(("Zeros", percent(profile.zeros / max(present, 1))))
    if profile.misfits:
        figures.append(("Do not fit", count(profile.misfits)))
    quantiles = tuple(
        (label, value_text(profile.quantiles[key], profile))
        for key, label in _QUANTILES
        if key in profile.quantiles
    )
    top = tuple(
        TopLine(cell_text(v.value) or "(empty)", v.value, count(v.count), v.count / max(present, 1))
        for v in profile.top[:8]
    )
    examples = listing([f"“{cell_text(t)[:24]}”" for t in column.misfit_examples], 4) if (
        column and column.misfit_examples
    ) else ""  # fmt: skip
    alerts = tuple(alert.message for alert in profile.alerts)
    return ColumnFacts(_headline(profile), tuple(figures), quantiles, top, alerts, examples)


def _headline(profile: ColumnProfile) -> tuple[str, str] | None:
    if "0.5" in profile.quantiles:
        return value_text(profile.quantiles["0.5"], profile), "median"
    if profile.top and profile.kind in ("category", "boolean", "constant"):
        present = max(1, profile.rows - profile.missing)
        return percent(profile.top[0].count / present), f"are {cell_text(profile.top[0].value)}"
    return count(profile.distinct), "different values"


def value_text(value: float, profile: ColumnProfile) -> str:
    """Format a figure of a column: dates from seconds since 1970, numbers to three digits."""
    return date_text(value) if profile.kind == "datetime" else profile.tell(value)


def date_text(seconds: float) -> str:
    """Format seconds since 1970-01-01 UTC as `3 January 2012`, with the time where there is one."""
    try:
        when = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds)
    except (OverflowError, ValueError):
        return number(seconds)
    day = f"{when.day} {when:%B %Y}"
    return day if seconds % _DAY_S == 0 else f"{day}, {when:%H:%M}"


def histogram_chart(profile: ColumnProfile) -> HistogramChart | None:
    """Return the inspector's chart, None for a column that has none."""
    histogram = profile.histogram or profile.lengths
    if histogram is None or not any(histogram.counts):
        return None
    is_date = profile.kind == "datetime"
    axis = profile.name if profile.histogram else "Length in characters"
    edges = tuple(e / _DAY_S for e in histogram.edges) if is_date else histogram.edges
    alt = _alt(profile, histogram)
    caption = Caption(f"Values of {profile.name}", "Rows in each range", alt)
    return HistogramChart(caption, axis, edges, histogram.counts, histogram.scale, is_date)


def _alt(profile: ColumnProfile, histogram: Histogram) -> str:
    most = max(range(len(histogram.counts)), key=histogram.counts.__getitem__)
    low, high = histogram.edges[most], histogram.edges[most + 1]
    ends = [value_text(e, profile) if profile.histogram else number(e) for e in (low, high)]
    return (
        f"Most values of {profile.name} lie between {ends[0]} and {ends[1]}: "
        f"{plural(histogram.counts[most], 'row')}."
    )


def range_filters(profile: ColumnProfile, place: int) -> tuple[Filter, ...]:
    """Return the filters for one bar of a number's or date's histogram, by its place."""
    histogram = profile.histogram
    if histogram is None or profile.kind not in RIGHT_ALIGNED:
        return ()
    low, high = histogram.edges[place], histogram.edges[place + 1]
    if profile.kind == "datetime":
        low_text, high_text = (_iso_day(edge) for edge in (low, high))
    else:
        low_text, high_text = (f"{edge:.10g}" for edge in (low, high))
    return (
        Filter(profile.name, "at least", (low_text,)),
        Filter(profile.name, "at most", (high_text,)),
    )


def _iso_day(seconds: float) -> str:
    return (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds)).strftime("%Y-%m-%d")
