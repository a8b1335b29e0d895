"""Facts of how a model does on single rows: where it does badly, and if it is right on average."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pellucid.core.numbers import count, interval, number, percent, place
from pellucid.explain.group_types import Calibration, Slice
from pellucid.facts.comparisons import POINTS
from pellucid.facts.interest import interest_of
from pellucid.facts.making import make
from pellucid.facts.types import Fact, Origin
from pellucid.facts.wheres import where_text
from pellucid.models.types import Task


def slice_facts(task: Task, slices: Sequence[Slice]) -> Iterator[Fact]:
    """Yield the groups of rows on which the model does much worse, measured on test rows."""
    for one in slices:
        where = " and ".join(where_text(*part) for part in one.parts)
        columns = [column for column, _, _, _ in one.parts]
        shares = task.kind != "regression"
        gap = one.error - one.elsewhere
        here, there = _error(one.error, shares), _error(one.elsewhere, shares)
        if shares:
            value, bounds, unit = 100 * gap, (100 * one.low, 100 * one.high), POINTS
            head = f"the model is wrong for {here} of {count(one.rows)} test rows, against {there}"
        else:
            value, bounds, unit = gap, (one.low, one.high), task.target
            head = (
                f"the model is off by {here} on average over {count(one.rows)} test rows, against "
                f"{there}"
            )
        held = ", corrected for the " + f"{one.carried} carried over" if one.carried > 1 else ""
        text = (
            f"Where {where}, {head} for the others: {number(value)} {unit if shares else ''}"
        ).rstrip() + (
            f" more (95% interval {interval(*bounds)}{held}). It was found among "
            f"{count(one.tried)} groups tried on validation rows."
        )
        yield make(
            "slice", (*columns, task.target), text, Origin("fit", ", ".join(columns), where),
            what=where, value=value, unit=unit, n=one.rows, bounds=bounds,
            interest=interest_of(one.error / max(one.elsewhere, 1e-12) - 1, one.rows, least=0.4,
                                 most=0.8),
            where=where, here=here, there=there, tried=one.tried, carried=one.carried,
            method=f"{one.method}{held}", shares="yes" if shares else "no",
            **_parts(one),
        )  # fmt: skip


def _error(value: float, shares: bool) -> str:
    return percent(value) if shares else number(value)


def _parts(one: Slice) -> dict[str, float | str]:
    """Return what slots need of the parts: column, kind of cut, label and unit of each."""
    found: dict[str, float | str] = {"parts": len(one.parts)}
    for at, part in enumerate(one.parts):
        names = ("column", "cut", "label", "length")
        found |= {f"{name}{at}": str(p) for name, p in zip(names, part, strict=True)}
    return found


def calibration_facts(task: Task, found: Calibration) -> Iterator[Fact]:
    """Yield whether predictions are right on average, over all test rows and in bins of them."""
    shares, width = found.what != "value", found.high - found.low
    said, came, low, high = (
        percent(value) if shares else place(value, width)
        for value in (found.predicted, found.actual, found.low, found.high)
    )
    bounds = f"{low} to {high}"
    agrees = found.low <= found.predicted <= found.high
    verdict = (
        "right on average" if agrees
        else "too high on average" if found.predicted > found.actual
        else "too low on average"
    )  # fmt: skip
    reach = f", as far as {count(found.rows)} rows can tell" if agrees else ""
    if found.what == "positive":
        text = (
            f"Over the test rows the model gives {task.target}{_joined(task.positive)} a "
            f"probability of {said} on average, and it was so in {came} of them (95% interval "
            f"{bounds}): its probabilities are {verdict}{reach}."
        )
    elif found.what == "label":
        text = (
            f"Over the test rows the model gives its own answer a probability of {said} on "
            f"average, and it was right in {came} of them (95% interval {bounds}): its "
            f"probabilities are {verdict}{reach}."
        )
    else:
        text = (
            f"Over the test rows the model predicts {said} for {task.target} on average, and the "
            f"mean is {came} (95% interval {bounds}, judged by its errors): its predictions are "
            f"{verdict}{reach}."
        )
    yield make(
        "metric", (task.target, "calibration"), text, Origin("fit", "calibration", "average"),
        value=found.actual, unit="share" if shares else task.target, n=found.rows,
        bounds=(found.low, found.high), interest=0.35 if agrees else 0.7, method=found.method,
        said=said, came=came, verdict=verdict, shares="yes" if shares else "no", span=bounds,
    )  # fmt: skip
    if found.bins:
        yield _bins_fact(task, found)


def _joined(label: str) -> str:
    return f" {label}" if label[:1] in ("<", ">", "=") else f" = {label}"


def _bins_fact(task: Task, found: Calibration) -> Fact:
    shares = found.what != "value"
    off = [one for one in found.bins if one.is_off]
    bins = len(found.bins)
    what = "probability" if shares else "prediction"
    held = "95% interval, for all bins together"
    if off:
        worst = max(off, key=lambda one: abs(one.predicted - one.actual))
        bounds = f"{percent(worst.low)} to {percent(worst.high)}" if shares else (
            interval(worst.low, worst.high)
        )  # fmt: skip
        text = (
            f"Of {bins} bins of test rows, cut by the {what}, {count(len(off))} "
            f"{'is' if len(off) == 1 else 'are'} off beyond chance; furthest off is the one where "
            f"the model says {_told(worst.predicted, shares)} on average and the truth is "
            f"{_told(worst.actual, shares)} ({held}: {bounds})."
        )
    else:
        text = (
            f"Cut into {bins} bins by the {what}, the test rows show none that is off beyond "
            f"chance ({held})."
        )
    return make(
        "metric", (task.target, "calibration in bins"), text, Origin("fit", "calibration", "bins"),
        value=len(off), unit="bins", n=found.rows, interest=0.6 if off else 0.3,
        method=f"{found.method}, corrected for {bins} bins", bins=bins, measure=what,
        verdict="off beyond chance" if off else "right within chance",
    )  # fmt: skip


def _told(value: float, shares: bool) -> str:
    return percent(value) if shares else number(value)
