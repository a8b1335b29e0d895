"""The window: rail, header, page, inspector and job strip around one session."""

from __future__ import annotations

import importlib
from pathlib import Path

from PySide6.QtCore import QByteArray, QTimer
from PySide6.QtGui import (
    QCloseEvent,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QGuiApplication,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QLineEdit,
    QMainWindow,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from pellucid.ui import settings, theme
from pellucid.ui.actions import Actions
from pellucid.ui.header_view import header_text
from pellucid.ui.keeping import Keeper
from pellucid.ui.pages.welcome import WelcomePage
from pellucid.ui.session import Session
from pellucid.ui.steps import STEPS, Known, step
from pellucid.ui.widgets import tab_order
from pellucid.ui.widgets.banner import ErrorBanner
from pellucid.ui.widgets.basic import color_all
from pellucid.ui.widgets.command_palette import CommandPalette
from pellucid.ui.widgets.drop import DropVeil, dropped_file
from pellucid.ui.widgets.header import Header
from pellucid.ui.widgets.inspector import Inspector
from pellucid.ui.widgets.rail import Rail
from pellucid.ui.widgets.strip import JobStrip

WELCOME = ""
_LOAD_PAUSE_MS = 60
"""Between imports of pages after the start, so that the window answers meanwhile."""


class Window(QMainWindow):
    """Shows one document. Pages are imported when they are first wanted."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self.setWindowTitle("Pellucid")
        self.setMinimumSize(960, 600)
        self.setAcceptDrops(True)
        self.current = WELCOME
        self.pages: dict[str, QWidget] = {}
        self._shown_path: Path | None = None
        self._lay_out()
        self.keeper = Keeper(session, self)
        self.actions_of = Actions(self)
        self._connect()
        self._colour()
        self._restore_place()
        self.show_page(WELCOME)
        self._describe()
        self._to_load = [one.module for one in STEPS]
        self._loading = QTimer(self)
        self._loading.setInterval(_LOAD_PAUSE_MS)
        self._loading.timeout.connect(self._load_next)
        self._loading.start()

    def _lay_out(self) -> None:
        self.rail, self.header, self.strip = Rail(), Header(), JobStrip()
        self.banner, self.inspector, self.stack = ErrorBanner(), Inspector(), QStackedWidget()
        page = QVBoxLayout()
        page.setSpacing(0)
        page.addWidget(self.banner)
        page.addWidget(self.stack, 1)
        middle = QHBoxLayout()
        middle.setSpacing(0)
        middle.addLayout(page, 1)
        middle.addWidget(self.inspector)
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addWidget(self.header)
        right.addLayout(middle, 1)
        upper = QHBoxLayout()
        upper.setSpacing(0)
        upper.addWidget(self.rail)
        upper.addLayout(right, 1)
        whole = QWidget()
        outer = QVBoxLayout(whole)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addLayout(upper, 1)
        outer.addWidget(self.strip)
        self.setCentralWidget(whole)
        self.palette_of_commands = CommandPalette(self)
        self.veil = DropVeil(self)

    def _connect(self) -> None:
        session, actions = self.session, self.actions_of
        self.rail.wanted.connect(self.go_to)
        self.rail.home_wanted.connect(lambda: self.show_page(WELCOME))
        self.rail.appearance.clicked.connect(actions.show_appearances)
        self.header.file_wanted.connect(actions.show_file_menu)
        self.header.target_wanted.connect(actions.show_target_menu)
        self.header.model_wanted.connect(lambda: self.go_to("model"))
        self.header.commands_wanted.connect(actions.show_commands)
        self.header.inspector.clicked.connect(self.fold_inspector)
        self.strip.cancelled.connect(session.cancel)
        self.banner.dismissed.connect(session.clear_error)
        session.error_changed.connect(lambda: self.banner.show_error(session.error))
        session.job_changed.connect(self._show_job)
        session.notified.connect(self.strip.say)
        session.theme_changed.connect(self._colour)
        session.page_wanted.connect(self.go_to)
        session.file_wanted.connect(actions.open_file)
        session.inspector_wanted.connect(self._unfold)
        session.model_changed.connect(self._offer_inspector)
        session.rows_wanted.connect(self._show_rows)
        session.column_wanted.connect(self._show_column)
        session.opened_changed.connect(self._follow_file)
        for changed in (session.opened_changed, session.target_changed, session.model_changed,
                        session.fit_finished, session.saved_changed):  # fmt: skip
            changed.connect(self._describe)

    # Pages

    def _load_next(self) -> None:
        """Import one page's module while nothing else is to be done, so that it opens at once."""
        if self._to_load:
            importlib.import_module(self._to_load.pop(0))
        else:
            self._loading.stop()

    def go_to(self, key: str) -> None:
        """Show a step's page; without a file, say what the step waits for."""
        known = self.known()
        reason = step(key).waits_for(known)
        if reason and not known.file:
            self.rail.show_current(self.current)
            self.strip.say(f"{step(key).title}: {reason[0].lower()}{reason[1:]}")
            return
        self.show_page(key)

    def show_page(self, key: str) -> None:
        """Show a page, making it first if it has not been shown yet."""
        self.current = key
        self.stack.setCurrentWidget(self.page(key))
        self.rail.show_current(key)
        self.stack.setFocus()
        self._offer_inspector()

    def _offer_inspector(self) -> None:
        """Show what the page says of what is chosen in it, or no column where it says nothing."""
        offer = getattr(self.stack.currentWidget(), "inspector", None)
        widget = offer() if callable(offer) else None
        self.header.inspector.setVisible(widget is not None)
        if widget is not None:
            color_all(widget, self.session.palette)
        self.inspector.show_for(widget)

    def page(self, key: str) -> QWidget:
        """Return a page, importing and making it at its first use."""
        if key not in self.pages:
            made: QWidget
            if key == WELCOME:
                made = WelcomePage(self.session)
            else:
                module = importlib.import_module(step(key).module)
                made = getattr(module, step(key).page)(self.session)
            for field in made.findChildren(QLineEdit):
                field.setAcceptDrops(False)  # so that a file dropped on a field is opened too
            color_all(made, self.session.palette)
            self.pages[key] = made
            self.stack.addWidget(made)
        return self.pages[key]

    def known(self) -> Known:
        session = self.session
        return Known(
            session.path is not None,
            session.opened is not None,
            session.model is not None or session.network is not None,
            session.is_fitting,
        )

    def _show_rows(self, filters: object) -> None:
        self.show_page("data")
        apply = getattr(self.page("data"), "apply_filters", None)
        if callable(apply):
            apply(filters)

    def _show_column(self, name: str) -> None:
        self.show_page("data")
        show = getattr(self.page("data"), "show_column", None)
        if callable(show):
            show(name)

    def _follow_file(self) -> None:
        if self.session.path != self._shown_path:
            self._shown_path = self.session.path
            self.show_page("data" if self.session.path else WELCOME)

    # What the frame says

    def _describe(self) -> None:
        session, known = self.session, self.known()
        opened, preview = session.opened, session.preview
        size = (opened.rows, len(opened.columns)) if opened else None
        bags = (session.bags, session.bags_asked) if session.is_fitting else (0, 0)
        columns = len(preview.columns) if preview else 0
        self.header.show_text(
            header_text(session.path, size, columns, session.target, session.summary, bags,
                        session.is_unsaved)
        )  # fmt: skip
        for one in STEPS:
            self.rail.buttons[one.key].set_reason(one.waits_for(known))
        self.setWindowTitle(f"{session.path.name} · Pellucid" if session.path else "Pellucid")

    def _show_job(self) -> None:
        self.strip.show_job(self.session.job)
        self._describe()

    def fold_inspector(self) -> None:
        """Fold the inspector away, or unfold it."""
        unfolded = not self.session.settings.show_inspector
        self.session.change_setting("show_inspector", unfolded)
        self.inspector.unfold(unfolded)
        self.header.inspector.setChecked(unfolded)

    def _unfold(self) -> None:
        if not self.session.settings.show_inspector:
            self.fold_inspector()

    def _colour(self) -> None:
        palette = self.session.palette
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.setPalette(theme.qt_palette(palette))
            app.setStyleSheet(theme.style_sheet(palette))
        color_all(self, palette)
        drawing = "moon" if theme.is_dark(palette) else "sun"
        self.rail.appearance.set_drawing(drawing, palette)

    # Files held above the window

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802 - Qt's name
        path = dropped_file(event.mimeData())
        if path is not None:
            event.acceptProposedAction()
            self.veil.offer(path)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:  # noqa: N802 - Qt's name
        self.veil.hide()
        super().dragLeaveEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802 - Qt's name
        self.veil.hide()
        path = dropped_file(event.mimeData())
        if path is not None:
            event.acceptProposedAction()
            self.session.open_file(path)

    # Place

    def focusNextPrevChild(self, forward: bool) -> bool:  # noqa: N802 - Qt's name
        """Go where the Tab key leads in reading order; the palette keeps it while it is open."""
        palette = self.palette_of_commands
        root = palette if palette.isVisible() else self
        return tab_order.go(root, self.focusWidget(), forward=forward)

    def _restore_place(self) -> None:
        unfolded = self.session.settings.show_inspector
        self.inspector.unfold(unfolded)
        self.header.inspector.setChecked(unfolded)
        place = settings.load_place()
        if not place or not self.restoreGeometry(QByteArray.fromBase64(place.encode())):
            screen = QGuiApplication.primaryScreen().availableSize()
            self.resize(min(1280, screen.width()), min(800, screen.height()))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        self.inspector.fit(self.width())
        if self.palette_of_commands.isVisible():
            self.palette_of_commands.place()
        if self.veil.isVisible():
            self.veil.setGeometry(self.rect())

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 - Qt's name
        settings.save_place(self.saveGeometry().toBase64().toStdString())
        self._loading.stop()
        self.keeper.close()
        for page in self.pages.values():
            end = getattr(page, "shut_down", None)
            if callable(end):
                end()
        self.session.close()
        super().closeEvent(event)
