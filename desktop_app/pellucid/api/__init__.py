"""Pellucid from Python: the same steps as the window and the command line, in this process."""

from pellucid.api.explaining import explain, reasons, tell
from pellucid.api.tables import fit, load, open_
from pellucid.api.words import ask, compare, report, sources, summarize

__all__ = [
    "ask", "compare", "explain", "fit", "load", "open_", "reasons", "report", "sources",
    "summarize", "tell",
]  # fmt: skip
