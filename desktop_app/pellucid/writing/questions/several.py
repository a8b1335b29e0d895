"""Several figures asked for at once: "mean and median age", "mean age and fare"."""

from __future__ import annotations

from dataclasses import replace

from pellucid.writing.questions.asked import Asked
from pellucid.writing.questions.types import Action, Describe, Effect, Statistic
from pellucid.writing.questions.words import STATISTIC_WORDS

_FIGURES: frozenset[Statistic] = frozenset(
    {"mean", "median", "minimum", "maximum", "sum", "spread"}
)


def with_all_named(asked: Asked, actions: tuple[Action, ...]) -> tuple[Action, ...]:
    """Ask the same of each further number that is named, and each further figure of a number.

    Only what is joined to the first one by "and" or a comma is taken.
    """
    last = actions[-1] if actions else None
    if isinstance(last, Effect) and not last.at:
        return (*actions, *(Effect(name) for name in _joined(asked, last.column)))
    if not isinstance(last, Describe) or last.first or last.statistic not in _FIGURES:
        return actions
    if sum(isinstance(action, Describe) for action in actions) != 1:
        return actions
    columns = (last.column, *_joined(asked, last.column))
    return (
        *actions[:-1],
        *(replace(last, column=column, statistic=statistic)
          for column in columns for statistic in _figures(asked, last.statistic)),
    )  # fmt: skip


def _joined(asked: Asked, first: str) -> list[str]:
    """Return the numbers that are joined to a column of the question."""
    end, found = None, list[str]()
    for mention in asked.columns:
        if mention.column == first:
            end = mention.end
            continue
        between = [word.text for word in asked.reading.words[end : mention.start]]
        is_joined = end is not None and mention.start >= end and between in ([], ["and"])
        if is_joined and asked.known(mention).is_number and mention.how != "adjective":
            found.append(mention.column)
            end = mention.end
    return found


def _figures(asked: Asked, first: Statistic) -> list[Statistic]:
    """Return the figures that a question names, where they are joined by "and"."""
    words = asked.reading.words
    found: list[Statistic] = []
    places: list[int] = []
    for place, word in enumerate(words):
        said = STATISTIC_WORDS.get(word.text)
        if said in _FIGURES and asked.reading.at(place) is None:
            found.append(said)
            places.append(place)
    joined = bool(places) and all(
        words[place].text == "and" or place in places for place in range(places[0], places[-1] + 1)
    )
    return list(dict.fromkeys(found)) if joined and first in found else [first]
