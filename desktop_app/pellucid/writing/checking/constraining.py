"""A grammar of claims as one that decoding can be held to, in llguidance's Lark-like notation."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

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
_SUBJECT = ".subject"
_LEFT_OUT = frozenset({"COL", "ABOUT"})
"""Parts that claims are as true without: to a small model they are stepping stones to nowhere."""


@dataclass(frozen=True, slots=True)
class Way:
    """How a node is derived: without the first `skipped` parts of a chain, with something in front
    of it (`is_led`), and so that it names the subject (`is_named`)."""

    skipped: int = 0
    is_led: bool = False
    is_named: bool = False


class Constraint:
    """The rules for single clauses about one fact; those that need no context and no brackets.

    A clause opens with a slot, or as the known wording of its kind does: a small model begins
    nearly every sentence with "The", and is then led by what may follow to what nobody would say.
    It names its subject where that wording does.
    `start` is the rule of a clause, None where none can be written with the fact's slots.
    """

    def __init__(self, place: int, alias: str, fact: Fact, grammar: Grammar) -> None:
        self.rules: dict[str, str] = {}
        self._prefix = f"f{place}"
        self._opening = example_of(alias, fact).split()[0].lower()
        slots = slots_of(fact)
        self._slots = {f".{name}": str(Slot(alias, name)) for name in slots}
        self._context = Topic().allows(fact, slots, grammar)
        self._names: dict[tuple[int, Way], str | None] = {}
        self._by_text: dict[str, str] = {}
        self.start = self._ruled(grammar.part("CLAIM"), Way(is_named=self._has_name(grammar)))

    def _has_name(self, grammar: Grammar) -> bool:
        """Say whether the known wording names the subject, so that a clause has to as well."""
        return _SUBJECT in self._slots and _SUBJECT in grammar.texts["EXAMPLE"].split()

    def _ruled(self, node: Node, way: Way) -> str | None:
        """Return the name of the rule for a node, or for a chain without its first parts."""
        while isinstance(node, Named):
            if node.name in _LEFT_OUT:
                return None
            node = node.parts[0]
        if isinstance(node, Chain) and way.skipped == len(node.parts) - 1:
            return self._ruled(node.parts[-1], replace(way, skipped=0))
        key = (id(node), way)
        if key not in self._names:
            text = self._text(node, way)
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

    def _text(self, node: Node, way: Way) -> str | None:
        """Return what derives a node in one token or more."""
        match node:
            case Words():
                return self._words(sorted(node.first), way)
            case Choice():
                return _one_of(self._ruled(part, way) for part in node.parts)
            case Chain(parts=(_, *_)):
                return self._chain(node, way)
        return None

    def _words(self, words: Sequence[str], way: Way) -> str | None:
        told = [
            self._slots.get(word, "" if word.startswith(".") else word)
            for word in words
            if word == _SUBJECT or not way.is_named
        ]
        shown = [word for word in told if word and word not in _NOT_WRITTEN]
        spaced = [
            _with_space(word) if way.is_led else _with_capital(word)
            for word in shown
            if way.is_led or word.startswith("{{") or word == self._opening
        ]
        return f"/{'|'.join(map(_escaped, spaced))}/" if spaced else None

    def _chain(self, node: Chain, way: Way) -> str | None:
        head, rest = node.parts[way.skipped], node.parts[way.skipped + 1 :]
        after = replace(way, skipped=way.skipped + 1)
        options: list[str | None] = []
        for first, second in ((True, False), (False, True)) if way.is_named else ((False, False),):
            opening = self._ruled(head, replace(way, skipped=0, is_named=first))
            if opening and rest:
                led = replace(after, is_led=True, is_named=second)
                following = self._ruled(node, led)
                options += [f"{opening} {following}"] if following else []
            if opening and not second and all(map(self._is_empty, rest)):
                options.append(opening)
        if rest and self._is_empty(head):
            options.append(self._ruled(node, after))
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
