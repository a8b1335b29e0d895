"""The Model page: decisions at the left, what comes of them at the right."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from pellucid.data.types import Column
from pellucid.explain.model import explain_additive
from pellucid.explain.types import ModelExplanation
from pellucid.ui import theme
from pellucid.ui.pages import model_draft as drafts
from pellucid.ui.pages import model_view as view
from pellucid.ui.pages.model_decisions import DecisionsPanel
from pellucid.ui.pages.model_judging import JudgingPanel
from pellucid.ui.pages.model_results import CurveGrid, ScorePanel, WarningList
from pellucid.ui.pages.model_texts_view import (
    could_be_texts,
    has_local_model,
    problem,
    text_columns,
)
from pellucid.ui.session import Session
from pellucid.ui.widgets.basic import label, line, paragraph, set_paragraph
from pellucid.ui.widgets.columns import Upright, scrolled
from pellucid.ui.widgets.empty import EmptyState
from pellucid.ui.widgets.turns import Turns


class ModelPage(QWidget):
    """A few decisions, one button, and the fit as it comes."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.session = session
        self.draft = self._first_draft()
        self._is_touched = False
        self._table = ""
        self._curves = view.Curves()
        self._has_model = has_local_model()
        self._turns = Turns(self)
        self._failed = self._is_stale = False
        self.decisions, self.scores, self.warnings = DecisionsPanel(), ScorePanel(), WarningList()
        self.grid, self.judging = CurveGrid(), JudgingPanel(session)
        self._title, self._note = label("", "title"), paragraph("", "muted")
        self._curves_title, self._curves_note = label("Curves", "section"), paragraph("", "muted")
        self._empty = EmptyState("model", "", "")
        self._lay_out()
        self._connect()
        self.refresh()

    def _lay_out(self) -> None:
        inner = Upright()
        column = QVBoxLayout(inner)
        column.setContentsMargins(theme.S5, theme.S4, theme.S5, theme.S5)
        column.setSpacing(theme.S4)
        for part in (self._title, self._note, self.scores, self.warnings):
            column.addWidget(part)
        self._rule = line()
        column.addWidget(self._rule)
        curves = QVBoxLayout()
        curves.setSpacing(theme.S1)
        curves.addWidget(self._curves_title)
        curves.addWidget(self._curves_note)
        column.addLayout(curves)
        column.addWidget(self.grid)
        column.addWidget(self.judging)
        column.addStretch(1)
        self._scroll = scrolled(inner)
        right = QWidget()
        self._stack = QStackedLayout(right)
        self._stack.addWidget(self._empty)
        self._stack.addWidget(self._scroll)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.decisions)
        row.addWidget(line(upright=True))
        row.addWidget(right, 1)

    def _connect(self) -> None:
        session, panel = self.session, self.decisions
        session.opened_changed.connect(self._opened)
        session.profile_changed.connect(self.refresh)
        session.target_changed.connect(self._follow_target)
        session.features_changed.connect(self._follow_features)
        session.model_changed.connect(self._model_changed)
        session.fit_finished.connect(self.refresh)
        session.job_changed.connect(self._job_changed)
        session.error_changed.connect(self._error_changed)
        session.theme_changed.connect(self._recolour)
        panel.target_chosen.connect(session.set_target)
        panel.positive_chosen.connect(lambda name: self._decide(self.draft.with_positive(name)))
        panel.quality_chosen.connect(lambda key: self._decide(self.draft.with_quality(key)))
        panel.feature_switched.connect(lambda name, used: session.set_dropped(name, not used))
        texts = panel.texts
        texts.text_switched.connect(self._switch_text)
        texts.kind_chosen.connect(lambda key: self._decide(self.draft.with_kind(key)))
        texts.encoder_chosen.connect(lambda key: self._decide(self.draft.with_encoder(key)))
        texts.tune_switched.connect(lambda on: self._decide(self.draft.with_tuning(on)))
        texts.folder_wanted.connect(self._choose_folder)
        panel.fit_wanted.connect(self.fit)
        panel.stop_wanted.connect(session.cancel)
        self.grid.wanted.connect(lambda _: session.page_wanted.emit("explain"))

    # Decisions

    def fit(self) -> None:
        """Fit what is decided."""
        if self.session.opened is not None and self.draft.target is not None:
            self._curves.clear()
            self.session.fit(self.draft.options(self.session.opened.columns))

    def _decide(self, draft: drafts.Draft) -> None:
        self.draft, self._is_touched = draft, True
        self._show_decisions()

    def _switch_text(self, name: str, read: bool) -> None:
        """Read a column as text, or not; running text is a feature that is left out instead."""
        column = next((c for c in self._columns() if c.name == name), None)
        if column is not None and column.kind == "text":
            self.session.set_dropped(name, not read)
        else:
            self._decide(self.draft.with_text(name, read))

    def _choose_folder(self) -> None:
        """Ask for the folder of a language model; without one the choice stays."""
        folder = QFileDialog.getExistingDirectory(self, "Choose the folder of a language model")
        self._decide(self.draft.with_encoder(folder) if folder else self.draft)

    def _opened(self) -> None:
        """Start afresh on another table; another view of the same one keeps the decisions."""
        opened = self.session.opened
        table = opened.source.fingerprint if opened is not None else ""
        if table != self._table:
            self._table, self._is_touched = table, False
            self._turns.start(())
            self.grid.keep(0)  # curves of another table say nothing of this one
            self._scroll.verticalScrollBar().setValue(0)
            self.draft = self._first_draft()
            self._curves.clear()
        self.refresh()

    def _first_draft(self) -> drafts.Draft:
        """Return the decisions of the fit that is there, or those made for the user."""
        session = self.session
        summary = session.summary
        draft = drafts.Draft(target=session.target)
        if summary is not None and summary.options.target == session.target:
            draft = drafts.Draft.of(summary.options)
        return draft.without(session.dropped)

    def _follow_target(self) -> None:
        self.draft = self.draft.with_target(self.session.target)
        self._show_decisions()

    def _follow_features(self) -> None:
        """Take over what was left out here or on the Explore page."""
        self._decide(self.draft.without(self.session.dropped))

    def _columns(self) -> tuple[Column, ...]:
        return self.session.opened.columns if self.session.opened is not None else ()

    def _show_decisions(self) -> None:
        session, draft, columns = self.session, self.draft, self._columns()
        target = next((c for c in columns if c.name == draft.target), None)
        profile = drafts.column_profile(session.profile, draft.target)
        why = drafts.suggestion_why(session.suggestions, draft.target)
        self.decisions.show_target(columns, draft.target, drafts.target_line(target, profile), why)
        self.decisions.show_classes(drafts.class_labels(target, profile), draft.positive)
        self.decisions.show_features(drafts.feature_rows(columns, draft, session.summary))
        texts = text_columns(columns, draft)
        self.decisions.show_texts(
            draft, texts, could_be_texts(columns, draft),
            session.opened.rows if session.opened is not None else 0,
            has_model=self._has_model, problem=problem(draft, texts),
        )  # fmt: skip
        self.decisions.show_quality(draft.quality)
        self._show_action()
        self._note_difference()

    def _show_action(self) -> None:
        fitted = self.session.summary is not None
        self.decisions.show_action(self.draft, fitting=self.session.is_fitting, fitted=fitted)

    # Results

    @property
    def state(self) -> view.State:
        """Which of its states the page is in."""
        session = self.session
        return view.page_state(
            opened=session.opened is not None,
            fitting=session.is_fitting,
            failed=self._failed,
            summary=session.summary,
        )

    def refresh(self) -> None:
        """Show the session as it stands."""
        self.decisions.setEnabled(self.session.opened is not None)
        self._show_decisions()
        self._show_results()

    def _show_results(self) -> None:
        session, state = self.session, self.state
        self._is_stale = False
        summary = session.summary
        has_curves = session.model is not None and (state != "fitting" or session.bags > 0)
        columns = len(session.opened.columns) if session.opened is not None else 0
        words = view.empty_words(state, self.draft, session.error, columns)
        if words is not None and not has_curves and summary is None:
            self._empty.say(*words)
            self._stack.setCurrentWidget(self._empty)
            return
        self._stack.setCurrentWidget(self._scroll)
        self._title.setText(view.title(state, summary, session.options))
        shows_scores = summary is not None and state != "fitting"
        self.scores.setVisible(shows_scores)
        self._rule.setVisible(shows_scores)
        if summary is not None and shows_scores:
            self.scores.show_summary(summary)
        self.warnings.show_alerts(view.warnings_of(summary) if summary and shows_scores else ())
        self._note_difference()
        self._show_curves()
        self.judging.setVisible(shows_scores and session.model is not None)

    def _show_curves(self) -> None:
        session, state = self.session, self.state
        has_curves = session.model is not None or state == "fitting"
        for part in (self._curves_title, self._curves_note, self.grid):
            part.setVisible(has_curves)
        set_paragraph(self._curves_note, view.curves_line(state, session.bags, session.bags_asked))
        if session.model is None or (state == "fitting" and session.bags == 0):
            self._turns.start(())
            self.grid.keep(0)
            return
        explained = explain_additive(session.model)
        names = self._curves.order(explained, final=state != "fitting")
        self.grid.keep(len(names))
        self._turns.start(
            partial(self._show_curve, at, explained, name) for at, name in enumerate(names)
        )

    def _show_curve(self, at: int, explained: ModelExplanation, name: str) -> None:
        self.grid.show_slot(at, view.curve_slot(explained, name))

    def _note_difference(self) -> None:
        """Say where the results belong to other decisions than those at the left."""
        summary = self.session.summary
        said = view.note(self.state, self.draft, summary, self._columns(), self.session.error)
        set_paragraph(self._note, said)
        self._note.setVisible(bool(said))

    def _model_changed(self) -> None:
        if not self._is_touched and not self.session.is_fitting:
            self.draft = self._first_draft()
            self._show_decisions()
        self._show_action()
        if self.isVisible():
            self._show_results()
        else:
            self._is_stale = True

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        super().showEvent(event)
        if self._is_stale:
            self._show_results()

    def _job_changed(self) -> None:
        if self.session.is_fitting:
            self._failed = False
        self._show_action()

    def _error_changed(self) -> None:
        error = self.session.error
        self._failed = error is not None and error.job == "fit"
        self.refresh()

    def _recolour(self) -> None:
        self.grid.set_colors(self.session.palette)
        self.warnings.set_colors(self.session.palette)
