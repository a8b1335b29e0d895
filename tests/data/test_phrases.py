"""Texts to be read are told from levels to be counted."""

from __future__ import annotations

import pytest

from pellucid.data.phrases import PHRASE_ROWS, are_phrases, are_texts

TITLES = [f"A dress that fits {i}" for i in range(PHRASE_ROWS)]


def test_sentences_are_texts_and_words_are_not() -> None:
    assert are_texts([f"this one is number {i} of many" for i in range(30)])
    assert are_texts(["这部电影很好看我很喜欢"] * 5)
    assert not are_texts(["male", "female"] * 20)
    assert not are_texts([])


@pytest.mark.parametrize(
    ("texts", "distinct", "expected"),
    [
        (TITLES, PHRASE_ROWS, True),
        (TITLES, PHRASE_ROWS // 2 - 1, False),
        (["Great dress"] * PHRASE_ROWS, PHRASE_ROWS, False),
        (["Miss Anna Maria Rossi"] * PHRASE_ROWS, PHRASE_ROWS, False),
        (["[40.64, -73.78] 12 9"] * PHRASE_ROWS, PHRASE_ROWS, False),
        (["质量不错喜欢"] * PHRASE_ROWS, PHRASE_ROWS, True),
        (["نص قصير هنا"] * PHRASE_ROWS, PHRASE_ROWS, True),
    ],
)
def test_phrases_are_short_differ_and_are_not_capitalised(
    texts: list[str], distinct: int, expected: bool
) -> None:
    assert are_phrases(texts, len(texts), distinct) is expected


def test_a_few_phrases_are_levels() -> None:
    assert not are_phrases(TITLES[:-1], PHRASE_ROWS - 1, PHRASE_ROWS - 1)
