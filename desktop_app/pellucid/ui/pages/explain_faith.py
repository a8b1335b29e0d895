"""How far an explanation of a text is worth more than chance, as values. No Qt."""

from __future__ import annotations

from pellucid.core.numbers import interval, number
from pellucid.explain.tokens.types import METHOD_NAMES, Faithfulness, Method
from pellucid.report.charts import Bar, Caption, DotChart

RANDOM = "Random order"


def faith_chart(found: Faithfulness, method: Method, *, is_class: bool) -> DotChart:
    """Set the explanation beside random orders of the same words."""
    axis = "Fall in probability, points" if is_class else "Change of the prediction, deviations"
    scale = 100 if is_class else 1
    own, chance = found.comprehensiveness * scale, found.random_comprehensiveness * scale
    dots = (
        Bar(_name(method), own, "accent", note=_fall(own)),
        Bar(RANDOM, chance, "muted", found.random_low * scale, found.random_high * scale,
            note=_fall(chance)),
    )  # fmt: skip
    said = faith_sentence(found, is_class=is_class)
    return DotChart(Caption("What taking out the strongest words does", axis, said), axis, dots)


def faith_range(chart: DotChart) -> tuple[float, float]:
    """Return the scale of the dots, from 0 or what lies below it."""
    ends = [end for dot in chart.dots for end in (dot.value, dot.low or 0.0, dot.high or 0.0)]
    low, high = min(0.0, *ends), max(0.0, *ends)
    margin = 0.06 * (high - low) or 0.5
    return low - (margin if low < 0 else 0.0), high + margin


def faith_sentence(found: Faithfulness, *, is_class: bool) -> str:
    """Say in plain words whether the ranking of words does better than chance."""
    what = "points of probability" if is_class else "standard deviations"
    scale = 100 if is_class else 1
    own = _fall(found.comprehensiveness * scale)
    low, high = (round(end * scale, 2) for end in (found.random_low, found.random_high))
    spread = interval(low, high, 2)
    chance = _fall(found.random_comprehensiveness * scale)
    verdict = (
        "This explanation does better than random."
        if found.beats_random
        else "This explanation does no better than random: do not rest anything on single words."
    )
    return (
        f"{verdict} Taking out its strongest words first costs {own} {what} on average, words in "
        f"random order {chance} ({spread} in 95% of {found.rankings} orders)."
    )


def dot_sentence(dot: Bar, axis: str) -> str:
    """Say a dot; the range of random orders is no confidence interval."""
    if dot.label == RANDOM and dot.low is not None and dot.high is not None:
        return (
            f"{dot.label}: {dot.note} on average, {interval(dot.low, dot.high, 2)} in 95% ({axis})."
        )
    return f"{dot.label}: {dot.note} ({axis})."


def faith_pairs(found: Faithfulness) -> tuple[tuple[str, str], ...]:
    """Return all the figures as name and value."""
    return (
        ("Strongest out", f"{_plain(found.comprehensiveness)}, more is better"),
        ("… at random", _plain(found.random_comprehensiveness)),
        ("Strongest alone", f"{_plain(found.sufficiency)}, less is better"),
        ("… at random", _plain(found.random_sufficiency)),
        ("Order", f"{_plain(found.normalised)} on the way from worst to best"),
    )


def _fall(value: float) -> str:
    """Write a fall of the prediction, in the chart as in the sentence beside it."""
    return number(round(value, 2), 2)


def _plain(value: float) -> str:
    """Write a figure with three decimals: smaller differences mean nothing here."""
    return number(round(value, 3), 2)


def _name(method: Method) -> str:
    name = METHOD_NAMES[method]
    return name[0].upper() + name[1:]
