"""Where a question names a column, a level or a number."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace

from pellucid.core.numbers import listing
from pellucid.writing.questions.candidates import candidates
from pellucid.writing.questions.lexicon import Lexicon
from pellucid.writing.questions.reading import How, Mention, Reading
from pellucid.writing.questions.splitting import Word, words_in

_AGAINST = frozenset({"from", "vs", "versus", "against"})
_ORDER: Mapping[How, int] = {"exact": 0, "variant": 1, "fuzzy": 3, "part": 2, "adjective": 4}


def read(question: str, lexicon: Lexicon, near: Collection[str] = ()) -> Reading:
    """Find the columns and levels that a question names; `near` are columns asked about just now.

    Longer names win over shorter, exact ones over plurals, names without their unit, single words
    of a name, adjectives ("heavier") and misspellings. What could mean several things is read as
    the first of them, and noted, unless the rest of the question, or `near`, says which is meant.
    """
    words = words_in(question, lexicon)
    taken: list[Mention] = []
    for mention in sorted(candidates(words, lexicon), key=_rank):
        if all(mention.end <= other.start or mention.start >= other.end for other in taken):
            taken.append(mention)
    taken = _without_idle_adjectives(taken, words, lexicon)
    taken += [*_letters(words, taken, lexicon), *_bare_pairs(words, taken, lexicon)]
    taken = sorted(dict.fromkeys(taken), key=lambda mention: mention.start)
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
    yield from _lone_letters(words, taken, lexicon)


def _lone_letters(
    words: tuple[Word, ...], taken: list[Mention], lexicon: Lexicon
) -> Iterator[Mention]:
    """Find capital letters that are levels of one column alone: "without S"."""
    named = {mention.column for mention in taken}
    for place, word in enumerate(words):
        if not _is_lone_letter(words, place) or any(one.start <= place < one.end for one in taken):
            continue
        own = [column.name for column in lexicon.columns if word.raw in column.levels]
        if len(own) == 1 and own[0] not in named:
            yield Mention(own[0], place, place + 1, "exact", word.raw)


def _is_lone_letter(words: tuple[Word, ...], place: int) -> bool:
    """Say whether a capital stands where a name would: neither "A" nor "I", nor a unit."""
    raw = words[place].raw
    is_capital = len(raw) == 1 and raw.isupper() and raw not in ("A", "I")
    return is_capital and place > 0 and words[place - 1].kind == "word"


def _bare_pairs(
    words: tuple[Word, ...], taken: list[Mention], lexicon: Lexicon
) -> Iterator[Mention]:
    """Find two levels of a column that stand against each other: "what tells 1 from 0"."""
    held = {place for one in taken for place in range(one.start, one.end)}
    for place in range(len(words) - 2):
        first, joint, second = words[place : place + 3]
        is_between = place > 0 and words[place - 1].text == "between" and first.kind == "word"
        is_pair = joint.text in _AGAINST or (is_between and joint.text == "and")
        if not is_pair or {place, place + 2} & held or first.raw == second.raw:
            continue
        own = [c for c in lexicon.columns if {first.raw, second.raw} <= set(c.levels)]
        for column in [c for c in own if len(own) == 1 or c.name == lexicon.target]:
            yield Mention(column.name, place, place + 1, "exact", first.raw)
            yield Mention(column.name, place + 2, place + 3, "exact", second.raw)


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
