"""Which encoder an additive model was fitted with, and whether it still lies where it was."""

from __future__ import annotations

from pathlib import Path

from pellucid.models.additive import AdditiveModel
from pellucid.models.texts import EncoderNote


def encoder_notes(model: AdditiveModel) -> tuple[EncoderNote, ...]:
    """Return what is noted of every encoder that the model's texts and trees were fitted with."""
    of_texts = [text.encoder for text in model.texts]
    axes = [axis for term in model.terms for axis in term.axes]
    of_trees = [axis.tree.encoder for axis in axes if axis.tree is not None]
    return tuple(note for note in (*of_texts, *of_trees) if note is not None)


def encoder_folder(model: AdditiveModel) -> Path | None:
    """Return the folder of the model's encoder; None where it had none or it is gone."""
    folders = [Path(note.folder) for note in encoder_notes(model) if note.folder]
    return next((folder for folder in folders if folder.is_dir()), None)
