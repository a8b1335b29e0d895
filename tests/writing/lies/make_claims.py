"""Make the claims of the lie bench again, out of its patterns and its facts.

Run: PYTHONPATH=tests/writing python -m lies.make_claims later_claims.jsonl. Writes one claim a
line. What is in `claims.jsonl` stood before there was a checker and is not made again: which facts
a pattern is told of follows from the words of their slots, so others would be picked. The later
claims are about kinds of facts that came after it, and about what it let through at first. The
blind ones are by someone who had seen neither the checker nor the other patterns.
"""

from __future__ import annotations

import json
import random
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from lies.claim_words import Chosen, complete
from lies.claims import HERE, read_facts
from lies.patterns import ROLES, Pattern, Role, read_patterns
from lies.variants import tags_of

from pellucid.facts.slots import slots_of
from pellucid.facts.types import Fact
from pellucid.writing.templates import TemplateError, fill

TRUE_CLAIMS, LIES, TRIES = 3, 2, 60
BOTH = ("facts.json", "later_facts.json")
STAGES = {
    "claims.jsonl": (("true", "lies"), ("facts.json",)),
    "later_claims.jsonl": (("later_true", "later_lies"), BOTH),
    "blind_claims.jsonl": (("blind",), BOTH),
    "third_claims.jsonl": (("third",), BOTH),
    "fourth_claims.jsonl": (("fourth",), BOTH),
    "fifth_claims.jsonl": (("fifth",), BOTH),
    "sixth_claims.jsonl": (("sixth",), BOTH),
    "seventh_claims.jsonl": (("seventh",), BOTH),
    "eighth_claims.jsonl": (("eighth",), BOTH),
    "ninth_claims.jsonl": (("ninth",), BOTH),
}
"""Files of claims: the folders of patterns and the files of facts that they are made of."""
TRUE_CLAIMS_OF = {"fifth": 2, "sixth": 2, "seventh": 2, "eighth": 2, "ninth": 2}
"""True claims a pattern where a set has more patterns and fewer claims of each."""
BROKEN = (" {A.value}", "{{A.valeu}}")
"""Lies whose slots are broken on purpose."""


@dataclass(frozen=True)
class Known:
    """A fact with the set it is in and what is asked of it often."""

    group: str
    fact: Fact
    tags: frozenset[str]
    slots: Mapping[str, str]

    @property
    def key(self) -> str:
        return f"{self.group}/{self.fact.id}"

    def part(self, name: str) -> str:
        """Return a slot, or the row that the fact is about."""
        return self.slots.get(name, "") if name != "row" else str(self.fact.details.get(name, ""))


def choices(pattern: Pattern, known: Sequence[Known], rng: random.Random) -> Iterator[Chosen]:
    """Yield facts that the pattern can be told of, at random."""
    block = pattern.block
    able = {role: [k for k in known if tags <= k.tags] for role, tags in block.wanted.items()}
    groups = sorted({k.group for k in able["A"]})
    for turn in range(TRIES if able["A"] else 0):
        group = groups[(pattern.seed + turn) % len(groups)]
        picked: dict[Role, Known] = {}
        for role in ROLES:
            inside = [k for k in able.get(role, ()) if k.group == group]
            if role in able and inside:
                picked[role] = rng.choice(inside)
        if len(picked) == len(able) and _agree(pattern, list(picked.values())):
            yield picked


def _agree(pattern: Pattern, picked: list[Known]) -> bool:
    """Say whether the facts are different ones and their slots agree or differ as asked."""
    if len({k.fact.id for k in picked}) < len(picked):
        return False
    if pattern.label == "true" and _is_confusing(picked):
        return False
    first = picked[0]
    for other in picked[1:]:
        if any(first.part(name) != other.part(name) for name in pattern.block.same):
            return False
        for name in pattern.block.differ:
            a, b = first.part(name), other.part(name)
            if name == "row" and a == b:
                return False
            if (a and a in other.slots.values()) or (b and b in first.slots.values()):
                return False
    return True


def _is_confusing(picked: list[Known]) -> bool:
    """Say whether a column called "not", named beside another, could turn a claim around."""
    is_mixed = len({k.slots.get("subject") for k in picked}) > 1
    return is_mixed and any(tag.startswith("word_") for k in picked for tag in k.tags)


def claims_of(
    pattern: Pattern, known: Sequence[Known], seen: set[str]
) -> Iterator[dict[str, object]]:
    """Yield some claims of a pattern, none of which reads like one that was `seen`."""
    rng = random.Random(pattern.seed)
    true_claims = TRUE_CLAIMS_OF.get(pattern.blind, TRUE_CLAIMS)
    most = true_claims if pattern.label == "true" else LIES
    made = 0
    for picked in choices(pattern, known, rng):
        aliases = dict(zip(picked, _aliases(len(picked), rng), strict=True))
        text = complete(pattern.text, picked, aliases, known, rng)
        facts = {aliases[role]: k.fact for role, k in picked.items()}
        shown = text if _is_broken(pattern) else _filled(text, facts)
        if not shown or shown in seen:
            continue
        seen.add(shown)
        made += 1
        yield {
            "id": f"{pattern.seed:08x}-{made}", "kind_of_fact": picked["A"].fact.kind,
            "label": pattern.label, "part": pattern.part, "text": text,
            "cites": [] if pattern.block.label == "uncited" else list(facts),
            "facts": {aliases[role]: k.key for role, k in picked.items()},
        }  # fmt: skip
        if made == most:
            return


def _aliases(how_many: int, rng: random.Random) -> list[str]:
    return [f"F{number}" for number in rng.sample(range(1, 40), how_many)]


def _is_broken(pattern: Pattern) -> bool:
    return any(slot in pattern.text for slot in BROKEN)


def _filled(text: str, facts: Mapping[str, Fact]) -> str:
    try:
        return fill(text, facts)
    except TemplateError:
        return ""


def claim_lines(folders: Sequence[str], files: Sequence[str]) -> Iterator[str]:
    """Yield claims as lines of JSON, and say of which patterns there are none."""
    known = [
        Known(group, fact, tags_of(fact), slots_of(fact))
        for group, facts in read_facts(files).items()
        for fact in facts
    ]
    seen: set[str] = set()
    for pattern in read_patterns(folders):
        made = list(claims_of(pattern, known, seen))
        yield from (json.dumps(claim, ensure_ascii=False) for claim in made)
        if not made:
            sys.stderr.write(f"none: {pattern.label}: {pattern.text} {pattern.block.wanted}\n")


if __name__ == "__main__":
    for name in sys.argv[1:]:
        written = "".join(f"{line}\n" for line in claim_lines(*STAGES[name]))
        (HERE / name).write_text(written, encoding="utf-8")
