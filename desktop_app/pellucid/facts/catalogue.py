"""All facts of a table, its fit and its explanation, the most telling first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from pellucid.data.types import Profile, Source
from pellucid.explain.group_types import RowStudy
from pellucid.explain.types import ModelExplanation
from pellucid.facts.caveats import model_caveats, scale_definitions
from pellucid.facts.comparisons import comparison_facts, rank_facts, reversal_facts
from pellucid.facts.corpora import TextReading, TextStudy
from pellucid.facts.effects import effect_facts
from pellucid.facts.fits import fit_facts
from pellucid.facts.interest import without_repeats
from pellucid.facts.judging import calibration_facts, slice_facts
from pellucid.facts.tables import table_facts
from pellucid.facts.texts import corpus_facts, reading_facts
from pellucid.facts.types import Fact
from pellucid.models.types import FitSummary, Task

_MOST_ASSOCIATIONS = 12


def facts_of(
    source: Source,
    profile: Profile,
    fit: FitSummary | None = None,
    explanation: ModelExplanation | None = None,
    texts: Sequence[TextStudy] = (),
    readings: Sequence[TextReading] = (),
    rows: RowStudy | None = None,
) -> tuple[Fact, ...]:
    """Return the facts, ranked by falling interest; near-duplicates are merged.

    The fourth and further ones about one subject rank lower than on their own. The same table,
    target and seed give the same ids, in the same order.
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
        facts.extend(rank_facts(explanation))
        facts.extend(model_caveats(profile, explanation))
        facts.extend(scale_definitions(explanation))
    if fit is not None and rows is not None:
        facts.extend(_row_facts(fit.task, rows, explanation))
    return ranked(without_repeats(ranked(facts), target))


def _row_facts(task: Task, rows: RowStudy, explanation: ModelExplanation | None) -> Iterator[Fact]:
    yield from comparison_facts(task, rows.comparisons, rows.sampled)
    if explanation is not None:
        yield from reversal_facts(task, rows.comparisons, explanation, rows.sampled)
    yield from slice_facts(task, rows.judged.slices)
    if rows.judged.calibration is not None:
        yield from calibration_facts(task, rows.judged.calibration)


def ranked(facts: Iterable[Fact]) -> tuple[Fact, ...]:
    """Return `facts` by falling interest and then id, without those that repeat another.

    Of facts with one id or one text the first is kept, of facts with one figure for the same rows
    the most telling, and of associations those that say most.
    """
    unique: dict[str, Fact] = {}
    texts: set[str] = set()
    for fact in facts:
        if fact.id not in unique and fact.text not in texts:
            unique[fact.id] = fact
            texts.add(fact.text)
    order = sorted(unique.values(), key=lambda fact: (-fact.interest, fact.id))
    order = list({_figure(fact) or fact.id: fact for fact in reversed(order)}.values())[::-1]
    links = [fact for fact in order if fact.kind == "association"]
    surplus = {fact.id for fact in links[_MOST_ASSOCIATIONS:]}
    return tuple(fact for fact in order if fact.id not in surplus)


def _figure(fact: Fact) -> tuple[object, ...] | None:
    """Return what two facts share that tell one figure of the same rows; None for no figure.

    Shares and groups of rows count whatever column names the rows: of two columns that cut a table
    alike, one is enough. Of other kinds the subject has to be the same.
    """
    if not isinstance(fact.value, float) or fact.n is None or fact.kind not in _MERGED:
        return None
    about = fact.subject[-1:] if fact.kind in ("group", "comparison") else fact.subject[:1]
    return (fact.kind, about, fact.value, fact.n, fact.low, fact.high)


_MERGED = frozenset({"share", "group", "comparison", "missingness"})
