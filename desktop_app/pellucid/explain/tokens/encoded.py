"""A text as a network reads it: its pieces, each with its place in the text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pellucid.core.errors import UserError
from pellucid.encoders.quiet import quiet
from pellucid.encoders.transformer import MOST_CHARACTERS
from pellucid.explain.tokens.scorer import Floats
from pellucid.models.black_box.classifier import SequenceClassifier


@dataclass(frozen=True, slots=True)
class Encoded:
    """A text as a classifier reads it: token ids, its pieces, and each token's piece or -1."""

    ids: tuple[int, ...]
    pieces: tuple[tuple[str, int, int], ...]
    owners: NDArray[np.intp]
    note: str

    def gathered(self, values: Floats) -> tuple[Floats, Floats]:
        """Add up tokens' values (tokens, C) by piece (pieces, C); the rest is the frame's (C,)."""
        scores = np.zeros((len(self.pieces), values.shape[1]))
        inside = self.owners >= 0
        np.add.at(scores, self.owners[inside], values[inside])
        return scores, np.asarray(values[~inside].sum(axis=0))


def encode(classifier: SequenceClassifier, text: str) -> Encoded:
    """Return `text` as the classifier reads it; raises `UserError` without a fast tokenizer.

    Tokens that stand for the same characters, as the bytes of an emoji do, are one piece.
    """
    tokenizer = classifier.tokenizer
    if not tokenizer.is_fast:
        raise UserError(
            "The model's tokenizer does not say which characters its tokens stand for",
            "Choose a model that comes with a tokenizer.json.",
        )
    clean = text[:MOST_CHARACTERS].encode("utf-8", "replace").decode("utf-8")
    with quiet():
        coded = tokenizer(
            clean,
            truncation=True,
            max_length=classifier.most_tokens,
            return_offsets_mapping=True,
            return_special_tokens_mask=True,
        )
    spans = [
        None if is_special else (int(start), int(end))
        for (start, end), is_special in zip(
            coded["offset_mapping"], coded["special_tokens_mask"], strict=True
        )
    ]
    places, owners = _pieces(clean, spans)
    pieces = tuple((text[start:end], start, end) for start, end in places)
    end = max((end for _, end in places), default=0)
    was_cut = bool(coded.encodings[0].overflowing) or len(text) > MOST_CHARACTERS
    note = f"The model read the first {end:,} characters only." if was_cut else ""
    ids = tuple(coded["input_ids"])
    if not ids:
        return Encoded((tokenizer.pad_token_id,), (), np.array([-1], dtype=np.intp), note)
    return Encoded(ids, pieces, owners, note)


def _pieces(
    text: str, spans: Sequence[tuple[int, int] | None]
) -> tuple[list[tuple[int, int]], NDArray[np.intp]]:
    """Return the spans of the pieces, blanks around them trimmed, and each token's piece or -1.

    A token without characters of its own goes to the piece after it, or else to the one before.
    """
    places: list[tuple[int, int]] = []
    owners = np.full(len(spans), -1, dtype=np.intp)
    empty: list[int] = []
    for token, span in enumerate(spans):
        if span is None:
            continue
        start, end = _trimmed(text, *span)
        if start == end:
            empty.append(token)
            continue
        if places and start < places[-1][1]:
            places[-1] = (places[-1][0], max(end, places[-1][1]))
        else:
            places.append((start, end))
        owners[[*empty, token]] = len(places) - 1
        empty = []
    if places:
        owners[empty] = len(places) - 1
    return places, owners


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    piece = text[start:end]
    if not piece.strip():
        return start, end
    return start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip())
