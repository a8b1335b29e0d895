"""Words are swapped token by token, in their own case, and nothing else of a text changes."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pellucid.core.errors import UserError
from pellucid.explain.corpus.language_types import SwapPlace
from pellucid.explain.corpus.swap_list import (
    STARTER_LISTS,
    Direction,
    SwapList,
    WordList,
    find_words,
    read_list,
    swap_found,
)

HE_SHE = [("he", "she"), ("his", "her"), ("him", "her")]
GROUPS = {"north": ["Anna", "Britta", "Inga"], "south": ["Carla", "Paola"]}


def swap_words(
    text: str,
    pairs: WordList | SwapList,
    seed: int = 0,
    direction: Direction = "both",
    pair: int | None = None,
) -> tuple[str, tuple[SwapPlace, ...]]:
    swaps = pairs if isinstance(pairs, SwapList) else read_list(pairs)
    return swap_found(text, find_words(text, swaps), seed, direction, pair)


@pytest.mark.parametrize(
    ("text", "swapped"),
    [
        ("he said", "she said"),
        ("He said; SHE heard.", "She said; HE heard."),
        ("the shed, there, ashen", "the shed, there, ashen"),
        ("He's late, she’ll wait, he'd know", "She's late, he’ll wait, she'd know"),
        ("Give him HIS due", "Give her HER due"),
        ("her", "his"),
        ("", ""),
        ("\ud800 he", "\ud800 she"),
    ],
)
def test_words_are_swapped_as_they_are_written(text: str, swapped: str) -> None:
    assert swap_words(text, HE_SHE)[0] == swapped


def test_places_point_into_both_texts() -> None:
    text = "  Well, he\tsaw her 👍🏽 and HE left"
    swapped, places = swap_words(text, HE_SHE)
    assert [text[p.start : p.end] for p in places] == [p.before for p in places]
    assert [swapped[p.other_start : p.other_end] for p in places] == [p.after for p in places]
    assert [p.after for p in places] == ["she", "his", "SHE"]


@settings(deadline=None)
@given(st.text(alphabet="he sHE,.'’她他🙂\n", max_size=40))
def test_all_that_is_not_swapped_stays_and_a_second_swap_undoes_the_first(text: str) -> None:
    pairs = [("he", "she"), ("他", "她")]
    swapped, places = swap_words(text, pairs)
    end = other = 0
    for place in places:
        assert text[end : place.start] == swapped[other : place.other_start]
        end, other = place.end, place.other_end
    assert text[end:] == swapped[other:]
    assert swap_words(swapped, pairs)[0].casefold() == text.casefold()


def test_a_direction_leaves_words_of_one_side_alone() -> None:
    text = "he met her"
    assert swap_words(text, HE_SHE, direction="second")[0] == "she met her"
    assert swap_words(text, HE_SHE, direction="first")[0] == "he met his"
    assert swap_words(text, HE_SHE, pair=1)[0] == "he met his"


def test_words_of_several_tokens_and_without_spaces_are_found_whole() -> None:
    pairs = [("New York", "Old Town"), ("York", "Leeds"), ("先生", "女士"), ("他", "她")]
    text = "NEW  YORK, York, new. York 王先生说他来"
    assert swap_words(text, pairs)[0] == "OLD TOWN, Leeds, new. Leeds 王女士说她来"


def test_names_become_different_names_of_the_other_group_the_same_ones_each_time() -> None:
    text = "Anna met Britta. Anna's friend ANNA and britta saw Paola."
    swapped, places = swap_words(text, GROUPS, seed=3)
    anna = {p.after.casefold() for p in places if p.before.casefold() == "anna"}
    britta = {p.after.casefold() for p in places if p.before.casefold() == "britta"}
    assert anna | britta == {"carla", "paola"}
    assert len(anna) == len(britta) == 1
    assert places[-1].after in GROUPS["north"]
    assert swapped == swap_words(text, read_list(GROUPS), seed=3)[0]
    assert "'s friend " in swapped
    assert places[3].after.isupper()
    assert places[4].after.islower()


def test_a_group_that_runs_out_of_names_starts_again() -> None:
    _, places = swap_words("Anna, Britta and Inga", GROUPS)
    assert {p.after for p in places} == {"Carla", "Paola"}


def test_a_list_in_capitals_gives_words_as_the_text_writes_them() -> None:
    assert swap_words("He, he, HE", [("HE", "SHE")])[0] == "She, she, SHE"


def test_a_word_of_two_pairs_follows_the_first_and_is_named() -> None:
    assert read_list(HE_SHE).ambiguous == ("her",)
    assert read_list(HE_SHE).sides == ("he, his and him", "she, her and her")


@pytest.mark.parametrize(
    ("pairs", "said"),
    [
        ([], "empty"),
        ([("he", "…")], "no word"),
        ([("he", "He")], "itself"),
        ({"a": ["x"]}, "needs two"),
        ({"a": ["x"], "b": []}, "is empty"),
    ],
)
def test_a_list_that_cannot_be_used_is_refused(pairs: object, said: str) -> None:
    with pytest.raises(UserError, match=said):
        read_list(pairs)  # type: ignore[arg-type]


@pytest.mark.parametrize("name", STARTER_LISTS)
def test_every_starter_list_can_be_used(name: str) -> None:
    swaps = read_list(STARTER_LISTS[name])
    assert len(swaps.pairs) >= 4
    assert set(swaps.ambiguous) <= {"her", "girl"}
