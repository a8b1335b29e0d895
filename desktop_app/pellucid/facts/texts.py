"""Facts of columns of texts: what they are, what they say, and how a model reads them."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from pellucid.core.numbers import count, interval, listing, number, percent, plural
from pellucid.explain.corpus.clusters import CLEAR_SILHOUETTE
from pellucid.explain.corpus.types import DistinctiveNgram, GroupNgrams
from pellucid.explain.ngrams import overlap
from pellucid.facts.corpora import TextReading, TextStudy, Topic
from pellucid.facts.making import make
from pellucid.facts.types import Fact, Origin
from pellucid.models.texts import EncoderNote

MOST_DISTINCTIVE = 5
MOST_GROUPS = 6
MOST_TOPICS = 8
_SECOND_SCRIPT = 0.02
_MANY_COPIES = 0.01
_SAME_TEXTS = 0.05
_ENDS = (".", "!", "?", "…", "。", "！", "？")
_ORDERS = {
    1: "single {}",
    2: "n-grams of one or two {} in a row",
    3: "n-grams of one to three {} in a row",
}


def corpus_facts(study: TextStudy, target: str = "") -> Iterator[Fact]:
    """Yield what a column of texts is, what its groups say, its topics and its copies."""
    yield _column_fact(study)
    yield from _gap_facts(study)
    yield from _script_facts(study)
    yield from _copy_facts(study, target)
    for group in study.groups[:MOST_GROUPS]:
        for rank, found in enumerate(told_ngrams(group, MOST_DISTINCTIVE)):
            yield _distinctive_fact(study, group, found, rank)
    if len(study.topics) > 1:
        yield _topics_fact(study)
        for topic in study.topics[:MOST_TOPICS]:
            yield _topic_fact(study, topic)


def told_ngrams(group: GroupNgrams, most: int) -> list[DistinctiveNgram]:
    """Return the clear n-grams of a group, without those that repeat a part of a stronger one."""
    kept: list[DistinctiveNgram] = []
    for found in group.ngrams:
        if len(kept) == most:
            break
        if found.is_clear and not any(_says_the_same(found, other) for other in kept):
            kept.append(found)
    return kept


def _says_the_same(a: DistinctiveNgram, b: DistinctiveNgram) -> bool:
    """Say whether two n-grams overlap, or share a word and stand in about the same texts."""
    if overlap(a.ngram, b.ngram):
        return True
    is_shared = bool(set(a.ngram.split()) & set(b.ngram.split()))
    return is_shared and abs(a.texts - b.texts) <= _SAME_TEXTS * max(a.texts, b.texts)


def _scope(study: TextStudy) -> str:
    return f", from a sample of {count(study.read)} texts" if study.is_sampled else ""


def _quoted(text: str) -> str:
    """Quote a text at the end of a sentence, which one full stop ends."""
    return f"“{text}”" if text.endswith(_ENDS) else f"“{text}”."


def _column_fact(study: TextStudy) -> Fact:
    name, lengths = study.column, study.lengths
    half = f"{number(lengths.low)} to {number(lengths.high)}"
    middle = plural(round(lengths.median), study.unit)
    words = f"{count(study.vocabulary)} different {study.unit}s"
    once = (
        f"of which {count(study.once)} stand in one text alone" if study.once
        else "each of them in two texts or more"
    )  # fmt: skip
    return make(
        "text", (name,),
        f"{name} typically has {middle} (half of its texts {half}, the longest "
        f"{count(lengths.most)}); in all there are {words}, {once}{_scope(study)}.",
        Origin("corpus", name), value=lengths.median, unit=f"{study.unit}s",
        n=study.read, interest=0.5,
        middle=middle, half=half, most=count(lengths.most), words=words, once=count(study.once),
        texts=count(study.rows - study.missing), distinct=count(study.distinct),
        scope=_scope(study).removeprefix(", "),
    )  # fmt: skip


def _gap_facts(study: TextStudy) -> Iterator[Fact]:
    if study.silent:
        share = study.silent / max(1, study.read)
        texts = plural(study.silent, "value")
        verb = "has" if study.silent == 1 else "have"
        yield make(
            "text", (study.column,),
            f"{texts} of {study.column} {verb} no word in {'it' if study.silent == 1 else 'them'} "
            f"({percent(share)}){_scope(study)}.",
            Origin("corpus", study.column, "silent"), what="silent", value=study.silent,
            unit="texts", n=study.read, interest=0.35 + min(0.4, 4 * share),
        )  # fmt: skip


def _script_facts(study: TextStudy) -> Iterator[Fact]:
    """Tell which scripts the texts are in, unless that is Latin and nothing else to speak of."""
    shown = [(name, share) for name, share in study.scripts if share >= _SECOND_SCRIPT]
    if not shown or (len(shown) == 1 and shown[0][0] == "Latin"):
        return
    parts = [f"{name} ({percent(share)})" for name, share in shown]
    yield make(
        "text", (study.column,),
        f"The letters of {study.column} are {listing(parts)}.",
        Origin("corpus", study.column, "scripts"), what="scripts", value=shown[0][1],
        unit="share", n=min(study.read, 2_000), interest=0.45,
    )  # fmt: skip


def _copy_facts(study: TextStudy, target: str) -> Iterator[Fact]:
    copies, name = study.copies, study.column
    if not copies.copies:
        return
    share = copies.copies / max(1, copies.texts)
    verb = "repeats" if copies.copies == 1 else "repeat"
    exact = (
        "all of them word for word" if copies.exact == copies.copies
        else f"{count(copies.exact)} of them word for word"
    )  # fmt: skip
    lead = f"In a sample of {count(study.read)} texts, " if study.is_sampled else ""
    yield make(
        "duplicates", (name,),
        f"{lead}{plural(copies.copies, 'value')} of {name} {verb} an earlier one "
        f"({percent(share)}), {exact}; the most frequent occurs {count(copies.repeats)} times: "
        f"{_quoted(copies.example)}",
        Origin("corpus", name, "copies"), value=copies.copies, unit="texts", n=copies.texts,
        interest=0.3 + min(0.45, 3 * share) if share >= _MANY_COPIES else 0.3,
        example=copies.example, repeats=copies.repeats, share=share,
    )  # fmt: skip
    if copies.leaked and target:
        part = copies.leaked / max(1, copies.test)
        yield make(
            "caveat", (name, target),
            f"{lead}{count(copies.leaked)} of {count(copies.test)} test texts of {name} "
            f"({percent(part)}) have a copy, or nearly one, among the texts that the model learnt "
            "from, so its scores on test rows may be somewhat too good.",
            Origin("corpus", name, "leak"), what="leak", value=copies.leaked, unit="texts",
            n=copies.test, interest=0.95 if part >= _MANY_COPIES else 0.6,
        )  # fmt: skip


def _distinctive_fact(
    study: TextStudy, group: GroupNgrams, found: DistinctiveNgram, rank: int
) -> Fact:
    times = math.exp(found.log_odds)
    bounds = math.exp(found.low), math.exp(found.high)
    here, there = found.texts / max(1, group.texts), found.texts_outside / group.texts_outside
    return make(
        "distinctive", (study.column, study.by),
        f"“{found.ngram}” stands in {percent(here)} of the texts where {study.by} is "
        f"{group.group}, and in {percent(there)} of the others; its odds among all n-grams are "
        f"{number(times)} times as high (95% interval {interval(*bounds)}).",
        Origin("corpus", study.column, f"{group.group}: {found.ngram}"),
        what=f"{group.group} {found.ngram}", value=times, unit="odds ratio",
        n=group.texts + group.texts_outside, bounds=bounds, interest=0.5 - 0.02 * rank,
        ngram=found.ngram, group=group.group, here=percent(here), there=percent(there), rank=rank,
    )  # fmt: skip


def vectors_words(encoder: EncoderNote | None) -> str:
    """Say where vectors came from; the fallback is said to be no language model."""
    if encoder is None:
        return "how often words occur"
    if encoder.is_language_model:
        return f"the language model {encoder.name}"
    return "which words stand near each other in these texts (no language model)"


def _topics_fact(study: TextStudy) -> Fact:
    clear = study.silhouette >= CLEAR_SILHOUETTE
    groups = plural(len(study.topics), "group")
    verdict = (
        "that lie apart from each other" if clear
        else "that shade into each other: a way to cut them up rather than kinds of text"
    )  # fmt: skip
    return make(
        "cluster", (study.column,),
        f"By {vectors_words(study.encoder)}, {count(study.clustered)} texts of {study.column} "
        f"fall into {groups} {verdict} (silhouette {number(study.silhouette, 2)}).",
        Origin("corpus", study.column, "clusters"), value=len(study.topics), unit="groups",
        n=study.clustered, interest=0.5 if clear else 0.4, clear="yes" if clear else "no",
    )  # fmt: skip


def topic_label(topic: Topic) -> str:
    """Name a group of texts by its keywords."""
    return ", ".join(topic.keywords) or "no words of its own"


def _topic_fact(study: TextStudy, topic: Topic) -> Fact:
    label, lead = topic_label(topic), ""
    bounds = None
    if topic.leading:
        lead = (
            f"; {study.by} is {topic.leading} in {percent(topic.leading_share)} of it (95% "
            f"interval {percent(topic.low)} to {percent(topic.high)})"
        )
        bounds = (topic.low, topic.high)
    return make(
        "cluster", (study.column, label),
        f"{percent(topic.share)} of the texts of {study.column} form the group “{label}”{lead}; "
        f"typical: {_quoted(topic.typical)}",
        Origin("corpus", study.column, label), value=topic.share, unit="share",
        n=study.clustered, interest=0.3 + 0.1 * topic.share, label=label, typical=topic.typical,
        leading=topic.leading, leading_share=topic.leading_share,
        lead_low=bounds[0] if bounds else "", lead_high=bounds[1] if bounds else "", by=study.by,
    )  # fmt: skip


def reading_facts(
    readings: Sequence[TextReading], target: str, texts: Sequence[TextStudy] = ()
) -> Iterator[Fact]:
    """Yield how a model reads its texts: n-grams, where their scores come from, what is unseen."""
    units = {study.column: study.unit for study in texts}
    for reading in readings:
        unit = units.get(reading.column, "word")
        form = _ORDERS.get(reading.orders, f"n-grams of up to {reading.orders} {{}} in a row")
        orders = form.format(f"{unit}s")
        yield make(
            "definition", (reading.column, target),
            f"The model reads {reading.column} by {count(reading.ngrams)} {orders}. "
            f"{_scores_from(reading.encoder)} What a text adds to a prediction is the sum of their "
            "scores over the square root of how many the text has, and nothing else.",
            Origin("fit", reading.column, "reading"), what="reading", value=reading.ngrams,
            unit="n-grams", interest=0.5, orders=orders,
        )  # fmt: skip
        if reading.test_texts and reading.unseen > 0:
            yield make(
                "caveat", (reading.column, target),
                f"{percent(reading.unseen)} of the n-grams in test texts of {reading.column} were "
                "not among those that the model has scores for, and count for nothing.",
                Origin("fit", reading.column, "unseen"), what="unseen", value=reading.unseen,
                unit="share", n=reading.test_texts, interest=0.35 + 0.3 * reading.unseen,
            )  # fmt: skip


def _scores_from(encoder: EncoderNote | None) -> str:
    if encoder is None:
        return "Its scores were learnt from these texts alone; no language model took part."
    if not encoder.is_language_model:
        return (
            "Words that keep the same company in these texts lend each other evidence; no language "
            "model took part."
        )
    tuned = ", tuned on this task," if encoder.is_tuned else ""
    return (
        f"Those that mean much the same to the language model {encoder.name}{tuned} lend each "
        "other evidence when their scores are learnt; predicting needs the scores alone."
    )
