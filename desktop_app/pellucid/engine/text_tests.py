"""Jobs that test explanations of texts: against chance, against each other, and for sanity."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import numpy as np

from pellucid.core.errors import UserError
from pellucid.core.run import Run
from pellucid.engine.columns import Rows, part_of, sampled, texts_of
from pellucid.engine.loading import AnyFit, load_any
from pellucid.engine.stores import load_store
from pellucid.engine.texts import column_of, scale_of, scored, scorer_of
from pellucid.explain.corpus.views import FaithfulnessView, SanityView
from pellucid.explain.tokens.types import Method, TokenExplanation
from pellucid.models.additive import AdditiveModel, Floats, Term
from pellucid.models.texts import TextTerm

if TYPE_CHECKING:
    from pellucid.data.table import Table
    from pellucid.explain.tokens.faithfulness import Ranking
    from pellucid.explain.tokens.method_tests import Explain
    from pellucid.explain.tokens.sanity import SanityCheck
    from pellucid.models.black_box.classifier import SequenceClassifier

T = TypeVar("T", TextTerm, Term)
TESTED_TEXTS = 50
"""Texts that explanations are tested on, unless more are asked for."""
_CHECKED_TEXTS = 20
_SHUFFLED_ROWS = 5_000
_TAGS = {"faithfulness": 91, "sanity": 92, "shuffle": 93}


def faithfulness(
    run: Run,
    fit: str,
    store: str,
    column: str | None = None,
    method: Method | None = None,
    texts: int = TESTED_TEXTS,
) -> FaithfulnessView:
    """Test explanations on texts that tested the model: one method, or without it all of them."""
    from pellucid.explain.tokens.explain import methods_of
    from pellucid.explain.tokens.method_tests import compare_methods

    found = load_any(Path(fit))
    name = column_of(found.model, column)
    model = scored(found.model)
    told, part = _some_texts(found, store, name, texts, run)
    methods: dict[str, Explain] = {
        one: partial(_ranked, model, one, name, run)
        for one in ((method,) if method else methods_of(model))
    }
    scorer = scorer_of(found.model, name)
    comparison = compare_methods(scorer, told, methods, run, run.seed, scale=scale_of(found))
    return FaithfulnessView(name, part, len(told), comparison)


def _explained(
    model: AdditiveModel | SequenceClassifier, method: Method, column: str, run: Run, text: str
) -> TokenExplanation:
    """Explain one of many texts: a stop is heard, but its progress is not told."""
    from pellucid.explain.tokens.explain import explain_text

    given = column if isinstance(model, AdditiveModel) else None
    inner = Run(seed=run.seed, should_stop=run.should_stop)
    return explain_text(
        model, text, method=method, column=given, with_faithfulness=False, run=inner
    )


def _ranked(
    model: AdditiveModel | SequenceClassifier, method: Method, column: str, run: Run, text: str
) -> Ranking:
    from pellucid.explain.tokens.faithfulness import ranking_of

    run.check()
    return ranking_of(_explained(model, method, column, run, text))


def _some_texts(fit: AnyFit, store: str, column: str, most: int, run: Run) -> tuple[list[str], str]:
    """Return at most `most` texts with words from the test rows, and which rows they are from."""
    with load_store(store) as table:
        found = part_of(fit, table, "test")
        texts = texts_of(table, column)
    rows = sampled([r for r in found.rows.tolist() if (texts[r] or "").strip()], most,
                   run.seed, _TAGS["faithfulness"])  # fmt: skip
    if not rows:
        raise UserError(f"No text of {column} has words", "Choose another column or file.")
    return [texts[row] or "" for row in rows], found.part


def sanity(
    run: Run,
    fit: str,
    store: str,
    column: str | None = None,
    method: Method | None = None,
    texts: int = _CHECKED_TEXTS,
) -> SanityView:
    """Explain texts again after what the model learned was destroyed, and compare.

    Weights, or scores, are replaced by random numbers; an n-gram model is also fitted anew on
    shuffled labels.
    """
    from pellucid.explain.tokens.explain import methods_of
    from pellucid.explain.tokens.sanity import Alteration, compare_attributions
    from pellucid.models.black_box.randomise import randomised

    found = load_any(Path(fit))
    name = column_of(found.model, column)
    told, _ = _some_texts(found, store, name, texts, run)
    chosen = method or methods_of(scored(found.model))[0]

    def scores_of(model: AdditiveModel | SequenceClassifier, stage: str) -> list[Floats]:
        result = []
        for done, text in enumerate(told):
            run.progress(stage, done, len(told))
            run.check()
            tokens = _explained(model, chosen, name, run, text).tokens
            result.append(np.array([token.score for token in tokens]))
        return result

    original = scores_of(scored(found.model), "Explaining the texts")
    altered: dict[Alteration, AdditiveModel | SequenceClassifier] = {}
    if isinstance(found.model, AdditiveModel):
        altered["weights randomised"] = _with_random_scores(found.model, run.seed)
        if found.model.texts:
            altered["labels shuffled"] = _with_shuffled_labels(found, store, run)
    else:
        altered["weights randomised"] = randomised(found.model.network, run.seed)
    checks: list[SanityCheck] = []
    for alteration, model in altered.items():
        after = scores_of(model, "Explaining the texts again")
        pairs = [_told(first, second) for first, second in zip(original, after, strict=True)]
        before, again = [first for first, _ in pairs], [second for _, second in pairs]
        checks.append(compare_attributions(before, again, alteration, run.seed))
    return SanityView(name, chosen, tuple(checks))


def _told(first: Floats, second: Floats) -> tuple[Floats, Floats]:
    """Leave out the tokens that neither explanation gives a score, since they agree by nature:
    n-grams that a model was never shown add nothing, whatever it has learned."""
    if not len(first):
        return first, second
    has = (first != 0).any(axis=1) | (second != 0).any(axis=1)
    return first[has], second[has]


def _with_random_scores(model: AdditiveModel, seed: int) -> AdditiveModel:
    """Return the model with the score of every n-gram and leaf of a tree drawn anew, with the mean
    and spread that they have."""

    def drawn(term: T) -> T:
        random = np.random.default_rng([seed, _TAGS["sanity"]])
        inner = term.scores[1:-1]
        scores = term.scores.copy()
        scores[1:-1] = random.normal(inner.mean(axis=0), inner.std(axis=0), inner.shape)
        return replace(term, scores=scores, bag_scores=scores[None])

    return replace(
        model,
        texts=tuple(drawn(term) for term in model.texts),
        terms=tuple(drawn(t) if t.kind == "leaves" else t for t in model.terms),
    )


def _with_shuffled_labels(fit: AnyFit, store: str, run: Run) -> AdditiveModel:
    """Return the texts' part of the model, fitted anew on labels that belong to other rows."""
    from tempfile import TemporaryDirectory

    from pellucid.core.paths import cache_dir
    from pellucid.models.held_out import truth_of
    from pellucid.models.ngrams.stage import fit_texts
    from pellucid.models.plans import bags_for
    from pellucid.models.tasks import is_known
    from pellucid.models.workers import Workers

    model = fit.model
    assert isinstance(model, AdditiveModel)
    task, names = model.task, [term.column for term in model.texts]
    random = np.random.default_rng([run.seed, _TAGS["shuffle"]])
    with load_store(store) as table:
        truth = truth_of(task, table)
        train = part_of(fit, table, "train").rows
        known = train[is_known(truth)[train]].tolist()
        rows = np.array(sampled(known, _SHUFFLED_ROWS, run.seed, _TAGS["shuffle"]), dtype=np.intp)
        columns = {name: _taken(table, name, rows) for name in names}
    target = random.permutation(truth[rows])
    with (
        TemporaryDirectory(prefix="sanity-", dir=cache_dir(), ignore_cleanup_errors=True) as folder,
        Workers(min(run.workers, bags_for("preview"))) as workers,
    ):
        stage = fit_texts(
            columns, target, task.kind, len(task.classes), None, "preview", Path(folder), workers,
            run, run.seed,
        )  # fmt: skip
    return replace(
        model, terms=(), texts=stage.terms, intercept=stage.intercept,
        bag_intercepts=stage.bag_intercepts,
    )  # fmt: skip


def _taken(table: Table, column: str, rows: Rows) -> list[str | None]:
    texts = texts_of(table, column)
    return [texts[row] for row in rows.tolist()]
