"""Facts of a table as it stands: its size, what is missing, how its columns are spread."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterator

from pellucid.core.numbers import correlation, count, listing, number, percent, plural
from pellucid.data.types import Association, ColumnProfile, Profile, Source
from pellucid.facts.making import make
from pellucid.facts.types import Fact, Origin

PLACEHOLDERS = frozenset(
    {"?", "-", "--", ".", "n/a", "na", "none", "null", "nan", "unknown", "missing", "not available"}
)
_KIND_WORDS = {
    "number": "number",
    "category": "category",
    "text": "text",
    "datetime": "date",
    "boolean": "yes-or-no column",
    "identifier": "identifier",
    "constant": "constant",
}
_PLURALS = {"category": "categories"}
_STRONG = 0.5
_CLEAR = 0.2
_MANY_VALUES = 30
_SAME = 0.97
_MOST_SCATTER = 0.1


def table_facts(source: Source, profile: Profile, target: str = "") -> Iterator[Fact]:
    """Yield the facts that need the profile alone; associations with `target` from weaker on."""
    yield from _size_facts(source, profile)
    yield from _missing_facts(profile)
    for place, column in enumerate(profile.columns):
        yield from _column_facts(column, place)
    yield from _association_facts(profile, target)
    yield from _alert_facts(profile)


def _size_facts(source: Source, profile: Profile) -> Iterator[Fact]:
    origin = Origin("profile", "rows")
    yield make(
        "count", (), f"{source.path.name} has {plural(profile.rows, 'row')}.", origin,
        what="rows", value=profile.rows, unit="rows", n=profile.rows, interest=0.6,
        file=source.path.name,
    )  # fmt: skip
    kinds = Counter(column.kind for column in profile.columns)
    words = [plural(n, _KIND_WORDS[k], _PLURALS.get(k, "")) for k, n in kinds.most_common()]
    columns = plural(len(profile.columns), "column")
    yield make(
        "count", (), f"The table has {columns}: {listing(words, 7)}.",
        Origin("profile", "columns"),
        what="columns", value=len(profile.columns), unit="columns", interest=0.55,
        kinds=listing(words, 7), table=source.path.name,
    )  # fmt: skip
    if profile.duplicate_rows:
        share = profile.duplicate_rows / max(1, profile.rows)
        rows = plural(profile.duplicate_rows, "row repeats", "rows repeat")
        yield make(
            "count", (), f"{rows} an earlier one in every cell ({percent(share)}).",
            Origin("profile", "duplicate_rows"), what="duplicates", value=profile.duplicate_rows,
            unit="rows", n=profile.rows, interest=min(0.8, 0.3 + 5 * share),
            table=source.path.name,
        )  # fmt: skip


def _missing_facts(profile: Profile) -> Iterator[Fact]:
    lacking = [column for column in profile.columns if column.missing]
    columns = len(profile.columns)
    if not lacking:
        yield make(
            "missingness", (), "No cell is empty.", Origin("profile"), what="none", value=0.0,
            unit="share", n=profile.rows, interest=0.3,
        )  # fmt: skip
        return
    share = sum(c.missing for c in lacking) / max(1, profile.rows * columns)
    shown = percent(share)
    yield make(
        "missingness", (),
        f"{shown[:1].upper()}{shown[1:]} of all cells are empty, in {len(lacking)} of "
        f"{plural(columns, 'column')}.",
        Origin("profile"), what="all", value=share, unit="share", n=profile.rows, interest=0.35,
        columns=len(lacking),
    )  # fmt: skip
    same: dict[int, list[ColumnProfile]] = {}
    for column in lacking:
        same.setdefault(column.missing, []).append(column)
    for missing, group in same.items():
        yield _missing_fact(missing, group, profile.rows)


def _missing_fact(missing: int, group: list[ColumnProfile], rows: int) -> Fact:
    """Make one fact for columns that lack equally many values: they are often the same rows."""
    share = missing / max(1, rows)
    names = [column.name for column in group]
    verb = "is" if len(names) == 1 else "are each"
    return make(
        "missingness", tuple(names),
        f"{listing(names)} {verb} missing in {plural(missing, 'row')} ({percent(share)}).",
        Origin("profile", names[0]), value=share, unit="share", n=rows,
        interest=0.25 + 0.6 * min(1.0, 2 * share), rows=missing,
    )  # fmt: skip


def _column_facts(column: ColumnProfile, place: int) -> Iterator[Fact]:
    known = column.rows - column.missing
    if not known:
        return
    if column.kind == "number":
        yield from _number_facts(column, known, place)
    elif column.kind == "datetime" and column.min is not None and column.max is not None:
        first, last = _day(column.min), _day(column.max)
        yield make(
            "distribution", (column.name,), f"{column.name} runs from {first} to {last}.",
            Origin("profile", column.name), value=first, unit="date", n=known, interest=0.4,
            first=first, last=last,
        )  # fmt: skip
    elif column.kind in ("category", "boolean"):
        yield from _category_facts(column, known)


def _day(seconds: float) -> str:
    return (datetime.datetime(1970, 1, 1) + datetime.timedelta(seconds=seconds)).date().isoformat()


def _number_facts(column: ColumnProfile, known: int, place: int) -> Iterator[Fact]:
    origin, name, q = Origin("profile", column.name), column.name, column.quantiles
    if column.min is None or column.max is None or "0.5" not in q:
        return
    middle, low, high = (column.tell(q[key]) for key in ("0.5", "0.25", "0.75"))
    inner = (
        f"its median is {middle}, and half of its values lie from {low} to {high}" if low != high
        else f"at least half of its values are {low}"
    )  # fmt: skip
    yield make(
        "distribution", (name,),
        f"{name} runs from {column.tell(column.min)} to {column.tell(column.max)}; {inner}.",
        origin, value=q["0.5"], unit=name, n=known, interest=0.2, low=q["0.25"], high=q["0.75"],
        least=column.min, most=column.max, years="yes" if column.holds_years else "",
        place=place, distinct=column.distinct,
    )  # fmt: skip
    if 0.5 < column.zeros / known < 1:
        share = column.zeros / known
        yield make(
            "distribution", (name,),
            f"{name} is 0 in {percent(share)} of {rows_known(column)}.", origin,
            what="zeros", value=share, unit="share", n=known, interest=0.5 * share + 0.1,
        )  # fmt: skip
    yield from _cap_facts(column, known)
    far = q.get("0.99", 0.0)
    if far > 0 and column.max > 10 * far:
        ratio = column.max / far
        yield make(
            "distribution", (name,),
            f"The largest value of {name} is {_exact(column.max)}: "
            f"{_times(ratio)} the {number(far)} that 99% of {rows_known(column)} stay within.",
            origin, what="far", value=ratio, unit="ratio", n=known, interest=0.5, percent=99.0,
            largest=_exact(column.max), limit=number(far), rows=rows_known(column),
        )  # fmt: skip


def _exact(value: float) -> str:
    """Write a number that may be a code, such as 2,147,483,647, with all its digits."""
    return count(int(value)) if value % 1 == 0 else number(value, 6)


def _times(ratio: float) -> str:
    """Say how many times larger, in round words where it is very many: `1.9 million times`."""
    for size, name in ((1e9, "billion"), (1e6, "million")):
        if ratio >= size:
            return f"{number(float(f'{ratio / size:.2g}'))} {name} times"
    return f"{number(ratio)} times"


def _cap_facts(column: ColumnProfile, known: int) -> Iterator[Fact]:
    """Tell a largest value that many rows share, where the column has many values: a cap."""
    q = column.quantiles
    if column.distinct < _MANY_VALUES or column.max is None or not q["0.5"] < column.max:
        return
    shared = [key for key in ("0.95", "0.99") if q.get(key) == column.max]
    if shared:
        share = 1 - float(shared[0])
        rows = f"1 row in {round(1 / share)}"
        yield make(
            "distribution", (column.name,),
            f"At least {rows}{_of_known(column)} holds exactly the largest value of {column.name}, "
            f"{number(column.max, 6)}: it looks like a cap.",
            Origin("profile", column.name), what="cap", value=column.max, unit=column.name,
            n=known, interest=0.75, share=share, cap="yes",
        )  # fmt: skip


def _category_facts(column: ColumnProfile, known: int) -> Iterator[Fact]:
    origin = Origin("profile", column.name)
    for top in column.top:
        if top.value.strip().lower() in PLACEHOLDERS:
            share = top.count / column.rows
            yield make(
                "missingness", (column.name,),
                f"{column.name} says “{top.value}” in {plural(top.count, 'row')} "
                f"({percent(share)}), which may stand for a missing value; it is kept as a value "
                "of its own.",
                origin, what=f"placeholder {top.value}", value=share, unit="share", n=column.rows,
                interest=0.4 + 0.5 * min(1.0, 2 * share), rows=top.count, word=top.value,
            )  # fmt: skip
    if not column.top:
        return
    first = column.top[0]
    share = first.count / known
    several = f", the most frequent of its {count(column.distinct)} values,"
    of = several if column.distinct > 2 else ""
    text = (
        f"{column.name} is {first.value}{of} in {percent(share)} of {rows_known(column)}."
        if column.distinct > 1
        else f"{column.name} is “{first.value}” in every row"
        f"{' that has a value' if column.missing else ''}."
    )  # fmt: skip
    yield make(
        "share", (column.name,), text,
        Origin("profile", column.name, first.value), value=share, unit="share", n=known,
        interest=0.15 + (0.35 * share if share > 0.85 else 0.0), level=first.value,
        distinct=column.distinct,
    )  # fmt: skip


def rows_known(column: ColumnProfile) -> str:
    """Name the rows that a share is of: those that have a value, where some have none."""
    return f"the rows where {column.name} is known" if column.missing else "rows"


def _of_known(column: ColumnProfile) -> str:
    return " of those with a value" if column.missing else ""


def _association_facts(profile: Profile, target: str) -> Iterator[Fact]:
    n = profile.sampled or profile.rows
    scattered = {column.name for column in profile.columns if _is_scattered(column)}
    for item in profile.associations:
        least = _CLEAR if target in (item.a, item.b) else _STRONG
        if abs(item.value) < least or {item.a, item.b} & scattered:
            continue
        yield make(
            "association", (item.a, item.b), f"{_association_words(item)}.",
            Origin("profile", f"{item.a}, {item.b}"), value=item.value, unit=item.measure, n=n,
            interest=0.1 + 0.45 * abs(item.value), measure=item.measure,
        )  # fmt: skip


def _is_scattered(column: ColumnProfile) -> bool:
    """Say whether a category has so many values that anything seems to go with it."""
    known = column.rows - column.missing
    return column.kind not in ("number", "datetime") and column.distinct > _MOST_SCATTER * known


def _association_words(item: Association) -> str:
    size = abs(item.value)
    strength = "closely" if size >= 0.8 else "clearly"
    figure = f"({MEASURES.get(item.measure, item.measure)} {correlation(item.value)})"
    if size >= _SAME and item.measure == "spearman":
        return f"{item.a} and {item.b} say almost the same {figure}"
    if size >= _SAME:  # One column may fix the other and not the other way round.
        return f"{item.a} and {item.b} go almost perfectly together {figure}"
    if item.value < 0:
        return f"{item.b} falls {strength} as {item.a} rises {figure}"
    return f"{item.a} and {item.b} go {strength} together {figure}"


MEASURES = {
    "spearman": "Spearman's rank correlation",
    "correlation ratio": "correlation ratio",
    "cramers v": "Cramér's V",
}
"""The measures of association by name, as a reader can look them up."""


def _alert_facts(profile: Profile) -> Iterator[Fact]:
    """Pass on what the profile warns of; what other facts say in figures is left to them."""
    for alert in dict.fromkeys(profile.alerts):
        if alert.kind in _TOLD_ELSEWHERE:
            continue
        text = alert.message if alert.message.endswith(".") else f"{alert.message}."
        yield make(
            "caveat", alert.columns, text, Origin("profile", ", ".join(alert.columns), alert.kind),
            what=f"alert {alert.kind}", n=profile.rows, alert=alert.kind,
            interest=_ALERT_INTEREST.get(alert.kind, 0.45),
        )  # fmt: skip


_TOLD_ELSEWHERE = frozenset({"missing", "duplicate rows", "correlated", "zeros", "imbalance"})
_ALERT_INTEREST = {
    "misfits": 0.7,
    "sentinel": 0.65,
    "constant": 0.6,
    "outliers": 0.35,
    "high cardinality": 0.3,
    "skew": 0.3,
    "spaces": 0.3,
}
