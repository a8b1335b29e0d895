"""`explain --text`: tokens that add up, every method, keyword trees, and what is refused."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from cli_harness import Cli, files_in, rows_of
from reviews_made import add_up

from pellucid.models.files import load_fit

TEXT = "we used it twice, lovely 很好! 🙂"


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


@pytest.mark.parametrize("method", ["exact", "occlusion", "shap", "lime"])
def test_a_text_is_explained_by_a_keyword_tree(
    cli: Cli, models: dict[str, Path], method: str
) -> None:
    document = cli.json("explain", models["tree"], "--text", TEXT, "--method", method)

    assert document["method"] == method
    assert document["column"] == "review"
    assert "".join(t["text"] for t in document["tokens"]).startswith("weusedittwice")
    if method != "exact":
        return
    way = document["way"]
    model = load_fit(models["tree"]).model
    margin = float(model.margin({"review": np.array([TEXT], dtype=object)})[0, 0])
    assert add_up(document) == pytest.approx(margin, abs=1e-9)
    assert way["start"] + sum(step["score"] for step in way["path"]) == pytest.approx(margin)
    assert document["gap"] == pytest.approx(0, abs=1e-12)
    met = {word for step in way["path"] if step["answer"] for word in step["found"]}
    scored = {t["text"].casefold() for t in document["tokens"] if t["score"]}
    assert met
    assert scored == {token for word in met for token in word.split()}
    assert document["faithfulness"]["comprehensiveness"] > 0


def test_the_way_through_a_keyword_tree_is_told(cli: Cli, models: dict[str, Path]) -> None:
    told = cli("explain", models["tree"], "--text", TEXT).out

    assert "start, a text of which nothing is known" in told
    assert 'holds "' in told
    assert "texts that went so" in told


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


@pytest.mark.parametrize(
    ("target", "words"),
    [
        ("kept", ["--text", "x", "--method", "ig"]),
        ("kept", ["--text", "x", "--method", "gradient"]),
        ("kept", ["--text", "x", "--method", "attention"]),
        ("kept", ["--text", "x", "--column", "price"]),
        ("kept", ["--text", "x", "--class", "maybe"]),
        ("kept", ["--text", "x", "--class", "no", "--against", "no"]),
        ("stars", ["--text", "x", "--class", "no"]),
        ("kept", ["--method", "shap"]),
        ("tree", ["--text", "x", "--method", "ig"]),
    ],
    ids=lambda value: value if isinstance(value, str) else " ".join(value),
)
def test_what_cannot_be_explained_is_said(
    cli: Cli, models: dict[str, Path], target: str, words: list[str]
) -> None:
    assert "hint: " in cli("explain", models[target], *words).failed_plainly().err


def test_an_encoder_that_is_not_the_models_is_refused(
    cli: Cli, models: dict[str, Path], reviews: Path, tmp_path: Path
) -> None:
    outcome = cli(
        "predict", models["kept"], reviews, "-o", tmp_path / "p.csv", "--encoder", tmp_path
    )

    assert "hint: Leave --encoder away" in outcome.failed_plainly().err
    assert files_in(tmp_path) == []


@pytest.mark.parametrize(
    "text", ["", " ", "🙂🙂🙂", "…", "e\u0301te\u0301 שלום 很好 🏳️‍🌈", "a " * 3_000]
)
def test_any_text_can_be_explained(cli: Cli, models: dict[str, Path], text: str) -> None:
    document = cli.json("explain", models["stars"], "--text", text)

    np.testing.assert_allclose(add_up(document), document["total"], rtol=0, atol=1e-9)
    assert document["tokens"] or not any(c.isalnum() for c in text)
