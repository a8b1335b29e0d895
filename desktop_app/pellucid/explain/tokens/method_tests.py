"""Methods tested over many texts: against random rankings, and against each other."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from pellucid.core.run import Run
from pellucid.explain.tokens.coalitions import Known
from pellucid.explain.tokens.faithfulness import Ranking, Scale, faithfulness
from pellucid.explain.tokens.scorer import Floats, TextScorer
from pellucid.explain.tokens.types import Faithfulness
from pellucid.models.types import Estimate

RESAMPLES = 1_000
_TAG = 43
Explain = Callable[[str], Ranking]


@dataclass(frozen=True, slots=True)
class CorpusFaithfulness:
    """A method's faithfulness over texts: means with 95% bootstrap intervals over the texts.

    `gain` is the mean difference in comprehensiveness from random rankings of the same text, and
    `beats_random` the share of texts where the method does better than 97.5% of those.
    """

    texts: int
    comprehensiveness: Estimate
    sufficiency: Estimate
    normalised: Estimate
    random_comprehensiveness: Estimate
    random_sufficiency: Estimate
    gain: Estimate
    beats_random: float

    @property
    def is_better_than_random(self) -> bool:
        """Whether the whole interval of the gain lies above 0."""
        return self.gain.low > 0


@dataclass(frozen=True, slots=True)
class MethodDifference:
    """The mean of `first` minus `second` over the same texts, with 95% bootstrap intervals."""

    first: str
    second: str
    comprehensiveness: Estimate
    sufficiency: Estimate
    normalised: Estimate


@dataclass(frozen=True, slots=True)
class MethodComparison:
    """Several methods on the same texts, and every pair of them compared."""

    methods: Mapping[str, CorpusFaithfulness]
    differences: tuple[MethodDifference, ...]


def compare_methods(
    scorer: TextScorer,
    texts: Sequence[str],
    methods: Mapping[str, Explain],
    run: Run,
    seed: int = 0,
    *,
    scale: Scale | None = None,
) -> MethodComparison:
    """Test several methods on the same texts, against random rankings and each other.

    A text counts where every method finds something to rank; without any, estimates are NaN.
    """
    found: dict[str, list[Faithfulness]] = {name: [] for name in methods}
    for place, text in enumerate(texts):
        run.progress("Testing explanations", place, len(texts))
        rankings = {name: explain(text) for name, explain in methods.items()}
        if not all(len(ranked.segments) for ranked in rankings.values()):
            continue
        known: Known = {}
        for name, ranked in rankings.items():
            found[name].append(
                faithfulness(
                    scorer, text, ranked.segments, ranked.scores, ranked.output, run,
                    seed + place, scale=scale, known=known,
                )
            )  # fmt: skip
    run.progress("Testing explanations", len(texts), len(texts))
    return MethodComparison(
        {name: _summary(tests, seed) for name, tests in found.items()},
        tuple(
            _difference(first, second, found, seed)
            for first, second in itertools.combinations(found, 2)
        ),
    )


def mean_with_interval(values: Sequence[float] | Floats, seed: int) -> Estimate:
    """Return the mean of `values` (n,) with its 95% percentile bootstrap interval.

    NaN without values; with one, the interval is everything: minus to plus infinity.
    """
    known = np.asarray(values, dtype=np.float64)
    if len(known) < 2:
        mean = float(known[0]) if len(known) else np.nan
        return Estimate(mean, mean - np.inf, mean + np.inf)
    random = np.random.default_rng([seed, _TAG])
    chosen = random.integers(0, len(known), (RESAMPLES, len(known)))
    low, high = np.quantile(known[chosen].mean(axis=1), [0.025, 0.975])
    return Estimate(float(known.mean()), float(low), float(high))


def _summary(tests: Sequence[Faithfulness], seed: int) -> CorpusFaithfulness:
    return CorpusFaithfulness(
        texts=len(tests),
        comprehensiveness=mean_with_interval([t.comprehensiveness for t in tests], seed),
        sufficiency=mean_with_interval([t.sufficiency for t in tests], seed),
        normalised=mean_with_interval([t.normalised for t in tests], seed),
        random_comprehensiveness=mean_with_interval(
            [t.random_comprehensiveness for t in tests], seed
        ),
        random_sufficiency=mean_with_interval([t.random_sufficiency for t in tests], seed),
        gain=mean_with_interval(
            [t.comprehensiveness - t.random_comprehensiveness for t in tests], seed
        ),
        beats_random=float(np.mean([t.beats_random for t in tests])) if tests else 0.0,
    )


def _difference(
    first: str, second: str, found: Mapping[str, Sequence[Faithfulness]], seed: int
) -> MethodDifference:
    pairs = list(zip(found[first], found[second], strict=True))
    return MethodDifference(
        first,
        second,
        mean_with_interval([a.comprehensiveness - b.comprehensiveness for a, b in pairs], seed),
        mean_with_interval([a.sufficiency - b.sufficiency for a, b in pairs], seed),
        mean_with_interval([a.normalised - b.normalised for a, b in pairs], seed),
    )
