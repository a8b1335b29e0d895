"""The page is whole, closed to the outside, linked within itself, and safe from what it shows."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest
import report_samples as samples

from pellucid.report.build import build_report
from pellucid.report.document import Note, Report
from pellucid.report.html import to_html

VOID = {"meta", "link", "br", "img", "hr", "input", "wbr"}
POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"


class Page(HTMLParser):
    """Reads a page strictly: every element closed in order, every id once."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.ids: list[str] = []
        self.words: list[str] = []
        self.feed(text)
        self.close()
        assert not self.open, f"left open: {self.open}"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        assert len(found) == len(attrs), f"an attribute twice in {tag}"
        self.tags.append((tag, found))
        if "id" in found:
            self.ids.append(found["id"])
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        assert self.open, f"{tag} closed, never opened"
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if not self.open or self.open[-1] != "style":
            self.words.append(data)

    def all(self, tag: str) -> list[dict[str, str]]:
        return [found for name, found in self.tags if name == tag]


@pytest.fixture(scope="module")
def text(report: Report) -> str:
    return to_html(report)


@pytest.fixture(scope="module")
def page(text: str) -> Page:
    return Page(text)


def test_ids_are_unique_and_every_link_leads_somewhere(page: Page) -> None:
    assert len(page.ids) == len(set(page.ids))
    links = [found["href"] for found in page.all("a")]
    assert links
    assert all(link.startswith("#") and link[1:] in page.ids for link in links)


def test_every_claim_is_marked_with_its_facts_and_every_fact_leads_back(
    page: Page, report: Report
) -> None:
    links = [found["href"] for found in page.all("a")]
    for number in range(1, len(report.facts) + 1):
        assert f"#fact-{number}" in links
        assert f"#cite-{number}-1" in links


def test_nothing_runs_and_nothing_is_fetched(page: Page, text: str) -> None:
    policies = [m for m in page.all("meta") if m.get("http-equiv") == "Content-Security-Policy"]
    assert [policy["content"] for policy in policies] == [POLICY]
    names = {tag for tag, _ in page.tags}
    assert not names & {"script", "link", "iframe", "object", "embed", "img", "base", "form"}
    for _, found in page.tags:
        assert not any(name.startswith("on") for name in found)
        assert not {"src", "srcset", "action", "style"} & found.keys()
    assert "url(" not in text
    assert "@import" not in text


def test_the_only_addresses_are_names_of_namespaces(text: str) -> None:
    found = set(re.findall(r"https?://[^\s\"'<]+", text))
    assert found <= {"http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"}


def test_charts_have_words_for_those_who_cannot_see_them(page: Page) -> None:
    pictures = [found for found in page.all("svg") if found.get("aria-hidden") != "true"]
    assert pictures
    assert all(found.get("role") == "img" for found in pictures)
    assert len(page.all("desc")) == len(pictures)


def test_hostile_names_are_shown_and_do_nothing(page: Page, text: str) -> None:
    assert "<b>" + '"Q&A"' not in text
    assert samples.HOSTILE in "".join(page.words)


def test_dark_mode_exchanges_every_color_by_role(text: str) -> None:
    dark = text[text.index("prefers-color-scheme: dark") :]
    assert 'svg [fill="#b84d00"] { fill: var(--raises); }' in dark
    assert 'svg [stroke="#4646c6"] { stroke: var(--accent); }' in dark


def test_the_page_fits_phones_and_paper(page: Page, text: str) -> None:
    viewports = [m["content"] for m in page.all("meta") if m.get("name") == "viewport"]
    assert viewports == ["width=device-width, initial-scale=1"]
    assert "@page" in text
    assert "@media print" in text
    scrolling = [found for found in page.all("div") if found.get("class") == "scroll"]
    assert len(scrolling) == len(page.all("table"))


def test_the_same_report_gives_the_same_page(report: Report, text: str) -> None:
    assert to_html(report) == text


def test_facts_and_provenance_stand_at_the_end(page: Page) -> None:
    words = " ".join(page.words)
    assert "Left this machine" in words
    assert "nothing" in words
    assert "count-1" in words


def test_a_report_of_notes_alone_is_a_page() -> None:
    report = Report("T", "s", (Note("n", "Mind this.", "warning"),), {}, {"File": "x"})
    words = "".join(Page(to_html(report)).words)
    assert "Warning:" in words
    assert "The facts behind the words" not in words


def test_three_hundred_columns_stay_under_three_megabytes() -> None:
    report = build_report(
        samples.make_source(), samples.make_profile(300), samples.make_words("none")
    )
    assert len(to_html(report).encode()) < 3_000_000


def test_an_unknown_fact_is_not_marked() -> None:
    words = samples.make_words()
    bare = replace(words, facts={})
    page = Page(to_html(build_report(samples.make_source(), samples.make_profile(), bare)))
    assert not [found for found in page.all("a") if found["href"].startswith("#fact-")]
