"""What was spoken of before a clause, and so may be left unnamed in it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from pellucid.facts.types import Fact
from pellucid.writing.checking.lexicon import words
from pellucid.writing.checking.notation import Grammar
from pellucid.writing.checking.scopes import ROW_KINDS, Scope

Head = Literal["subject", "model", "left out", ""]
"""What a clause says something of: a column, the model, or what the clause before did."""
WHOLE = ("subject", "outcome")
"""What a fact's own sentence names."""
_EFFECTS = frozenset({"group_difference", "effect_at", "monotone", "ngram", "pair_effect"})
_ERRORS = frozenset({"RMSE", "mean absolute error", "log loss", "Brier score"})
_GENERAL = frozenset({
    "overall", "whole", "general", "generally", "total", "full", "rows", "texts", "columns",
    "data", "table", "groups", "segments", "ranking", "importance", "profile", "always", "every",
    "each",
})  # fmt: skip
"""Words by which a claim that names no row would speak of all of them."""
_OF_ONE = frozenset({"row", "record", "case", "here", "contribution", "prediction"})
_CELL = frozenset({"where", "group"})
"""What a claim that names no row has to say or to name, so as not to be read of every row."""
_YEAR = re.compile(r"[12]\d{3}")
_OF_COLUMNS = frozenset({"gaps", "share", "spread", "dates"})


@dataclass(frozen=True, slots=True)
class Topic:
    """What the last clause was about.

    - `subject`, `outcome`, `pair`, `group`, `row`: what it named. The subject may have been meant
      without being named, unless `is_named`; `any_named` says that some clause named its own.
    - `first`: which of the two it is about grammatically, so that a further predicate may follow;
      empty where it speaks of something else first. `is_by_model`: it is about the model.
    - `family`: the kinds of the clause before in the same sentence; `last`: in any sentence.
    - `fact`, `told`: the fact that it was of, and the predicate that it said of it; `only`: the
      fact that all of the sentence was of so far.
    - `is_table`, `is_model`: “it” may stand for the table, that of `file`, or for the model.
      `is_spoken`: something was said at all.
    - `alone`: the row that all of the claim is about, where it is about one.
    - `begins`: no clause of the sentence was read yet; `scope`: what a further one is read under.
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
    file: str = ""
    is_model: bool = False
    told: str = ""
    fact: str = ""
    alone: str = ""
    only: str = ""
    is_by_model: bool = False
    begins: bool = True
    scope: Scope = field(default_factory=Scope)

    def next_sentence(self) -> Topic:
        """Return what a sentence that follows may count on."""
        return replace(
            self, family="", is_by_model=False, begins=True, scope=self.scope.next_sentence()
        )

    def past_semicolon(self) -> Topic:
        """Return what a clause behind a semicolon may count on."""
        return replace(self, scope=replace(self.scope, is_past=True))

    def allows(self, fact: Fact, slots: Mapping[str, str], grammar: Grammar) -> frozenset[str]:
        """Return what a clause about a fact may count on, as the guards of its grammar name it."""
        subject, outcome = slots.get("subject", ""), slots.get("outcome", "")
        is_same = bool(subject) and subject == self.subject
        is_outcome = bool(outcome) and outcome == self.outcome
        is_same_table = not file_of(fact) or self.file in ("", file_of(fact))
        matters = fact.details.get("matters") == "yes"
        found = {
            "subject": is_same and self.is_named,
            "same": is_same,
            "silent": is_same or (not self.any_named and self.last != grammar.family),
            "outcome": is_outcome,
            "singular": "odds" not in outcome,
            "plural": "odds" in outcome,
            "odds": is_outcome and "odds" in outcome,
            "prediction": is_outcome and "predicted" in outcome,
            "pair": bool(subject) and self.pair == (subject, slots.get("other", "")),
            "list": bool(self.family) and self.family == grammar.family and is_same_table,
            "table": (self.is_table and is_same_table) or not self.is_spoken,
            "model": self.is_model or not self.is_spoken,
            "row": bool(self.row) and self.row == row_of(fact),
            "again": is_same and bool(self.last) and self.last == grammar.family,
            "group": is_same and self.group == slots.get("group", " "),
            "alone": bool(self.alone) and self.alone == row_of(fact),
            "here": self.row in ("", row_of(fact)),
            "column": self.family in _OF_COLUMNS,
            "led": is_same and bool(self.family) and self.first == "subject",
            "outled": is_outcome and is_same and bool(self.family) and self.first == "outcome",
            "matters": matters,
            "idle": not matters,
            "highest": fact.origin.cell == "highest",
            "lowest": fact.origin.cell == "lowest",
            "grouped": self.last == "clusters" and is_same,
            "terms": self.family == "terms",
            "definition": fact.kind == "definition",
            "on": bool(self.last) and self.last == grammar.family,
            "lone": self.last != grammar.family or self.fact == fact.id,
            "own": self.fact == fact.id,
            "modelled": self.is_by_model and bool(self.family),
            "majority": "always answering so would be right" in fact.text,
            "itself": self.only == fact.text,
            "untold": not self.told.strip(),
            "continued": not self.begins,
            "measured": "measurable difference" in self.told,
            "uncertain": may_be_none(fact),
            "error": fact.unit in _ERRORS,
            "level": "level with" in slots.get("verdict", ""),
            "better": slots.get("verdict", "") == "the readable model is better",
            "auc": fact.unit == "AUC",
            "missed": fact.unit == "mean absolute error",
            "explained": fact.unit == "R²",
            "echo": self.told in (slots.get("direction"), slots.get("verdict")),
        }
        statistic = str(fact.details.get("statistic", ""))
        found |= _traits(fact, slots)
        return frozenset({statistic, *(name for name, holds in found.items() if holds)})

    def after(
        self,
        fact: Fact,
        slots: Mapping[str, str],
        named: Sequence[str],
        grammar: Grammar,
        head: Head = "",
    ) -> Topic:
        """Return the topic once a clause was read that names these slots of a fact, in order.

        `head` is what the clause says something of, in front of its verb.
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
            first=self._first(named, is_kept, head),
            fact=fact.id,
            is_by_model=head == "model" or (head == "left out" and self.is_by_model),
            is_named=is_named,
            is_spoken=True,
            any_named=self.any_named or "subject" in roles,
            alone=self.alone,
            is_table=grammar.family == "table",
            file=file_of(fact) or self.file,
            only=fact.text if self.begins or self.only == fact.text else "",
            begins=False,
            told=next((slots[name] for name in ("direction", "verdict") if name in roles), " "),
            is_model=fact.kind == "metric"
            or subject == "the model"
            or (fact.origin.part == "task" and (head == "model" or tuple(named) == WHOLE)),
        )

    def _first(self, named: Sequence[str], is_kept: bool, head: Head) -> str:
        """Return what a clause is led by; one that leaves it out is led by that of the last."""
        leading = next((role for role in named if role in WHOLE), "")
        if leading == "subject" and head != "subject":
            return ""
        return leading or (self.first if is_kept else "")


def may_be_none(fact: Fact) -> bool:
    """Say whether an effect may as well be none, as far as its interval tells."""
    if fact.kind not in _EFFECTS or fact.low is None or fact.high is None:
        return False
    return fact.low <= (1.0 if "ratio" in fact.unit else 0.0) <= fact.high


_PREDICTED = ROW_KINDS | {"metric", "baseline", "slice", "calibration"}
_TOLD_OF_ALL = frozenset({"caveat", "definition"})


def opening_guards(fact: Fact) -> frozenset[str]:
    """Return which nouns may open a fact's own sentence: those of its kind."""
    is_any = fact.kind in _TOLD_OF_ALL
    found = {
        "definition": fact.kind == "definition",
        "predicted": is_any or fact.kind in _PREDICTED,
        "effects": is_any or fact.origin.result in ("explanation", "row"),
        "lacking": is_any or fact.kind == "missingness" or fact.origin.cell == "missing",
    }
    return frozenset(name for name, holds in found.items() if holds)


def _traits(fact: Fact, slots: Mapping[str, str]) -> dict[str, bool]:
    """Return what may be said of a fact in words of one's own, by what it found."""
    way = fact.details.get("way")
    value, base = fact.value, fact.details.get("base")
    gap = value - base if isinstance(value, float | int) and isinstance(base, float | int) else 0
    ends = (slots.get("group", ""), slots.get("other", ""))
    return {
        "mean": fact.kind == "group" and not fact.details.get("outcome"),
        "apart": fact.details.get("clear") == "yes",
        "words": fact.unit == "words",
        "raises": way == "raises",
        "lowers": way == "lowers",
        "above": gap > 0,
        "below": gap < 0,
        "years": all(_YEAR.fullmatch(end) for end in ends),
    }


def file_of(fact: Fact) -> str:
    """Return the name of the file of the table that a fact is about as a whole, if it is."""
    return str(fact.details.get("table") or fact.details.get("file", ""))


def row_of(fact: Fact) -> str:
    """Return the row that a fact is about, if it is about one."""
    return str(fact.details.get("row", "")) if fact.kind in ROW_KINDS else ""


def only_row(facts: Iterable[Fact], words: Collection[str], roles: Collection[str]) -> str:
    """Return the row that all facts are about, where a claim speaks of nothing more than that.

    It has to name a cell of it, or to say otherwise that it is of one row.
    """
    rows = {row_of(fact) for fact in facts}
    is_of_one = not (_CELL.isdisjoint(roles) and _OF_ONE.isdisjoint(words))
    return rows.pop() if len(rows) == 1 and is_of_one and _GENERAL.isdisjoint(words) else ""


_COLUMN = words("the column field variable feature attribute named called")
_VALUES = frozenset({"values", "entries", "data", "readings", "observations", "measurements"})
_OPENERS = frozenset({"that", ",", ":", "also", "too", "in turn", "while", "whereas"})
_MODELS = (("the", "model"), ("our", "model"), ("it",), ("the", "fitted", "model"))
_NO_VERBS = words(
    "the a an this that these those for on in of at with by from across over under among there it "
    "they which its their both each"
)


def head_of(clause: Sequence[tuple[str, str]]) -> Head:
    """Return what a clause says something of: its words, each with the slot it is for its fact."""
    said = [word for word, _ in clause]
    if any(tuple(said[: len(model)]) == model for model in _MODELS):
        return "model"
    place = next((i for i, (_, role) in enumerate(clause) if role == "subject"), -1)
    if place < 0:
        return "left out" if clause and not clause[0][1] and said[0] not in _NO_VERBS else ""
    if said[place + 1 : place + 2] in (["'s"], ["and"], ["or"], [","]):
        return ""
    while place and said[place - 1] in _COLUMN:
        place -= 1
    if place > 1 and said[place - 1] in ("of", "in", "for") and said[place - 2] in _VALUES:
        place -= 2
        while place and said[place - 1] in {"the", "all", "recorded", "observed", "known"}:
            place -= 1
    is_first = place == 0 or said[place - 1] in _OPENERS or bool(clause[place - 1][1])
    return "subject" if is_first else ""
