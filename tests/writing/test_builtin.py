"""The built-in writer says what its facts say, in order, and not a number more."""

import re
from dataclasses import replace
from itertools import groupby

import numpy as np
import pytest

from pellucid.core.values import from_json, to_json
from pellucid.explain.model import explain_model
from pellucid.facts.catalogue import facts_of
from pellucid.facts.types import Fact
from pellucid.models.additive import AdditiveModel
from pellucid.models.types import LeftOut
from pellucid.writing.builtin import write
from pellucid.writing.types import Words
from toy_models import (
    curve_term,
    level_term,
    make_fit,
    make_model,
    make_profile,
    make_source,
    pair_term,
)

TERMS = (
    curve_term("age", lambda x: -np.abs(x - 60) / 25, is_integer=True),
    curve_term("gain", lambda x: np.where(x < 40, 0.0, 1.2)),
    curve_term("hours", lambda x: x / 50, missing=(3.0, 300.0)),
    level_term("work", {"a": 0.0, "b": 1.0, "c": -1.0}, {"a": 900, "b": 300, "c": 800}),
    pair_term("left", "right"),
    curve_term("noise", np.sin),
)
SECTIONS = (
    "What the data are", "What is missing or odd", "What predicts {}", "How each one acts",
    "Which groups differ", "How good the model is", "What not to conclude",
)  # fmt: skip
_NUMBER = re.compile(r"(?<![\w.])−?\d+(?:,\d{3})*(?:\.\d+)?")


def written(model: AdditiveModel) -> Words:
    fit = make_fit(model, idle=("noise",))
    facts = facts_of(make_source(), make_profile(), fit.summary, explain_model(fit))
    return write(facts)


def two_classes() -> Words:
    return written(make_model(TERMS))


def a_number() -> Words:
    return written(make_model(TERMS, "regression", (200.0,)))


def spelled(fact: Fact) -> str:
    details = " ".join(str(value) for value in fact.details.values() if isinstance(value, str))
    return f"{fact.text} {details}"


@pytest.fixture(scope="module", params=[two_classes, a_number], ids=["classes", "number"])
def words(request: pytest.FixtureRequest) -> Words:
    made: Words = request.param()
    return made


def test_it_says_that_no_language_model_wrote_it(words: Words) -> None:
    assert (words.writer, words.model, words.sent.bytes) == ("builtin", "", 0)
    assert words.rejected == ()


def test_every_claim_is_checked_and_names_facts_that_are_there(words: Words) -> None:
    for claim in words.claims:
        assert claim.checked
        assert claim.facts
        assert set(claim.facts) <= set(words.facts)


def test_every_number_is_one_of_its_facts(words: Words) -> None:
    for claim in words.claims:
        known = set(_NUMBER.findall(" ".join(spelled(words.facts[name]) for name in claim.facts)))
        assert set(_NUMBER.findall(claim.text)) <= known, claim.text


def test_the_sections_come_in_the_order_of_the_reader(words: Words) -> None:
    target = "Income" if "Income" in words.title else "price"
    found = list(dict.fromkeys(claim.section for claim in words.claims))
    assert found == [section.format(target) for section in SECTIONS]


def test_no_section_comes_twice_where_groups_are_all_that_can_be_told() -> None:
    vague = curve_term("age", lambda x: x / 100, noise=9.0, is_integer=True)
    levels = [
        level_term(name, {"a": 0.0, "b": 1.0, "c": -1.0}, {"a": 900, "b": 300, "c": 800})
        for name in ("work", "place")
    ]
    found = [claim.section for claim in written(make_model((vague, *levels))).claims]
    assert found.count("Which groups differ") > 1
    assert "How each one acts" in found
    assert [section for section, _ in groupby(found)] == list(dict.fromkeys(found))


def test_a_claim_is_at_most_a_short_paragraph(words: Words) -> None:
    for claim in words.claims:
        sentences = re.findall(r"[.!?](?:\s|$)", claim.text)
        assert 1 <= len(sentences) <= 4, claim.text


def test_nothing_is_said_to_cause_anything(words: Words) -> None:
    text = " ".join(claim.text for claim in words.claims).lower()
    assert "cause" not in text
    assert "because of" not in text


def test_what_does_not_matter_is_named_once_and_not_described(words: Words) -> None:
    about = [claim.text for claim in words.claims if "noise" in claim.text.split()]
    assert len(about) <= 1
    assert any("that could be told from chance" in c.text for c in words.claims)


def test_curves_are_told_with_their_turns() -> None:
    text = " ".join(claim.text for claim in two_classes().claims)
    assert "rise with age until about 60, then fall. The peak could lie anywhere from" in text
    assert "take a jump at gain 40" in text


def all_text(words: Words) -> str:
    return " ".join(claim.text for claim in words.claims)


def test_terms_move_predictions_most_only_where_none_that_is_idle_moves_them_more() -> None:
    fit = make_fit(make_model(TERMS))
    explanation = explain_model(fit)
    text = all_text(write(facts_of(make_source(), make_profile(), fit.summary, explanation)))
    first = explanation.terms[0].name
    assert f"The model's predictions of Income move most with {first} (" in text
    idle = make_fit(make_model(TERMS), idle=(first,))
    facts = facts_of(make_source(), make_profile(), idle.summary, explain_model(idle))
    text = all_text(write(facts))
    assert "Of what makes a measurable difference of its own, the model's predictions" in text


def test_a_section_starts_with_its_finding() -> None:
    acts = [claim.text for claim in two_classes().claims if claim.section == SECTIONS[3]]
    assert "95% interval" in acts[0]
    assert acts[1].startswith("Odds are the probability of an outcome divided by that of its")
    assert not any("95% interval " in text for text in acts[2:])


def test_columns_left_out_for_one_reason_are_named_together() -> None:
    fit = make_fit(make_model(TERMS))
    left = tuple(LeftOut(name, "identifies rows instead of describing them") for name in "uv")
    summary = replace(fit.summary, left_out=(*left, LeftOut("w", "has hardly any value")))
    facts = facts_of(make_source(), make_profile(), summary, explain_model(fit))
    assert all_text(write(facts)).endswith(
        "u and v (each identifies rows instead of describing them); w (has hardly any value)."
    )


def test_no_column_name_is_spelled_with_a_capital() -> None:
    for claim in a_number().claims:
        assert not re.search(r"\bPrice\b", claim.text), claim.text


def test_words_survive_json(words: Words) -> None:
    assert from_json(Words, to_json(words)) == words


def test_the_same_facts_give_the_same_words(words: Words) -> None:
    again = two_classes() if "Income" in words.title else a_number()
    assert again == words


def test_a_title_is_kept_or_made_of_the_strongest_terms() -> None:
    fit = make_fit(make_model(TERMS), idle=("noise",))
    facts = facts_of(make_source(), make_profile(), fit.summary, explain_model(fit))
    assert write(facts, title="Mine").title == "Mine"
    assert write(facts).title.startswith("What goes with Income: ")


def test_a_table_without_a_model_is_described_on_its_own() -> None:
    words = write(facts_of(make_source(), make_profile()))
    assert words.title == "What is in people.csv"
    assert {claim.section for claim in words.claims} == set(SECTIONS[:2])


def test_no_facts_give_no_claims() -> None:
    words = write(())
    assert words.claims == ()
    assert words.title == "What is in the table"


def test_a_model_in_which_nothing_matters_says_so() -> None:
    fit = make_fit(make_model(TERMS[-1:]), idle=("noise",))
    words = write(facts_of(make_source(), make_profile(), fit.summary, explain_model(fit)))
    text = " ".join(claim.text for claim in words.claims)
    assert "It makes no measurable difference." in text
    assert "How each one acts" not in {claim.section for claim in words.claims}


def test_a_term_that_matters_but_is_vague_is_only_named() -> None:
    wild = curve_term("wild", np.sin, noise=2.0)
    fit = make_fit(make_model((TERMS[0], wild)))
    words = write(facts_of(make_source(), make_profile(), fit.summary, explain_model(fit)))
    text = " ".join(claim.text for claim in words.claims)
    assert "wild makes a measurable difference too, but how it acts is too uncertain" in text


def test_one_term_and_a_weaker_baseline_are_told_plainly() -> None:
    fit = make_fit(make_model(TERMS[:1]))
    summary = replace(fit.summary, baselines=fit.summary.baselines[:1], left_out=())
    words = write(facts_of(make_source(), make_profile(), summary, explain_model(fit)))
    text = " ".join(claim.text for claim in words.claims)
    assert "by one term alone. It makes a measurable difference." in text
    assert "better than it: neither figure lies in the other's interval" in text
