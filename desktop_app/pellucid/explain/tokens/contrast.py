"""Why one class and not another, and whether two explanations agree."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from pellucid.explain.tokens.sanity import rank_agreement
from pellucid.explain.tokens.scorer import Floats
from pellucid.explain.tokens.scorers import ContrastScorer
from pellucid.explain.tokens.segments import Segment, merge
from pellucid.explain.tokens.types import TokenExplanation, TokenScore


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


def agreement(first: TokenExplanation, second: TokenExplanation) -> float:
    """Return how alike two explanations of one text rank its pieces by the sizes of their scores.

    It is the rank correlation for the explained output, NaN with fewer than three pieces; the finer
    pieces are added up over the coarser ones. Raises `ValueError` for explanations of different
    outputs or texts.
    """
    if (first.outputs, first.text) != (second.outputs, second.text):
        raise ValueError("the explanations are of different outputs or texts")
    left, right = first.tokens, second.tokens
    if len(left) <= len(right):
        right = merge(right, _segments(left))
    else:
        left = merge(left, _segments(right))
    if len(left) != len(right):
        return float("nan")
    sizes = [np.array([t.score[first.output] for t in tokens]) for tokens in (left, right)]
    return rank_agreement(sizes[0], sizes[1])


def _segments(tokens: Sequence[TokenScore]) -> tuple[Segment, ...]:
    return tuple(Segment(token.text, token.start, token.end) for token in tokens)
