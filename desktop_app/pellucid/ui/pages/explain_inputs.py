"""Editors for what-if: a spin box for a number, a list for a level, a field for a date, a text."""

from __future__ import annotations

import math

from PySide6.QtCore import QLocale, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QResizeEvent, QWheelEvent
from PySide6.QtWidgets import (
    QComboBox,
    QDoubleSpinBox,
    QLineEdit,
    QPushButton,
    QStyle,
    QStyleOptionComboBox,
    QWidget,
)

from pellucid.core.errors import UserError
from pellucid.core.numbers import are_years
from pellucid.explain.cells import EMPTY, level_label
from pellucid.ui.pages.explain_row_view import (
    MISSING,
    Input,
    Value,
    one_line,
    parse_date,
    value_text,
)

PLAIN_SPIN = """
QSpinBox::up-button, QSpinBox::down-button { width: 0; border: none; }
QDoubleSpinBox::up-button, QDoubleSpinBox::down-button { width: 0; border: none; }
QLineEdit, QLineEdit:focus {
    border: none; padding: 0; min-height: 0; background: transparent;
}
"""
"""A spin box without its small buttons: the arrow keys step it. `NoButtons` hides the text too."""


class NumberEditor(QDoubleSpinBox):
    """A number, or "missing" at the very bottom of its range; beyond training data is allowed."""

    value_changed = Signal(object)

    def __init__(self, about: Input, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setLocale(QLocale.c())
        self.setDecimals(about.decimals)
        self.setSingleStep(about.step)
        span = about.high - about.low if math.isfinite(about.high - about.low) else 1.0
        span = max(span, abs(about.low) if math.isfinite(about.low) else 1.0, 1.0)
        low = about.low if math.isfinite(about.low) else 0.0
        self.setRange(low - 100 * span, max(about.high, low) + 100 * span)
        self.setSpecialValueText(MISSING)
        self.setStyleSheet(PLAIN_SPIN)
        self.setGroupSeparatorShown(not (about.is_integer and are_years(about.low, about.high)))
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.setAccessibleName(about.column)
        self.setToolTip(f"Up and Down change it; type {MISSING} to leave the value out")
        self.lineEdit().setMaxLength(24)
        self.lineEdit().setTextMargins(6, 0, 6, 0)
        self.valueChanged.connect(self._announce)

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802 - Qt's name
        event.ignore()  # scrolling the page must not edit what lies under the pointer

    def show_value(self, value: Value) -> None:
        """Show a value without announcing it."""
        with QSignalBlocker(self):
            self.setValue(self.minimum() if not isinstance(value, float) else value)

    def _announce(self, value: float) -> None:
        self.value_changed.emit(None if value <= self.minimum() else value)


class LevelEditor(QComboBox):
    """One of the levels of the training data, "missing", or what the row holds beyond them."""

    value_changed = Signal(object)

    def __init__(self, about: Input, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(about.column)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(4)
        self.setMaxVisibleItems(16)
        for level in about.levels:
            self.addItem(level_label(level) or EMPTY, level)
        self.addItem(MISSING, None)
        self.activated.connect(lambda _: self.value_changed.emit(self.currentData()))

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802 - Qt's name
        event.ignore()  # scrolling the page must not edit what lies under the pointer

    def show_value(self, value: Value) -> None:
        """Show a value without announcing it; an unknown level is added at the top."""
        at = next((i for i in range(self.count()) if self.itemData(i) == value), -1)
        if at < 0:
            self.insertItem(0, level_label(str(value)), value)
            at = 0
        self.setCurrentIndex(at)
        self.setToolTip(self.currentText())

    def initStyleOption(self, option: QStyleOptionComboBox) -> None:  # noqa: N802 - Qt's name
        """Shorten a level that is wider than the field with an ellipsis; Qt would cut it off."""
        super().initStyleOption(option)
        control, part = QStyle.ComplexControl.CC_ComboBox, QStyle.SubControl.SC_ComboBoxEditField
        room = self.style().subControlRect(control, option, part, self).width() - 4
        shown = self.fontMetrics().elidedText(self.currentText(), Qt.TextElideMode.ElideRight, room)
        option.currentText = shown


class DateEditor(QLineEdit):
    """A date as text; what cannot be read is marked, and the last date stands."""

    value_changed = Signal(object)

    def __init__(self, about: Input, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(about.column)
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.textEdited.connect(self._read)

    def show_value(self, value: Value) -> None:
        """Show a value without announcing it."""
        self.setText(value_text(value, "date"))
        self._mark("")

    def _read(self, text: str) -> None:
        try:
            value = parse_date(text)
        except UserError as error:
            self._mark(f"{error.message}. {error.hint}")
            return
        self._mark("")
        self.value_changed.emit(value)

    def _mark(self, problem: str) -> None:
        self.setToolTip(problem)
        self.setProperty("invalid", bool(problem))
        self.style().unpolish(self)
        self.style().polish(self)


class TextOpener(QPushButton):
    """A text, shortened; pressing it opens the text beneath the bars, where it is edited."""

    value_changed = Signal(object)
    opened = Signal(str, bool)

    def __init__(self, about: Input, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._column, self._value = about.column, ""
        self.setCheckable(True)
        self.setProperty("role", "value")
        self.toggled.connect(lambda is_open: self.opened.emit(self._column, is_open))

    def show_value(self, value: Value) -> None:
        """Show a value without announcing it."""
        self._value = one_line(value) if isinstance(value, str) else MISSING
        self.setAccessibleName(f"{self._column}: {self._value}. Press to see its words")
        self.setToolTip("See the words of this text, and edit it")
        self._fit()

    def _fit(self) -> None:
        shown = self.fontMetrics().elidedText(
            self._value or "(empty)", Qt.TextElideMode.ElideRight, self.width() - 26
        )
        self.setText(shown.replace("&", "&&"))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        self._fit()


Editor = NumberEditor | LevelEditor | DateEditor | TextOpener


def editor_for(about: Input, parent: QWidget | None = None) -> Editor:
    """Make the editor of an input."""
    if about.kind == "number":
        return NumberEditor(about, parent)
    if about.kind == "text":
        return TextOpener(about, parent)
    return LevelEditor(about, parent) if about.kind == "level" else DateEditor(about, parent)
