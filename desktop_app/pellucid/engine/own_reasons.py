"""Jobs about one prediction: a language model gives its reasons, and they are put to the test.

`row` is a 0-based position, `output` that of the class to explain, None for the predicted one;
`writing` is a `Writing` as JSON.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pellucid.core.errors import UserError
from pellucid.core.run import Run
from pellucid.core.values import from_json
from pellucid.engine.loading import load_readable
from pellucid.engine.masks import masked_columns, tellable
from pellucid.engine.predictions import actual_of, row_columns
from pellucid.engine.sending import payload_document
from pellucid.engine.stores import load_store
from pellucid.engine.writers import check_writing, looked_at, outlet_for
from pellucid.facts.types import Fact
from pellucid.writing.drafting import BUDGET
from pellucid.writing.fidelity import Trial, trials_of
from pellucid.writing.orders import Writing
from pellucid.writing.own_reasons.asking import (
    ask_for_reasons,
    fitting_evidence,
    request_of,
)
from pellucid.writing.own_reasons.types import Reasons
from pellucid.writing.providers.addresses import is_url
from pellucid.writing.providers.types import Provider

if TYPE_CHECKING:
    from pellucid.data.table import Table
    from pellucid.models.fit import Fit

PURPOSE = "reasons"
"""What the ledger says that requests are for."""


@dataclass(frozen=True, slots=True)
class _Questions:
    """The contributions of a row that may be told, and all that is to be asked about them."""

    evidence: tuple[Fact, ...]
    trials: tuple[Trial, ...]

    @property
    def told(self) -> tuple[Fact, ...]:
        """Every sentence that is told, the changed ones too, so that each can be masked."""
        changed = (fact for trial in self.trials for fact in trial.facts.values())
        return (*self.evidence, *changed)


def ask_reasons(
    run: Run,
    store: str,
    fit: str,
    row: int,
    writing: Mapping[str, Any],
    output: int | None = None,
) -> Reasons:
    """Ask a language model for its reasons for the prediction of a row, and test them."""
    with load_store(store) as table:
        facts = _facts_of(load_readable(Path(fit)), table, row, output)
        return reasons_for(facts, table, from_json(Writing, writing), run)


def show_reasons_payload(
    run: Run,
    store: str,
    fit: str,
    row: int,
    writing: Mapping[str, Any],
    output: int | None = None,
) -> dict[str, object]:
    """Show what would be sent for that, as `show_payload` does; nothing is sent."""
    asked = from_json(Writing, writing)
    with load_store(store) as table:
        facts = _facts_of(load_readable(Path(fit)), table, row, output)
        return payload_document(reasons_payloads(facts, table, asked, run), asked, table, run)


def reasons_for(facts: Sequence[Fact], table: Table, writing: Writing, run: Run) -> Reasons:
    """Ask a language model for its reasons by the contributions among the facts of a row.

    Raises `UserError` where there is no language model, where it may not be asked, and where
    nothing of the row can be told.
    """
    check_reasons(writing)
    check_writing(writing, table, run)
    questions = _questions(facts, table, writing, run, BUDGET)
    outlet = outlet_for(writing, table, questions.told, run, PURPOSE)
    budget = min(BUDGET, outlet.context or BUDGET)
    if budget < BUDGET:
        questions = _questions(facts, table, writing, run, budget)
    found = ask_for_reasons(outlet.provider, questions.trials, questions.evidence, run, budget)
    return replace(found, sent=outlet.sent)


def reasons_payloads(
    facts: Sequence[Fact], table: Table, writing: Writing, run: Run
) -> tuple[bytes, ...]:
    """Return the exact bodies that would be sent; nothing is sent."""
    check_reasons(writing)
    if not is_url(writing.writer):
        return ()
    questions = _questions(facts, table, writing, run, BUDGET)

    def speak(provider: Provider, told: tuple[Fact, ...]) -> None:
        del told
        for trial in questions.trials:
            for _piece in provider.stream(request_of(trial, BUDGET), run):
                pass

    return looked_at(writing, table, questions.told, run, speak)


def check_reasons(writing: Writing) -> None:
    """Raise `UserError` where no language model was chosen."""
    if writing.is_builtin:
        raise UserError(
            "The built-in writer has no reasons of its own: it only arranges what was computed",
            "Name a server or a folder of a language model with --writer; `pellucid writers` "
            "lists the servers on this machine.",
        )


def _facts_of(fit: Fit, table: Table, row: int, output: int | None) -> tuple[Fact, ...]:
    from pellucid.explain.model import explain_model
    from pellucid.explain.row import explain_row
    from pellucid.facts.rows import contribution_facts

    columns, _ = row_columns(fit.model, table)
    actual = actual_of(fit.model, table, row)
    local = explain_row(fit.model, columns, row, output=output, number=row + 1, actual=actual)
    return tuple(contribution_facts(local, explain_model(fit)))


def _questions(
    facts: Sequence[Fact], table: Table, writing: Writing, run: Run, budget: int
) -> _Questions:
    told = tuple(facts)
    if is_url(writing.writer):
        told = tellable(table, told, masked_columns(table, writing.masks, run))
    evidence = fitting_evidence(told, budget)
    if not evidence:
        hidden = " that may be told" if facts else ""
        raise UserError(
            f"Nothing{hidden} moves this prediction, so there are no reasons to ask for",
            "Choose another row." if not hidden else "Choose another row, or mask fewer columns.",
        )
    return _Questions(evidence, trials_of(evidence, run.seed))
