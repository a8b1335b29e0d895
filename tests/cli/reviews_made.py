"""Reviews whose words tell whether a thing was kept, and models fitted to them."""

from __future__ import annotations

import csv
import random
from pathlib import Path
from typing import Any

import numpy as np

from pellucid.cli import main


def write_reviews(path: Path) -> Path:
    """Write reviews whose words tell whether a thing was kept, and other columns that do not."""
    dealt = random.Random(4)
    words = (("broken", "awful", "late 😡", "不好"), ("great", "lovely", "perfect 🙂", "很好"))
    ends = ("the box came on monday", "it is what i ordered", "we used it twice", "it is blue")
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


def fitted(reviews: Path, target: str, out: Path, *words: str) -> Path:
    dropped = {"kept", "stars", "topic"} - {target}
    drops = [word for name in sorted(dropped) for word in ("--drop", name)]
    common = ["--encoder", "none", "--quality", "preview", "--quiet", "-o", str(out)]
    assert main(["fit", str(reviews), "--target", target, *drops, *common, *words]) == 0
    return out


def fit_all(reviews: Path, folder: Path) -> dict[str, Path]:
    """Fit the models that tests use; those but `kept` read the texts alone."""
    alone = ("--drop", "price")
    return {
        "kept": fitted(reviews, "kept", folder / "kept"),
        "topic": fitted(reviews, "topic", folder / "topic", *alone),
        "stars": fitted(reviews, "stars", folder / "stars", *alone),
        "tree": fitted(reviews, "kept", folder / "tree", "--kind", "tree", *alone),
    }


def add_up(document: dict[str, Any]) -> np.ndarray:
    """Return the intercept of an explained text plus its tokens' scores."""
    scores = np.array([token["score"] for token in document["tokens"]])
    return np.asarray(document["intercept"]) + scores.sum(axis=0)
