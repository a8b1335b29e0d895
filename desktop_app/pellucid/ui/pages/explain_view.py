"""What the Explain page shows of the whole model, as values. No Qt."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from pellucid.core.numbers import count, interval, number, percent, plural
from pellucid.explain.row import SCALE_NOTES
from pellucid.explain.types import ModelExplanation, TermExplanation
from pellucid.report.charts import BarChart, Chart, CurveChart, HeatmapChart
from pellucid.report.figures import term_chart
from pellucid.ui.charts.curve_words import curve_range
from pellucid.ui.charts.ranges import bar_range, reach
from pellucid.ui.pages.explain_ngrams_view import ngrams_chart

ALL_CLASSES = ""
"""The class chooser's first entry: every class in one chart."""


@dataclass(frozen=True, slots=True)
class TermRow:
    """A term in the list: `share` of the strongest term's importance, and its verdict in words."""

    rank: int
    name: str
    importance: float
    share: float
    matters: bool | None

    @property
    def verdict(self) -> str:
        return {True: "matters", False: "within noise", None: "not tested"}[self.matters]

    @property
    def spoken(self) -> str:
        """The row as a screen reader says it."""
        return f"{self.rank}. {self.name}, importance {number(self.importance)}, {self.verdict}"


def term_rows(explanation: ModelExplanation) -> tuple[TermRow, ...]:
    """Return every term by falling importance."""
    top = max((term.importance for term in explanation.terms), default=0.0) or 1.0
    return tuple(
        TermRow(
            rank=i,
            name=term.name,
            importance=term.importance,
            share=term.importance / top,
            matters=None if term.evidence is None else term.evidence.matters,
        )
        for i, term in enumerate(explanation.terms, start=1)
    )


def matching(rows: tuple[TermRow, ...], words: str) -> tuple[TermRow, ...]:
    """Return the rows whose name holds every word, in any case."""
    wanted = words.casefold().split()
    return tuple(r for r in rows if all(word in r.name.casefold() for word in wanted))


def class_choices(
    explanation: ModelExplanation, term: TermExplanation
) -> tuple[tuple[str, str], ...]:
    """Return what the class chooser offers as (words, class), empty where there is no choice.

    Curves and levels can show every class at once, a pair the class that it moves most; that comes
    first, with the class "".
    """
    if len(explanation.outputs) < 2:
        return ()
    if term.kind in ("ngrams", "leaves"):
        return tuple((name, name) for name in explanation.outputs)
    first = "The class moved most" if term.kind == "pair" else "All classes"
    return ((first, ALL_CLASSES), *((name, name) for name in explanation.outputs))


def one_class(explanation: ModelExplanation, output: int) -> ModelExplanation:
    """Return the explanation of one output alone, so that every chart and sentence is about it."""
    part = slice(output, output + 1)
    terms = tuple(
        dataclasses.replace(
            term,
            scores=term.scores[..., part],
            variation=term.variation[..., part],
            low=term.low[..., part],
            high=term.high[..., part],
        )
        for term in explanation.terms
    )
    return dataclasses.replace(
        explanation,
        intercept=explanation.intercept[part],
        outputs=explanation.outputs[part],
        terms=terms,
    )


@dataclass(frozen=True, slots=True)
class Shown:
    """The large chart; `scale` is the term's own over all classes, whichever class is shown."""

    chart: Chart
    scale: tuple[float, float] | None


def shown_chart(name: str, explanation: ModelExplanation, chosen: str = ALL_CLASSES) -> Shown:
    """Return the chart of a term for a class, or for all classes where `chosen` is empty."""
    term = explanation.term(name)
    if term.kind == "ngrams":
        output = explanation.outputs.index(chosen) if chosen in explanation.outputs else 0
        return Shown(ngrams_chart(term, explanation, output), None)
    if len(explanation.outputs) < 2 or chosen not in explanation.outputs:
        return Shown(term_chart(explanation.term(name), explanation), None)
    charts = []
    for output in range(len(explanation.outputs)):
        alone = one_class(explanation, output)
        charts.append(term_chart(alone.term(name), alone))
    return Shown(charts[explanation.outputs.index(chosen)], _common_scale(charts))


def _common_scale(charts: Sequence[Chart]) -> tuple[float, float] | None:
    ranges = []
    for chart in charts:
        if isinstance(chart, CurveChart):
            ranges.append(curve_range(chart))
        elif isinstance(chart, BarChart):
            ranges.append(bar_range(chart.bars))
        elif isinstance(chart, HeatmapChart):
            ranges.append((-reach(chart), reach(chart)))
    if not ranges:
        return None
    return min(low for low, _ in ranges), max(high for _, high in ranges)


def evidence_line(explanation: ModelExplanation, name: str) -> str:
    """Say whether the term matters, and on what evidence."""
    evidence = explanation.term(name).evidence
    if evidence is None:
        return "Not tested yet: that takes held-out rows and a finished fit."
    loss = "mean squared error" if explanation.task.kind == "regression" else "log loss"
    moved = "rises" if evidence.matters else "changes"
    verdict = "It matters" if evidence.matters else "Within noise"
    bounds = interval(evidence.low, evidence.high)
    return (
        f"{verdict}: without it the {loss} on held-out rows {moved} by {number(evidence.rise)} "
        f"({bounds}, corrected for the number of terms)."
    )


def summary_facts(explanation: ModelExplanation, name: str) -> tuple[tuple[str, str], ...]:
    """Return what the inspector lists about a term, as name and value."""
    term = explanation.term(name)
    if term.kind == "ngrams":
        return _ngram_facts(explanation, term)
    rows = float(term.counts.sum())
    missing = float(_missing_rows(term))
    total = sum(item.importance for item in explanation.terms) or 1.0
    found = [
        ("Importance", f"{number(term.importance)}, {percent(term.importance / total)} of all"),
        ("Columns", ", ".join(term.columns)),
        ("Training rows", count(round(rows))),
    ]
    if missing:
        found.append(("Missing", f"{count(round(missing))} ({percent(missing / rows)})"))
    return tuple(found)


def _ngram_facts(
    explanation: ModelExplanation, term: TermExplanation
) -> tuple[tuple[str, str], ...]:
    total = sum(item.importance for item in explanation.terms) or 1.0
    found = [
        ("Importance", f"{number(term.importance)}, {percent(term.importance / total)} of all"),
        ("Column", ", ".join(term.columns)),
        ("N-grams", count(len(term.axes[0].levels or ()))),
    ]
    if term.counts[0]:
        found.append(("Without words", plural(round(float(term.counts[0])), "training text")))
    return tuple(found)


def _missing_rows(term: TermExplanation) -> float:
    """Return the training rows in a missing cell of any axis."""
    present = term.counts
    for axis in range(present.ndim):
        present = np.take(present, range(1, present.shape[axis]), axis=axis)
    return float(term.counts.sum() - present.sum())


def reading_note(explanation: ModelExplanation, name: str = "") -> str:
    """Explain the scale of scores, for who does not know the word log-odds."""
    if name and explanation.term(name).kind == "ngrams":
        return (
            "A text’s score is the sum over its n-grams, over the root of how many it has. Shown "
            "is what one occurrence adds in a text of typical length. "
            f"{SCALE_NOTES.get(explanation.link, '')}"
        )
    return SCALE_NOTES.get(explanation.link, "")
