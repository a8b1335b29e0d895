"""Below the curves of the Model page: whether predictions come true, and where the model is weak.

What is shown is asked for when the panel comes into view, so that no curve waits for it.
"""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pellucid.report.figures import calibration_chart
from pellucid.ui import theme
from pellucid.ui.charts.panel import ChartPanel
from pellucid.ui.pages import model_judging_view as view
from pellucid.ui.session import Session
from pellucid.ui.widgets.basic import button, clear, label, line, paragraph, set_paragraph
from pellucid.ui.widgets.columns import held

_CHART_HEIGHT = 340
_CHART_WIDTH = 720


class JudgingPanel(QWidget):
    """A reliability diagram with its sentence, and the groups of rows that are predicted badly."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.chart = ChartPanel(title_role="strong")
        self.said, self.weak = paragraph(""), paragraph("")
        self._spots = QVBoxLayout()
        self._spots.setSpacing(theme.S3)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.S3)
        column.addWidget(line())
        column.addWidget(label("Calibration", "section"))
        column.addLayout(held(self.said))
        column.addWidget(self.chart)
        column.addWidget(line())
        column.addWidget(label("Where the model is weak", "section"))
        column.addLayout(held(self.weak))
        column.addLayout(self._spots)
        session.judgement_changed.connect(self.refresh)
        session.theme_changed.connect(lambda: self.chart.set_colors(session.palette))
        self.refresh()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        super().showEvent(event)
        self._session.ensure_judgement()

    def refresh(self) -> None:
        """Show what is known of the session's fit; ask for it where the panel is in view."""
        session = self._session
        judged, summary = session.judgement, session.summary
        clear(self._spots)
        self.chart.hide()
        if judged is None or summary is None:
            words = session.judging_problem or view.WAITING
            for part in (self.said, self.weak):
                set_paragraph(part, words)
            if self.isVisible():
                session.ensure_judgement()
            return
        set_paragraph(self.said, view.calibration_words(judged, summary))
        set_paragraph(self.weak, view.weak_words(judged, summary))
        drawn = calibration_chart(summary.task, judged.calibration) if judged.calibration else None
        if drawn is not None:
            self.chart.show_chart(drawn)
            self.chart.set_colors(session.palette)
            if self.chart.view is not None:
                self.chart.view.setFixedHeight(_CHART_HEIGHT)
                self.chart.view.setMaximumWidth(_CHART_WIDTH)
            self.chart.show()
        for spot in view.weak_spots(judged, summary):
            self._spots.addWidget(self._spot(spot))

    def _spot(self, spot: view.WeakSpot) -> QWidget:
        made = QWidget()
        row = QHBoxLayout(made)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.S4)
        words = QVBoxLayout()
        words.setSpacing(theme.S1)
        words.addWidget(label(spot.where, "strong", wraps=True))
        words.addWidget(label(spot.error, wraps=True))
        words.addWidget(label(spot.sure, "label", wraps=True))
        row.addLayout(words, 1)
        if spot.filters:
            see = button("See rows", partial(self._session.rows_wanted.emit, spot.filters), "small")
            see.setToolTip("All rows of the table in this group, those fitted on among them")
            see.setAccessibleName(f"See rows where {spot.where}")
            row.addWidget(see, 0, Qt.AlignmentFlag.AlignTop)
        made.setMaximumWidth(_CHART_WIDTH)
        return made
