"""The inspector of the Data page: one column in figures, a chart and its most frequent values."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QAbstractButton,
    QGridLayout,
    QHBoxLayout,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from pellucid.data.search import Filter
from pellucid.data.types import Column, ColumnProfile
from pellucid.report.palette import LIGHT, Palette
from pellucid.ui import theme
from pellucid.ui.charts.histogram import HistogramView
from pellucid.ui.pages.data_view import (
    KIND_WORDS,
    ColumnFacts,
    TopLine,
    column_facts,
    histogram_chart,
    range_filters,
)
from pellucid.ui.widgets.basic import IconLabel, button, clear, color_all, label, paragraph
from pellucid.ui.widgets.columns import Scroller


class TopRow(QAbstractButton):
    """A frequent value with its count and its share as a bar; choosing it filters the rows."""

    def __init__(self, top: TopLine, run: Callable[[], object]) -> None:
        super().__init__()
        self._top = top
        self._palette: Palette = LIGHT
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(f"{top.value}: {top.count} rows. Press to show only these")
        self.setToolTip(f"{top.value}\nShow only these rows")
        self.clicked.connect(lambda: run())

    def set_colors(self, palette: Palette) -> None:
        self._palette = palette
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(200, 26)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        del event
        palette, more = self._palette, theme.tints(self._palette)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(0, 1, 0, -1)
        if self.underMouse():
            painter.fillRect(box, theme.color(more.hover))
        wide = max(2.0, box.width() * min(1.0, self._top.share))
        bar = theme.mix(palette.surface, palette.accent, 0.18)
        painter.fillRect(QRectF(box.left(), box.top(), wide, box.height()), theme.color(bar))
        if self.hasFocus():
            painter.setPen(QPen(theme.color(palette.accent), 2))
            painter.drawRect(box.adjusted(1, 1, -1, -1))
        inner = box.adjusted(6, 0, -6, 0)
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.setFont(theme.font())
        painter.setPen(theme.color(palette.muted))
        painter.drawText(inner, middle | Qt.AlignmentFlag.AlignRight, self._top.count)
        painter.setPen(theme.color(palette.text))
        metrics = painter.fontMetrics()
        room = int(inner.width() - metrics.horizontalAdvance(self._top.count) - 12)
        value = metrics.elidedText(self._top.value, Qt.TextElideMode.ElideRight, room)
        painter.drawText(inner, middle | Qt.AlignmentFlag.AlignLeft, value)


class ColumnInspector(Scroller):
    """Shows a column; asks for rows (`filters_wanted`) and for another kind (`kind_wanted`)."""

    filters_wanted = Signal(object)
    kind_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("surface", parent)
        inner = QWidget()
        inner.setProperty("role", "surface")
        self._content = QVBoxLayout(inner)
        self._content.setContentsMargins(theme.S4, theme.S4, theme.S4, theme.S5)
        self._content.setSpacing(theme.S2)
        self.setWidget(inner)
        self._palette: Palette = LIGHT
        self._profile: ColumnProfile | None = None
        self.chart: HistogramView | None = None
        self.show_column(None, None)

    def set_colors(self, palette: Palette) -> None:
        self._palette = palette

    def show_column(self, column: Column | None, profile: ColumnProfile | None) -> None:
        """Show a column; without a profile, say that it is being made."""
        clear(self._content)
        self._profile, self.chart = profile, None
        if column is None:
            self._content.addWidget(label("No column chosen", "section"))
            hint = "Choose a column to see what it holds: its range, its gaps, its values."
            self._content.addWidget(paragraph(hint, "muted"))
            self._content.addStretch()
            return
        self._head(column)
        if profile is None:
            self._content.addWidget(label("Describing the column…", "muted"))
        else:
            self._body(column, profile)
        self._content.addStretch()
        color_all(self, self._palette)

    def _head(self, column: Column) -> None:
        name = label(" ".join(column.name.split()) or "(no name)", "section", wraps=True)
        self._content.addWidget(name)
        row = QHBoxLayout()
        row.setSpacing(theme.S2)
        row.addWidget(IconLabel(theme.KIND_ICONS[column.kind], "muted", 18))
        row.addWidget(label(KIND_WORDS[column.kind], "muted"), 1)
        row.addWidget(button("Change kind", self.kind_wanted.emit, "small"))
        self._content.addLayout(row)

    def _body(self, column: Column, profile: ColumnProfile) -> None:
        facts = column_facts(profile, column)
        if facts.headline:
            value, words = facts.headline
            is_long = len(value) > 14
            row = QVBoxLayout() if is_long else QHBoxLayout()
            row.setSpacing(0 if is_long else theme.S2)
            baseline = Qt.AlignmentFlag(0) if is_long else Qt.AlignmentFlag.AlignBaseline
            shown = label(value, "title" if is_long else "figure", wraps=is_long)
            row.addWidget(shown, 0, baseline)
            row.addWidget(label(words, "muted", wraps=True), int(not is_long), baseline)
            self._content.addSpacing(theme.S1)
            self._content.addLayout(row)
        for message in facts.alerts:
            self._alert(message)
        chart = histogram_chart(profile)
        if chart is not None:
            self.chart = HistogramView()
            self.chart.setFixedHeight(190)
            self.chart.set_chart(chart)
            self.chart.chosen.connect(self._choose_bar)
            self._content.addWidget(self.chart)
        self._table(facts.figures)
        self._more(column, facts)

    def _more(self, column: Column, facts: ColumnFacts) -> None:
        if facts.misfit_examples:
            words = f"Such as {facts.misfit_examples}."
            self._content.addWidget(paragraph(words, "muted"))
            misfit = (Filter(column.name, "misfit"),)
            see = button("See these rows", partial(self.filters_wanted.emit, misfit))
            self._content.addWidget(see, 0, Qt.AlignmentFlag.AlignLeft)
        if facts.quantiles:
            self._title("Share of values at or below")
            self._table(facts.quantiles)
        if facts.top and not facts.quantiles:
            self._title("Most frequent values")
            for top in facts.top:
                wanted = (Filter(column.name, "is", (top.raw,)),)
                self._content.addWidget(TopRow(top, partial(self.filters_wanted.emit, wanted)))

    def _alert(self, message: str) -> None:
        row = QHBoxLayout()
        row.setSpacing(theme.S2)
        row.addWidget(IconLabel("warning", "warning", 16), 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(paragraph(message), 1)
        self._content.addLayout(row)

    def _title(self, text: str) -> None:
        made = label(text, "label")
        made.setContentsMargins(0, theme.S2, 0, 0)
        self._content.addWidget(made)

    def _table(self, lines: tuple[tuple[str, str], ...]) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.S3)
        grid.setVerticalSpacing(theme.S1)
        for row, (name, value) in enumerate(lines):
            sides = (Qt.AlignmentFlag(0), Qt.AlignmentFlag.AlignRight)
            for place, made in enumerate((label(name, "muted", wraps=True), label(value))):
                made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
                grid.addWidget(made, row, place, sides[place] | Qt.AlignmentFlag.AlignTop)
        grid.setColumnStretch(0, 1)
        self._content.addLayout(grid)

    def _choose_bar(self, place: int) -> None:
        filters = range_filters(self._profile, place) if self._profile else ()
        if filters:
            self.filters_wanted.emit(filters)
