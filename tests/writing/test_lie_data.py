"""The lie bench stands on enough claims of every kind, and on facts that are all there."""

from __future__ import annotations

from collections import Counter

import pytest
from lies.claims import BLIND_FILES, CLAIM_FILES, BenchClaim, facts_by_key, read_claims
from lies.make_claims import BROKEN, STAGES
from lies.patterns import read_patterns

from pellucid.facts.slots import slots_of
from pellucid.writing.templates import Slot, TemplateError, fill, parse

LEAST_LIES, LEAST_TRUE = 2_400, 1_200
LEAST_BLIND_LIES, LEAST_BLIND_TRUE = 500, 250
FACTS = facts_by_key()
SLOTS = {key: slots_of(fact) for key, fact in FACTS.items()}
KINDS_OF_LIE = {
    "number", "unit", "subject", "direction", "rank", "group", "quantifier", "negation", "cause",
    "certainty", "invented", "order", "fluent", "roles", "splice", "pronoun", "opposite",
    "restriction", "hedge", "question", "bracket", "split", "disguise", "uncited",
}  # fmt: skip


@pytest.fixture(scope="module")
def claims() -> tuple[BenchClaim, ...]:
    return read_claims()


@pytest.fixture(scope="module")
def every() -> tuple[BenchClaim, ...]:
    return read_claims((*CLAIM_FILES, *BLIND_FILES))


def test_there_are_enough_claims_of_every_kind(claims: tuple[BenchClaim, ...]) -> None:
    labels = Counter(claim.label for claim in claims)
    assert labels["true"] >= LEAST_TRUE
    assert len(claims) - labels["true"] >= LEAST_LIES
    assert set(labels) == KINDS_OF_LIE | {"true"}
    kinds = {claim.kind_of_fact for claim in claims}
    for is_true in (True, False):
        assert {c.kind_of_fact for c in claims if c.is_true == is_true} == kinds


def test_both_halves_hold_lies_and_true_claims(claims: tuple[BenchClaim, ...]) -> None:
    halves = Counter((claim.part, claim.is_true) for claim in claims)
    assert min(halves.values()) > 0.4 * LEAST_TRUE
    assert len(halves) == 4


def test_there_are_enough_blind_claims() -> None:
    labels = Counter(claim.label for claim in read_claims(BLIND_FILES))
    assert labels["true"] >= LEAST_BLIND_TRUE
    assert labels.total() - labels["true"] >= LEAST_BLIND_LIES


def test_no_claim_stands_twice(every: tuple[BenchClaim, ...]) -> None:
    assert len({claim.id for claim in every}) == len(every)
    for part in (CLAIM_FILES, *((file,) for file in BLIND_FILES)):
        claims = read_claims(part)
        assert len({(claim.label, _shown(claim)) for claim in claims}) == len(claims)


def test_every_slot_of_a_true_claim_is_one_that_its_facts_have(
    every: tuple[BenchClaim, ...],
) -> None:
    for claim in every:
        if not claim.is_true:
            continue
        slots = {alias: SLOTS[key] for alias, key in claim.facts.items()}
        assert set(claim.cites) == set(claim.facts)
        assert {p.alias for p in parse(claim.text) if isinstance(p, Slot)} <= set(claim.cites)
        assert all(f"{{{alias}." in claim.text for alias in claim.cites), claim.id
        for piece in parse(claim.text):
            assert isinstance(piece, str) or piece.name in slots[piece.alias], claim.id


def test_lies_have_broken_slots_only_on_purpose(claims: tuple[BenchClaim, ...]) -> None:
    broken = [claim for claim in claims if not _is_whole(claim)]
    assert 0 < len(broken) <= 4 * len(BROKEN)
    assert {claim.label for claim in broken} == {"disguise"}


def _shown(claim: BenchClaim) -> str:
    try:
        return fill(claim.text, {alias: FACTS[key] for alias, key in claim.facts.items()})
    except TemplateError:
        return claim.text


def _is_whole(claim: BenchClaim) -> bool:
    try:
        pieces = parse(claim.text)
    except TemplateError:
        return False
    return all(
        piece.name in SLOTS[claim.facts[piece.alias]] for piece in pieces if isinstance(piece, Slot)
    )


def test_each_claim_comes_from_a_pattern(every: tuple[BenchClaim, ...]) -> None:
    folders = [folder for folders, _ in STAGES.values() for folder in folders]
    patterns = {f"{pattern.seed:08x}": pattern for pattern in read_patterns(folders)}
    for claim in every:
        pattern = patterns[claim.id.partition("-")[0]]
        assert (claim.label, claim.part) == (pattern.label, pattern.part)
