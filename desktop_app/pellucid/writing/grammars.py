"""A grammar that even a tiny model can be held to: what it may write is what can be checked."""

from __future__ import annotations

import json
from collections.abc import Mapping

from pellucid.facts.types import Fact
from pellucid.writing.checking.catalogue import grammar_of
from pellucid.writing.checking.constraining import clause_rules
from pellucid.writing.checking.lexicon import lexicon_of
from pellucid.writing.templates import Slot

MOST_CLAIMS = 8
FEWEST_CLAIMS = 5
"""Claims before which no answer may end, where there are so many facts: small models soon stop."""
_EMPTY = '{"claims":[],"surprises":[]}'
_LAST_BIT = 63
"""Places up to which a rule keeps count of what was said; further facts share the last."""


def answer_grammar(facts: Mapping[str, Fact], language: str = "en") -> str:
    """Return the grammar of answers on `facts` (by alias) in llguidance's Lark-like notation.

    Each claim names its fact first, which so leaves one grammar to be followed: that of its kind,
    with a capital in front, or else its whole sentence. No fact is told twice, and none of a few
    is left out.
    """
    if not facts:
        return f"start: {json.dumps(_EMPTY)}\n"
    has_words = bool(lexicon_of(language).plain)
    places = range(len(facts))
    rules = [
        'start: "{\\"claims\\":[" first::0x0 "],\\"surprises\\":[]}"',
        f"first::_: {' | '.join(f'claim_{place} {_rest(place)}' for place in places)}",
        f'rest::_: "" %if bit_count_ge(_, {min(FEWEST_CLAIMS, len(facts))})',
        *(f'  | "," claim_{place} {_rest(place)} {_unsaid(place)}' for place in places),
    ]
    for place, (alias, fact) in enumerate(facts.items()):
        rules += _claim_rules(place, alias, fact, has_words)
    return "\n".join(rules) + "\n"


def reasons_grammar(facts: Mapping[str, Fact]) -> str:
    """Return the grammar of reasons that each rest on one of `facts`, at most as many as those.

    The direction is the model's to choose; the sentence is one that can be checked.
    """
    places = range(len(facts))
    rules = [
        f'start: "{{\\"reasons\\":[" reason ("," reason){{0,{len(facts) - 1}}} "]}}"',
        f"reason: {' | '.join(f'reason_{place}' for place in places)}",
        'way: "raises" | "lowers"',
    ]
    for place, (alias, fact) in enumerate(facts.items()):
        head = json.dumps(f'{{"fact":"{alias}","way":"')
        said, more = _sentence_rules(place, alias, fact, has_words=True)
        middle, tail = json.dumps('","text":"'), json.dumps('"}')
        rules += [f"reason_{place}: {head} way {middle} {said} {tail}", *more]
    return "\n".join(rules) + "\n"


def _rest(place: int) -> str:
    """Return the rule for what may follow a claim on a fact, which marks it as told."""
    return f"rest::set_bit({min(place, _LAST_BIT)})"


def _unsaid(place: int) -> str:
    """Return the condition that a fact was not told, and that there is room for a claim."""
    return f"%if and(bit_clear({min(place, _LAST_BIT)}), bit_count_lt(_, {MOST_CLAIMS}))"


def _claim_rules(place: int, alias: str, fact: Fact, has_words: bool) -> list[str]:
    """Return the rules of the claims about one fact."""
    head, tail = json.dumps(f'{{"facts":["{alias}"],"text":"'), json.dumps('"}')
    said, more = _sentence_rules(place, alias, fact, has_words)
    return [f"claim_{place}: {head} {said} {tail}", *more]


def _sentence_rules(
    place: int, alias: str, fact: Fact, has_words: bool
) -> tuple[str, tuple[str, ...]]:
    """Return what derives a sentence about one fact, and the rules that this needs."""
    whole = json.dumps(str(Slot(alias, "sentence")))
    grammar = grammar_of(fact) if has_words else None
    start, found = clause_rules(place, alias, fact, grammar) if grammar else (None, {})
    if start is None:
        return whole, ()
    more = tuple(f"{name}: {text}" for name, text in found.items())
    return f'({whole} | {start} ".")', more
