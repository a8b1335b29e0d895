"""What the Words page shows, as values: paragraphs with numbered marks, and what they rest on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from pellucid.core.numbers import count, interval, number, percent, plural
from pellucid.core.offline import is_loopback
from pellucid.data.types import Profile
from pellucid.explain.group_types import Calibration
from pellucid.explain.types import ModelExplanation
from pellucid.facts.slot_parts import SHARES
from pellucid.facts.tables import MEASURES
from pellucid.facts.types import Fact
from pellucid.models.types import FitSummary
from pellucid.report.charts import Chart
from pellucid.report.figures import (
    association_chart,
    calibration_chart,
    group_charts,
    histogram_chart,
    importance_chart,
    leaderboard_chart,
    term_chart,
)
from pellucid.writing.types import WRITER, Claim, Sent, Words, Written

_LONG = 32


@dataclass(frozen=True, slots=True)
class Mark:
    """A numbered mark at the end of a claim; facts are numbered in the order they are cited."""

    number: int
    fact: str


@dataclass(frozen=True, slots=True)
class ClaimView:
    text: str
    marks: tuple[Mark, ...]
    checked: bool = True
    written: Written | None = None


@dataclass(frozen=True, slots=True)
class Section:
    heading: str
    claims: tuple[ClaimView, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """The page: sections in the writer's order, then what is folded away."""

    title: str
    sections: tuple[Section, ...]
    interpretation: tuple[ClaimView, ...]
    rejected: tuple[tuple[str, str], ...]
    byline: str
    sent: str
    has_left: bool = False
    trouble: str = ""
    """Why the built-in writer wrote what a language model was asked for; empty where it was not."""

    @property
    def claims(self) -> tuple[ClaimView, ...]:
        """Every claim in reading order, the interpretation last."""
        told = [claim for section in self.sections for claim in section.claims]
        return (*told, *self.interpretation)

    @property
    def numbers(self) -> Mapping[str, int]:
        """The number of each fact that is cited, by its id."""
        return {mark.fact: mark.number for claim in self.claims for mark in claim.marks}


def page_of(words: Words) -> Page:
    """Lay the words out: claims of one section together, marks numbered through the page."""
    numbers: dict[str, int] = {}
    sections: dict[str, list[ClaimView]] = {}
    for claim in words.claims:
        sections.setdefault(claim.section, []).append(_claim(claim, numbers))
    return Page(
        title=words.title,
        sections=tuple(Section(name, tuple(claims)) for name, claims in sections.items()),
        interpretation=tuple(_claim(claim, numbers) for claim in words.interpretation),
        rejected=tuple((item.text, item.reason) for item in words.rejected),
        byline=byline(words),
        sent=sent_line(words.sent),
        has_left=bool(words.sent.bytes) and not is_loopback(words.sent.destination),
        trouble=_trouble(words),
    )


def _trouble(words: Words) -> str:
    """Say why a language model wrote none of this, where one was asked."""
    failures = [item.reason for item in words.rejected if not item.text]
    if words.writer != WRITER or not failures:
        return ""
    return f"The built-in writer wrote this. {_sentence(failures[0])}"


def claim_views(claims: Iterable[Claim]) -> tuple[ClaimView, ...]:
    """Number the marks of some claims through, from 1."""
    numbers: dict[str, int] = {}
    return tuple(_claim(claim, numbers) for claim in claims)


def _claim(claim: Claim, numbers: dict[str, int]) -> ClaimView:
    marks = tuple(Mark(numbers.setdefault(f, len(numbers) + 1), f) for f in claim.facts)
    return ClaimView(claim.text, marks, claim.checked, claim.written)


def byline(words: Words) -> str:
    """Say who wrote the page."""
    if words.writer == WRITER:
        return "Written by the built-in writer, without a language model"
    model = words.model or words.writer
    model = model if len(model) <= _LONG else f"{model[: _LONG - 1].rstrip()}…"
    if not words.filled_in:
        return f"Written by {model}, a language model; checked sentence by sentence"
    if words.filled_in == len(words.claims):
        return f"Written by the built-in writer; {model}, a language model, only interpreted"
    filled = f"{count(words.filled_in)} of {plural(len(words.claims), 'paragraph')}"
    return f"Written by {model}, a language model, and checked; {filled} by the built-in writer"


def sent_line(sent: Sent) -> str:
    """Say what left this machine."""
    if not sent.bytes:
        return "Nothing left this machine"
    if is_loopback(sent.destination):
        return f"{count(sent.bytes)} bytes went to a server on this machine"
    return f"{count(sent.bytes)} bytes went to {sent.destination}"


def rejected_lines(rejected: Sequence[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """Return each sentence that was left out, in quotation marks, and why, as a sentence."""
    return tuple((f"“{text}”" if text else "", _sentence(reason)) for text, reason in rejected)


def rejected_heading(rejected: Sequence[tuple[str, str]]) -> str:
    """Head what was left out; what is no sentence went wrong on the way to one."""
    sentences = sum(bool(text) for text, _ in rejected)
    parts = []
    if sentences:
        parts.append(f"{plural(sentences, 'sentence')} whose facts do not carry them"
                     if sentences > 1 else "1 sentence whose facts do not carry it")  # fmt: skip
    if len(rejected) > sentences:
        parts.append(plural(len(rejected) - sentences, "answer that could not be used",
                            "answers that could not be used"))  # fmt: skip
    return f"Left out: {' and '.join(parts)}"


def interpretation_heading(how_many: int) -> str:
    return f"Interpretation: {plural(how_many, 'paragraph')} not checked against facts"


def _sentence(reason: str) -> str:
    return reason if reason.endswith((".", "!", "?")) else f"{reason}."


@dataclass(frozen=True, slots=True)
class FactView:
    """A fact as the inspector lists it."""

    number: int
    text: str
    details: tuple[tuple[str, str], ...]


def fact_view(mark: Mark, words: Words) -> FactView:
    """Return what is known behind a mark."""
    fact = words.facts[mark.fact]
    details: list[tuple[str, str]] = []
    if fact.value is not None:
        details.append(("Value", _value(fact, fact.value)))
    if fact.low is not None and fact.high is not None:
        details.append(("95% interval", _bounds(fact, fact.low, fact.high)))
    if fact.details.get("method"):
        details.append(("Method", str(fact.details["method"])))
    if fact.n is not None:
        details.append(("Rests on", plural(fact.n, "row")))
    details.append(("From", _origin(fact)))
    details.append(("Id", fact.id))
    return FactView(mark.number, fact.text, tuple(details))


def _origin(fact: Fact) -> str:
    """Say which result a fact comes from, and of what."""
    result, part = fact.origin.result, fact.origin.part
    whole = _WHOLES.get((result, part), "")
    return whole or f"{_ORIGINS.get(result, result)} {part}".strip()


def _value(fact: Fact, value: float | str) -> str:
    """Say a value with its unit; shares and probabilities read as percent."""
    if isinstance(value, str):
        return f"{value} {fact.unit}".strip()
    if fact.unit in SHARES:
        return f"{percent(value)} {'' if fact.unit == 'share' else fact.unit}".strip()
    unit = "" if fact.unit in fact.subject else MEASURES.get(fact.unit, fact.unit)
    unit = unit.removesuffix("s") if value == 1 and unit in _COUNTED else unit
    return f"{number(value)} {unit}".strip()


def _bounds(fact: Fact, low: float, high: float) -> str:
    if fact.unit in SHARES:
        return f"{percent(low)} to {percent(high)}"
    return interval(low, high)


_ORIGINS = {
    "profile": "The profile of", "data": "The rows, by", "corpus": "The texts of",
    "fit": "The fit,", "explanation": "The model’s term", "row": "The prediction of",
    "comparison": "The comparison of", "answer": "The rows of",
}  # fmt: skip
_WHOLES = {("answer", "rows"): "The rows", ("explanation", "terms"): "The model’s terms"}
_COUNTED = frozenset({"columns", "rows", "terms", "texts", "values", "words", "groups"})


def chart_of(
    fact: Fact,
    profile: Profile | None,
    summary: FitSummary | None,
    explanation: ModelExplanation | None,
    calibration: Calibration | None = None,
) -> Chart | None:
    """Return the chart a fact comes from, None where none shows it."""
    part = fact.origin.part
    if fact.origin.result == "explanation" and explanation is not None:
        if part in {term.name for term in explanation.terms}:
            return term_chart(explanation.term(part), explanation)
        return importance_chart(explanation)
    if fact.origin.result == "fit" and summary is not None:
        if part == "calibration" and calibration is not None:
            return calibration_chart(summary.task, calibration)
        return leaderboard_chart(summary)
    is_whole = fact.origin.result == "answer" and not fact.details.get("where")
    if (fact.origin.result == "profile" or is_whole) and profile is not None:
        if fact.kind == "association" and profile.associations:
            return association_chart(profile)
        found = next((c for c in profile.columns if c.name == part), None)
        return histogram_chart(found) if found is not None else None
    return None


def first_chart(
    facts: Sequence[Fact],
    profile: Profile | None,
    summary: FitSummary | None,
    explanation: ModelExplanation | None,
    told: Sequence[Fact] = (),
    calibration: Calibration | None = None,
) -> Chart | None:
    """Return the chart of the groups that are `told` of together with `facts`, else of the fact
    that shows most: a term, then a column, then the scores."""
    grouped = group_charts(told or facts)
    if grouped:
        return grouped[0]
    terms = {term.name for term in explanation.terms} if explanation is not None else set()

    def rank(fact: Fact) -> tuple[bool, int]:
        is_told = fact.kind in ("definition", "caveat", "count")
        place = {"explanation": 0 if fact.origin.part in terms else 1, "profile": 2}
        return is_told, place.get(fact.origin.result, 3)

    ranked = sorted(facts, key=rank)
    charts = (chart_of(fact, profile, summary, explanation, calibration) for fact in ranked)
    return next((chart for chart in charts if chart is not None), None)
