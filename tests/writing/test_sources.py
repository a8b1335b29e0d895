"""A sentence is traced to the facts without which its model finds it less likely."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

import pytest

from copying_model import CopyingModel, copying
from leaning_writer import Additive
from pellucid.core.errors import StoppedError
from pellucid.core.run import Progress, Run
from pellucid.writing.providers.causal import Causal
from pellucid.writing.providers.likelihood import weigh
from pellucid.writing.providers.types import Likelihood, Message, Weighed
from pellucid.writing.sources import LEAST_DROP, Sources, find_sources, left_out
from pellucid.writing.types import Prompt, Told, Written

LINES = {
    "F1": "the tallest gull stood on a pier at dawn",
    "F2": "quick brown foxes jump over lazy dogs",
    "F3": "my green umbrella was lost in town",
    "F4": "seven bold knights rode off to war",
    "F5": "a jar of plum jam costs two coins",
    "F6": "old maps show where rivers once ran",
}


def prompt_of(sentence: str, lines: Mapping[str, str] = LINES) -> tuple[Prompt, Written]:
    """Return a prompt that tells `lines`, answered by one sentence, and where that stands."""
    told = tuple(Told(a, f"id-{a}", text, f"{a} (kind) {text}") for a, text in lines.items())
    task = "Write it up.\n\nFacts:\n" + "\n".join(t.line for t in told) + "\n\nPlain words:\nthe"
    answer = json.dumps({"claims": [{"text": sentence, "facts": ["F1"]}]})
    start = answer.index(sentence)
    return Prompt("Rules.", task, told, answer, 300), Written(0, start, start + len(sentence))


@dataclass
class Copying:
    causal: Causal = field(default_factory=copying)

    def weigh(
        self, text: Weighed, prompts: Sequence[tuple[Message, ...]], run: Run
    ) -> Iterator[tuple[int, Likelihood]]:
        return weigh(self.causal, text, prompts, run)


def found(nats: Mapping[str, float], *declared: str, **more: int) -> Sources:
    prompt, written = prompt_of("A sentence.")
    ids = [f"id-{alias}" for alias in declared]
    return find_sources(Additive(nats), prompt, written, ids, Run(), **more)


def test_a_drop_is_what_the_fact_adds() -> None:
    told = found({"F2": 7.0, "F5": 1.5, "F3": -0.25}, "F2")

    assert told.sentence == "A sentence."
    assert (told.nats, told.tokens) == (-41.75, 10)
    assert {f.alias: f.drop for f in told.facts} == pytest.approx(
        {"F2": 7.0, "F5": 1.5, "F1": 0.0, "F4": 0.0, "F6": 0.0, "F3": -0.25}
    )
    assert [(f.alias, f.rank) for f in told.facts][:2] == [("F2", 1), ("F5", 2)]
    assert told.facts[0].is_declared
    assert not told.facts[1].is_declared
    assert told.everything == pytest.approx(8.25)
    assert told.per_token(told.everything) == pytest.approx(0.825)


@pytest.mark.parametrize(
    ("nats", "declared", "verdict"),
    [
        ({"F2": 7.0}, ["F2"], "agrees"),
        ({"F2": 7.0, "F5": 7.5}, ["F2"], "agrees"),
        ({"F2": 7.0, "F5": 8.0}, ["F2"], "disagrees"),
        ({"F5": 8.0}, ["F2"], "disagrees"),
        ({"F5": 8.0}, [], "disagrees"),
        ({"F5": LEAST_DROP - 0.01}, ["F2"], "habit"),
        ({"F2": LEAST_DROP + 0.01}, ["F2"], "agrees"),
        ({}, ["F2"], "habit"),
        (dict.fromkeys(LINES, 0.5), ["F2"], "spread"),
        ({"F1": 0.5, "F2": 0.5}, ["F1", "F2"], "agrees"),
    ],
)
def test_the_verdict_follows_the_drops(
    nats: Mapping[str, float], declared: list[str], verdict: str
) -> None:
    assert found(nats, *declared).verdict == verdict


def test_what_counts_stands_out_from_what_leaving_anything_out_does() -> None:
    noise = {"F1": 2.0, "F3": -2.0, "F4": 1.0, "F5": -1.0, "F6": 3.0}
    told = found({**noise, "F2": 4.0}, "F2")

    assert told.threshold > 4
    assert told.leaned_on == ()
    assert told.verdict == "spread"
    assert found({**noise, "F2": 20.0}, "F2").verdict == "agrees"


def test_a_fact_that_is_not_in_the_prompt_changes_nothing() -> None:
    prompt, written = prompt_of("A sentence.")
    absent = Told("F99", "id-F99", "not there", "F99 (kind) not there")
    prompt = replace(prompt, facts=(*prompt.facts, absent))
    told = find_sources(Additive({"F99": 9.0, "F1": 5.0}), prompt, written, ["id-F99"], Run())

    assert left_out(prompt, [absent]) == left_out(prompt, [])
    assert next((f.drop, f.method) for f in told.facts if f.alias == "F99") == (0.0, "unread")
    assert told.verdict == "disagrees"


def test_the_last_line_of_a_prompt_is_left_out_too() -> None:
    lines = ("F1 (kind) one", "F2 (kind) two")
    told = tuple(Told(line[:2], f"id-{line[:2]}", line[10:], line) for line in lines)
    prompt = Prompt("Rules.", "Facts:\n" + "\n".join(lines), told, "{}", 300)
    assert left_out(prompt, told[1:])[1].content == "Facts:\nF1 (kind) one\n"
    assert left_out(prompt, told[:1])[1].content == "Facts:\nF2 (kind) two"
    assert left_out(prompt, told)[1].content == "Facts:\n"


def test_drafts_that_name_a_fact_are_left_out_with_it() -> None:
    prompt, _ = prompt_of("A sentence.")
    drafts = "These claims hold:\n- {{F2.subject}} runs.\n- {{F22.subject}} and {{ F1.value }}.\n"
    prompt = replace(prompt, task=drafts + prompt.task)
    without = left_out(prompt, [told for told in prompt.facts if told.alias == "F2"])[1].content

    assert "foxes" not in without
    assert "{{F2." not in without
    assert "- {{F22.subject}} and {{ F1.value }}." in without
    assert "{{ F1" not in left_out(prompt, prompt.facts[:1])[1].content


def many(declared: str, nats: Mapping[str, float], most_read: int) -> tuple[Sources, Additive]:
    lines = {f"F{i}": f"fact number {i} says something or other of no weight" for i in range(1, 41)}
    prompt, written = prompt_of("A sentence.", lines)
    weigher = Additive(nats)
    return find_sources(weigher, prompt, written, [f"id-{declared}"], Run(), most_read), weigher


def test_of_many_facts_those_of_runs_that_count_are_left_out_alone() -> None:
    told, weigher = many("F3", {"F23": 9.0}, most_read=15_000)
    alone = [f for f in told.facts if f.method == "alone"]

    assert told.verdict == "disagrees"
    assert told.facts[0].alias == "F23"
    assert told.facts[0].drop == pytest.approx(9.0)
    assert "F3" in {f.alias for f in alone}
    assert 2 < len(alone) < 20
    assert {f.rank for f in told.facts if f.method == "together"} == {None}
    assert len(weigher.asked) < 30


def test_where_all_can_be_afforded_each_is_left_out_alone() -> None:
    told, weigher = many("F3", {"F23": 9.0}, most_read=10**6)

    assert {f.method for f in told.facts} == {"alone"}
    assert len(weigher.asked) == 42


def test_progress_counts_prompts_and_stopping_is_noticed_between_them() -> None:
    prompt, written = prompt_of("A sentence.")
    seen: list[Progress] = []
    find_sources(Additive({}), prompt, written, ["id-F1"], Run(on_progress=seen.append))

    assert (seen[-1].done, seen[-1].total) == (8, 8)
    stopped = Additive({})
    run = Run(should_stop=lambda: len(stopped.asked) >= 3)
    with pytest.raises(StoppedError):
        find_sources(stopped, prompt, written, ["id-F1"], run)
    assert len(stopped.asked) == 3


@pytest.mark.parametrize(("cited", "verdict"), [("F2", "agrees"), ("F4", "disagrees")])
def test_what_a_model_copied_is_traced_to_its_line(cited: str, verdict: str) -> None:
    prompt, written = prompt_of("brown foxes jump over lazy")
    told = find_sources(Copying(), prompt, written, [f"id-{cited}"], Run())

    assert told.verdict == verdict
    assert told.facts[0].alias == "F2"
    assert told.facts[0].drop > 20
    assert [f.alias for f in told.leaned_on] == ["F2"]
    assert all(abs(f.drop) < 1e-9 for f in told.facts if f.alias != "F2")


def test_what_no_fact_says_was_said_from_habit() -> None:
    prompt, written = prompt_of("unheard zebra words")

    assert find_sources(Copying(), prompt, written, ["id-F2"], Run()).verdict == "habit"


def test_what_prompts_have_in_common_is_read_once() -> None:
    prompt, written = prompt_of("brown foxes jump over lazy")
    weigher = Copying()
    find_sources(weigher, prompt, written, ["id-F2"], Run())
    model = weigher.causal.model
    assert isinstance(model, CopyingModel)
    whole = len(weigher.causal.tokenizer(prompt.system + prompt.task + prompt.answer)["input_ids"])

    assert model.fed < 0.75 * 8 * whole


def test_facts_beyond_the_model_s_context_were_never_read() -> None:
    prompt, written = prompt_of("brown foxes jump over lazy")
    short = find_sources(Copying(copying(160)), prompt, written, ["id-F1"], Run())
    shorter = find_sources(Copying(copying(60)), prompt, written, ["id-F1"], Run())

    assert {f.alias for f in short.facts if f.method == "unread"} >= {"F1"}
    assert {f.method for f in short.facts} > {"unread"}
    assert {f.method for f in shorter.facts} == {"unread"}
    assert shorter.verdict == "unread"
    assert math.isfinite(shorter.nats)
