"""Results and words to one document: what stands in it, in which order, under which keys."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence

from pellucid.core.numbers import listing, plural
from pellucid.data.alike import grouped
from pellucid.data.types import Alert, Profile, Source
from pellucid.explain.group_types import Calibration
from pellucid.explain.types import ModelExplanation
from pellucid.facts.corpora import TextStudy
from pellucid.facts.fits import headline_metric, why_text
from pellucid.facts.types import Fact, FactKind
from pellucid.models.types import FitSummary, by_reason
from pellucid.report.document import Block, Heading, Note, Paragraph, Report
from pellucid.report.provenance import provenance_of
from pellucid.report.shelf import ChartShelf, term_key
from pellucid.report.strips import TextExample, example_blocks
from pellucid.report.tables import column_table, metric_table, term_table, tie_table
from pellucid.writing.types import Claim, Words

MOST_NOTES = 12
LEAST_TERM_CHARTS = 4
_MOST_SHORT = 5
_SHORT: tuple[tuple[frozenset[FactKind], int], ...] = (
    (frozenset({"metric"}), 1),
    (frozenset({"turning_point", "jump", "monotone", "group_difference", "effect_at", "ngram"}), 2),
    (frozenset({"trend", "comparison"}), 1),
    (frozenset({"baseline"}), 1),
    (frozenset({"duplicates"}), 1),
    (frozenset({"distinctive"}), 1),
    (frozenset({"text"}), 1),
    (frozenset({"missingness", "distribution"}), 2),
    (frozenset({"association"}), 2),
)
"""What the summary is made of, in its order: kinds of facts, and how many of them at most."""


def build_report(
    source: Source,
    profile: Profile,
    words: Words,
    summary: FitSummary | None = None,
    explanation: ModelExplanation | None = None,
    *,
    texts: tuple[TextStudy, ...] = (),
    examples: tuple[TextExample, ...] = (),
    calibration: Calibration | None = None,
    hidden: frozenset[str] = frozenset(),
) -> Report:
    """Set up the document; `hidden` are the keys of blocks to leave out.

    A hidden heading takes its whole section with it. Keys follow from what a block shows
    ("claim:…", "chart:term:Age", "section:columns"), so that a switch stays put when a report is
    made again.
    """
    shelf = ChartShelf(profile, summary, explanation, texts, calibration)
    blocks = _visible(list(_blocks(words, shelf, examples)), hidden)
    cited = dict.fromkeys(
        name for block in blocks if isinstance(block, Paragraph) for name in block.facts
    )
    about = [source.path.name, plural(profile.rows, "row"), plural(len(profile.columns), "column")]
    if summary is not None:
        about.append(f"target {summary.task.target}")
    return Report(
        title=words.title,
        subtitle=" · ".join(about),
        blocks=tuple(blocks),
        facts={name: words.facts[name] for name in cited if name in words.facts},
        provenance=provenance_of(source, profile, words, summary, texts),
    )


def _visible(blocks: list[Block], hidden: frozenset[str]) -> list[Block]:
    """Drop hidden blocks, hidden sections, and headings that are left with nothing under them."""
    kept: list[Block] = []
    for section in _sections(blocks):
        head, *rest = section
        if head.key in hidden:
            continue
        shown = [block for block in rest if block.key not in hidden]
        if shown or not isinstance(head, Heading):
            kept.extend([head, *shown])
    return kept


def _sections(blocks: list[Block]) -> Iterator[list[Block]]:
    section: list[Block] = []
    for block in blocks:
        if isinstance(block, Heading) and section:
            yield section
            section = []
        section.append(block)
    if section:
        yield section


def _blocks(words: Words, shelf: ChartShelf, examples: tuple[TextExample, ...]) -> Iterator[Block]:
    profile, summary, explanation = shelf.profile, shelf.summary, shelf.explanation
    yield from _in_short(words, summary)
    yield from _told(words, shelf, summary)
    if summary is not None:
        yield from example_blocks(examples, summary.task)
    if explanation is not None:
        yield from _other_terms(explanation, shelf)
    if summary is not None:
        yield from _scores(summary, explanation, shelf)
    yield Heading("section:columns", "The columns")
    yield column_table(profile, shelf.texts)
    ties = tie_table(profile)
    if ties is not None:
        yield Heading("section:associations", "Which columns go together")
        yield from shelf.associations()
        yield ties
    yield from _notes(profile, words, summary)


def _in_short(words: Words, summary: FitSummary | None) -> Iterator[Block]:
    """Put the most telling facts up front, in their own words: each about something else."""
    metric = headline_metric(summary) if summary is not None else ""
    facts = sorted(words.facts.values(), key=lambda fact: (-fact.interest, fact.id))
    facts = [fact for fact in facts if fact.kind != "metric" or fact.origin.part == metric]
    chosen: list[Fact] = []
    for kinds, most in _SHORT:
        told = {_place(fact) for fact in chosen}
        for fact in facts:
            if most and fact.kind in kinds and _place(fact) not in told:
                chosen.append(fact)
                told.add(_place(fact))
                most -= 1
    if len(chosen) > 1:
        yield Heading("section:short", "In short")
        for fact in chosen[:_MOST_SHORT]:
            yield Paragraph(f"short:{fact.id}", fact.text, (fact.id,))


def _place(fact: Fact) -> tuple[str, str]:
    """Return what a fact is about; of texts, each kind of fact is about something else."""
    origin = fact.origin
    return (fact.kind if origin.result == "corpus" else origin.result), origin.part


def _by_section(claims: Sequence[Claim]) -> Iterator[tuple[str, list[Claim]]]:
    for section, group in itertools.groupby(claims, key=lambda claim: claim.section):
        yield section, list(group)


def _told(words: Words, shelf: ChartShelf, summary: FitSummary | None) -> Iterator[Block]:
    """Yield the claims under their headings, each followed by the charts it rests on."""
    used: dict[str, int] = {}
    for place, (section, claims) in enumerate(_by_section(words.claims)):
        yield Heading(f"section:words:{_slug(section)}", section)
        for claim in claims:
            key = f"claim:{claim.facts[0] if claim.facts else _slug(claim.text[:40])}"
            used[key] = used.get(key, 0) + 1
            key = key if used[key] == 1 else f"{key}:{used[key]}"
            yield Paragraph(key, claim.text, claim.facts)
            yield from shelf.beside(words.facts[n] for n in claim.facts if n in words.facts)
        if place == 0 and summary is not None:
            yield from shelf.column(summary.task.target)


def _slug(text: str) -> str:
    return re.sub(r"\W+", "-", text.lower()).strip("-")


def _other_terms(explanation: ModelExplanation, shelf: ChartShelf) -> Iterator[Block]:
    """Draw the terms that no claim was about, the strongest first, and count the rest."""
    yield Heading("section:terms", "The other terms")
    for term in explanation.terms:
        if term_key(term) not in shelf.drawn and (term.evidence is None or term.matters):
            yield from shelf.term(term)
    yield from _strongest_of_the_rest(explanation, shelf)
    left = [t for t in explanation.terms if term_key(t) not in shelf.drawn]
    idle = [t.name for t in left if t.evidence is not None and not t.matters]
    weak = [t.name for t in left if t.name not in set(idle)]
    if weak:
        is_one = len(weak) == 1
        yield Note(
            "note:terms:weak",
            f"{plural(len(weak), 'weaker term')} {'is' if is_one else 'are'} listed below but not "
            f"drawn: {listing(weak, 8)}.",
        )
    if idle:
        is_one = len(idle) == 1
        yield Note(
            "note:terms:idle",
            f"{plural(len(idle), 'term')} {'makes' if is_one else 'make'} no measurable difference "
            f"on held-out rows and {'is' if is_one else 'are'} not drawn: {listing(idle, 8)}.",
        )


def _strongest_of_the_rest(explanation: ModelExplanation, shelf: ChartShelf) -> Iterator[Block]:
    """Fill up to a few charts where hardly any term matters alone, as among close columns."""
    wanted = LEAST_TERM_CHARTS - sum(term_key(term) in shelf.drawn for term in explanation.terms)
    rest = [t for t in explanation.terms if term_key(t) not in shelf.drawn and t.importance > 0]
    if wanted <= 0 or not rest:
        return
    yield Note(
        "note:terms:rest",
        "Taken out one at a time, the terms that follow make no measurable difference; columns "
        "that say much the same can stand in for each other. They are drawn because the model "
        "moves its predictions most by them.",
    )
    for term in rest[:wanted]:
        yield from shelf.term(term)


def _scores(
    summary: FitSummary, explanation: ModelExplanation | None, shelf: ChartShelf
) -> Iterator[Block]:
    yield Heading("section:scores", "The model in figures")
    yield from shelf.leaderboard()
    if summary.test.metrics:
        yield metric_table(summary)
    if explanation is not None and explanation.terms:
        yield term_table(explanation)


def _notes(profile: Profile, words: Words, summary: FitSummary | None) -> Iterator[Block]:
    """Yield what to keep in mind and no claim has said: warnings first, then alerts."""
    said = {fact.text.rstrip(".") for fact in words.facts.values()}
    told = {
        name
        for fact in words.facts.values()
        if fact.origin.result == "profile"
        for name in fact.subject
    }
    warnings = summary.warnings if summary is not None else ()
    found: list[Note] = []
    for tone, alerts in (("warning", warnings), ("info", profile.alerts)):
        unsaid = [
            alert for alert in dict.fromkeys(alerts)
            if alert.message.rstrip(".") not in said
            and not (tone == "info" and alert.columns and told.issuperset(alert.columns))
        ]  # fmt: skip
        found += [
            Note(_note_key(alert), _sentence(alert.message), tone) for alert in grouped(unsaid)
        ]
    left_out = summary.left_out if summary is not None else ()
    if not found and not left_out:
        return
    yield Heading("section:notes", "Notes")
    for why, names in by_reason(left_out).items():
        each = why_text(why) if len(names) == 1 else why_text(why).replace("it ", "each ", 1)
        text = _sentence(f"Left out of the model: {listing(names, 8)}, because {each}")
        yield Note(f"note:left-out:{_slug(why)}", text)
    yield from found[:MOST_NOTES]
    if len(found) > MOST_NOTES:
        more = plural(len(found) - MOST_NOTES, "further note")
        yield Note("note:more", f"{more} on single columns are left out here.")


def _note_key(alert: Alert) -> str:
    return f"note:{alert.kind}:{_slug(' '.join(alert.columns))}"


def _sentence(text: str) -> str:
    return text if text.endswith((".", "!", "?")) else f"{text}."
