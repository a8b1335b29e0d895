"""`summarize`, `report` and `self-test`."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from cli_harness import Cli, Work, files_in


def test_summarize_ties_every_claim_to_facts(cli: Cli, work: Work) -> None:
    document = cli.json("summarize", work.table)

    assert (document["writer"], document["sent"]) == ("builtin", {"bytes": 0, "destination": ""})
    assert document["claims"]
    for claim in document["claims"]:
        assert claim["checked"] is True
        assert claim["facts"]
        assert set(claim["facts"]) <= set(document["facts"])
    for fact in document["facts"].values():
        assert set(fact) == {"kind", "subject", "value", "unit", "n", "low", "high", "text"}
    assert document["rejected"] == document["interpretation"] == []


def test_summarize_tells_what_predicts_a_target(cli: Cli, work: Work) -> None:
    words = [work.table, "--target", "rent", "--quality", "preview", "--drop", "sold"]
    document = cli.json("summarize", *words)

    told = " ".join(claim["text"] for claim in document["claims"])
    assert "area" in told
    assert {"importance", "metric"} <= {fact["kind"] for fact in document["facts"].values()}


def test_summarize_reads_like_a_page(cli: Cli, work: Work) -> None:
    outcome = cli("summarize", work.table)

    assert outcome.code == 0
    assert max(map(len, outcome.out.splitlines())) <= 80
    assert "without a language model" in " ".join(outcome.out.split())


def test_the_same_file_and_seed_give_the_same_words(cli: Cli, work: Work) -> None:
    words = ["summarize", work.table, "--target", "rent", "--quality", "preview", "--seed", "5"]

    assert cli.json(*words) == cli.json(*words)


@pytest.mark.parametrize("command", ["summarize", "report"])
@pytest.mark.parametrize(
    "option",
    [
        ["--writer", "http://localhost:9/v1"], ["--writer", "/models/x"], ["--llm", "qwen"],
        ["--audience", "children"], ["--language", "German"], ["--send-to", "example.org"],
    ],
    ids=" ".join,
)  # fmt: skip
def test_other_writers_are_refused(
    cli: Cli, work: Work, tmp_path: Path, command: str, option: list[str]
) -> None:
    out = ["-o", tmp_path / "out.html"] if command == "report" else []

    outcome = cli(command, work.table, *out, *option).failed_plainly()

    assert "hint: " in outcome.err
    assert files_in(tmp_path) == []


def test_report_writes_one_page_that_asks_for_nothing(cli: Cli, work: Work, tmp_path: Path) -> None:
    out = tmp_path / "out.html"

    document = cli.json("report", work.table, "--target", "rent", "--quality", "preview", "-o", out)

    page = out.read_text(encoding="utf-8")
    assert document["path"] == str(out)
    assert document["bytes"] == out.stat().st_size
    assert document["claims"] > 5
    assert document["charts"] > 2
    assert document["seconds"] > 0
    assert files_in(tmp_path) == ["out.html"]
    assert "default-src 'none'" in page
    assert "<script" not in page
    assert not re.search(r"""(src|href)=["'](https?:)?//""", page)


def test_report_without_a_target_describes_the_data(cli: Cli, work: Work, tmp_path: Path) -> None:
    outcome = cli("report", work.table, "-o", tmp_path / "out.md")

    assert outcome.code == 0
    assert "no --target" in outcome.err
    assert "area" in (tmp_path / "out.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["out.pdf", "out.docx", "out"])
def test_a_format_that_is_not_served_is_said(
    cli: Cli, work: Work, tmp_path: Path, name: str
) -> None:
    outcome = cli("report", work.table, "-o", tmp_path / name).failed_plainly()

    assert ".html" in outcome.err
    assert files_in(tmp_path) == []


def test_self_test_passes_on_this_installation(cli: Cli) -> None:
    document = cli.json("self-test")

    assert document["passed"] is True
    names = [check["name"] for check in document["checks"]]
    assert "predict as interpret does" in names
    assert all(check["passed"] for check in document["checks"])


def test_self_test_fails_with_the_reason(
    cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    samples = tmp_path / "samples"
    samples.mkdir()
    (samples / "penguins.csv").write_text(
        "species,body_mass_g\n" + "Adelie,3000\nGentoo,5000\n" * 9
    )
    monkeypatch.setattr("pellucid.cli.selftest.resource", lambda name: tmp_path / name)

    outcome = cli("self-test", "--json").failed_plainly()

    assert "18 rows instead of 344" in outcome.err
    assert outcome.document["checks"][-1]["passed"] is False
