"""Answers as a document, and the charts of the groups that they set side by side."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from pellucid.core.paths import resource
from pellucid.core.run import Run
from pellucid.data.reading import open_table
from pellucid.engine.asking import Answer, Asking, answer
from pellucid.engine.stores import profile_of
from pellucid.report.answers import answers_report
from pellucid.report.charts import BarChart, Chart, DotChart
from pellucid.report.document import ChartBlock, Heading, Paragraph
from pellucid.report.figures import group_charts
from pellucid.report.html import to_html


@pytest.fixture(scope="module")
def asking(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Asking]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PELLUCID_HOME", str(tmp_path_factory.mktemp("home")))
        with open_table(resource("samples/penguins.csv")) as table:
            yield Asking(table)


def charts_of(found: Answer) -> tuple[Chart, ...]:
    return group_charts(found.words.facts.values())


def test_groups_are_drawn_with_their_intervals(asking: Asking) -> None:
    (chart,) = charts_of(answer(asking, "mean body mass by species", Run()))
    assert isinstance(chart, DotChart)
    assert [dot.label for dot in chart.dots] == ["Adelie", "Gentoo", "Chinstrap"]
    assert all(dot.low is not None and dot.low < dot.value < (dot.high or 0) for dot in chart.dots)
    assert chart.caption.title == (
        "The mean of body_mass_g is highest for Gentoo (5,080), lowest for Adelie (3,700)"
    )
    assert chart.axis == "Mean of body_mass_g"


def test_counts_are_bars(asking: Asking) -> None:
    (chart,) = charts_of(answer(asking, "how many rows by island?", Run()))
    assert isinstance(chart, BarChart)
    assert [bar.value for bar in chart.bars] == [168.0, 124.0, 52.0]


def test_shares_are_drawn_in_percent(asking: Asking) -> None:
    (chart,) = charts_of(answer(asking, "share of Gentoo by island", Run()))
    assert chart.caption.subtitle.startswith("Share of species Gentoo by island over 344 rows")
    assert isinstance(chart, DotChart)
    assert max(dot.value for dot in chart.dots) > 50
    assert chart.axis.endswith(", %")


def test_what_is_missing_by_groups_is_a_share(asking: Asking) -> None:
    (chart,) = charts_of(answer(asking, "how many missing sex by species?", Run()))
    assert chart.caption.title.startswith("The share of rows without sex is highest for ")


@pytest.mark.parametrize(
    "question",
    ["difference in body mass between males and females", "what tells Adelie from Gentoo"],
)
def test_two_groups_are_drawn_as_two(asking: Asking, question: str) -> None:
    charts = charts_of(answer(asking, question, Run()))
    assert charts
    for chart in charts:
        marks = chart.dots if isinstance(chart, DotChart) else chart.bars  # type: ignore[union-attr]
        assert len(marks) == 2


def test_a_document_holds_questions_claims_and_charts(asking: Asking) -> None:
    first = answer(asking, "mean body mass by species", Run())
    second = answer(asking, "and for Gentoo?", Run(), before=first.conversation)
    third = answer(asking, "Why are they heavy?", Run())
    fourth = answer(asking, "describe island", Run())
    profile = profile_of(asking.table, Run())
    report = answers_report((first, second, third, fourth), asking.table.source, profile)
    heads = [block.text for block in report.blocks if isinstance(block, Heading)]
    assert heads == ["mean body mass by species", "and for Gentoo?", "Why are they heavy?",
                     "describe island"]  # fmt: skip
    keys = [block.key for block in report.blocks if isinstance(block, ChartBlock)]
    assert keys == ["question:1:chart:1", "chart:column:island"]
    told = [block.text for block in report.blocks if isinstance(block, Paragraph)]
    assert told[1].startswith("The mean of body_mass_g where species is Gentoo is 5,080 ")
    page = to_html(report)
    assert "The mean of body_mass_g is highest for Gentoo" in page
    assert len({block.key for block in report.blocks}) == len(report.blocks)
