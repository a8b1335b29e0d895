"""What would be sent to a host, shown before it goes: the exact text, its masks, and consent."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from pellucid.report.palette import Palette
from pellucid.ui import theme
from pellucid.ui.pages import words_payload_view as view
from pellucid.ui.widgets.basic import button, label, let_shrink, paragraph, set_paragraph
from pellucid.ui.widgets.exact_text import ExactText
from pellucid.ui.widgets.switches import SwitchItem, SwitchList

_TEXT_HEIGHT, _MOST_LIST, _ROW, _TALL_ROW = 240, 264, 30, 44


class PayloadBlock(QWidget):
    """Asks to be shown what would go, then for consent.

    `wanted` asks for the payload, `masked` carries a column and whether it is to be masked.
    """

    wanted = Signal()
    masked = Signal(str, bool)
    agreed = Signal()
    withdrawn = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.payload: view.Payload | None = None
        self._lead = paragraph("", "muted")
        self.look = button("Show what would be sent", self.wanted.emit, "primary")
        self._heading, self._size = label("", "strong", wraps=True), paragraph("", "muted")
        self.text = ExactText("The exact text that would be sent first", _TEXT_HEIGHT)
        self._masks, self._columns = label("Masked columns", "strong"), paragraph("", "muted")
        self.switches = SwitchList("Columns; a switch that is on masks one")
        self._given = paragraph("")
        self.send = button("", self.agreed.emit, "primary")
        self.withdraw = button("Withdraw the agreement", self.withdrawn.emit)
        self.switches.switched.connect(self.masked)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.S2)
        for part in (self._lead, self.look, *self._shown()):
            column.addWidget(part)
        self.show_nothing("")

    def show_nothing(self, host: str) -> None:
        """Offer to show what would go to `host`, of which nothing is known yet."""
        self.payload = None
        set_paragraph(
            self._lead,
            f"Before anything goes to {host}, see word for word what would be sent.",
        )
        self._lead.show()
        self.look.show()
        for part in self._shown():
            part.hide()

    def show_payload(self, payload: view.Payload, columns: Sequence[str]) -> None:
        """Show what would be sent; `columns` are those of the table, in its order."""
        if payload is self.payload:
            return
        self.payload = payload
        for part in self._shown():
            part.show()
        self._lead.hide()
        self.look.hide()
        self._heading.setText(f"What would be sent to {payload.destination}")
        set_paragraph(self._size, view.size_line(payload))
        self.text.setPlainText(payload.text)
        set_paragraph(self._columns, view.masked_line(payload))
        rows = view.mask_rows(payload, columns)
        self.switches.set_items(
            [SwitchItem(row.name, row.name, is_on=row.is_masked, note=row.why) for row in rows]
        )
        height = sum(_TALL_ROW if row.why else _ROW for row in rows)
        self.switches.setFixedHeight(min(height + 4, _MOST_LIST))
        set_paragraph(self._given, view.agreed_line(payload))
        self._given.setVisible(payload.agreed)
        self.send.setText(view.agree_text(payload))
        let_shrink(self.send)
        self.withdraw.setVisible(payload.agreed)

    def set_busy(self, busy: bool) -> None:
        """Let nothing be asked for while something is on its way."""
        for part in (self.look, self.send, self.withdraw, self.switches):
            part.setEnabled(not busy)

    def set_colors(self, palette: Palette) -> None:
        self.switches.set_colors(palette)

    def _shown(self) -> tuple[QWidget, ...]:
        return (
            self._heading, self._size, self.text, self._masks, self._columns, self.switches,
            self._given, self.send, self.withdraw,
        )  # fmt: skip
