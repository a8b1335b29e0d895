"""A sentence as clauses, each of which speaks of one fact."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from pellucid.writing.checking.tokens import Token

SEPARATORS = frozenset({",", ";", ":", "—", "–", "(", ")"})
CONJUNCTIONS = frozenset(
    {
        "and", "or", "while", "whereas", "but", "yet", "although", "though", "plus", "and also",
        "as well as", "along with", "together with", "by contrast", "in contrast", "with", "which",
        "on the other hand", "as for",
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Clause:
    """A run of tokens about the fact `alias`; empty where it names none.

    `stretches` are where its tokens lie between separators and conjunctions, as (start, end).
    """

    alias: str
    tokens: tuple[Token, ...]
    stretches: tuple[tuple[int, int], ...] = field(default=())

    def roles(self) -> list[str]:
        """Return the roles of its slots and names, in order."""
        return [token.role(self.alias) for token in self.tokens if token.roles]

    def stretch_of(self, place: int) -> tuple[int, int]:
        """Return the stretch that a token lies in."""
        return next(s for s in self.stretches if s[0] <= place < s[1])


def sentences(tokens: Sequence[Token]) -> Iterator[list[Token]]:
    """Yield the sentences: runs up to a full stop; a whole-sentence slot is one by itself."""
    held: list[Token] = []
    for token in tokens:
        is_end = token.sort == "mark" and token.text in ".!?…"
        if token.sort == "slot" and "sentence" in token.roles.values():
            if held:
                yield held
            yield [token]
            held = []
        elif is_end:
            if held or token.text != ".":
                yield [*held, token]
            held = []
        else:
            held.append(token)
    if held:
        yield held


def clauses(sentence: Sequence[Token]) -> list[Clause] | str:
    """Split a sentence where it passes from one fact to the next.

    Returns the reason where facts are put together without anything to part them.
    """
    runs = _runs(sentence)
    facts: list[str] = []
    last = ""
    for run in runs:
        alias = _alias_of(run, last)
        if alias is None:
            names = ", ".join(token.label or token.text for token in run if token.roles)
            return f"{names} belong to different facts; say one fact after the other"
        facts.append(alias)
        last = alias or last
    for place in range(len(runs) - 2, -1, -1):
        if not facts[place] and _is_pronoun(runs[place]):
            facts[place] = facts[place + 1]
    filled = _spread(facts)
    found: list[Clause] = []
    for run, alias in zip(runs, filled, strict=True):
        if found and found[-1].alias == alias:
            before = found.pop()
            start = len(before.tokens)
            stretches = (*before.stretches, (start, start + len(run)))
            found.append(Clause(alias, (*before.tokens, *run), stretches))
        else:
            found.append(Clause(alias, tuple(run), ((0, len(run)),)))
    return found


_FORWARD = frozenset({"it", "they", "where it is known"})


def _is_pronoun(run: Sequence[Token]) -> bool:
    """Say whether a run is nothing but a pronoun, which goes with what is joined to it."""
    return all(_parts(token) or token.text in _FORWARD for token in run)


def _runs(sentence: Sequence[Token]) -> list[list[Token]]:
    """Split at separators and conjunctions, each of which opens the run that follows it."""
    runs: list[list[Token]] = [[]]
    for token in sentence:
        opens = token.sort == "word" and token.text in CONJUNCTIONS
        if (opens or token.text in SEPARATORS) and any(not _parts(t) for t in runs[-1]):
            runs.append([])
        runs[-1].append(token)
    return runs


def _parts(token: Token) -> bool:
    return token.text in SEPARATORS or token.text in CONJUNCTIONS


def _alias_of(run: Sequence[Token], last: str) -> str | None:
    """Return the one fact that a run names, "" for none, None for several."""
    named = [set(token.roles) for token in run if token.roles]
    if not named:
        return ""
    shared = set.intersection(*named)
    if not shared:
        return None
    own = [next(iter(token.roles)) for token in run if token.sort == "slot"]
    meant = [alias for alias in own if alias in shared] or sorted(shared)
    return last if last in meant else max(meant, key=meant.count)


def _spread(facts: list[str]) -> list[str]:
    """Give runs that name no fact the one before, or, at the start, the one that follows."""
    found = list(facts)
    for place in range(1, len(found)):
        found[place] = found[place] or found[place - 1]
    first = next((alias for alias in found if alias), "")
    return [alias or first for alias in found]
