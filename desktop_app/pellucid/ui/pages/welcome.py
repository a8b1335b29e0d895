"""The Welcome page: drop a file, take a sample, go on with recent or unsaved work."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen, QShowEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QFileDialog,
    QHBoxLayout,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from pellucid.project.unsaved import discard, unsaved
from pellucid.report.palette import LIGHT, Palette
from pellucid.ui import theme
from pellucid.ui.pages.welcome_view import (
    Entry,
    recent_entries,
    samples,
    unsaved_entries,
)
from pellucid.ui.session import Session
from pellucid.ui.settings import load_recent
from pellucid.ui.widgets.basic import IconLabel, button, clear, color_all, label, paint_ground
from pellucid.ui.widgets.columns import scrolled

_WIDTH = 760


class EntryButton(QAbstractButton):
    """A file as a line that opens it: icon, title, what it holds, and a date at the right."""

    def __init__(self, entry: Entry, drawing: str, run: Callable[[], object]) -> None:
        super().__init__()
        self._entry, self._drawing = entry, drawing
        self._palette: Palette = LIGHT
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setText(entry.title)
        self.setAccessibleName(entry.title)
        self.setAccessibleDescription(f"{entry.line} {entry.aside}".strip())
        self.setToolTip(str(entry.path))
        self.clicked.connect(lambda: run())

    def set_colors(self, palette: Palette) -> None:
        self._palette = palette
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(320, 52)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        del event
        palette, painter = self._palette, QPainter(self)
        paint_ground(painter, self, palette)
        painter.drawPixmap(12, 16, theme.pixmap(self._drawing, palette.muted, 20))
        inner = QRectF(44, 7, self.width() - 56, 20)
        painter.setFont(theme.font(theme.LABEL))
        painter.setPen(theme.color(palette.muted))
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(inner, right, self._entry.aside)
        aside = painter.fontMetrics().horizontalAdvance(self._entry.aside) + 12
        line = self._cut(self._entry.line, theme.LABEL, inner.width())
        painter.drawText(inner.translated(0, 20), left, line)
        painter.setFont(theme.medium())
        painter.setPen(theme.color(palette.text))
        title = self._cut(self._entry.title, theme.BODY, inner.width() - aside)
        painter.drawText(inner, left, title)

    def _cut(self, text: str, size: int, width: float) -> str:
        metrics = QFontMetrics(theme.medium(size))
        return metrics.elidedText(text, Qt.TextElideMode.ElideRight, int(width))


class DropArea(QAbstractButton):
    """The large target for a file; choosing it asks for one."""

    def __init__(self) -> None:
        super().__init__()
        self._palette: Palette = LIGHT
        self.setFixedHeight(200)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setText("Drop a CSV, or open a file")
        self.setAccessibleName(self.text())

    def set_colors(self, palette: Palette) -> None:
        self._palette = palette
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(_WIDTH, 200)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        del event
        palette, more = self._palette, theme.tints(self._palette)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        warm = self.underMouse() or self.hasFocus()
        pen = QPen(theme.color(palette.accent if warm else more.control), 2 if warm else 1.5)
        pen.setDashPattern([5.0, 4.0])
        painter.setPen(pen)
        painter.setBrush(theme.color(more.hover if self.isDown() else palette.surface))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 10, 10)
        middle = self.width() / 2
        drawing = theme.pixmap("drop", palette.accent, 36)
        painter.drawPixmap(QPointF(middle - 18, 42), drawing)
        centre = Qt.AlignmentFlag.AlignCenter
        painter.setPen(theme.color(palette.text))
        painter.setFont(theme.strong(theme.TITLE))
        painter.drawText(QRectF(0, 90, self.width(), 28), centre, self.text())
        painter.setPen(theme.color(palette.muted))
        painter.setFont(theme.font())
        said = "CSV, TSV or a Pellucid project. Nothing leaves this machine.  Ctrl+O"
        painter.drawText(QRectF(0, 124, self.width(), 20), centre, said)


class WelcomePage(QWidget):
    """What the window shows while no file is open, and whenever the mark is chosen."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.setProperty("role", "page")
        self.drop = DropArea()
        self.drop.clicked.connect(self._ask)
        self._unsaved, self._samples, self._recent = QVBoxLayout(), QVBoxLayout(), QVBoxLayout()
        lists = QHBoxLayout()
        lists.setSpacing(theme.S5)
        for column in (self._samples, self._recent):
            column.setSpacing(0)
            column.setAlignment(Qt.AlignmentFlag.AlignTop)
            lists.addLayout(column, 1)
        inner = QWidget()
        inner.setFixedWidth(_WIDTH + 2 * theme.S3)
        content = QVBoxLayout(inner)
        content.setContentsMargins(0, theme.S6, 0, theme.S6)
        content.setSpacing(theme.S4)
        content.addStretch(2)
        head = QVBoxLayout()  # set in by as much as the words of the lists are from their grounds
        head.setContentsMargins(theme.S3, 0, theme.S3, 0)
        head.setSpacing(theme.S4)
        head.addWidget(label("Open a table, see what is in it", "title"))
        head.addLayout(self._unsaved)
        head.addWidget(self.drop)
        content.addLayout(head)
        content.addSpacing(theme.S2)
        content.addLayout(lists)
        content.addStretch(3)
        around = QWidget()
        middle = QHBoxLayout(around)
        middle.addWidget(inner, 0, Qt.AlignmentFlag.AlignHCenter)
        scroll = scrolled(around)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scroll)
        session.opened_changed.connect(self._renew)
        self._renew()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        self._renew()
        super().showEvent(event)

    def _renew(self) -> None:
        """List anew what can be opened."""
        for layout in (self._unsaved, self._samples, self._recent):
            clear(layout)
        for entry in unsaved_entries(unsaved()):
            self._unsaved.addWidget(self._offer(entry))
        self._samples.addWidget(_heading("Samples"))
        for sample in samples():
            entry = Entry(sample.path, sample.title, sample.line)
            self._samples.addWidget(self._line(entry, "data"))
        self._recent.addWidget(_heading("Recent files"))
        recent = recent_entries(load_recent())
        for entry in recent:
            self._recent.addWidget(self._line(entry, "clock"))
        if not recent:
            self._recent.addWidget(_indented("Files that you open are listed here."))
        color_all(self, self._session.palette)

    def _line(self, entry: Entry, drawing: str) -> EntryButton:
        return EntryButton(entry, drawing, partial(self._session.open_file, entry.path))

    def _offer(self, entry: Entry) -> QWidget:
        """Return the card that offers unsaved work."""
        card = QWidget()
        card.setProperty("role", "offer")
        card.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        layout = QHBoxLayout(card)
        layout.setContentsMargins(theme.S3, theme.S2, theme.S2, theme.S2)
        layout.setSpacing(theme.S3)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(label(entry.title, "strong"))
        words.addWidget(label(entry.line, "label"))
        layout.addWidget(IconLabel("save", "accent", 20))
        layout.addLayout(words, 1)
        layout.addWidget(button("Discard", partial(self._discard, entry.path), "quiet"))
        layout.addWidget(button("Go on with it", partial(self._session.restore, entry.path)))
        return card

    def _discard(self, path: Path) -> None:
        discard(path)
        self._renew()

    def _ask(self) -> None:
        name, _ = QFileDialog.getOpenFileName(self, "Open", str(Path.home()))
        if name:
            self._session.open_file(Path(name))


def _heading(text: str) -> QWidget:
    made = label(text, "section")
    made.setContentsMargins(theme.S3, 0, 0, theme.S1)
    return made


def _indented(text: str) -> QWidget:
    made = label(text, "muted", wraps=True)
    made.setContentsMargins(theme.S3, theme.S1, 0, 0)
    return made
