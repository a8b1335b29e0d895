"""The menus of a column: its order, its filters, its kind."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu

from pellucid.data.search import Filter, Sort
from pellucid.data.types import KINDS, Column, ColumnProfile
from pellucid.ui import theme
from pellucid.ui.pages.data_view import KIND_WORDS, cell_text, filter_text
from pellucid.ui.session import Session

_TOP_MOST = 8


def kind_menu(column: Column, session: Session) -> QMenu:
    """Return the kinds, with the column's own marked."""
    menu = QMenu("Kind")
    group = QActionGroup(menu)
    for kind in KINDS:
        action = QAction(KIND_WORDS[kind].capitalize(), menu)
        action.setIcon(theme.icon(theme.KIND_ICONS[kind], session.palette.muted, 16))
        action.setCheckable(True)
        action.setChecked(kind == column.kind)
        action.triggered.connect(lambda _=False, to=kind: session.set_kind(column.name, to))
        group.addAction(action)
        menu.addAction(action)
    return menu


def filter_menu(
    column: Column, profile: ColumnProfile | None, apply: Callable[[Filter], object]
) -> QMenu:
    """Return the filters that a column offers; few levels are named one by one."""
    menu = QMenu("Filter")
    offers = [Filter(column.name, "missing"), Filter(column.name, "present")]
    if column.misfits:
        offers.append(Filter(column.name, "misfit"))
    if column.kind in ("category", "boolean", "constant") and profile:
        offers += [Filter(column.name, "is", (top.value,)) for top in profile.top[:_TOP_MOST]]
    for wanted in offers:
        action = QAction(cell_text(filter_text(wanted))[:80].replace("&", "&&"), menu)
        action.triggered.connect(lambda _=False, one=wanted: apply(one))
        menu.addAction(action)
    return menu


def sort_menu(name: str, choose: Callable[[Sort], object]) -> QMenu:
    """Return the two ways to sort by a column."""
    menu = QMenu("Column")
    for text, sort in (("Sort up", Sort(name)), ("Sort down", Sort(name, descending=True))):
        action = QAction(text, menu)
        action.triggered.connect(lambda _=False, one=sort: choose(one))
        menu.addAction(action)
    return menu
