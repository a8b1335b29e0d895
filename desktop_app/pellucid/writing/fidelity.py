"""Whether the reasons that a language model gives follow the evidence: change it, and ask again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from pellucid.explain.proportions import wilson_interval
from pellucid.facts.slot_parts import detail, figure
from pellucid.facts.types import Fact

MOST_FACTS = 8
ROUNDS = 4
_FEWEST_CHANGES = 2
_TRIES = 8
"""Draws for each round: of two contributions there are few changes that were not asked before."""
Way = Literal["raises", "lowers"]
Verdict = Literal["follow", "ignore", "unclear"]
Ways = Mapping[str, Way]
_OPPOSITE: Mapping[str, Way] = {"raises": "lowers", "lowers": "raises"}
_TURNED = {"multiplies": "divides", "divides": "multiplies", "raises": "lowers", "lowers": "raises"}


@dataclass(frozen=True, slots=True)
class Trial:
    """Evidence that is told at one time, by alias.

    It is "true", or some directions are "turned" round (those of the aliases `turned`), or
    directions and sizes are "dealt" out anew.
    """

    sort: Literal["true", "turned", "dealt"]
    facts: Mapping[str, Fact]
    turned: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Fidelity:
    """What became of reasons when the evidence behind them changed.

    Of `asked` facts that were turned round and cited before and after, `followed` got the direction
    that the evidence has now and `kept` the one that they had been given before; `low` to `high`
    bound the share that followed (95%, Wilson). Of `untouched` facts beside them, `held` kept
    theirs. `agreed` of `told` directions were right with the true evidence; asked twice for it, the
    model gave the facts that it cited both times the same directions where `is_stable`. All that is
    counted of turned facts comes from `changes` answers. `leads` says, of each time that sizes were
    dealt out anew, whether the first reason was the largest. `unread` of the `answers` hold no
    reason of the form asked for, out of `planned` answers. `is_cut` where the model saw only
    the end of what it was told.
    """

    asked: int
    followed: int
    kept: int
    low: float
    high: float
    changes: int
    untouched: int
    held: int
    told: int
    agreed: int
    is_stable: bool
    leads: tuple[bool, ...]
    unread: int
    answers: int
    planned: int
    is_cut: bool = False

    @property
    def is_loose(self) -> bool:
        """Whether most directions changed that the evidence gave no cause to change."""
        return self.untouched > 0 and 2 * self.held <= self.untouched

    @property
    def verdict(self) -> Verdict:
        """Whether reasons follow the evidence or ignore it, as far as so few answers can say."""
        if self.changes < _FEWEST_CHANGES or not self.is_stable or self.is_cut:
            return "unclear"
        if self.low > 0.5:
            return "unclear" if self.is_loose else "follow"
        return "ignore" if wilson_interval(self.kept, self.asked)[0] > 0.5 else "unclear"


def evidence_in(facts: Sequence[Fact], most: int = MOST_FACTS) -> tuple[Fact, ...]:
    """Return the strongest contributions among the facts of a row, those that do anything."""
    found = [f for f in facts if f.kind == "contribution" and detail(f, "unseen") != "yes"]
    return tuple(sorted(found, key=lambda fact: figure(fact, "rank"))[:most])


def trials_of(evidence: Sequence[Fact], seed: int, rounds: int = ROUNDS) -> tuple[Trial, ...]:
    """Return what is to be told, in order: the true evidence twice, then changed in each round.

    In each round a random part of the contributions is turned round, and directions and sizes are
    dealt out anew. Nothing is told twice but the truth; a single contribution is told once, since
    there is too little in it to change. Random choices follow `seed`.
    """
    plain = [_plain(fact) for fact in evidence]
    truth = Trial("true", _named(plain))
    if len(plain) < 2:
        return (truth,)
    random = np.random.default_rng([seed, 103])
    found = [truth]
    for _ in range(rounds):
        for draw in (_turned, _dealt):
            drawn = (draw(plain, random) for _ in range(_TRIES))
            found += [t for t in drawn if t.facts not in [known.facts for known in found]][:1]
    return (truth, *found)


def fidelity_of(trials: Sequence[Trial], answers: Sequence[Ways | None]) -> Fidelity:
    """Compare the directions given in answers, in the order of `trials`; None for no answer.

    `answers` may end early. The keys of each are in the order of the answer.
    """
    truth = ways_of(trials[0])
    first, second = (answers[at] if at < len(answers) else None for at in (0, 1))
    before = first or {}
    turned: list[tuple[Way, Way, Way]] = []
    alone: list[tuple[Way, Way, Way]] = []
    leads: list[bool] = []
    changes = 0
    for trial, answer in zip(trials, answers, strict=False):
        for alias, way in (answer or {}).items():
            if trial.sort == "turned" and alias in before:
                moved = (before[alias], way, ways_of(trial)[alias])
                (turned if alias in trial.turned else alone).append(moved)
        changes += bool(trial.turned & set(before) & set(answer or {}))
        if trial.sort == "dealt" and answer:
            leads.append(_is_largest(next(iter(answer)), trial))
    asked = len(turned)
    followed = sum(was != now == right for was, now, right in turned)
    low, high = wilson_interval(followed, asked)
    shared = set(before) & set(second or {})
    return Fidelity(
        asked=asked,
        followed=followed,
        kept=sum(was == now for was, now, _ in turned),
        low=low,
        high=high,
        changes=changes,
        untouched=len(alone),
        held=sum(was == now for was, now, _ in alone),
        told=len(before),
        agreed=sum(way == truth[alias] for alias, way in before.items()),
        is_stable=bool(shared) and all(before[a] == (second or {})[a] for a in shared),
        leads=tuple(leads),
        unread=sum(not answer for answer in answers),
        answers=len(answers),
        planned=len(trials),
    )


def ways_of(trial: Trial) -> Ways:
    """Return the direction that the evidence of a trial has, by alias."""
    return {alias: _way(fact) for alias, fact in trial.facts.items()}


def negated(fact: Fact) -> Fact:
    """Return a contribution that goes the other way, by as much."""
    verb, _, rest = detail(fact, "effect").partition(" ")
    way = _OPPOSITE[detail(fact, "way")]
    return _told(fact, f"{_TURNED[verb]} {rest}", way, -figure(fact, "score"))


def permuted(facts: Sequence[Fact], random: np.random.Generator) -> list[Fact]:
    """Return contributions whose directions, sizes and ranks are dealt out anew among them."""
    order = random.permutation(len(facts)).tolist()
    return [_as(fact, facts[at]) for fact, at in zip(facts, order, strict=True)]


def _turned(facts: Sequence[Fact], random: np.random.Generator) -> Trial:
    chosen = random.random(len(facts)) < 0.5
    chosen[random.integers(len(facts))] = True
    pairs = list(zip(facts, chosen.tolist(), strict=True))
    changed = _named([negated(fact) if is_on else fact for fact, is_on in pairs])
    names = (name for name, (_, is_on) in zip(changed, pairs, strict=True) if is_on)
    return Trial("turned", changed, frozenset(names))


def _dealt(facts: Sequence[Fact], random: np.random.Generator) -> Trial:
    return Trial("dealt", _named(permuted(facts, random)))


def _plain(fact: Fact) -> Fact:
    """Return a contribution without its interval, which a changed one does not have either."""
    details = {**fact.details, "sure": "", "half": 0.0}
    return _as(replace(fact, low=None, high=None, details=details), fact)


def _as(fact: Fact, other: Fact) -> Fact:
    """Return a contribution that does what another one does."""
    told = _told(fact, detail(other, "effect"), _way(other), figure(other, "score"))
    places = {name: other.details[name] for name in ("rank", "share")}
    return replace(told, details={**told.details, **places})


def _told(fact: Fact, effect: str, way: Way, score: float) -> Fact:
    text = f"In {detail(fact, 'row')}, {detail(fact, 'holds')}, which {effect}."
    details = {**fact.details, "effect": effect, "way": way, "score": score}
    return replace(fact, text=text, details=details)


def _way(fact: Fact) -> Way:
    return "raises" if detail(fact, "way") == "raises" else "lowers"


def _named(facts: Sequence[Fact]) -> dict[str, Fact]:
    return dict(_aliases(facts))


def _aliases(facts: Sequence[Fact]) -> Iterator[tuple[str, Fact]]:
    yield from ((f"F{place}", fact) for place, fact in enumerate(facts, start=1))


def _is_largest(alias: str, trial: Trial) -> bool:
    """Say whether no contribution is larger as far as its sentence tells: huge ones read alike."""
    largest = max(trial.facts.values(), key=lambda fact: abs(figure(fact, "score")))
    return _size(trial.facts[alias]) == _size(largest)


def _size(fact: Fact) -> str:
    return detail(fact, "effect").rpartition(" by ")[2]
