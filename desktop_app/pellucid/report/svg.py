"""Charts as SVG: drawn by Vega-Lite, then cleaned to plain attributes that every viewer knows."""

from __future__ import annotations

import re
from xml.etree import ElementTree

from pellucid.report.charts import (
    AgreementChart,
    BarChart,
    Caption,
    Chart,
    CurveChart,
    DotChart,
    HeatmapChart,
)
from pellucid.report.palette import Palette
from pellucid.report.vega.agreement import draw_agreement
from pellucid.report.vega.bars import draw_bars, draw_dots
from pellucid.report.vega.base import FONT, Drawing
from pellucid.report.vega.curve import draw_curve
from pellucid.report.vega.heatmap import draw_heatmap
from pellucid.report.vega.histogram import draw_histogram

WIDE_PX = 680
NARROW_PX = 340
_NAMESPACE = "http://www.w3.org/2000/svg"
_DECIMALS = re.compile(r"-?\d*\.\d{2,}(?:e-?\d+)?")
_FONT_PX = re.compile(r"([\d.]+)px")


def to_svg(chart: Chart, palette: Palette, width: int = WIDE_PX) -> str:
    """Draw `chart` `width` px wide; its title and subtitle are left to the page around it.

    The picture carries its title and alternative text, uses presentation attributes only (no CSS,
    no script), and one family of fonts set at its root.
    """
    import vl_convert

    drawing = drawing_of(chart, palette, width)
    return _clean(vl_convert.vegalite_to_svg(drawing.spec), chart.caption, drawing.cut, width)


def drawing_of(chart: Chart, palette: Palette, width: int = WIDE_PX) -> Drawing:
    """Return the Vega-Lite specification of `chart`."""
    if isinstance(chart, CurveChart):
        return draw_curve(chart, palette, width)
    if isinstance(chart, BarChart):
        return draw_bars(chart, palette, width)
    if isinstance(chart, DotChart):
        return draw_dots(chart, palette, width)
    if isinstance(chart, HeatmapChart):
        return draw_heatmap(chart, palette, width)
    if isinstance(chart, AgreementChart):
        return draw_agreement(chart, palette, width)
    return draw_histogram(chart, palette, width)


def _clean(svg: str, caption: Caption, cut: dict[str, str], width: int) -> str:
    ElementTree.register_namespace("", _NAMESPACE)
    root = ElementTree.fromstring(svg)
    _prune(root)
    for parent in list(root.iter()):
        _restore_cut(parent, cut)
    _simplify(root)
    high = round(float(root.get("height", "0")))
    wide = max(width, round(float(root.get("width", "0"))))
    root.attrib.clear()
    root.attrib.update({
        "role": "img", "width": str(wide), "height": str(high), "viewBox": f"0 0 {wide} {high}",
        "font-family": FONT,
    })  # fmt: skip
    _describe(root, caption)
    text = ElementTree.tostring(root, encoding="unicode")
    return text.replace("ns0:", "")


def _describe(root: ElementTree.Element, caption: Caption) -> None:
    for place, (tag, words) in enumerate((("title", caption.title), ("desc", caption.alt))):
        element = ElementTree.Element(f"{{{_NAMESPACE}}}{tag}")
        element.text = words
        root.insert(place, element)


def _prune(element: ElementTree.Element) -> None:
    """Drop what draws nothing: hidden paths and groups without content."""
    for child in list(element):
        _prune(child)
        tag = child.tag.rpartition("}")[2]
        hidden = child.get("display") == "none"
        bare = tag == "path" and "fill" not in child.attrib and "stroke" not in child.attrib
        empty = tag == "g" and not len(child)
        if hidden or bare or empty or (tag == "text" and not child.text and not len(child)):
            element.remove(child)


_DROPPED = ("class", "aria-hidden", "aria-label", "aria-roledescription", "role", "pointer-events")


def _simplify(root: ElementTree.Element) -> None:
    """Drop bookkeeping attributes and the digits that no screen can show."""
    for element in root.iter():
        for name in _DROPPED:
            element.attrib.pop(name, None)
        if element.tag.endswith("text"):
            element.attrib.pop("font-family", None)
        if element.get("opacity") == "1":
            del element.attrib["opacity"]
        if size := element.get("font-size"):
            element.set("font-size", _FONT_PX.sub(r"\1", size))
        for name in ("d", "transform", "x", "y", "x2", "y2", "width", "height"):
            if value := element.get(name):
                element.set(name, _DECIMALS.sub(_rounded, value))


def _rounded(found: re.Match[str]) -> str:
    return f"{round(float(found.group()), 1):g}"


def _restore_cut(parent: ElementTree.Element, cut: dict[str, str]) -> None:
    """Put each label that was cut into a group whose title says it in full."""
    for place, child in enumerate(list(parent)):
        full = cut.get(child.text or "") if child.tag.endswith("text") else None
        if full is None:
            continue
        group = ElementTree.Element(f"{{{_NAMESPACE}}}g")
        title = ElementTree.SubElement(group, f"{{{_NAMESPACE}}}title")
        title.text = full
        parent.remove(child)
        group.append(child)
        parent.insert(place, group)
