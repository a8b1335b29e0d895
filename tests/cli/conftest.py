"""What the command line's tests share: a small table and models fitted to it."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from cli_harness import ROWS, Cli, Work
from reviews_made import fit_all, write_reviews

from pellucid.cli import main


@pytest.fixture
def cli(capsys: pytest.CaptureFixture[str]) -> Cli:
    return Cli(capsys)


@pytest.fixture
def birds(tmp_path: Path) -> Path:
    """Return a small table whose columns have every common kind, with a few cells missing."""
    path = tmp_path / "birds.csv"
    lines = ["species,flipper,mass,seen,note"]
    for i in range(60):
        flipper = "" if i == 3 else 180 + 40 * (i % 2) + i % 7
        species = "Gentoo" if i % 2 else "Adelie"
        seen = f"2021-{i % 12 + 1:02d}-{i % 28 + 1:02d}"
        lines.append(f"{species},{flipper},{3000 + 37 * (i % 11)},{seen},{'big' if i % 3 else ''}")
    path.write_text("\n".join(lines) + "\n")
    return path


@pytest.fixture(scope="session")
def work(tmp_path_factory: pytest.TempPathFactory) -> Work:
    """Fit once for all tests that only use models."""
    folder = tmp_path_factory.mktemp("work")
    found = Work(*(folder / name for name in ("flats.csv", "binary", "classes", "number")))
    _write_flats(found.table)
    targets = {"sold": found.binary, "city": found.classes, "rent": found.number}
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PELLUCID_HOME", str(tmp_path_factory.mktemp("home")))
        for target, path in targets.items():
            words = ["fit", str(found.table), "--target", target, "-o", str(path), "--quiet"]
            assert main([*words, "--quality", "preview", "--seed", "3"]) == 0
    return found


def _write_flats(path: Path) -> None:
    random = np.random.default_rng(11)
    area = random.uniform(20, 150, ROWS).round(1)
    city = random.choice(["=cmd()", "Bonn", "Köln"], ROWS)
    floor = random.integers(0, 9, ROWS)
    rent = (8 * area + 150 * (city == "Köln") + random.normal(0, 40, ROWS)).round(0)
    sold = np.where(area + random.normal(0, 15, ROWS) > 80, "yes", "no")
    lines = ["area,city,floor,rent,sold"]
    for i in range(ROWS):
        cells = (area[i] if i % 20 else "", city[i], floor[i], rent[i], sold[i])
        lines.append(",".join(map(str, cells)))
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


@pytest.fixture(scope="session")
def reviews(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a file of reviews beside other columns."""
    return write_reviews(tmp_path_factory.mktemp("reviews") / "reviews.csv")


@pytest.fixture(scope="session")
def models(reviews: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Fit models of the reviews once, for all tests that only use them."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PELLUCID_HOME", str(tmp_path_factory.mktemp("home")))
        return fit_all(reviews, tmp_path_factory.mktemp("models"))
