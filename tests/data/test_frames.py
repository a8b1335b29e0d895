"""A caller may bring a table, a DataFrame, a mapping or a list of rows."""

from __future__ import annotations

import math
from datetime import UTC, date, datetime

import numpy as np
import pandas as pd
import pytest
from made_tables import OpenText

from pellucid.core.errors import UserError
from pellucid.data.frames import columns_of
from pellucid.data.types import Kind

WANTED: list[tuple[str, Kind]] = [("n", "number"), ("when", "datetime"), ("word", "category")]
EXPECTED_N = [1.5, math.nan, 3.0]
DAY = 86_400.0


def check(frame: object) -> None:
    columns, absent = columns_of(frame, WANTED)
    assert absent == ()
    np.testing.assert_array_equal(columns["n"], EXPECTED_N)
    np.testing.assert_array_equal(columns["when"], [0.0, DAY, math.nan])
    assert columns["word"].tolist() == ["a", None, "b"]


def test_all_shapes_give_the_same_columns(open_text: OpenText) -> None:
    texts = {"n": ["1.5", "NA", "3"], "when": ["1970-01-01", "1970-01-02", ""],
             "word": [" a", "?", "b"], "more": ["x", "y", "z"]}  # fmt: skip
    check(texts)
    check([dict(zip(texts, row, strict=True)) for row in zip(*texts.values(), strict=True)])
    check(pd.DataFrame(texts))
    lines = [",".join(row) for row in zip(*texts.values(), strict=True)]
    check(open_text(",".join(texts) + "\n" + "\n".join(lines) + "\n"))
    check(
        {
            "n": np.array(EXPECTED_N),
            "when": [datetime(1970, 1, 1, tzinfo=UTC), date(1970, 1, 2), None],
            "word": ["a", None, "b"],
        }
    )


def test_pandas_types_are_understood() -> None:
    frame = pd.DataFrame(
        {
            "n": pd.array([1, None, 3], dtype="Int64"),
            "when": pd.to_datetime(["1970-01-01", None, "1970-01-03"]),
            "word": pd.Categorical(["a", None, "b"]),
        }
    )
    columns, _ = columns_of(frame, WANTED)
    np.testing.assert_array_equal(columns["n"], [1.0, math.nan, 3.0])
    np.testing.assert_array_equal(columns["when"], [0.0, math.nan, 2 * DAY])
    assert columns["word"].tolist() == ["a", None, "b"]


def test_numbers_as_categories_read_as_the_file_would_write_them() -> None:
    wanted: list[tuple[str, Kind]] = [("code", "category"), ("flag", "boolean")]
    columns, _ = columns_of({"code": [3, 4.0, math.nan], "flag": [True, False, None]}, wanted)
    assert columns["code"].tolist() == ["3", "4", None]
    assert columns["flag"].tolist() == ["True", "False", None]


def test_absent_columns_are_named_and_missing(open_text: OpenText) -> None:
    for frame in ({"n": [1, 2]}, open_text("n,z\n1,5\n2,6\n")):
        columns, absent = columns_of(frame, WANTED)
        assert absent == ("when", "word")
        assert columns["word"].tolist() == [None, None]
        assert np.isnan(np.asarray(columns["when"], dtype=float)).all()


def test_one_row_may_be_given_as_scalars() -> None:
    columns, _ = columns_of({"n": 4, "when": "1970-01-02", "word": "a"}, WANTED)
    assert [columns[name].tolist() for name, _ in WANTED] == [[4.0], [DAY], ["a"]]


def test_a_table_is_read_as_the_kinds_wanted(open_text: OpenText) -> None:
    table = open_text("n,word\n5,1\n5,2\n5,1\n")
    columns, _ = columns_of(table, [("n", "number"), ("word", "category")])
    assert columns["n"].tolist() == [5.0, 5.0, 5.0]
    assert columns["word"].tolist() == ["1", "2", "1"]


def test_what_is_no_table_is_refused() -> None:
    with pytest.raises(UserError, match="int is not a table"):
        columns_of(3, WANTED)
    with pytest.raises(UserError, match="differ in length"):
        columns_of({"n": [1, 2], "word": ["a"]}, WANTED)
