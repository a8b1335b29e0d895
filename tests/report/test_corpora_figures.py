"""Texts as a whole are drawn: two groups against each other, many in a table, topics as bars."""

from __future__ import annotations

from dataclasses import replace

import pytest
import report_samples as samples

from pellucid.explain.corpus.types import DistinctiveNgram, GroupNgrams
from pellucid.explain.model import explain_model
from pellucid.explain.types import ModelExplanation
from pellucid.facts.corpora import Copies, Lengths, TextStudy, Topic
from pellucid.facts.texts import corpus_facts
from pellucid.facts.types import Fact
from pellucid.models.texts import EncoderNote
from pellucid.report.build import build_report
from pellucid.report.charts import BarChart, HeatmapChart
from pellucid.report.document import ChartBlock, Report, TableBlock
from pellucid.report.figures import (
    distinctive_chart,
    leaderboard_chart,
    term_chart,
    topic_chart,
)
from pellucid.report.html import to_html
from pellucid.report.palette import LIGHT
from pellucid.report.svg import to_svg
from pellucid.report.tables import distinctive_table
from pellucid.writing.types import Claim, Words
from toy_models import make_fit, make_model, text_term


def ngram(text: str, size: float, p_value: float = 1e-6) -> DistinctiveNgram:
    return DistinctiveNgram(text, size, size - 0.3, size + 0.3, 9.0, p_value, 40, 10, 30, 8)


def study(groups: int = 2) -> TextStudy:
    told = tuple(
        GroupNgrams(
            f"g{i}", 100 + i, 300,
            (ngram(f"word{i}", 2.0), ngram(f"long word{i}", 1.9), ngram(f"other{i}", 1.0),
             ngram(f"noise{i}", 0.1, 0.7)),
            500,
        )
        for i in range(groups)
    )  # fmt: skip
    topics = (Topic(("price", "refund"), 60, 0.6, 0.9, "the price", "g1", 0.7, 0.6, 0.8),
              Topic((), 40, 0.4, 0.5, "hello"))  # fmt: skip
    return TextStudy(
        "review", 400, 0, 400, 0, 390, Lengths(4, 9, 20, 80), 900, 400, (("Latin", 1.0),),
        Copies(400, 8, 5, 0.8, "hello", 3), "class", told, topics, 100, 0.3,
        EncoderNote("small-model", "ab", True),
    )  # fmt: skip


def test_two_groups_are_set_against_each_other() -> None:
    chart = distinctive_chart(study())
    assert chart is not None
    assert [bar.label for bar in chart.bars] == ["word0", "other0", "other1", "word1"]
    assert [bar.tone for bar in chart.bars] == ["raises", "raises", "lowers", "lowers"]
    for bar in chart.bars:
        assert bar.low is not None
        assert bar.high is not None
        assert bar.low < bar.value < bar.high
    assert "<svg" in to_svg(chart, LIGHT)


def test_what_is_not_clear_is_not_drawn() -> None:
    vague = GroupNgrams("g0", 9, 9, (ngram("noise", 0.1, 0.9),), 500)
    assert distinctive_chart(replace(study(), groups=(vague, vague))) is None


@pytest.mark.parametrize(("groups", "is_chart"), [(0, False), (2, True), (3, False)])
def test_other_numbers_of_groups_are_a_table(groups: int, is_chart: bool) -> None:
    found = study(groups)
    assert (distinctive_chart(found) is not None) is is_chart
    table = distinctive_table(found)
    assert (table is not None) is (groups > 2)
    if table is not None:
        assert table.rows[0][2] == "word0 (30%), other0 (30%)"


def test_topics_are_bars_with_the_group_that_stands_out() -> None:
    chart = topic_chart(study())
    assert chart is not None
    assert [bar.label for bar in chart.bars] == ["price, refund", "no words of its own"]
    assert chart.bars[0].note == "60%; class g1: 70%"
    assert topic_chart(replace(study(), topics=study().topics[:1])) is None


def report_on(found: TextStudy) -> Report:
    facts: list[Fact] = list(corpus_facts(found, "class"))
    claims = [Claim(fact.text, (fact.id,), "What the texts say") for fact in facts]
    words = Words("builtin", "", "T", tuple(claims), {fact.id: fact for fact in facts})
    return build_report(samples.make_source(), samples.make_profile(), words, texts=(found,))


def test_charts_stand_beside_the_claims_that_rest_on_them() -> None:
    report = report_on(study())
    keys = [block.key for block in report.blocks if isinstance(block, ChartBlock)]
    assert keys[:2] == ["chart:distinctive:review", "chart:topics:review"]
    short = [block.key for block in report.blocks if block.key.startswith("short:")]
    assert any("distinctive" in key for key in short)
    assert len(to_html(report)) < 2_000_000


def test_many_groups_bring_their_table() -> None:
    report = report_on(study(4))
    assert any(isinstance(b, TableBlock) and b.key.startswith("table:dist") for b in report.blocks)


def test_a_text_column_is_typical_by_its_words() -> None:
    profile = samples.make_profile()
    text = replace(study(), column=profile.columns[0].name)
    report = build_report(samples.make_source(), profile, samples.make_words(), texts=(text,))
    table = next(block for block in report.blocks if block.key == "table:columns")
    assert isinstance(table, TableBlock)
    assert "median 9 words" in table.rows[0]
    assert "up to 80 words" in table.rows[0]


def explained(kind: str, scores: dict[str, float | tuple[float, ...]]) -> ModelExplanation:
    text = text_term("review", scores, dict.fromkeys(scores, 1200.0))
    intercept = (0.0,) * (3 if kind == "multiclass" else 1)
    return explain_model(make_fit(make_model((), kind, intercept, (text,))))


def test_ngrams_are_bars_with_intervals_and_the_texts_that_hold_them() -> None:
    explanation = explained("binary", {"great": 2.0, "broken": -3.0, "the": 0.0})
    chart = term_chart(explanation.term("review"), explanation)
    assert isinstance(chart, BarChart)
    assert [(bar.label, bar.note) for bar in chart.bars] == [
        ("great", "+0.50, 1,200 texts"), ("broken", "−0.75, 1,200 texts"),
    ]  # fmt: skip
    assert all(bar.low is not None for bar in chart.bars)


def test_of_many_classes_ngrams_are_set_against_the_classes() -> None:
    scores: dict[str, float | tuple[float, ...]] = {
        "beak": (2.0, -1.0, -1.0), "ring": (-1.0, 2.0, -1.0), "foot": (-1.0, -1.0, 2.0),
    }  # fmt: skip
    explanation = explained("multiclass", scores)
    chart = term_chart(explanation.term("review"), explanation)
    assert isinstance(chart, HeatmapChart)
    assert set(chart.y_labels) == set(scores)
    assert "each n-gram of review and class" in chart.caption.subtitle


def test_provenance_says_how_many_texts_were_read_and_by_what() -> None:
    company = EncoderNote("co-occurrence of words", "ab", False)
    said = report_on(replace(study(), encoder=company)).provenance["Texts read"]
    assert "review: 400 of 400, topics of 100 by co-occurrence of words (no language" in said


def test_a_transformer_is_named_as_the_model() -> None:
    summary = samples.make_summary()
    summary = replace(summary, options=replace(summary.options, kind="transformer"))
    report = build_report(
        samples.make_source(), samples.make_profile(), samples.make_words(), summary
    )
    assert report.provenance["Model"].startswith("transformer")
    chart = leaderboard_chart(summary)
    assert chart.caption.title.startswith("The transformer is")
