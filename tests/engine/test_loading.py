"""One way to read models: files of either kind, and folders of classifiers."""

from __future__ import annotations

from pathlib import Path

import pytest

from pellucid.core.errors import UserError
from pellucid.engine.loading import FOLDER_COLUMN, load_any, load_readable
from tiny_networks import save_bert


def test_a_folder_is_a_classifier_that_reads_a_column(tmp_path: Path) -> None:
    model = load_any(save_bert(tmp_path / "tiny", ["bad", "good"])).model
    assert model.task.classes == ("bad", "good")
    assert model.columns == (FOLDER_COLUMN,)
    assert set(model.predict({FOLDER_COLUMN: ["not good", "", None]})) <= {"bad", "good"}
    with pytest.raises(UserError, match="has no terms"):
        load_readable(tmp_path / "tiny")


def test_other_folders_and_files_are_refused(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="holds no model"):
        load_any(tmp_path)
    with pytest.raises(UserError, match="There is no file"):
        load_any(tmp_path / "nothing.model")
