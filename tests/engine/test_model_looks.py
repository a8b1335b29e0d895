"""Jobs that look into models: two side by side, layers and heads, and what a text rests on."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from text_shelf import Shelf, do

from pellucid.core.errors import UserError
from pellucid.core.run import Run
from pellucid.core.values import from_json
from pellucid.encoders.transformer import load_encoder
from pellucid.engine.last_layers import layer_over
from pellucid.explain.corpus.language_types import Disagreement
from pellucid.explain.corpus.network_types import HeadsView, LayersView, LookedInto
from pellucid.explain.corpus.views import (
    NeighbourView,
)
from pellucid.models.black_box.box import BlackBoxFit, from_folder, nothing_known
from pellucid.models.black_box.files import save_black_box
from pellucid.models.files import load_fit
from tiny_networks import save_bert, save_tuned


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
    other = from_json(NeighbourView, do("neighbours", fit=tmp_path / "box", encoder="none", **text))
    assert not other.is_own_layer


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
