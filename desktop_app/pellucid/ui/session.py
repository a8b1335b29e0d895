"""The open document and everything known about it; pages watch its signals and call its methods."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject

from pellucid.core.numbers import number, plural
from pellucid.core.values import to_json
from pellucid.explain.quiz.types import QuizResult
from pellucid.explain.types import ModelExplanation
from pellucid.models.additive import AdditiveModel
from pellucid.models.black_box.box import BlackBox
from pellucid.models.types import FitOptions, ModelKind
from pellucid.project.types import Project, Recipe
from pellucid.report.document import Report
from pellucid.ui.link import Request
from pellucid.ui.readers import (
    AnyModel,
    Document,
    KnownFit,
    read_curves,
    read_fit,
    read_project,
    reader,
)
from pellucid.ui.session_judging import JudgingSession
from pellucid.ui.session_words import WRITING
from pellucid.ui.states import ErrorState


class Session(JudgingSession):
    """What the window shows, as values; every change is announced by a signal.

    While a fit runs, `model` is its snapshot and `bags` of `bags_asked` are folded in; `summary`
    and `fit_path` belong to the last finished fit. Methods return at once: heavy work happens in
    the engine process, and a failure becomes `error`, never an exception.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.link.jobs_changed.connect(self._count_bags)

    def open_file(self, path: Path, reading: Mapping[str, object] | None = None) -> None:
        """Open a table or a project; what is open stays until something of `path` is here."""
        if path.suffix == ".pellucid":
            self.open_project(path)
        else:
            super().open_file(path, reading)

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
        self._decide(options)
        self.bags = self.bags_asked = 0
        self.link.drop("fit", "explain", "judge", *WRITING, "report")
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

    def _decide(self, options: FitOptions) -> None:
        self.options = options
        if frozenset(options.drop) != self.dropped:
            self.dropped = frozenset(options.drop)
            self.features_changed.emit()
        self.set_target(options.target)

    def fit_kind(self, kind: ModelKind, texts: Sequence[str]) -> None:
        """Fit another kind of model with the decisions of the last fit, which read `texts`.

        A transformer reads the first of them alone, and cannot do without a language model.
        """
        if self.options is None:
            return
        options = replace(self.options, kind=kind)
        if kind == "transformer":
            encoder = None if options.encoder == "none" else options.encoder
            options = replace(options, texts=tuple(texts[:1]), encoder=encoder, tune=False)
        self.fit(options)

    def _curves(self, name: str, curves: tuple[AnyModel, int]) -> None:
        if name == "curves" and isinstance(curves[0], AdditiveModel):
            self.model, self.bags = curves[0], curves[1]
            self.model_changed.emit()

    def _count_bags(self) -> None:
        """Learn from the fit's progress how many bags it will have."""
        job = self.job
        if job and job.name == "fit" and job.progress and job.progress.total:
            self.bags_asked = job.progress.total

    def _fitted(self, fitted: KnownFit) -> None:
        self.fits = (*self.fits, fitted)
        self.use_fit(fitted)
        self.fit_finished.emit()
        what, seconds = plural(self.bags, "bag"), number(fitted.summary.seconds.total, 2)
        what = what if self.model is not None else "a transformer"
        self.notified.emit(f"Fitted {what} in {seconds} seconds")

    def use_fit(self, fitted: KnownFit) -> None:
        """Show a finished fit, which is then what predicts, is written up and is saved."""
        self.link.drop("judge", *WRITING)
        self._forget_judgement()
        self._forget_words()
        self.fit_path, self.summary = fitted.path, fitted.summary
        self._decide(fitted.summary.options)
        self._take(fitted.model)
        self.bags, self.bags_asked = fitted.summary.bags, fitted.summary.bags_asked
        self._mark(unsaved=True)
        for signal in (
            self.model_changed,
            self.explanation_changed,
            self.judgement_changed,
            self.words_changed,
        ):
            signal.emit()
        self.report_changed.emit()

    def take_edit(self, fitted: KnownFit, *, in_place_of: Path | None = None) -> None:
        """Show an edited fit, kept beside the others or in place of one of them."""
        gone = (in_place_of, fitted.path)
        self.fits = (*(known for known in self.fits if known.path not in gone), fitted)
        self.use_fit(fitted)

    def _take(self, model: AnyModel | None) -> None:
        """Take over the model of a finished fit, of either kind."""
        self.model = self._final = model if isinstance(model, AdditiveModel) else None
        self.network = model if isinstance(model, BlackBox) else None

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
        wanted = self.model is not None and self.explanation is None
        if self.fit_path and wanted and not self.is_running("explain"):
            params = {"fit": str(self.fit_path)}
            self.link.submit(Request("explain", params, self._explained, reader(ModelExplanation)))

    def _explained(self, explanation: ModelExplanation) -> None:
        self.explanation = explanation
        self.explanation_changed.emit()

    # Report

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
        self.link.submit(Request("report", self._document(()), self._reported, reader(Report)))

    def _reported(self, report: Report) -> None:
        self.report = report
        self.report_changed.emit()

    def export(self, path: Path) -> None:
        """Write the report; the suffix says the format."""
        if self.opened is not None:
            params = {**self._document(sorted(self.hidden)), "path": str(path)}
            self.link.submit(Request("export", params, self._exported))

    def _exported(self, written: Mapping[str, Any]) -> None:
        name = Path(written["path"]).name
        self.notified.emit(f"Wrote {name}, {round(written['bytes'] / 1024):,} KB")

    def _document(self, hidden: Sequence[str]) -> dict[str, object]:
        return {**self.subject(), "words": to_json(self.words), "hidden": list(hidden)}

    # Quizzes

    def add_quiz(self, result: QuizResult) -> None:
        """Keep what came of a quiz; it is saved with the project."""
        self.quizzes = (*self.quizzes, result)
        self._mark(unsaved=True)
        self.quizzes_changed.emit()

    # Projects

    def save(self, path: Path) -> None:
        """Save recipe, model, facts, words and quizzes as one `.pellucid` file."""
        if self.opened is not None:
            document = self._document(sorted(self.hidden))
            params = {**document, "quizzes": to_json(self.quizzes), "path": str(path)}
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
        self.opening, self._is_begun = path, False
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
        self.fit_path, self.summary = document.fit, document.summary
        self._take(document.model)
        if document.fit and document.model and document.summary:
            self.fits = (KnownFit(document.fit, document.model, document.summary),)
        self.words, self.hidden = document.words, set(document.hidden)
        self.quizzes = document.quizzes
        self.options = document.options
        if document.options:
            self.target, self.dropped = document.options.target, frozenset(document.options.drop)
        self.is_unsaved = project is None
        if self.summary:
            self.bags, self.bags_asked = self.summary.bags, self.summary.bags_asked
        if document.note:
            self._set_error(ErrorState(document.note, job="open_project"))
        elif project is not None:
            self.notified.emit(f"Opened {project.name}")
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
        return Project(
            recipe,
            self.profile,
            self.fit_path,
            self.words,
            frozenset(self.hidden),
            self.quizzes,
        )
