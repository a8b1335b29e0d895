"""Whether what is shown as checked is true: lies let through, and true claims turned away.

Run: python tests/bench/run.py lies. The claims and the facts they cite are in tests/writing/lies.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from figures import Figure

from pellucid.core.numbers import percent

if TYPE_CHECKING:
    from lies.scores import Errors

WRITING = Path(__file__).resolve().parents[1] / "writing"
MOST_REFUSED = 0.05


def figures() -> Iterator[Figure]:
    """Yield false accepts and rejects: of all, the held-out half, each kind, and blind sets."""
    if str(WRITING) not in sys.path:
        sys.path.append(str(WRITING))
    from lies.scores import errors_among, errors_by, judge

    from pellucid.writing.checking import check_claim

    judged = judge(check_claim)
    lies = [item for item in judged if not item.claim.is_true]
    true = [item for item in judged if item.claim.is_true]
    held_lies, held_true = (
        [item for item in items if item.claim.part == "held-out"] for items in (lies, true)
    )
    yield figure("Lies shown as checked", errors_among(lies), 0.0)
    apart = [item for item in lies if item.verdict.status == "interpretation"]
    yield Figure("Lies shown apart, as not checked", 100 * len(apart) / len(lies), "%")
    yield figure("Lies shown as checked, held out", errors_among(held_lies), 0.0)
    yield figure("True claims not kept", errors_among(true), MOST_REFUSED)
    yield figure("True claims not kept, held out", errors_among(held_true), MOST_REFUSED)
    for name, errors in errors_by(lies, lambda claim: claim.label):
        yield figure(f"Lies: {name}", errors)
    for name, errors in errors_by(lies, lambda claim: claim.kind_of_fact):
        yield figure(f"Lies on {name}", errors)
    for name, errors in errors_by(true, lambda claim: claim.kind_of_fact):
        yield figure(f"True on {name}", errors)
    yield from blind_figures()


def blind_figures() -> Iterator[Figure]:
    """Yield what became of each set by someone who had not seen the checker, and of their lies."""
    from lies.claims import BLIND_FILES, read_claims
    from lies.scores import errors_among, errors_by, judge

    from pellucid.writing.checking import check_claim

    lies = []
    for file in BLIND_FILES:
        name = file.removesuffix("_claims.jsonl")
        judged = judge(check_claim, read_claims([file]))
        told = [item for item in judged if not item.claim.is_true]
        true = [item for item in judged if item.claim.is_true]
        yield figure(f"Lies shown as checked, {name} set", errors_among(told), 0.0)
        yield figure(f"True claims not kept, {name} set", errors_among(true))
        lies += told
    for label, errors in errors_by(lies, lambda claim: claim.label):
        yield figure(f"Blind lies: {label}", errors)


def figure(name: str, errors: Errors, limit: float | None = None) -> Figure:
    """Return a share of errors as a line of the bench, with its exact interval in the name."""
    bounds = f"{errors.wrong}/{errors.of}, {percent(errors.low)} to {percent(errors.high)}"
    return Figure(f"{name} ({bounds})", 100 * errors.share, "%", limit=None if limit is None
                  else 100 * limit)  # fmt: skip
