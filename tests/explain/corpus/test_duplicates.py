"""Texts that say the same, and their leaks across parts."""

from __future__ import annotations

import itertools
import json

import numpy as np
import pytest

from pellucid.core.errors import StoppedError
from pellucid.core.run import Run
from pellucid.core.values import from_json, to_json
from pellucid.explain.corpus.duplicates import near_duplicates
from pellucid.explain.corpus.shingles import jaccard, shingles_of, signatures
from pellucid.explain.corpus.types import Duplicates

RUN = Run(workers=1)
LONG = "the parcel came two weeks late and the box was open, so I sent it straight back to the shop"


def random_texts(count: int, seed: int = 0) -> list[str]:
    random = np.random.default_rng(seed)
    words = ["".join(random.choice(list("abcdefghij"), 5)) for _ in range(400)]
    return [" ".join(random.choice(words, 12)) for _ in range(count)]


def test_texts_that_differ_in_case_and_punctuation_are_equal() -> None:
    found = near_duplicates(["Too late, again.", "too late again", "fine"], RUN)
    (group,) = found.groups
    assert group.rows == (0, 1)
    assert group.is_exact
    assert group.similarity == 1.0
    assert (found.texts, found.copies) == (3, 1)


def test_a_near_copy_is_found_with_its_true_similarity() -> None:
    near = LONG.replace("straight", "right")
    found = near_duplicates([LONG, "something else altogether", near], RUN)
    (group,) = found.groups
    assert group.rows == (0, 2)
    assert not group.is_exact
    words = [text.replace(",", "").lower() for text in (LONG, near)]
    sets = [{text[i : i + 5] for i in range(len(text) - 4)} for text in words]
    assert group.similarity == pytest.approx(len(sets[0] & sets[1]) / len(sets[0] | sets[1]))


def test_texts_below_the_threshold_stay_apart() -> None:
    half = LONG[: len(LONG) // 2]
    assert near_duplicates([LONG, half], RUN).groups == ()
    assert near_duplicates([LONG, half], RUN, threshold=0.4).groups[0].rows == (0, 1)


@pytest.mark.parametrize("threshold", [0.5, 0.7, 0.85])
def test_every_pair_that_a_full_comparison_finds_is_in_one_group(threshold: float) -> None:
    random = np.random.default_rng(1)
    texts = random_texts(60)
    for text in texts[:60]:
        letters = list(text)
        for place in random.integers(0, len(letters), random.integers(1, 4)):
            letters[place] = "x"
        texts.append("".join(letters))
    found = near_duplicates(texts, RUN, threshold)
    group_of = {row: index for index, group in enumerate(found.groups) for row in group.rows}
    shingles = [shingles_of(text) for text in texts]
    pairs = [
        (a, b)
        for a, b in itertools.combinations(range(len(texts)), 2)
        if jaccard(shingles[a], shingles[b]) >= threshold
    ]
    assert len(pairs) > 5
    assert all(group_of.get(a, -1) == group_of.get(b, -2) for a, b in pairs)
    assert all(group.similarity >= threshold for group in found.groups)
    assert found.missed <= 0.01


def test_equal_texts_are_one_group_however_many_there_are() -> None:
    found = near_duplicates(["the same again"] * 20_000, RUN)
    (group,) = found.groups
    assert len(group.rows) == 20_000
    assert group.is_exact


def test_texts_from_one_template_are_one_group() -> None:
    texts = [f"you have won a prize, call {number} now to claim it today" for number in range(900)]
    assert [len(group.rows) for group in near_duplicates(texts, RUN).groups] == [900]


def test_a_group_in_train_and_test_is_counted_as_a_leak() -> None:
    texts = ["good film", "Good film!", "good film.", "bad", "bad", "unlike them"]
    parts = ["train", "test", "test", "train", "train", "test"]
    found = near_duplicates(["good film", *texts[2:]], RUN, parts=["train", *parts[2:]])
    assert found.crossing_groups == 1
    assert found.crossing_rows == {"test": 1, "train": 1}
    assert near_duplicates(texts, RUN).crossing_rows is None


def test_texts_without_a_token_and_too_few_texts_make_no_group() -> None:
    assert near_duplicates([], RUN).groups == ()
    assert near_duplicates([None, "", "…", " "], RUN).groups == ()
    assert near_duplicates(["only one", None], RUN).groups == ()
    assert near_duplicates(["a", "b"], RUN).groups == ()


def test_very_long_texts_and_other_scripts() -> None:
    long = " ".join(random_texts(2000, 3))
    chinese = "这家店的牛肉面非常好吃，下次我还会带朋友一起来"
    texts = [long, long[:-300], chinese, chinese.replace("下次", "以后"), "🎉 🎉 🎉", "🎉🎉🎉"]
    found = near_duplicates(texts, RUN, threshold=0.6)
    assert {group.rows for group in found.groups} == {(0, 1), (2, 3), (4, 5)}


def test_the_same_seed_gives_the_same_groups_and_they_come_back_from_json() -> None:
    texts = [LONG, LONG.replace("two", "six"), *random_texts(30), "x", "x"]
    found = near_duplicates(texts, RUN, seed=4, parts=["train"] * 34)
    assert near_duplicates(texts, RUN, seed=4, parts=["train"] * 34) == found
    assert from_json(Duplicates, json.loads(json.dumps(to_json(found)))) == found


def test_signatures_agree_as_often_as_the_texts_are_alike() -> None:
    a, b = LONG, LONG.replace("weeks", "days").replace("shop", "store")
    one, other = signatures([a, b], 4000, [0], RUN)
    expected = jaccard(shingles_of(a), shingles_of(b))
    assert (one == other).mean() == pytest.approx(expected, abs=0.03)


def test_a_signature_does_not_depend_on_the_texts_around_it() -> None:
    texts = ["ab", LONG, *random_texts(20_000 // 70), "ab"]
    together = signatures(texts, 8, [1], RUN)
    assert np.array_equal(together[0], together[-1])
    assert np.array_equal(together[1], signatures([LONG], 8, [1], RUN)[0])


def test_it_stops_when_asked() -> None:
    with pytest.raises(StoppedError):
        near_duplicates([LONG, "other"], Run(should_stop=lambda: True))
