"""The window's jobs about language models: look, agree, write, look back."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import misbehaving_server as bad
from misbehaving_server import serving
from pellucid.core.errors import StoppedError, UserError
from pellucid.core.offline import is_switched_offline
from pellucid.core.run import Run
from pellucid.engine.jobs import JOBS
from pellucid.writing.privacy.consent import consents
from pellucid.writing.types import Words

FAR = {"writer": "https://models.example.org/v1", "llm": "any"}


def job(job_name: str, /, **parameters: Any) -> Any:
    return JOBS[job_name](Run(), **parameters)


@pytest.fixture
def store(tmp_path: Path) -> str:
    path = tmp_path / "birds.csv"
    rows = [f"Dr. Zebra Canary {i},{i % 7},{'big' if i % 2 else 'small'}" for i in range(40)]
    path.write_text("\n".join(["Keeper name,eggs,size", *rows]) + "\n", encoding="utf-8")
    return str(job("open", path=str(path))["store"])


def test_a_payload_is_seen_agreed_to_and_the_agreement_withdrawn(store: str) -> None:
    shown = job("show_payload", store=store, writing=FAR)
    with pytest.raises(UserError, match="not agreed to"):
        job("write_with_model", store=store, writing=FAR)
    agreed = job("agree_to_send", store=store, writing=FAR)

    assert "anary" not in "".join(shown["payloads"])
    assert shown["destination"] == agreed["destination"] == "models.example.org"
    assert list(shown["masked"]) == list(agreed["masked"]) == ["Keeper name"]
    assert [p.what for p in shown["personal"]] == ["name"]
    assert len(consents()) == 1
    job("withdraw_consent", store=store, destination="models.example.org")
    assert consents() == ()


def test_consent_for_masked_columns_is_none_for_bare_ones(store: str) -> None:
    job("agree_to_send", store=store, writing=FAR)
    bare = {**FAR, "masks": {"show": ["Keeper name"]}}
    with pytest.raises(UserError, match="not agreed to"):
        job("write_with_model", store=store, writing=bare)


def test_a_server_on_this_machine_writes_and_is_in_the_ledger(store: str) -> None:
    with serving(bad.says("{}")) as found:
        words = job("write_with_model", store=store, writing={"writer": found.url})
    ledger = job("show_ledger")
    entry = ledger["entries"][0]

    assert isinstance(words, Words)
    assert words.claims
    assert words.sent.bytes == sum(e.bytes for e in ledger["entries"])
    payload = job("show_ledger", sha256=entry.sha256)["payload"]
    assert payload.encode() == next(seen.body for seen in found.seen if seen.body)


def test_stopping_leaves_no_words_and_no_connection(store: str) -> None:
    with serving(bad.stays_silent) as found:
        run = Run(should_stop=lambda: any(seen.body for seen in found.seen))
        with pytest.raises(StoppedError):
            JOBS["write_with_model"](run, store=store, writing={"writer": found.url})
        assert found.hung_up.wait(5)


def test_the_switch_is_turned_and_seen() -> None:
    try:
        assert job("set_offline", is_on=True) == {"offline": True}
        assert is_switched_offline()
    finally:
        job("set_offline", is_on=False)
    assert job("find_writers")["offline"] is False


def test_a_models_need_is_told_before_it_is_loaded(story_model: Path) -> None:
    need = job("weigh_model", name=str(story_model))
    assert (need.parameters, need.fits) == (260_032, True)


def test_a_key_is_in_no_answer() -> None:
    import keyring
    from keyring.backends.fail import Keyring

    before = keyring.get_keyring()
    keyring.set_keyring(Keyring())
    try:
        answer = job("keep_key", host="models.example.org", key="sk-CANARY")
        assert answer == {"host": "models.example.org", "kept": "session"}
        assert job("keep_key", host="models.example.org")["kept"] == ""
    finally:
        keyring.set_keyring(before)
