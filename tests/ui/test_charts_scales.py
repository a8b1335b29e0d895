"""Scales, ranges and sentences of charts, without a widget."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pellucid.report.charts import (
    Bar,
    Caption,
    CurveChart,
    HeatmapChart,
    Line,
    SideCell,
)
from pellucid.ui.charts.curve_words import bin_sentence, curve_range, side_sentence
from pellucid.ui.charts.heatmap import scale_ticks
from pellucid.ui.charts.ranges import bar_range, dot_range, reach
from pellucid.ui.charts.scales import scale_over, score_range, ticks

CAPTION = Caption("Odds rise until 50", "Score over age", "The line rises to 50 and then falls.")


def curve(counts: tuple[int, ...] = (10, 0, 30)) -> CurveChart:
    line = Line("over 50K", (-1.0, 9.0, 2.0), (-1.5, 8.0, 1.0), (-0.5, 10.0, 3.0))
    missing = SideCell("missing", (0.5,), (0.2,), (0.8,), 7)
    return CurveChart(
        CAPTION, "Age", "Change in log-odds", (17, 30, 50, 90), counts, (line,), (missing,)
    )


@given(st.floats(-1e9, 1e9), st.floats(1e-6, 1e9), st.booleans())
def test_ticks_are_few_round_and_within_the_scale(low: float, span: float, is_log: bool) -> None:
    scale = scale_over(low, low + span, 0.0, 100.0, is_log=is_log)
    found = ticks(scale)
    assert len(found) <= 6
    assert all(-0.5 <= scale.at(tick.value) <= 100.5 for tick in found)


def test_a_scale_maps_its_ends_to_its_ends_and_back() -> None:
    for is_log in (False, True):
        scale = scale_over(1.0, 1000.0, 20.0, 320.0, is_log=is_log)
        assert (scale.at(1.0), scale.at(1000.0)) == (20.0, 320.0)
        assert scale.value(scale.at(30.0)) == pytest.approx(30.0)


def test_a_range_without_extent_still_makes_a_scale() -> None:
    assert scale_over(5.0, 5.0, 0.0, 10.0).at(5.0) == 5.0
    assert scale_over(0.0, 0.0, 0.0, 10.0, is_log=True).is_log is False


def test_a_curve_takes_no_room_for_bins_without_data() -> None:
    low, high = curve_range(curve())
    assert high < 5
    assert curve_range(curve((10, 5, 30)))[1] > 9
    assert low < -1


def test_one_wide_interval_does_not_flatten_the_curve() -> None:
    low, high = score_range([-1.0, 1.0], [(-1.1, -0.9), (-500.0, 500.0)])
    assert -2 < low < -1
    assert 1 < high < 2


def test_a_curve_s_range_holds_zero() -> None:
    low, high = score_range([2.0, 3.0], [])
    assert low <= 0 < high
    assert score_range([], [])[0] < 0 < score_range([], [])[1]


def test_a_bin_answers_in_a_sentence() -> None:
    said = bin_sentence(curve(), 0)
    assert said == "Age 17 to 30: Change in log-odds −1 (−1.50 to −0.50); 10 training rows."


def test_a_side_cell_answers_in_a_sentence() -> None:
    chart = curve()
    assert side_sentence(chart, chart.side[0]) == (
        "Age missing: Change in log-odds +0.500 (0.200 to 0.800); 7 training rows."
    )


def test_several_lines_are_named_in_the_sentence() -> None:
    chart = curve()
    two = CurveChart(
        CAPTION, "Age", "Score", chart.edges, chart.counts,
        (Line("Adelie", (1.0, 1.0, 1.0)), Line("Gentoo", (-2.0, -2.0, -2.0))),
    )  # fmt: skip
    assert "Adelie +1, Gentoo −2" in bin_sentence(two, 2)


def test_bars_that_start_at_zero_keep_zero_in_range() -> None:
    assert bar_range((Bar("a", 2.0), Bar("b", 5.0)))[0] == 0.0
    low, high = bar_range((Bar("a", 105.0, start=100.0), Bar("b", 103.0, start=105.0)))
    assert low > 99
    assert high < 106


def test_dots_need_not_show_zero() -> None:
    low, high = dot_range((Bar("a", 0.93, low=0.92, high=0.94), Bar("b", 0.90)))
    assert 0.85 < low < 0.90
    assert 0.94 < high < 0.95


def test_a_heat_map_s_scale_has_round_values_or_its_ends() -> None:
    chart = HeatmapChart(CAPTION, "x", "y", ("a",), ("c",), ((0.83,),), "log-odds")
    assert [tick.text for tick in scale_ticks(chart, 0.1578)] == ["+0.158", "0", "−0.158"]
    shares = replace(chart, diverging=False)
    assert [tick.text for tick in scale_ticks(shares, 1.0)] == ["0", "0.5", "1.0"]


def test_the_full_hue_is_the_greatest_score() -> None:
    chart = HeatmapChart(CAPTION, "x", "y", ("a", "b"), ("c",), ((None, -3.0),), "log-odds")
    assert reach(chart) == 3.0
    empty = HeatmapChart(CAPTION, "x", "y", ("a",), ("c",), ((None,),), "log-odds")
    assert math.isclose(reach(empty), 1.0)
