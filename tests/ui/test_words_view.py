"""The words as a page: sections, numbered marks, what they rest on."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pellucid.explain.model import explain_model
from pellucid.facts.catalogue import facts_of
from pellucid.facts.types import Origin
from pellucid.report.charts import BarChart, CurveChart, DotChart
from pellucid.ui.pages import words_view as view
from pellucid.writing.builtin import write
from pellucid.writing.types import Claim, Rejection, Sent, Words
from toy_models import curve_term, level_term, make_fit, make_model, make_profile, make_source

FIT = make_fit(
    make_model(
        (
            curve_term("age", lambda x: x / 25),
            level_term("work", {"Private": 0.9, "State": -0.9}, {"Private": 900, "State": 900}),
        )
    )
)
EXPLANATION, PROFILE = explain_model(FIT), make_profile()
WORDS: Words = write(
    facts_of(make_source(), PROFILE, FIT.summary, EXPLANATION), title="What people.csv says"
)


def test_the_page_holds_every_claim_in_order() -> None:
    page = view.page_of(WORDS)
    assert page.title == "What people.csv says"
    assert [claim.text for claim in page.claims] == [claim.text for claim in WORDS.claims]
    headings = [section.heading for section in page.sections]
    assert len(set(headings)) == len(headings)


def test_facts_are_numbered_in_the_order_they_are_cited() -> None:
    page = view.page_of(WORDS)
    numbers: list[int] = []
    for claim in page.claims:
        numbers += [mark.number for mark in claim.marks if mark.number not in numbers]
    assert numbers == list(range(1, len(numbers) + 1))
    assert all(mark.fact in WORDS.facts for claim in page.claims for mark in claim.marks)


def test_who_wrote_it_and_what_left_the_machine_is_said() -> None:
    page = view.page_of(WORDS)
    assert page.byline == "Written by the built-in writer, without a language model"
    assert page.sent == "Nothing left this machine"
    by_model = replace(WORDS, writer="local model", model="small", sent=Sent(2048, "localhost"))
    own = tuple(replace(claim, by_model=True) for claim in WORDS.claims)
    told = view.page_of(replace(by_model, claims=own))
    assert told.byline == "Written by small, a language model; checked sentence by sentence"
    some = view.page_of(replace(by_model, claims=(own[0], *WORDS.claims[1:])))
    assert some.byline.endswith(f"; {len(own) - 1} of {len(own)} paragraphs by the built-in writer")
    assert view.page_of(by_model).byline.endswith("small, a language model, only interpreted")
    assert told.sent == "2,048 bytes went to a server on this machine"
    assert not told.has_left
    far = view.page_of(replace(WORDS, sent=Sent(2048, "models.example.org")))
    assert far.sent == "2,048 bytes went to models.example.org"
    assert far.has_left


def test_a_model_that_could_not_write_is_said_at_the_top() -> None:
    told = view.page_of(replace(WORDS, rejected=(Rejection("", "The server hung up."),)))
    assert told.trouble == "The built-in writer wrote this. The server hung up."
    assert not view.page_of(replace(WORDS, rejected=(Rejection("A.", "b"),))).trouble


def test_sentences_that_were_left_out_are_quoted_with_their_reason() -> None:
    rejected = (("It is 3.", "No fact is cited."), ("", "Late"))
    assert view.rejected_lines(rejected) == (
        ("“It is 3.”", "No fact is cited."), ("", "Late."),
    )  # fmt: skip
    assert view.rejected_heading(rejected) == (
        "Left out: 1 sentence whose facts do not carry it and 1 answer that could not be used"
    )


def test_what_is_not_checked_is_set_apart() -> None:
    more = replace(
        WORDS,
        interpretation=(Claim("It may be so.", (), "", checked=False),),
        rejected=(Rejection("It is so.", "no fact says so"),),
    )
    page = view.page_of(more)
    assert [claim.text for claim in page.interpretation] == ["It may be so."]
    assert page.rejected == (("It is so.", "no fact says so"),)
    assert all("may be so" not in c.text for s in page.sections for c in s.claims)


def test_every_mark_tells_its_fact() -> None:
    for claim in view.page_of(WORDS).claims:
        for mark in claim.marks:
            told = view.fact_view(mark, WORDS)
            assert told.number == mark.number
            assert told.text == WORDS.facts[mark.fact].text
            assert dict(told.details)["Id"] == mark.fact


def test_a_fact_leads_to_the_chart_it_comes_from() -> None:
    kinds: dict[str, set[type]] = {}
    for fact in WORDS.facts.values():
        chart = view.chart_of(fact, PROFILE, FIT.summary, EXPLANATION)
        kinds.setdefault(fact.origin.result, set()).add(type(chart))
    assert kinds["fit"] == {DotChart}
    assert kinds["explanation"] <= {CurveChart, BarChart}


def test_the_chart_shown_is_that_of_the_term() -> None:
    facts = list(WORDS.facts.values())
    term = next(f for f in facts if f.origin.part == "age" and f.origin.result == "explanation")
    metric = next(f for f in facts if f.kind == "metric")
    chart = view.first_chart([metric, term], PROFILE, FIT.summary, EXPLANATION)
    assert isinstance(chart, CurveChart)
    assert chart.x_axis == "age"


@pytest.mark.parametrize("result", ["profile", "fit", "explanation"])
def test_without_the_result_there_is_no_chart(result: str) -> None:
    found = [fact for fact in WORDS.facts.values() if fact.origin.result == result]
    assert view.first_chart(found, None, None, None) is None


@pytest.mark.parametrize(
    ("unit", "value", "origin", "said", "source"),
    [
        ("terms", 1.0, Origin("explanation", "terms"), "1 term", "The model’s terms"),
        ("columns", 1.0, Origin("fit", "task"), "1 column", "The fit, task"),
        ("rows", 2.0, Origin("answer", "rows"), "2 rows", "The rows"),
        ("rows", 1.0, Origin("answer", "age"), "1 row", "The rows of age"),
    ],
)
def test_one_of_something_is_told_as_one(
    unit: str, value: float, origin: Origin, said: str, source: str
) -> None:
    fact = replace(next(iter(WORDS.facts.values())), id="x", unit=unit, value=value, low=None,
                   high=None, origin=origin, subject=())  # fmt: skip
    shown = dict(view.fact_view(view.Mark(1, "x"), replace(WORDS, facts={"x": fact})).details)
    assert shown["Value"] == said
    assert shown["From"] == source
    assert "Method" not in shown
