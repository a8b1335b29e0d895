"""The encoder fitted on the texts at hand: words in like company get like vectors."""

from __future__ import annotations

import numpy as np
import pytest

from pellucid.core.errors import StoppedError
from pellucid.core.run import Run
from pellucid.data.tokens import words_of
from pellucid.encoders import cooccurrence
from pellucid.encoders.cooccurrence import fit_cooccurrence

FRUITS, TOOLS = ["apple", "pear", "plum"], ["hammer", "saw", "drill"]


def made_texts(seed: int = 0) -> list[str]:
    generator = np.random.default_rng(seed)
    texts = []
    for _ in range(300):
        fruit, tool = generator.choice(FRUITS), generator.choice(TOOLS)
        texts.append(f"we eat the sweet ripe {fruit} today")
        texts.append(f"he breaks his heavy steel {tool} again")
    return texts


TEXTS = made_texts()
TOKENS = [words_of(text) for text in TEXTS]


def test_words_in_like_company_are_alike() -> None:
    encoder = fit_cooccurrence(TOKENS, Run(), dimensions=8)
    vectors = encoder.encode(["apple", "pear", "saw", "drill"], Run())
    unit = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    assert min(unit[0] @ unit[1], unit[2] @ unit[3]) > 0.9
    assert unit[0] @ unit[2] < 0.3


def test_it_says_that_it_is_no_language_model() -> None:
    info = fit_cooccurrence(TOKENS, Run(), dimensions=8).info
    assert not info.is_language_model
    assert "no language model" in info.note
    assert "these texts" in info.note
    assert info.dimensions == 8


def test_equal_texts_give_equal_keys_and_others_do_not() -> None:
    first = fit_cooccurrence(TOKENS, Run(), dimensions=8)
    again = fit_cooccurrence(TOKENS, Run(), dimensions=8)
    assert first.info.key == again.info.key
    np.testing.assert_array_equal(first.vectors, again.vectors)
    assert fit_cooccurrence(TOKENS[:100], Run(), dimensions=8).info.key != first.info.key


def test_a_text_is_the_mean_of_its_known_words() -> None:
    encoder = fit_cooccurrence(TOKENS, Run(), dimensions=8)
    vectors = encoder.encode(["apple saw", "apple", "SAW!", "apple saw xylophone", "", "?"], Run())
    np.testing.assert_allclose(vectors[0], (vectors[1] + vectors[2]) / 2, atol=1e-6)
    np.testing.assert_allclose(vectors[3], vectors[0], atol=1e-6)
    assert not vectors[4:].any()


@pytest.mark.parametrize(
    "texts", [["a b", "b c"], ["a b", ""], ["", ""], ["one", "two"], [], ["電影很好", "🎬 🎬"]]
)
def test_few_texts_are_enough(texts: list[str]) -> None:
    encoder = fit_cooccurrence([words_of(text) for text in texts], Run())
    vectors = encoder.encode([*texts, "another"], Run())
    assert vectors.shape == (len(texts) + 1, encoder.info.dimensions)
    assert np.isfinite(vectors).all()


def test_rare_words_are_left_out_where_there_are_too_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cooccurrence, "MOST_WORDS", 5)
    assert len(fit_cooccurrence(TOKENS, Run()).index) == 5


def test_counts_do_not_depend_on_how_the_texts_are_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = fit_cooccurrence(TOKENS, Run(), dimensions=8)
    monkeypatch.setattr(cooccurrence, "CHUNK_TOKENS", 50)
    parts = fit_cooccurrence(TOKENS, Run(), dimensions=8)
    np.testing.assert_allclose(np.abs(parts.vectors), np.abs(whole.vectors), atol=1e-4)


def test_it_can_be_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    encoder = fit_cooccurrence(TOKENS, Run(), dimensions=8)
    stopped = Run(should_stop=lambda: True)
    with pytest.raises(StoppedError):
        encoder.encode(TEXTS, stopped)
    monkeypatch.setattr(cooccurrence, "CHUNK_TOKENS", 50)
    with pytest.raises(StoppedError):
        fit_cooccurrence(TOKENS, stopped)
