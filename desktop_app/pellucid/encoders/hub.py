"""The Hugging Face hub: its cache on this machine and, only when asked, the network."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from pellucid.core.errors import UserError
from pellucid.core.run import Run
from pellucid.encoders.folders import CONVERT, INDEX, WEIGHTS, require_libraries
from pellucid.encoders.quiet import quiet

WANTED = ("*.safetensors", "*.safetensors.index.json", "*.json", "*.txt", "*.model")
_ID = re.compile(r"[A-Za-z0-9_][\w.-]*(/[A-Za-z0-9_][\w.-]*)?")
_SHARD = re.compile(r"model-\d+-of-\d+\.safetensors")


def is_hub_id(name: str) -> bool:
    """Return whether `name` could be a model's id on the hub, such as `owner/model`."""
    return _ID.fullmatch(name) is not None and not name.endswith((".git", ".safetensors"))


def cached(name: str) -> Path | None:
    """Return the folder of a whole model in the hub's cache, else None; without any network."""
    require_libraries()
    from huggingface_hub import snapshot_download
    from huggingface_hub.errors import HFValidationError, LocalEntryNotFoundError

    try:
        with quiet():
            found = snapshot_download(name, local_files_only=True, allow_patterns=list(WANTED))
    except (LocalEntryNotFoundError, HFValidationError):
        return None
    folder = Path(found)
    is_whole = (folder / "config.json").is_file() and any(folder.glob("*.safetensors"))
    return folder if is_whole else None


def fetch(name: str, run: Run) -> Path:
    """Download a model's safetensors, configuration and tokenizer; return the folder.

    Reports bytes done of the total. What was downloaded is kept when the work is stopped, and the
    next call goes on from there. Raises `UserError` without a network or such a model.
    """
    from huggingface_hub import HfApi, errors, hf_hub_download

    failures = (OSError, getattr(errors, "HTTPError", OSError), errors.HFValidationError)
    run.progress(f"Asking the hub for {name}")
    try:
        with quiet():
            model = HfApi().model_info(name, files_metadata=True)
    except failures as error:
        raise _unreachable(name, error) from error
    sizes = _wanted({s.rfilename: s.size or 0 for s in model.siblings or ()}, name)
    total, done = sum(sizes.values()), 0
    folder = Path()
    for file, size in sizes.items():
        bar = _bar(run, f"Downloading {name}", done, total)
        try:
            with quiet():
                place = hf_hub_download(name, file, tqdm_class=bar)
        except failures as error:
            raise _unreachable(name, error) from error
        folder = Path(place).parent
        done += size
        run.progress(f"Downloading {name}", done, total)
        run.check()
    return folder


def _unreachable(name: str, error: Exception) -> UserError:
    from huggingface_hub.errors import GatedRepoError, HFValidationError, RepositoryNotFoundError

    if isinstance(error, GatedRepoError):
        return UserError(f"The model {name} is only given out on request", "Choose another model.")
    if isinstance(error, RepositoryNotFoundError | HFValidationError):
        return UserError(f"The hub has no open model named {name}", "Look its id up on the hub.")
    return UserError(
        f"The model {name} could not be downloaded: the hub cannot be reached",
        "Connect to the network and try again, or give a folder that holds the model.",
    )


def _wanted(sizes: dict[str, int], name: str) -> dict[str, int]:
    """Return the files to download with their sizes: small ones first, then one set of weights."""
    whole = {f: s for f, s in sizes.items() if f == WEIGHTS}
    shards = {f: s for f, s in sizes.items() if _SHARD.fullmatch(f) and INDEX in sizes}
    weights = whole or shards
    if not weights:
        raise UserError(
            f"The model {name} has no weights as safetensors, and pickled weights can run code",
            CONVERT,
        )
    small = {
        f: s
        for f, s in sizes.items()
        if "/" not in f and f.endswith((".json", ".txt", ".model")) and (f != INDEX or not whole)
    }
    return {**small, **weights}


def _bar(run: Run, stage: str, before: int, total: int) -> Any:
    """Return a progress bar for the hub that draws nothing, reports to `run` and can be stopped."""
    from huggingface_hub.utils.tqdm import tqdm

    class Bar(tqdm):
        monitor_interval = 0

        def __init__(self, *arguments: Any, **settings: Any) -> None:
            settings.pop("name", None)
            super().__init__(*arguments, **{**settings, "disable": True})  # type: ignore[no-untyped-call]
            self.bytes_done = int(settings.get("initial") or 0)

        def update(self, n: float | None = 1) -> bool | None:
            self.bytes_done += int(n or 0)
            run.progress(stage, min(before + self.bytes_done, total), total)
            run.check()
            return None

    return Bar
