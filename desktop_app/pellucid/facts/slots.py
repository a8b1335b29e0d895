"""The parts of a fact that words may be built around: each a phrase that is true where it stands.

A slot is a phrase made from the fact alone, with its number, unit and direction already in it, so
that nothing about size or direction has to be written outside slots. What a slot may stand for:

| slot | holds | example |
|---|---|---|
| sentence | the whole fact in one or two plain sentences | Age is missing in 12 rows (5.7%). |
| subject | what the fact is about: columns, a file, a model | Age |
| outcome | what effects move, with its article | the odds of Income >50K |
| value | the figure with its unit | 5.7% of rows; 6.74 times as high; AUC 0.931 |
| count | the rows, texts or values behind a share | 1,843 rows |
| interval | the 95% interval, or where a turn could lie | 95% interval 2.72 to 16.7 |
| n | how many rows the figure rests on | 19,257 training rows |
| direction | what an outcome, two columns, a cell do: a whole predicate | rise with Age |
| verdict | what follows: a whole predicate | makes a measurable difference on held-out rows |
| rank | the place in an order | first of 54 terms; highest |
| group | the level, word or place singled out | “Husband” |
| other | what it is set against | “Never-married” |
| at | a place on the axis of the subject | about 44 |
| where | the rows that are meant | Income is >50K |
| range, half | from the least to the greatest value; the middle half | from 17 to 90 |
| list | parts, named and counted | 9 categories and 6 numbers |

Cells of the user's file stand in quotation marks, in one line and not longer than a few words, so
that they read as data whatever they say.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from pellucid.core.numbers import correlation, count, listing, number, percent, plural
from pellucid.facts.answer_slots import group_contrast_slots, statistic_slots
from pellucid.facts.group_slots import comparison_slots, group_slots, slice_slots, trend_slots
from pellucid.facts.row_slots import (
    contribution_slots,
    counterfactual_slots,
    prediction_slots,
    token_slots,
)
from pellucid.facts.slot_parts import (
    Slots,
    bounds_text,
    detail,
    figure,
    one_line,
    ordinal,
    quoted,
)
from pellucid.facts.table_slots import (
    association_slots,
    count_slots,
    distribution_slots,
    missingness_slots,
    share_slots,
)
from pellucid.facts.text_slots import (
    cluster_slots,
    distinctive_slots,
    duplicate_slots,
    text_slots,
)
from pellucid.facts.types import Fact, FactKind

__all__ = ["SLOTS", "Slots", "one_line", "ordinal", "quoted", "slots_of"]

SLOTS: Final = (
    "sentence", "subject", "outcome", "value", "count", "interval", "n", "direction", "verdict",
    "rank", "group", "other", "at", "where", "range", "half", "list",
)  # fmt: skip


def slots_of(fact: Fact) -> Slots:
    """Return the fact's slots by name, in the order of `SLOTS`; each has `sentence` at least."""
    maker = _MAKERS.get(fact.kind)
    found = {"sentence": one_line(fact.text), **_common(fact), **(maker(fact) if maker else {})}
    return {name: found[name] for name in SLOTS if found.get(name)}


def _common(fact: Fact) -> Slots:
    found = {}
    subject = [name for name in fact.subject if name]
    if subject:
        found["subject"] = one_line(listing(subject))
    if fact.low is not None and fact.high is not None:
        found["interval"] = f"95% interval {bounds_text(fact)}"
    if fact.n is not None:
        found["n"] = plural(fact.n, "row")
    return found


def _effect(fact: Fact) -> Slots:
    """Return what facts about a term's effect on the outcome share."""
    noun = detail(fact, "noun")
    found = {"subject": one_line(fact.origin.part), "outcome": noun[:1].lower() + noun[1:]}
    found["value"], _, bounds = detail(fact, "size").partition(" (")
    if bounds:
        found["interval"] = bounds.removesuffix(")")
    if fact.n is not None:
        found["n"] = plural(fact.n, "training row")
    return found


def _group_difference(fact: Fact) -> Slots:
    return {**_effect(fact), "group": quoted(detail(fact, "top")),
            "other": quoted(detail(fact, "bottom"))}  # fmt: skip


def _effect_at(fact: Fact) -> Slots:
    cell, place = fact.origin.cell, detail(fact, "at")
    if cell in ("highest", "lowest"):
        return {**_effect(fact), "rank": cell, "at": place}
    if cell == "missing":
        rest = "those of" if "times" in detail(fact, "how") else "than for"
        how = f"{detail(fact, 'how')} {rest} the other rows"
        return {**_effect(fact), "value": how, "group": "missing", "interval": ""}
    return {**_effect(fact), "group": quoted(place)}


def _turning_point(fact: Fact) -> Slots:
    ways = ("rise", "fall") if detail(fact, "way") == "peak" else ("fall", "rise")
    if detail(fact, "noun").startswith("The predicted"):
        ways = (f"{ways[0]}s", f"{ways[1]}s")
    place = detail(fact, "at")
    return {
        **_effect(fact), "at": f"about {place}",
        "direction": f"{ways[0]} with {one_line(fact.subject[0])} until about {place}, then "
        f"{ways[1]}",
        "interval": f"the turn could lie from {detail(fact, 'between')}",
    }  # fmt: skip


def _jump(fact: Fact) -> Slots:
    how = detail(fact, "how").partition(" (95%")[0]
    return {**_effect(fact), "at": detail(fact, "at"), "direction": how, "interval": "",
            "value": f"a {detail(fact, 'word')}"}  # fmt: skip


def _monotone(fact: Fact) -> Slots:
    return {
        **_effect(fact), "direction": detail(fact, "clause"),
        "group": detail(fact, "top"), "other": detail(fact, "bottom"),
    }  # fmt: skip


def _pair_effect(fact: Fact) -> Slots:
    return {**_effect(fact), "verdict": "act together", "value": detail(fact, "up"),
            "group": quoted(detail(fact, "top")), "interval": "",
            "other": quoted(detail(fact, "bottom"))}  # fmt: skip


def _importance(fact: Fact) -> Slots:
    if "tested" in fact.details:
        tested = count(round(figure(fact, "tested")))
        return {"subject": "the model", "value": f"{count(round(figure(fact)))} of {tested} terms"}
    matters = detail(fact, "matters") == "yes"
    of = plural(round(figure(fact, "of")), "term")
    return {
        "subject": one_line(fact.origin.part),
        "value": f"{percent(figure(fact, 'share'))} of the model's total movement",
        "rank": f"{ordinal(round(figure(fact, 'rank')))} of {of}",
        "verdict": "makes a measurable difference on held-out rows" if matters
        else "makes no difference of its own that can be told from chance",
    }  # fmt: skip


def _scored(unit: str, value: float) -> str:
    if unit in ("AUC", "R²"):
        return f"{unit} {correlation(value)}"
    return f"{unit} {percent(value) if unit == 'accuracy' else number(value)}"


def _metric(fact: Fact) -> Slots:
    if fact.origin.part == "calibration":
        return _calibration(fact)
    return {"subject": one_line(fact.subject[0]), "value": _scored(fact.unit, figure(fact)),
            "n": plural(fact.n or 0, "test row")}  # fmt: skip


_MEASURED = {"probability": "probabilities", "prediction": "predictions"}


def _calibration(fact: Fact) -> Slots:
    rows = plural(fact.n or 0, "test row")
    if fact.origin.cell == "bins":
        of = count(round(figure(fact, "bins")))
        what = _MEASURED.get(detail(fact, "measure"), "predictions")
        return {"subject": f"the model's {what}", "n": rows,
                "count": f"{count(round(figure(fact)))} of {of} bins"}  # fmt: skip
    shares = detail(fact, "shares") == "yes"
    what, came = ("probabilities", " of the test rows") if shares else ("predictions", "")
    return {
        "subject": f"the model's {what}", "value": f"{detail(fact, 'said')} on average",
        "other": f"{detail(fact, 'came')}{came}", "verdict": f"are {detail(fact, 'verdict')}",
        "n": rows, "interval": f"95% interval {detail(fact, 'span') or bounds_text(fact)}",
    }  # fmt: skip


def _baseline(fact: Fact) -> Slots:
    return {
        "subject": one_line(fact.subject[1]), "value": _scored(fact.unit, figure(fact)),
        "other": _scored(fact.unit, figure(fact, "ours")), "n": plural(fact.n or 0, "test row"),
        "verdict": f"{detail(fact, 'own')} is {detail(fact, 'verdict')}",
    }  # fmt: skip


def _ngram(fact: Fact) -> Slots:
    return {
        **_effect(fact), "group": quoted(detail(fact, "ngram")), "value": "",
        "direction": detail(fact, "how"), "n": f"{detail(fact, 'texts')} training texts",
    }  # fmt: skip


_MAKERS: Mapping[FactKind, Callable[[Fact], Slots]] = {
    "count": count_slots,
    "share": share_slots,
    "missingness": missingness_slots,
    "distribution": distribution_slots,
    "association": association_slots,
    "group_difference": _group_difference,
    "effect_at": _effect_at,
    "turning_point": _turning_point,
    "jump": _jump,
    "monotone": _monotone,
    "pair_effect": _pair_effect,
    "importance": _importance,
    "metric": _metric,
    "baseline": _baseline,
    "prediction": prediction_slots,
    "contribution": contribution_slots,
    "counterfactual": counterfactual_slots,
    "token": token_slots,
    "group": group_slots,
    "comparison": comparison_slots,
    "trend": trend_slots,
    "slice": slice_slots,
    "ngram": _ngram,
    "text": text_slots,
    "distinctive": distinctive_slots,
    "cluster": cluster_slots,
    "duplicates": duplicate_slots,
    "group_contrast": group_contrast_slots,
    "statistic": statistic_slots,
}
