"""Questions that the table alone answers: counts, means, differences, relations."""

from __future__ import annotations

import itertools
from dataclasses import replace

from pellucid.writing.questions.asked import Asked, truth, with_filter
from pellucid.writing.questions.counting import (
    count_asked,
    count_rows,
    is_held,
    missing_asked,
    share_asked,
)
from pellucid.writing.questions.lexicon import KnownColumn
from pellucid.writing.questions.reading import is_positive
from pellucid.writing.questions.types import (
    Action,
    Condition,
    Describe,
    Rank,
    Statistic,
)
from pellucid.writing.questions.words import ADJECTIVES, LOWEST, STATISTIC_WORDS

_COUNT = r"how many|number of|count of|count|counts|how often|how much data"
_OF_TRUTHS = ("summary", "mean", "maximum", "minimum")
GREATER = frozenset(
    {"heavier", "longer", "larger", "bigger", "higher", "greater", "older", "taller", "deeper",
     "warmer", "hotter", "colder", "shorter", "lighter", "smaller", "lower", "more", "less",
     "younger", "windier", "wetter", "fewer"}
)  # fmt: skip


def find_statistic(asked: Asked) -> tuple[Action, ...] | None:
    """Find a count, a share, a mean, an extreme, what is missing, or a description."""
    found = _statistic_of(asked)
    if found is None:
        return None
    grouped = [action for action in found if isinstance(action, Describe) and action.by]
    return (*found, *(replace(one, by=by) for by in _also_by(asked) for one in grouped))


def _also_by(asked: Asked) -> list[str]:
    """Return the further columns of "by species and sex", each of which gets an answer."""
    if asked.by is None:
        return []
    found, end = [], asked.by.end
    for mention in asked.reading.columns:
        between = [word.text for word in asked.reading.words[end : mention.start]]
        if mention.start > end and between == ["and"] and asked.known(mention).kind != "text":
            found.append(mention.column)
            end = mention.end
    return found


def _statistic_of(asked: Asked) -> tuple[Action, ...] | None:
    statistic = _statistic(asked)
    by, first = _by(asked)
    if _is_about_table(asked, statistic):
        return with_filter(asked, Describe())
    column = _subject(asked, by)
    asked = _with_truths(asked, column, by)
    if asked.has(r"common|frequent|popular|mode|frequently|often") and not asked.has("how often"):
        return _most_frequent(asked, column, by)
    if statistic == "share":
        return share_asked(asked, column, by, first)
    if asked.has(_COUNT) and statistic not in ("distinct", "missing"):
        is_number = column is not None and column.is_number
        if column is not None and is_number and statistic in ("mean", "median", "sum"):
            return _of_column(asked, column, statistic, by, first)
        extreme = _extreme(asked)
        if column is not None and is_number and extreme and not by:
            return _of_column(asked, column, extreme, by, first)
        return count_asked(asked, column, by, first)
    if statistic == "missing":
        return missing_asked(asked, column, by)
    if column is None:
        return _without_column(asked, statistic, by, first)
    return _of_column(asked, column, statistic, by, first)


def _with_truths(asked: Asked, column: KnownColumn | None, by: str) -> Asked:
    """Read a yes-or-no column beside the one that is asked about as a condition on rows."""
    if column is None or column.kind == "boolean":
        return asked
    added = []
    for mention in asked.columns:
        known = asked.known(mention)
        if known.kind != "boolean" or known.name == by or is_held(asked, known.name):
            continue
        value = truth(asked, mention)
        if value:
            added.append(Condition(known.name, "is", (value,)))
    if not added:
        return asked
    found = replace(asked.found, conditions=(*asked.found.conditions, *added))
    return replace(asked, found=found)


def _statistic(asked: Asked) -> Statistic | None:
    """Return the statistic that is named; "the highest share" names a share."""
    said: list[Statistic | None] = []
    for place, word in enumerate(asked.reading.words):
        mention = asked.reading.at(place)
        if mention is not None and mention.how not in ("adjective",):
            continue
        if word.text in ("most", "least") and asked.has("at (most|least)"):
            continue
        found = STATISTIC_WORDS.get(word.text)
        if found is not None:
            said.append(found)
    plain = [found for found in said if found not in ("maximum", "minimum")]
    return (plain or said or [None])[0]


def _extreme(asked: Asked) -> Statistic | None:
    said = [STATISTIC_WORDS.get(word.text) for word in asked.reading.words]
    if asked.has("at (most|least)|most of"):
        return None
    return next((found for found in said if found in ("maximum", "minimum")), None)


def _by(asked: Asked) -> tuple[str, Rank]:
    """Return the column of the groups, and whether they are ranked: "which species is heaviest"."""
    words = asked.reading.words
    first: Rank = ""
    if any(word.text in STATISTIC_WORDS and STATISTIC_WORDS[word.text] in ("maximum", "minimum")
           for word in words) or asked.has("more often|most often") or any(
               word.text in GREATER for word in words):  # fmt: skip
        lowest = any(word.text in LOWEST for word in words)
        first = "lowest" if lowest else "highest"
    if asked.by is not None:
        asks = words[asked.by.start - 1].text if asked.by.start else ""
        ranked = [m for m in asked.columns if asked.known(m).levels]
        if first and ranked and asked.known(asked.by).is_number:
            return ranked[0].column, first
        return asked.by.column, first if asks in ("which", "what") else ""
    for mention in asked.columns:
        before = words[mention.start - 1].text if mention.start else ""
        if before in ("which", "what") and asked.known(mention).levels and first:
            return mention.column, first
    return "", ""


def _subject(asked: Asked, by: str) -> KnownColumn | None:
    """Return the column that is asked about: a number before anything else."""
    rest = [m for m in asked.columns if m.column != by]
    if asked.by is not None and asked.by.column != by and by:
        return asked.known(asked.by)
    exact = [m for m in rest if m.how in ("exact", "variant", "fuzzy")]
    for group in (exact, rest):
        numbers = [m for m in group if asked.known(m).is_number]
        if numbers:
            return asked.known(numbers[0])
        if group:
            return asked.known(group[0])
    return None


def _is_about_table(asked: Asked, statistic: Statistic | None) -> bool:
    if asked.reading.mentions or statistic == "missing":
        return False
    return asked.has(
        r"(what|which) columns|columns (are|do|does)|overview|summar\w+|describe|what is (in|this)"
        r"|about (this|the) (file|data|table|dataset)|how (big|large)|what does .* (contain|hold)"
        r"|what('s| is| s)? in (the|this) (file|data|table)|shape of"
    ) or (statistic == "summary" and asked.has("data|file|table|dataset|everything"))


def _most_frequent(asked: Asked, column: KnownColumn | None, by: str) -> tuple[Action, ...] | None:
    if column is None and by:
        column, by = asked.lexicon.column(by), ""
    if column is None:
        return None
    return with_filter(asked, Describe(column.name, "most frequent", by))


def _without_column(
    asked: Asked, statistic: Statistic | None, by: str, first: Rank
) -> tuple[Action, ...] | None:
    if by and first:
        return with_filter(asked, Describe(statistic="count", by=by, first=first))
    if by and statistic is None:
        return with_filter(asked, Describe(statistic="count", by=by))
    if by:
        return with_filter(asked, Describe(by, "summary"))
    if statistic == "count":
        return with_filter(asked, count_rows())
    return None


def _of_column(
    asked: Asked, column: KnownColumn, statistic: Statistic | None, by: str, first: Rank
) -> tuple[Action, ...] | None:
    chosen = statistic or "summary"
    if column.kind == "boolean" and by and is_positive(column) and chosen in _OF_TRUTHS:
        return with_filter(
            asked, Describe(column.name, "share", by, is_positive(column), first if by else "")
        )
    if by and first:
        return with_filter(asked, Describe(column.name, _ranked(asked, column), by, first=first))
    if statistic is None and column.is_number and (by or _asks_how_large(asked)):
        chosen = "mean"
    if not column.is_number and chosen in ("mean", "median", "sum", "spread"):
        chosen = "summary" if column.kind != "datetime" else chosen
    if chosen in ("maximum", "minimum") and column.levels and not column.is_number:
        chosen = "most frequent"
    if by and chosen == "summary":
        chosen = "mean" if column.is_number else "summary"
    return with_filter(asked, Describe(column.name, chosen, by))


def _ranked(asked: Asked, column: KnownColumn) -> Statistic:
    """Return what groups are ranked by: "which island has the highest median" ranks medians."""
    for word in asked.reading.words:
        found = STATISTIC_WORDS.get(word.text)
        if found in ("mean", "median", "sum", "missing", "share", "spread"):
            return found
    words = asked.reading.words
    for mention in asked.numbers:
        if mention.start and words[mention.start - 1].text in ("most", "fewest", "least"):
            return "sum"
    if asked.has("single|maximum|minimum"):
        return "maximum" if asked.has("maximum|single") else "minimum"
    return "mean" if column.is_number else "count"


def _asks_how_large(asked: Asked) -> bool:
    """Say whether a size is asked for: how heavy, how long, how much."""
    words = [word.text for word in asked.reading.words]
    return any(
        word == "how" and after in (*ADJECTIVES, "high", "large", "big", "much", "many")
        for word, after in itertools.pairwise(words)
    )
