"""What models make of the language of a corpus, as values: swaps, disagreement, n-grams.

Rows are positions in the texts that the function was given, from 0. Margins are on the link scale.
"""

from __future__ import annotations

from dataclasses import dataclass

from pellucid.explain.corpus.types import DistinctiveNgram, Example
from pellucid.models.types import Estimate


@dataclass(frozen=True, slots=True)
class SwapPlace:
    """One swap: `text[start:end]` before it, `swapped[other_start:other_end]` after it."""

    start: int
    end: int
    before: str
    other_start: int
    other_end: int
    after: str


@dataclass(frozen=True, slots=True)
class SwappedText:
    """A text before and after the swap, and the explained output's margin and mean in both.

    `mean` is the output's probability, or for regression the value. `label` is the predicted class,
    or the predicted labels in one string; empty for regression.
    """

    row: int
    text: str
    swapped: str
    places: tuple[SwapPlace, ...]
    margin_before: float
    margin_after: float
    mean_before: float
    mean_after: float
    label_before: str = ""
    label_after: str = ""

    @property
    def has_flipped(self) -> bool:
        return self.label_before != self.label_after


@dataclass(frozen=True, slots=True)
class PairEffect:
    """What one pair of the list does: the margin with `second` minus the margin with `first`.

    Each text that holds either word is read twice, with all of them turned into `second` and all
    into `first`. `forward` texts hold only `first`, `backward` only `second`, `mixed` both.
    `change` is the mean change of the margin, `mean_change` that of the probability or value. The
    interval of `change` is Student's t over the paired differences, at the level that Holm's
    procedure grants this pair among `tried`; `p_value` is two-sided and Holm-corrected. Both are
    NaN where fewer than `FEWEST_TESTED` texts hold the pair, which is then not counted as tried.
    """

    first: str
    second: str
    texts: int
    forward: int
    backward: int
    mixed: int
    change: Estimate
    mean_change: float
    p_value: float
    tried: int

    @property
    def is_clear(self) -> bool:
        """Whether the change stands at 5% after the correction."""
        return self.p_value < 0.05


@dataclass(frozen=True, slots=True)
class Move:
    """Texts predicted `first` with words of the first side, `second` with words of the second."""

    first: str
    second: str
    texts: int


@dataclass(frozen=True, slots=True)
class Flips:
    """How a swap changes what is predicted, class or labels, over the texts that were read.

    `chosen` counts the texts that get the explained output with words of the first side and of the
    second, and `change` is the second share minus the first with a 95% interval by the paired
    bootstrap. `share` of the texts get another prediction (Wilson interval); `moves` count them by
    what is predicted with the first side and with the second, most frequent first.
    """

    chosen: tuple[int, int]
    change: Estimate
    share: Estimate
    texts: int
    moves: tuple[Move, ...]


@dataclass(frozen=True, slots=True)
class SwapEffect:
    """What swapping words does to one output of a model, over all texts that hold any of them.

    `change` is the mean margin with all words of the second side minus that with all words of the
    first side, `mean_change` the same for the probability (or value): their signs say which side
    the model prefers. `forward` and `backward` are the mean change of the margin that the swap
    makes in texts that hold words of the first side alone, and of the second alone. `size` is the
    mean absolute change of the margin, whatever its direction. All five have 95% intervals by the
    paired bootstrap over texts, NaN with fewer than two. `flips` tell how predicted classes or
    labels change, None for regression. `holding` of the `searched`
    texts hold a word of the list; `texts` of these, drawn by the seed, were read.
    """

    output: str
    sides: tuple[str, str]
    searched: int
    holding: int
    texts: int
    forward_texts: int
    backward_texts: int
    change: Estimate
    mean_change: Estimate
    forward: Estimate
    backward: Estimate
    size: Estimate
    flips: Flips | None
    pairs: tuple[PairEffect, ...]
    largest: tuple[SwappedText, ...]
    resamples: int
    note: str = ""


@dataclass(frozen=True, slots=True)
class DisagreeingText:
    """A text that two models see differently.

    `difference` is how much more probability the first model gives the true class or, for
    regression, the first prediction minus the second. `mean_a` and `mean_b` are the probabilities
    of the true class, or the predicted values.
    """

    row: int
    text: str
    truth: str
    label_a: str
    label_b: str
    mean_a: float
    mean_b: float
    difference: float


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Where two models part on the same texts.

    `differ` is the share of the texts whose predicted classes differ (Wilson interval); None for
    regression. Of the differing texts whose truth is known, `a_right`, `b_right` and `both_wrong`
    count who is right; `p_value` is the exact two-sided McNemar test of a_right against b_right
    (NaN for regression or where neither is ever right alone). `loss_change` is the first model's
    mean loss minus the second's over the texts with known truth (log loss, or squared error), with
    a 95% interval by paired bootstrap. `a_over_b` are texts on which the first model alone is
    right, those first where it gives the truth most more probability (for regression: texts where
    it predicts most more); `b_over_a` the other way round. `words` mark the texts where the classes
    differ (for regression: the fifth of the texts whose predictions lie furthest apart) against the
    rest.
    """

    names: tuple[str, str]
    texts: int
    known: int
    differ: Estimate | None
    differing: int
    a_right: int
    b_right: int
    both_wrong: int
    p_value: float
    loss_change: Estimate
    mean_distance: float
    """Mean total variation distance of the probabilities (0 to 1), or mean |difference|."""
    a_over_b: tuple[DisagreeingText, ...]
    b_over_a: tuple[DisagreeingText, ...]
    words: tuple[DistinctiveNgram, ...]
    note: str = ""
    """What a reader should know about the texts that both are judged on."""


@dataclass(frozen=True, slots=True)
class NgramRow:
    """An n-gram of a fitted text term, as a row of its table.

    `score` is on the link scale for one output, with a 95% interval by the delete-d jackknife
    scaling of its spread over bags (NaN with one bag), `variation` that spread as a standard
    deviation. One occurrence adds score / sqrt(number of n-gram occurrences of the text): `adds` is
    that in a text of median length. `share` is the n-gram's share of the movement of all n-grams,
    |score| x texts. `embedding` is the part of the score that comes from the n-gram's vector, None
    where that is not known; the rest was learnt for this n-gram itself. `folded` are longer or
    shorter n-grams that exactly the same texts hold, and `together` the sum of their scores and
    this one's, with its interval.
    """

    ngram: str
    order: int
    texts: int
    score: Estimate
    variation: float
    adds: float
    share: float
    embedding: float | None
    folded: tuple[str, ...]
    together: Estimate
    examples: tuple[Example, ...] = ()


@dataclass(frozen=True, slots=True)
class NgramOverview:
    """A text term in a few figures, for one output.

    `carrying` is the smallest number of n-grams that carry `carried` of the movement, |score| x
    texts. `clear` n-grams have a 95% interval that excludes 0, of which about `clear_by_chance`
    would where all scores were 0; `sure` are those that stand after the correction for all of them
    (Benjamini and Hochberg 1995, 5% of the sure ones expected to be wrong). Both are 0 with one
    bag. `by_order` counts the n-grams of 1, 2, ... tokens, `movement_by_order` is the share of the
    movement that they carry.
    """

    output: int
    ngrams: int
    carrying: int
    carried: float
    clear: int
    clear_by_chance: float
    sure: int
    raising: int
    lowering: int
    by_order: tuple[int, ...]
    movement_by_order: tuple[float, ...]
