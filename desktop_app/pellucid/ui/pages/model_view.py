"""What the Model page shows of a fit, as values: state, scores, curves so far. No Qt."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from pellucid.core.numbers import count, listing, number, plural
from pellucid.data.alike import grouped
from pellucid.data.types import Alert, Column
from pellucid.explain.types import ModelExplanation
from pellucid.facts.fits import METRIC_NAMES, headline_metric, metric_bounds, metric_text
from pellucid.models.types import FitOptions, FitSummary, Scores, by_reason
from pellucid.report.charts import Chart, DotChart
from pellucid.report.figures import leaderboard_chart, term_chart
from pellucid.ui.pages.explain_ngrams_view import ngrams_chart
from pellucid.ui.pages.model_draft import Draft
from pellucid.ui.states import ErrorState

State = Literal["waiting", "ready", "fitting", "stopped", "done", "failed"]


MOST_CURVES = 9


def page_state(*, opened: bool, fitting: bool, failed: bool, summary: FitSummary | None) -> State:
    """Say which of the page's states holds."""
    if not opened:
        return "waiting"
    if fitting:
        return "fitting"
    if failed:
        return "failed"
    if summary is None:
        return "ready"
    return "stopped" if summary.bags < summary.bags_asked else "done"


def empty_words(
    state: State, draft: Draft, error: ErrorState | None, columns: int
) -> tuple[str, str] | None:
    """Return the title and the sentence of a page that has no results, None where it has.

    `columns` is how many the table has.
    """
    if state == "waiting":
        return "Waiting for a table", "Open a file under Data; its decisions are then made here."
    if state == "failed" and error is not None:
        return error.message, " ".join(part for part in (error.kept, error.hint) if part)
    if state == "fitting":
        return "Fitting", "The first curves appear when the first bag is done."
    if state == "ready" and columns < 2:
        return (
            "Nothing to predict from",
            "A model predicts one column from others, and this table has no others. What it holds "
            "is told under Explore, Words and Report.",
        )
    if state == "ready" and draft.target is None:
        return "Nothing to predict yet", "Choose the column to predict at the left."
    if state == "ready":
        return (
            f"Ready to predict {draft.target}",
            "The decisions at the left are made; each can be changed. Fit shows the first "
            "curves after a few seconds and measures the model beside two others.",
        )
    return None


def title(state: State, summary: FitSummary | None, options: FitOptions | None) -> str:
    """Return the title over the results."""
    target = options.target if options is not None else ""
    if state == "fitting":
        return f"Fitting {target}"
    if summary is None:
        return "Nothing fitted yet"
    said = f"How well {summary.task.target} is predicted"
    return f"{said}, from a stopped fit" if state == "stopped" else said


def note(
    state: State,
    draft: Draft,
    summary: FitSummary | None,
    columns: Sequence[Column],
    error: ErrorState | None,
) -> str:
    """Say what the results below do not show: newer decisions, a fit that failed or was stopped."""
    if state == "fitting":
        return "Scores are measured on the test rows once the last bag is done."
    if state == "failed" and error is not None:
        said = " ".join(part for part in (error.message, error.hint) if part)
        return f"The last fit failed, what follows is from before. {said}"
    if summary is None or draft.target is None:
        return ""
    if state == "stopped":
        kept = f"{plural(summary.bags, 'bag')} of {summary.bags_asked}"
        return f"The fit was stopped; {kept} were finished and make up this model."
    same = draft.options(columns, summary.options.seed)
    if _decided(same) != _decided(summary.options):
        return "The decisions at the left have changed since. Fit again to see what they give."
    return ""


def _decided(options: FitOptions) -> tuple[object, ...]:
    return (
        options.target, frozenset(options.drop), options.quality, options.positive, options.kind,
        frozenset(options.texts), options.encoder, options.tune,
    )  # fmt: skip


def curves_line(state: State, bags: int, asked: int) -> str:
    """Say how far the curves below are to be trusted."""
    if state == "fitting":
        if not bags:
            return "The first curves appear when the first bag is done."
        return f"Bag {bags} of {asked}. Each further bag sharpens the curves."
    if state == "stopped":
        return f"Stopped after {bags} of {asked} bags, which were kept: curves are rougher."
    return f"Mean of {bags} bags, with 95% intervals." if bags > 1 else "One bag, no intervals."


def metric_choices(summary: FitSummary) -> tuple[tuple[str, str], ...]:
    """Return the metrics of a fit as (key, name), the one to be read first at the front."""
    first = headline_metric(summary)
    keys = sorted(summary.test.metrics, key=lambda key: key != first)
    return tuple((key, metric_name(key)) for key in keys)


def metric_name(metric: str) -> str:
    """Name a metric at the start of a line."""
    name = METRIC_NAMES.get(metric, metric)
    return name[0].upper() + name[1:]


def leaderboard(summary: FitSummary, metric: str) -> DotChart:
    """Set the model beside its baselines by one metric, each with its 95% interval."""

    def only(scores: Scores) -> Scores:
        return replace(scores, metrics={k: v for k, v in scores.metrics.items() if k == metric})

    rivals = tuple(only(scores) for scores in summary.baselines)
    return leaderboard_chart(replace(summary, test=only(summary.test), baselines=rivals))


def score_line(summary: FitSummary, metric: str) -> tuple[str, str]:
    """Return the one number large, and the words that bound it."""
    found = summary.test.metrics[metric]
    bounds = metric_bounds(metric, found.low, found.high)
    about = f"{metric_name(metric)} on test rows, {bounds} with 95% confidence"
    return metric_text(metric, found.value), about


def time_line(summary: FitSummary) -> str:
    """Say what was fitted, on how many rows, in what time."""
    rows, seconds = summary.rows, summary.seconds
    return (
        f"{count(rows.get('train', 0))} rows trained, {count(rows.get('validation', 0))} judged "
        f"the terms, {count(rows.get('test', 0))} were kept for the test. First curves after "
        f"{number(seconds.first_curves, 2)} s, all in {number(seconds.total, 2)} s."
    )


def warnings_of(summary: FitSummary) -> tuple[Alert, ...]:
    """Return what a reader should know before believing the scores, left-out columns included."""
    left = [
        Alert("left_out", tuple(names), f"Left out {listing(names)}: {why}")
        for why, names in by_reason(summary.left_out).items()
    ]
    return (*grouped(summary.warnings), *left)


@dataclass(frozen=True, slots=True)
class CurveSlot:
    """One small multiple: a term, its chart, and which line of it is drawn."""

    name: str
    chart: Chart


@dataclass(slots=True)
class Curves:
    """Keeps the small multiples in place while bags arrive.

    The terms of the first snapshot hold their places until the fit is done; only then are they put
    in the order of the finished model, so that nothing jumps under the reader's eyes.
    """

    most: int = MOST_CURVES
    names: list[str] = field(default_factory=list)

    def order(self, explained: ModelExplanation, *, final: bool) -> tuple[str, ...]:
        """Return the terms to show, in their places."""
        present = {term.name for term in explained.terms}
        if final or not self.names or not present.issuperset(self.names):
            self.names = [term.name for term in explained.terms[: self.most]]
        return tuple(self.names)

    def clear(self) -> None:
        self.names = []


def curve_slot(explained: ModelExplanation, name: str) -> CurveSlot:
    """Return the small multiple of a term."""
    term = explained.term(name)
    if term.kind == "ngrams":
        return CurveSlot(name, ngrams_chart(term, explained, 0))
    return CurveSlot(name, term_chart(term, explained))
