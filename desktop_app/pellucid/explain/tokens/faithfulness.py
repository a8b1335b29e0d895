"""Whether a ranking of tokens agrees with what the model does: on one text, and over many."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pellucid.core.run import Run
from pellucid.explain.tokens.coalitions import Known, Masks, groups_of, margins_of, scored, spans_of
from pellucid.explain.tokens.orders import MOST_ORDERED, normalised_aopc, ranking
from pellucid.explain.tokens.scorer import Floats, TextScorer
from pellucid.explain.tokens.segments import Segment
from pellucid.explain.tokens.types import Faithfulness, TokenExplanation

SHARES = (0.05, 0.1, 0.2, 0.5)
"""Shares of the tokens that are taken out, or kept."""
RANDOM_RANKINGS = 20
_MOST_SPANS = 1_000
_TAGS = {"ties": 41, "random": 42}


@dataclass(frozen=True, slots=True)
class Ranking:
    """How a method scores the pieces of a text for one output: `scores` (segments,)."""

    segments: tuple[Segment, ...]
    scores: Floats
    output: int


@dataclass(frozen=True, slots=True)
class Scale:
    """What a regression's change is measured by: the target's standard deviation and average.

    Without `average`, the value of the empty text stands for it.
    """

    deviation: float = 1.0
    average: float | None = None


@dataclass(frozen=True, slots=True)
class _Judge:
    """One text, cut into pieces, with what is worth keeping of it.

    The worth of a text is `sign` times the explained probability, or value over the deviation; the
    sign makes it the support of what is predicted.
    """

    scorer: TextScorer
    text: str
    column: int | None
    sign: float
    deviation: float
    run: Run
    known: Known

    def worth(self, spans: Sequence[Segment], kept: Masks) -> Floats:
        """Return what is left of the worth, (masks,), for `kept` (masks, spans)."""
        stage = "Testing the ranking of tokens"
        margins = margins_of(self.scorer, self.text, spans, kept, self.run, self.known, stage)
        return self.sign * _values(self.scorer, margins, self.column) / self.deviation


def ranking_of(explanation: TokenExplanation) -> Ranking:
    """Return the explained output's scores of an explanation."""
    output = explanation.output
    return Ranking(
        tuple(Segment(token.text, token.start, token.end) for token in explanation.tokens),
        np.array([token.score[output] for token in explanation.tokens], dtype=np.float64),
        output,
    )


def faithfulness(
    scorer: TextScorer,
    text: str,
    segments: Sequence[Segment],
    scores: Floats,
    output: int,
    run: Run,
    seed: int = 0,
    *,
    random_rankings: int = RANDOM_RANKINGS,
    shares: Sequence[float] = SHARES,
    scale: Scale | None = None,
    known: Known | None = None,
) -> Faithfulness:
    """Test the ranking by the scores of `output`'s margin against the model itself.

    `scores` are (segments, outputs), or (segments,) for `output` alone.
    With classes, what counts is the explained class's probability; where a single margin stands
    for two classes, that of the class predicted, and low scores then count as support for the
    negative one. In regression it is the value, high scores counting as support above the average
    and low ones below it. Equal scores are ranked at random. At least one piece is taken out at
    every share; texts of over 1,000 segments are tested by groups of neighbours, and the normalised
    AOPC by at most 12. Without segments, every figure is 0 and no ranking was tried. `known` holds
    margins scored before, and is added to.
    """
    if not len(segments):
        return Faithfulness(0, 0, 0, 0, 0, 0, 0, 0)
    margins = {} if known is None else known
    judge = _judge(scorer, text, output, run, scale or Scale(), margins)
    own = scores if scores.ndim == 1 else scores[:, output]
    support = judge.sign * np.asarray(own, dtype=np.float64)
    ties = np.random.default_rng([seed, _TAGS["ties"]])
    spans, sums = _grouped(text, segments, support, _MOST_SPANS)
    random = np.random.default_rng([seed, _TAGS["random"]])
    others = np.argsort(random.random((random_rankings, len(spans))), axis=1)
    falls, stays = _falls(judge, spans, np.vstack([ranking(sums, ties)[None, :], others]), shares)
    few, few_sums = _grouped(text, segments, support, MOST_ORDERED)
    low, high = np.quantile(falls[1:], [0.025, 0.975]) if random_rankings else (0.0, 0.0)
    return Faithfulness(
        comprehensiveness=float(falls[0]),
        sufficiency=float(stays[0]),
        normalised=normalised_aopc(lambda kept: judge.worth(few, kept), ranking(few_sums, ties)),
        random_comprehensiveness=float(falls[1:].mean()) if random_rankings else 0.0,
        random_sufficiency=float(stays[1:].mean()) if random_rankings else 0.0,
        random_low=float(low),
        random_high=float(high),
        rankings=random_rankings,
    )


def _judge(
    scorer: TextScorer, text: str, output: int, run: Run, scale: Scale, known: Known
) -> _Judge:
    outputs, classes = scorer.outputs, scorer.classes
    column = None
    if classes:
        column = classes.index(outputs[output]) if outputs[output] in classes else output
    empty, whole = _values(scorer, scored(scorer, ["", text], known), column)
    sign = 1.0
    if not classes:
        sign = 1.0 if whole >= (empty if scale.average is None else scale.average) else -1.0
    elif len(outputs) == 1:
        sign = 1.0 if whole >= 0.5 else -1.0
    deviation = scale.deviation if not classes else 1.0
    return _Judge(scorer, text, column, sign, deviation or 1.0, run, known)


def _values(scorer: TextScorer, margins: Floats, column: int | None) -> Floats:
    mean = scorer.mean(margins)
    return np.asarray(mean if column is None else mean[:, column], dtype=np.float64)


def _grouped(
    text: str, segments: Sequence[Segment], support: Floats, most: int
) -> tuple[tuple[Segment, ...], Floats]:
    """Return at most `most` spans and the sums of their segments' support."""
    groups = groups_of(len(segments), most)
    sums = np.add.reduceat(support, [first for first, _ in groups])
    return spans_of(text, segments, groups), sums


def _falls(
    judge: _Judge,
    spans: Sequence[Segment],
    orders: NDArray[np.intp],
    shares: Sequence[float],
) -> tuple[Floats, Floats]:
    """Return each order's comprehensiveness and sufficiency, (orders,) each."""
    size = len(spans)
    tops = np.clip(np.rint(np.array(shares) * size), 1, size).astype(np.intp)
    ranks = np.argsort(orders, axis=1)
    is_top = (ranks[:, None, :] < tops[None, :, None]).reshape(-1, size)
    masks = np.vstack([np.ones((1, size), dtype=bool), ~is_top, is_top])
    worth = judge.worth(spans, masks)
    falls = (worth[0] - worth[1:]).reshape(2, len(orders), len(tops)).mean(axis=2)
    return falls[0], falls[1]
