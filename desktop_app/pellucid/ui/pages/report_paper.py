"""The document as it will be, drawn from its blocks: headings, text, charts, tables, notes."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import partial

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QVBoxLayout,
    QWidget,
)

from pellucid.report.document import (
    Block,
    ChartBlock,
    Heading,
    Note,
    Paragraph,
    Report,
    TableBlock,
    TokenStrip,
)
from pellucid.report.palette import LIGHT, Palette
from pellucid.ui import theme
from pellucid.ui.charts.bars import BarView
from pellucid.ui.charts.dots import DotView
from pellucid.ui.charts.panel import ChartPanel
from pellucid.ui.pages import report_view as view
from pellucid.ui.widgets.basic import IconLabel, clear, label, line, paragraph
from pellucid.ui.widgets.token_legend import TokenLegend
from pellucid.ui.widgets.token_text import TokenText
from pellucid.ui.widgets.turns import Turns

_MARGIN = 44
WIDTH, _LEAST_WIDTH = theme.MEASURE + 2 * _MARGIN, 480
_CHART_HEIGHT = 320
_STRIP_HEIGHTS = (32, 2_000)


class Paper(QWidget):
    """One long sheet; blocks are made once, one a turn, and switched on and off after that."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.fit_to(WIDTH)
        self._colors: Palette = LIGHT
        self._report: Report | None = None
        self._hidden: frozenset[str] = frozenset()
        self._turns = Turns(self)
        self.blocks: dict[str, QWidget] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(_MARGIN, _MARGIN, _MARGIN, _MARGIN)
        self._column.setSpacing(theme.S3)

    def fit_to(self, width: int) -> None:
        """Take the width of a sheet, or less where there is less."""
        self.setFixedWidth(max(_LEAST_WIDTH, min(WIDTH, width)))

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return the height at this width; a layout reckons it at the width of its longest word."""
        return QSize(self.maximumWidth(), self.heightForWidth(self.maximumWidth()))

    def show_report(self, report: Report, hidden: Collection[str]) -> None:
        """Show a report without its hidden blocks."""
        self._hidden = frozenset(hidden)
        if report is not self._report:
            self._report = report
            self._fill(report)
        for key, widget in self.blocks.items():
            widget.setVisible(key not in self._hidden)

    @property
    def is_whole(self) -> bool:
        """Whether every block has been made."""
        return self._turns.is_done

    def _fill(self, report: Report) -> None:
        clear(self._column)
        self.blocks = {}
        self._column.addWidget(label(report.title, "title", wraps=True))
        if report.subtitle:
            self._column.addWidget(paragraph(report.subtitle, "muted"))
        made = [partial(self._add, block) for block in report.blocks]
        self._turns.start((*made, partial(self._end, report)))

    def _add(self, block: Block) -> None:
        widget = block_widget(block, self._colors)
        self.blocks[block.key] = widget
        self._column.addWidget(widget)
        widget.setVisible(block.key not in self._hidden)

    def _end(self, report: Report) -> None:
        self._column.addSpacing(theme.S4)
        self._column.addWidget(line())
        self._column.addWidget(_provenance(report.provenance))

    def set_colors(self, palette: Palette) -> None:
        self._colors = palette
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(theme.color(self._colors.border))
        painter.setBrush(theme.color(self._colors.background))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 2, 2)
        painter.end()


def block_widget(block: Block, palette: Palette) -> QWidget:
    """Make the widget of a block."""
    if isinstance(block, Heading):
        made = label(block.text, "title" if block.level == 1 else "section", wraps=True)
        made.setContentsMargins(0, theme.S4, 0, 0)
        return made
    if isinstance(block, Paragraph):
        return paragraph(block.text)
    if isinstance(block, ChartBlock):
        return _chart(block, palette)
    if isinstance(block, TokenStrip):
        return _strip(block, palette)
    return _table(block) if isinstance(block, TableBlock) else _note(block, palette)


def _chart(block: ChartBlock, palette: Palette) -> QWidget:
    panel = ChartPanel()
    panel.set_colors(palette)
    panel.show_chart(block.chart)
    panel.setContentsMargins(0, theme.S2, 0, theme.S2)
    if panel.view is not None and not isinstance(panel.view, BarView | DotView):
        panel.view.setFixedHeight(_CHART_HEIGHT)
    return panel


def _table(block: TableBlock) -> QWidget:
    made = QWidget()
    column = QVBoxLayout(made)
    column.setContentsMargins(0, theme.S2, 0, theme.S2)
    column.setSpacing(theme.S2)
    column.addWidget(label(block.caption, "strong", wraps=True))
    grid = QGridLayout()
    grid.setHorizontalSpacing(theme.S4)
    grid.setVerticalSpacing(theme.S1)
    for at, (name, align) in enumerate(zip(block.header, block.align, strict=True)):
        grid.addWidget(_cell(name, align, "label"), 0, at)
    grid.addWidget(line(), 1, 0, 1, max(1, len(block.header)))
    for i, row in enumerate(block.rows, start=2):
        for at, (text, align) in enumerate(zip(row, block.align, strict=True)):
            grid.addWidget(_cell(text, align), i, at)
    column.addLayout(grid)
    return made


def _cell(text: str, align: str, role: str = "") -> QLabel:
    made = label(text, role, wraps=True)
    side = Qt.AlignmentFlag.AlignRight if align == "right" else Qt.AlignmentFlag.AlignLeft
    made.setAlignment(side | Qt.AlignmentFlag.AlignTop)
    return made


def _strip(block: TokenStrip, palette: Palette) -> QWidget:
    """Make a text with its marked words, what the marks mean and how the scores are to be read."""
    made = QWidget()
    column = QVBoxLayout(made)
    column.setContentsMargins(0, theme.S2, 0, theme.S2)
    column.setSpacing(theme.S1)
    column.addWidget(label(block.title, "strong", wraps=True))
    words, legend = TokenText(block.title, heights=_STRIP_HEIGHTS), TokenLegend()
    words.show_text("".join(piece.text for piece in block.pieces))
    words.show_marks(view.strip_marks(block), block.text)
    legend.say(f"speaks {block.raises}", f"speaks {block.lowers}")
    for part in (words, legend):
        part.set_colors(palette)
        column.addWidget(part)
    column.addWidget(label(view.strongest_line(block), "label", wraps=True))
    column.addWidget(label(block.caption, "label", wraps=True))
    return made


def _note(block: Note, palette: Palette) -> QWidget:
    made = QWidget()
    row = QHBoxLayout(made)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(theme.S2)
    is_warning = block.tone == "warning"
    icon = IconLabel("warning" if is_warning else "info", "warning" if is_warning else "muted")
    icon.set_colors(palette)
    row.addWidget(icon, 0, Qt.AlignmentFlag.AlignTop)
    row.addWidget(paragraph(block.text, "" if is_warning else "muted"), 1)
    return made


def _provenance(entries: Mapping[str, str]) -> QWidget:
    made = QWidget()
    grid = QGridLayout(made)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(theme.S3)
    grid.setVerticalSpacing(2)
    grid.setColumnStretch(1, 1)
    for row, (name, value) in enumerate(entries.items()):
        grid.addWidget(label(name, "label"), row, 0, Qt.AlignmentFlag.AlignTop)
        shown = label(_breakable(value), "label", wraps=True)
        grid.addWidget(shown, row, 1)
    return made


def _breakable(value: str) -> str:
    """Let a fingerprint or a long path break anywhere."""
    return value if len(value) < 50 or " " in value else "\u200b".join(value)
