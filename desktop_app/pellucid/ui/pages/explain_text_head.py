"""The row of choices over a text: which row, which column, which class, in what pieces."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QPushButton, QSpinBox, QWidget

from pellucid.ui import theme
from pellucid.ui.pages import explain_text_view as view
from pellucid.ui.pages.explain_inputs import PLAIN_SPIN
from pellucid.ui.pages.explain_labels import likeliest
from pellucid.ui.readers import AnyModel
from pellucid.ui.widgets.basic import label


class TextHead(QWidget):
    """Keeps what is asked of texts in `asked`, and says when it has changed."""

    row_wanted = Signal(int)
    column_chosen = Signal()
    asked_changed = Signal()
    compared = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.asked = view.Asked(granularity="word")
        self.number, self._of = QSpinBox(), label("", "muted")
        self.column, self.output, self.contrast = QComboBox(), QComboBox(), QComboBox()
        self.pieces = QComboBox()
        self.compare = QPushButton("Compare")
        self._lay_out()
        self.number.valueChanged.connect(self.row_wanted)
        self.column.activated.connect(lambda _: self.column_chosen.emit())
        self.output.activated.connect(lambda _: self._class_chosen())
        self.contrast.activated.connect(lambda _: self._class_chosen())
        self.pieces.activated.connect(lambda _: self._pieces_chosen())
        self.compare.toggled.connect(self.compared)

    def _lay_out(self) -> None:
        for part, name in ((self.number, "Row number"), (self.column, "Text column"),
                           (self.output, "Class that is explained"),
                           (self.contrast, "Class that it is set against"),
                           (self.pieces, "Pieces that carry scores")):  # fmt: skip
            part.setAccessibleName(name)
        self.number.setFixedWidth(84)
        self.number.setStyleSheet(PLAIN_SPIN)
        self.number.lineEdit().setTextMargins(6, 0, 6, 0)
        self.number.setGroupSeparatorShown(True)
        for key, name in view.GRANULARITIES:
            self.pieces.addItem(name, key)
        self.pieces.setCurrentIndex(self.pieces.findData(self.asked.granularity))
        self.compare.setCheckable(True)
        self.compare.setToolTip("Set a second text, or a second method, beside this one")
        self._why, self._not = label("explain"), label("rather than")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.S2)
        for widget in (label("Row"), self.number, self._of, self.column, self._why, self.output,
                       self._not, self.contrast, label("in"), self.pieces):  # fmt: skip
            row.addWidget(widget)
        row.addStretch(1)
        row.addWidget(self.compare)

    def offer(self, model: AnyModel, count: int) -> None:
        """Offer what can be asked of a model, over a table of `count` rows."""
        with QSignalBlocker(self.number):
            self.number.setRange(1, max(1, count))
        self._of.setText(f"of {count:,}")
        columns = view.text_columns(model)
        _refill(self.column, [(name, name) for name in columns])
        self.column.setVisible(len(columns) > 1)
        several = model.outputs > 1
        for part in (self._why, self.output, self._not, self.contrast):
            part.setVisible(several)
        names = [(name, i) for i, name in enumerate(model.output_names)]
        first = (likeliest(model.task), -1)
        _refill(self.output, [first, *names] if several else [])
        _refill(self.contrast, [(_against(model), -1), *names] if several else [])
        if several:
            self._take_classes()
        else:
            self.asked = replace(self.asked, output=None, contrast=None)

    def show_number(self, number: int) -> None:
        """Show which row is meant, without asking for it."""
        with QSignalBlocker(self.number):
            self.number.setValue(number)

    @property
    def text_column(self) -> str:
        return str(self.column.currentData() or "")

    def _pieces_chosen(self) -> None:
        self.asked = replace(self.asked, granularity=self.pieces.currentData())
        self.asked_changed.emit()

    def _class_chosen(self) -> None:
        self._take_classes()
        self.asked_changed.emit()

    def _take_classes(self) -> None:
        output, contrast = self.output.currentData(), self.contrast.currentData()
        self.asked = replace(
            self.asked,
            output=output if output is not None and output >= 0 else None,
            contrast=contrast if contrast is not None and contrast >= 0 else None,
        )


def _against(model: AnyModel) -> str:
    return "its absence" if model.task.kind == "multilabel" else "all others"


def _refill(combo: QComboBox, items: list[tuple[str, object]]) -> None:
    """Put other items into a combo box; what was chosen stays where it still exists."""
    before = combo.currentData()
    if [combo.itemText(i) for i in range(combo.count())] == [name for name, _ in items]:
        return
    combo.clear()
    for name, data in items:
        combo.addItem(name, data)
    combo.setCurrentIndex(max(0, combo.findData(before)) if items else -1)
    combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
