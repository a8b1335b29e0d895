"""What made a language model say a sentence: how much less likely it finds it without each fact.

Each fact's lines are left out of the prompt that the sentence was written from, one fact at a time,
and the model is asked how likely it finds the same sentence then. Nothing is estimated; where all
facts would take too long, runs of facts are left out first, and their facts alone only where a run
turned out to matter.

Source: leave-one-out by the log-probability of the response, as in Cohen-Wang et al. 2024,
ContextCite, arXiv:2409.00729, section 3.
"""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from statistics import median
from typing import Final, Literal

from pellucid.core.run import Run
from pellucid.writing.prompts import tokens_of
from pellucid.writing.providers.types import Likelihood, Message, Weighed, Weigher
from pellucid.writing.types import Prompt, Told, Written

Method = Literal["alone", "together", "unread"]
Verdict = Literal["agrees", "disagrees", "spread", "habit", "unread"]

LEAST_DROP: Final = math.log(2)
"""Nats that leaving a fact out has to cost before it counts: the sentence is half as likely."""
MOST_READ: Final = 60_000
"""Tokens that are read for one sentence at most, estimated from above."""
_FEWEST_CONTROLS = 4
_DEVIATIONS = 3 * 1.4826
"""Three standard deviations, by the median absolute deviation of normal noise."""
_STAGE = "Leaving facts out of the prompt"


@dataclass(frozen=True, slots=True)
class FactSource:
    """By how much the sentence's log-likelihood falls, in nats, when a fact is left out.

    `method` is "alone", or "together" for a fact that was only left out with those around it, whose
    drop is that of all of them; or "unread" where the model's context was too short for the fact.
    `rank` counts from 1 among the facts left out alone; None for the others.
    """

    alias: str
    fact: str
    text: str
    is_declared: bool
    drop: float
    method: Method
    rank: int | None


@dataclass(frozen=True, slots=True)
class Sources:
    """What a sentence came from, `facts` by what leaving them out costs.

    `nats` is the sentence's log-likelihood with all facts, over `tokens` of it. A fact counts from
    a drop of `threshold` on. `declared` is the drop without all cited facts at once, `everything`
    that without any fact.

    The verdict is "agrees" where leaving out a cited fact, or all cited ones, counts and costs no
    more than `LEAST_DROP` less than leaving out any other fact; else "disagrees" where another fact
    counts; "spread" where none stands out, but leaving out all of them costs `LEAST_DROP` or more;
    "habit" where not even that does; "unread" where the model's context was too short for any fact.
    """

    sentence: str
    verdict: Verdict
    facts: tuple[FactSource, ...]
    nats: float
    tokens: int
    threshold: float
    declared: float
    everything: float

    @property
    def leaned_on(self) -> tuple[FactSource, ...]:
        """The facts that count when they are left out alone, the one that costs most first."""
        return tuple(f for f in self.facts if f.method == "alone" and f.drop >= self.threshold)

    def per_token(self, nats: float) -> float:
        """Return a figure of the whole sentence as one of its tokens."""
        return nats / max(1, self.tokens)


@dataclass(frozen=True, slots=True)
class Untraced:
    """A sentence that a model wrote, and for which no time was left to find what it came from."""

    sentence: str


def find_sources(
    weigher: Weigher,
    prompt: Prompt,
    written: Written,
    declared: Collection[str],
    run: Run,
    most_read: int = MOST_READ,
) -> Sources:
    """Leave facts out of `prompt` and weigh the sentence that was written from it.

    Args:
        weigher: The model that wrote it.
        prompt: What it was asked, and what it answered.
        written: Where in that answer the sentence stands.
        declared: The ids of the facts that the sentence cites.
        run: Reports each prompt that was read, and stops between them.
        most_read: Tokens to be read at most, estimated; the cited facts are always left out alone.

    Raises what the weigher raises.
    """
    study = _Study(weigher, prompt, written, run, most_read)
    cited = [told for told in prompt.facts if told.fact in declared]
    others = [told for told in prompt.facts if told.fact not in declared]
    needed = [*((told,) for told in cited), tuple(cited), prompt.facts]
    if study.affords(others):
        study.leave_out([*needed, *((told,) for told in others)])
    else:
        study.leave_out(needed)
        _in_two_stages(study, others)
    return _told(study, cited)


class _Study:
    """The drops so far, by the aliases that were left out, and how much was read for them."""

    def __init__(
        self, weigher: Weigher, prompt: Prompt, written: Written, run: Run, most_read: int
    ) -> None:
        self.prompt, self.written, self.run, self.left = prompt, written, run, most_read
        self.sentence = prompt.answer[written.start : written.end]
        self.whole: Likelihood | None = None
        self.found: dict[frozenset[str], Likelihood] = {}
        self._weigher = weigher
        self._done = 0
        self._text = Weighed(
            left_out(prompt, ()), prompt.answer[: written.start], self.sentence, prompt.most_tokens
        )

    def cost(self, facts: Sequence[Told]) -> int:
        """Estimate the tokens that are read when `facts` are left out: all that follows them."""
        places = (self.prompt.task.find(told.line) for told in facts)
        start = max(0, min(places, default=0))
        return tokens_of(self.prompt.task[start:]) + tokens_of(self._text.before + self.sentence)

    def affords(self, facts: Iterable[Told]) -> bool:
        return sum(self.cost((told,)) for told in facts) <= self.left

    def leave_out(self, runs: Sequence[Sequence[Told]]) -> None:
        """Weigh the sentence without each of these runs of facts."""
        asked = {frozenset(t.alias for t in facts): facts for facts in runs if facts}
        waiting = {names: facts for names, facts in asked.items() if names not in self.found}
        prompts = [left_out(self.prompt, facts) for facts in waiting.values()]
        names = list(waiting)
        first = [self._text.prompt] if self.whole is None else []
        total = self._done + len(first) + len(prompts)
        self.run.progress(_STAGE, self._done, total)
        for place, found in self._weigher.weigh(self._text, [*first, *prompts], self.run):
            if place < len(first):
                self.whole = found
            else:
                self.found[names[place - len(first)]] = found
            self._done += 1
            self.run.progress(_STAGE, self._done, total)
            self.run.check()
        self.left -= tokens_of(self.prompt.task) + sum(map(self.cost, waiting.values()))

    def drop(self, facts: Iterable[Told]) -> float:
        """Return by how many nats the log-likelihood falls without `facts`, which were left out."""
        return self.drop_of(frozenset(told.alias for told in facts))

    def drop_of(self, names: frozenset[str]) -> float:
        """Return the same for facts given by their aliases."""
        if not names or self.whole is None or self.found[names].is_same:
            return 0.0
        return self.whole.nats - self.found[names].nats


def left_out(prompt: Prompt, facts: Iterable[Told]) -> tuple[Message, ...]:
    """Return the prompt without the lines of `facts`, and without drafts that name their slots."""
    task = prompt.task
    for told in facts:
        line = f"{told.line}\n"  # the last line of a prompt may end without one
        task = task.replace(line, "", 1) if line in task else task.removesuffix(told.line)
        naming = re.compile(rf"\{{\{{\s*{re.escape(told.alias)}\s*\.")
        task = "".join(line for line in task.splitlines(True) if not naming.search(line))
    return (Message("system", prompt.system), Message("user", task))


def _in_two_stages(study: _Study, others: Sequence[Told]) -> None:
    """Leave out runs of facts, then alone the facts of those runs that count, as far as it goes."""
    runs = _runs(study, others)
    study.leave_out(runs)
    for facts in sorted(runs, key=study.drop, reverse=True):
        if study.drop(facts) < LEAST_DROP or not study.affords(facts):
            return
        study.leave_out([(told,) for told in facts])


def _runs(study: _Study, facts: Sequence[Told]) -> list[Sequence[Told]]:
    """Cut facts into the shortest even runs that take no more than half of what may be read."""
    for size in range(2, len(facts)):
        runs = [facts[at : at + size] for at in range(0, len(facts), size)]
        if sum(map(study.cost, runs)) <= study.left / 2:
            return runs
    return [facts]


def _told(study: _Study, cited: Sequence[Told]) -> Sources:
    facts = tuple(_ranked(study, cited))
    alone = [f for f in facts if f.method == "alone"]
    controls = [f.drop for f in facts if not f.is_declared and f.method != "unread"]
    threshold = _threshold(controls)
    declared, everything = study.drop(cited), study.drop(study.prompt.facts)
    own = max([declared, *(f.drop for f in alone if f.is_declared)])
    rival = max((f.drop for f in alone if not f.is_declared), default=0.0)
    verdict: Verdict = "habit"
    if all(f.method == "unread" for f in facts):
        verdict = "unread"
    elif own >= threshold and own >= rival - LEAST_DROP:
        verdict = "agrees"
    elif rival >= threshold:
        verdict = "disagrees"
    elif everything >= LEAST_DROP:
        verdict = "spread"
    whole = study.whole or Likelihood(0.0, 0)
    return Sources(
        study.sentence, verdict, facts, whole.nats, whole.tokens, threshold, declared, everything
    )


def _ranked(study: _Study, cited: Sequence[Told]) -> Iterator[FactSource]:
    """Yield the facts left out alone, those that cost most first, then the others."""
    found = [_source(study, told, told in cited) for told in study.prompt.facts]
    order: Sequence[Method] = ("alone", "together", "unread")
    found.sort(key=lambda f: (order.index(f.method), -f.drop))
    for rank, one in enumerate(found, start=1):
        yield replace(one, rank=rank) if one.method == "alone" else one


def _source(study: _Study, told: Told, is_declared: bool) -> FactSource:
    """Return what leaving a fact out costs, alone if that was asked, else with the least others."""
    names = min((n for n in study.found if told.alias in n), key=len)
    method: Method = "alone" if len(names) == 1 else "together"
    if study.found[names].is_same:
        method = "unread"
    drop = study.drop_of(names)
    return FactSource(told.alias, told.fact, told.text, is_declared, drop, method, None)


def _threshold(controls: Sequence[float]) -> float:
    """Return the drop from which on a fact counts, given those of the facts that are not cited.

    Leaving anything out of a prompt moves the likelihood a little: what counts stands out from
    that.
    """
    if len(controls) < _FEWEST_CONTROLS:
        return LEAST_DROP
    middle = median(controls)
    spread = median(abs(drop - middle) for drop in controls)
    return max(LEAST_DROP, middle + _DEVIATIONS * spread)
