"""Folders of models: what is read from them, and what is refused before it is loaded."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from pellucid.core.errors import UserError
from pellucid.core.run import Run
from pellucid.encoders.folders import ModelFolder, check_folder, resolve

Editor = Callable[..., None]


def refusal(folder: Path) -> UserError:
    with pytest.raises(UserError) as caught:
        check_folder(folder)
    assert caught.value.hint
    return caught.value


def test_a_whole_folder_is_described(tiny: Path) -> None:
    found = check_folder(tiny)
    assert (found.name, found.model_type) == ("tiny", "bert")
    assert found.weights == (tiny / "model.safetensors",)
    assert found.bytes == (tiny / "model.safetensors").stat().st_size
    assert not found.has_classifier
    assert len(found.key) == 64


def test_the_key_follows_the_weights_and_not_the_place(tiny: Path, own_tiny: Path) -> None:
    assert check_folder(own_tiny).key == check_folder(tiny).key
    weights = own_tiny / "model.safetensors"
    content = bytearray(weights.read_bytes())
    content[-1] ^= 1
    weights.write_bytes(content)
    assert check_folder(own_tiny).key != check_folder(tiny).key


def test_a_classifier_has_its_labels_in_order(tiny_classifier: Path) -> None:
    found = check_folder(tiny_classifier)
    assert found.has_classifier
    assert found.labels == ("no", "maybe", "yes")


def test_labels_without_names_are_numbered(tiny_classifier: Path, tmp_path: Path) -> None:
    import shutil

    folder = Path(shutil.copytree(tiny_classifier, tmp_path / "own"))
    config = json.loads((folder / "config.json").read_text())
    del config["id2label"]
    (folder / "config.json").write_text(json.dumps({**config, "num_labels": 3}))
    assert check_folder(folder).labels == ("LABEL_0", "LABEL_1", "LABEL_2")


def test_weights_in_several_files_are_found_by_their_list(own_tiny: Path) -> None:
    from safetensors.numpy import load_file, save_file

    tensors = load_file(own_tiny / "model.safetensors")
    names = sorted(tensors)
    places = {}
    for number, part in enumerate((names[:5], names[5:]), 1):
        file = f"model-0000{number}-of-00002.safetensors"
        save_file({n: tensors[n] for n in part}, own_tiny / file, metadata={"format": "pt"})
        places |= dict.fromkeys(part, file)
    (own_tiny / "model.safetensors").unlink()
    index = own_tiny / "model.safetensors.index.json"
    index.write_text(json.dumps({"metadata": {}, "weight_map": places}))
    assert len(check_folder(own_tiny).weights) == 2
    (own_tiny / "model-00002-of-00002.safetensors").unlink()
    assert "model-00002-of-00002.safetensors is missing" in refusal(own_tiny).message
    index.write_text(json.dumps({"weight_map": {"a": "../../a.safetensors"}}))
    assert "refused" in refusal(own_tiny).message
    index.write_text(json.dumps({"weight_map": {}}))
    assert "names no files" in refusal(own_tiny).message


def test_a_folder_that_is_not_there_is_refused(tmp_path: Path) -> None:
    assert "There is no folder" in refusal(tmp_path / "nowhere").message


def test_a_folder_without_configuration_is_refused(tmp_path: Path) -> None:
    assert "no config.json" in refusal(tmp_path).message


@pytest.mark.parametrize("content", ["{", "[1]", "\udcff"])
def test_a_damaged_configuration_is_refused(own_tiny: Path, content: str) -> None:
    (own_tiny / "config.json").write_text(content, encoding="utf-8", errors="surrogateescape")
    assert "is damaged" in refusal(own_tiny).message


def test_code_of_a_model_is_never_run(own_tiny: Path, edit_json: Editor) -> None:
    edit_json(own_tiny / "config.json", auto_map={"AutoModel": "modeling.Own"})
    (own_tiny / "modeling.py").write_text("raise SystemExit")
    assert "asks to run code of its own" in refusal(own_tiny).message


@pytest.mark.parametrize("name", ["hologram", None])
def test_another_architecture_is_refused(
    own_tiny: Path, edit_json: Editor, name: str | None
) -> None:
    edit_json(own_tiny / "config.json", model_type=name)
    assert "does not know" in refusal(own_tiny).message


@pytest.mark.parametrize("name", ["pytorch_model.bin", "model.pt", "model.ckpt"])
def test_pickled_weights_are_refused(own_tiny: Path, name: str) -> None:
    (own_tiny / "model.safetensors").rename(own_tiny / name)
    assert "pickled weights can run code" in refusal(own_tiny).message


def test_a_folder_without_weights_is_refused(own_tiny: Path) -> None:
    (own_tiny / "model.safetensors").unlink()
    assert "holds no weights" in refusal(own_tiny).message


def test_weights_cut_short_are_refused(own_tiny: Path) -> None:
    weights = own_tiny / "model.safetensors"
    weights.write_bytes(weights.read_bytes()[:-10])
    assert "are damaged: it has" in refusal(own_tiny).message


@pytest.mark.parametrize("content", [b"", b"\x00" * 40, b"\x02" + b"\x00" * 7 + b"[]", b"no" * 9])
def test_weights_without_a_sensible_header_are_refused(own_tiny: Path, content: bytes) -> None:
    (own_tiny / "model.safetensors").write_bytes(content)
    assert "are damaged" in refusal(own_tiny).message


def test_a_model_without_tokenizer_is_refused(own_tiny: Path) -> None:
    (own_tiny / "tokenizer.json").unlink()
    assert "has no tokenizer" in refusal(own_tiny).message


def test_a_name_that_is_a_folder_means_that_folder(tiny: Path) -> None:
    found = resolve(str(tiny), Run())
    assert isinstance(found, ModelFolder)
    assert found.path == tiny.resolve()


def test_a_path_that_is_not_there_is_no_hub_id(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="There is no folder"):
        resolve(str(tmp_path / "a" / "b"), Run())
