"""One prediction in English."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pellucid.explain.row import SCALE_NOTES
from pellucid.models import additive
from pellucid.writing.row_languages.formats import Bound, Figure, NumberFormat
from pellucid.writing.row_languages.types import EffectSort

FORMAT = NumberFormat(".", ",", "", ("“", "”"), ", ", " and ")
MONTHS: Sequence[str] = additive.MONTHS
WEEKDAYS: Sequence[str] = additive.WEEKDAYS
PARTS: Mapping[str, str] = {"month": "month", "weekday": "weekday", "hour": "hour"}
NOTES: Mapping[str, str] = SCALE_NOTES
MISSING = "missing"
CAUTION = (
    "This says how the model arrives at its prediction, not what would happen in the world if "
    "something were changed."
)
_SCALES = {
    "logit": "the log-odds scale", "logits": "the log-odds scale",
    "softmax": "the log scale of the class", "log": "the log scale of the target",
    "identity": "the target's own scale",
}  # fmt: skip
_EFFECTS = {
    "odds": "odds ×\u00a0{}",
    "relative odds": "relative odds ×\u00a0{}",
    "units": "{}",
    "factor": "×\u00a0{}",
    "score": "score {}",
}


def start(row: int | None) -> str:
    return "This row: " if row is None else f"Row {FORMAT.number(row, 9)}: "


def date(year: int, month: int, day: int) -> str:
    return f"{day} {MONTHS[month - 1]} {year}"


def percent(figure: Figure) -> str:
    about = "about " if figure.is_rounded else ""
    return bounded(f"{about}{figure.text}", figure.bound)


def bounded(text: str, bound: Bound) -> str:
    return f"{bound} {text}" if bound else text


def interval(low: str, high: str) -> str:
    return f"95% interval {low} to {high}"


def chance(outcome: str, figure: Figure, bounds: str, base: Figure | None) -> str:
    text = f"the model gives {outcome} a probability of {percent(figure)}"
    text += FORMAT.bracketed(bounds)
    return f"{text}, starting from {percent(base)} for an average row." if base else f"{text}."


def value(target: str, value: str, bounds: str, base: str) -> str:
    text = f"the model predicts {value} for {target}"
    text += FORMAT.bracketed(bounds)
    return f"{text}, starting from {base} for an average row."


def raised(items: Sequence[str]) -> str:
    return f"It is raised most by {FORMAT.listed(items)}."


def lowered(items: Sequence[str]) -> str:
    return f"It is lowered most by {FORMAT.listed(items)}."


def missing(name: str) -> str:
    return f"the missing value of {name}"


def empty(name: str) -> str:
    return f"the empty cell of {name}"


def words(name: str) -> str:
    return f"the words of {name}"


def together(first: str, second: str) -> str:
    return f"{first} together with {second}"


def effect(sort: EffectSort, size: str) -> str:
    return _EFFECTS[sort].format(size)


def unseen(items: Sequence[str]) -> str:
    return f"What the model never saw adds nothing: {FORMAT.listed(items)}."


def truth(actual: str, agrees: bool | None) -> str:
    end = {None: "", True: ", as predicted", False: ", not what was predicted"}[agrees]
    return f"The table says {actual}{end}."


def _if(change: tuple[str, str, str]) -> str:
    column, before, after = change
    return f"If {column} were {after} rather than {before} and all else the same, the model would"


def turned_class(change: tuple[str, str, str], label: str, figure: Figure) -> str:
    return f"{_if(change)} predict {label} (probability {percent(figure)})."


def turned_label(change: tuple[str, str, str], outcome: str, figure: Figure) -> str:
    return f"{_if(change)} give {outcome} a probability of {percent(figure)}."


def turned_value(change: tuple[str, str, str], value: str, base: str) -> str:
    return f"{_if(change)} predict {value} (an average row: {base})."


def unturned(tried: str) -> str:
    return (
        f"No change of a single number or category turns this prediction (columns tried: {tried})."
    )


def summed(link: str, parts: tuple[str, str, str], terms: str) -> str:
    return (
        f"On {_SCALES[link]}: intercept {parts[0]}, all contributions {parts[1]} (terms: {terms}), "
        f"total {parts[2]}."
    )
