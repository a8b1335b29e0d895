"""The decision about texts in the Model page: columns as chips, kind, encoder, tuning."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QMenu,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from pellucid.report.palette import LIGHT, Palette
from pellucid.ui import theme
from pellucid.ui.pages.model_draft import Draft
from pellucid.ui.pages.model_texts_view import (
    FOLDER,
    KINDS,
    EncoderChoice,
    chosen_encoder,
    encoder_choices,
    tune_line,
)
from pellucid.ui.widgets.basic import give_role, label
from pellucid.ui.widgets.chips import Chip
from pellucid.ui.widgets.flow import Flow


class TextDecisions(QWidget):
    """Shows what is decided about texts and says what the user changes; it keeps no state."""

    text_switched = Signal(str, bool)
    kind_chosen = Signal(str)
    encoder_chosen = Signal(object)
    folder_wanted = Signal()
    tune_switched = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._palette: Palette = LIGHT
        self._texts: tuple[str, ...] = ()
        self.chips = Flow()
        self.add = QPushButton("Read another as text")
        self.add.setProperty("role", "small")
        self.menu = QMenu(self)
        self.add.setMenu(self.menu)
        self.kinds = QButtonGroup(self)
        self.encoder = QComboBox()
        self.encoder.setAccessibleName("What knows the words")
        self.encoder.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.tune = QCheckBox("Tune it to the target first")
        self._about_kind = label("", "label", wraps=True)
        self._about_encoder = label("", "label", wraps=True)
        self._about_tuning = label("", "label", wraps=True)
        self._choices: tuple[EncoderChoice, ...] = ()
        self._lay_out()
        self.kinds.idClicked.connect(lambda i: self.kind_chosen.emit(KINDS[i].key))
        self.encoder.activated.connect(self._encoder_chosen)
        self.tune.clicked.connect(self.tune_switched)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.S2)
        column.addWidget(self.chips)
        self._more = QWidget()
        more = QVBoxLayout(self._more)
        more.setContentsMargins(0, 0, 0, 0)
        more.setSpacing(theme.S2)
        row = QHBoxLayout()
        row.setSpacing(theme.S1)
        for i, choice in enumerate(KINDS):
            segment = QPushButton(choice.title)
            segment.setCheckable(True)
            segment.setProperty("role", "segment")
            segment.setToolTip(choice.means)
            self.kinds.addButton(segment, i)
            row.addWidget(segment, 1)
        more.addLayout(row)
        for part in (self._about_kind, self.encoder, self._about_encoder, self.tune,
                     self._about_tuning):  # fmt: skip
            more.addWidget(part)
        column.addWidget(self._more)

    def show_decisions(
        self, draft: Draft, texts: Sequence[str], others: Sequence[str], rows: int, *,
        has_model: bool, problem: str = "",
    ) -> None:  # fmt: skip
        """Show a draft: the columns read as `texts`, and the `others` that could be."""
        self._texts = tuple(texts)
        self._show_chips(others)
        self._more.setVisible(bool(texts))
        at = next(i for i, choice in enumerate(KINDS) if choice.key == draft.kind)
        self.kinds.button(at).setChecked(True)
        self._about_kind.setText(problem or KINDS[at].means)
        give_role(self._about_kind, "warning" if problem else "label")
        self._choices = encoder_choices(draft.encoder, has_model=has_model)
        chosen = chosen_encoder(self._choices, draft.encoder, has_model=has_model)
        with QSignalBlocker(self.encoder):
            self.encoder.clear()
            for choice in self._choices:
                self.encoder.addItem(choice.title)
            self.encoder.setCurrentIndex(self._choices.index(chosen))
        self._about_encoder.setText(chosen.means)
        is_network, is_whole = chosen.key != "none", draft.kind == "transformer"
        self.tune.setVisible(is_network and not is_whole)
        self.tune.setChecked(draft.tune)
        self._about_tuning.setVisible(is_network)
        self._about_tuning.setText(tune_line(rows, tuned=draft.tune or is_whole))

    def _show_chips(self, others: Sequence[str]) -> None:
        self.chips.clear()
        for name in self._texts:
            chip = Chip(name, partial(self.text_switched.emit, name, False))
            chip.setToolTip(f"{name} is read as text. Press to take it off.")
            chip.setAccessibleName(f"{name} is read as text. Press to take it off")
            chip.set_colors(self._palette)
            self.chips.add(chip)
        self.menu.clear()
        for name in others:
            self.menu.addAction(
                name.replace("&", "&&"), partial(self.text_switched.emit, name, True)
            )
        if others:
            self.add.setText("Read another as text" if self._texts else "Read a column as text")
            self.chips.add(self.add)
        self.add.setVisible(bool(others))

    def _encoder_chosen(self, at: int) -> None:
        key = self._choices[at].key
        if key == FOLDER:
            self.folder_wanted.emit()
        else:
            self.encoder_chosen.emit(key)

    def set_colors(self, palette: Palette) -> None:
        self._palette = palette
