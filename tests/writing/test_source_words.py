"""What a sentence came from is told in words that say no more than was found."""

from __future__ import annotations

import math

import pytest

from pellucid.writing.source_words import coverage_sentence, fact_note, times, verdict_sentence
from pellucid.writing.sources import FactSource, Method, Sources, Verdict


def fact(alias: str, drop: float, is_declared: bool, method: Method = "alone") -> FactSource:
    return FactSource(alias, f"id-{alias}", f"{alias} is so.", is_declared, drop, method, None)


def sources(verdict: Verdict, *facts: FactSource, declared: float, everything: float) -> Sources:
    return Sources("s", verdict, facts, -40.0, 20, 0.7, declared, everything)


@pytest.mark.parametrize(
    ("drop", "words"),
    [
        (0.01, "as likely as before"),
        (math.log(3.1), "3.1 times less likely"),
        (-math.log(3.1), "3.1 times more likely"),
        (800.0, "over a million times less likely"),
    ],
)
def test_a_drop_is_told_as_times(drop: float, words: str) -> None:
    assert times(drop) == words


def test_agreement_names_cited_facts_that_did_little_and_others_that_did() -> None:
    told = verdict_sentence(
        sources("agrees", fact("F1", 5.0, True), fact("F3", 4.8, False), fact("F2", 0.1, True),
                declared=math.log(180), everything=9.0)
    )  # fmt: skip

    assert told == (
        "The model leaned on the facts it cites: without them the sentence would be 180 times less "
        "likely. 1 cited fact mattered little alone. It leaned on 1 fact that it does not cite, "
        "too."
    )


def test_disagreement_names_the_fact_by_its_number_or_its_words() -> None:
    found = sources("disagrees", fact("F3", math.log(3000), False), fact("F1", 0.0, True),
                    declared=0.0, everything=9.0)  # fmt: skip
    end = (
        "the sentence would be 3,000 times less likely; without what it cites, as likely as before."
    )

    assert verdict_sentence(found, {"id-F3": 7}) == (
        f"The model leaned on fact 7, which it does not cite. Without that {end}"
    )
    assert verdict_sentence(found) == (
        f"The model leaned on a fact that it does not cite: “F3 is so.” Without that {end}"
    )


def test_what_was_left_out_and_how_is_told() -> None:
    mixed = sources("spread", fact("F1", 0.3, True), fact("F2", 0.2, False, "together"),
                    fact("F3", 0.0, False, "unread"), declared=0.3, everything=3.0)  # fmt: skip

    assert coverage_sentence(mixed) == (
        "Its prompt told 3 facts: 1 left out alone, 1 only together with those around them, to "
        "keep the work short, 1 never read by the model, for which the prompt was too long."
    )
    assert [fact_note(one) for one in mixed.facts] == [
        "1.3 × less likely", "1.2 × less likely, with others", "never read"
    ]  # fmt: skip
    alone = sources("habit", fact("F1", 0.0, True), declared=0.0, everything=0.0)
    assert coverage_sentence(alone) == "Its prompt told 1 fact; each was left out alone."
