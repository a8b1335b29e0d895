"""From a question to a plan, without a language model: names, numbers and patterns of words."""

from __future__ import annotations

import difflib
from collections.abc import Callable
from dataclasses import replace

from pellucid.core.numbers import listing
from pellucid.writing.questions import comparing, describing, modelling
from pellucid.writing.questions.asked import Asked, ask_of, with_filter
from pellucid.writing.questions.following import follow_up
from pellucid.writing.questions.lexicon import Lexicon
from pellucid.writing.questions.mentions import Reading, read
from pellucid.writing.questions.refusals import (
    examples,
    not_understood,
    refusal_of,
    strange_words,
)
from pellucid.writing.questions.splitting import Word
from pellucid.writing.questions.types import Action, Conversation, Describe, Filter, Plan, Relation
from pellucid.writing.questions.vocabulary import KNOWN_WORDS

_CUTOFF = 0.84
_FEWEST_LETTERS = 5
_LONGEST_QUESTION = 4_000
Finder = Callable[[Asked], tuple[Action, ...] | None]

_FINDERS: tuple[Finder, ...] = (
    modelling.find_definition,
    modelling.find_tokens,
    modelling.find_what_if,
    modelling.find_similar,
    modelling.find_predict,
    modelling.find_mistakes,
    modelling.find_quality,
    comparing.find_comparison,
    modelling.find_importance,
    comparing.find_relation,
    modelling.find_effect,
    describing.find_statistic,
)
"""What a question may ask, in the order in which it is tried."""


def match(question: str, lexicon: Lexicon, before: Conversation | None = None) -> Plan:
    """Return the plan that a question asks for; one that is refused has no actions.

    `before` is what was asked last: a question that leans on it ("and for women?") is completed
    from it. Cells and column names are compared with the question's words and do nothing else.
    """
    asked_text = " ".join(question[:_LONGEST_QUESTION].split())
    if not asked_text:
        return Plan(question, refusal="No question was asked.", instead=examples(lexicon))
    reading, spelt = _spelt(read(asked_text, lexicon), lexicon)
    plan = Plan(asked_text, notes=(*reading.notes, *spelt))
    last = before.plan if before is not None else None
    refused = refusal_of(reading, lexicon)
    if refused is not None:
        return replace(plan, refusal=refused[0], instead=refused[1], notes=())
    asked = ask_of(reading, lexicon)
    if last is not None and last.actions:
        followed = follow_up(asked, last)
        if followed is not None:
            return replace(plan, actions=followed, target=last.target)
    found = next((actions for find in _FINDERS if (actions := find(asked)) is not None), None)
    if found is None and asked.found.conditions:
        found = with_filter(asked, describing.count_rows())
    strange = strange_words(reading, lexicon)
    if found is not None and asked.row is not None and not any(
        getattr(action, "row", None) for action in found
    ):  # fmt: skip
        found = None
    if found is None or (strange and any(isinstance(a, Describe | Relation) for a in found)):
        refused = not_understood(reading, lexicon)
        return replace(plan, refusal=refused[0], instead=refused[1], notes=())
    aside = [
        *_searched(found, lexicon),
        *(f"“{word}” was not understood and was left aside." for word in strange),
    ]
    target = modelling.target_named(asked, found)
    return replace(plan, actions=found, target=target, notes=(*plan.notes, *aside))


def _searched(actions: tuple[Action, ...], lexicon: Lexicon) -> list[str]:
    """Say in which of several columns of texts words were looked for."""
    texts = [column.name for column in lexicon.of_kind("text")]
    conditions = [c for a in actions if isinstance(a, Filter) for c in a.conditions]
    return [
        f"“{listing(list(c.values))}” was looked for in {c.column}; there are also texts in "
        f"{listing([name for name in texts if name != c.column], 4)}."
        for c in conditions
        if c.test == "contains" and len(texts) > 1
    ]


def _spelt(reading: Reading, lexicon: Lexicon) -> tuple[Reading, list[str]]:
    """Mend misspelt words of the questions' own vocabulary, and say which."""
    del lexicon
    words: list[Word] = []
    notes = []
    for place, word in enumerate(reading.words):
        known = word.kind != "word" or len(word.text) < _FEWEST_LETTERS
        if known or word.text in KNOWN_WORDS or reading.at(place) is not None:
            words.append(word)
            continue
        near = difflib.get_close_matches(word.text, KNOWN_WORDS, 1, _CUTOFF)
        if near:
            notes.append(f"“{word.raw}” was read as {near[0]}.")
            words.append(replace(word, text=near[0]))
        else:
            words.append(word)
    return replace(reading, words=tuple(words)), notes
