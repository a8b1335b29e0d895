"""Which answer a claim was written in, and where: what there has to be to ask why it was said."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from pellucid.facts.types import Fact
from pellucid.writing.drafts import Draft
from pellucid.writing.prompts import fact_line
from pellucid.writing.providers.types import Request
from pellucid.writing.replies import drafts_in
from pellucid.writing.types import Claim, Prompt, Told, Written

_DECODER = json.JSONDecoder(strict=False)
_TEXT = re.compile(r'"text"\s*:\s*"')


def prompt_of(request: Request, facts: Mapping[str, Fact], answer: str) -> Prompt:
    """Return what was asked about `facts` (by alias), by its first two turns, and the answer.

    Later turns, of a round of repair, tell the model what it said itself; they are left away, so
    that a sentence is traced to facts and not to its own first version.
    """
    system, task = (message.content for message in request.messages[:2])
    told = tuple(Told(a, fact.id, fact.text, fact_line(a, fact)) for a, fact in facts.items())
    return Prompt(system, task, told, answer, request.max_tokens)


def find_written(draft: Draft, prompts: Sequence[Prompt]) -> Written | None:
    """Return where a draft was written first; None where no answer holds it."""
    for number, prompt in enumerate(prompts):
        for place, found in drafts_in(prompt.answer):
            said = _TEXT.search(prompt.answer, place) if found == draft else None
            if said is not None:
                _, end = _DECODER.raw_decode(prompt.answer, said.end() - 1)
                return Written(number, said.end(), end - 1)
    return None


def with_prompts(
    claims: Iterable[Claim], prompts: Sequence[Prompt]
) -> tuple[tuple[Claim, ...], tuple[Prompt, ...]]:
    """Number prompts anew, without those in which none of `claims` was written.

    An answer is kept as far as its last sentence that is shown.
    """
    listed = tuple(claims)
    ends: dict[int, int] = {}
    for claim in listed:
        if claim.written is not None:
            at = claim.written
            ends[at.prompt] = max(at.end, ends.get(at.prompt, 0))
    kept = sorted(ends)
    numbers = {old: new for new, old in enumerate(kept)}
    return (
        tuple(_with_number(claim, numbers) for claim in listed),
        tuple(replace(prompts[i], answer=prompts[i].answer[: ends[i]]) for i in kept),
    )


def _with_number(claim: Claim, numbers: Mapping[int, int]) -> Claim:
    at = claim.written
    return claim if at is None else replace(claim, written=replace(at, prompt=numbers[at.prompt]))
