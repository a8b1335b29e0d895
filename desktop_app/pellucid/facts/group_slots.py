"""The slots of groups of rows: what is higher, what changes, where a model does badly."""

from __future__ import annotations

from typing import cast

from pellucid.core.numbers import number, percent, plural
from pellucid.explain.group_types import CutKind
from pellucid.facts.slot_parts import Slots, bounds_text, detail, figure, one_line, quoted
from pellucid.facts.types import Fact
from pellucid.facts.wheres import when_text, where_text


def group_slots(fact: Fact) -> Slots:
    """Return the parts of one group's share or mean."""
    column, target = fact.subject
    return {
        "subject": one_line(target), "outcome": _outcome(fact, target),
        "value": percent(figure(fact)) if detail(fact, "outcome") else number(figure(fact)),
        "group": _group(fact, detail(fact, "level")),
        "where": _where(fact, column, detail(fact, "level")),
    }  # fmt: skip


def comparison_slots(fact: Fact) -> Slots:
    """Return the parts of a comparison of two groups, of two terms, or of data and model."""
    if "rank" in fact.details:
        return _rank(fact)
    column, target = fact.subject
    first, second = detail(fact, "first"), detail(fact, "second")
    found = {
        "subject": one_line(column), "outcome": _outcome(fact, target),
        "group": _group(fact, first), "other": _group(fact, second),
        "where": _where(fact, column, first), "list": _against(fact),
    }  # fmt: skip
    here, there = _where(fact, column, first), _where(fact, column, second)
    there = there.replace(f"{one_line(column)} ", "it ", 1)
    if "reversed" in fact.details:
        size, _, bounds = detail(fact, "size").partition(" (")
        noun = detail(fact, "noun")
        be = "is" if noun.startswith("The predicted") else "are"
        than = "than" if size.endswith("higher") else "as"
        return {
            **found, "outcome": noun[:1].lower() + noun[1:], "value": size,
            "direction": f"{be} {size} where {here} {than} where {there}, all other columns held "
            "equal",
            "interval": bounds.removesuffix(")"),
        }  # fmt: skip
    unit = f" {fact.unit}" if detail(fact, "outcome") else ""
    return {
        **found, "value": f"{number(figure(fact))}{unit} higher",
        "direction": f"is higher where {here} than where {there}",
    }  # fmt: skip


def _rank(fact: Fact) -> Slots:
    first, second = detail(fact, "first"), detail(fact, "second")
    return {
        "subject": first, "other": second, "list": _against(fact),
        "value": f"{detail(fact, 'here')} of the model's total movement",
        "direction": f"ranks above {second}",
    }  # fmt: skip


def _against(fact: Fact) -> str:
    return f"{detail(fact, 'here')} against {detail(fact, 'there')}"


def trend_slots(fact: Fact) -> Slots:
    """Return the parts of a change along periods."""
    column, target = fact.subject
    way = "higher" if detail(fact, "way") == "rises" else "lower"
    return {
        "subject": one_line(column), "outcome": _outcome(fact, target),
        "direction": detail(fact, "move"), "value": f"{detail(fact, 'size')} {way}",
        "group": detail(fact, "second"), "other": detail(fact, "first"),
        "where": when_text(detail(fact, "second")),
        "interval": f"95% interval {detail(fact, 'span') or _old_span(fact)}",
    }  # fmt: skip


def _old_span(fact: Fact) -> str:
    """Return the interval of a fact that was kept before its ends were told together."""
    return f"{detail(fact, 'low_size')} to {detail(fact, 'high_size')}"


def slice_slots(fact: Fact) -> Slots:
    """Return the parts of a group on which the model does much worse."""
    wheres = [_part(fact, place) for place in range(round(figure(fact, "parts")))]
    here, there = detail(fact, "here"), detail(fact, "there")
    shares = detail(fact, "shares") == "yes"
    return {
        "subject": "the model", "where": " and ".join(wheres),
        "value": f"{here} of those test rows" if shares else f"{here} on average",
        "other": f"{there} of the other test rows" if shares else f"{there} for the others",
        "direction": "is wrong more often there than elsewhere" if shares
        else "is further off there than elsewhere",
        "n": plural(fact.n or 0, "test row"), "interval": f"95% interval {bounds_text(fact)}",
    }  # fmt: skip


def _part(fact: Fact, place: int) -> str:
    column, cut, label, unit = (
        detail(fact, f"{name}{place}") for name in ("column", "cut", "label", "length")
    )
    return where_text(column, cast(CutKind, cut), label, unit, quoted(label))


def _where(fact: Fact, column: str, label: str) -> str:
    kind = cast(CutKind, detail(fact, "cut"))
    if kind == "periods":
        return when_text(label)
    return where_text(one_line(column), kind, label, detail(fact, "length"), quoted(label))


def _group(fact: Fact, label: str) -> str:
    return quoted(label) if detail(fact, "cut") == "levels" else label


def _outcome(fact: Fact, target: str) -> str:
    """Name what is compared, with its article."""
    outcome = detail(fact, "outcome")
    if not outcome:
        return f"the mean of {one_line(target)}"
    return f"the share of rows where {one_line(target)} {detail(fact, 'holds')} {quoted(outcome)}"
