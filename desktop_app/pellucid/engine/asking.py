"""A question answered: its plan run action by action, each by the function that computes it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pellucid.core.errors import UserError
from pellucid.core.run import Run
from pellucid.core.values import from_json
from pellucid.data.documents import read_document
from pellucid.data.types import Kind
from pellucid.engine import (
    answering_models,
    answering_pairs,
    answering_rows,
    answering_tests,
)
from pellucid.engine.answering_rows import Piece, Scope, piece_of
from pellucid.engine.documents import Context, passages_on
from pellucid.engine.loading import AnyFit, load_any
from pellucid.engine.row_choice import chosen_rows
from pellucid.engine.stores import load_store
from pellucid.models.types import FitOptions
from pellucid.writing.orders import Writing
from pellucid.writing.questions.accounting import without_idle_filters
from pellucid.writing.questions.completion import Suggestion, complete
from pellucid.writing.questions.lexicon import MOST_LEVELS, KnownColumn, Lexicon
from pellucid.writing.questions.matching import match
from pellucid.writing.questions.plans import action_text, plan_from_json, plan_text
from pellucid.writing.questions.types import (
    Action,
    Answer,
    Compare,
    Condition,
    Conversation,
    Definition,
    Describe,
    Difference,
    Effect,
    Filter,
    Importance,
    Mistakes,
    Plan,
    Predict,
    Quality,
    Relation,
    Similar,
    Tokens,
    WhatIf,
)
from pellucid.writing.types import WRITER, Claim, Words

if TYPE_CHECKING:
    from pellucid.data.table import Table

_WITH_LEVELS: tuple[Kind, ...] = ("category", "boolean")


@dataclass(slots=True)
class Asking:
    """What questions about one table need, made when first needed: its words, its model."""

    table: Table
    fit: AnyFit | None = None
    target: str = ""
    options: FitOptions | None = None
    context: Context = field(default_factory=Context)
    _lexicon: Lexicon | None = None
    _known: answering_models.Known | None = None

    def lexicon(self) -> Lexicon:
        if self._lexicon is None:
            target = self.fit.summary.task.target if self.fit is not None else self.target
            self._lexicon = lexicon_of(self.table, target, self.context)
        return self._lexicon

    def known(self, plan: Plan, run: Run) -> answering_models.Known:
        """Return the model with its explanation, fitted now where none is at hand.

        Raises `UserError` where nothing says what is to be predicted.
        """
        if self._known is None:
            if self.fit is None:
                self.fit = self._fitted(self.target or plan.target, run)
            self._known = answering_models.known_of(self.fit, self.table)
        return self._known

    def _fitted(self, target: str, run: Run) -> AnyFit:
        from pellucid.engine.fitting import fit_any

        if not target:
            raise UserError(
                "The question is about a model, and nothing says what it is to predict",
                "Fit a model first; on the command line, name the column to predict with --target, "
                "or a model with --model.",
            )
        options = self.options or FitOptions(target, quality="preview", seed=run.seed)
        return fit_any(self.table, replace(options, target=target), run)


def lexicon_of(table: Table, target: str = "", context: Context | None = None) -> Lexicon:
    """Return the words of a table: columns, and the levels of those that have few enough.

    What documents say of the columns goes with them.
    """
    known = context or Context()
    columns = []
    for column in table.columns:
        levels: tuple[str, ...] = ()
        if column.kind in _WITH_LEVELS:
            values: Any = table.values(column.name)
            counted = Counter(str(value) for value in values.tolist() if value is not None)
            levels = tuple(level for level, _ in counted.most_common(MOST_LEVELS))
        meaning = known.meaning(column.name)
        columns.append(KnownColumn(column.name, column.kind, levels, meaning))
    return Lexicon(tuple(columns), target, table.source.path.name, bool(known))


def ask(
    run: Run,
    store: str,
    question: str = "",
    fit: str | None = None,
    target: str = "",
    before: Mapping[str, Any] | None = None,
    plan: Any = None,
    context: Sequence[str] = (),
    writing: Mapping[str, Any] | None = None,
) -> Answer:
    """Answer a question, or run a `plan` that was edited; `before` is the last conversation.

    `context` are the paths of documents that say what columns and terms mean; `writing` is the
    `Writing` of a language model that is to take part, as JSON.
    """
    from pellucid.engine.asking_with import answer_with

    documents = Context(tuple(read_document(Path(path)) for path in context))
    with load_store(store) as table:
        asking = Asking(table, load_any(Path(fit)) if fit else None, target, context=documents)
        known = from_json(Conversation, before) if before else None
        order = from_json(Writing, writing) if writing else Writing()
        return answer_with(asking, order, question, run, before=known, plan=plan)


def suggest(
    run: Run, store: str, prefix: str, target: str = "", context: Sequence[str] = ()
) -> tuple[Suggestion, ...]:
    """Offer ways to go on with a question that is being typed."""
    del run
    documents = Context(tuple(read_document(Path(path)) for path in context))
    with load_store(store) as table:
        return complete(prefix, lexicon_of(table, target, documents))


def answer(
    asking: Asking,
    question: str,
    run: Run,
    *,
    before: Conversation | None = None,
    plan: Any = None,
) -> Answer:
    """Answer a question by its plan; `plan` is one in JSON that takes its place.

    Raises `UserError` for a plan that does not fit the table, and for what cannot be computed.
    """
    lexicon = asking.lexicon()
    if plan is not None:
        chosen = plan_from_json(plan, lexicon, question)
    else:
        chosen = match(question, lexicon, before)
    return run_plan(asking, chosen, run, before)


def run_plan(asking: Asking, plan: Plan, run: Run, before: Conversation | None = None) -> Answer:
    """Run the actions of a plan in order; a filter holds for those after it.

    What a filter leaves is nothing to actions about the whole model: it is taken away, and noted.
    """
    plan = without_idle_filters(plan)
    scope = Scope(asking.table, chosen_rows(asking.table, ()))
    pieces: list[Piece] = []
    for action in plan.actions:
        run.check()
        if isinstance(action, Filter):
            scope = _narrowed(scope, action.conditions)
        else:
            pieces.append(_run(action, asking, plan, scope, run))
    claims = [one for piece in pieces for one in piece.claims]
    facts = {fact.id: fact for piece in pieces for fact in piece.facts}
    cited = dict.fromkeys(id_ for one in claims for id_ in one.facts)
    words = Words(
        WRITER, "", plan.question or plan_text(plan),
        _once(claims), {id_: facts[id_] for id_ in cited},
    )  # fmt: skip
    last = Conversation(plan, tuple(words.facts.values())) if plan.actions else before
    return Answer(
        plan=plan,
        steps=tuple(action_text(action) for action in plan.actions),
        words=words,
        charts=tuple(dict.fromkeys(chart for piece in pieces for chart in piece.charts)),
        rows=len(scope.rows) if scope.conditions else None,
        conversation=last or Conversation(),
    )


def _once(claims: Sequence[Claim]) -> tuple[Claim, ...]:
    return tuple({(one.text, one.facts): one for one in claims}.values())


def _narrowed(scope: Scope, conditions: tuple[Condition, ...]) -> Scope:
    rows = chosen_rows(scope.table, conditions, scope.rows)
    return Scope(scope.table, rows, (*scope.conditions, *conditions))


def _run(action: Action, asking: Asking, plan: Plan, scope: Scope, run: Run) -> Piece:
    """Run one action by the function that computes it."""
    if isinstance(action, Describe):
        return answering_rows.describe(action, scope, run)
    if isinstance(action, Difference):
        return answering_pairs.difference(action, scope)
    if isinstance(action, Relation):
        return answering_pairs.relate(action, scope, run)
    if isinstance(action, Compare):
        return _compare(action, scope, run)
    if isinstance(action, Definition):
        return _define(action, asking, run)
    if isinstance(action, Similar):
        from pellucid.engine.likeness import similar

        return similar(action, scope, run)
    return _of_model(action, asking.known(plan, run), run)


def _of_model(action: Action, known: answering_models.Known, run: Run) -> Piece:
    if isinstance(action, Importance):
        return answering_models.importance(action, known, run)
    if isinstance(action, Effect):
        return answering_models.effect(action, known, run)
    if isinstance(action, Predict):
        return answering_models.predict(action, known, run)
    if isinstance(action, WhatIf):
        return answering_models.what_if(action, known, run)
    if isinstance(action, Mistakes):
        return answering_tests.mistakes(known, run)
    if isinstance(action, Tokens):
        return answering_tests.tokens(action, known, run)
    assert isinstance(action, Quality), action
    return answering_tests.quality(known, run)


def _compare(action: Compare, scope: Scope, run: Run) -> Piece:
    from pellucid.engine.comparing import compare_table
    from pellucid.facts.contrasts import GroupNames

    names = GroupNames(action.column, action.first, action.second)
    within = scope.rows if scope.conditions else None
    view = compare_table(scope.table, names, run, within)
    return Piece(view.words.claims, tuple(view.words.facts.values()))


def _define(action: Definition, asking: Asking, run: Run) -> Piece:
    """Say what a term means, or what is known of a column: its kind, and how it is spread."""
    from pellucid.facts.answers import column_definition, unknown_term
    from pellucid.facts.glossary import glossary_fact, term_called

    column = asking.lexicon().column(action.term)
    said = passages_on(action.term, asking.context, run) if asking.context else []
    term = term_called(action.term)
    if column is None:
        own = [glossary_fact(term)] if term else []
        return piece_of([*own, *said] or [unknown_term(action.term)])
    cited = any(fact.details["how"] != "nearest" for fact in said)
    lead = column_definition(column.name, column.kind, is_known=cited)
    scope = Scope(asking.table, chosen_rows(asking.table, ()))
    rest = answering_rows.describe(Describe(column.name), scope, run)
    first = [lead, *(said if cited else [])]
    return Piece((*piece_of(first).claims, *rest.claims), (*first, *rest.facts), rest.charts)
