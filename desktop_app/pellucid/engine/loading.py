"""One way to read a model file, whether a person can read the model or not."""

from __future__ import annotations

from pathlib import Path

from pellucid.core.errors import UserError
from pellucid.models.additive import AdditiveModel
from pellucid.models.black_box.box import BlackBox, BlackBoxFit
from pellucid.models.fit import Fit

AnyFit = Fit | BlackBoxFit
AnyModel = AdditiveModel | BlackBox
FOLDER_COLUMN = "text"
"""What the column is called that a classifier from a folder reads, since it does not say."""


def load_any(path: Path) -> AnyFit:
    """Read a model file of either kind; the weights of a transformer are loaded when needed.

    A folder is a Hugging Face sequence classifier, which reads the column `FOLDER_COLUMN`. Raises
    `UserError` for what is missing, damaged or no model.
    """
    from pellucid.models.black_box.box import from_folder
    from pellucid.models.black_box.files import is_black_box, load_black_box
    from pellucid.models.files import load_fit

    if path.is_dir():
        return as_fit(from_folder(path, FOLDER_COLUMN))
    return load_black_box(path) if is_black_box(path) else load_fit(path)


def as_fit(model: AnyFit | AnyModel) -> AnyFit:
    """Return a model as a fit about which nothing else is known; a fit as it is."""
    from pellucid.models.black_box.box import nothing_known
    from pellucid.models.files import empty_summary

    if isinstance(model, AdditiveModel):
        return Fit(model, empty_summary(model))
    return BlackBoxFit(model, nothing_known(model.task)) if isinstance(model, BlackBox) else model


def load_readable(path: Path) -> Fit:
    """Read the file of a model with terms; raises `UserError` for a transformer."""
    found = load_any(path)
    if isinstance(found, BlackBoxFit):
        raise UserError(
            f"{path.name} holds a transformer, which has no terms that could be shown",
            "Explain what it makes of a text instead: pellucid explain MODEL --text TEXT.",
        )
    return found


def save_any(fit: AnyFit, path: Path) -> None:
    """Write a fit of either kind to `path`, whole or not at all."""
    from pellucid.models.black_box.files import save_black_box
    from pellucid.models.files import save_fit

    if isinstance(fit, BlackBoxFit):
        save_black_box(fit, path)
    else:
        save_fit(fit, path)
