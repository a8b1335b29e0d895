"""Carries edits of a keyword tree to the engine and back, and undoes them."""

from __future__ import annotations

from functools import partial

from pellucid.explain.edit_effects import EditEffect
from pellucid.ui.pages import explain_tree_view as view
from pellucid.ui.pages.explain_tree import TreePanel
from pellucid.ui.readers import KnownFit, read_edit
from pellucid.ui.session import Session


class TreeWork:
    """Edits what the session shows: an edited tree is a fit of its own, kept beside the first."""

    def __init__(self, session: Session, panel: TreePanel) -> None:
        self._session, self._panel = session, panel
        self.history = view.History()
        self._job = ""
        panel.editor.wanted.connect(self.edit)
        panel.editor.undo_wanted.connect(self.undo)

    def refresh(self) -> None:
        """Follow the session: another fit than that of the last edit has nothing to undo."""
        before = self.history.shown
        self.history.follow(self._session.fit_path)
        if before != self.history.shown:
            self._drop()
            self._show("")

    def _drop(self) -> None:
        if self._job:
            self._session.forget(self._job)
            self._job = ""
        self._panel.editor.rest(is_busy=False)

    def _show(self, said: str) -> None:
        self._panel.show_history(can_undo=bool(self.history.before), said=said)

    def edit(self, wanted: view.TreeEdit) -> None:
        """Have an edit made; the tree stays as it is until that is done."""
        session = self._session
        shown = next((fit for fit in session.fits if fit.path == session.fit_path), None)
        if shown is None or session.opened is None or session.is_fitting:
            self._panel.editor.say("Editing needs a finished fit and its table.")
            return
        self._panel.editor.say("The texts are being counted anew.")
        self._panel.editor.rest(is_busy=True)
        params = {
            "fit": str(shown.path), "store": str(session.opened.store), "column": wanted.column,
            "action": wanted.action, "node": wanted.node, "keyword": wanted.keyword,
        }  # fmt: skip
        self._job = session.ask(
            "edit_tree", params, read_edit, partial(self._edited, shown), self._failed
        )

    def _edited(self, before: KnownFit, made: tuple[KnownFit, EditEffect | None]) -> None:
        after, effect = made
        self._job = ""
        self._panel.editor.rest(is_busy=False)
        replaced = self.history.take(before, after, effect)
        self._session.take_edit(after, in_place_of=replaced)
        self._show(view.effect_sentence(effect))

    def _failed(self, message: str, hint: str) -> None:
        self._job = ""
        self._panel.editor.rest(is_busy=False)
        self._panel.editor.say(f"{message}. {hint}".strip())

    def undo(self) -> None:
        """Put back the fit before the last edit."""
        if not self.history.before or self._session.is_fitting:
            return
        gone = self.history.shown
        self._session.take_edit(self.history.undo(), in_place_of=gone)
        effect = self.history.effect
        self._show(view.effect_sentence(effect) if self.history.before else "")
