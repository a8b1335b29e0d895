"""How a model's scores read in words: as odds, as relative odds, or in the target's own units."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from pellucid.core.numbers import interval, number, percent
from pellucid.explain.types import Effect, ModelExplanation
from pellucid.models.additive import inverse_link

_SURE = 1e-9
_LARGE = 1000.0


@dataclass(frozen=True, slots=True)
class Scale:
    """The scale of one output: its name in a sentence, and how a score on it is told."""

    link: str
    target: str
    label: str
    """The class the output raises; empty for regression."""
    intercept: tuple[float, ...]
    output: int
    is_label: bool = False
    """Whether it is that of one of several labels that a row may have."""

    @property
    def is_ratio(self) -> bool:
        return self.link != "identity"

    @property
    def is_odds(self) -> bool:
        """Whether scores multiply the odds of one outcome, whatever the others do."""
        return self.link == "logit"

    @property
    def outcome(self) -> str:
        """Name what is predicted, as `outcome_name` does, or the target."""
        if not self.label:
            return self.target
        return outcome_name(self.target, self.label, is_label=self.is_label)

    @property
    def noun(self) -> str:
        """Name the quantity that scores move, ready for the middle of a sentence."""
        if self.is_odds:
            return f"the odds of {self.outcome}"
        if self.link == "softmax":
            return f"the relative odds of {self.outcome}"
        return f"the predicted {self.target}"

    @property
    def capital_noun(self) -> str:
        """Name it at the start of a sentence."""
        return f"The{self.noun[3:]}"

    @property
    def short_noun(self) -> str:
        """Name it where a reader knows which outcome is meant."""
        if self.is_odds:
            return "The odds"
        return self.capital_noun if self.link == "softmax" else "The prediction"

    @property
    def title_noun(self) -> str:
        """Name it at the start of a chart's title."""
        if self.is_odds:
            return f"Odds of {self.outcome}"
        if self.link == "softmax":
            return f"Relative odds of {self.outcome}"
        return f"Predicted {self.target}"

    @property
    def is_plural(self) -> bool:
        return bool(self.label)

    def verb(self, plural: str, singular: str) -> str:
        """Choose the form that goes with the noun."""
        return plural if self.is_plural else singular

    @property
    def pronoun(self) -> str:
        return "they" if self.is_plural else "it"

    @property
    def unit(self) -> str:
        """The unit of `value`: a ratio to the average, or the target's own."""
        if self.is_odds:
            return "odds ratio"
        return {"softmax": "relative odds ratio", "log": "ratio"}.get(self.link, self.target)

    def value(self, score: float) -> float:
        """Return a score as a ratio, or as it is where it is in the target's own units."""
        return math.exp(min(score, 700.0)) if self.is_ratio else score

    def against_average(self, effect: Effect) -> str:
        """Tell a score with its interval: `2.3 times the average (95% interval 1.9 to 2.7)`."""
        return f"{self.size(effect)} {self.bounds(effect)}".rstrip()

    def size(self, effect: Effect) -> str:
        """Tell a score without its interval: `2.3 times the average`."""
        value = self.value(effect.score)
        if self.is_ratio:
            return f"{ratio_text(value)} times the average"
        if abs(value) < _SURE:
            return "at the average"
        return f"{number(abs(value))} {'above' if value > 0 else 'below'} the average"

    def bounds(self, effect: Effect) -> str:
        """Tell the interval of a score in brackets; empty where none is known."""
        if effect.high - effect.low < _SURE:
            return ""
        low, high = self.value(effect.low), self.value(effect.high)
        if self.is_ratio:
            return f"(95% interval {ratio_span(low, high)})"
        if effect.score < 0:
            low, high = -high, -low
        return f"(95% interval {interval(low, high)})"

    def gap(self, change: Effect) -> str:
        """Tell a positive difference of two scores: `5.2 times as high` or `41,000 higher`."""
        value = self.value(change.score)
        words = f"{ratio_text(value)} times as high" if self.is_ratio else f"{number(value)} higher"
        return f"{words} {self.bounds(change)}".rstrip()

    def typical_range(self, first: float, second: float) -> str:
        """Tell two scores as probabilities of an otherwise average row; empty for many classes."""
        if not self.is_odds:
            return ""
        margins = np.array([[first], [second]]) + self.intercept[self.output]
        one, other = inverse_link(margins, "logit")[:, 1]
        return f"{percent(float(one))} against {percent(float(other))}"


def outcome_name(target: str, label: str, *, is_label: bool = False) -> str:
    """Name the case that a row is of a class: `Income >50K`, `Churn = Yes`; or `Tags with news`."""
    if is_label:
        return f"{target} with {label}"
    return f"{target}{' ' if label[:1] in set('<>=') else ' = '}{label}"


def ratio_text(value: float) -> str:
    """Format a ratio; beyond a thousandfold its size means no more than that it is large."""
    if value >= _LARGE:
        return f"over {number(_LARGE)}"
    return "under 0.001" if value <= 1 / _LARGE else number(value)


def ratio_span(low: float, high: float) -> str:
    """Format the interval of a ratio; no end reads as 1 unless it is."""
    if low <= 1 / _LARGE or high >= _LARGE:
        return f"{ratio_text(low)} to {ratio_text(high)}"
    return interval(low, high, apart=1.0)


def scale_of(explanation: ModelExplanation, output: int = 0) -> Scale:
    """Return the scale on which `output` of the explained model is told.

    Each of several labels a row has odds of its own, as if it were the only one.
    """
    labels = explanation.link == "logits"
    intercept = tuple(float(value) for value in explanation.intercept)
    return Scale(
        link="logit" if labels else explanation.link,
        target=explanation.task.target,
        label="" if explanation.task.kind == "regression" else explanation.outputs[output],
        intercept=intercept[output : output + 1] if labels else intercept,
        output=0 if labels else output,
        is_label=labels,
    )
