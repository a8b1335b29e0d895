"""Odd texts, and texts that cannot be fitted: a result or one clear message."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from cli_harness import Cli, files_in
from reviews_made import add_up


def only_emoji(i: int) -> str:
    return "🙂🙂" if i % 2 else "😡"


def chinese(i: int) -> str:
    return f"这个产品{'很好' if i % 2 else '不好'}，第{i % 5}次"


def mostly_missing(i: int) -> str:
    return f"number {i} is {'great' if i % 2 else 'awful'} today" if i % 8 < 2 else ""


def empty(i: int) -> str:
    return "" if i else "one text alone, said once"


def two_texts(i: int) -> str:
    return "this is the first of two" if i % 2 else "and that is the second"


def mixed_scripts(i: int) -> str:
    return f"{'great очень 很好 مرحبا' if i % 2 else 'awful плохо 不好 שלום'} {i % 7}"


def a_megabyte(i: int) -> str:
    return ("great " if i % 2 else "awful ") * (175_000 if i == 7 else 2)


@pytest.mark.parametrize(
    "make", [only_emoji, chinese, mixed_scripts, mostly_missing, empty, two_texts, a_megabyte],
    ids=lambda make: make.__name__,
)  # fmt: skip
def test_odd_columns_of_texts_are_fitted_or_refused_plainly(
    cli: Cli, tmp_path: Path, make: Callable[[int], str]
) -> None:
    path = tmp_path / "t.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        rows = [[make(i), "yes" if i % 2 else "no"] for i in range(60)]
        csv.writer(file).writerows([["said", "y"], *rows])

    words = ["--text", "said", "--encoder", "none", "--quality", "preview"]
    outcome = cli("fit", path, "--target", "y", *words, "-o", tmp_path / "m", "--json")

    if outcome.code:
        assert "hint: " in outcome.failed_plainly().err
        return
    document = cli.json("explain", tmp_path / "m", "--text", make(1))
    np.testing.assert_allclose(add_up(document), document["total"], rtol=0, atol=1e-9)
    if make in (only_emoji, chinese, mixed_scripts, two_texts):
        assert outcome.document["metrics"]["test"]["auc"]["value"] > 0.9


@pytest.mark.parametrize(
    "words",
    [
        ["--encoder", "nowhere/at/all"],
        ["--encoder", "someone/some-model"],
        ["--text", "nonsense"],
        ["--text", "kept"],
        ["--kind", "transformer", "--encoder", "none"],
    ],
    ids=" ".join,
)
def test_what_cannot_read_texts_is_refused(
    cli: Cli, reviews: Path, tmp_path: Path, words: list[str]
) -> None:
    outcome = cli(
        "fit", reviews, "--target", "kept", "--quality", "preview", "-o", tmp_path / "m", *words
    )

    assert "error: " in outcome.failed_plainly().err
    assert files_in(tmp_path) == []


@pytest.mark.parametrize("rows", [["", "no"] * 30, ["one class"] * 60, ["two", "texts"]])
@pytest.mark.parametrize("command", ["fit", "report"])
def test_texts_that_tell_no_classes_apart_are_refused(
    cli: Cli, tmp_path: Path, rows: list[str], command: str
) -> None:
    path = tmp_path / "t.csv"
    lines = [f"it is number {i} of all that there are,{said}" for i, said in enumerate(rows)]
    path.write_text("\n".join(["said,y", *lines]) + "\n", encoding="utf-8")

    outcome = cli(command, path, "--target", "y", "-o", tmp_path / "out.html")

    assert "hint: " in outcome.failed_plainly().err
    assert files_in(tmp_path) == ["t.csv"]


@pytest.mark.parametrize("command", ["fit", "predict"])
def test_a_download_and_no_network_contradict_each_other(
    cli: Cli, reviews: Path, models: dict[str, Path], tmp_path: Path, command: str
) -> None:
    what = [reviews, "--target", "kept"] if command == "fit" else [models["kept"], reviews]
    words = ["--encoder", "someone/some-model", "--download", "--offline", "-o", tmp_path / "m"]

    err = cli(command, *what, *words).failed_plainly().err

    assert "--download needs the network, which --offline refuses" in err
    assert "hint: Leave --offline away" in err
    assert files_in(tmp_path) == []
