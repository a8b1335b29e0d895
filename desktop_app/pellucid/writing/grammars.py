"""A grammar that even a tiny model can be held to: slots of facts, plain words, nothing else."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping

from pellucid.facts.slots import slots_of
from pellucid.facts.types import Fact
from pellucid.writing.checking import plain_vocabulary
from pellucid.writing.checking.catalogue import words_of
from pellucid.writing.templates import Slot

MOST_CLAIMS = 12
MOST_PIECES = 24
_EMPTY = '{"claims":[],"surprises":[]}'


def answer_grammar(facts: Mapping[str, Fact], language: str = "en") -> str:
    """Return the grammar of answers on `facts` (by alias) in llguidance's Lark-like notation.

    Each claim is about one fact, cites it, and is made of its slots and of the plain words that go
    with its kind, or else is its whole sentence. The form holds; whether a claim holds is left to
    the checker.
    """
    if not facts:
        return f"start: {json.dumps(_EMPTY)}\n"
    plain = _single({word for words in plain_vocabulary((), language).values() for word in words})
    rules = [
        f'start: "{{\\"claims\\":[" claim ("," claim){{0,{MOST_CLAIMS - 1}}} '
        '"],\\"surprises\\":[]}"',
        f"claim: {' | '.join(f'claim_{place}' for place in range(len(facts)))}",
    ]
    if plain:
        rules.append(f"PLAIN: {_one_of(plain)}")
    for place, (alias, fact) in enumerate(facts.items()):
        rules += _claim_rules(place, alias, fact, bool(plain))
    return "\n".join(rules) + "\n"


def _claim_rules(place: int, alias: str, fact: Fact, has_words: bool) -> list[str]:
    """Return the rules of the claims about one fact."""
    head, tail = json.dumps('{"text":"'), json.dumps(f'","facts":["{alias}"]}}')
    whole = json.dumps(str(Slot(alias, "sentence")))
    slots = [str(Slot(alias, name)) for name in slots_of(fact) if name != "sentence"]
    if not has_words or not slots:
        return [f"claim_{place}: {head} {whole} {tail}"]
    own = _single(words_of([fact]))
    pieces = ["PLAIN", f"SLOT_{place}", *([f"OWN_{place}"] if own else [])]
    return [
        f"claim_{place}: {head} ({whole} | words_{place}) {tail}",
        f'words_{place}: piece_{place} ((" " | ", ") piece_{place}){{1,{MOST_PIECES - 1}}} "."',
        f"piece_{place}: {' | '.join(pieces)}",
        f"SLOT_{place}: {_one_of(slots)}",
        *([f"OWN_{place}: {_one_of(own)}"] if own else []),
    ]


def _single(words: Iterable[str]) -> list[str]:
    """Return the entries of one word: the lexer could not tell where those of several end."""
    return sorted(word for word in words if " " not in word)


def _one_of(texts: Iterable[str]) -> str:
    """Return a regular expression of alternatives, as the notation writes it."""
    return f"/{'|'.join(re.escape(text).replace('/', chr(92) + '/') for text in texts)}/"
