"""What the grammars derive is checked, and turns false by no exchange of slots."""

from __future__ import annotations

import re
from random import Random

import pytest
from checked_facts import every_fact
from derivations import drawn
from lies.claims import facts_by_key

from pellucid.facts.slots import slots_of
from pellucid.facts.types import Fact
from pellucid.writing.checking import check_claim
from pellucid.writing.checking.catalogue import example_of, grammar_of, name_of
from pellucid.writing.checking.library import FILTERED, grammar, names
from pellucid.writing.checking.notation import Grammar, Reader
from pellucid.writing.drafts import Draft, Verdict

FACTS = {alias: fact for alias, fact in every_fact().items() if grammar_of(fact)}
MIRRORED = {
    "group difference": ("group", "other"), "monotone": ("group", "other"),
    "comparison": ("group", "other"), "trend": ("group", "other"),
    "counterfactual": ("group", "other"), "baseline": ("value", "other"),
    "distinctive": ("value", "other"), "slice": ("value", "other"),
    "calibration": ("value", "other"), "prediction": ("value", "other"),
}  # fmt: skip
"""Slots whose exchange says the opposite, by grammar."""
MIRRORS = [alias for alias, fact in FACTS.items() if name_of(fact) in MIRRORED]
DRAWS = 60


def verdict(text: str, alias: str, facts: dict[str, Fact]) -> Verdict:
    return check_claim(Draft(text, (alias,)), facts)


@pytest.mark.parametrize("alias", FACTS)
def test_a_fact_can_be_put_as_its_example_says(alias: str) -> None:
    fact = FACTS[alias]
    assert verdict(example_of(alias, fact), alias, {alias: fact}) == Verdict("checked")


@pytest.mark.parametrize("alias", FACTS)
def test_what_a_grammar_derives_is_checked(alias: str) -> None:
    claims = list(drawn(FACTS[alias], alias, Random(7), DRAWS))
    found = {text: verdict(text, alias, {alias: FACTS[alias]}) for text in claims}
    assert claims
    assert {text: v for text, v in found.items() if v.status != "checked"} == {}


@pytest.mark.parametrize("alias", MIRRORS)
def test_slots_that_are_exchanged_say_nothing_that_is_checked(alias: str) -> None:
    fact = FACTS[alias]
    one, two = MIRRORED[name_of(fact)]
    for text in drawn(fact, alias, Random(11), 4 * DRAWS):
        parts = re.split(rf"(?<=\{{\{{{alias}\.)({one}|{two})(?=\}}\}})", text)
        if {one, two} <= set(parts[1::2]):
            parts[1::2] = [two if part == one else one for part in parts[1::2]]
            turned = "".join(parts)
            assert verdict(turned, alias, {alias: fact}).status != "checked", turned


PAIRS: dict[str, list[Fact]] = {}
for _fact in (f for f in facts_by_key().values() if name_of(f) not in ("", "split")):
    _met = PAIRS.setdefault(name_of(_fact), [])
    if len(_met) < 2 and all(other.subject != _fact.subject for other in _met):
        _met.append(_fact)


@pytest.mark.parametrize(
    "name", sorted(n for n, met in PAIRS.items() if n not in ("", "split") and len(met) == 2)
)
def test_no_slot_of_another_fact_is_taken_for_its_own(name: str) -> None:
    mine, foreign = PAIRS[name]
    facts = {"F1": mine, "F2": foreign}
    own, other = slots_of(mine), slots_of(foreign)
    for text in drawn(mine, "F1", Random(5), DRAWS):
        for slot in re.findall(r"F1\.(\w+)", text):
            borrowed = text.replace(f"{{{{F1.{slot}}}}}", f"{{{{F2.{slot}}}}}", 1)
            kept = re.findall(r"F1\.(\w+)", borrowed)
            is_foreign = slot in other and other[slot] != own[slot]
            if slot == "direction" and other["subject"] in other[slot]:
                continue  # It names its own column, whatever stands before it.
            if is_foreign and any(own[name] not in other.values() for name in kept):
                found = check_claim(Draft(borrowed, ("F1", "F2")), facts)
                assert found.status != "checked", borrowed


@pytest.mark.parametrize("name", [n for n in names() if n != FILTERED] + [f"{FILTERED} statistic"])
def test_every_part_can_be_read(name: str) -> None:
    found = grammar(name)
    for part, text in found.texts.items():
        if "$" not in text:
            found.part(part)


def reads(text: str, tokens: str, *context: str) -> bool:
    words = tokens.split()
    reader = Reader(words, frozenset(context))
    return len(words) in Grammar(text).ends("CLAIM", reader, 0)


@pytest.mark.parametrize(
    ("text", "tokens", "context", "is_read"),
    [
        ("CLAIM = a [b] c", "a c", (), True),
        ("CLAIM = a [b] c", "a b b c", (), False),
        ("CLAIM = a (b | c d) e", "a c d e", (), True),
        ("CLAIM = (a)* b", "a a a b", (), True),
        ("CLAIM = { .value }", "( .value )", (), True),
        ("AT($) = at $\nCLAIM = AT(.at) and AT(b)", "at .at and at b", (), True),
        ("CLAIM = @known it | .subject", "it", (), False),
        ("CLAIM = @known it | .subject", "it", ("known",), True),
        ("IT = @known it\nCLAIM = .subject &known IT", ".subject it", (), True),
        ("CLAIM = a b", "b a", (), False),
    ],
)
def test_the_notation_means_what_it_says(
    text: str, tokens: str, context: tuple[str, ...], is_read: bool
) -> None:
    assert reads(text, tokens, *context) is is_read


def test_a_gap_may_stand_between_words_and_is_no_word_of_a_frame() -> None:
    words = ["a", ",", "b"]
    found = Grammar("CLAIM = a b")
    assert found.ends("CLAIM", Reader(words), 0) == frozenset()
    assert found.ends("CLAIM", Reader(words, gaps={1: frozenset({2})}), 0) == frozenset({3})


@pytest.mark.parametrize(
    "text", ["CLAIM = a ) b", "CLAIM = OTHER", "CLAIM = a | | b", "CLAIM = (a |) b"]
)
def test_what_is_not_in_the_notation_is_no_grammar(text: str) -> None:
    with pytest.raises((KeyError, ValueError)):
        Grammar(text).part("CLAIM")
