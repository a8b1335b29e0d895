"""One whole session at the window: drop, fit, cancel, explain, change, read, export, save, reopen.

Run on a real screen, or under Xvfb:
    QT_QPA_PLATFORM=xcb python tests/ui/full_session.py FILE TARGET FOLDER [PICTURE]
It prints what it saw as one JSON object, with the modules that the process ended up with.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from gestures import drop
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDoubleSpinBox, QWidget

from pellucid.ui.app import make_app
from pellucid.ui.pages.explain import ExplainPage
from pellucid.ui.pages.explain_inputs import LevelEditor, TextOpener
from pellucid.ui.pages.explain_row import RowPanel
from pellucid.ui.pages.model import ModelPage
from pellucid.ui.pages.report import ReportPage
from pellucid.ui.pages.words import WordsPage
from pellucid.ui.session import Session
from pellucid.ui.window import Window

LIMIT_S = 900.0
P = TypeVar("P", bound=QWidget)


def change_an_input(row: RowPanel) -> bool:
    """Change what is in sight, numbers first, then levels and texts, until the prediction moves."""
    assert row.local is not None
    before = row.local.total
    for kind in (QDoubleSpinBox, LevelEditor, TextOpener):
        for editor in row.waterfall.findChildren(kind):
            if editor.isVisible():
                change(editor, row)
            if row.local.total != before:
                return True
    return False


def change(editor: QWidget, row: RowPanel) -> None:
    """Change one input as a user would; one that is missing stays so."""
    if isinstance(editor, QDoubleSpinBox) and editor.value() > editor.minimum():
        editor.stepBy(max(3, round(editor.value() / 4)))
    elif isinstance(editor, LevelEditor):
        editor.setCurrentIndex((editor.currentIndex() + 1) % editor.count())
        editor.activated.emit(editor.currentIndex())
    elif isinstance(editor, TextOpener):
        QTest.mouseClick(editor, Qt.MouseButton.LeftButton)
        text = row.words.text.text
        row.words.text.setPlainText(text[: len(text) // 2])


class Walk:
    """A user's walk through the window; each step waits for what a user would wait for."""

    def __init__(self, app: QApplication, window: Window) -> None:
        self.app, self.window, self.session = app, window, window.session
        self.seen: dict[str, object] = {}

    def until(self, condition: Callable[[], object], what: str) -> None:
        """Let the event loop run until something is there; fails with what was waited for."""
        end = time.monotonic() + LIMIT_S
        while not condition():
            if time.monotonic() > end:
                raise TimeoutError(f"waited for {what}; error: {self.session.error}")
            self.app.processEvents()
            time.sleep(0.005)

    def page(self, key: str, kind: type[P]) -> P:
        """Go to a page by its button in the rail."""
        QTest.mouseClick(self.window.rail.buttons[key], Qt.MouseButton.LeftButton)
        made = self.window.page(key)
        assert isinstance(made, kind)
        assert self.window.current == key
        return made

    def open(self, path: Path) -> None:
        drop(self.window, path)
        self.until(lambda: self.session.suggestions, "the table and its profile")
        self.seen["rows"] = self.session.opened.rows if self.session.opened else 0

    def fit(self, target: str) -> None:
        """Choose the target and the quick quality, press Fit, watch curves, read the scores."""
        model = self.page("model", ModelPage)
        decisions = model.decisions
        decisions.target.setCurrentText(target)
        decisions.target.textActivated.emit(target)
        assert self.session.target == target
        QTest.mouseClick(decisions.qualities.buttons()[0], Qt.MouseButton.LeftButton)
        bags: list[int] = []
        watch = self.session.model_changed.connect(lambda: bags.append(self.session.bags))
        QTest.mouseClick(decisions.fit, Qt.MouseButton.LeftButton)
        self.until(lambda: self.session.bags > 0 and model.grid.cards, "the first curves")
        self.until(lambda: self.session.summary is not None, "the finished model")
        self.session.model_changed.disconnect(watch)
        self.seen["bags"] = sorted(set(bags) - {0})

    def cancel_a_second_fit(self) -> None:
        model = self.page("model", ModelPage)
        before = self.session.summary
        QTest.mouseClick(model.decisions.fit, Qt.MouseButton.LeftButton)
        self.until(
            lambda: self.session.is_fitting and self.window.strip.cancel.isVisible(), "a job"
        )
        self.until(lambda: self.session.bags > 0, "curves of the second fit")
        QTest.mouseClick(self.window.strip.cancel, Qt.MouseButton.LeftButton)
        self.until(lambda: not self.session.is_fitting, "the end of the second fit")
        after = self.session.summary
        assert after is not None
        assert before is not None
        self.seen["kept_bags"] = after.bags
        self.seen["is_partial"] = after.bags < after.bags_asked

    def explain(self, number: int) -> None:
        """Read the whole model, then a row; change one of its inputs as a user would."""
        explain = self.page("explain", ExplainPage)
        self.until(lambda: self.session.explanation is not None, "the explanation")
        explain.tabs.setCurrentIndex(1)
        row = explain.row
        row.show_row(number)
        self.until(lambda: row.state is not None and row.state.number == number, "the row")
        assert row.local is not None
        self.seen["before"] = row.local.total
        self.until(lambda: change_an_input(row), "an input that moves the prediction")
        self.seen["after"] = row.local.total

    def explain_texts(self) -> None:
        """Read the row's text by its words, wait for what that is worth, and type into it."""
        model = self.session.model
        if model is None or not model.texts:
            return
        explain = self.page("explain", ExplainPage)
        explain.tabs.setCurrentIndex(2)
        side = explain.text.halves[0].side
        self.until(lambda: side.told is not None and side.text.text, "the row's text")
        assert side.told is not None
        told = side.told.explanation
        parts = sum(token.score[told.output] for token in told.tokens)
        gap = told.total[told.output] - told.intercept[told.output] - parts
        assert abs(gap) < 1e-9, gap
        self.until(lambda: not side.dots.isHidden(), "the worth of the explanation")
        word = told.tokens[len(told.tokens) // 2].text
        side.text.setPlainText(word)
        self.until(lambda: side.told is not None and side.text.text == word, "the typed text")
        self.seen["tokens"] = len(told.tokens)

    def read_and_export(self, folder: Path) -> None:
        words = self.page("words", WordsPage)
        self.until(lambda: words.claims, "the words")
        self.seen["claims"] = len(words.claims)
        QTest.mouseClick(words.claims[-1], Qt.MouseButton.LeftButton, pos=QPoint(8, 8))
        report = self.page("report", ReportPage)
        self.until(lambda: report.paper.blocks and report.paper.is_whole, "the report")
        page = folder / "report.html"
        report.export_to(page)
        self.until(lambda: report.panel.written, "the exported page")
        self.seen["page_bytes"] = page.stat().st_size

    def save_and_reopen(self, folder: Path) -> None:
        """Save, open another table, and come back to the project."""
        session, project = self.session, folder / "work.pellucid"
        assert session.model is not None
        terms = [term.name for term in session.model.terms]
        session.save(project)
        self.until(lambda: not session.is_unsaved and project.exists(), "the saved project")
        other = folder / "other.csv"
        other.write_text("a,b\n" + "".join(f"{i},{i % 3}\n" for i in range(50)), encoding="utf-8")
        drop(self.window, other)
        self.until(lambda: session.path == other and session.suggestions, "the other table")
        assert session.model is None
        drop(self.window, project)
        self.until(lambda: session.model is not None, "the project")
        assert session.model is not None
        assert [term.name for term in session.model.terms] == terms
        assert session.words is not None
        self.seen["project_bytes"] = project.stat().st_size


def walk(app: QApplication, window: Window, path: Path, target: str, folder: Path) -> Walk:
    """Take every step in order and return what was seen."""
    steps = Walk(app, window)
    steps.open(path)
    steps.fit(target)
    steps.cancel_a_second_fit()
    steps.explain(5)
    steps.explain_texts()
    steps.read_and_export(folder)
    steps.save_and_reopen(folder)
    assert window.session.error is None, window.session.error
    return steps


def main(path: Path, target: str, folder: Path, picture: Path | None) -> int:
    """Take the walk in a window of its own and print what was seen."""
    app = make_app()
    window = Window(Session())
    window.show()
    steps = walk(app, window, path, target, folder)
    if picture is not None:
        window.show_page("explain")
        steps.until(lambda: not window.session.job, "the engine to rest")
        window.grab().save(str(picture))
    told = {**steps.seen, "platform": app.platformName(), "modules": sorted(sys.modules)}
    window.close()
    print(json.dumps(told))
    return 0


if __name__ == "__main__":
    arguments = [Path(a) for a in sys.argv[1:]]
    shown = arguments[3] if len(arguments) > 3 else None
    sys.exit(main(arguments[0], sys.argv[2], arguments[2], shown))
