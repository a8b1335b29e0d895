"""Rows with several labels: right where the whole set agrees, and probabilities of their own."""

from __future__ import annotations

import numpy as np
import pytest
from pytestqt.qtbot import QtBot
from text_made import REVIEW, text_model

from pellucid.explain.row import explain_row
from pellucid.explain.tokens.exact import explain_exact
from pellucid.models.types import Task
from pellucid.ui.pages import explain_answer_view as answers
from pellucid.ui.pages import explain_labels as labels
from pellucid.ui.pages import explain_text_view as view
from pellucid.ui.pages import explain_text_words as words
from pellucid.ui.pages.explain_answer import AnswerPanel
from pellucid.ui.pages.explain_text_head import TextHead

TASK = Task("marks", "multilabel", ("kind", "long", "odd"), "", (), "; ")
BOTH = {"kind": 0.7, "long": 0.55, "odd": 0.2}


@pytest.mark.parametrize(
    ("actual", "right"),
    [("long; kind", True), ("kind", False), ("kind; long; odd", False), (None, None), (" ", None)],
)
def test_labels_are_right_where_the_whole_set_agrees(
    actual: str | None, right: bool | None
) -> None:
    assert labels.is_right(TASK, BOTH, "kind", actual) is right


def test_what_is_predicted_is_said_beside_what_the_row_holds() -> None:
    said = labels.actual_line(TASK, BOTH, "kind", "kind")
    assert said == "Predicted: kind and long. The row says kind"
    none = dict.fromkeys(BOTH, 0.1)
    assert labels.actual_line(TASK, none, "kind", None) == "No label is likelier than not"
    one = Task("mood", "binary", ("bad", "good"), "good")
    assert labels.actual_line(one, {"bad": 0.3, "good": 0.7}, "good", "bad") == "The row says bad"
    assert labels.is_right(one, {"bad": 0.3, "good": 0.7}, "good", "bad") is False


def test_a_row_and_a_text_of_labels_are_told_label_by_label(qtbot: QtBot) -> None:
    model = text_model("multilabel")
    columns = {"review": np.array([REVIEW], dtype=object), "minutes": np.array([96.0])}
    local = explain_row(model, columns)
    assert local.probabilities is not None
    right = "; ".join(name for name, share in local.probabilities.items() if share >= 0.5)
    said = answers.answer(local, model.task)
    assert said.about.startswith("Probability that marks holds ")
    assert "do not sum to 100%" in answers.short_note(model)
    assert answers.axis_name(model, local).startswith("Log-odds of marks")
    told = view.tell(explain_exact(model, columns), model, view.Asked())
    assert words.text_answer(told, model.task, right or None).is_right is not False
    assert told.unit.startswith("the log-odds of")

    panel, head = AnswerPanel(), TextHead()
    qtbot.addWidget(panel)
    qtbot.addWidget(head)
    panel.show_answer(local, model, edited=False)
    head.offer(model, 10)
    assert head.output.itemText(0) == "the likeliest label"
    assert head.contrast.itemText(0) == "its absence"
    assert panel.about.text() == said.about
