"""The Data page: rows fetched by the page, sorted, filtered, found; the column beside them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import duckdb
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QLabel, QToolButton
from pytestqt.qtbot import QtBot

from pellucid.data.search import Filter, Sort
from pellucid.data.table import RowIds
from pellucid.data.types import Column, ColumnProfile
from pellucid.ui.pages.data import DataPage
from pellucid.ui.pages.data_inspector import ColumnInspector
from pellucid.ui.pages.data_rows import PAGE_ROWS
from pellucid.ui.pages.data_view import Choice
from pellucid.ui.session import Session
from pellucid.ui.theme import INSPECTOR_WIDTH
from pellucid.ui.window import Window

Until = Callable[[Callable[[], bool]], None]


def page_of(window: Window) -> DataPage:
    page = window.page("data")
    assert isinstance(page, DataPage)
    return page


def open_in(window: Window, path: Path, until: Until) -> DataPage:
    window.session.open_file(path)
    until(lambda: bool(window.session.suggestions))
    return page_of(window)


def shown(page: DataPage, row: int, column: int) -> str:
    return page.rows.cell(row, column).text


def test_rows_are_there_and_judged(window: Window, small_csv: Path, until: Until) -> None:
    page = open_in(window, small_csv, until)
    until(lambda: page.rows.cell(0, 1).state == "value")
    assert shown(page, 0, 1) == "Bern"
    assert page.rows.cell(0, 0).state == "missing"
    assert page.rows.cell(7, 0).state == "misfit"
    assert page.rows.headerData(0, Qt.Orientation.Vertical) == "1"
    assert page.count.text() == "300 rows"


def test_only_pages_that_are_looked_at_are_fetched(
    window: Window, tmp_path: Path, until: Until
) -> None:
    path = tmp_path / "long.csv"
    path.write_text("n,m\n" + "".join(f"{i},{i % 7}\n" for i in range(50_000)))
    page = open_in(window, path, until)
    until(lambda: shown(page, 0, 0) == "0")
    page.grid.scrollToBottom()
    until(lambda: shown(page, 49_999, 0) == "49999")
    assert len(page.rows._pages) * PAGE_ROWS < 5_000


def test_the_rows_model_keeps_qts_rules(window: Window, small_csv: Path, until: Until) -> None:
    page = open_in(window, small_csv, until)
    tester = QAbstractItemModelTester(
        page.rows, QAbstractItemModelTester.FailureReportingMode.Fatal, page
    )
    page.choose(page.choice)
    until(lambda: shown(page, 299, 1) != "")
    tester.deleteLater()


def test_spare_width_goes_to_texts_and_what_is_cut_is_told_on_hover(
    window: Window, tmp_path: Path, until: Until
) -> None:
    path, text = tmp_path / "texts.csv", "a long remark <b> " * 9
    lines = (f"{i % 9},{text}{i},{('yes', 'no')[i % 2]}\n" for i in range(40))
    path.write_text("n,remark,liked\n" + "".join(lines))
    window.resize(1280, 800)
    page = open_in(window, path, until)
    until(lambda: shown(page, 0, 1).startswith("a long"))
    page.grid.size_columns()
    widths = [page.header.sectionSize(place) for place in range(3)]
    assert max(widths[0], widths[2]) < 240 < widths[1]
    assert sum(widths) <= page.grid.viewport().width()
    tip = Qt.ItemDataRole.ToolTipRole
    assert page.rows.data(page.rows.index(0, 0), tip) is None
    assert "a long remark &lt;b&gt; a long" in page.rows.data(page.rows.index(0, 1), tip)


def test_a_click_on_a_name_sorts_and_keeps_the_files_numbers(
    window: Window, small_csv: Path, until: Until, qtbot: QtBot
) -> None:
    page = open_in(window, small_csv, until)
    left = page.header.sectionViewportPosition(0)
    qtbot.mouseClick(page.header.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(left + 20, 14))
    assert page.choice.sort == Sort("age")
    until(lambda: page.rows.row_id(0) != 0)
    until(lambda: shown(page, 0, 0) == "20")
    assert page.rows.headerData(0, Qt.Orientation.Vertical) == "51"


def test_finding_waits_for_a_pause_and_clearing_shows_all(
    window: Window, small_csv: Path, until: Until, qtbot: QtBot
) -> None:
    page = open_in(window, small_csv, until)
    qtbot.keyClicks(page.search, "oslo")
    until(lambda: page.count.text() == "100 of 300 rows")
    until(lambda: shown(page, 0, 1) == "Oslo")
    qtbot.keyClicks(page.search, "xx")
    until(lambda: page.stack.currentWidget() is page.none)
    page._clear()
    assert page.count.text() == "300 rows"
    assert page.search.text() == ""


def test_an_answer_that_was_overtaken_is_not_shown(
    window: Window, small_csv: Path, until: Until, qtbot: QtBot
) -> None:
    page = open_in(window, small_csv, until)
    page.choose(Choice(find="nowhere"))
    page.choose(Choice())
    told: list[RowIds] = []
    qtbot.wait(300)
    window.session.request_rows((), None, "oslo", told.append)
    until(lambda: bool(told))
    assert page.count.text() == "300 rows"


def test_filters_stand_as_chips_and_come_off(window: Window, small_csv: Path, until: Until) -> None:
    page = open_in(window, small_csv, until)
    page.apply_filters((Filter("age", "missing"),))
    until(lambda: page.count.text() == "15 of 300 rows")
    page.apply_filters((Filter("city", "is", ("Bern",)),))
    until(lambda: page.count.text() == "5 of 300 rows")
    chips = [part.text() for part in page.chips.parts]  # type: ignore[attr-defined]
    assert chips == ["age is missing", "city is Bern", "Clear all"]
    page._take_off(Filter("age", "missing"))
    until(lambda: page.count.text() == "100 of 300 rows")


def test_a_long_median_fits_the_inspector(qtbot: QtBot) -> None:
    inspector = ColumnInspector()
    qtbot.addWidget(inspector)
    middle = 1_569_880_800.0
    profile = ColumnProfile("at", "datetime", 300, 0, 300, 0, min=0.0, max=2 * middle, mean=middle,
                            quantiles={"0.5": middle})  # fmt: skip
    inspector.show_column(Column("at", "datetime", 0, 300, 0), profile)
    inner = inspector.widget()
    assert "30 September 2019, 22:00" in [one.text() for one in inner.findChildren(QLabel)]
    assert inner.minimumSizeHint().width() <= INSPECTOR_WIDTH


def test_many_chips_wrap_and_none_is_cut(
    window: Window, small_csv: Path, until: Until, qtbot: QtBot
) -> None:
    page = open_in(window, small_csv, until)
    window.resize(1280, 800)
    window.show_page("data")
    names = [f"Bern {'x' * i}" for i in range(30)]
    page.choose(Choice(tuple(Filter("city", "is not", (name,)) for name in names)))
    parts = page.chips.parts
    assert parts[-1] is page.clear
    qtbot.waitUntil(lambda: parts[-2].y() > parts[0].y())
    for part in parts:
        assert part.width() >= part.sizeHint().width()
        assert page.chips.rect().contains(part.geometry())
    page.clear.click()
    assert not page.chips.isVisible()
    page.apply_filters((Filter("age", "missing"),))
    assert page.clear.isVisible()


def test_rows_that_cannot_be_read_are_told_of_plainly(
    window: Window, small_csv: Path, until: Until
) -> None:
    page = open_in(window, small_csv, until)
    page.rows._say(duckdb.IOException("IO Error: cells.duckdb: No such file"))
    error = window.session.error
    assert error is not None
    assert error.message == "Some rows could not be read from what was kept of this file"
    assert error.hint == "Open the file again."


def test_another_kind_is_chosen_from_the_header(
    window: Window, small_csv: Path, until: Until
) -> None:
    page = open_in(window, small_csv, until)
    menu = page.kind_menu(0)
    assert [a.text() for a in menu.actions() if a.isChecked()] == ["Number"]
    next(a for a in menu.actions() if a.text() == "Category").trigger()
    until(lambda: page.rows.headers[0].kind == "category")
    until(lambda: page.rows.cell(7, 0).state == "value" and shown(page, 7, 0) == "old")
    menu.deleteLater()


def test_the_inspector_follows_the_column_and_filters_by_a_value(
    window: Window, small_csv: Path, until: Until
) -> None:
    page = open_in(window, small_csv, until)
    page.grid.setCurrentIndex(page.rows.index(0, 1))
    inspector = page._inspector
    assert inspector.chart is None
    page.show_column("age")
    assert inspector.chart is not None
    inspector.chart.chosen.emit(0)
    until(lambda: page.choice.filters != ())
    assert {f.test for f in page.choice.filters} == {"at least", "at most"}


def test_the_cross_that_empties_the_search_sits_inside_its_line(
    window: Window, small_csv: Path, until: Until
) -> None:
    search = open_in(window, small_csv, until).search
    cross = search.findChild(QToolButton)
    assert not search.empty.isVisible()
    search.setText("old")
    assert search.empty.isVisible()
    assert search.rect().contains(cross.geometry())
    assert abs(cross.geometry().center().y() - search.rect().center().y()) <= 1
    cross.click()
    assert search.text() == ""
    assert not search.empty.isVisible()


def test_everything_can_be_reached_by_keys(
    window: Window, small_csv: Path, until: Until, qtbot: QtBot
) -> None:
    page = open_in(window, small_csv, until)
    page.grid.setFocus()
    page.grid.setCurrentIndex(page.rows.index(0, 0))
    qtbot.keyClick(page.grid, Qt.Key.Key_Right)
    assert page._column == 1
    menu = page.cell_menu()
    assert [a.text() for a in menu.actions() if a.text()] == [
        "Sort up", "Sort down", "Filter", "Kind",
    ]  # fmt: skip
    menu.deleteLater()
    for widget in (page.grid, page.search, page.header):
        assert widget.accessibleName()


def test_a_second_file_takes_the_place_of_the_first(
    window: Window, small_csv: Path, tmp_path: Path, until: Until
) -> None:
    page = open_in(window, small_csv, until)
    page.apply_filters((Filter("age", "missing"),))
    other = tmp_path / "other.csv"
    other.write_text("a,b,c,d\n" + "1,2,3,x\n2,3,4,y\n" * 30)
    window.session.open_file(other)
    until(lambda: window.session.opened is not None and window.session.opened.rows == 60)
    assert page.choice.filters == ()
    until(lambda: shown(page, 1, 3) == "y")
    assert page.rows.columnCount() == 4


def test_without_a_file_the_page_says_so(session: Session, qtbot: QtBot) -> None:
    page = DataPage(session)
    qtbot.addWidget(page)
    assert page.stack.currentWidget() is page.closed
    page.shut_down()
