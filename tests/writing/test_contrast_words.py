"""Two groups of rows in words: differences of one sort and direction are told together."""

from pellucid.explain.contrast.types import Contrast, Description, GroupComparison, Side
from pellucid.facts.contrasts import GroupNames, contrast_facts
from pellucid.writing.contrast_words import contrast_words

NAMES = GroupNames("type", "spam", "ham")


def phrase(word: str, here: float, there: float, p_value: float = 1e-9) -> Contrast:
    return contrast(Description("phrase", "body", word), here, there, p_value)


def contrast(
    description: Description, here: float, there: float, p_value: float = 1e-9,
    measure: str = "difference of shares",
) -> Contrast:  # fmt: skip
    gap = here - there
    return Contrast(
        description=description, measure=measure, effect=gap, low=gap - 0.05, high=gap + 0.05,
        interval="Newcombe's interval", test="Fisher's exact test", p_value=p_value,
        first=Side(100, here), second=Side(100, there), proposed=gap,
    )  # fmt: skip


def told(*contrasts: Contrast, names: GroupNames = NAMES, tried: int = 9) -> list[str]:
    found = GroupComparison((100, 100), (100, 100), tried, contrasts, (), (), 0)
    return [claim.text for claim in contrast_words(contrast_facts(names, found), names).claims]


def test_phrases_of_one_direction_are_told_in_one_sentence_each() -> None:
    texts = told(phrase("call", 0.5, 0.1), phrase("i", 0.1, 0.3), phrase("txt", 0.4, 0.2, 0.02))
    assert texts[1] == (
        "“call” stands more often in body for spam than for ham: in 50% of rows against 10% (a "
        "difference of 40.0 percentage points, 95% interval 35 to 45; p under 0.001). So does "
        "“txt” (40% against 20%; 20.0 points, 15.0 to 25.0; p = 0.020)."
    )
    assert texts[2].startswith("“i” stands less often in body for spam than for ham: ")


def test_more_than_six_begin_a_new_sentence() -> None:
    texts = told(*(phrase(word, 0.5, 0.1) for word in "abcdefgh"))
    assert [text.partition(" ")[0] for text in texts[1:3]] == ["“a”", "“g”"]


def test_what_rows_are_is_told_with_its_column_and_the_adverb_first() -> None:
    texts = told(
        contrast(Description("threshold", "age", cut=15.0), 0.2, 0.6),
        contrast(Description("missing", "cabin"), 0.1, 0.4),
        names=GroupNames("lost", "1", ""),
    )
    assert texts[1].startswith("age is less often at least 15 where lost is 1 than elsewhere: ")
    assert " Likewise less often, cabin is missing (10% against 40%; 30.0 points" in texts[1]


def test_means_of_one_direction_are_told_together() -> None:
    texts = told(*(
        contrast(Description("number", name), 2.5, 4.5, measure="standardised difference")
        for name in "ab"
    ))  # fmt: skip
    assert texts[1].startswith("a is on average lower for spam than for ham: 2.50 against 4.50 (")
    assert " So is b (2.50 against 4.50; 2 standard deviations, 1.95 to 2.05)." in texts[1]


def test_how_many_held_is_told_in_words() -> None:
    assert any("; all of them held there" in text for text in told(phrase("a", 0.5, 0.1),
               phrase("b", 0.5, 0.1), tried=2))  # fmt: skip
    assert any("; it held there" in text for text in told(phrase("a", 0.5, 0.1), tried=1))
