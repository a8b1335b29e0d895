"""A table of films with models that read them, and jobs run as the worker runs them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from pellucid.core.run import Run
from pellucid.core.values import to_json
from pellucid.engine.jobs import JOBS
from pellucid.models.black_box.box import BlackBoxFit, from_folder, nothing_known
from pellucid.models.black_box.files import save_black_box
from pellucid.models.files import load_fit
from tiny_networks import save_bert, sentences

ROWS = 120


def do(name: str, run: Run | None = None, /, **params: Any) -> Any:
    """Run a job as the worker does, through JSON both ways."""
    given = json.loads(json.dumps(to_json(params)))
    return to_json(JOBS[name](run or Run(workers=1), **given))


@dataclass(frozen=True)
class Shelf:
    """A table of films, a fit that reads its texts, one that reads them alone, and transformers."""

    store: str
    fit: str
    number: str
    box: str
    texts: tuple[str, ...]


def make_shelf(folder: Path) -> Shelf:
    """Write the table and its models into a folder."""
    texts = sentences(ROWS)
    liked = ["yes" if ("good" in t) + ("great" in t) > ("bad" in t) else "no" for t in texts]
    random = np.random.default_rng(3)
    lines = [
        f"{text},{i % 13},{label},{(label == 'yes') + random.normal(0, 0.2):.2f}"
        for i, (text, label) in enumerate(zip(texts, liked, strict=True))
    ]
    (folder / "films.csv").write_text("review,year,liked,score\n" + "\n".join(lines) + "\n")
    save_bert(folder / "network", ["no", "yes"])
    store = do("open", path=folder / "films.csv")["store"]
    common = {"texts": ["review"], "encoder": "none", "quality": "preview"}
    fits = [
        do("fit", store=store, options={"target": target, "drop": drop, **common})["fit"]
        for target, drop in (("liked", ["score"]), ("score", ["liked", "year"]))
    ]
    box = from_folder(folder / "network", "review", load_fit(Path(fits[0])).model.task)
    save_black_box(BlackBoxFit(box, nothing_known(box.task)), folder / "box.zip")
    return Shelf(store, fits[0], fits[1], str(folder / "box.zip"), tuple(texts))
