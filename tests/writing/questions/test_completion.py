"""What the box offers while a question is typed."""

from __future__ import annotations

import pytest
from sample_lexicons import lexicon

from pellucid.writing.questions.completion import complete
from pellucid.writing.questions.matching import match


@pytest.mark.parametrize(
    ("prefix", "wanted"),
    [
        ("mean bod", "mean body_mass_g"),
        ("mean body ma", "mean body_mass_g"),
        ("mean mass", "mean body_mass_g"),
        ("how many Chin", "how many Chinstrap"),
        ("share of fem", "share of female"),
        ("What is mi", "What is missing?"),
    ],
)
def test_a_prefix_is_completed_to_what_the_table_has(prefix: str, wanted: str) -> None:
    assert wanted in [item.text for item in complete(prefix, lexicon("penguins"))]


def test_every_form_that_is_offered_can_be_asked() -> None:
    for name in ("penguins", "bicycles", "helpdesk"):
        forms = complete("", lexicon(name), 100)
        assert len(forms) >= 10
        for form in forms:
            assert match(form.text, lexicon(name)).actions, form.text


def test_few_suggestions_are_made_and_none_twice() -> None:
    found = complete("wh", lexicon("penguins"))

    assert 1 <= len(found) <= 8
    assert len({item.text for item in found}) == len(found)


def test_without_a_model_nothing_is_offered_about_one() -> None:
    from dataclasses import replace

    found = complete("", replace(lexicon("penguins"), target=""), 100)

    assert not [item for item in found if "model" in item.text]
