"""What a look into a transformer waits for, and which column it reads. No Qt."""

from __future__ import annotations

from pellucid.models.additive import AdditiveModel
from pellucid.models.encoder_notes import encoder_folder
from pellucid.ui.pages.explain_text_view import text_columns
from pellucid.ui.readers import AnyModel

NOTES = (
    ("Attention", "Each small map is a head: a row for each word that looks, a column for each "
     "word that is looked at, stronger for more. Click one to see it over the words."),
    ("Not an explanation", "Attention tells how the transformer passes information on while it "
     "reads. It does not tell what its prediction rests on."),
    ("Layers", "A probe asks what can be read off a layer in a straight line. Beside each score "
     "stands the same probe on shuffled values: what lies no higher is not known there."),
)  # fmt: skip


def column_of(model: AnyModel) -> str:
    """Return the column of texts to look at: the first that the model reads, "" without any."""
    read = text_columns(model)
    told = [name for name, kind in model.task.features if kind == "text"]
    return next(iter([*read, *told]), "")


def has_own_transformer(model: AnyModel) -> bool:
    """Tell whether the model is a transformer, or its encoder still lies where it was."""
    return not isinstance(model, AdditiveModel) or encoder_folder(model) is not None


def waiting_words(model: AnyModel | None, *, has_transformer: bool) -> tuple[str, str] | None:
    """Say what the page waits for, None where it waits for nothing.

    `has_transformer` tells whether there is one on this machine besides the model's own.
    """
    if model is None:
        return "Waiting for a model", "Fit one under Model; what is behind it is shown here."
    if not column_of(model):
        return (
            "This model reads no texts",
            "Layers and heads are those of a transformer that reads texts. A column can be read "
            "as text under Model.",
        )
    if not has_transformer and not has_own_transformer(model):
        return (
            "Waiting for a transformer",
            "This model knows words by their company in these texts alone, and no language model "
            "is installed. Install Pellucid with its extra “offline”, or choose the folder of one.",
        )
    return None
