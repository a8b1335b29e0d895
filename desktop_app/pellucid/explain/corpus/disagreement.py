"""Where two models part on the same texts, who is right there, and what those texts say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pellucid.core.errors import UserError
from pellucid.core.numbers import number
from pellucid.core.run import Run
from pellucid.explain.corpus.distinctive import distinctive_ngrams
from pellucid.explain.corpus.language_types import DisagreeingText, Disagreement
from pellucid.explain.corpus.paired import mcnemar, mean_interval, share
from pellucid.explain.corpus.types import DistinctiveNgram

Floats = NDArray[np.float64]
_TINY = 1e-15
_FAR_SHARE = 0.2
_APART = "apart"


def disagreements(
    mean_a: Floats,
    mean_b: Floats,
    truth: NDArray[np.generic],
    texts: Sequence[str | None],
    run: Run,
    classes: Sequence[str] = (),
    names: tuple[str, str] = ("first model", "second model"),
    most: int = 20,
    orders: int = 2,
) -> Disagreement:
    """Compare two models' predictions of the same texts.

    `mean_a` and `mean_b` are probabilities (n, C) with `truth` (n,) codes of `classes`, or values
    (n,) with `truth` values; codes under 0 and NaN are unknown truths, which count towards
    the share that differs alone. At most `most` texts each way and `most` words are returned.
    Raises `UserError` where the predictions are not of the same texts and classes, or of none.

    Source: McNemar (1947), Psychometrika 12, in its exact form.
    """
    if mean_a.shape != mean_b.shape or not len(mean_a) == len(truth) == len(texts):
        raise UserError(
            "The two models' predictions are not of the same texts and classes",
            "Compare models that predict the same column, on the same rows.",
        )
    if not len(truth):
        raise UserError("There is no text to compare the models on", "Give at least one text.")
    run.progress("Comparing two models")
    run.check()
    both = _Predictions(mean_a, mean_b, truth, texts, tuple(classes))
    known, right_a, right_b = both.known, both.right(mean_a), both.right(mean_b)
    losses = _losses(mean_a, truth)[known] - _losses(mean_b, truth)[known]
    apart, difference = both.apart, np.where(known, both.difference, 0.0)
    a_alone, b_alone = int((right_a & apart).sum()), int((right_b & apart).sum())
    return Disagreement(
        names,
        len(apart),
        int(known.sum()),
        share(int(apart.sum()), len(apart)) if both.has_classes else None,
        int(apart.sum()),
        a_alone,
        b_alone,
        int((apart & known).sum()) - a_alone - b_alone if both.has_classes else 0,
        mcnemar(a_alone, b_alone),
        mean_interval(losses, np.random.default_rng([run.seed, 71])),
        both.distance,
        both.strongest(difference, right_a & ~right_b, most),
        both.strongest(-difference, right_b & ~right_a, most),
        _words(texts, apart, run, orders, most),
    )


def _of_truth(mean: Floats, codes: NDArray[np.intp]) -> Floats:
    return np.asarray(mean[np.arange(len(mean)), np.maximum(codes, 0)])


def _losses(mean: Floats, truth: NDArray[np.generic]) -> Floats:
    if mean.ndim == 1:
        return np.asarray((mean - truth.astype(np.float64)) ** 2)
    return np.asarray(-np.log(np.maximum(_of_truth(mean, truth.astype(np.intp)), _TINY)))


@dataclass(frozen=True, slots=True)
class _Predictions:
    """What two models say of the same texts, and what is true."""

    mean_a: Floats
    mean_b: Floats
    truth: NDArray[Any]
    texts: Sequence[str | None]
    classes: tuple[str, ...]

    @property
    def has_classes(self) -> bool:
        return self.mean_a.ndim == 2

    @property
    def known(self) -> NDArray[np.bool_]:
        return np.asarray(self.truth >= 0 if self.has_classes else np.isfinite(self.truth))

    @property
    def apart(self) -> NDArray[np.bool_]:
        """Where the classes differ, or the fifth of the values that lie furthest apart."""
        if self.has_classes:
            return np.asarray(self.mean_a.argmax(axis=1) != self.mean_b.argmax(axis=1))
        gap = np.abs(self.mean_a - self.mean_b)
        return np.asarray((gap > 0) & (gap >= np.quantile(gap, 1 - _FAR_SHARE)))

    @property
    def difference(self) -> Floats:
        """How much more the first model gives the truth, or predicts."""
        if not self.has_classes:
            return np.asarray(self.mean_a - self.mean_b)
        codes = self.truth.astype(np.intp)
        return np.asarray(_of_truth(self.mean_a, codes) - _of_truth(self.mean_b, codes))

    @property
    def distance(self) -> float:
        gap = np.abs(self.mean_a - self.mean_b)
        return float(gap.sum(axis=1).mean() / 2 if self.has_classes else gap.mean())

    def right(self, mean: Floats) -> NDArray[np.bool_]:
        """Return where a model's class is the true one; nowhere for regression."""
        if not self.has_classes:
            return np.zeros(len(mean), dtype=bool)
        return np.asarray(mean.argmax(axis=1) == self.truth)

    def strongest(
        self, difference: Floats, is_alone: NDArray[np.bool_], most: int
    ) -> tuple[DisagreeingText, ...]:
        """Return the texts with the greatest differences, of classes those where one `is_alone`."""
        wanted = is_alone if self.has_classes else difference > 0
        order = np.argsort(-difference, kind="stable")
        return tuple(self._tell(int(row)) for row in order[wanted[order]][:most])

    def _tell(self, row: int) -> DisagreeingText:
        text, truth = self.texts[row] or "", self.truth[row]
        if not self.has_classes:
            a, b = float(self.mean_a[row]), float(self.mean_b[row])
            words = (number(float(truth)), number(a), number(b))
            return DisagreeingText(row, text, *words, a, b, a - b)
        a, b = float(self.mean_a[row, truth]), float(self.mean_b[row, truth])
        codes = (int(truth), int(self.mean_a[row].argmax()), int(self.mean_b[row].argmax()))
        truth_label, label_a, label_b = (self._label(code) for code in codes)
        return DisagreeingText(row, text, truth_label, label_a, label_b, a, b, a - b)

    def _label(self, code: int) -> str:
        return self.classes[code] if code < len(self.classes) else str(code)


def _words(
    texts: Sequence[str | None], apart: NDArray[np.bool_], run: Run, orders: int, most: int
) -> tuple[DistinctiveNgram, ...]:
    """Return what marks the texts that lie apart, against all others."""
    if not apart.any() or apart.all():
        return ()
    groups = np.where(apart, _APART, "together").astype(object)
    found = distinctive_ngrams(texts, groups, run, orders, most)
    return next((group.ngrams for group in found if group.group == _APART), ())
