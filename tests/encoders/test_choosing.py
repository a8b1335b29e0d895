"""Which encoder is used when the user says nothing, "none", a folder or an id."""

from __future__ import annotations

from pathlib import Path

import pytest

from pellucid.core.errors import UserError
from pellucid.core.run import Run
from pellucid.encoders import offline
from pellucid.encoders.choosing import choose_encoder

TOKENS = [["a", "good", "film"], ["a", "bad", "film"]]


def test_the_offline_encoder_is_the_default_where_it_is_installed(offline_encoder: Path) -> None:
    info = choose_encoder(None, TOKENS, Run()).info
    assert (info.name, info.folder) == ("all-MiniLM-L6-v2", offline_encoder)
    assert info.is_language_model


def test_words_company_is_the_default_elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(offline, "PACKAGE", "a_package_that_nobody_made")
    assert not choose_encoder(None, TOKENS, Run()).info.is_language_model


def test_none_means_no_language_model() -> None:
    assert not choose_encoder("none", TOKENS, Run()).info.is_language_model


def test_a_folder_is_loaded(tiny: Path) -> None:
    assert choose_encoder(str(tiny), TOKENS, Run()).info.name == "tiny"


@pytest.mark.usefixtures("no_network")
def test_an_id_is_not_downloaded_unless_allowed(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    from huggingface_hub import constants

    monkeypatch.setattr(constants, "HF_HUB_CACHE", str(tmp_path))
    with pytest.raises(UserError, match="nothing was downloaded"):
        choose_encoder("someone/something", TOKENS, Run())
