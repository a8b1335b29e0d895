"""The order in which the Tab key goes through a window: as it is read, not as it was made."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget


def stops(root: QWidget) -> list[QWidget]:
    """Return what the Tab key reaches in `root`, in reading order."""
    return [widget for widget in in_reading_order(root) if _is_stop(widget)]


def after(root: QWidget, current: QWidget | None, *, forward: bool) -> QWidget | None:
    """Return the stop after `current`, or before it; round at the ends. None where there is none.

    From inside a stop, for example the line of a combo box, it goes on from that stop.
    """
    found = stops(root)
    while current is not None and current not in found:
        current = current.parentWidget() if current is not root else None
    if not found:
        return None
    if current is None:
        return found[0 if forward else -1]
    return found[(found.index(current) + (1 if forward else -1)) % len(found)]


def go(root: QWidget, current: QWidget | None, *, forward: bool) -> bool:
    """Move the focus on from `current`, and tell whether there was a stop to move it to."""
    wanted = after(root, current, forward=forward)
    if wanted is not None:
        way = Qt.FocusReason
        wanted.setFocus(way.TabFocusReason if forward else way.BacktabFocusReason)
    return wanted is not None


def in_reading_order(root: QWidget) -> Iterator[QWidget]:
    """Yield what is visible in `root`: rows from top to bottom, each from left to right.

    What stands inside a widget comes right after it, so that a column is gone through whole.
    """
    children = [
        child
        for child in root.children()
        if isinstance(child, QWidget) and child.isVisible() and not child.isWindow()
    ]
    children.sort(key=lambda child: (child.y(), child.x()))
    while children:
        bottom = children[0].y() + children[0].height()
        row = [child for child in children if child.y() < max(bottom, children[0].y() + 1)]
        children = [child for child in children if child not in row]
        for child in sorted(row, key=lambda child: (child.x(), child.y())):
            yield child
            yield from in_reading_order(child)


def _is_stop(widget: QWidget) -> bool:
    takes = widget.focusPolicy() & Qt.FocusPolicy.TabFocus
    return bool(takes) and widget.isEnabled() and widget.focusProxy() is None
