"""How far an explanation of a text is worth more than chance, as values. No Qt."""

from __future__ import annotations

from pellucid.core.numbers import interval, number
from pellucid.explain.tokens.types import METHOD_NAMES, Faithfulness, Method
from pellucid.report.charts import Bar, Caption, DotChart

RANDOM = "Random order"


def faith_chart(found: Faithfulness, method: Method, *, is_class: bool) -> DotChart:
    """Set the explanation beside random orders of the same words."""
    axis = "Fall in probability, points" if is_class else "Change of the prediction, deviations"
    own, chance, low, high = _falls(found, is_class=is_class)
    dots = (
        Bar(_name(method), own, "accent", note=number(own, 2)),
        Bar(RANDOM, chance, "muted", low, high, note=number(chance, 2)),
    )
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
    own, chance, low, high = _falls(found, is_class=is_class)
    verdict = (
        "This explanation does better than random."
        if found.beats_random
        else "This explanation does no better than random: do not rest anything on single words."
    )
    spread = interval(low, high, 2)
    return (
        f"{verdict} Taking out its strongest words first costs {number(own, 2)} {what} on average, "
        f"words in random order {number(chance, 2)} ({spread} in 95% of {found.rankings} orders)."
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


def _falls(found: Faithfulness, *, is_class: bool) -> tuple[float, float, float, float]:
    """Return what taking words out costs: the strongest, any at random, and the latter's range.

    In points of probability with two decimals, or in standard deviations with three: smaller ones
    mean nothing here.
    """
    falls = (found.comprehensiveness, found.random_comprehensiveness, found.random_low,
             found.random_high)  # fmt: skip
    own, chance, low, high = (round(100 * v, 2) if is_class else round(v, 3) for v in falls)
    return own, chance, low, high


def _plain(value: float) -> str:
    """Write a figure with three decimals: smaller differences mean nothing here."""
    return number(round(value, 3), 2)


def _name(method: Method) -> str:
    name = METHOD_NAMES[method]
    return name[0].upper() + name[1:]
