"""Ways to say something that no plan can do, or that could be meant in two ways: they are named."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator

from pellucid.writing.questions.asked import Asked
from pellucid.writing.questions.conditions import is_negated
from pellucid.writing.questions.reading import Mention, Reading
from pellucid.writing.questions.types import Condition
from pellucid.writing.questions.words import AFTERWARDS

_RELATIVE = (
    r"older|younger|higher|lower|more|less|greater|smaller|larger|bigger|longer|shorter|heavier"
    r"|lighter|taller|warmer|colder|twice|extra|another|additional|(?:rose|fell|increased"
    r"|decreased|raised|lowered|reduced|went (?:up|down)) by"
)
_BEYOND = (
    r"(?:second|third|fourth|fifth) (?:most|least|\w+est)|but one|log(?:arithm)? of|log|squared?"
    r"|ratio of .+ to|effects? of|effect on|impact of"
)
_OF = frozenset({"from", "on", "in", "at", "of", "with"})
_SECOND = {said[1] for said in AFTERWARDS if said[0] == "or"} | {"equal", "not", "so"}


def relative_changes(asked: Asked) -> Iterator[str]:
    """Yield words that ask for a change by an amount, where only new values can be given."""
    yield from (found.group() for found in re.finditer(rf"\b(?:{_RELATIVE})\b", asked.text))


def beyond_plans(asked: Asked) -> Iterator[str]:
    """Yield words for figures that no action gives: the second highest, a ratio, a logarithm."""
    yield from (found.group() for found in re.finditer(rf"\b(?:{_BEYOND})\b", asked.text))


def either_ways(asked: Asked, conditions: list[Condition]) -> Iterator[str]:
    """Yield what can be read in two ways, or what rows joined by "or" would need."""
    yield from _joined_by_or(asked.reading, conditions)
    levels = asked.reading.levels
    for first, second in itertools.pairwise(levels):
        between = {word.text for word in asked.reading.words[first.end : second.start]}
        is_part = first.column != second.column and between <= _OF
        if is_part and is_negated(asked.reading, first):
            yield _written(asked.reading, first, second)
    if _are_crossed(levels, conditions):
        yield _written(asked.reading, levels[0], levels[-1])


def _joined_by_or(reading: Reading, conditions: list[Condition]) -> Iterator[str]:
    """Yield "or" between conditions on different columns, which a filter would join by "and"."""
    words = reading.words
    for place, word in enumerate(words):
        after = words[place + 1].text if place + 1 < len(words) else ""
        is_range = after in _SECOND and not (
            place + 2 < len(words) and words[place + 2].kind == "number"
        )
        if word.text != "or" or is_range:
            continue
        before, behind = _value(reading, place, -1), _value(reading, place, 1)
        is_one = any({before, behind} <= set(condition.values) for condition in conditions)
        if before and behind and not is_one and len(conditions) > 1:
            yield "or"


def _value(reading: Reading, place: int, step: int) -> str:
    """Return the nearest level or number on one side of a word; empty where there is none."""
    place += step
    while 0 <= place < len(reading.words):
        mention = reading.at(place)
        if mention is not None and mention.is_level:
            return mention.value
        if reading.words[place].kind in ("number", "date"):
            return reading.words[place].text
        place += step
    return ""


def _are_crossed(levels: list[Mention], conditions: list[Condition]) -> bool:
    """Say whether levels of two columns take turns: Gentoo males and Adelie females."""
    several = {c.column for c in conditions if c.test == "is" and len(c.values) > 1}
    order = [mention.column for mention in levels if mention.column in several]
    turns = [column for at, column in enumerate(order) if at == 0 or order[at - 1] != column]
    return len(several) > 1 and len(turns) > len(set(turns))


def _written(reading: Reading, first: Mention, last: Mention) -> str:
    return " ".join(word.raw for word in reading.words[first.start : last.end])
