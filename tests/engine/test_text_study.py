"""A table of texts is described with and without a fit, once, and its examples are test rows."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from pellucid.core.errors import StoppedError
from pellucid.core.run import Run
from pellucid.data.reading import open_table
from pellucid.data.table import Table
from pellucid.engine.pipeline import study
from pellucid.engine.stores import profile_of
from pellucid.engine.text_examples import examples_of
from pellucid.engine.text_study import corpora_of, readings_of
from pellucid.models.black_box.box import BlackBox, BlackBoxFit, nothing_known
from pellucid.models.fit import Fit
from pellucid.models.fitting import fit
from pellucid.models.types import FitOptions
from pellucid.report.document import TokenStrip
from tiny_networks import save_tuned

GOOD = ("great", "lovely", "excellent", "quick")
BAD = ("broken", "awful", "late", "rude")
THINGS = ("parcel", "kettle", "lamp", "reply", "chair", "invoice", "delivery", "shop")


def write(path: Path, rows: int = 240) -> Path:
    rng = np.random.default_rng(4)
    with path.open("w", newline="", encoding="utf-8") as file:
        lines = csv.writer(file)
        lines.writerow(["review", "happy", "stars"])
        for row in range(rows):
            happy = rng.random() < 0.5
            mood = GOOD if happy != (rng.random() < 0.1) else BAD
            words = [rng.choice(THINGS) for _ in range(6)] + [rng.choice(mood) for _ in range(2)]
            rng.shuffle(words)
            text = f"the {' '.join(words)} came on day {row} from the {rng.choice(THINGS)}"
            lines.writerow([text, "yes" if happy else "no", f"{rng.normal(3 + happy):.2f}"])
    return path


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(tmp_path_factory.mktemp("texts") / "reviews.csv")


@pytest.fixture
def table(path: Path) -> Iterator[Table]:
    with open_table(path) as found:
        yield found


def options(target: str) -> FitOptions:
    drop = ("stars",) if target == "happy" else ("happy",)
    return FitOptions(target, quality="preview", encoder="none", drop=drop)


@pytest.fixture(scope="module")
def fitted(path: Path, tmp_path_factory: pytest.TempPathFactory) -> Fit:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PELLUCID_HOME", str(tmp_path_factory.mktemp("home_of_the_fit")))
        with open_table(path) as found:
            return fit(found, options("happy"), Run(workers=1))


def test_a_fit_is_told_with_its_texts(table: Table, fitted: Fit) -> None:
    found = study(table, fitted, Run())
    (texts,) = found.texts
    assert (texts.column, texts.by, texts.rows) == ("review", "happy", 240)
    assert texts.encoder is not None
    assert not texts.encoder.is_language_model
    sections = {claim.section for claim in found.words.claims}
    assert {"What the texts say", "Which words matter"} <= sections
    strips = [block for block in found.report().blocks if isinstance(block, TokenStrip)]
    assert 3 <= len(strips) <= 4


def test_what_was_found_is_kept_beside_the_store(table: Table, fitted: Fit) -> None:
    profile = profile_of(table, Run())
    first = corpora_of(table, profile, fitted, Run())
    said: list[str] = []
    again = corpora_of(table, profile, fitted, Run(on_progress=lambda p: said.append(p.stage)))
    assert again == first
    assert not said
    (kept,) = table.store.parent.glob("*.corpora-*")
    kept.write_text("damaged")
    assert corpora_of(table, profile, fitted, Run()) == first


def test_examples_are_test_rows_and_sum_to_the_prediction(table: Table, fitted: Fit) -> None:
    assert fitted.split is not None
    test = set(fitted.split.rows("test").tolist())
    values = table.values("happy").tolist()
    shown = examples_of(fitted, table, Run())
    assert [example.role for example in shown][:2] == ["Surely right", "Surely right"]
    for example in shown:
        assert example.row - 1 in test
        assert example.actual == values[example.row - 1]
        assert example.told.gap == pytest.approx(0, abs=1e-9)
        is_right = example.told.label == example.actual
        assert example.role != "Surely right" or is_right
        assert example.role != "Surely wrong" or not is_right
    assert examples_of(fitted, table, Run()) == shown


def test_unseen_ngrams_of_test_texts_are_counted(table: Table, fitted: Fit) -> None:
    (reading,) = readings_of(fitted, table, Run())
    assert 0 < reading.unseen < 0.5
    assert reading.test_texts == len(fitted.split.rows("test")) if fitted.split else False


def test_another_table_has_no_test_rows_to_show(fitted: Fit, tmp_path: Path) -> None:
    with open_table(write(tmp_path / "other.csv", rows=60)) as other:
        assert examples_of(fitted, other, Run()) == ()
        (reading,) = readings_of(fitted, other, Run())
        assert reading.test_texts == 0
        (texts,) = corpora_of(other, profile_of(other, Run()), fitted, Run())
        assert texts.copies.test == 0


def test_a_number_shows_a_hit_and_a_miss(table: Table) -> None:
    found = fit(table, options("stars"), Run(workers=1))
    shown = examples_of(found, table, Run())
    assert [example.role for example in shown] == ["Close", "Far off"]
    (texts,) = corpora_of(table, profile_of(table, Run()), found, Run())
    assert all("to" in group.group or "over" in group.group for group in texts.groups)


def test_a_table_without_a_fit_is_compared_by_the_likeliest_target(
    table: Table, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pellucid.encoders.choosing.find_spec", lambda _: None)
    found = study(table, None, Run())
    assert [texts.by for texts in found.texts] == ["happy"]
    assert not found.examples
    assert "What the texts say" in {claim.section for claim in found.words.claims}


def test_a_table_without_texts_has_none(tmp_path: Path) -> None:
    path = tmp_path / "numbers.csv"
    path.write_text("a,b\n" + "\n".join(f"{i},{i * 2}" for i in range(40)))
    with open_table(path) as found:
        assert corpora_of(found, profile_of(found, Run()), None, Run()) == ()


def test_a_stop_is_heard(table: Table, fitted: Fit) -> None:
    profile = profile_of(table, Run())
    with pytest.raises(StoppedError):
        corpora_of(table, profile, fitted, Run(should_stop=lambda: True))


def test_a_transformer_shows_its_texts_too(table: Table, fitted: Fit, tmp_path: Path) -> None:
    task = replace(fitted.model.task, features=(("review", "text"),))
    box = BlackBox(task, "review", save_tuned(tmp_path, task.classes))
    summary = replace(nothing_known(task), source_fingerprint=table.source.fingerprint)
    black = BlackBoxFit(box, summary, fitted.split)
    shown = examples_of(black, table, Run())
    assert shown
    assert all(example.told.method == "ig" for example in shown)
    (texts,) = corpora_of(table, profile_of(table, Run()), black, Run())
    assert texts.by == "happy"
