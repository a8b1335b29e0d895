"""A term over texts: its strongest n-grams as bars, one of them in context."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from pellucid.explain.corpus.language_types import NgramRow
from pellucid.explain.types import ModelExplanation, TermExplanation
from pellucid.report.charts import BarChart
from pellucid.report.palette import LIGHT, Palette
from pellucid.ui import theme
from pellucid.ui.charts.bars import BarLook, BarView
from pellucid.ui.pages import explain_ngrams_view as view
from pellucid.ui.widgets.basic import clear, label, line, paragraph, set_paragraph
from pellucid.ui.widgets.columns import Upright, scrolled
from pellucid.ui.widgets.search_line import SearchLine
from pellucid.ui.widgets.snippets import Snippet

_LOOK = BarLook(row=24.0, has_axis=False)
_CONTEXT_WIDTH, _CONTEXT_HEIGHT, _NARROW = 320, 216, 820


class _Side(QWidget):
    """The n-grams that raise, or those that lower, under a heading; `chosen` carries one."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._lines: tuple[view.NgramLine, ...] = ()
        self._title, self.bars = label("", "strong"), BarView(look=_LOOK)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.S1)
        column.addWidget(self._title)
        column.addWidget(self.bars)
        self.bars.chosen.connect(lambda at: self.chosen.emit(self._lines[at].ngram))

    def show_lines(
        self,
        title: str,
        lines: tuple[view.NgramLine, ...],
        chart: BarChart,
        scale: tuple[float, float],
        sentences: list[str],
    ) -> None:
        """Draw n-grams, strongest first, on the scale of both sides."""
        self._lines = lines
        self._title.setText(title if lines else "")
        self.bars.setVisible(bool(lines))
        self.bars.set_chart(chart, scale, sentences)


class NgramsPanel(QWidget):
    """Two-sided bars; choosing one shows where it stands in the training texts.

    `wanted` asks for examples of the term, with the output and the order of the bars.
    """

    wanted = Signal(str, int, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._palette: Palette = LIGHT
        self._term: TermExplanation | None = None
        self._explanation: ModelExplanation | None = None
        self._output = 0
        self._lines: tuple[view.NgramLine, ...] = ()
        self._rows: dict[str, NgramRow] = {}
        self._asked: tuple[str, int, str] | None = None
        self.chosen = ""
        self.title, self.subtitle = label("", "title", wraps=True), label("", "label", wraps=True)
        self.search, self.order = SearchLine("Find an n-gram"), QComboBox()
        self.sides = tuple(_Side() for _ in range(2))
        self.none = paragraph("", "muted")
        self.heading, self.said = label("", "section", wraps=True), paragraph("")
        self.waiting = paragraph("", "muted")
        self.examples = QVBoxLayout()
        self._lay_out()
        self.search.textChanged.connect(lambda _: self._show())
        self.order.activated.connect(lambda _: self._show())
        for side in self.sides:
            side.chosen.connect(self.choose)

    def _lay_out(self) -> None:
        self.search.setFixedWidth(200)
        self.order.setAccessibleName("Which n-grams are drawn")
        for key, name in view.ORDERS:
            self.order.addItem(name, key)
        head = QHBoxLayout()
        head.setSpacing(theme.S2)
        for part in (self.search, label("or see", "muted"), self.order):
            head.addWidget(part)
        head.addStretch(1)
        drawn = QWidget()
        column = QVBoxLayout(drawn)
        column.setContentsMargins(0, theme.S1, theme.S3, 0)
        column.addWidget(self.none)
        two = QHBoxLayout()
        two.setSpacing(theme.S4)
        for side in self.sides:
            two.addWidget(side, 1, Qt.AlignmentFlag.AlignTop)
        column.addLayout(two)
        column.addStretch(1)
        self._body = body = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        body.setSpacing(theme.S3)
        body.addWidget(scrolled(drawn), 1)
        self._rules = (line(upright=True), line())
        for rule in self._rules:
            body.addWidget(rule)
        self._beside = self._context()
        body.addWidget(self._beside)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(theme.S2)
        whole.addWidget(self.title)
        whole.addWidget(self.subtitle)
        whole.addLayout(head)
        whole.addLayout(body, 1)
        self.none.hide()

    def _context(self) -> QWidget:
        inner = Upright()
        right = QVBoxLayout(inner)
        right.setContentsMargins(0, theme.S1, theme.S2, 0)
        right.setSpacing(theme.S2)
        self.examples.setSpacing(theme.S3)
        for part in (self.heading, self.said, label("In context", "strong"), self.waiting):
            right.addWidget(part)
        right.addLayout(self.examples)
        right.addStretch(1)
        return scrolled(inner)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Set the context beside the bars, or under them where that would squeeze them."""
        super().resizeEvent(event)
        is_narrow = self.width() < _NARROW
        way = QBoxLayout.Direction
        self._body.setDirection(way.TopToBottom if is_narrow else way.LeftToRight)
        self._rules[0].setVisible(not is_narrow)
        self._rules[1].setVisible(is_narrow)
        free = 16777215
        self._beside.setMaximumSize(
            free if is_narrow else _CONTEXT_WIDTH, _CONTEXT_HEIGHT if is_narrow else free
        )
        self._beside.setMinimumSize(
            0 if is_narrow else _CONTEXT_WIDTH, _CONTEXT_HEIGHT if is_narrow else 0
        )

    def show_term(self, term: TermExplanation, explanation: ModelExplanation, output: int) -> None:
        """Show a term over texts for one of the outputs."""
        if self._term is not term or self._output != output:
            self._rows, self._asked = {}, None
        self._term, self._explanation, self._output = term, explanation, output
        self._show()

    def _show(self) -> None:
        term, explanation = self._term, self._explanation
        if term is None or explanation is None:
            return
        words, order = self.search.text(), self.order.currentData()
        found = (
            view.matching(term, self._output, words)
            if words.strip()
            else view.strongest(term, self._output, order)
        )
        self._lines = found
        chart = view.lines_chart(found, term, explanation, self._output)
        if not words.strip():
            self.title.setText(chart.caption.title)
            self.subtitle.setText(chart.caption.subtitle)
        set_paragraph(self.none, view.nothing_found(words, term))
        self.none.setVisible(not found)
        reach = view.reach(found)
        up = tuple(item for item in found if item.score > 0)
        down = tuple(item for item in reversed(found) if item.score <= 0)
        name = view.moved(explanation, self._output)
        for side, lines, verb, scale in (
            (self.sides[0], up, "Raise", (0.0, reach)),
            (self.sides[1], down, "Lower", (-reach, 0.0)),
        ):
            drawn = view.lines_chart(lines, term, explanation, self._output)
            said = [view.sentence(item, explanation, self._output) for item in lines]
            side.show_lines(f"{verb} {name}", lines, drawn, scale, said)
        if found and not any(item.ngram == self.chosen for item in found):
            self.chosen = max(found, key=lambda item: abs(item.score)).ngram
        self._show_one()
        self._want(term.columns[0], order)

    def _want(self, column: str, order: str) -> None:
        wanted = (column, self._output, order)
        if self._asked != wanted:
            self._asked = wanted
            self.wanted.emit(*wanted)

    def choose(self, ngram: str) -> None:
        """Show one of the n-grams that are drawn in context."""
        self.chosen = ngram
        self._show_one()

    def _show_one(self) -> None:
        item = next((one for one in self._lines if one.ngram == self.chosen), None)
        if item is None or self._explanation is None:
            return
        for side in self.sides:
            side.bars.select(item.ngram)
        self.heading.setText(f"“{item.ngram}”")
        set_paragraph(self.said, view.sentence(item, self._explanation, self._output))
        self._show_examples()

    def show_rows(self, rows: tuple[NgramRow, ...]) -> None:
        """Take a table of n-grams with their examples."""
        self._rows |= {row.ngram: row for row in rows}
        self._show_examples()

    def say(self, why: str) -> None:
        """Say why there are no examples."""
        set_paragraph(self.waiting, why)
        self.waiting.setVisible(bool(why))

    def _show_examples(self) -> None:
        clear(self.examples)
        row = self._rows.get(self.chosen)
        if row is None:
            if self._rows:
                self.say("Examples are kept for the strongest n-grams alone.")
            return
        self.say("" if row.examples else "No text of the table holds it any more.")
        for example in row.examples:
            self.examples.addWidget(Snippet(example, self._palette))

    def set_colors(self, palette: Palette) -> None:
        self._palette = palette
