"""The decisions of a fit, already made and each changeable in place."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from pellucid.data.types import Column
from pellucid.models.types import Quality
from pellucid.ui import theme
from pellucid.ui.pages.model_draft import QUALITIES, Draft, FeatureRow, features_line
from pellucid.ui.pages.model_texts import TextDecisions
from pellucid.ui.widgets.basic import button, give_role, label, line, paragraph, set_paragraph
from pellucid.ui.widgets.columns import Upright, scrolled
from pellucid.ui.widgets.search_line import SearchLine
from pellucid.ui.widgets.switches import SwitchItem, SwitchList

WIDTH = 336
_SEARCH_FROM = 12
_LEAST_FEATURES, _FEATURE = 96, 32


class _Features(SwitchList):
    """A list that asks for little and takes all the height that is left."""

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(256, min(_LEAST_FEATURES, _FEATURE * max(1, len(self.items))))

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return self.sizeHint()


class DecisionsPanel(QWidget):
    """Shows a `Draft` and says what the user changes in it; it holds no state of its own."""

    target_chosen = Signal(str)
    positive_chosen = Signal(str)
    feature_switched = Signal(str, bool)
    quality_chosen = Signal(str)
    fit_wanted = Signal()
    stop_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedWidth(WIDTH)
        self._rows: tuple[FeatureRow, ...] = ()
        self.target, self.positive = _combo("Target"), _combo("Positive class")
        self.features = _Features("Features")
        self.search = SearchLine("Find a feature")
        self.texts = TextDecisions()
        self._about_target = paragraph("", "label")
        self._why = paragraph("", "label")
        self._about_features = label("", "label", wraps=True)
        self._about_quality = label("", "label", wraps=True)
        self._positive_row = QWidget()
        self.qualities = QButtonGroup(self)
        self.fit = button("Fit", self._go, "primary")
        self._is_fitting = False
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        inner = Upright()
        column = QVBoxLayout(inner)
        column.setContentsMargins(theme.S5, theme.S4, theme.S4, 0)
        column.setSpacing(theme.S2)
        column.addWidget(_numbered("1", "Predict"))
        column.addWidget(self.target)
        column.addWidget(self._about_target)
        column.addWidget(self._why)
        row = QHBoxLayout(self._positive_row)
        row.setContentsMargins(0, 0, 0, 0)
        name = label("Scores raise")
        name.setToolTip("The class whose odds a positive score raises, and whose AUC is measured")
        row.addWidget(name)
        row.addWidget(self.positive, 1)
        column.addWidget(self._positive_row)
        column.addWidget(_numbered("2", "From"))
        column.addWidget(self._about_features)
        column.addWidget(self.search)
        column.addWidget(self.features, 1)
        self._texts_head = _numbered("3", "Texts")
        column.addWidget(self._texts_head)
        column.addWidget(self.texts)
        self._quality_head = _numbered("4", "Quality")
        column.addWidget(self._quality_head)
        column.addLayout(self._segments())
        column.addWidget(self._about_quality)
        foot = QVBoxLayout()
        foot.setContentsMargins(theme.S5, theme.S2, theme.S4, theme.S4)
        foot.setSpacing(theme.S3)
        foot.addWidget(line())
        foot.addWidget(self.fit)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(scrolled(inner), 1)
        whole.addLayout(foot)

    def _segments(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(theme.S1)
        for i, choice in enumerate(QUALITIES):
            segment = QPushButton(choice.title)
            segment.setCheckable(True)
            segment.setProperty("role", "segment")
            segment.setToolTip(choice.cost)
            self.qualities.addButton(segment, i)
            row.addWidget(segment, 1)
        return row

    def _connect(self) -> None:
        self.target.textActivated.connect(self.target_chosen)
        self.positive.textActivated.connect(self.positive_chosen)
        self.features.switched.connect(self.feature_switched)
        self.search.textChanged.connect(lambda _: self._show_features())
        self.qualities.idClicked.connect(lambda i: self.quality_chosen.emit(QUALITIES[i].key))

    def _go(self) -> None:
        (self.stop_wanted if self._is_fitting else self.fit_wanted).emit()

    def show_target(
        self, columns: Sequence[Column], chosen: str | None, about: str, why: str
    ) -> None:
        """Show the target, what it makes of the task, and why it was suggested."""
        _fill(self.target, [column.name for column in columns], chosen)
        set_paragraph(self._about_target, about)
        set_paragraph(self._why, why)
        self._why.setVisible(bool(why))

    def show_classes(self, labels: Sequence[str], chosen: str | None) -> None:
        """Offer the positive class where there are two classes."""
        self._positive_row.setVisible(len(labels) == 2)
        if len(labels) == 2:
            _fill(self.positive, list(labels), chosen or labels[1])

    def show_features(self, rows: Sequence[FeatureRow]) -> None:
        """Show the switches and how many are on."""
        self._rows = tuple(rows)
        self._about_features.setText(features_line(self._rows))
        self.search.setVisible(len(self._rows) > _SEARCH_FROM)
        self._show_features()

    def _show_features(self) -> None:
        wanted = self.search.text().casefold()
        self.features.set_items(
            [
                SwitchItem(row.name, row.name, theme.KIND_ICONS[row.kind], row.is_used, row.why)
                for row in self._rows
                if wanted in row.name.casefold()
            ]
        )

    def show_texts(
        self, draft: Draft, texts: Sequence[str], others: Sequence[str], rows: int, *,
        has_model: bool, problem: str,
    ) -> None:  # fmt: skip
        """Show what is decided about texts; without any such column it is a line."""
        shown = bool(texts)
        self._texts_head.setVisible(shown)
        self.texts.setVisible(bool(texts or others))
        self._quality_head.findChildren(QLabel)[0].setText("4" if shown else "3")
        self.texts.show_decisions(draft, texts, others, rows, has_model=has_model, problem=problem)

    def show_quality(self, quality: Quality) -> None:
        """Show how carefully to fit, and what that costs."""
        at = next(i for i, choice in enumerate(QUALITIES) if choice.key == quality)
        self.qualities.button(at).setChecked(True)
        self._about_quality.setText(QUALITIES[at].cost)

    def show_action(self, draft: Draft, *, fitting: bool, fitted: bool) -> None:
        """Name the button by what it does now; decisions rest while a fit runs."""
        self._is_fitting = fitting
        self.fit.setText(
            "Stop, keep finished bags" if fitting else "Fit again" if fitted else "Fit"
        )
        self.fit.setEnabled(draft.target is not None)
        give_role(self.fit, "" if fitting else "primary")
        for part in (self.target, self.positive, self.features, self.texts,
                     *self.qualities.buttons()):  # fmt: skip
            part.setEnabled(not fitting)


def _combo(name: str) -> QComboBox:
    made = QComboBox()
    made.setAccessibleName(name)
    made.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    made.setMaxVisibleItems(16)
    return made


def _fill(combo: QComboBox, texts: Sequence[str], chosen: str | None) -> None:
    """Put texts into a combo box without its signals, unless they are there already."""
    if [combo.itemText(i) for i in range(combo.count())] != list(texts):
        combo.clear()
        combo.addItems(list(texts))
    combo.setCurrentIndex(combo.findText(chosen, Qt.MatchFlag.MatchExactly) if chosen else -1)


def _numbered(number: str, name: str) -> QWidget:
    """Return the heading of a decision, set off from the one before."""
    row = QWidget()
    layout = QHBoxLayout(row)
    layout.setContentsMargins(0, 0 if number == "1" else theme.S2, 0, 0)
    layout.setSpacing(theme.S2)
    layout.addWidget(label(number, "muted"))
    layout.addWidget(label(name, "section"))
    layout.addStretch(1)
    return row
