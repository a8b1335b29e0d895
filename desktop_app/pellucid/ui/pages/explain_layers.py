"""What each layer of a transformer knows about the target and about other columns."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from pellucid.explain.corpus.network_types import ColumnProbe, LayersView
from pellucid.report.palette import Palette
from pellucid.ui import theme
from pellucid.ui.charts.layers import LayerView
from pellucid.ui.long_question import LongQuestion
from pellucid.ui.pages import explain_layers_view as view
from pellucid.ui.readers import AnyModel
from pellucid.ui.session import Session
from pellucid.ui.widgets.basic import button, color_all, label, paragraph, set_paragraph
from pellucid.ui.widgets.card_grid import CardGrid
from pellucid.ui.widgets.columns import held

_CARD = 340


def probe_card(probe: ColumnProbe, palette: Palette) -> QWidget:
    """Return a column's small chart under what it says."""
    chart = view.layer_chart(probe)
    card = QFrame()
    card.setProperty("role", "card")
    column = QVBoxLayout(card)
    column.setContentsMargins(theme.S3, theme.S3, theme.S3, theme.S2)
    column.setSpacing(theme.S1)
    column.addWidget(label(chart.caption.title, "strong", wraps=True))
    column.addWidget(label(chart.caption.subtitle, "label"))
    drawn = LayerView()
    drawn.set_chart(chart)
    drawn.set_colors(palette)
    column.addWidget(drawn)
    column.addWidget(label(view.layers_sentence(probe), "label", wraps=True))
    column.addStretch(1)
    return card


class LayersPart(QWidget):
    """Probes the layers when asked to, and shows a card a column."""

    def __init__(
        self, session: Session, folder: Callable[[], str | None], parent: QWidget | None = None
    ) -> None:
        """`folder` gives that of a transformer which was chosen, None for the model's own."""
        super().__init__(parent)
        self._session, self._folder = session, folder
        self._model: AnyModel | None = None
        self._column = ""
        self.found: LayersView | None = None
        self.start = button("Ask every layer", self._ask)
        self._question = LongQuestion(session, self.start, self._say)
        self.state, self.texts = paragraph("", "muted"), paragraph("", "muted")
        self.cards = CardGrid(_CARD)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.S2)
        column.addWidget(label("What each layer knows", "section"))
        column.addLayout(held(paragraph(view.ABOUT, "muted")))
        column.addWidget(self.start, 0, Qt.AlignmentFlag.AlignLeft)
        column.addLayout(held(self.state))
        column.addLayout(held(self.texts))
        column.addWidget(self.cards)
        self._say("")

    def show_model(self, model: AnyModel, column: str) -> None:
        """Ask about another model or column; what was found before goes."""
        if model is self._model and column == self._column:
            return
        self._model, self._column = model, column
        self.forget()

    def forget(self) -> None:
        """Take away what was found."""
        self._question.forget()
        self.found = None
        self._say("")

    def _say(self, words: str) -> None:
        set_paragraph(self.state, words)
        self.state.setVisible(bool(words))
        self.texts.hide()
        self.cards.hide()
        self.cards.show_cards([])

    def _ask(self) -> None:
        session = self._session
        if session.fit_path is None or session.opened is None or session.is_fitting:
            self._say("This needs a finished fit and its table.")
            return
        self._say("Being worked out; it can be stopped below.")
        params = {
            "fit": str(session.fit_path), "store": str(session.opened.store),
            "column": self._column, "folder": self._folder(),
        }  # fmt: skip
        self._question.ask("probe", params, LayersView, self.show_found)

    def show_found(self, found: LayersView) -> None:
        """Show what the layers know."""
        self.found = found
        target = self._model.task.target if self._model is not None else ""
        set_paragraph(self.state, view.network_line(found.network, self._model, target))
        set_paragraph(self.texts, view.texts_line(found))
        palette = self._session.palette
        self.cards.show_cards([probe_card(one, palette) for one in view.ordered(found, target)])
        for part in (self.state, self.texts, self.cards):
            part.show()
        color_all(self.cards, palette)
