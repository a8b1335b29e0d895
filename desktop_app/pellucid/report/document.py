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


Block = Heading | Paragraph | ChartBlock | TableBlock | Note


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
