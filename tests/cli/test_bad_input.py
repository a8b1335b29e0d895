"""What bad input gets: one clear message with a way out, and nothing half-written."""

from __future__ import annotations

import csv
import random
from collections.abc import Callable
from pathlib import Path

import pytest
from cli_harness import Cli, files_in

ROWS = 60


def write(path: Path, header: list[str], rows: list[list[object]]) -> Path:
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(header)
        writer.writerows(rows)
    return path


def missing_file(folder: Path) -> Path:
    return folder / "none.csv"


def empty_file(folder: Path) -> Path:
    path = folder / "empty.csv"
    path.write_bytes(b"")
    return path


def blank_file(folder: Path) -> Path:
    path = folder / "blank.csv"
    path.write_bytes(b"\n \n\n")
    return path


def folder_itself(folder: Path) -> Path:
    path = folder / "table.csv"
    path.mkdir()
    return path


def binary_file(folder: Path) -> Path:
    path = folder / "photo.csv"
    path.write_bytes(random.Random(1).randbytes(50_000))
    return path


def picture(folder: Path) -> Path:
    path = folder / "picture.csv"
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(200))
    return path


def headings_alone(folder: Path) -> Path:
    return write(folder / "headings.csv", ["a", "b"], [])


NOT_TABLES = [
    missing_file, empty_file, blank_file, folder_itself, binary_file, picture, headings_alone,
]  # fmt: skip


@pytest.mark.parametrize("make", NOT_TABLES, ids=lambda make: make.__name__)
@pytest.mark.parametrize(
    "command",
    [
        ["open"],
        ["profile"],
        ["summarize"],
        ["convert", "-o", "OUT.csv"],
        ["fit", "--target", "b", "-o", "OUT.model"],
        ["report", "-o", "OUT.html"],
    ],
    ids=lambda command: command[0],
)
def test_what_is_no_table_is_refused(
    cli: Cli, tmp_path: Path, make: Callable[[Path], Path], command: list[str]
) -> None:
    path = make(tmp_path)
    before = files_in(tmp_path)
    name, *rest = command
    words = [str(tmp_path / word) if word.startswith("OUT") else word for word in rest]

    outcome = cli(name, path, *words).failed_plainly()

    assert outcome.out == ""
    assert "hint: " in outcome.err
    assert files_in(tmp_path) == before


def one_column(folder: Path) -> Path:
    return write(folder / "one.csv", ["only"], [[i % 7] for i in range(ROWS)])


def one_row(folder: Path) -> Path:
    return write(folder / "row.csv", ["a", "b", "c"], [[1, 2, "x"]])


def nothing_varies(folder: Path) -> Path:
    return write(folder / "flat.csv", ["a", "b", "c"], [[1, "x", 2.5]] * ROWS)


def bad_names(folder: Path) -> Path:
    rows: list[list[object]] = [[i % 5, i % 3, i % 2, i % 7] for i in range(ROWS)]
    return write(folder / "names.csv", ["a", "a", "", "  "], rows)


def not_utf8(folder: Path) -> Path:
    path = folder / "latin.csv"
    lines = ["größe;straße;wert"] + [f"{i};Allée {i % 3};{i % 2}" for i in range(ROWS)]
    path.write_bytes("\n".join(lines).encode("latin-1"))
    return path


def mixed_bytes(folder: Path) -> Path:
    path = folder / "mixed.csv"
    lines = [
        f"{i},caf\u00e9 {i % 3},{i % 2}".encode(("utf-8", "latin-1")[i % 2]) for i in range(60)
    ]
    path.write_bytes(b"a,b,c\n" + b"\n".join(lines))
    return path


def enormous_cell(folder: Path) -> Path:
    rows: list[list[object]] = [[i, f"word {i % 3}", i % 2] for i in range(ROWS)]
    rows[30][1] = "x" * 10_000_000
    return write(folder / "enormous.csv", ["a", "b", "c"], rows)


def hostile_names(folder: Path) -> Path:
    header = ['say "hello"', "<script>alert(1)</script>", "=cmd()", "it's; DROP TABLE cells"]
    levels = ["=1+1", "<b>bold</b>", '"quoted"', "it's"]
    rows: list[list[object]] = [
        [i % 9, levels[i % 4], i * 0.5, levels[(i // 2) % 3]] for i in range(ROWS)
    ]
    return write(folder / "=cmd() <b>'x'.csv", header, rows)


STILL_TABLES = [
    one_column, one_row, nothing_varies, bad_names, not_utf8, mixed_bytes, enormous_cell,
    hostile_names,
]  # fmt: skip


@pytest.mark.parametrize("make", STILL_TABLES, ids=lambda make: make.__name__)
@pytest.mark.parametrize("command", ["open", "profile", "convert", "summarize", "report"])
def test_what_can_be_read_is_read(
    cli: Cli, tmp_path: Path, make: Callable[[Path], Path], command: str
) -> None:
    path = make(tmp_path)
    suffix = {"convert": ".csv", "report": ".html"}.get(command)
    words = ["-o", tmp_path / f"out{suffix}"] if suffix else []

    document = cli.json(command, path, *words)

    if command == "open":
        assert document["rows"] == (1 if make is one_row else ROWS)
        names = [column["name"] for column in document["columns"]]
        assert len(set(names)) == len(names)
        assert all(name.strip() for name in names)
    if suffix:
        assert (tmp_path / f"out{suffix}").stat().st_size > 0


@pytest.mark.parametrize("target", ["=cmd()", "<script>alert(1)</script>", 'say "hello"'])
def test_hostile_names_reach_the_report_harmless(cli: Cli, tmp_path: Path, target: str) -> None:
    path = hostile_names(tmp_path)
    out = tmp_path / "out.html"

    cli.json("report", path, "--target", target, "--quality", "preview", "-o", out)

    page = out.read_text(encoding="utf-8")
    assert "<script" not in page
    assert "<b>bold" not in page
    assert "&lt;b&gt;bold" in page


def constant_target(folder: Path) -> list[object]:
    rows: list[list[object]] = [["same", i, i % 3] for i in range(ROWS)]
    return [write(folder / "t.csv", ["y", "a", "b"], rows), "--target", "y"]


def too_many_classes(folder: Path) -> list[object]:
    rows: list[list[object]] = [[f"class {i % 5000}", i % 9, i % 4] for i in range(15_000)]
    return [write(folder / "t.csv", ["y", "a", "b"], rows), "--target", "y"]


def nothing_to_predict_from(folder: Path) -> list[object]:
    rows: list[list[object]] = [[i % 2, "same", 3] for i in range(ROWS)]
    return [write(folder / "t.csv", ["y", "a", "b"], rows), "--target", "y"]


def no_such_target(folder: Path) -> list[object]:
    return [bad_names(folder), "--target", "b"]


def one_row_only(folder: Path) -> list[object]:
    return [one_row(folder), "--target", "a"]


def one_column_only(folder: Path) -> list[object]:
    return [one_column(folder), "--target", "only"]


def no_such_class(folder: Path) -> list[object]:
    rows: list[list[object]] = [["yes" if i % 3 else "no", i % 9] for i in range(ROWS)]
    path = write(folder / "t.csv", ["y", "a"], rows)
    return [path, "--target", "y", "--positive", "maybe"]


def number_from_words(folder: Path) -> list[object]:
    rows: list[list[object]] = [["yes" if i % 3 else "no", i % 9] for i in range(ROWS)]
    path = write(folder / "t.csv", ["y", "a"], rows)
    return [path, "--target", "y", "--task", "regression"]


BAD_TARGETS = [
    constant_target, too_many_classes, nothing_to_predict_from, no_such_target, one_row_only,
    one_column_only, no_such_class, number_from_words,
]  # fmt: skip


@pytest.mark.parametrize("make", BAD_TARGETS, ids=lambda make: make.__name__)
@pytest.mark.parametrize("command", ["fit", "report"])
def test_what_cannot_be_fitted_is_refused(
    cli: Cli, tmp_path: Path, make: Callable[[Path], list[object]], command: str
) -> None:
    words = make(tmp_path)
    before = files_in(tmp_path)
    out = tmp_path / ("out.model" if command == "fit" else "out.html")

    outcome = cli(command, *words, "-o", out).failed_plainly()

    assert "hint: " in outcome.err
    assert files_in(tmp_path) == before


def test_a_target_that_is_mostly_missing_is_fitted_on_the_rest(cli: Cli, tmp_path: Path) -> None:
    rows: list[list[object]] = [
        [("yes" if i % 20 else "no") if i % 10 == 0 else "", i % 7, i % 3] for i in range(600)
    ]
    path = write(tmp_path / "t.csv", ["y", "a", "b"], rows)

    outcome = cli(
        "fit", path, "--target", "y", "--quality", "preview", "-o", tmp_path / "m", "--json"
    )

    assert outcome.code == 0
    assert sum(outcome.document["rows"].values()) == 60
    assert [w for w in outcome.document["warnings"] if w["columns"] == ["y"]]
    assert "most of the target is missing" in outcome.err


def test_bad_input_fails_a_real_process_the_same_way(cli: Cli, tmp_path: Path) -> None:
    out = tmp_path / "out.html"

    outcome = cli.process("report", *constant_target(tmp_path), "-o", out)

    outcome.failed_plainly()
    assert "nothing to predict" in outcome.err
    assert not out.exists()


def test_a_model_is_not_saved_under_the_name_of_a_project(
    cli: Cli, birds: Path, tmp_path: Path
) -> None:
    out = tmp_path / "birds.pellucid"
    outcome = cli("fit", birds, "--target", "species", "-o", out).failed_plainly()

    assert "would be read as a project" in outcome.err
    assert not out.exists()


@pytest.mark.parametrize("command", ["fit", "report", "convert", "predict"])
def test_a_place_that_cannot_be_written_is_said_before_the_work(
    cli: Cli, birds: Path, tmp_path: Path, command: str
) -> None:
    out = tmp_path / "nowhere" / ("out.html" if command == "report" else "out.csv")
    words = {"fit": [birds, "--target", "species"], "predict": [tmp_path / "m", birds]}

    outcome = cli(command, *words.get(command, [birds]), "-o", out).failed_plainly()

    assert "nowhere" in outcome.err
