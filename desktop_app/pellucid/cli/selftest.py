"""`self-test`: the whole path on bundled data, each step checked, nothing from the network."""

from __future__ import annotations

import argparse
import logging
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from pellucid.cli.console import Console
from pellucid.core.errors import UserError
from pellucid.core.numbers import count, number, plural
from pellucid.core.offline import offline
from pellucid.core.paths import resource
from pellucid.core.run import Run
from pellucid.data.table import Table
from pellucid.data.types import Kind, Profile
from pellucid.engine.pipeline import Study, study
from pellucid.engine.stores import profile_of
from pellucid.models.fit import Fit
from pellucid.models.types import FitOptions, Task

log = logging.getLogger(__name__)

_TOLERANCE = 1e-9
_SPECIES = ("Adelie", "Chinstrap", "Gentoo")
_ROWS = 344
_TEXTS = 50
_REFERENCE_FEATURES: tuple[tuple[str, Kind], ...] = (
    ("species", "category"),
    ("bill_length_mm", "number"),
    ("bill_depth_mm", "number"),
    ("body_mass_g", "number"),
)
_GOOD_ACCURACY = 0.9


class _Unmet(Exception):  # noqa: N818 - not an error of the program, but what a check found
    """A check that did not hold, and what was found instead."""


@dataclass(slots=True)
class _Bench:
    """What earlier checks made for later ones."""

    run: Run
    folder: Path
    made: dict[str, Any] = field(default_factory=dict)

    @property
    def table(self) -> Table:
        table: Table = self.made["table"]
        return table

    @property
    def fit(self) -> Fit:
        fit: Fit = self.made["fit"]
        return fit

    @property
    def study(self) -> Study:
        found: Study = self.made["study"]
        return found


def self_test(arguments: argparse.Namespace, console: Console, run: Run) -> int:
    """Run every check, tell each one's result, and fail if any did."""
    del arguments
    results = []
    with tempfile.TemporaryDirectory() as folder, offline(True):
        bench = _Bench(run, Path(folder))
        for name, check in _CHECKS:
            result = _result(name, check, bench)
            results.append(result)
            console.clear_progress()
            mark = "ok    " if result["passed"] else "FAILED"
            console.line(f"{mark}  {name}: {result['found']}")
            if not result["passed"]:
                break
        if "table" in bench.made:
            bench.table.close()
    passed = all(result["passed"] for result in results)
    console.document({"passed": passed, "checks": results})
    if not passed:
        console.error(
            f"The check “{results[-1]['name']}” failed: {results[-1]['found']}",
            "Install Pellucid again with the versions in constraints.txt, then repeat.",
        )
        return 1
    console.line(f"All {len(results)} checks passed")
    return 0


def _result(name: str, check: Callable[[_Bench], str], bench: _Bench) -> dict[str, Any]:
    start = time.perf_counter()
    try:
        found, passed = check(bench), True
    except _Unmet as unmet:
        found, passed = str(unmet), False
    except UserError as error:
        found, passed = error.message, False
    except Exception as error:
        log.exception("the check %s failed", name)
        found, passed = f"{type(error).__name__}: {error}", False
    seconds = round(time.perf_counter() - start, 3)
    return {"name": name, "passed": passed, "found": found, "seconds": seconds}


def _open(bench: _Bench) -> str:
    from pellucid.data.reading import open_table

    table = bench.made["table"] = open_table(resource("samples/penguins.csv"), run=bench.run)
    _expect(table.rows == _ROWS, f"{table.rows} rows instead of {_ROWS}")
    kinds = {column.name: column.kind for column in table.columns}
    _expect(kinds["species"] == "category", f"species is read as {kinds['species']}")
    _expect(kinds["body_mass_g"] == "number", f"body_mass_g is read as {kinds['body_mass_g']}")
    return f"{plural(table.rows, 'row')}, {plural(len(table.columns), 'column')}"


def _open_every_sample(bench: _Bench) -> str:
    from pellucid.data.reading import open_table

    files = sorted(resource("samples").glob("*.csv"))
    for file in files:
        with open_table(file, run=bench.run) as table:
            _expect(not table.rejected.rows, f"{file.name} has lines that could not be read")
    return plural(len(files), "file")


def _profile(bench: _Bench) -> str:
    profile: Profile = profile_of(bench.table, bench.run)
    mass = next(c for c in profile.columns if c.name == "body_mass_g")
    _expect((mass.min, mass.max) == (2700, 6300), f"body mass from {mass.min} to {mass.max}")
    return f"{plural(len(profile.associations), 'association')} measured"


def _fit(bench: _Bench) -> str:
    from pellucid.models.fitting import fit

    options = FitOptions("species", quality="preview", seed=bench.run.seed)
    fitted = bench.made["fit"] = fit(bench.table, options, bench.run)
    _expect(fitted.model.task.classes == _SPECIES, f"classes {fitted.model.task.classes}")
    accuracy = fitted.summary.test.metrics["accuracy"].value
    _expect(accuracy >= _GOOD_ACCURACY, f"only {accuracy:.0%} of the test rows are right")
    return f"{plural(fitted.summary.bags, 'bag')}, accuracy {number(accuracy)}"


def _agree_with_interpret(bench: _Bench) -> str:
    """Fit interpret's own estimator, and let our model type reproduce its predictions."""
    from pellucid.cli.reference import as_additive, fit_reference, frame_of

    task = Task("sex", "binary", ("female", "male"), "male", _REFERENCE_FEATURES)
    target = bench.table.values(task.target)
    rows = np.flatnonzero(target != None)  # noqa: E711 - compared element by element
    columns = bench.table.select([name for name, _ in task.features], rows)
    estimator = fit_reference(columns, task, target[rows])
    ours = as_additive(estimator, task)
    theirs = estimator.predict_proba(frame_of(columns, task))
    gap = float(np.max(np.abs(ours.mean(ours.margin(columns)) - theirs)))
    _expect(gap <= _TOLERANCE, f"a probability differs by {gap:.1e}")
    return f"{plural(len(ours.terms), 'term')}, probabilities agree to {_TOLERANCE:.0e}"


def _explain(bench: _Bench) -> str:
    from pellucid.engine.predictions import explain_row_of

    worst = 0.0
    for row in (1, 4, 200, _ROWS):
        local, _ = explain_row_of(bench.fit.model, bench.table, row)
        scores = np.sum([item.score for item in local.contributions], axis=0)
        worst = max(worst, float(np.max(np.abs(local.intercept + scores - local.total))))
    _expect(worst <= _TOLERANCE, f"scores miss the total by {worst:.1e}")
    return f"intercept and scores make the total, to {worst:.0e}"


def _fit_texts(bench: _Bench) -> str:
    """Fit to texts alone, offline, and hold every token's score to the total."""
    from pellucid.data.reading import open_table
    from pellucid.explain.tokens.exact import explain_exact
    from pellucid.models.fitting import fit

    with open_table(resource("samples/helpdesk_synthetic.csv"), run=bench.run) as table:
        others = [c.name for c in table.columns if c.name not in ("message", "satisfied")]
        options = FitOptions(
            "satisfied", drop=tuple(others), quality="preview", seed=bench.run.seed,
            texts=("message",), encoder="none",
        )  # fmt: skip
        fitted = fit(table, options, bench.run)
        texts = table.values("message")[:_TEXTS]
    worst = 0.0
    for row in range(len(texts)):
        told = explain_exact(fitted.model, {"message": texts}, row)
        scores = np.sum([token.score for token in told.tokens], axis=0)
        margin = fitted.model.margin({"message": texts[row : row + 1]})[0]
        gaps = told.intercept + scores - told.total, np.asarray(told.total) - margin
        worst = max(worst, float(np.max(np.abs(gaps))))
    _expect(worst <= _TOLERANCE, f"scores miss the total by {worst:.1e}")
    accuracy = fitted.summary.test.metrics["accuracy"].value
    ngrams = plural(len(fitted.model.texts[0].ngrams), "n-gram")
    return f"{ngrams}, accuracy {number(accuracy)}, tokens make the total, to {worst:.0e}"


def _save_and_load(bench: _Bench) -> str:
    from pellucid.models.files import load_fit, save_fit

    path = bench.folder / "penguins.model"
    save_fit(bench.fit, path)
    again = load_fit(path)
    frame = {name: bench.table.values(name) for name in bench.fit.model.columns}
    same = np.array_equal(again.model.predict_proba(frame), bench.fit.model.predict_proba(frame))
    _expect(same, "the loaded model predicts differently")
    return f"{count(path.stat().st_size)} bytes, predictions identical"


def _write(bench: _Bench) -> str:
    found = bench.made["study"] = study(bench.table, bench.fit, bench.run)
    words = found.words
    cited = {fact for claim in words.claims for fact in claim.facts}
    _expect(bool(words.claims), "nothing was written")
    _expect(all(claim.facts for claim in words.claims), "a claim names no fact")
    _expect(cited <= set(words.facts), "a claim names a fact that is not there")
    return f"{plural(len(words.claims), 'claim')} on {plural(len(cited), 'fact')}"


def _report(bench: _Bench) -> str:
    from pellucid.report.render import write_report

    sizes = []
    for name in ("report.html", "report.md"):
        write_report(bench.study.report(), bench.folder / name)
        sizes.append((bench.folder / name).stat().st_size)
    page = (bench.folder / "report.html").read_text(encoding="utf-8")
    _expect("<script" not in page, "the page holds a script")
    _expect("default-src 'none'" in page, "the page does not forbid requests")
    return f"HTML {count(sizes[0])} bytes, Markdown {count(sizes[1])} bytes"


def _expect(holds: bool, otherwise: str) -> None:
    if not holds:
        raise _Unmet(otherwise)


_CHECKS: tuple[tuple[str, Callable[[_Bench], str]], ...] = (
    ("open penguins", _open),
    ("open every sample", _open_every_sample),
    ("profile", _profile),
    ("fit a preview", _fit),
    ("predict as interpret does", _agree_with_interpret),
    ("explain rows exactly", _explain),
    ("fit texts, token by token", _fit_texts),
    ("save and load", _save_and_load),
    ("write", _write),
    ("report", _report),
)
