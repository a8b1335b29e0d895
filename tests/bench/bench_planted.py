"""What is claimed about 50 tables whose truth is known."""

from __future__ import annotations

import statistics
from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from figures import Figure
from planted_truth import JUMP_TOLERANCE, TURN_TOLERANCE, Verdict, judge, plant

from pellucid.data.profile import profile
from pellucid.data.reading import open_table
from pellucid.explain.model import explain_model
from pellucid.facts.catalogue import facts_of
from pellucid.models.fitting import fit
from pellucid.models.types import FitOptions, Quality
from pellucid.writing.builtin import write

TABLES = 50
LEAST_FOUND = 0.80
MOST_NOISE = 0.05


def write_up(seed: int, folder: Path, quality: Quality = "preview") -> Verdict:
    """Take one planted table the whole way, from its file to its claims, and judge these."""
    planted = plant(seed)
    path = planted.write(folder / f"planted-{seed}.csv")
    with open_table(path) as table:
        fitted = fit(table, FitOptions("outcome", quality=quality, seed=seed))
        facts = facts_of(table.source, profile(table), fitted.summary, explain_model(fitted))
    return judge(planted, write(facts))


def figures(tables: int = TABLES) -> Iterator[Figure]:
    """Yield the figures over `tables` tables; tolerances are shares of a column's range."""
    with TemporaryDirectory() as folder:
        verdicts = [write_up(seed, Path(folder)) for seed in range(tables)]
    yield from summarise(verdicts)


def summarise(verdicts: Sequence[Verdict]) -> Iterator[Figure]:
    """Yield what the verdicts come to."""
    planted = sum(v.planted for v in verdicts)
    found = sum(len(v.found) for v in verdicts)
    claims = sum(v.claims for v in verdicts)
    yield Figure("Planted: share of strong effects found", found / planted, "",
                 limit=LEAST_FOUND, at_least=True)  # fmt: skip
    yield Figure("Planted: share of claimed effects that concern noise",
                 sum(v.noise_claims for v in verdicts) / max(1, claims), "",
                 limit=MOST_NOISE)  # fmt: skip
    for name in ("turn", "jump", "line", "group", "missing", "pair"):
        share = sum(any(e.name == name for e in v.found) for v in verdicts) / len(verdicts)
        yield Figure(f"Planted: share found, {name}", share, "")
    turns = [error for v in verdicts for error in v.turn_errors]
    jumps = [error for v in verdicts for error in v.jump_errors]
    if turns:
        yield Figure("Planted: turning points, 90th percentile of error",
                     _ninth(turns), "", limit=TURN_TOLERANCE)  # fmt: skip
        yield Figure("Planted: turning points, median error", statistics.median(turns), "")
        yield Figure("Planted: share of turning points inside their interval",
                     sum(v.turns_covered for v in verdicts) / len(turns), "")  # fmt: skip
    if jumps:
        yield Figure("Planted: jumps, 90th percentile of error", _ninth(jumps), "",
                     limit=JUMP_TOLERANCE)  # fmt: skip
    yield Figure("Planted: turns told that were not planted, a table",
                 sum(v.false_turns for v in verdicts) / len(verdicts), "")  # fmt: skip
    yield Figure("Planted: jumps told that were not planted, a table",
                 sum(v.false_jumps for v in verdicts) / len(verdicts), "")  # fmt: skip


def _ninth(values: Sequence[float]) -> float:
    return sorted(values)[min(len(values) - 1, round(0.9 * (len(values) - 1)))]
