"""Results become charts: titled with findings, named axes, in the right form for their kind."""

from __future__ import annotations

import numpy as np
import pytest
import report_samples as samples

from pellucid.data.types import ColumnProfile, Profile
from pellucid.models.additive import WEEKDAYS, Axis
from pellucid.report import figures
from pellucid.report.charts import BarChart, CurveChart, HeatmapChart, HistogramChart
from pellucid.report.figures.base import MOST_HEAT_CELLS
from pellucid.report.figures.curves import MOST_LINES, is_skewed, outer_edges
from pellucid.report.figures.levels import MOST_BARS


def test_a_number_becomes_a_curve_with_its_missing_cell_set_apart() -> None:
    explanation = samples.make_explanation()
    chart = figures.term_chart(explanation.term("Age"), explanation)
    assert isinstance(chart, CurveChart)
    assert chart.edges[0] == 17
    assert chart.edges[-1] == 90
    assert len(chart.lines[0].scores) == len(chart.counts) == len(chart.edges) - 1
    assert [(cell.name, cell.count) for cell in chart.side] == [("missing", 40)]
    assert chart.y_axis == "Change in log-odds of Income >50K"
    assert chart.scale == "linear"


def test_titles_are_findings_and_alternative_texts_tell_them_too() -> None:
    explanation = samples.make_explanation()
    for term in explanation.terms:
        caption = figures.term_chart(term, explanation).caption
        assert len(caption.title.split()) > 4
        assert caption.alt.startswith(caption.title)
    age = figures.term_chart(explanation.term("Age"), explanation).caption
    assert "rise with Age until about" in age.title
    assert "highest at" in age.alt


def test_regression_is_told_in_the_units_of_the_target() -> None:
    explanation = samples.make_explanation("regression")
    chart = figures.term_chart(explanation.term("Age"), explanation)
    assert isinstance(chart, CurveChart)
    assert chart.y_axis == "Change in predicted Price"


def test_a_crowded_column_gets_a_logarithmic_axis() -> None:
    explanation = samples.make_explanation()
    chart = figures.term_chart(explanation.term("Gain"), explanation)
    assert isinstance(chart, CurveChart)
    assert chart.scale == "log"


@pytest.mark.parametrize(
    ("edges", "counts", "skewed"),
    [
        ((0, 10, 20, 30, 40), (5, 5, 5, 5), False),
        ((1, 10, 100, 1_000, 10_000), (5, 80, 10, 5), True),
        ((-1, 10, 100, 1_000, 10_000), (5, 80, 10, 5), False),
        ((1, 10, 100, 1_000, 10_000), (0, 0, 0, 0), False),
        ((1e-9, 1, 2, 3, 1e9), (1, 9, 9, 1), False),
    ],
    ids=["even", "crowded", "negative", "empty", "too many powers of ten"],
)
def test_skewness_is_judged_by_where_the_rows_are(
    edges: tuple[float, ...], counts: tuple[int, ...], skewed: bool
) -> None:
    assert is_skewed(edges, counts) is skewed


def test_edges_are_closed_even_where_no_training_value_lies_beyond_them() -> None:
    axis = Axis("x", "x", edges=np.array([1.0, 2.0, 4.0]), low=1.0, high=4.0)
    assert outer_edges(axis) == (0.0, 1.0, 2.0, 4.0, 6.0)
    assert outer_edges(Axis("x", "x", edges=np.empty(0), low=3.0, high=3.0)) == (2.5, 3.5)


def test_levels_become_bars_from_highest_to_lowest() -> None:
    explanation = samples.make_explanation()
    chart = figures.term_chart(explanation.term("Work"), explanation)
    assert isinstance(chart, BarChart)
    assert [bar.value for bar in chart.bars] == [1.0, 0.0, -1.0]
    assert [bar.tone for bar in chart.bars] == ["raises", "raises", "lowers"]
    assert chart.bars[0].label == samples.HOSTILE


def test_weekdays_keep_their_order() -> None:
    axis = Axis("Day (weekday)", "Day", part="weekday", levels=WEEKDAYS)
    scores = np.array([0.0, 3, 1, 2, 5, 4, 7, 6, 0.0]) - 3.5
    term = samples.make_term("Day", (axis,), scores, np.array([0, *[50] * 7, 0]), kind="levels")
    chart = figures.term_chart(term, samples.make_explanation())
    assert isinstance(chart, BarChart)
    assert [bar.label for bar in chart.bars] == list(WEEKDAYS)


def test_of_many_levels_the_ends_are_drawn_and_the_rest_counted() -> None:
    term = samples.levels_term("City", tuple(f"c{i}" for i in range(200)))
    chart = figures.term_chart(term, samples.make_explanation())
    assert isinstance(chart, BarChart)
    assert len(chart.bars) == MOST_BARS
    assert "180 levels in between not drawn" in chart.caption.subtitle


def test_a_pair_becomes_a_heatmap_that_is_empty_where_there_are_no_rows() -> None:
    explanation = samples.make_explanation()
    chart = figures.term_chart(explanation.term("Hours & Work"), explanation)
    assert isinstance(chart, HeatmapChart)
    assert (chart.x_axis, chart.y_axis) == ("Hours", "Work")
    assert chart.x_labels == ("under 20", "20 to 40", "40 to 60", "60 or more")
    assert chart.values[0] == (None, -0.1, 0.1, 0.4)


def test_fine_pairs_are_joined_to_means_over_their_rows() -> None:
    a, b = (Axis(n, n, edges=np.arange(1.0, 60.0), low=0.0, high=60.0) for n in "ab")
    scores = np.random.default_rng(0).normal(size=(62, 62))
    counts = np.zeros((62, 62))
    counts[1:61, 1:61] = 1
    term = samples.make_term("a & b", (a, b), scores, counts, kind="pair")
    chart = figures.term_chart(term, samples.make_explanation())
    assert isinstance(chart, HeatmapChart)
    assert len(chart.x_labels) == len(chart.y_labels) == MOST_HEAT_CELLS
    assert "neighbouring bins joined" in chart.caption.subtitle
    shown = [v for row in chart.values for v in row if v is not None]
    assert abs(np.mean(shown) - scores[1:61, 1:61].mean()) < 0.05


def test_several_classes_share_one_curve_chart_and_levels_a_heatmap() -> None:
    explanation = samples.make_explanation("multiclass")
    curve = figures.term_chart(explanation.term("Age"), explanation)
    assert isinstance(curve, CurveChart)
    assert [line.name for line in curve.lines] == ["A", "B", "C"]
    assert len(curve.side[0].scores) == 3
    levels = figures.term_chart(explanation.term("Work"), explanation)
    assert isinstance(levels, HeatmapChart)
    assert levels.x_labels == ("A", "B", "C")


def test_beyond_four_classes_those_moved_most_are_drawn_and_it_is_said() -> None:
    import dataclasses

    explanation = dataclasses.replace(
        samples.make_explanation("multiclass"), outputs=tuple("ABCDEFG"), intercept=np.zeros(7)
    )
    chart = figures.term_chart(samples.age_term(7), explanation)
    assert isinstance(chart, CurveChart)
    assert len(chart.lines) == MOST_LINES
    assert "the 4 classes moved most of 7" in chart.caption.subtitle


def test_importance_says_what_moves_and_greys_what_does_not() -> None:
    chart = figures.importance_chart(samples.make_explanation())
    assert chart.caption.title.endswith("move the prediction most")
    assert {bar.label: bar.tone for bar in chart.bars}["Noise"] == "muted"
    assert "grey" in chart.caption.subtitle


def test_a_waterfall_runs_from_the_average_to_the_prediction() -> None:
    explanation = samples.make_explanation()
    chart = figures.waterfall_chart(samples.make_local(explanation), explanation)
    first, *steps, last = chart.bars
    assert first.value == -1
    at = first.value
    for bar in steps:
        assert bar.start == pytest.approx(at)
        at = bar.value
    assert last.value == pytest.approx(at)
    assert chart.caption.title.startswith("Probability of Income >50K 45.0%")


def test_the_leaderboard_claims_a_difference_only_beyond_the_intervals() -> None:
    chart = figures.leaderboard_chart(samples.make_summary())
    assert chart.caption.title == (
        "The readable model is better than the linear model and not shown to be "
        "better than boosted trees"
    )
    assert chart.dots[0].tone == "accent"


def test_shares_are_drawn_in_percent() -> None:
    chart = figures.leaderboard_chart(samples.make_summary("multiclass"))
    assert chart.dots[0].value == pytest.approx(92)
    assert "%" in chart.axis


def test_columns_are_drawn_by_their_kind() -> None:
    age, work, born, _ = samples.make_profile().columns
    numbers = figures.histogram_chart(age)
    assert isinstance(numbers, HistogramChart)
    assert numbers.caption.title == "Half of Age lies from 28 to 48"
    dates = figures.histogram_chart(born)
    assert isinstance(dates, HistogramChart)
    assert dates.is_date
    assert dates.edges[-1] == pytest.approx(6e7 / 86_400)
    assert isinstance(figures.histogram_chart(work), BarChart)
    assert figures.histogram_chart(ColumnProfile("id", "identifier", 9, 0, 9, 0)) is None


def test_associations_become_a_symmetric_matrix_of_numbered_columns() -> None:
    chart = figures.association_chart(samples.make_profile())
    assert chart is not None
    assert chart.x_labels == ("1", "2", "3")
    values = np.array([[np.nan if v is None else v for v in row] for row in chart.values[::-1]])
    assert np.array_equal(values, values.T, equal_nan=True)
    assert chart.diverging


def test_without_close_columns_there_is_no_matrix() -> None:
    assert figures.association_chart(Profile(3, (), (), ())) is None
