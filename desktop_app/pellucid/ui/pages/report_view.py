"""What the Report page shows, as values: the outline with its switches, and what it leaves."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from pellucid.core.numbers import byte_size, plural, signed
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
)
from pellucid.ui.widgets.token_marks import TokenMark

_MOST_WORDS = 9


@dataclass(frozen=True, slots=True)
class Format:
    """A format to export; `suffix` says it to the engine."""

    suffix: str
    name: str
    about: str


FORMATS = (
    Format(".html", "Web page", "One file, charts inside, no script. Opens in any browser."),
    Format(".md", "Markdown", "Plain text, charts as tables, for notes and repositories."),
)


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the outline; `level` 0 is a heading, 1 what stands under it."""

    key: str
    title: str
    kind: str
    level: int
    is_shown: bool
    under: tuple[str, ...] = ()
    """For a heading, the keys of the blocks down to the next heading."""


def outline(report: Report, hidden: Collection[str]) -> tuple[Entry, ...]:
    """Return every block of the report as a line of the outline."""
    found: list[Entry] = []
    for i, block in enumerate(report.blocks):
        if isinstance(block, Heading):
            under = _under(report.blocks[i + 1 :], block.level)
            found.append(Entry(block.key, block.text, "heading", 0, block.key not in hidden, under))
        else:
            shown = block.key not in hidden
            found.append(Entry(block.key, block_title(block), block_kind(block), 1, shown))
    return tuple(found)


def _under(rest: tuple[Block, ...], level: int) -> tuple[str, ...]:
    keys: list[str] = []
    for block in rest:
        if isinstance(block, Heading) and block.level <= level:
            break
        keys.append(block.key)
    return tuple(keys)


def block_kind(block: Block) -> str:
    """Name what a block is."""
    if isinstance(block, ChartBlock):
        return "chart"
    if isinstance(block, TableBlock):
        return "table"
    if isinstance(block, Note) and not isinstance(block, TokenStrip):
        return "note"
    return "heading" if isinstance(block, Heading) else "text"


def block_title(block: Block) -> str:
    """Name a block in a few words."""
    if isinstance(block, ChartBlock):
        return block.chart.caption.title
    if isinstance(block, TableBlock):
        return block.caption
    if isinstance(block, TokenStrip):
        return block.title
    words = block.text.split()
    return " ".join(words[:_MOST_WORDS]) + ("…" if len(words) > _MOST_WORDS else "")


def strip_marks(strip: TokenStrip) -> tuple[TokenMark, ...]:
    """Return the marks of a strip's words, each of which answers with its score."""
    marks, at = [], 0
    for piece in strip.pieces:
        end = at + len(piece.text)
        if piece.score is not None:
            strength = max(-1.0, min(1.0, piece.score / strip.largest))
            marks.append(TokenMark(at, end, strength, partial(_scored, piece)))
        at = end
    return tuple(marks)


def strongest_line(strip: TokenStrip) -> str:
    """Name the words that carry most, with their scores."""
    named = ", ".join(_scored(piece) for piece in strip.strongest)
    return f"Strongest: {named}." if named else "No word counts for anything here."


def _scored(piece: Piece) -> str:
    return f"“{piece.text}” {signed(piece.score or 0.0, 2)}"


def visible_blocks(report: Report, hidden: Collection[str]) -> tuple[Block, ...]:
    """Return the blocks as they will be printed."""
    return tuple(block for block in report.blocks if block.key not in hidden)


def switched(entry: Entry, on: bool) -> tuple[tuple[str, bool], ...]:
    """Return (key, hidden) for a line and, for a heading, all that stands under it."""
    return tuple((key, not on) for key in (entry.key, *entry.under))


def contents_line(report: Report, hidden: Collection[str]) -> str:
    """Say what the report holds as it stands."""
    blocks = visible_blocks(report, hidden)
    claims = sum(isinstance(b, Paragraph) and bool(b.facts) for b in blocks)
    charts = sum(isinstance(b, ChartBlock) for b in blocks)
    tables = sum(isinstance(b, TableBlock) for b in blocks)
    parts = [plural(claims, "claim"), plural(charts, "chart"), plural(tables, "table")]
    left = len(report.blocks) - len(blocks)
    return ", ".join(parts) + (f"; {plural(left, 'block')} switched off" if left else "")


def default_name(source: Path | None, suffix: str) -> str:
    """Propose a file name beside nothing in particular: `census-report.html`."""
    stem = source.stem if source is not None else "pellucid"
    return f"{stem}-report{suffix}"


def written_line(path: Path, size: int) -> str:
    """Say what was written."""
    return f"Wrote {path.name}, {byte_size(size)}"
