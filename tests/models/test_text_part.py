"""Texts in a fit: they take part by default, go first, and every token is accounted for."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import numpy as np
import pytest

from pellucid.core.errors import StoppedError
from pellucid.core.run import Run
from pellucid.data.frames import columns_of
from pellucid.data.table import Table
from pellucid.explain.tokens.exact import explain_exact
from pellucid.models.additive import AdditiveModel
from pellucid.models.files import load_fit, save_fit
from pellucid.models.fitting import fit
from pellucid.models.measuring import COLUMNS_ALONE, TEXTS_ALONE
from pellucid.models.types import FitOptions
from tiny_networks import save_bert

TableOf = Callable[[Mapping[str, Sequence[object]]], Table]
GOOD = ("splendid", "lovely", "works well", "very happy")
BAD = ("broken", "awful", "sent back", "not happy")
FILL = [
    "the", "a", "parcel", "came", "on", "monday", "with", "this", "and", "that", "box", "in",
    "blue", "from", "my", "street", "today",
]  # fmt: skip


def reviews(rows: int = 240, seed: int = 3) -> dict[str, list[object]]:
    """Reviews whose words and whose price say whether they are liked; some are missing."""
    random = np.random.default_rng(seed)
    liked = random.random(rows) < 0.5
    words: list[object] = []
    for is_liked in liked:
        fill = random.choice(FILL, random.integers(6, 20)).tolist()
        says = GOOD if is_liked == (random.random() < 0.85) else BAD
        fill.insert(int(random.integers(0, len(fill))), str(random.choice(says)))
        words.append(" ".join(fill))
    words[5], words[17], words[30] = None, "", "😀😀 !!!"
    price = np.where(liked, 20, 35) + random.normal(0, 12, rows)
    return {
        "review": words,
        "price": price.round(2).tolist(),
        "stars": (np.where(liked, 4, 2) + random.normal(0, 1, rows)).round(2).tolist(),
        "liked": np.where(liked, "yes", "no").tolist(),
        "mood": np.where(liked, np.where(price < 20, "glad", "calm"), "cross").tolist(),
    }


def options(target: str, *drop: str, **others: object) -> FitOptions:
    chosen = {"quality": "preview", "encoder": "none", "drop": drop} | others
    return FitOptions(target, **chosen)  # type: ignore[arg-type] # a dictionary of any values


def margin_parts(model: AdditiveModel, table: Table) -> tuple[np.ndarray, np.ndarray]:
    """Return the margins, and intercept + token scores, of every row."""
    columns, _ = columns_of(table, model.task.features)
    told = [explain_exact(model, columns, row) for row in range(table.rows)]
    sums = [
        np.array(one.intercept) + np.sum([t.score for t in one.tokens], axis=0, initial=0.0)
        if one.tokens
        else np.array(one.intercept)
        for one in told
    ]
    return model.margin(columns), np.array(sums)


@pytest.mark.parametrize("target", ["liked", "mood", "stars"])
def test_texts_take_part_beside_columns(table_of: TableOf, target: str) -> None:
    data = reviews()
    drop = [name for name in ("liked", "mood", "stars") if name != target]
    table = table_of(data)
    seen: list[AdditiveModel] = []
    run = Run(workers=1, on_partial=lambda _, model: seen.append(model))  # type: ignore[arg-type] # a model
    fitted = fit(table, options(target, *drop), run)
    model = fitted.model
    assert [text.column for text in model.texts] == ["review"]
    assert "price" in {term.name for term in model.terms}
    assert seen[0].terms == ()
    assert [text.column for text in seen[-1].texts] == ["review"]
    names = [scores.name for scores in fitted.baselines]
    assert names[:2] == [TEXTS_ALONE, COLUMNS_ALONE]
    assert "TF-IDF" in names
    assert {item.term for item in fitted.summary.evidence} >= {"review", "price"}
    margins, sums = margin_parts(model, table)
    np.testing.assert_allclose(sums, margins, atol=1e-6)
    columns, _ = columns_of(table, model.task.features)
    train = fitted.split.rows("train")  # type: ignore[union-attr] # a fit has its rows
    average = model.texts[0].contribution(columns)[train].mean(axis=0)
    np.testing.assert_allclose(average, 0.0, atol=1e-8)
    if len(model.intercept) > 1:
        np.testing.assert_allclose(margins.sum(axis=1), 0.0, atol=1e-8)


def test_texts_alone_are_a_model(table_of: TableOf, tmp_path: Path) -> None:
    table = table_of({name: reviews()[name] for name in ("review", "liked")})
    fitted = fit(table, options("liked", positive="no"), Run(workers=1))
    assert fitted.model.terms == ()
    assert [scores.name for scores in fitted.baselines] == ["TF-IDF"]
    assert fitted.metrics["auc"].value > 0.7
    text = fitted.model.texts[0]
    assert text.scores[text.cell("splendid"), 0] < 0 < text.scores[text.cell("broken"), 0]
    save_fit(fitted, tmp_path / "m.zip")
    loaded = load_fit(tmp_path / "m.zip").model
    columns, _ = columns_of(table, loaded.task.features)
    np.testing.assert_array_equal(loaded.margin(columns), fitted.model.margin(columns))


def test_the_number_of_workers_does_not_matter(table_of: TableOf) -> None:
    table = table_of({name: reviews(120)[name] for name in ("review", "price", "liked")})
    one, two = (fit(table, options("liked"), Run(workers=n)).model for n in (1, 2))
    columns, _ = columns_of(table, one.task.features)
    np.testing.assert_array_equal(one.margin(columns), two.margin(columns))


@pytest.mark.parametrize("with_price", [False, True])
def test_a_keyword_tree_is_a_term(table_of: TableOf, tmp_path: Path, with_price: bool) -> None:
    names = ("review", "price", "liked") if with_price else ("review", "liked")
    table = table_of({name: reviews()[name] for name in names})
    fitted = fit(table, options("liked", kind="tree"), Run(workers=1))
    term = fitted.model.term("review")
    assert term.kind == "leaves"
    assert term.axes[0].tree is not None
    assert len(term.axes[0].levels or ()) > 2
    assert fitted.metrics["auc"].value > 0.65
    save_fit(fitted, tmp_path / "m.zip")
    loaded = load_fit(tmp_path / "m.zip").model
    columns, _ = columns_of(table, loaded.task.features)
    np.testing.assert_array_equal(loaded.margin(columns), fitted.model.margin(columns))


def test_a_column_is_read_as_text_where_asked_for(table_of: TableOf) -> None:
    data = reviews()
    data["town"] = ["new york" if value == "yes" else "old york" for value in data["liked"]]
    table = table_of({name: data[name] for name in ("town", "price", "liked")})
    fitted = fit(table, options("liked", texts=("town",)), Run(workers=1))
    assert [text.column for text in fitted.model.texts] == ["town"]
    assert fitted.model.task.features[0] == ("town", "text")


def test_a_stop_keeps_the_bags_of_texts_that_are_done(table_of: TableOf) -> None:
    table = table_of({name: reviews()[name] for name in ("review", "price", "liked")})
    published: list[AdditiveModel] = []

    def stopping(_: str, model: object) -> None:
        assert isinstance(model, AdditiveModel)
        published.append(model)

    run = Run(workers=1, on_partial=stopping, should_stop=lambda: len(published) > 2)
    fitted = fit(table, options("liked"), run)
    assert fitted.model.texts
    assert fitted.model.terms == ()
    assert fitted.summary.bags < fitted.summary.bags_asked
    with pytest.raises(StoppedError):
        fit(table, options("liked"), Run(workers=1, should_stop=lambda: True))


def test_texts_that_say_nothing_leave_a_model_of_the_columns(table_of: TableOf) -> None:
    data = reviews(120)
    random = np.random.default_rng(1)
    data["review"] = [f"w{random.integers(1 << 40):x} " * 3 for _ in data["liked"]]
    table = table_of({name: data[name] for name in ("review", "price", "liked")})
    fitted = fit(table, options("liked", texts=("review",)), Run(workers=1))
    assert fitted.model.texts[0].importance == pytest.approx(0.0, abs=0.2)
    assert "price" in {term.name for term in fitted.model.terms}


@pytest.mark.parametrize("names", [("review", "liked"), ("review", "price", "stars")])
def test_a_tuned_encoder_teaches_the_texts(
    table_of: TableOf, tmp_path: Path, names: tuple[str, ...]
) -> None:
    data = reviews(120)
    table = table_of({name: data[name] for name in names})
    folder = save_bert(tmp_path / "bert")
    fitted = fit(table, options(names[-1], tune=True, encoder=str(folder)), Run(seed=1, workers=1))
    summary, text = fitted.summary, fitted.model.texts[0]
    assert text.encoder is None or text.encoder.is_tuned
    set_aside = [alert for alert in summary.warnings if alert.kind == "tuning"]
    assert len(set_aside) == len(names) - 2
    used = summary.rows["train"] + summary.rows["validation"] + summary.rows["test"]
    assert used == (120 if len(names) == 2 else 120 - summary.rows["train"])
    margins, sums = margin_parts(fitted.model, table)
    np.testing.assert_allclose(sums, margins, atol=1e-6)
