"""Why one class and not another; whether two methods agree."""

from __future__ import annotations

import math

import numpy as np
import pytest
from word_scorers import additive, three_classes

from pellucid.core.run import Run
from pellucid.explain.tokens.contrast import agreement, contrast
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


def test_methods_agree_whatever_unit_they_measure_in() -> None:
    first = explained("good dull slow film", [2.0, -1.5, 1.0, 0.5])
    alike = explained("good dull slow film", [20.0, -15.0, 10.0, 5.0], "lime")
    turned = explained("good dull slow film", [0.1, 0.2, -0.3, 0.4], "attention")
    assert agreement(first, alike) == pytest.approx(1)
    assert agreement(first, turned) == pytest.approx(-1)


def test_finer_pieces_are_added_up_over_coarser_ones() -> None:
    tokens = explained("well made. so dull. bad end", [1.0, 2.0, 3.0, 4.0, 1.0, 0.0])
    sentences = explained("well made. so dull. bad end", [2.0, 8.0, 1.0], granularity="sentence")
    assert agreement(tokens, sentences) == agreement(sentences, tokens) == pytest.approx(1)


def test_without_three_pieces_there_is_no_agreement_to_speak_of() -> None:
    nothing = TokenExplanation("ig", "good", "token", ("good",), 0, (), (0.0,), (1.0,), 1.0)
    assert math.isnan(agreement(nothing, explained("good", [1.0])))
    assert math.isnan(agreement(explained("so good", [1.0, 2.0]), explained("so good", [1.0, 2.0])))


def test_explanations_of_different_models_or_texts_are_not_mixed() -> None:
    first = explained("good", [1.0])
    other = TokenExplanation("exact", "good", "token", ("a", "b"), 0, (), (0, 0), (0, 0), None)
    for second in (other, explained("bad", [1.0])):
        with pytest.raises(ValueError, match="different outputs or texts"):
            agreement(first, second)
