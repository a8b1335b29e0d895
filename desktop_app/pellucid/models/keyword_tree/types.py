"""The parts of a keyword tree: its nodes, how each came about, and what was edited since."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Source = Literal["embedding", "language model", "user"]
Action = Literal["keyword added", "keyword removed", "node removed"]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A keyword that was tried beside a seed, in the order of trying.

    `similarity` is the cosine to the seed, the mean vector of all n-grams taken out first; None
    where no embedding was asked. `texts` are the node's texts that hold it and none of the keywords
    before it. The gains are the loss per held-out text that the split spares without and with it
    (nats, or the target's unit squared); `spared` is what the keyword spares a text over all texts
    of the node, `error` its standard error. None where there was nothing to measure.
    """

    keyword: str
    source: Source
    kept: bool
    texts: int = 0
    similarity: float | None = None
    gain_without: float | None = None
    gain_with: float | None = None
    spared: float | None = None
    error: float | None = None


@dataclass(frozen=True, slots=True)
class Expansion:
    """How a node's keywords were found: the seed n-gram and every candidate tried after it.

    `seed_gain` and `gain` are the loss per held-out text spared by the seed alone and by the whole
    set, `error` is the standard error of `gain`, or what it would be if the keywords meant nothing
    where that is greater; all three from `held_out` texts.
    """

    seed: str
    seed_gain: float
    gain: float
    error: float
    held_out: int
    candidates: tuple[Candidate, ...] = ()


@dataclass(frozen=True, slots=True)
class Node:
    """A question (does the text hold one of `keywords`?) or, without keywords, a leaf.

    `yes` and `no` are the ids of the children. `texts` counts the training texts that come here;
    `mean` is the share of each class among them, or the mean of the target.
    """

    id: int
    texts: int
    mean: tuple[float, ...]
    keywords: tuple[str, ...] = ()
    """n-grams, the seed first; one that holds a shorter one of the set is left out."""
    yes: int | None = None
    no: int | None = None
    expansion: Expansion | None = None

    @property
    def is_leaf(self) -> bool:
        return self.yes is None


@dataclass(frozen=True, slots=True)
class Edit:
    """A change that a person made to a tree."""

    action: Action
    node: int
    keyword: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """A question on a text's way, and the first keyword of it that the text holds, if any."""

    node: Node
    found: str | None


@dataclass(frozen=True, slots=True)
class Condition:
    """What a leaf's texts have in common at one question above it."""

    keywords: tuple[str, ...]
    is_there: bool

    @property
    def label(self) -> str:
        """The condition in a few words; two conditions on one question differ in theirs."""
        more = len(self.keywords) - 1
        seed = f'"{self.keywords[0]}"'
        if self.is_there:
            return f"{seed} or {more:,} more" if more else seed
        return f"not {seed} nor {more:,} more" if more else f"not {seed}"
