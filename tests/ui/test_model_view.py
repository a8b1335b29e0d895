"""The Model page's decisions, states and words, without a window."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from pellucid.data.types import Alert, Column
from pellucid.explain.model import explain_additive
from pellucid.facts.fits import fit_facts
from pellucid.models.plans import plan_for
from pellucid.models.types import Estimate, FitSummary, LeftOut, Task
from pellucid.ui.header_view import header_text
from pellucid.ui.pages import model_draft as drafts
from pellucid.ui.pages import model_view as view
from pellucid.ui.states import ErrorState
from toy_models import curve_term, level_term, make_fit, make_model, make_profile

COLUMNS = (
    Column("age", "number", 0, 70),
    Column("work", "category", 100, 3),
    Column("row_id", "identifier", 0, 2000),
    Column("notes", "text", 0, 1900),
    Column("Income", "category", 0, 2),
)
MODEL = make_model(
    (
        curve_term("age", lambda x: x / 50),
        level_term("work", {"Private": 0.4, "State": -0.4}, {"Private": 900, "State": 900}),
    )
)


def summary(**changes: object) -> FitSummary:
    return replace(make_fit(MODEL).summary, **changes)  # type: ignore[arg-type]


def test_every_column_but_the_target_is_a_feature_unless_its_kind_forbids_it() -> None:
    rows = drafts.feature_rows(COLUMNS, drafts.Draft("Income", frozenset({"work"})))
    assert [(row.name, row.is_used) for row in rows] == [
        ("age", True), ("work", False), ("notes", True), ("row_id", False),
    ]  # fmt: skip
    assert [bool(row.why) for row in rows] == [False, False, False, True]
    assert drafts.features_line(rows) == "2 of 4 take part, 1 switched off, 1 left out"


def test_what_the_last_fit_left_out_says_why() -> None:
    columns = (*COLUMNS, Column("ticket", "category", 0, 900))
    left = LeftOut("ticket", "has hardly any value that recurs")
    rows = drafts.feature_rows(columns, drafts.Draft("Income"), summary(left_out=(left,)))
    assert {row.name: row.why for row in rows}["ticket"] == left.why
    other = drafts.feature_rows(columns, drafts.Draft("age"), summary(left_out=(left,)))
    assert {row.name: row.why for row in other}["ticket"] == ""


def test_another_target_forgets_the_positive_class_and_keeps_the_rest() -> None:
    draft = drafts.Draft("Income", frozenset({"age"}), "best", ">50K").with_target("work")
    assert draft == drafts.Draft("work", frozenset({"age"}), "best", None)


def test_a_draft_becomes_options_in_the_table_s_order() -> None:
    draft = drafts.Draft("Income", frozenset({"work", "age", "Income", "gone"}), "best", "<=50K")
    options = draft.options(COLUMNS)
    assert options.drop == ("age", "work")
    assert (options.target, options.quality, options.positive) == ("Income", "best", "<=50K")
    assert drafts.Draft.of(options).options(COLUMNS) == options
    with pytest.raises(ValueError, match="target"):
        drafts.Draft().options(COLUMNS)


def test_each_quality_says_how_many_bags_it_fits() -> None:
    for choice in drafts.QUALITIES:
        assert choice.bags == plan_for(choice.key, "binary", 10, 10_000).bags
        assert choice.cost.startswith(f"{choice.bags} bags")


def test_the_target_says_what_it_makes_of_the_task() -> None:
    profile = make_profile()
    income, age, work = COLUMNS[4], COLUMNS[0], COLUMNS[1]
    said = drafts.target_line(income, drafts.column_profile(profile, "Income"))
    assert said == "Two classes: <=50K and >50K."
    assert "number" in drafts.target_line(age, drafts.column_profile(profile, "age"))
    assert drafts.target_line(work, drafts.column_profile(profile, "work")) == (
        "3 classes: ?, Private and State. 100 rows have no value there and are left out."
    )
    assert drafts.target_line(None, None) == "Choose the column to predict."
    assert drafts.class_labels(income, drafts.column_profile(profile, "Income")) == (
        "<=50K",
        ">50K",
    )
    assert drafts.class_labels(age, drafts.column_profile(profile, "age")) == ()


@pytest.mark.parametrize(
    ("opened", "fitting", "failed", "bags", "state"),
    [
        (False, False, False, None, "waiting"),
        (True, False, False, None, "ready"),
        (True, True, False, None, "fitting"),
        (True, True, False, 8, "fitting"),
        (True, False, True, None, "failed"),
        (True, False, False, 3, "stopped"),
        (True, False, False, 8, "done"),
    ],
)
def test_the_page_has_a_state_for_everything(
    opened: bool, fitting: bool, failed: bool, bags: int | None, state: str
) -> None:
    known = None if bags is None else summary(bags=bags, bags_asked=8)
    assert view.page_state(opened=opened, fitting=fitting, failed=failed, summary=known) == state


def test_states_without_results_say_what_to_do() -> None:
    error = ErrorState("Income has one value", "The table is unchanged.", "Choose another.", "fit")
    for state in ("waiting", "ready", "fitting", "failed"):
        words = view.empty_words(state, drafts.Draft("Income"), error, 5)
        assert words is not None
        assert all(words)
    assert view.empty_words("failed", drafts.Draft(), error, 5) == (
        "Income has one value", "The table is unchanged. Choose another.",
    )  # fmt: skip
    assert view.empty_words("done", drafts.Draft(), None, 5) is None
    assert view.empty_words("ready", drafts.Draft(), None, 5) != view.empty_words(
        "ready", drafts.Draft("Income"), None, 5
    )


def test_a_table_of_one_column_asks_for_no_target() -> None:
    words = view.empty_words("ready", drafts.Draft(), None, 1)
    assert words is not None
    assert words[0] == "Nothing to predict from"


def test_a_stopped_fit_says_how_many_bags_it_kept() -> None:
    kept = summary(bags=3, bags_asked=8)
    said = view.note("stopped", drafts.Draft("Income"), kept, COLUMNS, None)
    assert "3 bags of 8" in said
    assert "3 of 8" in view.curves_line("stopped", 3, 8)
    assert "stopped" in view.title("stopped", kept, kept.options)


def test_changed_decisions_are_told_beside_old_results() -> None:
    known = summary()
    same = drafts.Draft.of(known.options)
    assert view.note("done", same, known, COLUMNS, None) == ""
    assert "Fit again" in view.note("done", same.with_quality("best"), known, COLUMNS, None)


def test_progress_counts_bags() -> None:
    assert "first bag" in view.curves_line("fitting", 0, 8)
    assert view.curves_line("fitting", 3, 8).startswith("Bag 3 of 8")
    assert "95% intervals" in view.curves_line("done", 8, 8)
    assert "no intervals" in view.curves_line("done", 1, 1)


def test_the_leaderboard_follows_the_metric() -> None:
    known = summary()
    choices = [key for key, _ in view.metric_choices(known)]
    assert choices == ["auc", "accuracy"]
    for key in choices:
        board = view.leaderboard(known, key)
        assert board.dots[0].note == view.score_line(known, key)[0]
        assert len(board.dots) == 3
    figure, about = view.score_line(known, "auc")
    assert figure == "0.912"
    assert about == "AUC on test rows, 0.893 to 0.931 with 95% confidence"


def test_header_and_page_give_the_score_in_the_same_figure() -> None:
    found = {"r2": Estimate(0.457, 0.44, 0.47), "mae": Estimate(3.2, 3.1, 3.3)}
    known = summary(task=Task("age", "regression"), test=replace(summary().test, metrics=found))
    figure, _ = view.score_line(known, "r2")
    told = header_text(Path("a.csv"), (9, 2), 0, "age", known, (0, 0), False)
    assert told.model == f"additive · R² {figure}"
    fact = next(f for f in fit_facts(known, make_profile()) if f.origin.part == "r2")
    assert figure in fact.text


def test_warnings_name_what_was_left_out() -> None:
    known = summary(warnings=(Alert("leak", ("gain",), "gain says almost all of Income"),))
    said = [alert.message for alert in view.warnings_of(known)]
    assert said == ["gain says almost all of Income", "Left out row_id: it names the rows"]


def test_curves_keep_their_places_until_the_fit_is_done() -> None:
    weak = make_model(
        (
            curve_term("age", lambda x: x / 500),
            level_term("work", {"Private": 0.4, "State": -0.4}, {"Private": 900, "State": 900}),
        )
    )
    curves = view.Curves()
    assert curves.order(explain_additive(weak), final=False) == ("work", "age")
    assert curves.order(explain_additive(MODEL), final=False) == ("work", "age")
    assert curves.order(explain_additive(MODEL), final=True) == ("age", "work")
    assert view.curve_slot(explain_additive(MODEL), "age").chart.caption.title


def test_a_snapshot_explains_a_model_without_evidence() -> None:
    explained = explain_additive(MODEL)
    assert [term.evidence for term in explained.terms] == [None, None]
    assert explained.outputs == (">50K",)
    assert np.all(explained.terms[0].low <= explained.terms[0].scores)
