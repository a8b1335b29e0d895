"""`fit`, `evaluate`, `predict` and `explain`."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from cli_harness import ROWS, Cli, Outcome, Work, files_in, rows_of

from pellucid.models.files import load_fit


def fit(cli: Cli, *words: object) -> Outcome:
    return cli("fit", *words, "--quality", "preview", "--json")


def test_fit_tells_all_that_the_contract_names(cli: Cli, work: Work, tmp_path: Path) -> None:
    outcome = fit(cli, work.table, "--target", "sold", "--drop", "rent", "-o", tmp_path / "m")

    document = outcome.document
    assert (document["task"], document["target"]) == ("binary", "sold")
    assert document["classes"] == ["no", "yes"]
    assert sum(document["rows"].values()) == ROWS
    assert set(document["rows"]) == {"train", "validation", "test"}
    assert set(document["features"]) == {"area", "city", "floor"}
    assert document["left_out"] == [{"column": "rent", "why": "was left out as you asked"}]
    assert "area" in document["terms"]
    assert document["bags"] >= 1
    assert 0 < document["seconds"]["first_curves"] <= document["seconds"]["total"]
    for name in ("auc", "accuracy", "log_loss", "brier"):
        found = document["metrics"]["test"][name]
        assert found["low"] <= found["value"] <= found["high"]
    assert "bootstrap" in document["interval"]
    assert {baseline["name"] for baseline in document["baselines"]} == {"linear", "boosted trees"}
    assert "auc" in document["baselines"][0]["metrics"]
    assert files_in(tmp_path) == ["m"]


def test_fit_sets_its_results_for_a_person(cli: Cli, work: Work, tmp_path: Path) -> None:
    outcome = cli(
        "fit", work.table, "--target", "rent", "--quality", "preview", "-o", tmp_path / "m"
    )

    assert outcome.code == 0
    assert "regression of rent" in outcome.out
    assert "root mean squared error  additive" in outcome.out
    assert max(map(len, outcome.out.splitlines()[1:])) <= 80


def test_a_model_is_tested_on_another_file(cli: Cli, work: Work, tmp_path: Path) -> None:
    other = tmp_path / "other.csv"
    lines = work.table.read_text(encoding="utf-8").splitlines()
    other.write_text("\n".join(line.rpartition(",")[0] for line in lines[:31]) + "\n")

    document = fit(
        cli, work.table, "--target", "rent", "--test", other, "-o", tmp_path / "m"
    ).document

    assert document["rows"]["test"] == 30
    assert document["rows"]["train"] + document["rows"]["validation"] == ROWS
    assert [w for w in document["warnings"] if w["columns"] == ["sold"]]


def test_the_positive_class_can_be_chosen(cli: Cli, work: Work, tmp_path: Path) -> None:
    fit(cli, work.table, "--target", "sold", "--positive", "no", "-o", tmp_path / "m")

    assert load_fit(tmp_path / "m").model.task.positive == "no"


@pytest.mark.parametrize(
    "option",
    [
        ["--kind", "linear"], ["--kind", "boosted"], ["--kind", "transformer"],
        ["--test", "x.csv", "--test-size", "0.3"],
    ],
    ids=" ".join,
)  # fmt: skip
def test_what_this_version_cannot_serve_is_said(
    cli: Cli, work: Work, tmp_path: Path, option: list[str]
) -> None:
    outcome = fit(cli, work.table, "--target", "sold", "-o", tmp_path / "m", *option)

    outcome.failed_plainly()
    assert "hint: " in outcome.err
    assert files_in(tmp_path) == []


def test_no_encoder_and_the_additive_kind_are_what_is_served(
    cli: Cli, work: Work, tmp_path: Path
) -> None:
    words = [work.table, "--target", "rent", "-o", tmp_path / "m"]

    assert fit(cli, *words, "--encoder", "none", "--kind", "additive").code == 0


def test_evaluate_scores_another_file(cli: Cli, work: Work, tmp_path: Path) -> None:
    other = tmp_path / "other.csv"
    lines = work.table.read_text(encoding="utf-8").splitlines()
    lines[1] = lines[1].rpartition(",")[0] + ",perhaps"
    lines[2] = lines[2].rpartition(",")[0] + ","
    other.write_text("\n".join(lines) + "\n")

    outcome = cli("evaluate", work.binary, other, "--json")

    assert outcome.document["rows"] == ROWS - 2
    assert outcome.document["metrics"]["auc"]["value"] > 0.8
    assert "2 rows" in outcome.err


def test_evaluate_needs_the_target(cli: Cli, work: Work, birds: Path) -> None:
    outcome = cli("evaluate", work.binary, birds).failed_plainly()

    assert "no column sold" in outcome.err


def test_predict_writes_a_row_for_each_row(cli: Cli, work: Work, tmp_path: Path) -> None:
    document = cli.json("predict", work.binary, work.table, "-o", tmp_path / "out.csv")

    rows = rows_of(tmp_path / "out.csv")
    model = load_fit(work.binary).model
    frame = [{k: v or None for k, v in row.items()} for row in rows_of(work.table)]
    assert (document["rows"], document["empty"]) == (ROWS, 0)
    assert list(rows[0]) == ["row", "prediction", "probability_no", "probability_yes"]
    assert [row["row"] for row in rows] == [str(i) for i in range(1, ROWS + 1)]
    assert [row["prediction"] for row in rows] == model.predict(frame).tolist()
    written = [[float(row["probability_no"]), float(row["probability_yes"])] for row in rows]
    np.testing.assert_array_equal(written, model.predict_proba(frame))


def test_predict_of_a_number_has_no_probabilities(cli: Cli, work: Work, tmp_path: Path) -> None:
    cli.json("predict", work.number, work.table, "-o", tmp_path / "out.csv")

    rows = rows_of(tmp_path / "out.csv")
    assert list(rows[0]) == ["row", "prediction"]
    assert all(math.isfinite(float(row["prediction"])) for row in rows)


def test_a_row_that_could_not_be_read_keeps_its_line(cli: Cli, work: Work, tmp_path: Path) -> None:
    path = tmp_path / "ragged.csv"
    lines = work.table.read_text(encoding="utf-8").splitlines()[:12]
    lines.insert(4, "left over")
    path.write_text("\n".join(lines) + "\n")

    document = cli.json("predict", work.binary, path, "-o", tmp_path / "out.csv")

    rows = rows_of(tmp_path / "out.csv")
    assert (document["rows"], document["empty"]) == (12, 1)
    assert [row["row"] for row in rows] == [str(i) for i in range(1, 13)]
    assert rows[3] == {"row": "4", "prediction": "", "probability_no": "", "probability_yes": ""}
    assert all(row["prediction"] for i, row in enumerate(rows) if i != 3)
    outcome = cli("explain", work.binary, "--row", "4", "--data", path).failed_plainly()
    assert "Row 4 could not be read" in outcome.err
    after = cli.json("explain", work.binary, "--row", "5", "--data", path)
    assert after["prediction"]["label"] == rows[4]["prediction"]


def test_columns_that_are_missing_are_named_and_strange_ones_ignored(
    cli: Cli, work: Work, tmp_path: Path
) -> None:
    path = tmp_path / "few.csv"
    path.write_text("city,colour\n" + "Bonn,red\nKöln,blue\n" * 10)

    outcome = cli("predict", work.binary, path, "-o", tmp_path / "out.csv", "--json")

    assert outcome.code == 0
    assert set(outcome.document["missing_columns"]) >= {"area", "floor"}
    assert "area" in outcome.err
    assert "colour" not in outcome.err
    assert len(rows_of(tmp_path / "out.csv")) == 20


def test_no_spreadsheet_runs_what_is_written(cli: Cli, work: Work, tmp_path: Path) -> None:
    cli.json("predict", work.classes, work.table, "-o", tmp_path / "out.csv")

    rows = rows_of(tmp_path / "out.csv")
    predicted = {row["prediction"] for row in rows}
    assert "'=cmd()" in predicted
    assert not [cell for row in rows for cell in row.values() if cell.startswith(("=", "@"))]
    assert "probability_=cmd()" in rows[0]


def add_up(document: dict[str, Any]) -> np.ndarray:
    scores = np.array([item["score"] for item in document["contributions"]])
    return np.asarray(document["intercept"]) + scores.sum(axis=0)


@pytest.mark.parametrize("kind", ["binary", "classes", "number"])
def test_a_row_is_explained_exactly(cli: Cli, work: Work, kind: str) -> None:
    model = getattr(work, kind)
    document = cli.json("explain", model, "--row", "7", "--data", work.table)

    np.testing.assert_allclose(add_up(document), document["total"], rtol=0, atol=1e-9)
    assert document["row"] == 7
    single = isinstance(document["total"], float)
    assert single == (kind != "classes")
    assert {"term", "value", "score"} <= set(document["contributions"][0])
    if kind == "number":
        assert document["prediction"]["value"] == pytest.approx(document["total"])
    else:
        prediction = document["prediction"]
        assert prediction["probability"] == max(prediction["probabilities"].values())
        assert prediction["probabilities"][prediction["label"]] == prediction["probability"]


def test_a_row_is_told_to_a_person(cli: Cli, work: Work) -> None:
    outcome = cli("explain", work.binary, "--row", "7", "--data", work.table)

    assert "Row 7 of flats.csv: sold is predicted" in outcome.out
    assert line_of(outcome.out, "total")


def test_a_row_is_told_in_words_with_the_facts_behind_them(cli: Cli, work: Work) -> None:
    said = cli.json("explain", work.binary, "--row", "7", "--data", work.table)["words"]

    assert (said["audience"], said["language"]) == ("analyst", "en")
    assert said["claims"][0]["text"].startswith("Row 7: the model gives sold")
    assert {name for claim in said["claims"] for name in claim["facts"]} == set(said["facts"])
    assert {"kind", "value", "unit", "low", "high", "text"} <= set(
        next(iter(said["facts"].values()))
    )


@pytest.mark.parametrize(
    ("language", "start"),
    [("de", "Zeile 7: "), ("es", "Fila 7: "), ("fr", "Ligne 7\u00a0: "), ("zh", "第 7 行：")],
)
def test_a_row_is_told_in_a_language_and_for_an_audience(
    cli: Cli, work: Work, language: str, start: str
) -> None:
    row = ("--row", "7", "--data", work.table, "--language", language, "--audience", "layperson")
    outcome = cli("explain", work.number, *row)
    said = cli.json("explain", work.number, *row)["words"]

    assert f"\n{start}" in outcome.out
    assert said["claims"][0]["text"].startswith(start)
    assert said["language"] == language


def test_a_language_goes_with_a_row_alone(cli: Cli, work: Work) -> None:
    outcome = cli("explain", work.binary, "--language", "de").failed_plainly()
    assert "--audience and --language are for one prediction in words" in outcome.err
    assert cli("explain", work.binary, "--language", "xx").code == 2


def line_of(text: str, first: str) -> str:
    return next(line for line in text.splitlines() if line.startswith(first))


@pytest.mark.parametrize("row", ["0", "241"])
def test_a_row_that_is_not_there_is_said(cli: Cli, work: Work, row: str) -> None:
    outcome = cli("explain", work.binary, "--row", row, "--data", work.table)

    assert outcome.code == (2 if row == "0" else 1)
    assert "1 to 240" in outcome.err or "numbered from 1" in outcome.err


def test_a_whole_model_is_explained(cli: Cli, work: Work) -> None:
    document = cli.json("explain", work.binary)

    terms = {term["name"]: term for term in document["terms"]}
    importances = [term["importance"] for term in document["terms"]]
    area = terms["area"]
    assert document["kind"] == "additive"
    assert isinstance(document["intercept"], float)
    assert importances == sorted(importances, reverse=True)
    assert (area["kind"], area["columns"]) == ("bins", ["area"])
    assert len(area["edges"]) == len(area["scores"]) + 1 == len(area["counts"]) + 1
    assert area["edges"] == sorted(area["edges"])
    assert set(area["matters"]) >= {"rise", "low", "high"}
    assert {len(area[name]) for name in ("variation", "low", "high")} == {len(area["scores"])}
    assert area["missing"]["counts"] > 0
    assert isinstance(area["unseen"]["scores"], float)
    assert terms["city"]["levels"] == ["=cmd()", "Bonn", "Köln"]


def test_scores_of_the_document_are_those_that_rows_get(cli: Cli, work: Work) -> None:
    terms = {t["name"]: t for t in cli.json("explain", work.number)["terms"]}
    row = cli.json("explain", work.number, "--row", "2", "--data", work.table)
    area = float(rows_of(work.table)[1]["area"])
    edges = terms["area"]["edges"]

    cell = int(np.searchsorted(edges[1:-1], area, side="right"))

    got = next(item["score"] for item in row["contributions"] if item["term"] == "area")
    assert terms["area"]["scores"][cell] == got


def test_a_pair_comes_as_a_table_with_named_cells(cli: Cli, work: Work) -> None:
    pairs = [t for t in cli.json("explain", work.number)["terms"] if t["kind"] == "pair"]

    assert pairs
    first, second = pairs[0]["axes"]
    assert np.shape(pairs[0]["scores"]) == (len(first["cells"]), len(second["cells"]))
    assert (first["cells"][0], first["cells"][-1]) == ("missing", "unseen")


def test_one_term_is_explained(cli: Cli, work: Work) -> None:
    document = cli.json("explain", work.classes, "--term", "area")
    told = cli("explain", work.classes, "--term", "area").out

    assert [term["name"] for term in document["terms"]] == ["area"]
    assert len(document["intercept"]) == 3
    assert np.shape(document["terms"][0]["scores"])[1] == 3
    assert "missing" in told


@pytest.mark.parametrize(
    "words",
    [
        ["--term", "nonsense"], ["--row", "3"], ["--text", "some words"], ["--column", "city"],
        ["--method", "shap"],
    ],
    ids=" ".join,
)  # fmt: skip
def test_what_a_model_cannot_explain_is_said(cli: Cli, work: Work, words: list[str]) -> None:
    outcome = cli("explain", work.binary, *words).failed_plainly()

    assert "hint: " in outcome.err


@pytest.mark.parametrize("content", [None, b"", b"PK\x03\x04 cut", b"a,b\n1,2\n"])
def test_what_is_no_model_is_refused(
    cli: Cli, work: Work, tmp_path: Path, content: bytes | None
) -> None:
    path = tmp_path / "m"
    if content is not None:
        path.write_bytes(content)

    cli("explain", path).failed_plainly()
    cli("evaluate", path, work.table).failed_plainly()
    cli("predict", path, work.table, "-o", tmp_path / "out.csv").failed_plainly()
    assert not (tmp_path / "out.csv").exists()


def test_the_same_seed_gives_the_same_model(cli: Cli, work: Work, tmp_path: Path) -> None:
    fit(cli, work.table, "--target", "rent", "--seed", "3", "-o", tmp_path / "again")

    again, before = load_fit(tmp_path / "again").model, load_fit(work.number).model
    assert again.intercept == before.intercept
    for one, other in zip(again.terms, before.terms, strict=True):
        np.testing.assert_array_equal(one.scores, other.scores)
