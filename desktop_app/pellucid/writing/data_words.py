"""What the built-in writer says of the table itself."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from pellucid.core.numbers import correlation, count, listing, number, percent
from pellucid.facts.slot_parts import told_place
from pellucid.facts.tables import MEASURES
from pellucid.facts.types import Fact
from pellucid.writing.select import Shelf, claim, detail, figure, value_of
from pellucid.writing.text_words import text_claims
from pellucid.writing.types import Claim

DATA = "What the data are"
ODD = "What is missing or odd"
_MOST_SPREADS = 3
_MOST_MISSING = 3
_MOST_LINKS = 3
_MOST_ODD = 5
_MOST_CLASSES = 6
_FEW_VALUES = 8
_EVERY_ROW = " in every row."
_LEAST_INTEREST = 0.4


def data_claims(shelf: Shelf) -> Iterator[Claim]:
    """Yield the claims of the sections on the data and on what is odd in them."""
    yield from _size(shelf)
    yield from _target(shelf)
    yield from _spreads(shelf)
    yield from _links(shelf)
    yield from text_claims(shelf)
    yield from _missing(shelf)
    yield from _odd(shelf)


def _size(shelf: Shelf) -> Iterator[Claim]:
    rows = shelf.first("count", "profile", "rows")
    columns = shelf.first("count", "profile", "columns")
    if rows is None or columns is None:
        return
    many = f"{count(int(value_of(rows)))} row{'' if value_of(rows) == 1 else 's'}"
    wide = f"{count(int(value_of(columns)))} column{'' if value_of(columns) == 1 else 's'}"
    text = f"{detail(rows, 'file')} holds {many} and {wide}: {detail(columns, 'kinds')}."
    dates = shelf.of("distribution", "profile")
    spans = [fact for fact in dates if detail(fact, "first")][:1]
    for span in spans:
        text += f" {span.text}"
    yield claim(DATA, text, [rows, columns, *spans])


def _target(shelf: Shelf) -> Iterator[Claim]:
    """Say how the target is spread; a reader needs it to judge anything that follows."""
    if shelf.task is None:
        return
    target = shelf.task.subject[0]
    shares = [fact for fact in shelf.of("share", "profile", target) if len(fact.subject) == 2]
    shares = sorted(shares, key=lambda fact: -value_of(fact))[:_MOST_CLASSES]
    if shares:
        words = [f"{detail(fact, 'level')} in {percent(value_of(fact))}" for fact in shares]
        yield claim(DATA, f"{target} is {listing(words)} of rows.", shares)
        return
    for fact in shelf.of("distribution", "profile", target):
        if "least" in fact.details:
            yield claim(DATA, _spread_text(fact), [fact])


def _spread_text(fact: Fact) -> str:
    name = fact.subject[0]
    low, high, least, most = (told_place(fact, at) for at in ("low", "high", "least", "most"))
    middle = told_place(fact)
    if low == high:
        return f"{name} is {low} for at least half of the rows, and runs from {least} to {most}."
    return (
        f"Half of all rows have {name} between {low} and {high}, around a median of {middle}; the "
        f"full range is {least} to {most}."
    )


def _spreads(shelf: Shelf) -> Iterator[Claim]:
    """Say how the columns are spread that the reader will meet again, else the first ones.

    Numbers of a few values are codes or steps more often than quantities: they come last.
    """
    target = shelf.task.subject[0] if shelf.task else ""
    spreads = {
        fact.subject[0]: fact
        for fact in shelf.of("distribution", "profile")
        if "least" in fact.details and fact.subject[0] != target
    }
    strong = [
        fact.subject[0] for fact in shelf.of("importance") if detail(fact, "matters") == "yes"
    ]
    others = sorted(spreads, key=lambda name: _telling_order(spreads[name]))
    order = [name for name in dict.fromkeys([*strong, *others]) if name in spreads]
    order.sort(key=lambda name: 0 < figure(spreads[name], "distinct") < _FEW_VALUES)
    chosen = [spreads[name] for name in order[:_MOST_SPREADS]]
    if not chosen:
        return
    parts: list[str] = []
    for fact in chosen:
        low, high, least, most = (told_place(fact, at) for at in ("low", "high", "least", "most"))
        middle = told_place(fact)
        half = "half" if parts else "half of the rows"
        between = f"median {middle}, {half} from {low} to {high}"
        if low == high:
            between = f"mostly {low}"
        runs = "" if parts else " runs"
        parts.append(f"{fact.subject[0]}{runs} from {least} to {most} ({between})")
    lead = "Among the numbers, " if len(parts) > 1 else ""
    yield claim(DATA, f"{lead}{listing(parts)}.", chosen)


def _telling_order(fact: Fact) -> tuple[bool, float, str]:
    """Put first what is measured in most tables of its sort, then go by the table's order."""
    name = fact.subject[0]
    words = set(re.findall(r"[a-z]+", name.lower()))
    return not words & _QUANTITIES, figure(fact, "place"), name


_QUANTITIES = frozenset(
    {"age", "amount", "cost", "fare", "height", "income", "length", "mass", "pay", "price",
     "revenue", "salary", "score", "size", "value", "wage", "weight"}
)  # fmt: skip


def _links(shelf: Shelf) -> Iterator[Claim]:
    """Name the closest pairs of columns, the target left to the model."""
    target = shelf.task.subject[0] if shelf.task else None
    links = [fact for fact in shelf.of("association") if target not in fact.subject]
    if not links:
        return
    chosen = links[:_MOST_LINKS]
    text = f"{chosen[0].text}"
    if len(chosen) > 1:
        pairs = []
        for before, fact in pairwise(chosen):
            other = detail(fact, "measure") != detail(before, "measure")
            name = f"{MEASURES.get(detail(fact, 'measure'), '')} " if other else ""
            figures = f"({name}{correlation(value_of(fact))})"
            pairs.append(f"{fact.subject[0]} with {fact.subject[1]} {figures}")
        text += f" Next {'come' if len(pairs) > 1 else 'comes'} {listing(pairs)}."
    yield claim(DATA, text, chosen)


def _missing(shelf: Shelf) -> Iterator[Claim]:
    whole = [fact for fact in shelf.of("missingness") if not fact.subject]
    single = [fact for fact in shelf.of("missingness") if fact.subject]
    empty = [fact for fact in single if not detail(fact, "word")]
    coded = [fact for fact in single if detail(fact, "word")]
    if whole:
        text = whole[0].text
        empty.sort(key=lambda fact: (-value_of(fact) * len(fact.subject), fact.subject))
        if len(empty) == 1:
            text = empty[0].text
        elif empty:
            text += f" {_missing_list(empty)}"
        yield claim(ODD, text, [*(whole if len(empty) != 1 else []), *empty[:_MOST_MISSING]])
    if coded:
        yield claim(ODD, _coded_text(coded[:4]), coded[:4])


def _missing_list(empty: list[Fact]) -> str:
    """Name where most empty cells are, with the share of rows that lack the column's value."""
    parts: list[str] = []
    for fact in empty[:_MOST_MISSING]:
        each = " each" if len(fact.subject) > 1 else ""
        of = " of rows" if not parts else ""
        parts.append(f"{listing(list(fact.subject))} ({percent(value_of(fact))}{of}{each})")
    cells = [value_of(fact) * len(fact.subject) for fact in empty]
    told = sum(cells[:_MOST_MISSING])
    lead = "They" if len(empty) == len(parts) else "Most" if 2 * told > sum(cells) else "The most"
    return f"{lead} are in {listing(parts)}."


def _coded_text(coded: list[Fact]) -> str:
    parts = [
        f"{fact.subject[0]} says “{detail(fact, 'word')}” in "
        f"{count(int(figure(fact, 'rows')))} rows ({percent(value_of(fact))})"
        for fact in coded
    ]
    return (
        f"{listing(parts)}; this may stand for a missing value, and is kept as a value of its own."
    )


def _odd(shelf: Shelf) -> Iterator[Claim]:
    """Say what stands out: repeats, caps, zeros, far values, and what the profile warns of."""
    target = shelf.task.subject[0] if shelf.task else ""
    kept: list[Fact] = [
        *shelf.of("count", "profile", "duplicate_rows"),
        *(f for f in shelf.of("distribution", "profile") if "least" not in f.details),
        *(f for f in shelf.of("caveat", "profile") if detail(f, "alert")),
        *(
            f
            for f in shelf.of("share", "profile")
            if len(f.subject) == 1 and value_of(f) > 0.85 and f.subject[0] != target
        ),
    ]
    zeros = [f for f in kept if f.kind == "distribution" and f.unit == "share"]
    if len(zeros) > 1:
        parts = [f"{f.subject[0]} ({percent(value_of(f))})" for f in zeros[:5]]
        yield claim(ODD, f"Most rows hold 0 in {listing(parts)}.", zeros[:5])
        kept = [f for f in kept if f not in zeros]
    caps = [f for f in kept if detail(f, "cap")]
    if len(caps) > 1:
        parts = [f"{f.subject[0]} ({number(value_of(f), 6)})" for f in caps[:5]]
        text = f"Many rows hold exactly the largest value of {listing(parts)}: they look like caps."
        yield claim(ODD, text, caps[:5])
        kept = [f for f in kept if f not in caps]
    fixed = [f for f in kept if detail(f, "alert") == "constant" and f.text.endswith(_EVERY_ROW)]
    if len(fixed) > 1:
        fixed.sort(key=lambda fact: fact.subject)
        parts = [fact.text.removesuffix(_EVERY_ROW) for fact in fixed[:5]]
        yield claim(ODD, f"{listing(parts)}{_EVERY_ROW}", fixed[:5])
        kept = [f for f in kept if f not in fixed]
    ones = [f for f in kept if f.kind == "share" and value_of(f) < 1]
    ones.sort(key=lambda fact: (-value_of(fact), fact.subject))
    if len(ones) > 1:
        parts = [f"{f.subject[0]} ({detail(f, 'level')}, {percent(value_of(f))})" for f in ones[:5]]
        yield claim(ODD, f"Most rows hold one and the same value in {listing(parts)}.", ones[:5])
        kept = [f for f in kept if f not in ones]
    fars = [f for f in kept if detail(f, "largest")]
    for same in _with_one_limit(fars):
        yield claim(ODD, _far_text(same), same)
        kept = [f for f in kept if f not in same]
    kept = [f for f in kept if f.interest >= _LEAST_INTEREST and not detail(f, "first")]
    kept.sort(key=lambda fact: (-fact.interest, fact.id))
    told: set[str] = set()
    most = _MOST_ODD
    for fact in kept:
        if told.issuperset(fact.subject) and fact.subject:
            continue
        told.update(fact.subject or [fact.id])
        yield claim(ODD, fact.text, [fact])
        most -= 1
        if not most:
            return


def _with_one_limit(fars: Sequence[Fact]) -> Iterator[list[Fact]]:
    """Yield the columns of numbers whose largest value and limit are the same, two or more."""
    alike: dict[tuple[str, str, str], list[Fact]] = {}
    for fact in fars:
        key = detail(fact, "largest"), detail(fact, "limit"), detail(fact, "rows")
        alike.setdefault(key, []).append(fact)
    yield from (same for same in alike.values() if len(same) > 1)


def _far_text(same: Sequence[Fact]) -> str:
    names = listing([fact.subject[0] for fact in same])
    first = same[0]
    stay = f"though 99% of {detail(first, 'rows')} stay within {detail(first, 'limit')}"
    return f"{names} each reach {detail(first, 'largest')}, {stay}."
