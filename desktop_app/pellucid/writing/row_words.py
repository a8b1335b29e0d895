"""One prediction in words, for an audience and in a language, from its facts and nothing else."""

from __future__ import annotations

import datetime
import math
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from typing import cast

from pellucid.explain.counterfactual import Turns
from pellucid.explain.types import LocalExplanation, ModelExplanation
from pellucid.facts.rows import facts_of_row
from pellucid.facts.slot_parts import one_line
from pellucid.facts.types import Fact
from pellucid.models.additive import MONTHS, WEEKDAYS
from pellucid.writing.row_languages.choosing import Audience, audience_of, language_of
from pellucid.writing.row_languages.types import EffectSort, Language
from pellucid.writing.select import claim, detail, figure, value_of
from pellucid.writing.types import Claim

_LONG = 60


def describe_row(
    local: LocalExplanation,
    explanation: ModelExplanation,
    turns: Turns | None = None,
    *,
    audience: str = "analyst",
    language: str = "en",
) -> str:
    """Tell one prediction in one paragraph; with `turns`, also what would change it.

    Raises `UserError` for an audience or a language that is not there.
    """
    facts = facts_of_row(local, explanation, turns)
    return joined(row_claims(facts, audience, language), language)


def joined(claims: Iterable[Claim], language: str = "en") -> str:
    """Set sentences one after another, as the language does."""
    return language_of(language).FORMAT.between.join(item.text for item in claims)


def row_claims(
    facts: Iterable[Fact], audience: str = "analyst", language: str = "en"
) -> tuple[Claim, ...]:
    """Tell the facts of one row, a sentence a claim; every number is one of theirs.

    Raises `UserError` for an audience or a language that is not there.
    """
    words, told = language_of(language), audience_of(audience)
    known = tuple(facts)
    prediction = next(fact for fact in known if fact.kind == "prediction")
    moves = [fact for fact in known if fact.kind == "contribution"]
    moves.sort(key=lambda fact: figure(fact, "rank"))
    turns = [fact for fact in known if fact.kind == "counterfactual"]
    turns.sort(key=lambda fact: figure(fact, "rank"))
    return tuple(_claims(prediction, moves, turns, told, words))


def _claims(
    prediction: Fact, moves: Sequence[Fact], turns: Sequence[Fact], told: Audience, words: Language
) -> Iterator[Claim]:
    yield claim("", _predicted(prediction, told, words), [prediction])
    makers = {"raises": words.raised, "lowers": words.lowered}
    ways = [detail(f, "way") for f in moves if detail(f, "unseen") == "no"]  # The strongest first.
    for way in dict.fromkeys([*ways, *makers]):
        make = makers[way]
        items = [f for f in moves if detail(f, "way") == way and detail(f, "unseen") == "no"]
        items = items[: told.moves]
        if items:
            yield claim("", make([_moved(fact, prediction, told, words) for fact in items]), items)
    unseen = [fact for fact in moves if detail(fact, "unseen") == "yes"]
    if unseen:
        yield claim("", words.unseen([_held(fact, words) for fact in unseen]), unseen)
    for fact in turns[: told.turns]:
        yield claim("", _turned(fact, told, words), [fact])
    if detail(prediction, "actual"):
        agrees = {"yes": True, "no": False}.get(detail(prediction, "right"))
        yield claim("", words.truth(_actual(prediction, words), agrees), [prediction])
    if told.has_sum:
        yield claim("", _summed(prediction, words), [prediction])
    if told.has_note:
        yield claim("", words.NOTES[detail(prediction, "link")], [prediction])
    if told.has_caution:
        yield claim("", words.CAUTION, [prediction])


def _predicted(fact: Fact, told: Audience, words: Language) -> str:
    row = detail(fact, "row").removeprefix("row ").replace(",", "")
    start = words.start(int(row) if row.isdigit() else None)
    is_bounded = told.has_intervals and fact.low is not None and fact.high is not None
    low, high = fact.low or 0.0, fact.high or 0.0
    form = words.FORMAT
    if fact.unit != "probability":
        bounds = words.interval(form.number(low), form.number(high)) if is_bounded else ""
        value, base = form.number(value_of(fact)), form.number(figure(fact, "base"))
        return start + words.value(detail(fact, "target"), value, bounds, base)
    percent = form.percent
    bounds = (
        words.interval(words.percent(percent(low)), words.percent(percent(high)))
        if is_bounded else ""
    )  # fmt: skip
    chance = percent(value_of(fact), rounded=told.rounded)
    average = figure(fact, "base")
    from_ = None if math.isnan(average) else percent(average, rounded=told.rounded)
    return start + words.chance(_outcome(fact), chance, bounds, from_)


def _outcome(fact: Fact) -> str:
    """Name the outcome in signs that every language shares: `Income >50K`, `Churn = Yes`."""
    label = detail(fact, "explained")
    joint = " " if label[:1] in ("<", ">", "=") else " = "
    return one_line(f"{detail(fact, 'target')}{joint}{label}")


def _cell(text: str, words: Language) -> str:
    found = one_line(text)
    short = found if len(found) <= _LONG else f"{found[: _LONG - 1].rstrip()}…"
    return words.FORMAT.quoted(short)


def _actual(prediction: Fact, words: Language) -> str:
    """Write what the table says: a number as the language does, anything else as a cell."""
    said = detail(prediction, "actual")
    if prediction.unit != "probability":
        with suppress(ValueError):
            return words.FORMAT.number(float(said))
    return _cell(said, words)


def _held(fact: Fact, words: Language) -> str:
    """Name what the row holds for a term: a column and its value, or two of them together."""
    parts = [_input(fact, place, words) for place in range(round(figure(fact, "inputs")))]
    return words.together(*parts) if len(parts) == 2 else parts[0]


def _input(fact: Fact, place: int, words: Language) -> str:
    name, column, sort, cell = (
        detail(fact, f"{key}{place}") for key in ("name", "column", "sort", "cell")
    )
    if sort == "words":
        return words.words(column)
    if sort in words.PARTS:
        name = f"{column}{words.FORMAT.bracketed(words.PARTS[sort])}"
    elif sort == "missing" and name != column:
        name = column
    if sort == "missing":
        return words.missing(name)
    if sort == "empty":
        return words.empty(name)
    space = "" if name.endswith(words.FORMAT.brackets[1]) and not words.FORMAT.between else " "
    return f"{name}{space}{_value(sort, cell, words)}"


def _value(sort: str, cell: str, words: Language) -> str:
    """Write a value as the language does."""
    if sort == "number":
        return words.FORMAT.localised(cell)
    if sort == "month" and cell in MONTHS:
        return words.MONTHS[MONTHS.index(cell)]
    if sort == "weekday" and cell in WEEKDAYS:
        return words.WEEKDAYS[WEEKDAYS.index(cell)]
    if sort == "date":
        day, _, time = cell.partition(" ")
        found = datetime.date.fromisoformat(day)
        return f"{words.date(found.year, found.month, found.day)} {time}".rstrip()
    return cell if sort in ("year", "hour") else _cell(cell, words)


def _moved(fact: Fact, prediction: Fact, told: Audience, words: Language) -> str:
    """Name what moves a prediction, and by how much as far as the audience is told."""
    return _held(fact, words) + words.FORMAT.bracketed(_effect(fact, prediction, told, words))


def _effect(fact: Fact, prediction: Fact, told: Audience, words: Language) -> str:
    form = words.FORMAT
    if told.effects == "none":
        return ""
    if told.effects == "factors":
        link = detail(prediction, "link")
        if link == "identity":
            return words.effect("units", form.signed(value_of(fact)))
        sort = {"softmax": "relative odds", "log": "factor"}.get(link, "odds")
        size = words.bounded(*form.ratio(value_of(fact)))
        return words.effect(cast(EffectSort, sort), size)
    score, half = figure(fact, "score"), figure(fact, "half")
    text = words.effect("score", form.signed(score))
    if not told.has_effect_intervals or not half > 0:
        return text
    bounds = words.interval(form.signed(score - half), form.signed(score + half))
    return f"{text}{form.semicolon}{bounds}"


def _turned(fact: Fact, told: Audience, words: Language) -> str:
    if not detail(fact, "after"):
        return words.unturned(words.FORMAT.number(figure(fact, "tried")))
    sort = detail(fact, "sort")
    before = detail(fact, "before")
    change = (
        fact.subject[0],
        words.MISSING if detail(fact, "absent") else _value(sort, before, words),
        _value(sort, detail(fact, "after"), words),
    )
    if fact.unit != "probability":
        form = words.FORMAT
        return words.turned_value(
            change, form.number(value_of(fact)), form.number(figure(fact, "base"))
        )
    chance = words.FORMAT.percent(value_of(fact), rounded=told.rounded)
    if detail(fact, "outcome"):
        return words.turned_label(change, _outcome(fact), chance)
    return words.turned_class(change, _cell(detail(fact, "label"), words), chance)


def _summed(fact: Fact, words: Language) -> str:
    form = words.FORMAT
    parts = (
        form.number(figure(fact, "intercept")),
        form.signed(figure(fact, "added")),
        form.number(figure(fact, "total")),
    )
    return words.summed(detail(fact, "link"), parts, form.number(figure(fact, "terms")))
