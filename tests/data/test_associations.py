"""Which columns go together, and how strongly."""

from __future__ import annotations

import numpy as np
import pytest
from made_tables import OpenText
from scipy import stats

from pellucid.core.run import Run
from pellucid.data.associations import associate, correlation_ratio, cramers_v


def found(table: object) -> dict[tuple[str, str], float]:
    pairs, _ = associate(table, Run())  # type: ignore[arg-type]
    return {(pair.a, pair.b): pair.value for pair in pairs}


def test_numbers_correlate_by_rank_with_their_sign(open_text: OpenText) -> None:
    random = np.random.default_rng(0)
    x, noise = random.normal(size=300), random.normal(size=300)
    y = -np.exp(x) + 0.2 * noise
    table = open_text(
        "x,y\n" + "".join(f"{a!r},{b!r}\n" for a, b in zip(x.tolist(), y.tolist(), strict=True))
    )
    assert found(table)["x", "y"] == pytest.approx(stats.spearmanr(x, y).statistic)


def test_missing_values_leave_the_rest_to_compare(open_text: OpenText) -> None:
    rows = [f"{i},{'' if i % 5 == 0 else i * i}\n" for i in range(3, 103)]
    assert found(open_text("x,y\n" + "".join(rows)))["x", "y"] == pytest.approx(1, abs=1e-3)


def test_groups_that_settle_a_number_have_ratio_one_and_chance_has_none() -> None:
    random = np.random.default_rng(1)
    groups = random.integers(0, 5, 500)
    assert correlation_ratio(groups, groups * 2.0) == 1
    assert correlation_ratio(groups, random.normal(size=500)) < 0.1
    assert correlation_ratio(np.zeros(9, dtype=np.intp), np.arange(9.0)) == 0


def test_cramers_v_is_corrected_for_chance() -> None:
    random = np.random.default_rng(2)
    a = random.integers(0, 20, 400)
    assert cramers_v(a, a) == pytest.approx(1)
    assert cramers_v(a, random.integers(0, 20, 400)) < 0.1
    b = np.where(random.random(400) < 0.5, a % 2, random.integers(0, 2, 400))
    assert 0.3 < cramers_v(a % 2, b) < 0.7
    assert cramers_v(a, np.zeros(400, dtype=np.intp)) == 0


def test_large_tables_are_sampled_with_the_seed(open_text: OpenText) -> None:
    random = np.random.default_rng(4)
    rows = random.normal(size=(10_500, 2)).round(4).tolist()
    table = open_text("x,y\n" + "".join(f"{a},{b}\n" for a, b in rows))
    first, sampled = associate(table, Run(seed=1))
    assert sampled == 10_000
    assert associate(table, Run(seed=1))[0] == first
    assert associate(table, Run(seed=2))[0] != first


def test_identifiers_text_and_constants_take_no_part(open_text: OpenText) -> None:
    rows = "".join(f"K{i},c,{i % 7},{'ab'[i % 2]}\n" for i in range(40))
    table = open_text(f"key,same,n,letter\n{rows}")
    assert set(found(table)) == {("letter", "n")}
