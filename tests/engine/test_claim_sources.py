"""What made a model write a claim, asked as a job of the model in its folder."""

from __future__ import annotations

import itertools
from dataclasses import replace
from pathlib import Path

import pytest

import pellucid
from leaning_writer import LeaningWriter
from pellucid.core.errors import UserError
from pellucid.core.run import Progress, Run
from pellucid.core.values import from_json, to_json
from pellucid.engine.claim_sources import check_sources, claim_sources, sources_of
from pellucid.facts.making import make
from pellucid.facts.types import Origin
from pellucid.writing.drafting import write_with
from pellucid.writing.providers.limits import Allowance
from pellucid.writing.sources import Sources, Untraced
from pellucid.writing.types import Claim, Prompt, Told, Words, Written
from story_model import with_context

FACTS = ("Lily had a big red ball.", "Tom liked to eat cake.", "The sun was very hot.")
ANSWER = '{"claims":[{"text":"Lily played with her big red ball.'


def prompt() -> Prompt:
    told = tuple(Told(f"F{i}", f"id{i}", t, f"F{i} (told) {t}") for i, t in enumerate(FACTS, 1))
    task = "Tell a story.\n" + "".join(f"{one.line}\n" for one in told) + "Once upon a time.\n"
    return Prompt("Tell what is so.", task, told, ANSWER, 200)


def test_a_trained_model_is_traced_to_the_line_that_it_took_up(
    story_model: Path, tmp_path: Path
) -> None:
    folder = with_context(story_model, tmp_path / "long")
    written = to_json(Written(0, ANSWER.index("Lily"), len(ANSWER)))
    seen: list[Progress] = []
    found = claim_sources(
        Run(on_progress=seen.append), str(folder), to_json(prompt()), written, ["id1"]
    )

    assert from_json(Sources, to_json(found)) == found
    assert found.sentence == "Lily played with her big red ball."
    assert found.verdict == "agrees"
    assert found.facts[0].alias == "F1"
    assert [p.done for p in seen if p.total == 5] == [0, 1, 2, 3, 4, 5]


def test_only_a_model_in_a_folder_can_be_asked() -> None:
    for writer in ("builtin", "http://127.0.0.1:9/v1"):
        with pytest.raises(UserError, match="sentence"):
            check_sources(writer)
    with pytest.raises(UserError, match="A server does not tell"):
        sources_of(Words("http://127.0.0.1:9/v1", "", "", (), {}), Run())
    by_hand = Words("builtin", "", "", (Claim("So.", (), ""),), {})
    assert sources_of(by_hand, Run()) == (None,)


def test_a_folder_that_is_gone_is_told(tmp_path: Path) -> None:
    with pytest.raises(UserError):
        claim_sources(Run(), str(tmp_path / "gone"), to_json(prompt()),
                      to_json(Written(0, 0, 1)), [])  # fmt: skip


def ticking(seconds: float) -> Allowance:
    """Return an allowance whose clock is a second later whenever it is looked at."""
    ticks = itertools.count()
    return Allowance(seconds, clock=lambda: float(next(ticks)))


def story_words(folder: Path) -> Words:
    """Return two claims of one sentence of the model in a folder, and one that it did not write."""
    at = Written(0, ANSWER.index("Lily"), len(ANSWER))
    claims = (
        Claim("So.", ("id1",), "", written=at), Claim("A fact.", (), ""),
        Claim("Too.", ("id1",), "", written=at),
    )  # fmt: skip
    return Words(str(folder), "stories", "", claims, {}, prompts=(prompt(),))


def test_what_there_was_no_time_for_is_not_traced(story_model: Path, tmp_path: Path) -> None:
    words = story_words(with_context(story_model, tmp_path / "long"))
    ample = ticking(1e9)
    whole = sources_of(words, Run(), ample)
    missed = Untraced("Lily played with her big red ball.")

    assert [type(one) for one in whole] == [Sources, type(None), Sources]
    assert sources_of(words, Run(), ticking(0.75 * ample.taken_s)) == (whole[0], None, missed)
    assert sources_of(words, Run(), ticking(1)) == (missed, None, missed)
    assert pellucid.sources(words, most_seconds=0) == (missed, None, missed)


def test_a_look_at_one_claim_ends_with_the_time_too(
    story_model: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pellucid.engine.claim_sources.Allowance", lambda: ticking(4))
    folder = with_context(story_model, tmp_path / "long")
    written = to_json(Written(0, ANSWER.index("Lily"), len(ANSWER)))
    with pytest.raises(UserError, match="Not traced: the 4 seconds") as told:
        claim_sources(Run(), str(folder), to_json(prompt()), written, ["id1"])
    assert "--" not in told.value.message + told.value.hint


def test_sentences_that_no_model_wrote_have_no_sources(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("pellucid.writing.providers.local.local", lambda *_, **__: LeaningWriter())
    facts = [
        make("count", (f"thing {i}",), f"There are {i} things of sort {i}.", Origin("data", f"{i}"),
             value=float(i))
        for i in range(4)
    ]  # fmt: skip
    words = write_with(facts, LeaningWriter(), Run())
    first, *rest = words.claims
    words = replace(words, claims=(replace(first, written=None), *rest))
    seen: list[Progress] = []
    found = pellucid.sources(words, run=Run(on_progress=seen.append))

    assert len(found) == len(words.claims) + len(words.interpretation)
    assert [one is None for one in found] == [True] + [False] * (len(found) - 1)
    assert seen[0].stage == f"Claim 2 of {len(found)}: leaving facts out of the prompt"
