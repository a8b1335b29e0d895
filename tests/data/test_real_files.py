"""Every real file opens as what it is, or says why it is no table."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest

from pellucid.core.errors import UserError
from pellucid.data.preview import preview
from pellucid.data.reading import open_table

SHAPE = re.compile(r"(\d+) rows x (\d+) cols; encoding (\S+), delimiter '(.+?)', (NO )?header row")
SAME_ENCODINGS = {
    "gb18030": "gbk",
    "big5hkscs": "big5",
    "cp1252": "latin-1",
    "utf-8": "utf-8-sig",
}
"""Supersets that read every byte of these files alike."""
STATED_OTHERWISE = {
    "enc_latin1_starwars_538/StarWars.csv": (1186, 38),
    "trec/train_5500.label": None,
    "enc_big5_utf16_messytables/weird_head_padding.csv": None,
}
"""Files of which the manifest counts something else: a second heading row, remarks, colons."""


def stated(real_data: Path) -> dict[str, str]:
    with (real_data / "MANIFEST.tsv").open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file, delimiter="\t")
        return {f"{row['folder']}/{row['file']}": row["shape"] for row in rows}


def test_files_open_as_the_manifest_states(real_data: Path) -> None:
    wrong = []
    checked = 0
    for name, shape in stated(real_data).items():
        found = SHAPE.match(shape)
        if not found or name in STATED_OTHERWISE or found[1] == "0":
            continue
        with open_table(real_data / name) as table:
            source = table.source
            seen = (table.rows, len(table.columns), source.delimiter, source.header_rows == 0)
            wanted = (int(found[1]), int(found[2]), found[4].replace("\\t", "\t"), bool(found[5]))
            encodings = {source.encoding, SAME_ENCODINGS.get(source.encoding)}
            if seen != wanted or found[3] not in encodings:
                wrong.append((name, seen, wanted, source.encoding, found[3]))
            first = preview(real_data / name).rows
            assert table.page(0, len(first)) == list(first), name
        checked += 1
    assert wrong == []
    assert checked > 40


@pytest.mark.parametrize(("name", "shape"), STATED_OTHERWISE.items())
def test_files_of_which_the_manifest_counts_something_else(
    real_data: Path, name: str, shape: tuple[int, int] | None
) -> None:
    with open_table(real_data / name) as table:
        if shape is None:
            assert table.rejected.rows
            assert table.rejected.examples[0].reason
        else:
            assert (table.rows, len(table.columns)) == shape


def test_every_other_file_opens_or_says_why_not(real_data: Path) -> None:
    known = stated(real_data)
    opened = 0
    refused: list[UserError] = []
    for path in sorted(p for p in real_data.rglob("*") if p.is_file()):
        name = path.relative_to(real_data).as_posix()
        if SHAPE.match(known.get(name, "")) or path.suffix in (".py", ".log"):
            continue
        try:
            with open_table(path) as table:
                first = preview(path).rows
                assert table.rows >= 1
                assert table.page(0, len(first)) == list(first), name
                opened += 1
        except UserError as error:
            refused.append(error)
    assert opened > 100
    assert len(refused) > 5
    assert all(error.hint for error in refused)


def test_the_columns_of_known_files_have_their_kinds(real_data: Path) -> None:
    with open_table(real_data / "titanic/train.csv") as table:
        kinds = {column.name: column.kind for column in table.columns}
        assert kinds["PassengerId"] == kinds["Name"] == "identifier"
        assert (kinds["Age"], kinds["Sex"], kinds["Survived"]) == ("number", "category", "boolean")
        assert table.column("Age").missing == 177
    with open_table(real_data / "enc_airquality_decimal_comma/AirQualityUCI.csv") as table:
        assert table.column("Date").format == "%d/%m/%Y"
        assert table.values("CO(GT)")[:2].tolist() == [2.6, 2.0]
        assert table.column("column 16").kind == "constant"
    name = "enc_latin1_semicolon_montpellier/VilleMTP_MTP_BudgetPri_2015.csv"
    with open_table(real_data / name) as table:
        assert table.values("BP2015")[0] == 454_000.0
    with open_table(real_data / "adult/adult-train.csv") as table:
        assert table.column("column 2").missing == 1836
        assert table.values("column 15")[:1].tolist() == ["<=50K"]
        assert table.text("column 15")[:1].tolist() == [" <=50K"]
    with open_table(real_data / "airbnb_boston/listings.csv") as table:
        assert table.column("price").kind == "number"
        assert table.column("description").kind == "text"
