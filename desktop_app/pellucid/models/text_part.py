"""What reads texts, fitted before the columns: n-grams or keyword trees, and how they enter."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from pellucid.core.run import Run
from pellucid.data.types import Alert
from pellucid.models.additive import AdditiveModel, Floats, Term
from pellucid.models.folding import Layout, Readable, fold
from pellucid.models.leaves import fit_leaves
from pellucid.models.ngrams.entering import slope as slope_of
from pellucid.models.ngrams.stage import fit_plan
from pellucid.models.setup import Ground, rows_of
from pellucid.models.text_choice import choose_plan, untuned_encoder
from pellucid.models.texts import TextTerm
from pellucid.models.tuned import TunedEncoder, tune_encoder
from pellucid.models.types import FitOptions, Task
from pellucid.models.workers import Workers


@dataclass(frozen=True, slots=True)
class TextPart:
    """The texts' share of a model.

    `texts` and `leaves` are the terms of the model on the texts alone, with `intercepts` (B, C) and
    the numbers of their `bags`. Beside columns their scores are multiplied by `slope`, and boosting
    starts from `start` (training rows, C), which is what models that did not see a row say of it.
    `ground` are the rows that are left to learn from, and `rows` counts all.
    """

    ground: Ground
    texts: tuple[TextTerm, ...]
    leaves: tuple[Term, ...]
    intercepts: Floats = field(repr=False)
    bags: tuple[int, ...]
    start: Floats | None = field(repr=False)
    slope: float
    rows: Mapping[str, int]
    warnings: tuple[Alert, ...] = ()
    is_stopped: bool = False

    @property
    def readable(self) -> list[Readable]:
        """The bags of a model that has texts alone."""
        return [Readable(intercept, ()) for intercept in self.intercepts]

    def alone(self, task: Task) -> AdditiveModel:
        """Return the model on the texts alone."""
        return fold_with(self.readable, _nothing(task), self, self.bags)


def fit_text_part(
    ground: Ground, options: FitOptions, folder: Path, workers: Workers, run: Run
) -> TextPart:
    """Fit what reads texts on the training rows; publishes "curves" of the texts alone meanwhile.

    With other columns beside them, what the texts say of each row is learned from other rows, and
    a tuned encoder from rows that take no further part.
    """
    has_columns = any(kind != "text" for _, kind in ground.task.features)
    tuned = tune_encoder(ground, options, has_columns, run) if options.tune else None
    if options.kind == "tree":
        return _tree_part(ground, options, tuned, has_columns, run)

    def on_terms(terms: tuple[TextTerm, ...], intercept: Floats) -> None:
        run.publish("curves", _texts_alone(ground.task, terms, intercept[None]))

    chosen = choose_plan(ground, tuned, options, folder, workers, run, on_terms)
    ground = chosen.ground
    stage = fit_plan(chosen.plan, options.quality, on_terms, has_columns)
    start, slope = _entering(stage.out_of_fold, ground.rows.of("train")[1], ground)
    terms = tuple(_noted(term, chosen.is_tuned) for term in stage.terms)
    return TextPart(
        ground, terms, (), stage.bag_intercepts, stage.bags, start, slope,
        rows_of(ground.rows.split), (*chosen.warnings, *stage.warnings), stage.is_stopped,
    )  # fmt: skip


def _noted(term: TextTerm, is_tuned: bool) -> TextTerm:
    if term.encoder is None or not is_tuned:
        return term
    return replace(term, encoder=replace(term.encoder, is_tuned=True))


def _tree_part(
    ground: Ground,
    options: FitOptions,
    tuned: TunedEncoder | None,
    has_columns: bool,
    run: Run,
) -> TextPart:
    if tuned is not None:
        ground = tuned.ground
    texts, target = ground.texts_of("train"), ground.rows.of("train")[1]
    column, others = ground.texts[0], ground.texts[1:]
    why = "is a further column of texts, and a keyword tree reads one"
    encoder = tuned.encoder if tuned else untuned_encoder([texts[column]], options, run)
    stage = fit_leaves(column, texts[column], target, ground, options, encoder, run)
    run.publish("curves", fold([Readable(stage.intercepts.mean(axis=0), ())], _nothing(ground.task),
                               (), [_one_bag(stage.term)]))  # fmt: skip
    start, slope = _entering(stage.out_of_fold if has_columns else None, target, ground)
    bags = tuple(range(len(stage.intercepts)))
    ground = ground.leaving_out(others, why)
    return TextPart(
        ground, (), (stage.term,), stage.intercepts, bags, start, slope,
        rows_of(ground.rows.split), tuned.warnings if tuned else (), not stage.is_whole,
    )  # fmt: skip


def _entering(
    out_of_fold: Floats | None, target: NDArray[np.generic], ground: Ground
) -> tuple[Floats | None, float]:
    """Return where boosting starts from, and the slope that what texts say is multiplied by."""
    if out_of_fold is None:
        return None, 1.0
    slope = slope_of(out_of_fold, target, ground.task.kind)
    return out_of_fold * slope, slope


def _nothing(task: Task) -> Layout:
    return Layout(task, (), (), ())


def _texts_alone(task: Task, terms: Sequence[TextTerm], intercepts: Floats) -> AdditiveModel:
    return fold([Readable(intercept, ()) for intercept in intercepts], _nothing(task), terms)


def _one_bag(term: Term) -> Term:
    return replace(term, bag_scores=term.scores[None])


def fold_with(
    bags: Sequence[Readable],
    layout: Layout,
    words: TextPart | None = None,
    numbers: Sequence[int] | None = None,
) -> AdditiveModel:
    """Fold bags of the columns with those bags of the texts that have the same `numbers`.

    Without numbers, for curves that are shown before any bag is done, the texts' bags stand in as
    their mean.
    """
    if words is None:
        return fold(bags, layout)
    slope = words.slope if layout.inputs else 1.0
    texts = [text.scaled(slope) for text in words.texts]
    leaves = [_scaled(term, slope) for term in words.leaves]
    if numbers is None:
        texts = [text.merged() for text in texts]
        leaves = [_one_bag(term) for term in leaves]
    else:
        places = [words.bags.index(number) for number in numbers]
        texts = [text.with_bags(places) for text in texts]
        leaves = [_with_bags(term, places) for term in leaves]
    return fold(bags, layout, texts, leaves)


def _scaled(term: Term, factor: float) -> Term:
    return replace(term, scores=term.scores * factor, bag_scores=term.bag_scores * factor)


def _with_bags(term: Term, places: Sequence[int]) -> Term:
    bag_scores = term.bag_scores[list(places)]
    return replace(term, scores=bag_scores.mean(axis=0), bag_scores=bag_scores)
