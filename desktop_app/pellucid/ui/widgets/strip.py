"""The strip at the foot: what is being done, in words and real counts, and Cancel."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from pellucid.report.palette import LIGHT, Palette
from pellucid.ui import theme
from pellucid.ui.states import JobState
from pellucid.ui.widgets.basic import button, give_role, label


class JobStrip(QFrame):
    """Shows the running job, or the last thing that was done.

    A bar along the upper edge shows `done` of `total` where the job counts real units; there is no
    bar where there is nothing to count.
    """

    cancelled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "surface")
        self.setFixedHeight(theme.STRIP_HEIGHT)
        self.setAccessibleName("Progress")
        self._palette: Palette = LIGHT
        self._job: JobState | None = None
        self._last = ""
        self._text = label("", "muted")
        self.cancel = button("Cancel", self.cancelled.emit, "small")
        self.cancel.setToolTip("Stop, and keep what is finished (Ctrl+.)")
        # A click leaves the keyboard where it is: the button is gone once the job is.
        self.cancel.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(theme.S4, 0, theme.S2, 0)
        layout.setSpacing(theme.S3)
        layout.addWidget(self._text, 1)
        layout.addWidget(self.cancel)
        self.show_job(None)

    @property
    def text(self) -> str:
        return self._text.text()

    def show_job(self, job: JobState | None) -> None:
        """Show a job; None shows what was said last."""
        self._job = job
        self.cancel.setVisible(job is not None)
        self.cancel.setEnabled(job is not None and not job.is_stopping)
        words = job.text if job else self._last
        if words != self._text.text():
            self._text.setText(words)
            self._text.setAccessibleName(words)
        give = "" if job else "muted"
        if self._text.property("role") != give:
            give_role(self._text, give)
        self.update()

    def say(self, sentence: str) -> None:
        """Say what was done, once no job is running."""
        self._last = sentence
        if self._job is None:
            self.show_job(None)

    def set_colors(self, palette: Palette) -> None:
        self._palette = palette
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        super().paintEvent(event)
        painter = QPainter(self)
        painter.fillRect(QRectF(0, 0, self.width(), 1), theme.color(self._palette.border))
        progress = self._job.progress if self._job else None
        if progress and progress.done is not None and progress.total:
            share = min(1.0, progress.done / progress.total)
            painter.fillRect(
                QRectF(0, 0, self.width() * share, 2), theme.color(self._palette.accent)
            )
