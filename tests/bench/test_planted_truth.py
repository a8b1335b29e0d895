"""Claims about generated tables are held against what was planted in them."""

from pathlib import Path

import pytest
from bench_planted import LEAST_FOUND, MOST_NOISE, TABLES, figures, summarise, write_up


@pytest.mark.slow
def test_four_planted_tables_are_read_right(tmp_path: Path) -> None:
    verdicts = [write_up(seed, tmp_path) for seed in range(4)]
    found = sum(len(verdict.found) for verdict in verdicts)
    assert found >= LEAST_FOUND * sum(verdict.planted for verdict in verdicts)
    assert sum(verdict.noise_claims for verdict in verdicts) <= 1
    assert all(figure.is_good for figure in summarise(verdicts) if "found" in figure.name)


@pytest.mark.bench
@pytest.mark.timeout(1800)
def test_fifty_planted_tables_are_read_right(capsys: pytest.CaptureFixture[str]) -> None:
    made = list(figures(TABLES))
    with capsys.disabled():
        for figure in made:
            print(figure.line())
    held = {figure.name: figure for figure in made}
    assert held["Planted: share of strong effects found"].held >= LEAST_FOUND
    assert held["Planted: share of claimed effects that concern noise"].held <= MOST_NOISE
    assert all(figure.is_good for figure in made)
