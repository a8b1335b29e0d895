"""Transformers on the command line: as encoders of n-grams, and as models of their own."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from cli_harness import Cli, files_in, rows_of

import pellucid
from pellucid.cli import main
from pellucid.core.errors import UserError
from pellucid.engine.loading import load_any
from pellucid.explain.tokens.types import TokenExplanation
from pellucid.models.black_box.box import BlackBoxFit, from_folder, nothing_known
from pellucid.models.black_box.files import save_black_box
from tiny_networks import save_bert, sentences

ROWS = 120


@pytest.fixture(scope="module")
def films(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("films") / "films.csv"
    lines = [
        f"{text},{i % 13},{'yes' if 'good' in text else 'no'}"
        for i, text in enumerate(sentences(ROWS))
    ]
    path.write_text("review,year,liked\n" + "\n".join(lines) + "\n", encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def encoder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return save_bert(tmp_path_factory.mktemp("encoder"), backbone=True)


@pytest.fixture(scope="module")
def box(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a random classifier as a model file."""
    folder = tmp_path_factory.mktemp("box")
    black = from_folder(save_bert(folder / "network", ["no", "yes"]), "review", target="liked")
    save_black_box(BlackBoxFit(black, nothing_known(black.task)), folder / "box")
    return folder / "box"


@pytest.fixture(scope="module")
def ngrams(films: Path, encoder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Fit n-grams whose scores come, in part, from a tiny transformer."""
    out = tmp_path_factory.mktemp("ngrams") / "m"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PELLUCID_HOME", str(tmp_path_factory.mktemp("home")))
        words = ["--target", "liked", "--drop", "year", "--text", "review", "--quiet"]
        assert main(["fit", str(films), *words, "--encoder", str(encoder), "-o", str(out)]) == 0
    return out


def test_a_transformer_is_tuned_kept_and_used(
    cli: Cli, films: Path, encoder: Path, tmp_path: Path
) -> None:
    words = ["--target", "liked", "--text", "review", "--encoder", encoder, "-o", tmp_path / "m"]
    outcome = cli("fit", films, *words, "--kind", "transformer", "--json")
    scored = cli.json("evaluate", tmp_path / "m", films)

    document = outcome.document
    assert (document["kind"], document["terms"]) == ("transformer", [])
    assert document["features"] == ["review"]
    assert {entry["column"] for entry in document["left_out"]} == {"year"}
    assert document["texts"] == [{"column": "review", "kind": "transformer"}]
    assert document["encoder"]["is_tuned"]
    assert set(document["metrics"]["test"]) >= {"auc", "accuracy"}
    assert scored["rows"] == ROWS
    assert scored["unseen"] == []


def test_predictions_are_those_of_the_network(
    cli: Cli, box: Path, films: Path, tmp_path: Path
) -> None:
    cli.json("predict", box, films, "-o", tmp_path / "out.csv")

    model = load_any(box).model
    written = [float(row["probability_yes"]) for row in rows_of(tmp_path / "out.csv")]
    np.testing.assert_allclose(written, model.predict_proba(rows_of(films))[:, 1], atol=1e-6)


@pytest.mark.parametrize(
    "method", [None, "gradient", "ig", "occlusion", "shap", "lime", "attention"]
)
def test_every_method_explains_a_transformer(cli: Cli, box: Path, method: str | None) -> None:
    words = [] if method is None else ["--method", method]
    document = cli.json("explain", box, "--text", "a very good film 👩‍👩‍👧!", *words)

    total = document["intercept"] + sum(token["score"] for token in document["tokens"])
    assert document["method"] == method or (method is None and document["method"] == "ig")
    assert document["faithfulness"]["rankings"] > 0
    if document["gap"] is not None:
        assert total + document["gap"] == pytest.approx(document["total"], abs=1e-4)
    told = cli("explain", box, "--text", "a very good film", *words).out
    assert "liked is predicted" in told
    assert "random" in told


def test_a_row_is_explained_by_its_text(cli: Cli, box: Path, films: Path) -> None:
    document = cli.json("explain", box, "--row", "2", "--data", films)

    assert (document["row"], document["text"]) == (2, sentences(ROWS)[1])
    assert document["actual"] in ("yes", "no")


@pytest.mark.parametrize(
    "words", [[], ["--term", "review"], ["--text", "x", "--method", "exact"],
              ["--text", "x", "--column", "year"]],
    ids=" ".join,
)  # fmt: skip
def test_what_a_transformer_cannot_explain_is_said(cli: Cli, box: Path, words: list[str]) -> None:
    assert "hint: " in cli("explain", box, *words).failed_plainly().err


def test_unseen_words_are_scored_through_the_models_own_encoder(
    cli: Cli, ngrams: Path, encoder: Path, tmp_path: Path
) -> None:
    other = tmp_path / "other.csv"
    other.write_text("review,liked\n" + "zebra giraffe good,yes\nlong kangaroo,no\n" * 5)
    words = [ngrams, other, "-o", tmp_path / "out.csv"]
    plain = cli.json("predict", *words)
    before = rows_of(tmp_path / "out.csv")
    through = cli("predict", *words, "--encoder", encoder, "--json")

    assert plain["unseen"][0]["unseen"] > 0
    assert through.document["unseen"][0]["unseen"] == 0
    assert rows_of(tmp_path / "out.csv") != before
    stranger = save_bert(tmp_path / "stranger", seed=9, backbone=True)
    refused = cli("evaluate", ngrams, other, "--encoder", stranger).failed_plainly()
    assert "is not the encoder that the model was fitted with" in refused.err


def test_a_transformer_takes_no_other_encoder(
    cli: Cli, box: Path, films: Path, encoder: Path
) -> None:
    outcome = cli("evaluate", box, films, "--encoder", encoder).failed_plainly()

    assert "hint: Leave --encoder away" in outcome.err


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        ("pickled", "safetensors"), ("cut", "are damaged"), ("code", "code"), ("tokenizer", ""),
        ("no JSON", "is not JSON"), ("model_type", "names the architecture 'zebra'"),
        ("hidden_size", "other sizes than its config.json says"),
        ("num_hidden_layers", "are not those of its architecture"),
    ],
)  # fmt: skip
def test_a_folder_that_is_no_safe_encoder_is_refused(
    cli: Cli, films: Path, tmp_path: Path, damage: str, said: str
) -> None:
    folder = save_bert(tmp_path / "folder", backbone=True)
    weights, settings = folder / "model.safetensors", folder / "config.json"
    others = {"model_type": "zebra", "hidden_size": 48, "num_hidden_layers": 9}
    if damage == "pickled":
        weights.rename(folder / "pytorch_model.bin")
    elif damage == "cut":
        weights.write_bytes(weights.read_bytes()[:2_000])
    elif damage == "no JSON":
        settings.write_text('{"model_type": ')
    elif damage == "code" or damage in others:
        changed = {"auto_map": {"AutoModel": "evil.Model"}} if damage == "code" else {
            damage: others[damage]
        }  # fmt: skip
        settings.write_text(json.dumps(json.loads(settings.read_text()) | changed))
    else:
        (folder / "tokenizer.json").unlink()
    (tmp_path / "out").mkdir()

    words = ["--target", "liked", "--text", "review", "--encoder", folder]
    outcome = cli("fit", films, *words, "-o", tmp_path / "out" / "m")

    err = outcome.failed_plainly().err
    assert "hint: " in err
    assert said in err
    assert files_in(tmp_path / "out") == []


def test_weights_of_one_architecture_are_not_read_as_another(
    cli: Cli, films: Path, tmp_path: Path
) -> None:
    folder = save_bert(tmp_path / "folder", backbone=True)
    settings = folder / "config.json"
    changed = {"model_type": "t5", "architectures": ["T5Model"]}
    settings.write_text(json.dumps(json.loads(settings.read_text()) | changed))

    words = ["--target", "liked", "--text", "review", "--encoder", folder]
    outcome = cli("fit", films, *words, "-o", tmp_path / "m")

    assert "cannot be loaded" in outcome.failed_plainly().err


def test_the_language_model_that_comes_along_is_the_default(
    cli: Cli, films: Path, offline_encoder: Path, tmp_path: Path
) -> None:
    words = ["--target", "liked", "--drop", "year", "--text", "review", "--quality", "preview"]
    outcome = cli("fit", films, *words, "-o", tmp_path / "m", "--json", "--offline")

    note = outcome.document["encoder"]
    assert outcome.code == 0
    assert "No language model" not in outcome.err
    assert note is None or Path(note["folder"]) == offline_encoder


def test_python_does_the_same(films: Path, box: Path, tmp_path: Path) -> None:
    options: dict[str, Any] = {"quality": "preview", "texts": ["review"], "drop": ["year"]}
    fit = pellucid.fit(films, "liked", encoder="none", **options)
    path = tmp_path / "m"
    fit.model.save(path)
    text = "a very good film"

    told = pellucid.explain(fit, text=text)
    by_occlusion = pellucid.explain(fit.model, text=text, method="occlusion", column="review")
    in_row = pellucid.explain(fit, 3, films, text=text)
    black = pellucid.explain(pellucid.load(box), text=text, method="gradient")

    assert isinstance(told, TokenExplanation)
    assert (told.method, by_occlusion.method, black.method) == ("exact", "occlusion", "gradient")
    assert in_row.total == pytest.approx(told.total, abs=1e-9)
    assert pellucid.explain(pellucid.load(path), text=text).total == pytest.approx(told.total)
    with pytest.raises(UserError, match="no terms"):
        pellucid.explain(pellucid.load(box))
    with pytest.raises(UserError, match="There is no row"):
        pellucid.explain(fit, 999, {"review": ["a"]}, text=text)
