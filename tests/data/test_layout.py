"""Delimiter, quote and headings are found from the first rows."""

from __future__ import annotations

import pytest
from made_tables import OpenText

ROWS = [("anna", "12", "red"), ("ben", "15", "blue"), ("cleo", "9", "red"), ("dan", "11", "grey")]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|", ":", "~", "^"])
def test_the_delimiter_is_found(open_text: OpenText, delimiter: str) -> None:
    lines = [("name", "age", "colour"), *ROWS]
    table = open_text("".join(delimiter.join(line) + "\n" for line in lines))
    assert table.source.delimiter == delimiter
    assert table.page(0, 9) == ROWS


def test_decimal_commas_do_not_pass_for_delimiters(open_text: OpenText) -> None:
    table = open_text("a;b\n" + "".join(f"{i},5;{i},25\n" for i in range(30)))
    assert (table.source.delimiter, table.source.decimal) == (";", ",")
    assert table.values("b", None).tolist()[:2] == [0.25, 1.25]


def test_single_quotes_and_backslashes_are_understood(open_text: OpenText) -> None:
    single = open_text("a,b\n'x, y',1\n'z, w',2\n'u, v',3\n", name="single.csv")
    assert single.page(0, 1) == [("x, y", "1")]
    escaped = open_text('a,b\n"x \\"y\\", z",1\n"w",2\n', name="escaped.csv")
    assert escaped.page(0, 1) == [('x "y", z', "1")]


def test_blanks_before_an_opening_quote_are_not_part_of_the_cell(open_text: OpenText) -> None:
    table = open_text('a, "b, c"\n1, "x, y"\n2, "z, w"\n')
    assert [c.name for c in table.columns] == ["a", "b, c"]
    assert table.page(0, 1) == [("1", "x, y")]


def test_prose_is_one_column(open_text: OpenText) -> None:
    lines = [
        "the film , though long , never tires",
        "a dull affair",
        '" wonderful , " said one critic , and left',
        "neither here , nor there",
        "it works because the actors do",
    ]
    table = open_text("\n".join(lines * 4) + "\n")
    assert table.source.header_rows == 0
    assert [row[0] for row in table.page(0, 5)] == lines


@pytest.mark.parametrize(
    ("text", "header_rows"),
    [
        ("1,2,3\n", 0),
        ("1,2,3\n4,5,6\n", 0),
        ("a,b\n1,2\n", 1),
        ("39, State-gov, 77516\n50, Private, 83311\n38, Private, 2\n40, State-gov, 9\n", 0),
        ("text;label\ni am well;joy\ni am not;anger\ni am so;joy\n", 1),
        ("A11,6,A34\nA12,48,A32\nA14,12,A34\nA11,42,A32\n", 0),
        ("good\t1\nbad\t0\nugly\t0\n", 0),
        ("key,val\nx,y\n", 1),
        (",2001,2002\nnorth,5,6\nsouth,7,8\n", 0),
    ],
)
def test_headings_are_told_from_data(open_text: OpenText, text: str, header_rows: int) -> None:
    assert open_text(text).source.header_rows == header_rows


def test_without_headings_columns_are_numbered_and_no_row_is_lost(open_text: OpenText) -> None:
    table = open_text("1,x\n2,y\n3,x\n")
    assert [c.name for c in table.columns] == ["column 1", "column 2"]
    assert table.rows == 3
    assert table.notes == ()


def test_two_heading_rows_are_joined(open_text: OpenText) -> None:
    table = open_text("size,size,who\nlow,high,\n1,2,x\n3,4,y\n", header_rows=2)
    assert [c.name for c in table.columns] == ["size low", "size high", "who"]
