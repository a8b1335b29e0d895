"""Keys go through the window as it is read, and reach nothing without a name."""

from __future__ import annotations

import pytest
from hand_made import fill
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QComboBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from pellucid.ui.pages.explain import ExplainPage
from pellucid.ui.session import Session
from pellucid.ui.widgets import tab_order
from pellucid.ui.window import Window


@pytest.fixture
def form(window: Window) -> QWidget:
    """Return two columns whose parts were made from the last to the first."""
    made = QWidget(window)
    made.resize(600, 200)
    parts = {name: QPushButton(name) for name in ("d", "c", "b", "a")}
    parts["c"].setEnabled(False)
    right, left = QWidget(), QWidget()
    for column, names in ((right, "cd"), (left, "ab")):
        inner = QVBoxLayout(column)
        for name in names:
            inner.addWidget(parts[name])
    row = QHBoxLayout(made)
    row.addWidget(left)
    row.addWidget(right)
    combo = QComboBox()
    combo.setEditable(True)
    row.addWidget(combo)
    made.show()
    return made


def named(widgets: list[QWidget]) -> list[str]:
    return [w.text() if isinstance(w, QPushButton) else type(w).__name__ for w in widgets]


def test_columns_are_gone_through_one_after_the_other(form: QWidget) -> None:
    assert named(tab_order.stops(form)) == ["a", "b", "d", "QComboBox"]


def test_it_goes_round_and_on_from_inside_a_stop(form: QWidget) -> None:
    stops = tab_order.stops(form)
    inside = form.findChild(QLineEdit)
    assert tab_order.after(form, None, forward=True) is stops[0]
    assert tab_order.after(form, inside, forward=True) is stops[0]
    assert tab_order.after(form, stops[0], forward=False) is stops[-1]
    assert tab_order.after(QLabel("nothing to reach"), None, forward=True) is None


def test_the_tab_key_follows_it(window: Window) -> None:
    stops = tab_order.stops(window)
    stops[0].setFocus()
    QTest.keyClick(stops[0], Qt.Key.Key_Tab)
    assert window.focusWidget() is stops[1]
    QTest.keyClick(stops[1], Qt.Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
    assert window.focusWidget() is stops[0]
    window.actions_of.show_commands()
    inside = window.focusWidget()
    QTest.keyClick(inside, Qt.Key.Key_Tab)
    assert window.palette_of_commands.isAncestorOf(window.focusWidget())


@pytest.mark.parametrize("page", ["model", "explain", "words", "report"])
def test_all_that_can_be_used_has_a_name(
    session: Session, window: Window, qtbot: QtBot, page: str
) -> None:
    fill(session)
    window.resize(1280, 800)
    window.show_page(page)
    shown = window.page(page)
    tabs = shown.tabs if isinstance(shown, ExplainPage) else None
    for at in range(tabs.count() if tabs is not None else 1):
        if tabs is not None:
            tabs.setCurrentIndex(at)
        qtbot.wait(50)
        buttons = [w for w in window.findChildren(QAbstractButton) if w.isVisible()]
        reached = [*tab_order.stops(window), *buttons]
        assert [type(widget).__name__ for widget in reached if not _name(widget)] == []


def _name(widget: QWidget) -> str:
    said = widget.text() if isinstance(widget, QAbstractButton) else ""
    return widget.accessibleName() or said
