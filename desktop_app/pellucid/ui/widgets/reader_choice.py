"""Whom words are for and in which language they are: a row of segments and a list."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QHBoxLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from pellucid.ui import theme
from pellucid.writing.row_languages.choosing import AUDIENCES

AUDIENCE_TITLES: Final = {name: name.capitalize() for name in AUDIENCES}


class ReaderChoice(QWidget):
    """Offers audiences and languages by their titles.

    `audience_chosen` and `language_chosen` carry the key of what the user has taken.
    """

    audience_chosen = Signal(str)
    language_chosen = Signal(str)

    def __init__(
        self, audiences: Mapping[str, str], languages: Mapping[str, str],
        parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self._audiences, self._languages = list(audiences), list(languages)
        self.segments = QButtonGroup(self)
        self.language = QComboBox()
        self.language.setAccessibleName("Language of the words")
        self.language.addItems(list(languages.values()))
        row = QHBoxLayout()
        row.setSpacing(theme.S1)
        for number, title in enumerate(audiences.values()):
            segment = QPushButton(title)
            segment.setCheckable(True)
            segment.setProperty("role", "segment")
            segment.setAccessibleName(f"Words for: {title}")
            self.segments.addButton(segment, number)
            row.addWidget(segment, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.S2)
        column.addLayout(row)
        column.addWidget(self.language)
        self.segments.idClicked.connect(lambda at: self.audience_chosen.emit(self._audiences[at]))
        self.language.activated.connect(lambda at: self.language_chosen.emit(self._languages[at]))

    def show_choice(self, audience: str, language: str) -> None:
        """Mark what is chosen, without announcing it."""
        self.segments.button(self._audiences.index(audience)).setChecked(True)
        with QSignalBlocker(self.language):
            self.language.setCurrentIndex(self._languages.index(language))
