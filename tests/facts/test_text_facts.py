"""What is known of texts becomes facts: what they say, how they are read, what was unseen."""

from dataclasses import replace

import numpy as np
import pytest

from pellucid.core.run import Run
from pellucid.explain.model import explain_model
from pellucid.explain.types import ModelExplanation
from pellucid.facts.catalogue import facts_of
from pellucid.facts.caveats import scale_definitions
from pellucid.facts.corpora import TextReading, TextStudy, study_texts, with_topics
from pellucid.facts.effects import effect_facts
from pellucid.facts.fits import fit_facts
from pellucid.facts.scales import scale_of
from pellucid.facts.sentences import term_sentence
from pellucid.facts.texts import corpus_facts, reading_facts, told_ngrams
from pellucid.facts.types import Fact
from pellucid.models.texts import EncoderNote
from pellucid.models.types import Estimate, Scores
from toy_models import curve_term, make_fit, make_model, make_profile, make_source, text_term

WORDS = {"great": 2.0, "fine": 1.0, "broken": -3.0, "the": 0.0}
REVIEW = text_term("review", WORDS, {"great": 300, "fine": 200, "broken": 100, "the": 1900})
MODEL = EncoderNote("small-model", "cd", True)


def study(encoder: EncoderNote = MODEL) -> TextStudy:
    good = [f"great and quick delivery, item {i} works" for i in range(30)]
    bad = [f"broken on arrival, part {i} was gone" for i in range(29)]
    bad.append(bad[-1])
    groups = np.array(["yes"] * 30 + ["no"] * 30, dtype=object)
    parts = ["learnt", "test"] * 30
    vectors = np.repeat(np.eye(2, dtype=np.float32), 30, axis=0)
    found = study_texts("review", [*good, *bad], (62, 2), Run(), groups, "happy", parts)
    return with_topics(found, [*good, *bad], vectors, encoder, Run(), groups)


def of(facts: list[Fact], kind: str) -> list[Fact]:
    return [fact for fact in facts if fact.kind == kind]


@pytest.fixture(scope="module")
def facts() -> list[Fact]:
    return list(corpus_facts(study(), "happy"))


def test_a_column_of_texts_is_told_by_its_lengths_and_words(facts: list[Fact]) -> None:
    (made,) = of(facts, "text")
    assert made.text.startswith("review typically has 7 words")
    assert made.unit == "words"


def test_groups_are_told_by_odds_with_an_interval(facts: list[Fact]) -> None:
    told = of(facts, "distinctive")
    assert {fact.details["group"] for fact in told} == {"yes", "no"}
    for fact in told:
        assert isinstance(fact.value, float)
        assert fact.low is not None
        assert 1 < fact.low < fact.value
        assert fact.n == 60


def test_topics_are_told_with_their_group_and_where_vectors_came_from(facts: list[Fact]) -> None:
    whole, *topics = of(facts, "cluster")
    assert "the language model small-model" in whole.text
    assert "lie apart" in whole.text
    assert all("happy is" in fact.text and "95% interval" in fact.text for fact in topics)


def test_the_fallback_is_said_to_be_no_language_model() -> None:
    company = EncoderNote("co-occurrence of words", "ab", False)
    whole = of(list(corpus_facts(study(company))), "cluster")[0]
    assert "no language model" in whole.text
    (reading,) = reading_facts([TextReading("review", 1, 4, company)], "happy")
    assert "no language model took part" in reading.text
    assert "4 single words" in reading.text


def test_copies_across_test_rows_are_a_warning(facts: list[Fact]) -> None:
    (copies,) = of(facts, "duplicates")
    assert copies.value == pytest.approx(study().copies.copies)
    (leak,) = of(facts, "caveat")
    assert "somewhat too good" in leak.text
    assert leak.interest > 0.9
    assert not of(list(corpus_facts(study(), "")), "caveat")


def test_a_table_of_one_text_has_its_grammar() -> None:
    alone = study_texts("note", ["...", "привет", "привет"], (3, 0), Run())
    texts = [fact.text for fact in corpus_facts(alone)]
    again = [fact.text for fact in corpus_facts(study_texts("note", ["a b", "b a"], (2, 0), Run()))]
    assert any("1 value of note has no word in it" in text for text in texts)
    assert any("Cyrillic (100%)" in text for text in texts)
    assert any("1 value of note repeats an earlier one" in text for text in texts)
    assert any("2 different words, each of them in two texts or more." in text for text in again)


def test_a_quoted_text_keeps_its_own_full_stop_and_a_sample_is_said_first() -> None:
    twice = study_texts(
        "note", ["Gone again!", "Gone again!", "Not gone", "Not gone"], (4, 0), Run()
    )
    (copies,) = of(list(corpus_facts(twice)), "duplicates")
    assert copies.text.endswith("times: “Gone again!”")
    (some,) = of(list(corpus_facts(replace(twice, rows=9))), "duplicates")
    assert some.text.startswith("In a sample of 4 texts, 2 values of note repeat")


def test_repeated_ngrams_of_a_group_are_told_once() -> None:
    for group in study().groups:
        told = [found.ngram for found in told_ngrams(group, 5)]
        assert not any(f" {a} " in f" {b} " for a in told for b in told if a != b)


def test_how_a_model_reads_names_encoder_orders_and_unseen_ngrams() -> None:
    tuned = replace(MODEL, is_tuned=True)
    readings = [TextReading("review", 2, 900, tuned, 0.25, 40), TextReading("title", 5, 9, None)]
    first, unseen, second = reading_facts(readings, "happy", [study()])
    assert "900 n-grams of one or two words in a row" in first.text
    assert "small-model, tuned on this task," in first.text
    assert unseen.value == 0.25
    assert unseen.n == 40
    assert "from these texts alone" in second.text
    known = replace(readings[0], unseen=0.0)
    assert len(list(reading_facts([known], "happy"))) == 1


def explained() -> ModelExplanation:
    terms = (curve_term("age", lambda x: x / 50),)
    return explain_model(make_fit(make_model(terms, texts=(REVIEW,))))


def test_an_ngram_is_told_by_what_one_mention_does() -> None:
    told = of(list(effect_facts(explained())), "ngram")
    great = next(fact for fact in told if fact.details["ngram"] == "great")
    assert great.value == pytest.approx(np.exp(2.0 / 4.0), rel=0.01)
    assert great.n == 300
    assert "leaves the odds of Income >50K multiplied by 1.6" in great.text
    broken = next(fact for fact in told if fact.details["ngram"] == "broken")
    assert "divided by 2.1" in broken.text
    assert "the" not in {fact.details["ngram"] for fact in told}


def test_a_number_is_told_in_its_own_units() -> None:
    model = make_model((), "regression", texts=(REVIEW,))
    told = of(list(effect_facts(explain_model(make_fit(model)))), "ngram")
    assert any("0.500 higher" in fact.text for fact in told)
    assert any("0.750 lower" in fact.text for fact in told)


def test_every_class_has_words_of_its_own() -> None:
    scores = {"a": (2.0, -1.0, -1.0), "b": (-1.0, 2.0, -1.0), "c": (-1.0, -1.0, 2.0)}
    text = text_term("song", scores, dict.fromkeys(scores, 200.0))
    model = make_model((), "multiclass", (0.0, 0.0, 0.0), (text,))
    told = of(list(effect_facts(explain_model(make_fit(model)))), "ngram")
    assert {fact.details["output"] for fact in told} == set(model.task.classes)


def test_the_title_names_the_ngrams_at_both_ends() -> None:
    explanation = explained()
    title = term_sentence(explanation.term("review"), explanation)
    assert title == "Odds of Income >50K rise most with “great” in review, fall most with “broken”"


def test_what_both_say_is_credited_to_the_texts() -> None:
    fit = make_fit(make_model((curve_term("age", np.sin),), texts=(REVIEW,)))
    part = {"auc": Estimate(0.8, 0.7, 0.9)}
    beside = tuple(Scores(name, part, "b") for name in ("texts alone", "columns alone", "TF-IDF"))
    summary = replace(fit.summary, baselines=beside)
    told = list(fit_facts(summary, make_profile()))
    order = next(fact for fact in of(told, "caveat") if "credited to the texts" in fact.text)
    assert "the texts alone reach AUC 0.800" in order.text
    assert any("the same model on the texts alone" in fact.text for fact in of(told, "baseline"))


def test_a_transformer_is_said_to_have_no_parts_to_read() -> None:
    fit = make_fit(make_model((), texts=(REVIEW,)))
    summary = replace(fit.summary, options=replace(fit.summary.options, kind="transformer"))
    told = list(fit_facts(summary, make_profile()))
    assert any("The model is a transformer that reads review" in fact.text for fact in told)
    assert not any("the readable model" in fact.text for fact in told)


def test_all_facts_of_texts_have_ids_of_their_own() -> None:
    fit = make_fit(make_model((), texts=(REVIEW,)))
    reading = TextReading("review", 1, 4, MODEL, 0.1, 9)
    found = facts_of(make_source(), make_profile(), fit.summary, explain_model(fit), [study()],
                     [reading])  # fmt: skip
    assert len({fact.id for fact in found}) == len(found)
    assert {"text", "distinctive", "cluster", "duplicates", "ngram"} <= {f.kind for f in found}


def test_each_of_several_labels_has_odds_of_its_own() -> None:
    explanation = replace(explained(), link="logits", intercept=np.array([0.0, 2.0]),
                          outputs=("red", "blue"))  # fmt: skip
    scale = scale_of(explanation, 1)
    assert scale.noun == "the odds of Income with blue"
    assert any("Odds are the probability" in fact.text for fact in scale_definitions(explanation))
