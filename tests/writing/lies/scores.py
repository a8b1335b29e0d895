"""How a checker fares: lies it lets through, true claims it turns away, each with its interval."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from lies.claims import BenchClaim, facts_by_key, read_claims

from pellucid.facts.types import Fact
from pellucid.writing.drafts import Draft, Verdict

Checker = Callable[[Draft, Mapping[str, Fact]], Verdict]


@dataclass(frozen=True, slots=True)
class Judged:
    """A claim whose truth is known, and what a checker said of it."""

    claim: BenchClaim
    verdict: Verdict

    @property
    def is_wrong(self) -> bool:
        """Whether a lie is shown as checked, or a true claim is not."""
        return self.claim.is_true != (self.verdict.status == "checked")


@dataclass(frozen=True, slots=True)
class Errors:
    """How often a checker was wrong, with the exact 95% interval of Clopper and Pearson (1934)."""

    wrong: int
    of: int
    low: float
    high: float

    @property
    def share(self) -> float:
        return self.wrong / self.of if self.of else 0.0


def judge(check: Checker, claims: Iterable[BenchClaim] | None = None) -> tuple[Judged, ...]:
    """Ask a checker about `claims`, by default all."""
    facts = facts_by_key()
    chosen = read_claims() if claims is None else claims
    return tuple(
        Judged(claim, check(claim.draft, {alias: facts[key] for alias, key in claim.facts.items()}))
        for claim in chosen
    )


def errors_among(judged: Iterable[Judged]) -> Errors:
    """Count what is wrong."""
    from scipy.stats import binomtest

    found = [item.is_wrong for item in judged]
    if not found:
        return Errors(0, 0, 0.0, 1.0)
    bounds = binomtest(sum(found), len(found)).proportion_ci(0.95, "exact")
    return Errors(sum(found), len(found), float(bounds.low), float(bounds.high))


def errors_by(
    judged: Iterable[Judged], key: Callable[[BenchClaim], str]
) -> Iterator[tuple[str, Errors]]:
    """Yield the errors of each kind, by name."""
    kinds: dict[str, list[Judged]] = {}
    for item in judged:
        kinds.setdefault(key(item.claim), []).append(item)
    for name in sorted(kinds):
        yield name, errors_among(kinds[name])
