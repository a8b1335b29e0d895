"""Texts as tokens and n-grams: words, CJK characters and emoji, each with its place in the text."""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

_CJK = r"\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}"
_WORD = rf"(?:(?![{_CJK}])[\p{{L}}\p{{N}}_])"
_EMOJI = r"\p{Extended_Pictographic}(?:\uFE0F|\p{EMod})*"
_PATTERN = (
    rf"[{_CJK}]\p{{M}}*"
    rf"|{_WORD}(?:{_WORD}|\p{{M}}|['’](?=(?![{_CJK}])\p{{L}}))*"
    r"|\p{RI}\p{RI}"
    rf"|{_EMOJI}(?:\u200D{_EMOJI})*"
    r"|[!?%\p{Sc}]"
)
_ASCII = re.compile(r"[a-z0-9_](?:[a-z0-9_]|'(?=[a-z]))*|[!?%$]")
_SENTENCE = re.compile(r"[^.!?。！？…\n]*(?:[.!?。！？…]+[\"'”’»)\]]*|\n|$)\s*")
MOST_ORDERS = 3


@dataclass(frozen=True, slots=True)
class Token:
    """A token: its normalised text, and where it stands as `text[start:end]`."""

    text: str
    start: int
    end: int


@cache
def _pattern() -> Any:
    import regex

    return regex.compile(_PATTERN, regex.V1)


def tokens_of(text: str) -> list[Token]:
    """Return the tokens of `text` in order: words, single CJK characters, emoji, and ! ? % and $.

    Everything between them (spaces, commas, full stops) belongs to no token. A token's text is
    normalised (NFKC, case folded), its place is that in the original.
    """
    return [
        Token(_normal(found.group()), found.start(), found.end())
        for found in _pattern().finditer(text)
    ]


def words_of(text: str) -> list[str]:
    """Return the texts of `tokens_of(text)` alone, which is faster."""
    if text.isascii():
        return _ASCII.findall(text.lower())
    return [_normal(found) for found in _pattern().findall(text)]


def ngrams_of(words: Sequence[str], orders: int) -> list[str]:
    """Return every occurrence of an n-gram of 1 to `orders` tokens; shorter ones come first."""
    found = list(words)
    if orders > 1:
        glue = _glues(words)
        pairs = [a + g + b for a, g, b in zip(words, glue, words[1:], strict=False)]
        found += pairs
        for order in range(3, orders + 1):
            pairs = [
                a + g + b
                for a, g, b in zip(pairs, glue[order - 2 :], words[order - 1 :], strict=False)
            ]
            found += pairs
    return found


def ngram_spans(words: Sequence[str], orders: int) -> list[tuple[int, int]]:
    """Return which tokens each entry of `ngrams_of` covers, as (first, end)."""
    return [
        (first, first + order)
        for order in range(1, orders + 1)
        for first in range(len(words) - order + 1)
    ]


def sentences_of(text: str) -> list[tuple[int, int]]:
    """Return the places of the sentences of `text`, which lie end to end and cover it."""
    return [m.span() for m in _SENTENCE.finditer(text) if m.end() > m.start()]


def _normal(token: str) -> str:
    return unicodedata.normalize("NFKC", token).casefold().replace("’", "'")


def _glues(words: Sequence[str]) -> list[str]:
    """Return what stands between each word and the next: nothing between two CJK characters."""
    if all(word.isascii() for word in words):
        return [" "] * max(0, len(words) - 1)
    is_cjk = [_is_cjk(word) for word in words]
    return ["" if a and b else " " for a, b in itertools.pairwise(is_cjk)]


@cache
def _cjk() -> Any:
    import regex

    return regex.compile(rf"[{_CJK}]", regex.V1)


def _is_cjk(word: str) -> bool:
    return not word.isascii() and _cjk().match(word) is not None
