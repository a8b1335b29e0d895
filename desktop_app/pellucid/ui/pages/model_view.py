"""What the Model page shows, as values: decisions, state, scores, curves so far. No Qt."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from pellucid.core.numbers import count, listing, number, plural
from pellucid.data.types import Alert, Column, ColumnProfile, Kind, Profile
from pellucid.explain.model import explain_term, outputs_of
from pellucid.explain.types import ModelExplanation
from pellucid.facts.fits import METRIC_NAMES, headline_metric, metric_bounds, metric_text
from pellucid.models.additive import AdditiveModel
from pellucid.models.types import FitOptions, FitSummary, Quality, Scores
from pellucid.report.charts import Chart, DotChart
from pellucid.report.figures import leaderboard_chart, term_chart
from pellucid.ui.states import ErrorState

State = Literal["waiting", "ready", "fitting", "stopped", "done", "failed"]
MOST_CURVES = 9


@dataclass(frozen=True, slots=True)
class QualityChoice:
    key: Quality
    title: str
    bags: int
    means: str

    @property
    def cost(self) -> str:
        """What the choice gives and takes, in a line."""
        return f"{self.bags} bags, {self.means}"


QUALITIES = (
    QualityChoice("preview", "Preview", 4, "the least time, wide intervals."),
    QualityChoice("standard", "Standard", 8, "steady curves, about twice the time."),
    QualityChoice("best", "Best", 16, "smaller steps, several times as long."),
)


@dataclass(frozen=True, slots=True)
class Draft:
    """The decisions as they stand in the page, before they are fitted."""

    target: str | None = None
    drop: frozenset[str] = frozenset()
    quality: Quality = "standard"
    positive: str | None = None

    @classmethod
    def of(cls, options: FitOptions) -> Draft:
        """Return the decisions of a fit."""
        return cls(
            target=options.target,
            drop=frozenset(options.drop),
            quality=options.quality,
            positive=options.positive,
        )

    def with_target(self, target: str | None) -> Draft:
        """Choose another target; a positive class belongs to the old one, and goes."""
        return self if target == self.target else replace(self, target=target, positive=None)

    def without(self, dropped: frozenset[str]) -> Draft:
        return replace(self, drop=dropped)

    def with_quality(self, quality: str) -> Draft:
        known = next(choice.key for choice in QUALITIES if choice.key == quality)
        return replace(self, quality=known)

    def with_positive(self, name: str) -> Draft:
        return replace(self, positive=name)

    def options(self, columns: Sequence[Column], seed: int = 0) -> FitOptions:
        """Return what to fit; columns are dropped in the table's order. Needs a target."""
        if self.target is None:
            raise ValueError("a fit needs a target")
        drop = tuple(c.name for c in columns if c.name in self.drop and c.name != self.target)
        return FitOptions(
            target=self.target,
            positive=self.positive,
            drop=drop,
            quality=self.quality,
            seed=seed,
        )


@dataclass(frozen=True, slots=True)
class FeatureRow:
    """A column as a candidate: `why` says why it cannot take part, where it cannot."""

    name: str
    kind: Kind
    is_used: bool
    why: str = ""

    @property
    def can_be_used(self) -> bool:
        return not self.why


_LEFT_OUT: Mapping[Kind, str] = {
    "identifier": "names rows, says nothing about others",
    "constant": "the same value in every row",
    "text": "running text does not take part yet",
}


def feature_rows(
    columns: Sequence[Column], draft: Draft, summary: FitSummary | None = None
) -> tuple[FeatureRow, ...]:
    """Return every column but the target; those that cannot take part come last.

    What the last fit for this target left out of itself (`summary`) cannot take part either.
    """
    found: dict[str, str] = {}
    if summary is not None and summary.task.target == draft.target:
        found = {i.column: i.why for i in summary.left_out if i.column not in summary.options.drop}
    whys = {c.name: _LEFT_OUT.get(c.kind) or found.get(c.name, "") for c in columns}
    rows = [
        FeatureRow(c.name, c.kind, not whys[c.name] and c.name not in draft.drop, whys[c.name])
        for c in columns
        if c.name != draft.target
    ]  # fmt: skip
    return tuple(sorted(rows, key=lambda row: not row.can_be_used))


def features_line(rows: Sequence[FeatureRow]) -> str:
    """Say how many columns take part and how many do not."""
    used = sum(row.is_used for row in rows)
    off = sum(row.can_be_used and not row.is_used for row in rows)
    barred = sum(not row.can_be_used for row in rows)
    parts = [f"{count(used)} of {count(len(rows))} take part"]
    if off:
        parts.append(f"{count(off)} switched off")
    if barred:
        parts.append(f"{count(barred)} left out")
    return ", ".join(parts)


def target_line(column: Column | None, profile: ColumnProfile | None) -> str:
    """Say what kind of prediction the target makes, and what is missing in it."""
    if column is None:
        return "Choose the column to predict."
    labels = class_labels(column, profile)
    if len(labels) == 2:
        said = f"Two classes: {labels[0]} and {labels[1]}"
    elif column.kind == "number":
        said = "A number: the model predicts its expected value"
    else:
        said = f"{count(column.distinct)} classes"
        if labels and len(labels) <= 5:
            said += f": {listing(list(labels))}"
    if column.missing:
        said += f". {count(column.missing)} rows have no value there and are left out"
    return f"{said}."


def class_labels(column: Column | None, profile: ColumnProfile | None) -> tuple[str, ...]:
    """Return the sorted classes of a target that will be one, as far as the profile lists all."""
    if column is None or profile is None or column.kind not in ("category", "boolean", "number"):
        return ()
    if column.kind == "number" and column.distinct != 2:
        return ()
    labels = tuple(sorted(top.value for top in profile.top))
    return labels if len(labels) == column.distinct else ()


def suggestion_why(suggestions: Sequence[tuple[str, str]], target: str | None) -> str:
    """Return why `target` was suggested, "" where it was not."""
    return next((why for name, why in suggestions if name == target), "")


def column_profile(profile: Profile | None, name: str | None) -> ColumnProfile | None:
    """Return a column's profile, None where there is none yet."""
    if profile is None:
        return None
    return next((column for column in profile.columns if column.name == name), None)


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


def empty_words(state: State, draft: Draft, error: ErrorState | None) -> tuple[str, str] | None:
    """Return the title and the sentence of a page that has no results, None where it has."""
    if state == "waiting":
        return "Waiting for a table", "Open a file under Data; its decisions are then made here."
    if state == "failed" and error is not None:
        return error.message, " ".join(part for part in (error.kept, error.hint) if part)
    if state == "fitting":
        return "Fitting", "The first curves appear when the first bag is done."
    if state == "ready" and draft.target is None:
        return "Nothing to predict yet", "Choose the column to predict at the left."
    if state == "ready":
        return (
            f"Ready to predict {draft.target}",
            "The three decisions at the left are made; each can be changed. Fit shows the first "
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
    return options.target, frozenset(options.drop), options.quality, options.positive


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
        f"{count(rows.get('train', 0))} rows trained, {count(rows.get('validation', 0))} chose "
        f"when to stop, {count(rows.get('test', 0))} were kept for the test. First curves after "
        f"{number(seconds.first_curves, 2)} s, all in {number(seconds.total, 2)} s."
    )


def warnings_of(summary: FitSummary) -> tuple[Alert, ...]:
    """Return what a reader should know before believing the scores, left-out columns included."""
    by_reason: dict[str, list[str]] = {}
    for item in summary.left_out:
        by_reason.setdefault(item.why, []).append(item.column)
    left = [
        Alert("left_out", tuple(names), f"Left out {listing(names)}: {why}")
        for why, names in by_reason.items()
    ]
    return (*summary.warnings, *left)


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
    return CurveSlot(name, term_chart(explained.term(name), explained))


def snapshot(model: AdditiveModel) -> ModelExplanation:
    """Explain a model as it stands, without held-out evidence, by falling importance."""
    terms = sorted((explain_term(t) for t in model.terms), key=lambda t: (-t.importance, t.name))
    return ModelExplanation(
        task=model.task,
        link=model.link,
        intercept=model.intercept,
        outputs=outputs_of(model),
        terms=tuple(terms),
    )
