"""The whole model: the list of terms, the large chart, and what the inspector says of it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from pellucid.explain.types import ModelExplanation
from pellucid.report.palette import Palette
from pellucid.ui import theme
from pellucid.ui.charts.panel import ChartPanel
from pellucid.ui.pages import explain_view as view
from pellucid.ui.pages.explain_ngrams import NgramsPanel
from pellucid.ui.pages.explain_terms import TermList
from pellucid.ui.pages.explain_tree import TreePanel
from pellucid.ui.widgets.basic import label, line, paragraph, set_paragraph
from pellucid.ui.widgets.columns import scrolled, show_pairs


class WholeModel(QWidget):
    """One term at a time, large, with its verdict beneath."""

    term_changed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._explanation: ModelExplanation | None = None
        self.term = ""
        self.terms, self.panel = TermList(), ChartPanel(title_role="title")
        self.ngrams, self.tree = NgramsPanel(), TreePanel()
        self.classes = QComboBox()
        self.classes.setAccessibleName("Class")
        self.classes.setToolTip("The class whose scores are drawn")
        self._class_row = QWidget()
        self._lay_out()
        self.terms.chosen.connect(self.show_term)
        self.classes.activated.connect(lambda _: self._show_chart())

    def _lay_out(self) -> None:
        chooser = QHBoxLayout(self._class_row)
        chooser.setContentsMargins(0, 0, 0, 0)
        chooser.addWidget(label("Scores for", "muted"))
        chooser.addWidget(self.classes)
        chooser.addStretch(1)
        centre = QVBoxLayout()
        centre.setContentsMargins(theme.S5, theme.S4, theme.S5, theme.S4)
        centre.setSpacing(theme.S3)
        centre.addWidget(self._class_row)
        self._centre = QStackedLayout()
        self._centre.addWidget(scrolled(self.panel))
        self._centre.addWidget(self.ngrams)
        self._centre.addWidget(self.tree)
        centre.addLayout(self._centre, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.terms)
        row.addWidget(line(upright=True))
        row.addLayout(centre, 1)

    def show_explanation(self, explanation: ModelExplanation) -> None:
        """Show a model; the term shown before stays where it still exists."""
        self._explanation = explanation
        names = [term.name for term in explanation.terms]
        if not names:
            return
        keep = self.term if self.term in names else names[0]
        self.terms.show_rows(
            view.term_rows(explanation),
            keep,
            lambda name: view.shown_chart(name, explanation).chart,
        )
        self.show_term(keep)

    def show_term(self, name: str) -> None:
        """Show one term."""
        if self._explanation is None:
            return
        self.term = name
        self.terms.choose(name)
        self._show_classes()
        self._show_chart()
        self.term_changed.emit(name)

    def _show_classes(self) -> None:
        if self._explanation is None:
            return
        term = self._explanation.term(self.term)
        choices = view.class_choices(self._explanation, term)
        before = self.classes.currentData()
        self.classes.clear()
        for words, name in choices:
            self.classes.addItem(words, name)
        self.classes.setCurrentIndex(max(0, self.classes.findData(before)))
        self._class_row.setVisible(bool(choices))

    def _show_chart(self) -> None:
        if self._explanation is None:
            return
        chosen = self.classes.currentData() or view.ALL_CLASSES
        term = self._explanation.term(self.term)
        is_tree = term.kind == "leaves" and term.axes[0].tree is not None
        self._centre.setCurrentIndex(2 if is_tree else int(term.kind == "ngrams"))
        if is_tree or term.kind == "ngrams":
            outputs = self._explanation.outputs
            output = outputs.index(chosen) if chosen in outputs else 0
            panel = self.tree if is_tree else self.ngrams
            panel.show_term(term, self._explanation, output)
            return
        shown = view.shown_chart(self.term, self._explanation, chosen)
        self.panel.show_chart(shown.chart, shown.scale)

    def set_colors(self, palette: Palette) -> None:
        self.panel.set_colors(palette)


class TermInspector(QWidget):
    """What is known about the term shown, and how its chart is to be read."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = label("", "section", wraps=True)
        self._facts = QVBoxLayout()
        self._facts.setSpacing(theme.S2)
        self._evidence, self._how = paragraph(""), paragraph("", "muted")
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.S4, theme.S4, theme.S4, theme.S4)
        column.setSpacing(theme.S3)
        column.addWidget(self._name)
        column.addLayout(self._facts)
        column.addWidget(line())
        column.addWidget(label("Does it matter?", "strong"))
        column.addWidget(self._evidence)
        column.addWidget(label("How to read it", "strong"))
        column.addWidget(self._how)
        column.addStretch(1)

    def show_term(self, explanation: ModelExplanation, name: str) -> None:
        """Show what is known about a term."""
        self._name.setText(name)
        show_pairs(self._facts, view.summary_facts(explanation, name))
        set_paragraph(self._evidence, view.evidence_line(explanation, name))
        set_paragraph(self._how, view.reading_note(explanation, name))
