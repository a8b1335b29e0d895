"""The whole model explained: its terms by importance, each with its interval and evidence."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from pellucid.explain.pairs import pair_blocks
from pellucid.explain.types import ModelExplanation, TermExplanation
from pellucid.models.additive import AdditiveModel, Axis, Term
from pellucid.models.fit import Fit
from pellucid.models.intervals import bag_half_width
from pellucid.models.texts import TextTerm
from pellucid.models.types import TermEvidence


def explain_model(fit: Fit) -> ModelExplanation:
    """Explain every term of `fit`, in falling order of mean |score| over the training rows."""
    return explain_additive(fit.model, {item.term: item for item in fit.summary.evidence})


def explain_additive(
    model: AdditiveModel, evidence: Mapping[str, TermEvidence] | None = None
) -> ModelExplanation:
    """Explain every term of `model`; `evidence` by term, where held-out rows were at hand."""
    known = evidence or {}
    terms = [explain_term(term, known.get(term.name)) for term in model.terms]
    terms += [explain_text_term(text, known.get(text.name)) for text in model.texts]
    terms.sort(key=lambda term: (-term.importance, term.name))
    return ModelExplanation(
        task=model.task,
        link=model.link,
        intercept=model.intercept,
        outputs=model.output_names,
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


def explain_text_term(term: TextTerm, evidence: TermEvidence | None = None) -> TermExplanation:
    """Explain a term over texts by its n-grams, in a text of typical length."""
    share = 1 / term.typical_normaliser
    scores, variation = term.scores * share, term.variation * share
    half = bag_half_width(variation, len(term.bag_scores))
    return TermExplanation(
        name=term.name,
        kind=term.kind,
        columns=term.columns,
        axes=(Axis(term.name, term.column, levels=term.ngrams),),
        importance=term.importance,
        evidence=evidence,
        scores=scores,
        variation=variation,
        low=np.asarray(scores - half),
        high=np.asarray(scores + half),
        counts=term.weights,
        bags=len(term.bag_scores),
    )
