"""Which rows a question is about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pellucid.writing.questions.lexicon import KnownColumn, Lexicon
from pellucid.writing.questions.mentions import Mention, Reading, Word, is_positive
from pellucid.writing.questions.types import Condition, Test
from pellucid.writing.questions.words import AFTERWARDS, COMPARISONS, NO, YES

_NOT = frozenset(
    {"not", "except", "excluding", "without", "no", "aren't", "isn't", "outside", "beyond", "!="}
)
_JOINTS = (["on"], ["in"], ["from"], ["at"], ["the"], ["a"], ["by"], ["of"], ["for"])
_LONG_TEXTS = frozenset(
    {"text", "message", "description", "review", "comment", "comments", "body", "content",
     "sentence", "tweet", "note", "notes"}
)  # fmt: skip
_LINKS = frozenset(
    {"is", "=", "of", "was", "are", "over", "under", "above", "below", "than", "more", "less",
     "greater", "lower", "higher", "at", "least", "most", "between", "from", "to", "equal",
     "equals", ">", "<", ">=", "<=", "exactly", "about"}
)  # fmt: skip
"""Words that tie a number to the column before it."""
_HOLDING = frozenset(
    {"mention", "mentions", "mentioning", "contain", "contains", "containing", "word", "words",
     "phrase", "includes", "including"}
)  # fmt: skip
_MISSING = (["missing"], ["unknown"], ["empty"])
_TIMES = frozenset({"in", "during", "since", "before", "after", "until", "till", "for", "of"})
MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Found:
    """The conditions of a question, and the columns that were named for them alone."""

    conditions: tuple[Condition, ...]
    used: tuple[Mention, ...]
    numbers: tuple[int, ...]
    """The places of the numbers that they took."""


def find_conditions(
    reading: Reading, lexicon: Lexicon, fallback: str = "", skip: Sequence[Mention] = ()
) -> Found:
    """Read levels, numbers with a comparison, dates and missing cells as conditions.

    A number belongs to the numeric column named before it, else after it, else to `fallback`.
    Mentions in `skip` are left alone.
    """
    conditions = [*_level_conditions(reading, lexicon, skip), *_contained(reading, lexicon)]
    used: list[Mention] = []
    numbers: list[int] = []
    place = 0
    while place < len(reading.words):
        word = reading.words[place]
        if word.kind not in ("number", "date") or _names_row(reading.words, place):
            place += 1
            continue
        found = _numeric(reading, lexicon, place, fallback)
        if found is None:
            place += 1
            continue
        condition, mention, taken = found
        conditions.append(condition)
        numbers += taken
        if mention is not None:
            used.append(mention)
        place = max(taken) + 1
    conditions += _words_conditions(reading, lexicon, used)
    used += _before_levels(reading)
    return Found(_merged(conditions), tuple(used), tuple(numbers))


def _names_row(words: Sequence[Word], place: int) -> bool:
    before = words[place - 1].text if place else ""
    return before in ("row", "rows", "record", "line", "no", "number", "top", "first", "95")


def _contained(reading: Reading, lexicon: Lexicon) -> list[Condition]:
    """Read a quoted text after "mention" or "contain" as a part of the texts."""
    texts = [m.column for m in reading.columns if _kind(lexicon, m) == "text"]
    known = lexicon.of_kind("text")
    known.sort(key=lambda column: not set(column.words) & _LONG_TEXTS)
    texts += [column.name for column in known]
    found = []
    for place, word in enumerate(reading.words):
        before = {w.text for w in reading.words[max(0, place - 3) : place]}
        if word.kind == "quote" and texts and before & _HOLDING:
            found.append(Condition(texts[0], "contains", (word.raw,)))
    return found


def _kind(lexicon: Lexicon, mention: Mention) -> str:
    known = lexicon.column(mention.column)
    return known.kind if known is not None else ""


def _before_levels(reading: Reading) -> list[Mention]:
    """Return the columns that stand before one of their own levels: sex = female."""
    found = []
    for column in reading.columns:
        for level in reading.levels:
            between = [word.text for word in reading.words[column.end : level.start]]
            joined = all(word in ("is", "=", "are", "was", "not", "!=") for word in between)
            if level.column == column.column and level.start >= column.end and joined:
                found.append(column)
    return found


def _merged(conditions: list[Condition]) -> tuple[Condition, ...]:
    """Join levels of one column into one condition: either of them."""
    merged: list[Condition] = []
    for condition in conditions:
        for i, other in enumerate(merged):
            if other.column == condition.column and other.test == condition.test and (
                condition.test in ("is", "is not")
            ):  # fmt: skip
                values = tuple(dict.fromkeys((*other.values, *condition.values)))
                merged[i] = Condition(other.column, other.test, values)
                break
        else:
            if condition not in merged:
                merged.append(condition)
    return tuple(merged)


def _level_conditions(
    reading: Reading, lexicon: Lexicon, skip: Sequence[Mention]
) -> list[Condition]:
    found = []
    for mention in reading.levels:
        if mention in skip:
            continue
        before = [word.text for word in reading.words[max(0, mention.start - 2) : mention.start]]
        nearest = before[-1:] if before[-1:] not in _JOINTS else before[-2:-1]
        test: Test = "is not" if _NOT & set(nearest) else "is"
        found.append(Condition(mention.column, test, (mention.value,)))
    for column in reading.columns:
        known = lexicon.column(column.column)
        if known is None or known.kind != "boolean" or column in skip:
            continue
        after = [word.text for word in reading.words[column.end : column.end + 2]]
        said = [text for text in after if text not in ("is", "=", "are", "was")][:1]
        found += [
            Condition(column.column, "is", (level,))
            for level in known.levels
            if said and (said[0] == level.lower() or _same_truth(said[0], level))
        ]
    return found


def _same_truth(said: str, level: str) -> bool:
    plain = level.lower()
    return (said in YES and plain in YES) or (said in NO - {"no"} | {"no"} and plain in NO)


def _numeric(
    reading: Reading, lexicon: Lexicon, place: int, fallback: str
) -> tuple[Condition, Mention | None, list[int]] | None:
    words = reading.words
    mention = _owner(reading, lexicon, place)
    column = lexicon.column(mention.column if mention else fallback)
    if words[place].kind == "date" or _is_year(words, place):
        dated = _date_condition(reading, lexicon, place, mention)
        if dated is not None:
            return dated
    if column is None or column.kind not in ("number", "boolean", "category"):
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
    before = [m for m in candidates if m.end <= place and place - m.end <= 5]
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


def _words_conditions(reading: Reading, lexicon: Lexicon, used: list[Mention]) -> list[Condition]:
    """Read "where sex is missing", and "satisfied customers" of a yes-or-no column."""
    found = []
    for mention in reading.columns:
        before = [word.text for word in reading.words[max(0, mention.start - 3) : mention.start]]
        after = [word.text for word in reading.words[mention.end : mention.end + 3]]
        is_missing = after[:1] in (["is"], ["are"]) and after[1:2] in _MISSING
        if is_missing and {"where", "whose", "when", "if"} & set(before):
            found.append(Condition(mention.column, "missing"))
            used.append(mention)
        without = before[-1:] in (["without"], ["no"]) or before[-2:] == ["without", "a"]
        if without:
            known = lexicon.column(mention.column)
            if known is not None and is_positive(known):
                continue
            found.append(Condition(mention.column, "missing"))
            used.append(mention)
    return found
