"""Scores of a transformer's own pieces of a text: by gradients, along a path, by attention."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pellucid.core.run import Run
from pellucid.encoders.devices import free_memory, is_out_of_memory, too_small
from pellucid.explain.tokens.encoded import Encoded, encode
from pellucid.explain.tokens.recording import attentions_of, gradients_along
from pellucid.models.black_box.classifier import SequenceClassifier

Floats = NDArray[np.float64]

FIRST_STEPS, MOST_STEPS = 32, 256
_TOLERANCE, _LEAST = 0.01, 1e-3


@dataclass(frozen=True, slots=True)
class PieceScores:
    """What each piece of a text, (piece, start, end), adds to each output on the link scale.

    Each piece is exactly `text[start:end]`; pieces are in order and do not overlap. `scores` is
    (pieces, C), NaN for outputs that were not asked for; all else is (C,). `full` is the margin and
    `base` where the scores start from: the margin of the baseline for integrated gradients. `frame`
    is the share of the special tokens around the text, which no piece shows. `gap` is full - base -
    frame - sum of scores, None where a method promises no such sum.
    """

    pieces: tuple[tuple[str, int, int], ...]
    scores: Floats
    base: Floats
    full: Floats
    frame: Floats
    gap: Floats | None
    note: str


def gradient_x_input(
    classifier: SequenceClassifier, text: str, outputs: Sequence[int] | None = None
) -> PieceScores:
    """Return the gradient of each margin at the pieces' embeddings, times those embeddings.

    `outputs` are places in `classifier.outputs`, None for all. `base` is what the linear
    approximation leaves over: its value where every embedding is zero.

    Source: Shrikumar et al. (2016), arXiv:1605.01713; Denil et al. (2014), arXiv:1412.6815.
    """
    coded = encode(classifier, text)
    wanted = _wanted(classifier, outputs)
    embedded, _ = _embeddings(classifier, coded)
    full = _at(classifier, coded, embedded)
    gradients = _gradients(classifier, coded, embedded[None], wanted)[0]
    scores, frame = coded.gathered(_times(gradients, embedded))
    base = full - frame - scores.sum(axis=0)
    return PieceScores(coded.pieces, scores, base, full, frame, None, coded.note)


def integrated_gradients(
    classifier: SequenceClassifier,
    text: str,
    run: Run = Run(),  # noqa: B008 - it is frozen
    outputs: Sequence[int] | None = None,
    steps: int | None = None,
) -> PieceScores:
    """Return the gradients integrated from the baseline to the text, times the way between.

    The baseline is the same text with every piece masked (the tokenizer's mask token, else its
    padding), the special tokens left in place, so that these have no share. Gauss-Legendre points,
    `FIRST_STEPS` doubled until every gap is below 1% of the way or `MOST_STEPS`; just `steps` where
    given. `outputs` are places in `classifier.outputs`, None for all.

    Source: Sundararajan, Taly and Yan (2017), "Axiomatic attribution for deep networks", ICML.
    """
    coded = encode(classifier, text)
    wanted = _wanted(classifier, outputs)
    embedded, baseline = _embeddings(classifier, coded)
    full, base = (_at(classifier, coded, place) for place in (embedded, baseline))
    size = steps or FIRST_STEPS
    while True:
        run.progress("Integrating gradients", steps=size)
        gradients = _integral(classifier, coded, (baseline, embedded), wanted, size, run)
        scores, frame = coded.gathered(_times(gradients, embedded - baseline))
        gap = full - base - frame - scores.sum(axis=0)
        is_close = _is_close(gap[wanted], (full - base)[wanted])
        if steps or is_close or size >= MOST_STEPS:
            break
        size *= 2
    notes = [coded.note, "" if is_close else f"The gap stayed above 1% after {size} steps."]
    note = " ".join(part for part in notes if part)
    return PieceScores(coded.pieces, scores, base, full, frame, gap, note)


def attention_rollout(classifier: SequenceClassifier, text: str) -> PieceScores:
    """Return how much attention reaches each piece through all layers, as shares of 1.

    Heads are averaged, half of each layer passes by its attention, and the layers are multiplied;
    read where the classifier reads. Shares have no sign, are the same for every output, and say
    nothing about the margin: they and `frame` sum to 1, whatever it is.

    Source: Abnar and Zuidema (2020), "Quantifying attention flow in transformers", ACL.
    """
    coded = encode(classifier, text)
    full = _at(classifier, coded, _embeddings(classifier, coded)[0])
    shares = _shares(classifier, attentions_of(classifier, coded.ids))
    values = np.repeat(shares[:, None], len(full), axis=1)
    scores, frame = coded.gathered(values)
    return PieceScores(coded.pieces, scores, np.zeros_like(full), full, frame, None, coded.note)


def rollout(layers: Floats) -> Floats:
    """Return the attention that flows through `layers` (layers, heads, tokens, tokens).

    Row i of the result (tokens, tokens) says where what is read at token i comes from; it sums
    to 1.
    """
    size = layers.shape[-1]
    flow = np.eye(size)
    for layer in layers.mean(axis=1):
        mixed = layer + np.eye(size)
        flow = mixed / mixed.sum(axis=1, keepdims=True) @ flow
    return flow


def _wanted(classifier: SequenceClassifier, outputs: Sequence[int] | None) -> list[int]:
    return list(outputs) if outputs is not None else list(range(len(classifier.outputs)))


def _embeddings(classifier: SequenceClassifier, coded: Encoded) -> tuple[Floats, Floats]:
    """Return the tokens' embeddings and those of the baseline, each (tokens, d)."""
    import torch

    tokenizer = classifier.tokenizer
    stand_in = tokenizer.mask_token_id
    stand_in = tokenizer.pad_token_id if stand_in is None else stand_in
    masked = np.where(coded.owners >= 0, stand_in, coded.ids)
    layer = classifier.model.get_input_embeddings()
    rows = torch.from_numpy(np.stack([coded.ids, masked])).to(classifier.device.name)
    with torch.inference_mode():
        embedded, baseline = layer(rows).cpu().double().numpy()
    return embedded, baseline


def _at(classifier: SequenceClassifier, coded: Encoded, embedded: Floats) -> Floats:
    """Return the margins (C,) where the tokens have the embeddings (tokens, d)."""
    margins, _ = gradients_along(classifier, coded.ids, embedded[None], ())
    return np.asarray(margins[0])


def _integral(
    classifier: SequenceClassifier,
    coded: Encoded,
    ends: tuple[Floats, Floats],
    wanted: list[int],
    steps: int,
    run: Run,
) -> Floats:
    """Return the mean gradient (C, tokens, d) along the straight way between two embeddings."""
    points, weights = np.polynomial.legendre.leggauss(steps)
    points, weights = (points + 1) / 2, weights / 2
    total = np.zeros((len(classifier.outputs), *ends[0].shape))
    batch = max(1, classifier.device.batch_tokens // 4 // len(coded.ids))
    start = 0
    while start < steps:
        run.check()
        shares = points[start : start + batch, None, None]
        path = ends[0] + shares * (ends[1] - ends[0])
        try:
            gradients = _gradients(classifier, coded, path, wanted)
        except (MemoryError, RuntimeError) as error:
            if not is_out_of_memory(error):
                raise
            free_memory(classifier.device)
            if batch == 1:
                raise too_small("following a gradient") from error
            batch //= 2
            continue
        total += np.einsum("s,sctd->ctd", weights[start : start + batch], gradients)
        start += batch
    return total


def _gradients(
    classifier: SequenceClassifier, coded: Encoded, embedded: Floats, wanted: list[int]
) -> Floats:
    """Return gradients (n, C, tokens, d) at embeddings (n, tokens, d); NaN where not wanted."""
    found = np.full((len(embedded), len(classifier.outputs), *embedded.shape[1:]), np.nan)
    found[:, wanted] = gradients_along(classifier, coded.ids, embedded, wanted)[1]
    return found


def _times(gradients: Floats, embedded: Floats) -> Floats:
    """Return gradients (C, tokens, d) times embeddings (tokens, d), summed to (tokens, C)."""
    return np.asarray(np.einsum("ctd,td->tc", gradients, embedded))


def _is_close(gap: Floats, way: Floats) -> bool:
    return bool((np.abs(gap) <= np.maximum(_TOLERANCE * np.abs(way), _LEAST)).all())


def _shares(classifier: SequenceClassifier, layers: Floats) -> Floats:
    """Return the shares of the flow (tokens,) at the place that the classifier reads.

    That is all tokens where their mean is taken, the last where tokens see only what stands before
    them, else the first.
    """
    flow = rollout(layers)
    pooling = getattr(classifier.model.config, "classifier_pooling", "cls")
    if classifier.head is not None or pooling == "mean":
        return np.asarray(flow.mean(axis=0))
    is_left_to_right = not np.triu(layers, k=1).any()
    return np.asarray(flow[-1 if is_left_to_right else 0])
