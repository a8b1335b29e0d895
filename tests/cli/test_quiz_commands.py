"""`quiz`: dealt without its key, answered from a file, on a terminal or by a language model."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest
from cli_harness import Cli, Work

import misbehaving_server as bad
from misbehaving_server import serving
from pellucid.data.reading import open_table
from pellucid.project.files import save_project
from pellucid.project.types import Project, Recipe


@pytest.fixture
def project(work: Work, tmp_path: Path) -> Path:
    path = tmp_path / "flats.pellucid"
    with open_table(work.table) as table:
        save_project(Project(Recipe(table.source), fit=work.binary), path)
    return path


def answered(tmp_path: Path, *lines: object) -> Path:
    path = tmp_path / "answers.txt"
    path.write_text("".join(f"{line}\n" for line in lines))
    return path


def test_without_answers_the_quiz_is_written_without_its_key(cli: Cli, work: Work) -> None:
    document = cli.json("quiz", work.binary, work.table)

    assert document["choices"] == ["no", "yes"]
    assert [part["part"] for part in document["parts"]] == ["without", "with"]
    assert [len(part["questions"]) for part in document["parts"]] == [8, 8]
    assert document["parts"][0]["model"] is None
    assert document["parts"][1]["model"]["terms"]
    assert all("sold" not in q for part in document["parts"] for q in part["questions"])
    told = cli("quiz", work.binary, work.table)
    assert "not about the truth" in " ".join(told.out.split())
    assert "Question 16 of 16" in told.out
    assert "--answers FILE" in told.err
    assert max(map(len, told.out.splitlines())) <= 80


def test_answers_in_a_file_are_marked(cli: Cli, work: Work, tmp_path: Path) -> None:
    first = cli.json("quiz", work.binary, work.table, "--answers", answered(tmp_path, *["no"] * 16))
    key = [answer["model"] for answer in first["answers"]]
    lines = [*key[:8], "-", *(1 if name == "no" else 2 for name in key[9:])]

    document = cli.json("quiz", work.binary, work.table, "--who", "Ada",
                        "--answers", answered(tmp_path, *lines))  # fmt: skip

    assert (document["parts"]["without"]["right"], document["parts"]["with"]["right"]) == (8, 7)
    assert document["parts"]["with"]["answered"] == 7
    assert document["difference"]["value"] == pytest.approx(-1 / 8)
    assert document["difference"]["low"] < document["difference"]["high"]
    assert (document["who"], document["kind"], document["chance"]) == ("Ada", "person", 0.5)
    assert document["text"].endswith("the difference could be chance.")
    row = document["answers"][0]["row"]
    explained = cli.json("explain", work.binary, "--row", row, "--data", work.table)
    assert explained["prediction"]["label"] == key[0]


def test_few_answers_are_a_quiz_that_was_stopped(cli: Cli, work: Work, tmp_path: Path) -> None:
    told = cli("quiz", work.number, work.table, "--answers", answered(tmp_path, 1, 2, 3))

    assert told.code == 0
    assert "of 3 without explanations; the other part was not begun." in told.out


def test_strange_answers_end_in_a_plain_error(cli: Cli, work: Work, tmp_path: Path) -> None:
    words = ["quiz", work.binary, work.table, "--answers"]
    assert "Line 2, 'perhaps', is none" in (
        cli(*words, answered(tmp_path, "no", "perhaps")).failed_plainly().err
    )
    cli(*words, answered(tmp_path)).failed_plainly()
    cli(*words, tmp_path / "none").failed_plainly()
    cli(*words, answered(tmp_path, *["no"] * 17)).failed_plainly()
    cli("quiz", work.binary, work.table, "--questions", 5).failed_plainly()
    cli(*words, answered(tmp_path, 1), "--keep", tmp_path / "gone").failed_plainly()


def test_results_are_kept_in_the_project_and_listed(
    cli: Cli, work: Work, project: Path, tmp_path: Path
) -> None:
    words = ["quiz", project, work.table, "--answers", answered(tmp_path, *["no"] * 16),
             "--keep", project]  # fmt: skip
    assert cli.json(*words, "--who", "Ada")["earlier"] == []

    document = cli.json(*words, "--who", "Ben", "--swap", "--seed", 4)
    assert [(one["who"], one["design"]["swapped"]) for one in document["earlier"]] == [
        ("Ada", False)
    ]
    told = cli(*words)
    listed = told.out.partition("Earlier results in flats.pellucid")[2]
    assert listed.index("Ben") < listed.index("Ada")


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def interview(monkeypatch: pytest.MonkeyPatch, *lines: str) -> None:
    """Let somebody type at a terminal."""
    typed = iter(lines)

    def read(_: str) -> str:
        try:
            return next(typed)
        except StopIteration:
            raise EOFError from None

    monkeypatch.setattr("builtins.input", read)
    monkeypatch.setattr("sys.stdin", Terminal())
    monkeypatch.setattr("sys.stdout.isatty", lambda: True, raising=False)


def test_a_person_answers_on_a_terminal_and_may_stop(
    cli: Cli, work: Work, monkeypatch: pytest.MonkeyPatch
) -> None:
    interview(monkeypatch, "2", "what?", "1", "YES", "stop", "1")
    told = cli("quiz", work.binary, work.table)

    assert told.code == 0, told.err
    assert "Question 4 of 16" in told.out
    assert "Question 5 of 16" not in told.out
    assert "of 3 without explanations; the other part was not begun." in told.out
    assert "s an answer" in told.out
    assert "Part 2" not in told.out


def test_a_language_model_on_this_machine_takes_it(cli: Cli, work: Work, project: Path) -> None:
    with serving(bad.says('{"choice": 1}')) as server:
        document: Any = cli.json("quiz", work.binary, work.table, "--writer", server.url,
                                 "--keep", project)  # fmt: skip
    assert (document["kind"], document["who"], document["asked"]) == ("model", "tiny", 16)
    assert json.dumps(document).count('"answer": "no"') == 16
    words = ["quiz", work.binary, work.table, "--writer", "https://llm.example.org/v1"]
    assert "nothing was sent" in cli(*words, "--llm", "x").failed_plainly().err
    assert "under its own name" in cli(*words, "--who", "Ada").failed_plainly().err
