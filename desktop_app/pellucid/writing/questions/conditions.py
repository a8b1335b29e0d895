"""Which rows a question is about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pellucid.writing.questions.bounds import bounded
from pellucid.writing.questions.lexicon import Lexicon
from pellucid.writing.questions.reading import Mention, Reading, is_positive
from pellucid.writing.questions.splitting import Word
from pellucid.writing.questions.types import Condition, Test
from pellucid.writing.questions.words import NO, ROW_NOUNS, YES

_NOT = frozenset(
    {"not", "except", "excluding", "without", "no", "aren't", "isn't", "outside", "beyond", "!=",
     "neither", "nor", "wasn't", "weren't"}
)  # fmt: skip
_LEAVES_OUT = frozenset({"except", "excluding", "without", "neither", "including"})
_JOINTS = frozenset(
    {"on", "in", "from", "at", "the", "a", "an", "by", "of", "for", "including", "those", "any",
     "being"}
)  # fmt: skip
_LONG_TEXTS = frozenset(
    {"text", "message", "description", "review", "comment", "comments", "body", "content",
     "sentence", "tweet", "note", "notes"}
)  # fmt: skip
HOLDING_VERBS = frozenset(
    {"mention", "mentions", "mentioning", "contain", "contains", "containing"}
)
_HOLDING = HOLDING_VERBS | {"word", "words", "phrase", "includes", "including"}
_IS = frozenset({"is", "=", "are", "was", "not", "!=", "at", "in", "on", "from", "to"})
_BEING = frozenset({"is", "=", "are", "was", "were", "be", "been", "had"})
_MISSING = (["missing"], ["unknown"], ["empty"])


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
    used: list[Mention] = []
    conditions = [*_level_conditions(reading, lexicon, skip, used), *_contained(reading, lexicon)]
    numbers: list[int] = []
    place = 0
    while place < len(reading.words):
        word = reading.words[place]
        named = reading.at(place)
        is_level = named is not None and named.is_level
        if word.kind not in ("number", "date") or is_level or _names_row(reading.words, place):
            place += 1
            continue
        found = bounded(reading, lexicon, place, fallback)
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
    return before in ROW_NOUNS - {"day", "days"} or before in ("no", "number", "top", "first", "95")


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
            joined = all(word in _IS for word in between)
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
    reading: Reading, lexicon: Lexicon, skip: Sequence[Mention], used: list[Mention]
) -> list[Condition]:
    """Read levels as conditions, and a yes-or-no column's answer that follows its name."""
    found = []
    for mention in reading.levels:
        if mention in skip:
            continue
        test: Test = "is not" if is_negated(reading, mention) else "is"
        found.append(Condition(mention.column, test, (mention.value,)))
    for column in reading.columns:
        known = lexicon.column(column.column)
        if known is None or known.kind != "boolean" or column in skip:
            continue
        after = [word.text for word in reading.words[column.end : column.end + 3]]
        said = [text for text in after if text not in _BEING][:1]
        meant = [
            Condition(column.column, "is", (level,))
            for level in known.levels
            if said and (said[0] == level.lower() or _same_truth(said[0], level))
        ]
        if meant and not _is_one_of_two(reading, column, said[0]):
            used.append(column)
        found += meant
    return found


def is_negated(reading: Reading, level: Mention) -> bool:
    """Say whether a level is one that rows are not to have.

    "Not A or B" leaves out both, "without A and B" too; "not A and B" leaves out both where they
    are levels of one column.
    """
    return bool(_negator(reading, level))


def _negator(reading: Reading, level: Mention) -> str:
    words = reading.words
    place, passed = level.start - 1, list[str]()
    while place >= 0 and words[place].text in _JOINTS:
        passed.append(words[place].text)
        place -= 1
    word = words[place].text if place >= 0 else ""
    if word in _NOT and reading.at(place) is None:
        return "including" if "including" in passed else word
    joint = word if word in ("and", "or", "nor") else ""
    previous = reading.at(place - 1 if joint else place) if place > 0 else None
    if previous is None or not previous.is_level:
        return ""
    said = _negator(reading, previous)
    is_list = bool(joint) or not passed
    is_alike = previous.column == level.column or (joint == "and" and said in _LEAVES_OUT)
    is_shared = is_list and (joint in ("or", "nor") or is_alike)
    return said if is_shared else ""


def _is_one_of_two(reading: Reading, column: Mention, said: str) -> bool:
    """Say whether an answer is set against another: paid yes and no."""
    words = [word.text for word in reading.words[column.end :]]
    return words[words.index(said) + 1 :][:1] in (["and"], ["or"], ["from"], ["vs"], ["versus"])


def _same_truth(said: str, level: str) -> bool:
    plain = level.lower()
    return (said in YES and plain in YES) or (said in NO - {"no"} | {"no"} and plain in NO)


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
