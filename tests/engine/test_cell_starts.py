"""A text that holds the beginning of a cell is never passed over."""

from __future__ import annotations

from pathlib import Path

import pytest

from pellucid.data.reading import open_table
from pellucid.engine.cell_starts import cell_starts

LONG = "Zanzibar Quicksilver Montgomery Featherstonehaugh the Third"


@pytest.fixture
def people(tmp_path: Path) -> Path:
    """Return a table with short, long, spaced, quoting and empty cells."""
    cells = ("Bo", LONG, "Ann  Marie\tQuill", "Ünal “Nan” Öz", "", "  ")
    path = tmp_path / "people.csv"
    rows = [f'"{cell}",{i}' for i, cell in enumerate(cells * 3)]
    path.write_text("\n".join(["name,number", *rows]) + "\n", encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("text", "may"),
    [
        ("asked bo about it", True),
        ("x" * 500 + LONG.lower() + "y" * 500, True),
        (f"cut: {LONG[:24].lower()}", True),
        (f"cut shorter: {LONG[:23].lower()}", False),
        ("ann marie quill", True),
        ("ünal ‘nan‘ öz", False),
        ("ünal ‘nan’ öz", True),
        ("a quiet meadow", False),
        ("b", False),
        ("", False),
    ],
)
def test_a_text_is_passed_over_only_where_no_cell_begins_in_it(
    people: Path, text: str, may: bool
) -> None:
    with open_table(people) as table:
        assert cell_starts(table, "name", 24).may_stand_in(text) is may


def test_a_column_without_cells_stands_in_no_text(tmp_path: Path) -> None:
    path = tmp_path / "empty.csv"
    path.write_text("a,b\n" + ",1\n" * 20, encoding="utf-8")
    with open_table(path) as table:
        assert not cell_starts(table, "a", 24).may_stand_in("anything at all")
