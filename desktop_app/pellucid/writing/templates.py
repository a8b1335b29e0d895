"""Sentences with slots: what a language model writes, before facts are put in.

A slot is `{{F12.value}}`: an alias of a fact, which is short for the prompt, and the name of one of
the fact's slots (`pellucid.facts.slots`). Everything else in the sentence is literal.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pellucid.facts.slots import slots_of
from pellucid.facts.types import Fact

_SLOT = re.compile(r"\{\{\s*(?P<alias>[A-Za-z][A-Za-z0-9_-]*)\s*\.\s*(?P<name>[a-z_]+)\s*\}\}")

_NO_WORD = re.compile(r"[_.\d]")


@dataclass(frozen=True, slots=True)
class Slot:
    """A place for a phrase of a fact."""

    alias: str
    name: str

    def __str__(self) -> str:
        return f"{{{{{self.alias}.{self.name}}}}}"


Piece = str | Slot
"""Literal words, or a slot."""


class TemplateError(ValueError):
    """A slot that no fact fills; the message says which, in words for whoever wrote it."""


def parse(template: str) -> tuple[Piece, ...]:
    """Split a template into literal words and slots; raises `TemplateError` for a broken slot."""
    pieces: list[Piece] = []
    end = 0
    for found in _SLOT.finditer(template):
        pieces += [template[end : found.start()], Slot(found["alias"], found["name"])]
        end = found.end()
    pieces.append(template[end:])
    literal = [piece for piece in pieces if isinstance(piece, str)]
    if any("{" in text or "}" in text for text in literal):
        raise TemplateError("a slot is not written as {{F1.value}}")
    return tuple(piece for piece in pieces if piece)


def slots_in(pieces: Iterable[Piece]) -> tuple[Slot, ...]:
    """Return the slots among pieces, in order."""
    return tuple(piece for piece in pieces if isinstance(piece, Slot))


def phrase(slot: Slot, facts: Mapping[str, Fact]) -> str:
    """Return what fills a slot, `facts` being known by alias.

    Raises `TemplateError` where there is no such fact, or the fact has no such slot.
    """
    if slot.alias not in facts:
        raise TemplateError(f"{slot} names a fact that is not cited")
    slots = slots_of(facts[slot.alias])
    if slot.name not in slots:
        raise TemplateError(f"{slot.alias} has no {slot.name}; it has {', '.join(slots)}")
    return slots[slot.name]


def fill(template: str, facts: Mapping[str, Fact]) -> str:
    """Return the sentence as a reader sees it, with a capital save for names like `body_mass_g`.

    Raises `TemplateError` for a slot that is broken or cannot be filled.
    """
    pieces = parse(template)
    text = "".join(
        piece if isinstance(piece, str) else phrase(piece, facts) for piece in pieces
    ).strip()
    if pieces and isinstance(pieces[0], Slot) and _opens_with_name(text, facts[pieces[0].alias]):
        return text
    return text[:1].upper() + text[1:]


def _opens_with_name(text: str, fact: Fact) -> bool:
    """Say whether a sentence begins with a column's or file's name that is not a plain word."""
    names = (*fact.subject, str(fact.details.get("file", "")))
    return text.startswith(tuple(name for name in names if _NO_WORD.search(name)))
