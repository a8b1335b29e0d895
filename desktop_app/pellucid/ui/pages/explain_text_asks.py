"""What the Text tab asks of the engine for each of its sides, one question a side at a time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from pellucid.explain.tokens.types import Method, TokenExplanation
from pellucid.models.additive import AdditiveModel
from pellucid.ui.pages.explain_text_side import TextSide
from pellucid.ui.pages.explain_text_view import Asked, text_request
from pellucid.ui.readers import AnyModel, reader
from pellucid.ui.session import Session

_LONG: tuple[Method, ...] = ("shap", "lime")
"""Methods whose progress is shown, and that can be stopped, whatever the model."""


@dataclass(slots=True)
class Half:
    """What one side shows: its own text, None for the row's, its method, and the job it awaits."""

    side: TextSide
    text: str | None = None
    method: Method = "exact"
    job: str = ""


class TextAsks:
    """Asks for explanations; the answer, or why there is none, comes with the side it is for."""

    def __init__(
        self,
        session: Session,
        answered: Callable[[Half, TokenExplanation], None],
        failed: Callable[[Half, str, str], None],
    ) -> None:
        self._session, self._answered, self._failed = session, answered, failed

    def ask(
        self,
        half: Half,
        model: AnyModel,
        text: str,
        column: str,
        asked: Asked,
        others: dict[str, float | str | None],
    ) -> bool:
        """Ask for a side; returns False where its method needs a finished fit and there is none."""
        session = self._session
        if session.fit_path is None or session.is_fitting:
            return half.method == "exact"
        params = text_request(
            str(session.fit_path), text, column, half.method, asked, model.output_names, others
        )
        half.job = session.ask(
            "explain_text",
            params,
            reader(TokenExplanation),
            partial(self._answered, half),
            partial(self._failed, half),
            stopped=partial(self._failed, half, "Stopped", "Change the text to ask again."),
            is_long=half.method in _LONG or not isinstance(model, AdditiveModel),
        )
        return True

    def forget(self, half: Half) -> None:
        """Hear no more of what was asked for a side."""
        if half.job:
            self._session.forget(half.job)
            half.job = ""
