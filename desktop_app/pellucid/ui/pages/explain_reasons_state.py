"""What the window knows of a language model's reasons for rows, and what it asks for them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal

from pellucid.core.values import to_json
from pellucid.ui.pages.words_payload_view import Payload, changed_masks
from pellucid.ui.readers import reader
from pellucid.ui.session import Session
from pellucid.writing.orders import MaskChoice, Writing
from pellucid.writing.own_reasons.types import Reasons

_JOB, _LOOK = "ask_reasons", "show_reasons_payload"


@dataclass(frozen=True, slots=True)
class Subject:
    """Which prediction reasons are asked for: a row (from 0) of a store, by a fit, of an output."""

    store: Path
    fit: Path
    row: int
    output: int


@dataclass(frozen=True, slots=True)
class Asked:
    """A prediction, and the order by which a language model is asked about it."""

    subject: Subject
    writing: Writing

    def params(self) -> Mapping[str, object]:
        """Return them as the engine's jobs name them."""
        about = self.subject
        return {
            "store": str(about.store), "fit": str(about.fit), "row": about.row,
            "output": about.output, "writing": to_json(self.writing),
        }  # fmt: skip


class ReasonsState(QObject):
    """Keeps the reasons that were given in this session; one prediction is asked about at a time.

    Nothing is sent to a host before its payload was shown as it would go, and agreed to; another
    prediction, writer or mask takes the payload away.
    """

    changed = Signal()

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.found: dict[Asked, Reasons] = {}
        self.problems: dict[Asked, str] = {}
        self.stopped: set[Asked] = set()
        """Those whose question was stopped before there was an answer."""
        self.payload: tuple[Asked, Payload] | None = None
        self._masks: tuple[Writing, MaskChoice] | None = None
        self._running: tuple[str, Asked] | None = None
        session.opened_changed.connect(self._forget)

    def asked(self, subject: Subject) -> Asked | None:
        """Return what would be asked about a prediction; None where no language model writes."""
        writing = self.session.language_writer
        if writing is None:
            return None
        if self._masks is not None and self._masks[0] == writing:
            return Asked(subject, replace(writing, masks=self._masks[1]))
        return Asked(subject, writing)

    @property
    def is_busy(self) -> bool:
        return self._running is not None

    @property
    def progress(self) -> str:
        """Say how far the question is."""
        job = self.session.job
        return job.text if job is not None and job.name in (_JOB, _LOOK) else "Waiting for its turn"

    def is_asking(self, asked: Asked) -> bool:
        return self._running is not None and self._running[1].subject == asked.subject

    def ask(self, asked: Asked) -> None:
        """Have the reasons asked for and put to the test."""
        self.found.pop(asked, None)
        self._start(_JOB, asked, reader(Reasons), self._take)

    def _take(self, asked: Asked, reasons: Reasons) -> None:
        self.found[asked] = reasons
        self.payload = None

    def cancel(self) -> None:
        """Stop asking; answers that have come are kept."""
        if self._running is not None:
            self.session.link.cancel(self._running[0])

    # What would be sent

    def look(self, asked: Asked) -> None:
        """Find out what would be sent, as it would go; nothing goes."""
        self._start(_LOOK, asked, reader(Payload), self._take_payload)

    def _take_payload(self, asked: Asked, payload: Payload) -> None:
        self.payload = asked, payload

    def mask(self, column: str, is_masked: bool) -> None:
        """Mask a column or send it bare; the payload is made anew."""
        order = self.session.language_writer
        if self.payload is None or order is None:
            return
        asked, payload = self.payload
        masks = changed_masks(asked.writing.masks, payload.personal, column, is_masked)
        self._masks = order, masks
        self.look(replace(asked, writing=replace(asked.writing, masks=masks)))

    def agree(self) -> None:
        """Keep the agreement to what is shown, then have it sent."""
        if self.payload is None:
            return
        asked = self.payload[0]
        params = {"store": str(asked.subject.store), "writing": to_json(asked.writing)}
        self._start("agree_to_send", asked, dict, lambda *_: None, params, self.ask)

    def withdraw(self) -> None:
        """Take the agreement back."""
        if self.payload is not None:
            asked, payload = self.payload
            self.payload = None
            params = {"store": str(asked.subject.store), "destination": payload.destination}
            self._start("withdraw_consent", asked, dict, lambda *_: None, params)

    # The engine

    def _start(
        self, job: str, asked: Asked, read: Callable[[Any], Any],
        take: Callable[[Asked, Any], None], params: Mapping[str, object] | None = None,
        then: Callable[[Asked], None] = lambda _: None,
    ) -> None:  # fmt: skip
        if self._running is not None:
            return

        def done(value: Any) -> None:
            take(asked, value)
            self._end()
            then(asked)

        def failed(message: str, hint: str) -> None:
            self.problems[asked] = f"{message}. {hint}".strip()
            self._end()

        def stopped() -> None:
            self.stopped.add(asked)
            self._end()

        self.problems.pop(asked, None)
        self.stopped.discard(asked)
        made = self.session.ask(
            job, params or asked.params(), read, done, failed, stopped=stopped, is_long=True
        )
        self._running = made, asked
        self.changed.emit()

    def _end(self) -> None:
        self._running = None
        self.changed.emit()

    def _forget(self) -> None:
        """Hear no more of a table that is not open any longer."""
        opened = self.session.opened
        if self._running is not None and (
            opened is None or opened.store != self._running[1].subject.store
        ):
            self.session.forget(self._running[0])
            self._end()
