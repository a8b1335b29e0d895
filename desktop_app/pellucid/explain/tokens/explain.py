"""The one door to token explanations: any method that a model can serve, on any of its texts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from pellucid.core.errors import UserError
from pellucid.core.numbers import listing
from pellucid.core.run import Run
from pellucid.data.types import Columns
from pellucid.explain.outcomes import outcome_of
from pellucid.explain.tokens.contrast import contrasted
from pellucid.explain.tokens.exact import explain_term_exactly
from pellucid.explain.tokens.faithfulness import Scale, faithfulness
from pellucid.explain.tokens.perturb import Attribution, lime, occlusion, shapley
from pellucid.explain.tokens.scorer import TextScorer
from pellucid.explain.tokens.scorers import AdditiveScorer, ContrastScorer, LeafScorer, text_scorer
from pellucid.explain.tokens.segments import Segment, merge, segments_of
from pellucid.explain.tokens.sharing import floats
from pellucid.explain.tokens.tree_way import explain_leaf_exactly, tree_columns
from pellucid.explain.tokens.types import (
    METHOD_NAMES,
    Granularity,
    Method,
    TokenExplanation,
    TokenScore,
)
from pellucid.models.additive import AdditiveModel

if TYPE_CHECKING:
    from pellucid.models.black_box.classifier import SequenceClassifier

MODEL_METHODS: tuple[Method, ...] = ("occlusion", "shap", "lime")
MOST_TESTED = 20_000
"""The ranking of a text of more pieces is not tested: each test reads the text again."""
_MOST_OUTPUTS = 10


def methods_of(model: AdditiveModel | SequenceClassifier) -> tuple[Method, ...]:
    """Return the methods that `model` can be explained with, the best first."""
    if isinstance(model, AdditiveModel):
        return ("exact", *MODEL_METHODS)
    return ("ig", "gradient", *MODEL_METHODS, "attention")


def read_columns(model: AdditiveModel) -> tuple[str, ...]:
    """Return the columns of texts that a model reads by n-grams or by a keyword tree."""
    return (*(term.column for term in model.texts), *tree_columns(model))


def explain_text(
    model: AdditiveModel | SequenceClassifier,
    text: str,
    *,
    method: Method | None = None,
    column: str | None = None,
    others: Columns | None = None,
    label: str | None = None,
    contrast: str | None = None,
    granularity: Granularity = "token",
    scale: Scale | None = None,
    with_faithfulness: bool = True,
    run: Run = Run(),  # noqa: B008 - it is frozen
) -> TokenExplanation:
    """Explain what `model` makes of `text`, token by token.

    Args:
        model: An additive model that reads texts, or a transformer.
        text: The text.
        method: By default exact scores for an additive model, else integrated gradients.
        column: Which text column the text stands in; by default the model's first.
        others: One row with all of the model's columns; without it the others are average.
        label: The class to explain; by default the likeliest.
        contrast: The class that it is set against: why `label` and not this one.
        granularity: Whether tokens, words or sentences carry the scores.
        scale: For regression, in what the target's changes are told by the faithfulness figures.
        with_faithfulness: Whether to test the ranking by taking tokens out.
        run: Progress, seed and stopping.

    Raises `UserError` for a method, column or class that the model does not have.
    """
    chosen = method or methods_of(model)[0]
    _refuse_what_cannot_be(model, chosen, contrast)
    scorer = _scorer(model, column, others)
    output = _output(scorer, label, text)
    other = _class(scorer, contrast) if contrast is not None else None
    told = _told(model, scorer, text, chosen, output, other, granularity, run)
    judged, scores = scorer, np.array([token.score for token in told.tokens])
    sides = _sides(scorer, told, label, contrast)
    if sides is not None:
        judged = ContrastScorer(scorer, *sides)
        told = contrasted(told, judged)
        scores = np.array([[token.score[told.output]] for token in told.tokens])
    if not with_faithfulness or not told.tokens:
        return told
    if len(told.tokens) > MOST_TESTED:
        untested = f"A ranking of over {MOST_TESTED:,} parts is not tested against random ones."
        return replace(told, note=" ".join(filter(None, (told.note, untested))))
    run.progress("Testing the explanation")
    segments = [Segment(token.text, token.start, token.end) for token in told.tokens]
    place = told.output if sides is None else 0
    found = faithfulness(judged, text, segments, scores, place, run, run.seed, scale=scale)
    return replace(told, faithfulness=found)


def _refuse_what_cannot_be(
    model: AdditiveModel | SequenceClassifier, method: Method, contrast: str | None
) -> None:
    is_additive = isinstance(model, AdditiveModel)
    if method not in methods_of(model):
        names = listing([str(name) for name in methods_of(model)], 9)
        what = "An additive model" if is_additive else "A transformer"
        raise UserError(
            f"{what} cannot be explained by {METHOD_NAMES[method]}", f"Its methods are {names}."
        )
    if contrast is not None and isinstance(model, AdditiveModel) and model.link == "logits":
        raise UserError(
            "Labels that a row may have together cannot be set against each other",
            "Explain one label at a time.",
        )


def _scorer(
    model: AdditiveModel | SequenceClassifier, column: str | None, others: Columns | None
) -> TextScorer:
    if not isinstance(model, AdditiveModel):
        return model
    if not read_columns(model):
        raise UserError(
            "This model reads no text, so it cannot explain one",
            "Fit a model on a file with a column of texts.",
        )
    try:
        return text_scorer(model, column, others)
    except KeyError:
        names = listing(list(read_columns(model)), 12)
        raise UserError(f"The model does not read {column} as text", f"It reads {names}.") from None


def _class(scorer: TextScorer, name: str) -> int:
    if name in scorer.classes:
        return scorer.classes.index(name)
    raise UserError(
        f"There is no class called {name!r}",
        f"The classes are {listing(list(scorer.classes), 12)}."
        if scorer.classes
        else "The target is a number.",
    )


def _output(scorer: TextScorer, label: str | None, text: str) -> int:
    if label is not None:
        place = _class(scorer, label)
        return place if len(scorer.outputs) > 1 else 0
    if len(scorer.outputs) == 1:
        return 0
    return int(np.argmax(scorer.margins([text])[0]))


def _told(
    model: AdditiveModel | SequenceClassifier,
    scorer: TextScorer,
    text: str,
    method: Method,
    output: int,
    other: int | None,
    granularity: Granularity,
    run: Run,
) -> TokenExplanation:
    segments = segments_of(text, granularity)
    if isinstance(scorer, AdditiveScorer) and method == "exact":
        exact = explain_term_exactly(scorer.model, scorer.term, text, scorer.rest, output)
    elif isinstance(scorer, LeafScorer) and method == "exact":
        exact = explain_leaf_exactly(scorer.model, scorer.term, text, scorer.rest, output)
    else:
        exact = None
    if exact is not None:
        if granularity == "token":
            return exact
        return replace(exact, tokens=merge(exact.tokens, segments), granularity=granularity)
    if method in MODEL_METHODS:
        return _by_taking_out(scorer, text, method, output, segments, granularity, run)
    assert not isinstance(model, AdditiveModel)
    return _by_gradients(model, text, method, output, other, granularity, run)


def _by_taking_out(
    scorer: TextScorer,
    text: str,
    method: Method,
    output: int,
    segments: Sequence[Segment],
    granularity: Granularity,
    run: Run,
) -> TokenExplanation:
    run.progress(f"Scoring the text by {METHOD_NAMES[method]}")
    if method == "occlusion":
        found = occlusion(scorer, text, segments, run)
    elif method == "shap":
        found = shapley(scorer, text, segments, run, seed=run.seed)
    else:
        found = lime(scorer, text, segments, run, seed=run.seed)
    tokens = tuple(
        TokenScore(segment.text, segment.start, segment.end, floats(score))
        for segment, score in zip(segments, found.scores, strict=True)
    )
    return _explanation(scorer, text, method, output, tokens, found, granularity)


def _by_gradients(
    network: SequenceClassifier,
    text: str,
    method: Method,
    output: int,
    other: int | None,
    granularity: Granularity,
    run: Run,
) -> TokenExplanation:
    """Score the network's own pieces of words, and add them up where words are asked for.

    With many classes only the one that is explained, and the one it is set against, are computed.
    """
    from pellucid.explain.tokens import gradients

    run.progress(f"Scoring the text by {METHOD_NAMES[method]}")
    wanted = None
    if len(network.outputs) > _MOST_OUTPUTS:
        wanted = [place for place in (output, other) if place is not None]
    if method == "gradient":
        found = gradients.gradient_x_input(network, text, wanted)
    elif method == "ig":
        found = gradients.integrated_gradients(network, text, run, wanted)
    else:
        found = gradients.attention_rollout(network, text)
    tokens = tuple(
        TokenScore(piece, start, end, floats(score))
        for (piece, start, end), score in zip(found.pieces, found.scores, strict=True)
    )
    if granularity != "token":
        tokens = merge(tokens, segments_of(text, granularity))
    told = Attribution(found.scores, found.base + found.frame, found.full, found.gap, None,
                       found.note)  # fmt: skip
    return _explanation(network, text, method, output, tokens, told, granularity)


def _explanation(
    scorer: TextScorer,
    text: str,
    method: Method,
    output: int,
    tokens: tuple[TokenScore, ...],
    found: Attribution,
    granularity: Granularity,
) -> TokenExplanation:
    return TokenExplanation(
        method=method,
        text=text,
        granularity=granularity,
        outputs=scorer.outputs,
        output=output,
        tokens=tokens,
        intercept=floats(found.base),
        total=floats(found.full),
        gap=None if found.gap is None else float(found.gap[output]),
        note=found.note,
        **outcome_of(scorer.classes, scorer.mean(found.full[None, :])),
    )


def _sides(
    scorer: TextScorer, told: TokenExplanation, label: str | None, contrast: str | None
) -> tuple[int, int] | None:
    """Return the class that is explained and the one it is set against, where there are two sides.

    Of two classes with one margin, the class that the margin speaks against has its own side.
    """
    classes = scorer.classes
    if contrast is not None:
        other = _class(scorer, contrast)
        named = label or told.label or ""
        mine = classes.index(named)
        if mine == other and label is None and len(classes) > 1:
            mine = _runner_up(told, other)
        if mine == other:
            raise UserError("A class cannot be set against itself", "Choose another class.")
        return mine, other
    if label is not None and len(scorer.outputs) == 1 and label != scorer.outputs[0]:
        return classes.index(label), classes.index(scorer.outputs[0])
    return None


def _runner_up(told: TokenExplanation, other: int) -> int:
    """Return the likeliest class but `other`."""
    chances = list((told.probabilities or {}).values())
    return max((i for i in range(len(chances)) if i != other), key=lambda i: chances[i])
