"""What comes of a fit: the score, the leaderboard, warnings, and curves while bags finish."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QVBoxLayout,
    QWidget,
)

from pellucid.data.types import Alert
from pellucid.models.types import FitSummary
from pellucid.report.palette import LIGHT, Palette
from pellucid.ui import theme
from pellucid.ui.charts.panel import ChartPanel, chart_view, show_in
from pellucid.ui.charts.view import ChartView
from pellucid.ui.pages.model_view import (
    CurveSlot,
    leaderboard,
    metric_choices,
    score_line,
    time_line,
)
from pellucid.ui.widgets.basic import IconLabel, clear, label, paragraph, set_paragraph

_CARD_WIDTH = 250
_CARD_HEIGHT = 190


class CurveCard(QFrame):
    """One small multiple: the term's name and its curve; a click leads to Explain."""

    wanted = Signal(str)

    def __init__(self, slot: CurveSlot, palette: Palette) -> None:
        super().__init__()
        self.setObjectName("plain")
        self.setFixedHeight(_CARD_HEIGHT)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.slot = slot
        self._name = label(slot.name, "strong")
        self._name.setMinimumWidth(10)
        self.view = self._view(slot, palette)
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.S1)
        column.addWidget(self._name)
        column.addWidget(self.view, 1)

    def _view(self, slot: CurveSlot, palette: Palette) -> ChartView:
        view = chart_view(slot.chart, palette, compact=True)
        view.chosen.connect(lambda _: self.wanted.emit(self.slot.name))
        return view

    def show_slot(self, slot: CurveSlot, palette: Palette) -> None:
        """Show another snapshot, or another term."""
        self.slot = slot
        self._name.setText(slot.name)
        if not show_in(self.view, slot.chart):
            old, self.view = self.view, self._view(slot, palette)
            self._column.replaceWidget(old, self.view)
            old.hide()
            old.deleteLater()


class CurveGrid(QWidget):
    """As many columns of small multiples as there is room for."""

    wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._colors: Palette = LIGHT
        self._least = _CARD_WIDTH
        self.cards: list[CurveCard] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(theme.S5)
        self._grid.setVerticalSpacing(theme.S4)
        self._across = 0

    def set_colors(self, palette: Palette) -> None:
        self._colors = palette

    def set_card_width(self, least: int) -> None:
        """Let cards be as narrow as `least` px where that makes room for another column."""
        if least != self._least:
            self._least, self._across = least, 0
            self._place()

    def keep(self, count: int) -> None:
        """Take the cards beyond the first `count` away."""
        for card in self.cards[count:]:
            self._grid.removeWidget(card)
            card.hide()
            card.deleteLater()
        del self.cards[count:]

    def show_slot(self, at: int, slot: CurveSlot) -> None:
        """Show a term in its place; a card that is there is only drawn again."""
        if at < len(self.cards):
            self.cards[at].show_slot(slot, self._colors)
            return
        card = CurveCard(slot, self._colors)
        card.wanted.connect(self.wanted)
        self.cards.append(card)
        self._across = 0
        self._place()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        self._place()

    def _place(self) -> None:
        across = max(1, min(4, (self.width() + theme.S5) // (self._least + theme.S5)))
        if across == self._across:
            return
        for i in range(4):
            self._grid.setColumnStretch(i, 1 if i < across else 0)
        for i, card in enumerate(self.cards):
            self._grid.addWidget(card, i // across, i % across)
        self._across = across


class WarningList(QWidget):
    """What to know before believing the scores, in place and in full."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._colors: Palette = LIGHT
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.S2)

    def set_colors(self, palette: Palette) -> None:
        self._colors = palette

    def show_alerts(self, alerts: Sequence[Alert]) -> None:
        """Show each alert with its icon; nothing where there are none."""
        clear(self._column)
        for alert in alerts:
            icon = IconLabel("info" if alert.kind == "left_out" else "warning",
                             "muted" if alert.kind == "left_out" else "warning")  # fmt: skip
            icon.set_colors(self._colors)
            row = QWidget()
            layout = QHBoxLayout(row)
            layout.setContentsMargins(0, 0, 0, 0)
            layout.setSpacing(theme.S2)
            layout.addWidget(icon, 0, Qt.AlignmentFlag.AlignTop)
            said = paragraph(alert.message)
            said.setToolTip("\n".join(alert.columns) if len(alert.columns) > 1 else "")
            layout.addWidget(said, 1)
            self._column.addWidget(row)
        self.setVisible(bool(alerts))


class ScorePanel(QWidget):
    """The one number, what bounds it, and the leaderboard by a metric of choice."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._summary: FitSummary | None = None
        self.figure, self._about = label("", "figure"), paragraph("", "muted")
        self._rows: QLabel = paragraph("", "label")
        self.chooser = QComboBox()
        self.chooser.setAccessibleName("Metric")
        self.chooser.setToolTip("The metric to compare by")
        self.board = ChartPanel()
        head = QHBoxLayout()
        head.setSpacing(theme.S3)
        head.addWidget(self.figure)
        head.addWidget(self._about, 1, Qt.AlignmentFlag.AlignBottom)
        head.addWidget(self.chooser, 0, Qt.AlignmentFlag.AlignVCenter)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.S3)
        column.addLayout(head)
        column.addWidget(self.board)
        column.addWidget(self._rows)
        self.chooser.activated.connect(lambda _: self._show_metric())

    def show_summary(self, summary: FitSummary) -> None:
        """Show a fit's scores, by the metric shown before where it has that one."""
        before = self.chooser.currentData()
        self._summary = summary
        self.chooser.clear()
        for key, name in metric_choices(summary):
            self.chooser.addItem(name, key)
        self.chooser.setCurrentIndex(max(0, self.chooser.findData(before)))
        set_paragraph(self._rows, time_line(summary))
        self._show_metric()

    def _show_metric(self) -> None:
        metric = self.chooser.currentData()
        if self._summary is None or metric is None:
            return
        figure, about = score_line(self._summary, metric)
        self.figure.setText(figure)
        set_paragraph(self._about, about)
        self.board.show_chart(leaderboard(self._summary, metric))
