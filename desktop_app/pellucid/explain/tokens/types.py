"""A text explained token by token, as values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Method = Literal["exact", "gradient", "ig", "occlusion", "shap", "lime", "attention"]
METHOD_NAMES: Mapping[Method, str] = {
    "exact": "exact scores",
    "gradient": "gradient × input",
    "ig": "integrated gradients",
    "occlusion": "occlusion",
    "shap": "Shapley values, sampled",
    "lime": "LIME",
    "attention": "attention rollout",
}
Granularity = Literal["token", "word", "sentence"]


@dataclass(frozen=True, slots=True)
class TokenScore:
    """A piece of a text, `whole[start:end]`, and what it adds to each output on the link scale."""

    text: str
    start: int
    end: int
    score: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class NgramScore:
    """One occurrence of an n-gram: `whole[start:end]`, its score in this text, and its data.

    `score` has one entry an output. `texts` is the number of training texts that hold the n-gram.
    """

    ngram: str
    start: int
    end: int
    score: tuple[float, ...]
    texts: int
    is_unseen: bool = False


@dataclass(frozen=True, slots=True)
class Faithfulness:
    """How far a ranking of tokens agrees with what the model does when tokens are taken out.

    Source: DeYoung et al. (2020), "ERASER", ACL; Edin et al. (2024) for the normalised AOPC.

    `comprehensiveness` is the mean fall of the explained probability (or, for regression, the mean
    change of the value towards the average, in standard deviations of the target) when the top
    tokens are taken out (more is better); `sufficiency` the fall when only they are kept (less is
    better). `normalised` is the AOPC between the worst and the best order found, from 0 to 1. The
    `random_` figures are means over random rankings of the same tokens, with `random_low` to
    `random_high` the range that 95% of the random rankings' comprehensiveness fall in.
    """

    comprehensiveness: float
    sufficiency: float
    normalised: float
    random_comprehensiveness: float
    random_sufficiency: float
    random_low: float
    random_high: float
    rankings: int
    """Random rankings tried."""

    @property
    def beats_random(self) -> bool:
        """Whether the ranking does better than 97.5% of the random ones."""
        return self.comprehensiveness > self.random_high


@dataclass(frozen=True, slots=True)
class WayStep:
    """A question of a keyword tree on a text's way, and what its answer adds to each output.

    `found` are the keywords that the text holds, none where it holds none; `texts` counts the
    training texts that went the same way.
    """

    node: int
    keywords: tuple[str, ...]
    found: tuple[str, ...]
    texts: int
    score: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class TreeWay:
    """A text's way through a keyword tree: `start` plus the steps' scores make the total.

    `leaf` is the id of the node that the text falls into, with its `label` and its `score`; None
    for a text without tokens.
    """

    leaf: int | None
    label: str
    score: tuple[float, ...]
    start: tuple[float, ...]
    steps: tuple[WayStep, ...]


@dataclass(frozen=True, slots=True)
class TokenExplanation:
    """One text's prediction, told by its tokens.

    `tokens` are in the order of the text and cover what can carry a score; what lies between them
    has none. `intercept`, `total` and every score have one entry an output, on the link scale.
    `gap` is total - intercept - sum of scores for the explained output: 0 for exact scores, the
    completeness gap of integrated gradients, None where a method promises no sum. `output` is the
    explained output's place in `outputs`; with a `contrast`, scores of `output` are those of the
    difference between the two outputs.
    """

    method: Method
    text: str
    granularity: Granularity
    outputs: tuple[str, ...]
    output: int
    tokens: tuple[TokenScore, ...]
    intercept: tuple[float, ...]
    total: tuple[float, ...]
    gap: float | None
    label: str | None = None
    value: float | None = None
    probabilities: Mapping[str, float] | None = None
    contrast: str | None = None
    ngrams: tuple[NgramScore, ...] = ()
    """For exact scores: every n-gram occurrence of the text, strongest first."""
    unseen: int = 0
    """N-gram occurrences that the model has no score for."""
    faithfulness: Faithfulness | None = None
    note: str = ""
    """What a reader should know about this explanation, for example that the text was cut."""
    way: TreeWay | None = None
    """For exact scores of a keyword tree: the text's way through it."""
