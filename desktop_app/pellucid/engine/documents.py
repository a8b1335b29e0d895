"""Attached documents searched for what they say of a column or a term."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from pellucid.core.run import Run
from pellucid.data.documents import Document, Passage
from pellucid.data.tokens import words_of
from pellucid.facts.documents import passage_fact
from pellucid.facts.types import Fact
from pellucid.writing.questions.lexicon import split_name, stems

_MOST_MENTIONS = 2
_NEAR = 0.35
_NEAR_BY_WORDS = 0.5
_FEWEST_PASSAGES = 2


@dataclass(frozen=True, slots=True)
class Context:
    """The documents that were attached to a table."""

    documents: tuple[Document, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.documents)

    def entry(self, name: str) -> tuple[Passage, str] | None:
        """Return the first entry for a name, with its document's name."""
        return next(iter(self.entries(name)), None)

    def entries(self, name: str) -> list[tuple[Passage, str]]:
        """Return all entries for a name."""
        wanted = stems(split_name(name))
        return [
            (passage, document.name)
            for document in self.documents
            for passage in document.passages
            if passage.key and stems(split_name(passage.key)) == wanted
        ]

    def meaning(self, column: str) -> str:
        """Return what the entry for a column says, empty where there is none."""
        found = self.entry(column)
        return " ".join(found[0].text.split()) if found is not None else ""


def passages_on(term: str, context: Context, run: Run) -> list[Fact]:
    """Return what the documents say of a term: its entries, else passages that name it.

    Where nothing names it, the passage nearest in meaning is told as such, if it is near: by the
    encoder at hand, or by shared words where that is no language model.
    """
    entries = context.entries(term)
    if entries:
        return [passage_fact(term, passage, name) for passage, name in entries[:_MOST_MENTIONS]]
    mentions = _mentions(term, context)
    if mentions:
        return [
            passage_fact(term, passage, name, "mention")
            for passage, name in mentions[:_MOST_MENTIONS]
        ]
    nearest = _nearest(term, context, run)
    return [] if nearest is None else [passage_fact(term, *nearest, "nearest")]


def _mentions(term: str, context: Context) -> list[tuple[Passage, str]]:
    wanted = f" {' '.join(split_name(term))} "
    exact = term.casefold()
    return [
        (passage, document.name)
        for document in context.documents
        for passage in document.passages
        if exact in passage.text.casefold().split()
        or wanted in f" {' '.join(words_of(passage.text))} "
    ]


def _nearest(term: str, context: Context, run: Run) -> tuple[Passage, str] | None:
    from pellucid.engine.corpora import embedded
    from pellucid.explain.corpus.neighbours import nearest_texts

    known = [
        (passage, document.name)
        for document in context.documents
        for passage in document.passages
        if words_of(passage.text)
    ]
    words = " ".join(split_name(term))
    if len(known) < _FEWEST_PASSAGES or not words_of(words):
        return None
    texts = [f"{passage.key} {passage.text}".strip() for passage, _ in known]
    vectors, note = embedded([*texts, words], None, run)
    if not note.is_language_model:
        return _nearest_by_words(words, texts, known)
    found = nearest_texts(np.asarray(vectors[-1]), vectors[:-1], 1)
    return known[found[0].row] if found and found[0].similarity >= _NEAR else None


def _nearest_by_words(
    words: str, texts: Sequence[str], known: Sequence[tuple[Passage, str]]
) -> tuple[Passage, str] | None:
    """Return the passage that holds the largest share of the term's words."""
    wanted = set(stems(words_of(words)))
    shares = [len(wanted & set(stems(words_of(text)))) / len(wanted) for text in texts]
    best = int(np.argmax(shares))
    return known[best] if shares[best] >= _NEAR_BY_WORDS else None
