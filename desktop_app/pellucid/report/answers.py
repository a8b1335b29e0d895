"""Questions with their answers as one document: how each was taken, its claims, its charts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from pellucid.core.numbers import listing, plural
from pellucid.data.types import Profile, Source
from pellucid.report.document import Block, ChartBlock, Heading, Note, Paragraph, Report
from pellucid.report.figures import group_charts
from pellucid.report.provenance import provenance_of
from pellucid.report.shelf import ChartShelf
from pellucid.writing.questions.types import Answer
from pellucid.writing.types import Sent

_COLUMN = "chart:column:"
_ASSOCIATIONS = "chart:associations"


def answers_report(answers: Sequence[Answer], source: Source, profile: Profile) -> Report:
    """Set up the document of one answer or more, in the order in which they were asked."""
    shelf = ChartShelf(profile, None, None)
    blocks = [b for place, found in enumerate(answers, 1) for b in _blocks(found, place, shelf)]
    words = answers[-1].words
    sent = sum(found.words.sent.bytes for found in answers)
    host = next((f.words.sent.destination for f in answers if f.words.sent.destination), "")
    about = (source.path.name, plural(profile.rows, "row"), plural(len(profile.columns), "column"))
    return Report(
        title=f"Questions about {source.path.name}" if len(answers) > 1 else words.title,
        subtitle=" · ".join(about),
        blocks=tuple(blocks),
        facts={name: fact for found in answers for name, fact in found.words.facts.items()},
        provenance=provenance_of(source, profile, replace(words, sent=Sent(sent, host)), None),
    )


def _blocks(found: Answer, place: int, shelf: ChartShelf) -> Iterator[Block]:
    plan, key = found.plan, f"question:{place}"
    yield Heading(key, plan.question or "A plan")
    if plan.refusal:
        yield Paragraph(f"{key}:refusal", plan.refusal)
        yield Note(f"{key}:instead", f"What can be asked: {listing(list(plan.instead), 8)}")
        return
    scope = f" {plural(found.rows, 'row')} took part." if found.rows is not None else ""
    yield Note(f"{key}:plan", f"Taken to ask: {'; '.join(found.steps)}.{scope}")
    for number, note in enumerate(plan.notes, 1):
        yield Note(f"{key}:note:{number}", note)
    for number, claim in enumerate(found.words.claims, 1):
        yield Paragraph(f"{key}:claim:{number}", claim.text, claim.facts)
        facts = [found.words.facts[name] for name in claim.facts]
        for chart in group_charts(facts):
            yield ChartBlock(f"{key}:chart:{number}", chart)
    for number, claim in enumerate(found.words.interpretation, 1):
        yield Note(f"{key}:interpretation:{number}", f"Interpretation, not checked: {claim.text}")
    if found.rows is None:
        for name in found.charts:
            yield from _of_all_rows(name, shelf)


def _of_all_rows(name: str, shelf: ChartShelf) -> Iterator[Block]:
    """Yield a chart of the whole table, which shows what an answer about all of it says."""
    if name.startswith(_COLUMN):
        yield from shelf.column(name.removeprefix(_COLUMN))
    elif name == _ASSOCIATIONS:
        yield from shelf.associations()
