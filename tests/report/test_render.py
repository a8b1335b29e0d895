"""The file: format by name, whole or not at all, and a clear word about other formats."""

from __future__ import annotations

from pathlib import Path

import pytest

from pellucid.core.errors import UserError
from pellucid.report.document import Note, Report
from pellucid.report.render import write_report

SMALL = Report("Title", "about", (Note("n", "A note."),), {}, {"File": "x.csv"})


@pytest.mark.parametrize(
    ("name", "start"), [("r.html", "<!DOCTYPE html>"), ("R.HTM", "<!DOCTYPE"), ("r.md", "# Title")]
)
def test_the_ending_chooses_the_format(tmp_path: Path, name: str, start: str) -> None:
    write_report(SMALL, tmp_path / name)
    assert (tmp_path / name).read_text(encoding="utf-8").startswith(start)
    assert [path.name for path in tmp_path.iterdir()] == [name]


@pytest.mark.parametrize("name", ["r.pdf", "r.docx", "r.pptx", "r.ipynb"])
def test_formats_to_come_are_named_as_such(tmp_path: Path, name: str) -> None:
    with pytest.raises(UserError, match="cannot be written yet") as caught:
        write_report(SMALL, tmp_path / name)
    assert ".html" in caught.value.hint
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("name", ["r.xyz", "report"])
def test_unknown_endings_say_what_to_do(tmp_path: Path, name: str) -> None:
    with pytest.raises(UserError, match="which format") as caught:
        write_report(SMALL, tmp_path / name)
    assert ".md" in caught.value.hint


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="does not exist"):
        write_report(SMALL, tmp_path / "none" / "r.md")
