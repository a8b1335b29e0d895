"""A grammar that even a tiny model can be held to: what it may write is what can be checked."""

from __future__ import annotations

import json
from collections.abc import Mapping

from pellucid.facts.types import Fact
from pellucid.writing.checking.catalogue import grammar_of
from pellucid.writing.checking.constraining import clause_rules
from pellucid.writing.checking.lexicon import lexicon_of
from pellucid.writing.templates import Slot

MOST_CLAIMS = 12
_EMPTY = '{"claims":[],"surprises":[]}'


def answer_grammar(facts: Mapping[str, Fact], language: str = "en") -> str:
    """Return the grammar of answers on `facts` (by alias) in llguidance's Lark-like notation.

    Each claim is about one fact, cites it, and is a clause that the grammar of its kind derives, or
    else is its whole sentence.
    """
    if not facts:
        return f"start: {json.dumps(_EMPTY)}\n"
    has_words = bool(lexicon_of(language).plain)
    rules = [
        f'start: "{{\\"claims\\":[" claim ("," claim){{0,{MOST_CLAIMS - 1}}} '
        '"],\\"surprises\\":[]}"',
        f"claim: {' | '.join(f'claim_{place}' for place in range(len(facts)))}",
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


def _claim_rules(place: int, alias: str, fact: Fact, has_words: bool) -> list[str]:
    """Return the rules of the claims about one fact."""
    head, tail = json.dumps('{"text":"'), json.dumps(f'","facts":["{alias}"]}}')
    said, more = _sentence_rules(place, alias, fact, has_words)
    return [f"claim_{place}: {head} {said} {tail}", *more]


def _sentence_rules(
    place: int, alias: str, fact: Fact, has_words: bool
) -> tuple[str, tuple[str, ...]]:
    """Return what derives a sentence about one fact, and the rules that this needs."""
    whole = json.dumps(str(Slot(alias, "sentence")))
    grammar = grammar_of(fact) if has_words else None
    found = clause_rules(place, alias, fact, grammar) if grammar else {}
    if not found:
        return whole, ()
    more = tuple(f"{name}: {text}" for name, text in found.items())
    return f'({whole} | {next(iter(found))} ".")', more
