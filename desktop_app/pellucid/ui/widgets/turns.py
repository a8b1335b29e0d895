"""Work that must stay on the GUI thread, done in small pieces so that the window never stalls."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable

from PySide6.QtCore import QObject, QTimer

Task = Callable[[], object]


class Turns(QObject):
    """Runs tasks one in each turn of the event loop, in order."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._waiting: deque[Task] = deque()
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._run)

    @property
    def is_done(self) -> bool:
        return not self._waiting

    def start(self, tasks: Iterable[Task]) -> None:
        """Do `tasks` in place of whatever still waits."""
        self._waiting = deque(tasks)
        self._go()

    def add(self, task: Task) -> None:
        """Do `task` after all that waits."""
        self._waiting.append(task)
        self._go()

    def _go(self) -> None:
        if self._waiting:
            self._timer.start()
        else:
            self._timer.stop()

    def _run(self) -> None:
        task = self._waiting.popleft()
        self._go()
        task()
