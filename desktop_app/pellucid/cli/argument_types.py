"""What a word of the command line may be: a seed, the number of a row, a count, a share."""

from __future__ import annotations

import argparse


def seed(text: str) -> int:
    """Read a seed."""
    value = int(text)
    if not 0 <= value < 2**31:
        raise argparse.ArgumentTypeError(f"{text} is not between 0 and {2**31 - 1}")
    return value


def row_number(text: str) -> int:
    """Read the number of a row, from 1."""
    value = int(text)
    if value < 1:
        raise argparse.ArgumentTypeError(f"rows are numbered from 1, not {text}")
    return value


def positive(text: str) -> int:
    """Read a count above 0."""
    value = int(text)
    if value < 1:
        raise argparse.ArgumentTypeError(f"{text} is not above 0")
    return value


def share(text: str) -> float:
    """Read a share between 0 and 1, both left out."""
    value = float(text)
    if not 0 < value < 1:
        raise argparse.ArgumentTypeError(f"{text} is not a share between 0 and 1")
    return value
