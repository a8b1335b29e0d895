"""From arguments to an exit code: 0 done, 1 failed, 2 wrong usage, 130 interrupted."""

from __future__ import annotations

import argparse
import difflib
import logging
import multiprocessing
import os
import sys
import traceback
from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from pathlib import Path

from pellucid.cli.console import Console
from pellucid.cli.parser import COMMANDS, command_parser, window_parser
from pellucid.core.errors import UserError
from pellucid.core.offline import offline
from pellucid.core.run import Run
from pellucid.engine.process import WORKER_FLAG as ENGINE_FLAG
from pellucid.models.workers import WORKER_FLAG as FIT_FLAG

Command = Callable[[argparse.Namespace, Console, Run], int]

DONE, FAILED, WRONG_USAGE, INTERRUPTED = 0, 1, 2, 130
_PLACES: Mapping[str, tuple[str, str]] = {
    "open": ("tables", "open_file"),
    "convert": ("tables", "convert_files"),
    "profile": ("tables", "profile_file"),
    "fit": ("fitting", "fit_model"),
    "evaluate": ("using", "evaluate_model"),
    "predict": ("using", "predict_rows"),
    "explain": ("explaining", "explain"),
    "quiz": ("quizzing", "take_quiz"),
    "compare": ("comparing", "compare_groups"),
    "summarize": ("reporting", "summarize"),
    "ask": ("asking", "ask_question"),
    "report": ("reporting", "write_report"),
    "writers": ("writing", "list_writers"),
    "keys": ("writing", "keep_keys"),
    "sent": ("writing", "show_sent"),
    "cache": ("caches", "show_cache"),
    "self-test": ("selftest", "self_test"),
}
"""Where each command's function is, so that only that module is imported."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    words = list(sys.argv[1:] if argv is None else argv)
    _become_worker(words)
    _keep_writing_in_any_encoding()
    try:
        command, arguments = _parse(words)
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else WRONG_USAGE
    return _run(command, arguments)


def _become_worker(words: list[str]) -> None:
    """Serve as the process that a frozen app starts by running itself with a flag."""
    multiprocessing.freeze_support()
    if words[:1] == [ENGINE_FLAG]:
        import_module("pellucid.engine.worker").main(words[1])
    if words[:1] == [FIT_FLAG]:
        import_module("pellucid.models.worker").main()
        sys.exit(DONE)


def _parse(words: list[str]) -> tuple[Command, argparse.Namespace]:
    first = next((word for word in words if not word.startswith("-")), None)
    wants_help = any(word in ("-h", "--help", "--version") for word in words)
    if first in COMMANDS or wants_help:
        arguments = command_parser().parse_args(words)
        module, function = _PLACES[arguments.command]
        return getattr(import_module(f"pellucid.cli.{module}"), function), arguments
    if first is not None and not Path(first).exists() and not Path(first).suffix:
        close = difflib.get_close_matches(first, COMMANDS, 1)
        meant = f"; did you mean {close[0]}?" if close else ""
        command_parser().error(f"there is no command and no file called {first}{meant}")
    return _open_window, window_parser().parse_args(words)


def _run(command: Command, arguments: argparse.Namespace) -> int:
    console = Console(
        json=getattr(arguments, "json", False), quiet=getattr(arguments, "quiet", False)
    )
    debug = getattr(arguments, "debug", False)
    run = Run(seed=getattr(arguments, "seed", 0), on_progress=console.progress)
    logging.basicConfig(level=logging.DEBUG if debug else logging.CRITICAL)
    try:
        with offline(getattr(arguments, "offline", False)):
            code = command(arguments, console, run)
        sys.stdout.flush()
        return code
    except KeyboardInterrupt:
        console.clear_progress()
        print("interrupted; no output file was changed", file=sys.stderr)
        return INTERRUPTED
    except BrokenPipeError:
        _discard_output()
        return DONE
    except Exception as error:  # noqa: BLE001 - the one place where errors reach the user
        if debug:
            traceback.print_exc()
        console.error(*_told(error))
        return FAILED
    finally:
        console.clear_progress()


def _told(error: Exception) -> tuple[str, str]:
    """Return what to tell the user of an error, and the way out."""
    if isinstance(error, UserError):
        return error.message, error.hint
    if isinstance(error, MemoryError):
        return "There is not enough memory for this", "Close other programs, or drop columns."
    if isinstance(error, OSError) and error.filename:
        return f"{error.filename}: {error.strerror}", "Check the path, its rights and free space."
    where = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
    return f"Something went wrong inside Pellucid ({where})", "Add --debug to see where."


def _open_window(arguments: argparse.Namespace, console: Console, run: Run) -> int:
    del run
    if console.json:
        raise UserError("The window has no JSON to write", "Name a command, for example open.")
    if not _has_display():
        raise UserError(
            "There is no display to open a window on",
            "Work without one: pellucid report FILE -o report.html. See pellucid --help.",
        )
    try:
        app = import_module("pellucid.ui.app")
    except ImportError as error:
        raise UserError(
            f"The window cannot start: {error}",
            "Install what the README lists for the window, or use the commands.",
        ) from error
    code: int = app.main(arguments.file)
    return code


def _has_display() -> bool:
    if not sys.platform.startswith(("linux", "freebsd")):
        return True
    return any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))


def _keep_writing_in_any_encoding() -> None:
    """Let a terminal that cannot show a character show another instead of an error."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="replace")


def _discard_output() -> None:
    """Point stdout at nothing: its reader is gone, and the flush at exit would fail again."""
    nothing = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nothing, sys.stdout.fileno())
    os.close(nothing)
