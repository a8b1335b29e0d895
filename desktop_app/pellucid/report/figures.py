"""Results to charts: what is drawn, under a title that says what it shows."""

from __future__ import annotations

from collections.abc import Sequence

from pellucid.core.numbers import count, listing, number, percent, plural, signed
from pellucid.data.types import Association, ColumnProfile, Profile
from pellucid.explain.types import Contribution, LocalExplanation, ModelExplanation
from pellucid.facts.fits import LOWER_IS_BETTER, METRIC_NAMES, headline_metric, metric_text
from pellucid.facts.scales import scale_of
from pellucid.facts.tables import MEASURES
from pellucid.models.types import Estimate, FitSummary, Scores
from pellucid.report.charts import (
    Bar,
    BarChart,
    Caption,
    DotChart,
    HeatmapChart,
    HistogramChart,
)
from pellucid.report.term_figures import score_name, term_chart

__all__ = [
    "association_chart",
    "histogram_chart",
    "importance_chart",
    "leaderboard_chart",
    "model_name",
    "term_chart",
    "waterfall_chart",
]

MOST_TERMS = 15
MOST_STEPS = 12
MOST_ASSOCIATED = 12
_DAY_S = 86_400.0
_CLEAR = 0.3


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


def histogram_chart(column_profile: ColumnProfile) -> HistogramChart | BarChart | None:
    """Draw a column: numbers, dates and text lengths as counts between edges, else top values.

    None where the column has nothing to draw.
    """
    column = column_profile
    histogram = column.histogram or column.lengths
    if histogram is None:
        return _top_values(column)
    is_date, is_text = column.kind == "datetime", column.histogram is None
    edges = tuple(e / _DAY_S for e in histogram.edges) if is_date else histogram.edges
    title = _spread_title(column, is_text)
    known = column.rows - column.missing
    axis = f"Length of {column.name}, characters" if is_text else column.name
    return HistogramChart(
        Caption(title, f"{plural(known, 'row')} by {axis}", f"{title}."),
        x_axis=axis,
        edges=edges,
        counts=histogram.counts,
        scale=histogram.scale,
        is_date=is_date,
    )


def _spread_title(column: ColumnProfile, is_text: bool) -> str:
    q = column.quantiles
    if is_text or column.kind == "datetime" or not {"0.25", "0.75"} <= q.keys():
        return f"How {column.name} is spread"
    if q["0.25"] == q["0.75"]:
        return f"At least half of {column.name} is {number(q['0.25'])}"
    return f"Half of {column.name} lies from {number(q['0.25'])} to {number(q['0.75'])}"


def _top_values(column: ColumnProfile) -> BarChart | None:
    if not column.top:
        return None
    known = max(1, column.rows - column.missing)
    bars = tuple(Bar(t.value or "(empty)", t.count, note=percent(t.count / known))
                 for t in column.top[:MOST_STEPS])  # fmt: skip
    first = bars[0]
    title = f"{column.name} is most often {first.label}, in {first.note} of rows"
    scope = f"{len(bars)} of {plural(column.distinct, 'value')}"
    told = [f"{bar.label} {bar.note}" for bar in bars]
    return BarChart(
        Caption(title, f"Rows by {column.name}, {scope}", f"{title}. {listing(told, MOST_STEPS)}."),
        "Rows",
        bars,
    )


def leaderboard_chart(summary: FitSummary) -> DotChart:
    """Set the readable model beside its baselines by the headline metric, with 95% intervals."""
    metric = headline_metric(summary)
    models = [m for m in (summary.test, *summary.baselines) if metric in m.metrics]
    dots = tuple(_dot(scores, metric, scores is summary.test) for scores in models)
    name = METRIC_NAMES.get(metric, metric)
    way = "lower is better" if metric in LOWER_IS_BETTER else "higher is better"
    title = _verdict(summary, metric)
    rows = count(summary.rows.get("test", 0))
    told = [f"{dot.label} {dot.note}" for dot in dots]
    return DotChart(
        Caption(
            title,
            f"{capital(name)} on {rows} test rows, with 95% intervals",
            f"{title}. {name}: {listing(told)}.",
        ),
        f"{capital(name)}{', %' if _is_share(metric) else ''} ({way})",
        dots,
    )


def capital(text: str) -> str:
    """Return `text` with a capital at its start."""
    return text[:1].upper() + text[1:]


def _is_share(metric: str) -> bool:
    """Say whether a metric is read as percent."""
    return metric in ("accuracy", "r2")


def model_name(name: str, is_own: bool = False) -> str:
    """Name a model for a reader."""
    lower = name.lower()
    if is_own:
        return "Readable additive model"
    if "linear" in lower or "logistic" in lower or "ridge" in lower:
        return "Linear model"
    return "Boosted trees" if "boost" in lower else name


def _dot(scores: Scores, metric: str, is_own: bool) -> Bar:
    found, factor = scores.metrics[metric], 100.0 if _is_share(metric) else 1.0
    return Bar(
        label=model_name(scores.name, is_own),
        value=found.value * factor,
        tone="accent" if is_own else "muted",
        low=found.low * factor,
        high=found.high * factor,
        note=metric_text(metric, found.value),
    )


def _verdict(summary: FitSummary, metric: str) -> str:
    """Say how the model compares; intervals that hold the other's value are no difference."""
    own = summary.test.metrics.get(metric)
    name = METRIC_NAMES.get(metric, metric)
    if own is None:
        return "The model was not scored"
    ways: dict[str, list[str]] = {"better than": [], "level with": [], "worse than": []}
    for rival in summary.baselines:
        if metric in rival.metrics:
            words = model_name(rival.name)
            words = f"the {words[0].lower()}{words[1:]}" if words == "Linear model" else (
                words[0].lower() + words[1:]
            )  # fmt: skip
            ways[_way(metric, own, rival.metrics[metric])].append(words)
    told = [f"{way} {listing(names)}" for way, names in ways.items() if names]
    if not told:
        return f"The model reaches {name} {metric_text(metric, own.value)}"
    return f"The readable model is {' and '.join(told)}"


def _way(metric: str, own: Estimate, rival: Estimate) -> str:
    if own.low <= rival.value <= own.high or rival.low <= own.value <= rival.high:
        return "level with"
    less = own.value < rival.value
    return "better than" if less == (metric in LOWER_IS_BETTER) else "worse than"


def association_chart(profile: Profile) -> HeatmapChart | None:
    """Draw how the columns with the closest ties go together; None where none do.

    Columns are numbered, and the numbers name the matrix's columns, so that no name is turned.
    """
    ranked = sorted(profile.associations, key=lambda a: (-abs(a.value), a.a, a.b))
    ranked = [item for item in ranked if abs(item.value) >= _CLEAR]
    if not ranked:
        return None
    names: dict[str, None] = {}
    for item in ranked:
        if len(names.keys() | {item.a, item.b}) <= MOST_ASSOCIATED:
            names.update({item.a: None, item.b: None})
    order = [column.name for column in profile.columns if column.name in names]
    known = {frozenset((a.a, a.b)): a.value for a in profile.associations}
    values = tuple(
        tuple(known.get(frozenset((row, column))) if row != column else None for column in order)
        for row in reversed(order)
    )
    scope = "" if len(order) == len(profile.columns) else (
        f"; the {len(order)} most closely tied of {len(profile.columns)} columns"
    )  # fmt: skip
    best = ranked[0]
    if any(
        v is None for i, row in enumerate(reversed(values)) for j, v in enumerate(row) if i != j
    ):
        scope += "; blank where no figure was kept"
    title = f"{best.a} and {best.b} go together most closely"
    measures = [MEASURES.get(m, m) for m in sorted({a.measure for a in ranked})]
    rows = f"{count(profile.sampled or profile.rows)} rows"
    return HeatmapChart(
        Caption(
            title,
            f"{capital(listing(measures))}, from {rows}{scope}",
            f"{title}. {listing([_tie(a) for a in ranked], 8)}.",
        ),
        x_axis="Columns, numbered as at the left",
        y_axis="",
        x_labels=tuple(str(i) for i in range(1, len(order) + 1)),
        y_labels=tuple(_numbered(order)),
        values=values,
        unit="strength",
        diverging=any(value is not None and value < 0 for row in values for value in row),
    )


def _numbered(order: Sequence[str]) -> list[str]:
    return [f"{i}  {name}" for i, name in reversed(list(enumerate(order, start=1)))]


def _tie(item: Association) -> str:
    return f"{item.a} with {item.b} {number(item.value, 2)}"
