"""Facts of two groups of rows: in what they differ, measured on rows that did not propose it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pellucid.core.numbers import count, interval, listing, number, percent, plural
from pellucid.explain.contrast.descriptions import condition
from pellucid.explain.contrast.types import Contrast, GroupComparison, Judge
from pellucid.facts.making import make
from pellucid.facts.types import Fact, Origin

REST = "the other rows"
"""What the second group is called where it is all rows that are not in the first."""
_LEAST_P = 0.001
_BARE = frozenset({"yes", "no", "true", "false", "y", "n", "t", "f"})


@dataclass(frozen=True, slots=True)
class GroupNames:
    """Two groups of rows by their column; an empty `second` is all other rows that have a value."""

    column: str
    first: str
    second: str

    @property
    def other(self) -> str:
        return self.second or REST

    @property
    def for_first(self) -> str:
        """Name the first group in a sentence: `for Adelie`, `where sold is yes`."""
        return f"where {self.column} is {self.first}" if self._are_bare else f"for {self.first}"

    @property
    def for_other(self) -> str:
        """Name the second group behind the first."""
        if not self.second:
            return "elsewhere" if self._are_bare else f"for {self.other}"
        return f"where it is {self.second}" if self._are_bare else f"for {self.second}"

    @property
    def title(self) -> str:
        """Name both as what is told apart: `Adelie from Gentoo`."""
        if not self._are_bare:
            return f"{self.first} from {self.other}"
        rest = f"those where it is {self.second}" if self.second else REST
        return f"rows {self.for_first} from {rest}"

    @property
    def _are_bare(self) -> bool:
        """Say whether the values say nothing without their column: yes and no, 1 and 0."""
        return any(
            value.strip().lower() in _BARE or not any(c.isalpha() for c in value)
            for value in (self.first, self.second) if value
        )  # fmt: skip


def contrast_facts(names: GroupNames, found: GroupComparison) -> Iterator[Fact]:
    """Yield the size of the groups, each confirmed difference, how it was confirmed, and terms."""
    origin = Origin("comparison", names.column)
    pair = f"{names.first} | {names.second}"
    rows = [a + b for a, b in zip(found.discovery, found.confirmation, strict=True)]
    yield make(
        "count", (names.column,),
        f"{plural(rows[0], 'row')} where {names.column} is {names.first} "
        f"{'is' if rows[0] == 1 else 'are'} compared with {count(rows[1])} "
        f"{'others' if not names.second else f'where it is {names.second}'}.",
        origin, what=f"groups {pair}", value=rows[0], unit="rows", n=sum(rows), interest=0.5,
        first=names.first, second=names.other, others=rows[1],
    )  # fmt: skip
    for contrast in found.contrasts:
        yield _contrast_fact(names, contrast, found.tried)
    yield _method_fact(names, found, pair)
    if found.judge is not None:
        yield _judge_fact(names, found.judge, pair)
    yield from _terms(found)


def _contrast_fact(names: GroupNames, contrast: Contrast, tried: int) -> Fact:
    description = contrast.description
    clause, figures, size = _parts(names, contrast)
    chance = p_text(contrast.p_value)
    told = figures.replace("a mean of ", "")  # Its clause says that it is one.
    text = f"{clause}: {told} ({size}, 95% interval {_bounds(contrast)}; {chance})."
    return make(
        "group_contrast", (description.column or "rows", names.column), text,
        Origin("comparison", description.column, description.value),
        what=f"{names.first} | {names.second} | {description.kind} {description.value}",
        value=contrast.effect, unit=contrast.measure, n=contrast.first.rows + contrast.second.rows,
        bounds=(contrast.low, contrast.high), interest=0.4 + 0.5 * min(1.0, abs(contrast.effect)),
        clause=clause, first=names.first, second=names.other, size=size, figures=figures,
        p_value=contrast.p_value, span=_bounds(contrast), chance=chance, tried=tried,
        test=contrast.test, method=contrast.interval,
        here=_figure(contrast, contrast.first.figure),
        there=_figure(contrast, contrast.second.figure),
        direction="more" if contrast.effect > 0 else "less", figure=_drawn(contrast),
        by=names.column, first_value=contrast.first.figure, second_value=contrast.second.figure,
        sort=description.kind, held=condition(description) if description.is_share else "",
        brief=_brief(contrast, size),
    )  # fmt: skip


def _brief(contrast: Contrast, size: str) -> str:
    """Tell a contrast beside others of its sort: `31% against 19%; 12.0 points, 3.8 to 20.4`."""
    here, there = (_figure(contrast, one.figure) for one in (contrast.first, contrast.second))
    short = size.removeprefix("a difference of ").replace("percentage points", "points")
    return f"{here} against {there}; {short}, {_bounds(contrast)}"


def _drawn(contrast: Contrast) -> str:
    """Name the figure of both groups, as a chart's axis does."""
    description = contrast.description
    if description.is_share:
        return f"share of rows where {condition(description)}"
    middle = "median" if contrast.measure == "Cliff's delta" else "mean"
    length = "number of words in " if description.kind == "length" else ""
    return f"{middle} {'of ' if not length else ''}{length}{description.column}"


def _parts(names: GroupNames, contrast: Contrast) -> tuple[str, str, str]:
    """Return a contrast's statement, the figures of both groups, and the effect's size."""
    description = contrast.description
    a, b = contrast.first.figure, contrast.second.figure
    if description.is_share:
        often = "more" if contrast.effect > 0 else "less"
        often = f"{often} often"
        clause = f"{condition(description, often)} {names.for_first} than {names.for_other}"
        figures = f"in {percent(a)} of rows against {percent(b)}"
        return clause, figures, f"a difference of {points(contrast.effect)}"
    way = "higher" if contrast.effect > 0 else "lower"
    what, unit = description.column, ""
    if description.kind == "length":
        way = "longer" if contrast.effect > 0 else "shorter"
        what, unit = f"The text in {description.column}", " words"
    tends = "tends to be" if contrast.measure == "Cliff's delta" else "is on average"
    clause = f"{what} {tends} {way} {names.for_first} than {names.for_other}"
    middle = "a median of" if contrast.measure == "Cliff's delta" else "a mean of"
    figures = f"{middle} {number(a)}{unit} against {number(b)}"
    if number(a) == number(b):
        figures = f"both medians are {number(a)}{unit}" if tends == "tends to be" else figures
    if contrast.measure == "Cliff's delta":
        return clause, figures, f"Cliff's delta {number(contrast.effect)}"
    return clause, figures, f"{number(abs(contrast.effect))} standard deviations"


def points(share: float) -> str:
    """Tell a difference of shares: `71.1 percentage points`."""
    size = abs(share) * 100
    return f"{f'{size:.1f}' if size >= 1 else number(size, 2)} percentage points"


def p_text(p_value: float) -> str:
    """Tell a p-value with its name: `p under 0.001`, `p = 0.013`."""
    return f"p{'' if p_value < _LEAST_P else ' ='} {p_words(p_value)}"


def p_words(p_value: float) -> str:
    """Tell a p-value as far as its digits mean anything."""
    return "under 0.001" if p_value < _LEAST_P else number(p_value, 2)


def _bounds(contrast: Contrast) -> str:
    low, high = contrast.low, contrast.high
    if contrast.measure == "Cliff's delta":
        return interval(low, high)
    if contrast.effect < 0:
        low, high = -high, -low
    scale = 100 if contrast.description.is_share else 1
    return interval(low * scale, high * scale)


def _figure(contrast: Contrast, figure: float) -> str:
    return percent(figure) if contrast.description.is_share else number(figure)


def _method_fact(names: GroupNames, found: GroupComparison, pair: str) -> Fact:
    confirmed = len(found.contrasts)
    proposed, held = sum(found.discovery), sum(found.confirmation)
    if not found.tried:
        text = (
            f"In {count(proposed)} rows, one half of the two groups, nothing was found that tells "
            f"{names.title}, so nothing could be confirmed in the other half."
        )
    else:
        text = (
            f"{plural(found.tried, 'description')} {'was' if found.tried == 1 else 'were'} "
            f"proposed on {count(proposed)} rows and tested on {count(held)} others; "
            f"{_held(confirmed, found.tried)} there: the same way round, with a p-value under 5% "
            "after correction for all that were tried (Holm). All figures are from the rows tested "
            "on."
        )
    if found.duplicates:
        text += f" {plural(found.duplicates, 'row')} with the text of another, or nearly, stayed "
        text += "in one half with it."
    return make(
        "caveat", (names.column,), text, Origin("comparison", names.column, "method"),
        what=f"method {pair}", value=found.tried, unit="descriptions", n=proposed + held,
        interest=0.5, confirmed=confirmed,
    )  # fmt: skip


def _held(confirmed: int, tried: int) -> str:
    if tried == 1:
        return "it held" if confirmed else "it did not hold"
    which = "none" if not confirmed else "all" if confirmed == tried else count(confirmed)
    return f"{which} of them held"


def _judge_fact(names: GroupNames, judge: Judge, pair: str) -> Fact:
    """Say who judged the statements in quotation marks, and how often it is wrong."""
    error = "How often it is wrong could not be measured."
    if judge.tried:
        error = (
            f"Where the columns say what is right, it was wrong in {percent(judge.error)} of "
            f"{count(judge.tried)} answers (95% interval {percent(judge.low)} to "
            f"{percent(judge.high)})."
        )
    return make(
        "caveat", (names.column,),
        f"Statements on rows were made and judged by the language model {judge.name}. {error}",
        Origin("comparison", names.column, "judge"), what=f"judge {pair}", value=judge.error,
        unit="share", n=judge.tried, interest=0.6, judge=judge.name,
        bounds=(judge.low, judge.high) if judge.tried else None,
    )  # fmt: skip


_TERMS = {
    "standardised difference": "A difference in standard deviations is the difference of two means "
    "divided by the root of the groups' mean variance",
    "Cliff's delta": "Cliff's delta draws one row of each group: it is the chance that the first "
    "is higher, less the chance that it is lower, from −1 to 1",
}


def _terms(found: GroupComparison) -> Iterator[Fact]:
    """Define the measures that were used, and name the tests and the intervals."""
    used = {item.measure: item for item in found.contrasts}
    for measure, item in used.items():
        lead = _TERMS.get(measure, "Shares are compared by their difference")
        yield make(
            "definition", (measure,),
            f"{lead}; tested with {_article(item.test)}, with {item.interval}.",
            Origin("comparison", measure), what="measure", interest=0.3,
        )  # fmt: skip


def _article(test: str) -> str:
    return test if "'s" in test else f"the {test}"


def left_out_words(found: GroupComparison) -> str:
    """Say which columns proposed nothing, and why; empty where all took part."""
    by_why: dict[str, list[str]] = {}
    for item in found.left_out:
        by_why.setdefault(item.why, []).append(item.column)
    return "; ".join(f"{listing(columns)}: {why}" for why, columns in by_why.items())
