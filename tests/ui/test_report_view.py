"""The report's outline and words, without a window."""

from __future__ import annotations

from pathlib import Path

import pytest

from pellucid.report.charts import Bar, BarChart, Caption
from pellucid.report.document import (
    ChartBlock,
    Heading,
    Note,
    Paragraph,
    Piece,
    Report,
    TableBlock,
    TokenStrip,
)
from pellucid.ui.pages import report_view as view

CHART = BarChart(Caption("Age weighs most", "Importance", "Age 0.9."), "Score", (Bar("age", 0.9),))
REPORT = Report(
    title="What people.csv says",
    subtitle="2,000 rows",
    blocks=(
        Heading("h1", "What the data are"),
        Paragraph("p1", "people.csv holds 2,000 rows and 4 columns and more words than fit here.",
                  ("count-1",)),
        TableBlock("t1", "Columns", ("name",), (("age",),), ("left",)),
        Heading("h2", "What predicts Income"),
        ChartBlock("c1", CHART),
        Heading("h3", "In detail", level=3),
        Note("n1", "An association is not a cause."),
    ),
    facts={},
    provenance={"File": "people.csv"},
)  # fmt: skip


STRIP = TokenStrip(
    "strip:1", "A bad film, and how its words count.", title="Surely right: predicted negative",
    pieces=(Piece("A", 0.1), Piece(" "), Piece("bad", -2.0), Piece(" "), Piece("film", 1.0)),
    strongest=(Piece("bad", -2.0), Piece("film", 1.0)), largest=2.0,
)  # fmt: skip


def test_a_strip_is_marked_where_its_scored_words_stand() -> None:
    marks = view.strip_marks(STRIP)
    assert [(mark.start, mark.end, mark.strength) for mark in marks] == [
        (0, 1, 0.05), (2, 5, -1.0), (6, 10, 0.5),
    ]  # fmt: skip
    assert marks[1].say() == "“bad” −2"
    assert view.strongest_line(STRIP) == "Strongest: “bad” −2, “film” +1."
    assert (view.block_kind(STRIP), view.block_title(STRIP)) == ("text", STRIP.title)


def test_the_outline_names_every_block() -> None:
    found = view.outline(REPORT, {"c1"})
    assert [entry.key for entry in found] == ["h1", "p1", "t1", "h2", "c1", "h3", "n1"]
    assert [entry.is_shown for entry in found] == [True, True, True, True, False, True, True]
    titles = {entry.key: entry.title for entry in found}
    assert titles["p1"] == "people.csv holds 2,000 rows and 4 columns and more…"
    assert titles["c1"] == "Age weighs most"
    kinds = {entry.key: entry.kind for entry in found}
    assert kinds == {
        "h1": "heading", "p1": "text", "t1": "table", "h2": "heading", "c1": "chart",
        "h3": "heading", "n1": "note",
    }  # fmt: skip


def test_a_heading_switches_all_that_stands_under_it() -> None:
    entries = {entry.key: entry for entry in view.outline(REPORT, ())}
    assert view.switched(entries["h1"], False) == (("h1", True), ("p1", True), ("t1", True))
    assert [key for key, _ in view.switched(entries["h2"], True)] == ["h2", "c1", "h3", "n1"]
    assert view.switched(entries["c1"], True) == (("c1", False),)


def test_what_the_report_holds_is_counted_without_hidden_blocks() -> None:
    assert view.contents_line(REPORT, ()) == "1 claim, 1 chart, 1 table"
    assert view.contents_line(REPORT, {"c1", "t1"}) == (
        "1 claim, 0 charts, 0 tables; 2 blocks switched off"
    )
    assert [b.key for b in view.visible_blocks(REPORT, {"c1"})] == [
        "h1", "p1", "t1", "h2", "h3", "n1",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("size", "said"),
    [(10, "Wrote a.html, 10 bytes"), (20_480, "Wrote a.html, 20.5 KB"),
     (3_145_728, "Wrote a.html, 3.15 MB")],
)  # fmt: skip
def test_what_was_written_is_said_with_its_size(size: int, said: str) -> None:
    assert view.written_line(Path("/tmp/a.html"), size) == said


def test_a_name_is_proposed_from_the_file_s() -> None:
    assert view.default_name(Path("census.csv"), ".html") == "census-report.html"
    assert view.default_name(None, ".md") == "pellucid-report.md"
