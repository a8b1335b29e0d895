"""One place where facts are made, so that ids and numbers are plain everywhere."""

from __future__ import annotations

from pellucid.explain.types import Effect, TermExplanation
from pellucid.facts.scales import Scale
from pellucid.facts.types import Fact, FactKind, Origin, fact_id


def make(
    kind: FactKind,
    subject: tuple[str, ...],
    text: str,
    origin: Origin,
    *,
    what: str = "",
    value: float | str | None = None,
    unit: str = "",
    n: int | None = None,
    bounds: tuple[float, float] | None = None,
    interest: float = 0.0,
    **details: float | str,
) -> Fact:
    """Make a fact; `what` tells apart facts of one kind about one subject."""
    return Fact(
        id=fact_id(kind, subject, what),
        kind=kind,
        subject=subject,
        value=value,
        unit=unit,
        n=n,
        low=bounds[0] if bounds else None,
        high=bounds[1] if bounds else None,
        origin=origin,
        text=text,
        interest=round(interest, 4),
        details=details,
    )


def is_bounded(effect: Effect) -> bool:
    """Say whether the effect's interval is known."""
    return effect.high > effect.low


def make_effect(
    kind: FactKind,
    term: TermExplanation,
    scale: Scale,
    effect: Effect,
    text: str,
    cell: str,
    interest: float,
    **details: float | str,
) -> Fact:
    """Make a fact of a term's effect, valued on its scale, with the interval where it is known."""
    bounds = (scale.value(effect.low), scale.value(effect.high)) if is_bounded(effect) else None
    return make(
        kind, (*term.columns, scale.target), text, Origin("explanation", term.name, cell),
        what=f"{term.name} {scale.label} {cell}", value=scale.value(effect.score), unit=scale.unit,
        n=effect.rows, bounds=bounds, interest=interest, output=scale.label,
        noun=scale.capital_noun, short=scale.short_noun, pronoun=scale.pronoun, **details,
    )  # fmt: skip
