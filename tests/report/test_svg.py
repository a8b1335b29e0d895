"""Charts become pictures that every viewer can draw and everybody can read."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest
import report_samples as samples

from pellucid.models.types import Task
from pellucid.report import figures
from pellucid.report.charts import Bar, BarChart, Caption, Chart
from pellucid.report.lettering import shorten, width_of, wrap
from pellucid.report.palette import DARK, LIGHT
from pellucid.report.svg import NARROW_PX, WIDE_PX, to_svg

INCOME = Task("Income", "binary", ("<=50K", ">50K"), ">50K")
SVG = "{http://www.w3.org/2000/svg}"


def charts() -> dict[str, Chart]:
    explanation = samples.make_explanation()
    several = samples.make_explanation("multiclass")
    found: dict[str, Chart | None] = {
        "curve": figures.term_chart(explanation.term("Age"), explanation),
        "log": figures.term_chart(explanation.term("Gain"), explanation),
        "bars": figures.term_chart(explanation.term("Work"), explanation),
        "pair": figures.term_chart(explanation.term("Hours & Work"), explanation),
        "classes": figures.term_chart(several.term("Age"), several),
        "waterfall": figures.waterfall_chart(samples.make_local(explanation), explanation),
        "dots": figures.leaderboard_chart(samples.make_summary()),
        "histogram": figures.histogram_chart(samples.make_profile().columns[0]),
        "dates": figures.histogram_chart(samples.make_profile().columns[2]),
        "agreement": figures.calibration_chart(INCOME, samples.make_calibration()),
        "matrix": figures.association_chart(samples.make_profile()),
    }
    return {name: chart for name, chart in found.items() if chart is not None}


CHARTS = charts()


@pytest.fixture(scope="module")
def pictures() -> dict[str, ElementTree.Element]:
    return {name: ElementTree.fromstring(to_svg(chart, LIGHT)) for name, chart in CHARTS.items()}


@pytest.mark.parametrize("name", CHARTS)
def test_a_picture_carries_its_finding_in_words(
    name: str, pictures: dict[str, ElementTree.Element]
) -> None:
    root, caption = pictures[name], CHARTS[name].caption
    assert root.get("role") == "img"
    assert root[0].tag == f"{SVG}title"
    assert root[0].text == caption.title
    assert root[1].tag == f"{SVG}desc"
    assert root[1].text == caption.alt


@pytest.mark.parametrize("name", CHARTS)
def test_a_picture_needs_no_style_sheet_and_no_ids(
    name: str, pictures: dict[str, ElementTree.Element]
) -> None:
    for element in pictures[name].iter():
        assert not {"style", "class", "id", "clip-path", "href"} & element.attrib.keys()
        assert element.tag.removeprefix(SVG) in {
            "svg", "title", "desc", "g", "path", "line", "text", "tspan", "rect",
        }  # fmt: skip


@pytest.mark.parametrize("name", CHARTS)
def test_every_color_has_a_role_so_that_dark_mode_can_exchange_it(
    name: str, pictures: dict[str, ElementTree.Element]
) -> None:
    known = {value for value in vars_of_light() if isinstance(value, str)}
    for element in pictures[name].iter():
        for attribute in ("fill", "stroke"):
            assert element.get(attribute, "none") in known | {"none"}


def vars_of_light() -> list[str]:
    import dataclasses

    roles = dataclasses.asdict(LIGHT)
    return [*(v for k, v in roles.items() if k != "classes"), *LIGHT.classes]


@pytest.mark.parametrize("width", [WIDE_PX, NARROW_PX])
@pytest.mark.parametrize("name", CHARTS)
def test_pictures_keep_the_width_they_are_asked_for(name: str, width: int) -> None:
    root = ElementTree.fromstring(to_svg(CHARTS[name], LIGHT, width))
    assert width <= float(root.get("width", "0")) <= width * 1.03
    assert root.get("viewBox") == f"0 0 {root.get('width')} {root.get('height')}"


def test_the_same_chart_gives_the_same_picture_and_dark_differs_in_color_alone() -> None:
    chart = CHARTS["curve"]
    light, dark = to_svg(chart, LIGHT), to_svg(chart, DARK)
    assert light == to_svg(chart, LIGHT)
    color = re.compile(r"#[0-9a-f]{6}")
    assert color.sub("", light) == color.sub("", dark)
    assert light != dark


def test_a_long_label_is_cut_and_said_in_full_in_its_title() -> None:
    long = "A label " * 30 + "that never ends"
    chart = BarChart(Caption("t", "s", "a"), "Rows", (Bar(long, 1.0), Bar("B", 2.0)))
    root = ElementTree.fromstring(to_svg(chart, LIGHT))
    shown = [e.text or "" for e in root.iter(f"{SVG}text")]
    assert any(text.endswith("…") for text in shown)
    assert long in [e.text for e in root.iter(f"{SVG}title")]


def test_labels_are_never_turned(pictures: dict[str, ElementTree.Element]) -> None:
    for root in pictures.values():
        assert not any("rotate" in (e.get("transform") or "") for e in root.iter(f"{SVG}text"))


def test_hostile_names_are_words_not_markup(pictures: dict[str, ElementTree.Element]) -> None:
    shown = [e.text for e in pictures["bars"].iter(f"{SVG}text")]
    assert samples.HOSTILE in shown


def test_an_empty_chart_is_still_a_picture() -> None:
    root = ElementTree.fromstring(to_svg(BarChart(Caption("t", "s", "a"), "Rows", ()), LIGHT))
    assert root.get("role") == "img"


def test_wide_scripts_take_more_room() -> None:
    assert width_of("漢字") > width_of("ab") > width_of("il")


def test_cutting_keeps_within_the_room() -> None:
    assert shorten("short", 100) == "short"
    cut = shorten("a rather long label", 60)
    assert cut.endswith("…")
    assert width_of(cut) <= 60


def test_wrapping_never_takes_more_lines_than_allowed() -> None:
    lines = wrap("one two three four five six seven eight nine ten", 80)
    assert len(lines) == 3
    assert all(width_of(line) <= 80 for line in lines)
