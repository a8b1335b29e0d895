"""Columns of texts: what groups say more than the rest, and which texts are alike."""

from __future__ import annotations

from pellucid.core.numbers import count, listing, number, percent, plural
from pellucid.explain.corpus.types import DistinctiveNgram, GroupNgrams
from pellucid.facts.corpora import TextStudy, Topic
from pellucid.facts.texts import told_ngrams, topic_label, vectors_words
from pellucid.report.charts import Bar, BarChart, Caption

MOST_BARS = 10
MOST_TOPICS = 12


def distinctive_chart(study: TextStudy) -> BarChart | None:
    """Set what two groups of texts say more than each other against one another.

    None with another number of groups: those are told in a table.
    """
    if len(study.groups) != 2:
        return None
    right, left = sorted(study.groups, key=lambda group: group.texts)
    bars = [_bar(found, 1.0, right) for found in told_ngrams(right, MOST_BARS)]
    bars.sort(key=lambda bar: -bar.value)
    others = [_bar(found, -1.0, left) for found in told_ngrams(left, MOST_BARS)]
    bars += sorted(others, key=lambda bar: -bar.value)
    if not bars:
        return None
    title = _title(study, right, left)
    told = [f"{bar.label} {number(bar.value, 2)}, {bar.note}" for bar in bars]
    sides = f"right: {study.by} is {right.group}; left: {study.by} is {left.group}"
    return BarChart(
        Caption(
            title,
            f"N-grams of {study.column}, with 95% intervals; {sides}; at the ends, the share of "
            "texts of either group",
            f"{title}. {sides}. {listing(told, 2 * MOST_BARS)}.",
        ),
        f"Log odds, {right.group} against {left.group}",
        tuple(bars),
    )


def _title(study: TextStudy, right: GroupNgrams, left: GroupNgrams) -> str:
    firsts = [(group.group, told_ngrams(group, 1)) for group in (right, left)]
    parts = [f"“{found[0].ngram}” where {study.by} is {name}" for name, found in firsts if found]
    return f"Most telling: {listing(parts)}"


def _bar(found: DistinctiveNgram, sign: float, group: GroupNgrams) -> Bar:
    low, high = sorted((sign * found.low, sign * found.high))
    shares = [found.texts / max(1, group.texts), found.texts_outside / max(1, group.texts_outside)]
    first, second = (percent(share) for share in shares)
    return Bar(
        label=found.ngram,
        value=sign * found.log_odds,
        tone="raises" if sign > 0 else "lowers",
        low=low,
        high=high,
        note=f"{first} against {second}",
    )


def _lead(topic: Topic, by: str) -> str:
    return f"; {by} {topic.leading}: {percent(topic.leading_share)}" if topic.leading else ""


def topic_chart(study: TextStudy) -> BarChart | None:
    """Draw the groups of texts that are alike as bars, named by their keywords."""
    shown = study.topics[:MOST_TOPICS]
    if len(shown) < 2:
        return None
    bars = tuple(
        Bar(
            label=topic_label(topic),
            value=100 * topic.share,
            note=percent(topic.share) + _lead(topic, study.by),
        )
        for topic in shown
    )
    title = f"The largest group of texts in {study.column} says “{bars[0].label}”"
    lead = f"; beside a share, the {study.by} that stands out" if study.by else ""
    told = [f"{bar.label}: {bar.note}" for bar in bars]
    return BarChart(
        Caption(
            title,
            f"{count(study.clustered)} texts in {plural(len(study.topics), 'group')} by "
            f"{vectors_words(study.encoder)}{lead}",
            f"{title}. {listing(told, MOST_TOPICS)}.",
        ),
        "Share of the texts, %",
        bars,
    )
