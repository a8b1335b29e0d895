"""The Report page: the outline with its switches, the document, and its export."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QScrollArea,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from pellucid.core.paths import cache_dir
from pellucid.ui import theme
from pellucid.ui.pages import report_view as view
from pellucid.ui.pages.report_export import ExportPanel
from pellucid.ui.pages.report_paper import Paper
from pellucid.ui.session import Session
from pellucid.ui.widgets.basic import color_all, label, line
from pellucid.ui.widgets.columns import scrolled
from pellucid.ui.widgets.empty import EmptyState
from pellucid.ui.widgets.switches import SwitchItem, SwitchList

_OUTLINE_WIDTH = 264
_ICONS = {"chart": "explore", "table": "rows", "text": "kind-text", "note": "info"}


class ReportPage(QWidget):
    """Shows the document as it will be; a switch takes a block out of page and export alike."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.session = session
        self.outline, self.paper, self.panel = SwitchList("Outline"), Paper(), ExportPanel()
        self._entries: tuple[view.Entry, ...] = ()
        self._awaited: tuple[Path, int, bool] | None = None
        self._written: Path | None = None
        self._empty = EmptyState("report", "", "")
        self._lay_out()
        self._connect()
        self.refresh()

    def _lay_out(self) -> None:
        left = QWidget()
        left.setFixedWidth(_OUTLINE_WIDTH)
        column = QVBoxLayout(left)
        column.setContentsMargins(theme.S4, theme.S4, theme.S2, theme.S2)
        head = label("Outline", "section")
        head.setContentsMargins(theme.S2, 0, 0, 0)  # in line with the words of the list
        column.addWidget(head)
        column.addWidget(self.outline, 1)
        body = QWidget()
        row = QHBoxLayout(body)
        row.setContentsMargins(theme.S4, theme.S4, theme.S4, theme.S4)
        row.addWidget(self.paper, 0, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignHCenter)
        self._scroll: QScrollArea = scrolled(body, "surface")
        self._scroll.viewport().installEventFilter(self)
        filled = QWidget()
        whole = QHBoxLayout(filled)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(left)
        whole.addWidget(line(upright=True))
        whole.addWidget(self._scroll, 1)
        whole.addWidget(line(upright=True))
        whole.addWidget(self.panel)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self._empty)
        self._stack.addWidget(filled)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Fit the sheet to what the window leaves it."""
        if event.type() is QEvent.Type.Resize and watched is self._scroll.viewport():
            self.paper.fit_to(self._scroll.viewport().width() - 2 * theme.S4)
        return super().eventFilter(watched, event)

    def _connect(self) -> None:
        session = self.session
        session.report_changed.connect(self.refresh)
        session.words_changed.connect(self.refresh)
        session.opened_changed.connect(self.refresh)
        session.error_changed.connect(self.refresh)
        session.job_changed.connect(self._export_moved)
        self.outline.switched.connect(self.switch)
        self.outline.current.connect(self.scroll_to)
        self.panel.export_wanted.connect(self._ask_where)
        self.panel.browser_wanted.connect(self.open_in_browser)
        self.panel.folder_wanted.connect(self._show_folder)

    def refresh(self) -> None:
        """Show the report that is there, or ask for it."""
        session = self.session
        if session.report is None:
            self._stack.setCurrentIndex(0)
            self._say_why_empty()
            self._ask_for_report()
            return
        self._stack.setCurrentIndex(1)
        self._entries = view.outline(session.report, session.hidden)
        self.outline.set_items(
            [SwitchItem(e.key, e.title, _ICONS.get(e.kind, ""), e.is_shown, level=e.level,
                        wraps=True)
             for e in self._entries]
        )  # fmt: skip
        self.paper.show_report(session.report, session.hidden)
        color_all(self.paper, session.palette)
        self.panel.show_contents(view.contents_line(session.report, session.hidden))

    def _ask_for_report(self) -> None:
        session = self.session
        if session.opened is None or _failed(session) or session.is_fitting:
            return
        if session.words is None:
            session.ensure_words()
        elif not session.is_running("report"):
            session.request_report()

    def _say_why_empty(self) -> None:
        session = self.session
        if session.opened is None:
            self._empty.say("No document yet", "Open a file; its report is put together here.")
        elif _failed(session) and session.error is not None:
            error = session.error
            self._empty.say(error.message, " ".join(p for p in (error.kept, error.hint) if p))
        elif session.is_fitting:
            self._empty.say("Waiting for the fit", "The report is put together when it is done.")
        else:
            self._empty.say("Putting the report together", "Words first, then its charts.")

    def switch(self, key: str, on: bool) -> None:
        """Switch a block on or off, a heading with all that stands under it."""
        entry = next(entry for entry in self._entries if entry.key == key)
        for name, hidden in view.switched(entry, on):
            self.session.set_hidden(name, hidden)

    def scroll_to(self, key: str) -> None:
        """Bring a block into view."""
        block = self.paper.blocks.get(key)
        if block is not None and block.isVisible():
            top = block.mapTo(self.paper, block.rect().topLeft()).y() + self.paper.y()
            self._scroll.verticalScrollBar().setValue(top - theme.S5)

    # Export

    def _ask_where(self) -> None:
        form = self.panel.format
        name = view.default_name(self.session.path, form.suffix)
        folder = self.session.path.parent if self.session.path else Path.home()
        chosen, _ = QFileDialog.getSaveFileName(
            self, "Export the report", str(folder / name), f"{form.name} (*{form.suffix})"
        )
        if chosen:
            path = Path(chosen)
            self.export_to(path if path.suffix else path.with_suffix(form.suffix))

    def export_to(self, path: Path, *, and_open: bool = False) -> None:
        """Write the report to `path`, and open it in the browser once it is there."""
        before = path.stat().st_mtime_ns if path.exists() else 0
        self._awaited = (path, before, and_open)
        self.panel.show_written("", None)
        self.session.clear_error()
        self.session.export(path)
        self.panel.show_busy(True)

    def open_in_browser(self) -> None:
        """Write a page into the cache and open that; what was exported is left alone."""
        folder = cache_dir() / "pages"
        folder.mkdir(mode=0o700, exist_ok=True)
        self.export_to(folder / view.default_name(self.session.path, ".html"), and_open=True)

    def _export_moved(self) -> None:
        """Notice that the file appeared: it does so whole or not at all."""
        if self._awaited is None or self.session.is_running("export"):
            return
        (path, before, and_open), self._awaited = self._awaited, None
        self.panel.show_busy(False)
        if not path.exists() or path.stat().st_mtime_ns == before:
            return
        self._written = path
        self.panel.show_written(view.written_line(path, path.stat().st_size), path)
        if and_open:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))

    def _show_folder(self) -> None:
        if self._written is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._written.parent)))


def _failed(session: Session) -> bool:
    return session.error is not None and session.error.job in ("write", "report")
