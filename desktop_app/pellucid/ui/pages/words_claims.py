"""A claim on the Words page: a paragraph with small numbered marks that can be chosen."""

from __future__ import annotations

import html

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from pellucid.report.palette import LIGHT, Palette
from pellucid.ui import theme
from pellucid.ui.pages.words_view import ClaimView
from pellucid.ui.widgets.basic import paragraph

INTERPRETATION = "Interpretation"
_TOGETHER = 6
"""Marks that stay on one line with what is before them, so that none stands there alone."""
_INDENT = 14
_LINE_HEIGHT = 155


class ClaimText(QWidget):
    """One paragraph; choosing it or one of its marks asks for what it rests on."""

    chosen = Signal(object, int)
    """The claim, and the number of the mark that was chosen (0 for the whole claim)."""
    stepped = Signal(int)

    def __init__(self, claim: ClaimView, palette: Palette = LIGHT) -> None:
        super().__init__()
        self.claim, self._colors, self.is_chosen = claim, palette, False
        self.flag = ""
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(claim.text if claim.checked else f"{INTERPRETATION}: {claim.text}")
        self._about = f"Rests on {len(claim.marks)} facts. Enter shows them."
        self.setAccessibleDescription(self._about)
        self._text = QLabel()
        self._text.setWordWrap(True)
        self._text.setTextFormat(Qt.TextFormat.RichText)
        self._text.setFont(theme.font(theme.SECTION - 1))
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.LinksAccessibleByMouse)
        self._text.setFixedWidth(theme.MEASURE)
        self._text.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Minimum)
        self._text.linkActivated.connect(lambda link: self.chosen.emit(claim, int(link)))
        row = QHBoxLayout(self)
        row.setContentsMargins(_INDENT, 6, _INDENT, 6)
        row.addWidget(self._text)
        self.set_colors(palette)

    def set_colors(self, palette: Palette) -> None:
        self._colors = palette
        tint = palette.accent
        style = f"color:{tint}; text-decoration:none; font-size:15px; vertical-align:super"
        marks = "".join(
            f"{' ' if at and at % _TOGETHER == 0 else '&nbsp;'}"
            f'<a href="{mark.number}" style="{style}">{mark.number}</a>'
            for at, mark in enumerate(self.claim.marks)
        )
        text = html.escape(self.claim.text)
        if not self.claim.checked:
            aside = f"color:{self._colors.muted}; font-size:{theme.LABEL}px"
            text = f'<span style="{aside}">{INTERPRETATION}, not checked.</span> <i>{text}</i>'
        if self.flag:
            tint, size = self._colors.warning, theme.LABEL
            marks += f'<br><span style="color:{tint}; font-size:{size}px">⚠ {self.flag}</span>'
        style = f"line-height:{_LINE_HEIGHT}%; margin:0"
        self._text.setText(f'<p style="{style}">{text}{marks}</p>')
        self.update()

    def set_flag(self, flag: str) -> None:
        """Set a warning under the claim; none where it is empty."""
        if flag != self.flag:
            self.flag = flag
            self.set_colors(self._colors)
            about = f"{flag}. " if flag else ""
            self.setAccessibleDescription(f"{about}{self._about}")

    def set_chosen(self, chosen: bool) -> None:
        """Show whether its facts are in the inspector."""
        self.is_chosen = chosen
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(theme.MEASURE + 2 * _INDENT, super().sizeHint().height())

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        if event.button() is Qt.MouseButton.LeftButton:
            self.chosen.emit(self.claim, 0)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.chosen.emit(self.claim, 0)
        elif event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self.stepped.emit(1 if event.key() == Qt.Key.Key_Down else -1)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        super().focusOutEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        box = QRectF(self.rect())
        if self.is_chosen or self.underMouse():
            fills = theme.tints(self._colors)
            painter.setBrush(theme.color(fills.chosen if self.is_chosen else fills.hover))
            painter.drawRoundedRect(box, theme.RADIUS, theme.RADIUS)
        if self.is_chosen:
            painter.setBrush(theme.color(self._colors.accent))
            painter.drawRoundedRect(QRectF(2, 8, 3, box.height() - 16), 1.5, 1.5)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(theme.color(self._colors.accent))
            painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
        painter.end()


def set_apart(text: str, reason: str, role: str = "muted") -> QWidget:
    """Set what is no claim: a sentence that was left out, and why."""
    made = QWidget()
    column = QVBoxLayout(made)
    column.setContentsMargins(_INDENT, theme.S1, _INDENT, theme.S1)
    column.setSpacing(2)
    for said, own in ((text, ""), (reason, role)):
        if said:
            part = paragraph(said, own)
            part.setFixedWidth(theme.MEASURE)
            column.addWidget(part)
    return made
