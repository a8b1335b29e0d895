"""Which columns hold several labels a row, how cells are read, and which models take them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import numpy as np
import pytest
from labelled_texts import combinations, labelled

from pellucid.core.errors import UserError
from pellucid.data.reading import open_table
from pellucid.data.table import Table
from pellucid.models.black_box.fitting import text_column
from pellucid.models.multilabel import (
    find_separator,
    labels_in,
    matrix_of,
    predicted_labels,
    strata_of,
)
from pellucid.models.tasks import is_known, make_task, target_of
from pellucid.models.types import FitOptions, Task

TableOf = Callable[[Mapping[str, Sequence[object]]], Table]
OPTIONS = FitOptions("topics", quality="preview", encoder="none")


@pytest.mark.parametrize("separator", ["; ", ";", "|", " | ", ",", ", ", "[]"])
def test_labels_are_found_whatever_separates_them(separator: str) -> None:
    assert find_separator(combinations("abc", 200, separator)) == separator
    many = [f"label {number}" for number in range(30)]
    assert find_separator(combinations(many, 400, separator, 0.1)) == separator


def test_lists_as_python_prints_them_are_lists() -> None:
    cells = [str(value.split(";")) for value in combinations("abc", 100, ";")]
    assert find_separator([*cells, "[]", None]) == "[]"
    assert labels_in("['a b', 'c']", "[]") == ("a b", "c")
    assert labels_in("[]", "[]") == ()
    assert labels_in("[1, 2, 1]", "[]") == ("1", "2")
    assert labels_in("[1, {}]", "[]") is None
    assert labels_in("[1", "[]") is None
    assert labels_in("[nonsense]", "[]") is None


def places(rows: int) -> list[str]:
    random = np.random.default_rng(0)
    cities = ["Boston, MA", "Cambridge, MA", "Springfield, MA", "Springfield, IL", "Albany, NY",
              "New York, NY", "Austin, TX", "Houston, TX", "Dallas, TX"]  # fmt: skip
    return random.choice(cities, rows).tolist()


def prose(rows: int) -> list[str]:
    random = np.random.default_rng(0)
    words = ["yes,", "it", "was", "good,", "but", "the", "parcel,", "sadly,", "came", "late", "so"]
    return [" ".join(random.choice(words, 12)) for _ in range(rows)]


ORDINARY: dict[str, list[str]] = {
    "a city and its state": places(300),
    "a city, sometimes its state": [
        place if i % 3 else place.partition(",")[0] for i, place in enumerate(places(300))
    ],
    "a colour and a size": [
        f"{colour}, {size}" for colour in ("red", "blue", "green") for size in "SML" * 12
    ],
    "ranges of money": ["$0 - $24,999", "$25,000 - $49,999", "$50,000 - $99,999", "$100,000+"] * 60,
    "a path": ["home", "home; garden", "home; kitchen", "sport", "sport; ball"] * 50,
    "prose": prose(200),
    "answers": ["Yes, a lot", "Yes, a little", "No", "Don't know"] * 60,
    "one label": ["a"] * 90,
    "one label and a separator": ["a;", ";a", "a"] * 30,
    "few combinations": ["['mail']", "['mail', 'phone']"] * 90 + ["['phone']"],
    "hardly any cell with two": ["a", "b", "c", "d"] * 60 + ["a;b", "b;a", "c;a", "d;c", "d;b"],
    "nothing": [],
    "lists of nothing": ["[]"] * 50,
    "more labels than can be told apart": combinations([f"l{i}" for i in range(60)], 400, ";", 0.1),
}


@pytest.mark.parametrize("what", ORDINARY)
def test_ordinary_columns_hold_no_labels(what: str) -> None:
    assert find_separator(ORDINARY[what]) == ""


def test_probabilities_become_cells() -> None:
    task = Task("t", "multilabel", ("a", "b"), separator="; ")
    mean = np.array([[0.5, 0.9], [0.1, 0.6], [0.4, 0.4]])
    assert predicted_labels(task, mean).tolist() == ["a; b", "b", ""]
    listed = Task("t", "multilabel", ("é", "b"), separator="[]")
    assert predicted_labels(listed, mean).tolist() == ['["é", "b"]', '["b"]', "[]"]
    one = Task("t", "multiclass", ("a", "b"))
    assert predicted_labels(one, mean).tolist() == ["b", "b", "a"]


def test_a_cell_becomes_a_row_of_zeros_and_ones() -> None:
    task = Task("t", "multilabel", ("a", "b"), separator="; ")
    values = np.array(["b; a", "a;a", None, " ", "rare", "rare; b", "; b ;"], dtype=object)
    found = target_of(task, values)
    assert found.tolist() == [[1, 1], [1, 0], [-1, -1], [-1, -1], [-1, -1], [0, 1], [0, 1]]
    assert is_known(found).tolist() == [True, True, False, False, False, True, True]
    assert matrix_of(Task("t", "multilabel", ("a",), separator="[]"), ["[]"]).tolist() == [[0]]
    assert matrix_of(task, []).shape == (0, 2)


def test_rows_are_dealt_by_their_rarest_label() -> None:
    target = np.array([[1, 1], [1, 0], [0, 0], [1, 0]], dtype=np.int8)
    assert strata_of(target).tolist() == [1, 0, 2, 0]
    codes = np.array([2, 0, 1])
    assert strata_of(codes) is codes


def test_rare_labels_take_no_part(table_of: TableOf) -> None:
    data = labelled(120)
    data["topics"][3] = "weather; music"
    data["topics"][4] = data["topics"][5] = "weather"
    data["topics"][6] = None
    table = table_of(data)
    task, _, alerts = make_task(table, OPTIONS)
    assert task.classes == ("music", "news", "sport")
    said = {alert.kind: alert.message for alert in alerts}
    assert "2 rows with nothing else are left out" in said["rare labels"]
    assert "missing target" in said
    assert is_known(target_of(task, table.values("topics"))).sum() == 117


def test_whole_cells_are_classes_where_asked_for(table_of: TableOf) -> None:
    table = table_of(labelled(240))
    task, _, _ = make_task(table, FitOptions("topics", task="classification"))
    assert task.kind == "multiclass"
    assert "music; news" in task.classes
    with pytest.raises(UserError, match="is not a number"):
        make_task(table, FitOptions("topics", task="regression"))


def test_models_that_give_one_class_say_so(table_of: TableOf) -> None:
    table = table_of(labelled(120))
    for asked, what in (
        (FitOptions("topics", kind="tree"), "keyword tree"),
        (FitOptions("topics", kind="transformer"), "transformer"),
        (FitOptions("topics", tune=True), "tuned encoder"),
    ):
        with pytest.raises(UserError, match=f"which no {what} predicts"):
            make_task(table, asked)
    with pytest.raises(UserError, match="which no transformer predicts"):
        text_column(table, FitOptions("topics"))
    with pytest.raises(UserError, match="no positive class"):
        make_task(table, FitOptions("topics", positive="news"))


def test_many_labels_are_for_texts_alone(table_of: TableOf) -> None:
    data = labelled(200)
    data["topics"] = [*combinations([f"l{i:02d}" for i in range(14)], 200, "|", 0.15)]
    task, left_out, _ = make_task(table_of(data), OPTIONS)
    assert len(task.classes) == 14
    assert [name for name, _ in task.features] == ["text"]
    assert {item.column for item in left_out} == {"speed", "colour"}
    del data["text"]
    with pytest.raises(UserError, match="at most 12 labels"):
        make_task(table_of(data), OPTIONS)


def test_fewer_than_two_labels_left_is_an_error(table_of: TableOf) -> None:
    data = labelled(60)
    random = np.random.default_rng(3)
    tail = [f"rare {i}" for i in range(14)]
    data["topics"] = [
        "all" if i % 3 else "; ".join(random.permutation(["all", tail[i % 14]]))
        for i in range(60)
    ]  # fmt: skip
    data["topics"][:14] = tail
    with pytest.raises(UserError, match="fewer than two of them"):
        make_task(table_of(data), OPTIONS)


@pytest.mark.parametrize(
    "name",
    [
        "airbnb_boston/listings.csv",
        "enc_latin1_starwars_538/StarWars.csv",
        "medicare_high_cardinality/medicare.csv",
        "titanic/train.csv",
    ],
)
def test_no_column_of_real_files_becomes_labels(real_data: Path, name: str) -> None:
    with open_table(real_data / name) as table:
        words = [c.name for c in table.columns if c.kind in ("category", "text", "identifier")]
        assert words
        for column in words:
            assert find_separator(table.values(column).tolist()) == "", column
