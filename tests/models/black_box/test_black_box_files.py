"""A transformer's fit survives as one file, and no file can do harm."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from pellucid.core.errors import UserError
from pellucid.core.paths import cache_dir
from pellucid.data.types import Split
from pellucid.models.black_box.box import BlackBox, BlackBoxFit, from_folder, nothing_known
from pellucid.models.black_box.files import is_black_box, load_black_box, save_black_box
from pellucid.models.types import Estimate, Scores, Task
from tiny_networks import save_bert, save_tuned, sentences

FRAME = {"text": ["good film", None, "very bad plot"]}


@pytest.fixture
def fit(tmp_path: Path) -> BlackBoxFit:
    box = from_folder(save_bert(tmp_path / "bert", ["neg", "pos"]), "text")
    test = Scores("transformer", {"auc": Estimate(0.8, 0.7, 0.9)}, "bootstrap")
    summary = replace(nothing_known(box.task), rows={"train": 2, "test": 1}, test=test)
    return BlackBoxFit(box, summary, Split(np.array([0, 2, 0], dtype=np.int8), 4))


def rewritten(path: Path, change: Callable[[str, bytes], tuple[str, bytes]], how: int = 0) -> Path:
    """Write a copy of a file with its entries changed."""
    other = path.with_name("changed.pellucid")
    with zipfile.ZipFile(path) as archive, zipfile.ZipFile(other, "w", how) as copy:
        for name in archive.namelist():
            copy.writestr(*change(name, archive.read(name)))
    return other


def in_manifest(path: Path, change: Callable[[dict[str, object]], None]) -> Path:
    def changed(name: str, content: bytes) -> tuple[str, bytes]:
        if name != "fit.json":
            return name, content
        manifest = json.loads(content)
        change(manifest)
        return name, json.dumps(manifest).encode()

    return rewritten(path, changed)


def test_a_fit_comes_back_as_it_was(fit: BlackBoxFit, tmp_path: Path) -> None:
    path = tmp_path / "box.pellucid"
    save_black_box(fit, path)
    back = load_black_box(path)
    assert is_black_box(path)
    assert back.model.folder.parent == cache_dir() / "models"
    assert back.model.task == fit.model.task
    assert back.summary.test == fit.summary.test
    assert back.metrics["auc"].value == 0.8
    assert (back.baselines, back.warnings) == ((), ())
    assert back.split is not None
    assert back.split.part.tolist() == [0, 2, 0]
    assert back.split.seed == 4
    assert back.model.predict_proba(FRAME).tolist() == fit.model.predict_proba(FRAME).tolist()


def test_the_same_fit_gives_the_same_bytes_and_is_unpacked_once(
    fit: BlackBoxFit, tmp_path: Path
) -> None:
    first, second = tmp_path / "a.pellucid", tmp_path / "b.pellucid"
    save_black_box(fit, first)
    save_black_box(fit, second)
    assert first.read_bytes() == second.read_bytes()
    assert load_black_box(first).model.folder == load_black_box(second).model.folder
    assert len(list((cache_dir() / "models").iterdir())) == 1


def test_a_model_alone_and_a_tuned_one_can_be_saved(tmp_path: Path) -> None:
    box = from_folder(save_tuned(tmp_path / "tuned", ["a", "b", "c"]), "text")
    box.save(tmp_path / "box.pellucid")
    back = load_black_box(tmp_path / "box.pellucid")
    assert back.summary.rows == {}
    assert back.split is None
    np.testing.assert_array_equal(
        back.model.network.margins(sentences(3)), box.network.margins(sentences(3))
    )


def test_weights_that_were_lost_from_the_cache_are_unpacked_again(
    fit: BlackBoxFit, tmp_path: Path
) -> None:
    path = tmp_path / "box.pellucid"
    save_black_box(fit, path)
    folder = load_black_box(path).model.folder
    (folder / "config.json").unlink()
    assert (load_black_box(path).model.folder / "config.json").is_file()


def _renamed(name: str, to: str) -> Callable[[dict[str, object]], None]:
    def change(manifest: dict[str, object]) -> None:
        files = manifest["files"]
        assert isinstance(files, dict)
        files[to] = files.pop(name)

    return change


@pytest.mark.parametrize("name", ["../config.json", "/etc/config.json", "a/b.json", "run.py",
                                  "weights.bin", ".json", "..\\x.json"])  # fmt: skip
def test_no_name_leads_out_of_the_folder_or_holds_code(
    name: str, fit: BlackBoxFit, tmp_path: Path
) -> None:
    path = tmp_path / "box.pellucid"
    save_black_box(fit, path)
    bad = in_manifest(path, _renamed("config.json", name))
    with pytest.raises(UserError, match="damaged"):
        load_black_box(bad)
    assert not (cache_dir() / "models").exists()


def test_contents_that_changed_are_refused(fit: BlackBoxFit, tmp_path: Path) -> None:
    path = tmp_path / "box.pellucid"
    save_black_box(fit, path)

    def flip(name: str, content: bytes) -> tuple[str, bytes]:
        return name, content[:-1] + b"?" if name.endswith(".safetensors") else content

    def grow(name: str, content: bytes) -> tuple[str, bytes]:
        return name, content + b"\0" * 9 if name.endswith(".safetensors") else content

    def same(name: str, content: bytes) -> tuple[str, bytes]:
        return name, content

    for change, how in ((flip, 0), (grow, 0), (same, zipfile.ZIP_DEFLATED)):
        with pytest.raises(UserError, match="damaged"):
            load_black_box(rewritten(path, change, how))
    assert not list((cache_dir() / "models").iterdir())
    path.write_bytes(path.read_bytes()[:-400])
    with pytest.raises(UserError):
        load_black_box(path)


def test_files_of_another_kind_say_so(fit: BlackBoxFit, tmp_path: Path) -> None:
    path = tmp_path / "box.pellucid"
    save_black_box(fit, path)
    newer = in_manifest(path, lambda manifest: manifest.update(version=99))
    with pytest.raises(UserError, match="newer"):
        load_black_box(newer)
    additive = in_manifest(path, lambda manifest: manifest.update(kind="additive"))
    assert not is_black_box(additive)
    with pytest.raises(UserError, match="holds no transformer"):
        load_black_box(additive)
    foreign = in_manifest(path, lambda manifest: manifest.update(format="other"))
    with pytest.raises(UserError, match="not a Pellucid model"):
        load_black_box(foreign)
    words = tmp_path / "words.txt"
    words.write_text("no zip", encoding="utf-8")
    assert not is_black_box(words)
    with pytest.raises(UserError, match="not a Pellucid model"):
        load_black_box(words)
    with pytest.raises(UserError, match="There is no file"):
        load_black_box(tmp_path / "absent")
    with pytest.raises(UserError, match="cannot be read"):
        load_black_box(tmp_path)


def test_a_box_without_its_weights_cannot_be_saved(tmp_path: Path) -> None:
    box = BlackBox(Task("y", "regression"), "text", tmp_path / "gone")
    with pytest.raises(UserError, match="no longer in"):
        box.save(tmp_path / "box.pellucid")


def test_predictions_are_labels_and_values(fit: BlackBoxFit) -> None:
    labels = fit.model.predict(FRAME)
    assert set(labels.tolist()) <= {"neg", "pos"}
    assert fit.model.columns == ("text",)
    assert fit.model.outputs == 1
    assert fit.model.predict_proba([{"other": 1}]).shape == (1, 2)


def test_a_number_has_no_probabilities(tmp_path: Path) -> None:
    box = from_folder(save_tuned(tmp_path / "tuned", [], 3.0, 2.0), "text", target="price")
    assert box.task.target == "price"
    assert box.predict(FRAME).dtype == np.float64
    with pytest.raises(UserError, match="no class probabilities"):
        box.predict_proba(FRAME)
