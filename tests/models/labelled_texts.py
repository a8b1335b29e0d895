"""Texts that say which of three labels a row has, in any combination."""

from __future__ import annotations

import json
from collections.abc import Sequence

import numpy as np

WORDS = {
    "music": ("guitar", "album", "concert", "melody"),
    "news": ("minister", "election", "parliament", "budget"),
    "sport": ("goal", "match", "league", "coach"),
}
FILL = ["the", "a", "of", "on", "about", "and", "with", "some", "today", "there", "they", "it"]


def cell(labels: Sequence[str], separator: str) -> str:
    return json.dumps(list(labels)) if separator == "[]" else separator.join(labels)


def labelled(rows: int = 240, separator: str = "; ", seed: int = 1) -> dict[str, list[object]]:
    """Texts, a number that rises with sport, a colour that says nothing, and the labels."""
    random = np.random.default_rng(seed)
    found: dict[str, list[object]] = {"text": [], "speed": [], "colour": [], "topics": []}
    for _ in range(rows):
        labels = [label for label in WORDS if random.random() < 0.45]
        labels = labels or [str(random.choice(list(WORDS)))]
        random.shuffle(labels)
        words = random.choice(FILL, 8).tolist()
        words += [str(random.choice(WORDS[label])) for label in labels]
        random.shuffle(words)
        found["text"].append(" ".join(words))
        found["speed"].append(round(random.normal() + 2 * ("sport" in labels), 3))
        found["colour"].append(str(random.choice(["red", "green", "blue"])))
        found["topics"].append(cell(labels, separator))
    return found


def combinations(labels: Sequence[str], rows: int, separator: str, share: float = 0.4) -> list[str]:
    """Cells that hold each label independently, in any order, and at least one."""
    random = np.random.default_rng(5)
    cells = []
    for _ in range(rows):
        chosen = [label for label in labels if random.random() < share]
        chosen = chosen or [str(random.choice(list(labels)))]
        random.shuffle(chosen)
        cells.append(cell(chosen, separator))
    return cells
