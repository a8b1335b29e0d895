"""What a user can copy into a bug report after the engine ended."""

from __future__ import annotations

import platform
from importlib import metadata

from pellucid import __version__
from pellucid.core.paths import state_dir

_TAIL_BYTES = 4000
_PARTS = ("PySide6-Essentials", "duckdb", "numpy", "interpret-core", "scikit-learn")


def crash_details(message: str) -> str:
    """Return the message, the versions, and the end of the engine's log."""
    versions = [f"pellucid {__version__}", f"Python {platform.python_version()}"]
    for part in _PARTS:
        try:
            versions.append(f"{part} {metadata.version(part)}")
        except metadata.PackageNotFoundError:
            versions.append(f"{part} absent")
    return "\n".join([message, ", ".join(versions), platform.platform(), "", _log_tail()])


def _log_tail() -> str:
    logs = sorted(state_dir().glob("**/*.log"), key=lambda path: path.stat().st_mtime)
    if not logs:
        return "The engine left no log."
    with logs[-1].open("rb") as log:
        log.seek(0, 2)
        log.seek(max(0, log.tell() - _TAIL_BYTES))
        return log.read().decode("utf-8", "replace")
