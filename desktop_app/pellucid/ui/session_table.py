"""The part of a session that opens a file and asks about its rows and columns."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from pellucid.core.numbers import plural
from pellucid.core.values import to_json
from pellucid.data.preview import Preview
from pellucid.data.search import Filter, Sort
from pellucid.data.types import Kind, Profile
from pellucid.ui import settings
from pellucid.ui.link import Request
from pellucid.ui.readers import (
    RowIds,
    read_pairs,
    read_rows,
    reader,
)
from pellucid.ui.session_state import SessionState
from pellucid.ui.states import ErrorState, Opened


class TableSession(SessionState):
    """Opens a file: its first rows, then the whole table, then what each column holds."""

    def open_file(self, path: Path, reading: Mapping[str, object] | None = None) -> None:
        """Open a table; what is open stays until the first rows of `path` are here."""
        self.clear_error()
        self.link.drop()
        self.opening, self._is_begun = path, False
        params = {"path": str(path), "reading": reading or {}}
        read = reader(Preview)
        self.link.submit(
            Request("preview", params, self._previewed, read, failed=_ignore, lane="quick")
        )
        self.link.submit(
            Request("open", params, self._opened, reader(Opened), failed=self._not_opened)
        )
        self.opened_changed.emit()

    def _begin(self) -> None:
        """Put the file being opened in place of the one that was shown."""
        if self.opening is not None and not self._is_begun:
            self._forget()
            self.path, self._is_begun = self.opening, True
            self._announce_all()

    def _previewed(self, preview: Preview) -> None:
        if self.opening is not None:
            self._begin()
            self.preview = preview
            self.opened_changed.emit()

    def _opened(self, opened: Opened) -> None:
        self._begin()
        self.opening = None
        self.opened = opened
        settings.remember_file(opened.source.path, opened.rows, len(opened.columns))
        size = f"{plural(opened.rows, 'row')}, {plural(len(opened.columns), 'column')}"
        self.notified.emit(f"Read {opened.source.path.name}: {size}")
        self.opened_changed.emit()
        self.describe()

    def _not_opened(self, message: str, hint: str) -> None:
        self.opening = None
        kept = "What was open before is still here." if self.path else ""
        if self._is_begun:
            kept = "The first rows stay in view."
        self._set_error(ErrorState(message, kept, hint, "open"))
        self.opened_changed.emit()

    def describe(self) -> None:
        """Have the columns described, again if need be."""
        if self.opened is None:
            return
        store = {"store": str(self.opened.store)}
        self.link.drop("profile", "suggest_target")
        self.link.submit(Request("profile", store, self._profiled, reader(Profile)))

    def _profiled(self, profile: Profile) -> None:
        self.profile = profile
        self.profile_changed.emit()
        self._suggest()

    def _suggest(self) -> None:
        if self.opened is not None:
            store = {"store": str(self.opened.store)}
            self.link.submit(
                Request("suggest_target", store, self._suggested, read_pairs, lane="quick")
            )

    def _suggested(self, suggestions: tuple[tuple[str, str], ...]) -> None:
        self.suggestions = suggestions
        if self.target is None and suggestions:
            self.target = suggestions[0][0]
        self.target_changed.emit()

    def set_kind(self, name: str, kind: Kind) -> None:
        """View a column as another kind; profile and suggestions are made anew."""
        if self.opened is None or self.opened.column(name).kind == kind:
            return
        params = {"store": str(self.opened.store), "kinds": {name: kind}}
        self.link.submit(Request("set_kinds", params, self._kinds_set, reader(Opened)))

    def _kinds_set(self, opened: Opened) -> None:
        self.opened = opened
        self._mark(unsaved=True)
        self.opened_changed.emit()
        self.describe()

    def forget_rows(self) -> None:
        """Hear no more of rows that were asked for."""
        self.link.drop("rows")

    def request_rows(
        self,
        filters: Sequence[Filter],
        sort: Sort | None,
        find: str,
        callback: Callable[[RowIds], None],
    ) -> None:
        """Ask for the 0-based rows that match; a newer request replaces an older one."""
        if self.opened is None:
            return
        self.forget_rows()
        way = "descending" if sort and sort.descending else "ascending"
        params = {
            "store": str(self.opened.store),
            "filters": to_json(filters),
            "sort": [[sort.column, way]] if sort else [],
            "find": find,
        }
        self.link.submit(Request("rows", params, callback, read_rows, lane="quick"))


def _ignore(message: str, hint: str) -> None:
    """Say nothing: the job that reads the whole file says it."""
    del message, hint
