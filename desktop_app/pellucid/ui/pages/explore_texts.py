"""A column of texts on the Explore page: what groups say, clusters, a map, duplicates."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QComboBox,
    QHBoxLayout,
    QVBoxLayout,
)

from pellucid.explain.corpus.views import CorpusView, TextMapView
from pellucid.report.charts import BarChart
from pellucid.report.palette import LIGHT, Palette
from pellucid.ui import theme
from pellucid.ui.background import Background
from pellucid.ui.charts.bars import BarLook, BarView
from pellucid.ui.charts.scatter import Points, ScatterView
from pellucid.ui.pages import explore_texts_view as view
from pellucid.ui.pages.explore_clusters import ClusterCard, group_card
from pellucid.ui.readers import reader
from pellucid.ui.session import Session
from pellucid.ui.widgets.basic import (
    button,
    clear,
    color_all,
    label,
    paragraph,
    set_paragraph,
)
from pellucid.ui.widgets.card_grid import CardGrid
from pellucid.ui.widgets.columns import Upright

_LOOK = BarLook(row=21.0, has_axis=False)
_MAP_HEIGHT, _NARROW, _LEAST_CARD, _WIDEST_BY = 440, 900, 280, 224


class TextSection(Upright):
    """Asks for what it shows when it is first seen, and gives up asking when it is left."""

    def __init__(self, session: Session, column: str, background: Background) -> None:
        super().__init__()
        self._session, self.column, self._background = session, column, background
        self._palette: Palette = LIGHT
        self._jobs: dict[str, str] = {}
        self.corpus: CorpusView | None = None
        self.map: TextMapView | None = None
        self._texts: dict[int, str] = {}
        self._is_asked = False
        self.by = QComboBox()
        self.facts, self.state = paragraph("", "muted"), paragraph("", "muted")
        self.again = button("Try again", self._ask, "small")
        self.groups_title = label("", "strong")
        self.groups = CardGrid(_LEAST_CARD)
        self.none = paragraph("", "muted")
        self.clusters_title, self.about_clusters = (
            label("Clusters", "strong"),
            paragraph("", "muted"),
        )
        self.clusters = QVBoxLayout()
        self.cluster_buttons: list[ClusterCard] = []
        self.map_title, self.about_map = label("Map of the texts", "strong"), paragraph("", "muted")
        self.scatter = ScatterView()
        self.duplicates_title = label("Said more than once", "strong")
        self.about_duplicates = paragraph("", "muted")
        self.duplicates = QVBoxLayout()
        self._lay_out()
        self.by.activated.connect(lambda _: self._ask())
        self._show_nothing()

    def _lay_out(self) -> None:
        self.by.setAccessibleName("Compare texts by")
        self.by.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.by.setMaximumWidth(_WIDEST_BY)
        head = QHBoxLayout()
        head.setSpacing(theme.S2)
        head.addWidget(label(f"Texts in {self.column}", "section"))
        head.addStretch(1)
        self._by_label = label("compared by", "muted")
        head.addWidget(self._by_label)
        head.addWidget(self.by)
        left, right = QVBoxLayout(), QVBoxLayout()
        left.setSpacing(theme.S1)
        right.setSpacing(theme.S1)
        self.scatter.setFixedHeight(_MAP_HEIGHT)
        for part in (self.map_title, self.about_map, self.scatter, self.duplicates_title,
                     self.about_duplicates):  # fmt: skip
            left.addWidget(part)
        left.addLayout(self.duplicates)
        left.addStretch(1)
        self.clusters.setSpacing(theme.S1)
        right.addWidget(self.clusters_title)
        right.addWidget(self.about_clusters)
        right.addLayout(self.clusters)
        right.addStretch(1)
        self._body = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._body.setSpacing(theme.S5)
        self._body.addLayout(left, 3)
        self._body.addLayout(right, 2)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, theme.S4)
        column.setSpacing(theme.S2)
        column.addLayout(head)
        for part in (self.facts, self.state):
            column.addWidget(part)
        column.addWidget(self.again, 0, Qt.AlignmentFlag.AlignLeft)
        for widget in (self.groups_title, self.groups, self.none):
            column.addWidget(widget)
        column.addSpacing(theme.S2)
        column.addLayout(self._body)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        way = QBoxLayout.Direction
        self._body.setDirection(way.TopToBottom if self.width() < _NARROW else way.LeftToRight)

    # What is asked for

    def ensure(self) -> None:
        """See to it that what is shown comes, once."""
        if not self._is_asked and self._session.opened is not None:
            self._offer_groups()
            self._ask()

    def leave(self) -> None:
        """Hear no more of what has not come yet; it is asked for again when it is seen again."""
        if self._jobs:
            for job in self._jobs.values():
                self._session.forget(job)
            self._jobs, self._is_asked = {}, False

    def _offer_groups(self) -> None:
        session = self._session
        assert session.opened is not None
        columns = view.group_columns(session.opened.columns, self.column)
        chosen = view.chosen_group(columns, session.target)
        self.by.clear()
        for name in columns:
            self.by.addItem(name, name)
        self.by.setCurrentIndex(self.by.findData(chosen) if chosen else -1)
        self.by.setVisible(bool(columns))
        self._by_label.setVisible(bool(columns))

    def _ask(self) -> None:
        session = self._session
        if session.opened is None:
            return
        self.leave()
        self._is_asked = True
        self.again.hide()
        by = self.by.currentData()
        params = {"store": str(session.opened.store), "column": self.column, "by": by}
        self._say("Reading the texts: their words, what groups say, clusters and duplicates.")
        for name, kind, done in (
            ("corpus", CorpusView, self.show_corpus), ("text_map", TextMapView, self.show_map),
        ):  # fmt: skip
            self._jobs[name] = session.ask(
                name,
                params,
                reader(kind),
                done,
                partial(self._failed, name),
                stopped=partial(self._failed, name, "This was stopped", ""),
                is_long=True,
            )

    def _failed(self, name: str, message: str, hint: str) -> None:
        self._jobs.pop(name, None)
        if name == "text_map":
            set_paragraph(self.about_map, f"There is no map: {message}. {hint}")
            self.map_title.show()
            self.about_map.show()
            return
        self._say(f"The texts could not be looked through: {message}. {hint}")
        self.again.show()

    def _say(self, words: str) -> None:
        set_paragraph(self.state, words)
        self.state.setVisible(bool(words))

    # What is shown

    def _show_nothing(self) -> None:
        for part in (self.facts, self.again, self.groups_title, self.groups, self.none,
                     self.clusters_title, self.about_clusters, self.map_title, self.about_map,
                     self.scatter, self.duplicates_title, self.about_duplicates):  # fmt: skip
            part.hide()

    def show_corpus(self, found: CorpusView) -> None:
        """Show what the engine found in the texts."""
        self._jobs.pop("corpus", None)
        self.corpus = found
        self._say("")
        set_paragraph(self.facts, f"{view.facts_line(found)} {view.vectors_line(found.vectors)}")
        set_paragraph(self.about_clusters, view.clusters_line(found))
        said = view.duplicates_line(found.duplicates, found.duplicate_groups)
        set_paragraph(self.about_duplicates, said)
        self._show_groups(found)
        self._show_clusters(found)
        for part in (self.facts, self.clusters_title, self.about_clusters, self.duplicates_title,
                     self.about_duplicates):  # fmt: skip
            part.show()
        self._read_texts(view.wanted_rows(found), self._texts_read)

    def _show_groups(self, found: CorpusView) -> None:
        cards = []
        for group in found.distinctive:
            chart = view.group_chart(group)
            if chart.bars:
                bars = self._bars(chart, view.group_sentences(group))
                cards.append(group_card(group.group, chart.caption.subtitle, bars))
        self.groups_title.setText(f"What each {found.by} says more than the others")
        self.groups_title.setVisible(bool(found.distinctive))
        quiet = view.quiet_groups_line(found)
        set_paragraph(self.none, quiet)
        self.none.setVisible(bool(quiet))
        self.groups.setVisible(bool(cards))
        self.groups.show_cards(cards)
        color_all(self.groups, self._palette)

    def _bars(self, chart: BarChart, sentences: tuple[str, ...]) -> BarView:
        bars = BarView(look=_LOOK)
        top = max(bar.high or bar.value for bar in chart.bars)
        bars.set_chart(chart, (0.0, top * 1.02), sentences)
        return bars

    def _show_clusters(self, found: CorpusView) -> None:
        clear(self.clusters)
        self.cluster_buttons = []
        for row in view.cluster_rows(found):
            typical = self._texts.get(row.row) if row.row is not None else None
            made = ClusterCard(row, view.short(typical) if typical else "")
            made.toggled.connect(partial(self._fade, row.number))
            self.clusters.addWidget(made)
            self.cluster_buttons.append(made)
        self._show_duplicates(found)

    def _show_duplicates(self, found: CorpusView) -> None:
        clear(self.duplicates)
        for row, said in view.duplicate_rows(found.duplicates):
            text = self._texts.get(row)
            shown = f"{said}. “{view.short(text)}”" if text else f"{said}."
            self.duplicates.addWidget(paragraph(shown))

    def show_map(self, found: TextMapView) -> None:
        """Show the texts as points."""
        self._jobs.pop("text_map", None)
        self.map = found
        set_paragraph(self.about_map, view.map_line(found))
        places = tuple((str(n + 1), x, y) for n, x, y in view.cluster_centres(found))
        names = view.colour_names(found)
        alt = f"{len(found.map.rows)} texts as points, in clusters: {'; '.join(found.labels)}"
        say = partial(self._say_point, found)
        self.scatter.set_points(
            Points("Map of the texts", found.map.positions, view.colour_codes(found), names, say,
                   places, alt)
        )  # fmt: skip
        for part in (self.map_title, self.about_map, self.scatter):
            part.show()
        self._read_texts(tuple(found.map.rows.tolist()), self._texts.update)

    def _say_point(self, found: TextMapView, at: int) -> str:
        return view.point_sentence(found, at, self._texts)

    def _fade(self, number: int, is_chosen: bool) -> None:
        """Leave one cluster strong on the map, and only its button pressed."""
        for other in self.cluster_buttons:
            if other.number != number and is_chosen:
                other.choose(False)
        if self.map is not None:
            self.scatter.fade(self.map.map.clusters == number if is_chosen else None)

    def _texts_read(self, texts: dict[int, str]) -> None:
        self._texts |= texts
        if self.corpus is not None:
            self._show_clusters(self.corpus)

    def _read_texts(self, rows: tuple[int, ...], done: object) -> None:
        opened = self._session.opened
        if opened is not None and rows:
            work = partial(read_texts, opened.store, self.column, rows)
            self._background.run(work, done, lambda _: None)  # type: ignore[arg-type]

    def set_colors(self, palette: Palette) -> None:
        self._palette = palette


def read_texts(store: Path, column: str, rows: tuple[int, ...]) -> dict[int, str]:
    """Read the beginnings of the texts of some rows, 0-based."""
    from pellucid.data.table import Table

    with Table.load(store) as table:
        found = table.text(column, np.asarray(rows, dtype=np.int64))
    return {row: str(text)[:600] for row, text in zip(rows, found, strict=True) if text is not None}
