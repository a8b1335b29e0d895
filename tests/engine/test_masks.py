"""Of a real table nothing masked is told, whatever its facts quote."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pellucid.core.errors import UserError
from pellucid.core.run import Run
from pellucid.data.reading import open_table
from pellucid.engine.masks import masked_columns, masks_of, personal_of, tellable
from pellucid.engine.stores import profile_of
from pellucid.facts.catalogue import facts_of
from pellucid.facts.slots import slots_of
from pellucid.facts.types import Fact, Origin
from pellucid.writing.orders import MaskChoice

NAMES = ("Zebra Canary", "Ann “Nan” Quill", "Bo O'Brien\\Sons", "Ünal Şahin-Öz")
LONG = "Zanzibar Quicksilver Montgomery Featherstonehaugh the Third of Canary Wharf and beyond it"


def quoting(column: str, level: str) -> Fact:
    """Return the fact that a level holds a share of the rows, and says so in its words."""
    text = f"{level} is {column} in 12% of rows, and {column} is {level} in those"
    return Fact(f"share-{column}-{level}", "share", (column, level), 0.12, "share", 400, None, None,
                Origin("profile", column), text, details={"level": level})  # fmt: skip


QUOTING = (
    *(quoting("full name", name) for name in (*NAMES, LONG)),
    quoting("mail", "canary1@example.org"),
    quoting("sex", "M"),
)


@pytest.fixture(scope="module")
def people(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write a table of persons whose names and mails repeat, so that facts quote them."""
    path = tmp_path_factory.mktemp("people") / "people.csv"
    rows = ["full name,mail,sex,visits,phone"]
    for i in range(400):
        name = (*NAMES, LONG)[i % 5] if i % 2 else f"Person {chr(65 + i % 26)}x{chr(97 + i % 24)}"
        mail = f"canary{i % 3}@example.org" if i % 3 else f"canary{i}@example.org"
        rows.append(f'"{name}",{mail},{"MF"[i % 3 > 0]},{i % 7},+4420794{60000 + i}')
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return path


def everything_told(path: Path, choice: MaskChoice) -> tuple[str, str]:
    """Return all that facts say of a table, as it is and masked."""
    with open_table(path) as table:
        facts = [*facts_of(table.source, profile_of(table, Run()), None, None), *QUOTING]
        told = tellable(table, facts, masked_columns(table, choice, Run()))
        lines = [json.dumps([f.text, dict(f.details), slots_of(f)]) for f in told]
        lines += [f.text + " ".join(slots_of(f).values()) for f in told]
        masks = masks_of(table, told, choice, frozenset(), Run())
        return "\n".join(lines), masks.text("\n".join(lines))


def test_what_looks_personal_is_masked_by_default(people: Path) -> None:
    with open_table(people) as table:
        assert masked_columns(table, MaskChoice(), Run()) == ("full name", "mail", "phone")
        assert personal_of(table, Run()) == personal_of(table, Run())


def test_no_cell_of_a_masked_column_is_told(people: Path) -> None:
    plain, masked = everything_told(people, MaskChoice())

    assert "Zebra Canary" in plain
    assert "canary1@example.org" in plain
    for canary in ("Zebra", "Quill", "Brien", "ahin", "anary", "Zanzibar", "4420794"):
        assert canary.lower() not in masked.lower(), canary


def test_the_user_can_mask_less_and_more(people: Path) -> None:
    _, less = everything_told(people, MaskChoice(show=("full name",)))
    _, more = everything_told(people, MaskChoice(hide=("sex",)))

    assert "Zebra Canary" in less
    assert "“M”" not in more
    assert "is M " not in more


def test_a_single_level_can_be_masked(people: Path) -> None:
    choice = MaskChoice(show=("full name",), levels=(("full name", "Zebra Canary"),))
    _, masked = everything_told(people, choice)

    assert "Zebra" not in masked
    assert "Bo O" in masked


def test_a_column_that_is_not_there_cannot_be_masked(people: Path) -> None:
    with open_table(people) as table, pytest.raises(UserError, match="There is no column"):
        masked_columns(table, MaskChoice(hide=("salary",)), Run())
