"""The fields of the panel "Who writes": a server by its URL, with its key, and a folder."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from pellucid.ui import theme
from pellucid.ui.widgets.basic import button, label


def _field(name: str, hint: str) -> QLineEdit:
    made = QLineEdit()
    made.setAccessibleName(name)
    made.setPlaceholderText(hint)
    return made


class ServerFields(QWidget):
    """A URL, a model and a key. `key_given` carries a key, empty to forget the one that is kept."""

    changed = Signal(str, str)
    key_given = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.url = _field("URL of the server", "https://host/v1")
        self.model = _field("Model to ask", "The model’s name")
        self.key = _field("Key for the server", "Key, if it wants one")
        self.key.setEchoMode(QLineEdit.EchoMode.Password)
        self.keep = button("Keep", self._give)
        self.forget = button("Forget the key", self._forget, "link")
        self.about_key = label("", "label", wraps=True)
        self._key_row = QWidget()
        row = QHBoxLayout(self._key_row)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.S2)
        row.addWidget(self.key, 1)
        row.addWidget(self.keep)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.S2)
        for part in (self.url, self.model, self._key_row, self.about_key, self.forget):
            column.addWidget(part)
        for line in (self.url, self.model):
            line.textEdited.connect(self._tell)
        self.key.returnPressed.connect(self._give)

    def show_key(self, about: str, *, is_offered: bool, is_kept: bool) -> None:
        """Say where a key is kept; without `is_offered` none is asked for."""
        self._key_row.setVisible(is_offered)
        self.about_key.setVisible(is_offered)
        self.about_key.setText(about)
        self.forget.setVisible(is_offered and is_kept)

    def _tell(self) -> None:
        self.changed.emit(self.url.text(), self.model.text())

    def _give(self) -> None:
        if self.key.text():
            self.key_given.emit(self.key.text())
            self.key.clear()

    def _forget(self) -> None:
        self.key_given.emit("")


class FolderFields(QWidget):
    """The folder of a model, and what it needs. `weighed` asks for that."""

    changed = Signal(str)
    weighed = Signal()
    browsed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.folder = _field("Folder of the model", "The model’s folder")
        self.browse = button("Choose…", self.browsed.emit)
        self.weigh = button("See what it needs", self.weighed.emit)
        self.need = label("", "label", wraps=True)
        row = QHBoxLayout()
        row.setSpacing(theme.S2)
        row.addWidget(self.folder, 1)
        row.addWidget(self.browse)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.S2)
        column.addLayout(row)
        column.addWidget(self.weigh)
        column.addWidget(self.need)
        self.folder.textEdited.connect(self.changed)
        self.folder.returnPressed.connect(self.weighed)

    def show_need(self, said: str, *, is_known: bool) -> None:
        """Say what the model takes, or what there is to do first."""
        self.need.setText(said)
        self.need.setVisible(bool(said))
        self.weigh.setVisible(bool(self.folder.text()) and not is_known)
