"""Keeps unsaved work as it happens, so that the next start can offer it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, QTimer

from pellucid.project.types import Project
from pellucid.project.unsaved import autosave, discard
from pellucid.ui.background import Background
from pellucid.ui.session import Session

_PAUSE_MS = 1500


class Keeper(QObject):
    """Writes the project into the state folder a moment after each change that is not saved."""

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._kept: Path | None = None
        self._background = Background("keeping", self)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self.keep)
        for changed in (
            session.fit_finished,
            session.words_changed,
            session.report_changed,
            session.quizzes_changed,
        ):
            changed.connect(self._later)
        session.saved_changed.connect(self._saved)

    def _later(self) -> None:
        if self._session.is_unsaved:
            self._pause.start()

    def keep(self) -> None:
        """Write now, off the GUI thread, if there is something to keep."""
        project = self._session.as_project()
        if project is not None and self._session.is_unsaved:
            self._background.run(lambda: autosave(project), self._was_kept, self._was_not_kept)

    def _was_kept(self, path: Path) -> None:
        self._kept = path

    def _was_not_kept(self, error: Exception) -> None:
        self._session.notified.emit(f"Unsaved work could not be kept aside: {error}")

    def _saved(self) -> None:
        if not self._session.is_unsaved:
            self._pause.stop()
            if self._kept is not None:
                discard(self._kept)
                self._kept = None

    def close(self) -> None:
        """Keep what is unsaved and end the thread."""
        waits = self._pause.isActive()
        self._pause.stop()
        project: Project | None = self._session.as_project()
        self._background.close()
        if waits and project is not None and self._session.is_unsaved:
            autosave(project)
