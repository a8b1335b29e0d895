"""Texts planned with the encoder as it was and with the tuned one, and which of both is fitted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from pellucid.core.numbers import plural
from pellucid.core.run import Run
from pellucid.data.tokens import words_of
from pellucid.data.types import Alert
from pellucid.encoders.types import TextEncoder
from pellucid.models.additive import Floats
from pellucid.models.ngrams.planning import OnTerms, TextPlan, judged, read_texts, with_meaning
from pellucid.models.setup import Ground
from pellucid.models.tuned import TunedEncoder
from pellucid.models.types import FitOptions
from pellucid.models.workers import Workers


@dataclass(frozen=True, slots=True)
class TextChoice:
    """How texts are fitted, on which `ground`, and whether by a tuned encoder."""

    ground: Ground
    plan: TextPlan = field(repr=False)
    is_tuned: bool
    warnings: tuple[Alert, ...] = ()


def choose_plan(
    ground: Ground,
    tuned: TunedEncoder | None,
    options: FitOptions,
    folder: Path,
    workers: Workers,
    run: Run,
    on_terms: OnTerms,
) -> TextChoice:
    """Plan how the training rows' texts are fitted.

    With a `tuned` encoder, two ways to fit are held against rows that it did not see: the way
    without tuning, and the n-grams' tuned vectors taught by its lesson. What predicts these rows
    better is fitted, so that tuning is of use or of no effect.
    """
    read = _read("texts", ground, options, folder, workers, run, on_terms)
    encoder = untuned_encoder(list(ground.texts_of("train").values()), options, run)
    plain = with_meaning(read, encoder)
    if tuned is None:
        return TextChoice(ground, plain, is_tuned=False)
    if tuned.ground is not ground:
        read = _read("less", tuned.ground, options, folder, workers, run)
    taught = with_meaning(read, tuned.encoder, "tuned", tuned.teaching)
    before, after = (
        _loss(plan, of, tuned.judges)
        for plan, of in ((plain, ground), (taught, tuned.ground))
    )  # fmt: skip
    if after < before:
        return TextChoice(tuned.ground, taught, is_tuned=True, warnings=tuned.warnings)
    said = _no_gain(ground.texts, before, after, len(tuned.judges))
    return TextChoice(ground, plain, is_tuned=False, warnings=(said,))


def untuned_encoder(
    columns: Sequence[Sequence[str | None]], options: FitOptions, run: Run
) -> TextEncoder:
    """Load the encoder that `options` ask for, or fit the one that needs no language model."""
    from pellucid.encoders.choosing import choose_encoder

    run.progress("Loading the encoder")
    word_lists = [words_of(text) for column in columns for text in column if text]
    return choose_encoder(options.encoder, word_lists, run, options.download)


def _read(
    name: str,
    ground: Ground,
    options: FitOptions,
    folder: Path,
    workers: Workers,
    run: Run,
    on_terms: OnTerms | None = None,
) -> TextPlan:
    task, target = ground.task, ground.rows.of("train")[1]
    return read_texts(
        name, ground.texts_of("train"), target, task.kind, len(task.classes), options.quality,
        folder, workers, run, ground.seed, on_terms,
    )  # fmt: skip


def _loss(plan: TextPlan, ground: Ground, judges: NDArray[np.intp]) -> float:
    """Return the mean loss of the judging rows, fitted without them; in units of the target."""
    is_judge = np.isin(ground.rows.split.rows("train"), judges)
    losses: Floats = judged(plan, is_judge)
    return float(losses.mean()) * plan.job.scale.width**2


def _no_gain(texts: Sequence[str], before: float, after: float, rows: int) -> Alert:
    message = (
        f"The tuned encoder was not used: on {plural(rows, 'row')} that it did not see, the model "
        f"predicts no better with it than with the encoder as it was (loss {after:.3g} against "
        f"{before:.3g})"
    )
    return Alert("tuning", tuple(texts), message)
