"""The panel "Who writes": choose a writer, see what would go where, examine it, have it write."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QFileDialog,
    QHBoxLayout,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from pellucid.ui import theme
from pellucid.ui.pages import words_writers_view as view
from pellucid.ui.pages.words_payload import PayloadBlock
from pellucid.ui.pages.words_writers_fields import FolderFields, ServerFields
from pellucid.ui.pages.words_writers_state import WriterState
from pellucid.ui.session import Session
from pellucid.ui.widgets.basic import (
    button,
    clear,
    give_role,
    label,
    let_shrink,
    line,
    paragraph,
    set_paragraph,
)
from pellucid.ui.widgets.busy_focus import BusyFocus, bring_into_view
from pellucid.ui.widgets.reader_choice import AUDIENCE_TITLES, ReaderChoice
from pellucid.ui.widgets.wrapping_button import WrappingButton


class WritersPanel(QWidget):
    """Shows a `WriterState`. `left` asks for the facts again."""

    left = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.state = WriterState(session, self)
        self.options: dict[view.Option, QRadioButton] = {}
        self._focus, self._told = BusyFocus(self), ""
        self._make()
        self._lay_out()
        self._connect()
        self._list_options()

    def open(self) -> None:
        """Look for servers, as the panel comes into sight."""
        self.state.look()

    def _make(self) -> None:
        self._group = QButtonGroup(self)
        self._search, self._about = label("", "label", wraps=True), paragraph("", "muted")
        self.again = button("Look again", self.state.look, "link")
        self.server, self.folder = ServerFields(), FolderFields()
        self.refused, self.waits = paragraph("", "warning"), label("", "label", wraps=True)
        self.reader = ReaderChoice(AUDIENCE_TITLES, view.LANGUAGE_TITLES)
        self.score, self.about_exam = (
            label("", "strong", wraps=True),
            label("", "label", wraps=True),
        )
        self.exam = WrappingButton("")
        self.exam.clicked.connect(lambda: self.state.take_exam())
        self.payload = PayloadBlock()
        self.write = button("Write", self.state.write, "primary")
        self.problem = label("", "bad", wraps=True)
        self.offline = QCheckBox("Stay offline")

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(label("Who writes", "section"))
        head.addStretch(1)
        head.addWidget(button("Back to the facts", self.left.emit, "link"))
        self._list = QVBoxLayout()
        self._list.setSpacing(theme.S2)
        looked = QHBoxLayout()
        looked.addWidget(self._search, 1)
        looked.addWidget(self.again)
        self._exam_box = QWidget()
        exam = QVBoxLayout(self._exam_box)
        exam.setContentsMargins(0, 0, 0, 0)
        exam.setSpacing(theme.S2)
        for part in (self.score, self.about_exam, self.exam):
            exam.addWidget(part)
        about_offline = label("Lets no connection leave this machine, whatever else is set.",
                              "label", wraps=True)  # fmt: skip
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.S4, theme.S4, theme.S4, theme.S4)
        column.setSpacing(theme.S3)
        column.addLayout(head)
        column.addLayout(self._list)
        column.addLayout(looked)
        column.addWidget(line())
        rest: list[QWidget] = [
            self._about, self.server, self.folder, self.refused, self.waits, self.reader,
            self._exam_box, self.payload, self.write, self.problem, line(), self.offline,
            about_offline,
        ]  # fmt: skip
        for widget in rest:
            column.addWidget(widget)
        column.addStretch(1)

    def _connect(self) -> None:
        session, state = self.session, self.state
        self.server.changed.connect(state.set_server)
        self.server.key_given.connect(state.keep_key)
        self.folder.changed.connect(state.set_folder)
        self.folder.weighed.connect(state.weigh)
        self.folder.browsed.connect(self._browse)
        self.reader.audience_chosen.connect(partial(session.change_setting, "audience"))
        self.reader.language_chosen.connect(partial(session.change_setting, "language"))
        self.payload.wanted.connect(state.show_payload)
        self.payload.masked.connect(state.mask)
        self.payload.agreed.connect(state.agree)
        self.payload.withdrawn.connect(state.withdraw)
        self.offline.clicked.connect(session.set_offline)
        state.listed.connect(self._list_options)
        state.changed.connect(self.refresh)
        session.job_changed.connect(self.refresh)

    def _browse(self) -> None:
        name = QFileDialog.getExistingDirectory(self, "Choose the folder of a language model")
        if name:
            self.folder.folder.setText(name)
            self.state.set_folder(name)
            self.state.weigh()

    def _list_options(self) -> None:
        clear(self._list)
        self.options = {}
        for option in view.options(self.state.known):
            made = QRadioButton(option.title.replace("&", "&&"))
            made.setAccessibleDescription(option.about)
            made.clicked.connect(partial(self.state.choose, option))
            self._group.addButton(made)
            self._list.addWidget(let_shrink(made))
            self.options[option] = made
        self._search.setText(view.search_line(self.state.found))
        self.refresh()

    def refresh(self) -> None:
        """Show what can be done with the draft as it is."""
        state, draft, now = self.state, self.state.draft, self.state.standing
        if state.is_busy:
            self._focus.hold(self.exam, self.payload, self.write)
        if state.need is not None:
            self._focus.hold(self.folder.weigh)
        if draft.option in self.options:
            self.options[draft.option].setChecked(True)
        set_paragraph(self._about, draft.option.about)
        self.again.setEnabled(not self.session.is_running("find_writers"))
        self._show_server(now)
        self._show_folder()
        set_paragraph(self.refused, view.refusal(now.host))
        self.refused.setVisible(now.is_refused)
        self.waits.setText(now.waits_for)
        self.waits.setVisible(bool(now.waits_for) and not now.is_refused)
        is_model = draft.option.sort != "builtin"
        self.reader.setVisible(is_model and not now.is_refused)
        self.reader.show_choice(draft.audience, draft.language)
        self._show_exam(is_model, now)
        self._show_payload(now)
        self._show_write(now)
        self._show_problem()
        self.offline.setChecked(self.session.is_offline)
        if not state.is_busy:
            self._focus.give_back(self.write)

    def _show_problem(self) -> None:
        """Say what went wrong, where it is seen."""
        problem = self.state.problem
        self.problem.setText(problem)
        self.problem.setVisible(bool(problem))
        if problem and problem != self._told:
            bring_into_view(self.problem)
        self._told = problem

    def _show_server(self, now: view.Standing) -> None:
        self.server.setVisible(self.state.draft.option.sort == "server")
        where = view.address(self.state.draft)
        host = where.destination if where else ""
        kept = self.state.key_from(host)
        about = view.key_line(kept, self.state.known.has_key_store, host)
        is_offered = bool(host) and not now.is_refused
        self.server.show_key(about, is_offered=is_offered, is_kept=kept in ("key store", "session"))

    def _show_folder(self) -> None:
        need = self.state.need
        self.folder.setVisible(self.state.draft.option.sort == "folder")
        self.folder.show_need(view.need_line(need) if need else "", is_known=need is not None)
        give_role(self.folder.need, "label" if need is None or need.fits else "warning")

    def _show_exam(self, is_model: bool, now: view.Standing) -> None:
        self._exam_box.setVisible(is_model and now.is_ready)
        state = self.state
        score, about = view.exam_lines(view.exam_of(state.draft, state.need, state.known.exams))
        self.score.setText(score)
        self.score.setVisible(bool(score))
        self.about_exam.setText(f"{about} {view.exam_note(now.host)}" if now.is_far else about)
        is_taking = self.session.is_running("take_exam")
        name = f"Send the exam to {now.host}" if now.is_far else "Examine it"
        self.exam.setText("Taking the exam…" if is_taking else name)
        self.exam.setEnabled(not state.is_busy)

    def _show_payload(self, now: view.Standing) -> None:
        self.payload.setVisible(now.is_far and now.is_ready)
        opened, shown = self.session.opened, self.state.payload
        if shown is None or opened is None:
            self.payload.show_nothing(now.host)
        else:
            self.payload.show_payload(shown, [column.name for column in opened.columns])
        self.payload.set_busy(self.state.is_busy)

    def _show_write(self, now: view.Standing) -> None:
        self.write.setVisible(now.is_ready and not now.is_far)
        self.write.setText("Writing…" if self.session.is_writing else "Write")
        self.write.setEnabled(not self.state.is_busy and self.session.opened is not None)
