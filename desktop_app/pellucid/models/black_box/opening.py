"""From a folder of weights to a loaded classifier, its labels matched to a task's classes."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from pellucid.core.errors import UserError
from pellucid.core.numbers import listing
from pellucid.encoders.devices import choose_device
from pellucid.encoders.folders import ModelFolder, read_json
from pellucid.encoders.transformer import (
    checked,
    load_backbone,
    load_classifier,
    most_tokens_of,
)
from pellucid.encoders.tuning import Tuned, is_tuned, load_tuned
from pellucid.models.additive import Link
from pellucid.models.black_box.classifier import LinearHead, SequenceClassifier
from pellucid.models.types import Task

_LONGEST = 512
"""Tokens of a text that a classifier from elsewhere reads at most."""
_UNNAMED = re.compile(r"LABEL_\d+")


def link_of(task: Task) -> Link:
    """Return the link that a task's margins are on."""
    if task.kind == "regression":
        return "identity"
    return "logit" if task.kind == "binary" else "softmax"


def outputs_of(task: Task) -> tuple[str, ...]:
    """Return what each margin raises: the positive class, each class, or the target."""
    if task.kind == "regression":
        return (task.target,)
    return (task.positive,) if task.kind == "binary" else task.classes


def labels_in(folder: ModelFolder) -> tuple[str, ...]:
    """Return the labels of a folder's classifier in the order of its logits; none for regression.

    Raises `UserError` for a folder without a classifier, and for one of several labels at once.
    """
    if is_tuned(folder.path):
        return load_tuned(folder.path).classes
    if not folder.has_classifier:
        raise UserError(
            f"The model {folder.name} is no classifier of texts",
            "Give a folder that was saved as a sequence classifier, or tune this one on your data.",
        )
    config = read_json(folder.path / "config.json", "model's configuration")
    problem = config.get("problem_type")
    if problem == "multi_label_classification":
        raise UserError(
            f"The model {folder.name} gives a text several labels at once, which is not supported",
            "Choose a model that gives each text one label, or a number.",
        )
    if problem == "regression" and len(folder.labels) > 1:
        raise UserError(
            f"The model {folder.name} predicts {len(folder.labels)} numbers at once",
            "Choose a model that predicts one number.",
        )
    return () if len(folder.labels) == 1 else folder.labels


def match_labels(labels: tuple[str, ...], task: Task, name: str) -> tuple[int, ...]:
    """Return the place among `labels` of each of the task's classes; nothing for regression.

    Labels match where they agree but for case and outer blanks; labels without names (LABEL_0, ...)
    are the classes in sorted order. Raises `UserError` where they do not match one to one.
    """
    if not labels or not task.classes:
        if bool(labels) != bool(task.classes):
            what = "a number" if not labels else f"the labels {listing(list(labels), 6)}"
            raise UserError(
                f"The model {name} predicts {what}, which {task.target} is not",
                "Choose another target or another model.",
            )
        return ()
    if len(labels) == len(task.classes):
        places = {label.strip().casefold(): place for place, label in enumerate(labels)}
        found = [places.get(c.strip().casefold()) for c in task.classes]
        known = tuple(place for place in found if place is not None)
        if len(set(known)) == len(labels):
            return known
        if all(_UNNAMED.fullmatch(label) for label in labels):
            return tuple(range(len(labels)))
    raise UserError(
        f"The model {name} tells apart {listing(list(labels), 6)}, but {task.target} has the "
        f"classes {listing(list(task.classes), 6)}",
        "Rename the values of the target as the model's labels, or choose another model.",
    )


def open_classifier(folder: ModelFolder | Path, task: Task) -> SequenceClassifier:
    """Load a tuned folder, or a sequence classifier from anywhere, for a task.

    Raises `UserError` for a folder that cannot be loaded or whose labels are not the task's.
    """
    folder = checked(folder)
    places = match_labels(labels_in(folder), task, folder.name)
    tuned = load_tuned(folder.path) if is_tuned(folder.path) else None
    if tuned is not None:
        model, tokenizer = load_backbone(folder)
    else:
        model, tokenizer, _ = load_classifier(folder)
    device = choose_device()
    model = model.to(device.name).eval().requires_grad_(requires_grad=False)
    if getattr(model.config, "pad_token_id", None) is None:
        model.config.pad_token_id = tokenizer.pad_token_id
    outputs = outputs_of(task)
    scale = tuned.target_scale if tuned and not task.classes else 1.0
    mean = tuned.target_mean if tuned and not task.classes else 0.0
    return SequenceClassifier(
        model=model,
        tokenizer=tokenizer,
        head=_head(tuned, device.name) if tuned else None,
        mixing=_mixing(task, places) * np.float32(scale),
        shift=np.full(len(outputs), mean, dtype=np.float32),
        outputs=outputs,
        classes=task.classes,
        link=link_of(task),
        positive_first=bool(task.kind == "binary" and task.positive == task.classes[0]),
        most_tokens=most_tokens_of(model, tokenizer, tuned.most_tokens if tuned else _LONGEST),
        device=device,
    )


def _head(tuned: Tuned, device: str) -> LinearHead:
    import torch

    weight, bias = (
        torch.from_numpy(np.array(values, dtype=np.float32)).to(device)
        for values in (tuned.weight, tuned.bias)
    )
    return LinearHead(weight, bias)


def _mixing(task: Task, places: tuple[int, ...]) -> NDArray[np.float32]:
    """Return the matrix (logits, outputs) that turns logits into margins."""
    if not places:
        return np.ones((1, 1), dtype=np.float32)
    chosen = np.eye(len(places), dtype=np.float32)[:, list(places)]
    if task.kind == "binary":
        positive = task.classes.index(task.positive)
        return chosen[:, [positive]] - chosen[:, [1 - positive]]
    return np.asarray(chosen - chosen.mean(axis=1, keepdims=True), dtype=np.float32)
