"""A grammar of claims as one that decoding can be held to, in llguidance's Lark-like notation."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from pellucid.facts.slots import slots_of
from pellucid.facts.types import Fact
from pellucid.writing.checking.catalogue import example_of
from pellucid.writing.checking.contexts import Topic
from pellucid.writing.checking.notation import (
    Chain,
    Choice,
    Grammar,
    Guard,
    Named,
    Node,
    Repeated,
    Within,
    Words,
)
from pellucid.writing.templates import Slot

_HUGGING = (",", ";", ":", "'s")
"""Tokens that stand without a space before them."""
_NOT_WRITTEN = frozenset(
    {"(", ")", "—", "–", "-", "'re", "named", "called", "observed", "record", "observation",
     "case", "entry", "example", "instance", "item", "sample", "datapoint", "point"}
)  # fmt: skip
"""Marks and words that frames allow where a small model sets them wrongly, such as singulars."""
_LEFT_OUT = frozenset({"COL", "ABOUT"})
"""Parts that claims are as true without: to a small model they are stepping stones to nowhere."""


class Constraint:
    """The rules for single clauses about one fact; those that need no context and no brackets.

    A clause opens with a slot, or as the known wording of its kind does: a small model begins
    nearly every sentence with "The", and is then led by what may follow to what nobody would say.
    `start` is the rule of a clause, None where none can be written with the fact's slots.
    """

    def __init__(self, place: int, alias: str, fact: Fact, grammar: Grammar) -> None:
        self.rules: dict[str, str] = {}
        self._prefix = f"f{place}"
        self._opening = example_of(alias, fact).split()[0].lower()
        slots = slots_of(fact)
        self._slots = {f".{name}": str(Slot(alias, name)) for name in slots}
        self._context = Topic().allows(fact, slots, grammar)
        self._names: dict[tuple[int, int, bool], str | None] = {}
        self._by_text: dict[str, str] = {}
        self.start = self._ruled(grammar.part("CLAIM"), led=False)

    def _ruled(self, node: Node, *, led: bool, skipped: int = 0) -> str | None:
        """Return the name of the rule for a node, or for a chain without its first parts."""
        while isinstance(node, Named):
            if node.name in _LEFT_OUT:
                return None
            node = node.parts[0]
        if isinstance(node, Chain) and skipped == len(node.parts) - 1:
            return self._ruled(node.parts[-1], led=led)
        key = (id(node), skipped, led)
        if key not in self._names:
            parts = node.parts[skipped:] if isinstance(node, Chain) else ()
            text = self._chain(node, parts, skipped, led) if parts else self._text(node, led)
            self._names[key] = self._name_of(text) if text else None
        return self._names[key]

    def _name_of(self, text: str) -> str:
        """Return the name of the rule that reads so; rules that read alike are one."""
        if text in self.rules:
            return text
        if text not in self._by_text:
            name = f"{self._prefix}_{len(self.rules)}"
            self._by_text[text], self.rules[name] = name, text
        return self._by_text[text]

    def _text(self, node: Node, led: bool) -> str | None:
        """Return what derives a node in one token or more; `led` where a space comes before it."""
        match node:
            case Words():
                return self._words(sorted(node.first), led)
            case Choice():
                return _one_of(self._ruled(part, led=led) for part in node.parts)
        return None

    def _words(self, words: Sequence[str], led: bool) -> str | None:
        told = [self._slots.get(word, "" if word.startswith(".") else word) for word in words]
        shown = [word for word in told if word and word not in _NOT_WRITTEN]
        spaced = [
            _with_space(word) if led else _with_capital(word)
            for word in shown
            if led or word.startswith("{{") or word == self._opening
        ]
        return f"/{'|'.join(map(_escaped, spaced))}/" if spaced else None

    def _chain(self, node: Node, parts: Sequence[Node], skipped: int, led: bool) -> str | None:
        head, rest = parts[0], parts[1:]
        options: list[str | None] = []
        opening = self._ruled(head, led=led)
        if opening:
            following = self._ruled(node, led=True, skipped=skipped + 1) if rest else None
            options += [f"{opening} {following}"] if following else []
            options += [opening] if all(map(self._is_empty, rest)) else []
        if rest and self._is_empty(head):
            options.append(self._ruled(node, led=led, skipped=skipped + 1))
        return _one_of(options)

    def _is_empty(self, node: Node) -> bool:
        """Say whether a node may take no token, in the context of a claim of one clause."""
        match node:
            case Guard():
                return node.name in self._context
            case Chain():
                return all(map(self._is_empty, node.parts))
            case Choice():
                return any(map(self._is_empty, node.parts))
            case Named() | Within():
                return self._is_empty(node.parts[0])
        return isinstance(node, Repeated)


def _one_of(options: Iterable[str | None]) -> str | None:
    return " | ".join(dict.fromkeys(option for option in options if option)) or None


def _with_space(word: str) -> str:
    return word if word in _HUGGING else f" {word}"


def _with_capital(word: str) -> str:
    """Return a word as it opens a sentence."""
    return f"{word[0].upper()}{word[1:]}"


def _escaped(text: str) -> str:
    return re.escape(text).replace("/", "\\/")


def clause_rules(
    place: int, alias: str, fact: Fact, grammar: Grammar
) -> tuple[str | None, Mapping[str, str]]:
    """Return where clauses about a fact start, None where there are none, and the rules by name."""
    found = Constraint(place, alias, fact, grammar)
    return found.start, found.rules
