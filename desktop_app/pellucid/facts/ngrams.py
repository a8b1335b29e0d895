"""Facts of terms over texts: which words raise and lower the prediction, and by how much."""

from __future__ import annotations

from collections.abc import Iterator

from pellucid.core.numbers import count, number, plural
from pellucid.explain.shapes import flipped
from pellucid.explain.types import CellEffect, Shape, TermExplanation
from pellucid.facts.making import make_effect
from pellucid.facts.scales import Scale, ratio_text
from pellucid.facts.types import Fact

MOST_NGRAMS = 8
"""N-grams told of one text column and one output, half of them raising, half lowering."""


def ngram_facts(term: TermExplanation, shape: Shape, scale: Scale, weight: float) -> Iterator[Fact]:
    """Yield what one mention of each of the most telling n-grams does in a text of typical length.

    An n-gram's score does not hold those of the longer and shorter ones that share its words: what
    a whole phrase does is the sum of them all.
    """
    half = MOST_NGRAMS // 2
    raising = [cell for cell in shape.cells if cell.effect.score > 0]
    lowering = [cell for cell in reversed(shape.cells) if cell.effect.score < 0]
    for cells in (raising[:half], lowering[:half]):
        for rank, cell in enumerate(cells):
            yield _ngram_fact(term, cell, scale, weight, rank)


def _ngram_fact(
    term: TermExplanation, cell: CellEffect, scale: Scale, weight: float, rank: int
) -> Fact:
    effect = cell.effect
    value = scale.value(effect.score)
    raises = effect.score > 0
    if scale.is_ratio:
        way = "multiplied" if raises else "divided"
        how = f"{way} by {ratio_text(value if raises else 1 / value)}"
    else:
        how = f"{number(abs(value))} {'higher' if raises else 'lower'}"
    bounds = scale.bounds(effect if raises else flipped(effect))
    text = (
        f"Each mention of “{cell.label}” in {term.name} leaves {scale.noun} {how} {bounds}".rstrip()
        + f" in a text of typical length; {plural(effect.rows, 'training text')} "
        f"{'holds' if effect.rows == 1 else 'hold'} it."
    )
    return make_effect(
        "ngram", term, scale, effect, text, cell.label, 0.3 + 0.5 * weight - 0.02 * rank,
        ngram=cell.label, how=how, texts=count(effect.rows), way="raises" if raises else "lowers",
        size=f"{how} {bounds}".rstrip(),
    )  # fmt: skip
