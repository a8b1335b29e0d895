"""The header: what is open, what is predicted, by which model; and the way to every command."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QFrame, QHBoxLayout, QWidget

from pellucid.report.palette import LIGHT, Palette
from pellucid.ui import theme
from pellucid.ui.header_view import HeaderText
from pellucid.ui.widgets.basic import IconButton, label, paint_ground


class HeaderButton(QAbstractButton):
    """A part of the header that opens something: a muted word, a value, and an arrow."""

    def __init__(
        self, word: str, name: str, parent: QWidget, *, most: int = 260, opens: bool = True
    ) -> None:
        super().__init__(parent)
        self._word, self._most = word, most
        self._arrow = 18 if opens else 0
        self._palette: Palette = LIGHT
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(name)
        self.setToolTip(name)
        self.setFixedHeight(32)

    def set_value(self, value: str) -> None:
        """Show a value, shortened in its middle where it is long."""
        if value != self.text():
            self.setText(value)
            self.setAccessibleDescription(value)
            self.setFixedWidth(self.sizeHint().width())
            self.update()

    def set_colors(self, palette: Palette) -> None:
        self._palette = palette
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        from PySide6.QtGui import QFontMetrics

        word = QFontMetrics(theme.font()).horizontalAdvance(self._word + "  " * bool(self._word))
        value = QFontMetrics(theme.medium()).horizontalAdvance(self.text()) + 2
        return QSize(min(word + value + 2 * theme.S2 + 4 + self._arrow, self._most), 32)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        del event
        palette, painter = self._palette, QPainter(self)
        paint_ground(painter, self, palette)
        inner = QRectF(self.rect()).adjusted(theme.S2, 0, -theme.S2 - self._arrow, 0)
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        if self._word:
            painter.setFont(theme.font())
            painter.setPen(theme.color(palette.muted))
            painter.drawText(inner, flags, self._word)
            inner.setLeft(inner.left() + painter.fontMetrics().horizontalAdvance(self._word + "  "))
        painter.setFont(theme.medium())
        painter.setPen(theme.color(palette.text))
        metrics, middle = painter.fontMetrics(), Qt.TextElideMode.ElideMiddle
        painter.drawText(inner, flags, metrics.elidedText(self.text(), middle, int(inner.width())))
        if not self._arrow:
            return
        arrow = theme.pixmap("down", palette.muted, 14)
        painter.drawPixmap(self.width() - theme.S2 - 14, (self.height() - 14) // 2, arrow)


class SearchButton(HeaderButton):
    """Looks like the field that it opens."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__("", "Find a command (Ctrl+K)", parent)
        self.setFixedSize(196, 30)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        del event
        palette, more = self._palette, theme.tints(self._palette)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        focused = self.hasFocus()
        edge = 1.0 if focused else 0.5
        painter.setPen(QPen(theme.color(palette.accent if focused else more.control), 2 * edge))
        painter.setBrush(theme.color(more.hover if self.underMouse() else palette.background))
        painter.drawRoundedRect(
            QRectF(self.rect()).adjusted(edge, edge, -edge, -edge), theme.RADIUS, theme.RADIUS
        )
        painter.drawPixmap(8, (self.height() - 16) // 2, theme.pixmap("search", palette.muted, 16))
        painter.setPen(theme.color(palette.muted))
        painter.setFont(theme.font())
        words = QRectF(self.rect()).adjusted(30, 0, -8, 0)
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.drawText(words, middle | Qt.AlignmentFlag.AlignLeft, "Commands")
        painter.setFont(theme.font(theme.LABEL))
        painter.drawText(words, middle | Qt.AlignmentFlag.AlignRight, "Ctrl+K")


class Header(QFrame):
    """Emits what was asked for; the window answers with menus."""

    file_wanted = Signal()
    target_wanted = Signal()
    model_wanted = Signal()
    commands_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "ground")
        self.setFixedHeight(theme.HEADER_HEIGHT)
        self.setAccessibleName("Document")
        self._palette: Palette = LIGHT
        self.file = HeaderButton("", "Open, recent files, save and export", self, most=300)
        self.facts = label("", "muted")
        self.target = HeaderButton("Target", "Choose the column to predict", self)
        self.model = HeaderButton("Model", "See how the model does", self, opens=False)
        self.search = SearchButton(self)
        self.inspector = IconButton("panel", "Fold or unfold the inspector (Ctrl+I)", self)
        self.inspector.setCheckable(True)
        for made, signal in (
            (self.file, self.file_wanted),
            (self.target, self.target_wanted),
            (self.model, self.model_wanted),
            (self.search, self.commands_wanted),
        ):
            made.clicked.connect(lambda _=False, wanted=signal: wanted.emit())
        layout = QHBoxLayout(self)
        layout.setContentsMargins(theme.S2, 0, theme.S2, 0)
        layout.setSpacing(theme.S2)
        layout.addWidget(self.file)
        layout.addWidget(self.facts)
        layout.addSpacing(theme.S3)
        layout.addWidget(self.target)
        layout.addWidget(self.model)
        layout.addStretch()
        layout.addWidget(self.search)
        layout.addWidget(self.inspector)
        self.show_text(HeaderText())

    def show_text(self, text: HeaderText) -> None:
        """Show the parts; those that are empty are left out."""
        self.file.set_value(text.file or "Open a file")
        self.facts.setText(text.facts)
        self.facts.setVisible(bool(text.facts))
        self.target.set_value(text.target or "none")
        self.target.setVisible(bool(text.file))
        self.model.set_value(text.model or "none yet")
        self.model.setVisible(bool(text.file))

    def set_colors(self, palette: Palette) -> None:
        self._palette = palette
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        super().paintEvent(event)
        painter = QPainter(self)
        foot = QRectF(0, self.height() - 1, self.width(), 1)
        painter.fillRect(foot, theme.color(self._palette.border))
