"""Only what its facts carry is shown as checked, whoever wrote it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from checked_facts import every_fact

from pellucid.facts.making import make
from pellucid.facts.types import Origin
from pellucid.writing.checking import check_claim, plain_vocabulary
from pellucid.writing.checking.lexicon import LANGUAGES, lexicon_of
from pellucid.writing.drafts import Draft, Verdict

HERE = Path(__file__).parent
TRUE = (HERE / "true_sentences.txt").read_text("utf-8").splitlines()
LIES = (HERE / "false_sentences.txt").read_text("utf-8").splitlines()
FACTS = every_fact()
WRITTEN_OUT = {"fare": "Bare", "hours": "Rank"}


def draft(text: str) -> Draft:
    """Cite the facts of the slots, or those whose names are written out."""
    aliases = dict.fromkeys(re.findall(r"\{\{\s*(\w+)", text))
    names = [alias for name, alias in WRITTEN_OUT.items() if name in text]
    return Draft(text, tuple(aliases) or tuple(names))


def verdict(text: str, language: str = "en") -> Verdict:
    return check_claim(draft(text), FACTS, language)


@pytest.mark.parametrize("text", TRUE)
def test_what_facts_carry_is_checked(text: str) -> None:
    assert verdict(text) == Verdict("checked")


@pytest.mark.parametrize("text", LIES)
def test_what_they_do_not_carry_never_is(text: str) -> None:
    found = verdict(text)
    assert found.status != "checked"
    assert found.reasons


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("{{Gap.subject}} is missing in 7% of rows.", "the sign “%”"),
        ("{{Gap.subject}} is missing in seven rows, or {{Gap.value}}.", "says a number"),
        ("{{Gap.subject}} is missing in ٢ rows, or {{Gap.value}}.", "says a number"),
        ("{{Rank.subject}} drives {{Rank.value}}.", "says a cause"),
        ("{{Rank.subject}} never ranks {{Rank.rank}}.", "says a negation"),
        ("{{Rank.subject}} clearly ranks {{Rank.rank}}.", "says a certainty"),
        ("{{Rank.subject}} is better, at {{Rank.rank}}.", "says a comparison"),
        ("Most of {{Rank.value}} is due to {{Rank.subject}}.", "says a quantity"),
        ("{{Mono.outcome}} rise.", "says a direction"),
        ("{{Rank.subject}} comes last, {{Rank.rank}}.", "says an order"),
        ("{{Rank.nothing}} ranks.", "has no nothing"),
        ("{{Rank.subject}} r\u0430nks {{Rank.rank}}.", "several scripts"),
        ("{{Rank.subject}} ranks\u200b {{Rank.rank}}.", "do not show"),
        ("un{{Rank.rank}} is {{Rank.subject}}.", "is glued"),
        ("<b> {{Rank.subject}} </b> ranks {{Rank.rank}}.", "the sign"),
    ],
)
def test_what_can_be_checked_belongs_into_slots(text: str, why: str) -> None:
    found = verdict(text)
    assert found.status == "rejected"
    assert why in " ".join(found.reasons)


def test_words_beyond_the_facts_are_interpretation() -> None:
    found = verdict("{{Rank.subject}} ranks {{Rank.rank}}, a pleasant surprise.")
    assert found.status == "interpretation"
    assert "“pleasant”" in " ".join(found.reasons)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("A curious {{Rank.subject}} is missing in {{Gap.value}}.", "of several facts"),
        ("A curious thing: {{Gap.subject}} hours is missing in {{Gap.value}}.", "name in the data"),
        ("A curious {{Rank.subject}} does not rank {{Rank.rank}}.", "“not” says a negation"),
    ],
)
def test_what_may_be_misread_is_no_interpretation_either(text: str, why: str) -> None:
    found = verdict(text)
    assert found.status == "rejected"
    assert why in " ".join(found.reasons)


def test_a_fact_that_is_not_there_or_not_cited_is_rejected() -> None:
    text = "{{Rank.subject}} ranks {{Rank.rank}}."
    assert check_claim(Draft(text, ("Nowhere",)), FACTS).status == "rejected"
    assert check_claim(Draft(text, ("Gap",)), FACTS).status == "rejected"
    assert check_claim(Draft(text, ()), FACTS).status == "rejected"


def test_of_an_unknown_kind_only_the_whole_sentence_can_be_checked() -> None:
    fact = make("weather", ("rain",), "Rain fell.", Origin("x"), value=2.0, n=3)  # type: ignore[arg-type]
    facts = {"F1": fact}
    assert check_claim(Draft("{{F1.sentence}}", ("F1",)), facts).status == "checked"
    assert check_claim(Draft("{{F1.subject}} is in {{F1.n}}.", ("F1",)), facts).status != "checked"


def test_a_column_that_is_called_like_a_plain_word_is_told_from_it() -> None:
    named = make(
        "missingness", ("table",), "table is missing in 3 rows (1%).", Origin("profile", "table"),
        value=0.01, unit="share", n=300, rows=3,
    )  # fmt: skip
    text = "In the table, {{Gap.subject}} is missing in {{Gap.value}}."
    assert check_claim(draft(text), FACTS).status == "checked"
    assert check_claim(draft(text), {**FACTS, "F9": named}).status == "interpretation"


def test_a_column_name_that_is_an_order_does_not_change_what_is_said() -> None:
    named = make(
        "missingness", ("never",), "never is missing in 3 rows (1%).", Origin("profile", "never"),
        value=0.01, unit="share", n=300, rows=3,
    )  # fmt: skip
    text = "{{F1.subject}} is never missing in {{F1.value}}."
    assert check_claim(Draft(text, ("F1",)), {"F1": named}).status == "rejected"


@pytest.mark.parametrize("language", [code for code in LANGUAGES if code != "en"])
def test_in_other_languages_only_whole_sentences_are_checked_yet(language: str) -> None:
    assert verdict("{{Rank.sentence}}", language).status == "checked"
    assert verdict("{{Rank.subject}}: {{Rank.rank}}.", language).status == "interpretation"
    for entries in lexicon_of(language).rejected.values():
        for word in entries:
            assert verdict(f"{{{{Rank.subject}}}} {word} {{{{Rank.rank}}}}.", language).status == (
                "rejected"
            )


def test_an_unknown_language_has_no_plain_words() -> None:
    assert verdict("{{Rank.sentence}}", "xx").status == "checked"
    assert verdict("{{Rank.subject}} 3 {{Rank.rank}}.", "xx").status == "rejected"
    assert plain_vocabulary(FACTS.values(), "xx") == {}


def test_no_plain_word_is_a_rejected_one() -> None:
    lexicon = lexicon_of("en")
    plain = {word for entries in lexicon.plain.values() for word in entries}
    assert [word for word in sorted(plain) if lexicon.rejection(word)] == []


def test_the_published_words_are_wide_and_hold_those_of_the_kinds_at_hand() -> None:
    words = plain_vocabulary([FACTS["Gap"]])
    assert sum(len(entries) for entries in words.values()) > 500
    assert "blank" in words["missingness"]
    assert "importance" not in words
