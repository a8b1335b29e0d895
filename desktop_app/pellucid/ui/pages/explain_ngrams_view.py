"""A term over texts as its n-grams: the strongest, those that are looked for, examples. No Qt."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from pellucid.core.numbers import count, interval, number, plural, signed
from pellucid.explain.types import ModelExplanation, TermExplanation
from pellucid.report.charts import Bar, BarChart, Caption
from pellucid.report.figures.base import score_name

Order = Literal["score", "importance"]
ORDERS: tuple[tuple[Order, str], ...] = (
    ("score", "the strongest"), ("importance", "those that move most texts"),
)  # fmt: skip
MOST_A_SIDE = 10
MOST_FOUND = 20


@dataclass(frozen=True, slots=True)
class NgramLine:
    """An n-gram: what one occurrence adds in a typical text, with its interval (NaN: one bag)."""

    ngram: str
    score: float
    low: float
    high: float
    texts: int

    @property
    def is_clear(self) -> bool:
        """Whether the interval excludes 0."""
        return self.low > 0 or self.high < 0


def strongest(
    term: TermExplanation, output: int, order: Order = "score", most: int = MOST_A_SIDE
) -> tuple[NgramLine, ...]:
    """Return the n-grams that raise most and those that lower most, highest score first."""
    scores = term.scores[1:-1, output]
    ranked = scores * (term.counts[1:-1] if order == "importance" else 1.0)
    falling = np.argsort(-ranked, kind="stable")
    up = [int(i) for i in falling[:most] if scores[i] > 0]
    down = [int(i) for i in falling[::-1][:most] if scores[i] < 0]
    return _lines(term, output, [*up, *down])


def matching(
    term: TermExplanation, output: int, words: str, most: int = MOST_FOUND
) -> tuple[NgramLine, ...]:
    """Return the n-grams that hold `words`, in any case; the strongest are kept."""
    wanted = " ".join(words.casefold().split())
    levels = term.axes[0].levels or ()
    at = [i for i, ngram in enumerate(levels) if wanted in ngram]
    scores = term.scores[1:-1, output]
    at.sort(key=lambda i: (levels[i] != wanted, -abs(float(scores[i]))))
    return _lines(term, output, at[:most])


def _lines(term: TermExplanation, output: int, at: Sequence[int]) -> tuple[NgramLine, ...]:
    levels = term.axes[0].levels or ()
    found = [
        NgramLine(
            levels[i],
            float(term.scores[i + 1, output]),
            float(term.low[i + 1, output]),
            float(term.high[i + 1, output]),
            round(float(term.counts[i + 1])),
        )
        for i in at
    ]
    return tuple(sorted(found, key=lambda item: -item.score))


def lines_chart(
    lines: Sequence[NgramLine], term: TermExplanation, explanation: ModelExplanation, output: int
) -> BarChart:
    """Draw n-grams as two-sided bars with their intervals and counts of texts."""
    bars = tuple(
        Bar(
            label=item.ngram,
            value=item.score,
            tone="raises" if item.score > 0 else "lowers",
            low=item.low if math.isfinite(item.low) else None,
            high=item.high if math.isfinite(item.high) else None,
            note=f"{signed(item.score, 2)} · {count(item.texts)}",
        )
        for item in lines
    )
    about = "What one occurrence adds in a typical text"
    spread = ", with 95% intervals" if np.isfinite(term.low).any() else ""
    subtitle = f"{about}{spread} · training texts that hold it"
    title = finding(lines, explanation, output)
    told = "; ".join(f"{bar.label} {bar.note}" for bar in bars)
    axis = score_name(explanation, output)
    return BarChart(Caption(title, subtitle, f"{title}. {told}."), axis, bars)


def ngrams_chart(
    term: TermExplanation, explanation: ModelExplanation, output: int, order: Order = "score"
) -> BarChart:
    """Draw the strongest n-grams of a term."""
    return lines_chart(strongest(term, output, order), term, explanation, output)


def reach(lines: Sequence[NgramLine]) -> float:
    """Return the farthest from 0 that any score or, within reason, its interval comes."""
    top = max((abs(item.score) for item in lines), default=0.0) or 1.0
    ends = [abs(end) for item in lines for end in (item.low, item.high) if math.isfinite(end)]
    return 1.02 * max(top, min(max(ends, default=top), 1.4 * top))


def moved(explanation: ModelExplanation, output: int) -> str:
    """Name what an n-gram raises or lowers."""
    name = explanation.outputs[output]
    return name if explanation.task.classes else f"the predicted {name}"


def finding(lines: Sequence[NgramLine], explanation: ModelExplanation, output: int) -> str:
    """Say which n-grams move the prediction most, and which way."""
    what = moved(explanation, output)
    up = [f"“{item.ngram}”" for item in lines if item.score > 0][:2]
    down = [f"“{item.ngram}”" for item in reversed(lines) if item.score < 0][:2]
    parts = []
    if up:
        verb = "raises" if len(up) == 1 else "raise"
        parts.append(f"{' and '.join(up)} {verb} {what} most")
    if down:
        verb = "lowers" if len(down) == 1 else "lower"
        parts.append(f"{' and '.join(down)} {verb} {'it' if up else what} most")
    return ", ".join(parts) or "No n-gram moves the prediction"


def sentence(item: NgramLine, explanation: ModelExplanation, output: int) -> str:
    """Say what an n-gram does, how surely, and on how many texts that rests."""
    name = explanation.outputs[output]
    units = {
        "logit": f"the log-odds of {name}",
        "logits": f"the log-odds of {name}",
        "identity": f"the predicted {name}",
        "log": f"the logarithm of {name}",
    }
    what = units.get(explanation.link, f"the score of {name}")
    verb = "raises" if item.score > 0 else "lowers"
    said = f"One “{item.ngram}” {verb} {what} by {number(abs(item.score))}"
    if math.isfinite(item.low):
        said += f" ({interval(item.low, item.high)})"
    said += f" in a text of typical length. {plural(item.texts, 'training text')} "
    said += "holds it." if item.texts == 1 else "hold it."
    if math.isfinite(item.low) and not item.is_clear:
        said += " That is within noise."
    return said


def nothing_found(words: str, term: TermExplanation) -> str:
    """Say that the model knows no such n-gram."""
    known = count(len(term.axes[0].levels or ()))
    return f"None of the model’s {known} n-grams holds “{words.strip()}”."
