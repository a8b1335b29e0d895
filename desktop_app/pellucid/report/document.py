"""A report as a list of blocks; charts are data first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pellucid.facts.types import Fact
from pellucid.report.charts import Chart


@dataclass(frozen=True, slots=True)
class Heading:
    key: str
    text: str
    level: int = 2


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A claim as it stands on the page; `facts` are the ids that carry it."""

    key: str
    text: str
    facts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ChartBlock:
    key: str
    chart: Chart


@dataclass(frozen=True, slots=True)
class TableBlock:
    """A small table; `align` has one of "left" and "right" a column.

    `sparks` has a tiny histogram for each row (heights from 0 to 1, empty for none), shown in a
    column of its own at the end; empty where the table has none.
    """

    key: str
    caption: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    align: tuple[str, ...]
    sparks: tuple[tuple[float, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Note:
    """Something to keep in mind: `tone` is "info" or "warning"."""

    key: str
    text: str
    tone: str = "info"


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a text, with what it adds to the explained output; None between tokens."""

    text: str
    score: float | None = None


@dataclass(frozen=True, slots=True)
class TokenStrip(Note):
    """A text with the scores of its tokens: pieces in order, which put together give the text.

    `title` says what was predicted and what is true, `caption` how the scores are to be read.
    `raises` names what a positive score speaks for and `lowers` what a negative one does.
    `strongest` are the pieces that carry most, by falling size. A score of size `largest` or more
    is drawn at full strength. `text` says all of it in words, for whoever cannot draw it.
    """

    title: str = ""
    caption: str = ""
    pieces: tuple[Piece, ...] = ()
    strongest: tuple[Piece, ...] = ()
    raises: str = ""
    lowers: str = ""
    largest: float = 1.0
    is_cut: bool = False


STRENGTHS = 4


def strength_of(score: float | None, largest: float) -> int:
    """Return how strongly a score is drawn, from 0 (not at all) to `STRENGTHS`."""
    if score is None or largest <= 0:
        return 0
    share = min(1.0, abs(score) / largest)
    return 0 if share < 0.05 else min(STRENGTHS, 1 + int(share * STRENGTHS))


Block = Heading | Paragraph | ChartBlock | TableBlock | Note | TokenStrip


@dataclass(frozen=True, slots=True)
class Report:
    """A document: its title, its blocks in order, the facts they cite, and how it was made.

    `provenance` is shown at the end: the file, its fingerprint, rows, seed, versions, the
    writer and what left the machine.
    """

    title: str
    subtitle: str
    blocks: tuple[Block, ...]
    facts: Mapping[str, Fact]
    provenance: Mapping[str, str]
