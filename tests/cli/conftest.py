"""What the command line's tests share: small tables and models fitted to them."""

from __future__ import annotations

import csv
import random
from pathlib import Path

import numpy as np
import pytest
from cli_harness import ROWS, Cli, Work

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
    """Return reviews whose words tell whether a thing was kept, and other columns that do not."""
    dealt = random.Random(4)
    words = (("broken", "awful", "late 😡", "不好"), ("great", "lovely", "perfect 🙂", "很好"))
    ends = ("the box came on monday", "it is what i ordered", "we used it twice", "it is blue")
    path = tmp_path_factory.mktemp("reviews") / "reviews.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(["review", "price", "kept", "stars", "topic"])
        for i in range(240):
            side = dealt.random() < 0.5
            parts = dealt.sample(words[side], 2)
            text = f"{dealt.choice(ends)}, {parts[0]} and {parts[1]}. {dealt.choice(ends)} {i % 9}!"
            topic = dealt.choice("xy") if side else "z"
            stars = round(3 + 1.5 * (2 * side - 1) + dealt.gauss(0, 0.3), 2)
            kept = "yes" if side else "no"
            writer.writerow([text if i % 17 else "", i * 7 % 83, kept, stars, topic])
    return path


def _fitted(reviews: Path, target: str, out: Path, *words: str) -> Path:
    dropped = {"kept", "stars", "topic"} - {target}
    drops = [word for name in sorted(dropped) for word in ("--drop", name)]
    common = ["--encoder", "none", "--quality", "preview", "--quiet", "-o", str(out)]
    assert main(["fit", str(reviews), "--target", target, *drops, *common, *words]) == 0
    return out


@pytest.fixture(scope="session")
def models(reviews: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Fit once for all tests that only use models; those but `kept` read the texts alone."""
    folder = tmp_path_factory.mktemp("models")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PELLUCID_HOME", str(tmp_path_factory.mktemp("home")))
        alone = ("--drop", "price")
        return {
            "kept": _fitted(reviews, "kept", folder / "kept"),
            "topic": _fitted(reviews, "topic", folder / "topic", *alone),
            "stars": _fitted(reviews, "stars", folder / "stars", *alone),
            "tree": _fitted(reviews, "kept", folder / "tree", "--kind", "tree", *alone),
        }
