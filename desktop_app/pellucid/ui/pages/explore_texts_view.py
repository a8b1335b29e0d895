"""What the Explore page shows of a column of texts, as values. No Qt."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pellucid.core.numbers import count, interval, listing, number, percent, plural
from pellucid.data.types import Column
from pellucid.explain.corpus.types import Cluster, DistinctiveNgram, Duplicates, GroupNgrams
from pellucid.explain.corpus.views import CorpusView, TextMapView, VectorsNote
from pellucid.report.charts import Bar, BarChart, Caption

MOST_NGRAMS = 8
MOST_CLUSTERS = 8
MOST_DUPLICATES = 4
MOST_COLOURS = 7
_GROUPS = (2, 12)
_SHORT = 150


def group_columns(columns: Sequence[Column], text: str) -> tuple[str, ...]:
    """Return the columns whose values can be compared: few levels, and not the texts."""
    return tuple(
        column.name
        for column in columns
        if column.name != text
        and column.kind in ("category", "boolean", "number")
        and _GROUPS[0] <= column.distinct <= _GROUPS[1]
    )


def chosen_group(columns: Sequence[str], target: str | None) -> str | None:
    """Return what texts are compared by unless the user chooses: the target, where it can be."""
    return target if target in columns else next(iter(columns), None)


def facts_line(found: CorpusView) -> str:
    """Say how many texts there are and how long they are."""
    said = f"{plural(found.texts, 'text')}"
    if found.without_words:
        said += f", {count(found.without_words)} of them without words"
    half = plural(round(found.tokens_median), found.unit)
    return f"{said}. Half are longer than {half}, the longest has {count(found.tokens_most)}."


def vectors_line(note: VectorsNote) -> str:
    """Say what nearness of texts rests on."""
    what = (
        f"Nearness by {note.encoder}, a language model on this machine"
        if note.is_language_model
        else "Nearness by the company words keep in these texts; no language model"
    )
    part = (
        f", for {count(note.texts)} of {count(note.searched)} texts"
        if note.texts < note.searched
        else ""
    )
    return f"{what}{part}."


def group_chart(group: GroupNgrams) -> BarChart:
    """Draw what a group says more than the others; only what stands after the correction."""
    clear = [item for item in group.ngrams if item.is_clear][:MOST_NGRAMS]
    bars = tuple(
        Bar(item.ngram, item.log_odds, "accent", item.low, item.high,
            note=f"×{number(math.exp(min(item.log_odds, 50.0)), 2)}")
        for item in clear
    )  # fmt: skip
    alt = "; ".join(f"{bar.label} {bar.note}" for bar in bars) or "nothing clear"
    return BarChart(Caption(group.group, plural(group.texts, "text"), alt), "log-odds", bars)


def group_sentences(group: GroupNgrams) -> tuple[str, ...]:
    """Return what the bars of `group_chart` answer."""
    clear = [item for item in group.ngrams if item.is_clear][:MOST_NGRAMS]
    return tuple(_distinctive_sentence(item, group) for item in clear)


def _distinctive_sentence(item: DistinctiveNgram, group: GroupNgrams) -> str:
    times = number(math.exp(min(item.log_odds, 50.0)), 2)
    low, high = (math.exp(min(end, 50.0)) for end in (item.low, item.high))
    return (
        f"The odds of “{item.ngram}” are {times} times those elsewhere ({interval(low, high, 2)}). "
        f"{count(item.texts)} of {plural(group.texts, 'text')} here hold it, "
        f"{count(item.texts_outside)} of {count(group.texts_outside)} others. It stands after "
        f"{group.correction} over {plural(group.tried, 'comparison')}."
    )


def quiet_groups_line(found: CorpusView) -> str:
    """Say for which groups no n-gram stands out; empty where some does for each."""
    quiet = [group.group for group in found.distinctive if not group_chart(group).bars]
    if not quiet:
        return ""
    if len(quiet) == len(found.distinctive):
        return "No n-gram stands out after the correction."
    return f"After the correction no n-gram stands out for {listing(quiet)}."


def clusters_line(found: CorpusView) -> str:
    """Say whether the clusters are groups that lie apart, or just a way to cut the texts up."""
    clusters = found.clusters
    if len(clusters.clusters) < 2:
        return "The texts form one group."
    said = f"{plural(len(clusters.clusters), 'cluster')}"
    if len(clusters.clusters) > MOST_CLUSTERS:
        said += f", the largest {MOST_CLUSTERS} below"
    said += ". "
    if not math.isnan(clusters.silhouette) and clusters.silhouette < 0.25:
        said += "They run into one another: a way to cut the texts up, not groups that lie apart. "
    return f"{said}A second run from another seed keeps {percent(clusters.kept)} of the pairs " \
           f"together, {percent(clusters.kept_by_chance)} by chance."  # fmt: skip


@dataclass(frozen=True, slots=True)
class ClusterRow:
    """A cluster in the list: its number on the map, its keywords, its share, a typical row."""

    number: int
    title: str
    about: str
    row: int | None


def cluster_rows(found: CorpusView) -> tuple[ClusterRow, ...]:
    """Return the largest clusters, largest first."""
    return tuple(_cluster_row(cluster) for cluster in found.clusters.clusters[:MOST_CLUSTERS])


def _cluster_row(cluster: Cluster) -> ClusterRow:
    about = f"{plural(cluster.size, 'text')}, {percent(cluster.share)}"
    return ClusterRow(cluster.number, cluster.label, about, next(iter(cluster.typical), None))


def duplicates_line(found: Duplicates, groups: int) -> str:
    """Say how many texts are said more than once."""
    if not found.copies:
        return "No two texts are the same or nearly so."
    share = percent(found.copies / found.texts) if found.texts else "0%"
    said = (
        f"{plural(found.copies, 'text')} ({share}) {_verb(found.copies, 'repeat')} another or "
        "nearly so, in "
        f"{plural(groups, 'group')}."
    )
    if found.crossing_groups:
        said += (
            f" {plural(found.crossing_groups, 'group')} {_verb(found.crossing_groups, 'lie')} in "
            "both training and test rows, which makes scores look better than they are."
        )
    return said


def _verb(how_many: int, plural_form: str) -> str:
    return f"{plural_form}s" if how_many == 1 else plural_form


def duplicate_rows(found: Duplicates) -> tuple[tuple[int, str], ...]:
    """Return the largest groups: a row whose text is shown, and which rows say the same."""
    rows = []
    for group in found.groups[:MOST_DUPLICATES]:
        shown = ", ".join(count(row + 1) for row in group.rows[:5])
        more = f" and {count(len(group.rows) - 5)} more" if len(group.rows) > 5 else ""
        like = "the same" if group.is_exact else f"alike by {percent(group.similarity)} or more"
        rows.append((group.rows[0], f"Rows {shown}{more}: {like}"))
    return tuple(rows)


def wanted_rows(found: CorpusView) -> tuple[int, ...]:
    """Return the rows whose texts are shown."""
    rows = [row.row for row in cluster_rows(found) if row.row is not None]
    return tuple(dict.fromkeys([*rows, *(row for row, _ in duplicate_rows(found.duplicates))]))


def short(text: str | None, most: int = _SHORT) -> str:
    """Return a text in one line, shortened."""
    if not text:
        return "(no text)"
    words = " ".join(text[: 3 * most].split())
    return words if len(words) <= most else f"{words[: most - 1].rstrip()}…"


def colour_names(found: TextMapView) -> tuple[str, ...]:
    """Return what the colours of the map stand for: groups where there are few, else clusters."""
    names = found.groups if 2 <= len(found.groups) <= MOST_COLOURS else found.labels
    return names[:MOST_COLOURS]


def colour_codes(found: TextMapView) -> NDArray[np.intp]:
    """Return each point's colour, -1 for none, shape (points,)."""
    by_group = 2 <= len(found.groups) <= MOST_COLOURS
    codes = np.asarray(found.codes if by_group else found.map.clusters, dtype=np.intp).copy()
    codes[codes >= MOST_COLOURS] = -1
    return codes


def cluster_centres(found: TextMapView) -> tuple[tuple[int, float, float], ...]:
    """Return where each of the largest clusters lies: its number and the median of its points."""
    places = []
    for number_ in range(min(len(found.labels), MOST_CLUSTERS)):
        inside = found.map.positions[found.map.clusters == number_]
        if len(inside):
            x, y = np.median(inside, axis=0)
            places.append((number_, float(x), float(y)))
    return tuple(places)


def map_line(found: TextMapView) -> str:
    """Say how the map is to be read, and how far it can be trusted."""
    said = "Near points are similar texts; distances between far points mean little."
    if not math.isnan(found.map.trustworthiness):
        said += f" Trustworthiness {number(found.map.trustworthiness, 2)} of 1."
    if found.map.not_drawn:
        said += f" {plural(found.map.not_drawn, 'text')} not drawn."
    return said


def point_sentence(found: TextMapView, at: int, texts: Mapping[int, str]) -> str:
    """Say what text a point stands for, its group and its cluster."""
    row = int(found.map.rows[at])
    said = [f"Row {count(row + 1)}: {short(texts.get(row, '…'))}"]
    code, cluster = int(found.codes[at]), int(found.map.clusters[at])
    if found.by and code >= 0:
        said.append(f"{found.by}: {found.groups[code]}")
    if 0 <= cluster < len(found.labels):
        said.append(f"Cluster {cluster + 1}: {found.labels[cluster]}")
    return "\n".join(said)
