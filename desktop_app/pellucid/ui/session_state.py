"""What a session knows at a moment, its signals, its errors and its look."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Literal

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication

from pellucid.data.preview import Preview
from pellucid.data.types import Profile
from pellucid.explain.group_types import Judgement
from pellucid.explain.quiz.types import QuizResult
from pellucid.explain.types import ModelExplanation
from pellucid.models.additive import AdditiveModel
from pellucid.models.black_box.box import BlackBox
from pellucid.models.types import FitOptions, FitSummary
from pellucid.report.document import Report
from pellucid.report.palette import Palette
from pellucid.ui import settings, theme
from pellucid.ui.crash import crash_details
from pellucid.ui.link import Link, Request
from pellucid.ui.readers import KnownFit
from pellucid.ui.states import KEPT, ErrorState, JobState, Opened
from pellucid.writing.types import Words


def _ignore(value: Any) -> None:
    del value


def _nothing() -> None:
    pass


class SessionState(QObject):
    """The values that pages show, and a signal for every change of them."""

    opened_changed = Signal()
    profile_changed = Signal()
    target_changed = Signal()
    features_changed = Signal()
    model_changed = Signal()
    fit_finished = Signal()
    explanation_changed = Signal()
    judgement_changed = Signal()
    words_changed = Signal()
    report_changed = Signal()
    quizzes_changed = Signal()
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
    offline_changed = Signal()
    setting_changed = Signal(str)
    inspector_wanted = Signal()
    """A page has something to show in the inspector, which may be folded away."""
    writers_wanted = Signal()
    """Show on the Words page who can write."""
    rows_wanted = Signal(object)
    """A tuple of `data.search.Filter`: show these rows on the Data page."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.settings = settings.load_settings()
        self.palette: Palette = theme.resolve(_appearance(self.settings.appearance))
        self.error: ErrorState | None = None
        self.opening: Path | None = None
        self._is_begun = False
        self._forget()
        self.link = Link(self)
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
        self.quizzes: tuple[QuizResult, ...] = ()
        """What came of quizzes about models of the open table, oldest first."""
        self.fits: tuple[KnownFit, ...] = ()
        """The finished fits on the open table, oldest first; one of them is shown."""
        self._forget_fit()

    def _forget_fit(self) -> None:
        self.fit_path: Path | None = None
        self.model: AdditiveModel | None = None
        self.network: BlackBox | None = None
        """The transformer of the last finished fit, which has no terms and is no `model`."""
        self.bags = 0
        self.bags_asked = 0
        self.summary: FitSummary | None = None
        self._final: AdditiveModel | None = None
        self._forget_judgement()
        self._forget_words()

    def _forget_judgement(self) -> None:
        self.judgement: Judgement | None = None
        """How the shown fit does on rows held out, once a page has asked for it."""
        self.judging_problem = ""
        """Why that could not be told, in a sentence; empty where nothing went wrong."""

    def _forget_words(self) -> None:
        self.explanation: ModelExplanation | None = None
        self.words = None
        self.report: Report | None = None

    @property
    def job(self) -> JobState | None:
        return self.link.current

    @property
    def is_fitting(self) -> bool:
        return self.link.is_running("fit")

    def is_running(self, job: str) -> bool:
        """Tell whether the engine works on the job called `job`, for example "explain"."""
        return self.link.is_running(job)

    def ask(
        self,
        name: str,
        params: Mapping[str, object],
        read: Callable[[Any], Any],
        done: Callable[[Any], None],
        failed: Callable[[str, str], None],
        *,
        stopped: Callable[[], None] = _nothing,
        so_far: Callable[[Any], None] = _ignore,
        is_long: bool = False,
    ) -> str:
        """Ask the engine for something that a page keeps for itself; returns the job's id.

        `read` makes a value of the JSON. `is_long` shows the work in the strip, where it can be
        stopped; then `stopped` is called. `so_far` gets a value of the same kind that can be shown
        until the whole is done, if the job publishes one.
        """
        lane: Literal["heavy", "quick"] = "heavy" if is_long else "quick"
        request = Request(
            name, params, done, read, partial=lambda _, value: so_far(value), read_partial=read,
            failed=failed, stopped=stopped, lane=lane,
        )  # fmt: skip
        return self.link.submit(request)

    def forget(self, job: str) -> None:
        """Hear no more of what was asked as `job`."""
        self.link.forget(job)

    def _announce_all(self) -> None:
        for signal in (
            self.opened_changed,
            self.profile_changed,
            self.target_changed,
            self.features_changed,
            self.model_changed,
            self.explanation_changed,
            self.judgement_changed,
            self.words_changed,
            self.report_changed,
            self.quizzes_changed,
            self.saved_changed,
        ):
            signal.emit()

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
        self.setting_changed.emit(name)

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
