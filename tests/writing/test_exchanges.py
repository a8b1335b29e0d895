"""No two slots of a true claim can be exchanged, but where that leaves it true."""

from __future__ import annotations

from functools import cache

import pytest
from lies.attacks import facts_of
from lies.claims import BLIND_FILES, CLAIM_FILES, BenchClaim, facts_by_key, read_claims
from lies.exchanges import Exchange, exchanged, harmless, pattern_of

from pellucid.writing.checking import check_claim

FACTS = facts_by_key()
HARMLESS = harmless()


@cache
def kept() -> tuple[BenchClaim, ...]:
    """Return the true claims that are checked, one of each pattern."""
    true = (c for c in read_claims((*CLAIM_FILES, *BLIND_FILES)) if c.is_true)
    patterns: dict[tuple[str, ...], BenchClaim] = {}
    for claim in true:
        patterns.setdefault(pattern_of(claim), claim)
    checked = (c for c in patterns.values() if _status(c) == "checked")
    return tuple(sorted(checked, key=lambda claim: (claim.kind_of_fact, claim.id)))


def _status(claim: BenchClaim) -> str:
    return check_claim(claim.draft, facts_of(claim, FACTS)).status


KINDS = sorted({claim.kind_of_fact for claim in kept()})


@cache
def passed(kind: str) -> tuple[tuple[Exchange, str], ...]:
    """Return the exchanges in claims on a kind of fact that are checked."""
    tried = (found for c in kept() if c.kind_of_fact == kind for found in exchanged(c, FACTS))
    return tuple(
        (exchange, attack.draft.text)
        for exchange, attack in tried
        if check_claim(attack.draft, attack.facts).status == "checked"
    )


def reasons(exchange: Exchange, text: str) -> list[tuple[Exchange, str]]:
    """Return the entries by which an exchange is harmless in a claim."""
    return [(found, words) for found, words in HARMLESS if found == exchange and words in text]


@pytest.mark.parametrize("kind", KINDS)
def test_slots_of_a_true_claim_cannot_be_exchanged(kind: str) -> None:
    assert [found for found in passed(kind) if not reasons(*found)] == []


def test_each_harmless_exchange_has_a_reason_and_is_met() -> None:
    assert all(HARMLESS.values())
    met = {reason for kind in KINDS for found in passed(kind) for reason in reasons(*found)}
    assert set(HARMLESS) - met == set()


def test_an_exchange_that_says_the_opposite_is_tried() -> None:
    claims = [c for c in kept() if c.kind_of_fact in ("group_difference", "missingness")]
    tried = {exchange for claim in claims for exchange, _ in exchanged(claim, FACTS)}
    assert ("own", "group_difference.group", "group_difference.other") in tried
    assert ("apart", "missingness.value", "missingness.value") in tried
