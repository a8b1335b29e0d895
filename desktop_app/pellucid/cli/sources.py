"""What made a model write each claim, beside what the claim cites."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pellucid.cli.documents import Document
from pellucid.core.numbers import listing
from pellucid.writing.source_words import TITLES, coverage_sentence, times, verdict_sentence
from pellucid.writing.sources import Sources


def sources_lines(found: Sources | None) -> tuple[str, ...]:
    """Return the lines under a claim; none where no model wrote it word by word."""
    return tuple(_lines(found)) if found is not None else ()


def _lines(found: Sources) -> Iterator[str]:
    sign = "!! " if found.verdict == "disagrees" else ""
    yield f"{sign}{TITLES[found.verdict]}. {verdict_sentence(found)}"
    cited = [f"{f.fact} ({times(f.drop)} without)" for f in found.facts if f.is_declared]
    leaned = [f"{f.fact} ({times(f.drop)} without)" for f in found.leaned_on]
    yield f"Cites: {listing(cited)}" if cited else "Cites no fact of its prompt"
    yield f"Leaned on: {listing(leaned)}" if leaned else "Leaned on no single fact"
    yield coverage_sentence(found)


def with_sources(document: Document, found: Sequence[Sources | None]) -> Document:
    """Return the document of words with a key `sources` in each claim and interpretation."""
    said = iter(found)
    told = {
        name: [{**claim, "sources": _document(next(said))} for claim in document[name]]
        for name in ("claims", "interpretation")
    }
    return {**document, **told}


def _document(found: Sources | None) -> Document | None:
    if found is None:
        return None
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
