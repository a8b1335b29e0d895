"""Facts of levels and of pairs: which groups differ, and where two columns act together."""

from __future__ import annotations

from collections.abc import Iterator

from pellucid.core.numbers import count, number
from pellucid.explain.shapes import difference
from pellucid.explain.types import CellEffect, Shape, TermExplanation
from pellucid.facts.making import make_effect
from pellucid.facts.scales import Scale, ratio_text
from pellucid.facts.types import Fact

_MOST_LEVELS = 2


def level_facts(term: TermExplanation, shape: Shape, scale: Scale, weight: float) -> Iterator[Fact]:
    """Yield the gap between the outermost levels, and the levels that stand out most."""
    high, low = shape.cells[0], shape.cells[-1]
    than = "as for" if scale.is_ratio else "than for"
    be = scale.verb("are", "is")
    gap = f"{scale.capital_noun} {be} {scale.gap(shape.swing)}"
    plain = (
        f"{gap} where {term.name} is {high.label} {than.removesuffix(' for')} where it is "
        f"{low.label}." if term.kind == "levels"
        else f"{gap} for {term.name} {high.label} {than} {low.label}."
    )  # fmt: skip
    text = plain
    chances = scale.typical_range(high.effect.score, low.effect.score)
    if chances:
        text += f" For a row that is average in all else, that is a probability of {chances}."
    yield make_effect(
        "group_difference", term, scale, shape.swing, text, f"{high.label} and {low.label}",
        0.3 + 0.55 * weight, top=high.label, bottom=low.label, than=than,
        size=scale.gap(shape.swing), levels=len(shape.cells), chances=chances, plain=plain,
    )  # fmt: skip
    if len(shape.cells) < 3:
        return
    outer = [*shape.cells[:_MOST_LEVELS], *shape.cells[-_MOST_LEVELS:]]
    for cell in dict.fromkeys(outer):
        if _is_clear(cell):
            yield _level_fact(term, cell, scale, weight)


def _is_clear(cell: CellEffect) -> bool:
    return not cell.effect.low <= 0 <= cell.effect.high


def _level_fact(term: TermExplanation, cell: CellEffect, scale: Scale, weight: float) -> Fact:
    text = (
        f"For {term.name} {cell.label} ({count(cell.effect.rows)} training rows) {scale.noun} "
        f"{scale.verb('are', 'is')} {scale.against_average(cell.effect)}."
    )
    return make_effect(
        "effect_at", term, scale, cell.effect, text, cell.label, 0.2 + 0.4 * weight,
        at=cell.label, size=scale.size(cell.effect),
    )  # fmt: skip


def pair_facts(term: TermExplanation, shape: Shape, scale: Scale, weight: float) -> Iterator[Fact]:
    """Yield where two columns together raise most, beyond what each does on its own."""
    high, low = shape.cells[0], shape.cells[-1]
    names = " and ".join(axis.name for axis in term.axes)
    change = difference(high.effect, low.effect)
    up, down = scale.value(high.effect.score), scale.value(low.effect.score)
    if scale.is_ratio:
        sizes = (f"a further {ratio_text(up)} times", f"{ratio_text(down)} times")
    else:
        sizes = (f"a further {number(up)} higher", f"{number(-down)} lower")
    text = (
        f"{names} act together: beyond what each does on its own, {scale.noun} "
        f"{scale.verb('are', 'is')} {sizes[0]} at {high.label}, and {sizes[1]} at {low.label}."
    )
    yield make_effect(
        "pair_effect", term, scale, change, text, "pair", 0.25 + 0.5 * weight, names=names,
        top=high.label, bottom=low.label, up=sizes[0], down=sizes[1],
    )  # fmt: skip
