"""The Explore page: alerts with one action each, cards by interest, what goes together."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QPushButton

from pellucid.data.types import Alert, Association, ColumnProfile, Profile, TopValue
from pellucid.ui.pages.explore import ExplorePage
from pellucid.ui.pages.explore_cards import CardButton
from pellucid.ui.pages.explore_view import alert_lines, cards, summary_line
from pellucid.ui.session import Session
from pellucid.ui.window import Window

Until = Callable[[Callable[[], bool]], None]

PROFILE = Profile(
    rows=100,
    columns=(
        ColumnProfile("id", "identifier", 100, 0, 100, 0),
        ColumnProfile("same", "constant", 100, 0, 1, 0, top=(TopValue("x", 100),)),
        ColumnProfile("a", "number", 100, 0, 9, 0, min=1.0, max=9.0, quantiles={"0.5": 4.0}),
        ColumnProfile("b", "number", 100, 30, 9, 0, min=1.0, max=9.0, quantiles={"0.5": 4.0}),
        ColumnProfile("c", "category", 100, 0, 2, 0, top=(TopValue("yes", 60),)),
    ),
    alerts=(
        Alert("skew", ("a",), "a has a long tail"),
        Alert("missing", ("b",), "30% of b is missing"),
        Alert("constant", ("same",), "same has one value only"),
        Alert("misfits", ("b",), "2 values of b are not numbers"),
        Alert("duplicate rows", (), "3 rows repeat an earlier row exactly"),
        Alert("correlated", ("a", "b"), "a and b carry nearly the same information"),
    ),
    associations=(Association("a", "b", "spearman", -0.95),),
)


def test_the_summary_says_what_the_table_is_made_of() -> None:
    assert summary_line(PROFILE) == (
        "100 rows in 5 columns: 2 numbers, 1 identifier, 1 constant and 1 category. "
        "6% of all cells are missing."
    )


def test_alerts_that_spoil_results_come_first_each_with_one_action() -> None:
    lines = alert_lines(PROFILE, frozenset())
    assert [line.action.title if line.action else "" for line in lines] == [
        "See rows", "", "Leave b out", "See rows", "Leave same out", "See column",
    ]  # fmt: skip
    assert [line.is_grave for line in lines] == [True] * 5 + [False] or lines[-1].is_grave is False
    assert all(line.text.endswith(".") for line in lines)


def test_a_column_left_out_is_not_offered_again() -> None:
    line = next(x for x in alert_lines(PROFILE, frozenset({"b"})) if "same information" in x.text)
    assert line.action is not None
    assert line.action.does == "column"


def test_cards_come_by_interest_with_identifiers_and_constants_last() -> None:
    found = cards(PROFILE)
    assert [card.name for card in found] == ["a", "b", "c", "id", "same"]
    assert found[0].line == "1 to 9, median 4"
    assert found[0].tie == "Closest to b (0.95)"
    assert found[1].aside == "30% missing"
    assert found[2].line == "60% yes; 2 values"
    assert found[4].line == "always x"


def page_of(window: Window) -> ExplorePage:
    page = window.page("explore")
    assert isinstance(page, ExplorePage)
    return page


def test_the_page_waits_then_fills_and_leads_to_the_rows(
    window: Window, small_csv: Path, until: Until
) -> None:
    page = page_of(window)
    assert page.stack.currentWidget() is page.closed
    window.session.open_file(small_csv)
    assert page.stack.currentWidget() is page.waiting
    until(lambda: bool(window.session.suggestions))
    window.go_to("explore")
    assert page.stack.currentWidget() is page.filled
    found = [card for card in page.findChildren(CardButton) if not card.isHidden()]
    assert {card.text() for card in found} == {"age", "city", "paid"}
    see = next(b for b in page.findChildren(QPushButton) if b.text() == "See rows")
    see.click()
    assert window.current == "data"
    until(lambda: window.page("data").count.text() == "1 of 300 rows")


def test_a_card_leads_to_its_column(window: Window, small_csv: Path, until: Until) -> None:
    window.session.open_file(small_csv)
    until(lambda: bool(window.session.suggestions))
    window.go_to("explore")
    page = page_of(window)
    next(c for c in page.findChildren(CardButton) if c.text() == "city").click()
    assert window.current == "data"
    assert window.page("data")._column == 1


def test_leaving_out_is_kept_by_the_session(opened: Session) -> None:
    heard: list[bool] = []
    opened.features_changed.connect(lambda: heard.append(True))
    opened.set_dropped("city", True)
    opened.set_dropped("city", True)
    assert opened.dropped == {"city"}
    assert len(heard) == 1
    opened.set_dropped("city", False)
    assert opened.dropped == frozenset()
