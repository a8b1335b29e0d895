"""The open document and everything known about it; pages watch its signals and call its methods."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication

from pellucid.core.numbers import plural
from pellucid.core.values import to_json
from pellucid.data.preview import Preview
from pellucid.data.search import Filter, Sort
from pellucid.data.types import Kind, Profile
from pellucid.explain.types import ModelExplanation
from pellucid.models.additive import AdditiveModel
from pellucid.models.types import FitOptions, FitSummary
from pellucid.project.types import Project, Recipe
from pellucid.report.document import Report
from pellucid.report.palette import Palette
from pellucid.ui import settings, theme
from pellucid.ui.crash import crash_details
from pellucid.ui.link import Link, Request
from pellucid.ui.readers import (
    Document,
    RowIds,
    read_curves,
    read_fit,
    read_pairs,
    read_project,
    read_report,
    read_rows,
    reader,
)
from pellucid.ui.states import KEPT, ErrorState, JobState, Opened
from pellucid.writing.types import Words


class Session(QObject):
    """What the window shows, as values; every change is announced by a signal.

    While a fit runs, `model` is its snapshot and `bags` of `bags_asked` are folded in; `summary`
    and `fit_path` belong to the last finished fit. Methods return at once: heavy work happens in
    the engine process, and a failure becomes `error`, never an exception.
    """

    opened_changed = Signal()
    profile_changed = Signal()
    target_changed = Signal()
    features_changed = Signal()
    model_changed = Signal()
    fit_finished = Signal()
    explanation_changed = Signal()
    words_changed = Signal()
    report_changed = Signal()
    job_changed = Signal()
    error_changed = Signal()
    theme_changed = Signal()
    saved_changed = Signal()
    notified = Signal(str)
    """A sentence for the job strip, such as "Saved report.html, 812 KB"."""
    file_wanted = Signal()
    """A page would like the user to be asked for a file."""
    page_wanted = Signal(str)
    """The key of a step to go to, for example "model"."""
    column_wanted = Signal(str)
    """The name of a column to show on the Data page."""
    rows_wanted = Signal(object)
    """A tuple of `data.search.Filter`: show these rows on the Data page."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.settings = settings.load_settings()
        self.palette: Palette = theme.resolve(_appearance(self.settings.appearance))
        self.error: ErrorState | None = None
        self.opening: Path | None = None
        self._forget()
        self.link = Link(self)
        self.link.jobs_changed.connect(self._count_bags)
        self.link.jobs_changed.connect(self.job_changed)
        self.link.failed.connect(self._failed)
        self.link.died.connect(self._died)
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._follow_system)

    def _forget(self) -> None:
        self.path: Path | None = None
        self.project: Path | None = None
        self.preview: Preview | None = None
        self.opened: Opened | None = None
        self.profile: Profile | None = None
        self.target: str | None = None
        self.suggestions: tuple[tuple[str, str], ...] = ()
        self.dropped: frozenset[str] = frozenset()
        self.options: FitOptions | None = None
        self.is_unsaved = False
        self.words: Words | None = None
        self.hidden: set[str] = set()
        self._forget_fit()

    def _forget_fit(self) -> None:
        self.fit_path: Path | None = None
        self.model: AdditiveModel | None = None
        self.bags = 0
        self.bags_asked = 0
        self.summary: FitSummary | None = None
        self._final: AdditiveModel | None = None
        self._forget_words()

    def _forget_words(self) -> None:
        self.explanation: ModelExplanation | None = None
        self.words = None
        self.report: Report | None = None
        self.svgs: Mapping[str, Mapping[str, str]] = {}

    @property
    def job(self) -> JobState | None:
        return self.link.current

    @property
    def is_fitting(self) -> bool:
        return self.link.is_running("fit")

    def is_running(self, job: str) -> bool:
        """Tell whether the engine works on the job called `job`, for example "explain"."""
        return self.link.is_running(job)

    # Files

    def open_file(self, path: Path, reading: Mapping[str, object] | None = None) -> None:
        """Open a table or a project; what is open stays until the first rows of `path` are here."""
        self.clear_error()
        if path.suffix == ".pellucid":
            self.open_project(path)
            return
        self.link.drop()
        self.opening = path
        params = {"path": str(path), "reading": reading or {}}
        read = reader(Preview)
        self.link.submit(
            Request("preview", params, self._previewed, read, failed=_ignore, lane="quick")
        )
        self.link.submit(
            Request("open", params, self._opened, reader(Opened), failed=self._not_opened)
        )
        self.opened_changed.emit()

    def _begin(self) -> None:
        """Put the file being opened in place of the one that was shown."""
        path = self.opening
        if path is not None and self.path != path:
            self._forget()
            self.path = path
            self._announce_all()

    def _announce_all(self) -> None:
        for signal in (
            self.opened_changed,
            self.profile_changed,
            self.target_changed,
            self.features_changed,
            self.model_changed,
            self.explanation_changed,
            self.words_changed,
            self.report_changed,
            self.saved_changed,
        ):
            signal.emit()

    def _previewed(self, preview: Preview) -> None:
        if self.opening is not None:
            self._begin()
            self.preview = preview
            self.opened_changed.emit()

    def _opened(self, opened: Opened) -> None:
        self._begin()
        self.opening = None
        self.opened = opened
        settings.remember_file(opened.source.path, opened.rows, len(opened.columns))
        size = f"{plural(opened.rows, 'row')}, {plural(len(opened.columns), 'column')}"
        self.notified.emit(f"Read {opened.source.path.name}: {size}")
        self.opened_changed.emit()
        self.describe()

    def _not_opened(self, message: str, hint: str) -> None:
        path, self.opening = self.opening, None
        kept = "What was open before is still here." if self.path else ""
        if self.path == path:
            kept = "The first rows stay in view."
        self._set_error(ErrorState(message, kept, hint, "open"))
        self.opened_changed.emit()

    def describe(self) -> None:
        """Have the columns described, again if need be."""
        if self.opened is None:
            return
        store = {"store": str(self.opened.store)}
        self.link.drop("profile", "suggest_target")
        self.link.submit(Request("profile", store, self._profiled, reader(Profile)))

    def _profiled(self, profile: Profile) -> None:
        self.profile = profile
        self.profile_changed.emit()
        self._suggest()

    def _suggest(self) -> None:
        if self.opened is not None:
            store = {"store": str(self.opened.store)}
            self.link.submit(
                Request("suggest_target", store, self._suggested, read_pairs, lane="quick")
            )

    def _suggested(self, suggestions: tuple[tuple[str, str], ...]) -> None:
        self.suggestions = suggestions
        if self.target is None and suggestions:
            self.target = suggestions[0][0]
        self.target_changed.emit()

    def set_kind(self, name: str, kind: Kind) -> None:
        """View a column as another kind; profile and suggestions are made anew."""
        if self.opened is None or self.opened.column(name).kind == kind:
            return
        params = {"store": str(self.opened.store), "kinds": {name: kind}}
        self.link.submit(Request("set_kinds", params, self._kinds_set, reader(Opened)))

    def _kinds_set(self, opened: Opened) -> None:
        self.opened = opened
        self._mark(unsaved=True)
        self.opened_changed.emit()
        self.describe()

    def request_rows(
        self,
        filters: Sequence[Filter],
        sort: Sort | None,
        find: str,
        callback: Callable[[RowIds], None],
    ) -> None:
        """Ask for the 0-based rows that match; a newer request replaces an older one."""
        if self.opened is None:
            return
        self.link.drop("rows")
        way = "descending" if sort and sort.descending else "ascending"
        params = {
            "store": str(self.opened.store),
            "filters": to_json(filters),
            "sort": [[sort.column, way]] if sort else [],
            "find": find,
        }
        self.link.submit(Request("rows", params, callback, read_rows, lane="quick"))

    # Model

    def set_target(self, name: str | None) -> None:
        """Choose the column to predict."""
        if name != self.target:
            self.target = name
            self.target_changed.emit()

    def set_dropped(self, name: str, dropped: bool) -> None:
        """Leave a column out of the features, or take it back in."""
        changed = self.dropped | {name} if dropped else self.dropped - {name}
        if changed != self.dropped:
            self.dropped = changed
            self.features_changed.emit()

    def fit(self, options: FitOptions) -> None:
        """Fit a model; curves arrive as `model` while bags finish."""
        if self.opened is None:
            return
        self.clear_error()
        self.options = options
        if frozenset(options.drop) != self.dropped:
            self.dropped = frozenset(options.drop)
            self.features_changed.emit()
        self.set_target(options.target)
        self.bags = self.bags_asked = 0
        self.link.drop("fit", "explain", "write", "report")
        params = {"store": str(self.opened.store), "options": to_json(options)}
        self.link.submit(
            Request(
                "fit",
                params,
                self._fitted,
                read_fit,
                self._curves,
                read_curves,
                self._not_fitted,
                self._fit_stopped,
            )
        )
        self.model_changed.emit()

    def _curves(self, name: str, curves: tuple[AdditiveModel, int]) -> None:
        if name == "curves":
            self.model, self.bags = curves
            self.model_changed.emit()

    def _count_bags(self) -> None:
        """Learn from the fit's progress how many bags it will have."""
        job = self.job
        if job and job.name == "fit" and job.progress and job.progress.total:
            self.bags_asked = job.progress.total

    def _fitted(self, fitted: tuple[Path, AdditiveModel, FitSummary]) -> None:
        self._forget_words()
        self.fit_path, self.model, self.summary = fitted
        self._final = self.model
        self.bags, self.bags_asked = self.summary.bags, self.summary.bags_asked
        self._mark(unsaved=True)
        for signal in (self.model_changed, self.explanation_changed, self.words_changed):
            signal.emit()
        self.report_changed.emit()
        self.fit_finished.emit()

    def _not_fitted(self, message: str, hint: str) -> None:
        self._fit_stopped()
        self._failed("fit", message, hint)

    def _fit_stopped(self) -> None:
        self.model = self._final
        self.bags = self.summary.bags if self.summary else 0
        self.bags_asked = self.summary.bags_asked if self.summary else 0
        self.model_changed.emit()

    def ensure_explanation(self) -> None:
        """See to it that `explanation` comes, if there is a finished fit."""
        if self.fit_path and self.explanation is None and not self.is_running("explain"):
            params = {"fit": str(self.fit_path)}
            self.link.submit(Request("explain", params, self._explained, reader(ModelExplanation)))

    def _explained(self, explanation: ModelExplanation) -> None:
        self.explanation = explanation
        self.explanation_changed.emit()

    # Words and report

    def ensure_words(self) -> None:
        """See to it that `words` come, if a table is open."""
        if self.opened and self.words is None and not self.is_running("write"):
            self.link.submit(Request("write", self._subject(), self._written, reader(Words)))

    def _written(self, words: Words) -> None:
        self.words = words
        self.words_changed.emit()

    def set_hidden(self, key: str, hidden: bool) -> None:
        """Switch a block of the report off or on."""
        (self.hidden.add if hidden else self.hidden.discard)(key)
        self._mark(unsaved=True)
        self.report_changed.emit()

    def request_report(self) -> None:
        """Have the report built with every block, so that each can be switched on again."""
        if self.opened is None:
            return
        self.link.drop("report")
        self.link.submit(Request("report", self._document(()), self._reported, read_report))

    def _reported(self, built: tuple[Report, Mapping[str, Mapping[str, str]]]) -> None:
        self.report, self.svgs = built
        self.report_changed.emit()

    def export(self, path: Path) -> None:
        """Write the report; the suffix says the format."""
        if self.opened is not None:
            params = {**self._document(sorted(self.hidden)), "path": str(path)}
            self.link.submit(Request("export", params, self._exported))

    def _exported(self, written: Mapping[str, Any]) -> None:
        name = Path(written["path"]).name
        self.notified.emit(f"Wrote {name}, {round(written['bytes'] / 1024):,} KB")

    def _subject(self) -> dict[str, object]:
        assert self.opened is not None
        return {
            "store": str(self.opened.store),
            "fit": str(self.fit_path) if self.fit_path else None,
        }

    def _document(self, hidden: Sequence[str]) -> dict[str, object]:
        return {**self._subject(), "words": to_json(self.words), "hidden": list(hidden)}

    # Projects

    def save(self, path: Path) -> None:
        """Save recipe, model, facts and words as one `.pellucid` file."""
        if self.opened is not None:
            params = {**self._document(sorted(self.hidden)), "path": str(path)}
            self.link.submit(Request("save_project", params, lambda _: self._saved(path)))

    def _saved(self, path: Path) -> None:
        self.project = path
        self._mark(unsaved=False)
        self.notified.emit(f"Saved {path.name}")

    def open_project(self, path: Path) -> None:
        """Open a saved project; what is open stays until it has been read."""
        self._read_project(path, lambda document: self._project_opened(document, path))

    def restore(self, path: Path) -> None:
        """Open work that was kept aside unsaved; it still has no file of its own."""
        self._read_project(path, lambda document: self._project_opened(document, None))

    def _read_project(self, path: Path, done: Callable[[Document], None]) -> None:
        self.clear_error()
        self.link.drop()
        self.opening = path
        self.link.submit(
            Request(
                "open_project", {"path": str(path)}, done, read_project, failed=self._not_opened
            )
        )
        self.opened_changed.emit()

    def _project_opened(self, document: Document, project: Path | None) -> None:
        self._forget()
        path, self.opening, self.project = self.opening, None, project
        self.opened, self.profile = document.opened, document.profile
        self.path = self.opened.source.path if self.opened else path
        self.fit_path, self.model, self.summary = document.fit, document.model, document.summary
        self._final = self.model
        self.words, self.hidden = document.words, set(document.hidden)
        self.options = document.options
        if document.options:
            self.target, self.dropped = document.options.target, frozenset(document.options.drop)
        self.is_unsaved = project is None
        if self.summary:
            self.bags, self.bags_asked = self.summary.bags, self.summary.bags_asked
        if document.note:
            self._set_error(ErrorState(document.note, job="open_project"))
        self._announce_all()
        if self.opened and self.profile:
            self._suggest()
        elif self.opened:
            self.describe()

    def as_project(self) -> Project | None:
        """Return the work as it stands, to be kept aside; None without a table."""
        if self.opened is None:
            return None
        kinds = {column.name: column.kind for column in self.opened.columns}
        options = self.summary.options if self.summary else None
        recipe = Recipe(self.opened.source, kinds, options, self.opened.store)
        return Project(recipe, self.profile, self.fit_path, self.words, frozenset(self.hidden))

    # Jobs, errors, appearance

    def cancel(self) -> None:
        """Stop the job that is shown; finished bags are kept."""
        if self.job is not None:
            self.link.cancel(self.job.id)

    def clear_error(self) -> None:
        if self.error is not None:
            self.error = None
            self.error_changed.emit()

    def report_problem(self, message: str, hint: str = "") -> None:
        """Say that something outside the engine went wrong."""
        self._set_error(ErrorState(message, hint=hint))

    def _failed(self, job: str, message: str, hint: str) -> None:
        if not (self.error and self.error.is_crash):
            self._set_error(ErrorState(message, KEPT.get(job, ""), hint, job))

    def _died(self, message: str) -> None:
        tail = crash_details(message)
        hint = "Start the step again; a new engine takes over by itself"
        self._set_error(ErrorState(message, hint=hint, details=tail))

    def _set_error(self, error: ErrorState) -> None:
        self.error = error
        self.error_changed.emit()

    def _mark(self, *, unsaved: bool) -> None:
        if self.is_unsaved != unsaved:
            self.is_unsaved = unsaved
            self.saved_changed.emit()

    def change_setting(self, name: str, value: object) -> None:
        """Save a setting and apply it."""
        self.settings = settings.change_setting(name, value)
        self._follow_system()

    def _follow_system(self) -> None:
        palette = theme.resolve(_appearance(self.settings.appearance))
        if palette != self.palette:
            self.palette = palette
            self.theme_changed.emit()

    def close(self) -> None:
        """End the engine process and all it started."""
        self.link.close()


def _appearance(name: str) -> theme.Appearance:
    return next((known for known in theme.APPEARANCES if known == name), "system")


def _ignore(message: str, hint: str) -> None:
    """Say nothing: the job that reads the whole file says it."""
    del message, hint
