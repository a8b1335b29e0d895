"""What made a model say a claim, as the inspector shows it: values and sentences. No Qt."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pellucid.ui.pages.words_view import ClaimView
from pellucid.writing.providers.addresses import is_url
from pellucid.writing.source_words import (
    LIMITS,
    ONLY_FOLDERS,
    TITLES,
    coverage_sentence,
    fact_note,
    figures,
    times,
    verdict_sentence,
)
from pellucid.writing.sources import FactSource, Sources, Verdict
from pellucid.writing.types import WRITER, Words

FLAG = "Leaned on a fact that it does not cite"
_ICONS: Mapping[Verdict, tuple[str, str]] = {
    "agrees": ("check", "good"),
    "disagrees": ("warning", "warning"),
    "spread": ("info", "muted"),
    "habit": ("info", "muted"),
    "unread": ("info", "muted"),
}
_MOST_ROWS = 4
"""Facts that are shown before all are asked for, besides those that are cited."""


@dataclass(frozen=True, slots=True)
class SourceRow:
    """A fact of the prompt: its number on the page or "", and what leaving it out does.

    `share` is its drop as a share of the largest, 0 to 1; None where nothing is known of it alone.
    """

    number: str
    about: str
    text: str
    note: str
    share: float | None
    is_cited: bool
    said: str


@dataclass(frozen=True, slots=True)
class SourcesView:
    """What is shown: the verdict with its sign, facts as rows with bars, the figures, the limits.

    `first` of the rows are shown at once; `mark` is where on the bars a fact begins to count.
    """

    icon: str
    tone: str
    title: str
    sentence: str
    rows: tuple[SourceRow, ...]
    first: tuple[SourceRow, ...]
    mark: float
    figures: tuple[tuple[str, str], ...]
    notes: tuple[str, ...]


def refusal(words: Words, claim: ClaimView) -> str | None:
    """Say why it cannot be found what a claim came from; "" where it can.

    None where there is nothing to say: no language model was asked.
    """
    if words.writer == WRITER:
        return None
    if is_url(words.writer):
        return ONLY_FOLDERS
    if claim.written is None:
        return (
            "The model did not write this sentence: it is a fact’s own, in place of one that did "
            "not hold or that was not written."
        )
    return ""


def sources_view(found: Sources, numbers: Mapping[str, int]) -> SourcesView:
    """Lay out what was found; `numbers` are those of the page's marks, by fact."""
    largest = max((f.drop for f in found.facts if f.method == "alone"), default=0.0)
    top = max(largest, found.threshold)
    rows = tuple(_row(found, one, numbers, top) for one in found.facts)
    icon, tone = _ICONS[found.verdict]
    first = tuple(row for at, row in enumerate(rows) if at < _MOST_ROWS or row.is_cited)
    return SourcesView(
        icon, tone, TITLES[found.verdict], verdict_sentence(found, numbers), rows, first,
        found.threshold / top, figures(found), (coverage_sentence(found), LIMITS),
    )  # fmt: skip


def _row(found: Sources, one: FactSource, numbers: Mapping[str, int], largest: float) -> SourceRow:
    mark = numbers.get(one.fact)
    about = "Cited" if one.is_declared else "Not cited here" if mark else "Not cited"
    share = min(1.0, max(0.0, one.drop / largest)) if one.method == "alone" else None
    said = f"{about}. {one.text} {_without(found, one)}"
    return SourceRow(
        str(mark) if mark else "", about, one.text, fact_note(one), share, one.is_declared, said
    )


def _without(found: Sources, one: FactSource) -> str:
    if one.method == "unread":
        return "The model never read this fact."
    what = "this fact" if one.method == "alone" else "this fact and those around it"
    nats = f"{one.drop:.2f} nats, {found.per_token(one.drop):.2f} a token".replace("-", "−")
    return f"Without {what} the sentence would be {times(one.drop)} ({nats})."
