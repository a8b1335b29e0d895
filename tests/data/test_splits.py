"""Rows are dealt to train, validation and test once and for all."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pellucid.core.errors import UserError
from pellucid.data.splits import split


def all_usable(rows: int) -> np.ndarray:
    return np.ones(rows, dtype=bool)


@settings(max_examples=50, deadline=None)
@given(st.integers(10, 400), st.integers(0, 5), st.floats(0.05, 0.4), st.floats(0.05, 0.4))
def test_parts_have_their_shares_and_cover_the_usable_rows(
    rows: int, seed: int, test: float, validation: float
) -> None:
    usable = np.arange(rows) % 4 != 0
    dealt = split(rows, None, usable, test, validation, seed)
    n = int(usable.sum())
    assert (dealt.part[~usable] == -1).all()
    assert abs(len(dealt.rows("test")) - test * n) <= 2
    assert abs(len(dealt.rows("validation")) - validation * n) <= 2
    assert sum(len(dealt.rows(p)) for p in ("train", "validation", "test")) == n  # type: ignore[arg-type]


def test_every_class_keeps_its_share() -> None:
    labels = np.array(["rare"] * 40 + ["usual"] * 960, dtype=object)
    dealt = split(1000, labels, all_usable(1000), 0.2, 0.15, 3)
    rare = labels == "rare"
    for part, share in ((2, 0.2), (1, 0.15)):
        assert abs((dealt.part[rare] == part).sum() - share * 40) <= 1
        assert abs((dealt.part[~rare] == part).sum() - share * 960) <= 2


def test_a_class_of_one_row_trains() -> None:
    labels = np.array(["only"] + ["usual"] * 99, dtype=object)
    assert all(split(100, labels, all_usable(100), 0.3, 0.3, s).part[0] == 0 for s in range(20))


def test_the_seed_decides() -> None:
    labels = np.array(list("ab") * 200, dtype=object)
    first = split(400, labels, all_usable(400), 0.2, 0.2, 1)
    assert (first.part == split(400, labels, all_usable(400), 0.2, 0.2, 1).part).all()
    assert (first.part != split(400, labels, all_usable(400), 0.2, 0.2, 2).part).any()
    assert first.seed == 1


def test_rows_are_not_dealt_by_their_place() -> None:
    dealt = split(4000, None, all_usable(4000), 0.25, 0.25, 0)
    assert 450 < len(np.intersect1d(dealt.rows("test"), np.arange(2000))) < 550


def test_too_few_rows_and_impossible_shares_are_refused() -> None:
    with pytest.raises(UserError, match="Only 2 of 5 rows"):
        split(5, None, np.array([1, 1, 0, 0, 0], dtype=bool), 0.2, 0.2, 0)
    with pytest.raises(UserError, match="no rows to train on"):
        split(5, None, all_usable(5), 0.5, 0.5, 0)
