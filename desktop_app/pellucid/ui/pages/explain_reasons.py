"""The block under a row's words: a language model's own reasons, and whether they follow it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pellucid.explain.types import LocalExplanation
from pellucid.ui import theme
from pellucid.ui.pages import explain_reasons_view as view
from pellucid.ui.pages.explain_reasons_state import Asked, ReasonsState, Subject
from pellucid.ui.pages.words_payload import PayloadBlock
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
from pellucid.ui.widgets.columns import show_pairs
from pellucid.ui.widgets.fold import Fold
from pellucid.writing.own_reasons.types import Reasons
from pellucid.writing.own_reasons.words import ABOUT
from pellucid.writing.providers.addresses import address_of, is_url


class ReasonsPanel(QWidget):
    """Offers to ask a language model about the row that is shown, and shows what came of it."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session, self.state = session, ReasonsState(session, self)
        self.shown: view.ReasonsView | None = None
        self._told: Reasons | None = None
        self._row: tuple[int, int] | None = None
        self._is_edited = False
        self.about = paragraph("", "muted")
        self.choose = button("Choose who writes", self._choose, "link")
        self.start = button("Ask for the model’s own reasons", self._ask)
        self.payload = PayloadBlock()
        self.progress = label("", "muted", wraps=True)
        self.cancel = button("Cancel", self.state.cancel, "small")
        self.problem = paragraph("", "bad")
        self.result = QVBoxLayout()
        self.again = button("Ask again", self._ask, "link")
        self._lay_out()
        self.payload.wanted.connect(self._look)
        self.payload.masked.connect(self.state.mask)
        self.payload.agreed.connect(self.state.agree)
        self.payload.withdrawn.connect(self.state.withdraw)
        self.state.changed.connect(self.refresh)
        session.job_changed.connect(self._show_progress)
        for changed in (session.words_changed, session.offline_changed, session.model_changed):
            changed.connect(self.refresh)
        self.refresh()

    def _lay_out(self) -> None:
        self.result.setSpacing(theme.S3)
        running = QHBoxLayout()
        running.addWidget(self.progress, 1)
        running.addWidget(self.cancel)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, theme.S3, 0, 0)
        column.setSpacing(theme.S2)
        column.addWidget(line())
        column.addWidget(label("Reasons by a language model", "strong", wraps=True))
        column.addWidget(self.about)
        for part in (self.choose, self.start):
            column.addWidget(part, 0, Qt.AlignmentFlag.AlignLeft)
        column.addLayout(running)
        column.addWidget(self.problem)
        column.addWidget(self.payload)
        column.addLayout(self.result)
        column.addWidget(self.again, 0, Qt.AlignmentFlag.AlignLeft)

    def show_row(self, local: LocalExplanation, *, edited: bool) -> None:
        """Turn to a prediction; of one that is edited nothing can be asked."""
        self._row = (local.row, local.output) if local.row is not None else None
        self._is_edited = edited
        self.refresh()

    def _asked(self) -> Asked | None:
        """Return what would be asked now; None where something is lacking."""
        session = self.session
        if session.opened is None or session.fit_path is None or self._row is None:
            return None
        number, output = self._row
        subject = Subject(session.opened.store, session.fit_path, number - 1, output)
        return self.state.asked(subject)

    def _choose(self) -> None:
        self.session.page_wanted.emit("words")
        self.session.writers_wanted.emit()

    def _ask(self) -> None:
        asked = self._asked()
        if asked is not None:
            (self.state.look if _host(asked) else self.state.ask)(asked)

    def _look(self) -> None:
        asked = self._asked()
        if asked is not None:
            self.state.look(asked)

    def refresh(self) -> None:
        """Show how it stands with the prediction."""
        session, state = self.session, self.state
        self.setVisible(self._row is not None or self._is_edited)
        asked = None if self._is_edited or session.is_fitting else self._asked()
        host = _host(asked) if asked else ""
        is_offline = bool(host) and session.is_offline
        found = state.found.get(asked) if asked else None
        is_asking = asked is not None and state.is_asking(asked)
        is_open = asked is not None and found is None and not is_offline and not is_asking
        shown = state.payload[1] if state.payload and state.payload[0] == asked else None
        self._say_about(asked, host if is_offline else "")
        self.about.setVisible(found is None or shown is not None)
        self.choose.setVisible(session.language_writer is None and not self._is_edited)
        self.start.setVisible(is_open and not host)
        self.start.setEnabled(not state.is_busy)
        self.start.setToolTip("Waits for the row that is asked about" if state.is_busy else "")
        is_payload = bool(host) and not is_offline and not is_asking
        self.payload.setVisible(is_payload and (is_open or shown is not None))
        if shown is not None and session.opened is not None:
            self.payload.show_payload(shown, [column.name for column in session.opened.columns])
        else:
            self.payload.show_nothing(host)
        self.payload.set_busy(state.is_busy)
        self.progress.setVisible(is_asking)
        self.cancel.setVisible(is_asking)
        self._show_progress()
        self._show_problem(asked)
        self.again.setVisible(found is not None and not is_asking and not is_offline
                              and shown is None)  # fmt: skip
        self.again.setEnabled(not state.is_busy)
        self._show_found(None if is_asking else found)

    def _say_about(self, asked: Asked | None, offline_host: str) -> None:
        if self._is_edited:
            said = view.EDITED
        elif self.session.language_writer is None:
            said = view.NO_WRITER
        elif asked is None:
            said = view.NO_FIT
        else:
            said = view.offline_line(offline_host) if offline_host else ABOUT
        set_paragraph(self.about, said)

    def _show_progress(self) -> None:
        self.progress.setText(self.state.progress if self.state.is_busy else "")

    def _show_problem(self, asked: Asked | None) -> None:
        said = self.state.problems.get(asked, "") if asked else ""
        if asked in self.state.stopped:
            said = view.STOPPED
        self.problem.setProperty("role", "muted" if asked in self.state.stopped else "bad")
        self.problem.style().polish(self.problem)
        set_paragraph(self.problem, said)
        self.problem.setVisible(bool(said))

    def _show_found(self, found: Reasons | None) -> None:
        """Show what came of it; what is shown already stays, and with it what was unfolded."""
        if found is self._told:
            return
        self._told, self.shown = found, None
        clear(self.result)
        if found is None:
            return
        shown = self.shown = view.reasons_view(found)
        self.result.addWidget(_signed(shown.icon, shown.tone, shown.title, "strong"))
        self.result.addWidget(paragraph(shown.sentence))
        for note in shown.notes:
            self.result.addWidget(paragraph(note))
        self.result.addWidget(label(shown.outcome, "label", wraps=True))
        for place, one in enumerate(shown.reasons, start=1):
            self.result.addWidget(ReasonBlock(place, one))
        if shown.rejected:
            left = [_left_out(text, why) for text, why in shown.rejected]
            self.result.addWidget(Fold(f"Left out, and why ({len(left)})", left))
        pairs = QVBoxLayout()
        show_pairs(pairs, shown.figures)
        self.result.addLayout(pairs)
        for note in shown.limits:
            self.result.addWidget(paragraph(note, "muted"))
        color_all(self, self.session.palette)


class ReasonBlock(QWidget):
    """A reason: what it rests on and which way that is said to go, its sentence, its worth."""

    def __init__(self, place: int, one: view.ReasonView) -> None:
        super().__init__()
        self.one = one
        self.setAccessibleName(f"{one.about}, {one.sign[2:]}. {one.flag} {one.text} {one.note}.")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.S1)
        head = QHBoxLayout()
        head.setSpacing(theme.S2)
        head.addWidget(label(f"{place}  {one.about}", "strong", wraps=True), 1)
        head.addWidget(label(one.sign, one.way), 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(head)
        if one.flag:
            column.addWidget(_signed("warning", "warning", one.flag, "warning"))
        column.addWidget(paragraph(one.text, "" if one.is_checked else "muted"))
        icon, tone = ("check", "good") if one.is_checked else ("info", "muted")
        column.addWidget(_signed(icon, tone, one.note, "label"))


def _signed(icon: str, tone: str, text: str, role: str) -> QWidget:
    """Return a text behind a sign."""
    made = QWidget()
    row = QHBoxLayout(made)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(theme.S2)
    row.addWidget(IconLabel(icon, tone, 16), 0, Qt.AlignmentFlag.AlignTop)
    row.addWidget(label(text, role, wraps=True), 1)
    return made


def _left_out(text: str, why: str) -> QWidget:
    made = QWidget()
    column = QVBoxLayout(made)
    column.setContentsMargins(0, theme.S1, 0, theme.S2)
    column.setSpacing(2)
    for said, role in ((text, ""), (why, "muted")):
        if said:
            column.addWidget(paragraph(said, role))
    return made


def _host(asked: Asked) -> str:
    """Return where a question would go beyond this machine; "" where it stays."""
    writer = asked.writing.writer
    if not is_url(writer):
        return ""
    address = address_of(writer)
    return "" if address.is_here else address.destination
