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
_JOINER = r"[\u200C\u200D]"
_TAG = r"[\U000E0020-\U000E007F]"
_EMOJI = rf"\p{{Extended_Pictographic}}(?:[\uFE0E\uFE0F\u20E3]|\p{{EMod}}|{_TAG})*"
_PATTERN = (
    rf"[{_CJK}]\p{{M}}*"
    rf"|{_WORD}(?:{_WORD}|\p{{M}}|['’](?=(?![{_CJK}])\p{{L}})|{_JOINER}+(?={_WORD}|\p{{M}}))*"
    r"|\p{RI}\p{RI}"
    rf"|{_EMOJI}(?:\u200D{_EMOJI})*"
    r"|[!?%！？％؟\p{Sc}]"
    r"|\uE000"
)
LINK = "(link)"
"""The text of a token that stands for an address in the web."""
_LINK_MARK = "\ue000"
_LINK = re.compile(r"(?:\bhttps?://|\bwww\.)[^\s<>\"“”「」（）]*[\w/]", re.IGNORECASE)
_LINK_STARTS = ("://", "www.", "WWW.", "Www.")
_ASCII = re.compile(r"[a-z0-9_](?:[a-z0-9_]|'(?=[a-z]))*|[!?%$]")
_TAGS = (
    "a|abbr|b|big|blockquote|body|br|button|center|code|dd|div|dl|dt|em|font|footer|form|h[1-6]"
    "|head|header|hr|html|i|iframe|img|input|label|li|link|meta|nav|ol|option|p|pre|q|s|script"
    "|section|small|span|strike|strong|style|sub|sup|table|tbody|td|th|thead|title|tr|tt|u|ul"
)
_MARKUP = re.compile(
    rf"</?(?:{_TAGS})(?:\s*/?|\s[^<>=]*=[^<>]*)>"
    r"|&(?:[a-z]{2,8}|\#[0-9]{1,7}|\#x[0-9a-f]{1,6});"
    r"|\\u[0-9a-f]{4}",
    re.IGNORECASE | re.ASCII,
)
_MARKUP_STARTS = ("<", "&", "\\")
_STOP = re.compile(r"(?:([.!?…。！？｡؟۔।]++)[\"'”’»)\]」』]*+|[\n\r])\s*+")
_NEEDS_NO_BLANK = frozenset("。！？｡")
_ABBREVIATION = re.compile(
    r"(?:^|[\s(\"'“‘])"
    r"(?:[A-HJ-Z](?:\.[A-Z])*|(?i:mr|mrs|ms|dr|prof|st|sr|jr|vs|cf|approx|e\.g|i\.e))$"
)
_LONGEST_ABBREVIATION = 12
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

    Everything between them (spaces, commas, full stops) belongs to no token, nor does markup: HTML
    tags, character references such as &amp; and \\u2019. A token's text is normalised (NFKC, case
    folded), its place is that in the original; a web address is one token, `LINK`.
    """
    bare = _without_markup(text)
    marked = _without_links(bare)
    ends = {link.start(): link.end() for link in _LINK.finditer(bare)} if marked != bare else {}
    return [
        Token(_normal(found.group()), found.start(), ends.get(found.start(), found.end()))
        for found in _pattern().finditer(marked)
    ]


def words_of(text: str) -> list[str]:
    """Return the texts of `tokens_of(text)` alone, which is faster."""
    text = _without_links(_without_markup(text))
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
    """Return the places of the sentences of `text`, which lie end to end and cover it.

    A sentence ends at a line's end, and at . ! ? or … before a blank, unless the full stop belongs
    to an abbreviation or an initial; the full stops of Chinese and Japanese need no blank.
    """
    ends = [found.end() for found in _STOP.finditer(text) if _ends_sentence(text, found)]
    if text and (not ends or ends[-1] < len(text)):
        ends.append(len(text))
    return list(itertools.pairwise([0, *ends]))


def _ends_sentence(text: str, stop: re.Match[str]) -> bool:
    marks = stop.group(1)
    if marks is None or "\n" in stop.group() or not _NEEDS_NO_BLANK.isdisjoint(marks):
        return True
    after = text[stop.end() : stop.end() + 1]
    if after and not stop.group()[-1].isspace() and (after.isalnum() or after == "_"):
        return False
    before = text[max(0, stop.start() - _LONGEST_ABBREVIATION) : stop.start()]
    return marks != "." or not after or _ABBREVIATION.search(before) is None


def _without_markup(text: str) -> str:
    """Return `text` with as many blanks in place of its markup, so that all else stays in place."""
    if not any(start in text for start in _MARKUP_STARTS):
        return text
    return _MARKUP.sub(lambda found: " " * len(found.group()), text)


def _without_links(text: str) -> str:
    """Return `text` with a mark and blanks in place of web addresses, so that all else stays."""
    text = text.replace(_LINK_MARK, " ")
    if not any(start in text for start in _LINK_STARTS):
        return text
    return _LINK.sub(lambda found: _LINK_MARK + " " * (len(found.group()) - 1), text)


def _normal(token: str) -> str:
    if token == _LINK_MARK:
        return LINK
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
