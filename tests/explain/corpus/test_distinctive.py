"""What one group says more often than the rest."""

from __future__ import annotations

import json
import math

import numpy as np
import pytest

from pellucid.core.errors import StoppedError
from pellucid.core.run import Run
from pellucid.core.values import from_json, to_json
from pellucid.explain.corpus.distinctive import distinctive_ngrams
from pellucid.explain.corpus.types import GroupNgrams

RUN = Run(workers=1)


def labels(*values: object) -> np.ndarray:
    return np.array(values, dtype=object)


def plain_corpus() -> tuple[list[str | None], np.ndarray]:
    random = np.random.default_rng(0)
    words = [f"w{i}" for i in range(30)]
    texts: list[str | None] = []
    groups = []
    for row in range(400):
        is_angry = row % 2 == 0
        said = list(random.choice(words, 8))
        said.insert(3, "refund" if is_angry and row % 4 == 0 else "item")
        texts.append(" ".join(said))
        groups.append("angry" if is_angry else "calm")
    return texts, labels(*groups)


def test_a_word_that_only_one_group_says_comes_first_with_its_counts() -> None:
    texts, groups = plain_corpus()
    angry, calm = distinctive_ngrams(texts, groups, RUN)
    assert (angry.group, calm.group) == ("angry", "calm")
    assert (angry.texts, angry.texts_outside) == (200, 200)
    first = angry.ngrams[0]
    assert first.ngram == "refund"
    assert (first.count, first.count_outside) == (100, 0)
    assert (first.texts, first.texts_outside) == (100, 0)
    assert first.is_clear
    assert first.low > 0
    assert calm.ngrams[0].ngram == "item"


def test_the_figures_are_those_of_the_paper_where_no_text_repeats_a_word() -> None:
    texts = ["a b", "a c", "a d", "b c", "c d", "b d"]
    (first, _) = distinctive_ngrams(texts, labels("x", "x", "x", "y", "y", "y"), RUN, orders=1)
    found = {entry.ngram: entry for entry in first.ngrams}["a"]
    weight = 0.2 * math.sqrt(6 * 6)
    prior = weight * 3 / 12
    expected = math.log((3 + prior) / (6 + weight - 3 - prior)) - math.log(
        prior / (6 + weight - prior)
    )
    error = math.sqrt(1 / (3 + prior) + 1 / prior)
    assert found.log_odds == pytest.approx(expected)
    assert found.z == pytest.approx(expected / error)
    assert found.high - found.log_odds == pytest.approx(1.959964 * error)
    assert found.p_value == pytest.approx(min(1.0, 4 * math.erfc(found.z / math.sqrt(2))))
    assert (first.tried, first.correction) == (4, "Bonferroni")


def test_one_text_that_repeats_a_word_is_no_evidence_about_its_group() -> None:
    texts, groups = plain_corpus()
    texts[0] = "spam " * 5000
    texts[2] = "spam item"
    angry, _ = distinctive_ngrams(texts, groups, RUN, orders=1, most=100)
    spam = next(entry for entry in angry.ngrams if entry.ngram == "spam")
    assert spam.count == 5001
    assert not spam.is_clear


def test_shuffled_labels_leave_nothing_clear() -> None:
    texts, groups = plain_corpus()
    for seed in range(5):
        shuffled = np.random.default_rng(seed).permutation(groups)
        for group in distinctive_ngrams(texts, shuffled, RUN):
            assert not any(entry.is_clear for entry in group.ngrams)


def test_an_ngram_inside_a_longer_one_that_occurs_as_often_is_folded_into_it() -> None:
    city = [f"san francisco w{i}" for i in range(6)]
    rest = [f"the town w{i}" for i in range(6)]
    first, _ = distinctive_ngrams([*city, *rest], labels(*"aaaaaabbbbbb"), RUN, orders=3)
    assert first.ngrams[0].ngram == "san francisco"
    assert set(first.ngrams[0].also) == {"san", "francisco"}
    assert "san" not in [entry.ngram for entry in first.ngrams]


def test_chinese_is_folded_character_by_character() -> None:
    texts = [f"很好吃{c}" for c in "天地人山水火"] + [f"太贵了{c}" for c in "天地人山水火"]
    first, _ = distinctive_ngrams(texts, labels(*"aaaaaabbbbbb"), RUN, orders=3)
    assert first.ngrams[0].ngram == "很好吃"
    assert set(first.ngrams[0].also) == {"很", "好", "吃", "很好", "好吃"}


def test_a_word_is_not_folded_into_one_that_merely_holds_its_letters() -> None:
    texts = [f"art w{i}" for i in range(5)] + [f"party time w{i}" for i in range(5, 10)]
    groups = labels(*["a"] * 10, *["b"] * 5)
    first, _ = distinctive_ngrams([*texts, *["w1 w2"] * 5], groups, RUN)
    assert "art" in [entry.ngram for entry in first.ngrams]


def test_missing_labels_and_texts_take_no_part() -> None:
    texts = ["good film", "good film", None, "", "bad film", "bad film", "good good"]
    groups = labels("p", "p", "p", "n", "n", "n", None)
    bad, good = distinctive_ngrams(texts, groups, RUN)
    assert (good.texts, good.texts_outside) == (2, 2)
    assert {entry.ngram for entry in good.ngrams} == {"good film"}
    assert good.ngrams[0].count == 2
    assert bad.ngrams[0].also == ("bad",)


def test_each_of_three_groups_is_set_against_the_rest() -> None:
    texts = [f"{word} thing" for word in ("red", "blue", "green") for _ in range(20)]
    groups = np.repeat(np.array([1, 2, 3], dtype=object), 20)
    found = distinctive_ngrams(texts, groups, RUN)
    assert [group.group for group in found] == ["1", "2", "3"]
    assert [group.ngrams[0].ngram for group in found] == ["red thing", "blue thing", "green thing"]
    assert found[0].tried == 3 * 7


@pytest.mark.parametrize(
    ("texts", "groups"),
    [
        ([], labels()),
        ([None, None], labels("a", "b")),
        (["a a", "a a"], labels("a", "b")),
        (["one text", "one text"], labels("a", "a")),
        (["one", "two"], labels("a", "b")),
        (["a", "b"], labels(None, math.nan)),
    ],
)
def test_where_nothing_can_be_told_nothing_is(texts: list[str | None], groups: np.ndarray) -> None:
    assert not any(group.ngrams for group in distinctive_ngrams(texts, groups, RUN))


def test_groups_come_back_from_json() -> None:
    texts, groups = plain_corpus()
    found = distinctive_ngrams(texts, groups, RUN, most=3)
    again = from_json(tuple[GroupNgrams, ...], json.loads(json.dumps(to_json(found))))
    assert again == found


def test_it_stops_when_asked() -> None:
    with pytest.raises(StoppedError):
        distinctive_ngrams(["a"], labels("a"), Run(should_stop=lambda: True))
