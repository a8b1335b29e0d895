"""A question as words, numbers, signs and quoted texts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from pellucid.writing.questions.lexicon import Lexicon, split_name
from pellucid.writing.questions.words import ROW_NOUNS

_TOKEN = re.compile(
    r"[\"“”]([^\"“”]{1,4000})[\"“”]"
    r"|(?<!\w)['‘]([^'’]{2,4000})['’](?!\w)"
    r"|(\d{4}-\d{2}-\d{2})"
    r"|([-−]?\d{1,3}(?:[,\u00a0\u202f ]\d{3})+(?![\d-])(?:\.\d+)?"
    r"|[-−]?\d*\.?\d+(?:e[-+]?\d+)?)(?![a-z]*_)"
    r"|(>=|<=|≥|≤|!=|==|[=<>%?])"
    r"|([\w']+(?:[-–]\w+)*)"
)
_NEGATING = ("un", "non", "dis", "in")
_BEFORE_ROW = frozenset({"of", "for", "in", "at", "on"})
_BECAME = frozenset({"was", "were", "is", "had", "became", "changed", "rose", "fell", "=", "to"})


@dataclass(frozen=True, slots=True)
class Word:
    """A piece of a question: a word in lower case, a number, a sign, or a quoted text."""

    text: str
    raw: str
    kind: Literal["word", "number", "date", "sign", "quote"]


def words_in(question: str, lexicon: Lexicon) -> tuple[Word, ...]:
    """Split a question into words as a table's names ask for."""
    return _row_last(_parted(split_words(question, _signed_levels(lexicon)), lexicon))


def split_words(question: str, whole: Sequence[str] = ()) -> tuple[Word, ...]:
    """Split a question into words, numbers, signs and quoted texts.

    `whole` are names with signs in them (">50K"), which are kept in one piece where they stand.
    """
    found: list[Word] = []
    end = 0
    for match in _whole_names(whole).finditer(question) if whole else ():
        found += _split_plain(question[end : match.start()])
        found.append(Word(match.group().lower(), match.group(), "word"))
        end = match.end()
    return (*found, *_split_plain(question[end:]))


def _whole_names(names: Sequence[str]) -> re.Pattern[str]:
    ordered = sorted(names, key=len, reverse=True)
    joined = "|".join(re.escape(name) for name in ordered)
    return re.compile(rf"(?<![\w<>=])(?:{joined})(?!\w)", re.IGNORECASE)


def _signed_levels(lexicon: Lexicon) -> list[str]:
    """Return the levels that signs tell apart from others: >50K and <=50K."""
    levels = [level for column in lexicon.columns for level in column.levels]
    return [level for level in levels if set(level) & set("<>=+") and len(level) > 1]


def _split_plain(question: str) -> list[Word]:
    found: list[Word] = []
    for match in _TOKEN.finditer(question):
        double, single, date, number, sign, word = match.groups()
        quote = double or single
        if quote is not None:
            found.append(Word(quote, quote, "quote"))
        elif date:
            found.append(Word(date, date, "date"))
        elif number:
            found.append(
                Word(re.sub("[,\u00a0\u202f ]", "", number).replace("−", "-"), number, "number")
            )
        elif sign:
            plain = {"≥": ">=", "≤": "<=", "==": "="}.get(sign, sign)
            if plain != "?":
                found.append(Word(plain, sign, "sign"))
        else:
            pieces = re.split(r"(?<=\w)'s?$", word)
            found += [Word(part.lower(), part, "word") for part in pieces if part]
    return found


def _row_last(words: tuple[Word, ...]) -> tuple[Word, ...]:
    """Move the row of "what if the age of row 5 were 60" to the end, away from the value."""
    for place in range(1, len(words) - 3):
        before, noun, number, after = words[place : place + 4]
        names_row = noun.text in ROW_NOUNS and not noun.text.endswith(("s", "day"))
        is_row = before.text in _BEFORE_ROW and names_row and number.kind == "number"
        if is_row and after.text in _BECAME:
            return (*words[:place], *words[place + 3 :], before, noun, number)
    return words


def _parted(words: tuple[Word, ...], lexicon: Lexicon) -> tuple[Word, ...]:
    """Part "unsatisfied" into "not" and "satisfied" where a column or level is called so."""
    names = {word for column in lexicon.columns for word in column.words}
    names |= {word for c in lexicon.columns for level in c.levels for word in split_name(level)}
    found: list[Word] = []
    for word in words:
        rest = [
            word.text.removeprefix(prefix).lstrip("-")
            for prefix in _NEGATING
            if word.text.startswith(prefix) and word.text not in names
        ]
        known = [part for part in rest if part in names]
        if word.kind == "word" and known:
            found += [Word("not", "not", "word"), Word(known[0], known[0], "word")]
        else:
            found.append(word)
    return tuple(found)
