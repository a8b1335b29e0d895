"""What the Text tab shows of one text, as values: pieces, their scores, what is asked. No Qt."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray

from pellucid.core.numbers import listing, number, plural, signed
from pellucid.explain.tokens.explain import read_columns
from pellucid.explain.tokens.segments import merge, segments_of
from pellucid.explain.tokens.tree_way import tree_columns
from pellucid.explain.tokens.types import (
    Granularity,
    Method,
    NgramScore,
    TokenExplanation,
    TokenScore,
)
from pellucid.models.black_box.box import BlackBox
from pellucid.models.types import Task
from pellucid.ui.readers import AnyModel
from pellucid.ui.widgets.token_marks import TokenMark

ADDITIVE_METHODS: tuple[Method, ...] = ("exact", "occlusion", "shap", "lime")
"""What can be asked of a model without gradients."""
NETWORK_METHODS: tuple[Method, ...] = (
    "ig", "gradient", "occlusion", "shap", "lime", "attention",
)  # fmt: skip
"""What can be asked of a transformer, the best first."""
GRANULARITIES: tuple[tuple[Granularity, str], ...] = (
    ("token", "tokens"), ("word", "words"), ("sentence", "sentences"),
)  # fmt: skip
METHOD_NOTES: dict[Method, str] = {
    "exact": "The model is a sum over n-grams, so these scores are the prediction itself: they add "
    "up to it. An n-gram’s score is shared equally by the words it covers.",
    "occlusion": "Each piece is taken out by itself; its score is how far the prediction falls.",
    "shap": "Each piece’s share over many orders of adding pieces (Shapley values), sampled.",
    "lime": "A line fitted to what the model says of this text with pieces left out at random.",
    "gradient": "The slope of the prediction along each token’s embedding, times the embedding.",
    "ig": "The slope summed on the way from an empty text to this one.",
    "attention": "Where attention flows to through all layers; it has no sign and no unit.",
}
_MOST_PARTS = 3


TREE_NOTE = (
    "Each answer moves the prediction from one node of the tree to the next, and the steps add up "
    "to the leaf. A yes is shared by the keywords that gave it; what their absence adds is part of "
    "the start."
)


def method_note(method: Method, model: AnyModel) -> str:
    """Say what a method does with a model."""
    is_tree = not isinstance(model, BlackBox) and bool(tree_columns(model)) and not model.texts
    return TREE_NOTE if is_tree and method == "exact" else METHOD_NOTES[method]


def note_of(found: TokenExplanation) -> str:
    """Say what the method of an explanation does."""
    return METHOD_NOTES[found.method] if found.way is None else TREE_NOTE


def methods_for(model: AnyModel) -> tuple[Method, ...]:
    """Return the methods that a model can be explained with, the one to begin with first."""
    return NETWORK_METHODS if isinstance(model, BlackBox) else ADDITIVE_METHODS


def text_columns(model: AnyModel) -> tuple[str, ...]:
    """Return the columns whose texts the model reads word by word, or by a keyword tree."""
    return model.columns if isinstance(model, BlackBox) else read_columns(model)


@dataclass(frozen=True, slots=True)
class Asked:
    """What a reader wants to know of a text: the class, against which other, in what pieces."""

    granularity: Granularity = "token"
    output: int | None = None
    contrast: int | None = None


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of the text, `whole[start:end]`, with its one score."""

    text: str
    start: int
    end: int
    score: float
    is_unseen: bool = False


@dataclass(frozen=True, slots=True)
class NgramSum:
    """All occurrences of an n-gram in a text: their scores added up, and where they stand."""

    ngram: str
    score: float
    texts: int
    spans: tuple[tuple[int, int], ...]

    @property
    def label(self) -> str:
        return self.ngram if len(self.spans) == 1 else f"{self.ngram} ×{len(self.spans)}"


@dataclass(frozen=True, slots=True)
class Told:
    """A text as it is shown. `unit` names what scores add to, for example "the log-odds of yes"."""

    explanation: TokenExplanation
    unit: str
    raised: str
    pieces: tuple[Piece, ...]
    ngrams: tuple[NgramSum, ...]

    @property
    def reach(self) -> float:
        """The largest size of any piece's score."""
        return max((abs(piece.score) for piece in self.pieces), default=0.0)

    @property
    def has_unseen(self) -> bool:
        return any(piece.is_unseen for piece in self.pieces)


def tell(explanation: TokenExplanation, model: AnyModel, asked: Asked) -> Told:
    """Return an explanation in the pieces and for the classes that were asked for.

    Exact scores come token by token for every class, and are added up here.
    """
    output, contrast = explanation.output, asked.contrast
    against = contrast if explanation.contrast is None and contrast != output else None

    def one(score: Sequence[float]) -> float:
        return score[output] - (score[against] if against is not None else 0.0)

    tokens: Sequence[TokenScore] = explanation.tokens
    if explanation.granularity == "token" and asked.granularity != "token":
        tokens = merge(tokens, segments_of(explanation.text, asked.granularity))
    known = known_characters(explanation)
    names = explanation.outputs
    other = explanation.contrast or (names[contrast] if against is not None and contrast is not None
                                     else None)  # fmt: skip
    return Told(
        explanation=explanation,
        unit=unit_of(model, names[output], other),
        raised=raised_of(model.task, names[output], other),
        pieces=tuple(
            Piece(t.text, t.start, t.end, one(t.score), not known[t.start : t.end].any())
            for t in tokens
        ),
        ngrams=_sums([(n, one(n.score)) for n in explanation.ngrams if not n.is_unseen]),
    )


def known_characters(explanation: TokenExplanation) -> NDArray[np.bool_]:
    """Return for each character whether an n-gram covers it that the model has a score for.

    To a keyword tree no word is unknown: it asks for some and passes over all others.
    """
    if explanation.method != "exact" or explanation.way is not None:
        return np.ones(len(explanation.text), dtype=bool)
    found = np.zeros(len(explanation.text), dtype=bool)
    for ngram in explanation.ngrams:
        if not ngram.is_unseen:
            found[ngram.start : ngram.end] = True
    return found


def _sums(found: Sequence[tuple[NgramScore, float]]) -> tuple[NgramSum, ...]:
    groups: dict[str, list[tuple[NgramScore, float]]] = {}
    for item, score in found:
        groups.setdefault(item.ngram.casefold(), []).append((item, score))
    sums = [
        NgramSum(
            key,
            sum(score for _, score in group),
            group[0][0].texts,
            tuple(sorted((item.start, item.end) for item, _ in group)),
        )
        for key, group in groups.items()
    ]
    return tuple(sorted(sums, key=lambda item: -abs(item.score)))


def unit_of(model: AnyModel, name: str, other: str | None = None) -> str:
    """Name what scores add to."""
    if model.link == "identity":
        return f"the predicted {model.task.target}"
    if model.link == "log":
        return f"the logarithm of {model.task.target}"
    if other is not None:
        return f"the score of {name} over {other}"
    return f"the {'log-odds' if model.link in ('logit', 'logits') else 'score'} of {name}"


def raised_of(task: Task, name: str, other: str | None = None) -> str:
    """Name what a positive score raises."""
    if not task.classes:
        return f"the predicted {task.target}"
    return name if other is None else f"{name} over {other}"


def marks(told: Told, reach: float | None = None) -> tuple[TokenMark, ...]:
    """Return the pieces as marks; `reach` is the score that is drawn heaviest."""
    top = reach or told.reach or 1.0
    return tuple(
        TokenMark(
            piece.start,
            piece.end,
            piece.score / top,
            partial(piece_sentence, piece, told),
            piece.is_unseen,
        )
        for piece in told.pieces
    )


def piece_sentence(piece: Piece, told: Told) -> str:
    """Say what a piece does, and which n-grams it does it by."""
    shown = f"“{short(piece.text)}”"
    if piece.is_unseen:
        return f"{shown} was never seen in training, so it moves nothing."
    if told.explanation.method == "attention":
        return f"{shown} gets {number(abs(piece.score))} of the attention."
    if told.explanation.way is not None:
        return _keyword_sentence(piece, told)
    if not piece.score:
        return f"{shown} does not move {told.unit}."
    verb = "raises" if piece.score > 0 else "lowers"
    said = f"{shown} {verb} {told.unit} by {number(abs(piece.score))}."
    parts = [
        item
        for item in told.ngrams
        if any(start < piece.end and piece.start < end for start, end in item.spans)
        and item.ngram != piece.text.casefold()
    ][:_MOST_PARTS]
    own = next((n for n in told.ngrams if n.ngram == piece.text.casefold()), None)
    if own is not None:
        said += f" By itself it is in {plural(own.texts, 'training text')}."
    if parts:
        words = [f"“{n.ngram}” ({signed(n.score, 2)}, {plural(n.texts, 'text')})" for n in parts]
        is_whole = told.explanation.granularity == "token" and len(piece.text.split()) == 1
        said += f" {'It is part of' if is_whole else 'Strongest in it:'} {listing(words)}."
    return said


def _keyword_sentence(piece: Piece, told: Told) -> str:
    """Say what a piece does that is a keyword on the text's way, or holds some."""
    shown = f"“{short(piece.text)}”"
    met = [
        f"“{n.ngram}”"
        for n in told.ngrams
        if any(start < piece.end and piece.start < end for start, end in n.spans)
    ]
    if not met:
        return f"{shown} is no keyword on this text’s way through the tree, so it moves nothing."
    verb = "raises" if piece.score > 0 else "lowers"
    said = f"{shown} {verb} {told.unit} by {number(abs(piece.score))}"
    if not piece.score:
        said = f"{shown} does not move {told.unit}"
    return f"{said}: the tree asks for {listing(met)}, and the text holds it."


def short(text: str, most: int = 60) -> str:
    """Return a text on one line, shortened."""
    words = " ".join(text.split())
    return words if len(words) <= most else f"{words[: most - 1].rstrip()}…"


def described(told: Told) -> str:
    """Say the marks for who cannot see them, with a sign at each."""
    strongest = sorted(told.pieces, key=lambda piece: -abs(piece.score))[:20]
    said = [f"{short(p.text, 30)} {signed(p.score, 2)}" for p in strongest if p.score]
    return f"Raises or lowers {told.unit}: {'; '.join(said)}" if said else "No token has a score."


def text_request(
    fit: str,
    text: str,
    column: str,
    method: Method,
    asked: Asked,
    outputs: Sequence[str],
    others: dict[str, float | str | None],
) -> dict[str, object]:
    """Return the parameters of the job "explain_text"; `others` are the row's other columns."""
    contrast = outputs[asked.contrast] if asked.contrast is not None else None
    return {
        "fit": fit, "text": text, "column": column, "method": method,
        "granularity": asked.granularity, "contrast": contrast, "row": others,
        "label": outputs[asked.output] if asked.output is not None else None,
    }  # fmt: skip
