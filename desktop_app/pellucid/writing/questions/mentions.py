"""Where a question names a column, a level or a number."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

from pellucid.core.numbers import listing
from pellucid.writing.questions.lexicon import (
    KnownColumn,
    Lexicon,
    parts,
    split_name,
    stems,
    variants,
)
from pellucid.writing.questions.splitting import Word, words_in
from pellucid.writing.questions.vocabulary import KNOWN_WORDS
from pellucid.writing.questions.words import (
    ADJECTIVES,
    LEVEL_WORDS,
    NO,
    ROW_NOUNS,
    STATISTIC_WORDS,
    STOPS,
    YES,
)

_LONGEST = 7
_CUTOFF = 0.82
_SHARED = 6
_FEWEST_LETTERS = 4
How = Literal["exact", "variant", "part", "adjective", "fuzzy"]
_WELL_SPELT = frozenset(KNOWN_WORDS)
_ORDER: Mapping[How, int] = {"exact": 0, "variant": 1, "fuzzy": 3, "part": 2, "adjective": 4}


@dataclass(frozen=True, slots=True)
class Mention:
    """A column, or a level of one, named by the words from `start` to `end`."""

    column: str
    start: int
    end: int
    how: How
    value: str = ""
    others: tuple[str, ...] = ()
    """What else the words could have meant."""

    @property
    def is_level(self) -> bool:
        return bool(self.value)


@dataclass(frozen=True, slots=True)
class Reading:
    """A question as words, with what was recognised in it."""

    words: tuple[Word, ...]
    mentions: tuple[Mention, ...]
    notes: tuple[str, ...] = field(default=())

    @property
    def columns(self) -> list[Mention]:
        return [mention for mention in self.mentions if not mention.is_level]

    @property
    def levels(self) -> list[Mention]:
        return [mention for mention in self.mentions if mention.is_level]

    def at(self, place: int) -> Mention | None:
        """Return the mention that covers a word."""
        return next((m for m in self.mentions if m.start <= place < m.end), None)

    @property
    def text(self) -> str:
        """The question as words, set apart by single blanks."""
        return " ".join(word.text for word in self.words)


def read(question: str, lexicon: Lexicon, near: Collection[str] = ()) -> Reading:
    """Find the columns and levels that a question names; `near` are columns asked about just now.

    Longer names win over shorter, exact ones over plurals, names without their unit, single words
    of a name, adjectives ("heavier") and misspellings. What could mean several things is read as
    the first of them, and noted, unless the rest of the question, or `near`, says which is meant.
    """
    words = words_in(question, lexicon)
    taken: list[Mention] = []
    for mention in sorted(_candidates(words, lexicon), key=_rank):
        if all(mention.end <= other.start or mention.start >= other.end for other in taken):
            taken.append(mention)
    taken = _without_idle_adjectives(taken, words, lexicon)
    taken = sorted([*taken, *_letters(words, taken, lexicon)], key=lambda mention: mention.start)
    taken = _settled(taken, words, lexicon, near)
    return Reading(words, tuple(taken), tuple(_notes(words, taken)))


def _settled(
    taken: list[Mention], words: tuple[Word, ...], lexicon: Lexicon, near: Collection[str]
) -> list[Mention]:
    """Read a level that several columns have as one of the column that is spoken of."""
    settled = []
    for mention in taken:
        own = [
            replace(mention, column=column.name, value=level)
            for column in lexicon.columns
            for level in column.levels
            if f"{column.name} {level}" in (*mention.others, f"{mention.column} {mention.value}")
        ]
        named = {other.column for other in taken if other is not mention and not other.others}
        sure = [one for one in own if one.column in named]
        written = " ".join(word.raw for word in words[mention.start : mention.end])
        likely = [one for one in own if one.column in near and written != mention.value]
        if mention.is_level and mention.others and len({one.column for one in sure}) == 1:
            settled.append(replace(sure[0], others=()))
        elif mention.is_level and mention.others and likely and mention.column not in near:
            said = f"{mention.column} {mention.value}", *mention.others
            kept = tuple(o for o in said if o != f"{likely[0].column} {likely[0].value}")
            settled.append(replace(likely[0], others=kept))
        else:
            settled.append(mention)
    return settled


def _letters(words: tuple[Word, ...], taken: list[Mention], lexicon: Lexicon) -> Iterator[Mention]:
    """Find levels of one character, written as they are, of columns that the question names."""
    for mention in taken:
        column = lexicon.column(mention.column)
        for place, word in enumerate(words):
            is_free = all(not one.start <= place < one.end for one in taken)
            if column is not None and is_free and len(word.raw) == 1 and word.raw in column.levels:
                yield Mention(column.name, place, place + 1, "exact", word.raw)


def _without_idle_adjectives(
    taken: list[Mention], words: tuple[Word, ...], lexicon: Lexicon
) -> list[Mention]:
    """Leave "longest" to the flippers that are named, unless a number is set against it."""
    found = sorted(taken, key=lambda mention: mention.start)
    numbers = {column.name for column in lexicon.columns if column.is_number}
    named = [m for m in found if not m.is_level and m.column in numbers and m.how != "adjective"]

    def is_idle(mention: Mention) -> bool:
        is_compared = words[mention.end : mention.end + 1] and words[mention.end].text == "than"
        return mention.how == "adjective" and bool(named) and not is_compared

    return [mention for mention in found if not is_idle(mention)]


def _rank(mention: Mention) -> tuple[int, int, int, int]:
    is_long = mention.how == "fuzzy" and mention.end - mention.start > 1
    return (
        _ORDER["part" if is_long else mention.how],
        mention.start - mention.end,
        mention.is_level,
        mention.start,
    )


def _notes(words: tuple[Word, ...], taken: list[Mention]) -> Iterator[str]:
    for mention in taken:
        said = " ".join(word.raw for word in words[mention.start : mention.end])
        meant = f"{mention.column} {mention.value}".strip()
        if mention.others:
            others = listing(list(mention.others), 4)
            yield f"“{said}” could also mean {others}; {meant} was taken."
        elif mention.how == "fuzzy":
            yield f"“{said}” was read as {meant}."


def _candidates(words: tuple[Word, ...], lexicon: Lexicon) -> Iterator[Mention]:
    names, levels = _name_index(lexicon), _level_index(lexicon)
    for start in range(len(words)):
        for end in range(start + 1, min(len(words), start + _LONGEST) + 1):
            if any(word.kind in ("sign", "date") for word in words[start:end]):
                break
            yield from _exact(words, start, end, names, levels)
    yield from _single_words(words, lexicon)
    yield from _misspelt(words, names, levels)


Index = dict[tuple[str, ...], list[tuple[str, str, How]]]


def _name_index(lexicon: Lexicon) -> Index:
    """Return every way to say a column: by its words, and by their stems."""
    found: Index = {}
    for column in lexicon.columns:
        for place, way in enumerate(variants(column)):
            how: How = "exact" if place == 0 else "variant"
            found.setdefault(way, []).append((column.name, "", how))
            if stems(way) != way:
                found.setdefault(stems(way), []).append((column.name, "", "variant"))
    return found


def _level_index(lexicon: Lexicon) -> Index:
    found: Index = {}
    for column in lexicon.columns:
        for level in column.levels:
            way = split_name(level)
            if level.lower() in YES | NO and len(level) < 6:
                continue
            if len(way) == 1 and (len(way[0]) < 2 or way[0] in STOPS):
                continue
            found.setdefault(way, []).append((column.name, level, "exact"))
            if stems(way) != way:
                found.setdefault(stems(way), []).append((column.name, level, "variant"))
    return found


def _exact(
    words: tuple[Word, ...], start: int, end: int, names: Index, levels: Index
) -> Iterator[Mention]:
    span = words[start:end]
    if len(span) == 1 and span[0].text in STOPS:
        return
    whole = " ".join(word.raw for word in span)
    said = tuple(part for word in span for part in split_name(_named(word)))
    aliased = tuple(LEVEL_WORDS.get(part, part) for part in said)
    for index in (names, levels):
        for way, plain in ((said, True), (stems(said), False), (aliased, False)):
            found = index.get(way, [])
            if not found:
                continue
            same_case = [item for item in found if item[1] == whole or item[0] == whole]
            column, value, how = (same_case or found)[0]
            same = [item for item in found if item[:2] != (column, value)]
            if same_case:  # only what differs in nothing but its case could be meant as well
                same = [item for item in same if (item[1] or item[0]).lower() == whole.lower()]
            others = tuple(dict.fromkeys(f"{item[0]} {item[1]}".strip() for item in same))
            yield Mention(column, start, end, how if plain else "variant", value, others)
            break


def _named(word: Word) -> str:
    """Return a word as names are split: by its inner capitals, but mended words as they are."""
    return word.raw if word.raw.lower() == word.text else word.text


def _single_words(words: tuple[Word, ...], lexicon: Lexicon) -> Iterator[Mention]:
    """Find columns by one word of their name, and by what a word of size is about."""
    by_part: dict[str, list[str]] = {}
    rows = ROW_NOUNS | set(split_name(lexicon.file.rpartition(".")[0]))
    for column in lexicon.columns:
        for part in parts(column):
            if part in rows or stems([part])[0] in rows:
                continue
            by_part.setdefault(part, []).append(column.name)
            by_part.setdefault(stems([part])[0], []).append(column.name)
    for place, word in enumerate(words):
        if word.kind != "word" or word.text in STOPS:
            continue
        found = list(
            dict.fromkeys(by_part.get(word.text, []) or by_part.get(stems([word.text])[0], []))
        )
        if found and word.text not in STATISTIC_WORDS:
            yield Mention(found[0], place, place + 1, "part", "", tuple(found[1:]))
            continue
        meant = _by_adjective(word.text, lexicon)
        if meant:
            yield Mention(meant[0], place, place + 1, "adjective", "", tuple(meant[1:]))


def _by_adjective(word: str, lexicon: Lexicon) -> list[str]:
    nouns = ADJECTIVES.get(word, ())
    return [
        column.name
        for column in lexicon.columns
        if column.is_number and set(nouns) & set(column.words)
    ]


def _misspelt(words: tuple[Word, ...], names: Index, levels: Index) -> Iterator[Mention]:
    """Find names and levels of one to three words that are nearly said."""
    ways = {" ".join(way): (way, index) for index in (levels, names) for way in index}
    known = [text for text in ways if len(text) >= _FEWEST_LETTERS]
    for size in (3, 2, 1):
        for start in range(len(words) - size + 1):
            span = words[start : start + size]
            if any(word.kind != "word" for word in span):
                continue
            if any(word.text in STOPS | set(STATISTIC_WORDS) | set(ADJECTIVES) for word in span):
                continue
            said = " ".join(part for word in span for part in split_name(word.text))
            if len(said) < _FEWEST_LETTERS or said in ways:
                continue
            if all(word.text in _WELL_SPELT for word in span):
                continue  # what "matters most" are no Masters
            near = difflib.get_close_matches(said, known, 1, _CUTOFF)
            near = [one for one in near if abs(len(one) - len(said)) <= 2]
            near = near or [one for one in known if size == 1 and _begin_alike(said, one)]
            if near:
                way, index = ways[near[0]]
                column, value, _ = index[way][0]
                yield Mention(column, start, start + size, "fuzzy", value)


def _begin_alike(said: str, name: str) -> bool:
    """Say whether two words share their beginning, six letters or more: satisfaction, satisfied."""
    differ = (i for i, (a, b) in enumerate(zip(said, name, strict=False)) if a != b)
    shared = next(differ, min(len(said), len(name)))
    return " " not in name and shared >= _SHARED and 2 * shared >= max(len(said), len(name))


def is_positive(column: KnownColumn) -> str:
    """Return the level of a yes-or-no column that says yes; empty where none does."""
    if column.kind != "boolean":
        return ""
    return next((level for level in column.levels if level.lower() in YES), "")
