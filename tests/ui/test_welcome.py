"""The Welcome page: samples, recent files, unsaved work."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from PySide6.QtWidgets import QPushButton

from pellucid.project.unsaved import Unsaved, unsaved
from pellucid.ui.keeping import Keeper
from pellucid.ui.pages.welcome import EntryButton, WelcomePage
from pellucid.ui.pages.welcome_view import recent_entries, samples, unsaved_entries
from pellucid.ui.session import Session
from pellucid.ui.settings import Recent, remember_file
from pellucid.ui.window import Window

Until = Callable[[Callable[[], bool]], None]


def test_the_samples_of_this_installation_are_there() -> None:
    found = samples()
    assert found[0].path.name == "penguins.csv"
    assert all(sample.path.is_file() and sample.line for sample in found)


def test_recent_files_say_size_and_day() -> None:
    (entry,) = recent_entries((Recent(Path("a/b.csv"), 1_200, 1, "2026-03-04T10:00:00+01:00"),))
    assert (entry.title, entry.line, entry.aside) == (
        "b.csv", "1,200 rows, 1 column", "4 March 2026",
    )  # fmt: skip


def test_unsaved_work_says_on_what_and_when() -> None:
    (entry,) = unsaved_entries((Unsaved(Path("x"), "adult.csv", datetime(2026, 3, 4, 10, 5)),))
    assert entry.title == "Unsaved work on adult.csv"
    assert entry.line == "Kept on 4 March 2026 at 10:05"


def shown_entries(page: WelcomePage) -> list[str]:
    return [e.text() for e in page.findChildren(EntryButton) if not e.isHidden()]


def test_a_sample_is_one_click_away(window: Window, until: Until) -> None:
    page = window.page("")
    assert isinstance(page, WelcomePage)
    next(e for e in page.findChildren(EntryButton) if e.text() == "Penguins").click()
    until(lambda: window.session.opened is not None)
    assert window.session.opened.rows == 344
    assert window.current == "data"


def test_recent_files_are_listed_when_the_page_is_shown(
    window: Window, small_csv: Path, until: Until
) -> None:
    page = window.page("")
    remember_file(small_csv, 300, 3)
    window.show_page("data")
    window.show_page("")
    until(lambda: "small.csv" in shown_entries(page))


def test_work_that_was_not_saved_is_offered_and_can_be_gone_on_with(
    opened: Session, until: Until, app: object
) -> None:
    del app
    keeper = Keeper(opened)
    opened.set_kind("age", "category")
    until(lambda: opened.is_unsaved)
    keeper.keep()
    until(lambda: bool(unsaved()))
    keeper.close()
    again = Session()
    page = WelcomePage(again)
    offer = next(b for b in page.findChildren(QPushButton) if b.text() == "Go on with it")
    offer.click()
    until(lambda: again.opened is not None)
    assert again.opened.column("age").kind == "category"
    assert again.is_unsaved
    assert again.project is None
    again.close()
    page.deleteLater()


def test_unsaved_work_can_be_discarded(opened: Session, until: Until) -> None:
    keeper = Keeper(opened)
    opened.set_kind("age", "text")
    until(lambda: opened.is_unsaved)
    keeper.keep()
    until(lambda: bool(unsaved()))
    keeper.close()
    page = WelcomePage(opened)
    next(b for b in page.findChildren(QPushButton) if b.text() == "Discard").click()
    assert unsaved() == ()
    page.deleteLater()
