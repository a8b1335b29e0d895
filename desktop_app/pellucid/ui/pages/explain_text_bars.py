"""The strongest n-grams or pieces of a text as bars, with what they answer. No Qt."""

from __future__ import annotations

from collections.abc import Sequence

from pellucid.core.numbers import count, number, plural, signed
from pellucid.explain.tokens.types import METHOD_NAMES
from pellucid.report.charts import Bar, BarChart, Caption
from pellucid.ui.pages.explain_text_view import Told, piece_sentence, short

MOST_BARS = 12


def strongest_chart(told: Told) -> BarChart:
    """Draw the strongest n-grams, or the strongest pieces where the method knows no n-grams."""
    axis = told.unit.removeprefix("the ")
    if told.ngrams:
        bars = tuple(
            Bar(n.label, n.score, "raises" if n.score > 0 else "lowers",
                note=f"{signed(n.score, 2)} · {count(n.texts)}")
            for n in told.ngrams[:MOST_BARS]
        )  # fmt: skip
        title, about = "Strongest n-grams", "Score in this text · training texts that hold it"
        if told.explanation.way is not None:
            title, about = "Keywords met", "What the answer adds · training texts that went so"
    else:
        found = sorted(told.pieces, key=lambda p: -abs(p.score))[:MOST_BARS]
        bars = tuple(
            Bar(short(p.text, 28), p.score, "raises" if p.score > 0 else "lowers",
                note=signed(p.score, 2))
            for p in found if p.score
        )  # fmt: skip
        title, about = "Strongest pieces", f"By {METHOD_NAMES[told.explanation.method]}"
    alt = "; ".join(f"{bar.label} {bar.note}" for bar in bars)
    return BarChart(Caption(title, about, alt), axis, bars)


def bar_sentences(told: Told) -> tuple[str, ...]:
    """Return what the bars of `strongest_chart` answer."""
    if told.ngrams:
        return tuple(
            f"“{n.ngram}” {'raises' if n.score > 0 else 'lowers'} {told.unit} by "
            f"{number(abs(n.score))}"
            + (f", {len(n.spans)} times together" if len(n.spans) > 1 else "")
            + f". {_texts_words(n.texts, is_way=told.explanation.way is not None)}"
            for n in told.ngrams[:MOST_BARS]
        )
    found = sorted(told.pieces, key=lambda p: -abs(p.score))[:MOST_BARS]
    return tuple(piece_sentence(piece, told) for piece in found if piece.score)


def _texts_words(texts: int, *, is_way: bool) -> str:
    held = plural(texts, "training text")
    return f"{held} went the same way." if is_way else f"It is in {held}."


def linked_marks(told: Told, at: int) -> tuple[int, ...]:
    """Return which pieces the bar at a position of `strongest_chart` is about."""
    if told.ngrams:
        spans: Sequence[tuple[int, int]] = told.ngrams[at].spans
    else:
        found = sorted(told.pieces, key=lambda p: -abs(p.score))[at]
        spans = ((found.start, found.end),)
    return tuple(
        i
        for i, piece in enumerate(told.pieces)
        if any(start < piece.end and piece.start < end for start, end in spans)
    )
