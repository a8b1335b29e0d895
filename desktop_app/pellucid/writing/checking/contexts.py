"""What was spoken of before a clause, and so may be left unnamed in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from pellucid.facts.types import Fact
from pellucid.writing.checking.notation import Grammar

_ROW_KINDS = frozenset({"prediction", "contribution", "counterfactual", "token"})
WHOLE = ("subject", "outcome")
"""What a fact's own sentence names."""
_EFFECTS = frozenset({"group_difference", "effect_at", "monotone", "ngram", "pair_effect"})
_OF_EFFECTS = frozenset({"level", "difference", "monotone", "extreme", "gap effect", "turn", "jump"})
_ERRORS = frozenset({"RMSE", "mean absolute error", "log loss", "Brier score"})
_OF_COLUMNS = frozenset({"gaps", "share", "spread", "dates"})


@dataclass(frozen=True, slots=True)
class Topic:
    """What the last clause was about.

    `subject` and `outcome` are what they were named; the subject may have been meant without being
    named, unless `is_named`. `first` is what was named first in it. `row` is the row that was told
    of; `family` are the kinds of the clause before in the same sentence, `last` those of the clause
    before in any.
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
    fact: str = ""
    begins: bool = True

    def next_sentence(self) -> Topic:
        """Return what a sentence that follows may count on."""
        return replace(self, family="", begins=True)

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
            "itself": self.fact == fact.text,
            "continued": not self.begins,
            "effect": self.last in _OF_EFFECTS,
            "uncertain": may_be_none(fact),
            "error": fact.unit in _ERRORS,
            "level": "level with" in slots.get("verdict", ""),
            "auc": fact.unit == "AUC",
            "echo": self.told in (slots.get("direction"), slots.get("verdict")),
        }
        statistic = str(fact.details.get("statistic", ""))
        way = str(fact.details.get("way", ""))
        return frozenset({statistic, way, *(name for name, holds in found.items() if holds)})

    def after(
        self,
        fact: Fact,
        slots: Mapping[str, str],
        named: Sequence[str],
        grammar: Grammar,
        *,
        is_led: bool = False,
    ) -> Topic:
        """Return the topic once a clause was read that names these slots of a fact, in order.

        `is_led` says that the clause begins with the model.
        """
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
            is_table=grammar.family == "table",
            fact=fact.text if self.begins or self.fact == fact.text else "",
            begins=False,
            told=next((slots[name] for name in ("direction", "verdict") if name in roles), " "),
            is_model=fact.kind == "metric"
            or subject == "the model"
            or (fact.origin.part == "task" and (is_led or tuple(named) == WHOLE)),
        )

    def _first(self, named: Sequence[str], is_kept: bool) -> str:
        """Return what a clause is led by; one that leaves it out is led by that of the last."""
        leading = next((role for role in named if role in WHOLE), "")
        return leading or (self.first if is_kept else "")


def may_be_none(fact: Fact) -> bool:
    """Say whether an effect may as well be none, as far as its interval tells."""
    if fact.kind not in _EFFECTS or fact.low is None or fact.high is None:
        return False
    return fact.low <= (1.0 if "ratio" in fact.unit else 0.0) <= fact.high


def row_of(fact: Fact) -> str:
    """Return the row that a fact is about, if it is about one."""
    return fact.origin.part if fact.kind in _ROW_KINDS and fact.origin.result == "row" else ""
