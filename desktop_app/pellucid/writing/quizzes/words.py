"""A quiz and what came of it, in words: the same for the window, the terminal and a model."""

from __future__ import annotations

import math
from collections.abc import Sequence

from pellucid.core.numbers import interval, number, percent, plural, signed
from pellucid.explain.contrast.measuring import Difference
from pellucid.explain.quiz.types import (
    ArmScore,
    Cell,
    Example,
    Guide,
    Part,
    Question,
    Quiz,
    QuizResult,
    Taker,
    Why,
)

_CERTAIN = 0.05


def cells_line(cells: Sequence[Cell]) -> str:
    """Tell what a row holds; a text alone stands in quotation marks without its column's name."""
    return "; ".join(f"{cell.column}: {cell.text}" for cell in cells)


def question_line(question: Question) -> str:
    return cells_line(question.cells)


def example_lines(example: Example) -> list[str]:
    """Tell an example, and why the model says so where that is shown."""
    lines = [f"{cells_line(example.cells)} → the model says {example.output}"]
    if example.why is not None:
        lines.append(why_line(example.why))
    return lines


def why_line(why: Why) -> str:
    """Tell how a row's output comes about: where the sum starts, what is added, what it makes."""
    parts = ", ".join(part_text(part) for part in why.parts)
    toward = f"for {why.toward}: " if why.toward else ""
    if math.isnan(why.total):
        return f"Why: {toward}{parts}"
    return f"Why: {toward}{parts}; {sum_text(why)}"


def sum_text(why: Why) -> str:
    """Tell where the sum of a row starts, and what it makes; empty where nothing adds up."""
    if math.isnan(why.total):
        return ""
    total = signed(why.total) if why.toward else number(why.total)
    return f"from {number(why.start)} on average to {total}"


def part_text(part: Part) -> str:
    """Tell a part with its value, its score and, of a text, its words."""
    words = ", ".join(f"{one.word} {signed(one.score, 2)}" for one in part.words)
    if words:
        return f"{part.term} {signed(part.score, 2)} ({words})"
    value = f" {part.value}" if part.value else ""
    return f"{part.term}{value} {signed(part.score, 2)}"


def guide_lines(guide: Guide) -> list[str]:
    """Tell the model's strongest terms, each in a few steps."""
    return [
        f"{term.name}: " + "; ".join(f"{s.label} {_scores(s.scores, guide)}" for s in term.steps)
        for term in guide.terms
    ]


def _scores(scores: Sequence[float], guide: Guide) -> str:
    if len(scores) == 1:
        return signed(scores[0], 2)
    told = zip(guide.outputs, scores, strict=True)
    return "(" + ", ".join(f"{name} {signed(score, 2)}" for name, score in told) + ")"


def rule_line(guide: Guide, quiz: Quiz) -> str:
    """Say how the scores make the model's output."""
    starts = ", ".join(number(value) for value in guide.intercept)
    if guide.link == "identity":
        return f"The scores are added to {starts}, and the sum is what the model says."
    if guide.link == "log":
        return (
            f"The scores are added to {starts}; the sum is the natural logarithm of what the model "
            "says."
        )
    if guide.link == "logit":
        positive = guide.outputs[0]
        other = next((name for name in quiz.choices if name != positive), "the other class")
        return f"The scores are added to {starts}; above 0 the model says {positive}, else {other}."
    each = zip(guide.outputs, guide.intercept, strict=True)
    told = ", ".join(f"{name} from {number(value)}" for name, value in each)
    return f"The scores are added up for each class ({told}); the model says the one with the most."


def asked_words(quiz: Quiz) -> str:
    """Say what is asked, once."""
    what = "which range does it predict" if quiz.is_ranges else "which class does it predict"
    return (
        f"Each question is about the model, not about the truth: {what} as {quiz.target}? The "
        "model may be wrong, and then its wrong answer is the right one here."
    )


def taker_words(taker: Taker) -> str:
    """Name who took a quiz; a language model is always marked as one."""
    if taker.kind == "model":
        return f"a model, {taker.name}"
    return taker.name or "a person"


def headline(result: QuizResult) -> str:
    """Tell what came of a quiz in a sentence that claims no more than the questions carry."""
    without, with_ = result.arms["without"], result.arms["with"]
    difference = result.difference
    if difference is None:
        begun = "with" if with_.asked else "without"
        score = result.arms[begun]
        return f"{_of(score)} {begun} explanations; the other part was not begun."
    told = f"{_of(with_)} with explanations, {_of(without)} without"
    if difference.effect == 0:
        return f"{told}: the same share, which does not show that there is no difference."
    if difference.p_value >= _CERTAIN or difference.low <= 0 <= difference.high:
        return f"{told}: the difference could be chance."
    better = "more" if difference.effect > 0 else "fewer"
    return f"{told}: {better} than chance explains."


def _of(score: ArmScore) -> str:
    return f"{score.right} of {score.asked}"


def difference_line(result: QuizResult) -> str:
    """Tell the difference with its interval and test; empty while there is none."""
    found = result.difference
    if found is None:
        return ""
    return (
        f"Difference {signed(found.effect * 100)} percentage points, 95% interval "
        f"{_points(found)} ({found.interval}); {found.test}, p {_p_words(found.p_value)}."
    )


def _points(found: Difference) -> str:
    """Tell an interval of shares in percentage points."""
    return interval(found.low * 100, found.high * 100)


def _p_words(value: float) -> str:
    return "under 0.001" if value < 0.001 else number(value, 2)


def arm_line(name: str, score: ArmScore) -> str:
    """Tell a part: the share right with its interval, the time, what went unanswered."""
    if not score.asked:
        return f"{name}: not begun"
    low, high = (percent(bound) for bound in (score.low, score.high))
    told = f"{name}: {_of(score)} right, {percent(score.share)} ({low} to {high})"
    if not math.isnan(score.seconds):
        told += f", {number(score.seconds, 2)} s an answer"
    missed = score.asked - score.answered
    return told + (f", {plural(missed, 'question')} without an answer" if missed else "")


def baseline_line(result: QuizResult) -> str:
    """Say what is right without any understanding: by chance, by one answer, by the truth."""
    asked = len(result.marked)
    commonest = sum(score.commonest for score in result.arms.values())
    told = (
        f"By chance {percent(1 / len(result.choices))} would be right; by always giving the "
        f"commonest output of each part, {commonest} of {asked}"
    )
    if result.truths is not None:
        told += f"; by knowing the truth of each row, {result.truths} of {asked}"
    return told + "."


def care_line(result: QuizResult) -> str:
    """Say what a difference may owe to other things than explanations."""
    if result.taker.kind == "model":
        return (
            "A language model is asked each question on its own, so practice plays no part; what "
            "it makes of explanations need not be what people make of them."
        )
    return (
        "The part with explanations comes second, since they cannot be unlearnt, so practice may "
        "be a part of the difference; no answer was marked before the end."
    )


def result_lines(result: QuizResult) -> list[str]:
    """Tell all that came of a quiz, the verdict first."""
    lines = [
        headline(result),
        difference_line(result),
        arm_line("Without explanations", result.arms["without"]),
        arm_line("With explanations", result.arms["with"]),
        baseline_line(result),
        care_line(result),
    ]
    return [line for line in lines if line]


def answer_line(result: QuizResult, place: int) -> str:
    """Tell a question's answer beside the model's output."""
    one = result.marked[place]
    said, right = one.answer.choice, result.choices[one.right]
    given = "no answer" if said is None else f"answered {result.choices[said]}"
    if said is None and one.answer.said:
        given = f"no answer among the choices, but “{one.answer.said}”"
    truth = "" if one.truth is None else f"; the table says {one.truth}"
    if one.is_right:
        return f"right: the model says {right}{truth}"
    return f"not right: {given}; the model says {right}{truth}"


def kept_title(result: QuizResult) -> str:
    """Say who took an earlier quiz and what came of it."""
    who = taker_words(result.taker)
    return f"{who[:1].upper()}{who[1:]}: {headline(result)}"


def kept_line(result: QuizResult) -> str:
    """Tell when an earlier quiz was taken, what it was about, and how sure it is."""
    found = result.difference
    difference = ""
    if found is not None:
        difference = f", difference {signed(found.effect * 100)} points ({_points(found)})"
    ended = "" if result.is_whole else f", stopped after {len(result.marked)} of {result.dealt}"
    return (
        f"{result.when[:10]}, {plural(len(result.marked), 'question')} about {result.target}"
        f"{difference}{ended}, seed {result.design.seed}"
    )
