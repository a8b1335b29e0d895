"""Texts on the command line: fitted, predicted and explained token by token."""

from __future__ import annotations

import csv
import random
from pathlib import Path

import numpy as np
import pytest
from cli_harness import Cli, add_up, rows_of

from pellucid.models.files import load_fit

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


@pytest.mark.parametrize("target", ["kept", "topic", "stars"])
def test_the_tokens_of_a_text_make_the_total(
    cli: Cli, models: dict[str, Path], target: str
) -> None:
    document = cli.json("explain", models[target], "--text", TEXT)

    np.testing.assert_allclose(add_up(document), document["total"], rtol=0, atol=1e-9)
    assert (document["method"], document["gap"]) == ("exact", pytest.approx(0, abs=1e-9))
    assert isinstance(document["total"], list) == (target == "topic")
    assert all(TEXT[t["start"] : t["end"]] == t["text"] for t in document["tokens"])
    assert [t["text"] for t in document["tokens"]][-5:] == ["lovely", "很", "好", "!", "🙂"]
    found = document["faithfulness"]
    assert set(found) >= {"comprehensiveness", "sufficiency", "random_comprehensiveness"}
    assert isinstance(found["beats_random"], bool)
    if target != "stars":
        assert document["explained"] == document["prediction"]["label"] or target == "kept"
        assert sum(document["prediction"]["probabilities"].values()) == pytest.approx(1)
    known = next(item for item in document["ngrams"] if item["ngram"] == "lovely")
    assert known["texts"] > 10
    assert document["unseen"] == sum(item["is_unseen"] for item in document["ngrams"])


@pytest.mark.parametrize("method", ["occlusion", "shap", "lime"])
@pytest.mark.parametrize("granularity", ["token", "word", "sentence"])
def test_every_method_that_a_model_can_serve(
    cli: Cli, models: dict[str, Path], method: str, granularity: str
) -> None:
    document = cli.json(
        "explain", models["kept"], "--text", TEXT, "--method", method, "--granularity", granularity
    )

    assert (document["method"], document["granularity"]) == (method, granularity)
    assert len(document["tokens"]) == (2 if granularity == "sentence" else 9)


def test_one_class_is_set_against_another(cli: Cli, models: dict[str, Path]) -> None:
    said = cli.json("explain", models["topic"], "--text", TEXT, "--class", "x", "--against", "z")
    other = cli.json("explain", models["topic"], "--text", TEXT, "--against", "x", "--class", "z")
    negative = cli.json("explain", models["kept"], "--text", TEXT, "--class", "no")
    told = cli("explain", models["topic"], "--text", TEXT, "--class", "x", "--against", "z").out

    assert (said["explained"], said["against"]) == ("x", "z")
    x, z = said["output"], other["output"]
    assert said["total"][x] == pytest.approx(-other["total"][z])
    assert (negative["explained"], negative["against"]) == ("no", "yes")
    assert negative["total"] < 0
    assert "higher scores mean x, against z" in told


def test_a_text_is_put_into_a_row(cli: Cli, models: dict[str, Path], reviews: Path) -> None:
    row = ["--row", "3", "--data", reviews]
    whole = cli.json("explain", models["kept"], *row)
    own = cli.json("explain", models["kept"], *row, "--method", "exact")
    other = cli.json("explain", models["kept"], *row, "--text", TEXT)

    assert own["total"] == pytest.approx(whole["total"], abs=1e-9)
    assert own["row"] == 3
    assert own["actual"] in ("yes", "no")
    assert other["text"] == TEXT
    assert other["intercept"] == pytest.approx(own["intercept"], abs=1e-9)


def test_a_row_comes_with_the_tokens_of_its_texts(
    cli: Cli, models: dict[str, Path], reviews: Path
) -> None:
    document = cli.json("explain", models["kept"], "--row", "3", "--data", reviews)
    told = cli("explain", models["kept"], "--row", "3", "--data", reviews).out

    offset = load_fit(models["kept"]).model.texts[0].offset[0]
    added = next(c["score"] for c in document["contributions"] if c["term"] == "review")
    scores = sum(token["score"] for token in document["tokens"]["review"])
    assert offset + scores == pytest.approx(added, abs=1e-9)
    assert "review, token by token" in told


def test_a_text_is_told_to_a_person(cli: Cli, models: dict[str, Path]) -> None:
    known = cli("explain", models["kept"], "--text", "lovely, great and perfect 🙂 很好").out
    strange = cli("explain", models["kept"], "--text", "zxcv qwerty").out

    lines = known.splitlines()
    assert lines[0].startswith("This text (review): kept is predicted yes")
    assert next(line for line in lines if line.startswith("lovely")).split()[1].startswith("+")
    assert "The strongest n-grams" in known
    assert "random" in known
    assert "never seen and add nothing" in strange
    assert "no better than random" in " ".join(strange.split())


def test_a_whole_model_names_its_ngrams(cli: Cli, models: dict[str, Path]) -> None:
    document = cli.json("explain", models["kept"])
    told = cli("explain", models["kept"]).out

    term = next(term for term in document["terms"] if term["name"] == "review")
    assert term["kind"] == "ngrams"
    assert "levels" not in term
    assert len(term["ngrams"]) == len(term["scores"]) == len(term["counts"])
    assert set(term["matters"]) >= {"rise", "low", "high"}
    assert "What raises yes, the most telling first" in told
    assert "What lowers yes, the most telling first" in told
    assert "lovely" in cli("explain", models["kept"], "--term", "review").out


def test_a_keyword_tree_is_drawn(cli: Cli, models: dict[str, Path]) -> None:
    document = cli.json("explain", models["tree"])
    told = cli("explain", models["tree"]).out

    (term,) = document["terms"]
    assert term["kind"] == "leaves"
    assert len(term["levels"]) == len(term["scores"])
    assert [node for node in term["tree"] if node["keywords"]]
    assert "└─ no: " in told
    assert "leaf" in cli("explain", models["tree"], "--text", TEXT).failed_plainly().err


def test_what_was_never_seen_is_told(cli: Cli, models: dict[str, Path], tmp_path: Path) -> None:
    other = tmp_path / "other.csv"
    rows = "zxcv qwerty lovely,1,yes\n,2,no\n" * 5
    other.write_text("review,price,kept\n" + rows, encoding="utf-8")

    outcome = cli("predict", models["kept"], other, "-o", tmp_path / "out.csv", "--json")
    (found,) = outcome.document["unseen"]
    scored = cli("evaluate", models["kept"], other, "--json")

    assert (found["column"], found["unseen"] > 0) == ("review", True)
    assert found["unseen"] < found["occurrences"]
    assert "of the n-grams in review have no score and add nothing" in outcome.err
    assert scored.document["unseen"] == [found]
    model = load_fit(models["kept"]).model
    rows = rows_of(tmp_path / "out.csv")
    frame = rows_of(other)
    written = [float(row["probability_yes"]) for row in rows]
    np.testing.assert_array_equal(written, model.predict_proba(frame)[:, 1])


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
