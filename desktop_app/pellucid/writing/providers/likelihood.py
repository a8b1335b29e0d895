"""How likely a model finds a given sentence after one prompt and after others much like it."""

from __future__ import annotations

import copy
from collections.abc import Iterator, Sequence
from itertools import takewhile
from typing import Any

from pellucid.core.run import Run
from pellucid.encoders.quiet import quiet
from pellucid.writing.providers.causal import READ_AT_ONCE, Causal, prompt_ids, step
from pellucid.writing.providers.types import Likelihood, Message, Weighed


def weigh(
    causal: Causal, text: Weighed, prompts: Sequence[tuple[Message, ...]], run: Run
) -> Iterator[tuple[int, Likelihood]]:
    """Yield (place, likelihood) for each of `prompts`, which are parts of `text.prompt`.

    What a prompt has in common with the whole one is read once: the whole is walked along, and at
    the token where a prompt leaves it the rest of that prompt is read from a copy of the cache. So
    the result is that of reading each by itself, for about half the tokens.

    Where prompt and answer do not fit the model's context, the beginning of every prompt is left
    away up to the same token, as it was when the sentence was written.
    """
    with quiet():
        before, said = _answer_ids(causal, text.before, text.sentence)
        whole = prompt_ids(causal, text.prompt)
        owns = [prompt_ids(causal, prompt) for prompt in prompts]
    cut = _cut(causal, len(whole), len(before) + len(said), text.most_tokens)
    read = whole[cut:]
    tails = [own[min(cut, _shared(whole, own)) :][-len(read) :] for own in owns]
    forks = {
        i: min(_shared(read, tail), len(tail) + len(before) - 1) for i, tail in enumerate(tails)
    }
    cache: Any = None
    at = 0
    same: Likelihood | None = None
    for i in sorted(forks, key=forks.__getitem__):
        is_same = tails[i] == read
        if same is None or not is_same:
            cache = _fed(causal, read[at : forks[i]], cache, run)
            at = forks[i]
            rest = tails[i][at:] + before
            nats = _nats(causal, rest, said, copy.deepcopy(cache), run)
            found = Likelihood(nats, len(said), is_same)
            same = found if is_same else same
        else:
            found = same
        yield i, found


def _cut(causal: Causal, prompt: int, answer: int, most_tokens: int) -> int:
    """Return how many tokens at the beginning of a prompt of so many are not read."""
    room = max(min(most_tokens, causal.context // 2), answer)
    return min(max(0, prompt - max(1, causal.context - room)), prompt - 1)


def _shared(one: Sequence[int], other: Sequence[int]) -> int:
    """Return how many tokens two prompts begin with in common."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


def _answer_ids(causal: Causal, before: str, sentence: str) -> tuple[list[int], list[int]]:
    """Return the tokens before a sentence and its own; one that lies across is the sentence's."""
    tokenizer = causal.tokenizer
    if not tokenizer.is_fast:
        apart = (tokenizer(t, add_special_tokens=False)["input_ids"] for t in (before, sentence))
        return next(apart), next(apart)
    read = tokenizer(before + sentence, add_special_tokens=False, return_offsets_mapping=True)
    ids = list(read["input_ids"])
    start = sum(1 for _, end in read["offset_mapping"] if end <= len(before))
    return ids[:start], ids[start:]


def _fed(causal: Causal, ids: Sequence[int], cache: Any, run: Run) -> Any:
    """Read tokens in parts and return the cache; stopping is looked for before each part."""
    import torch

    for start in range(0, len(ids), READ_AT_ONCE):
        run.check()
        with torch.inference_mode():
            cache, _ = step(causal, list(ids[start : start + READ_AT_ONCE]), cache)
    return cache


def _nats(causal: Causal, rest: list[int], said: list[int], cache: Any, run: Run) -> float:
    """Return the log-likelihood of `said` after what the cache holds and `rest`."""
    import torch

    cache = _fed(causal, rest[:-1], cache, run)
    run.check()
    with torch.inference_mode():
        _, scores = step(causal, [rest[-1], *said[:-1]], cache, len(said))
        logs = torch.log_softmax(scores.double(), -1)
        told = logs.gather(1, torch.tensor(said, dtype=torch.long).unsqueeze(1))
    return float(told.sum())
