"""What the Model page says of calibration and weak spots, in the words of the facts. No Qt."""

from __future__ import annotations

from dataclasses import dataclass

from pellucid.core.numbers import count, interval, number, plural
from pellucid.data.search import Filter
from pellucid.explain.calibration import FEWEST_ROWS
from pellucid.explain.group_types import Judgement, Slice
from pellucid.facts.contrasts import p_words
from pellucid.facts.judging import calibration_facts, slice_facts
from pellucid.facts.model_answers import no_slice_fact
from pellucid.facts.types import Fact
from pellucid.models.types import FitSummary

WAITING = "Being worked out on the rows that were kept for the test."


@dataclass(frozen=True, slots=True)
class WeakSpot:
    """A group of rows on which the model does much worse: where, how much, how sure."""

    where: str
    error: str
    sure: str
    filters: tuple[Filter, ...]


def calibration_words(judged: Judgement, summary: FitSummary) -> str:
    """Say whether predictions are right on average, as the facts do, or why that is not told."""
    if judged.calibration is not None:
        return " ".join(fact.text for fact in calibration_facts(summary.task, judged.calibration))
    if summary.task.kind == "multilabel":
        return "Where a row has several labels, calibration is not judged."
    rows = summary.rows.get("test", 0)
    if rows < FEWEST_ROWS:
        return (
            f"{plural(rows, 'test row')} are too few to tell whether predictions are right on "
            f"average; that takes {FEWEST_ROWS}."
        )
    return "The open table is not the one that this model was fitted on, so it is not judged."


def weak_words(judged: Judgement, summary: FitSummary) -> str:
    """Say what was searched, above the groups that were found or in place of them."""
    if not judged.tried:
        return "No groups could be tried: there are too few validation rows with errors on them."
    if not judged.slices:
        return no_slice_fact(summary.task.target, judged.tried).text
    found = "one does" if len(judged.slices) == 1 else f"{len(judged.slices)} do"
    carried = judged.slices[0].carried
    held = f" Figures are of test rows, corrected for the {carried} groups measured there."
    return (
        f"Of {count(judged.tried)} groups of rows tried on validation rows, {found} much worse "
        f"there and again on test rows.{held if carried > 1 else ''}"
    )


def weak_spots(judged: Judgement, summary: FitSummary) -> tuple[WeakSpot, ...]:
    """Return the groups on which the model does much worse, the clearest first."""
    facts = slice_facts(summary.task, judged.slices)
    return tuple(_spot(fact, one) for fact, one in zip(facts, judged.slices, strict=True))


def _spot(fact: Fact, one: Slice) -> WeakSpot:
    details, rows = fact.details, plural(fact.n or 0, "test row")
    shares = details["shares"] == "yes"
    head = f"Wrong for {details['here']} of {rows}" if shares else (
        f"Off by {details['here']} on average over {rows}"
    )  # fmt: skip
    gap = float(fact.value or 0.0)
    more = f"{number(gap)} {fact.unit} more" if shares else f"{number(gap)} more"
    bounds = interval(fact.low or 0.0, fact.high or 0.0)
    return WeakSpot(
        where=str(details["where"]),
        error=f"{head}, against {details['there']} for the others.",
        sure=f"{more}, 95% interval {bounds}, p {p_words(one.p_value)}",
        filters=one.filters,
    )
