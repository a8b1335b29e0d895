"""The grammar lets drafts about facts at hand through, and no other word."""

from __future__ import annotations

import pytest
from checked_facts import known_facts

from pellucid.facts.types import Fact
from pellucid.writing.grammars import answer_grammar

FACTS = known_facts()


def takes(facts: dict[str, Fact], answer: str, language: str = "en") -> bool:
    """Say whether the grammar on `facts` accepts an answer, byte by byte."""
    from llguidance import LLMatcher, LLTokenizer

    tokenizer = LLTokenizer("byte")
    grammar = LLMatcher.grammar_from_lark(answer_grammar(facts, language))
    assert LLMatcher.validate_grammar(grammar, tokenizer) == ""
    matcher = LLMatcher(tokenizer, grammar, log_level=0)
    ids = tokenizer.tokenize_str(answer)
    return bool(matcher.validate_tokens(ids) == len(ids))


def claim(text: str, alias: str = "Gap") -> str:
    return f'{{"claims":[{{"text":"{text}","facts":["{alias}"]}}],"surprises":[]}}'


@pytest.mark.parametrize(
    "text",
    [
        "{{Gap.subject}} is missing in {{Gap.value}}.",
        "in {{Gap.count}}, {{Gap.subject}} is blank.",
        "{{Gap.sentence}}",
    ],
)
def test_drafts_about_facts_pass(text: str) -> None:
    assert takes({"Gap": FACTS["Gap"], "Rank": FACTS["Rank"]}, claim(text))


@pytest.mark.parametrize(
    "text",
    [
        "{{Gap.subject}} is terrible.",
        "{{Gap.subject}} is missing in {{Rank.value}}.",
        "{{Gap.subject}} is missing in 7 rows.",
        "{{Gap.nothing}} is missing.",
        "{{Gap.subject}} never ranks.",
        "",
    ],
)
def test_other_words_slots_and_facts_do_not(text: str) -> None:
    assert not takes({"Gap": FACTS["Gap"], "Rank": FACTS["Rank"]}, claim(text))


def test_a_claim_cites_the_fact_it_is_about() -> None:
    text = claim("{{Gap.sentence}}", "Rank")
    assert not takes({"Gap": FACTS["Gap"], "Rank": FACTS["Rank"]}, text)


def test_all_kinds_at_once_are_one_grammar() -> None:
    assert takes(dict(FACTS), claim("{{Gap.subject}} is missing in {{Gap.value}}."))


def test_in_other_languages_whole_sentences_pass_alone() -> None:
    facts = {"Gap": FACTS["Gap"]}
    assert takes(facts, claim("{{Gap.sentence}}"), "de")
    assert not takes(facts, claim("{{Gap.subject}} is missing in {{Gap.value}}."), "de")


def test_without_facts_there_is_nothing_to_say() -> None:
    assert takes({}, '{"claims":[],"surprises":[]}')
