"""Markdown: the same words, tables for bars, footnotes for facts, and no markup from data."""

from __future__ import annotations

import itertools
import re

import report_samples as samples

from pellucid.report.document import Heading, Paragraph, Report
from pellucid.report.markdown import to_markdown


def test_every_mark_has_its_footnote(report: Report) -> None:
    text = to_markdown(report)
    marks = set(re.findall(r"\[\^(\d+)\](?!:)", text))
    notes = re.findall(r"^\[\^(\d+)\]:", text, re.MULTILINE)
    assert marks == set(notes)
    assert len(notes) == len(report.facts)


def test_hostile_names_are_words() -> None:
    text = samples.HOSTILE
    shown = to_markdown(Report(text, "", (Paragraph("p", text),), {}, {}))
    plain = re.sub(r"\\(?=[\\`*_{}\[\]<>#|~$=])", "", shown)
    assert plain.count(text) == 2
    assert not re.search(r"(?<!\\)[<|\[]", shown)


def test_a_paragraph_never_turns_into_a_list_or_a_heading() -> None:
    blocks = tuple(Paragraph(str(i), t) for i, t in enumerate(("- a", "# b", "1. c", "> d")))
    lines = to_markdown(Report("T", "s", blocks, {}, {})).splitlines()
    assert {"\\- a", "\\# b", "1\\. c", "\\> d"} <= set(lines)
    assert not any(re.match(r"\d+\. ", line) for line in lines)


def test_bars_become_tables_and_curves_are_told(report: Report) -> None:
    text = to_markdown(report)
    assert "95% interval" in text
    assert "The line runs over" in text


def test_rows_of_a_table_have_one_length(report: Report) -> None:
    lines = to_markdown(report).splitlines()
    for first, second in itertools.pairwise(lines):
        if first.startswith("|") and second.startswith("|"):
            assert len(re.findall(r"(?<!\\)\|", first)) == len(re.findall(r"(?<!\\)\|", second))


def test_headings_keep_their_level() -> None:
    report = Report("T", "s", (Heading("h", "A heading"), Paragraph("p", "x")), {}, {"File": "f"})
    assert "## A heading" in to_markdown(report)
