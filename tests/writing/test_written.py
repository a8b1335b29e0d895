"""Where a claim stands in what a model of this process answered is kept with the words."""

from __future__ import annotations

from pellucid.core.values import from_json, to_json
from pellucid.writing.drafts import Draft
from pellucid.writing.types import Claim, Prompt, Words, Written
from pellucid.writing.written import find_written, with_prompts

FIRST = (
    '{"claims": [{"text": "It \\u00fcber\\"rises\\".", "facts": []}, {"facts":["F1"],"text":"Two."}'
)
SECOND = (
    '{"claims": [{"text": "Two.", "facts": ["F2"]}, {"text": " Three. ", "facts": []}, '
    '{"text": "Broken'
)


def prompt(answer: str) -> Prompt:
    return Prompt("", "", (), answer, 100)


def found(text: str, *facts: str) -> Written | None:
    return find_written(Draft(text, facts), [prompt(FIRST), prompt(SECOND)])


def test_a_draft_is_found_where_it_was_written_first() -> None:
    escaped, second = found('It über"rises".'), found("Two.", "F2")

    assert escaped is not None
    assert FIRST[escaped.start : escaped.end] == 'It \\u00fcber\\"rises\\".'
    assert found("Two.", "F1") == Written(0, FIRST.index("Two."), FIRST.index("Two.") + 4)
    assert second is not None
    assert second.prompt == 1
    assert found("Two.") is None
    assert found("Broken") is None


def test_prompts_that_wrote_nothing_shown_are_not_kept() -> None:
    at = found("Three.")
    claims, prompts = with_prompts(
        [Claim("By hand.", (), ""), Claim("Three.", (), "", written=at)],
        [prompt(FIRST), prompt(SECOND)],
    )

    assert claims[0].written is None
    assert claims[1].written is not None
    assert claims[1].written.prompt == 0
    assert prompts[0].answer == SECOND[: SECOND.index("Three.") + 7]
    words = Words("w", "m", "t", claims, {}, prompts=prompts)
    assert from_json(Words, to_json(words)) == words
