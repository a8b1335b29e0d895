"""What made a model say a sentence, told in plain words."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Final

from pellucid.core.numbers import count, number, plural
from pellucid.writing.sources import FactSource, Sources, Verdict

TITLES: Final[Mapping[Verdict, str]] = {
    "agrees": "Agrees with what it cites",
    "disagrees": "Disagrees with what it cites",
    "spread": "No single fact stands out",
    "habit": "Said from habit",
    "unread": "No fact was read",
}
ABOUT: Final = (
    "Leaves each fact out of the prompt in turn and asks the model how likely it finds the same "
    "sentence then."
)
BARS: Final = (
    "How much less likely the sentence is without each fact, on a log scale; from the line on a "
    "fact counts."
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
_LEAST_SHOWN = 0.05


def times(drop: float) -> str:
    """Say what a drop of the log-likelihood, in nats, does to the likelihood."""
    factor = math.exp(min(abs(drop), 100.0))
    if factor < _HARDLY:
        return "as likely as before"
    way = "less" if drop > 0 else "more"
    if factor > _MOST_TOLD:
        return f"over a million times {way} likely"
    return f"{number(factor, 2)} times {way} likely"


def untraced_sentence(all_s: float) -> str:
    """Say that the time was over before it was found what a sentence came from; no full stop."""
    return (
        f"Not traced: the {plural(round(all_s), 'second')} that the language model may take were "
        "over before it was found which facts this came from; the words are as they were"
    )


def verdict_sentence(found: Sources, numbers: Mapping[str, int] | None = None) -> str:
    """Say what the sentence came from, and how far that is what it cites.

    `numbers` are those under which the reader knows facts, by their ids; others are quoted.
    """
    without = f"without any fact the sentence would be {times(found.everything)}."
    if found.verdict == "agrees":
        return _agreement(found)
    if found.verdict == "disagrees":
        return _disagreement(found, numbers or {})
    if found.verdict == "spread":
        return f"Together the facts matter all the same: {without}"
    if found.verdict == "habit":
        return f"The model says this whatever the facts are: {without}"
    return (
        "The prompt was too long for this model, which never read any of the facts. What it wrote "
        "is checked all the same."
    )


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


def _disagreement(found: Sources, numbers: Mapping[str, int]) -> str:
    first = found.leaned_on[0]
    mark = numbers.get(first.fact)
    named = f"fact {mark}, which it does not cite" if mark else (
        f"a fact that it does not cite: “{first.text}”"
    )  # fmt: skip
    cited = any(f.is_declared for f in found.facts)
    beside = f"; without what it cites, {times(found.declared)}" if cited else ""
    end = "." if mark else ""
    return (
        f"The model leaned on {named}{end} Without that the sentence would be "
        f"{times(first.drop)}{beside}."
    )


def coverage_sentence(found: Sources) -> str:
    """Say how many facts were left out alone, how many with others, and how many were not read."""
    numbers = {m: sum(f.method == m for f in found.facts) for m in ("alone", "together", "unread")}
    all_told = f"Its prompt told {plural(len(found.facts), 'fact')}"
    if numbers["alone"] == len(found.facts):
        return f"{all_told}; each was left out alone."
    told: list[str] = []
    if numbers["alone"]:
        told.append(f"{count(numbers['alone'])} left out alone")
    if numbers["together"]:
        told.append(
            f"{count(numbers['together'])} only together with those around them, to keep the work "
            "short"
        )
    if numbers["unread"]:
        told.append(
            f"{count(numbers['unread'])} never read by the model, for which the prompt was too long"
        )
    return f"{all_told}: {', '.join(told)}."


def figures(found: Sources) -> tuple[tuple[str, str], ...]:
    """Return the figures behind the verdict as name and value."""
    each = _fixed(found.per_token(found.nats), 2)
    return (
        ("Log-likelihood", f"{_fixed(found.nats)} nats, {each} for each of "
                           f"{plural(found.tokens, 'token')}"),
        ("Without the cited", _fall(found, found.declared)),
        ("Without any fact", _fall(found, found.everything)),
        ("A fact counts", f"where it falls by {_fixed(found.threshold)} nats or more"),
    )  # fmt: skip


def _fall(found: Sources, drop: float) -> str:
    if abs(drop) < _LEAST_SHOWN:
        return "stays as it is"
    way = "falls" if drop >= 0 else "rises"
    each = _fixed(found.per_token(abs(drop)), 2)
    return f"{way} by {_fixed(abs(drop))} nats, {each} a token"


def _fixed(value: float, places: int = 1) -> str:
    return f"{value:,.{places}f}".replace("-", "−")


def fact_note(one: FactSource) -> str:
    """Say in a few words what leaving a fact out does."""
    if one.method == "unread":
        return "never read"
    factor = math.exp(min(abs(one.drop), 100.0))
    if factor < _HARDLY:
        said = "as likely"
    else:
        size = "over 1,000,000" if factor > _MOST_TOLD else number(factor, 2)
        said = f"{size} × {'less' if one.drop > 0 else 'more'} likely"
    return said if one.method == "alone" else f"{said}, with others"
