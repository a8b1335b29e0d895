"""Show a window, say so, and leave: ours, or a bare main window with a pyqtgraph plot.

Run: python tests/bench/window_start.py ours|bare
"""

from __future__ import annotations

import sys

from PySide6.QtWidgets import QApplication, QMainWindow


def bare() -> QMainWindow:
    """Return what any PySide6 program with a plot has to make."""
    import pyqtgraph

    window = QMainWindow()
    window.setCentralWidget(pyqtgraph.PlotWidget())
    window.resize(1280, 800)
    return window


def main(which: str) -> None:
    """Make the window, let it paint, and print a line when it is there."""
    if which == "ours":
        from pellucid.ui.app import make_app
        from pellucid.ui.session import Session
        from pellucid.ui.window import Window

        app = make_app()
        session = Session()
        window: QMainWindow = Window(session)
    else:
        app = QApplication(sys.argv[:1])
        window = bare()
    window.show()
    while not window.windowHandle().isExposed():
        app.processEvents()
    app.processEvents()
    window.grab()
    print("shown", flush=True)
    window.close()


if __name__ == "__main__":
    main(sys.argv[1])
