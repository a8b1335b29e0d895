"""The target that a reader most likely means."""

from __future__ import annotations

from pathlib import Path

import pytest

from pellucid.data.profile import profile
from pellucid.data.reading import open_table
from pellucid.data.types import ColumnProfile, Kind, Profile, TopValue
from pellucid.models.targets import suggest_targets


def column(name: str, kind: Kind, distinct: int, missing: int = 0) -> ColumnProfile:
    return ColumnProfile(name, kind, 1000, missing, distinct, 0)


def names(*columns: ColumnProfile) -> list[str]:
    return [name for name, _ in suggest_targets(Profile(1000, columns, (), ()))]


def test_a_telling_name_beats_the_last_place() -> None:
    columns = column("age", "number", 60), column("Churn", "boolean", 2), column("z", "number", 900)
    assert names(*columns)[0] == "Churn"
    (_, why), *_ = suggest_targets(Profile(1000, columns, (), ()))
    assert why == "its name says that it is an outcome and it has two values"


def test_words_are_found_inside_names() -> None:
    assert names(column("median_house_value", "number", 900), column("x", "number", 9))[0] != "x"
    assert names(column("EmployeeAttrition", "category", 2), column("x", "number", 9))[0] != "x"
    assert names(column("classroom", "number", 900), column("last", "number", 900))[0] == "last"


def test_the_last_column_is_next() -> None:
    found = suggest_targets(
        Profile(1000, (column("a", "number", 90), column("b", "number", 90)), (), ())
    )
    assert found[0] == ("b", "it is the last column and it is a number with many values")


@pytest.mark.parametrize("kind", ["identifier", "text", "constant", "datetime"])
def test_what_cannot_be_predicted_is_not_suggested(kind: Kind) -> None:
    assert not names(column("target", kind, 900))


def test_neither_too_many_classes_nor_too_many_gaps() -> None:
    assert not names(column("label", "category", 400), column("target", "number", 9, missing=900))


@pytest.mark.parametrize(
    ("file", "target"),
    [
        ("penguins/penguins.csv", "species"),
        ("titanic/titanic_seaborn.csv", "survived"),
        ("adult/census_income.csv", "Income"),
        ("telco_churn/Telco-Customer-Churn.csv", "Churn"),
    ],
)
def test_real_targets_come_first(real_data: Path, file: str, target: str) -> None:
    with open_table(real_data / file) as table:
        assert suggest_targets(profile(table))[0][0] == target


def test_labels_in_cells_are_worth_predicting() -> None:
    cells = ["news; sport", "sport", "news", "music", "music; news", "sport; music; news"]
    top = tuple(TopValue(cell, 60) for cell in cells)
    labels = ColumnProfile("topics", "category", 1000, 0, 200, 0, top=top)
    ((name, why),) = suggest_targets(Profile(1000, (labels,), (), ()))
    assert name == "topics"
    assert why == "it is the last column and its cells hold several labels each"
