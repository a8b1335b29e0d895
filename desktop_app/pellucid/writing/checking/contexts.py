"""What was spoken of before a clause, and so may be left unnamed in it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from pellucid.facts.types import Fact
from pellucid.writing.checking.notation import Grammar

_ROW_KINDS = frozenset({"prediction", "contribution", "counterfactual", "token"})
WHOLE = ("subject", "outcome")
"""What a fact's own sentence names."""
_GENERAL = frozenset(
    {"overall", "whole", "general", "total", "full", "rows", "texts", "columns", "data", "table"}
)
"""Words by which a claim that names no row would speak of all of them."""
_YEAR = re.compile(r"[12]\d{3}")
_OF_COLUMNS = frozenset({"gaps", "share", "spread", "dates"})


@dataclass(frozen=True, slots=True)
class Topic:
    """What the last clause was about.

    `subject` and `outcome` are what they were named; the subject may have been meant without being
    named, unless `is_named`. `first` is what was named first in it. `row` is the row that was told
    of; `family` are the kinds of the clause before in the same sentence, `last` those of the clause
    before in any. `alone` is the row that all of the claim is about, where it is about one.
    """

    subject: str = ""
    outcome: str = ""
    pair: tuple[str, str] = ("", "")
    row: str = ""
    group: str = ""
    family: str = ""
    last: str = ""
    first: str = ""
    is_named: bool = False
    is_spoken: bool = False
    any_named: bool = False
    is_table: bool = False
    is_model: bool = False
    told: str = ""
    alone: str = ""

    def allows(self, fact: Fact, slots: Mapping[str, str], grammar: Grammar) -> frozenset[str]:
        """Return what a clause about a fact may count on, as the guards of its grammar name it."""
        subject, outcome = slots.get("subject", ""), slots.get("outcome", "")
        is_same = bool(subject) and subject == self.subject
        is_outcome = bool(outcome) and outcome == self.outcome
        matters = fact.details.get("matters") == "yes"
        found = {
            "subject": is_same and self.is_named,
            "same": is_same,
            "silent": not self.any_named or is_same,
            "outcome": is_outcome,
            "singular": "odds" not in outcome,
            "plural": "odds" in outcome,
            "odds": is_outcome and "odds" in outcome,
            "prediction": is_outcome and "predicted" in outcome,
            "pair": bool(subject) and self.pair == (subject, slots.get("other", "")),
            "list": bool(self.family) and self.family == grammar.family,
            "table": self.is_table or not self.is_spoken,
            "model": self.is_model or not self.is_spoken,
            "row": bool(self.row) and self.row == row_of(fact),
            "again": is_same and bool(self.last) and self.last == grammar.family,
            "group": is_same and self.group == slots.get("group", " "),
            "alone": bool(self.alone) and self.alone == row_of(fact),
            "here": self.row in ("", row_of(fact)),
            "column": self.family in _OF_COLUMNS,
            "led": is_same and self.family in _OF_COLUMNS and self.first == "subject",
            "outled": is_outcome and is_same and bool(self.family) and self.first == "outcome",
            "matters": matters,
            "idle": not matters,
            "highest": fact.origin.cell == "highest",
            "lowest": fact.origin.cell == "lowest",
            "grouped": self.last == "clusters" and is_same,
            "terms": self.family == "terms",
            "definition": fact.kind == "definition",
            "echo": self.told in (slots.get("direction"), slots.get("verdict")),
        }
        statistic = str(fact.details.get("statistic", ""))
        found |= _traits(fact, slots)
        return frozenset({statistic, *(name for name, holds in found.items() if holds)})

    def after(
        self, fact: Fact, slots: Mapping[str, str], named: Sequence[str], grammar: Grammar
    ) -> Topic:
        """Return the topic once a clause was read that names these slots of a fact, in order."""
        roles = frozenset(named)
        subject, outcome = slots.get("subject", ""), slots.get("outcome", "")
        is_kept = bool(subject) and subject == self.subject and self.is_named
        is_named = "subject" in roles or is_kept
        is_told = "outcome" in roles or (bool(outcome) and outcome == self.outcome)
        return Topic(
            subject=subject,
            outcome=outcome if is_told else "",
            pair=(subject, slots.get("other", "")) if "other" in roles else ("", ""),
            row=row_of(fact) or self.row,
            group=slots.get("group", "") if "group" in roles else "",
            family=grammar.family,
            last=grammar.family,
            first=self._first(named, is_kept),
            is_named=is_named,
            is_spoken=True,
            any_named=self.any_named or "subject" in roles,
            alone=self.alone,
            is_table=grammar.family == "table",
            told=next((slots[name] for name in ("direction", "verdict") if name in roles), " "),
            is_model=fact.kind == "metric"
            or (fact.origin.part == "task" and tuple(named) == WHOLE),
        )

    def _first(self, named: Sequence[str], is_kept: bool) -> str:
        """Return what a clause is led by; one that leaves it out is led by that of the last."""
        leading = next((role for role in named if role in WHOLE), "")
        return leading or (self.first if is_kept else "")


def _traits(fact: Fact, slots: Mapping[str, str]) -> dict[str, bool]:
    """Return what may be said of a fact in words of one's own, by what it found."""
    way = fact.details.get("way")
    value, base = fact.value, fact.details.get("base")
    is_ordered = isinstance(value, float | int) and isinstance(base, float | int)
    ends = (slots.get("group", ""), slots.get("other", ""))
    return {
        "mean": fact.kind == "group" and not fact.details.get("outcome"),
        "apart": fact.details.get("clear") == "yes",
        "words": fact.unit == "words",
        "raises": way == "raises",
        "lowers": way == "lowers",
        "above": is_ordered and value > base,
        "below": is_ordered and value < base,
        "years": all(_YEAR.fullmatch(end) for end in ends),
    }


def row_of(fact: Fact) -> str:
    """Return the row that a fact is about, if it is about one."""
    return str(fact.details.get("row", "")) if fact.kind in _ROW_KINDS else ""


def only_row(facts: Iterable[Fact], words: Iterable[str]) -> str:
    """Return the row that all facts are about, unless some word speaks of more than that."""
    rows = {row_of(fact) for fact in facts}
    return rows.pop() if len(rows) == 1 and _GENERAL.isdisjoint(words) else ""
