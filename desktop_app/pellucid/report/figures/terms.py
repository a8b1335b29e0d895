"""What the terms of a model do: one by its kind, all by importance, and in one prediction."""

from __future__ import annotations

from pellucid.core.numbers import listing, number, percent, plural, signed
from pellucid.explain.types import (
    Contribution,
    LocalExplanation,
    ModelExplanation,
    TermExplanation,
)
from pellucid.facts.scales import scale_of
from pellucid.report.charts import Bar, BarChart, Caption, CurveChart, HeatmapChart
from pellucid.report.figures.base import capital, score_name
from pellucid.report.figures.curves import curve_chart
from pellucid.report.figures.levels import bar_chart, levels_heatmap
from pellucid.report.figures.pairs import pair_chart

MOST_TERMS = 15
MOST_STEPS = 12


def term_chart(
    term: TermExplanation, explanation: ModelExplanation
) -> CurveChart | BarChart | HeatmapChart:
    """Draw a term: bins as a curve, levels as bars, pairs as a heatmap.

    With several outputs, bins show the four that the term moves most, levels all of them as a
    heatmap, and a pair the one that it moves most.
    """
    if term.kind == "pair":
        return pair_chart(term, explanation)
    if term.axes[0].levels is None:
        return curve_chart(term, explanation)
    if len(explanation.outputs) > 1:
        return levels_heatmap(term, explanation)
    return bar_chart(term, explanation)


def importance_chart(explanation: ModelExplanation) -> BarChart:
    """Draw the strongest terms by their mean absolute score; grey ones make no difference."""
    shown = explanation.terms[:MOST_TERMS]
    bars = tuple(
        Bar(
            label=term.name,
            value=term.importance,
            tone="muted" if term.evidence is not None and not term.matters else "accent",
            note=number(term.importance, 2),
        )
        for term in shown
    )
    idle = any(bar.tone == "muted" for bar in bars)
    grey = "; grey: makes no measurable difference on held-out rows" if idle else ""
    most = [term.name for term in shown if term.evidence is None or term.matters][:3]
    verb = "moves" if len(most) == 1 else "move"
    if not most:
        title = "No term makes a measurable difference"
    elif bars[0].tone == "muted":
        title = f"{listing(most)} {'makes' if len(most) == 1 else 'make'} a measurable difference"
    else:
        title = f"{listing(most)} {verb} the prediction most"
    told = [f"{bar.label} {bar.note}" for bar in bars]
    unit = score_name(explanation, 0 if len(explanation.outputs) == 1 else None)
    axis = f"Mean size of the {unit[0].lower()}{unit[1:]}"
    scope = f"{len(shown)} strongest of {plural(len(explanation.terms), 'term')}"
    return BarChart(
        Caption(title, f"Mean absolute score over training rows, {scope}{grey}",
                f"{title}. {axis}: {listing(told, 10)}."),
        axis,
        bars,
    )  # fmt: skip


def waterfall_chart(local: LocalExplanation, explanation: ModelExplanation) -> BarChart:
    """Draw the way from the average to one prediction, step by step, the largest first."""
    k = local.output
    at = local.intercept[k]
    bars = [Bar("Average row", at, "total", start=at, note=number(at))]
    shown = local.contributions[:MOST_STEPS]
    for item in shown:
        bars.append(_step(_step_label(item), item.score[k], at))
        at += item.score[k]
    rest = local.contributions[MOST_STEPS:]
    if rest:
        left = sum(item.score[k] for item in rest)
        bars.append(_step(f"{plural(len(rest), 'other term')}", left, at))
    said = _prediction_text(local, explanation)
    bars.append(
        Bar("Prediction", local.total[k], "total", start=local.intercept[k],
            note=number(local.total[k]))
    )  # fmt: skip
    which = f"row {local.row}" if local.row is not None else "this row"
    moved = [_step_label(item) for item in shown[:2]]
    title = f"{said}, moved most by {listing(moved)}" if moved else said
    told = [f"{bar.label} {bar.note}" for bar in bars[1:-1]]
    name = score_name(explanation, k)
    axis = name.removeprefix("Change in ")
    return BarChart(
        Caption(
            title,
            f"From the average to {which}: each step is one term's score",
            f"{title}. Starting from {bars[0].note}: {listing(told, MOST_STEPS + 1)}; "
            f"in all {bars[-1].note}.",
        ),
        capital(axis),
        tuple(bars),
    )


def _step(label: str, score: float, start: float) -> Bar:
    tone = "raises" if score >= 0 else "lowers"
    return Bar(label, start + score, tone, start=start, note=signed(score))


def _step_label(item: Contribution) -> str:
    return item.value if ", " in item.value else f"{item.term} = {item.value}"


def _prediction_text(local: LocalExplanation, explanation: ModelExplanation) -> str:
    scale = scale_of(explanation, local.output)
    if local.value is not None:
        return f"Predicted {scale.target} {number(local.value)}"
    chance = (local.probabilities or {}).get(scale.label, float("nan"))
    return f"Probability of {scale.outcome} {percent(chance)}"
