"""How the command line is called, and what every command has in common."""

from __future__ import annotations

import json
import os
import pty
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest
from cli_harness import Cli, Work, files_in

from pellucid.cli.parser import COMMANDS, command_parser

CONTRACT = ("open", "convert", "profile", "fit", "evaluate", "predict", "explain", "quiz",
            "compare", "summarize", "ask", "report", "writers", "keys", "sent",
            "cache", "self-test")  # fmt: skip


def test_the_commands_are_those_of_the_contract() -> None:
    assert COMMANDS == CONTRACT


def test_help_lists_every_command(cli: Cli) -> None:
    outcome = cli("--help")

    assert outcome.code == 0
    for command in CONTRACT:
        assert re.search(rf"^    {command}\s", outcome.out, re.MULTILINE), command


@pytest.mark.parametrize("command", CONTRACT)
def test_every_command_takes_the_common_options(command: str) -> None:
    needed = {
        "open": ["f"], "profile": ["f"], "summarize": ["f"], "explain": ["m"], "self-test": [],
        "convert": ["f", "-o", "o"], "report": ["f", "-o", "o"],
        "fit": ["f", "--target", "t", "-o", "o"],
        "quiz": ["m", "f"], "compare": ["f", "--groups", "c=a,b"], "ask": ["f", "q"],
        "keys": ["h"], "sent": [], "writers": [], "cache": [],
        "evaluate": ["m", "f"], "predict": ["m", "f", "-o", "o"],
    }[command]  # fmt: skip
    common = ["--json", "--quiet", "--seed", "7", "--offline", "--debug"]

    after = command_parser().parse_args([command, *needed, *common])
    before = command_parser().parse_args([*common, command, *needed])

    assert vars(after) == vars(before)
    assert (after.json, after.quiet, after.seed, after.offline) == (True, True, 7, True)


@pytest.mark.parametrize(
    "words",
    [
        ["open"],
        ["open", "a", "b"],
        ["open", "a", "--nonsense"],
        ["fit", "a", "-o", "b"],
        ["fit", "a", "--target", "t", "-o", "b", "--quality", "perfect"],
        ["fit", "a", "--target", "t", "-o", "b", "--test-size", "2"],
        ["explain", "m", "--row", "0", "--data", "f"],
        ["open", "a", "--seed", "x"],
        ["open", "a", "--seed", "-1"],
        ["compare", "a"],
        ["ask", "a"],
        ["profle", "a"],
        ["--nonsense"],
    ],
)
def test_wrong_usage_ends_with_2(cli: Cli, words: list[str]) -> None:
    outcome = cli(*words)

    assert outcome.code == 2
    assert outcome.out == ""
    assert "usage:" in outcome.err


def test_a_mistyped_command_is_guessed(cli: Cli) -> None:
    assert "did you mean profile?" in cli("profle").err


def test_the_version_is_told(cli: Cli) -> None:
    assert re.fullmatch(r"pellucid \d+\.\d+\.\d+\n", cli("--version").out)


def test_json_is_the_one_thing_on_stdout(cli: Cli, birds: Path) -> None:
    outcome = cli("open", birds, "--json")

    assert (outcome.code, outcome.err) == (0, "")
    json.loads(outcome.out)


def test_debug_shows_where_an_error_came_from(cli: Cli, tmp_path: Path) -> None:
    outcome = cli("open", tmp_path / "none.csv", "--debug")

    assert outcome.code == 1
    assert "Traceback" in outcome.err
    assert "error: There is no file" in outcome.err


def test_without_a_display_the_window_says_so(cli: Cli, birds: Path) -> None:
    for words in ([], [birds]):
        outcome = cli.process(*words, DISPLAY="", WAYLAND_DISPLAY="", QT_QPA_PLATFORM="")
        outcome.failed_plainly()
        assert "no display" in outcome.err
        assert "hint: " in outcome.err


def test_an_error_of_a_real_process_is_plain(cli: Cli, tmp_path: Path) -> None:
    outcome = cli.process("profile", tmp_path / "none.csv", "--json")

    outcome.failed_plainly()
    assert outcome.out == ""


def test_a_terminal_of_another_encoding_is_no_error(cli: Cli, tmp_path: Path) -> None:
    path = tmp_path / "names.csv"
    path.write_text("größe,名前\n" + "\n".join(f"{i},{'かな'[i % 2]}" for i in range(12)))

    plain = cli.process("open", path, PYTHONIOENCODING="ascii")
    data = cli.process("open", path, "--json", PYTHONIOENCODING="ascii")

    assert (plain.code, data.code) == (0, 0)
    assert data.document["columns"][1]["name"] == "名前"


def test_a_reader_that_leaves_early_is_no_error(birds: Path) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "pellucid", "profile", str(birds), "--json"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdout is not None
    process.stdout.close()
    _, err = process.communicate()

    assert err == b""
    assert process.returncode == 0


def test_progress_is_a_bar_on_a_terminal_and_nothing_elsewhere(birds: Path) -> None:
    def stderr_of(*words: str) -> str:
        """Run with a terminal as stderr and return what appears on it."""
        ours, theirs = pty.openpty()
        command = [sys.executable, "-m", "pellucid", *words]
        with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=theirs):
            os.close(theirs)
            parts = []
            try:
                while part := os.read(ours, 4096):
                    parts.append(part)
            except OSError:  # The other end is closed.
                os.close(ours)
        return b"".join(parts).decode()

    shown = stderr_of("open", str(birds))
    assert "\r" in shown
    assert shown.rpartition("\r")[2] == ""
    assert stderr_of("open", str(birds), "--quiet") == ""


def test_interrupting_leaves_nothing_half_written(tmp_path: Path) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    os.mkfifo(tmp_path / "endless.csv")
    command = [sys.executable, "-m", "pellucid", "convert", tmp_path / "endless.csv"]
    process = subprocess.Popen([*command, "-o", folder / "copy.csv"], stderr=subprocess.PIPE)
    _wait_until_it_waits_for_input(process.pid)

    process.send_signal(signal.SIGINT)
    _, err = process.communicate()

    assert process.returncode == 130
    assert b"Traceback" not in err
    assert files_in(folder) == []


def test_interrupting_a_fit_ends_its_workers(work: Work, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "pellucid", "fit", work.table, "--target", "rent"]
    process = subprocess.Popen(
        [*command, "--quality", "best", "-o", tmp_path / "m"], stderr=subprocess.PIPE
    )
    seen = psutil.Process(process.pid)
    while not (workers := seen.children(recursive=True)):
        assert process.poll() is None
        time.sleep(0.05)

    process.send_signal(signal.SIGINT)
    _, err = process.communicate()

    assert process.returncode == 130
    assert b"Traceback" not in err
    assert files_in(tmp_path) == []
    _, left = psutil.wait_procs(workers, timeout=60)
    assert left == []


def _wait_until_it_waits_for_input(pid: int) -> None:
    """Wait until the process has imported what it needs and sleeps on the file nobody writes."""
    seen = psutil.Process(pid)
    last = -1.0
    for _ in range(600):
        used = sum(seen.cpu_times()[:2])
        if used == last and used > 0 and seen.status() == psutil.STATUS_SLEEPING:
            return
        last = used
        time.sleep(0.2)
    raise AssertionError("it never came to rest")
