"""The reasons that a language model gives, and how they fared, told in plain words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from pellucid.core.numbers import count, percent, plural
from pellucid.writing.fidelity import Fidelity, Verdict, Way
from pellucid.writing.own_reasons.types import Reason, Reasons
from pellucid.writing.providers.addresses import is_url

TITLES: Final[Mapping[Verdict, str]] = {
    "follow": "Its reasons follow the evidence",
    "ignore": "Its reasons ignore the evidence",
    "unclear": "It cannot be told whether its reasons follow the evidence",
}
WAY_WORDS: Final[Mapping[Way, str]] = {"raises": "raise", "lowers": "lower"}
ABOUT: Final = (
    "Asks the language model for its reasons, then turns some contributions round or deals their "
    "sizes out anew and asks again, to see whether its reasons change with them. It is never told "
    "the prediction."
)
LIMITS: Final = (
    "The interval is Wilson’s, as if no answer leaned on another. A model that passes reads the "
    "evidence it is given; whether it would use it unasked is not tested."
)


def verdict_sentence(found: Fidelity) -> str:
    """Say in figures why the verdict is what it is."""
    if found.planned < 2:
        return "There is only one contribution, which is too few to change."
    if not found.told:
        return "None of its answers held reasons that could be read."
    if found.answers < 2:
        return "It was asked only once, so nothing can be compared."
    if found.is_cut:
        return (
            "The contributions were too long for this model, which saw only the end of what it was "
            "told."
        )
    if not found.is_stable:
        return (
            "Asked twice about the same evidence it gave different directions, so what changes "
            "with the evidence says nothing."
        )
    if not found.asked:
        return "None of its reasons rests on a contribution that was turned round."
    turned = f"Of {plural(found.asked, 'direction')} that {_was(found.asked)} turned round"
    followed = (
        f"{turned} in the evidence, {count(found.followed)} turned in its reasons too "
        f"({percent(found.followed / found.asked)}; 95% interval {percent(found.low)} to "
        f"{percent(found.high)})"
    )
    if found.verdict == "ignore":
        return f"{followed}; {count(found.kept)} stayed as {_they(found.kept)} before."
    if found.is_loose:
        return (
            f"{followed}, but of {plural(found.untouched, 'direction')} that "
            f"{_was(found.untouched)} left alone only {count(found.held)} stayed."
        )
    if found.verdict == "follow":
        alone = f" Of {count(found.untouched)} left alone, {count(found.held)} stayed."
        return f"{followed}.{alone if found.untouched else ''}"
    return f"{followed}, which is too few answers, or too mixed, to tell."


def _was(number: int) -> str:
    return "was" if number == 1 else "were"


def _they(number: int) -> str:
    return "it was" if number == 1 else "they were"


def disagreement(reason: Reason, outcome: str) -> str:
    """Say that a reason's direction is not that of the evidence; "" where it is."""
    if reason.agrees:
        return ""
    said = f"It says that {reason.about} {reason.way} {outcome}"
    return f"{said}. The evidence says the opposite."


def figures(found: Fidelity) -> tuple[tuple[str, str], ...]:
    """Return the figures behind the verdict as name and value."""
    told: list[tuple[str, str]] = []
    if found.asked:
        span = f"{percent(found.low)} to {percent(found.high)}"
        told.append(("Turned round", f"{_of(found.followed, found.asked)} followed (95% interval "
                                     f"{span}), {count(found.kept)} kept"))  # fmt: skip
    if found.untouched:
        told.append(("Left alone", f"{_of(found.held, found.untouched)} stayed"))
    if found.leads:
        told.append(("Sizes dealt anew", f"{_of(sum(found.leads), len(found.leads))} times the "
                                         "largest came first"))  # fmt: skip
    if found.told:
        told.append(("True evidence", f"{_of(found.agreed, found.told)} directions right"))
    if found.told and found.answers > 1:
        told.append(("Asked twice", "same directions" if found.is_stable else "other directions"))
    if found.planned > 1:
        unread = f", {count(found.unread)} without reasons" if found.unread else ""
        told.append(("Answers", f"{_of(found.answers, found.planned)}{unread}"))
    return tuple(told)


def _of(number: int, total: int) -> str:
    return f"{count(number)} of {count(total)}"


def author_line(found: Reasons) -> str:
    """Say which language model was asked, and where it is."""
    where = "at" if is_url(found.writer) else "in"
    return f"Asked: {found.model} {where} {found.writer}."
