"""Every chart as a widget: marks that answer, keys, colours, words for who cannot see it."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QRectF, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from pellucid.explain.model import explain_model
from pellucid.report.charts import (
    Bar,
    BarChart,
    Caption,
    Chart,
    CurveChart,
    HistogramChart,
    Line,
)
from pellucid.report.figures import importance_chart, leaderboard_chart, term_chart
from pellucid.report.palette import DARK, LIGHT
from pellucid.ui.charts import drawing
from pellucid.ui.charts.bars import COMPACT, BarLook, BarView, largest
from pellucid.ui.charts.curve import CurveView
from pellucid.ui.charts.heatmap import HeatmapView
from pellucid.ui.charts.panel import ChartPanel, chart_view, show_in
from pellucid.ui.charts.sparkline import Spark, paint_spark
from pellucid.ui.charts.view import ChartView
from toy_models import curve_term, level_term, make_fit, make_model, pair_term

Show = Callable[..., ChartView]
pytestmark = pytest.mark.usefixtures("app")


def charts() -> dict[str, Chart]:
    fit = make_fit(
        make_model(
            (
                curve_term("age", lambda x: np.sin(x / 20), missing=(0.5, 40.0)),
                level_term("work", {"Private": 0.4, "State": -0.4}, {"Private": 900, "State": 900}),
                pair_term("a", "b"),
            )
        )
    )
    explanation = explain_model(fit)
    caption = Caption("Half of age lies from 28 to 48", "Rows by age", "Half from 28 to 48.")
    return {
        "curve": term_chart(explanation.term("age"), explanation),
        "bars": term_chart(explanation.term("work"), explanation),
        "heatmap": term_chart(explanation.term("a × b"), explanation),
        "importance": importance_chart(explanation),
        "leaderboard": leaderboard_chart(fit.summary),
        "histogram": HistogramChart(caption, "Age", (17, 30, 50, 90), (10, 30, 0)),
    }


CHARTS = charts()
NAMES = sorted(CHARTS)


@pytest.fixture
def shown(qtbot: QtBot) -> Show:
    """Return a function that shows a view in a window of a size."""
    holders = []

    def show(view: ChartView, size: tuple[int, int] = (600, 400)) -> ChartView:
        holder = QWidget()
        holders.append(holder)
        qtbot.addWidget(holder)
        holder.resize(*size)
        view.setParent(holder)
        view.resize(*size)
        holder.show()
        qtbot.waitExposed(holder)
        return view

    return show


def picture(view: ChartView) -> QImage:
    return view.grab().toImage()


@pytest.mark.parametrize("name", NAMES)
def test_a_chart_tells_what_it_shows_to_who_cannot_see_it(name: str, shown: Show) -> None:
    view = shown(chart_view(CHARTS[name]))
    assert view.accessibleName() == CHARTS[name].caption.title
    assert view.accessibleDescription() == CHARTS[name].caption.alt


@pytest.mark.parametrize("name", NAMES)
def test_every_mark_can_be_reached_by_keys_and_answers(
    name: str, qtbot: QtBot, shown: Show
) -> None:
    view = shown(chart_view(CHARTS[name]))
    said: list[str] = []
    view.answered.connect(said.append)
    for _ in view.marks:
        qtbot.keyClick(view, Qt.Key.Key_Right)
    assert said == [mark.sentence for mark in view.marks]
    assert all(sentence.endswith(".") for sentence in said)
    qtbot.keyClick(view, Qt.Key.Key_Escape)
    assert view.current is None


@pytest.mark.parametrize("name", NAMES)
def test_pointing_at_a_mark_shows_its_sentence(name: str, qtbot: QtBot, shown: Show) -> None:
    view = shown(chart_view(CHARTS[name]))
    before = picture(view)
    last = len(view.marks) - 1
    qtbot.mouseMove(view, view.marks[last].area.center().toPoint())
    assert view.current == last
    assert picture(view) != before


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("size", [(300, 260), (1400, 900)])
def test_marks_stay_within_the_widget(name: str, size: tuple[int, int], shown: Show) -> None:
    view = shown(chart_view(CHARTS[name]), size)
    for mark in view.marks:
        assert mark.area.left() >= -0.5
        assert mark.area.right() <= view.width() + 0.5


@pytest.mark.parametrize("name", NAMES)
def test_a_chart_follows_the_palette_at_once(name: str, shown: Show) -> None:
    view = shown(chart_view(CHARTS[name], LIGHT))
    light = picture(view)
    view.set_colors(DARK)
    assert picture(view) != light


def test_a_click_on_a_mark_chooses_it(qtbot: QtBot, shown: Show) -> None:
    view = shown(chart_view(CHARTS["bars"]))
    with qtbot.waitSignal(view.chosen) as chosen:
        point = view.marks[1].area.center().toPoint()
        qtbot.mouseClick(view, Qt.MouseButton.LeftButton, pos=point)
    assert chosen.args == [1]


def test_nothing_is_marked_where_there_are_no_data(shown: Show) -> None:
    caption = Caption("Title", "", "Alt.")
    line = Line("y", (1.0, 5.0, 2.0))
    chart = CurveChart(caption, "x", "y", (0, 1, 2, 3), (4, 0, 4), (line,))
    view = shown(chart_view(chart))
    assert len(view.marks) == 2
    gap = (view.marks[0].area.right() + view.marks[1].area.left()) / 2
    assert view.mark_at(QPoint(round(gap), 100).toPointF()) is None


def test_the_missing_cell_is_set_apart_at_the_right(shown: Show) -> None:
    view = shown(chart_view(CHARTS["curve"]))
    assert isinstance(view, CurveView)
    *bins, missing = view.marks
    assert "missing" in missing.sentence
    assert missing.area.left() > max(mark.area.right() for mark in bins)


def test_dates_and_logarithms_are_drawn(shown: Show) -> None:
    caption, line = Caption("Title", "", "Alt."), Line("y", (1.0, 2.0, 3.0))
    for edges, scale, is_date in (((10_000, 11_000, 12_000, 13_000), "linear", True),
                                  ((0, 10, 1000, 100_000), "log", False)):  # fmt: skip
        chart = CurveChart(caption, "x", "y", edges, (1, 2, 3), (line,), (), scale, is_date)
        view = shown(chart_view(chart))
        lefts = [mark.area.left() for mark in view.marks]
        assert lefts == sorted(lefts)
        assert not picture(view).isNull()


def test_small_bars_keep_the_largest(shown: Show) -> None:
    bars = tuple(Bar(str(i), float(i % 10)) for i in range(40))
    assert [bar.value for bar in largest(bars, 3)] == [9.0, 9.0, 9.0]
    view = BarView(look=COMPACT)
    view.set_chart(BarChart(Caption("Title", "", "Alt."), "y", bars))
    shown(view)
    assert len(view.marks) == COMPACT.most


def test_figures_beside_bars_are_not_cut_where_room_is_scarce(shown: Show) -> None:
    bars = (Bar("other what", -0.39, "lowers", note="−0.39 · 12,120"),)
    view = BarView(look=BarLook(has_axis=False))
    view.set_chart(BarChart(Caption("t", "s", "a"), "x", bars), (-1.0, 0.0))
    shown(view, (260, 60))
    right = view.frame().plot.right() + 6 + drawing.measure(bars[0].note)
    assert right <= view.width()


def test_names_that_would_be_cut_stand_above_their_bars(shown: Show) -> None:
    bars = tuple(Bar(f"island & bill_{part}_mm", 1.0, note="1") for part in ("length", "depth"))
    axis = "Mean size of the change in relative log-odds over all training rows"
    chart = BarChart(Caption("t", "s", "a"), axis, bars)
    wide, narrow = BarView(), BarView()
    for view, width in ((wide, 640), (narrow, 280)):
        view.set_chart(chart)
        shown(view, (width, 240))
    assert wide.frame().plot.left() > drawing.widest(bar.label for bar in bars)
    assert narrow.frame().plot.left() < 20
    assert narrow.frame().row > wide.frame().row
    assert narrow.minimumHeight() > wide.minimumHeight()
    assert "".join(drawing.title_lines(axis, 280)) == axis.replace(" over", "over")
    assert all(drawing.measure(said) < 280 for said in drawing.title_lines(axis, 280))


def test_a_class_is_drawn_on_the_scale_of_all_classes(shown: Show) -> None:
    view = HeatmapView()
    chart = CHARTS["heatmap"]
    assert show_in(view, chart)
    strong = picture(shown(view))
    assert show_in(view, chart, (-10.0, 10.0))
    assert picture(view) != strong
    assert not show_in(view, CHARTS["curve"])


def test_a_panel_shows_the_finding_above_the_chart(qtbot: QtBot) -> None:
    panel = ChartPanel()
    qtbot.addWidget(panel)
    panel.show_chart(CHARTS["curve"])
    first = panel.view
    panel.show_chart(CHARTS["curve"])
    assert panel.view is first
    panel.show_chart(CHARTS["leaderboard"])
    assert panel.view is not first
    texts = [label.text() for label in panel.findChildren(QLabel)]
    assert texts == [CHARTS["leaderboard"].caption.title, CHARTS["leaderboard"].caption.subtitle]


@pytest.mark.parametrize("name", ["curve", "bars", "heatmap"])
def test_a_tiny_curve_follows_the_palette_and_fades(name: str) -> None:
    seen = []
    for palette, faded in ((LIGHT, False), (LIGHT, True), (DARK, False)):
        picture = QImage(72, 24, QImage.Format.Format_ARGB32)
        picture.fill(0)
        painter = QPainter(picture)
        paint_spark(painter, QRectF(1, 2, 70, 20), Spark(CHARTS[name]), palette, faded=faded)
        painter.end()
        seen.append(bytes(picture.constBits()))
    assert any(seen[0])
    assert seen[0] != seen[2]
    assert (seen[0] != seen[1]) is (name == "curve")


@pytest.mark.parametrize("name", ["curve", "bars", "heatmap"])
def test_small_multiples_leave_out_what_does_not_fit(name: str, shown: Show) -> None:
    view = chart_view(CHARTS[name], compact=True)
    shown(view, (260, 150))
    assert view.marks
    assert max(mark.area.bottom() for mark in view.marks) <= 150
