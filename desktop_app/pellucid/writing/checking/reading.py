"""A draft read as clauses, each of which one of its facts says in one of the ways of its kind."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from pellucid.facts.slots import slots_of
from pellucid.facts.types import Fact
from pellucid.writing.checking.catalogue import grammar_of
from pellucid.writing.checking.contexts import WHOLE, Topic, head_of, only_row, opening_guards
from pellucid.writing.checking.library import grammar
from pellucid.writing.checking.notation import Reader
from pellucid.writing.checking.scopes import scope_of
from pellucid.writing.checking.tokens import Token

_FOREIGN = "<other>"
"""How a fact sees the slots and names of others: as nothing that a frame could name."""


class Reading:
    """The ways to read the tokens of a draft.

    Where there are no words to build clauses of, only whole sentences of facts can be read.
    """

    def __init__(
        self, tokens: Sequence[Token], facts: Mapping[str, Fact], *, has_words: bool = True
    ) -> None:
        self._tokens = tokens
        self._facts = facts
        self._slots = {alias: slots_of(fact) for alias, fact in facts.items()}
        self._grammars = {a: grammar_of(fact) if has_words else None for a, fact in facts.items()}
        self._seen = {alias: [_seen(t, alias) for t in tokens] for alias in facts}
        self._words = [token.text if not token.roles else _FOREIGN for token in tokens]
        self._gaps = {
            start: ends for start in range(len(tokens)) if (ends := self._ends("GAP", start))
        }
        self._readers: dict[tuple[str, frozenset[str]], Reader] = {}
        self._tried: set[tuple[str, int, Topic]] = set()

    def holds(self) -> bool:
        """Say whether all of the draft can be read so."""
        roles = {role for token in self._tokens for role in token.roles.values()}
        alone = only_row(self._facts.values(), self._words, roles)
        return any(t.roles for t in self._tokens) and self._sentences(0, Topic(alone=alone))

    @property
    def stopped(self) -> int:
        """Where the reading got to that got furthest."""
        return max((reader.furthest for reader in self._readers.values()), default=0)

    def _sentences(self, start: int, topic: Topic) -> bool:
        """Read sentences from a place on, to the end."""
        while start < len(self._tokens) and self._text(start) == ".":
            start += 1
        if start == len(self._tokens):
            return True
        topic = topic.next_sentence()
        if ("sentence", start, topic) in self._tried:
            return False
        self._tried.add(("sentence", start, topic))
        places = {start, *self._ends("LEAD", start)}
        return any(
            self._whole(place, topic) or self._clause(place, topic) for place in places
        ) or any(self._whole(end, topic) for end in self._openings(start))

    def _whole(self, start: int, topic: Topic) -> bool:
        """Read a sentence that is a fact's own, and what follows it."""
        if start >= len(self._tokens) or self._text(start) != ".sentence":
            return False
        alias = next(iter(self._tokens[start].roles))
        ways = self._grammars[alias] or grammar("common")
        after = topic.after(self._facts[alias], self._slots[alias], WHOLE, ways)
        return self._sentences(start + 1, after)

    def _openings(self, start: int) -> Iterator[int]:
        """Yield where words end that only lead to a whole sentence: `On missing values:`."""
        for place in range(start, len(self._tokens)):
            if self._text(place) == ".sentence":
                alias = next(iter(self._tokens[place].roles))
                guards = opening_guards(self._facts[alias])
                reader = Reader(self._seen[alias], guards)
                if place in grammar("common").ends("OPENING", reader, start):
                    yield place
                return

    def _clause(self, start: int, topic: Topic, part: str = "CLAUSE") -> bool:
        """Read a clause of one of the facts, and what follows it.

        `part` is what a clause is in the fact's grammar; those that lack it have no such clause.
        """
        for alias, ways in self._grammars.items():
            if ways is None or part not in ways.texts:
                continue
            fact, slots = self._facts[alias], self._slots[alias]
            guards = topic.allows(fact, slots, ways)
            reader = self._readers.setdefault(
                (alias, guards), Reader(self._seen[alias], guards, self._gaps)
            )
            for end in ways.ends(part, reader, start):
                clause = self._tokens[start:end]
                roles = [token.role(alias) for token in clause if token.roles]
                words = [(token.text, token.role(alias)) for token in clause]
                if not topic.scope.admits(fact, slots, words):
                    continue
                after = replace(
                    topic.after(fact, slots, roles, ways, head_of(words)),
                    scope=scope_of(fact, slots, words, topic.scope),
                )
                if (roles or "itself" in guards) and self._goes_on(end, after):
                    return True
        return False

    def _goes_on(self, end: int, topic: Topic) -> bool:
        """Read what follows a clause: nothing, another sentence, or a clause that is joined."""
        for place in (end, *self._gaps.get(end, ())):
            if place == len(self._tokens) or self._text(place) == ".":
                return self._sentences(place, topic)
        if ("joint", end, topic) in self._tried:
            return False
        self._tried.add(("joint", end, topic))
        for place in self._ends("JOINT", end):
            is_parted = self._text(place - 1) in (";", ":")
            ends = any(token.text == ";" for token in self._tokens[end:place])
            following = topic.past_semicolon() if ends else topic
            may_be_whole = is_parted and (ends or not topic.scope.phrase)
            if (may_be_whole and self._whole(place, topic)) or self._clause(place, following):
                return True
        return self._clause(end, topic, "RUNON")

    def _ends(self, part: str, start: int) -> frozenset[int]:
        return grammar("common").ends(part, Reader(self._words), start)

    def _text(self, place: int) -> str:
        token = self._tokens[place]
        return f".{next(iter(token.roles.values()))}" if token.roles else token.text


def _seen(token: Token, alias: str) -> str:
    """Return a token as the grammar of one fact names it."""
    if not token.roles:
        return token.text
    return f".{token.roles[alias]}" if alias in token.roles else _FOREIGN
