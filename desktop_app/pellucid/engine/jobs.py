"""What the engine can be asked to do: each job takes plain JSON and gives back values.

`store` is the path that `open` or `set_kinds` gave, `fit` the path that `fit` gave. Rows are
0-based positions.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pellucid.core.run import Run
from pellucid.core.values import from_json
from pellucid.engine import fits
from pellucid.engine.stores import load_store, opened, profile_of
from pellucid.models.types import FitOptions

if TYPE_CHECKING:
    from pellucid.data.preview import Preview
    from pellucid.data.types import Profile
    from pellucid.engine.pipeline import Study
    from pellucid.explain.types import ModelExplanation
    from pellucid.report.document import Report
    from pellucid.writing.types import Words

Job = Callable[..., object]


def open_file(run: Run, path: str, reading: Mapping[str, Any] | None = None) -> dict[str, object]:
    """Read a file into a store: {store, source, rows, columns, rejected}."""
    from pellucid.data.reading import Reading, open_table

    with open_table(Path(path), from_json(Reading, reading or {}), run) as table:
        return opened(table)


def preview_file(run: Run, path: str, reading: Mapping[str, Any] | None = None) -> Preview:
    """Read the first rows of a file, without a store."""
    from pellucid.data.preview import preview
    from pellucid.data.reading import Reading

    del run
    return preview(Path(path), from_json(Reading, reading or {}))


def set_kinds(run: Run, store: str, kinds: Mapping[str, Any]) -> dict[str, object]:
    """View columns as other kinds: as `open`, with a store of its own."""
    del run
    with load_store(store) as table:
        return opened(table.with_kinds(kinds))


def profile_store(run: Run, store: str) -> Profile:
    """Profile the table of a store."""
    with load_store(store) as table:
        return profile_of(table, run)


def suggest_target(run: Run, store: str) -> tuple[tuple[str, str], ...]:
    """Name the columns worth predicting, best first, each with the reason."""
    from pellucid.models.targets import suggest_targets

    with load_store(store) as table:
        return tuple((column, why) for column, why in suggest_targets(profile_of(table, run)))


def find_rows(
    run: Run,
    store: str,
    filters: Sequence[Mapping[str, Any]] = (),
    sort: Sequence[Sequence[str]] = (),
    find: str = "",
) -> dict[str, object]:
    """Find the rows that pass all filters and hold `find`: {rows}.

    `sort` has at most one (column, "ascending" or "descending").
    """
    from pellucid.data.search import Filter, Sort

    del run
    wanted = [from_json(Filter, item) for item in filters]
    if find:
        wanted.append(Filter("", "contains", (find,)))
    order = [Sort(column, way.startswith("desc")) for column, way in sort]
    with load_store(store) as table:
        return {"rows": table.matching(wanted, order[0] if order else None)}


def fit_store(run: Run, store: str, options: Mapping[str, Any]) -> dict[str, object]:
    """Fit a model: {fit, summary}; publishes "curves" as {fit, bags, bags_asked} meanwhile."""
    from pellucid.engine.fitting import fit_any
    from pellucid.engine.loading import save_any

    chosen = from_json(FitOptions, options)
    folder = fits.new_folder()
    with load_store(store) as table:
        fitted = fit_any(table, chosen, fits.with_snapshots(run, folder))
    path = folder / "fit.zip"
    save_any(fitted, path)
    return {"fit": str(path), "summary": fitted.summary}


def explain_fit(run: Run, fit: str) -> ModelExplanation:
    """Explain a fit as a whole."""
    from pellucid.engine.loading import load_readable
    from pellucid.explain.model import explain_model

    del run
    return explain_model(load_readable(Path(fit)))


def write(run: Run, store: str, fit: str | None = None) -> Words:
    """Write up a table, and a fit if there is one, with the built-in writer."""
    return _known(run, store, fit, None).words


def report(
    run: Run,
    store: str,
    fit: str | None = None,
    words: Mapping[str, Any] | None = None,
    hidden: Sequence[str] = (),
) -> Report:
    """Build the document; the window draws it from its blocks."""
    return _known(run, store, fit, words).report(frozenset(hidden))


def export(
    run: Run,
    store: str,
    path: str,
    fit: str | None = None,
    words: Mapping[str, Any] | None = None,
    hidden: Sequence[str] = (),
) -> dict[str, object]:
    """Write the document, whole or not at all, in the format of the suffix: {path, bytes}."""
    from pellucid.report.render import write_report

    document = _known(run, store, fit, words).report(frozenset(hidden))
    run.check()
    write_report(document, Path(path))
    return {"path": path, "bytes": Path(path).stat().st_size}


def _known(run: Run, store: str, fit: str | None, words: Mapping[str, Any] | None) -> Study:
    """Gather what is known; `words` that were written before are kept as they are."""
    from pellucid.engine.loading import load_any
    from pellucid.engine.pipeline import study
    from pellucid.writing.types import Words

    with load_store(store) as table:
        fitted = load_any(Path(fit)) if fit else None
        return study(table, fitted, run, from_json(Words, words) if words else None)


def _elsewhere(module: str, function: str) -> Job:
    """Return a job of another module, imported when it first runs: most sessions need few."""

    def job(run: Run, **params: Any) -> object:
        return getattr(import_module(f"pellucid.engine.{module}"), function)(run, **params)

    return job


JOBS: Mapping[str, Job] = {
    "open": open_file,
    "preview": preview_file,
    "set_kinds": set_kinds,
    "profile": profile_store,
    "suggest_target": suggest_target,
    "rows": find_rows,
    "fit": fit_store,
    "explain": explain_fit,
    "judge": _elsewhere("judging", "judge_fit"),
    "write": write,
    "report": report,
    "export": export,
    "save_project": _elsewhere("projects", "save"),
    "open_project": _elsewhere("projects", "open_saved"),
    "autosave": _elsewhere("projects", "keep_unsaved"),
    "explain_text": _elsewhere("texts", "explain_text"),
    "ngrams": _elsewhere("texts", "ngrams"),
    "swap": _elsewhere("texts", "swap"),
    "disagree": _elsewhere("disagreeing", "disagree"),
    "edit_tree": _elsewhere("trees", "edit_tree"),
    "faithfulness": _elsewhere("text_tests", "faithfulness"),
    "sanity": _elsewhere("text_tests", "sanity"),
    "corpus": _elsewhere("corpora", "corpus"),
    "text_map": _elsewhere("corpora", "text_map"),
    "neighbours": _elsewhere("corpora", "neighbours"),
    "compare": _elsewhere("comparing", "compare"),
    "ask": _elsewhere("asking", "ask"),
    "suggest_question": _elsewhere("asking", "suggest"),
    "probe": _elsewhere("networks", "probe"),
    "heads": _elsewhere("networks", "heads"),
    "deal_quiz": _elsewhere("quizzes", "deal_quiz"),
    "mark_quiz": _elsewhere("quizzes", "mark_quiz"),
    "take_quiz": _elsewhere("quizzes", "take_quiz"),
    "claim_sources": _elsewhere("claim_sources", "claim_sources"),
    "ask_reasons": _elsewhere("own_reasons", "ask_reasons"),
    "show_reasons_payload": _elsewhere("own_reasons", "show_reasons_payload"),
    "find_writers": _elsewhere("sending", "find_writers"),
    "weigh_model": _elsewhere("sending", "weigh_model"),
    "take_exam": _elsewhere("sending", "take_exam"),
    "show_payload": _elsewhere("sending", "show_payload"),
    "write_with_model": _elsewhere("sending", "write_with_model"),
    "agree_to_send": _elsewhere("sending", "agree_to_send"),
    "withdraw_consent": _elsewhere("sending", "withdraw_consent"),
    "show_ledger": _elsewhere("sending", "show_ledger"),
    "keep_key": _elsewhere("sending", "keep_server_key"),
    "set_offline": _elsewhere("sending", "set_offline"),
}
