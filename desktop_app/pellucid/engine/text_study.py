"""What is known of the columns of texts of a table, and of how a model reads them."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from pellucid.core.errors import UserError
from pellucid.core.run import Run
from pellucid.data.types import Profile
from pellucid.engine.columns import groups_of, part_of, sampled, texts_of
from pellucid.engine.loading import AnyFit
from pellucid.engine.stores import read_beside, write_beside
from pellucid.facts.corpora import TextReading, TextStudy
from pellucid.models.fit import Fit

if TYPE_CHECKING:
    from pellucid.data.table import Table

_CORPORA_FORMAT = 1
MOST_COLUMNS = 12
"""Columns of texts that are described; of the first `MOST_CLUSTERED` the topics are told too."""
MOST_CLUSTERED = 3
MOST_READ, MOST_CHARACTERS = 5_000, 1_000_000
"""Texts of a column that are read at most, and the characters in them."""
MOST_VECTORS = 1_000
MOST_VECTOR_WORDS = 30_000
"""Texts, and words in them, that a language model reads for the topics of a column."""
_MOST_JUDGED = 2_000
_TAGS = {"read": 97, "vectors": 98, "test": 99}


@dataclass(frozen=True, slots=True)
class _Corpora:
    """What is kept beside a store."""

    texts: tuple[TextStudy, ...]


def corpora_of(
    table: Table, profile: Profile, fit: AnyFit | None, run: Run
) -> tuple[TextStudy, ...]:
    """Describe the columns of texts, from beside the store where that was done already.

    With a fit, those that it reads, by the groups of its target; else all, by the column that is
    most worth predicting. At most `MOST_READ` texts of a column are read, drawn by the seed.
    """
    columns = _text_columns(table, fit)
    if not columns:
        return ()
    by = fit.summary.task.target if fit else _grouping(profile)
    parts = _parts(fit, table)
    encoder = fit.summary.options.encoder if fit else None
    about: list[Any] = [columns, by, encoder, run.seed, _has_offline()]
    if parts is not None:
        about.append(hashlib.sha256("".join(part[0] for part in parts).encode()).hexdigest())
    digest = hashlib.sha256(json.dumps(about).encode()).hexdigest()[:16]
    cached = table.store.with_suffix(f".corpora-{_CORPORA_FORMAT}-{digest}")
    known = read_beside(_Corpora, cached)
    if known is None:
        found = _described(table, columns, by, parts, encoder, run)
        known = _Corpora(found)
        write_beside(known, cached)
    return known.texts


def _text_columns(table: Table, fit: AnyFit | None) -> list[str]:
    if fit is None:
        names = [column.name for column in table.columns if column.kind == "text"]
    elif isinstance(fit, Fit):
        terms = sorted(fit.model.texts, key=lambda term: -term.importance)
        read = {name for name, kind in fit.summary.task.features if kind == "text"}
        names = [term.column for term in terms]
        names += [name for name, _ in fit.summary.task.features if name in read - set(names)]
    else:
        names = [fit.model.column]
    there = {column.name for column in table.columns}
    return [name for name in names if name in there][:MOST_COLUMNS]


def _grouping(profile: Profile) -> str:
    """Return the column whose groups of rows are worth comparing; empty for none."""
    from pellucid.models.targets import suggest_targets

    kinds = {column.name: column for column in profile.columns}
    for name, _ in suggest_targets(profile):
        column = kinds[name]
        if column.kind in ("category", "boolean") and 2 <= column.distinct <= 8:
            return name
    return ""


def _has_offline() -> bool:
    from pellucid.encoders.offline import offline_folder

    return offline_folder() is not None


def _parts(fit: AnyFit | None, table: Table) -> list[str] | None:
    """Return "learnt", "test" or "out" for each row, where the fit knows the table's rows."""
    if fit is None or fit.split is None or len(fit.split.part) != table.rows:
        return None
    if fit.summary.source_fingerprint not in ("", table.source.fingerprint):
        return None
    names = {0: "learnt", 1: "learnt", 2: "test"}
    return [names.get(part, "out") for part in fit.split.part.tolist()]


def _described(
    table: Table, columns: list[str], by: str, parts: list[str] | None,
    encoder: str | None, run: Run,
) -> tuple[TextStudy, ...]:  # fmt: skip
    from pellucid.facts.corpora import study_texts

    there = by in {column.name for column in table.columns}
    labels = groups_of(table, by) if there else None
    found = []
    for place, column in enumerate(columns):
        texts = texts_of(table, column)
        known = [row for row, text in enumerate(texts) if text]
        rows = sampled(known, _most(texts), run.seed, _TAGS["read"])
        groups = None if labels is None else labels[rows]
        study = study_texts(
            column, [texts[row] or "" for row in rows], (len(texts), len(texts) - len(known)), run,
            groups, by, None if parts is None else [parts[row] for row in rows],
        )  # fmt: skip
        if place < MOST_CLUSTERED:
            study = _with_topics(study, texts, rows, labels, encoder, run)
        found.append(study)
    return tuple(found)


def _most(texts: list[str | None]) -> int:
    """Return how many texts to read, so that long ones take no longer than short ones."""
    lengths = [len(text) for text in texts if text]
    mean = max(1.0, sum(lengths) / max(1, len(lengths)))
    return int(min(MOST_READ, max(500, MOST_CHARACTERS / mean)))


def _with_topics(
    study: TextStudy, texts: list[str | None], rows: list[int],
    labels: NDArray[np.object_] | None, encoder: str | None, run: Run,
) -> TextStudy:  # fmt: skip
    """Add topics, from no more texts than a language model reads in a few seconds."""
    from pellucid.data.tokens import words_of
    from pellucid.encoders.cache import embed
    from pellucid.encoders.choosing import NONE, choose_encoder
    from pellucid.facts.corpora import with_topics
    from pellucid.models.texts import EncoderNote

    mean = max(1.0, (study.lengths.low + 2 * study.lengths.median + study.lengths.high) / 4)
    most = int(min(MOST_VECTORS, max(200, MOST_VECTOR_WORDS / mean)))
    chosen = sampled(rows, most, run.seed, _TAGS["vectors"])
    told = [texts[row] or "" for row in chosen]
    if len(set(told)) < 50:
        return study
    words = [words_of(text) for text in told]
    run.progress("Loading the encoder")
    try:
        loaded = choose_encoder(encoder, words, run)
    except UserError:  # the encoder of the fit is gone: its words are still there
        loaded = choose_encoder(NONE, words, run)
    info = loaded.info
    note = EncoderNote(info.name, info.key, info.is_language_model)
    groups = None if labels is None else labels[chosen]
    return with_topics(study, told, embed(told, loaded, run), note, run, groups)


def readings_of(fit: Fit, table: Table, run: Run) -> tuple[TextReading, ...]:
    """Say how a model reads its texts, and how much of the test texts it has no score for."""
    from pellucid.models.texts import EMPTY_CELL

    found = []
    test = part_of(fit, table, "test")
    rows = sampled(test.rows.tolist(), _MOST_JUDGED, run.seed, _TAGS["test"])
    there = {column.name for column in table.columns}
    for term in fit.model.texts:
        reading = TextReading(term.column, term.orders, len(term.ngrams), term.encoder)
        if test.part == "test" and term.column in there:
            run.progress(f"Looking for unseen words in {term.column}")
            run.check()
            texts = texts_of(table, term.column)
            cells = term.occurrences_in([texts[row] for row in rows]).cells
            met = int((cells != EMPTY_CELL).sum())
            unseen = int((cells == term.unseen_cell).sum())
            share = unseen / met if met else float("nan")
            reading = replace(reading, unseen=share, test_texts=len(rows))
        found.append(reading)
    return tuple(found)
