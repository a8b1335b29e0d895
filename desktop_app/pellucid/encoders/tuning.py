"""Encoders tuned on the user's own task, kept as folders that load like any other model."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pellucid.core.errors import UserError
from pellucid.core.paths import cache_dir
from pellucid.core.run import Run
from pellucid.encoders.devices import choose_device
from pellucid.encoders.folders import TUNED, ModelFolder, check_folder, read_json
from pellucid.encoders.hashes import digest_of
from pellucid.encoders.quiet import quiet
from pellucid.encoders.training import Examples, Trained, train
from pellucid.encoders.transformer import load_backbone, most_tokens_of, token_ids

HEAD = "head.safetensors"
HELD_OUT_SHARE = 0.1
FEWEST_HELD_OUT = 50
MOST_KEPT = 20
"""Tuned encoders in the cache at most, each as large as the one that it was made from."""


@dataclass(frozen=True, slots=True)
class TuneOptions:
    """How an encoder is tuned; `place` is the folder to write, by default one in the cache."""

    most_texts: int = 8_000
    most_tokens: int = 128
    epochs: int = 3
    learning_rate: float = 5e-5
    place: Path | None = None


@dataclass(frozen=True, slots=True)
class Tuned:
    """A tuned encoder with its head: outputs are `mean of the tokens @ weight + bias`.

    `classes` name the outputs; without any the one output is the standardised target, that is
    (value - target_mean) / target_scale. `weight` has the shape (d, C), `bias` (C,). `validation`
    is the mean loss on `held_out` texts (cross entropy, or squared error standardised) after
    epoch `epochs`. Of `texts_given`, `texts` took part, the held-out ones among them.
    """

    folder: Path
    classes: tuple[str, ...]
    validation: float
    epochs: int
    weight: NDArray[np.float32]
    bias: NDArray[np.float32]
    texts: int
    texts_given: int
    held_out: int
    most_tokens: int = 128
    target_mean: float = 0.0
    target_scale: float = 1.0
    was_stopped: bool = False
    base: str = ""


def tune(
    folder: ModelFolder,
    texts: Sequence[str],
    target: NDArray[Any],
    classes: Sequence[str],
    run: Run,
    options: TuneOptions | None = None,
) -> Tuned:
    """Train a folder's transformer and a linear head on texts, and write both to a new folder.

    `target` holds codes into `classes`, shape (n,), or finite numbers where `classes` is empty.
    At most `most_texts` texts take part, sampled by class; a tenth of them, at least 50 where
    there are enough, decides which epoch is kept. The same seed gives the same result, which is
    kept in the cache and not computed twice. Raises `UserError` for fewer than two texts or
    classes, `StoppedError` for a stop in the first epoch.
    """
    options = options or TuneOptions()
    values, mean, scale = _targets(np.asarray(target), classes)
    if len(texts) < 2:
        raise UserError("Tuning an encoder needs two texts or more", "Use the encoder untuned.")
    place = options.place or _kept_place(folder, texts, values, classes, run.seed, options)
    if options.place is None and is_tuned(place):
        return load_tuned(place)
    used, held_out = _split(values if classes else None, len(texts), options.most_texts, run.seed)
    model, tokenizer = load_backbone(folder)
    if getattr(model.config, "is_encoder_decoder", False):
        raise UserError(
            f"The model {folder.name} reads and writes, and such models are not tuned",
            "Use it untuned, or choose one that only reads.",
        )
    limit = most_tokens_of(model, tokenizer, options.most_tokens)
    examples = _examples(tokenizer, [texts[i] for i in used], values[used], limit)
    is_held_out = np.isin(used, held_out)
    trained = train(
        model,
        tokenizer.pad_token_id,
        choose_device(),
        examples.take(np.flatnonzero(~is_held_out)),
        examples.take(np.flatnonzero(is_held_out)),
        outputs=len(classes) or 1,
        rate=options.learning_rate,
        epochs=options.epochs,
        run=run,
    )
    about = {
        "classes": list(classes),
        "pooling": "mean",
        "target_mean": mean,
        "target_scale": scale,
        "validation": trained.validation,
        "epochs": trained.epochs,
        "texts": len(used),
        "texts_given": len(texts),
        "held_out": len(held_out),
        "most_tokens": limit,
        "was_stopped": trained.was_stopped,
        "base": folder.name,
    }
    run.progress("Writing the tuned encoder")
    if trained.was_stopped and options.place is None:
        place = place.with_name(f"{place.name}-stopped")
    return load_tuned(_write(model.cpu(), tokenizer, trained, about, place))


def learned_from(
    target: NDArray[Any], classes: Sequence[str], seed: int, options: TuneOptions | None = None
) -> NDArray[np.intp]:
    """Return the rows that `tune` of the same arguments trains on, sorted.

    Those that it holds out are not among them, since they choose nothing but the epoch.
    """
    most = (options or TuneOptions()).most_texts
    values, _, _ = _targets(np.asarray(target), classes)
    used, held_out = _split(values if classes else None, len(values), most, seed)
    return np.setdiff1d(used, held_out)


def is_tuned(folder: Path) -> bool:
    """Return whether a folder holds an encoder that `tune` wrote."""
    return (folder / TUNED).is_file() and (folder / HEAD).is_file()


def load_tuned(folder: Path) -> Tuned:
    """Read what `tune` wrote back; the transformer itself loads by `load_backbone(folder)`.

    Raises `UserError` where the folder holds no tuned encoder or is damaged.
    """
    if not is_tuned(folder):
        raise UserError(
            f"The folder {folder} holds no encoder that was tuned here",
            "Tune one, or give another.",
        )
    about = read_json(folder / TUNED, "description of the tuned encoder")
    from safetensors import SafetensorError
    from safetensors.numpy import load_file

    try:
        head = load_file(folder / HEAD)
        tuned = Tuned(
            folder=folder,
            classes=tuple(str(name) for name in about["classes"]),
            validation=float(about["validation"]),
            epochs=int(about["epochs"]),
            weight=head["weight"],
            bias=head["bias"],
            texts=int(about["texts"]),
            texts_given=int(about["texts_given"]),
            held_out=int(about["held_out"]),
            most_tokens=int(about["most_tokens"]),
            target_mean=float(about["target_mean"]),
            target_scale=float(about["target_scale"]),
            was_stopped=bool(about["was_stopped"]),
            base=str(about["base"]),
        )
    except (SafetensorError, KeyError, TypeError, ValueError, OSError) as error:
        raise UserError(f"The tuned encoder in {folder} is damaged", "Tune it again.") from error
    if tuned.weight.shape[1:] != tuned.bias.shape or len(tuned.bias) != (len(tuned.classes) or 1):
        raise UserError(f"The tuned encoder in {folder} is damaged", "Tune it again.")
    return tuned


def _examples(tokenizer: Any, texts: Sequence[str], values: NDArray[Any], limit: int) -> Examples:
    """Return texts as token ids, at least one each and at most `limit`, with their targets."""
    rows, _ = token_ids(tokenizer, texts, limit)
    return Examples([row or [tokenizer.pad_token_id] for row in rows], values)


def _targets(target: NDArray[Any], classes: Sequence[str]) -> tuple[NDArray[Any], float, float]:
    """Return codes as int64, or standardised numbers as float32; with their mean and scale."""
    if not classes:
        values = target.astype(np.float64)
        mean, scale = float(values.mean()) if len(values) else 0.0, float(values.std() or 1.0)
        return ((values - mean) / scale).astype(np.float32), mean, scale
    if len(classes) < 2 or len(np.unique(target)) < 2:
        raise UserError(
            "Tuning an encoder needs two classes, and there is one", "Use the encoder untuned."
        )
    return target.astype(np.int64), 0.0, 1.0


def _split(
    codes: NDArray[Any] | None, count: int, most: int, seed: int
) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Return the rows that take part, sorted, and which of them are held out."""
    generator = np.random.default_rng([seed, 79])
    if codes is None:
        codes = np.zeros(count, dtype=np.int64)
    order = _evenly(codes, generator)[:most]
    held_out = min(max(int(HELD_OUT_SHARE * len(order)), FEWEST_HELD_OUT), len(order) // 2)
    return np.sort(order), order[_evenly(codes[order], generator)[:held_out]]


def _evenly(codes: NDArray[Any], generator: np.random.Generator) -> NDArray[np.intp]:
    """Return all rows in random order such that every beginning has each class in its share."""
    shuffled = generator.permutation(len(codes))
    place = np.empty(len(codes))
    for code in np.unique(codes):
        mine = shuffled[codes[shuffled] == code]
        place[mine] = (np.arange(len(mine)) + 0.5) / len(mine)
    return np.asarray(shuffled[np.argsort(place[shuffled], kind="stable")])


def _kept_place(
    folder: ModelFolder,
    texts: Sequence[str],
    values: NDArray[Any],
    classes: Sequence[str],
    seed: int,
    options: TuneOptions,
) -> Path:
    """Return where the cache has what comes of tuning just so; older ones beyond a few are gone."""
    parent = cache_dir() / "tuned"
    parent.mkdir(mode=0o700, exist_ok=True)
    asked = [folder.key, json.dumps([*texts]), values.tobytes().hex(), json.dumps([*classes]),
             repr((seed, options.most_texts, options.most_tokens, options.epochs,
                   options.learning_rate))]  # fmt: skip
    kept = sorted((path for path in parent.iterdir() if is_tuned(path)), key=_last_used)
    for old in kept[: -MOST_KEPT or None]:
        shutil.rmtree(old, ignore_errors=True)
    return parent / digest_of(asked)[:16]


def _last_used(folder: Path) -> float:
    return folder.stat().st_mtime


def _write(
    model: Any, tokenizer: Any, trained: Trained, about: dict[str, Any], place: Path
) -> Path:
    """Write the folder, whole or not at all."""
    from safetensors.numpy import save_file

    parent = place.parent
    if not parent.is_dir() or (place.exists() and not is_tuned(place)):
        raise UserError(f"The tuned encoder cannot be written to {place}", "Choose a new folder.")
    with tempfile.TemporaryDirectory(dir=parent, prefix=".tuning-") as scratch:
        made = Path(scratch) / "model"
        try:
            with quiet():
                model.save_pretrained(made)
                tokenizer.save_pretrained(made)
            save_file({"weight": trained.weight, "bias": trained.bias}, made / HEAD)
            (made / TUNED).write_text(json.dumps(about, indent=1), encoding="utf-8")
        except OSError as error:
            raise UserError(
                f"The tuned encoder cannot be written to {parent}: {error.strerror or error}",
                "Make room on the disk, or choose another folder.",
            ) from error
        check_folder(made)
        if place.exists():
            shutil.rmtree(place)
        made.replace(place)
    return place
