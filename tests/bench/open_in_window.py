"""Open a file in the window and leave once its whole table can be paged.

Run: python tests/bench/open_in_window.py FILE
"""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtCore import QTimer

from pellucid.ui.app import make_app
from pellucid.ui.session import Session
from pellucid.ui.window import Window

LIMIT_MS = 300_000


def main(path: Path) -> int:
    """Return 0 once the table and its profile are there, 1 if they do not come."""
    app = make_app()
    session = Session()
    window = Window(session)
    window.show()
    session.profile_changed.connect(lambda: app.exit(0) if session.profile else None)
    session.error_changed.connect(lambda: app.exit(1) if session.error else None)
    QTimer.singleShot(LIMIT_MS, lambda: app.exit(1))
    QTimer.singleShot(0, lambda: session.open_file(path))
    code = app.exec()
    window.close()
    return code


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
