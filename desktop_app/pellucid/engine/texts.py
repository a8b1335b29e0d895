"""Jobs about what a model makes of texts: each takes plain JSON and gives back values.

`fit` is the path of a model file of either kind, `store` that of a table that was read.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from pellucid.core.errors import UserError
from pellucid.core.numbers import listing
from pellucid.core.run import Run
from pellucid.data.types import Columns
from pellucid.engine.columns import texts_of
from pellucid.engine.loading import AnyFit, AnyModel, load_any
from pellucid.engine.stores import load_store
from pellucid.explain.corpus.views import NgramTable
from pellucid.explain.tokens.faithfulness import Scale
from pellucid.explain.tokens.types import Granularity, Method, TokenExplanation
from pellucid.models.additive import AdditiveModel

if TYPE_CHECKING:
    from pellucid.explain.corpus.language_types import SwapEffect
    from pellucid.explain.tokens.scorer import TextScorer
    from pellucid.models.black_box.classifier import SequenceClassifier


def column_of(model: AnyModel, column: str | None) -> str:
    """Return the column of texts to explain: the one asked for, or the model's first.

    Raises `UserError` where the model does not read it token by token.
    """
    from pellucid.explain.tokens.explain import read_columns

    known = read_columns(model) if isinstance(model, AdditiveModel) else (model.column,)
    if not known:
        raise UserError(
            "This model reads no text, so it cannot explain one",
            "Fit it with --text COL to read a column as text, or explain a row: "
            "--row N --data FILE.",
        )
    if column is not None and column not in known:
        raise UserError(
            f"The model does not read {column} as text", f"It reads {listing(list(known), 12)}."
        )
    return column or known[0]


def scored(model: AnyModel) -> AdditiveModel | SequenceClassifier:
    """Return what methods look into: the model itself, or the transformer's loaded network."""
    return model if isinstance(model, AdditiveModel) else model.network


def scorer_of(model: AnyModel, column: str | None = None) -> TextScorer:
    """Return the model as a function of one text, the other columns being average."""
    from pellucid.explain.tokens.scorers import text_scorer

    column = column_of(model, column)
    if isinstance(model, AdditiveModel):
        return text_scorer(model, column)
    return model.network


def scale_of(fit: AnyFit) -> Scale | None:
    """Return what a regression's changes are measured by: the target's deviation, as far as known.

    It follows from the test metrics, since R2 = 1 - rmse^2 / deviation^2.
    """
    metrics = fit.summary.test.metrics
    if fit.model.task.classes or not {"rmse", "r2"} <= metrics.keys():
        return None
    rmse, r2 = metrics["rmse"].value, metrics["r2"].value
    return Scale(rmse / float(np.sqrt(1 - r2))) if rmse > 0 and r2 < 1 else None


def explain_with(
    fit: AnyFit,
    text: str,
    run: Run,
    *,
    column: str | None = None,
    method: Method | None = None,
    granularity: Granularity = "token",
    others: Columns | None = None,
    label: str | None = None,
    contrast: str | None = None,
    with_faithfulness: bool = True,
) -> TokenExplanation:
    """Explain what a fit of either kind makes of a text, as `explain.tokens.explain` does."""
    from pellucid.explain.tokens.explain import explain_text as explained

    column = column_of(fit.model, column)
    is_additive = isinstance(fit.model, AdditiveModel)
    return explained(
        scored(fit.model),
        text,
        method=method,
        column=column if is_additive else None,
        others=others if is_additive else None,
        label=label,
        contrast=contrast,
        granularity=granularity,
        scale=scale_of(fit),
        with_faithfulness=with_faithfulness,
        run=run,
    )


def explain_text(
    run: Run,
    fit: str,
    text: str,
    column: str | None = None,
    method: Method | None = None,
    granularity: Granularity = "token",
    contrast: str | None = None,
    row: Mapping[str, Any] | None = None,
    label: str | None = None,
) -> TokenExplanation:
    """Explain a text; `row` holds the other columns' values, which are average without it."""
    found = load_any(Path(fit))
    return explain_with(
        found,
        text,
        run,
        column=column,
        method=method,
        granularity=granularity,
        others=_others(found.model, row, column_of(found.model, column), text),
        label=label,
        contrast=contrast,
    )


def _others(
    model: AnyModel, row: Mapping[str, Any] | None, column: str, text: str
) -> Columns | None:
    if row is None:
        return None
    from pellucid.data.frames import columns_of

    used = set(model.columns)
    wanted = [(name, kind) for name, kind in model.task.features if name in used]
    return columns_of({**row, column: text}, wanted)[0]


def ngrams(
    run: Run,
    fit: str,
    column: str | None = None,
    output: int = 0,
    order_by: str = "score",
    most: int = 50,
    effect: str = "both",
    min_texts: int = 1,
    store: str | None = None,
) -> NgramTable:
    """List the strongest n-grams of a column; with a `store`, with examples from its rows."""
    from pellucid.explain.corpus.model_ngrams import ngram_table, overall

    model = load_any(Path(fit)).model
    name = column_of(model, column)
    if not isinstance(model, AdditiveModel):
        raise UserError("A transformer has no scores of n-grams", "Explain its texts one by one.")
    if name not in {term.column for term in model.texts}:
        raise UserError("A keyword tree has no scores of n-grams", "Look at the tree itself.")
    term = model.text(name)
    texts: Sequence[str | None] = ()
    if store is not None:
        with load_store(store) as table:
            texts = texts_of(table, name)
    chosen = {"score": "score", "importance": "importance"}[order_by]
    way = {"both": "both", "raising": "raising", "lowering": "lowering"}[effect]
    rows = ngram_table(
        term, output, most, chosen, min_texts, way, texts=texts, run=run  # type: ignore[arg-type]
    )  # fmt: skip
    return NgramTable(name, model.output_names, output, overall(term, output), rows)


def swap(
    run: Run,
    fit: str,
    store: str,
    pairs: str | Sequence[Sequence[str]] | Mapping[str, Sequence[str]],
    column: str | None = None,
    output: int = 0,
) -> SwapEffect:
    """Measure what swapping words does to predictions, over all texts of a column.

    `pairs` are pairs of words, two groups of words by name, or the name of a list that comes with
    Pellucid.
    """
    from pellucid.explain.corpus.swap_list import STARTER_LISTS, WordList
    from pellucid.explain.corpus.swaps import swap_effect

    wanted: WordList
    if isinstance(pairs, str):
        if pairs not in STARTER_LISTS:
            names = listing(list(STARTER_LISTS), 12)
            raise UserError(f"There is no list of words called {pairs!r}", f"There are {names}.")
        wanted = STARTER_LISTS[pairs]
    elif isinstance(pairs, Mapping):
        wanted = pairs
    else:
        wanted = [_pair(words) for words in pairs]
    model = load_any(Path(fit)).model
    scorer = scorer_of(model, column)
    with load_store(store) as table:
        texts = texts_of(table, column_of(model, column))
    has_labels = model.task.kind == "multilabel"
    return swap_effect(scorer, texts, wanted, run, output, run.seed, has_labels=has_labels)


def _pair(words: Sequence[str]) -> tuple[str, str]:
    if len(words) != 2:
        raise UserError(f"{listing(list(words))} is no pair of words", "Give two words a pair.")
    return words[0], words[1]
