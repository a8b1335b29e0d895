"""Open, fit and load: what everything else is asked of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from pellucid.core.run import Run
from pellucid.models.types import FitOptions, ModelKind, Quality

if TYPE_CHECKING:
    from pellucid.data.table import Table
    from pellucid.data.types import Kind
    from pellucid.engine.loading import AnyFit

FilePath = str | PathLike[str]


def open_(
    path: FilePath,
    *,
    encoding: str | None = None,
    delimiter: str | None = None,
    quote: str | None = None,
    header_rows: int | None = None,
    decimal: str | None = None,
    kinds: Mapping[str, Kind] | None = None,
) -> Table:
    """Open a CSV or TSV file as a table; what is None is found out from the file.

    Args:
        path: The file.
        encoding: For example "utf-8" or "cp1252".
        delimiter: What stands between cells.
        quote: What stands around cells, "" for nothing.
        header_rows: How many rows come before the data, 0 where there are no headings.
        decimal: "." or ",".
        kinds: The kinds of some columns by name, in place of what would be inferred.

    Raises `pellucid.core.errors.UserError` for what is not a table with rows.
    """
    from pellucid.data.reading import Reading, open_table

    reading = Reading(encoding, delimiter, quote, header_rows, decimal, kinds or {})
    return open_table(Path(path), reading)


def fit(
    table: Table | FilePath,
    target: str,
    *,
    task: Literal["auto", "classification", "regression"] = "auto",
    positive: str | None = None,
    drop: Sequence[str] = (),
    quality: Quality = "standard",
    test_size: float = 0.2,
    test: Table | FilePath | None = None,
    texts: Sequence[str] = (),
    encoder: FilePath | None = None,
    tune: bool = False,
    download: bool = False,
    kind: ModelKind = "additive",
    seed: int = 0,
    run: Run | None = None,
) -> AnyFit:
    """Fit a model to a table or file, by default one that can be read.

    Args:
        table: The table, or the path of a file to open.
        target: The column to predict.
        task: Whether the target is a class or a number; "auto" decides from its kind.
        positive: With two classes, the one that scores refer to; the second by default.
        drop: Columns that are to take no part.
        quality: "preview", "standard" or "best".
        test_size: The share of rows that test the model.
        test: A table or file whose rows test the model instead.
        texts: Columns to read as texts; those seen to be texts are read as such anyway.
        encoder: What turns texts into vectors: the folder or hub id of a language model, "none" for
            none; by default that of the extra `offline`.
        tune: Whether to tune the encoder on the task first.
        download: Whether a model may be fetched that is named by its hub id.
        kind: "additive", "tree" for a tree of keywords over the texts, or "transformer".
        seed: Seeds every random choice; the same seed gives the same model.
        run: Progress, partial results and stopping; by default silent.

    Raises `pellucid.core.errors.UserError` for a target that cannot be predicted.
    """
    from pellucid.engine.fitting import fit_any

    options = FitOptions(
        target, task, positive, tuple(drop), quality, test_size, seed, kind, tuple(texts),
        None if encoder is None else str(encoder), tune, download,
    )  # fmt: skip
    chosen = run or Run(seed=seed)
    with ExitStack() as stack:
        rows = opened(table, stack)
        test_rows = None if test is None else opened(test, stack)
        return fit_any(rows, options, chosen, test_rows)


def opened(table: Table | FilePath, stack: ExitStack) -> Table:
    """Return a table as it is, and open a file for as long as the stack lasts."""
    return stack.enter_context(open_(table)) if isinstance(table, str | PathLike) else table


def load(path: FilePath) -> AnyFit:
    """Load a fit that `fit -o` or `models.files.save_fit` wrote; its `model` predicts.

    Raises `pellucid.core.errors.UserError` for a file that is missing or damaged.
    """
    from pellucid.engine.loading import load_any

    return load_any(Path(path))
