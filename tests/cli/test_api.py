"""Pellucid from Python: the names of the contract, and the same results."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from cli_harness import ROWS, Cli, Work

import pellucid
from pellucid.core.errors import UserError
from pellucid.data.table import Table
from pellucid.explain.types import LocalExplanation, ModelExplanation


def test_importing_pellucid_is_light() -> None:
    script = (
        "import sys, pellucid; assert pellucid.__version__;"
        "print([m for m in ('numpy', 'duckdb', 'pandas', 'PySide6') if m in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )

    assert done.stdout == "[]\n"


def test_functions_are_found_whatever_layer_was_imported_before() -> None:
    import pellucid.explain.model
    import pellucid.report.build

    assert callable(pellucid.report)
    assert callable(pellucid.explain)
    assert set(dir(pellucid)) >= {"open", "fit", "explain", "summarize", "report", "load", "tell"}
    with pytest.raises(AttributeError, match="nonsense"):
        pellucid.nonsense  # noqa: B018 - asking is what is tested


def test_a_table_is_opened_as_its_reader_says(tmp_path: Path) -> None:
    path = tmp_path / "bare.txt"
    path.write_text("1|2,5\n3|4,5\n")

    with pellucid.open(path, delimiter="|", decimal=",", header_rows=0) as table:
        assert isinstance(table, Table)
        assert table.values(table.columns[1].name).tolist() == [2.5, 4.5]


def test_a_prediction_is_told_from_python(work: Work) -> None:
    fit = pellucid.load(work.binary)
    text = pellucid.tell(fit, 7, work.table, audience="layperson", language="fr")
    assert text.startswith("Ligne 7\u00a0: le modèle donne à sold")
    assert text == pellucid.tell(fit.model, 7, work.table, audience="layperson", language="fr")
    with pytest.raises(UserError, match="no language"):
        pellucid.tell(fit, 7, work.table, language="tlh")


def test_fit_measures_explains_and_predicts(work: Work) -> None:
    fit = pellucid.fit(work.table, "rent", quality="preview", drop=["sold"], seed=1)

    assert fit.metrics["r2"].value > 0.5
    assert {scores.name for scores in fit.baselines} == {"linear", "boosted trees"}
    assert isinstance(fit.warnings, tuple)
    whole = pellucid.explain(fit)
    assert isinstance(whole, ModelExplanation)
    assert whole.terms[0].name == "area"
    frame = pd.read_csv(work.table)
    assert fit.model.predict(frame).shape == (ROWS,)


def test_a_row_is_explained_from_a_file_a_table_a_frame_and_rows(work: Work) -> None:
    fit = pellucid.load(work.binary)
    frame = pd.read_csv(work.table)
    rows = frame.astype(object).where(frame.notna(), None).to_dict("records")
    with pellucid.open(work.table) as table:
        found = [pellucid.explain(fit, 7, data) for data in (work.table, table, frame, rows)]

    assert all(isinstance(local, LocalExplanation) for local in found)
    assert {local.total for local in found} == {found[0].total}
    assert pellucid.explain(fit.model, 7, frame).total == found[0].total


@pytest.mark.parametrize("row", [0, ROWS + 1])
def test_a_row_that_is_not_there_is_said(work: Work, row: int) -> None:
    with pytest.raises(UserError, match="There is no row"):
        pellucid.explain(pellucid.load(work.binary), row, pd.read_csv(work.table))


def test_what_explain_needs_is_said(work: Work) -> None:
    fit = pellucid.load(work.binary)

    with pytest.raises(UserError, match="needs the rows"):
        pellucid.explain(fit, 3)
    with pytest.raises(UserError, match="needs the fit"):
        pellucid.explain(fit.model)


def test_a_saved_model_predicts_the_same(work: Work, tmp_path: Path) -> None:
    fit = pellucid.load(work.classes)
    frame = pd.read_csv(work.table)

    fit.model.save(str(tmp_path / "model"))

    again = pellucid.load(str(tmp_path / "model"))
    np.testing.assert_array_equal(again.model.predict_proba(frame), fit.model.predict_proba(frame))


def test_words_and_report_are_those_of_the_command_line(
    cli: Cli, work: Work, tmp_path: Path
) -> None:
    words = pellucid.summarize(work.table)
    path = pellucid.report(work.table, out=tmp_path / "out.md")
    cli.json("report", work.table, "-o", tmp_path / "same.md")

    told = [claim["text"] for claim in cli.json("summarize", work.table)["claims"]]
    assert [claim.text for claim in words.claims] == told
    assert path.read_text() == (tmp_path / "same.md").read_text()


def test_other_writers_are_refused(work: Work) -> None:
    with pytest.raises(UserError, match="not on this machine"):
        pellucid.summarize(work.table, writer="someone")
