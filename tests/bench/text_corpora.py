"""The collections of texts that the n-gram model is measured on, each split the same way always."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from figures import REAL_DATA

TEST_SHARE = 0.2
VALIDATION_SHARE = 0.1
SEED = 0
Rows = list[tuple[str, str]]


@dataclass(frozen=True)
class Corpus:
    """Texts with labels: those to learn from, and those to test on.

    `validation` are the places among `train` that choose between variants of a rival.
    """

    name: str
    train: Rows = field(repr=False)
    test: Rows = field(repr=False)
    validation: tuple[int, ...] = field(repr=False)

    @property
    def test_texts(self) -> list[str]:
        return [text for text, _ in self.test]

    @property
    def test_labels(self) -> list[str]:
        return [label for _, label in self.test]

    def write(self, folder: Path) -> tuple[Path, Path]:
        """Write both parts as CSV with the columns `text` and `label`; return where they are."""
        return _write(folder / "train.csv", self.train), _write(folder / "test.csv", self.test)


def _write(path: Path, rows: Rows) -> Path:
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, quoting=csv.QUOTE_ALL)
        writer.writerow(["text", "label"])
        writer.writerows(rows)
    return path


def dealt(name: str, rows: Rows) -> Corpus:
    """Return a corpus whose test part is dealt by a fixed seed."""
    order = np.random.default_rng(SEED).permutation(len(rows))
    test = round(TEST_SHARE * len(rows))
    train = [rows[i] for i in order[test:]]
    return Corpus(name, train, [rows[i] for i in order[:test]], _places(len(train)))


def given(name: str, train: Rows, validation: Rows, test: Rows) -> Corpus:
    """Return a corpus that came in parts; a validation part is learned from as well."""
    if not validation:
        return Corpus(name, train, test, _places(len(train)))
    places = range(len(train), len(train) + len(validation))
    return Corpus(name, train + validation, test, tuple(places))


def _places(rows: int) -> tuple[int, ...]:
    order = np.random.default_rng([SEED, 1]).permutation(rows)
    return tuple(order[: round(VALIDATION_SHARE * rows)].tolist())


def _lines(place: str, encoding: str = "utf-8") -> Iterator[str]:
    text = (REAL_DATA / place).read_text(encoding=encoding)
    return (line.strip() for line in text.split("\n") if line.strip())


def _split(lines: Iterator[str], mark: str) -> Rows:
    parts = (line.rpartition(mark) for line in lines)
    return [(text.strip(), label.strip()) for text, _, label in parts]


def _fpb() -> Corpus:
    lines = _lines("financial_phrasebank/Sentences_50Agree.txt", "latin-1")
    return dealt("FPB", _split(lines, "@"))


def _rotten_tomatoes() -> Corpus:
    found: Rows = []
    for part, label in (("pos", "positive"), ("neg", "negative")):
        lines = _lines(f"rotten_tomatoes/rt-polarity.{part}", "latin-1")
        found += [(line, label) for line in lines]
    return dealt("RT", found)


def _sst2() -> Corpus:
    names = {"0": "negative", "1": "positive"}
    parts = [
        [(text, names[label]) for text, label in _split(_lines(f"sst2/sentiment-{part}.tsv"), "\t")]
        for part in ("train", "dev", "test")
    ]
    return given("SST-2", *parts)


def _emotion() -> Corpus:
    parts = [
        _split(_lines(f"emotion/{part}.txt"), ";")[1:] for part in ("train", "val", "test")
    ]  # fmt: skip
    return given("Emotion", *parts)


def _sms() -> Corpus:
    place = REAL_DATA / "sms_spam" / "sms_spam.csv"
    with place.open(encoding="utf-8-sig", newline="") as file:
        return dealt("SMS spam", [(row["text"], row["type"]) for row in csv.DictReader(file)])


def _trec() -> Corpus:
    lines = (line.split(" ", 1) for line in _lines("trec/train_5500.label"))
    return dealt("TREC", [(text, label.partition(":")[0]) for label, text in lines])


CORPORA: dict[str, Callable[[], Corpus]] = {
    "fpb": _fpb,
    "rt": _rotten_tomatoes,
    "sst2": _sst2,
    "emotion": _emotion,
    "sms": _sms,
    "trec": _trec,
}


def texts_of(key: str, most: int) -> Sequence[str]:
    """Return the first `most` test texts of a corpus."""
    return CORPORA[key]().test_texts[:most]
