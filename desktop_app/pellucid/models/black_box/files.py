"""A transformer's fit as one file: a zip of JSON, the split, and the folder of weights as it is.

Nothing in the file is executed or unpickled. Weights are unpacked once, into the cache.
"""

from __future__ import annotations

import io
import json
import re
import shutil
import tempfile
import zipfile
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from pellucid.core.errors import UserError
from pellucid.core.paths import cache_dir, whole_file
from pellucid.core.values import from_json, to_json
from pellucid.data.types import Split
from pellucid.encoders.hashes import digest_of, sha256_of
from pellucid.models.black_box.box import BlackBox, BlackBoxFit
from pellucid.models.files import foreign, opened
from pellucid.models.types import FitSummary, Task

FORMAT = "pellucid fit"
KIND = "transformer"
VERSION = 2
_MANIFEST = "fit.json"
_SPLIT = "split.npy"
_WEIGHTS = "weights/"
_NAME = re.compile(r"[A-Za-z0-9_][\w.-]{0,200}\.(safetensors|json|txt|model)", re.ASCII)
_MOST_FILES = 200
_LARGEST_MANIFEST = 10_000_000
_EPOCH = (1980, 1, 1, 0, 0, 0)
_DAMAGE = (KeyError, TypeError, ValueError, IndexError, AttributeError, EOFError, zlib.error,
           RuntimeError, zipfile.BadZipFile)  # fmt: skip


def is_black_box(path: Path) -> bool:
    """Return whether a file holds a transformer; False for any other file, and for none."""
    try:
        with zipfile.ZipFile(path) as archive:
            return bool(_manifest(archive, path).get("kind") == KIND)
    except (OSError, UserError, *_DAMAGE):
        return False


def save_black_box(fit: BlackBoxFit, path: Path) -> None:
    """Write `fit` with its weights to `path`, whole or not at all; the same fit, the same bytes.

    Raises `UserError` where the folder of weights cannot be read.
    """
    files = _weight_files(fit.model.folder)
    described = {
        "format": FORMAT,
        "kind": KIND,
        "version": VERSION,
        "task": to_json(fit.model.task),
        "column": fit.model.column,
        "summary": to_json(fit.summary),
        "files": {file.name: [file.stat().st_size, sha256_of(file)] for file in files},
    }
    if fit.split is not None:
        described["split_seed"] = fit.split.seed
    text = json.dumps(described, ensure_ascii=False, allow_nan=False).encode()
    with whole_file(path) as temporary, zipfile.ZipFile(temporary, "w") as archive:
        archive.writestr(_entry(_MANIFEST), text)
        if fit.split is not None:
            stream = io.BytesIO()
            np.lib.format.write_array(stream, fit.split.part, allow_pickle=False)
            archive.writestr(_entry(_SPLIT), stream.getvalue())
        for file in files:
            entry = _entry(_WEIGHTS + file.name)
            entry.file_size = file.stat().st_size
            with file.open("rb") as source, archive.open(entry, "w") as to:
                shutil.copyfileobj(source, to, 1 << 20)


def load_black_box(path: Path) -> BlackBoxFit:
    """Read what `save_black_box` wrote; the weights are unpacked into the cache the first time.

    Raises `UserError` for a file that is missing, damaged, of another kind, or newer than this
    program.
    """
    with opened(path) as archive:
        return _load(archive, path)


def _load(archive: zipfile.ZipFile, path: Path) -> BlackBoxFit:
    try:
        manifest = _manifest(archive, path)
        if manifest.get("kind") != KIND:
            raise UserError(
                f"{path.name} holds no transformer", "Choose the file of a transformer's fit."
            )
        task = from_json(Task, manifest["task"])
        column = str(manifest["column"])
        summary = from_json(FitSummary, manifest["summary"])
        split = _split(archive, manifest)
        folder = _unpacked(archive, manifest["files"])
    except _DAMAGE as error:
        raise _damaged(path) from error
    return BlackBoxFit(BlackBox(task, column, folder), summary, split)


def _manifest(archive: zipfile.ZipFile, path: Path) -> Mapping[str, Any]:
    names = archive.namelist()
    if _MANIFEST not in names or archive.getinfo(_MANIFEST).file_size > _LARGEST_MANIFEST:
        raise foreign(path)
    manifest = json.loads(archive.read(_MANIFEST))
    if not isinstance(manifest, dict) or manifest.get("format") != FORMAT:
        raise foreign(path)
    if manifest["version"] > VERSION:
        raise UserError(
            f"{path.name} was written by a newer Pellucid", "Install the newest version to open it."
        )
    return manifest


def _split(archive: zipfile.ZipFile, manifest: Mapping[str, Any]) -> Split | None:
    if _SPLIT not in archive.namelist():
        return None
    stream = io.BytesIO(archive.read(_SPLIT))
    part = np.lib.format.read_array(stream, allow_pickle=False)
    return Split(part.astype(np.int8), int(manifest["split_seed"]))


def _unpacked(archive: zipfile.ZipFile, files: Mapping[str, Any]) -> Path:
    """Return the folder of the weights, unpacked and held to their hashes if it is not there.

    Raises `ValueError` for names that are not plain files of weights, JSON or text, and for
    contents other than the manifest says; the archive's entries are stored, so none can swell.
    """
    if not 0 < len(files) <= _MOST_FILES or not all(_NAME.fullmatch(name) for name in files):
        raise ValueError("the weights have names that are not allowed")
    sizes = {name: int(size) for name, (size, _) in files.items()}
    key = digest_of([f"{name} {size} {digest}" for name, (size, digest) in sorted(files.items())])
    place = cache_dir() / "models" / key
    if all(_size(place / name) == size for name, size in sizes.items()):
        return place
    place.parent.mkdir(parents=True, exist_ok=True)
    temporary = Path(tempfile.mkdtemp(prefix=".unpacking-", dir=place.parent))
    try:
        for name, (size, digest) in files.items():
            _extract(archive, name, int(size), temporary / name)
            if sha256_of(temporary / name) != digest:
                raise ValueError(f"{name} is not what it was")
        shutil.rmtree(place, ignore_errors=True)
        temporary.rename(place)
    finally:
        shutil.rmtree(temporary, ignore_errors=True)
    return place


def _extract(archive: zipfile.ZipFile, name: str, size: int, to: Path) -> None:
    entry = archive.getinfo(_WEIGHTS + name)
    if entry.compress_type != zipfile.ZIP_STORED or entry.file_size != size:
        raise ValueError(f"{name} is not stored as it was written")
    with archive.open(entry) as source, to.open("wb") as target:
        shutil.copyfileobj(source, target, 1 << 20)


def _weight_files(folder: Path) -> list[Path]:
    found = sorted(f for f in folder.glob("*") if f.is_file() and _NAME.fullmatch(f.name))
    if not any(file.suffix == ".safetensors" for file in found):
        raise UserError(
            f"The weights of the model are no longer in {folder}",
            "Fit again, or restore the folder.",
        )
    return found


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, _EPOCH)
    entry.compress_type = zipfile.ZIP_STORED
    return entry


def _size(path: Path) -> int:
    return path.stat().st_size if path.is_file() else -1


def _damaged(path: Path) -> UserError:
    return UserError(
        f"{path.name} is a damaged model file", "Fit again, or restore it from a copy."
    )
