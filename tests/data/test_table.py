"""Pages, typed columns, and rows that match."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from made_tables import OpenText

from pellucid.core.errors import UserError
from pellucid.data.search import Filter, Sort
from pellucid.data.table import Table

PEOPLE = """name,age,city,joined
Ann,31,Rome,2020-01-05
Bob,,Oslo,2019-03-01
Cid,27,Rome,2021-07-09
Dee,x,Bern,2018-11-30
Eve,44,,2020-01-05
""" + "".join(f"N{i},{50 + i % 9},Paris,2022-02-02\n" for i in range(40))


@pytest.fixture
def people(open_text: OpenText) -> Table:
    return open_text(PEOPLE)


def test_a_page_is_cut_from_anywhere(people: Table) -> None:
    assert people.page(1, 2) == [
        ("Bob", "", "Oslo", "2019-03-01"),
        ("Cid", "27", "Rome", "2021-07-09"),
    ]
    assert people.page(44, 10) == [("N39", "53", "Paris", "2022-02-02")]
    assert people.page(100, 5) == []


def test_a_page_follows_an_order(people: Table) -> None:
    order = np.array([4, 0, 2])
    assert [row[0] for row in people.page(0, 2, order)] == ["Eve", "Ann"]
    assert [row[0] for row in people.page(2, 9, order)] == ["Cid"]
    assert people.page(3, 1, order) == []


def test_columns_come_typed_whole_or_by_row(people: Table) -> None:
    ages = people.values("age")
    assert ages.dtype == np.float64
    assert np.isnan(ages[[1, 3]]).all()
    assert people.values("age", np.array([4, 0])).tolist() == [44.0, 31.0]
    columns = people.select(["city", "age"], np.array([2, 4]))
    assert columns["city"].tolist() == ["Rome", None]
    assert people.text("age", np.array([3])).tolist() == ["x"]


def test_many_rows_in_any_order_come_in_that_order(open_text: OpenText) -> None:
    table = open_text("a,b\n" + "".join(f"{i},{i * 2}\n" for i in range(25_000)))
    rows = np.arange(25_000)[::-1]
    assert (table.values("b", rows) == rows * 2).all()
    assert (table.values("b", rows[:9]) == rows[:9] * 2).all()


def test_hundreds_of_columns_come_within_the_memory_of_a_window(open_text: OpenText) -> None:
    names = [f"measure {i}" for i in range(300)]
    line = ",".join(f"{i}.5" for i in range(300))
    table = open_text("\n".join([",".join(names), *[line] * 40, line.replace(".5", ".25")]))
    columns = table.select(names)
    assert [columns[name][0] for name in names] == [i + 0.5 for i in range(300)]
    assert columns["measure 299"][-1] == 299.25


def test_a_row_of_many_numbers_to_be_read_comes_within_the_memory_of_a_window(
    open_text: OpenText,
) -> None:
    names = [f"price {i}" for i in range(48)]
    lines = ["|".join(f"${i},{n % 900 + 100}.50" for i in range(1, 49)) for n in range(3000)]
    store = open_text("\n".join(["|".join(names), *lines])).store
    with Table.load(store) as table:
        row = table.select(names, np.array([4]))
    assert [row[name][0] for name in names] == [1000 * i + 104.5 for i in range(1, 49)]


@pytest.mark.parametrize(
    ("filters", "names"),
    [
        ([Filter("city", "is", ("Rome", "Oslo"))], ["Ann", "Bob", "Cid"]),
        ([Filter("city", "is", ("Rome",)), Filter("age", "at least", ("30",))], ["Ann"]),
        ([Filter("age", "at most", ("31",))], ["Ann", "Cid"]),
        ([Filter("age", "missing")], ["Bob"]),
        ([Filter("age", "misfit")], ["Dee"]),
        ([Filter("city", "missing")], ["Eve"]),
        ([Filter("joined", "at most", ("2019-03-01",))], ["Bob", "Dee"]),
        ([Filter("", "contains", ("oslo",))], ["Bob"]),
        ([Filter("city", "is not", ("Paris",)), Filter("city", "present")],
         ["Ann", "Bob", "Cid", "Dee"]),
        ([Filter("name", "contains", ("'; drop",))], []),
    ],
)  # fmt: skip
def test_filters_find_their_rows(people: Table, filters: list[Filter], names: list[str]) -> None:
    rows = people.matching(filters)
    assert rows.dtype == np.int64
    assert people.values("name", rows).tolist() == names


def test_rows_sort_by_value_with_missing_last_and_ties_in_order(people: Table) -> None:
    up = people.matching(sort=Sort("age"))
    assert people.text("age", up[:3]).tolist() == ["27", "31", "44"]
    assert sorted(people.text("age", up[-2:]).tolist()) == ["", "x"]
    down = people.matching(sort=Sort("age", descending=True))
    assert people.values("age", down[:2]).tolist() == [58.0, 58.0]
    assert down[0] < down[1]
    assert sorted(down[-2:].tolist()) == [1, 3]


def test_a_bound_that_is_no_number_is_refused(people: Table) -> None:
    with pytest.raises(UserError, match="old is not a number"):
        people.matching([Filter("age", "at least", ("old",))])


def test_a_store_that_is_gone_is_said_to_be_so(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="no longer in the cache"):
        Table.load(tmp_path / "table.json")


def test_a_table_opens_twice_in_one_process_and_again_after_close(people: Table) -> None:
    people.page(0, 1)
    with Table.load(people.store) as other:
        assert other.page(0, 1) == people.page(0, 1)
    people.close()
    assert people.page(0, 1)[0][0] == "Ann"


def test_paging_loads_no_heavy_library(people: Table) -> None:
    code = (
        "import sys; from pathlib import Path; from pellucid.data.table import Table;"
        f"t = Table.load(Path({str(people.store)!r})); t.page(0, 3); t.values('age');"
        "t.values('name'); t.fits('age', '3');"
        "print(sorted({'pandas', 'pyarrow', 'scipy', 'sklearn', 'torch'} & set(sys.modules)))"
    )
    people.close()
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
