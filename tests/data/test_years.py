"""Calendar years are told without a comma between their digits."""

from __future__ import annotations

import pytest

from pellucid.data.types import ColumnProfile
from pellucid.facts.tables import table_facts
from pellucid.report.ticks import ticks
from toy_models import make_profile, make_source


def column(low: float, high: float, middle: float) -> ColumnProfile:
    quantiles = {"0.25": low, "0.5": middle, "0.75": high}
    return ColumnProfile("made", "number", 90, 0, 3, 0, low, high, middle, 1.0, quantiles)


@pytest.mark.parametrize(
    ("low", "high", "told"),
    [(2007.0, 2009.0, "2008"), (2700.0, 6300.0, "2,008"), (2007.5, 2009.0, "2,008")],
)
def test_whole_numbers_that_can_only_be_years_have_no_comma(
    low: float, high: float, told: str
) -> None:
    assert column(low, high, 2008.0).tell(2008.0) == told


def test_a_mean_of_years_keeps_its_part_of_a_year() -> None:
    assert column(2007.0, 2009.0, 2008.0).tell(2008.029) == "2008.03"


def test_facts_and_axes_tell_years() -> None:
    profile = make_profile()
    years = type(profile)(90, (column(2007.0, 2009.0, 2008.0),), (), (), 0)
    told = [fact.text for fact in table_facts(make_source(), years)]
    assert "made runs from 2007 to 2009; its median is 2008" in " ".join(told)
    assert ticks(2000, 2010, whole=True)[0].text == "2000"
    assert ticks(0, 2010)[-1].text == "2,000"
