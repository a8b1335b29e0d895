"""Texts on the command line: fitted, predicted, explained token by token, and refused plainly."""

from __future__ import annotations

import csv
import random
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from cli_harness import Cli, files_in
from reviews_made import add_up, rows_of

TEXT = "we used it twice, lovely 很好! 🙂"


def test_texts_take_part_by_themselves(cli: Cli, reviews: Path, tmp_path: Path) -> None:
    outcome = cli(
        "fit", reviews, "--target", "kept", "--drop", "stars", "--drop", "topic", "--quality",
        "preview", "--encoder", "none", "-o", tmp_path / "m", "--json",
    )  # fmt: skip

    document = outcome.document
    assert document["kind"] == "additive"
    assert document["features"][0] == document["terms"][0] == "review"
    (text,) = document["texts"]
    assert (text["column"], text["kind"]) == ("review", "ngrams")
    assert text["ngrams"] > 20
    assert text["orders"] in (1, 2, 3)
    note = document["encoder"]
    assert note is None or not note["is_language_model"]
    assert document["metrics"]["test"]["auc"]["value"] > 0.9
    assert {b["name"] for b in document["baselines"]} >= {"texts alone", "columns alone", "TF-IDF"}
    assert "No language model" in outcome.err


def test_a_fit_tells_a_person_how_texts_were_read(cli: Cli, reviews: Path, tmp_path: Path) -> None:
    words = ["--drop", "stars", "--drop", "kept", "--drop", "price", "--encoder", "none"]

    outcome = cli(
        "fit", reviews, "--target", "topic", *words, "--quality", "preview", "-o", tmp_path / "m"
    )

    assert "n-grams of up to" in " ".join(outcome.out.split())
    assert max(map(len, outcome.out.splitlines()[1:])) <= 80


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


def enormous(i: int) -> str:
    return ("great " if i % 2 else "awful ") * (60_000 if i == 7 else 2)


@pytest.mark.parametrize(
    "make", [only_emoji, chinese, mostly_missing, empty, two_texts, enormous],
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
    if make in (only_emoji, chinese, two_texts):
        assert outcome.document["metrics"]["test"]["auc"]["value"] > 0.9


def test_a_report_reads_texts_too(cli: Cli, reviews: Path, tmp_path: Path) -> None:
    words = ["--target", "kept", "--drop", "stars", "--drop", "topic", "--drop", "price"]

    cli.json(
        "report", reviews, *words, "--quality", "preview", "--encoder", "none", "-o",
        tmp_path / "out.md",
    )  # fmt: skip

    assert "lovely" in (tmp_path / "out.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "words",
    [
        ["--encoder", "nowhere/at/all"],
        ["--encoder", "someone/some-model"],
        ["--encoder", "someone/some-model", "--download", "--offline"],
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


def test_several_labels_a_text(cli: Cli, tmp_path: Path) -> None:
    dealt = random.Random(2)
    words = {"price": "cheap bargain", "taste": "tasty delicious", "pace": "slow waiting"}
    path = tmp_path / "t.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(["said", "about"])
        for i in range(180):
            labels = dealt.sample(sorted(words), dealt.choice((1, 1, 2, 3)))
            said = " ".join(dealt.choice(words[label].split()) for label in labels)
            writer.writerow([f"we went {said} on day {i % 20}", ";".join(labels)])
    out = tmp_path / "m"
    options = ["--text", "said", "--encoder", "none", "--quality", "preview", "-o", out, "--json"]

    fit = cli("fit", path, "--target", "about", *options)
    document = cli.json("explain", out, "--text", "tasty and slow")
    cli.json("predict", out, path, "-o", tmp_path / "p.csv")
    cli.json("evaluate", out, path)

    assert fit.document["task"] == "multilabel"
    assert set(document["prediction"]["labels"]) >= {"pace", "taste"}
    np.testing.assert_allclose(add_up(document), document["total"], rtol=0, atol=1e-9)
    told = cli("explain", out, "--text", "tasty and slow").out.splitlines()[0]
    assert "pace (" in told
    assert "taste (" in told
    rows = rows_of(tmp_path / "p.csv")
    assert any(";" in row["prediction"] for row in rows)
    refused = cli("explain", out, "--text", "tasty", "--against", "pace").failed_plainly()
    assert "hint: " in refused.err
