"""A chart with its caption: the finding, what is drawn, and the painted view."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from pellucid.report.charts import (
    AgreementChart,
    BarChart,
    Chart,
    CurveChart,
    DotChart,
    HeatmapChart,
    HistogramChart,
)
from pellucid.report.palette import LIGHT, Palette
from pellucid.ui.charts.agreement import AgreementView
from pellucid.ui.charts.bars import COMPACT, WHOLE, BarView
from pellucid.ui.charts.curve import CurveView
from pellucid.ui.charts.dots import DotView
from pellucid.ui.charts.heatmap import HeatmapView
from pellucid.ui.charts.histogram import HistogramView
from pellucid.ui.charts.view import ChartView


def show_in(view: ChartView, chart: Chart, scale: tuple[float, float] | None = None) -> bool:
    """Show `chart` in `view`; return False where the view draws another kind of chart.

    `scale` is the range of a term over all its classes, where only one of them is shown.
    """
    match view, chart:
        case CurveView(), CurveChart():
            view.set_chart(chart, scale)
        case BarView(), BarChart():
            view.set_chart(chart, scale)
        case HeatmapView(), HeatmapChart():
            view.set_chart(chart, scale[1] if scale else None)
        case DotView(), DotChart():
            view.set_chart(chart)
        case HistogramView(), HistogramChart():
            view.set_chart(chart)
        case AgreementView(), AgreementChart():
            view.set_chart(chart)
        case _:
            return False
    return True


def chart_view(
    chart: Chart,
    palette: Palette = LIGHT,
    *,
    scale: tuple[float, float] | None = None,
    compact: bool = False,
) -> ChartView:
    """Make the view that draws `chart`."""
    view: ChartView
    if isinstance(chart, CurveChart):
        view = CurveView(compact=compact)
    elif isinstance(chart, BarChart):
        view = BarView(look=COMPACT if compact else WHOLE)
    elif isinstance(chart, HeatmapChart):
        view = HeatmapView(compact=compact)
    elif isinstance(chart, AgreementChart):
        view = AgreementView()
    else:
        view = DotView() if isinstance(chart, DotChart) else HistogramView()
    show_in(view, chart, scale)
    view.set_colors(palette)
    return view


class ChartPanel(QWidget):
    """Shows any chart under its caption; showing another of the same kind keeps the view."""

    def __init__(self, parent: QWidget | None = None, *, title_role: str = "section") -> None:
        super().__init__(parent)
        self._colors: Palette = LIGHT
        self.view: ChartView | None = None
        self.title, self.subtitle = QLabel(), QLabel()
        for label, role in ((self.title, title_role), (self.subtitle, "label")):
            label.setProperty("role", role)
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.title)
        column.addWidget(self.subtitle)
        column.addSpacing(8)

    def show_chart(self, chart: Chart, scale: tuple[float, float] | None = None) -> None:
        """Show `chart`; `scale` is the term's range over all classes where one class is shown."""
        self.title.setText(chart.caption.title)
        self.subtitle.setText(chart.caption.subtitle)
        self.subtitle.setVisible(bool(chart.caption.subtitle))
        if self.view is None or not show_in(self.view, chart, scale):
            self._replace_view(chart, scale)

    def _replace_view(self, chart: Chart, scale: tuple[float, float] | None) -> None:
        if self.view is not None:
            self._column.removeWidget(self.view)
            self.view.hide()
            self.view.deleteLater()
        self.view = chart_view(chart, self._colors, scale=scale)
        self._column.addWidget(self.view, 1)

    def set_colors(self, palette: Palette) -> None:
        """Take the palette of the moment."""
        self._colors = palette
        if self.view is not None:
            self.view.set_colors(palette)
