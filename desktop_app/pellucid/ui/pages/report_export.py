"""The right of the Report page: the format, Export, Open in browser, and where the file went."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from pellucid.ui import theme
from pellucid.ui.pages.report_view import FORMATS, Format
from pellucid.ui.widgets.basic import button, label, line, paragraph, set_paragraph

WIDTH = 248


class ExportPanel(QWidget):
    """Asks for an export; whoever listens knows how."""

    export_wanted = Signal()
    browser_wanted = Signal()
    folder_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedWidth(WIDTH)
        self._formats = QButtonGroup(self)
        self._contents, self._about = paragraph("", "muted"), paragraph("", "label")
        self.export = button("Export…", self.export_wanted.emit, "primary")
        self.browser = button("Open in browser", self.browser_wanted.emit)
        self._written, self._path = label("", "strong", wraps=True), label("", "label", wraps=True)
        self._folder = button("Show in folder", self.folder_wanted.emit, "quiet")
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.S4, theme.S4, theme.S4, theme.S4)
        column.setSpacing(theme.S2)
        column.addWidget(label("Export", "section"))
        column.addWidget(self._contents)
        column.addSpacing(theme.S2)
        segments = QHBoxLayout()
        segments.setSpacing(theme.S1)
        for i, form in enumerate(FORMATS):
            segment = QPushButton(form.name)
            segment.setCheckable(True)
            segment.setProperty("role", "segment")
            segment.setAccessibleDescription(form.about)
            self._formats.addButton(segment, i)
            segments.addWidget(segment, 1)
        column.addLayout(segments)
        column.addWidget(self._about)
        self._formats.idClicked.connect(self._show_format)
        self._formats.button(0).setChecked(True)
        self._show_format(0)
        column.addSpacing(theme.S2)
        column.addWidget(self.export)
        column.addWidget(self.browser)
        column.addSpacing(theme.S2)
        self._rule = line()
        for part in (self._rule, self._written, self._path):
            column.addWidget(part)
        column.addWidget(self._folder, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)
        self._path.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.show_written("", None)

    @property
    def format(self) -> Format:
        """The format that is chosen."""
        return FORMATS[max(0, self._formats.checkedId())]

    @property
    def written(self) -> str:
        """What is said of the last export."""
        return self._written.text()

    def _show_format(self, at: int) -> None:
        set_paragraph(self._about, FORMATS[at].about)

    def show_contents(self, said: str) -> None:
        set_paragraph(self._contents, said)

    def show_busy(self, busy: bool) -> None:
        """Rest the buttons while a file is being written."""
        self.export.setEnabled(not busy)
        self.browser.setEnabled(not busy)

    def show_written(self, said: str, path: Path | None) -> None:
        """Say what was written and where, or nothing."""
        self._written.setText(said)
        self._path.setText("\u200b/".join(str(path).split("/")) if path else "")
        for part in (self._rule, self._written, self._path, self._folder):
            part.setVisible(path is not None)
