"""A report as Markdown: charts become their findings and small tables, facts become footnotes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from pellucid.core.numbers import interval, signed
from pellucid.report.charts import Bar, BarChart, Chart, DotChart
from pellucid.report.document import (
    ChartBlock,
    Heading,
    Note,
    Paragraph,
    Report,
    TableBlock,
    TokenStrip,
    strength_of,
)
from pellucid.report.references import Reference, references_of

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~$])")
_LEADING = re.compile(r"^(\d*)([-+=.)])(?=\s|$)")


def to_markdown(report: Report) -> str:
    """Return the report as text; tables and footnotes follow GitHub's Markdown."""
    references = references_of(report)
    parts = [f"# {_escape(report.title)}", _escape(report.subtitle)]
    for block in report.blocks:
        parts.extend(_block(block, references))
    if references:
        parts.append("## The facts behind the words")
        parts.extend(_footnote(reference) for reference in references.values())
    parts.append("## How this was made")
    parts.append("\n".join(f"- {_escape(k)}: {_escape(v)}" for k, v in report.provenance.items()))
    return "\n\n".join(parts) + "\n"


def _escape(text: str) -> str:
    """Return `text` so that Markdown shows it as it is, on one line."""
    line = _SPECIAL.sub(r"\\\1", " ".join(text.split()))
    return _LEADING.sub(r"\1\\\2", line)


def _block(block: object, references: Mapping[str, Reference]) -> Iterator[str]:
    if isinstance(block, Heading):
        yield f"{'#' * block.level} {_escape(block.text)}"
    elif isinstance(block, Paragraph):
        numbers = sorted(references[name].number for name in block.facts if name in references)
        yield _escape(block.text) + "".join(f"[^{number}]" for number in numbers)
    elif isinstance(block, ChartBlock):
        yield from _chart(block.chart)
    elif isinstance(block, TableBlock):
        yield f"*{_escape(block.caption)}*"
        yield _table(block.header, block.rows, block.align)
    elif isinstance(block, TokenStrip):
        yield from _strip(block)
    elif isinstance(block, Note):
        lead = "**Warning:** " if block.tone == "warning" else ""
        yield f"> {lead}{_escape(block.text)}"


def _strip(strip: TokenStrip) -> Iterator[str]:
    """Mark the words that count half as much as the strongest or more, and list the strongest."""
    parts = []
    for piece in strip.pieces:
        line = piece.text if piece.text.strip() else " "
        escaped = _SPECIAL.sub(r"\\\1", line.replace("\n", " "))
        if strength_of(piece.score, strip.largest) >= 2 and piece.text.strip():
            mark = "▲" if (piece.score or 0.0) > 0 else "▼"
            escaped = f"**{escaped}**{mark}"
        parts.append(escaped)
    yield f"**{_escape(strip.title)}**"
    yield f"> {' '.join(''.join(parts).split())}"
    yield f"*▲ speaks {_escape(strip.raises)}, ▼ {_escape(strip.lowers)}. {_escape(strip.caption)}*"
    rows = [(piece.text, signed(piece.score or 0.0, 2)) for piece in strip.strongest]
    if rows:
        yield _table(("Strongest", "Score"), rows, ("left", "right"))


def _chart(chart: Chart) -> Iterator[str]:
    """Give a chart's finding and figures; a curve or a heatmap is told in words."""
    title = chart.caption.title
    yield f"**{_escape(title)}**"
    if chart.caption.subtitle:
        yield f"*{_escape(chart.caption.subtitle)}*"
    if isinstance(chart, BarChart):
        yield _bars(chart.axis, chart.bars)
    elif isinstance(chart, DotChart):
        yield _bars(chart.axis, chart.dots)
    elif said := chart.caption.alt.removeprefix(f"{title}.").strip():
        yield _escape(said)


def _bars(axis: str, bars: Sequence[Bar]) -> str:
    rows = [(bar.label, bar.note or signed(bar.value), _bounds(bar)) for bar in bars]
    bounded = any(row[2] for row in rows)
    header = ("", axis, "95% interval") if bounded else ("", axis)
    align = ("left", "right", "right")[: len(header)]
    return _table(header, [row[: len(header)] for row in rows], align)


def _bounds(bar: Bar) -> str:
    return interval(bar.low, bar.high) if bar.low is not None and bar.high is not None else ""


def _table(header: Sequence[str], rows: Sequence[Sequence[str]], align: Sequence[str]) -> str:
    rule = ["---:" if side == "right" else "---" for side in align]
    lines = [[_cell(name) for name in header], rule, *([_cell(c) for c in row] for row in rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _cell(text: str) -> str:
    return _escape(text) or " "


def _footnote(reference: Reference) -> str:
    details = "; ".join(f"{name} {_escape(value)}" for name, value in reference.details)
    return f"[^{reference.number}]: {_escape(reference.fact.text)} ({details})"
