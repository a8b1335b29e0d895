"""Facts that answer questions about a model, beside those that every explained model has."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np

from pellucid.core.numbers import count, listing, number, percent, plural
from pellucid.data.types import Kind
from pellucid.explain.cells import cell_label
from pellucid.explain.types import Effect, LocalExplanation, ModelExplanation, TermExplanation
from pellucid.facts.making import make, make_effect
from pellucid.facts.row_slots import WHAT_IF
from pellucid.facts.scales import scale_of
from pellucid.facts.types import Fact, Origin
from pellucid.models.types import Task

_MOST_CONFUSED = 3
_MOST_OUTPUTS = 3


def value_words(value: float, kind: Kind) -> str:
    """Tell a number, or a date, as it would be written."""
    if kind != "datetime":
        is_year = value % 1 == 0 and 1800 <= value < 2100
        return str(int(value)) if is_year else number(value)
    stamp = datetime.datetime(1970, 1, 1) + datetime.timedelta(seconds=value)
    return stamp.date().isoformat()


def no_term_fact(column: str, target: str, why: str) -> Fact:
    """Say that the model says nothing of a column, and why."""
    return make(
        "caveat", (column, target),
        f"The model says nothing of {column}: {why.rstrip('.')}.", Origin("fit", column, "answer"),
        what="no term", interest=0.7, why=why,
    )  # fmt: skip


def effect_at_facts(
    explanation: ModelExplanation, term: TermExplanation, cell: int, at: str
) -> Iterator[Fact]:
    """Yield what a term adds where its column holds one value, for the outputs it moves most."""
    outputs = list(range(len(explanation.outputs)))
    outputs.sort(key=lambda output: -abs(float(term.scores[cell, output])))
    label = cell_label(term.axes[0], cell)
    rows = round(float(term.counts[cell]))
    for output in outputs[:_MOST_OUTPUTS]:
        scale = scale_of(explanation, output)
        effect = Effect(
            float(term.scores[cell, output]), float(np.nan_to_num(term.low[cell, output])),
            float(np.nan_to_num(term.high[cell, output])), rows,
        )  # fmt: skip
        text = (
            f"Where {term.axes[0].name} is {at}, {scale.noun} {scale.verb('are', 'is')} "
            f"{scale.against_average(effect)}. The model reads it as {label}, which "
            f"{plural(rows, 'training row has', 'training rows have')}."
        )
        yield make_effect(
            "effect_at", term, scale, effect, text, f"answer {label}", 0.9, at=at,
            size=scale.size(effect),
        )  # fmt: skip


def given_fact(values: Mapping[str, str], typical: Mapping[str, str]) -> Fact:
    """Say which values a prediction was asked for, and which were filled in."""
    given = listing([f"{name} {value or 'missing'}" for name, value in values.items()], 12)
    filled = listing([f"{name} {value}" for name, value in typical.items()], 30)
    if given and filled:
        text = f"The row has {given}; for the rest the median or most frequent value was taken: "
        text += f"{filled}."
    elif given:
        text = f"The row has {given}."
    else:
        text = f"The row holds the median or most frequent value of each column: {filled}."
    return make(
        "caveat", tuple(typical), text, Origin("row", "this row", "given"),
        what=f"given {sorted(values.items())}", interest=0.5,
    )  # fmt: skip


def what_if_fact(
    before: LocalExplanation, after: LocalExplanation, explanation: ModelExplanation,
    changes: Mapping[str, str], row: int | None,
) -> Fact:  # fmt: skip
    """Say what is predicted after some values of a row were changed, and what was before."""
    scale = scale_of(explanation, before.output)
    name = f"row {row:,}" if row is not None else "a typical row"
    changed = listing([f"{column} {value or 'missing'}" for column, value in changes.items()], 12)
    if before.value is not None and after.value is not None:
        first, second, unit = before.value, after.value, scale.target
        told = (number(first), number(second))
        text = f"For {name} with {changed} the model predicts {told[1]} for {scale.target}; for "
        text += f"the row as it is, {told[0]}."
    else:
        first, second = (
            (local.probabilities or {}).get(scale.label, float("nan")) for local in (before, after)
        )
        told, unit = (percent(first), percent(second)), "probability"
        text = (
            f"For {name} with {changed} the model gives {scale.outcome} a probability of {told[1]};"
            f" for the row as it is, {told[0]}."
        )
        if after.label != before.label:
            text += f" It then predicts {after.label} rather than {before.label}."
    return make(
        "prediction", (scale.target,), text, Origin("row", name, WHAT_IF),
        what=f"{name} {sorted(changes.items())}", value=second, unit=unit, interest=1.0,
        row=f"{name} with {changed}", base=first, label=after.label or "", outcome=scale.outcome,
        told=told[1], start=told[0], actual="", method="", right="",
    )  # fmt: skip


def error_facts(task: Task, mean: Any, truth: Any) -> Iterator[Fact]:
    """Yield how often, or by how much, predictions of test rows are wrong, and in which way."""
    n, target = len(truth), task.target
    origin = Origin("fit", "test", "mistakes")
    if not n:
        return
    if task.kind == "regression":
        off = np.abs(np.asarray(mean, dtype=np.float64) - np.asarray(truth, dtype=np.float64))
        half, most = float(np.median(off)), float(off.max())
        yield make(
            "statistic", (target,),
            f"Over {plural(n, 'test row')}, half of the predictions of {target} are off by "
            f"{number(half)} or less; the furthest is off by {number(most)}.",
            origin, what="mistakes", value=half, unit=target, n=n, interest=0.9,
            told=f"half of the predictions off by {number(half)} or less", most=most,
        )  # fmt: skip
        return
    if task.kind == "multilabel":
        wrong = ((np.asarray(mean) >= 0.5) != (np.asarray(truth) == 1)).any(axis=1)
        yield _wrong_fact(target, int(wrong.sum()), n, origin)
        return
    predicted, actual = np.asarray(mean).argmax(axis=1), np.asarray(truth).astype(int)
    wrong = predicted != actual
    yield _wrong_fact(target, int(wrong.sum()), n, origin)
    pairs, counts = np.unique(
        np.stack([actual[wrong], predicted[wrong]]), axis=1, return_counts=True
    )
    order = np.argsort(-counts, kind="stable")[:_MOST_CONFUSED]
    for place in order.tolist():
        was, said = (task.classes[int(code)] for code in pairs[:, place])
        times, of = int(counts[place]), int((actual == int(pairs[0, place])).sum())
        yield make(
            "statistic", (target,),
            f"{count(times)} of {plural(of, 'test row')} with {target} {was} "
            f"{'is' if times == 1 else 'are'} predicted to be {said}.",
            Origin("fit", "test", f"{was} as {said}"), what=f"confused {was} {said}", value=times,
            unit="rows", n=of, interest=0.8, told=f"{count(times)} of {plural(of, 'test row')}",
            where=f"{target} is {was}",
        )  # fmt: skip


def _wrong_fact(target: str, wrong: int, n: int, origin: Origin) -> Fact:
    share = wrong / n
    return make(
        "statistic", (target,),
        f"The model is wrong about {target} in {count(wrong)} of {plural(n, 'test row')} "
        f"({percent(share)}).",
        origin, what="mistakes", value=share, unit="share", n=n, interest=0.9,
        told=f"{percent(share)} of test rows",
    )  # fmt: skip


def no_slice_fact(target: str, tried: int) -> Fact:
    """Say that of `tried` groups of rows none stands out in how badly the model does on it."""
    among = f" among {count(tried)} tried" if tried else ""
    return make(
        "caveat", (target,),
        f"No group of rows stands out{among}: on none does the model do much worse on validation "
        "rows and again on test rows; there may still be some that are too small to be told.",
        Origin("fit", "test", "slices"), what="no slices", interest=0.6,
    )  # fmt: skip


def no_words_fact(column: str, target: str) -> Fact:
    """Say that no word of a column has an effect that could be told from noise."""
    return make(
        "caveat", (column, target),
        f"No word of {column} has an effect on {target} that can be told from chance.",
        Origin("explanation", column, "words"), what="no words", interest=0.6,
    )  # fmt: skip


def near_row_fact(row: int, near: int, distance: float, same: list[str], apart: str) -> Fact:
    """Say that a row is near another, and in what they agree and differ."""
    agree = f"; they agree in {listing(same, 6)}" if same else ""
    differ = f"; most apart in {apart}" if apart else ""
    return make(
        "statistic", (f"row {near:,}",),
        f"Row {near:,} is near row {row:,}: on average {percent(distance)} of each column's range "
        f"apart{agree}{differ}.",
        Origin("answer", f"row {row:,}", f"row {near:,}"), what=f"near {row} {near}",
        value=distance, unit="share", interest=0.9 - distance, told=f"{percent(distance)} apart",
        near=near,
    )  # fmt: skip


def near_text_fact(column: str, near: int, similarity: float, text: str, encoder: str) -> Fact:
    """Say that a text of a row is near the one asked about."""
    shown = " ".join(text.split())
    shown = shown if len(shown) <= 160 else f"{shown[:159].rstrip()}…"
    return make(
        "statistic", (column,),
        f"Row {near:,} says: “{shown}” (cosine similarity {number(similarity)}, by {encoder}).",
        Origin("answer", column, f"row {near:,}"), what=f"near text {near}", value=similarity,
        unit="cosine similarity", interest=0.5 + similarity / 2,
        told=f"a cosine similarity of {number(similarity)}", near=near,
    )  # fmt: skip
