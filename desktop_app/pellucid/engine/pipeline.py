"""The whole path in steps that the window's jobs, the command line and Python share."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pellucid.core.run import Run
from pellucid.data.types import Profile, Source
from pellucid.engine.judging import judgement_of
from pellucid.engine.loading import AnyFit
from pellucid.engine.row_study import row_study_of
from pellucid.engine.stores import profile_of
from pellucid.engine.text_examples import examples_of
from pellucid.engine.text_study import corpora_of, readings_of
from pellucid.explain.group_types import Calibration, Judgement
from pellucid.explain.types import ModelExplanation
from pellucid.facts.corpora import TextStudy
from pellucid.facts.types import Fact
from pellucid.models.fit import Fit
from pellucid.models.types import FitSummary
from pellucid.report.document import Report
from pellucid.report.strips import TextExample
from pellucid.writing.types import Words

if TYPE_CHECKING:
    from pellucid.data.table import Table


@dataclass(frozen=True, slots=True)
class Study:
    """What is known about one table; `summary` and `explanation` are None without a model."""

    source: Source
    profile: Profile
    words: Words
    summary: FitSummary | None = None
    explanation: ModelExplanation | None = None
    texts: tuple[TextStudy, ...] = ()
    examples: tuple[TextExample, ...] = ()
    calibration: Calibration | None = None

    def report(self, hidden: frozenset[str] = frozenset()) -> Report:
        """Return the document; `hidden` are the keys of blocks that are left out."""
        from pellucid.report.build import build_report

        return build_report(
            self.source, self.profile, self.words, self.summary, self.explanation,
            texts=self.texts, examples=self.examples, calibration=self.calibration, hidden=hidden,
        )  # fmt: skip


Write = Callable[[Sequence[Fact], str], Words]
"""Takes ranked facts and a title, and writes them up."""


def study(
    table: Table,
    fit: AnyFit | None,
    run: Run,
    words: Words | None = None,
    write: Write | None = None,
) -> Study:
    """Profile the table, explain the model if there is one, and write up both.

    `words` that were written before are kept as they are; else `write` writes them, by default the
    built-in writer. Of a transformer only its scores are told.
    """
    from pellucid.facts.catalogue import facts_of
    from pellucid.writing import builtin

    profile = profile_of(table, run)
    run.check()
    explanation = None
    if isinstance(fit, Fit):
        from pellucid.explain.model import explain_model

        run.progress("Explaining the model")
        explanation = explain_model(fit)
        run.check()
    summary = fit.summary if fit else None
    texts = corpora_of(table, profile, fit, run)
    examples = examples_of(fit, table, run) if fit else ()
    if words is None:
        readings = readings_of(fit, table, run) if isinstance(fit, Fit) else ()
        rows = row_study_of(table, fit, run)
        run.progress("Writing")
        facts = facts_of(table.source, profile, summary, explanation, texts, readings, rows)
        about = f"What {table.source.path.name} says"
        title = f"{about} about {summary.task.target}" if summary else about
        words = write(facts, title) if write else builtin.write(facts, title=title)
        judged = rows.judged
    else:
        judged = judgement_of(table, fit, run) if fit else Judgement()
    return Study(
        table.source, profile, words, summary, explanation, texts, examples, judged.calibration
    )
