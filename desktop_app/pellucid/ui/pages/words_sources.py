"""The block "What made the model say this?" under the facts that a claim cites."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pellucid.report.palette import LIGHT, Palette
from pellucid.ui import theme
from pellucid.ui.pages import words_sources_view as view
from pellucid.ui.pages.words_sources_state import SourcesState
from pellucid.ui.pages.words_view import ClaimView
from pellucid.ui.session import Session
from pellucid.ui.widgets.basic import (
    IconLabel,
    button,
    clear,
    color_all,
    label,
    line,
    paragraph,
    set_paragraph,
)
from pellucid.ui.widgets.busy_focus import BusyFocus
from pellucid.ui.widgets.columns import show_pairs
from pellucid.writing.source_words import ABOUT, BARS
from pellucid.writing.types import Words

_BAR = 10


class SourcesPanel(QWidget):
    """Offers a look at what made a model write the claim that is shown, and shows what it found."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session, self.state = session, SourcesState(session, self)
        self.shown: view.SourcesView | None = None
        self._focus = BusyFocus(self)
        self._subject: tuple[Words, ClaimView, Mapping[str, int]] | None = None
        self.about = paragraph("", "muted")
        self.start = button("Find out", self._look, "small")
        self.progress = label("", "muted", wraps=True)
        self.cancel = button("Cancel", self.state.cancel, "small")
        self.problem = paragraph("", "bad")
        self.result = QVBoxLayout()
        self.result.setSpacing(theme.S3)
        running = QHBoxLayout()
        running.addWidget(self.progress, 1)
        running.addWidget(self.cancel)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.S2)
        column.addWidget(line())
        column.addWidget(label("What made the model say this?", "strong", wraps=True))
        column.addWidget(self.about)
        column.addWidget(self.start, 0, Qt.AlignmentFlag.AlignLeft)
        column.addLayout(running)
        column.addWidget(self.problem)
        column.addLayout(self.result)
        self.state.changed.connect(self.refresh)
        session.job_changed.connect(self._show_progress)
        self.show_claim(None, None, {})

    def show_claim(
        self, words: Words | None, claim: ClaimView | None, numbers: Mapping[str, int]
    ) -> None:
        """Turn to a claim of `words`; `numbers` are those of the page's marks, by fact."""
        self._subject = (words, claim, numbers) if words is not None and claim is not None else None
        self.refresh()

    def _look(self) -> None:
        if self._subject is not None:
            words, claim, _ = self._subject
            if claim.written is not None:
                self.state.look(words, claim.written, [mark.fact for mark in claim.marks])

    def refresh(self) -> None:
        """Show how it stands with the claim."""
        clear(self.result)
        self.shown = None
        refused = view.refusal(*self._subject[:2]) if self._subject is not None else None
        self.setVisible(refused is not None)
        if self._subject is None or refused is None:
            return
        _, claim, numbers = self._subject
        found = self.state.found.get(claim.written) if claim.written is not None else None
        is_open = not refused and found is None
        is_looking = self.state.is_looking_at(claim.written)
        self._focus.hold(self.start, self.cancel)
        set_paragraph(self.about, refused or ABOUT)
        self.about.setVisible(found is None)
        self.start.setVisible(is_open and not is_looking)
        self.start.setEnabled(not self.state.is_busy)
        self.start.setToolTip("Waits for the look that runs" if self.state.is_busy else "")
        self.cancel.setVisible(is_open and is_looking)
        self.progress.setVisible(is_open and is_looking)
        self._show_progress()
        self._focus.give_back(self.cancel, self.start)
        problem = self.state.problems.get(claim.written, "") if claim.written is not None else ""
        set_paragraph(self.problem, problem)
        self.problem.setVisible(bool(problem))
        if found is not None:
            self.shown = view.sources_view(found, numbers)
            self._show_found(self.shown)

    def _show_progress(self) -> None:
        self.progress.setText(self.state.progress if self.state.is_busy else "")

    def _show_found(self, shown: view.SourcesView) -> None:
        head = QHBoxLayout()
        head.setSpacing(theme.S2)
        sign = IconLabel(shown.icon, shown.tone)
        sign.set_colors(self.session.palette)
        head.addWidget(sign, 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(label(shown.title, "strong", wraps=True), 1)
        self.result.addLayout(head)
        self.result.addWidget(paragraph(shown.sentence))
        self.result.addWidget(label(BARS, "label", wraps=True))
        rows = QVBoxLayout()
        rows.setSpacing(theme.S3)
        self._show_rows(rows, shown.first, shown.mark)
        self.result.addLayout(rows)
        if len(shown.rows) > len(shown.first):

            def show_all() -> None:
                clear(rows)
                self._show_rows(rows, shown.rows, shown.mark)
                more.hide()

            more = button(f"Show all {len(shown.rows)} facts of the prompt", show_all, "link")
            self.result.addWidget(more, 0, Qt.AlignmentFlag.AlignLeft)
        pairs = QVBoxLayout()
        show_pairs(pairs, shown.figures)
        self.result.addLayout(pairs)
        for note in shown.notes:
            self.result.addWidget(paragraph(note, "muted"))

    def _show_rows(self, layout: QVBoxLayout, rows: Sequence[view.SourceRow], mark: float) -> None:
        for row in rows:
            made = SourceFact(row, mark)
            color_all(made, self.session.palette)
            layout.addWidget(made)


class SourceFact(QWidget):
    """A fact of the prompt: whether it is cited, what it says, and a bar of what it is worth."""

    def __init__(self, row: view.SourceRow, mark: float) -> None:
        super().__init__()
        self.row = row
        self.setAccessibleName(row.said)
        self.setToolTip(row.said)
        head = QHBoxLayout()
        head.setSpacing(theme.S2)
        if row.number:
            head.addWidget(label(row.number, "strong"))
        head.addWidget(label(row.about, "strong" if row.is_cited else "muted"))
        note = label(row.note, "label", wraps=True)
        note.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        head.addWidget(note, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.S1)
        column.addLayout(head)
        column.addWidget(paragraph(row.text))
        if row.share is not None:
            column.addWidget(SourceBar(row.share, mark, is_cited=row.is_cited))


class SourceBar(QWidget):
    """A bar, filled where the fact is cited and outlined where it is not; a line where it counts.

    Only a fact that counts and is not cited has the colour of a warning.
    """

    def __init__(self, share: float, mark: float, *, is_cited: bool) -> None:
        super().__init__()
        self._share, self._mark, self._is_cited = share, mark, is_cited
        self._colors: Palette = LIGHT
        self.setFixedHeight(_BAR)

    def set_colors(self, palette: Palette) -> None:
        self._colors = palette
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        del event
        painter = QPainter(self)
        wide, colors = float(self.width()), self._colors
        painter.fillRect(QRectF(0, 2, wide, _BAR - 4), theme.color(theme.tints(colors).pressed))
        box = QRectF(0, 2, max(2.0, wide * self._share), _BAR - 4)
        if self._is_cited and self._share > 0:
            painter.fillRect(box, theme.color(colors.accent))
        elif self._share > 0:
            counts = self._share >= self._mark
            painter.setPen(QPen(theme.color(colors.warning if counts else colors.muted), 1))
            painter.drawRect(box.adjusted(0.5, 0.5, -0.5, -0.5))
        at = min(wide * self._mark, wide - 1)
        painter.fillRect(QRectF(at, 0, 1, _BAR), theme.color(colors.text))
