"""Jobs about a column of texts as a whole: what is in it, its map, and what is near a text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from pellucid.core.errors import UserError
from pellucid.core.run import Run
from pellucid.data.scripts import scripts_of, token_unit
from pellucid.data.tokens import words_of
from pellucid.engine.columns import groups_of, part_of, sampled, texts_of
from pellucid.engine.last_layers import layer_over
from pellucid.engine.loading import AnyFit, AnyModel, load_any
from pellucid.engine.stores import load_store
from pellucid.engine.texts import column_of, scorer_of
from pellucid.explain.corpus.views import (
    CorpusView,
    InfluentialRow,
    NearText,
    NeighbourView,
    TextMapView,
    VectorsNote,
)
from pellucid.models.additive import AdditiveModel
from pellucid.models.encoder_notes import encoder_folder

if TYPE_CHECKING:
    from pellucid.encoders.types import TextEncoder, Vectors
    from pellucid.explain.corpus.types import Clusters

MOST_TEXTS = 5_000
"""Texts that get a vector; a corpus of more is sampled."""
_TRAINED = 2_000
_DUPLICATES_LISTED = 50
_TAGS = {"vectors": 95, "neighbours": 96}


def corpus(
    run: Run,
    store: str,
    column: str,
    by: str | None = None,
    fit: str | None = None,
    encoder: str | None = None,
) -> CorpusView:
    """Describe a column of texts; with a `fit`, duplicates across its parts are counted too."""
    from pellucid.explain.corpus.clusters import cluster_texts
    from pellucid.explain.corpus.distinctive import distinctive_ngrams
    from pellucid.explain.corpus.duplicates import near_duplicates

    with load_store(store) as table:
        texts = texts_of(table, column)
        groups = groups_of(table, by) if by is not None else None
        parts = _parts(load_any(Path(fit)), table.rows) if fit else None
    run.progress("Counting words")
    lengths = np.array([len(words_of(text)) if text else 0 for text in texts], dtype=np.intp)
    spoken = lengths[lengths > 0]
    distinctive = distinctive_ngrams(texts, groups, run) if groups is not None else ()
    run.progress("Looking for duplicates")
    duplicates = near_duplicates(texts, run, seed=run.seed, parts=parts)
    rows, vectors, note = _vectors(texts, encoder, run)
    clusters = cluster_texts([texts[row] for row in rows.tolist()], vectors, run)
    return CorpusView(
        column,
        len(texts),
        int((lengths == 0).sum()),
        float(np.median(spoken)) if len(spoken) else 0.0,
        int(lengths.max(initial=0)),
        by,
        distinctive,
        rows,
        _with_rows(clusters, rows),
        replace(duplicates, groups=duplicates.groups[:_DUPLICATES_LISTED]),
        len(duplicates.groups),
        note,
        token_unit(scripts_of([text for text in texts if text])),
    )


def text_map(
    run: Run, store: str, column: str, by: str | None = None, encoder: str | None = None
) -> TextMapView:
    """Place texts on a map, each with its cluster and its group."""
    from pellucid.explain.corpus.clusters import cluster_texts
    from pellucid.explain.corpus.grouping import group_codes
    from pellucid.explain.corpus.text_map import map_texts

    with load_store(store) as table:
        texts = texts_of(table, column)
        groups = groups_of(table, by) if by is not None else None
    rows, vectors, note = _vectors(texts, encoder, run)
    clusters = cluster_texts([texts[row] for row in rows.tolist()], vectors, run)
    found = map_texts(vectors, run, clusters.assignment)
    found = replace(found, rows=rows[found.rows])
    names: tuple[str, ...] = ()
    codes = np.full(len(found.rows), -1, dtype=np.int32)
    if groups is not None:
        names, codes = group_codes(groups[found.rows])
    labels = tuple(cluster.label for cluster in clusters.clusters)
    return TextMapView(column, found, labels, by, names, codes, note)


def neighbours(
    run: Run,
    fit: str,
    store: str,
    text: str,
    column: str | None = None,
    most: int = 10,
    output: int | None = None,
    encoder: str | None = None,
) -> NeighbourView:
    """Find the training texts nearest to a text, and those that move its prediction most.

    `output` is the place of the margin; by default that of the likeliest class.
    """
    from pellucid.explain.corpus.influence import most_influential
    from pellucid.explain.corpus.neighbours import nearest_texts

    found = load_any(Path(fit))
    name = column_of(found.model, column)
    if not words_of(text):
        raise UserError("The text has no words, so nothing is near it", "Give a text with words.")
    trained = _trained(found, store, name, run)
    rows, told, truth = trained.rows, trained.texts, trained.truth
    vectors, note = embedded([*told, text], encoder or encoder_folder_of(found.model), run)
    query, vectors = vectors[-1], vectors[:-1]
    labels = _labels(found.model, truth)
    nearest = nearest_texts(query, vectors, most)
    scorer = scorer_of(found.model, name)
    place = int(np.argmax(scorer.margins([text])[0])) if output is None else output
    has_own = encoder is None
    layer = layer_over(
        found.model, scorer, told, vectors, query, truth, place, run, has_own_vectors=has_own
    )
    margins = layer.head.residuals.shape[1]  # one alone, of a layer for one label
    strongest = most_influential(layer.head, layer.query, place if margins > 1 else 0, run, most)
    names = found.model.output_names
    return NeighbourView(
        name,
        text,
        tuple(
            NearText(int(rows[n.row]), told[n.row], n.similarity, labels[n.row]) for n in nearest
        ),
        tuple(
            InfluentialRow(int(rows[i.row]), told[i.row], labels[i.row], i.influence, i.representer)
            for i in strongest
        ),
        names[place],
        len(rows),
        replace(note, texts=len(rows), searched=trained.known),
        layer.is_own,
        layer.agreement,
        not found.model.task.classes,
    )


@dataclass(frozen=True, slots=True)
class _Trained:
    """Training texts with words, their rows and what is true of them; `known` counts all such."""

    rows: NDArray[np.int64]
    texts: list[str]
    truth: NDArray[np.generic]
    known: int


def _trained(fit: AnyFit, store: str, column: str, run: Run) -> _Trained:
    """Return at most `_TRAINED` training texts; raises `UserError` where there are too few."""
    from pellucid.models.held_out import truth_of
    from pellucid.models.tasks import is_known

    with load_store(store) as table:
        texts = texts_of(table, column)
        truth = truth_of(fit.model.task, table)
        train = part_of(fit, table, "train").rows
    train = train[is_known(truth)[train]]
    known = [row for row in train.tolist() if words_of(texts[row] or "")]
    rows = np.array(sampled(known, _TRAINED, run.seed, _TAGS["neighbours"]), dtype=np.int64)
    if len(rows) < 2:
        raise UserError("There are no training texts with words", "Open the table of the fit.")
    return _Trained(rows, [texts[row] or "" for row in rows.tolist()], truth[rows], len(known))


def _labels(model: AnyModel, truth: NDArray[np.generic]) -> list[str]:
    from pellucid.core.numbers import number
    from pellucid.models.multilabel import joined

    classes = model.task.classes
    if truth.ndim > 1:
        held = [[classes[i] for i in np.flatnonzero(row == 1)] for row in truth]
        return [joined(labels, model.task.separator) for labels in held]
    if not classes:
        return [number(float(value)) for value in truth.tolist()]
    return [classes[code] for code in truth.astype(np.intp).tolist()]


def encoder_folder_of(model: AnyModel) -> str | None:
    """Return the folder of the encoder that a model was fitted with, if it is still there."""
    if not isinstance(model, AdditiveModel):
        return str(model.folder)
    found = encoder_folder(model)
    return str(found) if found is not None else None


def _vectors(
    texts: Sequence[str | None], encoder: str | None, run: Run
) -> tuple[NDArray[np.int64], Vectors, VectorsNote]:
    """Return the rows that get a vector, the vectors, and where they came from."""
    spoken = [row for row, text in enumerate(texts) if text and text.strip()]
    rows = np.array(sampled(spoken, MOST_TEXTS, run.seed, _TAGS["vectors"]), dtype=np.int64)
    vectors, note = embedded([texts[row] or "" for row in rows.tolist()], encoder, run)
    return rows, vectors, replace(note, searched=len(spoken))


def embedded(texts: Sequence[str], encoder: str | None, run: Run) -> tuple[Vectors, VectorsNote]:
    from pellucid.encoders.cache import embed
    from pellucid.encoders.choosing import choose_encoder

    run.progress("Loading the encoder")
    run.check()
    chosen: TextEncoder = choose_encoder(encoder, [words_of(text) for text in texts], run)
    vectors = embed(texts, chosen, run)
    info = chosen.info
    return vectors, VectorsNote(info.name, info.is_language_model, len(texts), len(texts))


def _with_rows(clusters: Clusters, rows: NDArray[np.int64]) -> Clusters:
    """Return the clusters with their typical members as rows of the table."""
    found = tuple(
        replace(one, typical=tuple(int(rows[place]) for place in one.typical))
        for one in clusters.clusters
    )
    return replace(clusters, clusters=found)


def _parts(fit: AnyFit, rows: int) -> list[str] | None:
    """Return which part of a fit each row belongs to, where its rows are those of the table."""
    if fit.split is None or len(fit.split.part) != rows:
        return None
    parts = np.full(rows, "left out", dtype=object)
    for name in ("train", "validation", "test"):
        parts[fit.split.rows(name)] = name
    return [str(part) for part in parts.tolist()]
