"""Every column and level that the words of a question could name."""

from __future__ import annotations

import difflib
from collections.abc import Iterator

from pellucid.writing.questions.lexicon import (
    Lexicon,
    parts,
    split_name,
    stems,
    variants,
)
from pellucid.writing.questions.reading import How, Mention
from pellucid.writing.questions.splitting import Word
from pellucid.writing.questions.vocabulary import KNOWN_WORDS
from pellucid.writing.questions.words import (
    ADJECTIVES,
    LEVEL_WORDS,
    NO,
    ROW_NOUNS,
    SEXES,
    STATISTIC_WORDS,
    STOPS,
    YES,
)

_LONGEST = 7
_CUTOFF = 0.82
_SHARED = 6
_FEWEST_LETTERS = 4
_WELL_SPELT = frozenset(KNOWN_WORDS)


def candidates(words: tuple[Word, ...], lexicon: Lexicon) -> Iterator[Mention]:
    names, levels = _name_index(lexicon), _level_index(lexicon)
    for start in range(len(words)):
        for end in range(start + 1, min(len(words), start + _LONGEST) + 1):
            if any(word.kind in ("sign", "date") for word in words[start:end]):
                break
            yield from _exact(words, start, end, names, levels)
    yield from _sexes(words, lexicon)
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
    if len(span) == 1 and span[0].text in STOPS | {"others"}:
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


def _sexes(words: tuple[Word, ...], lexicon: Lexicon) -> Iterator[Mention]:
    """Find "boys", "women" and "F" as levels of the columns that tell the sexes apart."""
    columns = [(c.name, own) for c in lexicon.columns if (own := _own_sexes(c.levels))]
    letters = {word.raw for word in words} & {"M", "F"}
    for place, word in enumerate(words):
        sex = next((name for name, said in SEXES.items() if word.text in said), "")
        is_letter = len(word.text) == 1
        if not sex or not columns or (is_letter and (len(letters) < 2 or word.raw not in letters)):
            continue
        column, own = columns[0]
        others = tuple(f"{name} {levels[sex]}" for name, levels in columns[1:])
        yield Mention(column, place, place + 1, "variant", own[sex], others)


def _own_sexes(levels: tuple[str, ...]) -> dict[str, str]:
    """Return how a column spells each sex; empty where it is not clear that it holds them."""
    found = {
        name: [level for level in levels if level.lower() in said] for name, said in SEXES.items()
    }
    is_clear = all(len(own) == 1 for own in found.values())
    return {name: own[0] for name, own in found.items()} if is_clear else {}


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
            near = [one for one in near if not _are_opposite(said, one)]
            near = near or [one for one in known if size == 1 and _begin_alike(said, one)]
            if near:
                way, index = ways[near[0]]
                column, value, _ = index[way][0]
                yield Mention(column, start, start + size, "fuzzy", value)


def _are_opposite(said: str, name: str) -> bool:
    """Say whether one word is the other turned round: married, unmarried."""
    return any(
        said == f"{turned}{name}" or name == f"{turned}{said}"
        for turned in ("un", "in", "ir", "im")
    )


def _begin_alike(said: str, name: str) -> bool:
    """Say whether two words share their beginning, six letters or more: satisfaction, satisfied."""
    differ = (i for i, (a, b) in enumerate(zip(said, name, strict=False)) if a != b)
    shared = next(differ, min(len(said), len(name)))
    return " " not in name and shared >= _SHARED and 2 * shared >= max(len(said), len(name))
