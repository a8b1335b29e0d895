"""Finding the facts that a paragraph is made of."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pellucid.facts.types import Fact, FactKind
from pellucid.writing.types import Claim


@dataclass(frozen=True, slots=True)
class Shelf:
    """All facts, most telling first, as the writer looks them up."""

    facts: tuple[Fact, ...]

    def of(
        self, kind: FactKind, result: str = "", part: str | None = None, cell: str | None = None
    ) -> list[Fact]:
        """Return the facts of a kind, by the parts of their origin that are given."""
        return [
            fact
            for fact in self.facts
            if fact.kind == kind
            and result in ("", fact.origin.result)
            and part in (None, fact.origin.part)
            and cell in (None, fact.origin.cell)
        ]

    def first(
        self, kind: FactKind, result: str = "", part: str | None = None, cell: str | None = None
    ) -> Fact | None:
        """Return the most telling of them, or None."""
        found = self.of(kind, result, part, cell)
        return found[0] if found else None

    @property
    def task(self) -> Fact | None:
        """The fact that says what the model predicts, where there is a model."""
        return self.first("definition", "fit", "task")


def claim(section: str, text: str, facts: Iterable[Fact | None]) -> Claim:
    """Make a claim that cites each of `facts` once, without those that are None."""
    ids = dict.fromkeys(fact.id for fact in facts if fact is not None)
    return Claim(text=text, facts=tuple(ids), section=section)


def detail(fact: Fact, name: str) -> str:
    """Return a detail as text; empty where the fact has none of that name."""
    return str(fact.details.get(name, ""))


def figure(fact: Fact, name: str) -> float:
    """Return a detail as a number; 0 where the fact has none of that name."""
    found = fact.details.get(name, 0.0)
    return float(found) if not isinstance(found, str) else 0.0


def brief(text: str) -> str:
    """Leave out the words before an interval, once the reader was told what brackets hold."""
    return text.replace("95% interval ", "")


def sentence(text: str) -> str:
    """Start with a capital and end with a full stop."""
    found = text.strip()
    return found[:1].upper() + found[1:] + ("" if found.endswith((".", "!", "?")) else ".")


def value_of(fact: Fact) -> float:
    """Return a fact's value as a number; 0 where it is words or unknown."""
    return float(fact.value) if isinstance(fact.value, int | float) else 0.0


def turn_about(phrases: Sequence[str], position: int) -> str:
    """Choose a wording by position, so that neighbouring paragraphs differ and runs agree."""
    return phrases[position % len(phrases)]
