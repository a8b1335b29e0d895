"""The parts of a fact that words may be built around: each a phrase that is true where it stands.

A slot is a phrase made from the fact alone, with its number, unit and direction already in it, so
that nothing about size or direction has to be written outside slots. What a slot may stand for:

| slot | holds | example |
|---|---|---|
| sentence | the whole fact in one or two plain sentences | Age is missing in 12 rows (5.7%). |
| subject | what the fact is about: columns, a file, a model | Age |
| outcome | what effects move, with its article | the odds of Income >50K |
| value | the figure with its unit | 5.7% of rows; 6.74 times as high; AUC 0.931 |
| count | the rows, texts or values behind a share | 1,843 rows |
| interval | the 95% interval, or where a turn could lie | 95% interval 2.72 to 16.7 |
| n | how many rows the figure rests on | 19,257 training rows |
| direction | what the outcome, or two columns, do: a whole predicate | rise with Age |
| verdict | what follows: a whole predicate | makes a measurable difference on held-out rows |
| rank | the place in an order | first of 54 terms; highest |
| group | the level, word or place singled out | “Husband” |
| other | what it is set against | “Never-married” |
| at | a place on the axis of the subject | about 44 |
| where | the rows that are meant | Income is >50K |
| range, half | from the least to the greatest value; the middle half | from 17 to 90 |
| list | parts, named and counted | 9 categories and 6 numbers |

Cells of the user's file stand in quotation marks, in one line and not longer than a few words, so
that they read as data whatever they say.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from pellucid.core.numbers import count, interval, listing, number, percent, plural
from pellucid.facts.types import Fact, FactKind

SLOTS: Final = (
    "sentence", "subject", "outcome", "value", "count", "interval", "n", "direction", "verdict",
    "rank", "group", "other", "at", "where", "range", "half", "list",
)  # fmt: skip
Slots = Mapping[str, str]
_MOST_CELL_CHARACTERS = 60
_LARGE = 1000.0


def slots_of(fact: Fact) -> Slots:
    """Return the fact's slots by name, in the order of `SLOTS`; each has `sentence` at least."""
    maker = _MAKERS.get(fact.kind)
    found = {"sentence": one_line(fact.text), **_common(fact), **(maker(fact) if maker else {})}
    return {name: found[name] for name in SLOTS if found.get(name)}


def quoted(cell: str) -> str:
    """Set a cell in quotation marks, in one line and shortened."""
    text = one_line(cell)
    if len(text) > _MOST_CELL_CHARACTERS:
        text = text[: _MOST_CELL_CHARACTERS - 1].rstrip() + "…"
    return f"“{text.replace('“', '‘').replace('”', '’')}”"


def one_line(text: str) -> str:
    """Leave out line breaks and characters that do not print."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def _common(fact: Fact) -> Slots:
    found = {}
    subject = [name for name in fact.subject if name]
    if subject:
        found["subject"] = one_line(listing(subject))
    if fact.low is not None and fact.high is not None:
        found["interval"] = f"95% interval {_bounds(fact)}"
    if fact.n is not None:
        found["n"] = plural(fact.n, "row")
    return found


def _bounds(fact: Fact) -> str:
    """Format the interval as the fact's own sentence does."""
    low, high = fact.low or 0.0, fact.high or 0.0
    if "ratio" in fact.unit:
        return f"{_ratio(low)} to {_ratio(high)}"
    if fact.kind == "effect_at" and _figure(fact) < 0:
        low, high = -high, -low
    if fact.unit in ("share", "accuracy") or (fact.unit == "R²" and 0 <= low <= high <= 1):
        return f"{percent(low)} to {percent(high)}"
    return interval(low, high)


def _ratio(value: float) -> str:
    if value >= _LARGE:
        return f"over {number(_LARGE)}"
    return f"under {number(1 / _LARGE)}" if value <= 1 / _LARGE else number(value)


def _detail(fact: Fact, name: str) -> str:
    return one_line(str(fact.details.get(name, "")))


def _figure(fact: Fact, name: str = "") -> float:
    found = fact.details.get(name, 0.0) if name else fact.value
    return float(found) if isinstance(found, int | float) else 0.0


def _count(fact: Fact) -> Slots:
    found = {"value": plural(round(_figure(fact)), fact.unit.removesuffix("s"))}
    if "file" in fact.details:
        found["subject"] = quoted(_detail(fact, "file"))
    if "kinds" in fact.details:
        found["list"] = _detail(fact, "kinds")
    if "learnt" in fact.details:
        found["subject"] = "the model"
        found["value"] = f"{count(round(_figure(fact)))} test rows"
        found["count"] = f"{count(round(_figure(fact, 'learnt')))} training rows"
    return found


def _share(fact: Fact) -> Slots:
    found = {"subject": one_line(fact.subject[0]), "group": quoted(_detail(fact, "level")),
             "value": f"{percent(_figure(fact))} of rows"}  # fmt: skip
    if "distinct" in fact.details:
        found["count"] = plural(round(_figure(fact, "distinct")), "different value")
    return found


def _missingness(fact: Fact) -> Slots:
    if not fact.subject:
        if not _figure(fact):
            return {}
        columns = plural(round(_figure(fact, "columns")), "column")
        return {"value": f"{percent(_figure(fact))} of all cells", "count": columns}
    found = {"value": f"{percent(_figure(fact))} of rows"}
    if "rows" in fact.details:
        found["count"] = plural(round(_figure(fact, "rows")), "row")
    if "word" in fact.details:
        found["group"] = quoted(_detail(fact, "word"))
    return found


def _distribution(fact: Fact) -> Slots:
    details = fact.details
    if "first" in details:
        return {"range": f"from {_detail(fact, 'first')} to {_detail(fact, 'last')}"}
    if "least" in details:
        least, most = number(_figure(fact, "least")), number(_figure(fact, "most"))
        low, high = number(_figure(fact, "low")), number(_figure(fact, "high"))
        return {
            "value": f"a median of {number(_figure(fact))}",
            "range": f"from {least} to {most}", "half": f"from {low} to {high}",
        }  # fmt: skip
    if fact.unit == "share":
        return {"group": quoted("0"), "value": f"{percent(_figure(fact))} of rows"}
    return {}


def _association(fact: Fact) -> Slots:
    strength = abs(_figure(fact))
    closely = "closely" if strength >= 0.8 else "clearly"
    direction = f"go {closely} {'together' if _figure(fact) > 0 else 'opposite ways'}"
    if "say almost the same" in fact.text:
        direction = "say almost the same"
    return {
        "subject": one_line(fact.subject[0]), "other": one_line(fact.subject[1]),
        "value": f"{_MEASURES.get(fact.unit, fact.unit)} {number(_figure(fact))}",
        "direction": direction,
    }  # fmt: skip


_MEASURES = {"spearman": "Spearman's rank correlation", "cramers v": "Cramér's V"}


def _effect(fact: Fact) -> Slots:
    """Return what facts about a term's effect on the outcome share."""
    noun = _detail(fact, "noun")
    found = {"subject": one_line(fact.origin.part), "outcome": noun[:1].lower() + noun[1:]}
    found["value"], _, bounds = _detail(fact, "size").partition(" (")
    if bounds:
        found["interval"] = bounds.removesuffix(")")
    if fact.n is not None:
        found["n"] = plural(fact.n, "training row")
    return found


def _group_difference(fact: Fact) -> Slots:
    return {**_effect(fact), "group": quoted(_detail(fact, "top")),
            "other": quoted(_detail(fact, "bottom"))}  # fmt: skip


def _effect_at(fact: Fact) -> Slots:
    cell, place = fact.origin.cell, _detail(fact, "at")
    if cell in ("highest", "lowest"):
        return {**_effect(fact), "rank": cell, "at": place}
    if cell == "missing":
        rest = "those of" if "times" in _detail(fact, "how") else "than for"
        how = f"{_detail(fact, 'how')} {rest} the other rows"
        return {**_effect(fact), "value": how, "group": "missing", "interval": ""}
    return {**_effect(fact), "group": quoted(place)}


def _turning_point(fact: Fact) -> Slots:
    ways = ("rise", "fall") if _detail(fact, "way") == "peak" else ("fall", "rise")
    if _detail(fact, "noun").startswith("The predicted"):
        ways = (f"{ways[0]}s", f"{ways[1]}s")
    place = _detail(fact, "at")
    return {
        **_effect(fact), "at": f"about {place}",
        "direction": f"{ways[0]} with {one_line(fact.subject[0])} until about {place}, then "
        f"{ways[1]}",
        "interval": f"the turn could lie from {_detail(fact, 'between')}",
    }  # fmt: skip


def _jump(fact: Fact) -> Slots:
    how = _detail(fact, "how").partition(" (95%")[0]
    return {**_effect(fact), "at": _detail(fact, "at"), "direction": how, "interval": "",
            "value": f"a {_detail(fact, 'word')}"}  # fmt: skip


def _monotone(fact: Fact) -> Slots:
    return {
        **_effect(fact), "direction": _detail(fact, "clause"),
        "group": _detail(fact, "top"), "other": _detail(fact, "bottom"),
    }  # fmt: skip


def _pair_effect(fact: Fact) -> Slots:
    return {**_effect(fact), "verdict": "act together", "value": _detail(fact, "up"),
            "group": quoted(_detail(fact, "top")), "interval": "",
            "other": quoted(_detail(fact, "bottom"))}  # fmt: skip


def _importance(fact: Fact) -> Slots:
    if "tested" in fact.details:
        tested = count(round(_figure(fact, "tested")))
        return {"subject": "the model", "value": f"{count(round(_figure(fact)))} of {tested} terms"}
    matters = _detail(fact, "matters") == "yes"
    of = plural(round(_figure(fact, "of")), "term")
    return {
        "subject": one_line(fact.origin.part),
        "value": f"{percent(_figure(fact, 'share'))} of the model's total movement",
        "rank": f"{ordinal(round(_figure(fact, 'rank')))} of {of}",
        "verdict": "makes a measurable difference on held-out rows" if matters
        else "makes no difference of its own that can be told from chance",
    }  # fmt: skip


def ordinal(rank: int) -> str:
    """Name a rank: `first`, `2nd` would be `second`, then `4th`."""
    tail = "th" if 10 <= rank % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(rank % 10, "th")
    return {1: "first", 2: "second", 3: "third"}.get(rank, f"{rank}{tail}")


def _scored(unit: str, value: float) -> str:
    shown = percent(value) if unit in ("accuracy", "R²") and 0 <= value <= 1 else number(value)
    return f"{'R²' if unit == 'R²' else unit} {shown}"


def _metric(fact: Fact) -> Slots:
    return {"subject": one_line(fact.subject[0]), "value": _scored(fact.unit, _figure(fact)),
            "n": plural(fact.n or 0, "test row")}  # fmt: skip


def _baseline(fact: Fact) -> Slots:
    return {
        "subject": one_line(fact.subject[1]), "value": _scored(fact.unit, _figure(fact)),
        "other": _scored(fact.unit, _figure(fact, "ours")), "n": plural(fact.n or 0, "test row"),
        "verdict": f"{_detail(fact, 'own')} is {_detail(fact, 'verdict')}",
    }  # fmt: skip


def _ngram(fact: Fact) -> Slots:
    return {
        **_effect(fact), "group": quoted(_detail(fact, "ngram")), "value": "",
        "direction": _detail(fact, "how"), "n": f"{_detail(fact, 'texts')} training texts",
    }  # fmt: skip


def _text(fact: Fact) -> Slots:
    if "middle" not in fact.details:
        return {"n": plural(fact.n or 0, "text")}
    return {"value": _detail(fact, "middle"), "half": _detail(fact, "half"),
            "n": plural(fact.n or 0, "text")}  # fmt: skip


def _distinctive(fact: Fact) -> Slots:
    return {
        "subject": one_line(fact.subject[0]), "group": quoted(_detail(fact, "ngram")),
        "where": f"{one_line(fact.subject[1])} is {quoted(_detail(fact, 'group'))}",
        "value": f"{_detail(fact, 'here')} of those texts",
        "other": f"{_detail(fact, 'there')} of the others", "interval": "",
        "n": plural(fact.n or 0, "text"),
    }  # fmt: skip


def _cluster(fact: Fact) -> Slots:
    found = {"subject": one_line(fact.subject[0]), "n": plural(fact.n or 0, "text")}
    if "label" not in fact.details:
        return {**found, "value": plural(round(_figure(fact)), "group")}
    return {**found, "group": quoted(_detail(fact, "label")), "interval": "",
            "value": f"{percent(_figure(fact))} of the texts"}  # fmt: skip


def _duplicates(fact: Fact) -> Slots:
    return {"value": plural(round(_figure(fact)), "text"), "n": plural(fact.n or 0, "text"),
            "group": quoted(_detail(fact, "example"))}  # fmt: skip


def _group_contrast(fact: Fact) -> Slots:
    """Return the parts of a difference between two groups of rows."""
    bounds = fact.text.partition("95% interval ")[2].partition(";")[0]
    return {
        "subject": one_line(fact.subject[0]), "group": quoted(_detail(fact, "first")),
        "other": quoted(_detail(fact, "second")), "value": _detail(fact, "size"),
        "direction": _detail(fact, "clause"), "verdict": _detail(fact, "chance"),
        "interval": f"95% interval {bounds}", "n": plural(fact.n or 0, "row"),
        "list": _detail(fact, "figures"),
    }  # fmt: skip


_MAKERS: Mapping[FactKind, Callable[[Fact], Slots]] = {
    "count": _count,
    "share": _share,
    "missingness": _missingness,
    "distribution": _distribution,
    "association": _association,
    "group_difference": _group_difference,
    "effect_at": _effect_at,
    "turning_point": _turning_point,
    "jump": _jump,
    "monotone": _monotone,
    "pair_effect": _pair_effect,
    "importance": _importance,
    "metric": _metric,
    "baseline": _baseline,
    "ngram": _ngram,
    "text": _text,
    "distinctive": _distinctive,
    "cluster": _cluster,
    "duplicates": _duplicates,
    "group_contrast": _group_contrast,
}
