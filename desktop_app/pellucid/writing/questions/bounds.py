"""A number or a date in a question as a condition on its column."""

from __future__ import annotations

from collections.abc import Sequence

from pellucid.writing.questions.lexicon import KnownColumn, Lexicon
from pellucid.writing.questions.reading import Mention, Reading
from pellucid.writing.questions.splitting import Word
from pellucid.writing.questions.types import Condition, Test
from pellucid.writing.questions.words import (
    AFTERWARDS,
    COMPARISONS,
    ROW_NOUNS,
    STATISTIC_WORDS,
    STOPS,
)

_LINKS = frozenset(
    {"is", "=", "of", "was", "are", "over", "under", "above", "below", "than", "more", "less",
     "greater", "lower", "higher", "at", "least", "most", "between", "from", "to", "equal",
     "equals", ">", "<", ">=", "<=", "exactly", "about"}
)  # fmt: skip
"""Words that tie a number to the column before it."""
_TIMES = frozenset({"in", "during", "since", "before", "after", "until", "till", "for", "of"})
MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december",
)  # fmt: skip


_TYING = frozenset(
    {*_LINKS, *_TIMES, *MONTHS, *STOPS, *(word for said, _ in COMPARISONS for word in said)}
)


def bounded(
    reading: Reading, lexicon: Lexicon, place: int, fallback: str
) -> tuple[Condition, Mention | None, list[int]] | None:
    """Return the condition that the number or date at `place` makes, None where it makes none.

    With it come the mention of its column, where one stands in the question, and the places of the
    numbers that it took. A number whose column is not named belongs to `fallback`.
    """
    words = reading.words
    mention = _owner(reading, lexicon, place) or _age(reading, lexicon, place)
    column = lexicon.column(mention.column if mention else fallback)
    if words[place].kind == "date" or _is_year(words, place):
        dated = _date_condition(reading, lexicon, place, mention)
        if dated is not None:
            return dated
    if column is None or column.kind not in ("number", "boolean", "category"):
        return None
    if _counts_extremes(words, place):
        return None
    value = words[place].text
    nxt = _range_end(words, place)
    if nxt is not None:
        return Condition(column.name, "between", (value, words[nxt].text)), mention, [place, nxt]
    test, marked = _comparison(words, place)
    if not marked and mention is None and not _is_age(words, place, column, fallback):
        return None
    if not column.is_number and (test != "is" or value not in column.levels):
        return None
    return Condition(column.name, test, (value,)), mention, [place]


def _counts_extremes(words: Sequence[Word], place: int) -> bool:
    """Say whether a number counts rows at an end: "the 3 coldest days"."""
    after = words[place + 1].text if place + 1 < len(words) else ""
    return STATISTIC_WORDS.get(after) in ("minimum", "maximum")


def _age(reading: Reading, lexicon: Lexicon, place: int) -> Mention | None:
    """Return the age that is meant by "men over 50", where there is a column of ages."""
    ages = [c.name for c in lexicon.columns if c.is_number and "age" in c.words]
    _, is_compared = _comparison(reading.words, place)
    if len(ages) != 1 or not is_compared or place < 2:
        return None
    who = reading.at(place - 2)
    is_who = (who is not None and who.is_level) or reading.words[place - 2].text in ROW_NOUNS
    return Mention(ages[0], place, place + 1, "adjective") if is_who else None


def _is_age(words: Sequence[Word], place: int, column: KnownColumn, fallback: str) -> bool:
    after = " ".join(word.text for word in words[place + 1 : place + 3])
    return after.startswith(("year old", "years old", "year olds", "year-old")) or bool(
        fallback and column.name == fallback
    )


def _owner(reading: Reading, lexicon: Lexicon, place: int) -> Mention | None:
    """Return the mention of a number's column: the nearest before it, else just after it."""
    after_words = [word.text for word in reading.words[place + 1 : place + 3]]
    if after_words[:1] in (["year"], ["years"], ["year-old"], ["year-olds"]) and any(
        word.startswith("old") or word.endswith(("old", "olds")) for word in after_words
    ):
        ages = [c.name for c in lexicon.columns if c.is_number and "age" in c.words]
        if ages:
            return Mention(ages[0], place, place + 1, "adjective")
    by_unit = _of_unit(reading, lexicon, place)
    if by_unit is not None:
        return by_unit
    candidates = [
        mention
        for mention in reading.columns
        if (known := lexicon.column(mention.column)) is not None and (
            known.is_number or known.kind in ("datetime", "boolean", "category")
        )
    ]  # fmt: skip
    before = [
        m for m in candidates
        if m.end <= place and place - m.end <= 5 and _is_tied(reading, m.end, place)
    ]  # fmt: skip
    between = [
        m for m in before
        if not any(w.kind == "number" and not _joins(reading.words, m.end, i, place)
                   for i, w in enumerate(reading.words[m.end : place], m.end))
    ]  # fmt: skip
    last = _range_end(reading.words, place) or place
    after = [m for m in candidates if m.start > place and m.start - last <= 2]
    numeric = [m for m in between if _is_number(lexicon, m)]
    next_to = [m for m in after if m.start == last + 1 and _is_number(lexicon, m)]
    if numeric and next_to:
        gap = [word.text for word in reading.words[numeric[-1].end : place]]
        return numeric[-1] if set(gap) <= _LINKS else next_to[0]
    if numeric:
        return numeric[-1]
    return next((m for m in after if _is_number(lexicon, m)), between[-1] if between else None)


def _of_unit(reading: Reading, lexicon: Lexicon, place: int) -> Mention | None:
    """Return the column that a unit after a number is that of: 5 degrees, 20 mm."""
    after = reading.words[place + 1].text if place + 1 < len(reading.words) else ""
    unit = {"degrees": "c", "celsius": "c", "degree": "c", "g": "g", "grams": "g", "kg": "kg",
            "mm": "mm", "cm": "cm", "km": "km", "kmh": "kmh", "hours": "hours",
            "months": "months"}.get(after)  # fmt: skip
    columns = [c for c in lexicon.columns if c.is_number and c.words[-1] == unit]
    named = [m for m in reading.columns if m.column in {c.name for c in columns}]
    before = [m for m in named if m.end <= place]
    if before:
        return before[-1]
    if not named and len(columns) == 1:
        return Mention(columns[0].name, place, place + 1, "adjective")
    return named[0] if named else None


def _is_tied(reading: Reading, start: int, place: int) -> bool:
    """Say whether nothing of its own stands between a column and a number."""
    return all(
        reading.words[i].text in _TYING
        or reading.words[i].kind == "number"
        or reading.at(i) is not None
        for i in range(start, place)
    )


def _is_number(lexicon: Lexicon, mention: Mention) -> bool:
    known = lexicon.column(mention.column)
    return known is not None and known.is_number


def _joins(words: Sequence[Word], start: int, number: int, place: int) -> bool:
    """Say whether a number between a column and another number starts a range of the two."""
    del start
    return place - number == 2 and words[number + 1].text in ("and", "to", "-")


def _range_end(words: Sequence[Word], place: int) -> int | None:
    """Return the place of a range's second number: between 3 and 5, from 3 to 5, 3 to 5."""
    before = words[place - 1].text if place else ""
    joint = words[place + 1].text if place + 2 < len(words) else ""
    joins = (before == "between" and joint == "and") or joint in ("to", "-", "–")
    if joins and words[place + 2].kind == words[place].kind:
        return place + 2
    if place + 1 < len(words) and words[place + 1].kind == "number":
        return place + 1 if words[place + 1].text.startswith("-") and before != "=" else None
    return None


def _comparison(words: Sequence[Word], place: int) -> tuple[Test, bool]:
    """Return the comparison that goes with a number, and whether one was said."""
    before = tuple(word.text for word in words[max(0, place - 5) : place])
    while before and before[-1] in ("a", "the", "about", "of"):
        before = before[:-1]
    for said, test in COMPARISONS:
        if before[-len(said) :] == said:
            return test, True
    after = tuple(word.text for word in words[place + 1 : place + 4])
    for skip in (0, 1):
        for said, test in AFTERWARDS.items():
            if after[skip : skip + len(said)] == said:
                return test, True
    if before[-1:] in (("not",), ("!=",)):
        return "is not", True
    return "is", before[-1:] in (("is",), ("=",), ("equals",), ("exactly",))


def _is_year(words: Sequence[Word], place: int) -> bool:
    text = words[place].text
    before = words[place - 1].text if place else ""
    return len(text) == 4 and text.isdigit() and text[:2] in ("18", "19", "20") and (
        before in _TIMES or before in MONTHS or before in ("year", "year", "and", "to", "from")
    )  # fmt: skip


def _date_condition(
    reading: Reading, lexicon: Lexicon, place: int, mention: Mention | None
) -> tuple[Condition, Mention | None, list[int]] | None:
    words = reading.words
    years = [c.name for c in lexicon.columns if c.is_number and c.words[-1] == "year"]
    dates = [c.name for c in lexicon.of_kind("datetime")]
    text = words[place].text
    test, _ = _comparison(words, place)
    named = lexicon.column(mention.column) if mention else None
    if words[place].kind == "number" and years and (named is None or named.name not in dates):
        if named is not None and named.is_number and named.name != years[0] and mention and (
            place - mention.end <= 2 and words[place - 1].text not in _TIMES
        ):  # fmt: skip
            return None
        return Condition(years[0], test, (text,)), None, [place]
    column = named.name if named is not None and named.kind == "datetime" else (dates or [""])[0]
    if not column:
        return None
    owner = mention if named is not None and named.kind == "datetime" else None
    if words[place].kind == "date":
        nxt = _range_end(words, place)
        if nxt is not None:
            return Condition(column, "between", (text, words[nxt].text)), owner, [place, nxt]
        if test == "is":
            return Condition(column, "between", (text, text)), owner, [place]
        return Condition(column, test, (text,)), owner, [place]
    month = words[place - 1].text if place else ""
    if month in MONTHS:
        number = MONTHS.index(month) + 1
        last = _days(int(text), number)
        span = (f"{text}-{number:02d}-01", f"{text}-{number:02d}-{last:02d}")
        return Condition(column, "between", span), owner, [place]
    ends: dict[Test, Condition] = {
        "is": Condition(column, "between", (f"{text}-01-01", f"{text}-12-31")),
        "over": Condition(column, "over", (f"{text}-12-31",)),
        "under": Condition(column, "under", (f"{text}-01-01",)),
        "at least": Condition(column, "at least", (f"{text}-01-01",)),
        "at most": Condition(column, "at most", (f"{text}-12-31",)),
    }
    return ends.get(test, ends["is"]), owner, [place]


def _days(year: int, month: int) -> int:
    import calendar

    return calendar.monthrange(year, month)[1]
