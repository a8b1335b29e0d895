"""No lie is shown as checked, and nearly all that is true is kept."""

from __future__ import annotations

import pytest
from lies.claims import BLIND_FILES, read_claims
from lies.scores import Errors, Judged, errors_among, errors_by, judge

from pellucid.writing.checking import check_claim

MOST_REFUSED = 0.05
MOST_REFUSED_OF_A_KIND = 0.25


@pytest.fixture(scope="module")
def judged() -> tuple[Judged, ...]:
    return judge(check_claim)


@pytest.fixture(scope="module")
def blind() -> tuple[Judged, ...]:
    """Judge what was written blind: true claims among them are reported by the bench alone."""
    return judge(check_claim, read_claims(BLIND_FILES))


@pytest.mark.parametrize("claims", ["judged", "blind"])
def test_no_lie_is_shown_as_checked(claims: str, request: pytest.FixtureRequest) -> None:
    judged: tuple[Judged, ...] = request.getfixturevalue(claims)
    told = [item.claim for item in judged if item.is_wrong and not item.claim.is_true]
    assert [(claim.label, claim.text, *claim.facts.values()) for claim in told] == []


@pytest.mark.parametrize("part", ["dev", "held-out"])
def test_true_claims_are_kept(judged: tuple[Judged, ...], part: str) -> None:
    true = [item for item in judged if item.claim.is_true and item.claim.part == part]
    assert errors_among(true).share <= MOST_REFUSED


def test_no_kind_of_fact_is_left_without_words(judged: tuple[Judged, ...]) -> None:
    true = (item for item in judged if item.claim.is_true)
    shares = {
        name: errors.share for name, errors in errors_by(true, lambda claim: claim.kind_of_fact)
    }
    assert {name: share for name, share in shares.items() if share > MOST_REFUSED_OF_A_KIND} == {}


def test_what_is_turned_away_has_reasons(judged: tuple[Judged, ...]) -> None:
    assert all(item.verdict.reasons for item in judged if item.verdict.status != "checked")


def test_errors_have_an_exact_interval(judged: tuple[Judged, ...]) -> None:
    right = [item for item in judged if not item.is_wrong][:100]
    found = errors_among(right)
    assert (found.wrong, found.of, found.low) == (0, 100, 0.0)
    assert found.high == pytest.approx(1 - 0.025 ** (1 / 100))
    assert errors_among([]) == Errors(0, 0, 0.0, 1.0)
