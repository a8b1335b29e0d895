"""The Words page: what was found, set as a page to read, every paragraph tied to its facts."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtWidgets import (
    QHBoxLayout,
    QStackedLayout,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from pellucid.ui import theme
from pellucid.ui.pages import words_view as view
from pellucid.ui.pages.words_answer import AnswerBlock
from pellucid.ui.pages.words_answers import Answers
from pellucid.ui.pages.words_ask import AskBar
from pellucid.ui.pages.words_claims import ClaimText, set_apart
from pellucid.ui.pages.words_foot import WordsFoot
from pellucid.ui.pages.words_inspector import FactsInspector
from pellucid.ui.pages.words_ledger import LedgerPanel
from pellucid.ui.pages.words_sources import SourcesPanel
from pellucid.ui.pages.words_sources_view import FLAG
from pellucid.ui.pages.words_writers import WritersPanel
from pellucid.ui.session import Session
from pellucid.ui.widgets.basic import clear, label, line
from pellucid.ui.widgets.columns import scrolled
from pellucid.ui.widgets.empty import EmptyState
from pellucid.ui.widgets.fold import Fold
from pellucid.writing.types import Words

_GROWING_MS = 400


class WordsPage(QWidget):
    """Shows the session's words, and what the chosen one rests on in the inspector."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.session = session
        self.page: view.Page | None = None
        self._told: Words | None = None
        self._chosen: tuple[Words, view.ClaimView, int] | None = None
        self.claims: list[ClaimText] = []
        self.sources = SourcesPanel(session)
        self._facts = FactsInspector(self.sources)
        self.writers, self.ledger = WritersPanel(session), LedgerPanel(session)
        self.aside = QStackedWidget()
        for panel in (self._facts, self.writers, self.ledger):
            panel.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
            self.aside.addWidget(scrolled(panel, "surface"))
        self.foot = WordsFoot()
        self._empty = EmptyState("words", "", "")
        self._column = QVBoxLayout()
        self.bar = AskBar()
        self.answers = Answers(session, self.bar)
        self.answers.chosen.connect(self._choose_answer)
        self.answers.added.connect(self._show_answer)
        self._sought: AnswerBlock | None = None
        self._lay_out()
        self.foot.writers_wanted.connect(self.show_writers)
        self.foot.ledger_wanted.connect(self.show_ledger)
        for panel in (self.writers, self.ledger):
            panel.left.connect(lambda: self.aside.setCurrentIndex(0))
        self.sources.state.changed.connect(self._flag)
        session.writers_wanted.connect(self.show_writers)
        session.words_changed.connect(self.refresh)
        session.profile_changed.connect(self._show_facts)
        session.judgement_changed.connect(self._show_facts)
        session.opened_changed.connect(self.refresh)
        session.error_changed.connect(self.refresh)
        self.refresh()

    def _lay_out(self) -> None:
        text = QWidget()
        self._column.setSpacing(theme.S1)
        column = QVBoxLayout(text)
        column.setContentsMargins(0, theme.S6, 0, theme.S6)
        column.setSpacing(0)
        column.addLayout(self._column)
        column.addWidget(self.answers)
        body = QWidget()
        row = QHBoxLayout(body)
        row.setContentsMargins(theme.S5, 0, theme.S5, 0)
        row.addStretch(2)
        row.addWidget(text, 0, Qt.AlignmentFlag.AlignTop)
        row.addStretch(3)
        filled = QWidget()
        outer = QVBoxLayout(filled)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        self._area = scrolled(body)
        self._area.verticalScrollBar().rangeChanged.connect(lambda: self._reveal())
        outer.addWidget(self._area, 1)
        outer.addWidget(line())
        outer.addWidget(self.bar)
        outer.addWidget(self.foot)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self._empty)
        self._stack.addWidget(filled)

    def inspector(self) -> QWidget | None:
        """Offer the facts behind what is chosen, who can write, or the ledger."""
        return self.aside

    def show_writers(self) -> None:
        """Show who can write, in the inspector."""
        self.writers.open()
        self._show_aside(1)

    def show_ledger(self) -> None:
        """Show all that was ever sent, in the inspector."""
        self.ledger.open()
        self._show_aside(2)

    def _show_aside(self, number: int) -> None:
        self.aside.setCurrentIndex(number)
        self.session.inspector_wanted.emit()

    def refresh(self) -> None:
        """Show the words that are there, or ask for them."""
        session = self.session
        if session.words is None:
            self.page = None
            self._stack.setCurrentIndex(0)
            self._say_why_empty()
            if session.opened is not None and not _failed(session):
                session.ensure_words()
            return
        if session.words is not self._told:
            self._told = session.words
            self._area.verticalScrollBar().setValue(0)
        self.page = view.page_of(session.words)
        self._stack.setCurrentIndex(1)
        self.foot.show_page(self.page)
        self._fill(self.page)
        self._chosen = None
        self._facts.show_facts((), None)
        self.sources.show_claim(None, None, {})

    def _say_why_empty(self) -> None:
        session = self.session
        if session.opened is None:
            self._empty.say(
                "Nothing to write about yet", "Open a file; what it holds is told here."
            )
        elif _failed(session) and session.error is not None:
            error = session.error
            self._empty.say(error.message, " ".join(p for p in (error.kept, error.hint) if p))
        else:
            self._empty.say("Writing", "Ranking what was found and setting it in sentences.")

    def _fill(self, page: view.Page) -> None:
        clear(self._column)
        self.claims = []
        title = label(page.title, "title", wraps=True)
        title.setFixedWidth(theme.MEASURE + 28)
        title.setContentsMargins(14, 0, 14, 0)
        self._column.addWidget(title)
        if page.trouble:
            self._column.addWidget(set_apart("", page.trouble, "warning"))
        for section in page.sections:
            heading = label(section.heading, "section")
            heading.setContentsMargins(14, theme.S5, 14, theme.S1)
            self._column.addWidget(heading)
            for claim in section.claims:
                self._column.addWidget(self._claim(claim))
        if page.interpretation:
            apart = [self._claim(claim) for claim in page.interpretation]
            self._fold(view.interpretation_heading(len(apart)), apart)
        left = [item for item in page.rejected if item[0] or not page.trouble]
        if left:
            told = [set_apart(*item) for item in view.rejected_lines(left)]
            self._fold(view.rejected_heading(left), told)
        self._flag()

    def _claim(self, claim: view.ClaimView) -> ClaimText:
        made = ClaimText(claim, self.session.palette)
        made.chosen.connect(self.choose)
        made.stepped.connect(lambda step, at=made: self._step(at, step))
        self.claims.append(made)
        return made

    def _fold(self, name: str, parts: Sequence[QWidget]) -> None:
        self._column.addSpacing(theme.S5)
        self._column.addWidget(Fold(name, parts))

    def _step(self, at: ClaimText, step: int) -> None:
        to = min(max(self.claims.index(at) + step, 0), len(self.claims) - 1)
        self.claims[to].setFocus(Qt.FocusReason.TabFocusReason)

    def choose(self, claim: view.ClaimView, number: int = 0) -> None:
        """Show what a claim rests on, or one of its marks (`number` above 0)."""
        if self.session.words is not None:
            self._rest_on(self.session.words, claim, number)

    def _choose_answer(self, block: AnswerBlock, claim: view.ClaimView, number: int) -> None:
        self._rest_on(block.answer.words, claim, number)

    def _rest_on(self, words: Words, claim: view.ClaimView, number: int) -> None:
        asked = [one for block in self.answers.blocks for one in block.claims]
        for shown in (*self.claims, *asked):
            shown.set_chosen(shown.claim is claim)
        self._chosen = words, claim, number
        self._show_aside(0)
        self._show_facts()
        self.sources.show_claim(words, claim, self.page.numbers if self.page else {})
        self.session.ensure_explanation()
        if any(words.facts[m.fact].origin.part == "calibration" for m in claim.marks):
            self.session.ensure_judgement()

    def _show_facts(self) -> None:
        """Show the facts of what is chosen, with the chart that is known by now."""
        if self._chosen is None:
            return
        words, claim, number = self._chosen
        session = self.session
        marks = [m for m in claim.marks if number in (0, m.number)]
        facts, told = ([words.facts[m.fact] for m in ms] for ms in (marks, claim.marks))
        judged = session.judgement
        chart = view.first_chart(
            facts, session.profile, session.summary, session.explanation, told,
            judged.calibration if judged is not None else None,
        )  # fmt: skip
        self._facts.show_facts([view.fact_view(m, words) for m in marks], chart)
        self._facts.panel.set_colors(session.palette)

    def _flag(self) -> None:
        """Say beside each claim that was looked at where it leaned on what it does not cite."""
        found = self.sources.state.found
        for shown in self.claims:
            told = found.get(shown.claim.written) if shown.claim.written else None
            shown.set_flag(FLAG if told is not None and told.verdict == "disagrees" else "")

    def _show_answer(self, block: AnswerBlock) -> None:
        """Show what an answer rests on, and bring its beginning into sight."""
        if block.shown.claims:
            self._choose_answer(block, self._first_drawn(block), 0)
        self._sought = block
        self._reveal()
        QTimer.singleShot(_GROWING_MS, self, self._forget_sought)

    def _first_drawn(self, block: AnswerBlock) -> view.ClaimView:
        """Return the first claim of an answer that a chart shows, else the first."""
        session, facts = self.session, block.answer.words.facts
        for claim in block.shown.claims:
            told = [facts[mark.fact] for mark in claim.marks]
            if view.first_chart(told, session.profile, session.summary, session.explanation):
                return claim
        return block.shown.claims[0]

    def _reveal(self) -> None:
        """Keep the answer that has just come at the top while the page grows by it."""
        body = self._area.widget()
        if body is not None and self._sought is not None and isValid(self._sought):
            at = self._sought.mapTo(body, QPoint(0, 0)).y()
            self._area.verticalScrollBar().setValue(at)

    def _forget_sought(self) -> None:
        self._sought = None


def _failed(session: Session) -> bool:
    return session.error is not None and session.error.job == "write"
