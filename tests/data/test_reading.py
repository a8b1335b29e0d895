"""A file becomes a table, or one clear message and nothing else."""

from __future__ import annotations

import csv
import io
import os
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_tables import OpenText

from pellucid.core.errors import StoppedError, UserError
from pellucid.core.paths import cache_dir
from pellucid.core.run import Progress, Run
from pellucid.data.preview import preview
from pellucid.data.reading import Reading, open_table

PNG = b"\x89PNG\r\n\x1a\n" + bytes(64)
ZIP = b"PK\x03\x04" + bytes(64)
SQLITE = b"SQLite format 3\0" + bytes(64)
NOISE = bytes(range(256)) * 16


def left_behind() -> list[str]:
    folder = cache_dir() / "tables"
    return sorted(p.name for p in folder.iterdir()) if folder.is_dir() else []


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "is empty"),
        (b"\n\n  \n", "no text"),
        (b"a,b,c\n", "headings and no rows"),
        (b"\xef\xbb\xbfkitten,win", "headings and no rows"),
        (PNG, "PNG picture"),
        (ZIP, "zip archive"),
        (SQLITE, "SQLite database"),
        (NOISE, "not a text file"),
    ],
)
def test_what_is_not_a_table_gets_one_message_and_leaves_nothing(
    tmp_path: Path, content: bytes, message: str
) -> None:
    path = tmp_path / "bad.csv"
    path.write_bytes(content)
    with pytest.raises(UserError, match=message) as caught:
        open_table(path)
    assert caught.value.hint
    assert left_behind() == []


def test_a_missing_file_and_a_folder_are_said_to_be_so(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="There is no file"):
        open_table(tmp_path / "absent.csv")
    with pytest.raises(UserError, match="is a folder"):
        open_table(tmp_path)


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may read any file")
def test_a_file_that_may_not_be_read_is_said_to_be_so(tmp_path: Path) -> None:
    path = tmp_path / "locked.csv"
    path.write_text("a,b\n1,2\n")
    path.chmod(0)
    with pytest.raises(UserError, match="Cannot read"):
        open_table(path)


def test_an_unknown_encoding_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("a,b\n1,2\n")
    with pytest.raises(UserError, match="no encoding named klingon"):
        open_table(path, Reading(encoding="klingon"))


def test_every_cell_is_kept_as_in_the_file(open_text: OpenText) -> None:
    table = open_text('a,b,c\n 1 ,"x ""y"" z",\n NA,"two\r\nlines",-\n')
    assert table.page(0, 9) == [(" 1 ", 'x "y" z', ""), (" NA", "two\r\nlines", "-")]


def test_one_column_and_one_row_open(open_text: OpenText) -> None:
    table = open_text("x\n5\n")
    assert (table.rows, [c.name for c in table.columns]) == (1, ["x"])
    assert table.page(0, 1) == [("5",)]


def test_a_ten_megabyte_cell_opens(open_text: OpenText) -> None:
    cell = "z" * 10_000_000
    table = open_text(f"a,b\n1,{cell}\n2,y\n")
    assert table.page(0, 2) == [("1", cell), ("2", "y")]


def test_zero_bytes_are_kept(open_text: OpenText) -> None:
    assert open_text(b"a,b,c\n\0x,2,3\n4,5,6\n").page(0, 1) == [("\0x", "2", "3")]


def test_hostile_names_are_kept_letter_by_letter(open_text: OpenText) -> None:
    table = open_text('"a ""b""",<script>,=cmd(),it\'s; drop\n1,2,3,4\n5,6,7,8\n')
    assert [c.name for c in table.columns] == ['a "b"', "<script>", "=cmd()", "it's; drop"]
    assert table.values("it's; drop").tolist() == [4.0, 8.0]


def test_empty_and_repeated_names_become_unique_and_are_told(open_text: OpenText) -> None:
    table = open_text("a,,a,a\n1,2,3,4\n5,6,7,8\n")
    assert [c.name for c in table.columns] == ["a", "column 2", "a (2)", "a (3)"]
    assert {note.kind for note in table.notes} == {"unnamed columns", "repeated names"}


def test_short_rows_are_filled_up_and_long_ones_set_aside(open_text: OpenText) -> None:
    rows = "".join(f"{i},{i},{i}\n" for i in range(100))
    table = open_text(f"a,b,c\n{rows}7,8\n1,2,3,4\nremark\n9,9,9,,\n")
    assert table.rows == 102
    assert table.page(100, 2) == [("7", "8", None), ("9", "9", "9")]
    assert [(r.line, r.reason, r.text) for r in table.rejected.examples] == [
        (103, "4 cells instead of 3", "1,2,3,4"),
        (104, "1 cell instead of 3", "remark"),
    ]
    assert table.rejected.rows == 2
    assert [note.message for note in table.notes] == [
        "1 row has fewer than 3 cells; what is absent counts as missing",
        "2 lines could not become a row and are kept apart",
    ]


def test_a_ragged_three_line_file_has_its_columns(open_text: OpenText) -> None:
    assert len(open_text("a,b,c\n1,cat\ndog,c\n3,b,c\n").columns) == 3


def test_a_stray_quote_does_not_swallow_rows(open_text: OpenText) -> None:
    rows = [f"{i}\tplain words" for i in range(60)]
    rows[20] = '20\t"unbalanced words'
    table = open_text("n\ttext\n" + "\n".join(rows) + "\n")
    assert table.rows == 60
    assert table.page(20, 2) == [("20", '"unbalanced words'), ("21", "plain words")]


def test_mixed_line_ends_and_quotes_out_of_place_open(open_text: OpenText) -> None:
    table = open_text('a,b\r\n1,x"y\n"2"z,w\r\n3,v\r')
    assert table.page(0, 9) == [("1", 'x"y'), ("2z", "w"), ("3", "v")]


def test_titles_above_the_headings_are_skipped(open_text: OpenText) -> None:
    rows = "".join(f"{i},{i + 1},{i + 2},x\n" for i in range(10))
    table = open_text(f"Report of March,,,\n,,,\nyear,low,high,note\n{rows}")
    assert table.source.header_rows == 3
    assert [c.name for c in table.columns] == ["year", "low", "high", "note"]
    assert table.rows == 10


def test_what_is_given_is_not_guessed(open_text: OpenText) -> None:
    given_ = {"delimiter": ",", "header_rows": 0, "decimal": ",", "kinds": {"column 1": "category"}}
    table = open_text("1;a,2\n3;b,4\n", **given_)
    assert [(c.name, c.kind) for c in table.columns] == [
        ("column 1", "category"),
        ("column 2", "number"),
    ]
    assert table.rows == 2


def test_a_file_is_read_once_for_a_content(open_text: OpenText) -> None:
    first = open_text("a,b\n1,2\n3,4\n")
    before = left_behind()
    second = open_text("a,b\n1,2\n3,4\n", name="copy.csv")
    assert left_behind() == before
    assert second.source.fingerprint == first.source.fingerprint
    assert second.source.path.name == "copy.csv"


def test_progress_is_in_bytes_and_rows_and_stop_leaves_nothing(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("a,b\n" + "1,2\n" * 1000)
    seen: list[Progress] = []
    open_table(path, run=Run(on_progress=seen.append)).close()
    assert seen[0] == Progress("Checking the file", 4004, 4004)
    other = tmp_path / "b.csv"
    other.write_text("a,b\n" + "1,3\n" * 1000)
    before = left_behind()
    answers = iter([False, True, True, True])
    with pytest.raises(StoppedError):
        open_table(other, run=Run(should_stop=lambda: next(answers, True)))
    assert left_behind() == before


CELLS = st.text(
    alphabet=st.characters(exclude_categories=("Cs", "Cc"), include_characters="\r\n\t"), max_size=8
)


@settings(max_examples=30, deadline=None)
@given(
    st.integers(1, 4).flatmap(
        lambda width: st.lists(st.lists(CELLS, min_size=width, max_size=width), min_size=1)
    )
)
def test_what_the_csv_module_writes_comes_back_letter_by_letter(rows: list[list[str]]) -> None:
    written = io.StringIO(newline="")
    csv.writer(written).writerow([f"name {i}" for i in range(len(rows[0]))])
    csv.writer(written).writerows(rows)
    reading = Reading(encoding="utf-8", delimiter=",", quote='"', header_rows=1)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "round.csv"
        path.write_text(written.getvalue(), encoding="utf-8", newline="")
        with open_table(path, reading) as table:
            assert table.page(0, len(rows)) == [tuple(row) for row in rows]
        assert preview(path, reading, len(rows)).rows == tuple(tuple(row) for row in rows)
