"""What a claim rests on: its facts, and the chart they come from."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pellucid.report.charts import Chart
from pellucid.report.palette import LIGHT, Palette
from pellucid.ui import theme
from pellucid.ui.charts.bars import BarView
from pellucid.ui.charts.dots import DotView
from pellucid.ui.charts.panel import ChartPanel
from pellucid.ui.pages.words_view import FactView
from pellucid.ui.widgets.basic import clear, label, line, paragraph
from pellucid.ui.widgets.columns import show_pairs

_CHART_HEIGHT = 340


class FactsInspector(QWidget):
    """Lists facts by their numbers under the chart that shows them."""

    def __init__(self, foot: QWidget, parent: QWidget | None = None) -> None:
        """`foot` stands under the facts."""
        super().__init__(parent)
        self._colors: Palette = LIGHT
        self._hint = paragraph(
            "Choose a paragraph, or one of its small numbers, to see the facts it was made from.",
            "muted",
        )
        self.panel = ChartPanel()
        self._facts = QVBoxLayout()
        self._facts.setSpacing(theme.S3)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.S4, theme.S4, theme.S4, theme.S4)
        column.setSpacing(theme.S3)
        column.addWidget(label("What it rests on", "section"))
        column.addWidget(self._hint)
        column.addWidget(self.panel)
        column.addLayout(self._facts)
        column.addWidget(foot)
        column.addStretch(1)
        self.panel.hide()

    def show_facts(self, facts: Sequence[FactView], chart: Chart | None) -> None:
        """Show the facts of a claim or a mark; a claim without any says so."""
        self._hint.setVisible(not facts)
        self.panel.setVisible(chart is not None)
        if chart is not None:
            self.panel.show_chart(chart)
            if self.panel.view is not None and not isinstance(self.panel.view, BarView | DotView):
                self.panel.view.setFixedHeight(_CHART_HEIGHT)
        clear(self._facts)
        for fact in facts:
            self._facts.addWidget(line())
            self._facts.addWidget(_fact(fact))

    def set_colors(self, palette: Palette) -> None:
        self._colors = palette


def _fact(fact: FactView) -> QWidget:
    made = QWidget()
    column = QVBoxLayout(made)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(theme.S2)
    head = QHBoxLayout()
    head.setSpacing(theme.S2)
    number = label(str(fact.number), "strong")
    number.setContentsMargins(0, 2, 0, 0)
    head.addWidget(number, 0, Qt.AlignmentFlag.AlignTop)
    head.addWidget(paragraph(fact.text), 1)
    column.addLayout(head)
    details = QVBoxLayout()
    show_pairs(details, fact.details)
    column.addLayout(details)
    return made
