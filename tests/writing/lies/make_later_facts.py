"""Make the later facts of the lie bench again: of groups, of single rows, of where a model errs.

Run: PYTHONPATH=tests:tests/writing python -m lies.make_later_facts. Writes `later_facts.json`, as
`make_facts` does for the kinds of facts that came first.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from lies.claims import HERE
from lies.hand_made import slice_and_turn_facts
from lies.hostile_table import ORDER, write_hostile_table
from lies.make_facts import SAMPLES

import pellucid
from pellucid.core.run import Run
from pellucid.core.values import to_json
from pellucid.data.table import Table
from pellucid.engine.comparing import compare_table
from pellucid.engine.predictions import explain_row_of, position_of, row_columns
from pellucid.engine.row_study import row_study_of
from pellucid.engine.stores import profile_of
from pellucid.explain.counterfactual import find_turns
from pellucid.explain.model import explain_model
from pellucid.facts.catalogue import facts_of
from pellucid.facts.contrasts import GroupNames
from pellucid.facts.rows import facts_of_row
from pellucid.facts.types import Fact
from pellucid.models.fit import Fit

KINDS = ("group", "comparison", "trend", "slice", "metric")
GROUPS = {
    "penguins": GroupNames("species", "Adelie", "Gentoo"),
    "helpdesk_synthetic": GroupNames("satisfied", "no", "yes"),
    "bicycles_synthetic": GroupNames("school_term", "yes", ""),
}
ROWS = (3, 41, 203)


def facts_of_fit(path: Path, target: str) -> Iterator[Fact]:
    """Yield the facts of groups and errors, and of a few rows, of a quick model of `target`."""
    run = Run(seed=0)
    with pellucid.open(path) as table:
        fitted = pellucid.fit(table, target, quality="preview", seed=0)
        assert isinstance(fitted, Fit)
        explanation = explain_model(fitted)
        found = facts_of(table.source, profile_of(table, run), fitted.summary, explanation,
                         rows=row_study_of(table, fitted, run))  # fmt: skip
        yield from (
            fact for fact in found
            if fact.kind in KINDS and (fact.kind != "metric" or "calibration" in fact.origin.part)
        )  # fmt: skip
        for number in ROWS:
            local, _ = explain_row_of(fitted.model, table, number)
            columns, _ = row_columns(fitted.model, table)
            turns = find_turns(fitted.model, columns, position_of(table, number))
            yield from facts_of_row(local, explanation, turns)


def facts_of_groups(table: Table, names: GroupNames) -> Iterator[Fact]:
    """Yield in what two groups of rows differ."""
    yield from compare_table(table, names, Run(seed=0)).words.facts.values()


def all_facts() -> Iterator[tuple[str, tuple[Fact, ...]]]:
    """Yield every set of facts with its name."""
    with TemporaryDirectory() as folder:
        hostile = write_hostile_table(Path(folder))
        for path, target in (
            (SAMPLES / "penguins.csv", "species"), (SAMPLES / "penguins.csv", "body_mass_g"),
            (SAMPLES / "bicycles_synthetic.csv", "riders"),
            (SAMPLES / "helpdesk_synthetic.csv", "satisfied"), (hostile, "causes"),
            (hostile, "rows"),
        ):  # fmt: skip
            name = "hostile" if path == hostile else path.stem
            yield f"later/{name}/{target}", tuple(facts_of_fit(path, target))
        for stem, names in GROUPS.items():
            with pellucid.open(SAMPLES / f"{stem}.csv") as table:
                yield f"later/{stem}/groups", tuple(facts_of_groups(table, names))
        with pellucid.open(hostile) as table:
            groups = GroupNames("higher", ORDER, "no")
            yield "later/hostile/groups", tuple(facts_of_groups(table, groups))
    yield "later/hand made", tuple(slice_and_turn_facts())


def main() -> None:
    """Write the facts beside this file."""
    made = {}
    for name, facts in all_facts():
        made[name] = to_json(facts)
        sys.stderr.write(f"{name}: {len(facts)} facts\n")
    text = json.dumps(made, ensure_ascii=False, indent=1)
    (HERE / "later_facts.json").write_text(f"{text}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
