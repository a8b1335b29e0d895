"""A question that was read: what the patterns of each kind of question look at."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from pellucid.writing.questions.conditions import Found, find_conditions
from pellucid.writing.questions.lexicon import KnownColumn, Lexicon
from pellucid.writing.questions.reading import Mention, Reading, is_positive
from pellucid.writing.questions.types import Action, Describe, Filter, Period
from pellucid.writing.questions.words import ROW_NOUNS

_BY = (
    ("for", "each"), ("for", "every"), ("in", "each"), ("of", "each"), ("on", "each"),
    ("broken", "down", "by"), ("split", "by"), ("grouped", "by"), ("for", "the", "different"),
    ("across", "the"), ("by", "the"), ("for", "all"), ("at", "each"), ("among", "the"),
    ("for", "different"), ("across", "different"), ("between", "the"), ("between",), ("by",),
    ("per",), ("across",), ("each",), ("every",),
)  # fmt: skip
PERIOD_WORDS: Mapping[str, Period] = {
    "year": "year", "years": "year", "month": "month", "months": "month", "weekday": "weekday",
    "weekdays": "weekday", "monthly": "month", "yearly": "year",
}  # fmt: skip
_OVER_TIME = r"\b(over time|over the years|through the years|year by year|trends?)\b"


@dataclass(frozen=True, slots=True)
class Asked:
    """A question's words and names, the rows that it is about, and the groups that it names.

    `by` is the column that an answer is wanted for each group of. `row` is a row's number, `quote`
    a text in quotation marks.
    """

    reading: Reading
    lexicon: Lexicon
    found: Found
    by: Mention | None
    period: Period
    row: int | None
    quote: str

    @property
    def text(self) -> str:
        return self.reading.text

    def has(self, pattern: str) -> bool:
        """Say whether the words match a regular expression, at the limits of words."""
        return re.search(rf"(?<!\w)(?:{pattern})(?!\w)", self.text) is not None

    def known(self, mention: Mention) -> KnownColumn:
        column = self.lexicon.column(mention.column)
        assert column is not None, "mentions are made from the lexicon"
        return column

    @property
    def columns(self) -> list[Mention]:
        """The columns that the question is about: not those of conditions, nor of groups."""
        return [m for m in self.reading.columns if m not in self.found.used and m != self.by]

    @property
    def numbers(self) -> list[Mention]:
        """Those of them that hold numbers."""
        return [m for m in self.columns if self.known(m).is_number]

    @property
    def named(self) -> list[Mention]:
        """All columns named, those of conditions too, without the groups."""
        return [m for m in self.reading.columns if m != self.by]


def ask_of(reading: Reading, lexicon: Lexicon, fallback: str = "") -> Asked:
    """Look for conditions, groups, a row's number and a quoted text in a question."""
    by = _grouping(reading, lexicon)
    period: Period = ""
    if by is None:
        by, period = _period(reading, lexicon)
    found = find_conditions(reading, lexicon, fallback, [by] if by else [])
    return Asked(reading, lexicon, found, by, period, _row(reading), _quote(reading))


def with_filter(asked: Asked, *actions: Action) -> tuple[Action, ...]:
    """Put the question's rows before what is asked of them."""
    conditions = asked.found.conditions
    told = [
        replace(action, period=asked.period)
        if isinstance(action, Describe) and asked.by and action.by == asked.by.column
        else action
        for action in actions
    ]
    return (Filter(conditions), *told) if conditions else tuple(told)


def _grouping(reading: Reading, lexicon: Lexicon) -> Mention | None:
    """Return the column after "by", "per" or "for each"."""
    words = [word.text for word in reading.words]
    for mention in reading.columns:
        known = lexicon.column(mention.column)
        before = tuple(words[max(0, mention.start - 3) : mention.start])
        for said in _BY:
            if before[-len(said) :] == said and known is not None and known.kind != "text":
                if said[0] == "between" and (known.is_number or (len(reading.columns) == 1
                                             and len(reading.levels) > 1)):  # fmt: skip
                    continue
                nxt = words[mention.end : mention.end + 1]
                if said[0] == "between" and nxt == ["and"]:
                    continue
                return mention
    return None


def _period(reading: Reading, lexicon: Lexicon) -> tuple[Mention | None, Period]:
    """Return the column of dates where groups of days are named: by month, which weekday; or where
    it is asked how something goes over time."""
    dates = lexicon.of_kind("datetime")
    words = [word.text for word in reading.words]
    over = re.search(_OVER_TIME, reading.text)
    if dates and over:
        place = len(reading.text[: over.start()].split())
        named = [m.column for m in reading.columns]
        column = next((c.name for c in dates if c.name in named), dates[0].name)
        return Mention(column, place, place + 1, "variant"), "year"
    for place, word in enumerate(words):
        said = PERIOD_WORDS.get(word)
        if said is None or not dates or reading.at(place) is not None:
            continue
        before = tuple(words[max(0, place - 3) : place])
        grouped = any(before[-len(by) :] == by for by in _BY)
        if grouped or before[-1:] in (("which",), ("what",), ("a",)):
            return Mention(dates[0].name, place, place + 1, "variant"), said
    return None, ""


def _row(reading: Reading) -> int | None:
    words = reading.words
    for place in range(len(words) - 1):
        is_one = words[place].text in ROW_NOUNS and not words[place].text.endswith(("s", "day"))
        if is_one and words[place + 1].kind == "number":
            text = words[place + 1].text
            return int(text) if text.isdigit() and int(text) > 0 else None
    return None


def _quote(reading: Reading) -> str:
    return next((word.raw for word in reading.words if word.kind == "quote"), "")


def truth(asked: Asked, mention: Mention) -> str:
    """Return the level of a yes-or-no column that the question is about."""
    known = asked.known(mention)
    positive = is_positive(known)
    before = [w.text for w in asked.reading.words[max(0, mention.start - 2) : mention.start]]
    negated = bool({"not", "no", "un", "non", "without", "outside"} & set(before))
    if positive and negated:
        return next((level for level in known.levels if level != positive), "")
    return positive
