"""The readable model beside its baselines, with a verdict that claims no more than is known."""

from __future__ import annotations

from pellucid.core.numbers import count, listing
from pellucid.facts.fits import (
    LEVEL,
    LOWER_IS_BETTER,
    METRIC_NAMES,
    NOT_SHOWN,
    headline_metric,
    is_black_box,
    metric_text,
    verdict_of,
)
from pellucid.models.types import FitSummary, Scores
from pellucid.report.charts import Bar, Caption, DotChart
from pellucid.report.figures.base import capital


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
        f"{capital(name)}{', %' if metric == 'accuracy' else ''} ({way})",
        dots,
    )


_PARTS = {
    "texts alone": "Texts alone",
    "columns alone": "Other columns alone",
    "TF-IDF": "Word counts (TF-IDF), linear",
}
_IN_SENTENCE = {
    "texts alone": "the texts alone",
    "columns alone": "the other columns alone",
    "TF-IDF": "a linear model of word counts",
}


_WAYS = {
    "better": "better than",
    LEVEL: "level with",
    "worse": "worse than",
    NOT_SHOWN: "not shown to be better than",
}


def model_name(name: str, is_own: bool = False) -> str:
    """Name a model for a reader."""
    lower = name.lower()
    if is_own:
        return "Transformer" if lower == "transformer" else "Readable additive model"
    if "linear" in lower or "logistic" in lower or "ridge" in lower:
        return "Linear model"
    if "boost" in lower:
        return "Boosted trees"
    return _PARTS.get(name, name)


def _dot(scores: Scores, metric: str, is_own: bool) -> Bar:
    found, factor = scores.metrics[metric], 100.0 if metric == "accuracy" else 1.0
    return Bar(
        label=model_name(scores.name, is_own),
        value=found.value * factor,
        tone="accent" if is_own else "muted",
        low=found.low * factor,
        high=found.high * factor,
        note=metric_text(metric, found.value),
    )


def _verdict(summary: FitSummary, metric: str) -> str:
    """Say how the model compares."""
    own = summary.test.metrics.get(metric)
    name = METRIC_NAMES.get(metric, metric)
    if own is None:
        return "The model was not scored"
    ways: dict[str, list[str]] = {way: [] for way in _WAYS.values()}
    for rival in summary.baselines:
        if metric in rival.metrics:
            words = _IN_SENTENCE.get(rival.name) or model_name(rival.name)
            words = f"the {words[0].lower()}{words[1:]}" if words == "Linear model" else (
                words[0].lower() + words[1:]
            )  # fmt: skip
            ways[_WAYS[verdict_of(metric, own, rival)]].append(words)
    told = [f"{way} {listing(names)}" for way, names in ways.items() if names]
    if not told:
        return f"The model reaches {name} {metric_text(metric, own.value)}"
    own_name = "transformer" if is_black_box(summary) else "readable model"
    return f"The {own_name} is {' and '.join(told)}"
