"""One prediction in a few sentences."""

from __future__ import annotations

from pellucid.core.numbers import listing, number, percent
from pellucid.explain.row import SCALE_NOTES
from pellucid.explain.types import Contribution, LocalExplanation, ModelExplanation
from pellucid.facts.scales import Scale, ratio_text, scale_of

_MOST = 3
_TRIFLE = 0.02


def describe_row(local: LocalExplanation, explanation: ModelExplanation) -> str:
    """Say what is predicted, from where it starts, what moves it most, and why scores add up."""
    scale = scale_of(explanation, local.output)
    parts = [_prediction(local, scale), *_moves(local, scale, explanation)]
    unknown = [item.term for item in local.contributions if item.is_unseen]
    if unknown:
        verb = "holds a value" if len(unknown) == 1 else "hold values"
        parts.append(f"{listing(unknown)} {verb} that the model never saw, so nothing is added.")
    if local.actual is not None:
        right = local.label == local.actual if local.label is not None else None
        agrees = {None: "", True: ", as predicted", False: ", not what was predicted"}[right]
        parts.append(f"The table says {local.actual}{agrees}.")
    parts.append(SCALE_NOTES[explanation.link])
    return " ".join(parts)


def _prediction(local: LocalExplanation, scale: Scale) -> str:
    which = f"Row {local.row}" if local.row is not None else "This row"
    if local.value is not None:
        start = _value(local.intercept[0], scale)
        return (
            f"{which}: the model predicts {number(local.value)} for {scale.target}, starting from "
            f"{start} for an average row."
        )
    chances = local.probabilities or {}
    chance = percent(chances.get(scale.label, float("nan")))
    text = f"{which}: the model gives {scale.outcome} a probability of {chance}"
    if local.base_probability is not None:
        text += f", starting from {percent(local.base_probability)} for an average row"
    return f"{text}."


def _value(score: float, scale: Scale) -> str:
    return number(scale.value(score))


def _moves(local: LocalExplanation, scale: Scale, explanation: ModelExplanation) -> list[str]:
    """Name what raises and what lowers the prediction most, leaving out trifles."""
    scores = [abs(item.score[local.output]) for item in local.contributions]
    least = _TRIFLE * sum(scores)
    told = [item for item in local.contributions if abs(item.score[local.output]) > least]
    up = [item for item in told if item.score[local.output] > 0][:_MOST]
    down = [item for item in told if item.score[local.output] < 0][:_MOST]
    found = []
    for items, verb in ((up, "raised"), (down, "lowered")):
        if items:
            words = [
                _move(item, local.output, scale, explanation.term(item.term).kind == "pair")
                for item in items
            ]
            found.append(f"It is {verb} most by {listing(words)}.")
    return found


def _move(item: Contribution, output: int, scale: Scale, is_pair: bool) -> str:
    score = item.score[output]
    value = scale.value(score)
    effect = f"odds × {ratio_text(value)}" if scale.is_ratio else f"{number(abs(value))}"
    if scale.link == "log":
        effect = f"× {number(value)}"
    sign = "" if scale.is_ratio else ("+" if score > 0 else "−")
    name = item.value.replace(", ", " with ") if is_pair else f"{item.term} {item.value}"
    return f"{name} ({sign}{effect})"
