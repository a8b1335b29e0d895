"""Texts are written up by their make, their groups and their words, each number from a fact."""

from dataclasses import replace

import numpy as np
import pytest

from pellucid.core.run import Run
from pellucid.explain.model import explain_model
from pellucid.facts.catalogue import facts_of
from pellucid.facts.corpora import TextReading, TextStudy, study_texts, with_topics
from pellucid.models.additive import AdditiveModel
from pellucid.models.texts import EncoderNote
from pellucid.writing.builtin import write
from pellucid.writing.types import Words
from toy_models import curve_term, make_fit, make_model, make_profile, make_source, text_term

MODEL = EncoderNote("small-model", "cd", True)
SCORES = {"great": 2.0, "fine": 1.0, "broken": -3.0, "late": -1.0}
REVIEW = text_term("review", SCORES, dict.fromkeys(SCORES, 200.0))
KINDS = {"yes": "great and quick delivery, item", "no": "broken on arrival, part",
         "maybe": "still waiting for a reply about order"}  # fmt: skip


def study(name: str = "review", kinds: tuple[str, ...] = ("yes", "no")) -> TextStudy:
    texts = [f"{KINDS[kind]} {i}" for kind in kinds for i in range(30)]
    groups = np.repeat(np.array(kinds, dtype=object), 30)
    vectors = np.repeat(np.eye(len(kinds), dtype=np.float32), 30, axis=0)
    found = study_texts(name, [*texts, texts[0]], (len(texts), 0), Run(), np.append(groups, "yes"),
                        "happy")  # fmt: skip
    return with_topics(found, texts, vectors, MODEL, Run(), groups)


def words_of(model: AdditiveModel | None, studies: list[TextStudy]) -> Words:
    if model is None:
        return write(facts_of(make_source(), make_profile(), texts=studies))
    fit = make_fit(model)
    readings = [TextReading(text.column, 1, 4, MODEL, 0.1, 20) for text in model.texts]
    return write(
        facts_of(
            make_source(), make_profile(), fit.summary, explain_model(fit), studies, readings
        )
    )  # fmt: skip


def said(words: Words, section: str) -> str:
    return " ".join(claim.text for claim in words.claims if claim.section == section)


def test_a_table_without_a_target_says_what_its_texts_say() -> None:
    text = said(words_of(None, [study()]), "What the texts say")
    assert "review typically has" in text
    assert "Where happy is no, review says more often than elsewhere" in text
    assert "of those texts, 0% of the others" in text
    assert "fall into 2 groups that lie apart" in text
    assert "The groups are “" in text
    assert "word for word" in text


def test_three_groups_are_told_in_one_sentence() -> None:
    text = said(words_of(None, [study(kinds=("yes", "no", "maybe"))]), "What the texts say")
    assert "where happy is maybe; “" in text
    assert text.count("says more often than elsewhere") == 1


def test_many_columns_are_told_in_a_list() -> None:
    names = ["a", "b", "c", "d"]
    words = words_of(None, [replace(study(), column=name) for name in names])
    text = said(words, "What the texts say")
    assert "4 columns hold texts" in text


def test_a_model_of_texts_says_how_it_reads_and_what_words_do() -> None:
    words = words_of(make_model((curve_term("age", lambda x: x / 50),), texts=(REVIEW,)), [study()])
    text = said(words, "Which words matter")
    assert "The model reads review by 4 single words" in text
    assert "rise most where review says “great” (multiplied by 1.65" in text
    assert "fall most where review says “broken” (divided by 2.12" in text
    assert "the words of a text" in said(words, "What predicts Income")
    assert "count for nothing" in said(words, "What not to conclude")


def test_a_model_of_one_text_alone_is_not_said_to_add_up_terms() -> None:
    words = words_of(make_model((), texts=(REVIEW,)), [study()])
    text = said(words, "What predicts Income")
    assert (
        "from 1 column, by the words of its texts alone. It makes a measurable difference." in text
    )


def test_several_columns_are_said_to_be_read_in_the_same_way() -> None:
    other = text_term("title", SCORES, dict.fromkeys(SCORES, 200.0))
    words = words_of(make_model((), texts=(REVIEW, other)), [study()])
    text = said(words, "Which words matter")
    assert "in the same way" in text


@pytest.mark.parametrize("kinds", [("yes", "no"), ("yes", "no", "maybe")])
def test_every_claim_rests_on_facts(kinds: tuple[str, ...]) -> None:
    words = words_of(make_model((), texts=(REVIEW,)), [study(kinds=kinds)])
    for claim in words.claims:
        assert claim.facts
        assert all(name in words.facts for name in claim.facts)
