"""Jobs about texts: plain JSON in, values out, for models that can be read and for transformers."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pytest
from text_shelf import ROWS, Shelf, do

from pellucid.core.errors import StoppedError, UserError
from pellucid.core.run import Run
from pellucid.core.values import from_json
from pellucid.explain.corpus.language_types import SwapEffect
from pellucid.explain.corpus.views import (
    CorpusView,
    FaithfulnessView,
    NgramTable,
    SanityView,
    TextMapView,
)
from pellucid.explain.tokens.types import TokenExplanation
from pellucid.models.files import load_fit


@pytest.fixture(params=["fit", "box"])
def model(request: pytest.FixtureRequest, shelf: Shelf) -> str:
    path: str = getattr(shelf, request.param)
    return path


def test_a_text_is_explained_on_its_own_and_in_its_row(shelf: Shelf) -> None:
    text = shelf.texts[5]
    alone = from_json(TokenExplanation, do("explain_text", fit=shelf.fit, text=text))
    in_row = do("explain_text", fit=shelf.fit, text=text, column="review", row={"year": 5})

    found = load_fit(Path(shelf.fit)).model
    margin = found.margin({"review": np.array([text], dtype=object), "year": np.array([5.0])})
    assert alone.method == "exact"
    assert alone.faithfulness is not None
    assert in_row["total"][0] == pytest.approx(float(margin[0, 0]))
    assert "year" not in {term.name for term in found.terms} or in_row["total"] != alone.total


@pytest.mark.parametrize("method", ["ig", "gradient", "occlusion", "attention"])
def test_a_transformer_is_explained(shelf: Shelf, method: str) -> None:
    told = from_json(
        TokenExplanation,
        do("explain_text", fit=shelf.box, text="a very good film", method=method, column="review"),
    )

    assert told.method == method
    assert "".join(token.text for token in told.tokens) == "averygoodfilm"
    assert told.label in ("no", "yes")


def test_a_regression_is_judged_in_deviations_of_its_target(shelf: Shelf) -> None:
    told = do("explain_text", fit=shelf.number, text="good great film")

    values = [float(np.std([0, 1]))]
    assert 0 < told["faithfulness"]["comprehensiveness"] < 10 * max(values)


def test_another_column_or_method_is_refused(shelf: Shelf) -> None:
    for params in ({"column": "year"}, {"method": "ig"}, {"contrast": "maybe"}):
        with pytest.raises(UserError) as caught:
            do("explain_text", fit=shelf.fit, text="good", **params)
        assert caught.value.hint


def test_ngrams_come_with_examples(shelf: Shelf) -> None:
    found = from_json(NgramTable, do("ngrams", fit=shelf.fit, store=shelf.store, most=5))

    assert found.column == "review"
    assert len(found.rows) == 5
    assert {"good", "great"} & {row.ngram for row in found.rows}
    row = next(row for row in found.rows if row.examples)
    example = row.examples[0]
    assert shelf.texts[example.row].find(example.snippet[example.start : example.end]) >= 0
    with pytest.raises(UserError, match="no scores of n-grams"):
        do("ngrams", fit=shelf.box)


@pytest.mark.parametrize(
    "pairs", [[["good", "bad"]], {"one": ["film"], "other": ["book"]}, "English pronouns"]
)
def test_swapped_words(shelf: Shelf, model: str, pairs: object) -> None:
    found = from_json(SwapEffect, do("swap", fit=model, store=shelf.store, pairs=pairs))

    assert found.searched == ROWS
    if pairs == "English pronouns":
        assert found.holding == 0
        return
    assert found.holding > 10
    if model == shelf.fit and isinstance(pairs, list):
        assert found.change.high < 0


def test_a_list_of_words_that_is_none_is_refused(shelf: Shelf) -> None:
    for pairs in ("no such list", [["one"]]):
        with pytest.raises(UserError):
            do("swap", fit=shelf.fit, store=shelf.store, pairs=pairs)


def test_methods_are_tested_on_test_rows(shelf: Shelf, model: str) -> None:
    method = "occlusion" if model == shelf.box else None
    found = from_json(
        FaithfulnessView,
        do("faithfulness", fit=model, store=shelf.store, method=method, texts=6),
    )

    assert found.part == ("test" if model == shelf.fit else "all")
    assert found.texts == 6
    expected = {"exact", "occlusion", "shap", "lime"} if method is None else {"occlusion"}
    assert set(found.comparison.methods) == expected
    if method is None:
        assert found.comparison.methods["exact"].gain.value > 0


def test_explanations_change_with_what_was_learned(shelf: Shelf, model: str) -> None:
    found = from_json(SanityView, do("sanity", fit=model, store=shelf.store, texts=8))

    names = [check.name for check in found.checks]
    assert names == ["weights randomised", "labels shuffled"][: 2 if model == shelf.fit else 1]
    assert found.method == ("exact" if model == shelf.fit else "ig")
    assert all(check.texts >= 5 and check.sentence for check in found.checks)
    assert found.checks[0].agreement < 0.9


def test_a_corpus_is_seen_as_a_whole(shelf: Shelf) -> None:
    params = {"store": shelf.store, "column": "review", "by": "liked", "encoder": "none"}
    found = from_json(CorpusView, do("corpus", fit=shelf.fit, **params))

    assert (found.texts, found.without_words) == (ROWS, 0)
    assert 2 <= found.tokens_median <= found.tokens_most == 9
    assert found.unit == "word"
    assert [group.group for group in found.distinctive] == ["no", "yes"]
    assert len(found.clusters.assignment) == len(found.rows) == ROWS
    assert all(0 <= row < ROWS for one in found.clusters.clusters for row in one.typical)
    assert not found.vectors.is_language_model
    assert found.duplicates.crossing_rows is not None
    plain = do("corpus", store=shelf.store, column="review", encoder="none")
    assert plain["distinctive"] == []


def test_texts_are_placed_on_a_map(shelf: Shelf) -> None:
    params = {"store": shelf.store, "column": "review", "encoder": "none"}
    found = from_json(TextMapView, do("text_map", by="score", **params))

    assert found.map.positions.shape == (len(found.map.rows), 2)
    assert len(found.codes) == len(found.map.rows)
    assert len(found.groups) == 2
    assert found.groups[0].startswith("over ")
    assert max(found.map.clusters) < len(found.labels)


@pytest.mark.parametrize(
    ("name", "params"),
    [
        ("corpus", {"column": "review"}),
        ("text_map", {"column": "review"}),
        ("neighbours", {"fit": "fit", "text": "good film"}),
        ("faithfulness", {"fit": "fit"}),
        ("sanity", {"fit": "box"}),
    ],
)
def test_a_stop_is_heard(shelf: Shelf, name: str, params: Mapping[str, str]) -> None:
    given = {key: getattr(shelf, value, value) for key, value in params.items()}
    with pytest.raises(StoppedError):
        do(name, Run(should_stop=lambda: True), store=shelf.store, **given)


def test_a_column_that_is_not_there_is_said(shelf: Shelf) -> None:
    for name in ("corpus", "text_map"):
        with pytest.raises(UserError, match="no column"):
            do(name, store=shelf.store, column="nonsense")


def test_a_transformer_is_written_up_without_terms(shelf: Shelf, tmp_path: Path) -> None:
    subject = {"store": shelf.store, "fit": shelf.box}
    with pytest.raises(UserError, match="no terms"):
        do("explain", fit=shelf.box)

    words = do("write", **subject)
    done = do("export", **subject, path=tmp_path / "out.md")
    do("save_project", **subject, path=tmp_path / "films.pellucid")
    back = do("open_project", path=tmp_path / "films.pellucid")

    assert words["claims"]
    assert done["bytes"] > 0
    assert back["summary"]["options"]["kind"] == "transformer"


def test_the_engine_starts_without_the_libraries_of_single_jobs() -> None:
    script = (
        "import sys, pellucid.engine.worker;"
        "heavy = 'torch', 'transformers', 'sklearn', 'scipy', 'pandas', 'interpret', 'openai';"
        "print([m for m in heavy if m in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )

    assert done.stdout == "[]\n"
