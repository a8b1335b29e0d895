"""Why a sentence was left out, as a reader is told."""

from __future__ import annotations

import pytest

from pellucid.writing.reasons import plain_reason, shown_text


def test_words_of_one_sort_go_together() -> None:
    own = "“3” says a number; only a slot may; “4” says a number; only a slot may"
    told = plain_reason(f"{own}; “as” says a cause; only a slot may; no fact is cited")
    assert told == (
        "It says on its own what only a computed fact may say: a number (“3”, “4”) and a cause "
        "(“as”). No fact is cited."
    )


@pytest.mark.parametrize(
    ("reason", "told"),
    [
        ("there is no fact F99", "It cites a fact that does not exist (F99)."),
        ("F1 has no colour; it has value, subject",
         "It asks a fact for a part that it does not have (colour)."),
        ("say {{F1.interval}} too: it may as well be no difference",
         "It does not say the interval too: it may as well be no difference."),
        ("{{F2.value}} is no figure of the model", "The figure is no figure of the model."),
        ("", ""),
    ],
)  # fmt: skip
def test_no_reason_speaks_of_slots(reason: str, told: str) -> None:
    assert plain_reason(reason) == told


def test_what_could_not_be_filled_in_is_not_shown_as_written() -> None:
    assert shown_text("“Age” is {{F99.value}}.") == "‘Age’ is …."
