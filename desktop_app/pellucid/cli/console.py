"""What the command line writes: text, tables, one JSON document, progress and errors."""

from __future__ import annotations

import json
import re
import shutil
import sys
import textwrap
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field

from pellucid.core.numbers import number
from pellucid.core.run import Progress
from pellucid.core.values import to_json

_BAR = 24
_BLANKS = re.compile(r"[ \t\r\n]+")
"""What lines may break at; spaces that hold a number and its sign together stay."""
_WIDEST_CELL = 48
_DIRECTIONS = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
"""Characters that turn the direction of what follows them."""


@dataclass(slots=True)
class Console:
    """Writes results to stdout and everything else to stderr.

    With `json` stdout carries one document and no text; with `quiet` stderr carries errors alone.
    """

    json: bool = False
    quiet: bool = False
    _drawn: int = field(default=0, init=False)

    def line(self, text: str = "") -> None:
        """Write a line for a reader."""
        if not self.json:
            print(plain(text, keep_breaks=True))

    def heading(self, text: str) -> None:
        """Write a heading with room above it."""
        self.line()
        self.line(text)
        self.line("─" * min(len(text), _width()))

    def paragraph(self, text: str, indent: str = "") -> None:
        """Write text set to the terminal's width, at most 80 characters."""
        body = " ".join(_BLANKS.split(text.strip()))
        self.line(
            textwrap.fill(body, _width_for(body), initial_indent=indent, subsequent_indent=indent)
        )

    def item(self, text: str) -> None:
        """Write an entry of a list."""
        width = _width()
        body = " ".join(text.split())
        self.line(textwrap.fill(body, width, initial_indent="- ", subsequent_indent="  "))

    def table(
        self, header: Sequence[str], rows: Sequence[Sequence[str]], right: Sequence[int] = ()
    ) -> None:
        """Write aligned columns; those whose positions are in `right` are set flush right."""
        if self.json:
            return
        cells = [[_clipped(plain(cell)) for cell in row] for row in (header, *rows)]
        widths = [max(_columns_of(row[i]) for row in cells) for i in range(len(header))]
        for row in cells:
            parts = [
                _set(c, w, i in right) for i, (c, w) in enumerate(zip(row, widths, strict=True))
            ]
            self.line("  ".join(parts).rstrip())

    def document(self, value: object) -> None:
        """Write the one JSON document of a `--json` call."""
        if self.json:
            print(json.dumps(to_json(value), indent=2, allow_nan=False))

    def note(self, text: str) -> None:
        """Tell, on stderr, what a reader of the result should know."""
        if not self.quiet:
            self.clear_progress()
            print(f"note: {plain(text)}", file=sys.stderr)

    def error(self, message: str, hint: str) -> None:
        """Tell what went wrong and the way out, on stderr, one line each."""
        self.clear_progress()
        print(f"error: {plain(message)}", file=sys.stderr)
        if hint:
            print(f"hint: {plain(hint)}", file=sys.stderr)

    def progress(self, progress: Progress) -> None:
        """Draw where the work stands, over what was drawn before; on a terminal only."""
        if self.quiet or not sys.stderr.isatty():
            return
        parts = [plain(progress.stage)]
        if progress.done is not None and progress.total:
            filled = round(_BAR * min(1.0, progress.done / progress.total))
            bar = "█" * filled + "░" * (_BAR - filled)
            parts = [bar, *parts, f"{progress.done:,} of {progress.total:,}"]
        parts += [f"{name.replace('_', ' ')} {number(v)}" for name, v in progress.numbers.items()]
        text = "  ".join(parts)[: shutil.get_terminal_size().columns - 1]
        print("\r" + text.ljust(self._drawn), end="", file=sys.stderr, flush=True)
        self._drawn = len(text)

    def clear_progress(self) -> None:
        """Take the drawn progress away."""
        if self._drawn:
            print("\r" + " " * self._drawn + "\r", end="", file=sys.stderr, flush=True)
            self._drawn = 0


def plain(text: str, *, keep_breaks: bool = False) -> str:
    """Return `text` with control characters made visible, so that data cannot steer a terminal."""
    kept = "\n" if keep_breaks else ""
    return "".join(c if c in kept or not _steers(c) else _visible(c) for c in text)


def _steers(character: str) -> bool:
    return unicodedata.category(character) in ("Cc", "Cs") or character in _DIRECTIONS


def _visible(character: str) -> str:
    if character in "\n\r\t":
        return " "
    return character.encode("unicode_escape").decode("ascii")


def _width() -> int:
    return min(80, shutil.get_terminal_size().columns)


def _width_for(text: str) -> int:
    """Return how many characters fit into a line; of wide ones half as many do."""
    return _width() * len(text) // max(1, _columns_of(text))


def _clipped(text: str) -> str:
    return text if len(text) <= _WIDEST_CELL else text[: _WIDEST_CELL - 1] + "…"


def _columns_of(text: str) -> int:
    """Return how many columns of a terminal `text` takes; East Asian wide characters take two."""
    wide = sum(unicodedata.east_asian_width(c) in "WF" for c in text)
    marks = sum(unicodedata.combining(c) != 0 for c in text)
    return len(text) + wide - marks


def _set(text: str, width: int, right: bool) -> str:
    space = " " * (width - _columns_of(text))
    return space + text if right else text + space
