"""The frame: dropping a file, the rail, the palette, the banner, what the process loads."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from gestures import drop
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QAbstractButton, QLineEdit
from pytestqt.qtbot import QtBot

from pellucid.core.run import Progress
from pellucid.data.cache import tables_dir
from pellucid.report.palette import DARK
from pellucid.ui import theme
from pellucid.ui.commands import Command, matching
from pellucid.ui.session import Session
from pellucid.ui.states import ErrorState, JobState
from pellucid.ui.steps import STEPS, Known, step
from pellucid.ui.window import Window

Until = Callable[[Callable[[], bool]], None]
HEAVY = {
    "torch",
    "transformers",
    "sklearn",
    "interpret",
    "pandas",
    "scipy",
    "pyarrow",
    "vl_convert",
}


def test_a_dropped_file_is_opened_and_described(
    window: Window, small_csv: Path, until: Until
) -> None:
    drop(window, small_csv)
    until(lambda: window.current == "data")
    until(lambda: bool(window.session.suggestions))
    assert window.header.file.text() == "small.csv"
    assert window.header.facts.text() == "300 rows · 3 columns"
    assert window.header.target.text() == "paid"
    assert window.windowTitle() == "small.csv · Pellucid"
    assert "300 rows" in window.strip.text


def test_each_step_says_what_it_waits_for(window: Window, small_csv: Path, until: Until) -> None:
    for one in STEPS:
        assert "Waits for a file" in window.rail.buttons[one.key].toolTip()
    window.go_to("model")
    assert window.current == ""
    assert "waits for a file" in window.strip.text
    window.session.open_file(small_csv)
    until(lambda: bool(window.session.suggestions))
    waits = {key: made.reason for key, made in window.rail.buttons.items() if made.reason}
    assert waits == {"explain": "Waits for a model: fit one under Model"}


def test_what_a_step_waits_for_follows_from_what_there_is() -> None:
    assert (
        step("explain")
        .waits_for(Known(file=True, table=True, is_fitting=True))
        .startswith("Waits for the first curves")
    )
    assert step("model").waits_for(Known(file=True)) == "Waits until the whole file has been read"
    assert [one.waits_for(Known(True, True, True)) for one in STEPS] == [""] * 6


def test_pages_are_made_when_they_are_first_wanted(
    window: Window, small_csv: Path, until: Until
) -> None:
    assert set(window.pages) == {""}
    window.session.open_file(small_csv)
    until(lambda: bool(window.session.suggestions))
    for one in STEPS:
        window.go_to(one.key)
        assert window.stack.currentWidget() is window.pages[one.key]
        assert window.rail.buttons[one.key].isChecked()
    assert set(window.pages) == {"", *(one.key for one in STEPS)}


def test_keys_lead_to_pages_and_commands(
    window: Window, small_csv: Path, until: Until, qtbot: QtBot
) -> None:
    window.session.open_file(small_csv)
    until(lambda: bool(window.session.suggestions))
    window.activateWindow()
    qtbot.keyClick(window, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    assert window.current == "explore"
    qtbot.keyClick(window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    palette = window.palette_of_commands
    assert palette.isVisible()
    qtbot.keyClicks(palette.query, "predict city")
    qtbot.keyClick(palette.query, Qt.Key.Key_Return)
    assert window.session.target == "city"
    assert not palette.isVisible()
    qtbot.keyClick(window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(palette.query, Qt.Key.Key_Escape)
    assert not palette.isVisible()


def test_commands_are_found_by_their_words_and_what_waits_comes_last() -> None:
    commands = [
        Command("a", "Save the project", int, waits_for=lambda: "Waits for a table"),
        Command("b", "Open the sample Save", int),
        Command("c", "Predict save", int),
        Command("d", "Save", int),
    ]
    assert [c.key for c in matching(commands, "save")] == ["d", "b", "c", "a"]
    assert matching(commands, "nothing") == []


def test_every_command_has_a_title_of_its_own(window: Window) -> None:
    commands = window.actions_of.all()
    assert len({c.title for c in commands}) == len(commands)
    keys = [c.shortcut for c in commands if c.shortcut]
    assert len(keys) == len(set(keys))


def test_an_error_is_a_banner_with_what_was_kept_and_the_way_out(
    window: Window, tmp_path: Path, until: Until
) -> None:
    window.session.open_file(tmp_path / "nothing.csv")
    until(lambda: window.session.error is not None)
    assert window.banner.isVisible()
    assert window.banner.text.count(".") >= 2
    assert not window.banner.copy.isVisible()
    window.banner.dismissed.emit()
    assert not window.banner.isVisible()


def test_a_crash_offers_its_details(window: Window) -> None:
    window.banner.show_error(ErrorState("The engine stopped", details="what to send"))
    assert window.banner.copy.isVisible()
    window.banner.copy.click()
    assert QGuiApplication.clipboard().text() == "what to send"


def test_the_strip_shows_the_job_and_then_what_was_done(window: Window) -> None:
    strip = window.strip
    strip.say("Wrote report.html, 812 KB")
    strip.show_job(JobState("1", "fit", "Fitting", Progress("fitting bags", 3, 8)))
    assert strip.text == "Fitting bags, 3 of 8"
    assert strip.cancel.isVisible()
    strip.show_job(JobState("1", "fit", "Fitting", is_stopping=True))
    assert not strip.cancel.isEnabled()
    strip.show_job(None)
    assert strip.text == "Wrote report.html, 812 KB"
    assert not strip.cancel.isVisible()


def test_the_inspector_folds_away_and_stays_so(
    window: Window, small_csv: Path, until: Until
) -> None:
    window.session.open_file(small_csv)
    until(lambda: window.current == "data")
    assert window.inspector.isVisible()
    assert window.inspector.width() == theme.INSPECTOR_WIDTH
    window.fold_inspector()
    assert not window.inspector.isVisible()
    window.go_to("explore")
    window.go_to("data")
    assert not window.inspector.isVisible()


def test_the_whole_window_changes_its_look(window: Window) -> None:
    window.session.change_setting("appearance", "light")
    light = window.grab().toImage().pixelColor(600, 60).lightness()
    window.session.change_setting("appearance", "dark")
    assert window.session.palette is DARK
    assert window.grab().toImage().pixelColor(600, 60).lightness() < 60 < light


def test_a_window_comes_back_where_it_was(session: Session, qtbot: QtBot) -> None:
    window = Window(session)
    window.resize(1011, 707)
    window.show()
    qtbot.waitExposed(window)
    window.close()
    again_session = Session()
    again = Window(again_session)
    assert again.height() == 707  # the width is cut to that of the screen that tests run on
    again.close()
    window.deleteLater()
    again.deleteLater()


def test_everything_that_can_be_pressed_has_a_name(
    window: Window, small_csv: Path, until: Until
) -> None:
    window.session.open_file(small_csv)
    until(lambda: bool(window.session.suggestions))
    for key in ("", "data", "explore"):
        window.show_page(key)
    for made in window.findChildren(QAbstractButton):
        if made.isVisible():
            assert made.accessibleName() or made.text(), made
    for field in window.findChildren(QLineEdit):
        if field.isVisible():
            assert field.accessibleName(), field
            assert not field.acceptDrops()


SESSION = """
import sys, time
from pathlib import Path
from pellucid.ui.app import make_app
from pellucid.ui.session import Session
from pellucid.ui.window import Window
app = make_app()
session = Session()
window = Window(session)
window.show()
end = time.monotonic() + 300
session.open_file(Path(sys.argv[1]))
while not session.suggestions and time.monotonic() < end:
    app.processEvents()
for key in ("data", "explore", "model", "words", "report", "explain", ""):
    window.show_page(key)
    app.processEvents()
assert session.suggestions
window.close()
print(" ".join(sys.modules))
"""


@pytest.mark.parametrize("home_folder", ["home"])
def test_the_window_loads_no_model_library(small_csv: Path, home_folder: str) -> None:
    home = small_csv.parent / home_folder
    home.mkdir()
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PELLUCID_HOME": str(home)}
    done = subprocess.run(
        [sys.executable, "-c", SESSION, str(small_csv)],
        env=environment, capture_output=True, text=True, timeout=400, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert not HEAVY & {name.partition(".")[0] for name in done.stdout.split()}
    assert done.stderr == ""


def test_what_is_kept_to_save_time_can_be_thrown_away(
    window: Window, small_csv: Path, until: Until
) -> None:
    window.session.open_file(small_csv)
    until(lambda: bool(window.session.suggestions))
    left = tables_dir() / "left"
    left.mkdir()
    (left / "cells.duckdb").write_bytes(bytes(4_000_000))
    found = {command.key: command for command in window.actions_of.all()}
    assert re.fullmatch(r"Throw away tables .* \([\d.]+ MB\)", found["empty-tables"].title)
    assert found["empty-embeddings"].waits_for() == "Nothing is kept"

    found["empty-tables"].run()

    assert window.strip.text == "4 MB given back; the open table stays"
    assert not left.exists()
    assert window.session.opened is not None
    assert window.session.opened.store.exists()
