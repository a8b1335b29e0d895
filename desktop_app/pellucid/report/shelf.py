"""Which charts stand beside which claims; each chart is drawn once in a document."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from pellucid.data.types import Profile
from pellucid.explain.group_types import Calibration
from pellucid.explain.types import ModelExplanation, TermExplanation
from pellucid.facts.corpora import TextStudy
from pellucid.facts.types import Fact
from pellucid.models.types import FitSummary
from pellucid.report.charts import Chart
from pellucid.report.document import Block, ChartBlock
from pellucid.report.figures import (
    association_chart,
    calibration_chart,
    distinctive_chart,
    histogram_chart,
    importance_chart,
    leaderboard_chart,
    term_chart,
    topic_chart,
)
from pellucid.report.tables import distinctive_table

MOST_TERM_CHARTS = 24
MOST_COLUMN_CHARTS = 6


@dataclass(slots=True)
class ChartShelf:
    """Hands out the charts of one report, and knows which were used up."""

    profile: Profile
    summary: FitSummary | None
    explanation: ModelExplanation | None
    texts: tuple[TextStudy, ...] = ()
    calibration: Calibration | None = None
    drawn: set[str] = field(default_factory=set)

    def beside(self, facts: Iterable[Fact]) -> Iterator[Block]:
        """Yield the charts that show what `facts` say and have not been drawn yet."""
        for fact in facts:
            if fact.kind in ("caveat", "definition"):
                continue
            if fact.origin.result == "explanation":
                yield from self._of_model(fact)
            elif fact.kind in ("distinctive", "cluster"):
                yield from self._of_texts(fact)
            elif fact.origin.result == "fit" and fact.origin.part == "calibration":
                yield from self.agreement()
            elif fact.origin.result == "fit" and fact.kind in ("metric", "baseline"):
                yield from self.leaderboard()
            elif fact.kind == "association":
                yield from self.associations()
            elif fact.kind in ("distribution", "share"):
                yield from self.column(fact.origin.part)

    def _of_model(self, fact: Fact) -> Iterator[Block]:
        explanation = self.explanation
        if explanation is None:
            return
        if fact.kind == "importance" and len(explanation.terms) == 1:
            return
        if fact.kind == "importance":
            yield from self._once("chart:importance", lambda: importance_chart(explanation))
            return
        for term in explanation.terms:
            if term.name == fact.origin.part:
                yield from self.term(term)

    def _of_texts(self, fact: Fact) -> Iterator[Block]:
        study = next((one for one in self.texts if one.column == fact.origin.part), None)
        if study is None:
            return
        name = study.column
        if fact.kind == "cluster":
            yield from self._once(f"chart:topics:{name}", lambda: topic_chart(study))
            return
        yield from self._once(f"chart:distinctive:{name}", lambda: distinctive_chart(study))
        table = distinctive_table(study)
        if table is not None and table.key not in self.drawn:
            self.drawn.add(table.key)
            yield table

    def term(self, term: TermExplanation) -> Iterator[Block]:
        explanation = self.explanation
        if explanation is not None and self._count("chart:term:") < MOST_TERM_CHARTS:
            yield from self._once(term_key(term), lambda: term_chart(term, explanation))

    def leaderboard(self) -> Iterator[Block]:
        summary = self.summary
        if summary is not None and summary.test.metrics:
            yield from self._once("chart:leaderboard", lambda: leaderboard_chart(summary))

    def agreement(self) -> Iterator[Block]:
        """Draw what came against what was predicted, where that was judged."""
        summary, found = self.summary, self.calibration
        if summary is not None and found is not None:
            yield from self._once(
                "chart:calibration", lambda: calibration_chart(summary.task, found)
            )

    def associations(self) -> Iterator[Block]:
        yield from self._once("chart:associations", lambda: association_chart(self.profile))

    def column(self, name: str) -> Iterator[Block]:
        """Draw a column's distribution; beside a model, that of the target alone."""
        found = next((c for c in self.profile.columns if c.name == name), None)
        wanted = self.summary is None or name == self.summary.task.target
        if found is not None and wanted and self._count("chart:column:") < MOST_COLUMN_CHARTS:
            yield from self._once(f"chart:column:{name}", lambda: histogram_chart(found))

    def _count(self, prefix: str) -> int:
        return sum(key.startswith(prefix) for key in self.drawn)

    def _once(self, key: str, draw: Callable[[], Chart | None]) -> Iterator[Block]:
        if key in self.drawn:
            return
        self.drawn.add(key)
        chart = draw()
        if chart is not None:
            yield ChartBlock(key, chart)


def term_key(term: TermExplanation) -> str:
    """Return the key of a term's chart."""
    return f"chart:term:{term.name}"
