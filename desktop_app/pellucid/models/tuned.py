"""An encoder tuned on the task before the texts are fitted, and what it teaches them."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from pellucid.core.errors import UserError
from pellucid.core.numbers import count
from pellucid.core.run import Run
from pellucid.data.types import Alert
from pellucid.encoders.types import TextEncoder
from pellucid.models.additive import Floats
from pellucid.models.ngrams.choosing import FOLDS
from pellucid.models.ngrams.planning import MOST_ROWS_TO_CHOOSE, Teaching
from pellucid.models.setup import Ground
from pellucid.models.types import FitOptions

_OWN_SHARE = 0.5
"""How much of the lesson is the row's own target: a tuned encoder is often wrong of other rows."""


@dataclass(frozen=True, slots=True)
class TunedEncoder:
    """A tuned encoder, the `ground` that is left to fit on, and what it teaches.

    The lesson is midway between the target and what the encoder with its own head says of the
    training rows that are left. `judges` are numbers of such rows that the encoder did not see.
    """

    ground: Ground
    encoder: TextEncoder
    teaching: Teaching
    judges: NDArray[np.intp] = field(repr=False)
    warnings: tuple[Alert, ...] = ()


def tune_encoder(ground: Ground, options: FitOptions, has_columns: bool, run: Run) -> TunedEncoder:
    """Tune the encoder on the training rows, on half of them where columns are fitted as well.

    That half takes no further part. Raises `UserError` where there is no encoder to tune.
    """
    from pellucid.encoders.transformer import load_encoder
    from pellucid.encoders.tuning import learned_from, tune
    from pellucid.models.black_box.fitting import encoder_folder
    from pellucid.models.black_box.opening import open_classifier

    task = ground.task
    if task.kind == "multilabel":
        raise UserError(
            "An encoder cannot be tuned where rows have several labels",
            "Fit without tuning, or choose a target with one class a row.",
        )
    rows = ground.rows.split.rows("train")
    kept = rows
    warnings: tuple[Alert, ...] = ()
    if has_columns:
        dealt = np.random.default_rng([ground.seed, 21]).permutation(rows)
        rows, kept = (np.sort(part) for part in np.array_split(dealt, 2))
        warnings = (_set_aside(ground, len(rows)),)
    target = ground.rows.target[rows]
    tuned = tune(
        encoder_folder(options, run), _joined(ground, rows), target, task.classes,
        replace(run, seed=ground.seed),
    )  # fmt: skip
    if tuned.texts < tuned.texts_given:
        warnings = (*warnings, _sampled(ground, tuned.texts, tuned.texts_given))
    network = open_classifier(tuned.folder, task)
    said = network.mean(network.read(_joined(ground, kept), run)[0])
    lesson = _OWN_SHARE * _as_chances(ground, kept) + (1 - _OWN_SHARE) * said
    seen = rows[learned_from(target, task.classes, ground.seed)]
    judges = _judges(np.setdiff1d(kept, seen), len(kept), ground.seed)
    if has_columns:
        ground = ground.without(rows)
    teaching = Teaching(lesson, np.isin(kept, judges))
    return TunedEncoder(ground, load_encoder(tuned.folder, run), teaching, judges, warnings)


def _judges(unseen: NDArray[np.intp], rows: int, seed: int) -> NDArray[np.intp]:
    """Return rows to choose by: of the unseen ones at most as many as a fold of all has."""
    most = max(1, min(rows, MOST_ROWS_TO_CHOOSE) // FOLDS)
    if len(unseen) <= most:
        return unseen
    return np.sort(np.random.default_rng([seed, 22]).choice(unseen, most, replace=False))


def _joined(ground: Ground, rows: NDArray[np.intp]) -> list[str]:
    """Return each row's texts as one, a line a column."""
    columns = [ground.rows.columns[name][rows].tolist() for name in ground.texts]
    return ["\n".join(text for text in row if text) for row in zip(*columns, strict=True)]


def _as_chances(ground: Ground, rows: NDArray[np.intp]) -> Floats:
    """Return the target of `rows` in the form of a lesson."""
    target = ground.rows.target[rows]
    if ground.task.kind == "regression":
        return target.astype(np.float64)
    return np.eye(len(ground.task.classes))[target.astype(np.intp)]


def _set_aside(ground: Ground, rows: int) -> Alert:
    message = (
        f"{count(rows)} training rows tuned the encoder and took no further part, so that what it "
        "says of the others is not what it was told about them"
    )
    return Alert("tuning", ground.texts, message)


def _sampled(ground: Ground, texts: int, given: int) -> Alert:
    message = f"The encoder was tuned on {count(texts)} of {count(given)} texts"
    return Alert("tuning sample", ground.texts, message)
