"""What made a model write a claim, asked as a job of the model in its folder."""

from __future__ import annotations

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
from pellucid.writing.sources import Sources
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
