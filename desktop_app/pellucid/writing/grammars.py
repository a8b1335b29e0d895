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


def _claim_rules(place: int, alias: str, fact: Fact, has_words: bool) -> list[str]:
    """Return the rules of the claims about one fact."""
    head, tail = json.dumps('{"text":"'), json.dumps(f'","facts":["{alias}"]}}')
    whole = json.dumps(str(Slot(alias, "sentence")))
    grammar = grammar_of(fact) if has_words else None
    found = clause_rules(place, alias, fact, grammar) if grammar else {}
    if not found:
        return [f"claim_{place}: {head} {whole} {tail}"]
    return [
        f'claim_{place}: {head} ({whole} | {next(iter(found))} ".") {tail}',
        *(f"{name}: {text}" for name, text in found.items()),
    ]
