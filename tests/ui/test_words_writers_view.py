"""Who can write, what would be sent and what was, as values."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from pellucid.data.personal import Personal
from pellucid.ui.pages import words_ledger_view as ledger
from pellucid.ui.pages import words_payload_view as payload
from pellucid.ui.pages import words_writers_view as view
from pellucid.writing.orders import Exam, MaskChoice
from pellucid.writing.privacy.ledger import Entry
from pellucid.writing.providers.causal import Need
from pellucid.writing.providers.finding import FoundServer

SERVER = FoundServer("Ollama", "http://127.0.0.1:11434/v1", ("small", "large"))
FOUND = view.Found((SERVER,))
FAR = view.Draft(view.SERVER, url="https://models.example.org/v1", model="any")
NEED = Need(
    "tiny", Path("/models/tiny"), 1_050_000, 260_032, 40_000_000, 8_000_000_000, "cpu", False
)
EXAM = Exam("http://127.0.0.1:11434/v1", "small", 19, 17, 1, 12.3, 3_400, True,
            "2026-03-02T10:00:00+00:00")  # fmt: skip
SHOWN = payload.Payload(
    ("{}",), (1_250,), ("mail",), (Personal("mail", "e-mail", 0.98),), "models.example.org"
)


def test_the_builtin_writer_comes_first_then_what_was_found() -> None:
    titles = [option.title for option in view.options(FOUND)]
    assert titles == [
        "The built-in writer", "small, Ollama", "large, Ollama", "A server by its URL",
        "A model in a folder",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("found", "said"),
    [
        (None, "Looking for"),
        (view.Found(), "No server"),
        (FOUND, "2 language models found"),
        (view.Found((replace(SERVER, models=()),)), "has no model"),
    ],
)
def test_what_came_of_looking_is_said(found: view.Found | None, said: str) -> None:
    assert said in view.search_line(found)


def test_a_draft_becomes_an_order() -> None:
    found = replace(FAR, option=view.options(FOUND)[1], audience="layperson", language="de")
    order = view.writing_of(found)
    assert (order.writer, order.llm) == (SERVER.url, "small")
    assert (order.audience, order.language) == ("layperson", "de")
    assert view.writing_of(view.Draft(view.BUILTIN, audience="layperson")).audience is None
    assert view.writing_of(FAR).send_to is None


def test_masks_that_were_opened_for_one_host_are_not_open_for_the_next() -> None:
    draft = replace(FAR, masks=MaskChoice(show=("mail",)))
    assert view.with_option(draft, view.FOLDER).masks == MaskChoice()
    assert view.with_option(draft, view.SERVER).masks.show == ("mail",)


@pytest.mark.parametrize(
    ("draft", "waits_for"),
    [
        (replace(FAR, url=""), "URL"),
        (replace(FAR, url="models"), "not the URL of a server"),
        (replace(FAR, url="http://models.example.org"), "Plain HTTP"),
        (replace(FAR, model=" "), "which model"),
        (view.Draft(view.FOLDER), "folder"),
        (view.Draft(view.FOLDER, folder="/models/tiny"), "needs"),
    ],
)
def test_what_is_missing_is_said(draft: view.Draft, waits_for: str) -> None:
    now = view.standing(draft, None, offline=False)
    assert waits_for in now.waits_for
    assert not now.is_ready


def test_what_stays_here_is_never_far_nor_refused() -> None:
    for draft in (view.Draft(view.BUILTIN), replace(FAR, url="http://127.0.0.1:9", model="")):
        now = view.standing(draft, None, offline=True)
        assert now.is_ready
        assert not now.is_far
    assert view.standing(view.Draft(view.FOLDER, folder="/m"), NEED, offline=True).is_ready


def test_offline_refuses_a_host_and_says_so() -> None:
    now = view.standing(FAR, None, offline=True)
    assert now.is_refused
    assert not now.is_ready
    assert "models.example.org" in view.refusal(now.host)
    assert view.standing(FAR, None, offline=False) == view.Standing(host="models.example.org")


def test_where_a_key_is_or_would_be_is_said() -> None:
    assert "for this session only" in view.key_line("", False, "a.org")
    assert "for this session only" in view.key_line("session", True, "a.org")
    assert "key store" in view.key_line("", True, "a.org")
    assert "PELLUCID_API_KEY" in view.key_line("variable", True, "a.org")


def test_a_model_s_need_is_told_before_it_is_loaded() -> None:
    said = view.need_line(NEED)
    assert said == (
        "260,032 parameters, 1.05 MB on disk. Needs 40 MB of memory while it writes; 8 GB are free."
    )
    assert "but only 1 MB are free" in view.need_line(replace(NEED, available_bytes=1_000_000))


def test_an_exam_s_result_is_that_of_the_model_that_is_named() -> None:
    found = view.Draft(view.options(FOUND)[1])
    assert view.exam_of(found, None, (EXAM,)) is EXAM
    assert view.exam_of(view.Draft(view.options(FOUND)[2]), None, (EXAM,)) is None
    typed = replace(FAR, url="http://127.0.0.1:11434", model="")
    assert view.exam_of(typed, None, (EXAM,)) is EXAM
    own = replace(EXAM, writer="/models/tiny")
    assert view.exam_of(view.Draft(view.FOLDER, folder="tiny"), NEED, (own,)) is own
    score, about = view.exam_lines(EXAM)
    assert score == "17 of 19 claims survived the check, 12\N{NO-BREAK SPACE}s, about 3,400 tokens"
    assert "2 March 2026" in about
    assert not view.exam_lines(None)[0]


def test_columns_that_look_personal_come_first_with_why() -> None:
    rows = payload.mask_rows(SHOWN, ("age", "mail", "city"))
    assert [row.name for row in rows] == ["mail", "age", "city"]
    assert rows[0].is_masked
    assert rows[0].why == "Looks like an e-mail in 98%"


def test_a_switch_masks_and_unmasks() -> None:
    personal = SHOWN.personal
    bare = payload.changed_masks(MaskChoice(), personal, "mail", False)
    assert bare == MaskChoice(show=("mail",))
    assert payload.changed_masks(bare, personal, "mail", True) == MaskChoice()
    more = payload.changed_masks(MaskChoice(), personal, "age", True)
    assert more == MaskChoice(hide=("age",))
    assert payload.changed_masks(more, personal, "age", False) == MaskChoice()


def test_the_button_names_the_host_and_what_pressing_it_means() -> None:
    assert payload.agree_text(SHOWN) == "Agree and send to models.example.org"
    assert payload.agree_text(replace(SHOWN, agreed=True)) == "Send to models.example.org"
    assert "1,250 bytes" in payload.size_line(SHOWN)
    assert "mail" in payload.masked_line(SHOWN)
    assert "No column" in payload.masked_line(replace(SHOWN, masked=()))
    assert "these columns masked" in payload.agreed_line(SHOWN)
    assert "no column masked" in payload.agreed_line(replace(SHOWN, masked=()))


def test_the_ledger_is_told_newest_first() -> None:
    near = Entry("2026-03-02T10:00:00+00:00", "127.0.0.1", "", "small", 1_250, "f", "summary", "aa")
    far = replace(near, destination="models.example.org", sha256="bb", bytes=99)
    rows = ledger.rows(ledger.Ledger((near, far)))
    assert [row.sha256 for row in rows] == ["bb", "aa"]
    assert rows[0].title == "99 bytes to models.example.org"
    assert rows[1].title == "1,250 bytes to this machine"
    assert "summary" in rows[0].about
    assert "small" in rows[0].asked
    assert "99 bytes left this machine" in ledger.total_line(ledger.Ledger((near, far)))
    assert "Nothing left" in ledger.total_line(ledger.Ledger((near,)))
    assert "Nothing was ever sent" in ledger.total_line(ledger.Ledger(()))
