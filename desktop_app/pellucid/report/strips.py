"""Texts of a model with the scores of their tokens, as blocks of a report."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pellucid.core.numbers import listing, number, percent, plural, signed
from pellucid.explain.tokens.types import METHOD_NAMES, Faithfulness, TokenExplanation
from pellucid.models.types import Task
from pellucid.report.document import Block, Heading, Piece, TokenStrip

MOST_CHARACTERS = 900
_MOST_STRONG = 6
_CUT = "…"
_EXACT = 1e-6


@dataclass(frozen=True, slots=True)
class TextExample:
    """A test row whose text is shown: its `role` ("Surely right"), number from 1 and true value."""

    role: str
    row: int
    column: str
    actual: str
    told: TokenExplanation


def example_blocks(examples: Sequence[TextExample], task: Task) -> Iterator[Block]:
    """Yield a section with every example as a strip."""
    if not examples:
        return
    yield Heading("section:examples", "Texts it had not seen, word by word")
    for place, example in enumerate(examples, start=1):
        yield token_strip(example, task, f"strip:{place}")


def token_strip(example: TextExample, task: Task, key: str) -> TokenStrip:
    """Set up one text: its pieces, what they speak for, and all of it in words."""
    told = example.told
    raises, lowers = _sides(told, task)
    pieces, is_cut = _cut(_pieces(told), MOST_CHARACTERS)
    scored = [piece for piece in pieces if piece.score]
    strongest = sorted(scored, key=lambda piece: -abs(piece.score or 0.0))[:_MOST_STRONG]
    title = f"{example.role}: {_predicted(told)}; {task.target} is {example.actual}"
    caption = _caption(example, _scale(told, task), is_cut)
    named = listing([f"{p.text} {signed(p.score or 0.0, 2)}" for p in strongest], _MOST_STRONG)
    whole = " ".join("".join(piece.text for piece in pieces).split())
    return TokenStrip(
        key=key,
        text=f"{title}. “{whole}” Strongest: {named or 'no word that counts'}. {caption}",
        title=title,
        caption=caption,
        pieces=pieces,
        strongest=tuple(Piece(piece.text, piece.score) for piece in strongest),
        raises=raises,
        lowers=lowers,
        largest=max((abs(piece.score or 0.0) for piece in pieces), default=1.0) or 1.0,
        is_cut=is_cut,
    )


def _sides(told: TokenExplanation, task: Task) -> tuple[str, str]:
    if not task.classes:
        return f"for a higher {task.target}", f"for a lower {task.target}"
    name = told.outputs[told.output]
    others = [label for label in task.classes if label != name]
    return f"for {name}", f"for {others[0]}" if len(others) == 1 else f"against {name}"


def _scale(told: TokenExplanation, task: Task) -> str:
    if not task.classes:
        return f"Score of {task.target}"
    kind = "Log-odds" if len(told.outputs) == 1 else "Relative log-odds"
    return f"{kind} of {told.outputs[told.output]}"


def _predicted(told: TokenExplanation) -> str:
    if told.value is not None:
        return f"predicted {number(told.value)}"
    chance = (told.probabilities or {}).get(told.label or "", float("nan"))
    return f"predicted {told.label} at {percent(chance)}"


def _caption(example: TextExample, scale: str, is_cut: bool) -> str:
    told = example.told
    parts = [f"Row {example.row:,}, {example.column}."]
    base, total = told.intercept[told.output], told.total[told.output]
    if told.gap is not None and abs(told.gap) < _EXACT:
        parts.append(
            f"{scale}: {signed(base)} without the words, {signed(total - base)} from them, "
            f"{signed(total)} in all."
        )
    else:
        parts.append(f"Scores by {METHOD_NAMES[told.method]}; they need not sum to the prediction.")
    if told.faithfulness is not None:
        parts.append(_faithful(told.faithfulness, bool(told.probabilities)))
    if told.unseen:
        verb = "has" if told.unseen == 1 else "have"
        parts.append(f"{plural(told.unseen, 'n-gram')} of it {verb} no score.")
    if is_cut:
        parts.append("Only a part of the text is shown.")
    return " ".join(parts)


def _faithful(found: Faithfulness, is_chance: bool) -> str:
    """Say what taking out the strongest words does, beside taking out random ones."""
    factor, unit = (100.0, " points") if is_chance else (1.0, " standard deviations")
    fall = number(factor * found.comprehensiveness, 2)
    chance = number(factor * found.random_high, 2)
    what = "the probability" if is_chance else "the prediction"
    verdict = "" if found.beats_random else ", so the ranking is no better than chance here"
    return (
        f"Taking out its strongest words moves {what} by {fall}{unit}; 97.5% of random choices "
        f"move it by less than {chance}{verdict}."
    )


def _pieces(told: TokenExplanation) -> list[Piece]:
    """Return the tokens with their scores, and what stands between them."""
    pieces: list[Piece] = []
    end = 0
    for token in told.tokens:
        if token.start > end:
            pieces.append(Piece(told.text[end : token.start]))
        pieces.append(Piece(told.text[token.start : token.end], token.score[told.output]))
        end = token.end
    if end < len(told.text):
        pieces.append(Piece(told.text[end:]))
    return pieces


def _cut(pieces: list[Piece], most: int) -> tuple[tuple[Piece, ...], bool]:
    """Keep the stretch of at most `most` characters whose scores weigh most."""
    if sum(len(piece.text) for piece in pieces) <= most:
        return tuple(pieces), False
    best, weight = (0, 1), -1.0
    start, size, held = 0, 0, 0.0
    for end, piece in enumerate(pieces, start=1):
        size += len(piece.text)
        held += abs(piece.score or 0.0)
        while size > most and start < end - 1:
            size -= len(pieces[start].text)
            held -= abs(pieces[start].score or 0.0)
            start += 1
        if held > weight:
            best, weight = (start, end), held
    before = (Piece(f"{_CUT} "),) if best[0] else ()
    after = (Piece(f" {_CUT}"),) if best[1] < len(pieces) else ()
    return (*before, *pieces[best[0] : best[1]], *after), True
