"""What made a model say a claim, asked of the model in a folder that wrote it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from pellucid.core.errors import UserError
from pellucid.core.run import Progress, Run
from pellucid.core.values import from_json
from pellucid.writing.providers.addresses import is_url
from pellucid.writing.providers.limits import Allowance, OutOfTimeError
from pellucid.writing.providers.types import Weigher
from pellucid.writing.source_words import untraced_sentence
from pellucid.writing.sources import Sources, Untraced, find_sources
from pellucid.writing.types import WRITER, Claim, Prompt, Words, Written


def sources_of(
    words: Words, run: Run, time: Allowance | None = None
) -> tuple[Sources | Untraced | None, ...]:
    """Say of each claim, then of each interpretation, which facts its model leaned on.

    None for what no model of this process wrote word by word: the built-in writer's sentences, and
    those of facts that stand in for a claim that did not hold. The model has the seconds that are
    left of `time`, or else the usual ones; what it does not get to in them is `Untraced`. Raises
    `UserError` where a server wrote, and for a model that cannot be had.
    """
    claims = (*words.claims, *words.interpretation)
    if words.writer == WRITER:
        return (None,) * len(claims)
    check_sources(words.writer)
    return tuple(_each(words, claims, _weigher(words.writer, run, time), run))


def check_sources(writer: str) -> None:
    """Raise `UserError` for a writer that does not tell how likely it finds a sentence."""
    if writer == WRITER:
        raise UserError(
            "The built-in writer makes each sentence from the facts it cites, so there is no model "
            "to ask what made it say something",
            "Name the folder of a model with --writer.",
        )
    if is_url(writer):
        raise UserError(
            "A server does not tell how likely it finds a sentence that it is given, so it cannot "
            "be found what made it say something",
            "Use a model in a folder as the writer.",
        )


def _counting(run: Run, place: int, total: int) -> Run:
    """Return the run, which says of all progress which claim it is about."""

    def tell(progress: Progress) -> None:
        stage = f"Claim {place} of {total}: {progress.stage[:1].lower()}{progress.stage[1:]}"
        run.on_progress(replace(progress, stage=stage))

    return replace(run, on_progress=tell)


def _weigher(writer: str, run: Run, time: Allowance | None = None) -> Weigher:
    from pellucid.writing.providers.local import local

    return local(writer, run, time=time)


def _each(
    words: Words, claims: Sequence[Claim], weigher: Weigher, run: Run
) -> Iterator[Sources | Untraced | None]:
    """Yield what is found of each claim; once the time is over, the model is asked no more."""
    is_over = False
    for place, claim in enumerate(claims, start=1):
        found: Sources | Untraced | None = None
        if claim.written is not None:
            prompt = words.prompts[claim.written.prompt]
            found = Untraced(prompt.answer[claim.written.start : claim.written.end])
            counted = _counting(run, place, len(claims))
            if not is_over:
                try:
                    found = find_sources(weigher, prompt, claim.written, claim.facts, counted)
                except OutOfTimeError:
                    is_over = True
        yield found


def claim_sources(
    run: Run,
    writer: str,
    prompt: Mapping[str, Any],
    written: Mapping[str, Any],
    facts: Sequence[str],
) -> Sources:
    """Say which facts of `prompt` the model in the folder `writer` leaned on, citing `facts`.

    Raises `UserError` where that takes longer than a model may in all.
    """
    time = Allowance()
    weigher, said = _weigher(writer, run, time), from_json(Written, written)
    try:
        return find_sources(weigher, from_json(Prompt, prompt), said, facts, run)
    except OutOfTimeError as error:
        raise UserError(
            untraced_sentence(time.all_s), "Let a smaller model write, or one of shorter context."
        ) from error
