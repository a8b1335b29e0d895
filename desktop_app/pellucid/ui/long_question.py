"""A long question to the engine, asked by a button again and again."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from PySide6.QtWidgets import QPushButton

from pellucid.ui.readers import reader
from pellucid.ui.session import Session


class LongQuestion:
    """Holds the one job that a button asks for: the button rests while the answer is awaited.

    `say` is told in a sentence why there is no answer: what failed, or that it was stopped.
    """

    def __init__(self, session: Session, start: QPushButton, say: Callable[[str], None]) -> None:
        self._session, self._start, self._say = session, start, say
        self._job = ""

    def ask(
        self,
        name: str,
        params: Mapping[str, object],
        kind: type[Any],
        done: Callable[[Any], None],
    ) -> None:
        """Ask for the job `name`; `done` takes its answer, read as a `kind`."""
        self._start.setEnabled(False)
        self._job = self._session.ask(
            name,
            params,
            reader(kind),
            partial(self._answered, done),
            self._failed,
            stopped=partial(self._failed, "It was stopped", ""),
            is_long=True,
        )

    def forget(self) -> None:
        """Hear no more of what was asked."""
        if self._job:
            self._session.forget(self._job)
        self._end()

    def _answered(self, done: Callable[[Any], None], found: Any) -> None:
        self._end()
        done(found)

    def _failed(self, message: str, hint: str) -> None:
        self._end()
        self._say(f"{message}. {hint}".strip())

    def _end(self) -> None:
        self._job = ""
        self._start.setEnabled(True)
