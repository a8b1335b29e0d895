"""How far a condition reaches that a clause starts with.

“Where W, A is V and B is missing in Q” says both of the rows where W: what is joined to a clause
that starts with a condition has to name one of its own, or to say that it is of all rows. In the
same way “A is V and Q where W” may say both of those rows.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from pellucid.facts.types import Fact

Clause = Sequence[tuple[str, str]]
"""The words of a clause, each with the slot that it is for its fact."""
_BY_LEVEL = frozenset({"effect_at", "group_difference", "monotone", "pair_effect", "jump",
                       "turning_point", "group", "comparison", "trend"})  # fmt: skip
"""Kinds of which a group or a place is a condition."""
ROW_KINDS = frozenset({"prediction", "contribution", "counterfactual", "token"})
"""Kinds in which `where` names a cell of the row, and no rows."""
_OPENERS = frozenset({
    "where", "when", "whenever", "wherever", "if", "once", "given", "in", "among", "for", "at",
    "with", "within", "across", "over", "on", "of", "inside", "under", "looking", "taking",
    "considering",
})  # fmt: skip
_WHOLE = frozenset({"overall", "whole"})
_ROWS = frozenset({"rows", "records", "cases", "observations", "texts"})
_OF_TESTS = frozenset({"metric", "baseline", "slice", "calibration", "importance"})
"""Kinds that are of rows kept aside, whatever their number."""
_TEST_ROWS = "test rows"
_TESTED = frozenset({"test", "held-out", "unseen", "validation", "testing"})
_NAMES = frozenset({"subject", "outcome"})


@dataclass(frozen=True, slots=True)
class Scope:
    """What a clause behind another would be read under.

    `phrase` is the condition that the sentence starts with, `column` what that is of, `rows` the
    rows that it counts or tests on. `is_past` where a semicolon has ended it for all but what
    leaves out what it is about; `is_open` where the clause before is of all rows without saying
    so, `is_bound` where it is under a condition, or of one row.
    """

    phrase: str = ""
    column: str = ""
    rows: str = ""
    is_past: bool = False
    is_open: bool = False
    is_bound: bool = False

    def next_sentence(self) -> Scope:
        """Return the scope behind a full stop: “it” and “here” still count on what was told."""
        return Scope(is_bound=self.is_bound)

    def admits(self, fact: Fact, slots: Mapping[str, str], clause: Clause) -> bool:
        """Say whether a clause may be joined without a condition that is not its own."""
        roles = {role for _, role in clause}
        if self.is_bound and ("here", "") in clause and fact.kind not in ROW_KINDS:
            return not roles.isdisjoint(_conditions_of(fact))
        if self.is_past and roles & _NAMES:
            return True
        if self.rows and rows_of(fact, slots) not in ("", self.rows) and "n" not in roles:
            return False
        is_own = not roles.isdisjoint(_conditions_of(fact))
        is_fronted = bool(fronted(fact, clause))
        if self.is_open and is_own and "where" in roles and not is_fronted:
            return bool(roles & _NAMES)
        if self.is_bound and not _condition(fact, slots) and not roles & {*_NAMES, "group"}:
            return _is_of_all(clause)
        if not self.phrase or _is_of_all(clause) or _condition(fact, slots) == self.phrase:
            return True
        return is_own and (is_fronted or _column(fact, slots) == self.column)


def scope_of(fact: Fact, slots: Mapping[str, str], clause: Clause, before: Scope) -> Scope:
    """Return the scope behind a clause: of the condition it starts with, else the one before."""
    found = replace(before, is_past=False)
    if fronted(fact, clause):
        found = replace(found, phrase=_condition(fact, slots), column=_column(fact, slots))
    if _is_counted_first(fact, clause):
        found = replace(found, rows=rows_of(fact, slots))
    is_open = not _condition(fact, slots) and not found.phrase and not _is_of_all(clause)
    is_bound = "where" in slots or fact.kind in ROW_KINDS or bool(found.phrase)
    return replace(found, is_open=is_open, is_bound=is_bound)


def rows_of(fact: Fact, slots: Mapping[str, str]) -> str:
    """Return the rows that a fact is of: the same words for all that is of the test rows."""
    return _TEST_ROWS if fact.kind in _OF_TESTS else slots.get("n", "")


def _is_counted_first(fact: Fact, clause: Clause) -> bool:
    """Say whether a clause starts with the rows that it is of: “On 400 test rows, ...”."""
    start = next((i for i, (_, role) in enumerate(clause) if role), len(clause))
    words = [word for word, _ in clause[:start]]
    if not words or words[0] not in _OPENERS:
        return False
    is_counted = start < len(clause) and clause[start][1] == "n"
    return is_counted or (fact.kind in _OF_TESTS and not _TESTED.isdisjoint(words))


def _is_of_all(clause: Clause) -> bool:
    """Say whether a clause says that it is of all rows."""
    words = [word for word, _ in clause]
    is_all = any(pair[0] == "all" and pair[1] in _ROWS for pair in pairwise(words))
    return is_all or not _WHOLE.isdisjoint(words)


def fronted(fact: Fact, clause: Clause) -> str:
    """Return the slot of the condition that a clause starts with, empty where it has none."""
    conditions = _conditions_of(fact)
    for place, (_, role) in enumerate(clause):
        if role in conditions:
            words = [word for word, _ in clause[:place]]
            start = max((i + 1 for i, word in enumerate(words) if word in ("that", ":")), default=0)
            return role if words[start : start + 1] and words[start] in _OPENERS else ""
        if role and role != "subject" and role != "n":
            return ""
    return ""


def _conditions_of(fact: Fact) -> frozenset[str]:
    if fact.kind in ROW_KINDS:
        return frozenset({"subject"} if fact.kind == "prediction" else ())
    return frozenset({"where", "group", "at"} if fact.kind in _BY_LEVEL else {"where"})


def _condition(fact: Fact, slots: Mapping[str, str]) -> str:
    where = slots.get("where", "")
    if fact.kind in ROW_KINDS:
        return str(fact.details.get("row", ""))
    if where or fact.kind not in _BY_LEVEL:
        return where
    return f"{slots.get('subject')} is {slots.get('group') or slots.get('at')}"


def _column(fact: Fact, slots: Mapping[str, str]) -> str:
    return _condition(fact, slots).partition(" is ")[0]
