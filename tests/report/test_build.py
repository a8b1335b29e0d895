"""The document: its order, its keys, what can be switched off, and what is said to be left out."""

from __future__ import annotations

import dataclasses

import numpy as np
import report_samples as samples

from pellucid.report.build import build_report
from pellucid.report.document import ChartBlock, Heading, Note, Paragraph, Report, TableBlock
from pellucid.report.shelf import MOST_TERM_CHARTS
from pellucid.report.tables import metric_table, term_table


def build(kind: str = "binary", hidden: frozenset[str] = frozenset()) -> Report:
    return build_report(
        samples.make_source(),
        samples.make_profile(),
        samples.make_words(),
        samples.make_summary(kind),
        samples.make_explanation(kind),
        hidden=hidden,
    )


def keys(report: Report) -> list[str]:
    return [block.key for block in report.blocks]


def test_keys_are_unique_and_stay_when_the_report_is_made_again() -> None:
    found = keys(build())
    assert len(found) == len(set(found))
    assert keys(build()) == found


def test_the_order_is_summary_then_words_then_figures_then_columns() -> None:
    headings = [block.text for block in build().blocks if isinstance(block, Heading)]
    assert headings == [
        "In short", "What the data are", "Where the curves turn", "The other terms",
        "The model in figures", "The columns", "Which columns go together", "Notes",
    ]  # fmt: skip


def test_the_title_and_subtitle_say_what_it_is_about() -> None:
    report = build()
    assert report.title == "What census.csv says"
    assert report.subtitle == "census.csv · 9,000 rows · 4 columns · target Income"


def test_a_chart_follows_the_claim_that_it_supports_and_is_drawn_once() -> None:
    found = keys(build())
    assert found[found.index("claim:turn-1") + 1] == "chart:term:Age"
    assert found.count("chart:term:Age") == 1


def test_terms_that_no_claim_is_about_are_drawn_below_and_idle_ones_are_named() -> None:
    report = build()
    found = keys(report)
    assert found.index("chart:term:Gain") > found.index("section:terms")
    assert "chart:term:Noise" not in found
    notes = {block.key: block.text for block in report.blocks if isinstance(block, Note)}
    assert notes["note:terms:idle"].endswith("is not drawn: Noise.")


def test_only_cited_facts_are_carried() -> None:
    report = build(hidden=frozenset({"claim:turn-1", "section:short"}))
    assert set(report.facts) == {"count-1", "count-2"}


def test_a_hidden_block_leaves_and_a_hidden_heading_takes_its_section_along() -> None:
    assert "chart:term:Age" not in keys(build(hidden=frozenset({"chart:term:Age"})))
    found = keys(build(hidden=frozenset({"section:columns"})))
    assert "table:columns" not in found
    assert "table:associations" in found


def test_a_section_with_everything_hidden_loses_its_heading() -> None:
    found = keys(build(hidden=frozenset({"table:columns"})))
    assert "section:columns" not in found


def test_without_a_model_the_report_is_about_the_table() -> None:
    report = build_report(samples.make_source(), samples.make_profile(), samples.make_words("none"))
    found = keys(report)
    assert "section:scores" not in found
    assert "section:terms" not in found
    assert "table:columns" in found
    assert "Target" not in report.provenance


def test_many_terms_are_limited_to_what_matters_most_and_the_rest_is_named() -> None:
    terms = tuple(
        dataclasses.replace(samples.age_term(), name=f"t{i:02}", importance=40.0 - i)
        for i in range(40)
    )
    explanation = dataclasses.replace(samples.make_explanation(), terms=terms)
    report = build_report(
        samples.make_source(), samples.make_profile(), samples.make_words("none"),
        samples.make_summary(), explanation,
    )  # fmt: skip
    drawn = [b.key for b in report.blocks if isinstance(b, ChartBlock) and ":term:" in b.key]
    assert drawn == [f"chart:term:t{i:02}" for i in range(MOST_TERM_CHARTS)]
    weak = next(b for b in report.blocks if b.key == "note:terms:weak")
    assert isinstance(weak, Note)
    assert weak.text.startswith("16 weaker terms are listed below but not drawn: t24")


def test_the_column_table_has_a_row_and_a_tiny_histogram_for_each_column() -> None:
    table = next(b for b in build().blocks if b.key == "table:columns")
    assert isinstance(table, TableBlock)
    assert [row[0] for row in table.rows] == ["Age", "Work", "Born", "Income"]
    assert len(table.sparks) == len(table.rows)
    assert max(table.sparks[0]) == 1.0
    assert table.rows[2][5] == "1970-01-01 to 1971-12-02"


def test_numbers_in_the_table_of_terms_line_up() -> None:
    table = next(b for b in build().blocks if b.key == "table:terms")
    assert isinstance(table, TableBlock)
    decimals = {len(row[2].partition(".")[2]) for row in table.rows}
    assert len(decimals) == 1


def test_of_models_and_metrics_those_that_are_more_stand_in_rows() -> None:
    summary = samples.make_summary("regression")
    few = metric_table(dataclasses.replace(summary, baselines=()))
    many = dataclasses.replace(summary, baselines=summary.baselines * 3)
    found = metric_table(many)
    assert few.header[0] == "Metric"
    assert found.header == ("Model", *(row[0] for row in few.rows))
    assert found.rows[0][1:] == tuple(row[1] for row in few.rows)
    assert len(found.rows) == 1 + len(many.baselines)


def test_large_numbers_in_the_table_of_terms_keep_four_digits() -> None:
    explanation = samples.make_explanation("binary")
    terms = tuple(
        dataclasses.replace(t, evidence=dataclasses.replace(
            t.evidence, rise=7_986_329_033.0, low=-3_486_961.0, high=8_353_811_256.0))
        for t in explanation.terms if t.evidence is not None
    )  # fmt: skip
    row = term_table(dataclasses.replace(explanation, terms=terms)).rows[0]
    assert row[2:4] == ("7,986,000,000", "−3,000,000 to 8,354,000,000")


def test_an_interval_above_zero_does_not_seem_to_start_there() -> None:
    explanation = samples.make_explanation("binary")
    terms = tuple(
        dataclasses.replace(t, evidence=dataclasses.replace(
            t.evidence, rise=1.36, low=low, high=1.9, matters=low > 0))
        for t, low in zip(explanation.terms, (0.0023, -0.0023), strict=False)
        if t.evidence is not None
    )  # fmt: skip
    told = term_table(dataclasses.replace(explanation, terms=terms)).rows
    rises = [row[3] for row in told]
    assert rises == ["0.002 to 1.90", "0.00 to 1.90"]


def test_warnings_and_left_out_columns_are_noted() -> None:
    notes = [b for b in build().blocks if isinstance(b, Note)]
    assert any(n.tone == "warning" and "gives Income away" in n.text for n in notes)
    assert any(n.text == "Left out of the model: Code, because it numbers the rows." for n in notes)
    assert any("12 rows repeat" in n.text for n in notes)


def test_provenance_tells_how_to_make_it_again_and_what_left_the_machine() -> None:
    provenance = build().provenance
    assert provenance["Seed"] == "7"
    assert provenance["SHA-256 of content and reading"] == "ab" * 32
    assert provenance["Rows"] == "6,000 to fit, 1,000 to judge the terms, 2,000 to score"
    assert provenance["Left this machine"] == "nothing"
    assert "no language model" in provenance["Written by"]
    assert "interpret-core" in provenance["Made with"]


def test_a_fit_stopped_by_hand_says_so() -> None:
    summary = dataclasses.replace(samples.make_summary(), bags=3)
    report = build_report(
        samples.make_source(), samples.make_profile(), samples.make_words(), summary,
        samples.make_explanation(),
    )  # fmt: skip
    assert "3 bags of 8 asked for" in report.provenance["Model"]


def test_multiclass_and_regression_have_reports_too() -> None:
    for kind in ("multiclass", "regression"):
        report = build(kind)
        assert any(isinstance(b, ChartBlock) and "Age" in b.key for b in report.blocks)
        assert any(isinstance(b, Paragraph) for b in report.blocks)


def test_terms_without_evidence_are_drawn_and_said_to_be_untested() -> None:
    explanation = samples.make_explanation()
    bare = tuple(dataclasses.replace(term, evidence=None) for term in explanation.terms)
    report = build_report(
        samples.make_source(), samples.make_profile(), samples.make_words(),
        samples.make_summary(), dataclasses.replace(explanation, terms=bare),
    )  # fmt: skip
    table = next(b for b in report.blocks if b.key == "table:terms")
    assert isinstance(table, TableBlock)
    assert {row[2] for row in table.rows} == {"not tested"}
    assert "chart:term:Noise" in keys(report)


def test_one_bag_has_curves_without_intervals() -> None:
    explanation = samples.make_explanation()
    unknown = tuple(
        dataclasses.replace(t, low=np.full_like(t.low, np.nan), high=np.full_like(t.high, np.nan))
        for t in explanation.terms
    )
    report = build_report(
        samples.make_source(), samples.make_profile(), samples.make_words(),
        samples.make_summary(), dataclasses.replace(explanation, terms=unknown),
    )  # fmt: skip
    block = next(b for b in report.blocks if b.key == "chart:term:Age")
    assert isinstance(block, ChartBlock)
    assert "from one bag, no intervals" in block.chart.caption.subtitle


def test_where_no_term_matters_alone_the_strongest_are_drawn_with_a_word_of_why() -> None:
    idle = tuple(
        dataclasses.replace(
            samples.make_term(
                f"t{i}", (samples.age_axis(),), samples.age_term().scores,
                samples.age_term().counts, matters=False,
            ),
            importance=9.0 - i,
        )
        for i in range(6)
    )  # fmt: skip
    explanation = dataclasses.replace(samples.make_explanation(), terms=idle)
    report = build_report(
        samples.make_source(), samples.make_profile(), samples.make_words("none"),
        samples.make_summary(), explanation,
    )  # fmt: skip
    found = keys(report)
    at = found.index("note:terms:rest")
    assert found[at + 1 : at + 5] == [f"chart:term:t{i}" for i in range(4)]
