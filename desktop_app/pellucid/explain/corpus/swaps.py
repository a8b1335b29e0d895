"""Counterfactual word swaps: what a model predicts when he becomes she, or one name another."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pellucid.core.numbers import count, listing, plural
from pellucid.core.run import Run
from pellucid.explain.corpus.language_types import (
    Flips,
    Move,
    PairEffect,
    SwapEffect,
    SwappedText,
    SwapPlace,
)
from pellucid.explain.corpus.paired import (
    FEWEST_TESTED,
    RESAMPLES,
    holm_intervals,
    mean_interval,
    share,
)
from pellucid.explain.corpus.swap_list import (
    SwapList,
    SwapMatch,
    WordList,
    find_words,
    read_list,
    swap_found,
)
from pellucid.explain.tokens.scorer import TextScorer
from pellucid.models.multilabel import CHOSEN
from pellucid.models.types import Estimate

Floats = NDArray[np.float64]
FEW_TEXTS = 20
_BATCH = 128
_NO_LABEL = "no label"


def swap_effect(
    scorer: TextScorer,
    texts: Sequence[str | None],
    pairs: WordList | SwapList,
    run: Run,
    output: int = 0,
    seed: int = 0,
    most: int = 2000,
    largest: int = 20,
    *,
    has_labels: bool = False,
) -> SwapEffect:
    """Measure what swapping words does to `output` of a model over the texts that hold them.

    At most `most` texts, drawn by `seed`, are read; the `largest` changes are returned whole. With
    `has_labels` a text may have any number of the classes: those of probability 0.5 or more. An
    effect tells what the model does with the words, not whether the words are wrong to use.

    Source: counterfactual evaluation as in Garg et al. (2019), "Counterfactual fairness in text
    classification through robustness", AIES; Holm (1979), Scandinavian Journal of Statistics 6.
    """
    swaps = pairs if isinstance(pairs, SwapList) else read_list(pairs)
    found = _find(texts, swaps, run)
    rows = sorted(found)
    if len(rows) > most:
        random = np.random.default_rng([seed, 61])
        rows = np.sort(random.choice(rows, most, replace=False)).tolist()
    readings = [_Reading.of(row, texts[row] or "", found[row], seed) for row in rows]
    scores = _score(scorer, readings, output, run, has_labels=has_labels)
    return _effect(scorer, swaps, readings, scores, (len(texts), len(found)), seed, largest, output)


@dataclass(frozen=True, slots=True)
class _Reading:
    """A text in all its versions; `by_pair` has those where one pair alone is turned."""

    row: int
    text: str
    swapped: str
    places: tuple[SwapPlace, ...]
    first: str
    second: str
    by_pair: Mapping[int, tuple[str, str]]

    @classmethod
    def of(cls, row: int, text: str, matches: Sequence[SwapMatch], seed: int) -> _Reading:
        swapped, places = swap_found(text, matches, seed)
        first, second = (swap_found(text, matches, seed, side)[0] for side in ("first", "second"))
        present = sorted({match.entry.pair for match in matches})
        by_pair = {present[0]: (first, second)}
        if len(present) > 1:
            by_pair = {
                pair: (
                    swap_found(text, matches, seed, "first", pair)[0],
                    swap_found(text, matches, seed, "second", pair)[0],
                )
                for pair in present
            }
        return cls(row, text, swapped, places, first, second, by_pair)

    @property
    def versions(self) -> tuple[str, ...]:
        turned = (text for both in self.by_pair.values() for text in both)
        return (self.text, self.swapped, self.first, self.second, *turned)


@dataclass(frozen=True, slots=True)
class _Scores:
    """The explained output's margin and mean, and the label, of every version by its text.

    `is_chosen` tells whether the explained output is what is predicted, or among it.
    """

    places: Mapping[str, int]
    margins: Floats
    means: Floats
    labels: tuple[str, ...]
    is_chosen: NDArray[np.bool_]

    def change(self, before: Sequence[str], after: Sequence[str]) -> tuple[Floats, Floats]:
        """Return the change of the margin and of the mean between two versions, shape (n,)."""
        start = np.asarray([self.places[text] for text in before], dtype=np.intp)
        end = np.asarray([self.places[text] for text in after], dtype=np.intp)
        return self.margins[end] - self.margins[start], self.means[end] - self.means[start]


def _find(texts: Sequence[str | None], swaps: SwapList, run: Run) -> dict[int, list[SwapMatch]]:
    """Return the matches of every text that has any."""
    found = {}
    for row, text in enumerate(texts):
        if row % 2000 == 0:
            run.progress("Looking for the words to swap", row, len(texts))
            run.check()
        matches = find_words(text, swaps) if text else []
        if matches:
            found[row] = matches
    return found


def _score(
    scorer: TextScorer, readings: Sequence[_Reading], output: int, run: Run, *, has_labels: bool
) -> _Scores:
    """Score every version of every text once."""
    versions = list(dict.fromkeys(text for reading in readings for text in reading.versions))
    margins = np.zeros((len(versions), len(scorer.outputs)))
    for start in range(0, len(versions), _BATCH):
        run.progress("Reading texts with words swapped", start, len(versions))
        run.check()
        margins[start : start + _BATCH] = scorer.margins(versions[start : start + _BATCH])
    mean = scorer.mean(margins)
    places = {text: place for place, text in enumerate(versions)}
    if not scorer.classes:
        nothing = np.zeros(len(versions), dtype=bool)
        return _Scores(places, margins[:, output], mean, ("",) * len(versions), nothing)
    code = scorer.classes.index(scorer.outputs[output])
    if has_labels:
        held = mean >= CHOSEN
        names = [[scorer.classes[i] for i in np.flatnonzero(row)] for row in held]
        labels = tuple(" + ".join(found) or _NO_LABEL for found in names)
        is_chosen = held[:, code]
    else:
        best = mean.argmax(axis=1)
        labels, is_chosen = tuple(scorer.classes[i] for i in best), best == code
    return _Scores(places, margins[:, output], mean[:, code], labels, is_chosen)


def _effect(
    scorer: TextScorer,
    swaps: SwapList,
    readings: Sequence[_Reading],
    scores: _Scores,
    searched: tuple[int, int],
    seed: int,
    largest: int,
    output: int,
) -> SwapEffect:
    originals = [reading.text for reading in readings]
    firsts, seconds = [r.first for r in readings], [r.second for r in readings]
    change, mean_change = scores.change(firsts, seconds)
    after, _ = scores.change(originals, [reading.swapped for reading in readings])
    is_forward = np.asarray([r.first == r.text for r in readings], dtype=bool)
    is_backward = np.asarray([r.second == r.text for r in readings], dtype=bool)
    told = [_tell(reading, scores) for reading in readings]
    strongest = np.argsort(-np.abs(after), kind="stable")[:largest]

    def interval(values: Floats, tag: int) -> Estimate:
        return mean_interval(values, np.random.default_rng([seed, 62, tag]))

    return SwapEffect(
        scorer.outputs[output],
        swaps.sides,
        *searched,
        len(readings),
        int(is_forward.sum()),
        int(is_backward.sum()),
        interval(change, 0),
        interval(mean_change, 1),
        interval(after[is_forward], 2),
        interval(after[is_backward], 3),
        interval(np.abs(after), 4),
        _flips(readings, scores, np.random.default_rng([seed, 63])) if scorer.classes else None,
        _pair_effects(swaps, readings, scores),
        tuple(told[place] for place in strongest),
        RESAMPLES,
        _note(searched[1], len(readings), swaps),
    )


def _flips(readings: Sequence[_Reading], scores: _Scores, random: np.random.Generator) -> Flips:
    """Compare what is predicted with all words of the first side and with all of the second."""
    firsts = [scores.places[reading.first] for reading in readings]
    seconds = [scores.places[reading.second] for reading in readings]
    with_first, with_second = scores.is_chosen[firsts], scores.is_chosen[seconds]
    pairs = [(scores.labels[a], scores.labels[b]) for a, b in zip(firsts, seconds, strict=True)]
    moved = Counter(pair for pair in pairs if pair[0] != pair[1])
    change = with_second.astype(np.float64) - with_first.astype(np.float64)
    moves = sorted(moved.items(), key=lambda item: (-item[1], item[0]))
    return Flips(
        (int(with_first.sum()), int(with_second.sum())),
        mean_interval(change, random),
        share(moved.total(), len(pairs)),
        moved.total(),
        tuple(Move(first, second, texts) for (first, second), texts in moves),
    )


def _tell(reading: _Reading, scores: _Scores) -> SwappedText:
    before, after = scores.places[reading.text], scores.places[reading.swapped]
    return SwappedText(
        reading.row,
        reading.text,
        reading.swapped,
        reading.places,
        float(scores.margins[before]),
        float(scores.margins[after]),
        float(scores.means[before]),
        float(scores.means[after]),
        scores.labels[before],
        scores.labels[after],
    )


def _pair_effects(
    swaps: SwapList, readings: Sequence[_Reading], scores: _Scores
) -> tuple[PairEffect, ...]:
    """Return the effect of each pair that a text holds, in the order of the list."""
    held = [(pair, [r for r in readings if pair in r.by_pair]) for pair in range(len(swaps.pairs))]
    held = [(pair, holding) for pair, holding in held if holding]
    changes, means = [], []
    for pair, holding in held:
        versions = [reading.by_pair[pair] for reading in holding]
        change, mean_change = scores.change([a for a, _ in versions], [b for _, b in versions])
        changes.append(change)
        means.append(float(mean_change.mean()))
    tests = holm_intervals(changes)
    tried = sum(len(change) >= FEWEST_TESTED for change in changes)
    effects = []
    for (pair, holding), mean, (tested, p_value) in zip(held, means, tests, strict=True):
        forward = sum(reading.by_pair[pair][0] == reading.text for reading in holding)
        backward = sum(reading.by_pair[pair][1] == reading.text for reading in holding)
        texts = len(holding)
        counts = (texts, forward, backward, texts - forward - backward)
        effects.append(PairEffect(*swaps.pairs[pair], *counts, tested, mean, p_value, tried))
    return tuple(effects)


def _note(holding: int, read: int, swaps: SwapList) -> str:
    """Say what a reader should keep in mind about this result."""
    notes = []
    if holding == 0:
        notes.append("No text holds a word of the list.")
    elif holding < FEW_TEXTS:
        notes.append(
            f"Only {plural(holding, 'text')} {'holds' if holding == 1 else 'hold'} a word of the"
            " list: too few to rule an effect out."
        )
    if read < holding:
        notes.append(f"{count(read)} of the {count(holding)} texts that hold a word were read.")
    if swaps.ambiguous:
        verb = "stands" if len(swaps.ambiguous) == 1 else "stand"
        notes.append(
            f"{listing(list(swaps.ambiguous))} {verb} in more than one pair, of which the first"
            " is used."
        )
    return " ".join(notes)
