"""Whether words are texts to be read or levels to be counted."""

from __future__ import annotations

from collections.abc import Sequence

TEXT_WORDS = 5
"""Running text has this many words a value or more on average; two CJK characters are a word."""
TEXT_LENGTH = 60
"""Or this many characters, unless it has hardly a blank, as an address on the web."""
TEXT_DISTINCT_SHARE = 0.3
"""And at least this share of its values differ, where there are enough to tell."""
LONG_TEXT_WORDS = 25
"""Values of this many words on average are text though most of them repeat, "about us" say."""
LONG_TEXT_DISTINCT = 50
"""As long as so many differ."""
PHRASE_WORDS = 3
"""Phrases, as titles of reviews are, have this many words on average;"""
PHRASE_SHARE = 0.5
"""this share of them differ;"""
PHRASE_ROWS = 200
"""there are this many;"""
PHRASE_LOWER_SHARE = 1 / 3
"""and this share of their words are not capitalised, as those of names and addresses are."""
_FEW_WORDS = 3
FEW_ROWS = 20
"""Of fewer rows it cannot be told whether values repeat."""
_READ = 1_000


def are_texts(texts: Sequence[str]) -> bool:
    """Say whether a sample of values, empty ones left out, is running text."""
    if not texts:
        return False
    some = texts[:: max(1, len(texts) // _READ)]
    words = sum(map(_words, some)) / len(some)
    length = sum(map(len, some)) / len(some)
    different = len(set(texts))
    many = len(texts) < FEW_ROWS or different >= TEXT_DISTINCT_SHARE * len(texts)
    is_long = words >= TEXT_WORDS or (length >= TEXT_LENGTH and words >= _FEW_WORDS)
    is_very_long = words >= LONG_TEXT_WORDS and different >= LONG_TEXT_DISTINCT
    return (many and is_long) or is_very_long


def are_phrases(texts: Sequence[str], present: int, distinct: int) -> bool:
    """Say whether words that are no running text are phrases, which are read as texts too.

    `texts` are a sample of the `present` values, `distinct` of which differ.
    """
    if present < PHRASE_ROWS or distinct < PHRASE_SHARE * present:
        return False
    some = texts[:: max(1, len(texts) // _READ)]
    words = [word for text in some for word in text.split()]
    lower = sum(word[0].isalpha() and not word[0].isupper() for word in words)
    enough = sum(map(_words, some)) >= PHRASE_WORDS * len(some)
    return enough and lower >= PHRASE_LOWER_SHARE * len(words)


def _words(text: str) -> float:
    wide = sum("\u3040" <= c <= "\u9fff" or "\uac00" <= c <= "\ud7af" for c in text)
    return len(text.split()) + wide / 2
