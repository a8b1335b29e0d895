"""A fit as a file: whole, exact, and readable with NumPy alone."""

from __future__ import annotations

import json
import math
import subprocess
import sys
import zipfile
from pathlib import Path

import numpy as np
import pytest

from pellucid.core.errors import UserError
from pellucid.data.types import Alert, Split
from pellucid.models.additive import AdditiveModel, Axis, Term
from pellucid.models.files import load_fit, save_fit
from pellucid.models.fit import Fit
from pellucid.models.texts import EncoderNote, TextTerm
from pellucid.models.types import (
    Estimate,
    FitOptions,
    FitSummary,
    LeftOut,
    Scores,
    Seconds,
    Task,
    TermEvidence,
)

COLUMNS = {
    "age": np.array([30.0, np.nan, 55.5]),
    "town": np.array(["Łódź", None, "elsewhere"], dtype=object),
    "notes": np.array(["Łódź, Łódź: no!", None, "病"], dtype=object),
}


def make_text(random: np.random.Generator) -> TextTerm:
    bags, offsets = random.normal(size=(3, 5, 1)), random.normal(size=(3, 1))
    heads, centre = random.normal(size=(3, 4, 1)), random.normal(size=4)
    return TextTerm(
        "notes", "notes", ("no", "łódź łódź", "病"), 2, bags.mean(axis=0), bags, np.arange(5.0),
        offsets.mean(axis=0), offsets, 0.25, 3.5, EncoderNote("made up", "ab", False), heads,
        centre,
    )  # fmt: skip


def make_fit() -> Fit:
    random = np.random.default_rng(0)
    age = Axis("age", "age", edges=np.array([1 / 3, 40.1]), low=0.1, high=80.0)
    town = Axis("town", "town", levels=('=cmd("x")', "Łódź"))
    terms = []
    for name, kind, axes in (
        ("age", "bins", (age,)), ("town", "levels", (town,)), ("age & town", "pair", (age, town)),
    ):  # fmt: skip
        shape = tuple(axis.size for axis in axes)
        bags = random.normal(size=(3, *shape, 1))
        weights = np.ones(shape)
        terms.append(Term(name, kind, axes, bags.mean(axis=0), bags, weights))  # type: ignore[arg-type] # kinds are literals
    features = (("age", "number"), ("town", "category"), ("notes", "text"))
    task = Task("sick", "binary", ("no", "yes"), "no", features)  # type: ignore[arg-type] # kinds
    intercepts = random.normal(size=(3, 1))
    start = intercepts.mean(axis=0)
    model = AdditiveModel(task, "logit", start, intercepts, tuple(terms), (make_text(random),))
    scores = Scores("additive", {"auc": Estimate(0.9, 0.8, math.nan)}, "bootstrap")
    summary = FitSummary(
        task, FitOptions("sick", drop=("id",)), {"train": 2, "validation": 0, "test": 1},
        (LeftOut("id", "identifies rows"),), 3, 8, Seconds(0.5, 2.0), scores, (scores,),
        (TermEvidence("age", 0.1, 0.05, 0.15, True),), (Alert("leakage", ("age",), "…"),), "ab12",
    )  # fmt: skip
    return Fit(model, summary, Split(np.array([0, 2, -1, 0], dtype=np.int8), 7))


@pytest.fixture
def saved(tmp_path: Path) -> Path:
    path = tmp_path / "model.fit"
    save_fit(make_fit(), path)
    return path


def test_a_round_trip_is_exact(saved: Path) -> None:
    before, after = make_fit(), load_fit(saved)
    np.testing.assert_array_equal(after.model.margin(COLUMNS), before.model.margin(COLUMNS))
    for ours, theirs in zip(after.model.terms, before.model.terms, strict=True):
        np.testing.assert_array_equal(ours.bag_scores, theirs.bag_scores)
        np.testing.assert_array_equal(ours.weights, theirs.weights)
        assert repr(ours.axes) == repr(theirs.axes)
    assert after.model.task == before.model.task
    assert repr(after.summary) == repr(before.summary)
    assert after.split is not None
    assert before.split is not None
    assert after.split.part.tolist() == before.split.part.tolist()
    assert after.split.seed == 7


def test_the_same_fit_gives_the_same_bytes(saved: Path, tmp_path: Path) -> None:
    save_fit(make_fit(), tmp_path / "again")
    assert saved.read_bytes() == (tmp_path / "again").read_bytes()


def test_a_model_alone_comes_with_an_empty_summary(tmp_path: Path) -> None:
    make_fit().model.save(tmp_path / "model")
    fit = load_fit(tmp_path / "model")
    assert (fit.summary.bags, fit.summary.test.metrics, fit.split) == (3, {}, None)


def test_reading_and_predicting_need_numpy_alone(saved: Path) -> None:
    program = f"""
import sys
for name in ("interpret", "pandas", "sklearn", "scipy", "pyarrow", "torch", "joblib"):
    sys.modules[name] = None
import numpy as np
from pathlib import Path
from pellucid.models.files import load_fit
model = load_fit(Path({str(saved)!r})).model
print(*model.predict_proba({{"age": [30.0, None], "town": ["Łódź", "x"]}})[:, 0].tolist())
"""
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, encoding="utf-8", check=True
    )
    expected = make_fit().model.predict_proba({"age": [30.0, None], "town": ["Łódź", "x"]})
    assert [float(word) for word in done.stdout.split()] == expected[:, 0].tolist()


@pytest.mark.parametrize("content", [b"", b"not a zip", b"PK\x03\x04 nearly"])
def test_a_foreign_file_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "x"
    path.write_bytes(content)
    with pytest.raises(UserError, match="is not a Pellucid model"):
        load_fit(path)


def test_another_zip_is_refused(tmp_path: Path) -> None:
    for name, text in (("other.txt", "x"), ("fit.json", '{"format": "another"}')):
        with zipfile.ZipFile(tmp_path / "x", "w") as archive:
            archive.writestr(name, text)
        with pytest.raises(UserError, match="is not a Pellucid model"):
            load_fit(tmp_path / "x")


def rewrite(path: Path, change: dict[str, object], without: str = "") -> None:
    with zipfile.ZipFile(path) as archive:
        contents = {name: archive.read(name) for name in archive.namelist()}
    contents["fit.json"] = json.dumps(json.loads(contents["fit.json"]) | change).encode()
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in contents.items():
            if name != without:
                archive.writestr(name, content)


def test_a_newer_file_asks_for_a_newer_program(saved: Path) -> None:
    rewrite(saved, {"version": 99})
    with pytest.raises(UserError, match="newer Pellucid") as caught:
        load_fit(saved)
    assert caught.value.hint


@pytest.mark.parametrize("without", ["0.scores.npy", "2.edges0.npy", "bag_intercepts.npy"])
def test_a_file_with_something_missing_is_damaged(saved: Path, without: str) -> None:
    rewrite(saved, {}, without)
    with pytest.raises(UserError, match="damaged"):
        load_fit(saved)


def test_flipped_bytes_are_damage(saved: Path) -> None:
    content = bytearray(saved.read_bytes())
    for place in range(200, 400):
        content[place] ^= 0xFF
    saved.write_bytes(content)
    with pytest.raises(UserError, match="damaged"):
        load_fit(saved)


def test_a_pickle_inside_is_never_loaded(saved: Path, tmp_path: Path) -> None:
    trap = tmp_path / "trap.npy"
    np.save(trap, np.array([{"a": 1}], dtype=object), allow_pickle=True)
    rewrite(saved, {}, "bag_intercepts.npy")
    with zipfile.ZipFile(saved, "a") as archive:
        archive.write(trap, "bag_intercepts.npy")
    with pytest.raises(UserError, match="damaged"):
        load_fit(saved)


def test_what_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="There is no file"):
        load_fit(tmp_path / "nothing")
    with pytest.raises(UserError, match="cannot be read"):
        load_fit(tmp_path)
