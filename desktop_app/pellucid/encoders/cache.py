"""Embeddings that are made once: each text at most once, and kept on disk from then on."""

from __future__ import annotations

import contextlib
import dataclasses
import os
from collections.abc import Iterator, Sequence

import numpy as np

from pellucid.core.run import Progress, Run
from pellucid.encoders.store import Halves, VectorStore, files, hash_of, prune, remove
from pellucid.encoders.types import TextEncoder, Vectors

NO_CACHE_VARIABLE = "PELLUCID_NO_EMBEDDINGS_CACHE"
MOST_TEXTS = 2_048
MOST_CHARACTERS = 100_000
_LONGEST = 10_240


def embed(texts: Sequence[str], encoder: TextEncoder, run: Run, use_cache: bool = True) -> Vectors:
    """Return the vector of every text, float32 of shape (texts, dimensions), in the given order.

    Vectors are rounded to float16, whether they were kept before or not. They are kept part by
    part, so that stopped work goes on from where it was. Those of an encoder that was fitted on
    the texts at hand are not kept; nor is anything where `PELLUCID_NO_EMBEDDINGS_CACHE` is set.
    """
    places: dict[str, int] = {}
    inverse = [places.setdefault(text, len(places)) for text in texts]
    unique = list(places)
    vectors = np.zeros((len(unique), encoder.info.dimensions), dtype=np.float32)
    is_kept = use_cache and encoder.info.is_language_model
    with _store_of(encoder, is_kept and not os.environ.get(NO_CACHE_VARIABLE)) as store:
        hashes = [hash_of(text) for text in unique] if store else []
        missing = np.ones(len(unique), dtype=bool)
        for found, halves in store.read(hashes) if store else ():
            vectors[found] = halves
            missing[found] = False
        waiting = sorted(np.flatnonzero(missing).tolist(), key=lambda i: -len(unique[i]))
        done = len(unique) - len(waiting)
        for part in _parts(waiting, unique):
            run.check()
            halves = _rounded(
                encoder.encode([unique[i] for i in part], _counting(run, done, len(unique)))
            )
            vectors[part] = halves
            done += len(part)
            if store:
                store.write([hashes[i] for i in part], halves)
        if store and waiting:
            prune(store)
    return vectors if len(unique) == len(inverse) else vectors[inverse]


def embeddings_bytes() -> int:
    """Return the bytes that kept embeddings take on disk."""
    return sum(size for _, size in files())


def clear_embeddings() -> None:
    """Delete all kept embeddings; they are made again when they are needed."""
    for path, _ in files():
        remove(path)


@contextlib.contextmanager
def _store_of(encoder: TextEncoder, is_kept: bool) -> Iterator[VectorStore | None]:
    if not is_kept:
        yield None
        return
    store = VectorStore(encoder.info.key, encoder.info.dimensions)
    try:
        yield store
    finally:
        store.close()


def _parts(waiting: Sequence[int], texts: Sequence[str]) -> Iterator[list[int]]:
    """Yield parts of `waiting` that take about as long as each other."""
    part: list[int] = []
    characters = 0
    for i in waiting:
        part.append(i)
        characters += min(len(texts[i]), _LONGEST)
        if len(part) >= MOST_TEXTS or characters >= MOST_CHARACTERS:
            yield part
            part, characters = [], 0
    if part:
        yield part


def _rounded(vectors: Vectors) -> Halves:
    most = float(np.finfo(np.float16).max)
    return np.clip(vectors, -most, most).astype(np.float16)


def _counting(run: Run, before: int, total: int) -> Run:
    """Return `run` for a part of the work, which counts as part of the whole in its progress."""

    def shifted(progress: Progress) -> None:
        run.on_progress(
            dataclasses.replace(progress, done=before + (progress.done or 0), total=total)
        )

    return dataclasses.replace(run, on_progress=shifted)
