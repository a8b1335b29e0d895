"""What the panel "Who writes" knows, and what it asks of the engine for it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QObject, Signal

from pellucid.core.values import to_json
from pellucid.ui.pages import words_writers_view as view
from pellucid.ui.pages.words_payload_view import Payload, changed_masks
from pellucid.ui.readers import reader
from pellucid.ui.session import Session
from pellucid.writing.orders import Exam, MaskChoice, Writing
from pellucid.writing.privacy.keys import Where
from pellucid.writing.providers.causal import Need


class WriterState(QObject):
    """A draft of who is to write, and what was found out about it.

    Nothing is sent to a host before its payload was shown as it would go, and agreed to; whatever
    changes what would be sent takes the payload away. `listed` follows other writers to choose
    from, `changed` everything else.
    """

    changed = Signal()
    listed = Signal()

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.found: view.Found | None = None
        self.need: Need | None = None
        self.payload: Payload | None = None
        self.problem = ""
        self._keys: dict[str, Where] = {}
        self._jobs: dict[str, str] = {}
        self._shown = Writing()
        said = session.settings
        self.draft = view.Draft(view.BUILTIN, audience=said.audience, language=said.language)
        session.setting_changed.connect(self._follow_setting)
        session.offline_changed.connect(self.reconsider)
        session.words_changed.connect(self.reconsider)
        session.opened_changed.connect(self._forget_masks)

    @property
    def known(self) -> view.Found:
        return self.found or view.Found()

    @property
    def standing(self) -> view.Standing:
        return view.standing(self.draft, self.need, offline=self.session.is_offline)

    @property
    def is_busy(self) -> bool:
        jobs = ("take_exam", "show_payload", "agree_to_send", "withdraw_consent")
        return self.session.is_writing or any(map(self.session.is_running, jobs))

    def key_from(self, host: str) -> Where:
        """Say where the key for a host is, as far as that is known."""
        shown = self.payload
        return self._keys.get(host, shown.key if shown and shown.destination == host else "")

    # The draft

    def choose(self, option: view.Option) -> None:
        """Choose a writer."""
        self.draft = view.with_option(self.draft, option)
        self.reconsider()

    def set_server(self, url: str, model: str) -> None:
        self.draft = replace(self.draft, url=url, model=model)
        self.reconsider()

    def set_folder(self, folder: str) -> None:
        self.need = None
        self.draft = replace(self.draft, folder=folder)
        self.reconsider()

    def _follow_setting(self, name: str) -> None:
        said = self.session.settings
        if name in ("audience", "language"):
            self.draft = replace(self.draft, audience=said.audience, language=said.language)
            self.reconsider()

    def _forget_masks(self) -> None:
        self.draft = replace(self.draft, masks=MaskChoice())
        self.reconsider()

    def reconsider(self) -> None:
        """Take away what was shown, as what would be sent is another now."""
        self.session.forget(self._jobs.pop("show_payload", ""))
        self.payload, self.problem = None, ""
        self.changed.emit()

    # What is asked of the engine

    def look(self) -> None:
        """Look for servers on this machine."""
        self.found = None
        self._ask("find_writers", {}, reader(view.Found), self._take_found)
        self.listed.emit()

    def _take_found(self, found: view.Found) -> None:
        self.found = found
        chosen = view.same_option(self.draft.option, view.options(found))
        self.draft = view.with_option(self.draft, chosen)
        self.listed.emit()

    def weigh(self) -> None:
        """Find out what the model of the folder needs."""
        folder = self.draft.folder.strip()
        if folder:
            self._ask("weigh_model", {"name": folder}, reader(Need), self._take_need)

    def _take_need(self, need: Need) -> None:
        self.need = need

    def keep_key(self, key: str) -> None:
        """Keep a key for the server that was typed; an empty one forgets what is kept."""
        where = view.address(self.draft)
        if where is not None:
            params = {"host": where.destination, "key": key}
            self._ask("keep_key", params, dict, self._take_key)

    def _take_key(self, answer: Mapping[str, Any]) -> None:
        self._keys[answer["host"]] = answer["kept"]

    def take_exam(self) -> None:
        """Let the model write about bundled facts, which go to its host where it has one."""
        order = view.writing_of(self.draft)
        order = replace(order, masks=MaskChoice(), send_to=self.standing.host or None)
        params = {"writing": to_json(order)}
        self._ask("take_exam", params, reader(Exam), self._take_result, is_long=True)

    def _take_result(self, exam: Exam) -> None:
        self.found = replace(self.known, exams=(exam, *self.known.exams))

    def show_payload(self) -> None:
        """Find out what would be sent, as it would go; nothing goes."""
        self._shown = view.writing_of(self.draft)
        params = {**self.session.subject(), "writing": to_json(self._shown)}
        self._ask(
            "show_payload", params, reader(Payload), self._take_payload, is_long=True,
            failed=self._lose_payload,
        )  # fmt: skip

    def _take_payload(self, payload: Payload) -> None:
        self.payload = payload

    def _lose_payload(self) -> None:
        """Show no payload where the one that is shown is of other masks."""
        self.payload = None

    def mask(self, column: str, is_masked: bool) -> None:
        """Mask a column or send it bare; the payload is made anew."""
        if self.payload is not None:
            personal = self.payload.personal
            masks = changed_masks(self.draft.masks, personal, column, is_masked)
            self.draft = replace(self.draft, masks=masks)
            self.show_payload()

    def agree(self) -> None:
        """Keep the agreement to what is shown, then have it sent and written."""
        if self.payload is not None:
            shown, payload = self._shown, replace(self.payload, agreed=True)

            def send(_: object) -> None:
                if self.payload is not None:
                    self.payload = payload
                self._write(shown)

            params = {"store": self.session.subject()["store"], "writing": to_json(shown)}
            self._ask("agree_to_send", params, dict, send)

    def withdraw(self) -> None:
        """Take the agreement back."""
        if self.payload is not None:
            params = {
                "store": self.session.subject()["store"],
                "destination": self.payload.destination,
            }
            self._ask("withdraw_consent", params, dict, lambda _: self.reconsider())

    def write(self) -> None:
        """Have words written; those that are shown stay until others come."""
        self._write(view.writing_of(self.draft))

    def _write(self, writing: Writing) -> None:
        self.problem = ""
        self.session.write_with(writing, self._say)
        self.changed.emit()

    def _ask(
        self, job: str, params: Mapping[str, object], read: Callable[[Any], Any],
        done: Callable[[Any], None], *, is_long: bool = False,
        failed: Callable[[], None] = lambda: None,
    ) -> None:  # fmt: skip
        def finished(value: Any) -> None:
            done(value)
            self.changed.emit()

        def went_wrong(message: str, hint: str) -> None:
            failed()
            self._say(message, hint)

        def stopped() -> None:
            failed()
            self.changed.emit()

        self.problem = ""
        self._jobs[job] = self.session.ask(
            job, params, read, finished, went_wrong, stopped=stopped, is_long=is_long
        )
        self.changed.emit()

    def _say(self, message: str, hint: str) -> None:
        self.problem = f"{message}. {hint}".strip()
        self.changed.emit()
