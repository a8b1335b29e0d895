"""Results to charts: what is drawn, under a title that says what it shows."""

from pellucid.report.figures.calibration import calibration_chart
from pellucid.report.figures.columns import association_chart, histogram_chart
from pellucid.report.figures.corpora import distinctive_chart, topic_chart
from pellucid.report.figures.groups import group_charts
from pellucid.report.figures.leaderboard import leaderboard_chart, model_name
from pellucid.report.figures.terms import importance_chart, term_chart, waterfall_chart

__all__ = [
    "association_chart",
    "calibration_chart",
    "distinctive_chart",
    "group_charts",
    "histogram_chart",
    "importance_chart",
    "leaderboard_chart",
    "model_name",
    "term_chart",
    "topic_chart",
    "waterfall_chart",
]
