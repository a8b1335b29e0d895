"""Reasons of a language model beside changed evidence: do they change with it?"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import numpy as np
import pytest

from pellucid.core.run import Run
from pellucid.explain.model import explain_model
from pellucid.explain.row import explain_row
from pellucid.facts.rows import facts_of_row
from pellucid.facts.types import Fact
from pellucid.writing.fidelity import (
    negated,
    permuted,
    read_reasons,
    reasons_follow_evidence,
)
from pellucid.writing.providers.types import Request
from toy_models import curve_term, level_term, make_fit, make_model


@dataclass
class Scripted:
    """A provider that answers by a script, given the lines of facts."""

    script: Callable[[list[str]], str]
    asked: list[Request] = field(default_factory=list)
    name: str = "scripted"
    model: str = "scripted"
    destination: str = ""

    def stream(self, request: Request, run: Run) -> Iterator[str]:
        del run
        self.asked.append(request)
        answer = self.script(request.messages[-1].content.split("\n"))
        yield answer[:7]
        yield answer[7:]


def reason(line: str) -> dict[str, str]:
    alias, _, text = line.partition(": ")
    way = "raises" if "multiplies" in text else "lowers"
    return {"fact": alias, "way": way, "text": f"Because {text}"}


def size(line: str) -> float:
    found = re.search(r" by (\d+(?:\.\d+)?)", line)
    return float(found[1]) if found else 0.0


def honest(lines: list[str]) -> str:
    """Answer by what the facts say, largest first."""
    ordered = sorted(lines, key=size, reverse=True)
    return json.dumps({"reasons": [reason(line) for line in ordered]})


def stubborn(lines: list[str]) -> str:
    """Answer the same whatever the facts say."""
    ways = ["raises", "lowers", "raises", "lowers"]
    reasons = [{"fact": f"F{i + 1}", "way": ways[i], "text": "."} for i in range(len(lines))]
    return json.dumps({"reasons": reasons})


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


def test_reasons_that_follow_the_evidence_are_recognised(evidence: tuple[Fact, ...]) -> None:
    provider = Scripted(honest)
    found = reasons_follow_evidence(provider, evidence, Run())
    assert found.verdict == "follow"
    assert found.followed == found.asked > 0
    assert found.kept == 0
    assert found.agreed == found.told == 4
    assert all(found.leads)
    assert len(provider.asked) == 2 + 2 * 4


def test_reasons_that_stay_the_same_are_told_apart(evidence: tuple[Fact, ...]) -> None:
    found = reasons_follow_evidence(Scripted(stubborn), evidence, Run())
    assert found.agreed == 4  # they happen to be right of the true evidence
    assert found.verdict == "ignore"
    assert found.followed == 0
    assert not all(found.leads)


def test_reasons_that_change_without_cause_say_nothing(evidence: tuple[Fact, ...]) -> None:
    turns = iter(range(100))

    def fickle(lines: list[str]) -> str:
        way = "raises" if next(turns) % 2 else "lowers"
        return json.dumps({"reasons": [{"fact": "F1", "way": way, "text": lines[0]}]})

    found = reasons_follow_evidence(Scripted(fickle), evidence, Run())
    assert not found.is_stable
    assert found.verdict == "unclear"


def test_answers_of_another_form_are_counted(evidence: tuple[Fact, ...]) -> None:
    found = reasons_follow_evidence(Scripted(lambda _: "I think it is age."), evidence, Run())
    assert found.unread == 10
    assert found.verdict == "unclear"


def test_the_prediction_is_never_shown_and_the_form_is_asked_for(
    evidence: tuple[Fact, ...],
) -> None:
    provider = Scripted(honest)
    reasons_follow_evidence(provider, evidence, Run())
    for request in provider.asked:
        assert "probability" not in request.messages[-1].content
        assert request.schema is not None


def test_one_contribution_is_too_few(evidence: tuple[Fact, ...]) -> None:
    provider = Scripted(honest)
    found = reasons_follow_evidence(provider, evidence[:1], Run())
    assert found.verdict == "unclear"
    assert not provider.asked


def test_the_same_seed_asks_the_same(evidence: tuple[Fact, ...]) -> None:
    first, second = Scripted(honest), Scripted(honest)
    reasons_follow_evidence(first, evidence, Run(seed=3))
    reasons_follow_evidence(second, evidence, Run(seed=3))
    assert [r.messages for r in first.asked] == [r.messages for r in second.asked]


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


def test_reasons_are_read_from_among_words() -> None:
    answer = 'Sure: {"reasons": [{"fact": "F2", "way": "raises", "text": ""}, ' \
             '{"fact": "F9", "way": "lowers", "text": ""}]} Hope that helps.'  # fmt: skip
    assert read_reasons(answer, {"F1", "F2"}) == {"F2": "raises"}
    assert read_reasons('{"reasons": 3}', {"F1"}) is None
    assert read_reasons("[" * 100_000, {"F1"}) is None
