"""Facts of a fit: what was predicted from what, how well, and beside what."""

from __future__ import annotations

from collections.abc import Iterator

from pellucid.core.numbers import correlation, count, interval, number, percent, plural
from pellucid.data.types import Profile
from pellucid.facts.making import make
from pellucid.facts.tables import rows_known
from pellucid.facts.types import Fact, Origin
from pellucid.models.types import Estimate, FitSummary, Scores

METRIC_NAMES = {
    "auc": "AUC",
    "accuracy": "accuracy",
    "log_loss": "log loss",
    "brier": "Brier score",
    "macro_f1": "macro F1",
    "micro_f1": "micro F1",
    "exact_match": "share of rows with all labels right",
    "rmse": "RMSE",
    "mae": "mean absolute error",
    "r2": "R²",
}
LOWER_IS_BETTER = frozenset({"log_loss", "brier", "rmse", "mae"})
LEVEL, NOT_SHOWN = "level with it", "not shown to be better than it"
# How far apart two models may be and still be called level: a point of a score out of 100, or two
# percent of the baseline's error. The whole paired interval must lie within.
_LEVEL_SCORE, _LEVEL_ERROR = 0.01, 0.02
_PARTS = {
    "texts alone": "the same model on the texts alone",
    "columns alone": "the same model on the other columns alone",
    "TF-IDF": "a plain linear model on weighted word counts (TF-IDF)",
}
_HEADLINES = {"multilabel": "auc", "binary": "auc", "multiclass": "accuracy", "regression": "r2"}
_WARNING_INTEREST = {"rare levels": 0.45, "ngrams": 0.4, "encoder": 0.6}
_INTEREST = {"auc": 0.9, "r2": 0.9, "accuracy": 0.85, "mae": 0.8, "rmse": 0.6, "macro_f1": 0.5}


def fit_facts(summary: FitSummary, profile: Profile) -> Iterator[Fact]:
    """Yield the facts of `summary`; the profile gives the share of the most frequent class."""
    yield from _task_facts(summary)
    yield from _majority_fact(summary, profile)
    for name, estimate in summary.test.metrics.items():
        yield _metric_fact(summary, name, estimate)
    for baseline in summary.baselines:
        yield from _baseline_facts(summary, baseline)
    yield from _order_fact(summary)
    for left in summary.left_out:
        yield make(
            "caveat", (left.column,), f"{left.column} took no part: {why_text(left.why)}.",
            Origin("fit", left.column, "left_out"), what="left out", interest=0.35, why=left.why,
        )  # fmt: skip
    for warning in summary.warnings:
        text = warning.message if warning.message.endswith(".") else f"{warning.message}."
        yield make(
            "caveat", warning.columns, text,
            Origin("fit", ", ".join(warning.columns), warning.kind),
            what=f"warning {warning.kind}", interest=_WARNING_INTEREST.get(warning.kind, 0.8),
            alert=warning.kind,
        )  # fmt: skip


def why_text(why: str) -> str:
    """Return why a column took no part as a clause of its own: `it identifies rows …`."""
    reason = why.rstrip(".")
    return reason if reason.startswith(("it ", "its ")) else f"it {reason}"


def headline_metric(summary: FitSummary) -> str:
    """Return the metric that a reader should see first, of those that were computed."""
    wanted = _HEADLINES[summary.task.kind]
    return wanted if wanted in summary.test.metrics else next(iter(summary.test.metrics), "")


def is_black_box(summary: FitSummary) -> bool:
    """Say whether the model is one that cannot be read."""
    return summary.options.kind == "transformer"


def _task_facts(summary: FitSummary) -> Iterator[Fact]:
    task, rows = summary.task, summary.rows
    features = len(task.features)
    kind = {
        "binary": f"whether {task.target} is {task.positive}",
        "multiclass": f"which of {len(task.classes)} classes {task.target} is",
        "multilabel": f"which of {len(task.classes)} labels {task.target} holds",
        "regression": f"the value of {task.target}",
    }[task.kind]
    yield make(
        "definition", (task.target,),
        f"The model predicts {kind} from {plural(features, 'column')}.",
        Origin("fit", "task"), what="task", value=features, unit="columns", interest=0.5,
        predicts=kind, columns=plural(features, "column"),
        texts=sum(read == "text" for _, read in task.features),
    )  # fmt: skip
    if is_black_box(summary):
        column = task.features[0][0] if task.features else "its texts"
        yield make(
            "definition", (task.target,),
            f"The model is a transformer that reads {column} as a whole. It has no parts that "
            "could be read one by one: what it makes of a text can be tested and attributed to "
            "words, but only approximately.",
            Origin("fit", "black box"), what="black box", interest=0.9,
        )  # fmt: skip
    learnt = rows.get("train", 0) + rows.get("validation", 0)
    yield make(
        "count", (task.target,),
        f"The model learnt from {count(learnt)} rows and was tested on "
        f"{count(rows.get('test', 0))} that it had not seen.",
        Origin("fit", "rows"), what="split", value=rows.get("test", 0), unit="rows",
        n=learnt + rows.get("test", 0), interest=0.4, learnt=learnt,
    )  # fmt: skip
    if summary.bags < summary.bags_asked:
        yield make(
            "caveat", (task.target,),
            f"The fit was stopped after {summary.bags} of {summary.bags_asked} repetitions, so "
            "its curves are rougher and their intervals wider than they could be.",
            Origin("fit", "bags"), what="stopped", value=summary.bags, unit="bags", interest=0.9,
        )  # fmt: skip


def _majority_fact(summary: FitSummary, profile: Profile) -> Iterator[Fact]:
    if not summary.task.classes:
        return
    for column in profile.columns:
        known = column.rows - column.missing
        tops = {top.value: top.count for top in column.top}
        if column.name != summary.task.target or not known or not tops:
            continue
        common = max(tops, key=lambda value: tops[value])
        share = tops[common] / known
        yield make(
            "share", (column.name, common),
            f"{column.name} is {common} in {percent(share)} of {rows_known(column)}; always "
            "answering so would be right that often.",
            Origin("profile", column.name, common), what="majority", value=share, unit="share",
            n=known, interest=0.7, level=common,
        )  # fmt: skip
        for name in summary.task.classes:
            if name in tops and name != common:
                share = tops[name] / known
                yield make(
                    "share", (column.name, name),
                    f"{column.name} is {name} in {percent(share)} of {rows_known(column)}.",
                    Origin("profile", column.name, name), what="class", value=share,
                    unit="share", n=known, interest=0.65, level=name,
                )  # fmt: skip


def metric_text(name: str, value: float) -> str:
    """Format a metric's value: accuracy as percent, the rest, such as R², as a number."""
    if name in ("auc", "r2"):
        return correlation(value)  # One that is short of 1 is not told as 1.
    return percent(value) if name == "accuracy" else number(value)


def _metric_fact(summary: FitSummary, name: str, estimate: Estimate) -> Fact:
    target, n = summary.task.target, summary.rows.get("test", 0)
    between = f"95% interval {metric_bounds(name, estimate.low, estimate.high)}"
    value = metric_text(name, estimate.value)
    if name == "auc" and summary.task.kind == "binary":
        is_plain = 0.001 < estimate.value < 0.999  # Rounded once then, as the AUC beside it.
        chance = percent(float(f"{estimate.value:.3g}") if is_plain else estimate.value)
        text = (
            f"Given one test row where {target} is {summary.task.positive} and one where it is "
            f"not, the model ranks the right one higher {chance} of the time "
            f"(AUC {value}, {between})."
        )
    elif name == "auc":
        over = "labels" if summary.task.kind == "multilabel" else "classes, each against the rest"
        text = f"Averaged over the {over}, the AUC on test rows is {value} ({between})."
    elif name == "accuracy":
        text = f"The model is right for {value} of the test rows ({between})."
    elif name == "r2" and estimate.value > 0:
        text = (
            f"The model explains {percent(estimate.value)} of the variation of {target} in test "
            f"rows (R² {value}, {between})."
        )
    elif name == "r2":
        text = (
            f"The model explains none of the variation of {target} in test rows (R² {value}, "
            f"{between})."
        )
    elif name == "mae":
        text = f"The model's predictions of {target} are off by {value} on average ({between})."
    else:
        text = f"The model's {METRIC_NAMES.get(name, name)} on test rows is {value} ({between})."
    return make(
        "metric", (target, name), text, Origin("fit", name), value=estimate.value,
        unit=METRIC_NAMES.get(name, name), n=n, bounds=(estimate.low, estimate.high),
        interest=_INTEREST.get(name, 0.3), method=summary.test.interval, model=summary.test.name,
    )  # fmt: skip


def metric_bounds(name: str, low: float, high: float) -> str:
    """Format a metric's interval."""
    if name == "accuracy":
        return f"{percent(low)} to {percent(high)}"
    return interval(low, high)


def _baseline_facts(summary: FitSummary, baseline: Scores) -> Iterator[Fact]:
    """Compare each metric of a baseline."""
    for name, other in baseline.metrics.items():
        ours = summary.test.metrics.get(name)
        if ours is None:
            continue
        verdict = verdict_of(name, ours, baseline)
        label = METRIC_NAMES.get(name, name)
        own = "the transformer" if is_black_box(summary) else "the readable model"
        yield make(
            "baseline", (summary.task.target, baseline.name, name),
            f"On the same test rows, {baseline_words(baseline.name)} reaches {label} "
            f"{metric_text(name, other.value)} ({metric_bounds(name, other.low, other.high)}) "
            f"against {metric_text(name, ours.value)}: {own} is {verdict}"
            f"{_lead_words(name, baseline)}.",
            Origin("fit", baseline.name, name), value=other.value, unit=label,
            n=summary.rows.get("test", 0), bounds=(other.low, other.high),
            interest=0.7 if name == headline_metric(summary) else 0.2, verdict=verdict,
            ours=ours.value, metric=name, baseline=baseline.name, own=own,
            method=baseline.lead_interval,
        )  # fmt: skip


def _lead_words(name: str, baseline: Scores) -> str:
    """Give the difference that the verdict rests on; nothing where the two were not paired."""
    lead = baseline.lead.get(name)
    if lead is None:
        return ""
    factor, unit = (100.0, " percentage points") if name == "accuracy" else (1.0, "")
    value = number(factor * lead.value)
    bounds = interval(factor * lead.low, factor * lead.high)
    return f" (difference {value}{unit}, paired 95% interval {bounds})"


def _order_fact(summary: FitSummary) -> Iterator[Fact]:
    """Say that texts go first and take shared credit, with the gains in either order."""
    parts = {scores.name: scores.metrics for scores in summary.baselines}
    name = headline_metric(summary)
    both = summary.test.metrics.get(name)
    texts = parts.get("texts alone", {}).get(name)
    columns = parts.get("columns alone", {}).get(name)
    if both is None or texts is None or columns is None:
        return
    label = METRIC_NAMES.get(name, name)
    reach = [metric_text(name, found.value) for found in (texts, columns, both)]
    yield make(
        "caveat", (summary.task.target,),
        f"What the texts and the other columns both say is credited to the texts, which are fitted "
        f"first: on test rows the texts alone reach {label} {reach[0]}, and the columns take it to "
        f"{reach[2]}. In the other order the columns alone reach {reach[1]}, and the texts take it "
        f"to {reach[2]}.",
        Origin("fit", "texts", name), what="order", value=both.value - columns.value, unit=label,
        n=summary.rows.get("test", 0), interest=0.9,
    )  # fmt: skip


def verdict_of(name: str, ours: Estimate, baseline: Scores) -> str:
    """Say whether the model is better or worse than a baseline, level with it, or none of these.

    The paired interval of their difference decides: one that holds zero shows no difference, and
    shows that there is none worth speaking of only where it is narrow (`LEVEL`). Of scores that
    were not paired, whether either value lies in the other's interval.
    """
    other, lead = baseline.metrics[name], baseline.lead.get(name)
    if lead is None:
        differs = not (
            ours.low <= other.value <= ours.high or other.low <= ours.value <= other.high
        )
    else:
        differs = lead.low > 0 or lead.high < 0
    if differs:
        return "better" if (ours.value < other.value) == (name in LOWER_IS_BETTER) else "worse"
    bound = level_bound(name, other.value)
    return LEVEL if lead is not None and -bound <= lead.low <= lead.high <= bound else NOT_SHOWN


def level_bound(name: str, baseline: float) -> float:
    """Return how far a model's metric may lie from that of a baseline and be level with it."""
    return _LEVEL_ERROR * baseline if name in LOWER_IS_BETTER else _LEVEL_SCORE


def baseline_words(name: str) -> str:
    """Name a baseline in a sentence."""
    lower = name.lower()
    if name in _PARTS:
        return _PARTS[name]
    if "linear" in lower or "logistic" in lower or "ridge" in lower:
        return "a plain linear model"
    if "boost" in lower:
        return "a gradient-boosted model that cannot be read"
    return f"the baseline {name}"
