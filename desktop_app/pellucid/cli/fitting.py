"""`fit`: from a file to a model."""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path

from pellucid.cli.console import Console
from pellucid.cli.documents import fit_document
from pellucid.cli.tables import read_table
from pellucid.cli.text_columns import (
    read_texts,
    tell_texts,
    terms_of,
    texts_document,
)
from pellucid.core.errors import UserError
from pellucid.core.numbers import count, interval, listing, number, percent, plural
from pellucid.core.run import Run
from pellucid.data.alike import grouped
from pellucid.engine.loading import AnyFit
from pellucid.models.types import Estimate, FitOptions, FitSummary, TermEvidence, by_reason

METRICS: Mapping[str, str] = {
    "auc": "area under the ROC curve",
    "accuracy": "accuracy",
    "macro_f1": "F1, mean over classes",
    "log_loss": "log loss",
    "brier": "Brier score",
    "rmse": "root mean squared error",
    "mae": "mean absolute error",
    "r2": "R²",
}
_KINDS_UNSERVED: Mapping[str, str] = {
    "linear": "A linear baseline is scored beside every fit; use --kind additive.",
    "boosted": "A baseline of boosted trees is scored beside every fit; use --kind additive.",
}


def fit_model(arguments: argparse.Namespace, console: Console, run: Run) -> int:
    """Fit, save the model whole, and say how good it is."""
    from pellucid.engine.fitting import fit_any
    from pellucid.engine.loading import save_any

    _refuse_unserved(arguments)
    check_folder(arguments.out)
    _refuse_project(arguments.out)
    if arguments.test is not None and arguments.test_size is not None:
        raise UserError("--test and --test-size exclude each other", "Give one of them.")
    with ExitStack() as stack:
        table = stack.enter_context(read_table(arguments.file, console, run))
        test = None
        if arguments.test is not None:
            test = stack.enter_context(read_table(arguments.test, console, run))
        fitted = fit_any(table, options_of(arguments, run.seed), run, test)
    console.clear_progress()
    save_any(fitted, arguments.out)
    tell_warnings(fitted.summary, console)
    document = fit_document(fitted.summary, terms_of(fitted.model))
    console.document(document | texts_document(read_texts(fitted.model)))
    _tell(fitted, arguments.out, console)
    return 0


def options_of(arguments: argparse.Namespace, seed: int) -> FitOptions:
    """Return the decisions of a fit that the arguments make."""
    size = getattr(arguments, "test_size", None)
    return FitOptions(
        target=arguments.target,
        task=arguments.task,
        positive=arguments.positive,
        drop=tuple(arguments.drop),
        quality=arguments.quality,
        test_size=FitOptions("").test_size if size is None else size,
        seed=seed,
        kind=getattr(arguments, "kind", "additive"),
        texts=tuple(arguments.text),
        encoder=arguments.encoder,
        tune=arguments.tune,
        download=may_download(arguments),
    )


def may_download(arguments: argparse.Namespace) -> bool:
    """Return whether a model may be fetched; raises `UserError` where --offline was asked for."""
    if arguments.download and arguments.offline:
        raise UserError(
            "--download needs the network, which --offline refuses",
            "Leave --offline away to fetch the model, or --download to use one that is here.",
        )
    return bool(arguments.download)


def check_folder(path: Path) -> None:
    """Refuse a path that cannot be written before hours are spent on what goes there."""
    if not path.resolve().parent.is_dir():
        raise UserError(
            f"The folder {path.resolve().parent} does not exist",
            "Make it, or choose another place to write.",
        )
    if path.is_dir():
        raise UserError(f"{path} is a folder", "Give the name of a file to write.")


def _refuse_project(path: Path) -> None:
    """Refuse a name under which every command would look for a project and not for a model."""
    from pellucid.project.files import SUFFIX

    if path.suffix == SUFFIX:
        raise UserError(
            f"{path.name} would be read as a project, and a fit is saved as a model alone",
            f"Give a name that does not end in {SUFFIX}.",
        )


def _refuse_unserved(arguments: argparse.Namespace) -> None:
    if arguments.kind in _KINDS_UNSERVED:
        raise UserError(
            f"Models of kind {arguments.kind} cannot be fitted by this version",
            _KINDS_UNSERVED[arguments.kind],
        )


def tell_warnings(summary: FitSummary, console: Console) -> None:
    """Note what was left out and what else to know about a fit."""
    for why, names in by_reason(summary.left_out).items():
        verb = "was" if len(names) == 1 else "were"
        console.note(f"{listing(names, 12)} {verb} left out: {why}")
    for alert in grouped(summary.warnings):
        console.note(alert.message)


def _tell(fitted: AnyFit, path: Path, console: Console) -> None:
    summary = fitted.summary
    task = summary.task
    console.line(f"{path}: {_sort(summary)} of {task.target}")
    rows = ", ".join(f"{count(n)} {part}" for part, n in summary.rows.items())
    console.line(f"rows: {rows}")
    first, total = number(summary.seconds.first_curves), number(summary.seconds.total)
    terms = terms_of(fitted.model)
    if terms:
        what = f"{plural(len(terms), 'term')}, {plural(summary.bags, 'bag')}"
        console.line(f"{what}; first curves after {first} s, all after {total} s")
    else:
        console.line(f"tuned and tested in {total} s")
    tell_texts(read_texts(fitted.model), console)
    models = [(summary.test.name, summary.test.metrics)]
    models += [(scores.name, scores.metrics) for scores in summary.baselines]
    tell_scores(models, summary.test.interval, console)
    _tell_evidence(summary.evidence, console)


def _sort(summary: FitSummary) -> str:
    if summary.task.kind == "regression":
        return "regression"
    classes = len(summary.task.classes)
    if summary.task.kind == "multilabel":
        return f"labels ({count(classes)}, of which a row may have several)"
    return f"classification ({plural(classes, 'class', 'classes')})"


def tell_scores(
    models: Sequence[tuple[str, Mapping[str, Estimate]]],
    method: str,
    console: Console,
    where: str = "On the test rows",
) -> None:
    """Set models beneath each other, metric by metric."""
    console.heading(where)
    rows = [
        (METRICS.get(name, name) if place == 0 else "", model, *_estimate(name, metrics[name]))
        for name in models[0][1]
        for place, (model, metrics) in enumerate(models)
        if name in metrics
    ]
    console.table(("", "model", "value", "95% interval"), rows, right=(2,))
    console.line()
    console.paragraph(f"Interval: {method}.")


def _estimate(name: str, found: Estimate) -> tuple[str, str]:
    if name == "accuracy":
        return percent(found.value), f"{percent(found.low)} to {percent(found.high)}"
    return number(found.value), interval(found.low, found.high)


def _tell_evidence(evidence: Sequence[TermEvidence], console: Console) -> None:
    matter = sorted((e for e in evidence if e.matters), key=lambda e: -e.rise)
    if not matter:
        return
    console.heading("Terms that matter: rise in held-out loss without them")
    rows = [(e.term, number(e.rise), interval(e.low, e.high)) for e in matter]
    console.table(("term", "rise", "95% interval, corrected"), rows, right=(1,))
