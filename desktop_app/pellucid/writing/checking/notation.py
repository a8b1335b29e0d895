"""A notation for the ways in which something may be put, and the matcher that reads it.

    WHERE($) = (where | when) S is $ | for [rows with] S $
    CLAIM = O is .value WHERE(.group) [{ .interval }]

Words and marks stand for themselves; `.value` is a slot; names in capitals are parts, which may
take one argument (`$` where it goes); `|` parts alternatives, `[...]` may be left out, `(...)*` may
be repeated. `{` and `}` are brackets of the claim. `@subject` takes no word, and holds where the
context has `subject`; `&subject PART` adds it to the context of a part. What is derived is
accepted; nothing else is.
"""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from types import MappingProxyType

_DEFINITION = re.compile(r"^([A-Z_]+)(?:\((\$)\))? = ", re.MULTILINE)
_TOKEN = re.compile(r"[A-Z_]+(?:\([^()\s]+\))?(?![a-z])|\)\*|[()\[\]|]|[^\s()\[\]|]+")
_BRACKETS = {"{": "(", "}": ")"}


class Reader:
    """The tokens of a claim as one fact sees them, and what may be left unnamed there.

    `gaps` are the ends of what may stand at a place without being part of any frame. `furthest` is
    where the first token stands that nothing could be made of.
    """

    def __init__(
        self,
        tokens: Sequence[str],
        context: frozenset[str] = frozenset(),
        gaps: Mapping[int, frozenset[int]] = MappingProxyType({}),
    ) -> None:
        self.tokens, self.context, self.gaps = tokens, context, gaps
        self.memo: dict[tuple[str, int], frozenset[int]] = {}
        self.furthest = 0
        self._within: dict[str, Reader] = {}

    def within(self, name: str) -> Reader:
        """Return a reader of the same tokens in a context that has `name` as well."""
        if name in self.context:
            return self
        if name not in self._within:
            self._within[name] = Reader(self.tokens, self.context | {name}, self.gaps)
        return self._within[name]

    def starts(self, place: int) -> Iterator[int]:
        """Yield where the next token of a frame may stand: at a place, or behind a gap."""
        self.furthest = max(self.furthest, place)
        size = len(self.tokens)
        yield from (start for start in (place, *self.gaps.get(place, ())) if start < size)


class Node(ABC):
    """A part of the notation.

    `first` are the tokens that it may start with; `is_empty` says whether it may take none.
    """

    first: frozenset[str]
    is_empty: bool
    parts: tuple[Node, ...]

    @abstractmethod
    def ends(self, reader: Reader, start: int) -> frozenset[int]:
        """Return every place where it may end that starts at a place."""


_NOWHERE: frozenset[int] = frozenset()


class Words(Node):
    """One token out of a set."""

    def __init__(self, entries: frozenset[str]) -> None:
        self.first, self.is_empty, self.parts = entries, False, ()

    def ends(self, reader: Reader, start: int) -> frozenset[int]:
        tokens = reader.tokens
        return frozenset(p + 1 for p in reader.starts(start) if tokens[p] in self.first)


class Guard(Node):
    """No token, where the context says so."""

    def __init__(self, name: str) -> None:
        self.first, self.is_empty, self.parts = frozenset(), True, ()
        self.name = name

    def ends(self, reader: Reader, start: int) -> frozenset[int]:
        return frozenset((start,)) if self.name in reader.context else _NOWHERE


class Within(Node):
    """A part in a wider context."""

    def __init__(self, name: str, part: Node) -> None:
        self.first, self.is_empty, self.parts = part.first, part.is_empty, (part,)
        self.name = name

    def ends(self, reader: Reader, start: int) -> frozenset[int]:
        inner = reader.within(self.name)
        found = self.parts[0].ends(inner, start)
        reader.furthest = max(reader.furthest, inner.furthest)
        return found


class Chain(Node):
    """One after the other."""

    def __init__(self, parts: Iterable[Node]) -> None:
        self.parts = tuple(parts)
        self.is_empty = all(part.is_empty for part in self.parts)
        solid = next((i for i, part in enumerate(self.parts) if not part.is_empty), None)
        opening = self.parts if solid is None else self.parts[: solid + 1]
        self.first = frozenset(token for part in opening for token in part.first)

    def ends(self, reader: Reader, start: int) -> frozenset[int]:
        found = frozenset((start,))
        for part in self.parts:
            if len(found) == 1:
                (place,) = found
                found = part.ends(reader, place)
            else:
                found = frozenset(end for place in found for end in part.ends(reader, place))
            if not found:
                break
        return found


class Choice(Node):
    """One of several: only those are tried that may start with the token at hand."""

    def __init__(self, options: Iterable[Node]) -> None:
        self.parts = tuple(options)
        self.is_empty = any(part.is_empty for part in self.parts)
        self.first = frozenset(token for part in self.parts for token in part.first)
        self._always = tuple(part for part in self.parts if part.is_empty)
        self._starting = {
            token: tuple(p for p in self.parts if p.is_empty or token in p.first)
            for token in self.first
        }

    def ends(self, reader: Reader, start: int) -> frozenset[int]:
        met = [self._starting.get(reader.tokens[p], self._always) for p in reader.starts(start)]
        options = dict.fromkeys(option for found in met for option in found)
        chosen = options or self._always
        return frozenset(end for option in chosen for end in option.ends(reader, start))


class Repeated(Node):
    """As often as there is."""

    def __init__(self, part: Node) -> None:
        self.first, self.is_empty, self.parts = part.first, True, (part,)

    def ends(self, reader: Reader, start: int) -> frozenset[int]:
        found = latest = frozenset((start,))
        while latest:
            latest = frozenset(e for s in latest for e in self.parts[0].ends(reader, s)) - found
            found |= latest
        return found


class Named(Node):
    """A part by its name: what was found at a place is kept."""

    def __init__(self, name: str, part: Node) -> None:
        self.first, self.is_empty, self.parts = part.first, part.is_empty, (part,)
        self.name = name

    def ends(self, reader: Reader, start: int) -> frozenset[int]:
        key = (self.name, start)
        found = reader.memo.get(key)
        if found is None:
            found = reader.memo[key] = self.parts[0].ends(reader, start)
        return found


class Grammar:
    """Parts by name, written in the notation; those of `base` unless written anew."""

    def __init__(self, text: str, base: Grammar | None = None) -> None:
        self._texts = {**(base.texts if base else {}), **_definitions(text)}
        self._nodes: dict[str, Node] = {}

    @property
    def texts(self) -> Mapping[str, str]:
        """The definitions by name."""
        return self._texts

    @property
    def family(self) -> str:
        """The kinds of fact that a list may go on about without saying so again."""
        return self._texts.get("FAMILY", "")

    def ends(self, name: str, reader: Reader, start: int) -> frozenset[int]:
        """Return every place where a part may end that starts at a place."""
        return self.part(name).ends(reader, start)

    def part(self, name: str) -> Node:
        """Return a part by its name, with its argument in brackets if it takes one."""
        if name not in self._nodes:
            head, _, argument = name.removesuffix(")").partition("(")
            if head not in self._texts:
                raise KeyError(f"There is no part {head}")
            text = self._texts[head].replace("$", argument)
            self._nodes[name] = Named(name, _parsed(text, self))
        return self._nodes[name]

    @cached_property
    def words(self) -> frozenset[str]:
        """Every word that may stand in a clause, whatever its fact found."""
        found: set[str] = set()
        seen: set[int] = set()
        starts = ("CLAUSE", "JOINT", "LEAD", "OPENING")
        waiting = [self.part(name) for name in starts if name in self._texts]
        while waiting:
            node = waiting.pop()
            if id(node) not in seen:
                seen.add(id(node))
                waiting += () if _is_in_doubt(node) else node.parts
                found |= node.first if isinstance(node, Words) else set()
        return frozenset(word for word in found if word[:1].isalpha())


def _is_in_doubt(node: Node) -> bool:
    """Say whether a part may only be said of what may as well be chance."""
    return isinstance(node, Chain) and any(
        isinstance(part, Guard) and part.name == "uncertain" for part in node.parts
    )


def _definitions(text: str) -> dict[str, str]:
    """Return the text behind each `NAME =`, which goes on until the next."""
    lines = "\n".join(line.strip() for line in text.strip().splitlines())
    found = list(_DEFINITION.finditer(lines))
    stops = [*(match.start() for match in found[1:]), len(lines)] if found else []
    return {
        match[1]: " ".join(lines[match.end() : stop].split())
        for match, stop in zip(found, stops, strict=True)
    }


def _parsed(text: str, grammar: Grammar) -> Node:
    tokens = _TOKEN.findall(text)
    node, end = _choice(tokens, 0, grammar)
    if end != len(tokens):
        raise ValueError(f"“{tokens[end]}” is one too many in: {text}")
    return node


def _choice(tokens: list[str], place: int, grammar: Grammar) -> tuple[Node, int]:
    options: list[Node] = []
    while True:
        option, end = _chain(tokens, place, grammar)
        if end == place:
            raise ValueError(f"There is an empty alternative in: {' '.join(tokens)}")
        options.append(option)
        place = end
        if place >= len(tokens) or tokens[place] != "|":
            return _chosen(options), place
        place += 1


def _chosen(options: list[Node]) -> Node:
    """Put alternatives together, single words as one set."""
    single = [option for option in options if isinstance(option, Words)]
    others = [option for option in options if not isinstance(option, Words)]
    if single:
        others.append(Words(frozenset(word for option in single for word in option.first)))
    return others[0] if len(others) == 1 else Choice(others)


def _chain(tokens: list[str], place: int, grammar: Grammar) -> tuple[Node, int]:
    parts: list[Node] = []
    while place < len(tokens) and tokens[place] not in ("|", ")", ")*", "]"):
        token = tokens[place]
        if token.startswith("&"):
            place += 1
            parts.append(Within(token[1:], _leaf(tokens[place], grammar)))
        elif token in ("(", "["):
            inner, place = _choice(tokens, place + 1, grammar)
            closing = tokens[place]
            if token == "[":
                inner = Choice((inner, Chain(())))
            elif closing == ")*":
                inner = Repeated(inner)
            parts.append(inner)
        else:
            parts.append(_leaf(token, grammar))
        place += 1
    return (parts[0] if len(parts) == 1 else Chain(parts)), place


def _leaf(token: str, grammar: Grammar) -> Node:
    if token.startswith("@"):
        return Guard(token[1:])
    if token[0].isupper():
        return grammar.part(token)
    return Words(frozenset((_BRACKETS.get(token, token),)))
