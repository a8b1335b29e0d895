"""Facts of every kind under short names, made by the real makers where a toy model has them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

import numpy as np
from lies.claims import facts_by_key

from pellucid.explain.figures_of_rows import Figure, share_figure
from pellucid.explain.model import explain_model
from pellucid.facts import answers
from pellucid.facts.catalogue import facts_of
from pellucid.facts.making import make
from pellucid.facts.slots import slots_of
from pellucid.facts.types import Fact, Origin
from pellucid.writing.checking.catalogue import name_of
from toy_models import (
    curve_term,
    level_term,
    make_fit,
    make_model,
    make_profile,
    make_source,
    pair_term,
)

TERMS = (
    curve_term("age", lambda x: -np.abs(x - 60) / 25, is_integer=True),
    curve_term("gain", lambda x: np.where(x < 40, 0.0, 1.2)),
    curve_term("hours", lambda x: x / 50, missing=(3.0, 300.0)),
    level_term("work", {"a": 0.0, "b": 1.0, "c": -1.0}, {"a": 900, "b": 300, "c": 800}),
    pair_term("left", "right"),
    curve_term("noise", np.sin),
)
_WANTED = {
    "Rows": ("count", "rows", "", "file"), "Cols": ("count", "columns", "", ""),
    "Dup": ("count", "duplicate_rows", "", ""), "Split": ("count", "rows", "", "learnt"),
    "Gaps": ("missingness", "", "", ""), "Gap": ("missingness", "work", "", "-word"),
    "Code": ("missingness", "work", "", "word"), "Top": ("share", "work", "", ""),
    "Class": ("share", "Income", ">50K", ""), "Age": ("distribution", "age", "", "least"),
    "Gain": ("distribution", "gain", "", "least"), "Zero": ("distribution", "gain", "", "=share"),
    "Link": ("association", "age, gain", "", ""), "Turn": ("turning_point", "age", "", ""),
    "Jump": ("jump", "gain", "", ""), "Mono": ("monotone", "hours", "", ""),
    "Gone": ("effect_at", "hours", "missing", ""), "High": ("effect_at", "age", "highest", ""),
    "Low": ("effect_at", "hours", "lowest", ""), "Level": ("effect_at", "work", "b", ""),
    "Other": ("effect_at", "work", "a", ""), "Diff": ("group_difference", "work", "", ""),
    "Pair": ("pair_effect", "left × right", "", ""), "Rank": ("importance", "hours", "", ""),
    "Second": ("importance", "work", "", ""), "Idle": ("importance", "noise", "", ""),
    "Terms": ("importance", "terms", "", ""), "Auc": ("metric", "auc", "", ""),
    "Acc": ("metric", "accuracy", "", ""), "Base": ("baseline", "linear", "auc", ""),
    "Rule": ("definition", "task", "", ""), "Care": ("caveat", "row_id", "", ""),
    "Assoc": ("caveat", "", "", ""), "Credit": ("caveat", "age, gain", "", ""),
}  # fmt: skip


def _fits(fact: Fact, wanted: tuple[str, str, str, str]) -> bool:
    kind, part, cell, detail = wanted
    return (
        (fact.kind, fact.origin.part) == (kind, part)
        and cell in ("", fact.origin.cell)
        and (not detail or detail in fact.details or detail == f"={fact.unit}"
             or (detail.startswith("-") and detail[1:] not in fact.details))
    )  # fmt: skip


@cache
def known_facts() -> Mapping[str, Fact]:
    """Return the facts by alias."""
    fit = make_fit(make_model(TERMS), idle=("noise",))
    found = facts_of(make_source(), make_profile(), fit.summary, explain_model(fit))
    named = {name: next(f for f in found if _fits(f, w)) for name, w in _WANTED.items()}
    return {**named, **_made()}


@cache
def every_fact() -> Mapping[str, Fact]:
    """Return those facts, and those of rows and of answers, by alias."""
    return {**known_facts(), **_of_rows(), **_answers()}


_OF_ROWS = {
    "Grp": ("group", ""), "Cmp": ("comparison", ""), "Ranked": ("ranked", ""),
    "Trend": ("trend", ""), "Slice": ("slice", ""), "Cal": ("calibration", ""),
    "Pred": ("prediction", "direction"), "Con": ("contribution", "rank"),
    "Cf": ("counterfactual", "where"), "Tok": ("token", ""), "Contrast": ("contrast", ""),
}  # fmt: skip
"""Grammars of facts about rows, and a slot that the fact of the bench has to have."""


def _of_rows() -> dict[str, Fact]:
    """Return the first fact of the bench for each."""
    known = [(name_of(fact), fact) for fact in facts_by_key().values()]
    return {
        alias: next(fact for name, fact in known if name == wanted
                    and (not slot or slot in slots_of(fact)))
        for alias, (wanted, slot) in _OF_ROWS.items()
    }  # fmt: skip


def _answers() -> dict[str, Fact]:
    """Return facts that answer questions, most of them about some rows alone."""
    women, men = "sex is “female”", "sex is “male”"
    return {
        "Mean": answers.statistic_fact("age", "number", "mean", Figure(37.2, 120, 35, 39), women),
        "Men": answers.statistic_fact("age", "number", "mean", Figure(40, 100, 38, 42), men),
        "Median": answers.statistic_fact("age", "number", "median", Figure(38, 220), ""),
        "Women": answers.share_fact("pay", "high", share_figure(24, 100), women, 24),
        "Everyone": answers.share_fact("pay", "high", share_figure(30, 200), "", 30),
        "GapHere": answers.missing_fact("work", 5, 120, women),
        "GapAll": answers.missing_fact("work", 9, 300, ""),
        "Span": answers.range_fact("age", "number", 17, 90, 120, women),
        "Kinds": answers.distinct_fact("work", 7, [], 120, women),
        "Part": answers.rows_share_fact(share_figure(33, 100), 33, women),
    }


def _made() -> dict[str, Fact]:
    noun = {"noun": "The odds of Income >50K", "short": "The odds", "pronoun": "they"}
    place = Origin("corpus", "review")
    return {
        "Bare": make(
            "missingness", ("fare",), "fare is missing in 40 rows (2%).",
            Origin("profile", "fare"), value=0.02, unit="share", n=2000, rows=40,
        ),
        "Both": make(
            "missingness", ("bill", "wing"), "bill and wing are each missing in 2 rows (1%).",
            Origin("profile", "bill"), value=0.01, unit="share", n=200, rows=2,
        ),
        "Days": make(
            "distribution", ("day",), "day runs from 2001-01-01 to 2002-01-01.",
            Origin("profile", "day"), value="2001-01-01", unit="date", n=90,
            first="2001-01-01", last="2002-01-01",
        ),
        "Word": make(
            "ngram", ("review", "Income"), "Each mention of “dull” in review leaves the odds of "
            "Income >50K divided by 2.1 (95% interval 1.7 to 2.6) in a text of typical length; 54 "
            "training texts hold it.", Origin("explanation", "review", "dull"), value=0.48,
            unit="odds ratio", n=54, bounds=(0.38, 0.59), ngram="dull", how="divided by 2.1",
            texts="54", way="lowers", size="divided by 2.1 (95% interval 1.7 to 2.6)", **noun,
        ),
        "Text": make(
            "text", ("review",), "review typically has 12 words.", place, value=12.0, unit="words",
            n=800, middle="12 words", half="8 to 20", most="90", words="4,000 different words",
        ),
        "Says": make(
            "distinctive", ("review", "liked"), "“dull” stands in 12% of the texts where liked is "
            "no, and in 1% of the others.", place, value=9.0, unit="odds ratio", n=800,
            bounds=(4.0, 20.0), ngram="dull", group="no", here="12%", there="1%", rank=0,
        ),
        "Parts": make(
            "cluster", ("review",), "800 texts of review fall into 5 groups.", place, value=5,
            unit="groups", n=800, clear="yes",
        ),
        "Topic": make(
            "cluster", ("review", "room, bed"), "22% of the texts of review form the group "
            "“room, bed”.", place, value=0.22, unit="share", n=800, label="room, bed", typical="x",
        ),
        "Same": make(
            "duplicates", ("review",), "34 values of review repeat an earlier one.", place,
            value=34, unit="texts", n=800, example="Nice", repeats=4, share=0.04,
        ),
    }  # fmt: skip
