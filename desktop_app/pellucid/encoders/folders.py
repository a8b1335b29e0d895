"""Folders of language models: looked through, before anything of them is loaded."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pellucid.core.errors import UserError
from pellucid.core.run import Run
from pellucid.encoders.hashes import digest_of, sha256_of

WEIGHTS = "model.safetensors"
INDEX = "model.safetensors.index.json"
TUNED = "pellucid.json"
PICKLED = ("*.bin", "*.pt", "*.pth", "*.ckpt", "*.pkl", "*.pickle", "*.h5", "*.msgpack")
TOKENIZERS = ("tokenizer.json", "vocab.txt", "vocab.json", "*.model", "*.tiktoken")
CONVERT = (
    "Use a model that comes as safetensors, or load it where you trust it and save it again with "
    "save_pretrained(safe_serialization=True)."
)
AGAIN = "Copy or download the folder again."
_LARGEST_HEADER = 100_000_000
_CAUSAL = ("ForCausalLM", "LMHeadModel", "ForConditionalGeneration")


@dataclass(frozen=True, slots=True)
class ModelFolder:
    """A folder that transformers can load, checked without loading it.

    `weights` are safetensors files and `bytes` their size together. `key` is a SHA-256 in hex over
    the weights, the configuration and the tokenizer, empty where it was not asked for. `labels` are
    those of the sequence classifier that the folder holds, if it `has_classifier`; `is_causal`
    where it says that it goes on writing a text.
    """

    path: Path
    name: str
    model_type: str
    weights: tuple[Path, ...]
    bytes: int
    key: str
    has_classifier: bool
    labels: tuple[str, ...]
    is_causal: bool = False


def resolve(
    name: str | Path, run: Run, download: bool = False, *, wants_key: bool = True
) -> ModelFolder:
    """Return the checked folder that `name` means: a folder, or a model of the Hugging Face hub.

    A hub id is looked for in the hub's cache on this machine; only with `download` is the network
    used. Raises `UserError` where there is no such folder or it cannot be used.
    """
    from pellucid.encoders import hub

    place = Path(name).expanduser()
    if place.is_dir():
        return check_folder(place, wants_key=wants_key)
    if not hub.is_hub_id(str(name)):
        raise UserError(
            f"There is no folder {name}",
            "Give the folder of a model, or the id of one on the Hugging Face hub.",
        )
    found = hub.cached(str(name))
    if found is not None:
        return check_folder(found, str(name), wants_key=wants_key)
    if not download:
        raise UserError(
            f"The model {name} is not on this machine, and nothing was downloaded",
            "Allow the download (--download), or give a folder that holds the model.",
        )
    return check_folder(hub.fetch(str(name), run), str(name), wants_key=wants_key)


def check_folder(path: Path, name: str = "", *, wants_key: bool = True) -> ModelFolder:
    """Look a model's folder through and return what it holds; its weights are read, not loaded.

    Without `wants_key` only their beginning is read, which of a large model takes far less time.

    Raises `UserError`, saying what is wrong and what to do, for a folder without configuration or
    tokenizer, with pickled or damaged weights, that asks for code of its own, or of an
    architecture that transformers does not know.
    """
    require_libraries()
    path = path.expanduser().resolve() if path.exists() else path
    if not path.is_dir():
        raise UserError(f"There is no folder {path}", "Give the folder that holds the model.")
    config = _config(path)
    _check_code(path, config)
    weights = _weights(path)
    for file in weights:
        _check_safetensors(file)
    tokenizers = [f for pattern in TOKENIZERS for f in sorted(path.glob(pattern)) if f.is_file()]
    if not tokenizers:
        raise UserError(
            f"The model in {path} has no tokenizer, so it cannot read texts",
            "Put tokenizer.json beside its weights, or choose a model of texts.",
        )
    files = [path / "config.json", *weights, *sorted(set(tokenizers))]
    labels = _labels(config)
    return ModelFolder(
        path=path,
        name=name or _tuned_name(path) or path.name,
        model_type=str(config["model_type"]),
        weights=weights,
        bytes=sum(file.stat().st_size for file in weights),
        key=digest_of([f"{f.name} {sha256_of(f)}" for f in files]) if wants_key else "",
        has_classifier=labels is not None,
        labels=labels or (),
        is_causal=any(str(name).endswith(_CAUSAL) for name in config.get("architectures") or ()),
    )


def require_libraries() -> None:
    """Raise `UserError` where torch or transformers is not installed.

    Also asks OpenMP, which torch reads when it is loaded, to let threads sleep while they wait: on
    busy cores spinning ones cost more than they gain. What the user has set stays.
    """
    from importlib.util import find_spec

    os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")

    missing = [name for name in ("torch", "transformers", "safetensors") if not find_spec(name)]
    if missing:
        raise UserError(
            f"Language models need {' and '.join(missing)}, which is not installed",
            "Install Pellucid with its extra `text`, or `offline`, which brings a model along.",
        )


def read_json(path: Path, what: str) -> dict[str, Any]:
    """Read a JSON object; raises `UserError` naming `what` where it is none."""
    try:
        value = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise UserError(f"The {what} {path} is damaged: it is not JSON", AGAIN) from error
    if not isinstance(value, dict):
        raise UserError(f"The {what} {path} is damaged: it holds no settings", AGAIN)
    return value


def _tuned_name(path: Path) -> str:
    """Return what an encoder that was tuned here is called: after the model it began as."""
    if not (path / TUNED).is_file():
        return ""
    base = read_json(path / TUNED, "description of the tuned encoder").get("base")
    return f"{base}, tuned" if base else ""


def _config(path: Path) -> dict[str, Any]:
    file = path / "config.json"
    if not file.is_file():
        raise UserError(
            f"The folder {path} holds no model: it has no config.json",
            "Give the folder that holds config.json, model.safetensors and the tokenizer.",
        )
    return read_json(file, "model's configuration")


def _check_code(path: Path, config: dict[str, Any]) -> None:
    from transformers import CONFIG_MAPPING

    if config.get("auto_map") or config.get("custom_pipelines"):
        raise UserError(
            f"The model in {path} asks to run code of its own, which is never done",
            "Choose a model whose architecture transformers knows itself.",
        )
    model_type = config.get("model_type")
    if not isinstance(model_type, str) or model_type not in CONFIG_MAPPING:
        named = f"the architecture {model_type!r}" if model_type else "no architecture"
        raise UserError(
            f"The model in {path} names {named}, which this version of transformers does not know",
            "Choose another model, or bring transformers up to date.",
        )


def _weights(path: Path) -> tuple[Path, ...]:
    if (path / WEIGHTS).is_file():
        return (path / WEIGHTS,)
    if (path / INDEX).is_file():
        return _shards(path)
    pickled = sorted(f.name for pattern in PICKLED for f in path.glob(pattern))
    if pickled:
        raise UserError(
            f"The weights in {path} are pickled ({pickled[0]}): pickled weights can run code when "
            "they are read, so they are refused",
            CONVERT,
        )
    raise UserError(
        f"The folder {path} holds no weights: it has no {WEIGHTS}",
        "Give the folder of a whole model, with its weights as safetensors.",
    )


def _shards(path: Path) -> tuple[Path, ...]:
    places = read_json(path / INDEX, "list of the model's weights").get("weight_map")
    if not isinstance(places, dict) or not places:
        raise UserError(f"The list of weights {path / INDEX} is damaged: it names no files", AGAIN)
    names = sorted({str(name) for name in places.values()})
    for name in names:
        if Path(name).name != name or not name.endswith(".safetensors"):
            raise UserError(f"The list of weights {path / INDEX} names {name}, refused", CONVERT)
        if not (path / name).is_file():
            raise UserError(f"The model in {path} is not whole: {name} is missing", AGAIN)
    return tuple(path / name for name in names)


def _check_safetensors(file: Path) -> None:
    """Hold a weights file to its own header: 8 bytes of length, JSON, then exactly its tensors.

    Source: the safetensors format, https://github.com/huggingface/safetensors#format.
    """
    size = file.stat().st_size
    try:
        with file.open("rb") as stream:
            length = int.from_bytes(stream.read(8), "little")
            if not 2 <= length <= min(size - 8, _LARGEST_HEADER):
                raise ValueError("its header has no sensible length")
            header = json.loads(stream.read(length))
        tensors = [entry for name, entry in header.items() if name != "__metadata__"]
        end = max((int(entry["data_offsets"][1]) for entry in tensors), default=0)
        if not tensors or size != 8 + length + end:
            raise ValueError(f"it has {size:,} bytes where its header says {8 + length + end:,}")
    except (ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError) as error:
        why = str(error) if type(error) is ValueError else "its header cannot be read"
        raise UserError(f"The weights {file} are damaged: {why}", AGAIN) from error


def _labels(config: dict[str, Any]) -> tuple[str, ...] | None:
    """Return the classifier's labels in the order of its outputs; None where it is none."""
    names = config.get("architectures") or []
    if not any(str(name).endswith("ForSequenceClassification") for name in names):
        return None
    named = config.get("id2label")
    if isinstance(named, dict) and all(str(key).isdigit() for key in named):
        return tuple(str(named[key]) for key in sorted(named, key=int))
    return tuple(f"LABEL_{i}" for i in range(int(config.get("num_labels") or 2)))
