"""A term over levels: bars, or a heatmap of levels and classes."""

from __future__ import annotations

import math

from pellucid.core.numbers import count, listing, plural, signed
from pellucid.explain.cells import cell_labels
from pellucid.explain.ngrams import telling_ngrams
from pellucid.explain.types import ModelExplanation, TermExplanation
from pellucid.facts.sentences import term_sentence
from pellucid.models.additive import MISSING_CELL, MONTHS, WEEKDAYS
from pellucid.report.charts import Bar, BarChart, Caption, HeatmapChart
from pellucid.report.figures.base import MOST_HEAT_CELLS, band_words, floats, score_name

MOST_BARS = 20
_CYCLES = (frozenset(MONTHS), frozenset(WEEKDAYS))


def bar_chart(term: TermExplanation, explanation: ModelExplanation) -> BarChart:
    """Draw the levels from the highest score to the lowest; cycles keep their order."""
    axis, labels = term.axes[0], cell_labels(term.axes[0])
    cells = [cell for cell in range(axis.size) if term.counts[cell] > 0]
    if term.kind == "ngrams":
        raising, lowering = telling_ngrams(term, 0, MOST_BARS // 2)
        cells = [*raising, *lowering]
    levels = [cell for cell in cells if cell not in (MISSING_CELL, axis.unseen_cell)]
    if frozenset(axis.levels or ()) not in _CYCLES:
        levels.sort(key=lambda cell: (-float(term.scores[cell, 0]), labels[cell]))
    kept = _ends(levels)
    aside = [cell for cell in cells if cell not in levels]
    bars = [_level_bar(term, cell, labels[cell]) for cell in (*kept, *aside)]
    left_out = len(levels) - len(kept)
    scope = f"; {count(left_out)} levels in between not drawn" if left_out else ""
    if term.kind == "ngrams":
        scope = (
            f"; the most telling of {plural(len(axis.levels or ()), 'n-gram')}, in a typical text"
        )
    title, name = term_sentence(term, explanation), score_name(explanation)
    told = [f"{bar.label} {bar.note}" for bar in bars]
    return BarChart(
        Caption(
            title,
            f"The model’s term for {axis.name}, {band_words(term)}{scope}",
            f"{title}. {listing(told, 12)}.",
        ),
        name,
        tuple(bars),
    )


def _ends(levels: list[int]) -> list[int]:
    """Keep the highest and the lowest levels where there are too many to draw."""
    if len(levels) <= MOST_BARS:
        return levels
    half = MOST_BARS // 2
    return [*levels[:half], *levels[-half:]]


def _level_bar(term: TermExplanation, cell: int, label: str) -> Bar:
    score = float(term.scores[cell, 0])
    low, high = float(term.low[cell, 0]), float(term.high[cell, 0])
    aside = cell in (MISSING_CELL, term.axes[0].unseen_cell)
    return Bar(
        label=f"({label})" if aside else label,
        value=score,
        tone="muted" if aside else "raises" if score >= 0 else "lowers",
        low=low if math.isfinite(low) else None,
        high=high if math.isfinite(high) else None,
        note=signed(score, 2) + _texts_note(term, cell),
    )


def _texts_note(term: TermExplanation, cell: int) -> str:
    """Say how many training texts hold an n-gram."""
    if term.kind != "ngrams":
        return ""
    return f", {plural(round(float(term.counts[cell])), 'text')}"


def levels_heatmap(term: TermExplanation, explanation: ModelExplanation) -> HeatmapChart:
    """Set the levels against the classes: one cell a level and class."""
    axis, labels = term.axes[0], cell_labels(term.axes[0])
    cells = [cell for cell in range(axis.size) if term.counts[cell] > 0]
    outputs = list(range(len(explanation.outputs)))[:MOST_HEAT_CELLS]
    if term.kind == "ngrams":
        most = max(1, MOST_BARS // len(outputs))
        found = [cell for k in outputs for cell in telling_ngrams(term, k, most)[0]]
        cells = list(dict.fromkeys(found))[::-1]
    else:
        cells = sorted(cells, key=lambda cell: -float(term.counts[cell]))[:MOST_BARS]
        cells.sort(reverse=True)
    title, name = term_sentence(term, explanation), score_name(explanation, None)
    what = f"n-gram of {axis.name}" if term.kind == "ngrams" else axis.name
    values = tuple(floats(term.scores[cell, outputs]) for cell in cells)
    told = [
        f"{explanation.outputs[k]} most for {labels[max(cells, key=lambda c: term.scores[c, k])]}"
        for k in outputs
    ]
    return HeatmapChart(
        Caption(
            title,
            f"{name} for each {what} and class",
            f"{title}. Raised most: {listing(told, 8)}.",
        ),
        x_axis=explanation.task.target,
        y_axis=axis.name,
        x_labels=tuple(explanation.outputs[k] for k in outputs),
        y_labels=tuple(labels[cell] for cell in cells),
        values=values,
        unit="log-odds",
    )
