"""What the Text tab says of a text in sentences: its prediction, its words, why there is none."""

from __future__ import annotations

import math
from collections.abc import Sequence

from pellucid.core.numbers import count, listing, number, percent, plural, signed
from pellucid.explain.tokens.contrast import agreement
from pellucid.models.types import Task
from pellucid.ui.pages import explain_labels as labels
from pellucid.ui.pages.explain_answer_view import Answer
from pellucid.ui.pages.explain_text_view import Piece, Told, known_characters, short
from pellucid.ui.pages.explain_tree_view import told_way
from pellucid.ui.readers import AnyModel


def text_answer(told: Told, task: Task, actual: str | None = None) -> Answer:
    """Say the prediction of a text, large."""
    found = told.explanation
    if found.probabilities is None:
        said = "" if actual is None else f"The row says {actual}"
        value = number(found.value if found.value is not None else float("nan"))
        return Answer(value, f"Predicted {task.target}", said, None)
    name = task.positive if len(found.outputs) == 1 else found.outputs[found.output]
    about = labels.probability_of(task, name)
    if task.kind == "multiclass" and found.label is not None and found.label != name:
        about += f"; {found.label} is likelier with {percent(found.probabilities[found.label])}"
    about_it = (task, found.probabilities, found.label, actual)
    figure = percent(found.probabilities[name])
    return Answer(figure, about, labels.actual_line(*about_it), labels.is_right(*about_it))


def difference_line(first: Told, second: Told, task: Task) -> str:
    """Say how far the second text's prediction is from the first's."""
    a, b = first.explanation, second.explanation
    if a.probabilities is None or b.probabilities is None:
        change = (b.value or 0.0) - (a.value or 0.0)
        return f"{signed(change)} beside the first" if change else "The same as the first"
    name = task.positive if len(a.outputs) == 1 else a.outputs[a.output]
    change = 100 * (b.probabilities[name] - a.probabilities[name])
    if abs(change) < 0.05:
        return "The same as the first"
    return f"{signed(change)} points beside the first"


def agreement_line(first: Told, second: Told) -> str:
    """Say whether two methods rank the words of one text alike; empty where that says nothing."""
    a, b = first.explanation, second.explanation
    if a.method == b.method or (a.text, a.outputs) != (b.text, b.outputs):
        return ""
    found = agreement(a, b)
    if math.isnan(found):
        return ""
    how = "much like" if found >= 0.7 else "partly like" if found >= 0.3 else "unlike"
    return f"It ranks the words {how} the first method (rank correlation {number(found, 2)})"


def unseen_line(told: Told) -> str:
    """Say how much of the text the model has never seen."""
    found = told.explanation
    if found.method != "exact":
        return ""
    if not found.tokens:
        return "There are no words in this text."
    if found.way is not None:
        return told_way(found.way.steps)
    words = sum(piece.is_unseen for piece in tell_tokens(told))
    if not found.unseen:
        return "Every n-gram of this text occurs in the training texts."
    is_one = found.unseen == 1
    seen = "was never seen" if is_one else "were never seen"
    said = f"{count(found.unseen)} of {plural(len(found.ngrams), 'n-gram')} {seen}"
    if words:
        said += f", {plural(words, 'word')} in no form at all"
    return f"{said}; {'it adds' if is_one else 'they add'} nothing to the prediction."


def tell_tokens(told: Told) -> tuple[Piece, ...]:
    """Return the tokens themselves, whichever pieces are shown."""
    known = known_characters(told.explanation)
    return tuple(
        Piece(t.text, t.start, t.end, 0.0, not known[t.start : t.end].any())
        for t in told.explanation.tokens
    )


def text_words(told: Told) -> str:
    """Tell in sentences which words move the prediction most, and which way."""
    items = [(n.ngram, n.score) for n in told.ngrams] or [(p.text, p.score) for p in told.pieces]
    items.sort(key=lambda item: -abs(item[1]))
    up = [f"“{short(w, 30)}” ({signed(s, 2)})" for w, s in items if s > 0]
    down = [f"“{short(w, 30)}” ({signed(s, 2)})" for w, s in items if s < 0]
    if not up and not down:
        return f"No word of this text moves {told.unit}."
    said = [f"{told.unit[0].upper()}{told.unit[1:]} comes to "
            f"{number(told.explanation.total[told.explanation.output])}."]  # fmt: skip
    if told.explanation.method == "attention":
        return f"{said[0]} Most attention goes to {listing((up + down)[:3])}."
    if up:
        said.append(f"It is raised most by {listing(up[:3])}.")
    if down:
        said.append(f"It is lowered most by {listing(down[:3])}.")
    return " ".join(said)


def text_pairs(told: Told) -> tuple[tuple[str, str], ...]:
    """Return what the inspector lists of a text, as name and value."""
    found = told.explanation
    start, total = found.intercept[found.output], found.total[found.output]
    if found.way is not None:
        return _way_pairs(told)
    pairs = [
        ("Without words", signed(start)),
        ("Its words add", signed(total - start)),
        ("Tokens", count(len(found.tokens))),
    ]
    if found.ngrams:
        pairs.append(("N-grams", f"{count(len(found.ngrams))}, {count(found.unseen)} never seen"))
    if found.gap is not None and abs(found.gap) > 1e-6:
        pairs.append(("Left over", signed(found.gap)))
    return tuple(pairs)


def _way_pairs(told: Told) -> tuple[tuple[str, str], ...]:
    """List a text's way through a keyword tree: the start, each answer, and the leaf."""
    found = told.explanation
    assert found.way is not None
    at = found.output
    pairs = [("Every text starts", signed(found.way.start[at]))]
    for step in found.way.steps:
        held = f"“{step.found[0]}”" if step.found else f"not “{step.keywords[0]}”"
        pairs.append((f"Holds {held}", signed(step.score[at])))
    pairs.append(("Total", signed(found.total[at])))
    return tuple(pairs)


def waiting_words(model: AnyModel | None, texts: Sequence[str]) -> tuple[str, str]:
    """Say why there is no text to explain; `texts` are the table's text columns."""
    if model is None:
        return "Waiting for a model", "Fit one under Model; the texts it reads are explained here."
    if texts:
        return (
            "This model reads no texts",
            f"{listing(list(texts))} can be read as text: choose so under Model and fit again.",
        )
    return (
        "This model reads no texts",
        "The table has no column of running text. A column can be read as text under Model.",
    )
