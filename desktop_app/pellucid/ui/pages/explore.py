"""The Explore page: alerts first, then the columns as cards, their texts, what goes together."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from pellucid.data.types import Profile
from pellucid.report.figures import association_chart
from pellucid.ui import theme
from pellucid.ui.background import Background
from pellucid.ui.charts.panel import ChartPanel
from pellucid.ui.pages.explore_cards import CardButton
from pellucid.ui.pages.explore_texts import TextSection
from pellucid.ui.pages.explore_view import (
    ALERTS_FIRST,
    CARDS_FIRST,
    Action,
    AlertLine,
    alert_lines,
    cards,
    summary_line,
)
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
from pellucid.ui.widgets.card_grid import CardGrid
from pellucid.ui.widgets.columns import scrolled
from pellucid.ui.widgets.empty import EmptyState, no_file

_MATRIX_ROW, _ALERTS_WIDTH = 30, 960
MOST_TEXTS = 4
"""Text columns that get a section."""
_UNDER_WORDS = 21
"""Where a button stands whose words are to begin where those of the alerts do, in px."""
_LOOK_MS = 200
"""After scrolling rests, before what is seen is asked for."""


class ExplorePage(QWidget):
    """What is worth knowing before fitting anything."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._all_alerts = self._all_cards = False
        self.sections: tuple[TextSection, ...] = ()
        self._background = Background("texts", self)
        self._look = QTimer(self)
        self._look.setSingleShot(True)
        self._look.setInterval(_LOOK_MS)
        self._look.timeout.connect(self._ask_for_seen)
        self.setProperty("role", "page")
        self.waiting = EmptyState(
            "explore", "Describing the columns", "What each column holds, what is missing or odd, "
            "and what goes together is being worked out."
        )  # fmt: skip
        self.failed = EmptyState(
            "warning", "The columns could not be described",
            "The rows are still on the Data page.", "Try again", session.describe,
        )  # fmt: skip
        self.stack = QStackedWidget()
        self.closed, self.filled = no_file("explore", session), self._build()
        for part in (self.waiting, self.failed, self.closed, self.filled):
            self.stack.addWidget(part)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.stack)
        session.profile_changed.connect(self._renew)
        session.opened_changed.connect(self._choose_state)
        session.features_changed.connect(self._renew_alerts)
        session.job_changed.connect(self._choose_state)
        self._renew()

    def _build(self) -> QWidget:
        inner = QWidget()
        self.title = label("What is in this table", "title")
        self.summary = paragraph("", "muted")
        alerts = QWidget()
        alerts.setMaximumWidth(_ALERTS_WIDTH)
        self.alerts = QVBoxLayout(alerts)
        self.alerts.setContentsMargins(0, 0, 0, 0)
        self.alerts.setSpacing(0)
        self.grid = CardGrid()
        self.more = button("Show all columns", self._show_all_cards)
        self.matrix = ChartPanel()
        self._content = QVBoxLayout(inner)
        self._content.setContentsMargins(theme.S5, theme.S5, theme.S5, theme.S6)
        self._content.setSpacing(theme.S2)
        self._content.addWidget(self.title)
        self._content.addWidget(self.summary)
        self._content.addSpacing(theme.S3)
        self._content.addWidget(alerts)
        self._content.addSpacing(theme.S4)
        self._content.addWidget(label("Columns, the most telling first", "section"))
        self._content.addSpacing(theme.S1)
        self._content.addWidget(self.grid)
        self._content.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeft)
        self._content.addSpacing(theme.S4)
        self._texts = QVBoxLayout()
        self._texts.setSpacing(theme.S5)
        self._content.addLayout(self._texts)
        self._content.addWidget(self.matrix)
        self._content.addStretch()
        scroll = scrolled(inner)
        scroll.verticalScrollBar().valueChanged.connect(lambda _: self._look.start())
        return scroll

    def _choose_state(self) -> None:
        session = self._session
        if session.profile is not None:
            self.stack.setCurrentWidget(self.filled)
        elif session.path is None and session.opening is None:
            self.stack.setCurrentWidget(self.closed)
        elif session.opened is not None and not session.is_running("profile"):
            self.stack.setCurrentWidget(self.failed)
        else:
            self.stack.setCurrentWidget(self.waiting)

    def _renew(self) -> None:
        self._all_alerts = self._all_cards = False
        profile = self._session.profile
        if profile is not None:
            set_paragraph(self.summary, summary_line(profile))
            self._renew_alerts()
            self._renew_cards(profile)
            self._renew_matrix(profile)
            self._renew_texts(profile)
        self._choose_state()

    def _renew_alerts(self) -> None:
        profile = self._session.profile
        if profile is None:
            return
        clear(self.alerts)
        lines = alert_lines(profile, self._session.dropped)
        shown = lines if self._all_alerts else lines[:ALERTS_FIRST]
        for one in shown:
            self.alerts.addWidget(line())
            self.alerts.addWidget(self._alert(one))
        if not lines:
            self.alerts.addWidget(paragraph("Nothing in this table calls for caution.", "muted"))
        elif len(shown) < len(lines):
            more = button(f"Show {len(lines) - len(shown)} more", self._show_all_alerts, "quiet")
            under = QHBoxLayout()
            under.setContentsMargins(_UNDER_WORDS, 0, 0, 0)
            under.addWidget(more, 0, Qt.AlignmentFlag.AlignLeft)
            self.alerts.addWidget(line())
            self.alerts.addLayout(under)
        color_all(self, self._session.palette)

    def _alert(self, one: AlertLine) -> QWidget:
        row = QWidget()
        row.setMinimumHeight(36)
        layout = QHBoxLayout(row)
        layout.setContentsMargins(0, theme.S1 + 2, 0, theme.S1 + 2)
        layout.setSpacing(theme.S3)
        drawing, role = ("warning", "warning") if one.is_grave else ("info", "muted")
        layout.addWidget(IconLabel(drawing, role))
        layout.addWidget(label(one.text, wraps=True), 1)
        if one.action is not None:
            made = button(one.action.title, partial(self._act, one.action), "small")
            made.setAccessibleDescription(one.text)
            layout.addWidget(made)
        return row

    def _act(self, action: Action) -> None:
        session = self._session
        if action.does == "rows":
            session.rows_wanted.emit(action.filters)
        elif action.does == "column":
            session.column_wanted.emit(action.columns[0])
        else:
            for name in action.columns:
                session.set_dropped(name, True)
            session.notified.emit(f"Left out of the features: {', '.join(action.columns)}")

    def _renew_cards(self, profile: Profile) -> None:
        found = cards(profile)
        shown = found if self._all_cards else found[:CARDS_FIRST]
        wanted = self._session.column_wanted
        made = [CardButton(card, partial(wanted.emit, card.name)) for card in shown]
        self.grid.show_cards(made)
        self.more.setVisible(len(shown) < len(found))
        self.more.setText(f"Show all {len(found)} columns")
        color_all(self.grid, self._session.palette)

    def _renew_matrix(self, profile: Profile) -> None:
        chart = association_chart(profile)
        self.matrix.setVisible(chart is not None)
        if chart is not None:
            self.matrix.show_chart(chart)
            self.matrix.setMaximumWidth(theme.S6 * 6 + 56 * len(chart.x_labels) + 160)
            if self.matrix.view is not None:
                self.matrix.view.setFixedHeight(_MATRIX_ROW * len(chart.y_labels) + 84)
            color_all(self.matrix, self._session.palette)

    def _renew_texts(self, profile: Profile) -> None:
        """Give every column of running text a section of its own; they ask when they are seen."""
        names = [column.name for column in profile.columns if column.kind == "text"]
        for section in self.sections:
            section.leave()
        clear(self._texts)
        self.sections = tuple(
            TextSection(self._session, name, self._background) for name in names[:MOST_TEXTS]
        )
        for section in self.sections:
            self._texts.addWidget(section)
        color_all(self, self._session.palette)
        self._look.start()

    def _ask_for_seen(self) -> None:
        for section in self.sections:
            if not section.visibleRegion().isEmpty():
                section.ensure()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        super().showEvent(event)
        self._look.start()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's name
        self._look.stop()
        for section in self.sections:
            section.leave()
        super().hideEvent(event)

    def shut_down(self) -> None:
        """End the thread that reads texts."""
        self._look.stop()
        self._background.close()

    def _show_all_alerts(self) -> None:
        self._all_alerts = True
        self._renew_alerts()

    def _show_all_cards(self) -> None:
        self._all_cards = True
        if self._session.profile is not None:
            self._renew_cards(self._session.profile)
