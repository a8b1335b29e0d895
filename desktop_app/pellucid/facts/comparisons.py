"""Facts of groups of rows in the plain data, without a model: which are higher, what changes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from pellucid.core.numbers import count, interval, number, percent
from pellucid.explain.cuts import FEWEST_ROWS
from pellucid.explain.group_types import Comparison, GroupValue
from pellucid.explain.shapes import difference
from pellucid.explain.types import CellEffect, ModelExplanation, TermExplanation
from pellucid.facts.effects import told_shapes
from pellucid.facts.interest import interest_of
from pellucid.facts.making import make
from pellucid.facts.scales import Scale, scale_of
from pellucid.facts.types import Fact, Origin
from pellucid.facts.wheres import when_text, where_text
from pellucid.models.types import Task

MOST_GROUPS = 6
POINTS = "percentage points"
IN_SAMPLE = "In a sample of "
"""How the sentence of a fact begins that is not of all rows."""


def comparison_facts(
    task: Task, comparisons: Sequence[Comparison], sampled: int | None = None
) -> Iterator[Fact]:
    """Yield, by column, the clearest difference, and the share or mean of its groups.

    `sampled` is the number of rows where they are not all.
    """
    for one in comparisons:
        made = [_trend_fact(task, one) if one.kind == "periods" else _comparison_fact(task, one)]
        groups = one.groups if len(one.groups) <= MOST_GROUPS else (one.first, one.second)
        made += [_group_fact(task, one, group) for group in groups]
        yield from (_in_sample(fact, sampled) for fact in made)


def _in_sample(fact: Fact, sampled: int | None) -> Fact:
    """Say that a fact is of a sample, where it is."""
    if sampled is None:
        return fact
    lead = f"{IN_SAMPLE}{count(sampled)} rows, "
    text = fact.text if not fact.text.startswith("By ") else f"b{fact.text[1:]}"
    return replace(fact, text=lead + text)


def outcome_text(task: Task, outcome: str) -> str:
    """Say what is the case in the rows that are counted: `Income is >50K`, `Tags holds news`."""
    return f"{task.target} {'holds' if task.kind == 'multilabel' else 'is'} {outcome}"


def _figure(one: Comparison, value: float) -> str:
    return percent(value) if one.outcome else number(value)


def _where(one: Comparison, group: GroupValue) -> str:
    return where_text(one.column, one.kind, group.label, one.unit)


def _wheres(one: Comparison) -> tuple[str, str]:
    """Name the two groups; the column is named once."""
    first, second = _where(one, one.first), _where(one, one.second)
    return first, second.replace(f"{one.column} ", "it ", 1)


def _gap(one: Comparison) -> tuple[float, tuple[float, float], str]:
    """Return the difference, its bounds and their unit: percentage points, or the target's own."""
    scale = 100.0 if one.outcome else 1.0
    return one.difference * scale, (one.low * scale, one.high * scale), POINTS


def _corrected(one: Comparison) -> str:
    return f"corrected for {count(one.tried)} comparisons" if one.tried > 1 else "one comparison"


def _comparison_fact(task: Task, one: Comparison) -> Fact:
    value, bounds, points = _gap(one)
    here, there = _figure(one, one.first.value), _figure(one, one.second.value)
    first, second = _wheres(one)
    ends = f"(95% interval {interval(*bounds)}, {_corrected(one)})"
    if one.outcome:
        text = (
            f"{outcome_text(task, one.outcome)} more often where {first} than where {second}: in "
            f"{here} of rows against {there}, a difference of {number(value)} {points} {ends}."
        )
    else:
        text = (
            f"{task.target} is higher on average where {first} than where {second}: {here} against "
            f"{there}, a difference of {number(value)} {ends}."
        )
    effect = abs(one.difference) / one.spread
    n = one.first.rows + one.second.rows
    return make(
        "comparison", (one.column, task.target), text, Origin("data", one.column),
        what=f"{one.outcome} highest and lowest", value=value,
        unit=points if one.outcome else task.target, n=n, bounds=bounds,
        interest=interest_of(effect, min(one.first.rows, one.second.rows), least=0.2, most=0.7),
        first=one.first.label, second=one.second.label, here=here, there=there,
        first_rows=one.first.rows, second_rows=one.second.rows, p_value=one.p_value,
        outcome=one.outcome, **_common(task, one),
    )  # fmt: skip


def _common(task: Task, one: Comparison) -> dict[str, float | str]:
    return {
        "tried": one.tried, "method": f"{one.method}, {_corrected(one)}", "cut": one.kind,
        "length": one.unit, "holds": "holds" if task.kind == "multilabel" else "is",
    }  # fmt: skip


def _trend_fact(task: Task, one: Comparison) -> Fact:
    """Tell the change along the periods: `first` is the last of them."""
    value, bounds, points = _gap(one)
    later, earlier = _figure(one, one.first.value), _figure(one, one.second.value)
    way = "rises" if value > 0 else "falls"
    steps = one.span or 1.0
    size = abs(value) / steps
    low, high = sorted(abs(bound) / steps for bound in bounds)
    unit = f" {points}" if one.outcome else ""
    per = f" a {one.unit}" if one.span else ""
    what = (
        f"the share of rows where {outcome_text(task, one.outcome)}" if one.outcome
        else f"the mean of {task.target}"
    )  # fmt: skip
    move = _move(one, way, f"{number(size)}{unit}{per}", (earlier, later))
    checked = f"; the test is {_corrected(one)}" if one.span and one.tried > 1 else (
        "" if one.span else f", {_corrected(one)}"
    )  # fmt: skip
    text = f"By {one.column}, {what} {move} (95% interval {interval(low, high)}{checked})"
    if one.span:
        start, end = when_text(one.second.label), when_text(one.first.label)
        text += f": {earlier} {start}, {later} {end}"
        if len(one.groups) <= one.span:
            text += f"; {one.unit}s of under {FEWEST_ROWS} rows are left out"
    n = sum(group.rows for group in one.groups)
    return make(
        "trend", (one.column, task.target), f"{text}.", Origin("data", one.column),
        what=f"{one.outcome} first to last", value=value,
        unit=points if one.outcome else task.target, n=n, bounds=bounds,
        interest=interest_of(abs(one.difference) / one.spread, n, least=0.35, most=0.8),
        first=one.second.label, second=one.first.label, way=way, move=move,
        here=earlier, there=later, size=f"{number(size)}{unit}{per}", span=interval(low, high),
        p_value=one.p_value, outcome=one.outcome, **_common(task, one),
    )  # fmt: skip


def _move(one: Comparison, way: str, size: str, ends: tuple[str, str]) -> str:
    """Return the predicate: along all periods by so much each, or step by step from end to end."""
    start, end = when_text(one.second.label), when_text(one.first.label)
    if one.span:
        whole = round(one.span) + 1
        of = f"all {count(whole)}" if len(one.groups) == whole else (
            f"{count(len(one.groups))} of {count(whole)}"
        )  # fmt: skip
        return f"{way} on the whole, by {size} over {of} {one.unit}s"
    steps = " at every step" if len(one.groups) > 2 else ""
    return f"{way}{steps} from {ends[0]} {start} to {ends[1]} {end}, by {size}"


def _group_fact(task: Task, one: Comparison, group: GroupValue) -> Fact:
    where = f"where {_where(one, group)}"
    value = _figure(one, group.value)
    bounds = (
        f"{percent(group.low)} to {percent(group.high)}" if one.outcome
        else interval(group.low, group.high)
    )  # fmt: skip
    said = (
        f"{outcome_text(task, one.outcome)} in {value} of" if one.outcome
        else f"{task.target} is {value} on average over"
    )  # fmt: skip
    text = f"{said} the {count(group.rows)} rows {where} (95% interval {bounds})."
    return make(
        "group", (one.column, task.target), text, Origin("data", one.column, group.label),
        what=f"{one.outcome} {group.label}", value=group.value,
        unit="share" if one.outcome else task.target, n=group.rows,
        bounds=(group.low, group.high), interest=0.15, level=group.label, outcome=one.outcome,
        cut=one.kind, length=one.unit, holds="holds" if task.kind == "multilabel" else "is",
        method="Wilson's interval of a share" if one.outcome else "Student's interval of a mean",
    )  # fmt: skip


def reversal_facts(
    task: Task, comparisons: Sequence[Comparison], explanation: ModelExplanation,
    sampled: int | None = None,
) -> Iterator[Fact]:  # fmt: skip
    """Yield where the plain data and the model point opposite ways for the same two groups.

    Told of levels whose difference is clear in both: the other columns then explain more than all
    of what the plain data show.
    """
    by_column = {one.column: one for one in comparisons if one.kind == "levels"}
    for term in explanation.terms:
        one = by_column.get(term.columns[0])
        if one is None or term.kind != "levels" or not term.matters or len(term.columns) > 1:
            continue
        for shape in told_shapes(term, explanation):
            scale = scale_of(explanation, shape.output)
            cells = {cell.label: cell for cell in shape.cells}
            pair = cells.get(one.first.label), cells.get(one.second.label)
            same = scale.label in ("", one.outcome)
            if same and not shape.flat and pair[0] is not None and pair[1] is not None:
                for fact in _reversal(task, one, term, scale, (pair[0], pair[1])):
                    yield _in_sample(fact, sampled)


def _reversal(
    task: Task, one: Comparison, term: TermExplanation, scale: Scale,
    pair: tuple[CellEffect, CellEffect],
) -> Iterator[Fact]:  # fmt: skip
    gap = difference(pair[1].effect, pair[0].effect)
    if gap.low <= 0:
        return
    here, there = _figure(one, one.first.value), _figure(one, one.second.value)
    first, second = _wheres(one)
    plain = (
        f"{outcome_text(task, one.outcome)} in {here} of rows where {first} and in {there} where "
        f"{second}" if one.outcome
        else f"{task.target} is {here} on average where {first} and {there} where {second}"
    )  # fmt: skip
    than = "as" if scale.is_ratio else "than"
    yield make(
        "comparison", (one.column, task.target),
        f"{plain}; yet with all other columns held equal, the model turns this round: "
        f"{scale.noun} {scale.verb('are', 'is')} {scale.gap(gap)} for {one.second.label} {than} "
        f"for {one.first.label}.",
        Origin("explanation", term.name, "turned round"),
        what=f"{one.outcome} turned round", value=scale.value(gap.score), unit=scale.unit,
        n=one.first.rows + one.second.rows, bounds=(scale.value(gap.low), scale.value(gap.high)),
        interest=interest_of(1.0, min(one.first.rows, one.second.rows), least=0.4, most=0.85),
        first=one.second.label, second=one.first.label, here=here, there=there,
        size=scale.gap(gap), noun=scale.capital_noun, outcome=one.outcome, reversed="yes",
        **_common(task, one),
    )  # fmt: skip


def rank_facts(explanation: ModelExplanation) -> Iterator[Fact]:
    """Yield how each of the strongest terms ranks above the next, in this model."""
    total = sum(term.importance for term in explanation.terms)
    strong = [term for term in explanation.terms[:MOST_GROUPS] if term.matters]
    for rank, (one, other) in enumerate(pairwise(strong), start=1):
        shares = percent(one.importance / total), percent(other.importance / total)
        if shares[0] == shares[1]:
            continue
        yield make(
            "comparison", tuple(dict.fromkeys((*one.columns, *other.columns))),
            f"{one.name} ranks above {other.name}: it carries {shares[0]} of the model's total "
            f"movement, against {shares[1]}.",
            Origin("explanation", one.name, f"above {other.name}"),
            what=f"{one.name} above {other.name}", unit="share",
            value=(one.importance - other.importance) / total, interest=0.12, first=one.name,
            second=other.name, here=shares[0], there=shares[1], rank=rank,
        )  # fmt: skip
