"""Of thousands of n-grams the ones are told that say most, surely, and not twice."""

import numpy as np
import pytest

from pellucid.explain.model import explain_text_term
from pellucid.explain.ngrams import overlap, telling_ngrams
from pellucid.explain.shapes import describe_shape
from toy_models import text_term


def told(scores: dict[str, float], texts: dict[str, float], noise: float = 0.02) -> list[list[str]]:
    term = explain_text_term(text_term("review", scores, texts, noise))
    levels = term.axes[0].levels or ()
    return [[levels[cell - 1] for cell in side] for side in telling_ngrams(term, 0, 3)]


def test_strength_weighs_the_score_by_the_texts_that_hold_it() -> None:
    scores = {"good": 2.0, "fine": 2.0, "rare": 4.0, "bad": -2.0}
    up, down = told(scores, {"good": 400, "fine": 50, "rare": 2, "bad": 100})
    assert up == ["good", "fine"]
    assert down == ["bad"]


def test_what_could_be_nothing_is_not_told() -> None:
    up, down = told({"good": 1.0, "bad": -1.0}, {"good": 100, "bad": 100}, noise=3.0)
    assert up == down == []


def test_an_ngram_that_lives_in_a_stronger_one_is_left_out() -> None:
    scores = {"not": -3.0, "not good": -2.9, "good": -2.0}
    _, down = told(scores, {"not": 200, "not good": 190, "good": 900})
    assert down == ["good", "not"]


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [
        ("not", "not good", True),
        ("no", "not good", False),
        ("好", "不好", True),
        ("好", "坏", False),
    ],
)  # fmt: skip
def test_overlap_goes_by_tokens_and_by_characters(a: str, b: str, same: bool) -> None:
    assert overlap(a, b) is same
    assert overlap(b, a) is same


def test_a_shape_holds_the_ngrams_of_both_sides_highest_first() -> None:
    scores = {"good": 2.0, "bad": -2.0, "the": 0.0}
    term = explain_text_term(text_term("review", scores, dict.fromkeys(scores, 100.0)))
    shape = describe_shape(term)
    assert [cell.label for cell in shape.cells] == ["good", "bad"]
    assert shape.cells[0].effect.score == pytest.approx(2.0 / 4.0)
    assert not shape.flat


def test_a_term_without_a_sure_ngram_is_flat() -> None:
    scores = {"a": 0.0, "b": 0.0}
    noisy = explain_text_term(text_term("review", scores, dict.fromkeys(scores, 100.0), 1.0))
    assert describe_shape(noisy).flat
    assert np.isfinite(noisy.low).all()
