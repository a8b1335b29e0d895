"""Facts of one row: what is predicted, what each term adds, what would turn it, word by word."""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np

from pellucid.core.numbers import interval, number, number_text, percent, plural
from pellucid.explain.counterfactual import Counterfactual, Turns
from pellucid.explain.tokens.types import METHOD_NAMES, TokenExplanation, TokenScore
from pellucid.explain.types import (
    Contribution,
    LocalExplanation,
    ModelExplanation,
)
from pellucid.facts.making import make
from pellucid.facts.row_inputs import input_details, inputs_of, shortened, value_text
from pellucid.facts.scales import Scale, ratio_span, ratio_text, scale_of
from pellucid.facts.slot_parts import ordinal
from pellucid.facts.types import Fact, Origin
from pellucid.models.intervals import bag_half_width

MOST_TOKENS = 8
MOST_TURNS = 4
_TRIFLE = 0.02
JACKKNIFE = "delete-d jackknife over bags"


def facts_of_row(
    local: LocalExplanation, explanation: ModelExplanation, turns: Turns | None = None
) -> tuple[Fact, ...]:
    """Return the facts of one prediction, the most telling first.

    `turns` are those of the same row. Contributions that hardly move anything are left out.
    """
    facts = [
        prediction_fact(local, explanation),
        *contribution_facts(local, explanation),
        *(counterfactual_facts(local, explanation, turns) if turns is not None else ()),
    ]
    texts = [term.name for term in explanation.terms if term.kind == "ngrams"]
    names = [item.term for item in local.contributions if item.term in texts]
    scale = scale_of(explanation, local.output)
    for told in local.tokens:
        column = next((n for n in names if _value_of(local, n) == told.text), "")
        if column and told.tokens:
            facts += token_facts(told, column, scale, _row_name(local))
    return tuple(sorted(facts, key=lambda fact: (-fact.interest, fact.id)))


def _value_of(local: LocalExplanation, term: str) -> str:
    return next(item.value for item in local.contributions if item.term == term)


def _row_name(local: LocalExplanation) -> str:
    return f"row {local.row:,}" if local.row is not None else "this row"


def prediction_fact(local: LocalExplanation, explanation: ModelExplanation) -> Fact:
    """Say what is predicted, how sure that is, from where it starts, and what the table says."""
    scale, row = scale_of(explanation, local.output), _row_name(local)
    known = not math.isnan(local.low)
    if local.value is not None:
        value, base = local.value, scale.value(local.intercept[0])
        told, start = number(value), number(base)
        bounds = f" (95% interval {interval(local.low, local.high)})" if known else ""
        text = f"For {row} the model predicts {told} for {scale.target}{bounds}, where an average "
        text += f"row starts from {start}."
        unit = scale.target
    else:
        value = (local.probabilities or {}).get(scale.label, math.nan)
        base = local.base_probability if local.base_probability is not None else math.nan
        told, start, unit = percent(value), percent(base), "probability"
        span = f"{percent(local.low)} to {percent(local.high)}"
        bounds = f" (95% interval {span})" if known else ""
        text = f"For {row} the model gives {scale.outcome} a probability of {told}{bounds}, where "
        text += f"an average row starts from {start}."
    if local.actual is not None:
        actual = local.actual if local.label is not None else number_text(local.actual)
        text += f" The table says {actual}."
    return make(
        "prediction", (scale.target,), text, Origin("row", row, "prediction"), what=f"{row}",
        value=value, unit=unit, bounds=(local.low, local.high) if known else None, interest=1.0,
        row=row, base=base, label=local.label or "", outcome=scale.outcome, told=told, start=start,
        target=scale.target, explained=scale.label, intercept=local.intercept[local.output],
        total=local.total[local.output], terms=len(local.contributions),
        added=local.total[local.output] - local.intercept[local.output], link=explanation.link,
        actual=local.actual or "", method=JACKKNIFE,
        right="" if local.actual is None or local.label is None or explanation.link == "logits"
        else "yes" if local.actual == local.label else "no",
    )  # fmt: skip


def contribution_facts(local: LocalExplanation, explanation: ModelExplanation) -> Iterator[Fact]:
    """Yield what each term that moves this prediction adds to it, strongest first."""
    output = local.output
    total = sum(abs(item.score[output]) for item in local.contributions)
    for rank, item in enumerate(local.contributions, start=1):
        share = abs(item.score[output]) / total if total else 0.0
        if item.is_unseen or share > _TRIFLE:
            yield _contribution_fact(local, item, explanation, rank, share)


def _contribution_fact(
    local: LocalExplanation, item: Contribution, explanation: ModelExplanation, rank: int,
    share: float,
) -> Fact:  # fmt: skip
    scale, row = scale_of(explanation, local.output), _row_name(local)
    term = explanation.term(item.term)
    score = item.score[local.output]
    half = float(bag_half_width(np.asarray(item.variation[local.output]), term.bags))
    bounds = (scale.value(score - half), scale.value(score + half)) if half > 0 else None
    inputs = inputs_of(item, term)
    holds, span = value_text(item, term), _span(score, half, scale)
    if item.is_unseen:
        text = f"In {row}, {holds}, which the model never saw, so it adds nothing."
    else:
        text = f"In {row}, {holds}, which {effect_text(score, scale)} {span}".rstrip() + "."
    return make(
        "contribution", (*term.columns, scale.target), text, Origin("row", row, item.term),
        what=f"{row} {item.term}", value=scale.value(score), unit=scale.unit, bounds=bounds,
        interest=0.3 + 0.6 * share, row=row, term=item.term, holds=holds, cell=item.value,
        score=score, half=half, rank=rank, share=share, way="raises" if score > 0 else "lowers",
        effect=effect_text(score, scale), noun=scale.noun, method=JACKKNIFE,
        unseen="yes" if item.is_unseen else "no", sort=term.kind, sure=span.strip("()"),
        name=inputs[0].name if len(inputs) == 1 else item.term, n=None, **input_details(inputs),
    )  # fmt: skip


def effect_text(score: float, scale: Scale) -> str:
    """Say what a score does: `multiplies the odds of Income >50K by 2.1`."""
    value = scale.value(abs(score))
    if scale.is_ratio:
        way = "multiplies" if score >= 0 else "divides"
        return f"{way} {scale.noun} by {ratio_text(value)}"
    return f"{'raises' if score >= 0 else 'lowers'} {scale.noun} by {number(value)}"


def _span(score: float, half: float, scale: Scale) -> str:
    if not half > 0:
        return ""
    low, high = (scale.value(abs(score) + side * half) for side in (-1, 1))
    if scale.is_ratio:
        return f"(95% interval {ratio_span(low, high)})"
    return f"(95% interval {interval(low, high)})"


def counterfactual_facts(
    local: LocalExplanation, explanation: ModelExplanation, turns: Turns
) -> Iterator[Fact]:
    """Yield the nearest changes of one column that turn the prediction, or that there is none.

    Columns whose terms make no measurable difference come after the others, however near.
    """
    scale, row = scale_of(explanation, local.output), _row_name(local)
    order = sorted(turns.found, key=lambda turn: not _may_matter(turn.column, explanation))
    for rank, turn in enumerate(order[:MOST_TURNS], start=1):
        yield _turn_fact(local, turn, scale, (rank, len(turns.tried)), row)
    if not turns.found and turns.tried:
        tried = plural(len(turns.tried), "column")
        yield make(
            "counterfactual", (scale.target,),
            f"For {row}, no change of a single number or category turns the prediction: {tried} "
            f"{'was' if len(turns.tried) == 1 else 'were'} tried.",
            Origin("row", row, "turns"), what=f"{row} none", value=0, unit="columns",
            interest=0.7, row=row, tried=len(turns.tried), columns=tried, method="exact",
        )  # fmt: skip


def _may_matter(column: str, explanation: ModelExplanation) -> bool:
    terms = [term for term in explanation.terms if column in term.columns]
    return any(term.matters or term.evidence is None for term in terms)


def _turn_fact(
    local: LocalExplanation, turn: Counterfactual, scale: Scale, counts: tuple[int, int], row: str
) -> Fact:
    rank, tried = counts
    if turn.label is not None:
        chance = percent(turn.probability or 0.0)
        if scale.is_label:
            after = f"give {scale.outcome} a probability of {chance}"
        else:
            after = f"predict {turn.label}, with a probability of {chance}"
    else:
        after = f"predict {number(turn.value or 0.0)}"
    base = scale.value(local.intercept[0])
    side = "below" if (local.value or 0.0) <= base else "above"
    average = "" if turn.label is not None else (
        f", no longer {side} the {number(base)} of an average row"
    )  # fmt: skip
    text = (
        f"If {turn.column} were {turn.after} in {row} rather than {turn.before}, and all else the "
        f"same, the model would {after}{average}."
    )
    value: float | None = turn.value if turn.label is None else turn.probability
    return make(
        "counterfactual", (turn.column, scale.target), text, Origin("row", row, turn.column),
        what=f"{row} {turn.column}", value=value,
        unit=scale.target if turn.label is None else "probability", interest=0.75 - 0.08 * rank,
        row=row, before=turn.before, after=turn.after, label=turn.label or "",
        outcome=scale.outcome if scale.is_label else "", base=base, side=side, sort=turn.sort,
        absent="yes" if turn.is_missing else "",
        target=scale.target, explained=scale.label,
        figure=number(turn.value or 0.0) if turn.label is None
        else percent(turn.probability or 0.0),
        rank=rank, tried=tried, method="exact, looked up in the model's tables",
    )  # fmt: skip


def token_facts(
    told: TokenExplanation, column: str, scale: Scale, row: str = "this text"
) -> Iterator[Fact]:
    """Yield what the strongest tokens of one text do, half of them raising, half lowering.

    Scores of other methods than the exact one are attributions, and said to be.
    """
    half = MOST_TOKENS // 2
    ordered = sorted(told.tokens, key=lambda token: token.score[told.output])
    lowering = [token for token in ordered if token.score[told.output] < 0][:half]
    raising = [token for token in reversed(ordered) if token.score[told.output] > 0][:half]
    most = max((abs(token.score[told.output]) for token in told.tokens), default=0.0)
    for tokens in (raising, lowering):
        for rank, token in enumerate(tokens, start=1):
            yield _token_fact(told, token, column, scale, row, rank, most)


def _token_fact(
    told: TokenExplanation, token: TokenScore, column: str, scale: Scale, row: str, rank: int,
    most: float,
) -> Fact:  # fmt: skip
    score = token.score[told.output]
    word = shortened(" ".join(token.text.split()))
    same = [other for other in told.tokens if other.text == token.text]
    nth = sum(other.start <= token.start for other in same)
    which = f" (its {ordinal(nth)} mention)" if len(same) > 1 else ""
    effect = effect_text(score, scale)
    if told.method == "exact":
        text = f"In {column} of {row}, “{word}”{which} {effect}."
    else:
        method = METHOD_NAMES[told.method]
        text = f"In {column} of {row}, {method} credits “{word}”{which} with a score that {effect}."
    return make(
        "token", (column, scale.target), text, Origin("row", row, f"{column} {token.start}"),
        what=f"{row} {column} {token.start} {told.method}", value=scale.value(score),
        unit=scale.unit, interest=0.25 + 0.3 * abs(score) / most if most else 0.1, row=row,
        token=word, score=score, rank=rank, way="raises" if score > 0 else "lowers",
        effect=effect, noun=scale.noun, method=told.method, place=nth, of=len(same),
    )  # fmt: skip
