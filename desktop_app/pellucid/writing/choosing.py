"""Which facts a language model is told, in which parts, and under which heading claims stand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from pellucid.facts.types import Fact
from pellucid.writing.data_words import DATA, ODD
from pellucid.writing.effect_words import ACTS, GROUPS, WORDS
from pellucid.writing.model_words import GOOD, NOT, predicts_section
from pellucid.writing.prompts import fact_line, tokens_of
from pellucid.writing.select import Shelf
from pellucid.writing.text_words import TEXTS

Facts = Mapping[str, Fact]


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the write-up that is asked for by itself, and the kinds of fact it tells."""

    about: str
    kinds: frozenset[str]


DATA_PART: Final = Part(
    "what the data are, and what is missing or odd in them",
    frozenset({"count", "share", "missingness", "distribution", "association", "text", "cluster",
               "duplicates", "distinctive"}),
)  # fmt: skip
QUALITY_PART: Final = Part(
    "how good the model is, and what not to conclude from it",
    frozenset({"metric", "baseline", "caveat", "definition", "slice"}),
)
EFFECTS_PART: Final = Part("what predicts, how each column acts, and which groups differ",
                           frozenset())  # fmt: skip
"""Also holds every kind of fact that no other part names."""
PARTS: Final = (DATA_PART, EFFECTS_PART, QUALITY_PART)
_MOST_LISTED, _MOST_OF_A_KIND = 16, 4
_HEADINGS: Mapping[str, str] = {
    "missingness": ODD, "duplicates": TEXTS, "text": TEXTS, "cluster": TEXTS,
    "distinctive": TEXTS, "group_difference": GROUPS, "ngram": WORDS, "token": WORDS,
    "metric": GOOD, "baseline": GOOD, "slice": GOOD, "caveat": NOT, "definition": ACTS,
}  # fmt: skip


def part_of(fact: Fact) -> Part:
    """Return the part that tells a fact."""
    return next((part for part in PARTS if fact.kind in part.kinds), EFFECTS_PART)


def heading_of(facts: Sequence[Fact], target: str) -> str:
    """Return the heading under which a claim on `facts` stands, by the first of them."""
    first = facts[0]
    if first.kind in ("importance", "comparison") or (first.origin.part == "task" and target):
        return predicts_section(target)
    if first.kind in _HEADINGS:
        return _HEADINGS[first.kind]
    return DATA if part_of(first) is DATA_PART else ACTS


def headings(target: str) -> tuple[str, ...]:
    """Return all headings in the order of the reader."""
    return (DATA, TEXTS, ODD, predicts_section(target), ACTS, GROUPS, WORDS, GOOD, NOT)


def with_aliases(facts: Iterable[Fact]) -> dict[str, Fact]:
    """Name facts F1, F2 and so on, the most interesting first; the same facts get the same names.

    Facts that words cannot be built around are left out.
    """
    order = sorted(facts, key=lambda fact: (-fact.interest, fact.id))
    return {f"F{place}": fact for place, fact in enumerate(order, start=1)}


def batches(facts: Facts, part: Part, budget: int, most: int) -> Iterator[dict[str, Fact]]:
    """Yield the facts of a part in runs whose lines fit `budget` tokens, at most `most` runs.

    What is less interesting than what fits is left to the built-in writer.
    """
    batch: dict[str, Fact] = {}
    used, told = 0, 0
    for alias, fact in facts.items():
        if part_of(fact) is not part:
            continue
        cost = tokens_of(fact_line(alias, fact))
        if cost > budget:
            continue
        if batch and used + cost > budget:
            yield batch
            batch, used, told = {}, 0, told + 1
            if told == most:
                return
        batch[alias] = fact
        used += cost
    if batch:
        yield batch


def shortlist(facts: Facts, part: Part, budget: int) -> dict[str, Fact]:
    """Return the facts of a part for a single short answer, the most interesting first.

    They are few, and few of each kind, so that a small model tells of several things; their lines
    fit `budget` tokens.
    """
    chosen: dict[str, Fact] = {}
    kinds: Counter[str] = Counter()
    for alias, fact in facts.items():
        cost = tokens_of(fact_line(alias, fact))
        if part_of(fact) is part and cost <= budget and kinds[fact.kind] < _MOST_OF_A_KIND:
            chosen[alias] = fact
            kinds[fact.kind] += 1
            budget -= cost
        if len(chosen) == _MOST_LISTED:
            break
    return chosen


def target_of(facts: Iterable[Fact]) -> str:
    """Return what the model predicts; empty where there is none."""
    task = Shelf(tuple(facts)).task
    return task.subject[0] if task else ""
