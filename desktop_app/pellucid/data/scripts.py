"""The scripts that texts are written in, and so what a token of them is called."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Sequence
from functools import cache

MOST_TEXTS = 2_000
"""Texts that are looked at; a column is rarely written in other scripts further down."""
_BY_CHARACTER = ("Chinese characters", "Japanese kana")
_SCRIPTS = {
    "CJK": "Chinese characters", "HIRAGANA": "Japanese kana", "KATAKANA": "Japanese kana",
    "HANGUL": "Korean Hangul", "FULL": "Latin", "HALF": "Japanese kana", "FEMININE": "Latin",
    "MASCULINE": "Latin", "MODIFIER": "other", "OTHER": "other", "MATHEMATICAL": "other",
}  # fmt: skip


def scripts_of(texts: Sequence[str]) -> tuple[tuple[str, float], ...]:
    """Return the scripts of the letters in the first `MOST_TEXTS` texts with their shares.

    The largest share comes first.
    """
    letters = Counter(char for text in texts[:MOST_TEXTS] for char in text if char.isalpha())
    scripts: Counter[str] = Counter()
    for char, times in letters.items():
        scripts[_script(char)] += times
    total = max(1, scripts.total())
    return tuple((name, times / total) for name, times in scripts.most_common())


def token_unit(scripts: Sequence[tuple[str, float]]) -> str:
    """Say what a token is: a character where most letters are Chinese or Japanese, else a word."""
    share = sum(part for name, part in scripts if name in _BY_CHARACTER)
    return "character" if share > 0.5 else "word"


@cache
def _script(char: str) -> str:
    first = unicodedata.name(char, "OTHER").split()[0].removesuffix("-WIDTH")
    return _SCRIPTS.get(first, first.capitalize())
