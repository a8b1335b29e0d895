"""Take pictures of every page and state, light and dark, in two sizes, with real data.

Run: python tests/screens/make_screens.py [FOLDER]; the folder is build/screens unless given. The
pictures are made off screen, so that they need no display; they need fonts that fontconfig finds.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["PELLUCID_HOME"] = tempfile.mkdtemp(prefix="pellucid-screens-")

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QScrollArea, QScrollBar, QWidget
from words_screens import show_reasons, show_words

from pellucid.core.paths import resource
from pellucid.data.search import Filter
from pellucid.models.types import FitOptions
from pellucid.ui.app import make_app
from pellucid.ui.session import Session
from pellucid.ui.settings import remember_file
from pellucid.ui.states import ErrorState
from pellucid.ui.steps import STEPS
from pellucid.ui.window import WELCOME, Window

ROOT = Path(__file__).resolve().parents[2]
REAL = ROOT.parent / "shared" / "data" / "adult" / "census_income.csv"
LOOKS = ("light", "dark")
SIZES = ((1280, 800), (1920, 1080))
PATIENCE_S = 3600.0
SETTLE_S = 0.35


class Studio:
    """A window, a real engine, and a folder for the pictures."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.app: QApplication = make_app()
        self.session = Session()
        self.window = Window(self.session)
        self.window.show()
        self.taken = 0

    def settle(self, seconds: float = SETTLE_S) -> None:
        """Let the event loop run for a moment."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            self.app.processEvents()
            time.sleep(0.005)

    def until(self, condition: Callable[[], object]) -> None:
        """Let the event loop run until something is true."""
        end = time.monotonic() + PATIENCE_S
        while not condition():
            if time.monotonic() > end:
                raise TimeoutError("what was to be pictured did not come")
            self.app.processEvents()
            time.sleep(0.005)

    def take(
        self, name: str, *, steady: bool = True, at_end: bool = False, beside: bool = False
    ) -> None:
        """Take the four pictures of what is shown; without `steady`, only the first.

        With `at_end` the page is scrolled to its end for each, with `beside` the inspector.
        """
        wanted = ((self.window.stack, at_end), (self.window.inspector, beside))
        ends = [part for part, is_wanted in wanted if is_wanted]
        self.settle(2 * SETTLE_S if steady else 0.0)  # what has just come is laid out first
        for look in LOOKS if steady else LOOKS[:1]:
            self.session.change_setting("appearance", look)
            for width, height in SIZES if steady else SIZES[:1]:
                self.window.resize(width, height)
                self.settle()
                for bar in [bar for part in ends for bar in scroll_bars(part)]:
                    bar.setValue(bar.maximum())
                self.settle(0.1 if ends else 0.0)
                path = self.folder / f"{name}-{look}-{width}x{height}.png"
                self.window.grab().save(str(path))
                self.taken += 1

    @contextmanager
    def error(self, error: ErrorState) -> Iterator[None]:
        """Show an error for as long as the block runs."""
        self.session.error = error
        self.session.error_changed.emit()
        yield
        self.session.clear_error()

    def close(self) -> None:
        self.window.close()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def scroll_bars(part: QWidget) -> list[QScrollBar]:
    """Return the upright scroll bars of what `part` shows at the moment."""
    areas = part.findChildren(QScrollArea)
    return [area.verticalScrollBar() for area in areas if area.isVisible()]


def show_start(studio: Studio) -> None:
    """Picture the window before a file is open."""
    studio.take("welcome-first-start")
    remember_file(resource("samples/bicycles_synthetic.csv"), 1461, 9)
    remember_file(resource("samples/penguins.csv"), 344, 8)
    studio.window.show_page("data")
    studio.window.show_page(WELCOME)
    studio.take("welcome-recent")
    studio.window.veil.offer(resource("samples/penguins.csv"))
    studio.take("welcome-drop")
    studio.window.veil.hide()
    studio.window.actions_of.show_commands()
    studio.take("commands")
    studio.window.palette_of_commands.dismiss()
    studio.session.open_file(ROOT / "no such file.csv")
    studio.until(lambda: studio.session.error)
    studio.take("welcome-error")
    studio.session.clear_error()
    for step in STEPS:  # each page as it stands while nothing is open
        studio.window.show_page(step.key)
        studio.take(f"{step.key}-empty")


def show_data(studio: Studio, path: Path) -> None:
    """Picture the Data and Explore pages, from the first rows on."""
    session, window = studio.session, studio.window
    session.open_file(path)
    studio.until(lambda: session.preview or session.opened)
    studio.take("data-first-rows", steady=False)
    studio.until(lambda: session.suggestions)
    window.show_page("data")
    studio.take("data")
    page = window.page("data")
    page.show_column(session.opened.columns[1].name)
    page.apply_filters((Filter(session.opened.columns[1].name, "missing"),))
    studio.settle(1.0)
    studio.take("data-filtered")
    page.search.setText("no such words anywhere")
    studio.settle(1.5)
    studio.take("data-no-match")
    page.search.clear()
    page.apply_filters(())
    page.choose(type(page.choice)())
    with studio.error(ErrorState("The engine stopped unexpectedly. What is shown is kept",
                                 hint="Start the step again", details="-")):  # fmt: skip
        studio.take("data-crash")
    window.show_page("explore")
    studio.take("explore")
    studio.take("explore-end", at_end=True)


def show_model(studio: Studio) -> None:
    """Picture a fit: before, while bags finish, and what came of it."""
    session, window = studio.session, studio.window
    window.show_page("explain")
    studio.take("explain-waiting")
    window.show_page("model")
    studio.take("model-ready")
    session.fit(FitOptions(session.target or "", quality="preview"))
    studio.until(lambda: session.bags or session.error or session.summary)
    studio.take("model-fitting", steady=False)
    window.show_page("explain")
    studio.take("explain-snapshot", steady=False)
    studio.until(lambda: session.summary or session.error)
    window.show_page("model")
    studio.take("model-done")
    studio.take("model-done-end", at_end=True)


def show_results(studio: Studio) -> None:
    """Picture what the model does, the words and the report."""
    session, window = studio.session, studio.window
    window.show_page("explain")
    studio.until(lambda: session.explanation or session.error)
    studio.take("explain")
    page = window.page("explain")
    page.whole.show_term(next(t.name for t in session.explanation.terms if t.kind == "pair"))
    studio.take("explain-pair")
    show_row(studio, 5)
    studio.take("explain-row")
    session.change_setting("audience", "layperson")
    session.change_setting("language", "de")
    studio.take("explain-row-german")
    session.change_setting("audience", "analyst")
    session.change_setting("language", "en")
    window.show_page("words")
    studio.until(lambda: session.words or session.error)
    studio.take("words")
    window.page("words").choose(window.page("words").page.claims[-3])
    studio.take("words-end", at_end=True)
    window.show_page("report")
    studio.until(lambda: session.report or session.error)
    studio.settle(1.0)
    studio.take("report")
    studio.take("report-end", at_end=True)
    if session.error:
        raise RuntimeError(session.error.message)


def show_row(studio: Studio, number: int) -> None:
    """Explain a row on the Explain page, one of its numbers changed."""
    page = studio.window.page("explain")
    page.tabs.setCurrentIndex(1)
    page.row.show_row(number)
    studio.until(lambda: page.row.state is not None and page.row.state.number == number)
    name, value = next((n, v) for n, v in page.row.state.original.items() if isinstance(v, float))
    page.row.edit(name, value * 1.2)
    studio.settle(0.3)


def show_classes(studio: Studio) -> None:
    """Picture a model of three classes."""
    session, window = studio.session, studio.window
    path = resource("samples/penguins.csv")
    session.open_file(path)
    studio.until(lambda: session.path == path and session.suggestions)
    session.fit(FitOptions("species", quality="preview"))
    studio.until(lambda: session.summary or session.error)
    window.show_page("model")
    studio.take("classes-model")
    window.show_page("explain")
    window.page("explain").tabs.setCurrentIndex(0)
    studio.until(lambda: session.explanation or session.error)
    studio.take("classes-explain")
    show_row(studio, 3)
    studio.take("classes-explain-row")


def show_quiz(studio: Studio) -> None:
    """Picture a quiz about the model that is there: its parts, its questions, its result."""
    page = studio.window.page("explain")
    page.tabs.setCurrentIndex(page.tabs.count() - 1)
    quiz = page.quiz
    studio.take("quiz")
    quiz.start.begin.click()
    studio.until(lambda: quiz.asking.quiz)
    for part in ("without", "with"):
        studio.take(f"quiz-teaching-{part}")
        quiz.asking.ready.click()
        studio.take(f"quiz-asking-{part}")
        for _ in range(len(quiz.asking.quiz.questions) // 2):
            quiz.asking.answer(0)
    studio.until(lambda: studio.session.quizzes)
    studio.take("quiz-result")
    quiz.result.back.click()
    studio.take("quiz-earlier")


def main(arguments: list[str]) -> int:
    """Take all pictures and print where they are."""
    folder = Path(arguments[0]) if arguments else ROOT / "build" / "screens"
    folder.mkdir(parents=True, exist_ok=True)
    studio = Studio(folder)
    try:
        show_start(studio)
        show_data(studio, REAL if REAL.is_file() else resource("samples/bicycles_synthetic.csv"))
        show_model(studio)
        show_results(studio)
        show_words(studio)
        show_classes(studio)
        show_reasons(studio)
        show_quiz(studio)
    finally:
        studio.close()
    print(f"{studio.taken} pictures in {folder}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
