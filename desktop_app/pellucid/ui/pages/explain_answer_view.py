"""The prediction of one row in words: the figure, its path and its scale. No Qt."""

from __future__ import annotations

import math
from dataclasses import dataclass

from pellucid.core.numbers import number, percent
from pellucid.explain.row import SCALE_NOTES
from pellucid.explain.types import LocalExplanation
from pellucid.facts.scales import outcome_name
from pellucid.models.additive import AdditiveModel
from pellucid.models.types import Task
from pellucid.ui.pages import explain_labels as labels


@dataclass(frozen=True, slots=True)
class Answer:
    """The prediction, large: `figure`, the words under it, and what the row really holds."""

    figure: str
    about: str
    actual: str
    is_right: bool | None


def answer(local: LocalExplanation, task: Task) -> Answer:
    """Say the prediction of a row."""
    actual = local.actual
    if local.probabilities is None:
        figure = number(local.value if local.value is not None else math.nan)
        said = "" if actual is None else f"The row says {actual}"
        return Answer(figure, f"Predicted {task.target}", said, None)
    explained = explained_class(local, task)
    figure = percent(local.probabilities[explained])
    told = (task, local.probabilities, local.label, actual)
    about = labels.probability_of(task, explained)
    return Answer(figure, about, labels.actual_line(*told), labels.is_right(*told))


def explained_class(local: LocalExplanation, task: Task) -> str:
    """Return the class whose scores are shown."""
    return task.positive if len(local.total) == 1 else task.classes[local.output]


def path_line(local: LocalExplanation, task: Task) -> str:
    """Tell how far the strongest term alone moves the probability, and why steps do not add."""
    if not local.probability_path or local.base_probability is None:
        return ""
    first, item = local.probability_path[0], local.contributions[0]
    own = explained_class(local, task)
    return (
        f"From the average row’s {percent(local.base_probability)}, {item.term} alone leads to "
        f"{percent(first)}, and all terms together to "
        f"{percent(local.probability_path[-1])} for {own}."
    )


def short_note(model: AdditiveModel) -> str:
    """Return the sentence on why scores add up and probabilities do not."""
    if model.link == "logits":
        return (
            "Each label has its own odds, so probabilities of labels do not sum to 100%. Scores "
            "add up; probabilities do not."
        )
    if model.link in ("logit", "softmax"):
        return (
            "Scores add up; probabilities do not, because one score moves an even chance far and a "
            "near certainty hardly at all."
        )
    return SCALE_NOTES.get(model.link, "")


def axis_name(model: AdditiveModel, local: LocalExplanation) -> str:
    """Name the waterfall's axis with its unit."""
    task = model.task
    if model.link == "identity":
        return f"Predicted {task.target}"
    if model.link == "log":
        return f"Logarithm of {task.target}"
    unit = "Log-odds" if model.link in ("logit", "logits") else "Score"
    is_label = task.kind == "multilabel"
    return f"{unit} of {outcome_name(task.target, explained_class(local, task), is_label=is_label)}"
