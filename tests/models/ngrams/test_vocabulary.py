"""Which n-grams are kept."""

from __future__ import annotations

from pellucid.data.tokens import words_of
from pellucid.models.ngrams.vocabulary import choose_ngrams, choose_together

TEXTS = [words_of(text) for text in ("not good", "not good at all", "good good", "at sea", "日本")]


def test_ngrams_of_two_texts_or_more_are_kept_those_of_more_texts_first() -> None:
    found = choose_ngrams(TEXTS, 2, 10)
    assert found.ngrams == ("good", "at", "not", "not good")
    assert found.texts.tolist() == [3, 2, 2, 2]
    assert found.sizes.tolist() == [1, 1, 1, 2]
    assert (found.found, found.left_out) == (4, 0)
    assert found.once == len({"all", "good at", "at all", "good good", "sea", "at sea",
                              "日", "本", "日本"})  # fmt: skip


def test_what_does_not_fit_is_counted() -> None:
    found = choose_ngrams(TEXTS, 2, 2)
    assert found.ngrams == ("good", "at")
    assert found.left_out == 2
    assert found.index == {"good": 1, "at": 2}


def test_words_of_one_text_take_the_room_that_is_left() -> None:
    often = choose_ngrams(TEXTS, 2, 100)
    found = choose_ngrams(TEXTS, 2, 100, min_texts_of_word=1)
    assert found.ngrams == (*often.ngrams, "all", "sea", "日", "本")
    assert found.texts[-4:].tolist() == found.sizes[-4:].tolist() == [1] * 4
    assert (found.left_out, found.once) == (0, often.once - 4)
    fewer = choose_ngrams(TEXTS, 2, 5, min_texts_of_word=1)
    assert fewer.ngrams == (*often.ngrams, "all")
    assert choose_ngrams(TEXTS, 2, 2, min_texts_of_word=1).left_out == 2


def test_nothing_in_two_texts_gives_no_ngrams() -> None:
    found = choose_ngrams([["a"], ["b"], []], 3, 10)
    assert (found.ngrams, len(found.texts), len(found.sizes), found.once) == ((), 0, 0, 2)


def test_columns_share_the_room_by_the_texts_that_hold_ngrams() -> None:
    often = [["a", "b"]] * 5
    seldom = [["c"], ["c"], ["d"], ["d"], []]
    first, second = choose_together([often, seldom], 1, 3)
    assert (first.ngrams, second.ngrams) == (("a", "b"), ("c",))
    assert second.left_out == 1
