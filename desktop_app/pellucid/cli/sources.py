"""What made a model write each claim, beside what the claim cites."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pellucid.cli.console import Console
from pellucid.cli.documents import Document
from pellucid.core.numbers import count, listing, plural
from pellucid.writing.source_words import TITLES, coverage_sentence, times, verdict_sentence
from pellucid.writing.sources import Sources, Untraced

_UNTRACED = "Not traced in time"


def sources_lines(found: Sources | Untraced | None) -> tuple[str, ...]:
    """Return the lines under a claim; none where no model wrote it word by word."""
    if isinstance(found, Untraced):
        return (f"{_UNTRACED}.",)
    return tuple(_lines(found)) if found is not None else ()


def tell_untraced(
    found: Sequence[Sources | Untraced | None], all_s: float, console: Console
) -> None:
    """Say how many sentences were not traced, where there are any, and what to do."""
    missed = sum(isinstance(one, Untraced) for one in found)
    if missed:
        written = sum(one is not None for one in found)
        console.paragraph(
            f"Of {plural(written, 'sentence')} that the model wrote, {count(missed)} could not be "
            f"traced to facts in time: it may take {plural(round(all_s), 'second')} in all, for "
            "writing and for this. Allow it more with --most-seconds."
        )


def _lines(found: Sources) -> Iterator[str]:
    sign = "!! " if found.verdict == "disagrees" else ""
    yield f"{sign}{TITLES[found.verdict]}. {verdict_sentence(found)}"
    cited = [f"{f.fact} ({times(f.drop)} without)" for f in found.facts if f.is_declared]
    leaned = [f"{f.fact} ({times(f.drop)} without)" for f in found.leaned_on]
    yield f"Cites: {listing(cited)}" if cited else "Cites no fact of its prompt"
    yield f"Leaned on: {listing(leaned)}" if leaned else "Leaned on no single fact"
    yield coverage_sentence(found)


def with_sources(document: Document, found: Sequence[Sources | Untraced | None]) -> Document:
    """Return the document of words with a key `sources` in each claim and interpretation."""
    said = iter(found)
    told = {
        name: [{**claim, "sources": _document(next(said))} for claim in document[name]]
        for name in ("claims", "interpretation")
    }
    return {**document, **told}


def _document(found: Sources | Untraced | None) -> Document | None:
    if found is None:
        return None
    if isinstance(found, Untraced):
        return {"verdict": "untraced", "written": found.sentence, "why": _UNTRACED}
    return {
        "verdict": found.verdict,
        "written": found.sentence,
        "nats": found.nats,
        "tokens": found.tokens,
        "threshold": found.threshold,
        "without_cited": found.declared,
        "without_any": found.everything,
        "facts": [
            {
                "id": one.fact,
                "text": one.text,
                "declared": one.is_declared,
                "rank": one.rank,
                "method": one.method,
                "drop": one.drop,
                "drop_per_token": found.per_token(one.drop),
            }
            for one in found.facts
        ],
    }
