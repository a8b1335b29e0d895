"""The claims of the lie bench and the facts they cite, as they stand beside this file."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from pellucid.core.values import from_json
from pellucid.facts.types import Fact, FactKind
from pellucid.writing.drafts import Draft

HERE = Path(__file__).resolve().parent
FACT_FILES = ("facts.json", "later_facts.json")
CLAIM_FILES = ("claims.jsonl", "later_claims.jsonl")
BLIND_FILES = (
    "blind_claims.jsonl", "third_claims.jsonl", "fourth_claims.jsonl", "fifth_claims.jsonl",
    "sixth_claims.jsonl", "seventh_claims.jsonl", "eighth_claims.jsonl",
    "ninth_claims.jsonl",
)  # fmt: skip
"""Each by someone who had seen neither the checker nor the claims before it."""


@dataclass(frozen=True, slots=True)
class BenchClaim:
    """A claim whose truth is known.

    `label` is "true" or the kind of lie; `facts` are the facts of the prompt by alias, by the name
    of their set and their id; `cites` those that it claims to rest on. Patterns are dealt to the
    parts whole, so that what was learnt from one part can be tried on the other. The blind part
    was written by someone who had seen neither the checker nor the patterns of the others.
    """

    id: str
    kind_of_fact: FactKind
    label: str
    part: Literal["dev", "held-out", "blind"]
    text: str
    cites: tuple[str, ...]
    facts: Mapping[str, str]

    @property
    def is_true(self) -> bool:
        return self.label == "true"

    @property
    def draft(self) -> Draft:
        return Draft(self.text, self.cites)


def read_facts(files: Iterable[str] = FACT_FILES) -> dict[str, tuple[Fact, ...]]:
    """Return the facts by the name of their set."""
    found = {}
    for file in files:
        data = json.loads((HERE / file).read_text(encoding="utf-8"))
        found |= {name: from_json(tuple[Fact, ...], facts) for name, facts in data.items()}
    return found


def read_claims(files: Iterable[str] = CLAIM_FILES) -> tuple[BenchClaim, ...]:
    """Return every claim of some files, by default all but the blind ones."""
    lines = [line for file in files for line in (HERE / file).read_text("utf-8").splitlines()]
    return tuple(from_json(BenchClaim, json.loads(line)) for line in lines)


def facts_by_key() -> dict[str, Fact]:
    """Return every fact by the name of its set and its id, as claims name it."""
    return {f"{name}/{fact.id}": fact for name, facts in read_facts().items() for fact in facts}
