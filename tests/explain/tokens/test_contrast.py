"""Why one class and not another; two methods and two texts side by side."""

from __future__ import annotations

import math

import numpy as np
import pytest
from word_scorers import additive, three_classes

from pellucid.core.run import Run
from pellucid.explain.tokens.contrast import contrast, side_by_side
from pellucid.explain.tokens.perturb import shapley
from pellucid.explain.tokens.segments import segments_of
from pellucid.explain.tokens.types import Granularity, Method, TokenExplanation, TokenScore


def explained(
    text: str, scores: list[float], method: Method = "exact", granularity: Granularity = "token"
) -> TokenExplanation:
    tokens = tuple(
        TokenScore(segment.text, segment.start, segment.end, (score,))
        for segment, score in zip(segments_of(text, granularity), scores, strict=True)
    )
    return TokenExplanation(
        method, text, granularity, ("good",), 0, tokens, (0.0,), (sum(scores),), None
    )


def shown(first: TokenExplanation, second: TokenExplanation) -> list[tuple[str, str, float]]:
    return [
        (t.first.text if t.first else "", t.second.text if t.second else "", t.difference[0])
        for t in side_by_side(first, second).tokens
    ]


def test_a_contrast_explains_the_log_odds_of_two_classes() -> None:
    scorer, text = three_classes(), "a great but dull film"
    found = shapley(scorer, text, segments_of(text, "token"), Run())
    why = contrast(found.scores, 0, 1)
    odds = np.log(scorer.mean(found.full[None, :]))[0]
    assert contrast(found.base, 0, 1) + why.sum() == pytest.approx(odds[0] - odds[1])
    assert np.array_equal(contrast(found.scores, 1, 0), -why)


def test_with_one_margin_for_two_classes_the_contrast_is_that_margin() -> None:
    scorer, text = additive(), "great but dull"
    found = shapley(scorer, text, segments_of(text, "token"), Run())
    assert np.array_equal(contrast(found.scores, 1, 0), found.scores[:, 0])
    assert np.array_equal(contrast(found.scores, 0, 1), -found.scores[:, 0])


@pytest.mark.parametrize(("a", "b"), [(0, 0), (2, 0), (0, -1)])
def test_there_is_no_contrast_with_itself_or_with_no_class(a: int, b: int) -> None:
    with pytest.raises(ValueError, match="no contrast"):
        contrast(np.zeros((3, 1)), a, b)


def test_two_texts_are_aligned_by_the_words_they_share() -> None:
    first = explained("A good film, really", [0.0, 1.0, 0.5, 0.25])
    second = explained("a very dull film really!", [0.0, 0.5, -1.0, 0.25, 0.25, 0.125])
    assert shown(first, second) == [
        ("A", "a", 0.0), ("good", "", 1.0), ("", "very", -0.5), ("", "dull", 1.0),
        ("film", "film", 0.25), ("really", "really", 0.0), ("", "!", -0.125),
    ]  # fmt: skip
    assert not side_by_side(first, second).is_scaled


def test_two_methods_are_put_in_one_unit() -> None:
    first = explained("good dull film", [2.0, -1.0, 1.0])
    second = explained("good dull film", [20.0, -10.0, 10.0], "lime")
    found = side_by_side(first, second)
    assert found.is_scaled
    assert found.agreement == pytest.approx(1)
    assert [token.difference for token in found.tokens] == [(0.0,)] * 3
    flat = side_by_side(first, explained("good dull film", [0.0, 0.0, 0.0], "attention"))
    assert flat.tokens[0].difference == (0.5,)


def test_finer_pieces_are_added_up_over_coarser_ones() -> None:
    tokens = explained("well made. so dull", [1.0, 2.0, 3.0, 4.0])
    sentences = explained("well made. so dull", [2.0, 8.0], granularity="sentence")
    assert shown(tokens, sentences) == [
        ("well made.", "well made.", 1.0), ("so dull", "so dull", -1.0),
    ]  # fmt: skip
    assert [difference for *_, difference in shown(sentences, tokens)] == [-1.0, 1.0]


def test_an_empty_side_leaves_the_other_as_it_is() -> None:
    nothing, something = explained("", []), explained("good", [1.0], "lime")
    assert shown(something, nothing) == [("good", "", 1.0)]
    assert shown(nothing, something) == [("", "good", -1.0)]
    assert math.isnan(side_by_side(nothing, nothing).agreement)
    bare = TokenExplanation("ig", "good", "token", ("good",), 0, (), (0.0,), (1.0,), 1.0)
    assert shown(explained("good", [1.0], "ig"), bare) == [("good", "", 1.0)]


def test_explanations_of_different_models_are_not_mixed() -> None:
    first = explained("good", [1.0])
    other = TokenExplanation("exact", "good", "token", ("a", "b"), 0, (), (0, 0), (0, 0), None)
    with pytest.raises(ValueError, match="different outputs"):
        side_by_side(first, other)
