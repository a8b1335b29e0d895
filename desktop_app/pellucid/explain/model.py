"""The whole model explained: its terms by importance, each with its interval and evidence."""

from __future__ import annotations

import numpy as np

from pellucid.explain.pairs import pair_blocks
from pellucid.explain.types import ModelExplanation, TermExplanation
from pellucid.models.additive import AdditiveModel, Term
from pellucid.models.fit import Fit
from pellucid.models.intervals import bag_half_width
from pellucid.models.types import TermEvidence


def explain_model(fit: Fit) -> ModelExplanation:
    """Explain every term of `fit`, in falling order of mean |score| over the training rows."""
    model = fit.model
    evidence = {item.term: item for item in fit.summary.evidence}
    terms = [explain_term(term, evidence.get(term.name)) for term in model.terms]
    terms.sort(key=lambda term: (-term.importance, term.name))
    return ModelExplanation(
        task=model.task,
        link=model.link,
        intercept=model.intercept,
        outputs=outputs_of(model),
        terms=tuple(terms),
    )


def explain_term(term: Term, evidence: TermEvidence | None = None) -> TermExplanation:
    """Explain one term, with its 95% interval by the delete-d jackknife scaling of bag spread."""
    variation = term.variation
    half = bag_half_width(variation, len(term.bag_scores))
    return TermExplanation(
        name=term.name,
        kind=term.kind,
        columns=term.columns,
        axes=term.axes,
        importance=term.importance,
        evidence=evidence,
        scores=term.scores,
        variation=variation,
        low=np.asarray(term.scores - half),
        high=np.asarray(term.scores + half),
        counts=term.weights,
        bags=len(term.bag_scores),
        blocks=pair_blocks(term) if term.kind == "pair" else (),
    )


def outputs_of(model: AdditiveModel) -> tuple[str, ...]:
    """Name what each output raises: the positive class, each class, or the target."""
    if model.task.kind == "regression":
        return (model.task.target,)
    if model.outputs == 1:
        return (model.task.positive,)
    return model.task.classes
