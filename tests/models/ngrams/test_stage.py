"""Whole fits of texts: planted truths, exact sums, the same result for any number of workers."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from ngram_texts import BAD, GOOD, PLAIN, Reviews, WordEncoder, make_reviews
from numpy.typing import NDArray

from pellucid.core.errors import StoppedError
from pellucid.core.run import Run
from pellucid.encoders.types import EncoderInfo
from pellucid.models.fit_tasks import bag_members
from pellucid.models.ngrams.stage import TextStage, fit_texts
from pellucid.models.texts import TextTerm
from pellucid.models.workers import Workers

Fit = Callable[..., TextStage]


@pytest.fixture
def fit(tmp_path: Path, workers: Workers) -> Fit:
    def fit_(
        columns: Mapping[str, Sequence[str | None]],
        target: NDArray[Any],
        kind: Any = "binary",
        encoder: Any = None,
        run: Run = Run(),  # noqa: B008 - it is frozen
        **more: Any,
    ) -> TextStage:
        classes = 0 if kind == "regression" else int(target.max()) + 1
        more = {"quality": "preview", "folder": tmp_path, "workers": workers, "seed": 5, **more}
        return fit_texts(columns, target, kind, classes, encoder, run=run, **more)

    return fit_


def score(term: TextTerm, ngram: str) -> float:
    return float(term.scores[term.cell(ngram), 0])


def add(stage: TextStage, columns: Mapping[str, Sequence[str | None]]) -> NDArray[np.float64]:
    """Return intercept plus contributions."""
    total = np.tile(stage.intercept, (len(next(iter(columns.values()))), 1))
    for term in stage.terms:
        total += term.contribution_of(term.occurrences_in(columns[term.column]))
    return total


def test_a_planted_truth_is_found(fit: Fit, reviews: Reviews, encoder: WordEncoder) -> None:
    stage = fit({"review": reviews.texts}, reviews.codes, encoder=encoder)
    term = stage.terms[0]
    assert min(score(term, word) for word in GOOD) > max(score(term, word) for word in PLAIN)
    assert max(score(term, word) for word in BAD) < min(score(term, word) for word in PLAIN)
    fresh = make_reviews(400, 9)
    margins = add(stage, {"review": fresh.texts})[:, 0]
    assert np.corrcoef(margins, fresh.margins)[0, 1] > 0.95
    assert stage.plan.orders == 1
    assert stage.plan.head_scale > 0
    assert term.encoder is not None
    assert term.encoder.name == "words"
    assert stage.warnings == ()
    assert not stage.is_stopped


def test_taking_an_occurrence_out_changes_the_sum_by_its_score(fit: Fit, reviews: Reviews) -> None:
    term = fit({"review": reviews.texts}, reviews.codes).terms[0]
    whole = term.occurrences_in(["a superb plot"])
    less = term.occurrences_in(["a plot"])
    change = whole.sums(term.scores) * whole.normalisers[:, None]
    change -= less.sums(term.scores) * less.normalisers[:, None]
    assert change[0, 0] == pytest.approx(score(term, "superb"), abs=1e-9)


def test_a_term_averages_0_over_its_texts_in_every_bag(fit: Fit, reviews: Reviews) -> None:
    texts: list[str | None] = [*reviews.texts[:300], *["", None, "?!"] * 4]
    codes = np.concatenate([reviews.codes[:300], np.ones(12, dtype=np.intp)])
    stage = fit({"review": texts}, codes)
    term = stage.terms[0]
    found = term.occurrences_in(texts)
    for bag, (scores, offset) in enumerate(zip(term.bag_scores, term.bag_offsets, strict=True)):
        assert (offset + found.sums(scores)).mean() == pytest.approx(0, abs=1e-9)
        assert bag_members(codes, "binary", 5, bag).max() == 1
    assert term.scores == pytest.approx(term.bag_scores.mean(axis=0), abs=1e-12)
    assert term.offset == pytest.approx(term.bag_offsets.mean(axis=0), abs=1e-12)
    assert stage.intercept == pytest.approx(stage.bag_intercepts.mean(axis=0))
    assert len(term.bag_scores) == len(stage.bags) == 4
    contributions = term.contribution_of(found)
    assert term.importance == pytest.approx(np.abs(contributions).mean())
    assert term.weights[0] == 8
    assert not term.scores[-1].any()
    assert score(term, "") == 0
    assert float(term.scores[0, 0]) > 0, "texts without words are all positive"


def test_one_worker_gives_what_two_give(fit: Fit, reviews: Reviews, encoder: WordEncoder) -> None:
    arguments = {"review": reviews.texts[:200]}, reviews.codes[:200], "binary", encoder
    two = fit(*arguments, with_out_of_fold=True)
    with Workers(1) as alone:
        one = fit(*arguments, with_out_of_fold=True, workers=alone)
    assert two.plan == one.plan
    assert np.array_equal(two.terms[0].bag_scores, one.terms[0].bag_scores)
    assert np.array_equal(two.bag_intercepts, one.bag_intercepts)
    assert two.out_of_fold is not None
    assert one.out_of_fold is not None
    assert np.array_equal(two.out_of_fold, one.out_of_fold)
    other = fit(*arguments, seed=6)
    assert not np.array_equal(two.terms[0].scores, other.terms[0].scores)


def test_numbers_are_fitted_on_their_own_scale(fit: Fit, reviews: Reviews) -> None:
    price = 1_000 + 50 * reviews.margins
    stage = fit({"review": reviews.texts}, price, "regression", with_out_of_fold=True)
    fresh = make_reviews(200, 9)
    wanted = 1_000 + 50 * fresh.margins
    error = np.abs(add(stage, {"review": fresh.texts})[:, 0] - wanted)
    assert error.mean() < 0.1 * wanted.std()
    assert stage.intercept[0] == pytest.approx(price.mean(), abs=5)
    assert stage.out_of_fold is not None
    assert np.corrcoef(stage.out_of_fold[:, 0], price)[0, 1] > 0.95


def test_six_classes_have_scores_that_sum_to_0(fit: Fit) -> None:
    random = np.random.default_rng(2)
    codes = random.integers(0, 6, 300)
    codes[:5] = 5
    topics = ("tax", "goal", "virus", "film", "star", "soup")
    texts = [f"about {topics[c]} {random.choice(PLAIN)} {random.choice(PLAIN)}" for c in codes]
    stage = fit({"news": texts}, codes, "multiclass", with_out_of_fold=True)
    term = stage.terms[0]
    assert np.abs(term.scores.sum(axis=1)).max() < 1e-9
    assert [int(term.scores[term.cell(topic)].argmax()) for topic in topics] == list(range(6))
    assert (add(stage, {"news": texts}).argmax(axis=1) == codes).mean() > 0.99
    assert stage.out_of_fold is not None
    assert (stage.out_of_fold.argmax(axis=1) == codes).mean() > 0.97


def test_word_order_is_read_where_it_matters(fit: Fit) -> None:
    random = np.random.default_rng(3)
    codes = random.integers(0, 2, 400)
    pairs = (("not good and bad", "good and not bad"), ("bad and not good", "not bad and good"))
    texts = [f"{random.choice(PLAIN)} {pairs[random.integers(2)][c]}" for c in codes]
    stage = fit({"review": texts}, codes)
    assert stage.plan.orders > 1
    assert score(stage.terms[0], "not bad") > 0 > score(stage.terms[0], "not good")


def test_two_columns_are_fitted_jointly(fit: Fit, reviews: Reviews) -> None:
    same = list(reviews.texts)
    noise = list(make_reviews(500, 11).texts)
    columns: dict[str, Sequence[str | None]] = {"good": same, "noise": noise, "gap": [None] * 500}
    stage = fit(columns, reviews.codes)
    good, idle, gap = stage.terms
    assert good.importance > 2 * idle.importance
    assert gap.ngrams == ()
    assert gap.importance == pytest.approx(0, abs=1e-9)
    assert [(alert.kind, alert.columns) for alert in stage.warnings] == [("no ngrams", ("gap",))]
    assert add(stage, columns).shape == (500, 1)


def test_out_of_fold_scores_come_from_fits_that_did_not_see_the_row(fit: Fit) -> None:
    """On pure noise, fits look good on the rows that they saw, and only there."""
    random = np.random.default_rng(4)
    texts = make_reviews(200, 12).texts
    codes = random.integers(0, 2, 200)
    stage = fit({"review": texts}, codes, with_out_of_fold=True)
    assert stage.out_of_fold is not None
    signs = 2 * codes - 1
    seen = (add(stage, {"review": texts})[:, 0] - stage.intercept[0]) * signs
    assert seen.mean() > 0
    assert (stage.out_of_fold[:, 0] * signs).mean() < seen.mean() / 2


@pytest.mark.parametrize(
    "texts",
    [
        ["", None] * 10,
        ["😀 😀", "😀"] * 10,
        ["Привет world", "你好 world", "שלום world", "مرحبا"] * 5,
        ["same"] * 20,
        [f"only{i}" for i in range(20)],
        [None] * 18 + ["a word", "a word"],
        ["a b", "b c"],
    ],
    ids=["nothing", "emoji", "scripts", "one ngram", "all differ", "mostly missing", "two rows"],
)
def test_odd_columns_give_a_term_all_the_same(
    fit: Fit, encoder: WordEncoder, texts: list[str | None]
) -> None:
    codes = np.arange(len(texts)) % 2
    stage = fit({"odd": texts}, codes, encoder=encoder, with_out_of_fold=True)
    margins = add(stage, {"odd": texts})
    assert np.isfinite(margins).all()
    assert np.isfinite(stage.terms[0].bag_scores).all()
    assert stage.out_of_fold is not None
    assert stage.out_of_fold.shape == (len(texts), 1)


def test_first_words_show_before_the_bags(fit: Fit, reviews: Reviews, encoder: WordEncoder) -> None:
    shown: list[int] = []

    def on_terms(terms: tuple[TextTerm, ...], intercept: NDArray[np.float64]) -> None:
        assert intercept.shape == (1,)
        shown.append(len(terms[0].bag_scores))

    fit({"review": reviews.texts}, reviews.codes, encoder=encoder, on_terms=on_terms)
    assert shown[0] == 1
    assert shown[1:] == sorted(set(shown[1:]))
    assert shown[-1] == 4


def test_a_stop_keeps_the_bags_that_are_done(fit: Fit, reviews: Reviews) -> None:
    done = [0]

    def count(terms: tuple[TextTerm, ...], intercept: NDArray[np.float64]) -> None:
        del terms, intercept
        done[0] += 1

    with Workers(1) as alone:
        stage = fit(
            {"review": reviews.texts}, reviews.codes, run=Run(should_stop=lambda: done[0] > 1),
            on_terms=count, with_out_of_fold=True, workers=alone,
        )  # fmt: skip
    assert stage.is_stopped
    assert 1 <= len(stage.bags) < 4
    assert len(stage.terms[0].bag_scores) == len(stage.bags)
    assert stage.out_of_fold is None
    with Workers(1) as alone, pytest.raises(StoppedError):
        fit({"r": reviews.texts}, reviews.codes, run=Run(should_stop=lambda: True), workers=alone)


def test_ngrams_that_do_not_fit_are_told(
    fit: Fit, reviews: Reviews, monkeypatch: pytest.MonkeyPatch
) -> None:
    from pellucid.models.ngrams import planning as module

    monkeypatch.setitem(module.MOST_NGRAMS, "preview", 20)
    stage = fit({"review": reviews.texts}, reviews.codes)
    assert len(stage.terms[0].ngrams) == 20
    (alert,) = stage.warnings
    assert alert.kind == "ngrams"
    assert "32 of them" in alert.message
    assert alert.message.endswith("to stay within 20")
    both = fit({"review": reviews.texts, "title": reviews.texts}, reviews.codes)
    assert all(one.message.endswith("20 over all columns of texts") for one in both.warnings)


def test_an_encoder_that_is_no_language_model_is_told(fit: Fit, reviews: Reviews) -> None:
    class Counter(WordEncoder):
        @property
        def info(self) -> EncoderInfo:
            return replace(WordEncoder().info, is_language_model=False)

    stage = fit({"review": reviews.texts}, reviews.codes, encoder=Counter())
    (alert,) = stage.warnings
    assert (alert.kind, alert.columns) == ("encoder", ("review",))
    assert stage.terms[0].encoder is not None
    assert not stage.terms[0].encoder.is_language_model
