"""How likely a model finds a sentence: the same as when each prompt is read by itself."""

from __future__ import annotations

from pathlib import Path

import pytest

from pellucid.core.errors import StoppedError
from pellucid.core.run import Run
from pellucid.writing.providers.causal import READ_AT_ONCE, Causal, find_model, load, prompt_ids
from pellucid.writing.providers.likelihood import weigh
from pellucid.writing.providers.local import local
from pellucid.writing.providers.types import Message, Weighed

START = "Once upon a time there was a girl named Lily. "
MIDDLE = "She had a red ball. "
END = "One day she went to the park with her mom and her dog. "
SAID = " Lily played with the red ball"


def asked(*parts: str) -> tuple[Message, ...]:
    return (Message("system", "Tell a story."), Message("user", "".join(parts)))


@pytest.fixture(scope="module")
def stories(story_model: Path) -> Causal:
    return load(*find_model(story_model, Run()), Run())


def by_itself(causal: Causal, prompt: tuple[Message, ...], before: str, said: str) -> float:
    """Return the log-likelihood of `said` from one reading of everything."""
    import torch

    tokenizer = causal.tokenizer
    head = [*prompt_ids(causal, prompt), *tokenizer(before, add_special_tokens=False)["input_ids"]]
    whole = tokenizer(before + said, add_special_tokens=False)["input_ids"]
    own = whole[len(head) - len(prompt_ids(causal, prompt)) :]
    with torch.inference_mode():
        fed = torch.tensor([[*head, *own]], device=causal.device.name)
        logits = causal.model(fed).logits[0].double().cpu()
    logs = torch.log_softmax(logits, -1)
    return sum(float(logs[len(head) - 1 + i, token]) for i, token in enumerate(own))


def test_sharing_what_prompts_begin_with_changes_nothing(stories: Causal) -> None:
    rest = END * (READ_AT_ONCE // 20)
    prompts = [asked(START, rest), asked(START, MIDDLE, rest), asked(MIDDLE, rest), asked(rest)]
    told = dict(weigh(stories, Weighed(prompts[1], "Then", SAID, 60), prompts, Run()))

    assert sorted(told) == [0, 1, 2, 3]
    for place, prompt in enumerate(prompts):
        alone = by_itself(stories, prompt, "Then", SAID)
        assert told[place].nats == pytest.approx(alone, abs=1e-3)
    assert [told[i].is_same for i in range(4)] == [False, True, False, False]
    assert {found.tokens for found in told.values()} == {told[0].tokens}
    assert told[0].tokens > 4


def test_what_the_prompt_says_is_likelier_after_it(stories: Causal) -> None:
    prompts = [asked(START, MIDDLE, END), asked(START, END)]
    told = dict(weigh(stories, Weighed(prompts[0], "Then", SAID, 60), prompts, Run()))

    assert told[0].nats > told[1].nats + 1


def test_a_prompt_beyond_the_context_is_read_from_where_it_was_read(stories: Causal) -> None:
    whole = asked(MIDDLE, END * 40)
    text = Weighed(whole, "Then", SAID, 60)
    told = dict(weigh(stories, text, [whole, asked(END * 40)], Run()))

    assert told[1].is_same
    assert told[0].nats == told[1].nats


def test_stopping_is_noticed_between_parts_of_a_prompt(story_model: Path) -> None:
    looks: list[int] = []

    def should_stop() -> bool:
        looks.append(1)
        return len(looks) > 3

    provider = local(story_model, Run())
    whole = asked(START, END * 14)
    with pytest.raises(StoppedError):
        list(provider.weigh(Weighed(whole, "Then", SAID, 9), [whole, whole],
                            Run(should_stop=should_stop)))  # fmt: skip
    assert len(looks) == 4
