"""Lists of words to swap, and texts with their words swapped, token by token."""

from __future__ import annotations

import itertools
import re
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from pellucid.core.errors import UserError
from pellucid.core.numbers import listing, plural
from pellucid.data.scripts import scripts_of
from pellucid.data.tokens import tokens_of, words_of
from pellucid.explain.corpus.language_types import SwapPlace

WordList = Sequence[tuple[str, str]] | Mapping[str, Sequence[str]]
Direction = Literal["both", "first", "second"]
_CLITIC = re.compile(r"(.+)['’](?:s|ll|d|re|ve|m)", re.IGNORECASE | re.DOTALL)

STARTER_LISTS: Mapping[str, WordList] = {
    "English pronouns": (
        ("he", "she"), ("his", "her"), ("him", "her"), ("himself", "herself"),
    ),
    "English words for women and men": (
        ("man", "woman"), ("men", "women"), ("boy", "girl"), ("boys", "girls"),
        ("father", "mother"), ("dad", "mom"), ("son", "daughter"), ("brother", "sister"),
        ("husband", "wife"), ("uncle", "aunt"), ("king", "queen"), ("actor", "actress"),
        ("male", "female"), ("gentleman", "lady"), ("guy", "girl"), ("mr", "ms"),
    ),
    "English words for age": (
        ("young", "old"), ("younger", "older"), ("youngest", "oldest"), ("youth", "old age"),
    ),
    "First names of Bertrand and Mullainathan (2004)": {
        "White-sounding names": (
            "Allison", "Anne", "Carrie", "Emily", "Jill", "Laurie", "Meredith", "Sarah",
            "Brad", "Brendan", "Brett", "Geoffrey", "Greg", "Jay", "Matthew", "Neil", "Todd",
        ),
        "Black-sounding names": (
            "Aisha", "Ebony", "Keisha", "Kenya", "Lakisha", "Latonya", "Latoya", "Tamika",
            "Tanisha", "Darnell", "Hakim", "Jamal", "Jermaine", "Kareem", "Leroy", "Rasheed",
            "Tremayne", "Tyrone",
        ),
    },
    "Chinese pronouns and titles": (
        ("他", "她"), ("先生", "女士"), ("父亲", "母亲"), ("男人", "女人"), ("爸爸", "妈妈"),
    ),
}  # fmt: skip
"""Lists to start from, which are far from complete: they are there to be edited."""


_FITS = 0.1


def lists_for(texts: Sequence[str]) -> tuple[str, ...]:
    """Return the names of the lists whose script is one that `texts` are written in.

    All of them for texts without letters; none where no list is in their script.
    """
    shares = dict(scripts_of(texts))
    if not shares:
        return tuple(STARTER_LISTS)
    return tuple(
        name for name, pairs in STARTER_LISTS.items()
        if shares.get(scripts_of(_words(pairs))[0][0], 0.0) >= _FITS
    )  # fmt: skip


def _words(pairs: WordList) -> list[str]:
    groups = pairs.values() if isinstance(pairs, Mapping) else pairs
    return [word for group in groups for word in group]


@dataclass(frozen=True, slots=True)
class SwapEntry:
    """A word of the list: `word` of side 0 or 1 may become any of `others`; part of `pair`."""

    word: str
    side: int
    others: tuple[str, ...]
    pair: int


@dataclass(frozen=True, slots=True)
class SwapList:
    """A list of words ready to be looked up by their tokens.

    `pairs` name each result, first side first. `ambiguous` words stand in several pairs, of which
    only the first is used.
    """

    sides: tuple[str, str]
    entries: Mapping[tuple[str, ...], SwapEntry]
    pairs: tuple[tuple[str, str], ...]
    ambiguous: tuple[str, ...]

    @property
    def longest(self) -> int:
        """The most tokens that a word of the list has."""
        return max(len(key) for key in self.entries)


@dataclass(frozen=True, slots=True)
class SwapMatch:
    start: int
    end: int
    entry: SwapEntry


def read_list(pairs: WordList) -> SwapList:
    """Make a list of pairs, or two groups of words by name, ready for use.

    In groups every word stands for itself against any word of the other group. Raises `UserError`
    for an empty list, an entry without a word, a word paired with itself, or not two groups.
    """
    if isinstance(pairs, Mapping):
        sides, rows, names = _read_groups(pairs)
    else:
        names = tuple((first.strip(), second.strip()) for first, second in pairs)
        rows = [
            SwapEntry(pair[side], side, (pair[1 - side],), place)
            for place, pair in enumerate(names)
            for side in (0, 1)
        ]
        sides = (listing([a for a, _ in names], 3), listing([b for _, b in names], 3))
    if not rows:
        raise UserError("The list of words to swap is empty", "Give at least one pair of words.")
    entries: dict[tuple[str, ...], SwapEntry] = {}
    ambiguous: dict[str, None] = {}
    for entry in rows:
        key = tuple(words_of(entry.word))
        if not key:
            raise UserError(
                f"“{entry.word}” holds no word that could be swapped",
                "Write a word or a name in each place of the list.",
            )
        if any(tuple(words_of(other)) == key for other in entry.others):
            raise UserError(
                f"“{entry.word}” would be swapped for itself", "Give two different words."
            )
        if entries.setdefault(key, entry) is not entry:
            ambiguous[entry.word] = None
    return SwapList(sides, entries, names, tuple(ambiguous))


def _read_groups(
    groups: Mapping[str, Sequence[str]],
) -> tuple[tuple[str, str], list[SwapEntry], tuple[tuple[str, str], ...]]:
    if len(groups) != 2:
        raise UserError(
            f"The list has {plural(len(groups), 'group')} of words, and a swap needs two",
            "Give two groups, or pairs of words.",
        )
    a, b = groups
    words = [tuple(word.strip() for word in group) for group in groups.values()]
    if not all(words):
        raise UserError("A group of words is empty", "Give each group at least one word.")
    names = [(word, f"any of {b}") for word in words[0]] + [(f"any of {a}", w) for w in words[1]]
    rows = [SwapEntry(word, 0, words[1], place) for place, word in enumerate(words[0])]
    start = len(words[0])
    rows += [SwapEntry(word, 1, words[0], start + place) for place, word in enumerate(words[1])]
    return (a, b), rows, tuple(names)


def find_words(text: str, swaps: SwapList) -> list[SwapMatch]:
    """Return where words of the list stand, from left to right, without overlaps.

    Whole tokens alone count, the longest entry first, also before 's, 'll, 'd, 're, 've and 'm.
    """
    tokens = tokens_of(text)
    longest, found, place = swaps.longest, list[SwapMatch](), 0
    while place < len(tokens):
        step = 1
        for length in range(min(longest, len(tokens) - place), 0, -1):
            part = tokens[place : place + length]
            entry = swaps.entries.get(tuple(token.text for token in part))
            gaps = [text[a.end : b.start] for a, b in itertools.pairwise(part)]
            if entry is not None and not any(gap.strip() for gap in gaps):
                found.append(SwapMatch(part[0].start, part[-1].end, entry))
                step = length
                break
        else:
            token = tokens[place]
            stem = _CLITIC.fullmatch(text[token.start : token.end])
            entry = swaps.entries.get(tuple(words_of(stem.group(1)))) if stem else None
            if stem is not None and entry is not None:
                found.append(SwapMatch(token.start, token.start + stem.end(1), entry))
        place += step
    return found


def swap_found(
    text: str,
    matches: Sequence[SwapMatch],
    seed: int,
    direction: Direction = "both",
    pair: int | None = None,
) -> tuple[str, tuple[SwapPlace, ...]]:
    """Return `text` with the words that were found in it exchanged, and where.

    Their case is kept (he, He, HE) and nothing else changes. `direction` "first" leaves only words
    of the first side, "second" only such of the second, "both" exchanges them. With `pair` only
    that pair is swapped. In groups, `seed` and the text choose a word of the other group for each
    word, the same for all its occurrences, and different ones for different words.
    """
    others = _choices(text, matches, seed)
    leaving = {"both": (0, 1), "first": (1,), "second": (0,)}[direction]
    parts, places, end, length = list[str](), list[SwapPlace](), 0, 0
    for match in matches:
        entry = match.entry
        if entry.side not in leaving or pair not in (None, entry.pair):
            continue
        before = text[match.start : match.end]
        after = _cased(before, entry.word, others[entry.word])
        parts += [text[end : match.start], after]
        start = length + match.start - end
        length = start + len(after)
        places.append(SwapPlace(match.start, match.end, before, start, length, after))
        end = match.end
    return "".join([*parts, text[end:]]), tuple(places)


def _choices(text: str, matches: Sequence[SwapMatch], seed: int) -> dict[str, str]:
    """Choose what each word of a text becomes, different words of a group different ones."""
    chosen: dict[str, str] = {}
    shuffled: dict[int, list[str]] = {}
    for match in matches:
        entry = match.entry
        if entry.word in chosen:
            continue
        if len(entry.others) == 1:
            chosen[entry.word] = entry.others[0]
            continue
        if not shuffled.get(entry.side):
            random = np.random.default_rng(
                [seed, zlib.crc32(text.encode("utf-8", "surrogatepass")), entry.side]
            )
            shuffled[entry.side] = [entry.others[i] for i in random.permutation(len(entry.others))]
        chosen[entry.word] = shuffled[entry.side].pop()
    return chosen


def _cased(found: str, listed: str, other: str) -> str:
    """Write `other` as `found` is written, where that differs from how the list writes it."""
    if found == listed:
        return other
    if found.isupper() and len(found) > 1:
        return other.upper()
    if found.islower():
        return other.lower()
    if found[:1].isupper():
        rest = other.lower() if listed.isupper() else other
        return rest[:1].upper() + rest[1:]
    return other
