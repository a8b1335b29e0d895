"""Whatever a writer makes of true claims, what follows by rule to be false is never checked."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from lies.attacks import (
    TURNING_WORDS,
    Attack,
    joined,
    mirrored,
    uncited,
    with_borrowed_slot,
    with_word,
)
from lies.claims import facts_by_key, read_claims

from pellucid.facts.making import make
from pellucid.facts.slots import slots_of
from pellucid.facts.types import Fact, Origin
from pellucid.writing.checking import check_claim
from pellucid.writing.drafts import Draft
from pellucid.writing.templates import TemplateError, parse

FACTS = facts_by_key()
SLOTS = {key: slots_of(fact) for key, fact in FACTS.items()}
NAMED = [
    key
    for key, fact in FACTS.items()
    if fact.kind in ("missingness", "distribution", "share") and fact.subject
]
TRUE = [claim for claim in read_claims() if claim.is_true]
LIES = [claim for claim in read_claims() if not claim.is_true and claim.cites]
MIRRORS = [claim for claim in TRUE if mirrored(claim, FACTS)]
PLAIN = (
    "the", "a", "of", "in", "with", "is", "are", "has", "have", "and", "by", "for", "from", "to",
    "where", "as", "on", "at", "this", "that", "its", "it", "column", "table", "rows", "value",
    "values", "model", "missing", "group", "against", "than", "together", "which", "while",
)  # fmt: skip
NAMES = (
    "not", "no", "never", "only", "higher", "lower", "first", "all", "because", "hardly", "none",
    "rises", "falls", "except", "without", "and", "is not", "was never", "in no way",
)  # fmt: skip
DISGUISES: tuple[Callable[[str], str], ...] = (
    str.upper,
    str.title,
    lambda text: text.replace(" ", "\u00a0"),
    lambda text: text.replace(" ", "  "),
    lambda text: re.sub(r"(\w)(\w)", "\\1\u00ad\\2", text),
    lambda text: unicodedata.normalize("NFKD", text),
    lambda text: f"**{text}**",
    lambda text: f"<p>{text}</p>",
)
MARKS = st.text(alphabet="{}.F1value <>&;\u200b\u202e\n", min_size=1, max_size=8)
true_claims, lies = st.sampled_from(TRUE), st.sampled_from(LIES)
numbers = st.integers(0, 500)
many = settings(max_examples=200, deadline=None)


def is_checked(attack: Attack) -> bool:
    return bool(check_claim(attack.draft, attack.facts).status == "checked")


@many
@given(true_claims, st.sampled_from(TURNING_WORDS), numbers)
def test_a_word_that_turns_a_claim_is_heard(claim, word, place) -> None:
    assert not is_checked(with_word(claim, FACTS, word, place))


@many
@given(true_claims, st.integers(0, 10**6), numbers)
def test_digits_stand_in_slots_alone(claim, figure, place) -> None:
    assert not is_checked(with_word(claim, FACTS, str(figure), place))


@many
@given(true_claims, st.sampled_from("½²⅓٣１Ⅳ四%±≥<>=→↑≠¬"), numbers)
def test_signs_that_say_a_size_or_a_direction_are_heard(claim, sign, place) -> None:
    assert not is_checked(with_word(claim, FACTS, sign, place))


@many
@given(true_claims, numbers, numbers)
def test_a_figure_of_one_thing_is_not_said_of_another(claim, start, pick) -> None:
    group = next(iter(claim.facts.values())).rpartition("/")[0]
    able = [f for k, f in FACTS.items() if k.startswith(group) and f.kind == claim.kind_of_fact]
    turned = able[start % len(able) :] + able[: start % len(able)]
    tried = (with_borrowed_slot(claim, FACTS, fact, pick) for fact in turned)
    attack = next((found for found in tried if found is not None), None)
    assume(attack is not None)
    assert not is_checked(attack)


@pytest.mark.parametrize("claim", MIRRORS, ids=lambda claim: claim.id)
def test_the_sides_of_a_comparison_cannot_be_exchanged(claim) -> None:
    attack = mirrored(claim, FACTS)
    assert attack is not None
    assert not is_checked(attack)


@many
@given(true_claims, lies, st.sampled_from([". ", "; ", ", and ", " - ", " (", "\n- ", ": "]),
       st.booleans())  # fmt: skip
def test_a_lie_hides_behind_no_truth(true, lie, joint, lie_first) -> None:
    assert not is_checked(joined(true, lie, FACTS, joint, lie_first=lie_first))


@many
@given(true_claims, numbers)
def test_what_is_said_is_cited(claim, which) -> None:
    assert not is_checked(uncited(claim, FACTS, which))


@many
@given(lies, st.sampled_from(DISGUISES))
def test_a_lie_stays_one_in_other_letters(lie, change) -> None:
    parts = re.split(r"(\{\{.*?\}\})", lie.text)
    text = "".join(part if part.startswith("{{") else change(part) for part in parts)
    facts = {alias: FACTS[key] for alias, key in lie.facts.items()}
    assert not is_checked(Attack(Draft(text, lie.cites), facts))


@many
@given(st.lists(st.sampled_from(PLAIN), max_size=4), st.lists(st.sampled_from(PLAIN), max_size=4),
       st.lists(st.sampled_from(PLAIN), max_size=4), st.sampled_from(["value", "count", "n"]),
       st.booleans(), st.data())  # fmt: skip
def test_plain_words_cannot_tie_a_value_to_a_foreign_subject(
    before, between, after, name, swapped, data
) -> None:
    able = [key for key in NAMED if name in SLOTS[key]]
    one, two = data.draw(st.sampled_from(able)), data.draw(st.sampled_from(able))
    assume(SLOTS[one]["subject"] != SLOTS[two]["subject"])
    assume(SLOTS[one][name] not in SLOTS[two].values())
    ends = ["{{F2.subject}}", f"{{{{F1.{name}}}}}"]
    first, last = ends[::-1] if swapped else ends
    text = f"{' '.join([*before, first, *between, last, *after])}."
    assert not is_checked(Attack(Draft(text, ("F1", "F2")), {"F1": FACTS[one], "F2": FACTS[two]}))


def gap(column: str, rows: int) -> Fact:
    return make(
        "missingness", (column,), f"{column} is missing in {rows} rows ({rows / 10}%).",
        Origin("profile", column), value=rows / 1000, unit="share", n=1000, rows=rows,
    )  # fmt: skip


@many
@given(st.sampled_from(NAMES), st.sampled_from([
    "{{F1.subject}} is {{F2.subject}} missing in {{F1.value}}.",
    "{{F1.subject}} {{F2.subject}} missing in {{F1.value}}.",
    "{{F2.subject}} {{F1.value}} are missing {{F1.subject}}.",
    "In {{F1.value}}, {{F1.subject}} is missing, {{F2.subject}} of them known.",
    "{{F1.subject}} is missing in {{F2.subject}} {{F1.count}}.",
    "{{F1.subject}} is missing {{F2.subject}} in {{F1.value}}.",
    "{{F1.count}} {{F2.subject}} are missing {{F1.subject}}.",
]))  # fmt: skip
def test_a_column_named_by_a_telling_word_does_not_turn_a_claim(name, text) -> None:
    facts = {"F1": gap("age", 57), "F2": gap(name, 31)}
    assert not is_checked(Attack(Draft(text, ("F1", "F2")), facts))


@settings(max_examples=500, deadline=None)
@given(st.text(max_size=200), st.lists(st.text(max_size=5), max_size=3))
def test_anything_at_all_gets_a_verdict(text, cites) -> None:
    verdict = check_claim(Draft(text, tuple(cites)), {"F1": gap("age", 57)})
    assert verdict.status in ("checked", "interpretation", "rejected")
    assert verdict.status != "checked"


@many
@given(
    true_claims, st.text(alphabet="{}.F1value <>&;\u200b\u202e\n", min_size=1, max_size=8), numbers
)
def test_broken_slots_and_marks_get_a_verdict(claim, marks, place) -> None:
    attack = with_word(claim, FACTS, marks, place)
    try:
        parse(attack.draft.text)
    except TemplateError:
        assert not is_checked(attack)
    else:
        check_claim(attack.draft, attack.facts)


def test_a_figure_of_one_table_is_told_of_no_other_in_any_true_claim() -> None:
    counts = [fact for fact in FACTS.values() if fact.kind == "count"]
    claims = [claim for claim in TRUE if claim.kind_of_fact == "count" and len(claim.facts) == 1]
    tried = [with_borrowed_slot(claim, FACTS, fact, 0) for claim in claims for fact in counts]
    attacks = [attack for attack in tried if attack is not None]
    assert len(attacks) > 500
    assert [attack.draft.text for attack in attacks if is_checked(attack)] == []
