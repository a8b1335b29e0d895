"""Where files live: settings, cache, state and the bundled resources; and how they are written."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import platformdirs

from pellucid.core.errors import UserError

HOME_VARIABLE = "PELLUCID_HOME"


def _place(name: str, default: str) -> Path:
    home = os.environ.get(HOME_VARIABLE)
    place = Path(home) / name if home else Path(default)
    place.mkdir(mode=0o700, parents=True, exist_ok=True)
    return place


def config_dir() -> Path:
    """Return the folder of settings, made with mode 0700; `PELLUCID_HOME` overrides its parent."""
    return _place("config", platformdirs.user_config_dir("pellucid", appauthor=False))


def cache_dir() -> Path:
    """Return the folder of what can be made again (tables read, spools); it holds user data."""
    return _place("cache", platformdirs.user_cache_dir("pellucid", appauthor=False))


def state_dir() -> Path:
    """Return the folder of recent files, unsaved work and logs."""
    return _place("state", platformdirs.user_state_dir("pellucid", appauthor=False))


def resource(name: str) -> Path:
    """Return the path of a bundled resource, for example `samples/penguins.csv`.

    Looks into the installed package first, then into the source tree.
    """
    package = Path(__file__).resolve().parents[1]
    for root in (package / "resources", package.parents[1] / "resources"):
        if (root / name).exists():
            return root / name
    raise UserError(
        f"The bundled file {name} is missing from this installation",
        "Install Pellucid again; `pellucid self-test` then checks that it is whole.",
    )


@contextmanager
def whole_file(path: Path) -> Iterator[Path]:
    """Yield a temporary path beside `path` that replaces it when the block succeeds.

    The file at `path` therefore appears whole or not at all. Raises `UserError` where the folder
    is missing or cannot be written to.
    """
    if not path.parent.is_dir():
        raise UserError(
            f"The folder {path.parent} does not exist", "Make it, or choose another place to write."
        )
    if path.is_dir():
        raise UserError(f"{path} is a folder", "Give the name of a file to write.")
    try:
        handle, name = tempfile.mkstemp(path.suffix, f".{path.name}.", path.parent)
    except OSError as error:
        raise UserError(
            f"Cannot write in {path.parent}: {error.strerror}", "Choose another place to write."
        ) from error
    os.close(handle)
    temporary = Path(name)
    try:
        yield temporary
        temporary.chmod(0o666 & ~_umask())
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)


def _umask() -> int:
    mask = os.umask(0o077)
    os.umask(mask)
    return mask
