"""A fit as one file: a zip of JSON and .npy arrays, read with NumPy and the standard library.

Nothing in the file is executed or unpickled.
"""

from __future__ import annotations

import io
import json
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pellucid.core.errors import UserError
from pellucid.core.paths import whole_file
from pellucid.core.values import from_json, to_json
from pellucid.data.types import Split
from pellucid.models.additive import AdditiveModel, Axis, Term
from pellucid.models.fit import Fit
from pellucid.models.texts import EncoderNote, TextTerm
from pellucid.models.types import FitOptions, FitSummary, Scores, Seconds, Task

FORMAT = "pellucid fit"
VERSION = 2
_MANIFEST = "fit.json"
_TEXT_ARRAYS = ("bag_scores", "bag_offsets", "weights", "bag_heads", "centre")
_DAMAGE = (KeyError, TypeError, ValueError, IndexError, EOFError, zlib.error)
_EPOCH = (1980, 1, 1, 0, 0, 0)

Arrays = dict[str, NDArray[np.generic]]


def save_fit(fit: Fit, path: Path) -> None:
    """Write `fit` to `path`, whole or not at all; the same fit gives the same bytes."""
    arrays: Arrays = {}
    described = _describe(fit.model, arrays)
    described["summary"] = to_json(fit.summary)
    if fit.split is not None:
        arrays["split"] = fit.split.part
        described["split_seed"] = fit.split.seed
    _write(described, arrays, path)


def save_model(model: AdditiveModel, path: Path) -> None:
    """Write a model without what is known about it."""
    arrays: Arrays = {}
    _write(_describe(model, arrays), arrays, path)


def load_fit(path: Path) -> Fit:
    """Read what `save_fit` or `save_model` wrote; a model alone comes with an empty summary.

    Raises `UserError` for a file that is missing, damaged, of another kind, or newer than this
    program.
    """
    with opened(path) as archive:
        return _load(archive, path)


@contextmanager
def opened(path: Path) -> Iterator[zipfile.ZipFile]:
    """Open a model file; raises `UserError` for one that is missing, unreadable or no zip."""
    try:
        with zipfile.ZipFile(path) as archive:
            yield archive
    except FileNotFoundError as error:
        raise UserError(f"There is no file {path}", "Check the name of the model.") from error
    except OSError as error:
        raise UserError(f"{path} cannot be read: {error.strerror or error}") from error
    except zipfile.BadZipFile as error:
        raise foreign(path) from error


def _load(archive: zipfile.ZipFile, path: Path) -> Fit:
    try:
        return _build(*_read(archive, path))
    except (*_DAMAGE, zipfile.BadZipFile) as error:
        raise UserError(
            f"{path.name} is a damaged model file", "Fit again, or restore it from a copy."
        ) from error


def _write(described: Mapping[str, Any], arrays: Arrays, path: Path) -> None:
    manifest = {"format": FORMAT, "version": VERSION, **described}
    text = json.dumps(manifest, ensure_ascii=False, allow_nan=False)
    with (
        whole_file(path) as temporary,
        zipfile.ZipFile(temporary, "w", zipfile.ZIP_DEFLATED) as archive,
    ):
        _add(archive, _MANIFEST, text.encode())
        for name, array in arrays.items():
            stream = io.BytesIO()
            np.lib.format.write_array(stream, np.ascontiguousarray(array), allow_pickle=False)
            _add(archive, f"{name}.npy", stream.getvalue())


def _add(archive: zipfile.ZipFile, name: str, content: bytes) -> None:
    entry = zipfile.ZipInfo(name, _EPOCH)
    entry.compress_type = zipfile.ZIP_DEFLATED
    archive.writestr(entry, content, compresslevel=3)


def _read(archive: zipfile.ZipFile, path: Path) -> tuple[Mapping[str, Any], Arrays]:
    """Return the manifest and the arrays; the zip's own checksums find damage."""
    if _MANIFEST not in archive.namelist():
        raise foreign(path)
    manifest = json.loads(archive.read(_MANIFEST))
    if not isinstance(manifest, dict) or manifest.get("format") != FORMAT:
        raise foreign(path)
    if manifest["version"] > VERSION:
        raise UserError(
            f"{path.name} was written by a newer Pellucid", "Install the newest version to open it."
        )
    arrays: Arrays = {}
    for name in archive.namelist():
        if name.endswith(".npy"):
            stream = io.BytesIO(archive.read(name))
            arrays[name.removesuffix(".npy")] = np.lib.format.read_array(stream, allow_pickle=False)
    return manifest, arrays


def foreign(path: Path) -> UserError:
    """Return what is said of a file that is no model."""
    return UserError(
        f"{path.name} is not a Pellucid model", "Choose a file that `pellucid fit` has written."
    )


def _describe(model: AdditiveModel, arrays: Arrays) -> dict[str, Any]:
    """Return the model as JSON, and put its arrays into `arrays`."""
    arrays["bag_intercepts"] = model.bag_intercepts
    terms = []
    for place, term in enumerate(model.terms):
        arrays[f"{place}.scores"] = term.bag_scores
        arrays[f"{place}.weights"] = term.weights
        axes = []
        for side, axis in enumerate(term.axes):
            if axis.edges is not None:
                arrays[f"{place}.edges{side}"] = axis.edges
            described = to_json(replace(axis, edges=None))
            axes.append({key: item for key, item in described.items() if key != "_index"})
        terms.append({"name": term.name, "kind": term.kind, "axes": axes})
    texts = [_describe_text(text, place, arrays) for place, text in enumerate(model.texts)]
    return {"task": to_json(model.task), "link": model.link, "terms": terms, "texts": texts}


def _describe_text(term: TextTerm, place: int, arrays: Arrays) -> dict[str, Any]:
    """Return a term over texts as JSON; its n-grams are one array of UTF-8, with their ends."""
    encoded = [ngram.encode() for ngram in term.ngrams]
    arrays[f"text{place}.ngrams"] = np.frombuffer(b"".join(encoded), dtype=np.uint8)
    arrays[f"text{place}.ends"] = np.cumsum([len(ngram) for ngram in encoded], dtype=np.int64)
    for name in _TEXT_ARRAYS:
        array = getattr(term, name)
        if array is not None:
            arrays[f"text{place}.{name}"] = array
    return {
        "name": term.name,
        "column": term.column,
        "orders": term.orders,
        "importance": term.importance,
        "typical_normaliser": term.typical_normaliser,
        "encoder": to_json(term.encoder),
    }


def _build(manifest: Mapping[str, Any], arrays: Arrays) -> Fit:
    task = from_json(Task, manifest["task"])
    terms = []
    for place, described in enumerate(manifest["terms"]):
        axes = tuple(
            replace(from_json(Axis, axis), edges=_floats(arrays, f"{place}.edges{side}"))
            for side, axis in enumerate(described["axes"])
        )
        bag_scores = np.asarray(arrays[f"{place}.scores"], dtype=np.float64)
        weights = np.asarray(arrays[f"{place}.weights"], dtype=np.float64)
        if bag_scores.shape[1:-1] != tuple(axis.size for axis in axes):
            raise ValueError("a table does not fit its axes")
        terms.append(
            Term(
                described["name"], described["kind"], axes, bag_scores.mean(axis=0), bag_scores,
                weights,
            )
        )  # fmt: skip
    texts = tuple(
        _build_text(described, place, arrays)
        for place, described in enumerate(manifest.get("texts", ()))
    )
    intercepts = np.asarray(arrays["bag_intercepts"], dtype=np.float64)
    model = AdditiveModel(
        task, manifest["link"], intercepts.mean(axis=0), intercepts, tuple(terms), texts
    )
    summary = manifest.get("summary")
    split = None
    if "split" in arrays:
        split = Split(arrays["split"].astype(np.int8), int(manifest["split_seed"]))
    return Fit(model, from_json(FitSummary, summary) if summary else empty_summary(model), split)


def _build_text(described: Mapping[str, Any], place: int, arrays: Arrays) -> TextTerm:
    content = arrays[f"text{place}.ngrams"].astype(np.uint8).tobytes()
    ends = arrays[f"text{place}.ends"].astype(np.int64).tolist()
    ngrams = tuple(content[a:b].decode() for a, b in zip([0, *ends], ends, strict=False))
    found = {name: _floats(arrays, f"text{place}.{name}") for name in _TEXT_ARRAYS}
    bag_scores, bag_offsets, weights = (found[name] for name in _TEXT_ARRAYS[:3])
    if bag_scores is None or bag_offsets is None or weights is None:
        raise ValueError("a term over texts is not whole")
    if bag_scores.shape[1] != len(ngrams) + 2 or len(weights) != len(ngrams) + 2:
        raise ValueError("a table does not fit its n-grams")
    encoder = described["encoder"]
    return TextTerm(
        name=described["name"],
        column=described["column"],
        ngrams=ngrams,
        orders=int(described["orders"]),
        scores=bag_scores.mean(axis=0),
        bag_scores=bag_scores,
        weights=weights,
        offset=bag_offsets.mean(axis=0),
        bag_offsets=bag_offsets,
        importance=float(described["importance"]),
        typical_normaliser=float(described["typical_normaliser"]),
        encoder=from_json(EncoderNote, encoder) if encoder else None,
        bag_heads=found["bag_heads"],
        centre=found["centre"],
    )


def _floats(arrays: Arrays, name: str) -> NDArray[np.float64] | None:
    return np.asarray(arrays[name], dtype=np.float64) if name in arrays else None


def empty_summary(model: AdditiveModel) -> FitSummary:
    """Return the summary of a model about which nothing is known but itself."""
    return FitSummary(
        model.task, FitOptions(model.task.target), {}, (), model.bags, model.bags,
        Seconds(float("nan"), float("nan")), Scores("additive", {}, "none"), (), (),
    )  # fmt: skip
