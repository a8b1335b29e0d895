"""Claims drawn at random out of the grammars that claims are checked by."""

from __future__ import annotations

import re
from collections.abc import Iterator
from random import Random

from pellucid.facts.slots import slots_of
from pellucid.facts.types import Fact
from pellucid.writing.checking.catalogue import grammar_of
from pellucid.writing.checking.contexts import Topic
from pellucid.writing.checking.notation import Choice, Guard, Node, Repeated, Within, Words

_TRIES = 8


def drawn(fact: Fact, alias: str, random: Random, most: int) -> Iterator[str]:
    """Yield up to `most` claims of one clause about a fact, each as a template."""
    grammar = grammar_of(fact)
    if grammar is None:
        return
    slots = slots_of(fact)
    context = Topic().allows(fact, slots, grammar)
    for _ in range(most):
        found = _tokens(grammar.part("CLAUSE"), random, context)
        if found is None or any(t[0] == "." and t[1:] not in slots for t in found if len(t) > 1):
            continue
        told = (f"{{{{{alias}{t}}}}}" if t[0] == "." and len(t) > 1 else t for t in found)
        text = " ".join(told).replace(" '", "'")
        if not _UNWRITABLE.search(text):
            yield f"{text}."


_UNWRITABLE = re.compile(r"[,;:)—–]'|'re")
"""Verbs drawn together with a mark, or with a slot in a way that cannot be written."""


def _tokens(node: Node, random: Random, context: frozenset[str]) -> list[str] | None:
    """Return the tokens of one derivation, None where a guard forbids what was chosen."""
    match node:
        case Words():
            return [random.choice(sorted(node.first))]
        case Guard():
            return [] if node.name in context else None
        case Within():
            return _tokens(node.parts[0], random, context | {node.name})
        case Repeated():
            return _tokens(node.parts[0], random, context) if random.random() < 0.1 else []
        case Choice():
            options = (random.choice(node.parts) for _ in range(_TRIES))
            tried = (_tokens(option, random, context) for option in options)
            return next((found for found in tried if found is not None), None)
    tokens: list[str] = []
    for part in node.parts:
        found = _tokens(part, random, context)
        if found is None:
            return None
        tokens += found
    return tokens
