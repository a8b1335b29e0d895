"""A report as one HTML file: no script, nothing fetched, light and dark, screen and paper."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from pellucid import __version__
from pellucid.core.numbers import signed
from pellucid.core.paths import resource
from pellucid.report.charts import Chart
from pellucid.report.document import (
    Block,
    ChartBlock,
    Heading,
    Note,
    Paragraph,
    Piece,
    Report,
    TableBlock,
    TokenStrip,
    strength_of,
)
from pellucid.report.palette import DARK, LIGHT, Palette
from pellucid.report.references import Reference, references_of
from pellucid.report.svg import NARROW_PX, WIDE_PX, to_svg

if TYPE_CHECKING:
    from jinja2 import Environment
    from markupsafe import Markup

SHORT = "section:short"
_SPARK_PX = (72, 18)


def to_html(report: Report) -> str:
    """Return the whole page; the same report gives the same text.

    Charts are drawn for a page and for a phone, and style rules choose between the two. Colours are
    the light ones; in dark mode, style rules exchange them by role.
    """
    environment = _environment()
    references = references_of(report)
    style = environment.get_template("report.css.j2")
    return environment.get_template("report.html.j2").render(
        report=report,
        generator=f"Pellucid {__version__}",
        css=_safe(style.render(light=_roles(LIGHT), dark=_roles(DARK))),
        sections=_sections(report, references),
        references=list(references.values()),
    )


def _environment() -> Environment:
    import jinja2

    return jinja2.Environment(
        loader=jinja2.FileSystemLoader(resource("templates")),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
        keep_trailing_newline=True,
    )


def _safe(markup: str) -> Markup:
    """Mark text that was built here, from escaped parts, as fit to stand in the page."""
    from markupsafe import Markup

    return Markup(markup)


def _roles(palette: Palette) -> Mapping[str, str]:
    """Return the colours by the name that style rules use."""
    roles = {f.name: getattr(palette, f.name) for f in dataclasses.fields(palette)}
    classes: Sequence[str] = roles.pop("classes")
    return {**roles, **{f"class-{i}": color for i, color in enumerate(classes, start=1)}}


@dataclass(slots=True)
class _Section:
    """A heading and what stands under it, with an id on the page."""

    title: str = ""
    level: int = 2
    id: str = ""
    is_short: bool = False
    parts: list[dict[str, Any]] = field(default_factory=list)


def _sections(report: Report, references: Mapping[str, Reference]) -> list[_Section]:
    """Group the blocks under their headings."""
    sections = [_Section()]
    for place, block in enumerate(report.blocks, start=1):
        name = f"block-{place}"
        if isinstance(block, Heading):
            sections.append(_Section(block.text, block.level, name, block.key == SHORT))
        else:
            sections[-1].parts.append(_part(block, name, references))
    return sections if sections[0].parts else sections[1:]


def _part(block: Block, name: str, references: Mapping[str, Reference]) -> dict[str, Any]:
    if isinstance(block, Paragraph):
        marks = list(_marks(block, references))
        return {"kind": "claim", "id": name, "text": block.text, "marks": marks}
    if isinstance(block, ChartBlock):
        return {"kind": "chart", "id": name, **_pictures(block.chart)}
    if isinstance(block, TableBlock):
        sparks = [_safe(_spark(heights)) for heights in block.sparks]
        return {"kind": "table", "id": name, "table": block, "sparks": sparks}
    if isinstance(block, TokenStrip):
        return {"kind": "strip", "id": name, "strip": block, **_strip(block)}
    if isinstance(block, Note):
        return {"kind": "note", "id": name, "text": block.text, "tone": block.tone}
    raise TypeError(f"{type(block).__name__} has no place in a section")


def _strip(strip: TokenStrip) -> dict[str, Any]:
    """Return a text's pieces with their style classes, and its strongest words in order."""
    return {
        "pieces": [(piece, _class_of(piece, strip.largest)) for piece in strip.pieces],
        "strongest": [
            (piece.text, signed(piece.score or 0.0, 2), _side_of(piece))
            for piece in strip.strongest
        ],
    }


def _class_of(piece: Piece, largest: float) -> str:
    strength = strength_of(piece.score, largest)
    return f"{_side_of(piece)} s{strength}" if strength else ""


def _side_of(piece: Piece) -> str:
    return "up" if (piece.score or 0.0) > 0 else "down"


def _marks(block: Paragraph, references: Mapping[str, Reference]) -> Iterator[dict[str, Any]]:
    """Yield a mark a cited fact, by rising number."""
    found = [references[name] for name in block.facts if name in references]
    for reference in sorted(found, key=lambda reference: reference.number):
        place = next(count for key, count in reference.marks if key == block.key)
        yield {"number": reference.number, "id": f"cite-{reference.number}-{place}"}


def _pictures(chart: Chart) -> dict[str, Any]:
    return {
        "caption": chart.caption,
        "wide": _safe(to_svg(chart, LIGHT, WIDE_PX)),
        "narrow": _safe(to_svg(chart, LIGHT, NARROW_PX)),
    }


def _spark(heights: Sequence[float]) -> str:
    """Draw a tiny histogram as one path; decoration beside the figures, so hidden from readers."""
    if not heights:
        return ""
    wide, high = _SPARK_PX
    step = min(wide / len(heights), 10.0)
    path = "".join(
        f"M{i * step:.1f} {high}V{high - max(h * high, 1.0):.1f}h{step - 0.6:.1f}V{high}z"
        for i, h in enumerate(heights)
        if h > 0
    )
    return (
        f'<svg width="{wide}" height="{high}" viewBox="0 0 {wide} {high}" aria-hidden="true">'
        f'<path d="{path}" fill="{LIGHT.muted}"/></svg>'
    )
