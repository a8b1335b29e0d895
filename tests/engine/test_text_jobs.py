"""Jobs about texts: plain JSON in, values out, for models that can be read and for transformers."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from pellucid.core.errors import StoppedError, UserError
from pellucid.core.run import Run
from pellucid.core.values import from_json, to_json
from pellucid.encoders.transformer import load_encoder
from pellucid.engine.jobs import JOBS
from pellucid.engine.last_layers import layer_over
from pellucid.explain.corpus.language_types import Disagreement, SwapEffect
from pellucid.explain.corpus.network_types import HeadsView, LayersView, LookedInto
from pellucid.explain.corpus.views import (
    CorpusView,
    FaithfulnessView,
    NeighbourView,
    NgramTable,
    SanityView,
    TextMapView,
)
from pellucid.explain.tokens.types import TokenExplanation
from pellucid.models.black_box.box import BlackBoxFit, from_folder, nothing_known
from pellucid.models.black_box.files import save_black_box
from pellucid.models.files import load_fit
from tiny_networks import save_bert, save_tuned, sentences

ROWS = 120


def do(name: str, run: Run | None = None, /, **params: Any) -> Any:
    """Run a job as the worker does, through JSON both ways."""
    given = json.loads(json.dumps(to_json(params)))
    return to_json(JOBS[name](run or Run(workers=1), **given))


@dataclass(frozen=True)
class Shelf:
    """A table of films, a fit that reads its texts, one that reads them alone, and transformers."""

    store: str
    fit: str
    number: str
    box: str
    texts: tuple[str, ...]


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Shelf:
    folder = tmp_path_factory.mktemp("films")
    texts = sentences(ROWS)
    liked = ["yes" if ("good" in t) + ("great" in t) > ("bad" in t) else "no" for t in texts]
    random = np.random.default_rng(3)
    lines = [
        f"{text},{i % 13},{label},{(label == 'yes') + random.normal(0, 0.2):.2f}"
        for i, (text, label) in enumerate(zip(texts, liked, strict=True))
    ]
    (folder / "films.csv").write_text("review,year,liked,score\n" + "\n".join(lines) + "\n")
    save_bert(folder / "network", ["no", "yes"])
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PELLUCID_HOME", str(tmp_path_factory.mktemp("home")))
        store = do("open", path=folder / "films.csv")["store"]
        common = {"texts": ["review"], "encoder": "none", "quality": "preview"}
        fits = [
            do("fit", store=store, options={"target": target, "drop": drop, **common})["fit"]
            for target, drop in (("liked", ["score"]), ("score", ["liked", "year"]))
        ]
    box = from_folder(folder / "network", "review", load_fit(Path(fits[0])).model.task)
    save_black_box(BlackBoxFit(box, nothing_known(box.task)), folder / "box.zip")
    return Shelf(store, fits[0], fits[1], str(folder / "box.zip"), tuple(texts))


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


def test_two_models_are_compared_on_the_rows_that_tested_the_first(shelf: Shelf) -> None:
    params = {"fit": shelf.fit, "other": shelf.box, "store": shelf.store}
    found = from_json(Disagreement, do("disagree", **params))

    split = load_fit(Path(shelf.fit)).split
    assert split is not None
    test = set(split.rows("test").tolist())
    assert found.names == ("n-gram model", "transformer")
    assert found.texts == len(test)
    told = (*found.a_over_b, *found.b_over_a)
    assert told
    assert all(one.row in test and shelf.texts[one.row] == one.text for one in told)
    with pytest.raises(UserError, match="do not predict the same"):
        do("disagree", fit=shelf.fit, other=shelf.number, store=shelf.store)


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


def test_near_and_influential_training_texts(shelf: Shelf) -> None:
    for fit, output in ((shelf.fit, "yes"), (shelf.number, "score")):
        params = {"fit": fit, "store": shelf.store, "text": shelf.texts[0], "encoder": "none"}
        found = from_json(NeighbourView, do("neighbours", most=4, **params))

        split = load_fit(Path(fit)).split
        assert split is not None
        train = set(split.rows("train").tolist())
        assert found.output == output
        assert len(found.nearest) == len(found.influential) == 4
        assert all(one.row in train for one in (*found.nearest, *found.influential))
        assert all(shelf.texts[one.row] == one.text for one in found.nearest)
        assert found.nearest[0].similarity >= found.nearest[-1].similarity
        assert abs(found.influential[0].influence) >= abs(found.influential[-1].influence)
        assert all(one.truth for one in found.nearest)
        assert not found.is_own_layer
        assert 0.7 < found.agreement <= 1
        assert found.is_number == (fit == shelf.number)
    with pytest.raises(UserError, match="no words"):
        do("neighbours", fit=shelf.fit, store=shelf.store, text=" … ")


def test_a_transformers_own_vectors_find_neighbours(shelf: Shelf, tmp_path: Path) -> None:
    save_tuned(tmp_path / "tuned", ("no", "yes"))
    box = from_folder(tmp_path / "tuned", "review", load_fit(Path(shelf.fit)).model.task)
    save_black_box(BlackBoxFit(box, nothing_known(box.task)), tmp_path / "box")

    text = {"store": shelf.store, "text": shelf.texts[0]}
    found = from_json(NeighbourView, do("neighbours", fit=tmp_path / "box", **text))

    assert found.nearest[0].similarity == pytest.approx(1, abs=1e-3)
    assert found.vectors.is_language_model
    assert found.is_own_layer
    assert found.influential[0].influence


def test_a_transformers_own_layer_gives_its_own_margins(shelf: Shelf, tmp_path: Path) -> None:
    save_tuned(tmp_path / "tuned", ("no", "yes"))
    box = from_folder(tmp_path / "tuned", "review", load_fit(Path(shelf.fit)).model.task)
    encoder = load_encoder(tmp_path / "tuned", Run(workers=1))
    texts = list(shelf.texts[:20])
    vectors = encoder.encode(texts, Run(workers=1))
    truth = np.arange(20) % 2
    layer = layer_over(box, box.network, texts, vectors, vectors[0], truth, 0, Run(workers=1))

    chance = box.network.mean(box.network.margins(texts))[:, 1]
    assert layer.is_own
    # The encoder may read in half precision, where the machine is quicker so.
    assert layer.head.residuals[:, 0] == pytest.approx(chance - truth, abs=0.03)


def test_layers_are_probed_and_heads_shown(shelf: Shelf, tmp_path: Path) -> None:
    folder = save_bert(tmp_path / "bare", backbone=True)
    layers = from_json(
        LayersView, do("probe", store=shelf.store, column="review", fit=shelf.fit, folder=folder)
    )
    seen = from_json(HeadsView, do("heads", fit=shelf.box, text="a good film"))
    bare = from_json(HeadsView, do("heads", folder=folder, text="a good film"))

    assert layers.probes.columns[0].column == "liked"
    assert layers.probes.layers == 3
    assert layers.network == LookedInto("bare", is_own=False)
    assert seen.network.is_own
    assert [seen.text[start:end] for start, end in seen.words] == ["a", "good", "film"]
    assert seen.maps.shape == bare.maps.shape
    assert seen.maps.shape[2:] == (3, 3)
    assert len(seen.heads) == seen.maps.shape[0] * seen.maps.shape[1]
    assert float(seen.maps.sum(axis=-1).max()) < 1
    assert np.array_equal(seen.maps, seen.maps.round(3))
    with pytest.raises(UserError, match="no words"):
        do("heads", fit=shelf.box, text=" ")


def test_a_model_in_a_project_is_compared_and_what_it_knew_is_said(
    shelf: Shelf, tmp_path: Path
) -> None:
    project = tmp_path / "films.pellucid"
    do("save_project", store=shelf.store, fit=shelf.fit, path=project)
    same = {"fit": shelf.fit, "store": shelf.store}
    found = from_json(Disagreement, do("disagree", other=project, **same))
    box = from_json(Disagreement, do("disagree", other=shelf.box, **same))

    assert found.differing == 0
    assert found.names == ("first n-gram model", "second n-gram model")
    assert not found.note
    assert "not known" in box.note
    assert all(one.label_a == one.truth != one.label_b for one in box.a_over_b)
    empty = tmp_path / "empty.pellucid"
    do("save_project", store=shelf.store, path=empty)
    with pytest.raises(UserError, match="holds no model"):
        do("disagree", other=empty, **same)


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


def test_neither_the_engine_nor_its_warm_up_loads_torch() -> None:
    script = (
        "import sys; from pellucid.engine.jobs import warm_up; warm_up();"
        "print([m for m in ('torch', 'transformers') if m in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )

    assert done.stdout == "[]\n"
