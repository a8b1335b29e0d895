"""What the built-in writer says of single terms: where curves turn, which groups differ."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from pellucid.core.numbers import listing
from pellucid.facts.types import Fact
from pellucid.writing.select import (
    Shelf,
    brief,
    claim,
    detail,
    figure,
    sentence,
    turn_about,
    value_of,
)
from pellucid.writing.text_words import reading_claims
from pellucid.writing.types import Claim

ACTS = "How each one acts"
GROUPS = "Which groups differ"
WORDS = "Which words matter"
_HOW_WORDS_COUNT = (
    "Each figure is what one mention does in a text of typical length, all other words held equal, "
    "with its 95% interval and the training texts that say it; what a whole phrase does is the sum "
    "over its parts."
)
_MOST_CURVES = 10
_MOST_TEXTS = 4
_MOST_GROUPS = 8
_MOST_PAIRS = 4
_MOST_TURNS = 2
_MOST_VAGUE = 8


def effect_claims(shelf: Shelf) -> Iterator[Claim]:
    """Yield what each term does, the strongest first; curves, then pairs, then groups."""
    terms = [f for f in shelf.of("importance") if detail(f, "matters") == "yes"]
    terms.sort(key=lambda fact: figure(fact, "rank"))
    curves = [f for f in terms if detail(f, "shape") == "bins"][:_MOST_CURVES]
    pairs = [f for f in terms if detail(f, "shape") == "pair"][:_MOST_PAIRS]
    groups = [f for f in terms if detail(f, "shape") in ("levels", "leaves")][:_MOST_GROUPS]
    texts = [f for f in terms if detail(f, "shape") == "ngrams"][:_MOST_TEXTS]
    told = [item for term in curves for item in _curve(shelf, term.origin.part)]
    told += _pairs(shelf, [term.origin.part for term in pairs])
    levels = [item for i, term in enumerate(groups) for item in _levels(shelf, term.origin.part, i)]
    shapes = [*_shortened(shelf, told), *_shortened(shelf, levels)]
    yield from shapes[:1]
    meaning = shelf.first("definition", "explanation")
    if meaning is not None and shapes:
        is_told = any("the average" in item.text for item in shapes)
        text = meaning.text if is_told else detail(meaning, "held")
        yield claim(shapes[0].section, text, [meaning])
    begun = shapes[0].section if shapes else ACTS
    yield from _after(begun, shapes[1:], _untold(shelf, terms, is_more=bool(shapes)))
    words = [item for term in texts for item in _words(shelf, term.origin.part)]
    if words:
        yield from reading_claims(shelf, WORDS, [term.origin.part for term in texts])
        yield claim(WORDS, _HOW_WORDS_COUNT, [shelf.task])
    yield from _shortened(shelf, words)


def _words(shelf: Shelf, part: str) -> Iterator[Claim]:
    """Tell the n-grams that raise and that lower each output most; of many outputs, the former."""
    about = [fact for fact in _about(shelf, part) if fact.kind == "ngram"]
    outputs = _outputs(about)
    ways = ("raises", "lowers") if len(outputs) < 3 else ("raises",)
    for output in outputs:
        for way in ways:
            facts = [f for f in about if (detail(f, "output"), detail(f, "way")) == (output, way)]
            if facts:
                noun = detail(facts[0], "noun")
                told = [_mention(fact) for fact in facts]
                many = detail(facts[0], "pronoun") == "they"
                verb = ("rise" if many else "rises") if way == "raises" else (
                    "fall" if many else "falls"
                )  # fmt: skip
                text = f"{noun} {verb} most where {part} says {listing(told, 8)}."
                yield claim(WORDS, text, facts)


def _mention(fact: Fact) -> str:
    size, texts = brief(detail(fact, "size")), detail(fact, "texts")
    size = size.replace(" (", ", ", 1).removesuffix(")")
    return f"“{detail(fact, 'ngram')}” ({size}; {texts} texts)"


def _shortened(shelf: Shelf, claims: list[Claim]) -> Iterator[Claim]:
    """Name the outcome and the interval in full at the start of a section, briefly after that."""
    known = {fact.id: fact for fact in shelf.facts}
    for i, item in enumerate(claims):
        fact = known[item.facts[0]]
        long, short = detail(fact, "noun"), detail(fact, "short")
        if i == 0 or not long:
            yield item
            continue
        text = brief(item.text).replace(long, short)
        text = text.replace(long[:1].lower() + long[1:], short[:1].lower() + short[1:])
        yield replace(item, text=text)


def _after(begun: str, shapes: list[Claim], untold: list[Claim]) -> Iterator[Claim]:
    """Tell section by section, `begun` first; what cannot be told ends that on how terms act."""
    for section in dict.fromkeys((begun, ACTS, *(item.section for item in shapes))):
        yield from (item for item in shapes if item.section == section)
        if section == ACTS:
            yield from untold


def _untold(shelf: Shelf, terms: list[Fact], *, is_more: bool) -> list[Claim]:
    """Name the terms that matter though nothing about their shape is beyond noise."""
    vague = [term for term in terms if not _about(shelf, term.origin.part)][:_MOST_VAGUE]
    if not vague:
        return []
    names = listing([term.origin.part for term in vague], _MOST_VAGUE)
    one = len(vague) == 1
    return [
        claim(
            ACTS,
            f"{names} {'makes' if one else 'make'} a measurable difference"
            f"{' too' if is_more else ''}, but how {'it acts' if one else 'they act'} is too "
            "uncertain to be told.",
            vague,
        )
    ]


def _outputs(facts: list[Fact]) -> list[str]:
    return list(dict.fromkeys(detail(fact, "output") for fact in facts))


def _about(shelf: Shelf, part: str) -> list[Fact]:
    """Return all facts about the effects of one term, in order of interest."""
    return [
        fact
        for fact in shelf.facts
        if fact.origin.result == "explanation"
        and fact.origin.part == part
        and "output" in fact.details
    ]


def _curve(shelf: Shelf, part: str) -> Iterator[Claim]:
    about = _about(shelf, part)
    for output in _outputs(about):
        facts = [fact for fact in about if detail(fact, "output") == output]
        yield from _one_curve(facts)


def _one_curve(facts: list[Fact]) -> Iterator[Claim]:
    turns = [f for f in facts if f.kind == "turning_point"]
    turns = sorted(turns[:_MOST_TURNS], key=value_of)
    steady = [f for f in facts if f.kind == "monotone"]
    jumps = sorted((f for f in facts if f.kind == "jump"), key=value_of)
    ends = [f for f in facts if f.kind == "effect_at" and f.origin.cell in ("highest", "lowest")]
    missing = [f for f in facts if f.kind == "effect_at" and f.origin.cell == "missing"]
    if turns:
        yield claim(ACTS, *_turning(turns, ends))
    elif steady and len(jumps) == 1:
        text = f"{steady[0].text} {_at_the_jump(jumps[0])}"
        yield claim(ACTS, text, [steady[0], *jumps])
        jumps = []
    elif steady:
        yield claim(ACTS, steady[0].text, steady[:1])
    for group in (jumps, missing):
        if group:
            text = " ".join(fact.text for fact in group[:3])
            yield claim(ACTS, text, group[:3])


def _at_the_jump(jump: Fact) -> str:
    return f"At that {detail(jump, 'word')} {detail(jump, 'pronoun')} {detail(jump, 'how')}."


def _turning(turns: list[Fact], ends: list[Fact]) -> tuple[str, list[Fact]]:
    """Write of a curve that turns: its course, how sure each turn is, and the extreme beside it."""
    noun = detail(turns[0], "noun")
    text = sentence(f"{noun} {detail(turns[0], 'clause')}")
    parts = []
    for fact in turns:
        size = f"{detail(fact, 'size')} {detail(fact, 'sure')}".strip()
        near = f" near {detail(fact, 'at')}" if len(turns) > 1 else ""
        parts.append(
            f"the {detail(fact, 'way')}{near} could lie anywhere from {detail(fact, 'between')}, "
            f"and is {size}"
        )
    text += " " + sentence("; ".join(parts))
    ways = {detail(fact, "way") for fact in turns}
    far = [f for f in ends if f.origin.cell == ("lowest" if ways == {"peak"} else "highest")]
    if len(ways) == 1 and far:
        text += " " + sentence(far[0].text.replace(noun, detail(far[0], "short"), 1))
        return text, [*turns, far[0]]
    return text, turns


def _pairs(shelf: Shelf, parts: list[str]) -> list[Claim]:
    """Tell the first pair of columns in full, and the others of that outcome after it."""
    found = [fact for part in parts for fact in _about(shelf, part) if fact.kind == "pair_effect"]
    told = []
    for output in _outputs(found):
        same = [fact for fact in found if detail(fact, "output") == output]
        text = same[0].text
        more = [
            f"{detail(fact, 'names')} ({detail(fact, 'up').removeprefix('a further ')} at "
            f"{detail(fact, 'top')}, {detail(fact, 'down')} at {detail(fact, 'bottom')})"
            for fact in same[1:]
        ]
        if more:
            text += f" So do {'; '.join(more)}."
        told.append(claim(ACTS, text, same))
    return told


def _levels(shelf: Shelf, part: str, position: int) -> Iterator[Claim]:
    about = _about(shelf, part)
    for output in _outputs(about):
        facts = [fact for fact in about if detail(fact, "output") == output]
        gaps = [fact for fact in facts if fact.kind == "group_difference"]
        missing = [f for f in facts if f.origin.cell == "missing"]
        if gaps:
            gap = gaps[0]
            text = detail(gap, "plain")
            if detail(gap, "chances"):
                lead = turn_about(
                    (
                        "For a row that is average in all else, the probability is",
                        "In probability, for an otherwise average row, that is",
                    ),
                    position,
                )
                text += f" {lead} {detail(gap, 'chances')}."
            yield claim(GROUPS, text, [gap])
        if missing:
            yield claim(GROUPS, missing[0].text, missing[:1])
