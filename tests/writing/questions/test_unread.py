"""No part of a question is passed over in silence: it is used, said to be left out, or refused."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
import sample_lexicons
from unread_questions import UNREAD

from pellucid.data.reading import open_table
from pellucid.engine.asking import lexicon_of
from pellucid.facts.fits import METRIC_NAMES
from pellucid.facts.glossary import TERMS, term_called
from pellucid.facts.tables import MEASURES
from pellucid.writing.questions.accounting import without_idle_filters
from pellucid.writing.questions.lexicon import KnownColumn, Lexicon
from pellucid.writing.questions.matching import match
from pellucid.writing.questions.plans import plan_text
from pellucid.writing.questions.types import Condition, Conversation, Filter, Importance, Plan

REAL = {
    "titanic": ("titanic/train.csv", "Survived"),
    "census": ("adult/census_income.csv", "Income"),
    "students": ("student_performance_semicolon/student-por.csv", "G3"),
}


@pytest.fixture(scope="module")
def real_lexicons(real_data: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Lexicon]:
    found = {}
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PELLUCID_HOME", str(tmp_path_factory.mktemp("home")))
        for name, (file, target) in REAL.items():
            with open_table(real_data / file) as table:
                found[name] = lexicon_of(table, target)
    return found


def check(question: str, table: Lexicon, wanted: str) -> None:
    plan = match(question, table)
    steps, _, note = wanted.partition(" | ")
    reason = steps.removeprefix("refused: ")
    if reason != steps:
        assert plan.actions == (), plan_text(plan)
        assert reason in plan.refusal
        assert plan.instead
        for other in plan.instead:
            assert match(other, table).actions, other
        return
    assert not plan.refusal
    assert plan_text(plan) == steps
    if note:
        assert note in plan.notes[0]
    else:
        assert not any("left" in told for told in plan.notes)


@pytest.mark.parametrize(
    ("name", "question", "wanted"), [case for case in UNREAD if case[0] not in REAL]
)
def test_all_of_a_question_about_a_sample_counts(name: str, question: str, wanted: str) -> None:
    check(question, sample_lexicons.lexicon(name), wanted)


@pytest.mark.parametrize(
    ("name", "question", "wanted"), [case for case in UNREAD if case[0] in REAL]
)
def test_all_of_a_question_about_a_real_file_counts(
    real_lexicons: dict[str, Lexicon], name: str, question: str, wanted: str
) -> None:
    check(question, real_lexicons[name], wanted)


def test_what_a_change_is_refused_for_names_changes_that_are_read(
    real_lexicons: dict[str, Lexicon],
) -> None:
    plan = match("predict row 3 if the fare doubled", real_lexicons["titanic"])

    assert len(plan.instead) == 3
    for other in plan.instead:
        assert "row 3" in plan_text(match(other, real_lexicons["titanic"])), other


def test_a_follow_up_about_a_whole_model_says_what_it_leaves_out() -> None:
    table = sample_lexicons.lexicon("penguins")
    first = match("Which columns matter?", table)

    then = match("and for females?", table, Conversation(first))

    assert plan_text(then) == "which columns matter"
    assert "“sex is female” was left out" in then.notes[0]


def test_rows_that_nothing_heeds_are_noted_in_a_plan_that_was_written() -> None:
    rows = Filter((Condition("sex", "is", ("female",)),))

    plan = without_idle_filters(Plan("", (rows, Importance()), notes=("said before",)))

    assert plan.actions == (Importance(),)
    assert "“sex is female” was left out" in plan.notes[0]
    assert plan.notes[1] == "said before"


def test_sexes_are_read_only_where_one_column_holds_both() -> None:
    column = KnownColumn("size", "category", ("M", "L", "S"))
    shirts = Lexicon((column, KnownColumn("price", "number")), "price", "shirts.csv")
    wards = KnownColumn("ward", "category", ("men", "women", "boys"))

    assert match("difference between boys and girls", shirts).refusal
    assert match("mean price for girls", replace(shirts, columns=(*shirts.columns, wards))).refusal


def test_every_measure_that_answers_name_is_explained() -> None:
    named = {*METRIC_NAMES.values(), *MEASURES.values()} - {METRIC_NAMES["exact_match"]}

    assert [name for name in sorted(named) if not term_called(name)] == []
    assert all(term_called(term) == term for term in TERMS)


def test_the_table_of_unread_questions_is_large() -> None:
    assert len(UNREAD) >= 100
    assert len({question for _, question, _ in UNREAD}) > 100
