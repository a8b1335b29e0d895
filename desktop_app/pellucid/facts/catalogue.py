"""All facts of a table, its fit and its explanation, the most telling first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from pellucid.data.types import Profile, Source
from pellucid.explain.types import ModelExplanation
from pellucid.facts.caveats import model_caveats, scale_definitions
from pellucid.facts.corpora import TextReading, TextStudy
from pellucid.facts.effects import effect_facts
from pellucid.facts.fits import fit_facts
from pellucid.facts.tables import table_facts
from pellucid.facts.texts import corpus_facts, reading_facts
from pellucid.facts.types import Fact
from pellucid.models.types import FitSummary

_MOST_ASSOCIATIONS = 12


def facts_of(
    source: Source,
    profile: Profile,
    fit: FitSummary | None = None,
    explanation: ModelExplanation | None = None,
    texts: Sequence[TextStudy] = (),
    readings: Sequence[TextReading] = (),
) -> tuple[Fact, ...]:
    """Return the facts, ranked by falling interest; near-duplicates are merged.

    The same table, target and seed give the same ids, in the same order.
    """
    target = fit.task.target if fit else ""
    facts = list(table_facts(source, profile, target))
    for study in texts:
        facts.extend(corpus_facts(study, target))
    if readings:
        facts.extend(reading_facts(readings, target, texts))
    if fit is not None:
        facts.extend(fit_facts(fit, profile))
    if explanation is not None:
        facts.extend(effect_facts(explanation))
        facts.extend(model_caveats(profile, explanation))
        facts.extend(scale_definitions(explanation))
    return ranked(facts)


def ranked(facts: Iterable[Fact]) -> tuple[Fact, ...]:
    """Return `facts` by falling interest and then id, without those that repeat another.

    Of facts with one id or one text the first is kept, and of associations those that say most.
    """
    unique: dict[str, Fact] = {}
    texts: set[str] = set()
    for fact in facts:
        if fact.id not in unique and fact.text not in texts:
            unique[fact.id] = fact
            texts.add(fact.text)
    order = sorted(unique.values(), key=lambda fact: (-fact.interest, fact.id))
    links = [fact for fact in order if fact.kind == "association"]
    surplus = {fact.id for fact in links[_MOST_ASSOCIATIONS:]}
    return tuple(fact for fact in order if fact.id not in surplus)
