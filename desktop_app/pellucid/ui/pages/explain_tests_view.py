"""What tests of explanations and of the model's texts say, as values. No Qt."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from pellucid.core.errors import UserError
from pellucid.core.numbers import count, interval, listing, number, percent, plural, signed
from pellucid.explain.corpus.language_types import SwapEffect, SwappedText
from pellucid.explain.corpus.swap_list import WordList
from pellucid.explain.corpus.views import FaithfulnessView, NeighbourView
from pellucid.explain.tokens.types import METHOD_NAMES
from pellucid.models.types import Estimate
from pellucid.report.charts import Bar, Caption, DotChart
from pellucid.ui.pages.explain_faith import RANDOM
from pellucid.ui.pages.explain_text_view import short

MOST_PAIRS = 10
MOST_TEXTS = 5
MOST_MOVES = 3
_NEAR_ENOUGH = 0.8
_AROUND = 110
"""Characters shown on either side of a swapped word."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of a text with places that are set strong, and what is said of it."""

    text: str
    strong: tuple[tuple[int, int], ...]
    about: str


def faithfulness_chart(found: FaithfulnessView, *, is_class: bool) -> DotChart:
    """Set each method beside random orders, over many texts."""
    scale = 100 if is_class else 1
    axis = "Fall in probability, points" if is_class else "Change of the prediction, deviations"
    methods = sorted(
        found.comparison.methods.items(), key=lambda item: -item[1].comprehensiveness.value
    )
    dots = [
        _dot(_capital(_names().get(name, name)), one.comprehensiveness, scale, "accent")
        for name, one in methods
    ]
    if methods:
        dots.append(_dot(RANDOM, methods[0][1].random_comprehensiveness, scale, "muted"))
    said = faithfulness_sentence(found)
    title = "What taking out the strongest words does"
    return DotChart(Caption(title, axis, said), axis, tuple(dots))


def _names() -> Mapping[str, str]:
    return {str(key): name.partition(",")[0] for key, name in METHOD_NAMES.items()}


def _dot(name: str, found: Estimate, scale: float, tone: str) -> Bar:
    value, low, high = (round(x * scale, 2) for x in (found.value, found.low, found.high))
    return Bar(name, value, tone, low, high, note=number(value, 2))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def faithfulness_sentence(found: FaithfulnessView) -> str:
    """Say which methods do better than chance over the texts."""
    names, part = _names(), "test rows" if found.part == "test" else "rows"
    good = [names.get(k, k) for k, v in found.comparison.methods.items() if v.is_better_than_random]
    bad = [names.get(k, k) for k in found.comparison.methods if names.get(k, k) not in good]
    said = f"On {plural(found.texts, 'text')} of the {part}, "
    if not good:
        return f"{said}no method clearly beats random orders: do not rest anything on words."
    said += f"these beat random orders: {listing(good, 9)}."
    return f"{said} Not clearly so: {listing(bad, 9)}." if bad else said


def swap_sentence(found: SwapEffect, *, is_class: bool) -> str:
    """Say what swapping the words does to the prediction, with its interval."""
    if not found.texts:
        return found.note or "No text holds a word of the list."
    read = f"{count(found.holding)} of {plural(found.searched, 'text')} hold a word of the list."
    first, second = found.sides
    change = found.mean_change
    if not math.isfinite(change.low):
        return f"{read} That is too few to say what a swap does. {found.note}".strip()
    scale, unit = (100, "points of probability") if is_class else (1, "")
    value, low, high = (x * scale for x in (change.value, change.low, change.high))
    about = f"the probability of {found.output}" if is_class else f"the predicted {found.output}"
    bounds = f"{interval(_tidy(low), _tidy(high), 2)} with 95% confidence"
    unit = f" {unit}" if unit else ""
    if low <= 0 <= high:
        said = f"Words like {second} in place of {first} make no clear difference to {about}: "
        said += f"{signed(_tidy(value), 2)}{unit} on average, {bounds}."
    else:
        verb = "raise" if value > 0 else "lower"
        said = f"Words like {second} in place of {first} {verb} {about} by "
        said += f"{number(abs(_tidy(value)), 2)}{unit} on average, {bounds}."
    return f"{read} {said} {found.note}".strip()


def flips_sentence(found: SwapEffect, *, has_labels: bool = False) -> str:
    """Say how often the prediction itself changes, and from what to what; empty for numbers."""
    flips = found.flips
    if flips is None or not found.texts:
        return ""
    (a, b), (first, second) = flips.chosen, found.sides
    verb = "get the label" if has_labels else "are predicted"
    said = (
        f"With words like {first}, {count(a)} of {plural(found.texts, 'text')} {verb} "
        f"{found.output}; with words like {second}, {count(b)}."
    )
    what = "set of labels" if has_labels else "predicted class"
    if not flips.texts:
        return f"{said} The {what} changes in none of them."
    bounds = f"{percent(flips.share.low)} to {percent(flips.share.high)}"
    moves = [f"{count(m.texts)} from {m.first} to {m.second}" for m in flips.moves[:MOST_MOVES]]
    rest = flips.texts - sum(move.texts for move in flips.moves[:MOST_MOVES])
    if rest:
        moves.append(f"{count(rest)} otherwise")
    return (
        f"{said} The {what} changes in {plural(flips.texts, 'text')}, "
        f"{percent(flips.share.value)} ({bounds}), as {first} becomes {second}: {listing(moves)}."
    )


def _tidy(value: float) -> float:
    """Round to three decimals: less means nothing here, and 0 is not to be −0."""
    return round(value, 3) + 0.0


def swap_chart(found: SwapEffect) -> DotChart:
    """Draw what each pair of words does, those that stand after the correction in the accent."""
    pairs = [p for p in found.pairs if math.isfinite(p.change.low)][:MOST_PAIRS]
    axis = f"Change of the score of {found.output}"
    dots = tuple(
        Bar(f"{p.first} → {p.second}", p.change.value, "accent" if p.is_clear else "muted",
            p.change.low, p.change.high, note=f"{signed(p.change.value, 2)} · {count(p.texts)}")
        for p in pairs
    )  # fmt: skip
    alt = "; ".join(f"{dot.label} {dot.note}" for dot in dots)
    about = "Corrected for the number of pairs · texts that hold them"
    return DotChart(Caption("Pair by pair", about, alt), axis, dots)


def swapped_passages(found: SwapEffect, *, is_class: bool) -> tuple[Passage, ...]:
    """Return the texts that change most, each around its first swapped word."""
    return tuple(_passage(one, is_class=is_class) for one in found.largest[:MOST_TEXTS])


def _passage(one: SwappedText, *, is_class: bool) -> Passage:
    write = percent if is_class else number
    about = f"row {one.row + 1:,} · {write(one.mean_before)} → {write(one.mean_after)}"
    if one.has_flipped:
        about += f" · {one.label_before} becomes {one.label_after}"
    if not one.places:
        return Passage(short(one.swapped, 2 * _AROUND), (), about)
    start = max(0, one.places[0].other_start - _AROUND)
    end = min(len(one.swapped), one.places[0].other_end + _AROUND)
    lead = "…" if start else ""
    text = f"{lead}{one.swapped[start:end]}{'…' if end < len(one.swapped) else ''}"
    strong = tuple(
        (p.other_start - start + len(lead), p.other_end - start + len(lead))
        for p in one.places
        if start <= p.other_start and p.other_end <= end
    )
    return Passage(" ".join(text.split("\n")), strong, about)


def list_text(words: WordList) -> str:
    """Write a list of words as it is edited: a pair or a group a line."""
    if isinstance(words, Mapping):
        return "\n".join(f"{name}: {', '.join(group)}" for name, group in words.items())
    return "\n".join(f"{first}, {second}" for first, second in words)


def read_list_text(text: str) -> list[list[str]] | dict[str, list[str]]:
    """Read what `list_text` writes, edited; raises `UserError` for lines of another form."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if not lines:
        raise UserError("The list is empty", "Write a pair of words a line: he, she.")
    if all(":" in line for line in lines):
        if len(lines) != 2:
            raise UserError("A swap needs two groups of words", "Write two lines: name: a, b, c.")
        parts = [line.split(":", 1) for line in lines]
        return {name.strip(): _words(group) for name, group in parts}
    pairs = [_words(line) for line in lines]
    for line, pair in zip(lines, pairs, strict=True):
        if len(pair) != 2:
            raise UserError(f"“{line}” is no pair of words", "Write two words a line: he, she.")
    return pairs


def _words(text: str) -> list[str]:
    parts = text.replace("，", ",").replace("、", ",").split(",")
    return [word.strip() for word in parts if word.strip()]


def neighbour_passages(found: NeighbourView) -> tuple[Passage, ...]:
    """Return the nearest other training texts, nearest first."""
    others = [one for one in found.nearest if one.text.strip() != found.text.strip()]
    return tuple(
        Passage(short(one.text, 240), (), f"{one.truth} · likeness {number(one.similarity, 2)} · "
                f"row {one.row + 1:,}")
        for one in others[:MOST_TEXTS]
    )  # fmt: skip


def influence_passages(found: NeighbourView) -> tuple[Passage, ...]:
    """Return the training texts that move the prediction most, either way."""
    return tuple(
        Passage(
            short(one.text, 240),
            (),
            f"{one.truth} · {'raises' if one.influence > 0 else 'lowers'} the score of "
            f"{found.output} by {number(abs(one.influence), 2)} · row {one.row + 1:,}",
        )
        for one in found.influential[:MOST_TEXTS]
    )


def neighbours_sentence(found: NeighbourView) -> str:
    """Say how nearness was measured, and what influence means here."""
    note = found.vectors
    how = (
        f"by the vectors of {note.encoder}"
        if note.is_language_model
        else "by words that occur together in these texts; no language model"
    )
    is_known = any(one.text.strip() == found.text.strip() for one in found.nearest)
    itself = "This text is itself one of them. " if is_known else ""
    return (
        f"Near {how}, among {plural(found.trained, 'training text')}. {itself}{layer_line(found)}"
    )


def layer_line(found: NeighbourView) -> str:
    """Say on what influence was measured, and how near that is to the model."""
    if found.is_own_layer:
        return (
            "Influence: what the prediction would lose without the text, by the transformer’s own "
            "last layer, the layers below held fixed."
        )
    said = (
        "The model has no last layer over whole texts, so influence is measured on one that was "
        "fitted to the same vectors in its place."
    )
    if math.isnan(found.agreement):
        return said
    if found.is_number:
        said += f" Its predictions correlate with the model’s by {number(found.agreement, 2)}."
    else:
        said += f" It gives {percent(found.agreement)} of these texts the model’s own class."
    return f"{said} Rest little on it." if found.agreement < _NEAR_ENOUGH else said
