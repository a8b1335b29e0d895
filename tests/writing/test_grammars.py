"""The grammar lets drafts about facts at hand through, and no other word."""

from __future__ import annotations

import pytest
from checked_facts import known_facts

from pellucid.facts.types import Fact
from pellucid.writing.grammars import FEWEST_CLAIMS, MOST_CLAIMS, answer_grammar

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


def claims(*told: tuple[str, str]) -> str:
    listed = ",".join(f'{{"facts":["{alias}"],"text":"{text}"}}' for alias, text in told)
    return f'{{"claims":[{listed}],"surprises":[]}}'


def claim(text: str, alias: str = "Gap") -> str:
    """Return an answer with a claim, and one on the other fact."""
    return claims((alias, text), ("Rank", "{{Rank.sentence}}"))


@pytest.mark.parametrize(
    "text",
    [
        "{{Gap.subject}} is missing in {{Gap.value}}.",
        "{{Gap.count}} have no {{Gap.subject}}.",
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


@pytest.mark.parametrize(
    "text",
    [
        "in {{Gap.count}}, {{Gap.subject}} is blank.",
        "In {{Gap.count}}, {{Gap.subject}} is blank.",
        "The column {{Gap.subject}} is blank in {{Gap.count}}.",
        "{{Gap.subject}} is blank in about {{Gap.count}}.",
        "{{Gap.count}} are blank.",
    ],
)
def test_what_leads_a_small_model_astray_is_left_out(text: str) -> None:
    assert not takes({"Gap": FACTS["Gap"], "Rank": FACTS["Rank"]}, claim(text))


def test_no_fact_is_told_twice_and_none_of_a_few_is_left_out() -> None:
    facts = {name: FACTS[name] for name in ("Gap", "Rank", "Auc")}
    told = [(name, f"{{{{{name}.sentence}}}}") for name in facts]
    assert takes(facts, claims(*told))
    assert takes(facts, claims(*reversed(told)))
    assert not takes(facts, claims(*told, told[0]))
    assert not takes(facts, claims(told[0], told[0], told[1]))
    assert not takes(facts, claims(*told[:-1]))


def test_of_many_facts_an_answer_tells_a_few_and_not_all() -> None:
    told = [(name, f"{{{{{name}.sentence}}}}") for name in FACTS]
    assert not takes(dict(FACTS), claims(*told[: FEWEST_CLAIMS - 1]))
    assert takes(dict(FACTS), claims(*told[:FEWEST_CLAIMS]))
    assert takes(dict(FACTS), claims(*told[-MOST_CLAIMS:]))
    assert not takes(dict(FACTS), claims(*told[: MOST_CLAIMS + 1]))


def test_a_claim_cites_the_fact_it_is_about() -> None:
    text = claim("{{Gap.sentence}}", "Rank")
    assert not takes({"Gap": FACTS["Gap"], "Rank": FACTS["Rank"]}, text)


def test_facts_beyond_those_that_can_be_counted_may_be_told() -> None:
    facts = {f"F{place}": FACTS["Gap"] for place in range(80)}
    told = [(name, f"{{{{{name}.sentence}}}}") for name in facts]
    assert takes(facts, claims(*told[:4], told[-1]))


def test_in_other_languages_whole_sentences_pass_alone() -> None:
    facts = {"Gap": FACTS["Gap"], "Rank": FACTS["Rank"]}
    assert takes(facts, claim("{{Gap.sentence}}"), "de")
    assert not takes(facts, claim("{{Gap.subject}} is missing in {{Gap.value}}."), "de")


def test_without_facts_there_is_nothing_to_say() -> None:
    assert takes({}, '{"claims":[],"surprises":[]}')
