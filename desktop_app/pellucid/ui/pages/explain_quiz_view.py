"""What the Quiz tab shows, as values. No Qt."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from pellucid.core.numbers import number, percent, plural, signed
from pellucid.explain.quiz.types import ARMS, Arm, Example, Guide, Quiz, QuizResult, Why
from pellucid.explain.types import ModelExplanation
from pellucid.models.additive import AdditiveModel
from pellucid.report.charts import Bar, BarChart, Caption, HeatmapChart
from pellucid.ui.pages.model_view import CurveSlot, curve_slot
from pellucid.ui.pages.words_writers_view import Found
from pellucid.ui.readers import AnyModel
from pellucid.writing.quizzes import words

SIZES: Final = (8, 16, 24, 32)
LONG_CELL: Final = 48
"""Characters from which on a cell is shown as running text."""
PARTS = {"without": "Part 1: without explanations", "with": "Part 2: with explanations"}
NOTES = (
    ("What is measured", "Whether the explanations help a reader to say what the model will say of "
     "rows it was not fitted on. That is called simulatability."),
    ("How", "You learn from examples, first without explanations, then with them, and are asked "
     "about other rows each time. The explanation of a row that is asked about stays hidden: it "
     "would give the answer away."),
    ("Fair", "Both parts ask about each output equally often, and of rows that are alike one goes "
     "to either part. The next reader gets the two parts exchanged."),
    ("How sure", "A few questions tell little: the difference has an interval, and where that "
     "holds 0 it could be chance."),
)  # fmt: skip


def waiting_words(model: AnyModel | None, *, is_finished: bool) -> tuple[str, str] | None:
    """Say what the tab waits for: a title and a sentence; None where it waits for nothing."""
    if model is None:
        return "Waiting for a model", "Fit one under Model; a quiz about it can be taken here."
    if model.task.kind == "multilabel":
        return (
            "Several labels a row",
            "A quiz asks for one class or one number, and this model gives a row several labels.",
        )
    if not is_finished:
        return "Waiting for the fit to finish", "A quiz is about the finished model."
    return None


def opening(model: AnyModel) -> str:
    """Say what the reader is in for."""
    what = "class" if model.task.classes else "range"
    explained = (
        "its curves and each example’s sum of scores"
        if isinstance(model, AdditiveModel)
        else "the words that moved each example"
    )
    return (
        f"Say which {what} the model predicts as {model.task.target}, first from examples alone, "
        f"then from the same examples with {explained}. The questions are about the model, not "
        "about the truth: where the model errs, its error is the right answer."
    )


@dataclass(frozen=True, slots=True)
class Candidate:
    """A language model on this machine that can take the quiz."""

    title: str
    url: str
    model: str


def candidates(found: Found | None) -> tuple[Candidate, ...]:
    """Return the models of the servers that were found on this machine."""
    servers = found.servers if found is not None else ()
    return tuple(
        Candidate(f"{model} · {server.program}", server.url, model)
        for server in servers
        for model in server.models
    )


def models_line(found: Found | None) -> str:
    """Say what can take the quiz beside a person, and that rows stay here."""
    stays = "It is shown rows, so it has to be on this machine; the result is marked as a model’s."
    if found is None:
        return f"Looking for servers on this machine. {stays}"
    if not candidates(found):
        return f"No server answers on this machine; a model in a folder can take it. {stays}"
    return stays


def teaching_words(quiz: Quiz, arm: Arm) -> str:
    """Say what to do before the questions of a part begin."""
    count = plural(sum(question.arm == arm for question in quiz.questions), "question")
    examples = plural(len(quiz.examples), "example")
    if arm == "without":
        return (
            f"At the right are {examples} of what the model says. Look for what it goes by; they "
            f"stay there while {count} are asked about other rows."
        )
    shown = "the model’s curves, and " if quiz.guide is not None else ""
    return (
        f"The same {examples}, now with {shown}what moved the model in each. Then come {count} "
        "about other rows, whose explanation stays hidden."
    )


def progress_words(quiz: Quiz, at: int) -> str:
    return f"Question {at + 1} of {len(quiz.questions)}"


def example_title(example: Example) -> str:
    return f"The model says {example.output}"


def guide_parts(
    guide: Guide, explanation: ModelExplanation | None
) -> tuple[tuple[CurveSlot, ...], tuple[str, ...]]:
    """Return the terms that are drawn, and in words those that a small chart cannot tell.

    A small map of a pair, or of levels by classes, has no room for the names of its cells.
    """
    lines = dict(zip((term.name for term in guide.terms), words.guide_lines(guide), strict=True))
    if explanation is None:
        return (), tuple(lines.values())
    slots = [curve_slot(explanation, name) for name in lines]
    drawn = [slot for slot in slots if not isinstance(slot.chart, HeatmapChart)]
    shown = {slot.name for slot in drawn}
    return tuple(drawn), tuple(line for name, line in lines.items() if name not in shown)


def why_bars(why: Why) -> BarChart:
    """Draw what moved the model in an example."""
    scores = [(part.term, part.score) for part in why.parts]
    if len(why.parts) == 1:  # a text alone is told by its words
        scores = [(word.word, word.score) for word in why.parts[0].words] or scores
    bars = tuple(
        Bar(name, score, "raises" if score > 0 else "lowers", note=signed(score, 2))
        for name, score in scores
    )
    axis = f"Score for {why.toward}" if why.toward else "Score"
    alt = "; ".join(f"{bar.label} {bar.note}" for bar in bars)
    return BarChart(Caption("What moved the model", axis, alt), axis, bars)


def word_line(why: Why) -> str:
    """Tell the words behind the texts of an example that has other parts too."""
    if len(why.parts) == 1:
        return ""
    told = [words.part_text(part) for part in why.parts if part.words]
    return "; ".join(told)


def sum_line(why: Why) -> str:
    """Say what the scores speak for, and where their sum starts and ends."""
    toward = f"Scores for {why.toward}" if why.toward else "Scores"
    added = words.sum_text(why)
    return f"{toward}, {added}" if added else toward


def taken_line(result: QuizResult) -> str:
    """Say who took a quiz and when, and how to have the same one again."""
    told = f"Taken by {words.taker_words(result.taker)} on {result.when[:10]}, about "
    told += f"{result.target}, seed {result.design.seed}"
    told += ", parts exchanged" if result.design.swapped else ""
    if not result.is_whole:
        told += f"; stopped after {len(result.marked)} of {result.dealt} questions"
    return told


def measure_line(result: QuizResult) -> str:
    """Tell the difference with its interval, and how long answers took."""
    timed = [
        f"{number(score.seconds, 2)} s {name}"
        for name in ARMS
        if (score := result.arms[name]).asked and math.isfinite(score.seconds)
    ]
    times = f"Half of the answers came within {' and '.join(timed)}." if timed else ""
    missed = sum(score.asked - score.answered for score in result.arms.values())
    left = f"{plural(missed, 'question')} had no answer, which counts as not right." * bool(missed)
    return " ".join(part for part in (words.difference_line(result), times, left) if part)


def result_chart(result: QuizResult) -> BarChart:
    """Draw the share right in each part with its interval."""
    names = {"without": "Without explanations", "with": "With explanations"}
    bars = tuple(
        Bar(names[arm], score.share, "muted" if arm == "without" else "accent", score.low,
            score.high, note=f"{score.right} of {score.asked}")
        for arm in ARMS if (score := result.arms[arm]).asked
    )  # fmt: skip
    alt = "; ".join(f"{bar.label} {bar.note}" for bar in bars)
    return BarChart(Caption("Right answers", "Share right, 95% interval", alt), "Share right", bars)


def result_sentences(result: QuizResult) -> tuple[str, ...]:
    """Return what the bars of `result_chart` answer."""
    return tuple(
        f"{percent(score.share)} right, 95% interval {percent(score.low)} to {percent(score.high)}."
        for arm in ARMS if (score := result.arms[arm]).asked
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class MarkedCard:
    """A question as it stands in the list at the end; `row` is counted from 1."""

    title: str
    about: str
    row: int
    is_right: bool


def marked_cards(result: QuizResult) -> tuple[MarkedCard, ...]:
    return tuple(
        MarkedCard(
            f"{place + 1}  {_first_up(words.answer_line(result, place))}",
            short_cells(words.cells_line(one.cells)),
            one.row + 1,
            one.is_right,
        )
        for place, one in enumerate(result.marked)
    )


def short_cells(text: str, most: int = 220) -> str:
    return text if len(text) <= most else text[:most].rstrip() + " …"


def _first_up(text: str) -> str:
    return text[:1].upper() + text[1:]


def earlier_cards(results: Sequence[QuizResult]) -> tuple[tuple[str, str], ...]:
    """Return a title and a line for each result, newest first."""
    return tuple((words.kept_title(one), words.kept_line(one)) for one in reversed(results))
