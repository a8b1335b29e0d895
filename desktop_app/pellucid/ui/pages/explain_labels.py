"""What a prediction comes to, as one class, as a set of labels, and whether it is right. No Qt."""

from __future__ import annotations

from collections.abc import Mapping

from pellucid.core.numbers import listing
from pellucid.facts.scales import outcome_name
from pellucid.models.multilabel import CHOSEN, labels_in
from pellucid.models.types import Task


def chosen_labels(task: Task, probabilities: Mapping[str, float], label: str | None) -> list[str]:
    """Return the labels that are predicted: those likelier than not, or the one class."""
    if task.kind != "multilabel":
        return [] if label is None else [label]
    return [name for name, share in probabilities.items() if share >= CHOSEN]


def is_right(
    task: Task, probabilities: Mapping[str, float], label: str | None, actual: str | None
) -> bool | None:
    """Return whether what is predicted is what the row says; of labels the whole set must agree."""
    if actual is None:
        return None
    if task.kind != "multilabel":
        return actual == label
    held = labels_in(actual, task.separator)
    return None if held is None else set(held) == set(chosen_labels(task, probabilities, label))


def probability_of(task: Task, name: str) -> str:
    """Name the probability that is shown large."""
    if task.kind == "multilabel":
        return f"Probability that {task.target} holds {name}"
    named = outcome_name(task.target, name).replace(" = ", "\N{NO-BREAK SPACE}=\N{NO-BREAK SPACE}")
    return f"Probability of {named}"


def likeliest(task: Task) -> str:
    """Name what is explained unless a class is chosen."""
    return "the likeliest label" if task.kind == "multilabel" else "the predicted class"


def actual_line(
    task: Task, probabilities: Mapping[str, float], label: str | None, actual: str | None
) -> str:
    """Say what the row holds; beside labels, also which are predicted."""
    if task.kind != "multilabel":
        return "" if actual is None else f"The row says {actual}"
    found = chosen_labels(task, probabilities, label)
    said = f"Predicted: {listing(found)}" if found else "No label is likelier than not"
    held = None if actual is None else labels_in(actual, task.separator)
    if held is None:
        return said
    return f"{said}. The row says {listing(list(held))}" if held else f"{said}. The row has none"
