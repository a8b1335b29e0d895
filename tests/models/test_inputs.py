"""Columns to inputs, and inputs to cells."""

from __future__ import annotations

import numpy as np

from pellucid.models.additive import Axis
from pellucid.models.inputs import (
    MOST_PAIR_LEVELS,
    RARE_ROWS,
    Input,
    cells_of,
    cut_inputs,
    draft_inputs,
    numbers_of,
)


def words(*values: str | None) -> np.ndarray:
    return np.asarray(values, dtype=object)


def test_numbers_and_categories_are_one_input_each() -> None:
    columns = {"n": np.array([1.0, np.nan, 3.0]), "c": words("b", None, "a")}
    first, second = draft_inputs(columns, [("n", "number"), ("c", "category")]).drafts
    assert (first.low, first.high, first.is_integer, first.levels) == (1.0, 3.0, True, None)
    assert second.levels == ("a", "b")


def test_what_does_not_vary_gives_no_input() -> None:
    columns = {"n": np.ones(3), "c": words("a", "a", "a"), "gap": np.array([1.0, np.nan, 1.0])}
    found = draft_inputs(columns, [("n", "number"), ("c", "category"), ("gap", "number")])
    assert found.constant == ("n", "c")
    assert [draft.column for draft in found.drafts] == ["gap"], "missing or not is information"


def test_a_date_becomes_the_parts_that_vary() -> None:
    days = np.array(["2024-01-01", "2024-02-05", "2025-03-03"], dtype="datetime64[s]")
    seconds = days.astype(np.float64)
    drafts = draft_inputs({"d": seconds}, [("d", "datetime")]).drafts
    assert [draft.part for draft in drafts] == ["elapsed", "month"], "all three are Mondays"
    assert drafts[1].levels == ("January", "February", "March")
    seconds[1] += 90_000.0
    parts = [d.part for d in draft_inputs({"d": seconds}, [("d", "datetime")]).drafts]
    assert parts == ["elapsed", "month", "weekday", "hour"]


def test_rare_levels_of_a_long_list_share_the_unseen_cell() -> None:
    common = [f"v{i:03}" for i in range(110) for _ in range(RARE_ROWS)]
    columns = {"c": words(*common, "rare", "rarer")}
    found = draft_inputs(columns, [("c", "category")])
    (draft,) = found.drafts
    assert draft.levels is not None
    assert len(draft.levels) == 110
    alert, pooled = found.warnings
    assert "112 different values; 2 rare ones (2 training rows)" in alert.message
    assert pooled.kind == "pooled levels"
    axis = draft.axis(None)
    assert axis.cells({"c": words("rare", "never seen", "v000", None)}).tolist() == [111, 111, 1, 0]


def test_a_column_of_rare_levels_alone_is_left_out() -> None:
    columns = {"c": words(*(f"v{i}" for i in range(500)))}
    found = draft_inputs(columns, [("c", "category")])
    assert found.scattered == ("c",)
    assert not found.drafts


def test_pairs_tell_the_commonest_levels_of_a_long_list_apart() -> None:
    letters = [f"v{i:02}" for i in range(MOST_PAIR_LEVELS + 2)]
    columns = {"c": words(*letters, *letters[2:]), "d": words(*["x", "y"] * len(letters))[:-2]}
    found = draft_inputs(columns, [("c", "category"), ("d", "category")])
    entry, short = cut_inputs(found.drafts, [])
    assert (entry.fine.levels, entry.coarse.levels) == (tuple(letters), tuple(letters[2:]))
    assert (entry.fine.others, entry.coarse.others) == (0, 2)
    assert short.coarse == short.fine
    (alert,) = found.warnings
    assert (alert.kind, alert.columns) == ("pooled levels", ("c",))
    assert "only the 48 commonest values of c are told apart" in alert.message
    table = np.arange(float(entry.coarse.size))[:, None]
    shown = entry.to_shown(table, entry.coarse)
    for level in (None, *letters, "never seen"):
        row = {"c": words(level)}
        assert shown[entry.shown.cells(row)] == table[entry.coarse.cells(row)]


def test_levels_that_are_rare_altogether_are_counted_among_the_others_of_a_pair() -> None:
    common = [f"v{i:03}" for i in range(110) for _ in range(RARE_ROWS)]
    (draft,) = draft_inputs({"c": words(*common, "rare", "rarer")}, [("c", "category")]).drafts
    (entry,) = cut_inputs([draft], [])
    assert (entry.fine.others, entry.coarse.others) == (2, 112 - MOST_PAIR_LEVELS)


def test_cuts_go_to_numbers_in_order() -> None:
    columns = {"a": np.arange(4.0), "c": words("x", "y", "x", "y"), "b": np.arange(4.0) * 2}
    features = [("a", "number"), ("c", "category"), ("b", "number")]
    drafts = draft_inputs(columns, features).drafts  # type: ignore[arg-type] # kinds are literals
    assert numbers_of(drafts, columns).tolist() == [[0, 1, 2, 3], [0, 2, 4, 6]]
    cuts = [(np.array([0.5, 1.5]), np.array([1.0])), (np.array([3.0]), np.array([3.0]))]
    a, c, b = cut_inputs(drafts, cuts)
    assert (a.shown.size, c.is_nominal, b.shown.size) == (6, True, 4)
    assert cells_of([a.fine, a.coarse, c.fine], columns).tolist() == [
        [1, 2, 3, 3], [1, 2, 2, 2], [1, 2, 1, 2],
    ]  # fmt: skip


def test_a_table_spreads_over_finer_cells_unchanged() -> None:
    fine, coarse = np.array([1.0, 2.0, 4.0]), np.array([2.0, 3.0])
    axes = [Axis("x", "x", edges=e) for e in (fine, coarse, np.union1d(fine, coarse))]
    entry = Input(*axes)
    columns = {"x": np.array([np.nan, -5.0, 1.0, 1.5, 2.0, 2.5, 3.0, 3.5, 4.0, 9.0])}
    for axis in axes[:2]:
        table = np.arange(float(axis.size))[:, None]
        spread = entry.to_shown(table, axis)
        assert len(spread) == entry.shown.size
        np.testing.assert_array_equal(
            spread[entry.shown.cells(columns)], table[axis.cells(columns)]
        )
        assert spread[-1] == table[-1]
