"""The decisions about texts: which columns, by what kind of model, with which encoder. No Qt."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from pellucid.core.numbers import count, number
from pellucid.data.types import Column
from pellucid.encoders.offline import NAME, PACKAGE
from pellucid.models.types import ModelKind
from pellucid.ui.pages.model_draft import Draft

NO_ENCODER = "none"
FOLDER = "folder"
"""The entry that opens a folder; it is never an encoder itself."""
MOST_TUNED = 8_000
"""Texts that tuning takes at most."""
_TEXTS_A_MINUTE = (200, 800)
"""Slowest and fastest processor that is to be expected, all passes over a text together."""
_CAN_BE_READ = ("category", "identifier")
_LEVELS = 20
"""A category of no more values is no text."""


@dataclass(frozen=True, slots=True)
class KindChoice:
    """A kind of model: `title` on its button, and what it gives and takes."""

    key: ModelKind
    title: str
    means: str


KINDS = (
    KindChoice("additive", "N-grams", "A score for every n-gram, told exactly; other columns too."),
    KindChoice("tree", "Keyword tree", "A few questions about words, which a person can check."),
    KindChoice("transformer", "Transformer", "Reads whole texts and often predicts best, but has "
               "no terms: its texts are explained word by word."),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class EncoderChoice:
    """An encoder: `key` as `FitOptions.encoder` takes it, its name, and what it means."""

    key: str | None
    title: str
    means: str


def has_local_model() -> bool:
    """Tell whether a language model and what runs it are installed."""
    return all(find_spec(name) is not None for name in (PACKAGE, "torch", "transformers"))


def encoder_choices(chosen: str | None, *, has_model: bool) -> tuple[EncoderChoice, ...]:
    """Return the encoders that can be chosen, the one used by itself first."""
    none = EncoderChoice(
        NO_ENCODER,
        "No language model",
        "Words are known by the company they keep in these texts alone.",
    )
    found = [none]
    if has_model:
        local = EncoderChoice(
            None,
            f"{NAME}, on this machine",
            "Rare words borrow from words of like meaning. Nothing leaves this machine.",
        )
        found = [local, none]
    if chosen not in (None, NO_ENCODER):
        name = Path(str(chosen)).name
        found.append(EncoderChoice(chosen, f"Folder {name}", f"The model in {chosen}."))
    found.append(EncoderChoice(FOLDER, "A folder…", ""))
    return tuple(found)


def chosen_encoder(
    choices: Sequence[EncoderChoice], key: str | None, *, has_model: bool
) -> EncoderChoice:
    """Return the choice that a draft's encoder stands for."""
    wanted = NO_ENCODER if key is None and not has_model else key
    return next((choice for choice in choices if choice.key == wanted), choices[0])


def text_columns(columns: Sequence[Column], draft: Draft) -> tuple[str, ...]:
    """Return the columns that are read as text: those of running text, and those asked for."""
    return tuple(
        column.name
        for column in columns
        if column.name != draft.target
        and column.name not in draft.drop
        and (column.kind == "text" or column.name in draft.texts)
    )


def could_be_texts(columns: Sequence[Column], draft: Draft) -> tuple[str, ...]:
    """Return the columns that could be read as text but are not."""
    read = text_columns(columns, draft)
    return tuple(
        column.name
        for column in columns
        if column.name != draft.target
        and column.name not in read
        and (column.kind == "text" or (column.kind in _CAN_BE_READ and column.distinct > _LEVELS))
    )


def tune_line(rows: int, *, tuned: bool) -> str:
    """Say honestly how long tuning takes."""
    texts = min(rows, MOST_TUNED)
    slow, fast = (max(1, round(texts / rate)) for rate in _TEXTS_A_MINUTE)
    spread = f"{number(fast)} to {number(slow)} minutes" if fast < slow else "about a minute"
    part = f" for {count(texts)} of {count(rows)} texts" if rows > texts else ""
    said = f"Roughly {spread} more without a graphics card{part}."
    return said if tuned else f"Off. Would take r{said[1:]}"


def problem(draft: Draft, texts: Sequence[str]) -> str:
    """Say what keeps a kind of model from being fitted, empty where nothing does."""
    if draft.kind == "transformer" and len(texts) > 1:
        return "A transformer reads one column of texts; take the others off."
    if draft.kind != "additive" and not texts:
        return "It needs a column that is read as text."
    return ""
