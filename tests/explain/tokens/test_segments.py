"""Pieces of a text: taken out, kept, masked, merged, and never losing a character or a score."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pellucid.explain.tokens.segments import Segment, masked, merge, only, segments_of, without
from pellucid.explain.tokens.types import Granularity, TokenScore

GRANULARITIES: tuple[Granularity, ...] = ("token", "word", "sentence")


def pieces(text: str, granularity: Granularity) -> list[str]:
    return [segment.text for segment in segments_of(text, granularity)]


def places(text: str, *removed: str) -> tuple[tuple[Segment, ...], np.ndarray]:
    segments = segments_of(text, "token")
    return segments, np.array([segment.text in removed for segment in segments])


def test_words_hold_together_what_is_written_together() -> None:
    text = "A well-made, 3.5-star film:don't miss it! 1,000 fans;ok,no $5 我们-好"
    assert pieces(text, "word") == [
        "A", "well-made", "3.5-star", "film", "don't", "miss", "it", "!", "1,000", "fans", "ok",
        "no", "$", "5", "我", "们", "好",
    ]  # fmt: skip
    assert pieces("made 3.5", "token") == ["made", "3", "5"]


def test_sentences_leave_out_the_blanks_around_them() -> None:
    assert pieces(" One. Two!\n\n 三。四 ", "sentence") == ["One.", "Two!", "三。", "四"]
    assert pieces("  \n ", "sentence") == []


@settings(deadline=None)
@given(st.text(max_size=40), st.sampled_from(GRANULARITIES), st.data())
def test_segments_are_slices_and_any_choice_can_be_put_together(
    text: str, granularity: Granularity, data: st.DataObject
) -> None:
    segments = segments_of(text, granularity)
    ends = [0, *(segment.end for segment in segments)]
    for segment, end in zip(segments, ends, strict=False):
        assert end <= segment.start < segment.end <= len(text)
        assert segment.text == text[segment.start : segment.end]
    size = len(segments)
    kept = np.array(data.draw(st.lists(st.booleans(), min_size=size, max_size=size)), dtype=bool)
    assert without(text, segments, ~kept) == only(text, segments, kept)
    assert masked(text, segments, np.zeros(size, dtype=bool), "_") == text
    if size:
        assert only(text, segments, np.ones(size, dtype=bool)) == text
    assert only(text, segments, np.zeros(size, dtype=bool)) == ""


@pytest.mark.parametrize(
    ("text", "removed", "left"),
    [
        ("A good film", ["good"], "A film"),
        ("A good film", ["A"], "good film"),
        ("A good film", ["film"], "A good"),
        ("It is good.", ["good"], "It is ."),
        ("A good, dull, long film", ["good", "dull", "long"], "A film"),
        ("Great!Bad", ["!"], "Great Bad"),
        ("我很喜欢", ["很"], "我喜欢"),
        ("ab我cd", ["我"], "ab cd"),
        ("one\ntwo three", ["two"], "one\nthree"),
        ("🇫🇷🇩🇪🇮🇹", ["🇩🇪"], "🇫🇷🇮🇹"),
        ("הסרט היה מצוין", ["היה"], "הסרט מצוין"),
        ("e\u0301te\u0301!x", ["!"], "e\u0301te\u0301 x"),
    ],
)
def test_what_is_left_reads_as_if_it_had_been_written_so(
    text: str, removed: list[str], left: str
) -> None:
    segments, gone = places(text, *removed)
    assert without(text, segments, gone) == left


def test_a_mask_stands_in_the_place_of_what_it_hides() -> None:
    segments, gone = places("A good, good film.", "good")
    assert masked("A good, good film.", segments, gone, "[MASK]") == "A [MASK], [MASK] film."


def score(text: str, start: int, *values: float) -> TokenScore:
    return TokenScore(text, start, start + len(text), values)


def test_sub_words_add_up_to_words_and_strays_join_the_nearest() -> None:
    text = "Unreal , film"
    fine = [score("Un", 0, 0.1, 1), score("real", 2, 0.2, 2), score(",", 7, 0.4, 4),
            score("film", 9, 0.8, 8)]  # fmt: skip
    words = merge(fine, segments_of(text, "word"))
    assert [(word.text, word.start) for word in words] == [("Unreal", 0), ("film", 9)]
    assert words[0].score == pytest.approx((0.7, 7))
    assert words[1].score == pytest.approx((0.8, 8))


def test_a_piece_over_two_segments_joins_the_one_it_shares_most_with() -> None:
    segments = segments_of("ab cdef", "word")
    merged = merge([score("ab c", 0, 1.0), score("", 0, 2.0)], segments)
    assert [token.score for token in merged] == [(3.0,), (0.0,)]


def test_nothing_is_lost_where_there_is_no_segment_to_join() -> None:
    fine = [score(":", 0, 1.0), score("(", 1, 2.0)]
    assert merge(fine, segments_of(":(", "word")) == tuple(fine)
    assert merge([], segments_of("a b", "word")) == ()


@settings(deadline=None)
@given(st.text(min_size=1, max_size=60), st.sampled_from(GRANULARITIES), st.integers(0, 99))
def test_sums_stay_what_they_were(text: str, granularity: Granularity, seed: int) -> None:
    random = np.random.default_rng(seed)
    cuts = np.unique([0, *random.integers(0, len(text) + 1, 12), len(text)]).tolist()
    fine = [
        TokenScore(text[a:b], a, b, tuple(random.normal(size=2).tolist()))
        for a, b in itertools.pairwise(cuts)
    ]
    merged = merge(fine, segments_of(text, granularity))
    before = np.array([token.score for token in fine]).sum(axis=0)
    after = np.array([token.score for token in merged]).sum(axis=0)
    assert np.abs(before - after).max() < 1e-12
