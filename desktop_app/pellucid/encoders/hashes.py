"""SHA-256 of files, remembered for as long as a file keeps its size and its time of change."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from pellucid.core.paths import cache_dir, whole_file

MOST_REMEMBERED = 500


def sha256_of(path: Path) -> str:
    """Return the SHA-256 of a file's bytes in hex; reads the file only if it may have changed."""
    place = path.resolve()
    stat = place.stat()
    mark = [stat.st_size, stat.st_mtime_ns]
    known = _remembered().get(str(place))
    if known is not None and known[:2] == mark:
        return str(known[2])
    with place.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    _remember(str(place), [*mark, digest])
    return digest


def digest_of(parts: list[str]) -> str:
    """Return one SHA-256 in hex over several strings, in order."""
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def _store() -> Path:
    return cache_dir() / "hashes.json"


def _remembered() -> dict[str, list[int | str]]:
    try:
        known = json.loads(_store().read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    if not isinstance(known, dict):
        return {}
    return {k: v for k, v in known.items() if isinstance(v, list) and len(v) == 3}


def _remember(place: str, entry: list[int | str]) -> None:
    known = _remembered()
    known.pop(place, None)
    known[place] = entry
    latest = dict(list(known.items())[-MOST_REMEMBERED:])
    with whole_file(_store()) as temporary:
        temporary.write_text(json.dumps(latest), encoding="utf-8")
