"""The part of a session that has a fit judged on the rows that it was not fitted on."""

from __future__ import annotations

from pellucid.explain.group_types import Judgement
from pellucid.ui.link import Request
from pellucid.ui.readers import reader
from pellucid.ui.session_words import WordsSession


class JudgingSession(WordsSession):
    """Has the shown fit judged when a page wants to show that; it costs other pages nothing."""

    def ensure_judgement(self) -> None:
        """See to it that `judgement` comes, or `judging_problem`, if there is a finished fit."""
        is_told = self.judgement is not None or bool(self.judging_problem)
        if self.opened is None or self.fit_path is None or self.model is None or is_told:
            return
        if not self.is_fitting and not self.is_running("judge"):
            self.link.submit(
                Request(
                    "judge",
                    self.subject(),
                    self._judged,
                    reader(Judgement),
                    failed=self._not_judged,
                    stopped=lambda: self._not_judged("It was stopped", "Fit again to have it made"),
                )
            )

    def _judged(self, judgement: Judgement) -> None:
        self.judgement = judgement
        self.judgement_changed.emit()

    def _not_judged(self, message: str, hint: str) -> None:
        self.judging_problem = f"{message}. {hint}.".replace("..", ".")
        self.judgement_changed.emit()
