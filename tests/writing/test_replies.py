"""Answers are read for the whole claims in them, and for nothing else."""

from __future__ import annotations

import json

import pytest

from pellucid.writing.drafts import Draft
from pellucid.writing.replies import MOST_CLAIM_CHARACTERS, MOST_CLAIMS, is_hopeless, read_reply

ONE = '{"text": "{{F1.subject}} ranks.", "facts": ["F1"]}'
DRAFT = Draft("{{F1.subject}} ranks.", ("F1",))


@pytest.mark.parametrize(
    "text",
    [
        f'{{"claims": [{ONE}], "surprises": []}}',
        f'Here it is:\n```json\n{{"claims": [{ONE}]}}\n```\nI hope that helps {{you}}.',
        f'{{"claims": [{ONE}, {{"text": "{{{{F2.subject}}}} is cut o',
        f'{{"claims": [{ONE}, {ONE}]}}',
        f"[{ONE}]",
        ONE,
        f'{{"claims": [{ONE}, {{"text": 7}}, {{"facts": ["F1"]}}, null, "x"]}}',
        '{"claims": [{"text": "{{F1.subject}} ranks.", "facts": "F1"}]}',
        '{"claims": [{"text": "{{F1.subject}} ranks.", "facts": [1, "{{F1}}"]}]}',
    ],
)
def test_whole_claims_are_kept(text: str) -> None:
    reply = read_reply(text)
    assert reply.claims == (DRAFT,)
    assert reply.surprises == ()


def test_surprises_stand_behind_their_name() -> None:
    reply = read_reply(
        f'{{"claims": [{ONE}], "surprises": [{{"text": "Well.", "facts": ["F2"]}}]}}'
    )
    assert reply.claims == (DRAFT,)
    assert reply.surprises == (Draft("Well.", ("F2",)),)


@pytest.mark.parametrize("text", ["", "{", "}{", "null", '{"claims": {}}', "{" * 50_000])
def test_nothing_comes_of_nothing(text: str) -> None:
    assert read_reply(text).claims == ()


def test_answers_are_bounded() -> None:
    many = [{"text": f"claim {i}", "facts": []} for i in range(500)]
    assert len(read_reply(json.dumps({"claims": many})).claims) == MOST_CLAIMS
    long = {"text": "x" * (MOST_CLAIM_CHARACTERS + 1), "facts": []}
    assert read_reply(json.dumps(long)).claims == ()


def test_a_broken_slot_is_left_to_the_checker() -> None:
    assert read_reply('{"text": "{{F1.", "facts": ["F1"]}').claims == (Draft("{{F1.", ("F1",)),)


@pytest.mark.parametrize(
    ("text", "hopeless"),
    [
        ("Once upon a time " * 50, False),
        ("Once upon a time " * 100, True),
        ("Let me see. " * 50 + '{"claims": [', False),
        ('{"claims": [' + '{"text": "a", "facts": []},' * 900, False),
        ('{"claims": [{"text": "' + "and then " * 500, True),
    ],
)
def test_an_answer_that_has_strayed_is_known(text: str, hopeless: bool) -> None:
    assert is_hopeless(text) is hopeless
