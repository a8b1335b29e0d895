"""The exam: a language model writes about bundled facts, and what survives the check is counted."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from pellucid.core.paths import resource, state_dir, whole_file
from pellucid.core.run import Run
from pellucid.core.values import from_json, to_json
from pellucid.engine.stores import profile_of
from pellucid.engine.writers import check_writing, outlet_for, written
from pellucid.facts.types import Fact
from pellucid.writing.orders import Exam, Writing
from pellucid.writing.providers.types import PassingOn, Request

_SAMPLE: Final = "samples/penguins.csv"
_FACTS: Final = 16


def exam(writing: Writing, run: Run) -> Exam:
    """Let a model write about the bundled table of penguins, and keep how it did."""
    from pellucid.data.reading import open_table
    from pellucid.facts.catalogue import facts_of

    with open_table(resource(_SAMPLE), run=run) as table:
        check_writing(writing, table, run)
        facts: list[Fact] = sorted(
            facts_of(table.source, profile_of(table, run), None, None),
            key=lambda fact: (-fact.interest, fact.id),
        )
        outlet = outlet_for(writing, table, facts[:_FACTS], run, "exam")
        start = time.perf_counter()
        heard = _Hearing(outlet.provider)
        written(heard, outlet.facts, writing, "Penguins", run, outlet.context)
        seconds = time.perf_counter() - start
    claims, survived, interpretation = _count(heard, outlet.facts)
    result = Exam(
        writer=outlet.provider.name,
        model=outlet.provider.model,
        claims=claims,
        survived=survived,
        interpretation=interpretation,
        seconds=round(seconds, 3),
        tokens=outlet.usage.tokens,
        is_estimated=outlet.usage.is_estimated,
        when=datetime.now(UTC).isoformat(timespec="seconds"),
    )
    _keep(result)
    return result


@dataclass(slots=True)
class _Hearing(PassingOn):
    """Passes everything on and keeps the answers."""

    answers: list[str] = field(default_factory=list)

    def stream(self, request: Request, run: Run) -> Iterator[str]:
        pieces: list[str] = []
        try:
            for piece in self.inner.stream(request, run):
                pieces.append(piece)
                yield piece
        finally:
            self.answers.append("".join(pieces))


def _count(heard: _Hearing, facts: Sequence[Fact]) -> tuple[int, int, int]:
    """Return how many claims there were in all answers, how many held, how many interpret.

    A claim that holds without the remark behind it has held.
    """
    from pellucid.writing.checking import check_claim, without_tail
    from pellucid.writing.choosing import with_aliases
    from pellucid.writing.replies import read_reply

    known = with_aliases(facts)
    drafts = [draft for answer in heard.answers for draft in read_reply(answer).claims]
    found = [
        "checked" if without_tail(draft, known) else check_claim(draft, known).status
        for draft in drafts
    ]
    return len(found), found.count("checked"), found.count("interpretation")


def exams() -> tuple[Exam, ...]:
    """Return the last exam of each model, newest first."""
    try:
        saved = json.loads(_file().read_text(encoding="utf-8"))
        return tuple(from_json(Exam, item) for item in saved["exams"])
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return ()


def _keep(result: Exam) -> None:
    others = [e for e in exams() if (e.writer, e.model) != (result.writer, result.model)]
    with whole_file(_file()) as temporary:
        temporary.write_text(json.dumps({"exams": to_json([result, *others])}), encoding="utf-8")


def _file() -> Path:
    return state_dir() / "exams.json"
