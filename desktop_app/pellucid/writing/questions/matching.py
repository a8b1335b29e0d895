"""From a question to a plan, without a language model: names, numbers and patterns of words."""

from __future__ import annotations

import difflib
import itertools
from collections.abc import Callable
from dataclasses import replace

from pellucid.core.numbers import listing
from pellucid.writing.questions import comparing, counting, describing, modelling
from pellucid.writing.questions.accounting import ONE_VALUE, accounted, change_examples
from pellucid.writing.questions.asked import Asked, ask_of, with_filter
from pellucid.writing.questions.conditions import HOLDING_VERBS
from pellucid.writing.questions.following import follow_up
from pellucid.writing.questions.lexicon import Lexicon
from pellucid.writing.questions.mentions import read
from pellucid.writing.questions.reading import Reading
from pellucid.writing.questions.refusals import (
    examples,
    not_understood,
    refusal_of,
    short_words,
    strange_words,
    unknown_term,
)
from pellucid.writing.questions.several import with_all_named
from pellucid.writing.questions.splitting import Word
from pellucid.writing.questions.types import (
    Action,
    Conversation,
    Definition,
    Describe,
    Filter,
    Plan,
    Relation,
)
from pellucid.writing.questions.vocabulary import KNOWN_WORDS
from pellucid.writing.questions.words import FILLERS, STOPS

_CUTOFF = 0.84
_TIMES = frozenset({"hour", "hours", "week", "weeks", "month", "months", "year", "years",
                    "weekday", "weekdays"})  # fmt: skip
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
    last = before.plan if before is not None else None
    read_now = read(asked_text, lexicon, _columns_of(last))
    reading, spelt = _spelt(_with_quotes(read_now, lexicon), lexicon)
    plan = Plan(asked_text, notes=(*reading.notes, *spelt))
    refused = refusal_of(reading, lexicon)
    if refused is not None:
        return replace(plan, refusal=refused[0], instead=refused[1], notes=())
    asked = ask_of(reading, lexicon)
    strange = strange_words(reading, lexicon)
    if last is not None and last.actions:
        followed = follow_up(asked, last)
        if followed is not None:
            followed_plan = replace(plan, actions=followed, target=last.target)
            return accounted(asked, followed_plan, [*strange, *short_words(reading, lexicon)])
    found = next((actions for find in _FINDERS if (actions := find(asked)) is not None), None)
    if found is None and asked.found.conditions:
        found = with_filter(asked, counting.count_rows())
    if found is not None and asked.row is not None and not any(
        getattr(action, "row", None) for action in found
    ):  # fmt: skip
        found = None
    loose = _loose_numbers(asked) if found is not None and not modelled(found) else []
    if loose or _asks_which_time(asked):
        about = f"It is not clear which column {loose[0]} is about." if loose else (
            "No column says when."
        )  # fmt: skip
        return replace(plan, refusal=about, instead=examples(lexicon, reading), notes=())
    is_unsure = found is None or (strange and not isinstance(found[0], Definition))
    undefined = unknown_term(reading, lexicon) if is_unsure else None
    if undefined is not None:
        return replace(plan, refusal=undefined[0], instead=undefined[1], notes=())
    if found is None or (strange and any(isinstance(a, Describe | Relation) for a in found)):
        refused = not_understood(reading, lexicon)
        if modelling.asks_what_if(asked):
            refused = f"{refused[0]} {ONE_VALUE}", change_examples(asked)
        return replace(plan, refusal=refused[0], instead=refused[1], notes=())
    found = with_all_named(asked, found)
    target = modelling.target_named(asked, found)
    notes = (*plan.notes, *_searched(found, lexicon))
    plan = replace(plan, actions=found, target=target, notes=notes)
    return accounted(asked, plan, [*strange, *short_words(reading, lexicon)])


def _columns_of(plan: Plan | None) -> set[str]:
    """Return the columns that a plan names."""
    actions = plan.actions if plan is not None else ()
    named = {
        getattr(action, name, "") for action in actions for name in ("column", "by", "other")
    } | {c.column for a in actions if isinstance(a, Filter) for c in a.conditions}  # fmt: skip
    return named - {""}


def _with_quotes(reading: Reading, lexicon: Lexicon) -> Reading:
    """Read the word after "contain" or "mention" as a text in quotation marks, if there are texts.

    A word that names a column or a value of one stays what it is.
    """
    if not lexicon.of_kind("text"):
        return reading
    words = list(reading.words)
    for place, word in enumerate(words):
        at = place + 1
        while at < len(words) and words[at].text in _BEFORE_HELD:
            at += 1
        is_held = word.text in HOLDING_VERBS and at < len(words) and words[at].kind == "word"
        if is_held and reading.at(at) is None and words[at].text not in STOPS:
            words[at] = replace(words[at], kind="quote")
    return replace(reading, words=tuple(words))


_BEFORE_HELD = frozenset({"the", "a", "an", "word", "term", "phrase", "of"})


def modelled(actions: tuple[Action, ...]) -> bool:
    """Say whether a plan is about a model or a meaning, which numbers in a question may name."""
    return any(action.action not in _OF_ROWS for action in actions)


_OF_ROWS = frozenset({"filter", "describe", "difference", "compare", "relation"})


def _loose_numbers(asked: Asked) -> list[str]:
    """Return the numbers of a question that no condition took."""
    reading = asked.reading
    return [
        word.raw for place, word in enumerate(reading.words)
        if word.kind in ("number", "date") and place not in asked.found.numbers
        and reading.at(place) is None and word.text != str(asked.row)
    ]  # fmt: skip


def _asks_which_time(asked: Asked) -> bool:
    """Say whether a time is asked for that no column holds: "which hour has the most"."""
    words = [word.text for word in asked.reading.words]
    return any(
        first in ("which", "what") and second in _TIMES and asked.by is None
        and asked.reading.at(place + 1) is None
        for place, (first, second) in enumerate(itertools.pairwise(words))
    )  # fmt: skip


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
        is_said = word.text in KNOWN_WORDS or word.text in FILLERS
        if known or is_said or reading.at(place) is not None:
            words.append(word)
            continue
        near = difflib.get_close_matches(word.text, KNOWN_WORDS, 1, _CUTOFF)
        if near:
            notes.append(f"“{word.raw}” was read as {near[0]}.")
            words.append(replace(word, text=near[0]))
        else:
            words.append(word)
    return replace(reading, words=tuple(words)), notes
