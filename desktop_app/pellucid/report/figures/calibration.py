"""Predictions set beside what came, bin by bin, under the verdict that the facts give."""

from __future__ import annotations

from pellucid.core.numbers import number, percent, plural
from pellucid.explain.group_types import Calibration, CalibrationBin
from pellucid.facts.judging import calibration_facts
from pellucid.models.types import Task
from pellucid.report.charts import AgreementBin, AgreementChart, Caption


def calibration_chart(task: Task, found: Calibration) -> AgreementChart | None:
    """Draw the bins of a calibration; None where there were too few rows to cut into bins."""
    if not found.bins:
        return None
    shares = found.what != "value"
    x_axis, y_axis = _axes(task, found.what)
    title = _title(task, found)
    told = [
        f"{_told(one.actual, shares)} where it predicted {_told(one.predicted, shares)}"
        for one in found.bins
    ]
    what = "probability" if shares else "prediction"
    caption = Caption(
        title,
        f"{plural(found.rows, 'test row')} in {len(found.bins)} bins by the {what}, with 95% "
        "intervals for all bins together; the line is perfect agreement",
        f"{title}. What came: {'; '.join(told)}.",
    )
    unit = ", %" if shares else ""
    bins = tuple(_bin(one, 100.0 if shares else 1.0) for one in found.bins)
    return AgreementChart(caption, f"{x_axis}{unit}", f"{y_axis}{unit}", bins, shares)


def _axes(task: Task, what: str) -> tuple[str, str]:
    if what == "value":
        return f"Predicted {task.target}", f"Observed {task.target}, mean"
    if what == "label":
        return "Probability of the answer given", "Answers that were right"
    outcome = f"{task.target} {task.positive}"
    return f"Predicted probability of {outcome}", f"Test rows with {outcome}"


def _title(task: Task, found: Calibration) -> str:
    """Give the verdicts of both facts in one line."""
    whole, bins = calibration_facts(task, found)
    what = "Probabilities" if found.what != "value" else "Predictions"
    off = sum(one.is_off for one in found.bins)
    of = len(found.bins)
    agreed = f"and within chance in all {of} bins"
    parted = f"but off beyond chance in {off} of {of} bins"
    joined = agreed if not off else parted
    if whole.details["verdict"] != "right on average":
        joined = f"and {bins.details['verdict']} in {off} of {of} bins" if off else (
            f"though within chance in each of {of} bins"
        )  # fmt: skip
    return f"{what} are {whole.details['verdict']}, {joined}"


def _bin(one: CalibrationBin, factor: float) -> AgreementBin:
    return AgreementBin(
        least=one.least * factor,
        most=one.most * factor,
        predicted=one.predicted * factor,
        actual=one.actual * factor,
        low=one.low * factor,
        high=one.high * factor,
        rows=one.rows,
        is_off=one.is_off,
    )


def _told(value: float, shares: bool) -> str:
    return percent(value) if shares else number(value)
