"""Tables with known effects, and a judge of what is claimed about them."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from pellucid.facts.types import Fact
from pellucid.writing.types import Words

Floats = NDArray[np.float64]
EffectName = Literal["turn", "jump", "line", "group", "missing", "pair"]

NOISE = ("drift", "hum", "static", "grain", "murmur")
TURN_TOLERANCE = 0.10
JUMP_TOLERANCE = 0.05
_FOUND_BY = {
    "turn": ("turning_point",),
    "jump": ("jump",),
    "line": ("monotone",),
    "group": ("group_difference",),
    "missing": ("effect_at",),
    "pair": ("pair_effect",),
}
_EFFECT_KINDS = {"turning_point", "jump", "monotone", "group_difference", "effect_at",
                 "pair_effect"}  # fmt: skip


@dataclass(frozen=True)
class Planted:
    """One strong effect: its columns, where it turns or jumps, and its column's range."""

    name: EffectName
    columns: tuple[str, ...]
    at: float = 0.0
    width: float = 1.0


@dataclass(frozen=True)
class PlantedTable:
    """A generated table: its cells as text, and what is true of it."""

    seed: int
    is_binary: bool
    cells: dict[str, list[str]] = field(repr=False)
    effects: tuple[Planted, ...]

    def write(self, path: Path) -> Path:
        with path.open("w", encoding="utf-8", newline="") as out:
            rows = csv.writer(out)
            rows.writerow(self.cells)
            rows.writerows(zip(*self.cells.values(), strict=True))
        return path


@dataclass(frozen=True)
class Verdict:
    """What was found of one table; errors are shares of the column's range."""

    planted: int
    found: tuple[Planted, ...]
    missed: tuple[Planted, ...]
    turn_errors: tuple[float, ...]
    turns_covered: int
    jump_errors: tuple[float, ...]
    claims: int
    noise_claims: int
    false_turns: int
    false_jumps: int


def plant(seed: int) -> PlantedTable:
    """Generate a table of 1,500 to 4,000 rows with six strong effects and five noise columns.

    A strong effect has a standard deviation of 0.6 to 1 over the rows: in log-odds where the
    target is binary, in standard deviations of the unexplained rest where it is a number.
    """
    rng = np.random.default_rng([seed, 2024])
    rows = int(rng.integers(1500, 4001))
    is_binary = seed % 2 == 0
    numbers, score, effects = _numbers_and_effects(rng, rows)
    cells = {name: [_text(value) for value in column] for name, column in numbers.items()}
    levels = np.array(["north", "east", "south", "west"])[rng.integers(0, 4, rows)]
    score = score + _strong(rng, _lookup(levels, rng))
    cells["region"] = levels.tolist()
    effects.append(Planted("group", ("region",)))
    cells |= _noise(rng, rows)
    names = list(cells)
    rng.shuffle(names)
    cells = {name: cells[name] for name in names}
    score = score - score.mean()
    if is_binary:
        chance = 1 / (1 + np.exp(-(score + rng.uniform(-0.8, 0.3))))
        cells["outcome"] = np.where(rng.random(rows) < chance, "yes", "no").tolist()
    else:
        cells["outcome"] = [_text(v) for v in 100 + 10 * (score + rng.normal(size=rows))]
    return PlantedTable(seed, is_binary, cells, tuple(effects))


def _text(value: float) -> str:
    return "" if np.isnan(value) else f"{value:.6g}"


def _numbers_and_effects(
    rng: np.random.Generator, rows: int
) -> tuple[dict[str, Floats], Floats, list[Planted]]:
    age, step, pace = _spread(rng, rows), _spread(rng, rows), _spread(rng, rows)
    left, right, gap = rng.random(rows), rng.normal(size=rows), _spread(rng, rows)
    turn_at, jump_at = _inner(rng, age), _inner(rng, step)
    sign = rng.choice([-1.0, 1.0], size=5)
    score = sign[0] * _strong(rng, _hill(rng, age, turn_at))
    score = score + sign[1] * _strong(rng, (step >= jump_at).astype(float))
    score = score + sign[2] * _strong(rng, _ramp(rng, pace))
    crossed = np.sign(left - np.median(left)) * np.sign(right - np.median(right))
    score = score + sign[3] * _strong(rng, crossed)
    absent = rng.random(rows) < rng.uniform(0.15, 0.3)
    score = score + sign[4] * _strong(rng, absent.astype(float))
    numbers = {
        "age": age, "step": step, "pace": pace, "left": left, "right": right,
        "gap": np.where(absent, np.nan, gap),
    }  # fmt: skip
    effects = [
        Planted("turn", ("age",), turn_at, float(np.ptp(age))),
        Planted("jump", ("step",), jump_at, float(np.ptp(step))),
        Planted("line", ("pace",)),
        Planted("pair", ("left", "right")),
        Planted("missing", ("gap",)),
    ]
    return numbers, score, effects


def _spread(rng: np.random.Generator, rows: int) -> Floats:
    """Draw a column: even, bell-shaped, or whole numbers."""
    kind = rng.integers(0, 3)
    if kind == 0:
        return rng.uniform(0, rng.choice([1.0, 50.0, 3000.0]), rows)
    if kind == 1:
        return np.asarray(np.clip(rng.normal(40, 12, rows), 5, 75))
    return rng.integers(18, 80, rows).astype(np.float64)


def _inner(rng: np.random.Generator, values: Floats) -> float:
    return float(np.quantile(values, rng.uniform(0.25, 0.75)))


def _hill(rng: np.random.Generator, values: Floats, top: float) -> Floats:
    """Rise to `top` and fall after it, as a roof or as a parabola, one side steeper or not."""
    left, right = top - values.min(), values.max() - top
    if rng.random() < 0.5:
        left = right = max(left, right)
    away = np.where(values < top, (top - values) / left, (values - top) / right)
    return -away if rng.random() < 0.5 else -(away**2)


def _ramp(rng: np.random.Generator, values: Floats) -> Floats:
    """Rise all along: evenly, or levelling off."""
    along = (values - values.min()) / np.ptp(values)
    return along if rng.random() < 0.5 else np.asarray(np.sqrt(along))


def _lookup(levels: NDArray[np.str_], rng: np.random.Generator) -> Floats:
    heights = dict(zip(("north", "east", "south", "west"), rng.permutation(4), strict=True))
    return np.array([float(heights[level]) for level in levels])


def _strong(rng: np.random.Generator, effect: Floats) -> Floats:
    return (effect - effect.mean()) / effect.std() * rng.uniform(0.6, 1.0)


def _noise(rng: np.random.Generator, rows: int) -> dict[str, list[str]]:
    hum = rng.choice(list("abcdefgh"), rows)
    return {
        "drift": [_text(v) for v in rng.normal(size=rows)],
        "hum": hum.tolist(),
        "static": [str(v) for v in rng.integers(0, 10, rows)],
        "grain": [_text(v) for v in rng.exponential(100, rows)],
        "murmur": [_text(v if rng.random() > 0.1 else np.nan) for v in rng.uniform(0, 1, rows)],
    }


def judge(table: PlantedTable, words: Words) -> Verdict:
    """Compare what the claims of `words` say, by the facts they cite, with what was planted."""
    cited = _told(words.facts[name] for item in words.claims for name in item.facts)
    found = [effect for effect in table.effects if _is_found(effect, cited)]
    turn = next(effect for effect in table.effects if effect.name == "turn")
    jump = next(effect for effect in table.effects if effect.name == "jump")
    turns = [fact for fact in cited if fact.kind == "turning_point"]
    jumps = [_error(fact, jump) for fact in cited if fact.kind == "jump" and _on(fact, jump)]
    on_turn = [fact for fact in turns if _on(fact, turn)]
    best = min(on_turn, key=lambda fact: _error(fact, turn), default=None)
    effect_claims = [c for c in words.claims if _told(words.facts[name] for name in c.facts)]
    noisy = [c for c in effect_claims if any(_is_noise(words.facts[name]) for name in c.facts)]
    return Verdict(
        planted=len(table.effects),
        found=tuple(found),
        missed=tuple(effect for effect in table.effects if effect not in found),
        turn_errors=() if best is None else (_error(best, turn),),
        turns_covered=int(best is not None and (best.low or 0) <= turn.at <= (best.high or 0)),
        jump_errors=(min(jumps),) if jumps else (),
        claims=len(effect_claims),
        noise_claims=len(noisy),
        false_turns=len(turns) - (best is not None),
        false_jumps=len([fact for fact in cited if fact.kind == "jump"]) - bool(jumps),
    )


def _told(facts: Iterable[Fact]) -> list[Fact]:
    unique = {fact.id: fact for fact in facts}
    return [
        fact
        for fact in unique.values()
        if fact.kind in _EFFECT_KINDS and fact.origin.result == "explanation"
    ]


def _on(fact: Fact, effect: Planted) -> bool:
    return fact.subject[:-1] in (effect.columns, effect.columns[::-1])


def _is_noise(fact: Fact) -> bool:
    is_effect = fact.kind in _EFFECT_KINDS and fact.origin.result == "explanation"
    return is_effect and bool(set(fact.subject) & set(NOISE))


def _error(fact: Fact, effect: Planted) -> float:
    value = fact.value if isinstance(fact.value, float) else float("inf")
    return abs(value - effect.at) / effect.width


def _is_found(effect: Planted, cited: list[Fact]) -> bool:
    kinds = _FOUND_BY[effect.name]
    about = [fact for fact in cited if fact.kind in kinds and _on(fact, effect)]
    if effect.name == "turn":
        return any(_error(fact, effect) <= TURN_TOLERANCE for fact in about)
    if effect.name == "jump":
        return any(_error(fact, effect) <= JUMP_TOLERANCE for fact in about)
    if effect.name == "missing":
        return any(fact.origin.cell == "missing" for fact in about)
    return bool(about)
