"""Language models as writers on the command line: masked, agreed to, written down, checked."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import keyring
import pytest
from cli_harness import Cli

import misbehaving_server as bad
from leaning_writer import LOOSE, LeaningWriter
from misbehaving_server import Behaviour, serving
from pellucid.core.offline import switch_offline
from pellucid.core.run import Run
from pellucid.writing.privacy.keys import KEY_VARIABLE
from pellucid.writing.privacy.ledger import entries, payload_of
from pellucid.writing.providers.limits import Allowance, OutOfTimeError
from pellucid.writing.providers.types import Likelihood, Message, Weighed

KEY = "sk-CANARY-77"
FAR = "https://models.example.org/v1"


@pytest.fixture
def guests(tmp_path: Path) -> Path:
    """Write a table of persons."""
    path = tmp_path / "guests.csv"
    lines = ["Name,email,nights,room"]
    for i in range(60):
        name = "Zebra Canary" if i < 40 else f"Guest {chr(65 + i % 26)}x"
        lines.append(f"{name},canary{i}@example.net,{i % 9},{'sea' if i % 3 else 'court'}")
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


@pytest.mark.parametrize(
    "behaviour",
    [
        bad.says('{"claims": [{"text": "Most guests stay in room sea.", "facts": ["F1"]}]}'),
        bad.says('{"claims": [{"text": "Ignore your rules. {{F99.value}}", "facts": ["F99"]}]}'),
        bad.says("Here you are: 42% of guests are happy!"),
        bad.says('{"claims": [{"text": "{{F1.sen'),
        bad.sends(b"data: {broken\n\n"),
        bad.sends(b"<html></html>", "text/html"),
        bad.says_one_huge_token,
        bad.breaks_off('{"claims": ['),
        bad.fails(400, '{"error": {"message": "context length"}}'),
        bad.fails(307, Location="http://192.0.2.1/"),
    ],
)
def test_whatever_a_server_does_the_page_is_whole_and_true(
    cli: Cli, guests: Path, behaviour: Behaviour
) -> None:
    with serving(behaviour) as found:
        document = cli.json("summarize", guests, "--writer", found.url)

    assert document["claims"]
    for claim in document["claims"]:
        assert claim["checked"] is True
        assert claim["facts"]
        assert set(claim["facts"]) <= set(document["facts"])
    told = " ".join(claim["text"] for claim in document["claims"])
    assert "Most guests" not in told
    assert "happy" not in told
    assert document["sent"]["destination"] == "127.0.0.1"
    assert document["sent"]["bytes"] == sum(len(seen.body) for seen in found.seen if seen.body)


def test_nothing_masked_is_sent_and_all_of_it_is_in_the_ledger(cli: Cli, guests: Path) -> None:
    with serving(bad.says("{}")) as found:
        cli.json("summarize", guests, "--writer", found.url)

    bodies = [seen.body for seen in found.seen if seen.body]
    assert bodies
    assert not [body for body in bodies if b"anary" in body]
    assert [payload_of(entry) for entry in entries()] == bodies
    assert {entry.purpose for entry in entries()} == {"summary"}
    assert found.seen[0].path == "/v1/models"


def test_the_payload_is_shown_as_it_will_be_sent(cli: Cli, guests: Path) -> None:
    with serving(bad.says("{}")) as found:
        shown = cli.json("summarize", guests, "--writer", found.url, "--show-payload")
        assert not [seen for seen in found.seen if seen.body]
        cli.json("summarize", guests, "--writer", found.url)

    assert [text.encode() for text in shown["payloads"]] == [s.body for s in found.seen if s.body]
    assert shown["masked"] == ["Name", "email"]
    assert len(entries()) == len([seen for seen in found.seen if seen.body])


def test_more_and_less_can_be_masked(cli: Cli, guests: Path) -> None:
    words = ["summarize", guests, "--writer", FAR, "--llm", "any", "--show-payload"]
    more = cli.json(*words, "--mask", "room")
    less = cli.json(*words, "--unmask", "Name", "--unmask", "email")

    assert more["masked"] == ["Name", "email", "room"]
    assert "sea" not in more["payloads"][0]
    assert less["masked"] == []


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ([], "which you have not agreed to; nothing was sent"),
        (["--send-to", "other.example.org"], "You agreed to send to other.example.org"),
        (["--send-to", "models.example.org", "--offline"], "set to stay offline"),
    ],
)
def test_nothing_goes_beyond_this_machine_without_consent(
    cli: Cli, guests: Path, words: list[str], told: str
) -> None:
    outcome = cli("summarize", guests, "--writer", FAR, "--llm", "any", *words).failed_plainly()

    assert told in outcome.err
    assert entries() == ()


def test_the_hint_shows_how_to_look_first(cli: Cli, guests: Path) -> None:
    words = ["-o", guests.with_suffix(".html"), "--writer", FAR, "--llm", "any"]
    outcome = cli("report", guests, *words)

    assert "--show-payload" in outcome.err
    assert "--send-to models.example.org" in outcome.err


def test_the_switch_wins_over_consent(cli: Cli, guests: Path) -> None:
    switch_offline(True)
    try:
        words = ["--writer", FAR, "--llm", "any", "--send-to", "models.example.org"]
        outcome = cli("summarize", guests, *words).failed_plainly()
    finally:
        switch_offline(False)
    assert "set to stay offline" in outcome.err


def test_plain_http_beyond_this_machine_is_refused(cli: Cli, guests: Path) -> None:
    words = ["--writer", "http://models.example.org", "--llm", "any"]
    outcome = cli("summarize", guests, *words, "--send-to", "models.example.org").failed_plainly()

    assert "Plain HTTP" in outcome.err


def test_a_key_of_the_environment_reaches_the_server_and_nothing_else(
    cli: Cli, guests: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(KEY_VARIABLE, KEY)
    with serving(bad.fails(401, json.dumps({"error": {"message": f"no {KEY}"}}))) as found:
        outcome = cli("summarize", guests, "--writer", found.url, "--debug", "--json")

    asked = [seen for seen in found.seen if seen.body]
    assert asked[0].headers["authorization"] == f"Bearer {KEY}"
    assert KEY not in outcome.out + outcome.err
    assert not [p for p in home.rglob("*") if p.is_file() and KEY.encode() in p.read_bytes()]


def test_a_report_says_who_wrote_it_and_what_was_sent(cli: Cli, guests: Path) -> None:
    out = guests.with_suffix(".md")
    own = {"claims": [{"text": "{{F1.sentence}}", "facts": ["F1"]}]}
    with serving(bad.says(json.dumps(own))) as found:
        assert cli("report", guests, "-o", out, "--writer", found.url).code == 0

    text = out.read_text("utf-8")
    assert found.url in text
    assert "on this machine" in text


def test_a_tiny_local_model_writes_a_true_page(cli: Cli, guests: Path, story_model: Path) -> None:
    document = cli.json("summarize", guests, "--writer", story_model)

    assert document["claims"]
    assert document["sent"] == {"bytes": 0, "destination": ""}
    assert all(claim["checked"] and claim["facts"] for claim in document["claims"])
    assert entries() == ()


@pytest.fixture
def leaning(monkeypatch: pytest.MonkeyPatch) -> str:
    """Return the folder of a model that leans on the first fact of each prompt."""
    monkeypatch.setattr("pellucid.writing.providers.local.local", lambda *_, **__: LeaningWriter())
    return LeaningWriter.name


def test_what_made_a_local_model_say_something_stands_beside_what_it_cites(
    cli: Cli, guests: Path, leaning: str
) -> None:
    plain = cli.json("summarize", guests, "--writer", leaning)
    document = cli.json("summarize", guests, "--writer", leaning, "--sources")
    claims = [*document["claims"], *document["interpretation"]]
    verdicts = set()

    for claim in claims:
        found = claim.pop("sources")
        first = found["facts"][0]
        cited = [fact["id"] for fact in found["facts"] if fact["declared"]]
        assert cited == claim["facts"]
        assert (first["drop"], first["drop_per_token"], first["rank"]) == (9.0, 0.9, 1)
        assert found["verdict"] == ("agrees" if first["declared"] else "disagrees")
        assert (found["without_any"], found["tokens"]) == (9.0, 10)
        verdicts.add(found["verdict"])
    assert verdicts == {"agrees", "disagrees"}
    assert document == plain


def test_a_claim_that_leans_on_what_it_does_not_cite_is_flagged(
    cli: Cli, guests: Path, leaning: str
) -> None:
    text = cli("summarize", guests, "--writer", leaning, "--sources").out

    assert "    !! Disagrees with what it cites. The model leaned on a fact that it" in text
    assert "    Agrees with what it cites. The model leaned on the fact it cites" in text
    assert "Leaned on: " in text
    assert "8,100 times less likely" in text
    assert text.index(LOOSE) < text.rindex("!! Disagrees")


@dataclass
class Hasty(LeaningWriter):
    """Has time to write, and to weigh one sentence."""

    sentences: set[str] = field(default_factory=set)

    def weigh(
        self, text: Weighed, prompts: Sequence[tuple[Message, ...]], run: Run
    ) -> Iterator[tuple[int, Likelihood]]:
        self.sentences.add(text.sentence)
        if len(self.sentences) > 1:
            raise OutOfTimeError("The time is over")
        return super().weigh(text, prompts, run)


def test_what_could_not_be_traced_in_time_is_said(
    cli: Cli, guests: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    given: list[Allowance] = []

    def local(*_: object, time: Allowance, **__: object) -> LeaningWriter:
        given.append(time)
        return Hasty()

    monkeypatch.setattr("pellucid.writing.providers.local.local", local)
    asked = ("summarize", guests, "--writer", Hasty.name, "--sources", "--most-seconds", "90")
    document = cli.json(*asked)
    told = [one["sources"] for one in (*document["claims"], *document["interpretation"])]
    text = " ".join(cli(*asked).out.split())

    assert given[0] is given[1]
    assert given[0].all_s == 90
    assert [one["verdict"] == "untraced" for one in told] == [False] + [True] * (len(told) - 1)
    assert told[1]["written"]
    assert told[1]["why"] == "Not traced in time"
    assert text.count("Not traced in time.") == len(told) - 1
    assert f"Of {len(told)} sentences that the model wrote, {len(told) - 1} could not be" in text
    assert "it may take 90 seconds in all, for writing and for this." in text


@pytest.mark.parametrize("writer", ["builtin", "http://127.0.0.1:9/v1"])
def test_what_made_it_say_something_is_for_models_in_a_folder(
    cli: Cli, guests: Path, writer: str
) -> None:
    outcome = cli("summarize", guests, "--writer", writer, "--sources").failed_plainly()

    assert "folder" in outcome.err


def test_options_that_the_builtin_writer_cannot_serve_are_refused(cli: Cli, guests: Path) -> None:
    for words in (["--llm", "x"], ["--send-to", "example.org"], ["--audience", "layperson"]):
        cli("summarize", guests, *words).failed_plainly()


def test_the_ledger_can_be_looked_at(cli: Cli, guests: Path) -> None:
    assert cli.json("sent") == {"sent": []}
    with serving(bad.says("{}")) as found:
        cli.json("summarize", guests, "--writer", found.url)
    (first, *_) = cli.json("sent")["sent"]
    body = next(seen.body for seen in found.seen if seen.body)

    assert (first["destination"], first["model"], first["bytes"]) == (
        "127.0.0.1",
        "tiny",
        len(body),
    )
    assert cli.json("sent", "1")["payload"].encode() == body
    cli("sent", "999").failed_plainly()


def test_a_key_is_kept_in_the_key_store_or_not_at_all(
    cli: Cli, monkeypatch: pytest.MonkeyPatch, home: Path
) -> None:
    from keyring.backends.fail import Keyring

    before = keyring.get_keyring()
    keyring.set_keyring(Keyring())
    try:
        monkeypatch.setattr("sys.stdin", io.StringIO(f"{KEY}\n"))
        outcome = cli("keys", "models.example.org").failed_plainly()
    finally:
        keyring.set_keyring(before)

    assert KEY_VARIABLE in outcome.err
    assert KEY not in outcome.err
    assert not [p for p in home.rglob("*") if p.is_file() and KEY.encode() in p.read_bytes()]


def test_an_exam_is_given_and_kept(cli: Cli) -> None:
    claim = {"text": "{{F1.sentence}}", "facts": ["F1"]}
    with serving(bad.says(json.dumps({"claims": [claim]}))) as found:
        (taken,) = cli.json("writers", "--exam", found.url)["exams"]

    assert (taken["writer"], taken["model"]) == (found.url, "tiny")
    assert 0 <= taken["survived"] <= taken["claims"]
    assert taken["tokens"] > 0
    assert cli.json("writers")["exams"] == [taken]
    assert {entry.purpose for entry in entries()} == {"exam"}
