"""Groups of rows compared: proposed on one half, confirmed on the other."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pytest

from pellucid.core.run import Run
from pellucid.data.types import Columns, Kind
from pellucid.explain.contrast.contrast import compare_groups
from pellucid.explain.contrast.descriptions import judge
from pellucid.explain.contrast.halves import discovery_rows
from pellucid.explain.contrast.types import Description, DescriptionKind

KINDS: Mapping[str, Kind] = {
    "weight": "number", "wealth": "number", "colour": "category", "seen": "datetime",
    "note": "text",
}  # fmt: skip
WORDS = ("red", "blue", "slow", "fast", "old", "new", "wide", "thin", "warm", "cold")


def made(rows: int, seed: int) -> Columns:
    """Return columns of every kind that know nothing of any group."""
    random = np.random.default_rng(seed)
    weight = random.normal(50, 10, rows)
    weight[random.random(rows) < 0.1] = np.nan
    colour = random.choice(np.array(["red", "green", "blue"], dtype=object), rows)
    notes = [" ".join(random.choice(WORDS, 6)) for _ in range(rows)]
    return {
        "weight": weight,
        "wealth": np.exp(random.normal(0, 2, rows)),
        "colour": colour,
        "seen": random.uniform(1.5e9, 1.6e9, rows),
        "note": np.array(notes, dtype=object),
    }


def halved(rows: int, seed: int) -> np.ndarray:
    codes = np.repeat(np.array([0, 1], dtype=np.int8), [rows // 2, rows - rows // 2])
    np.random.default_rng([seed, 1]).shuffle(codes)
    return codes


def test_groups_that_do_not_differ_are_told_apart_by_chance_alone_in_a_few_tries_of_a_hundred() -> (
    None
):
    tries, kinds = 120, {name: kind for name, kind in KINDS.items() if name != "note"}
    false = [
        bool(compare_groups(made(120, seed), kinds, halved(120, seed), Run(seed=seed)).contrasts)
        for seed in range(tries)
    ]

    assert sum(false) <= 11  # of 120 tries at 5%, 97.5% of binomials are at most 11


def test_planted_differences_of_every_kind_are_found_with_their_sign() -> None:
    rows, columns = 600, dict(made(600, 1))
    codes = halved(rows, 1)
    first = codes == 0
    random = np.random.default_rng(2)
    columns["weight"] = np.where(first, columns["weight"] + 12, columns["weight"])
    columns["wealth"] = np.where(first, columns["wealth"] * 6, columns["wealth"])
    columns["colour"] = np.where(first & (random.random(rows) < 0.6), "red", columns["colour"])
    columns["seen"] = np.where(first, columns["seen"] + 6e7, columns["seen"])
    columns["note"] = np.array(
        [f"{n} dear friend" if f and random.random() < 0.5 else n
         for n, f in zip(columns["note"], first, strict=True)], dtype=object,
    )  # fmt: skip

    found = compare_groups(columns, KINDS, codes, Run())

    effects = {(c.description.column, c.description.kind): c for c in found.contrasts}
    assert effects["weight", "number"].measure == "standardised difference"
    assert effects["weight", "number"].effect == pytest.approx(1.2, abs=0.3)
    assert effects["wealth", "number"].measure == "Cliff's delta"
    assert effects["seen", "date"].effect > 0.4
    reds = [c for c in found.contrasts if c.description == Description("level", "colour", "red")]
    assert reds[0].effect == pytest.approx(reds[0].first.figure - reds[0].second.figure)
    assert reds[0].low > 0.2
    phrases = [c.description.value for c in found.contrasts if c.description.kind == "phrase"]
    assert any("friend" in phrase for phrase in phrases)
    assert found.tried == len(found.contrasts) + len(found.failed) <= 20


def test_the_figures_come_from_rows_that_proposed_nothing() -> None:
    columns, codes = made(300, 4), halved(300, 4)
    columns = {**columns, "weight": np.where(codes == 0, 60.0, 40.0) + columns["weight"] / 10}

    found = compare_groups(columns, KINDS, codes, Run(seed=9))

    proposing, _ = discovery_rows(codes, [columns["note"].tolist()], Run(seed=9))
    held = columns["weight"][~proposing]
    weight = next(c for c in found.contrasts if c.description.column == "weight")
    known = held[(codes[~proposing] == 0) & np.isfinite(held)]
    assert weight.first.rows == len(known)
    assert weight.first.figure == pytest.approx(known.mean())
    assert sum(found.discovery) == proposing.sum()
    assert abs(sum(found.discovery) - sum(found.confirmation)) <= 4


def test_copies_of_a_text_stay_in_one_half() -> None:
    codes = np.repeat(np.array([0, 1], dtype=np.int8), 60)
    texts = [f"a text of its own, numbered {i % 20} and {i % 20} again" for i in range(120)]

    proposing, repeated = discovery_rows(codes, [texts], Run(seed=3))

    halves = {text: {bool(h) for t, h in zip(texts, proposing, strict=True) if t == text}
              for text in texts}  # fmt: skip
    assert all(len(sides) == 1 for sides in halves.values())
    assert repeated >= 100


def test_what_says_nearly_the_same_is_proposed_once() -> None:
    columns, codes = dict(made(400, 5)), halved(400, 5)
    columns["colour"] = np.where(codes == 0, "red", columns["colour"])
    columns["shade"] = columns["colour"].copy()

    found = compare_groups(columns, {**KINDS, "shade": "category"}, codes, Run())

    told = [c.description for c in found.contrasts if c.description.value == "red"]
    assert len(told) == 1


def test_columns_that_describe_nothing_are_left_out_and_said() -> None:
    columns, codes = dict(made(80, 6)), halved(80, 6)
    columns["key"] = np.array([f"k{i}" for i in range(80)], dtype=object)

    found = compare_groups(columns, {**KINDS, "key": "identifier"}, codes, Run())

    assert [(c.column, c.why) for c in found.left_out] == [
        ("key", "identifies rows instead of describing them")
    ]


def test_a_description_is_judged_row_by_row() -> None:
    columns: Columns = {
        "n": np.array([1.0, 2.0, np.nan]),
        "w": np.array(["a", None, "b"], dtype=object),
        "t": np.array(["Not good at all", "good, not", None], dtype=object),
    }
    nan = float("nan")

    def of(kind: DescriptionKind, column: str, value: str = "", cut: float = nan) -> list[float]:
        return judge(Description(kind, column, value, cut), columns).tolist()

    assert of("missing", "n") == [0, 0, 1]
    assert of("threshold", "n", cut=2.0)[:2] == [0, 1]
    assert of("level", "w", "a")[0::2] == [1, 0]
    assert np.isnan(of("level", "w", "a")[1])
    assert of("phrase", "t", "not good")[:2] == [1, 0]
    assert of("length", "t")[:2] == [4, 2]
