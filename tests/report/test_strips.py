"""A text with its token scores keeps every character, and says in words what colour says."""

from __future__ import annotations

from dataclasses import replace

import pytest
import report_samples as samples
from test_html import Page

from pellucid.core.values import from_json, to_json
from pellucid.explain.tokens.types import Faithfulness, TokenExplanation, TokenScore
from pellucid.report.document import Piece, Report, TokenStrip, strength_of
from pellucid.report.html import to_html
from pellucid.report.markdown import to_markdown
from pellucid.report.strips import MOST_CHARACTERS, TextExample, example_blocks, token_strip

TEXT = "Great <b>start</b>, | then it *broke*."
FOUND = Faithfulness(0.3, 0.1, 0.8, 0.05, 0.2, 0.0, 0.1, 20)


def told(text: str = TEXT, strong: str = "broke", **changes: object) -> TokenExplanation:
    tokens, place = [], 0
    for word in text.replace("<b>", "   ").replace("</b>", "    ").replace("*", " ").split():
        start = text.index(word.strip(",.|"), place) if word.strip(",.|") else -1
        if start < 0:
            continue
        end = start + len(word.strip(",.|"))
        score = -2.0 if text[start:end] == strong else 0.5
        tokens.append(TokenScore(text[start:end], start, end, (score,)))
        place = end
    total = 1.0 + sum(token.score[0] for token in tokens)
    made = TokenExplanation(
        "exact", text, "token", (">50K",), 0, tuple(tokens), (1.0,), (total,), 0.0,
        label="<=50K", probabilities={"<=50K": 0.7, ">50K": 0.3}, unseen=1, faithfulness=FOUND,
    )  # fmt: skip
    return replace(made, **changes)  # type: ignore[arg-type]


def strip(explanation: TokenExplanation | None = None, kind: str = "binary") -> TokenStrip:
    example = TextExample("Surely wrong", 1204, "review", ">50K", explanation or told())
    return token_strip(example, samples.make_task(kind), "strip:1")


def report(block: TokenStrip) -> Report:
    return Report("T", "s", (block,), {}, {})


def test_pieces_put_together_are_the_text() -> None:
    made = strip()
    assert "".join(piece.text for piece in made.pieces) == TEXT
    assert made.strongest[0] == Piece("broke", -2.0)
    assert made.largest == 2.0


def test_the_title_says_what_was_predicted_and_what_is_true() -> None:
    made = strip()
    assert made.title == "Surely wrong: predicted <=50K at 70%; Income is >50K"
    assert (made.raises, made.lowers) == ("for >50K", "for <=50K")
    assert "Row 1,204, review. Log-odds of >50K: +1 without the words" in made.caption
    assert "moves the probability by 30 points; 97.5% of random choices" in made.caption
    assert "1 n-gram of it has no score" in made.caption


def test_the_words_say_all_that_the_picture_does() -> None:
    made = strip()
    for part in (made.title, "broke −2", "Great", made.caption):
        assert part in made.text


def test_a_number_and_a_class_of_many_are_told_on_their_scales() -> None:
    number = told(label=None, probabilities=None, value=120.0, outputs=("Price",))
    made = strip(number, "regression")
    assert (made.raises, made.lowers) == ("for a higher Price", "for a lower Price")
    assert "predicted 120" in made.title
    assert "standard deviations" in made.caption
    many = strip(replace(told(), outputs=("A", "B", "C")), "multiclass")
    assert (many.raises, many.lowers) == ("for A", "against A")
    assert "Relative log-odds of A" in many.caption


def test_scores_that_do_not_sum_and_rankings_by_chance_are_said_to_be_so() -> None:
    weak = replace(FOUND, comprehensiveness=0.01)
    made = strip(told(method="lime", gap=None, faithfulness=weak))
    assert "Scores by LIME" in made.caption
    assert "no better than chance" in made.caption


def test_a_long_text_is_cut_around_its_strongest_words() -> None:
    made = strip(told("word " * 400 + "broke " + "word " * 400))
    assert made.is_cut
    assert sum(len(piece.text) for piece in made.pieces) <= MOST_CHARACTERS + 4
    assert any(piece.text == "broke" for piece in made.pieces)
    assert made.pieces[0].text.startswith("…")
    assert "Only a part" in made.caption


def test_no_examples_make_no_section() -> None:
    assert list(example_blocks((), samples.make_task())) == []


@pytest.mark.parametrize(
    ("score", "strength"), [(None, 0), (0.0, 0), (0.04, 0), (0.1, 1), (-0.5, 3), (1.0, 4), (9.0, 4)]
)
def test_strength_follows_size(score: float | None, strength: int) -> None:
    assert strength_of(score, 1.0) == strength


def test_on_the_page_sign_is_shape_and_word_besides_colour() -> None:
    text = to_html(report(strip()))
    page = Page(text)
    assert '<span class="down s4">broke</span>' in text
    assert "▼ −2" in text
    assert "&lt;b&gt;" in text
    assert any(tag == "figure" and "aria-describedby" in found for tag, found in page.tags)


def test_in_markdown_strong_words_are_marked_and_listed() -> None:
    text = to_markdown(report(strip()))
    assert "**broke**▼" in text
    assert "| broke | −2 |" in text
    assert "\\<b\\>" in text


def test_a_strip_survives_json_beside_notes() -> None:
    document = report(strip())
    assert from_json(Report, to_json(document)) == document
