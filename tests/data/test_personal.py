"""Columns of persons are known by what their values look like, and by telling names."""

from __future__ import annotations

from pathlib import Path

import pytest

from pellucid.data.personal import find_personal, is_plain_header, judge
from pellucid.data.reading import open_table
from pellucid.data.types import Column, Kind


def column(name: str, kind: Kind = "category", distinct: int = 100) -> Column:
    return Column(name, kind, 0, distinct)


@pytest.mark.parametrize(
    ("name", "values", "what"),
    [
        ("contact", ["a@example.org", "b.c@example.co.uk", "none"], "e-mail"),
        ("Tel", ["5550100123", "020 7946 0000"], "phone"),
        ("x7", ["+44 20 7946 0000", "(020) 7946-0001"], "phone"),
        ("Name", ["Braund, Mr. Owen Harris", "Heikkinen, Miss. Laina"], "name"),
        ("host_name", ["Virginia", "Alex"], "name"),
        ("lastName", ["de la Cruz", "O'Neil"], "name"),
        ("name", ["miguel hernandez", "kevon dixon"], "name"),
        ("who", ["Dr. Ann Lee", "Mrs. Jones"], "name"),
        ("姓名", ["王伟", "李娜"], "name"),
        ("home address", ["1 High St", "2 Low Rd"], "address"),
        ("dob", ["1980-01-01", "1999-12-31"], "birth date"),
        ("code", ["123-45-6789", "987-65-4321"], "number of a person"),
    ],
)
def test_what_looks_personal_is_found(name: str, values: list[str], what: str) -> None:
    found = judge(column(name), values)
    assert found is not None
    assert found.what == what


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("price", ["5550100", "7946000"]),
        ("day", ["2020-01-01", "2021-12-31"]),
        ("city", ["New York", "San Juan"]),
        ("file name", ["Report", "Letter"]),
        ("review", ["Great place, would come again", "not for me"]),
        ("ratio", ["0.1234567", "12.345678"]),
        ("empty", []),
    ],
)
def test_what_does_not_is_left(name: str, values: list[str]) -> None:
    assert judge(column(name), values) is None


def test_a_name_of_few_values_names_kinds_of_something() -> None:
    assert judge(column("Group Name", distinct=4), ["Bottoms", "Tops"]) is None


def test_every_identifier_is_personal() -> None:
    found = judge(column("customerID", "identifier"), ["7590-VHVEG", "5575-GNVDE"])
    assert found is not None
    assert found.what == "id"


@pytest.mark.parametrize(
    ("name", "plain"),
    [("Name", True), ("first_name", True), ("e-mail", True), ("Debt of Ann Lee", False)],
)
def test_a_header_is_plain_that_says_only_what_it_holds(name: str, plain: bool) -> None:
    assert is_plain_header(name) is plain


def test_real_passengers_are_persons(real_data: Path) -> None:
    with open_table(real_data / "titanic" / "train.csv") as table:
        found = {item.column: item.what for item in find_personal(table)}

    assert found == {"PassengerId": "id", "Name": "name"}
