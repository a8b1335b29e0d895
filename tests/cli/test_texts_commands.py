"""Texts on the command line: fitted, predicted, explained token by token, and refused plainly."""

from __future__ import annotations

import csv
import random
from pathlib import Path

import numpy as np
from cli_harness import Cli, rows_of
from reviews_made import add_up

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


def test_a_report_reads_texts_too(cli: Cli, reviews: Path, tmp_path: Path) -> None:
    words = ["--target", "kept", "--drop", "stars", "--drop", "topic", "--drop", "price"]

    cli.json(
        "report", reviews, *words, "--quality", "preview", "--encoder", "none", "-o",
        tmp_path / "out.md",
    )  # fmt: skip

    assert "lovely" in (tmp_path / "out.md").read_text(encoding="utf-8")


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
