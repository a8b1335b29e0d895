"""What the spread over bags says about a score's uncertainty."""

from __future__ import annotations

import math

import numpy as np

from pellucid.models.additive import Floats

BAG_SHARE = 0.85
"""The share of the training rows that each bag learns from."""
# Student's t, 97.5th percentile, for 1 to 30 degrees of freedom.
_T_975 = (
    12.7062, 4.3027, 3.1824, 2.7764, 2.5706, 2.4469, 2.3646, 2.3060, 2.2622, 2.2281,
    2.2010, 2.1788, 2.1604, 2.1448, 2.1314, 2.1199, 2.1098, 2.1009, 2.0930, 2.0860,
    2.0796, 2.0739, 2.0687, 2.0639, 2.0595, 2.0555, 2.0518, 2.0484, 2.0452, 2.0423,
)  # fmt: skip


def bag_half_width(variation: Floats, bags: int) -> Floats:
    """Return half the width of the 95% interval that belongs to a standard deviation over bags.

    `variation` has any shape. Each bag leaves out a random 15% of the rows, so its scores spread
    less than those of fresh samples would: the delete-d jackknife multiplies the spread by
    sqrt(kept / left out), and Student's t with bags - 1 degrees of freedom makes it an interval.
    NaN with fewer than two bags.

    Source: Shao and Wu (1989), "A general theory for jackknife variance estimation", Annals of
    Statistics 17(3).
    """
    if bags < 2:
        return np.full_like(variation, np.nan)
    scale = math.sqrt(BAG_SHARE / (1 - BAG_SHARE))
    return np.asarray(student_t_975(bags - 1) * scale * variation)


def student_t_975(degrees: int) -> float:
    """Return the 97.5th percentile of Student's t, to about 1e-4.

    Beyond the table by the Cornish-Fisher expansion (Abramowitz and Stegun 26.7.5).
    """
    if degrees <= len(_T_975):
        return _T_975[degrees - 1]
    z = 1.959964
    return z + (z**3 + z) / (4 * degrees) + (5 * z**5 + 16 * z**3 + 3 * z) / (96 * degrees**2)
