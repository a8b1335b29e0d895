"""Facts of a model's terms: which matter, where curves turn and jump, which groups differ."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from pellucid.core.numbers import count, interval, number, percent
from pellucid.explain.shapes import describe_shape, flipped
from pellucid.explain.types import Effect, Jump, ModelExplanation, Shape, TermExplanation, Turn
from pellucid.facts.groups import level_facts, pair_facts
from pellucid.facts.making import is_bounded, make, make_effect
from pellucid.facts.ngrams import ngram_facts
from pellucid.facts.scales import Scale, ratio_text, scale_of
from pellucid.facts.sentences import (
    curve_clause,
    jump_text,
    turn_bounds,
    turn_text,
)
from pellucid.facts.slot_parts import ordinal
from pellucid.facts.types import Fact, Origin

_MOST_TURNS = 3
_MOST_CLASSES = 8


def effect_facts(explanation: ModelExplanation) -> Iterator[Fact]:
    """Yield the facts of every term; effects are told of terms that matter alone."""
    total = sum(term.importance for term in explanation.terms)
    most = max((term.importance for term in explanation.terms), default=0.0)
    for rank, term in enumerate(explanation.terms, start=1):
        share = term.importance / total if total else 0.0
        yield _importance_fact(term, explanation, rank, share)
        if not term.matters:
            continue
        weight = float(np.sqrt(term.importance / most)) if most else 0.0
        for shape in told_shapes(term, explanation):
            yield from _shape_facts(term, shape, scale_of(explanation, shape.output), weight)
    yield from _rest_facts(explanation)


def told_shapes(term: TermExplanation, explanation: ModelExplanation) -> list[Shape]:
    """Return the shapes worth telling: the only output's, or the class moved most.

    A second class is told where the term moves it at least two thirds as much; of texts, each
    class is, since every class has words of its own.
    """
    outputs = len(explanation.outputs)
    if outputs == 1:
        return [describe_shape(term)]
    shapes = [describe_shape(term, output) for output in range(outputs)]
    shapes.sort(key=lambda shape: -shape.swing.score)
    if term.kind == "ngrams":
        return [shape for shape in shapes if not shape.flat][:_MOST_CLASSES]
    return [s for s in shapes[:2] if not s.flat and s.swing.score > 0.66 * shapes[0].swing.score]


def _importance_fact(
    term: TermExplanation, explanation: ModelExplanation, rank: int, share: float
) -> Fact:
    target = explanation.task.target
    evidence = term.evidence
    if evidence is None:
        text = f"Whether {term.name} matters was not tested on held-out rows."
    else:
        bounds = interval(evidence.low, evidence.high)
        verb, verdict = (
            ("rises", "makes a measurable difference") if term.matters
            else ("changes", "makes no difference of its own that can be told from chance")
        )  # fmt: skip
        text = (
            f"{term.name} {verdict}: without it the loss on held-out rows {verb} by "
            f"{number(evidence.rise)} (interval {bounds}, corrected for "
            "all terms)."
        )
    text += (
        f" It ranks {ordinal(rank)} of {len(explanation.terms)} terms, carrying {percent(share)} "
        "of the model's total movement." if len(explanation.terms) > 1
        else " It is the model's only term."
    )  # fmt: skip
    return make(
        "importance", (*term.columns, target), text, Origin("explanation", term.name),
        what=f"importance {term.name}", value=term.importance, unit="mean absolute score",
        interest=(0.3 + 0.65 * float(np.sqrt(share))) if term.matters else 0.05,
        matters="yes" if term.matters else "no", shape=term.kind, rank=rank, share=share,
        of=len(explanation.terms),
    )  # fmt: skip


def _rest_facts(explanation: ModelExplanation) -> Iterator[Fact]:
    """Count the terms that were tested and do not matter: silence about them is a finding too."""
    tested = [term for term in explanation.terms if term.evidence is not None]
    if not tested:
        return
    idle = [term for term in tested if not term.matters]
    single = [term.name for term in idle if term.kind != "pair"]
    making = len(tested) - len(idle)
    verb = "makes" if making == 1 else "make"
    terms = (
        f"The model's one term makes {'a' if making else 'no'}" if len(tested) == 1
        else f"{count(making)} of {count(len(tested))} terms {verb} a"
    )  # fmt: skip
    yield make(
        "importance", (explanation.task.target,),
        f"{terms} measurable difference on held-out rows.",
        Origin("explanation", "terms"), what="how many matter", value=len(tested) - len(idle),
        unit="terms", interest=0.6, tested=len(tested), idle="; ".join(single),
    )  # fmt: skip


def _shape_facts(
    term: TermExplanation, shape: Shape, scale: Scale, weight: float
) -> Iterator[Fact]:
    if shape.missing is not None and is_bounded(shape.missing.effect):
        yield from _missing_fact(term, shape.missing.effect, shape, scale, weight)
    if shape.flat:
        return
    if term.kind == "pair":
        yield from pair_facts(term, shape, scale, weight)
    elif term.kind == "ngrams":
        yield from ngram_facts(term, shape, scale, weight)
    elif term.kind in ("levels", "leaves"):
        yield from level_facts(term, shape, scale, weight)
    else:
        yield from _curve_facts(term, shape, scale, weight)


def _missing_fact(
    term: TermExplanation, effect: Effect, shape: Shape, scale: Scale, weight: float
) -> Iterator[Fact]:
    """Tell a missing cell that differs from the rest beyond its interval, and not by a trifle."""
    if effect.low <= 0 <= effect.high or abs(effect.score) < 0.15 * shape.swing.score:
        return
    value = scale.value(effect.score)
    how = f"{ratio_text(value)} times" if scale.is_ratio else _by(value)
    rest = "those of" if scale.is_ratio else "than for"
    text = (
        f"Where {term.axes[0].name} is missing ({count(effect.rows)} training rows), {scale.noun} "
        f"{scale.verb('are', 'is')} {how} {rest} the other rows {scale.bounds(effect)}."
    )
    yield make_effect(
        "effect_at", term, scale, effect, text, "missing", 0.35 + 0.5 * weight, at="missing",
        how=how,
    )  # fmt: skip


def _by(value: float) -> str:
    return f"{number(abs(value))} {'higher' if value > 0 else 'lower'}"


def _curve_facts(
    term: TermExplanation, shape: Shape, scale: Scale, weight: float
) -> Iterator[Fact]:
    clause = curve_clause(term, shape, scale)
    if shape.direction in ("rises", "falls"):
        yield _monotone_fact(term, shape, scale, clause, weight)
    turns = sorted(shape.turns, key=lambda turn: -turn.prominence)[:_MOST_TURNS]
    for turn in sorted(turns, key=lambda turn: turn.at):
        yield _turn_fact(term, turn, shape, scale, clause, weight)
    for jump in shape.jumps:
        yield _jump_fact(term, jump, shape, scale, weight)
    for name, cell in zip(("highest", "lowest"), shape.cells, strict=True):
        be = scale.verb("are", "is")
        text = (
            f"{scale.capital_noun} {be} {name} where {term.axes[0].name} is {cell.label}: "
            f"{scale.against_average(cell.effect)}."
        )
        yield make_effect(
            "effect_at", term, scale, cell.effect, text, name, 0.2 + 0.4 * weight,
            at=cell.label, size=scale.size(cell.effect),
        )  # fmt: skip


def _monotone_fact(
    term: TermExplanation, shape: Shape, scale: Scale, clause: str, weight: float
) -> Fact:
    high, low = shape.cells
    text = (
        f"{scale.capital_noun} {clause}: {scale.verb('they are', 'it is')} "
        f"{scale.gap(shape.swing)} where {term.axes[0].name} is {high.label} "
        f"{'as' if scale.is_ratio else 'than'} where it is {low.label}."
    )
    return make_effect(
        "monotone", term, scale, shape.swing, text, "curve", 0.3 + 0.5 * weight,
        clause=clause, direction=shape.direction, top=high.label, bottom=low.label,
        size=scale.gap(shape.swing),
    )  # fmt: skip


def _turn_fact(
    term: TermExplanation, turn: Turn, shape: Shape, scale: Scale, clause: str, weight: float
) -> Fact:
    axis = term.axes[0]
    at, bounds = turn_text(axis, turn), turn_bounds(axis, turn)
    ways = ("rise", "rises", "fall", "falls") if turn.kind == "peak" else (
        "fall", "falls", "rise", "rises"
    )  # fmt: skip
    text = (
        f"{scale.capital_noun} {scale.verb(*ways[:2])} with {axis.name} until about {at} (the turn "
        f"could lie from {bounds}), then {scale.verb(*ways[2:])}; there {scale.pronoun} "
        f"{scale.verb('are', 'is')} {scale.against_average(turn.effect)}."
    )
    share = turn.prominence / shape.swing.score if shape.swing.score else 0.0
    return make(
        "turning_point", (*term.columns, scale.target), text,
        Origin("explanation", term.name, at),
        what=f"{term.name} {scale.label} turn {shape.turns.index(turn) + 1}",
        value=turn.at, unit=axis.name, n=turn.effect.rows, bounds=(turn.low, turn.high),
        interest=0.3 + 0.6 * weight * min(1.0, 0.5 + share),
        noun=scale.capital_noun, short=scale.short_noun, clause=clause, way=turn.kind, at=at,
        between=bounds, size=scale.size(turn.effect), sure=scale.bounds(turn.effect),
        effect=scale.value(turn.effect.score), output=scale.label,
    )  # fmt: skip


def _jump_fact(
    term: TermExplanation, jump: Jump, shape: Shape, scale: Scale, weight: float
) -> Fact:
    at = jump_text(term.axes[0], jump)
    value = scale.value(abs(jump.change.score))
    rises = jump.change.score > 0
    size = jump.change if rises else flipped(jump.change)
    if scale.is_ratio:
        way = "multiplied" if rises else "divided"
        how = f"{scale.verb('are', 'is')} {way} by {ratio_text(value)}"
    else:
        how = f"{'rises' if rises else 'falls'} by {number(value)}"
    how = f"{how} within a narrow range {scale.bounds(size)}".rstrip()
    text = f"Around {term.axes[0].name} {at}, {scale.noun} {how}."
    share = abs(jump.change.score) / shape.swing.score if shape.swing.score else 0.0
    return make(
        "jump", (*term.columns, scale.target), text, Origin("explanation", term.name, at),
        what=f"{term.name} {scale.label} jump {shape.jumps.index(jump) + 1}",
        value=jump.at, unit=term.axes[0].name, n=jump.change.rows, bounds=(jump.low, jump.high),
        interest=0.3 + 0.6 * weight * min(1.0, 0.4 + share), at=at, how=how,
        noun=scale.capital_noun, short=scale.short_noun, pronoun=scale.pronoun,
        word="jump" if rises else "drop", change=value, output=scale.label,
    )  # fmt: skip
