"""Why one class and not another, and two explanations side by side."""

from __future__ import annotations

import difflib
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from pellucid.explain.tokens.sanity import rank_agreement
from pellucid.explain.tokens.scorer import Floats
from pellucid.explain.tokens.scorers import ContrastScorer
from pellucid.explain.tokens.segments import Segment, merge
from pellucid.explain.tokens.types import TokenExplanation, TokenScore

_LONG = 5_000
"""Past so many tokens, frequent ones do not count as landmarks when two texts are aligned."""


@dataclass(frozen=True, slots=True)
class AlignedToken:
    """A token of the first explanation beside the second's; None where one has no such token.

    `difference` is first minus second, one entry an output, a missing token counting as 0.
    """

    first: TokenScore | None
    second: TokenScore | None
    difference: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class SideBySide:
    """Two explanations aligned, in the order of the texts.

    With `is_scaled`, every score was divided by the sum of the sizes of its explanation's scores
    for that output, because two methods do not measure in one unit. `agreement` is the rank
    correlation of the sizes of the explained output's scores over tokens that both have, NaN with
    fewer than three.
    """

    tokens: tuple[AlignedToken, ...]
    is_scaled: bool
    agreement: float


def contrast(scores: Floats, a: int, b: int) -> Floats:
    """Return what speaks for class `a` and against class `b`: (..., outputs) to (...).

    With one output a class, the difference of the two margins. With one output for two
    classes, class 1 has the margin and class 0 its negative: the log-odds of one against the
    other are the margin itself, with the sign that speaks for `a`. Holds for scores, base and total
    alike. Raises `ValueError` where `a` is `b` or either is not a class.
    """
    outputs = scores.shape[-1]
    classes = max(2, outputs)
    if a == b or not (0 <= a < classes and 0 <= b < classes):
        raise ValueError(f"no contrast of class {a} with class {b} of {classes}")
    if outputs == 1:
        return np.asarray(scores[..., 0] if a == 1 else -scores[..., 0])
    return np.asarray(scores[..., a] - scores[..., b])


def contrasted(told: TokenExplanation, sides: ContrastScorer) -> TokenExplanation:
    """Tell what speaks for one class and against the other, in the place of the explained output.

    All is linear in the margins, so scores of the difference are differences of scores.
    """

    def changed(score: tuple[float, ...]) -> tuple[float, ...]:
        values = np.array(score)
        values[told.output] = contrast(np.array(score), *places)
        return tuple(float(value) for value in values)

    places = (sides.a, sides.b)
    if len(told.outputs) == 1:  # the margin speaks for `outputs`, which may be the first class
        places = (1, 0) if sides.outputs == told.outputs else (0, 1)
    tokens = tuple(replace(token, score=changed(token.score)) for token in told.tokens)
    intercept, total = changed(told.intercept), changed(told.total)
    place = told.output
    gap = told.gap
    if gap is not None:
        gap = total[place] - intercept[place] - sum(token.score[place] for token in tokens)
    way = told.way
    if way is not None:
        steps = tuple(replace(step, score=changed(step.score)) for step in way.steps)
        way = replace(way, score=changed(way.score), start=changed(way.start), steps=steps)
    return replace(
        told, tokens=tokens, intercept=intercept, total=total, gap=gap,
        contrast=sides.classes[0], way=way,
        ngrams=tuple(replace(item, score=changed(item.score)) for item in told.ngrams),
    )  # fmt: skip


def side_by_side(first: TokenExplanation, second: TokenExplanation) -> SideBySide:
    """Align two explanations of one text, or of two texts by the tokens that they share.

    For one text, the finer pieces are added up over the coarser ones. Of two texts, runs of tokens
    that differ stand alone. Raises `ValueError` for explanations of different outputs.
    """
    if first.outputs != second.outputs:
        raise ValueError("the explanations are of different outputs")
    is_scaled = first.method != second.method
    left, right = first.tokens, second.tokens
    if is_scaled:
        left, right = _scaled(left), _scaled(right)
    outputs = len(first.outputs)
    pairs = (_same_text if first.text == second.text else _two_texts)(left, right)
    both = np.array(
        [(a.score[first.output], b.score[second.output]) for a, b in pairs if a and b]
    ).reshape(-1, 2)
    aligned = tuple(AlignedToken(a, b, _difference(a, b, outputs)) for a, b in pairs)
    return SideBySide(aligned, is_scaled, rank_agreement(both[:, 0], both[:, 1]))


Pairs = list[tuple[TokenScore | None, TokenScore | None]]


def _same_text(left: Sequence[TokenScore], right: Sequence[TokenScore]) -> Pairs:
    if [(t.start, t.end) for t in left] != [(t.start, t.end) for t in right]:
        if len(left) <= len(right):
            right = merge(right, _segments(left))
        else:
            left = merge(left, _segments(right))
    if len(left) == len(right):
        return list(zip(left, right, strict=True))
    return [*((token, None) for token in left), *((None, token) for token in right)]


def _two_texts(left: Sequence[TokenScore], right: Sequence[TokenScore]) -> Pairs:
    is_long = max(len(left), len(right)) > _LONG
    matcher = difflib.SequenceMatcher(
        None, [_normal(t) for t in left], [_normal(t) for t in right], autojunk=is_long
    )
    pairs: Pairs = []
    for tag, start, end, start_right, end_right in matcher.get_opcodes():
        if tag == "equal":
            pairs += zip(left[start:end], right[start_right:end_right], strict=True)
        else:
            pairs += [(token, None) for token in left[start:end]]
            pairs += [(None, token) for token in right[start_right:end_right]]
    return pairs


def _difference(a: TokenScore | None, b: TokenScore | None, outputs: int) -> tuple[float, ...]:
    nothing = (0.0,) * outputs
    pairs = zip(a.score if a else nothing, b.score if b else nothing, strict=True)
    return tuple(first - second for first, second in pairs)


def _scaled(tokens: Sequence[TokenScore]) -> tuple[TokenScore, ...]:
    sizes = np.abs(np.array([token.score for token in tokens])).sum(axis=0)
    return tuple(
        TokenScore(
            token.text,
            token.start,
            token.end,
            tuple(
                s / float(size) if size else 0.0 for s, size in zip(token.score, sizes, strict=True)
            ),
        )
        for token in tokens
    )


def _segments(tokens: Sequence[TokenScore]) -> tuple[Segment, ...]:
    return tuple(Segment(token.text, token.start, token.end) for token in tokens)


def _normal(token: TokenScore) -> str:
    return unicodedata.normalize("NFKC", token.text).casefold()
