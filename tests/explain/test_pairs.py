"""Pairs as blocks that can be told."""

from __future__ import annotations

import numpy as np

from pellucid.explain.pairs import pair_blocks
from pellucid.models.additive import Axis, Term


def pair(others: int) -> Term:
    """Return a pair of one level against one, where 300 rows have neither missing nor `b`."""
    axes = Axis("a", "a", levels=("x",), others=others), Axis("b", "b", levels=("y",))
    scores = np.zeros((3, 3, 1))
    scores[1, 1], scores[2, 1] = 1.0, -0.5
    weights = np.zeros((3, 3))
    weights[1, 1], weights[2, 1] = 100.0, 200.0
    return Term("a & b", "pair", axes, scores, np.stack([scores] * 4), weights)


def test_levels_that_share_a_cell_are_told_as_other_values() -> None:
    (cells,) = pair_blocks(pair(others=7))
    assert [(cell.label, cell.effect.score, cell.effect.rows) for cell in cells] == [
        ("a x with b y", 1.0, 100),
        ("a other values with b y", -0.5, 200),
    ]


def test_values_never_seen_make_no_block() -> None:
    (cells,) = pair_blocks(pair(others=0))
    assert [cell.label for cell in cells] == ["a x with b y"]
