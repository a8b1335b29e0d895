"""What made a model say a sentence, told in plain words."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Final

from pellucid.core.numbers import count, number, plural, signed
from pellucid.writing.sources import FactSource, Sources, Verdict

TITLES: Final[Mapping[Verdict, str]] = {
    "agrees": "Agrees with what it cites",
    "disagrees": "Disagrees with what it cites",
    "spread": "No single fact mattered",
    "habit": "Said from habit",
    "unread": "No fact was read",
}
ABOUT: Final = (
    "Leaves each fact out of the prompt in turn and asks the model how likely it finds the same "
    "sentence then."
)
LIMITS: Final = (
    "This tells which facts made the sentence likelier, not whether it is true; that is checked "
    "apart. Facts that say the same can stand in for each other. What counts is how likely the "
    "model by itself finds the sentence as it wrote it, with the names of facts where their words "
    "stand."
)
ONLY_FOLDERS: Final = (
    "What made a model say a sentence can be found for a model in a folder. A server does not tell "
    "how likely it finds a sentence that it is given."
)
_MOST_TOLD = 1_000_000
_HARDLY = 1.05


def times(drop: float) -> str:
    """Say what a drop of the log-likelihood, in nats, does to the likelihood."""
    factor = math.exp(min(abs(drop), 100.0))
    if factor < _HARDLY:
        return "as likely as before"
    way = "less" if drop > 0 else "more"
    if factor > _MOST_TOLD:
        return f"over a million times {way} likely"
    return f"{number(factor, 2)} times {way} likely"


def verdict_sentence(found: Sources) -> str:
    """Say what the sentence came from, and how far that is what it cites."""
    if found.verdict == "unread":
        return (
            "The prompt was too long for this model, which never read any of the facts. What it "
            "wrote is checked all the same."
        )
    if found.verdict == "habit":
        return (
            "No single fact mattered: the model says this whatever the facts are. Without any fact "
            f"the sentence would be {times(found.everything)}."
        )
    if found.verdict == "spread":
        return (
            "No single fact mattered, but all of them together did: without any fact the sentence "
            f"would be {times(found.everything)}."
        )
    return _agreement(found) if found.verdict == "agrees" else _disagreement(found)


def _agreement(found: Sources) -> str:
    cited = [f for f in found.facts if f.is_declared]
    idle = [f for f in cited if f not in found.leaned_on]
    others = [f for f in found.leaned_on if not f.is_declared]
    what = "the fact" if len(cited) == 1 else "the facts"
    without = "it" if len(cited) == 1 else "them"
    told = [
        f"The model leaned on {what} it cites: without {without} the sentence would be "
        f"{times(found.declared)}."
    ]
    if idle and len(idle) < len(cited):
        told.append(f"{plural(len(idle), 'cited fact')} mattered little alone.")
    if others:
        told.append(f"It leaned on {plural(len(others), 'fact')} that it does not cite, too.")
    return " ".join(told)


def _disagreement(found: Sources) -> str:
    first = found.leaned_on[0]
    cited = any(f.is_declared for f in found.facts)
    beside = f", without what it cites {times(found.declared)}" if cited else ""
    return (
        f"The model leaned on a fact that it does not cite: “{first.text}” Without that the "
        f"sentence would be {times(first.drop)}{beside}."
    )


def coverage_sentence(found: Sources) -> str:
    """Say how many facts were left out alone, how many with others, and how many were not read."""
    numbers = {m: sum(f.method == m for f in found.facts) for m in ("alone", "together", "unread")}
    told = [f"{plural(numbers['alone'], 'fact')} of {count(len(found.facts))} left out alone."]
    if numbers["together"]:
        told.append(
            f"{count(numbers['together'])} only together with those around them, to keep the work "
            "short."
        )
    if numbers["unread"]:
        told.append(
            f"{count(numbers['unread'])} stood in the part of the prompt that was too long for the "
            "model, which never read them."
        )
    return " ".join(told)


def figures(found: Sources) -> tuple[tuple[str, str], ...]:
    """Return the figures behind the verdict as name and value."""
    return (
        ("With all facts", f"{_nats(found, found.nats)}, {plural(found.tokens, 'token')}"),
        ("Without the cited", f"{_nats(found, -found.declared)}"),
        ("Without any fact", f"{_nats(found, -found.everything)}"),
        ("A fact counts", f"from {number(found.threshold)} nats on"),
    )


def _nats(found: Sources, nats: float) -> str:
    return f"{number(round(nats, 2))} nats, {number(found.per_token(nats), 2)} a token"


def fact_note(one: FactSource) -> str:
    """Say in a few words what leaving a fact out does."""
    if one.method == "unread":
        return "never read"
    about = f"{signed(round(one.drop, 2))} nats"
    return about if one.method == "alone" else f"{about} with those around it"
