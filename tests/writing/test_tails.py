"""A remark behind a claim is parted from it; what could change the claim never is."""

from __future__ import annotations

import re

import pytest
from checked_facts import every_fact
from hypothesis import given, settings
from hypothesis import strategies as st
from lies.attacks import TURNING_WORDS
from lies.claims import facts_by_key, read_claims

from pellucid.facts.making import make
from pellucid.facts.types import Fact, Origin
from pellucid.writing.checking import check_claim, without_tail
from pellucid.writing.checking.lexicon import lexicon_of
from pellucid.writing.checking.tails import TAILS
from pellucid.writing.drafts import Draft
from pellucid.writing.templates import fill

FACTS = every_fact()
BENCH = facts_by_key()
TRUE = [claim for claim in read_claims() if claim.is_true and claim.cites]
LIES = [claim for claim in read_claims() if not claim.is_true and claim.cites]
CORE = "{{Gap.subject}} is missing in {{Gap.value}}"
HARMLESS = (
    ", which is noteworthy", ", which is very interesting", ", a pleasant surprise",
    " — something to keep in mind", " - worth a look", ", and this is surprising",
    ", as expected", ", which deserves attention", ", which came as a surprise", ", curiously",
    ". This is worth noting", ". It is also a useful detail", ", which is of interest",
    ", an interesting finding worth exploring", ", which is odd, and worth looking into",
)  # fmt: skip
HARMFUL = (
    ", except where it is odd", ", unless this is expected", ", but that is surprising",
    ", if that is interesting", ", which is not surprising", ", which is hardly worth noting",
    ", which is wrong", ", a mistake", ", which was expected for women", ", as in most tables",
    ", more than expected", ", less than is expected", ", which is rather than is not",
    ", which is surprising in view of {{Gap.count}}", ", which is interesting for fare",
    ", which is a surprise because it is useful", ", so this is expected", ", or so it is odd",
    ", which is worrying among the old", ", as expected by no model", ", an expected result of age",
    ", which would be surprising", ", which was surprising until now", ", when it is expected",
    ", which is only interesting", ", which is interesting?", ", a useful finding: the best",
    ". This is not the case", ". That is false", ". It is worth nothing", ", which is noteworthy)",
    ", though it is odd", ", which is expected to rise", ", which is good", ", as unexpected as it",
    ", supposedly", ", allegedly", ", so they say", ", in a manner of speaking", ", at least",
    ", almost", ", or the other way round", ", except", ", not", ", apart from the odd",
    ", barring a surprise", ", give or take", ", on paper", ", for now", ", which is debatable",
    ", which is a myth", ", a result that is unexpected in the rest", ", which is fake",
    ", which is unusual", ", a small detail", ", the most surprising finding", ", a first surprise",
    ", which is interesting \u2014 to some", ", which is inter\u00adesting", ", wh\u0456ch is odd",
)  # fmt: skip


def parted(text: str, facts: dict[str, Fact] | None = None) -> tuple[Draft, Draft] | None:
    return without_tail(Draft(text, ("Gap",)), facts or dict(FACTS))


@pytest.mark.parametrize("tail", HARMLESS)
def test_a_remark_stands_apart_from_the_claim_that_holds(tail: str) -> None:
    for text in (f"{CORE}{tail}", f"{CORE}{tail}."):
        found = parted(text)
        assert found is not None
        core, remark = found
        assert (core.text, core.facts) == (f"{CORE}.", ("Gap",))
        assert fill(remark.text, FACTS).startswith("On work: … ")
        assert check_claim(remark, FACTS).status != "checked"


def test_what_is_said_of_a_remark_is_its_own_words() -> None:
    found = parted("{{Gap.sentence}} This is worth noting.")
    assert found is not None
    assert fill(found[0].text, FACTS) == "Work is missing in 100 rows (5%)."
    assert fill(found[1].text, FACTS) == "On work: … this is worth noting."


@pytest.mark.parametrize("tail", HARMFUL)
def test_what_may_change_a_claim_stays_with_it(tail: str) -> None:
    assert parted(f"{CORE}{tail}.") is None
    assert parted(f"{CORE}{tail}") is None


@pytest.mark.parametrize("tail", HARMFUL)
def test_a_remark_behind_it_does_not_take_it_away(tail: str) -> None:
    assert parted(f"{CORE}{tail}, which is noteworthy.") is None
    assert parted(f"{CORE}, which is noteworthy{tail}.") is None


@pytest.mark.parametrize(
    "text",
    [
        "Interestingly enough, {{Gap.subject}} is missing.",
        "A surprise: {{Gap.subject}} is missing in {{Gap.value}}.",
        "{{Gap.subject}}, which is noteworthy, is missing in {{Gap.value}}.",
        "If it is odd, {{Gap.subject}} is missing in {{Gap.value}}, which is odd.",
        "{{Gap.subject}} is never missing in {{Gap.value}}, which is odd.",
        "{{Gap.value}}, which is odd.",
        "{{Gap.nothing}} is missing in {{Gap.value}}, which is odd.",
        ", which is odd.",
        "",
    ],
)
def test_only_what_stands_last_behind_a_claim_that_holds_is_a_remark(text: str) -> None:
    assert parted(text) is None


def test_a_remark_that_holds_a_name_of_the_data_is_none() -> None:
    text = f"{CORE}, a pleasant surprise."
    assert parted(text) is not None
    for name in ("surprise", "Pleasant Surprise"):
        named = make("missingness", (name,), f"{name} is missing in 3 rows (1%).",
                     Origin("profile", name), value=0.01, unit="share", n=300, rows=3)  # fmt: skip
        assert parted(text, {**FACTS, "F9": named}) is None


def test_in_languages_without_plain_words_nothing_is_parted() -> None:
    draft = Draft("{{Gap.sentence}} This is worth noting.", ("Gap",))
    assert without_tail(draft, FACTS, "de") is None


def test_no_word_of_a_remark_says_what_a_fact_says() -> None:
    words = {word for text in TAILS.texts.values() for word in re.findall(r"[a-z]+", text)}
    lexicon = lexicon_of("en")
    assert {word: lexicon.rejection(word) for word in words if lexicon.rejection(word)} == {}
    assert words.isdisjoint({"but", "if", "unless", "except", "than", "or", "for", "when", "where"})


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(TRUE), st.sampled_from(HARMLESS), st.sampled_from(TURNING_WORDS), st.data())
def test_a_word_that_turns_a_remark_round_keeps_it_with_the_claim(claim, tail, word, data) -> None:  # type: ignore[no-untyped-def]
    facts = {alias: BENCH[key] for alias, key in claim.facts.items()}
    words = tail.split(" ")
    place = data.draw(st.integers(1, len(words)))
    turned = " ".join((*words[:place], word, *words[place:]))
    assert without_tail(Draft(f"{claim.text.rstrip('.')}{turned}.", claim.cites), facts) is None


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(LIES), st.sampled_from(HARMLESS))
def test_no_lie_is_checked_without_its_remark(claim, tail) -> None:  # type: ignore[no-untyped-def]
    facts = {alias: BENCH[key] for alias, key in claim.facts.items()}
    assert without_tail(Draft(f"{claim.text.rstrip('.')}{tail}.", claim.cites), facts) is None
    assert without_tail(Draft(claim.text, claim.cites), facts) is None


def test_true_claims_with_a_remark_are_mostly_kept() -> None:
    kept = 0
    for claim in TRUE[::40]:
        facts = {alias: BENCH[key] for alias, key in claim.facts.items()}
        text = claim.text.rstrip(".")
        found = without_tail(Draft(f"{text}, which is noteworthy.", claim.cites), facts)
        if found is not None:
            kept += 1
            assert found[0].text.rstrip(".") == text.rstrip(".")
    assert kept >= 0.9 * len(TRUE[::40])
