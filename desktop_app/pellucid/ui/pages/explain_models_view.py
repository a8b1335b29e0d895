"""What the page says of two models set beside each other, as values. No Qt."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pellucid.core.numbers import count, interval, number, percent, plural, signed
from pellucid.explain.corpus.language_types import DisagreeingText, Disagreement
from pellucid.facts.fits import METRIC_NAMES, headline_metric, metric_text
from pellucid.models.additive import AdditiveModel
from pellucid.report.charts import Bar, BarChart, Caption
from pellucid.ui.pages.explain_text_view import short
from pellucid.ui.readers import AnyModel, KnownFit

NOTES = (
    ("Which texts", "Both models predict the rows that were kept for the test of the first. Where "
     "the second was fitted on some of them, that is said: it flatters the second."),
    ("Who is right", "On the texts where their classes differ, one of them may be right, or none. "
     "McNemar’s test asks whether one is right more often there than a coin would have it."),
    ("What to do with it", "Open a text to see which words move it. Where the transformer alone is "
     "right, the meaning often hangs on the order of words, which n-grams see only nearby."),
)  # fmt: skip
MOST_WORDS = 10
_SHOWN = 260
"""Characters of a text in the list."""


@dataclass(frozen=True, slots=True)
class Rival:
    """A model that can be set beside the one shown: `path` is its file, `title` what it is."""

    path: Path
    title: str


@dataclass(frozen=True, slots=True)
class PartedText:
    """A text on which two models part: its row, counted from 0, and what each says of it."""

    row: int
    text: str
    about: str


def kind_of(model: AnyModel) -> str:
    """Name what kind of model it is, at the start of a line."""
    if not isinstance(model, AdditiveModel):
        return "Transformer"
    trees = [axis.tree for term in model.terms for axis in term.axes if axis.tree is not None]
    if trees:
        return "Edited keyword tree" if any(tree.edits for tree in trees) else "Keyword tree"
    return "N-gram model" if model.texts else "Additive model"


def fit_title(fit: KnownFit) -> str:
    """Name a fit so that it can be told from the others of the same table."""
    summary = fit.summary
    parts = [kind_of(fit.model), summary.options.quality]
    if summary.options.tune:
        parts.append("encoder tuned")
    said = ", ".join(parts)
    name = headline_metric(summary)
    if not name:
        return said
    return f"{said} · {METRIC_NAMES[name]} {metric_text(name, summary.test.metrics[name].value)}"


def rivals(fits: Sequence[KnownFit], shown: Path | None) -> tuple[Rival, ...]:
    """Return the other fits of the same target on this table, the newest first."""
    target = next((fit.summary.task for fit in fits if fit.path == shown), None)
    if target is None:
        return ()
    return tuple(
        Rival(fit.path, fit_title(fit))
        for fit in reversed(fits)
        if fit.path != shown
        and fit.summary.task.target == target.target
        and fit.summary.task.classes == target.classes
    )


def missing_words(model: AnyModel | None, target: str) -> tuple[str, str]:
    """Say what the page waits for: a title and a sentence."""
    if model is None:
        return "Waiting for a model", "Fit one under Model; a second one can be set beside it here."
    if model.task.kind == "multilabel":
        return (
            "Several labels a row",
            "Two models are compared where each gives a row one class or one number.",
        )
    return (
        f"Waiting for a second model of {target}",
        f"So far there is one: {kind_of(model).lower()}. Fit another kind on the same table, or "
        "open the file of a model; where the two part on the test texts is then shown here.",
    )


def other_kind(model: AnyModel) -> tuple[str, str]:
    """Return the kind of model to fit beside this one, and the words on the button."""
    if isinstance(model, AdditiveModel):
        return "transformer", "Fit a transformer too"
    return "additive", "Fit n-grams too"


def agreement_figure(found: Disagreement) -> str:
    """Return the share of texts on which two models agree, large; how far numbers lie apart."""
    if found.differ is None:
        return number(found.mean_distance)
    return percent(1 - found.differ.value, 3)


def agreement_about(found: Disagreement) -> str:
    """Say what the figure is."""
    texts = plural(found.texts, "text")
    if found.differ is None:
        return f"is the mean distance of the two predictions over {texts}"
    low, high = 1 - found.differ.high, 1 - found.differ.low
    return f"of {texts} get the same class from both ({percent(low)} to {percent(high)})"


def verdict(found: Disagreement) -> str:
    """Say who is right where the two part, and whether that is more than chance."""
    a, b = found.names
    if found.differ is None:
        change = found.loss_change
        bounds = f"{interval(change.low, change.high)} with 95% confidence"
        if change.low <= 0 <= change.high:
            return (
                "Neither is clearly nearer to the truth: the mean squared errors differ by "
                f"{signed(change.value)} ({bounds})."
            )
        nearer = b if change.value > 0 else a
        return (
            f"The {nearer} is nearer to the truth: its mean squared error is "
            f"{number(abs(change.value))} less ({bounds})."
        )
    if not found.differing:
        return "The two never part on these texts."
    said = f"They part on {plural(found.differing, 'text')}."
    if math.isnan(found.p_value):
        return f"{said} Neither is right there."
    if found.p_value < 0.05:
        better = a if found.a_right > found.b_right else b
        return (
            f"{said} The {better} is right more often there, and not by chance alone "
            f"(McNemar’s test, p {_p_words(found.p_value)})."
        )
    return (
        f"{said} Neither is clearly right more often there "
        f"(McNemar’s test, p {_p_words(found.p_value)})."
    )


def _p_words(value: float) -> str:
    return "under 0.001" if value < 0.001 else number(value, 2)


def right_chart(found: Disagreement) -> BarChart:
    """Draw who is right on the texts where the two part; nothing for numbers."""
    a, b = found.names
    parts = [
        (f"Only the {a}", found.a_right, "accent"),
        (f"Only the {b}", found.b_right, "accent"),
    ]
    if found.both_wrong:
        parts.append(("Neither", found.both_wrong, "muted"))
    bars = tuple(Bar(name, float(n), tone, note=count(n)) for name, n, tone in parts)
    shown = bars if found.differ is not None and found.differing else ()
    alt = "; ".join(f"{bar.label} {bar.note}" for bar in shown)
    return BarChart(Caption("Who is right where they part", "Texts", alt), "Texts", shown)


def right_sentences(found: Disagreement) -> tuple[str, ...]:
    """Return what the bars of `right_chart` answer."""
    return tuple(
        f"{bar.label} is right on {plural(round(bar.value), 'text')} of "
        f"{count(found.differing)} where the two part."
        for bar in right_chart(found).bars
    )


def list_titles(found: Disagreement) -> tuple[str, str]:
    """Return the titles of the two lists of texts."""
    a, b = found.names
    if found.differ is None:
        return f"The {a} predicts more", f"The {b} predicts more"
    return f"Only the {a} is right", f"Only the {b} is right"


def parted_texts(found: Disagreement) -> tuple[tuple[PartedText, ...], tuple[PartedText, ...]]:
    """Return the texts of the two lists, those first where the models lie furthest apart."""
    is_class = found.differ is not None
    return (
        tuple(_parted(one, found.names, is_class=is_class) for one in found.a_over_b),
        tuple(_parted(one, found.names, is_class=is_class) for one in found.b_over_a),
    )


def _parted(one: DisagreeingText, names: tuple[str, str], *, is_class: bool) -> PartedText:
    a, b = names
    about = f"row {one.row + 1:,} · {one.truth}: "
    if is_class:
        said = [
            f"{name} {percent(mean)}" + ("" if label == one.truth else f", which says {label}")
            for name, mean, label in ((a, one.mean_a, one.label_a), (b, one.mean_b, one.label_b))
        ]
        about += "; ".join(said)
    else:
        about += f"{a} {one.label_a}, {b} {one.label_b}"
    return PartedText(one.row, short(one.text, _SHOWN) or "(no text)", about)


def more_line(found: Disagreement, side: int) -> str:
    """Say how many texts of a list are not shown; empty where all are."""
    if found.differ is None:
        return ""
    shown = len((found.a_over_b, found.b_over_a)[side])
    left = (found.a_right, found.b_right)[side] - shown
    return f"and {count(left)} more" if left > 0 else ""


def words_chart(found: Disagreement) -> BarChart:
    """Draw what the texts say on which the two part, more than the others do."""
    words = [word for word in found.words if word.is_clear][:MOST_WORDS]
    bars = tuple(
        Bar(w.ngram, w.log_odds, "accent", w.low, w.high, note=f"{w.texts:,} · {w.texts_outside:,}")
        for w in words
    )
    alt = "; ".join(f"{bar.label} {signed(bar.value, 2)}" for bar in bars)
    about = "Log-odds against the other texts, 95% interval · texts here · elsewhere"
    return BarChart(Caption("What marks the texts where they part", about, alt), "Log-odds", bars)


def no_words_line(found: Disagreement) -> str:
    """Say that no n-gram marks the parting texts, where that is so."""
    if not found.differing or words_chart(found).bars:
        return ""
    return "No n-gram marks the texts where the two part, after the correction."
