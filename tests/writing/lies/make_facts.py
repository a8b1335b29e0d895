"""Make the facts of the lie bench again: real ones of bundled tables, and some made by hand.

Run: PYTHONPATH=tests:tests/writing python -m lies.make_facts. Writes `facts.json`, an object of
lists of facts, by the table and target that they are of. Takes a few minutes: it fits the models.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from lies.claims import HERE
from lies.hand_made import hand_made_facts
from lies.hostile_table import write_hostile_table

import pellucid
from pellucid.core.run import Run
from pellucid.core.values import to_json
from pellucid.engine.stores import profile_of
from pellucid.engine.text_study import corpora_of, readings_of
from pellucid.explain.model import explain_model
from pellucid.facts.catalogue import facts_of
from pellucid.facts.types import Fact
from pellucid.models.fit import Fit

SAMPLES = HERE.parents[2] / "resources" / "samples"


def facts_of_fit(path: Path, target: str) -> tuple[Fact, ...]:
    """Open a file, fit a quick model of `target`, and return all that can be said of both."""
    run = Run(seed=0)
    with pellucid.open(path) as table:
        fitted = pellucid.fit(table, target, quality="preview", seed=0)
        assert isinstance(fitted, Fit)
        profile = profile_of(table, run)
        texts = corpora_of(table, profile, fitted, run)
        readings = readings_of(fitted, table, run)
        explanation = explain_model(fitted)
        return facts_of(table.source, profile, fitted.summary, explanation, texts, readings)


def all_facts() -> Iterator[tuple[str, tuple[Fact, ...]]]:
    """Yield every set of facts with its name."""
    for file, target in (
        ("penguins", "species"), ("penguins", "sex"), ("penguins", "body_mass_g"),
        ("bicycles_synthetic", "riders"), ("helpdesk_synthetic", "satisfied"),
        ("helpdesk_synthetic", "wait_hours"),
    ):  # fmt: skip
        yield f"{file}/{target}", facts_of_fit(SAMPLES / f"{file}.csv", target)
    with TemporaryDirectory() as folder:
        path = write_hostile_table(Path(folder))
        for target in ("causes", "rows"):
            yield f"hostile/{target}", facts_of_fit(path, target)
    yield from hand_made_facts()


def main() -> None:
    """Write the facts beside this file."""
    made = {}
    for name, facts in all_facts():
        made[name] = to_json(facts)
        sys.stderr.write(f"{name}: {len(facts)} facts\n")
    text = json.dumps(made, ensure_ascii=False, indent=1)
    (HERE / "facts.json").write_text(f"{text}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
