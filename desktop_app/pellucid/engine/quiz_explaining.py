"""What a quiz explains: its examples, the model as a whole, and in the end each row asked about."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

from pellucid.core.run import Run
from pellucid.data.types import Columns
from pellucid.engine.loading import AnyFit, AnyModel
from pellucid.explain.quiz.guide import guide_of
from pellucid.explain.quiz.types import Guide, Part, Why, WordScore
from pellucid.models.additive import AdditiveModel, Term
from pellucid.models.fit import Fit
from pellucid.models.texts import TextTerm

if TYPE_CHECKING:
    from pellucid.explain.tokens.types import TokenExplanation

MOST_COLUMNS = 12
MOST_PARTS = 6
MOST_WORDS = 6
REST = "everything else"


def shown_columns(model: AnyModel) -> tuple[str, ...]:
    """Return the columns that a quiz shows: those that move predictions most, strongest first."""
    if not isinstance(model, AdditiveModel):
        return (model.column,)
    found: dict[str, float] = {}
    for term in parts_of(model):
        for column in term.columns:
            found[column] = found.get(column, 0.0) + term.importance
    return tuple(sorted(found, key=lambda name: -found[name])[:MOST_COLUMNS])


def parts_of(model: AdditiveModel) -> list[Term | TextTerm]:
    return [*model.terms, *model.texts]


def whys_of(
    found: AnyFit, columns: Columns, rows: Sequence[int], shown: tuple[str, ...], run: Run
) -> list[Why]:
    """Explain the outputs of some rows, by their positions in `columns`, one by one."""
    whys = []
    for place, row in enumerate(rows):
        run.progress("Explaining the rows", place, len(rows))
        run.check()
        one = {name: values[row : row + 1] for name, values in columns.items()}
        whys.append(why_of(found, one, shown, run))
    return whys


def why_of(found: AnyFit, columns: Columns, shown: tuple[str, ...], run: Run) -> Why:
    """Explain one row's output by its strongest parts; what is not shown is summed up."""
    model = found.model
    if not isinstance(model, AdditiveModel):
        return _why_of_text(found, str(columns[model.column][0] or ""), run)
    from pellucid.explain.row import explain_row

    local = explain_row(model, columns)
    output = local.output
    words = {
        text.name: _words(told, output)
        for text, told in zip(model.texts, local.tokens, strict=True)
    }
    reads = {term.name: term.columns for term in parts_of(model)}
    told = [c for c in local.contributions if set(reads[c.term]) <= set(shown)][:MOST_PARTS]
    parts = [
        Part(
            c.term,
            c.value if len(reads[c.term]) == 1 else "",  # of a pair the row shows both values
            c.score[output],
            words.get(c.term, ()),
        )
        for c in told
    ]
    rest = local.total[output] - local.intercept[output] - sum(part.score for part in parts)
    if len(told) < len(local.contributions):
        parts.append(Part(REST, "", rest))
    toward = model.output_names[output] if model.task.classes else ""
    return Why(toward, local.intercept[output], tuple(parts), local.total[output])


def _why_of_text(found: AnyFit, text: str, run: Run) -> Why:
    from pellucid.engine.texts import explain_with

    told = explain_with(found, text, run, granularity="word", with_faithfulness=False)
    words = _words(told, told.output)
    score = sum(token.score[told.output] for token in told.tokens)
    part = Part(found.model.columns[0], "", score, words)
    toward = told.outputs[told.output] if found.model.task.classes else ""
    return Why(toward, math.nan, (part,), math.nan)


def _words(told: TokenExplanation, output: int) -> tuple[WordScore, ...]:
    strongest = sorted(told.tokens, key=lambda token: -abs(token.score[output]))[:MOST_WORDS]
    return tuple(
        WordScore(token.text.strip(), token.score[output])
        for token in sorted(strongest, key=lambda token: token.start)
        if token.score[output] and token.text.strip()
    )


def guide_for(found: AnyFit, shown: tuple[str, ...]) -> Guide | None:
    if not isinstance(found, Fit):
        return None
    from pellucid.explain.model import explain_model

    return guide_of(explain_model(found), shown)
