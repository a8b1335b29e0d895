"""Questions that set groups of rows, or columns, side by side."""

from __future__ import annotations

import itertools

from pellucid.writing.questions.asked import Asked, with_filter
from pellucid.writing.questions.conditions import is_negated
from pellucid.writing.questions.describing import GREATER
from pellucid.writing.questions.reading import is_positive
from pellucid.writing.questions.types import (
    Action,
    Compare,
    Describe,
    Difference,
    Filter,
    Relation,
)

_COMPARE = (
    r"compare[sd]?|comparing|differ|differs|differences?|versus|vs|tells?|distinguish\w*"
    r"|set\w* apart|separate[sd]?|characteri[sz]es?|special about|typical of|differentiat\w*"
    r"|different (about|from|in)|do(es)? \w+ (say|write|complain\w*)|stands? out|unusual about"
    r"|contrast\w*"
)
_AGAINST_REST = (
    r"others?|rest|everything else|from the|(special|different|unusual) about|typical of|unlike"
    r"|differ from|say|write|complain\w*|characteri[sz]es?|stands? out|set\w* .{0,40}apart"
)
_RELATED = (
    r"correlat\w*|relat\w*|associat\w*|go(es)? together|goes? with|connect\w*|depend\w*|linked?"
    r"|relationship|go with|vary with|varies with|go up with|rise with|track\w*"
)
_MEASURED = frozenset({"over", "under", "at least", "at most", "between"})


def find_comparison(asked: Asked) -> tuple[Action, ...] | None:
    """Find two groups that are set against each other, in one number or in all columns."""
    several = _several_levels(asked)
    if several and asked.has(_COMPARE):
        return several
    pair = _pair_of_levels(asked)
    greater = any(word.text in GREATER for word in asked.reading.words)
    measured = any(c.test in _MEASURED for c in asked.found.conditions)
    truths = any(asked.known(m).kind == "boolean" for m in asked.columns)
    numbers = [m for m in asked.reading.columns if asked.known(m).is_number]
    ranks = greater and not measured and (pair is not None or (truths and bool(numbers)))
    wanted = asked.has(_COMPARE) or ranks
    if not wanted or asked.has(r"different values|how many different"):
        return None
    if pair is not None:
        column, first, second = pair
        rest = _rest(asked, column)
        if second and numbers:
            return (*rest, *(Difference(m.column, column, first, second) for m in numbers[:3]))
        return _shares(asked, column) or (*rest, Compare(column, first, second))
    grouped = asked.by or next(
        (m for m in asked.columns if len(asked.known(m).levels) == 2), None
    ) or next((m for m in asked.columns if asked.known(m).levels), None)  # fmt: skip
    if grouped is None:
        return None
    levels = asked.known(grouped).levels
    others = [m for m in numbers if m.column != grouped.column]
    if len(levels) == 2 and others:
        found = Difference(others[0].column, grouped.column, levels[0], levels[1])
        return (*_rest(asked, grouped.column), found)
    if len(levels) == 2:
        return (*_rest(asked, grouped.column), Compare(grouped.column, levels[0], levels[1]))
    if others and len(levels) > 2:
        return with_filter(asked, Describe(others[0].column, "mean", grouped.column))
    return None


def _pair_of_levels(asked: Asked) -> tuple[str, str, str] | None:
    """Return a column and two of its levels, or one and "" where one alone is named."""
    by_column: dict[str, list[str]] = {}
    for mention in asked.reading.levels:
        if not is_negated(asked.reading, mention):
            by_column.setdefault(mention.column, []).append(mention.value)
    for column, levels in by_column.items():
        unique = list(dict.fromkeys(levels))
        if len(unique) == 2:
            return column, unique[0], unique[1]
    for condition in asked.found.conditions:
        if condition.test == "is" and len(condition.values) == 2:
            return condition.column, condition.values[0], condition.values[1]
    yes_no = [
        (m, asked.known(m)) for m in asked.columns
        if asked.known(m).kind == "boolean" and asked.has("not|non|un|without|rest|others?")
    ]  # fmt: skip
    if yes_no:
        known = yes_no[0][1]
        positive = is_positive(known)
        others = [level for level in known.levels if level != positive]
        if positive and others:
            return known.name, positive, others[0]
    if len(by_column) == 1:
        column, levels = next(iter(by_column.items()))
        if asked.has(_AGAINST_REST):
            return column, levels[0], ""
    return None


def _shares(asked: Asked, column: str) -> tuple[Action, ...] | None:
    """Compare groups in how often something holds: "difference in survival between the sexes"."""
    words = [word.text for word in asked.reading.words]
    truths = [
        asked.known(m) for m in asked.columns
        if m.column != column and words[max(0, m.start - 1) : m.start] in (["in"], ["of"])
    ]  # fmt: skip
    held = [(c.name, is_positive(c)) for c in truths if c.kind == "boolean" and is_positive(c)]
    if asked.has(r"share|percentage|percent|proportion|fraction|rate|%"):
        held += [
            (c.column, c.values[0]) for c in asked.found.conditions
            if c.column != column and c.test == "is" and len(c.values) == 1
        ]  # fmt: skip
    if not held:
        return None
    rows = tuple(c for c in asked.found.conditions if c.column != held[0][0])
    told = Describe(held[0][0], "share", column, held[0][1])
    return (Filter(rows), told) if rows else (told,)


def _several_levels(asked: Asked) -> tuple[Action, ...] | None:
    """Compare three levels of a column or more: in a number, or each of three with each other."""
    chosen = [c for c in asked.found.conditions if c.test == "is" and len(c.values) > 2]
    numbers = [m for m in asked.numbers if m.column not in {c.column for c in chosen}]
    if len(chosen) != 1:
        return None
    column, values = chosen[0].column, chosen[0].values
    if numbers:
        return with_filter(asked, *(Describe(m.column, "mean", column) for m in numbers[:3]))
    if len(values) != 3:
        return None
    pairs = itertools.combinations(values, 2)
    return (*_rest(asked, column), *(Compare(column, *pair) for pair in pairs))


def _rest(asked: Asked, column: str) -> tuple[Action, ...]:
    """Return the filter of a question without the column whose groups are compared."""
    conditions = tuple(
        c for c in asked.found.conditions if c.column != column or c.test == "is not"
    )
    return (Filter(conditions),) if conditions else ()


def find_relation(asked: Asked) -> tuple[Action, ...] | None:
    """Find a question about how columns go together."""
    if not asked.has(_RELATED):
        return None
    named = list(dict.fromkeys(m.column for m in asked.reading.columns))
    if asked.lexicon.target in named and len(named) == 2 and asked.has(r"depends?|depend on"):
        return None
    if 2 <= len(named) <= 3:
        pairs = itertools.combinations(named, 2)
        return with_filter(asked, *(Relation(*pair) for pair in pairs))
    if len(named) > 3:
        return with_filter(asked, Relation(named[0], named[1]))
    if len(named) == 1:
        return with_filter(asked, Relation(named[0]))
    if not asked.reading.mentions:
        return (Relation(""),)
    return None
