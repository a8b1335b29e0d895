"""Examples of n-grams in context."""

from __future__ import annotations

import json

import pytest
import regex

from pellucid.core.errors import StoppedError
from pellucid.core.run import Run
from pellucid.core.values import from_json, to_json
from pellucid.data.tokens import words_of
from pellucid.explain.corpus.examples import examples_of, snippet_of
from pellucid.explain.corpus.types import Example

RUN = Run(workers=1)


def test_an_ngram_is_found_token_by_token_with_its_place() -> None:
    texts = ["A party of art", None, "", "ART!", "smart", "modern  art, loved it"]
    found = examples_of(["art", "modern art", "absent"], texts, RUN)
    assert [(example.row, example.snippet) for example in found["art"]] == [
        (0, "A party of art"),
        (3, "ART!"),
        (5, "modern  art, loved it"),
    ]
    assert [e.snippet[e.start : e.end] for e in found["art"]] == ["art", "ART", "art"]
    (two,) = found["modern art"]
    assert two.snippet[two.start : two.end] == "modern  art"
    assert found["absent"] == ()


def test_chinese_and_emoji_are_found_by_token() -> None:
    texts = ["牛肉面很好吃。", "好 吃 🎉🎉", "👩‍👩‍👧 很好"]
    found = examples_of(["好吃", "🎉", "👩‍👩‍👧 很"], texts, RUN)
    assert [e.row for e in found["好吃"]] == [0, 1]
    assert [e.snippet[e.start : e.end] for e in found["好吃"]] == ["好吃", "好 吃"]
    assert found["🎉"][0].snippet[found["🎉"][0].start :] == "🎉🎉"
    assert [e.row for e in found["👩‍👩‍👧 很"]] == [2]


def test_at_most_so_many_texts_and_no_snippet_twice() -> None:
    texts = ["good film"] * 10 + [f"a good one {i}" for i in range(30)]
    found = examples_of(["good"], texts, RUN, most=4)["good"]
    assert len(found) == 4
    assert len({example.snippet for example in found}) == 4
    assert [e.row for e in found] == sorted(e.row for e in found)
    assert examples_of(["good"], texts, RUN, most=4)["good"] == found
    assert examples_of(["good"], texts, RUN, most=0) == {"good": ()}


def test_a_seed_chooses_the_examples() -> None:
    texts = [f"good {i}" for i in range(200)]
    chosen = {examples_of(["good"], texts, Run(seed=seed), most=3)["good"] for seed in range(3)}
    assert len(chosen) == 3


def test_a_long_text_is_cut_at_spaces_around_the_ngram() -> None:
    text = "alpha beta gamma delta " * 20 + "HERE\nit is " + "omega psi chi " * 20
    (example,) = examples_of(["here"], [text], RUN, width=30)["here"]
    assert example.snippet[example.start : example.end] == "HERE"
    assert example.snippet.startswith("…")
    assert example.snippet.endswith("…")
    assert "\n" not in example.snippet
    assert set(words_of(example.snippet)) <= set(words_of(text))
    assert len(example.snippet) <= 2 * 30 + 4 + 2


@pytest.mark.parametrize("piece", ["e\u0301\u0323", "👩‍👩‍👧", "🇩🇪", "한", "क्षि", "ab"])
def test_cuts_fall_between_graphemes(piece: str) -> None:
    text = piece * 60 + " x " + piece * 60
    start = text.index(" x ") + 1
    whole = {found.start() for found in regex.finditer(r"\X", text)} | {len(text)}
    for width in range(20, 40):
        snippet, first, end = snippet_of(text, start, start + 1, width)
        assert snippet[first:end] == "x"
        before, after = snippet[1:first], snippet[end:-1]
        assert start - len(before) in whole
        assert start + 1 + len(after) in whole
        assert len(before) <= width
        assert len(after) <= width


def test_a_short_text_is_shown_whole() -> None:
    assert snippet_of("a b c", 2, 3, 10) == ("a b c", 2, 3)


def test_examples_come_back_from_json() -> None:
    found = examples_of(["b"], ["a b c"], RUN)
    again = from_json(dict[str, tuple[Example, ...]], json.loads(json.dumps(to_json(found))))
    assert again == found


def test_it_stops_when_asked() -> None:
    with pytest.raises(StoppedError):
        examples_of(["a"], ["a"], Run(should_stop=lambda: True))
