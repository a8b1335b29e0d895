"""Reasons of a language model beside changed evidence: do they change with it?"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

import numpy as np
import pytest

from pellucid.explain.model import explain_model
from pellucid.explain.row import explain_row
from pellucid.facts.rows import facts_of_row
from pellucid.facts.slots import slots_of
from pellucid.facts.types import Fact
from pellucid.writing.fidelity import (
    Fidelity,
    Trial,
    Way,
    Ways,
    evidence_in,
    fidelity_of,
    negated,
    permuted,
    trials_of,
    ways_of,
)
from toy_models import curve_term, level_term, make_fit, make_model

OPPOSITE: Mapping[Way, Way] = {"raises": "lowers", "lowers": "raises"}


@pytest.fixture
def evidence() -> tuple[Fact, ...]:
    terms = (
        level_term("a", {"x": 2.0, "y": -2.0}, {"x": 500, "y": 500}),
        level_term("b", {"x": -1.5, "y": 1.5}, {"x": 500, "y": 500}),
        level_term("c", {"x": 1.0, "y": -1.0}, {"x": 500, "y": 500}),
        curve_term("d", lambda x: (x - 50) / 50),
    )
    model = make_model(terms, "binary", (0.0,))
    columns = {name: np.array(["x"], dtype=object) for name in "abc"} | {"d": np.array([10.0])}
    return facts_of_row(explain_row(model, columns), explain_model(make_fit(model)))


def judged(
    facts: tuple[Fact, ...], answer: Callable[[Trial], Ways | None], seed: int = 0
) -> Fidelity:
    trials = trials_of(evidence_in(facts), seed)
    return fidelity_of(trials, [answer(trial) for trial in trials])


def honest(trial: Trial) -> Ways:
    """Answer by what the facts say, largest first."""
    order = sorted(trial.facts, key=lambda a: -abs(float(trial.facts[a].details["score"])))
    return {alias: ways_of(trial)[alias] for alias in order}


def test_reasons_that_follow_the_evidence_are_recognised(evidence: tuple[Fact, ...]) -> None:
    found = judged(evidence, honest)
    assert found.verdict == "follow"
    assert found.followed == found.asked > 0
    assert found.kept == 0
    assert found.held == found.untouched > 0
    assert found.agreed == found.told == 4
    assert found.leads == (True,) * 4
    assert (found.answers, found.planned) == (10, 10)


def test_reasons_that_stay_the_same_are_told_apart(evidence: tuple[Fact, ...]) -> None:
    truth = honest(trials_of(evidence_in(evidence), 0)[0])
    found = judged(evidence, lambda _: truth)
    assert found.agreed == 4  # they happen to be right of the true evidence
    assert found.verdict == "ignore"
    assert (found.followed, found.kept) == (0, found.asked)
    assert not all(found.leads)


def test_saying_one_thing_of_everything_is_no_following(evidence: tuple[Fact, ...]) -> None:
    found = judged(evidence, lambda trial: dict.fromkeys(trial.facts, "raises"))
    assert found.verdict == "ignore"  # though half of the directions are right by chance
    assert found.followed == 0


def test_reasons_that_turn_whatever_is_changed_do_not_follow(evidence: tuple[Fact, ...]) -> None:
    truth = trials_of(evidence_in(evidence), 0)[0]

    def turns_all(trial: Trial) -> Ways:
        first = ways_of(truth)
        return first if trial.sort == "true" else {a: OPPOSITE[way] for a, way in first.items()}

    found = judged(evidence, turns_all)
    assert found.low > 0.5
    assert found.is_loose
    assert found.verdict == "unclear"


def test_reasons_that_are_always_wrong_follow_nothing(evidence: tuple[Fact, ...]) -> None:
    found = judged(evidence, lambda trial: {a: OPPOSITE[w] for a, w in ways_of(trial).items()})
    assert (found.agreed, found.followed, found.kept) == (0, 0, 0)
    assert found.verdict == "unclear"


def test_reasons_that_change_without_cause_say_nothing(evidence: tuple[Fact, ...]) -> None:
    turns = iter(range(100))

    def fickle(_: Trial) -> Ways:
        return {"F1": "raises" if next(turns) % 2 else "lowers"}

    found = judged(evidence, fickle)
    assert not found.is_stable
    assert found.verdict == "unclear"


def test_other_reasons_with_the_same_directions_are_stable(evidence: tuple[Fact, ...]) -> None:
    turns = iter(range(100))

    def forgets(trial: Trial) -> Ways:
        ways = dict(honest(trial))
        ways.pop(f"F{1 + next(turns) % 4}")
        return ways

    assert judged(evidence, forgets).is_stable


def test_answers_of_another_form_are_counted(evidence: tuple[Fact, ...]) -> None:
    found = judged(evidence, lambda _: None)
    assert found.unread == found.answers == 10
    assert found.verdict == "unclear"


def test_what_was_cut_tells_nothing(evidence: tuple[Fact, ...]) -> None:
    assert replace(judged(evidence, honest), is_cut=True).verdict == "unclear"


def test_answers_may_end_early(evidence: tuple[Fact, ...]) -> None:
    trials = trials_of(evidence_in(evidence), 0)
    found = fidelity_of(trials, [honest(trial) for trial in trials[:3]])
    assert (found.answers, found.planned, found.is_stable) == (3, 10, True)
    assert fidelity_of(trials, [honest(trials[0])]).verdict == "unclear"


def test_one_changed_answer_is_too_few(evidence: tuple[Fact, ...]) -> None:
    trials = trials_of(evidence_in(evidence), 1)
    answers = [honest(trial) for trial in trials]
    verdicts = [fidelity_of(trials, answers[:most]).verdict for most in (3, 10)]
    assert fidelity_of(trials, answers[:3]).changes == 1
    assert verdicts == ["unclear", "follow"]


def test_one_contribution_is_too_few(evidence: tuple[Fact, ...]) -> None:
    one = evidence_in(evidence)[:1]
    assert [trial.sort for trial in trials_of(one, 0)] == ["true"]
    assert judged(one, honest).verdict == "unclear"


@pytest.mark.parametrize("how_many", [2, 3, 4])
def test_nothing_but_the_truth_is_told_twice(evidence: tuple[Fact, ...], how_many: int) -> None:
    trials = trials_of(evidence_in(evidence)[:how_many], 3)
    told = [[fact.text for fact in trial.facts.values()] for trial in trials]
    assert told[0] == told[1]
    assert all(other not in told[:at] for at, other in enumerate(told[2:], start=2))
    assert how_many > 2 or len(trials) < 10


def test_the_same_seed_asks_the_same(evidence: tuple[Fact, ...]) -> None:
    facts = evidence_in(evidence)
    assert trials_of(facts, 3) == trials_of(facts, 3) != trials_of(facts, 4)


def test_all_that_is_told_of_changed_evidence_agrees(evidence: tuple[Fact, ...]) -> None:
    for trial in trials_of(evidence_in(evidence), 1):
        for alias, fact in trial.facts.items():
            slots = slots_of(fact)
            verb = slots["direction"].split()[0]
            assert (verb == "multiplies") == (ways_of(trial)[alias] == "raises")
            assert slots["direction"] in slots["sentence"]
            assert slots["value"].removeprefix("a factor of ") in slots["direction"]
            assert "interval" not in slots
        ranks = [fact.details["rank"] for fact in trial.facts.values()]
        sizes = [-abs(float(fact.details["score"])) for fact in trial.facts.values()]
        assert np.array_equal(np.argsort(ranks), np.argsort(sizes))


def test_a_contribution_is_turned_round_with_its_sentence(evidence: tuple[Fact, ...]) -> None:
    fact = next(f for f in evidence if f.kind == "contribution" and f.details["term"] == "a")
    turned = negated(fact)
    assert "multiplies the odds" in fact.text
    assert "divides the odds" in turned.text
    assert turned.details["score"] == -float(fact.details["score"])
    assert negated(turned).details["way"] == fact.details["way"]


def test_sizes_are_dealt_out_anew(evidence: tuple[Fact, ...]) -> None:
    facts = [fact for fact in evidence if fact.kind == "contribution"]
    dealt = permuted(facts, np.random.default_rng(1))
    assert sorted(float(f.details["score"]) for f in dealt) == sorted(
        float(f.details["score"]) for f in facts
    )
    assert [f.details["holds"] for f in dealt] == [f.details["holds"] for f in facts]
