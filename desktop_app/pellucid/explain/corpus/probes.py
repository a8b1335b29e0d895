"""Probes: what each layer of a transformer knows about the target and about other columns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pellucid.core.run import Run
from pellucid.encoders.transformer import (
    MOST_TOKENS,
    load_backbone,
    mean_over_tokens,
    most_tokens_of,
    padded,
    token_ids,
)
from pellucid.explain.corpus.network_types import ColumnProbe, LayerProbe, Probes
from pellucid.explain.corpus.paired import resampled_rows, share
from pellucid.models.types import Estimate

Floats = NDArray[np.float64]
Features = NDArray[np.float32]
Source = Path | tuple[Any, Any]
MOST_TEXTS = 2000
MOST_CLASSES = 20
FEWEST_ROWS = 40
FOLDS = 5
_FEWEST_OF_CLASS = 2 * FOLDS
_BATCH = 32
_STRENGTH = 0.003
_ALPHAS = np.logspace(0, 5, 11)


def probe_texts(
    source: Source,
    texts: Sequence[str | None],
    columns: Mapping[str, NDArray[Any]],
    run: Run,
    most: int = MOST_TEXTS,
) -> Probes:
    """Probe every layer of a transformer for every column, on a sample of the texts.

    `source` is a model's folder or (model, tokenizer). `columns` hold numbers (float, NaN missing)
    or words (object, None missing), one entry a text. At most `most` texts, drawn by `run.seed`,
    are read; empty ones take no part.
    """
    rows = np.flatnonzero([bool(text and text.strip()) for text in texts])
    if len(rows) > most:
        random = np.random.default_rng([run.seed, 81])
        rows = np.sort(random.choice(rows, most, replace=False))
    features = layer_features(source, [texts[row] or "" for row in rows.tolist()], run)
    sampled = {name: np.asarray(column)[rows] for name, column in columns.items()}
    return probe_features(features, sampled, run, len(texts))


def layer_features(source: Source, texts: Sequence[str], run: Run, batch: int = _BATCH) -> Features:
    """Return the hidden states of every layer, mean-pooled over each text's pieces.

    Shape (layers + 1, n, d); the first is the embedding layer. Texts are cut after `MOST_TOKENS`
    pieces. Read in batches of like length, with a look for a stop before each.
    """
    import torch

    model, tokenizer = _load(source)
    if getattr(model.config, "is_encoder_decoder", False):
        model = model.get_encoder()
    model.eval()
    longest = most_tokens_of(model, tokenizer, MOST_TOKENS)
    order = np.argsort([-len(text) for text in texts], kind="stable")
    device = next(model.parameters()).device
    found: Features | None = None
    for start in range(0, len(texts), batch):
        run.progress("Reading every layer", start, len(texts))
        run.check()
        rows = order[start : start + batch]
        pieces, _ = token_ids(tokenizer, [texts[row] for row in rows.tolist()], longest)
        ids, mask = (part.to(device) for part in padded(pieces, tokenizer.pad_token_id or 0))
        with torch.inference_mode():
            output = model(input_ids=ids, attention_mask=mask, output_hidden_states=True)
            pooled = [mean_over_tokens(state, mask).cpu().numpy() for state in output.hidden_states]
        if found is None:
            found = np.empty((len(pooled), len(texts), pooled[0].shape[-1]), dtype=np.float32)
        found[:, rows] = np.stack(pooled)
    return np.empty((0, 0, 0), dtype=np.float32) if found is None else found


def probe_features(
    features: Features, columns: Mapping[str, NDArray[Any]], run: Run, searched: int | None = None
) -> Probes:
    """Probe layers' features (layers, n, d) for every column, cross-validated in `FOLDS` folds.

    Columns of numbers get a ridge regression, others a logistic regression on their commonest
    `MOST_CLASSES` classes, those with fewer than ten rows left out. Each is set against the same
    probe on shuffled values. A high score says that the column can be read off the layer in a
    straight line, not that the model uses it.

    Source: Alain and Bengio (2017), "Understanding intermediate layers using linear classifier
    probes", ICLR workshop; Hewitt and Liang (2019), "Designing and interpreting probes with
    control tasks", EMNLP.
    """
    layers, texts = features.shape[:2]
    prepared = {name: _prepare(column) for name, column in columns.items()}
    usable = {name: column for name, column in prepared.items() if column is not None}
    done, total, found = 0, layers * len(usable), []
    for tag, (name, column) in enumerate(usable.items()):
        random = np.random.default_rng([run.seed, 82, tag])
        targets = np.stack([column.values, random.permutation(column.values)])
        folds = np.stack([_deal(target, column.classes, random) for target in targets])
        resamples = resampled_rows(len(column.rows), random)
        probes = []
        for layer in range(layers):
            run.progress("Probing layers", done, total)
            run.check()
            predicted = _predict(_scaled(features[layer, column.rows]), targets, folds, column)
            real, control = map(column.judge, targets, predicted)
            probes.append(_layer_probe(name, layer, column, targets, (real, control), resamples))
            done += 1
        found.append(column.told(name, tuple(probes), texts))
    left_out = tuple(name for name, column in prepared.items() if column is None)
    return Probes(texts if searched is None else searched, texts, layers, tuple(found), left_out)


@dataclass(frozen=True, slots=True)
class _Column:
    """A column ready to be probed: `values` of `rows`, codes of `classes` or numbers."""

    rows: NDArray[np.intp]
    values: NDArray[Any]
    classes: tuple[str, ...]

    def judge(self, truth: NDArray[Any], predicted: NDArray[Any]) -> Floats:
        """Return each row's hit (1 or 0), or its squared error, shape (rows,)."""
        if self.classes:
            return np.asarray(truth == predicted, dtype=np.float64)
        return np.asarray((truth - predicted) ** 2)

    def score(self, truth: NDArray[Any], judged: Floats) -> Floats:
        """Return accuracy or R2 of judged rows, over the last axis."""
        mean = judged.mean(axis=-1)
        if self.classes:
            return np.asarray(mean)
        spread = truth.var(axis=-1)
        return np.asarray(1 - mean / np.where(spread > 0, spread, np.nan))

    def told(self, name: str, layers: tuple[LayerProbe, ...], texts: int) -> ColumnProbe:
        baseline = np.bincount(self.values).max() / len(self.rows) if self.classes else 0.0
        left = texts - len(self.rows)
        note = f"{left} of {texts} texts have no value that could be probed" if left else ""
        return ColumnProbe(
            name,
            "classes" if self.classes else "number",
            len(self.rows),
            self.classes,
            float(baseline),
            layers,
            note,
        )


def _load(source: Source) -> tuple[Any, Any]:
    if not isinstance(source, Path):
        return source
    loaded: tuple[Any, Any] = load_backbone(source)
    return loaded


def _prepare(column: NDArray[Any]) -> _Column | None:
    """Return a column as numbers or codes; None where too little is known or nothing varies."""
    if column.dtype.kind == "f":
        rows = np.flatnonzero(np.isfinite(column))
        values = column[rows].astype(np.float64)
        varies = len(rows) >= FEWEST_ROWS and values.var() > 0
        return _Column(rows, values, ()) if varies else None
    words = np.asarray(["" if v is None else str(v) for v in column.tolist()], dtype=object)
    is_known = np.asarray([v is not None for v in column.tolist()], dtype=bool)
    names, counts = np.unique(words[is_known].astype(str), return_counts=True)
    commonest = np.argsort(-counts, kind="stable")[:MOST_CLASSES]
    kept = sorted(str(names[i]) for i in commonest if counts[i] >= _FEWEST_OF_CLASS)
    codes = {name: code for code, name in enumerate(kept)}
    rows = np.flatnonzero([known and w in codes for known, w in zip(is_known, words, strict=True)])
    if len(kept) < 2 or len(rows) < FEWEST_ROWS:
        return None
    return _Column(rows, np.asarray([codes[words[row]] for row in rows]), tuple(kept))


def _deal(
    values: NDArray[Any], classes: Sequence[str], random: np.random.Generator
) -> NDArray[np.intp]:
    """Deal rows out to folds, each class (or stretch of values) evenly."""
    order = random.permutation(len(values))
    if classes:
        order = order[np.argsort(values[order], kind="stable")]
    folds = np.empty(len(values), dtype=np.intp)
    folds[order] = np.arange(len(values)) % FOLDS
    return folds


def _scaled(inputs: Features) -> Features:
    """Centre the features and give them unit variance, which uses no target."""
    spread = inputs.std(axis=0)
    return np.asarray((inputs - inputs.mean(axis=0)) / np.where(spread > 1e-6, spread, 1.0))


def _predict(
    inputs: Features, targets: NDArray[Any], folds: NDArray[np.intp], column: _Column
) -> NDArray[Any]:
    """Return what probes that did not see a row's fold predict for it, for each target.

    `targets` and `folds` are (2, n). Numbers are fitted together, in the first target's folds.
    """
    predicted = np.empty_like(targets)
    for fold in range(FOLDS):
        if column.classes:
            for target, own, out in zip(targets, folds, predicted, strict=True):
                held = own == fold
                out[held] = _logistic(inputs[~held], target[~held]).predict(inputs[held])
        else:
            held = folds[0] == fold
            probe = _ridge(inputs[~held], targets[:, ~held].T)
            predicted[:, held] = probe.predict(inputs[held]).T
    return predicted


def _logistic(inputs: Features, codes: NDArray[Any]) -> Any:
    import warnings

    from sklearn.exceptions import ConvergenceWarning
    from sklearn.linear_model import LogisticRegression

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        return LogisticRegression(C=_STRENGTH, max_iter=200, tol=1e-3).fit(inputs, codes)


def _ridge(inputs: Features, values: NDArray[Any]) -> Any:
    """Fit a ridge regression to each column of values, its penalty chosen by leaving one out."""
    from sklearn.linear_model import RidgeCV

    return RidgeCV(alphas=_ALPHAS, alpha_per_target=True).fit(inputs, values)


def _layer_probe(
    name: str,
    layer: int,
    column: _Column,
    targets: NDArray[Any],
    judged: tuple[Floats, Floats],
    resamples: NDArray[np.intp],
) -> LayerProbe:
    real, control = (float(column.score(t, j)) for t, j in zip(targets, judged, strict=True))
    draws, of_control = (
        column.score(t[resamples], j[resamples]) for t, j in zip(targets, judged, strict=True)
    )
    if column.classes:
        score = share(int(judged[0].sum()), len(judged[0]))
    else:
        score = Estimate(real, *np.nanquantile(draws, [0.025, 0.975]).tolist())
    low, high = np.nanquantile(draws - of_control, [0.025, 0.975]).tolist()
    return LayerProbe(name, layer, score, control, Estimate(real - control, low, high))
