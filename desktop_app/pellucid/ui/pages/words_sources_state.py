"""What the window knows of what made a model say its claims, and what it asks of the engine."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from pellucid.core.values import to_json
from pellucid.ui.readers import reader
from pellucid.ui.session import Session
from pellucid.writing.sources import Sources
from pellucid.writing.types import Words, Written

_JOB = "claim_sources"


@dataclass(frozen=True, slots=True)
class _Look:
    job: str
    claim: Written


class SourcesState(QObject):
    """Keeps what was found for each claim of the words that are shown; one is looked at a time."""

    changed = Signal()

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.found: dict[Written, Sources] = {}
        self.problems: dict[Written, str] = {}
        self._words: Words | None = None
        self._look: _Look | None = None
        session.words_changed.connect(self._forget)

    @property
    def is_busy(self) -> bool:
        return self._look is not None

    @property
    def progress(self) -> str:
        """Say how far the look is."""
        job = self.session.job
        return job.text if job is not None and job.name == _JOB else "Waiting for its turn"

    def is_looking_at(self, claim: Written | None) -> bool:
        return self._look is not None and self._look.claim == claim

    def look(self, words: Words, at: Written, facts: Sequence[str]) -> None:
        """Have the facts of a claim's prompt left out of it one by one; `facts` are those cited."""
        if self._look is not None:
            return
        params = {
            "writer": words.writer,
            "prompt": to_json(words.prompts[at.prompt]),
            "written": to_json(at),
            "facts": list(facts),
        }
        self.problems.pop(at, None)
        job = self.session.ask(
            _JOB, params, reader(Sources), self._take, self._fail, stopped=self._stop, is_long=True
        )
        self._look = _Look(job, at)
        self.changed.emit()

    def cancel(self) -> None:
        """Stop the look; nothing of it is kept."""
        if self._look is not None:
            self.session.link.cancel(self._look.job)

    def _take(self, found: Sources) -> None:
        if self._look is not None:
            self.found[self._look.claim] = found
        self._stop()

    def _fail(self, message: str, hint: str) -> None:
        if self._look is not None:
            self.problems[self._look.claim] = f"{message}. {hint}".strip()
        self._stop()

    def _stop(self) -> None:
        self._look = None
        self.changed.emit()

    def _forget(self) -> None:
        """Know nothing of words that are no longer shown."""
        if self.session.words is self._words:
            return
        self._words = self.session.words
        self.found, self.problems = {}, {}
        if self._look is not None:
            self.session.forget(self._look.job)
        self._stop()
