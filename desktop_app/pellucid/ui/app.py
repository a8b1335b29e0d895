"""Starts the window."""

from __future__ import annotations

import faulthandler
import os
import signal
import sys
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication

from pellucid.core.paths import state_dir
from pellucid.report.palette import LIGHT
from pellucid.ui import theme
from pellucid.ui.session import Session
from pellucid.ui.window import Window


def make_app() -> QApplication:
    """Return the application, dressed in the visual system; made at the first call."""
    existing = QApplication.instance()
    if isinstance(existing, QApplication):
        app = existing
    else:
        QApplication.setHighDpiScaleFactorRoundingPolicy(
            Qt.HighDpiScaleFactorRoundingPolicy.PassThrough
        )
        app = QApplication(sys.argv[:1])
    app.setApplicationName("pellucid")
    app.setApplicationDisplayName("Pellucid")
    app.setDesktopFileName("pellucid")
    app.setStyle("Fusion")
    app.setFont(theme.font())
    app.setWindowIcon(theme.icon("pellucid", LIGHT.accent, 64))
    return app


def main(file: Path | str | None = None) -> int:
    """Show the window, on `file` or on the welcome page; return the exit code when it is closed."""
    os.environ.setdefault("PYQTGRAPH_QT_LIB", "PySide6")
    app = make_app()
    if hasattr(signal, "SIGINT"):
        signal.signal(signal.SIGINT, signal.SIG_DFL)
    with (state_dir() / "window-crash.log").open("a", encoding="utf-8") as log:
        faulthandler.enable(log)
        session = Session()
        window = Window(session)
        window.show()
        if file is not None:
            QTimer.singleShot(0, window, lambda: session.open_file(Path(file).resolve()))
        code = app.exec()
        faulthandler.disable()
    return code
