"""A column of texts is described by what can be counted in it."""

import numpy as np
import pytest

from pellucid.core.run import Run, StoppedError
from pellucid.core.values import from_json, to_json
from pellucid.facts.corpora import TextStudy, excerpt, study_texts, with_topics
from pellucid.models.texts import EncoderNote

COMPANY = EncoderNote("co-occurrence of words", "ab", False)
CATS = [f"the cat number {i} sleeps on a warm mat" for i in range(30)]
DOGS = [f"my dog number {i} barks in the cold yard" for i in range(30)]
GROUPS = np.array(["cat"] * 30 + ["dog"] * 30, dtype=object)


def animals() -> TextStudy:
    return study_texts("story", [*CATS, *DOGS], (65, 5), Run(), GROUPS, "animal")


def test_lengths_words_and_gaps_are_counted() -> None:
    study = study_texts("note", ["a b c", "a b c d e", "...", "a"], (6, 2), Run())
    assert (study.rows, study.missing, study.read, study.silent) == (6, 2, 4, 1)
    assert (study.lengths.median, study.lengths.most) == (3.0, 5)
    assert (study.vocabulary, study.once) == (5, 2)
    assert study.unit == "word"
    assert not study.is_sampled


def test_groups_say_what_the_others_do_not() -> None:
    study = animals()
    assert [group.group for group in study.groups] == ["cat", "dog"]
    said = {found.ngram for found in study.groups[0].ngrams}
    assert "dog" not in said
    assert "number" not in said


def test_copies_are_counted_and_the_most_frequent_is_shown() -> None:
    texts = ["Call me later, will you please?"] * 4 + CATS[:10]
    parts = ["learnt", "learnt", "test", "test"] + ["learnt"] * 10
    copies = study_texts("note", texts, (14, 0), Run(), parts=parts).copies
    assert copies.exact == 3
    assert copies.copies >= copies.exact
    assert (copies.test, copies.leaked) == (2, 2)


def test_topics_come_from_vectors_and_name_the_group_that_stands_out() -> None:
    rng = np.random.default_rng(0)
    vectors = np.zeros((60, 4), dtype=np.float32)
    vectors[:30, 0] = vectors[30:, 1] = 1.0
    vectors += rng.normal(scale=0.01, size=vectors.shape).astype(np.float32)
    study = with_topics(animals(), [*CATS, *DOGS], vectors, COMPANY, Run(), GROUPS)
    assert len(study.topics) == 2
    assert {topic.leading for topic in study.topics} == {"cat", "dog"}
    assert all(topic.leading_share == 1.0 for topic in study.topics)
    assert study.clustered == 60
    assert study.silhouette > 0.5
    assert from_json(TextStudy, to_json(study)) == study


def test_texts_of_characters_are_counted_in_characters() -> None:
    assert study_texts("review", ["很好吃", "太慢了"], (2, 0), Run()).unit == "character"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("  a \n b ", "a b"),
        ("word " * 40, ("word " * 28).strip() + "…"),
        ("x" * 200, "x" * 140 + "…"),
    ],
)  # fmt: skip
def test_an_excerpt_is_one_line_cut_between_words(text: str, shown: str) -> None:
    assert excerpt(text) == shown


def test_a_stop_is_heard() -> None:
    with pytest.raises(StoppedError):
        study_texts("story", CATS, (30, 0), Run(should_stop=lambda: True))
