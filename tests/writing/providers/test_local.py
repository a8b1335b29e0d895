"""A really trained tiny model is loaded, told about, held to a grammar, streamed and stopped."""

from __future__ import annotations

import itertools
import json
import re
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from pellucid.core.errors import StoppedError, UserError
from pellucid.core.run import Progress, Run
from pellucid.writing.providers.causal import find_model, load
from pellucid.writing.providers.limits import Allowance, OutOfTimeError
from pellucid.writing.providers.local import LocalProvider, Spelling, local
from pellucid.writing.providers.types import Message, Request, Weighed

ONCE = Request((Message("user", "Once upon a time"),), max_tokens=60)
KNOWN = (
    ", there was a little girl named Lily. She loved to play outside in the park. One day, she saw "
    "a big, red ball."
)
"""How the model goes on at temperature 0, as those who trained it printed it."""


@pytest.fixture(scope="module")
def stories(story_model: Path) -> LocalProvider:
    return local(story_model, Run())


def ticking(seconds: float) -> Allowance:
    """Return an allowance whose clock is a second later whenever it is looked at."""
    ticks = itertools.count()
    return Allowance(seconds, clock=lambda: float(next(ticks)))


def with_template(story_model: Path, folder: Path, template: str) -> Path:
    """Return a copy of the model that has a chat template."""
    shutil.copytree(story_model, folder)
    (folder / "chat_template.jinja").write_text(template, encoding="utf-8")
    return folder


def test_it_tells_its_known_story_token_by_token(stories: LocalProvider) -> None:
    pieces = list(stories.stream(ONCE, Run()))

    assert "".join(pieces).startswith(KNOWN)
    assert len(pieces) > 30


def test_what_it_needs_is_known_before_it_is_loaded(story_model: Path) -> None:
    told = local(story_model, Run())

    assert told.need.parameters == 260_032
    assert told.need.disk_bytes == (story_model / "model.safetensors").stat().st_size
    assert 1_000_000 < told.need.memory_bytes < 5_000_000
    assert told.destination == ""


def test_it_is_not_loaded_where_memory_is_short(story_model: Path) -> None:
    folder, need = find_model(story_model, Run())
    told: list[Progress] = []
    with pytest.raises(UserError, match=r"needs about 1\.95 MB of memory, and 1 MB are free"):
        load(folder, replace(need, available_bytes=10**6), Run(on_progress=told.append))

    assert told == []


def test_a_grammar_is_held_to_at_every_token(stories: LocalProvider) -> None:
    grammar = 'start: "{" WORD ("," WORD)* "}"\nWORD: /[a-z]{2,8}/'
    answer = "".join(stories.stream(replace(ONCE, grammar=grammar, max_tokens=40), Run()))

    assert re.fullmatch(r"\{[a-z]{2,8}(,[a-z]{2,8})*\}?,?[a-z]{0,8}", answer)


def test_a_schema_is_held_to_where_there_is_no_grammar(stories: LocalProvider) -> None:
    schema = {
        "type": "object", "additionalProperties": False, "required": ["kind", "said"],
        "properties": {"kind": {"enum": ["sad", "glad"]},
                       "said": {"type": "string", "maxLength": 30}},
    }  # fmt: skip
    answer = json.loads("".join(stories.stream(replace(ONCE, schema=schema), Run())))

    assert answer["kind"] in ("sad", "glad")


def test_a_grammar_that_is_none_is_told(stories: LocalProvider) -> None:
    with pytest.raises(UserError, match="cannot be used with this model"):
        list(stories.stream(replace(ONCE, grammar="start: ("), Run()))


def test_chance_follows_the_seed(stories: LocalProvider) -> None:
    warm = replace(ONCE, temperature=1.0, max_tokens=30)
    first, again, other = ("".join(stories.stream(warm, Run(seed=s))) for s in (3, 3, 4))

    assert first == again
    assert first != other


def test_stopping_is_noticed_at_the_next_token(stories: LocalProvider) -> None:
    wants_to_stop = False
    pieces = stories.stream(ONCE, Run(should_stop=lambda: wants_to_stop))
    assert next(pieces)
    wants_to_stop = True
    with pytest.raises(StoppedError):
        next(pieces)


def test_a_prompt_that_is_too_long_loses_its_beginning(story_model: Path) -> None:
    told = local(story_model, Run())
    long = replace(ONCE, messages=(Message("user", "a b c " * 2_000 + "Once upon a time"),))
    answer = "".join(told.stream(long, Run()))

    assert answer
    assert told.cut > 1_000


def test_a_chat_template_is_filled_in(story_model: Path, tmp_path: Path) -> None:
    template = "{{ bos_token }}{% for m in messages %}{{ m.content }}{% endfor %}"
    told = local(with_template(story_model, tmp_path / "chat", template), Run())

    assert "".join(told.stream(ONCE, Run())).startswith(KNOWN)


def test_a_template_without_a_system_has_its_words_in_the_first_turn(
    story_model: Path, tmp_path: Path
) -> None:
    template = (
        "{% if messages[0].role == 'system' %}{{ raise_exception('no system') }}{% endif %}"
        "{{ bos_token }}{{ messages[0].content.replace('\n\n', ' ') }}"
    )
    told = local(with_template(story_model, tmp_path / "chat", template), Run())
    parts = (Message("system", "Once upon"), Message("user", "a time"))

    assert "".join(told.stream(replace(ONCE, messages=parts), Run())).startswith(KNOWN)


def test_a_template_that_cannot_be_filled_is_told(story_model: Path, tmp_path: Path) -> None:
    told = local(with_template(story_model, tmp_path / "chat", "{{ raise_exception('x') }}"), Run())
    with pytest.raises(UserError, match="chat template cannot be filled in"):
        list(told.stream(ONCE, Run()))


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"auto_map": {"AutoModelForCausalLM": "model.Model"}}, "asks to run code of its own"),
        ({"architectures": ["BertForMaskedLM"]}, "does not write texts"),
        ({"model_type": "unheard-of"}, "does not know"),
    ],
)
def test_a_folder_that_is_not_safe_or_not_fit_is_refused(
    story_model: Path, tmp_path: Path, change: dict[str, object], words: str
) -> None:
    folder = tmp_path / "changed"
    shutil.copytree(story_model, folder)
    config = json.loads((folder / "config.json").read_text("utf-8"))
    (folder / "config.json").write_text(json.dumps({**config, **change}), encoding="utf-8")
    with pytest.raises(UserError, match=words):
        local(folder, Run())


def test_pickled_weights_are_refused(story_model: Path, tmp_path: Path) -> None:
    folder = tmp_path / "pickled"
    shutil.copytree(story_model, folder)
    (folder / "model.safetensors").rename(folder / "pytorch_model.bin")
    with pytest.raises(UserError, match="are pickled"):
        local(folder, Run())


def test_a_character_of_several_tokens_comes_whole(stories: LocalProvider) -> None:
    from transformers import AutoTokenizer

    tokenizer = AutoTokenizer.from_pretrained(stories.name)
    text = "Lily 你好 👍🏽 naïve"
    spelling = Spelling(tokenizer)
    pieces = [spelling.add(token) for token in tokenizer(text)["input_ids"]]

    assert "".join([*pieces, spelling.rest()]) == text
    assert not [piece for piece in pieces if "\ufffd" in piece]


def test_it_writes_no_longer_than_it_may(story_model: Path) -> None:
    hasty = local(story_model, Run(), time=ticking(20))
    written: list[str] = []
    with pytest.raises(UserError, match="what it had written is kept") as failed:
        written.extend(hasty.stream(replace(ONCE, max_tokens=240), Run()))
    assert "--most-seconds" in failed.value.hint
    with pytest.raises(UserError, match="asked nothing more"):
        list(hasty.stream(ONCE, Run()))
    assert 0 < hasty.usage.answered < 20


def test_writing_and_weighing_share_their_time(story_model: Path) -> None:
    weighed = Weighed(ONCE.messages, "", " Lily", 60)
    shared = ticking(100)
    list(local(story_model, Run(), time=shared).stream(replace(ONCE, max_tokens=8), Run()))
    left = shared.all_s - shared.taken_s
    assert 0 < left < 100

    other = local(story_model, Run(), time=shared)
    assert len(list(other.weigh(weighed, [weighed.prompt], Run()))) == 1
    assert shared.all_s - shared.taken_s < left
    shared.all_s = shared.taken_s
    with pytest.raises(OutOfTimeError):
        list(other.weigh(weighed, [weighed.prompt], Run()))


def test_who_stops_the_work_is_not_told_that_time_ran_out() -> None:
    with pytest.raises(StoppedError), ticking(9).spent(Run(should_stop=lambda: True)):
        pass


def test_how_far_it_has_written_is_told(stories: LocalProvider) -> None:
    told: list[Progress] = []
    list(stories.stream(replace(ONCE, max_tokens=5), Run(on_progress=told.append)))
    counted = [p.numbers["token"] for p in told if p.stage == "Writing" and p.numbers]
    assert counted == [1, 2, 3, 4, 5]


def test_a_model_says_how_much_it_can_hold(story_model: Path) -> None:
    assert local(story_model, Run()).context == 512
