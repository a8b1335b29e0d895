"""The part of a session that has words written: by whom is asked, and what may leave."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from pellucid.core.numbers import plural
from pellucid.core.offline import is_switched_offline
from pellucid.core.values import to_json
from pellucid.ui.link import Request
from pellucid.ui.readers import reader
from pellucid.ui.session_table import TableSession
from pellucid.writing.orders import Writing
from pellucid.writing.providers.addresses import address_of, is_url
from pellucid.writing.types import WRITER, Words

WRITING: Final = ("write", "write_with_model", "show_payload")
"""The jobs that stand for one table and one fit, and are of no use for another."""


class WordsSession(TableSession):
    """Has words written by the built-in writer, or by a language model that the user chose."""

    _writing: Writing | None = None

    def ensure_words(self) -> None:
        """See to it that `words` come, if a table is open."""
        if self.opened and self.words is None and not self.is_running("write"):
            self.link.submit(Request("write", self.subject(), self._written, reader(Words)))

    def write_with(self, writing: Writing, failed: Callable[[str, str], None]) -> None:
        """Have words written in place of those that are shown, which stay until then."""
        if self.opened is None:
            return
        self.link.drop(*WRITING)
        if writing.is_builtin:
            name, params = "write", self.subject()
        else:
            name = "write_with_model"
            params = {**self.subject(), "writing": to_json(writing)}

        def written(words: Words) -> None:
            self._writing = writing
            self._rewritten(words)

        def stopped() -> None:
            self.notified.emit("Stopped writing; the page is as it was")

        self.link.submit(
            Request(name, params, written, reader(Words), failed=failed, stopped=stopped)
        )

    @property
    def language_writer(self) -> Writing | None:
        """The order by which a language model wrote the words that are shown; None without one."""
        words = self.words
        return None if words is None or words.writer == WRITER else self._writing

    @property
    def answering(self) -> Writing | None:
        """Who takes part in answers: the language model that wrote the page, on this machine alone.

        What a question sends to a host far away was not shown before, so it is not sent there.
        """
        writing = self.language_writer
        if writing is None:
            return None
        is_here = not is_url(writing.writer) or address_of(writing.writer).is_here
        return writing if is_here else None

    @property
    def is_writing(self) -> bool:
        return any(self.is_running(job) for job in WRITING[:2])

    def _written(self, words: Words) -> None:
        self.words = words
        self.words_changed.emit()

    def _rewritten(self, words: Words) -> None:
        """Take words that replace others; a report made of those is made anew when it is wanted."""
        self.report = None
        self._mark(unsaved=True)
        self._written(words)
        self.report_changed.emit()
        self.notified.emit(f"Wrote {plural(len(words.claims), 'paragraph')}")

    @property
    def is_offline(self) -> bool:
        """Tell whether the switch is on that keeps everything on this machine."""
        return is_switched_offline()

    def set_offline(self, is_on: bool) -> None:
        """Turn the switch, here and in the engine."""

        def turned(_: object) -> None:
            self.offline_changed.emit()
            said = "Nothing leaves this machine now" if is_on else "Connections are allowed again"
            self.notified.emit(said)

        self.link.submit(Request("set_offline", {"is_on": is_on}, turned, lane="quick"))

    def subject(self) -> dict[str, object]:
        """Return the open table and the finished fit, as jobs about both name them."""
        assert self.opened is not None
        return {
            "store": str(self.opened.store),
            "fit": str(self.fit_path) if self.fit_path else None,
        }
