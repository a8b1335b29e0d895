"""Facts offer phrases to build sentences around."""

from __future__ import annotations

import pytest

from pellucid.facts.making import make
from pellucid.facts.slots import SLOTS, quoted, slots_of
from pellucid.facts.types import Origin
from pellucid.writing.templates import Slot, TemplateError, fill, parse

MISSING = make(
    "missingness", ("Age",), "Age is missing in 12 rows (5.7%).", Origin("profile", "Age"),
    value=0.057, unit="share", n=210, rows=12,
)  # fmt: skip


def test_a_fact_offers_its_parts_in_order() -> None:
    slots = slots_of(MISSING)
    assert list(slots) == [name for name in SLOTS if name in slots]
    assert slots["subject"] == "Age"
    assert slots["value"] == "5.7% of rows"
    assert slots["count"] == "12 rows"
    assert slots["sentence"] == MISSING.text


def test_cells_stand_in_quotation_marks_in_one_short_line() -> None:
    assert quoted("a\nb “c”") == "“a b ‘c’”"
    assert len(quoted("x" * 500)) <= 62


def test_a_template_is_filled_with_phrases() -> None:
    template = "in {{F1.subject}}, {{ F1.value }} are missing."
    assert fill(template, {"F1": MISSING}) == "In Age, 5.7% of rows are missing."
    assert parse(template)[1] == Slot("F1", "subject")


@pytest.mark.parametrize(
    ("template", "why"),
    [
        ("{{F2.value}}", "not cited"),
        ("{{F1.rank}}", "has no rank"),
        ("{F1.value}", "not written as"),
        ("{{F1.value", "not written as"),
    ],
)
def test_a_slot_that_nothing_fills_is_named(template: str, why: str) -> None:
    with pytest.raises(TemplateError, match=why):
        fill(template, {"F1": MISSING})
