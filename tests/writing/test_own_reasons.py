"""Reasons that a language model gives: how they are asked for, read, judged and told."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

import numpy as np
import pytest

from pellucid.core.errors import StoppedError, UserError
from pellucid.core.run import Progress, Run
from pellucid.core.values import from_json, to_json
from pellucid.explain.model import explain_model
from pellucid.explain.row import explain_row
from pellucid.facts.rows import facts_of_row
from pellucid.facts.types import Fact
from pellucid.writing.fidelity import Fidelity, evidence_in, trials_of
from pellucid.writing.own_reasons.asking import (
    ask_for_reasons,
    fitting_evidence,
    request_of,
)
from pellucid.writing.own_reasons.reading import read_reasons
from pellucid.writing.own_reasons.types import Reasons, Said
from pellucid.writing.own_reasons.words import TITLES, figures, verdict_sentence
from pellucid.writing.providers.types import Request
from toy_models import curve_term, level_term, make_fit, make_model

BUDGET = 6_000
RIGHT = "For this row, {{%s.subject}} {{%s.direction}}."


@dataclass
class Scripted:
    """A provider that answers by a script, given how often it was asked before."""

    script: Callable[[int], str]
    asked: list[Request] = field(default_factory=list)
    name: str = "scripted"
    model: str = "scripted"
    destination: str = ""
    cut: int = 0

    def stream(self, request: Request, run: Run) -> Iterator[str]:
        del run
        self.asked.append(request)
        answer = self.script(len(self.asked) - 1)
        yield answer[:7]
        yield answer[7:]


def answer(*reasons: tuple[str, str, str]) -> str:
    items = [{"fact": fact, "way": way, "text": text} for fact, way, text in reasons]
    return json.dumps({"reasons": items})


@pytest.fixture
def evidence() -> tuple[Fact, ...]:
    terms = (
        level_term("a", {"x": 2.0, "y": -2.0}, {"x": 500, "y": 500}),
        level_term("b", {"x": -1.5, "y": 1.5}, {"x": 500, "y": 500}),
        curve_term("d", lambda x: (x - 50) / 50),
    )
    model = make_model(terms, "binary", (0.0,))
    columns = {name: np.array(["x"], dtype=object) for name in "ab"} | {"d": np.array([10.0])}
    facts = facts_of_row(explain_row(model, columns, number=7), explain_model(make_fit(model)))
    return evidence_in(facts)


def ask(provider: Scripted, evidence: tuple[Fact, ...], run: Run | None = None) -> Reasons:
    return ask_for_reasons(provider, trials_of(evidence, 0), evidence, run or Run(), BUDGET)


def test_sentences_are_checked_set_apart_or_left_out(evidence: tuple[Fact, ...]) -> None:
    said = answer(
        ("F1", "raises", RIGHT.replace("%s", "F1")),
        ("F2", "raises", "Everyday life has its own logic."),
        ("F3", "lowers", "This clearly doubles the odds."),
        ("F1", "raises", "Another one."),
        ("F9", "raises", "A fact from nowhere."),
        ("F3", "sideways", "{{F3.sentence}}"),
    )
    found = ask(Scripted(lambda _: said), evidence)

    first, second = found.reasons
    assert first.text.startswith("For this row, a multiplies the odds of ")
    assert (first.checked, first.agrees, first.facts) == (True, True, (evidence[0].id,))
    assert (second.checked, second.text) == (False, "Everyday life has its own logic.")
    assert (second.way, second.evidence, second.agrees) == ("raises", "lowers", False)
    whys = [item.reason for item in found.rejected]
    assert "a certainty (“clearly”)" in whys[0]
    assert [part in why for part, why in zip(
        ("second reason", "does not exist (F9)", "raises or lowers"), whys[1:], strict=True
    )] == [True] * 3  # fmt: skip
    assert from_json(Reasons, to_json(found)) == found
    assert (found.row, found.outcome[:12]) == ("row 7", "the odds of ")


def test_a_false_sentence_about_another_fact_is_not_checked(evidence: tuple[Fact, ...]) -> None:
    swapped = "For this row, {{F1.subject}} {{F2.direction}}."
    found = ask(Scripted(lambda _: answer(("F1", "lowers", swapped))), evidence)
    assert not [one for one in found.reasons if one.checked]


def test_the_prediction_is_never_told_and_the_form_is_asked_for(
    evidence: tuple[Fact, ...],
) -> None:
    provider = Scripted(lambda _: answer(("F1", "raises", "{{F1.sentence}}")))
    ask(provider, evidence)
    for request in provider.asked:
        assert "probability" not in request.messages[-1].content
        assert request.schema is not None
        assert request.grammar is not None
    assert len(provider.asked) == 10


def test_two_answers_without_reasons_are_enough(evidence: tuple[Fact, ...]) -> None:
    provider = Scripted(lambda _: "I think it is age.")
    found = ask(provider, evidence)
    assert len(provider.asked) == 2
    assert not found.reasons
    assert found.fidelity.verdict == "unclear"
    assert "asked no more" in found.notes[0]
    assert "could be read" in verdict_sentence(found.fidelity)


def test_an_answer_without_end_is_cut(evidence: tuple[Fact, ...]) -> None:
    class Endless(Scripted):
        def stream(self, request: Request, run: Run) -> Iterator[str]:
            del run
            self.asked.append(request)
            while True:
                yield "and then "

    provider = Endless(str)
    assert not ask(provider, evidence).reasons
    assert len(provider.asked) == 2


@pytest.mark.parametrize("how", [StoppedError(), UserError("The line is dead")])
def test_what_was_answered_is_kept(evidence: tuple[Fact, ...], how: Exception) -> None:
    def breaks(place: int) -> str:
        if place == 4:
            raise how
        return answer(("F1", "raises", "{{F1.sentence}}"))

    found = ask(Scripted(breaks), evidence)
    assert found.fidelity.answers == 4
    assert len(found.reasons) == 1
    assert found.notes[0] in (
        "The test was stopped after 4 of 10 answers.", "The test ended early: The line is dead.",
    )  # fmt: skip


def test_without_an_answer_the_failure_is_told(evidence: tuple[Fact, ...]) -> None:
    def breaks(_: int) -> str:
        raise UserError("The line is dead")

    with pytest.raises(UserError, match="The line is dead"):
        ask(Scripted(breaks), evidence)
    with pytest.raises(StoppedError):
        ask(Scripted(lambda _: ""), evidence, Run(should_stop=lambda: True))


def test_a_model_that_saw_the_end_alone_is_not_judged(evidence: tuple[Fact, ...]) -> None:
    said = answer(("F1", "raises", "{{F1.sentence}}"))
    found = ask(Scripted(lambda _: said, cut=9), evidence)
    assert found.fidelity.is_cut
    assert "too long for this model" in verdict_sentence(found.fidelity)


def test_progress_counts_the_answers(evidence: tuple[Fact, ...]) -> None:
    seen: list[Progress] = []
    ask(Scripted(lambda _: answer(("F1", "raises", "."))), evidence, Run(on_progress=seen.append))
    assert [(one.done, one.total) for one in seen] == [(n, 10) for n in range(1, 11)]


def test_as_many_contributions_are_told_as_fit(evidence: tuple[Fact, ...]) -> None:
    assert fitting_evidence(evidence, BUDGET) == evidence
    assert fitting_evidence(evidence, 512) == evidence[:2]
    request = request_of(trials_of(evidence, 0)[0], BUDGET)
    assert request.messages[-1].content.rindex("F3 (contribution)") > len(
        request.messages[-1].content
    ) - 600  # fmt: skip


def test_reasons_are_read_from_among_words() -> None:
    said = 'Sure: {"reasons": [{"fact": "F2", "way": "raises", "text": "So."}, ' \
           '{"fact": "[f1]", "way": "LOWERS", "text": "a\\nb"}, {"fact": "F3", "w'  # fmt: skip
    assert read_reasons(said) == (Said("F2", "raises", "So."), Said("F1", "lowers", "a b"))
    assert read_reasons('{"reasons": 3}') == ()
    assert read_reasons("[" * 100_000) == ()
    assert read_reasons('{"a":' * 3_000) == ()


def test_each_verdict_is_told_with_its_figures() -> None:
    base = Fidelity(
        asked=16, followed=15, kept=1, low=0.717, high=0.989, changes=4, untouched=8, held=8,
        told=6, agreed=6, is_stable=True, leads=(True, True, False), unread=0, answers=10,
        planned=10,
    )  # fmt: skip
    assert base.verdict == "follow"
    assert verdict_sentence(base) == (
        "Of 16 directions that were turned round in the evidence, 15 turned in its reasons too "
        "(93.8%; 95% interval 71.7% to 98.9%). Of 8 left alone, 8 stayed."
    )
    ignored = replace(base, followed=0, kept=16, low=0.0, high=0.194)
    assert "16 stayed as they were before" in verdict_sentence(ignored)
    mixed = replace(base, followed=8, kept=8, low=0.28, high=0.72)
    assert "too few answers, or too mixed" in verdict_sentence(mixed)
    loose = replace(base, held=1)
    assert "of 8 directions that were left alone only 1 stayed" in verdict_sentence(loose)
    assert "different directions" in verdict_sentence(replace(base, is_stable=False))
    assert "only one contribution" in verdict_sentence(replace(base, planned=1))
    assert "only once" in verdict_sentence(replace(base, answers=1))
    assert "None of its reasons" in verdict_sentence(replace(base, asked=0))
    assert {TITLES[one.verdict] for one in (base, ignored, mixed)} == set(TITLES.values())
    assert dict(figures(base))["Sizes dealt anew"] == "2 of 3 times the largest came first"
