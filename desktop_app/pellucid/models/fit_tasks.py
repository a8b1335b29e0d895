"""The tasks of a fit that worker processes run: cuts, the first curves, pairs, bags, baselines."""

from __future__ import annotations

import itertools
import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from time import monotonic
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pellucid.models.additive import Floats
from pellucid.models.baselines import TFIDF, predict_baseline, predict_from_words
from pellucid.models.binned import Binned, native_dataset, quantile_cuts
from pellucid.models.boosting import FINE_BINS, Bag, BagOptions, Pair, fit_bag, rank_pairs
from pellucid.models.intervals import BAG_SHARE
from pellucid.models.label_boosting import boost_labels
from pellucid.models.messages import Report
from pellucid.models.metrics import Resampled, resample
from pellucid.models.multilabel import strata_of
from pellucid.models.types import Task, TaskKind

Texts = Sequence[Sequence[str | None]]
"""One sequence of texts a column."""
_REPORT_EVERY_S = 0.1
QUICK_BAG = -1
"""The number of the bag that gives the first curves and the pairs."""


@dataclass(frozen=True, slots=True)
class BinnedFiles:
    """`Binned` with its arrays as .npy files in `folder`, which workers map instead of copying."""

    folder: Path
    kind: TaskKind
    classes: int
    fine_sizes: tuple[int, ...]
    coarse_sizes: tuple[int, ...]
    is_nominal: tuple[bool, ...]
    has_start: bool = False
    start_factor: float = 1.0
    """What the start is multiplied by."""

    def load(self) -> Binned:
        """Map the arrays."""
        fine, coarse, target = (
            np.load(self.folder / f"{name}.npy", mmap_mode="r", allow_pickle=False)
            for name in ("fine", "coarse", "target")
        )
        start = None
        if self.has_start:
            start = self.start_factor * np.load(self.folder / "start.npy", allow_pickle=False)
        return Binned(
            self.kind, self.classes, fine, coarse, self.fine_sizes, self.coarse_sizes,
            self.is_nominal, target, start,
        )  # fmt: skip


def save_binned(binned: Binned, folder: Path) -> BinnedFiles:
    """Write the arrays of `binned` into `folder`."""
    for name in ("fine", "coarse", "target"):
        np.save(folder / f"{name}.npy", getattr(binned, name), allow_pickle=False)
    if binned.start is not None:
        np.save(folder / "start.npy", binned.start, allow_pickle=False)
    return BinnedFiles(
        folder, binned.kind, binned.classes, binned.fine_sizes, binned.coarse_sizes,
        binned.is_nominal, binned.start is not None,
    )  # fmt: skip


def bag_members(
    target: NDArray[np.generic], kind: TaskKind, seed: int, bag: int
) -> NDArray[np.int8]:
    """Return which rows a bag trains on (1) and stops early by (-1), classes in proportion.

    Every class keeps at least one training row. Rows with several labels count for their rarest.
    """
    random = np.random.default_rng([seed, 3, bag + 1])
    rows, target = len(target), strata_of(target)
    order = random.permutation(rows)
    if kind != "regression":
        order = order[np.argsort(target[order], kind="stable")]
    place = np.arange(rows)
    held_out = np.floor((place + 1) * (1 - BAG_SHARE)) > np.floor(place * (1 - BAG_SHARE))
    members = np.ones(rows, dtype=np.int8)
    members[order[held_out]] = -1
    if kind != "regression":
        _, firsts = np.unique(target[order], return_index=True)
        members[order[firsts]] = 1
    return members


def bag_seed(seed: int, bag: int) -> int:
    """Return the random state that a bag's boosting starts from."""
    return int(np.random.SeedSequence([seed, 4, bag + 1]).generate_state(1)[0] >> 1)


def cut_numbers(
    kept: dict[str, Any], report: Report, numbers: Floats, pair_bins: int
) -> list[tuple[Floats, Floats]]:
    """Return the fine and the coarse cuts of each row of `numbers`, shape (inputs, rows)."""
    del kept, report
    return [(quantile_cuts(row, FINE_BINS), quantile_cuts(row, pair_bins)) for row in numbers]


def boost_bag(
    kept: dict[str, Any],
    report: Report,
    files: BinnedFiles,
    pairs: tuple[Pair, ...],
    options: BagOptions,
    seed: int,
    bag: int,
) -> Bag:
    """Boost bag number `bag`; reports the round and the validation loss, ten times a second."""
    due = [monotonic() + _REPORT_EVERY_S]

    def on_round(step: int, loss: float) -> bool:
        if monotonic() >= due[0] and math.isfinite(loss):
            due[0] = monotonic() + _REPORT_EVERY_S
            report(bag, step, loss)
        return False

    if files.kind == "multilabel":
        binned = files.load()
        members = bag_members(binned.target, binned.kind, seed, bag)
        return boost_labels(binned, members, options, bag_seed(seed, bag), on_round)
    binned, fine = _prepared(kept, files)
    coarse = _coarse(kept, binned) if pairs else None
    members = bag_members(binned.target, binned.kind, seed, bag)
    return fit_bag(binned, members, pairs, options, bag_seed(seed, bag), on_round, (fine, coarse))


def find_pairs(
    kept: dict[str, Any],
    report: Report,
    files: BinnedFiles,
    bag: Bag,
    candidates: tuple[int, ...],
    columns: tuple[str, ...],
    most: int,
    seed: int,
) -> tuple[Pair, ...]:
    """Return the `most` strongest pairs of the inputs `candidates`, on top of the first bag.

    `columns` name each input's column; parts of one date are not paired with each other.
    """
    del report
    binned, _ = _prepared(kept, files)
    pairs = [
        (a, b) for a, b in itertools.combinations(sorted(candidates), 2) if columns[a] != columns[b]
    ]
    members = bag_members(binned.target, binned.kind, seed, QUICK_BAG)
    ranked = rank_pairs(binned, members, bag, pairs, _coarse(kept, binned))
    return tuple(ranked[:most])


def save_plain(
    folder: Path,
    numbers: tuple[Floats, Floats],
    levels: tuple[NDArray[Any], NDArray[Any]],
    truth: NDArray[np.generic],
    texts: tuple[Texts, Texts],
) -> None:
    """Write what baselines read beside `save_binned`'s target: training and test rows.

    `truth` is the target of the test rows; `texts` hold each text column's rows.
    """
    np.save(folder / "truth.npy", truth, allow_pickle=False)
    for name, parts in (("numbers", numbers), ("levels", levels)):
        for part, array in zip(("train", "test"), parts, strict=True):
            np.save(folder / f"{part}_{name}.npy", array, allow_pickle=False)
    for part, columns in zip(("train", "test"), texts, strict=True):
        rows = ["\n".join(text for text in row if text) for row in zip(*columns, strict=True)]
        (folder / f"{part}_texts.json").write_text(json.dumps(rows), encoding="utf-8")


def run_baselines(
    kept: dict[str, Any],
    report: Report,
    files: BinnedFiles,
    task: Task,
    names: Sequence[str],
    seed: int,
) -> dict[str, Resampled | str]:
    """Fit baselines on the plain arrays and return, by name, their scores on the test rows.

    A library that cannot cope with the data is no reason to lose the fit: what it says is returned
    instead.
    """
    del kept, report
    return {name: _run_baseline(files, task, name, seed) for name in names}


def _run_baseline(files: BinnedFiles, task: Task, name: str, seed: int) -> Resampled | str:
    try:
        mean = _baseline_means(files, name)
    except (ValueError, ArithmeticError, MemoryError) as error:
        return str(error).partition("\n")[0]
    return resample(task, mean, _plain(files, "truth"), seed, name)


def _baseline_means(files: BinnedFiles, name: str) -> Floats:
    target = _plain(files, "target")
    if name == TFIDF:
        texts = [
            json.loads((files.folder / f"{part}_texts.json").read_text(encoding="utf-8"))
            for part in ("train", "test")
        ]
        return predict_from_words(files.kind, files.classes, texts[0], texts[1], target)
    numbers, levels = (
        (_plain(files, f"train_{what}"), _plain(files, f"test_{what}"))
        for what in ("numbers", "levels")
    )
    return predict_baseline(name, files.kind, files.classes, numbers, levels, target)


def _plain(files: BinnedFiles, stem: str) -> NDArray[Any]:
    array: NDArray[Any] = np.load(files.folder / f"{stem}.npy", allow_pickle=False)
    return array


def _prepared(kept: dict[str, Any], files: BinnedFiles) -> tuple[Binned, NDArray[np.ubyte]]:
    if kept.get("files") != files:
        binned = files.load()
        kept.clear()
        kept |= {"files": files, "binned": binned, "fine": native_dataset(binned, coarse=False)}
    return kept["binned"], kept["fine"]


def _coarse(kept: dict[str, Any], binned: Binned) -> NDArray[np.ubyte]:
    if "coarse" not in kept:
        kept["coarse"] = native_dataset(binned, coarse=True)
    dataset: NDArray[np.ubyte] = kept["coarse"]
    return dataset
