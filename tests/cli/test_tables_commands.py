"""`open`, `profile` and `convert`."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from cli_harness import Cli, files_in


def test_open_says_how_a_file_was_understood(cli: Cli, birds: Path) -> None:
    document = cli.json("open", birds)

    assert document["path"] == str(birds)
    assert (document["format"], document["encoding"]) == ("csv", "utf-8")
    assert (document["delimiter"], document["quote"], document["decimal"]) == (",", '"', ".")
    assert (document["header_rows"], document["rows"]) == (1, 60)
    assert document["columns"][1] == {
        "name": "flipper", "kind": "number", "missing": 1, "distinct": 14, "misfits": 0,
    }  # fmt: skip
    assert document["rejected"] == {"rows": 0, "examples": []}


def test_open_tells_a_person_the_same(cli: Cli, birds: Path) -> None:
    outcome = cli("open", birds)

    assert outcome.code == 0
    assert "60 rows, 5 columns" in outcome.out
    row = next(line for line in outcome.out.splitlines() if line.startswith("flipper"))
    assert row.split() == ["flipper", "number", "1", "14", "0"]
    assert outcome.err == ""


def test_lines_that_could_not_be_read_are_listed(cli: Cli, tmp_path: Path) -> None:
    path = tmp_path / "ragged.csv"
    path.write_text("a,b,c\n1,2,3\n1,2,3\nleft over\n4,5,6\n" + "7,8,9\n" * 30)

    document = cli.json("open", path)

    assert document["rows"] == 33
    assert document["rejected"]["rows"] == 1
    assert document["rejected"]["examples"][0]["line"] == 4
    assert document["rejected"]["examples"][0]["text"] == "left over"


def test_profile_gives_figures(cli: Cli, birds: Path) -> None:
    document = cli.json("profile", birds)

    columns = {column["name"]: column for column in document["columns"]}
    assert document["rows"] == 60
    assert (columns["flipper"]["min"], columns["flipper"]["max"]) == (180, 226)
    assert columns["flipper"]["quantiles"]["0.5"] == 186
    assert {"value": "Adelie", "count": 30} in columns["species"]["top"]
    assert columns["seen"]["min"].startswith("2021-01-01")
    pairs = {(a["a"], a["b"]): a for a in document["associations"]}
    assert ("species", "flipper") in pairs or ("flipper", "species") in pairs


def test_profile_sets_a_table_for_a_person(cli: Cli, birds: Path) -> None:
    lines = cli("profile", birds).out.splitlines()

    assert lines[0] == "birds.csv: 60 rows, 5 columns"
    assert next(line for line in lines if line.startswith("flipper")).endswith(
        "180 to 226, median 186"
    )


def test_convert_keeps_every_cell_as_it_was(cli: Cli, tmp_path: Path) -> None:
    path = tmp_path / "names.csv"
    path.write_bytes('a;b\n" x ";"1;5"\n007;"=1+1"\n;"zwei\nZeilen"\n'.encode("latin-1"))

    assert cli("convert", path, "-o", tmp_path / "clean.csv").code == 0

    with (tmp_path / "clean.csv").open(newline="", encoding="utf-8") as file:
        rows = list(csv.reader(file))
    assert rows == [["a", "b"], [" x ", "1;5"], ["007", "=1+1"], ["", "zwei\nZeilen"]]


def test_convert_of_several_files_goes_on_after_one_that_fails(
    cli: Cli, birds: Path, tmp_path: Path
) -> None:
    other = tmp_path / "other.tsv"
    other.write_text("x\ty\n1\t2\n3\t4\n")
    out = tmp_path / "clean"

    outcome = cli("convert", birds, tmp_path / "none.csv", other, "-o", out, "--json")

    outcome.failed_plainly()
    assert files_in(out) == ["birds.csv", "other.csv"]
    told = outcome.document["files"]
    assert [item["path"] for item in told] == [str(birds), str(tmp_path / "none.csv"), str(other)]
    assert "error" in told[1]


@pytest.mark.parametrize("suffix", [".xlsx", ""])
def test_a_copy_of_unknown_kind_is_refused(
    cli: Cli, birds: Path, tmp_path: Path, suffix: str
) -> None:
    cli("convert", birds, "-o", tmp_path / f"copy{suffix}").failed_plainly()

    assert files_in(tmp_path) == ["birds.csv"]


def test_a_file_is_not_replaced_by_its_own_copy(cli: Cli, birds: Path) -> None:
    before = birds.read_bytes()

    cli("convert", birds, "-o", birds).failed_plainly()

    assert birds.read_bytes() == before


def test_control_characters_of_a_file_do_not_reach_the_terminal(cli: Cli, tmp_path: Path) -> None:
    path = tmp_path / "tricky.csv"
    path.write_text('\x1b[31mred,<b>&"\u202e\n' + "\n".join(f"{i},{i % 5}" for i in range(20)))

    outcome = cli("open", path)

    assert outcome.code == 0
    assert "\x1b" not in outcome.out
    assert "\u202e" not in outcome.out
    assert "\\x1b[31mred" in outcome.out
