"""What the window can do, as commands with their keys, and the menus made of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction, QKeySequence, QShortcut
from PySide6.QtWidgets import QFileDialog, QMenu, QWidget

from pellucid.core.numbers import byte_size, plural
from pellucid.project.kept import Kept, Kind, kept, throw_away
from pellucid.ui import settings
from pellucid.ui.commands import Command
from pellucid.ui.pages.welcome_view import samples
from pellucid.ui.steps import STEPS
from pellucid.ui.theme import APPEARANCES

if TYPE_CHECKING:
    from pellucid.ui.window import Window

TABLES: Final = "Tables and projects (*.csv *.tsv *.txt *.pellucid);;All files (*)"
PROJECTS: Final = "Pellucid project (*.pellucid)"
REPORTS: Final = "Web page (*.html);;Markdown (*.md)"
LOOKS: Final = {"system": "As the desktop has it", "light": "Light", "dark": "Dark"}
_MENU_COLUMNS = 24


class Actions:
    """The commands of one window; each shortcut is bound once."""

    def __init__(self, window: Window) -> None:
        self._window = window
        self._session = window.session
        self._shortcuts: list[QShortcut] = []
        for command in self.fixed():
            if command.shortcut:
                made = QShortcut(QKeySequence(command.shortcut), window)
                made.activated.connect(partial(self._run, command))
                self._shortcuts.append(made)

    def _run(self, command: Command) -> None:
        reason = command.waits_for()
        if reason:
            self._window.strip.say(f"{command.title}: {reason[0].lower()}{reason[1:]}")
        else:
            command.run()

    def fixed(self) -> tuple[Command, ...]:
        """Return the commands that are always there."""
        window, session = self._window, self._session
        steps = [
            Command(f"go-{one.key}", f"Go to {one.title}", partial(window.go_to, one.key),
                    f"Ctrl+{number}", self._needs_file)
            for number, one in enumerate(STEPS, start=1)
        ]  # fmt: skip
        looks = [
            Command(f"look-{name}", f"Appearance: {LOOKS[name].lower()}",
                    partial(session.change_setting, "appearance", name))
            for name in APPEARANCES
        ]  # fmt: skip
        return (
            Command("open", "Open a file…", self.open_file, "Ctrl+O"),
            Command("save", "Save the project", self.save, "Ctrl+S", self._needs_table),
            Command("save-as", "Save the project as…", self.save_as, "Ctrl+Shift+S",
                    self._needs_table),
            Command("export", "Export the report…", self.export, "Ctrl+E", self._needs_table),
            *steps,
            Command("cancel", "Cancel what is running", session.cancel, "Ctrl+.", self._needs_job),
            Command("inspector", "Fold or unfold the inspector", window.fold_inspector, "Ctrl+I"),
            Command("commands", "Find a command", self.show_commands, "Ctrl+K"),
            Command("stay-offline", "Stay offline: nothing leaves this machine",
                    partial(session.set_offline, True), waits_for=self._needs_connections),
            Command("go-online", "Stay offline no longer: allow connections",
                    partial(session.set_offline, False), waits_for=self._needs_offline),
            *looks,
            Command("quit", "Close the window", window.close, "Ctrl+Q"),
        )  # fmt: skip

    def all(self) -> tuple[Command, ...]:
        """Return every command of the moment: fixed ones, targets, files, what can be emptied."""
        session = self._session
        columns = session.opened.columns if session.opened else ()
        targets = [
            Command(f"target-{c.name}", f"Predict {c.name}", partial(session.set_target, c.name))
            for c in columns
        ]
        files = [
            Command(f"sample-{s.path.name}", f"Open the sample {s.title}",
                    partial(session.open_file, s.path))
            for s in samples()
        ]  # fmt: skip
        files += [
            Command(f"recent-{r.path}", f"Open {r.path.name}", partial(session.open_file, r.path))
            for r in settings.load_recent()
        ]
        empties = [
            Command(f"empty-{one.kind}", f"Throw away {one.what} ({byte_size(one.bytes)})",
                    partial(self._empty, one.kind), waits_for=partial(_needs_some, one))
            for one in kept()
        ]  # fmt: skip
        fixed = (command for command in self.fixed() if command.key != "commands")
        return (*fixed, *files, *targets, *empties)

    def show_commands(self, query: str = "") -> None:
        """Open the palette, with `query` typed already."""
        self._window.palette_of_commands.open(self.all(), query)

    def _empty(self, kind: Kind) -> None:
        """Throw away what is kept of a kind, but for the table that is open."""
        opened = self._session.opened
        freed = throw_away(kind, opened.store if opened else None)
        stays = "; the open table stays" if kind == "tables" and opened else ""
        self._window.strip.say(f"{byte_size(freed)} given back{stays}")

    # Files

    def open_file(self) -> None:
        """Ask for a file and open it."""
        name, _ = QFileDialog.getOpenFileName(self._window, "Open", self._folder(), TABLES)
        if name:
            self._session.open_file(Path(name))

    def save(self) -> None:
        """Save where the project was saved before, or ask."""
        if self._session.project is not None:
            self._session.save(self._session.project)
        else:
            self.save_as()

    def save_as(self) -> None:
        self._ask_where(PROJECTS, ".pellucid", self._session.save)

    def export(self) -> None:
        self._ask_where(REPORTS, ".html", self._session.export)

    def _ask_where(self, kinds: str, suffix: str, write: Callable[[Path], None]) -> None:
        path = self._session.path
        proposed = str(Path(self._folder()) / f"{path.stem if path else 'untitled'}{suffix}")
        name, _ = QFileDialog.getSaveFileName(self._window, "Save", proposed, kinds)
        if name:
            chosen = Path(name)
            write(chosen if chosen.suffix else chosen.with_suffix(suffix))

    def _folder(self) -> str:
        path = self._session.project or self._session.path
        return str(path.parent) if path else str(Path.home())

    # What commands wait for

    def _needs_file(self) -> str:
        return "" if self._session.path else "Waits for a file"

    def _needs_table(self) -> str:
        return "" if self._session.opened else "Waits for a table"

    def _needs_job(self) -> str:
        return "" if self._session.job else "Nothing is running"

    def _needs_connections(self) -> str:
        return "Offline already" if self._session.is_offline else ""

    def _needs_offline(self) -> str:
        return "" if self._session.is_offline else "Not offline"

    # Menus

    def show_file_menu(self) -> None:
        """Open the menu under the file's name."""
        fixed = {command.key: command for command in self.fixed()}
        menu = self._menu()
        self._add(menu, [fixed["open"]])
        recent = menu.addMenu("Recent files")
        for entry in settings.load_recent():
            size = f"{plural(entry.rows, 'row')}, {plural(entry.columns, 'column')}"
            action = QAction(f"{entry.path.name}  ·  {size}", recent)
            self._opens(action, entry.path)
            recent.addAction(action)
        recent.setEnabled(not recent.isEmpty())
        bundled = menu.addMenu("Samples")
        for sample in samples():
            action = QAction(sample.title, bundled)
            self._opens(action, sample.path)
            bundled.addAction(action)
        bundled.setEnabled(not bundled.isEmpty())
        menu.addSeparator()
        self._add(menu, [fixed["save"], fixed["save-as"], fixed["export"]])
        menu.addSeparator()
        self._add(menu, [fixed["quit"]])
        self._drop_down(menu, self._window.header.file)

    def show_target_menu(self) -> None:
        """Open the menu of columns that can be predicted, those suggested first."""
        session = self._session
        menu = self._menu()
        for name, why in session.suggestions[:5]:
            self._offer_target(menu, name, f"{name}  ·  {why}")
        if session.suggestions:
            menu.addSeparator()
        columns = session.opened.columns if session.opened else ()
        for column in columns[:_MENU_COLUMNS]:
            self._offer_target(menu, column.name, column.name)
        if len(columns) > _MENU_COLUMNS:
            rest = QAction(f"All {len(columns)} columns…", menu)
            rest.triggered.connect(lambda: self.show_commands("Predict "))
            menu.addAction(rest)
        if menu.isEmpty():
            waits = QAction("Columns can be chosen once the whole file has been read", menu)
            waits.setEnabled(False)
            menu.addAction(waits)
        self._drop_down(menu, self._window.header.target)

    def _offer_target(self, menu: QMenu, name: str, text: str) -> None:
        action = QAction(text.replace("&", "&&"), menu)
        action.setCheckable(True)
        action.setChecked(name == self._session.target)
        action.triggered.connect(lambda: self._session.set_target(name))
        menu.addAction(action)

    def _opens(self, action: QAction, path: Path) -> None:
        action.triggered.connect(lambda: self._session.open_file(path))

    def show_appearances(self) -> None:
        """Open the menu of light, dark and the desktop's own."""
        menu = self._menu()
        chosen = self._session.settings.appearance
        for name in APPEARANCES:
            action = QAction(LOOKS[name], menu)
            action.setCheckable(True)
            action.setChecked(name == chosen)
            change = partial(self._session.change_setting, "appearance", name)
            action.triggered.connect(lambda _=False, run=change: run())
            menu.addAction(action)
        beside = self._window.rail.appearance
        menu.popup(beside.mapToGlobal(QPoint(beside.width(), -menu.sizeHint().height() + 28)))

    def _menu(self) -> QMenu:
        menu = QMenu(self._window)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        return menu

    def _add(self, menu: QMenu, commands: Iterable[Command]) -> None:
        for command in commands:
            action = QAction(command.title, menu)
            action.setShortcut(QKeySequence(command.shortcut))
            action.setShortcutVisibleInContextMenu(True)
            action.setEnabled(not command.waits_for())
            action.triggered.connect(lambda _=False, chosen=command: self._run(chosen))
            menu.addAction(action)

    def _drop_down(self, menu: QMenu, under: QWidget) -> None:
        menu.popup(under.mapToGlobal(QPoint(0, under.height() + 2)))


def _needs_some(one: Kept) -> str:
    return "" if one.bytes else "Nothing is kept"
