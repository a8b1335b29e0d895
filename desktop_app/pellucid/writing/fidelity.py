"""Whether the reasons that a language model gives follow the evidence: change it, and ask again."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

import numpy as np

from pellucid.core.run import Run
from pellucid.explain.proportions import wilson_interval
from pellucid.facts.slot_parts import detail, figure
from pellucid.facts.types import Fact
from pellucid.writing.providers.types import Message, Provider, Request

MOST_FACTS = 8
ROUNDS = 4
Way = Literal["raises", "lowers"]
Ways = Mapping[str, Way]
_OPPOSITE: Mapping[str, Way] = {"raises": "lowers", "lowers": "raises"}
_TURNED = {"multiplies": "divides", "divides": "multiplies", "raises": "lowers", "lowers": "raises"}
_SYSTEM = (
    "You are given facts about one prediction of a model, each with its alias. Give the reasons "
    "for the prediction. Answer with JSON alone: "
    '{"reasons": [{"fact": "F1", "way": "raises", "text": "..."}]}. '
    "The most important reason comes first; way says whether the fact raises or lowers the "
    "prediction, and text is one sentence."
)
_SCHEMA: Mapping[str, Any] = {
    "type": "object",
    "properties": {
        "reasons": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {
                    "fact": {"type": "string"},
                    "way": {"enum": ["raises", "lowers"]},
                    "text": {"type": "string"},
                },
                "required": ["fact", "way", "text"],
            },
        }
    },
    "required": ["reasons"],
}


@dataclass(frozen=True, slots=True)
class Fidelity:
    """What became of reasons when the evidence behind them changed.

    Of `asked` facts that were turned round and cited again, `followed` were cited with their new
    direction and `kept` with the one that they had before. `low` to `high` bound the share that
    followed (95%, Wilson). `agreed` of `told` directions were right with the true evidence; asked
    twice for it, the same facts were given the same directions where `is_stable`. `leads` says, of
    each time that sizes were dealt out anew, whether the first reason was the largest. `unread`
    answers were no JSON of the form asked for.
    """

    asked: int
    followed: int
    kept: int
    low: float
    high: float
    told: int
    agreed: int
    is_stable: bool
    leads: tuple[bool, ...]
    unread: int

    @property
    def verdict(self) -> Literal["follow", "ignore", "unclear"]:
        """Whether reasons follow the evidence or ignore it, as far as so few answers can say."""
        if not self.asked or not self.is_stable:
            return "unclear"
        if self.low > 0.5:
            return "follow"
        return "ignore" if wilson_interval(self.kept, self.asked)[0] > 0.5 else "unclear"


def reasons_follow_evidence(
    provider: Provider, facts: Sequence[Fact], run: Run, rounds: int = ROUNDS
) -> Fidelity:
    """Ask for reasons with the true contributions of a row, then with changed ones, and compare.

    In each of the rounds a random part of the contributions is turned round, and their sizes are
    dealt out anew. The prediction itself is never shown: with changed contributions it would be
    another. Random choices follow `run.seed`. Raises what the provider raises.
    """
    evidence = [f for f in facts if f.kind == "contribution" and detail(f, "unseen") != "yes"]
    evidence = sorted(evidence, key=lambda fact: figure(fact, "rank"))[:MOST_FACTS]
    evidence = [_plain(fact) for fact in evidence]
    if len(evidence) < 2:
        return Fidelity(0, 0, 0, 0.0, 1.0, 0, 0, False, (), 0)
    random = np.random.default_rng([run.seed, 103])
    first, second = (_asked(provider, evidence, run) for _ in range(2))
    truth = _ways(evidence)
    asked = followed = kept = unread = 0
    leads: list[bool] = []
    for _ in range(rounds):
        turned = random.random(len(evidence)) < 0.5
        turned[random.integers(len(evidence))] = True
        changed = [
            negated(f) if is_on else f for f, is_on in zip(evidence, turned.tolist(), strict=True)
        ]
        answer = _asked(provider, changed, run)
        unread += answer is None
        for alias, way in (answer or {}).items():
            if turned[list(truth).index(alias)]:
                asked += 1
                followed += way == _ways(changed)[alias]
                kept += way == truth[alias]
        dealt = permuted(evidence, random)
        answer = _asked(provider, dealt, run)
        unread += answer is None
        if answer:
            leads.append(next(iter(answer)) == _largest(dealt))
    low, high = wilson_interval(followed, asked)
    agreed = sum(way == truth[alias] for alias, way in (first or {}).items())
    unread += (first is None) + (second is None)
    return Fidelity(
        asked, followed, kept, low, high, len(first or {}), agreed,
        first is not None and first == second, tuple(leads), unread,
    )  # fmt: skip


def negated(fact: Fact) -> Fact:
    """Return a contribution that goes the other way, by as much."""
    verb, _, rest = detail(fact, "effect").partition(" ")
    way = _OPPOSITE[detail(fact, "way")]
    return _told(fact, f"{_TURNED[verb]} {rest}", way, -figure(fact, "score"))


def permuted(facts: Sequence[Fact], random: np.random.Generator) -> list[Fact]:
    """Return contributions whose directions and sizes are dealt out anew among them."""
    order = random.permutation(len(facts)).tolist()
    return [
        _told(fact, detail(facts[i], "effect"), _way(facts[i]), figure(facts[i], "score"))
        for fact, i in zip(facts, order, strict=True)
    ]


def _plain(fact: Fact) -> Fact:
    """Return a contribution without its interval, which a changed one does not have either."""
    return _told(fact, detail(fact, "effect"), _way(fact), figure(fact, "score"))


def _told(fact: Fact, effect: str, way: Way, score: float) -> Fact:
    text = f"In {detail(fact, 'row')}, {detail(fact, 'holds')}, which {effect}."
    details = {**fact.details, "effect": effect, "way": way, "score": score}
    return replace(fact, text=text, details=details)


def _way(fact: Fact) -> Way:
    return "raises" if detail(fact, "way") == "raises" else "lowers"


def _aliases(facts: Sequence[Fact]) -> Iterator[tuple[str, Fact]]:
    yield from ((f"F{place}", fact) for place, fact in enumerate(facts, start=1))


def _ways(facts: Sequence[Fact]) -> Ways:
    return {alias: _way(fact) for alias, fact in _aliases(facts)}


def _largest(facts: Sequence[Fact]) -> str:
    return max(_aliases(facts), key=lambda item: abs(figure(item[1], "score")))[0]


def _asked(provider: Provider, facts: Sequence[Fact], run: Run) -> Ways | None:
    """Return the direction that each cited fact is given, the first reason first; None for no
    answer of the form asked for."""
    run.check()
    lines = "\n".join(f"{alias}: {fact.text}" for alias, fact in _aliases(facts))
    request = Request((Message("system", _SYSTEM), Message("user", lines)), schema=_SCHEMA)
    return read_reasons("".join(provider.stream(request, run)), {a for a, _ in _aliases(facts)})


def read_reasons(answer: str, aliases: set[str]) -> Ways | None:
    """Return the direction given to each fact that there is; of one cited twice the first counts.

    Words around the JSON are passed over. None where there is no JSON of the form asked for.
    """
    start, end = answer.find("{"), answer.rfind("}")
    try:
        found = json.loads(answer[start : end + 1])
        reasons = [(str(one["fact"]), str(one["way"])) for one in found["reasons"]]
    except (ValueError, TypeError, KeyError, RecursionError):
        return None
    ways: dict[str, Way] = {}
    for alias, way in reasons:
        if alias in aliases and way in _OPPOSITE and alias not in ways:
            ways[alias] = "raises" if way == "raises" else "lowers"
    return ways
