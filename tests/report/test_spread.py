"""Rows over an axis in columns of equal width."""

from __future__ import annotations

import numpy as np

from pellucid.report.spread import spread_over


def test_narrow_bins_of_equal_counts_read_as_dense() -> None:
    borders, shares = spread_over([0.0, 10.0, 20.0, 100.0], [50, 50, 50], 0.0, 100.0)
    assert len(borders) == len(shares) + 1 == 26
    assert np.allclose(np.diff(borders), 4.0)
    assert np.allclose(shares[:5], 1.0)
    assert np.allclose(shares[-10:], 10 / 80)


def test_no_rows_leave_every_column_empty() -> None:
    _, shares = spread_over([0.0, 40.0], [0], 0.0, 40.0)
    assert not shares.any()


def test_bins_outside_the_axis_do_not_count_inside() -> None:
    _, shares = spread_over([-40.0, 0.0, 40.0], [1000, 10], 0.0, 40.0)
    assert np.allclose(shares, 1.0)
