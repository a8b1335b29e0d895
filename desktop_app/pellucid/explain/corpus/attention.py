"""What the attention heads of a transformer look at in one text. This is not an explanation."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pellucid.core.errors import UserError
from pellucid.core.run import Run
from pellucid.data.tokens import Token, tokens_of
from pellucid.encoders.transformer import most_tokens_of
from pellucid.explain.corpus.network_types import HeadPattern, HeadSummary, Piece, TextAttention

Floats = NDArray[np.float64]
MOST_PIECES = 128
NOTE = (
    "Attention shows where a head looks, not why the text is predicted so: very different"
    " attention can give the same prediction (Jain and Wallace 2019)."
)
_CHARACTERS = 20
"""Of a text, this many characters a piece are looked at."""
_MAIN_SHARE = 0.5
_BROAD = 0.8


def attend(
    model: Any, tokenizer: Any, text: str, run: Run, most_pieces: int = MOST_PIECES
) -> TextAttention:
    """Return where every head of `model` looks in `text`, with a summary of each.

    `model` is a transformers model with its fast `tokenizer`, or a classifier on one. A text of
    more than `most_pieces` pieces is cut there. Words are Pellucid's tokens. Raises `UserError`
    where the tokenizer gives no places or the model no attention.

    Source: Clark et al. (2019), "What does BERT look at?", BlackboxNLP; Jain and Wallace (2019),
    "Attention is not explanation", NAACL.
    """
    run.progress("Reading the attention heads")
    run.check()
    if not tokenizer.is_fast:
        raise UserError(
            "The model's tokenizer does not say where its pieces stand in the text",
            "Choose a model that has a fast tokenizer (a file tokenizer.json).",
        )
    if getattr(model.config, "is_encoder_decoder", False):
        model = model.get_encoder()
    read = text[: most_pieces * _CHARACTERS].encode("utf-8", "replace").decode("utf-8")
    coded = tokenizer(
        read,
        truncation=True,
        max_length=most_tokens_of(model, tokenizer, most_pieces),
        return_offsets_mapping=True,
        return_special_tokens_mask=True,
        return_tensors="pt",
    )
    places = coded.pop("offset_mapping")[0].tolist()
    special = coded.pop("special_tokens_mask")[0].tolist()
    names = tokenizer.convert_ids_to_tokens(coded["input_ids"][0].tolist())
    words = tokens_of(read)
    pieces = tuple(
        _piece(name, text, start, end, bool(is_special), words)
        for name, (start, end), is_special in zip(names, places, special, strict=True)
    )
    maps = _maps(model, dict(coded))
    run.check()
    last = max((piece.end for piece in pieces), default=0)
    return TextAttention(
        text,
        pieces,
        tuple((word.start, word.end) for word in words),
        maps,
        summarise_heads(maps, pieces, [word.text for word in words]),
        len(read) < len(text) or any(word.start >= last for word in words),
        NOTE,
    )


def word_maps(attention: TextAttention) -> tuple[tuple[int, ...], NDArray[np.float32]]:
    """Return the words that were read, and their attention, (layers, heads, words, words).

    What a word gets is the sum over its pieces, what it gives their mean (Clark et al. 2019). Rows
    sum to less than 1: what goes to special pieces is left out.
    """
    owners = np.asarray([piece.word for piece in attention.pieces], dtype=np.intp)
    read = np.unique(owners[owners >= 0])
    belongs = (owners[:, None] == read).astype(np.float32)
    got = attention.maps @ belongs
    given = np.swapaxes(got, -1, -2) @ (belongs / np.maximum(belongs.sum(axis=0), 1))
    return tuple(read.tolist()), np.asarray(np.swapaxes(given, -1, -2), dtype=np.float32)


def summarise_heads(
    maps: NDArray[np.float32], pieces: Sequence[Piece], words: Sequence[str]
) -> tuple[HeadSummary, ...]:
    """Return a summary of every head of `maps`, averaged over the pieces that are not special.

    `words` are the texts of the words that `pieces` belong to. Where all pieces are special, the
    average is over all of them.
    """
    is_special = np.asarray([piece.is_special for piece in pieces], dtype=bool)
    owners = np.asarray([piece.word for piece in pieces], dtype=np.intp)
    rows = np.flatnonzero(~is_special) if (~is_special).any() else np.arange(len(pieces))
    targets = _targets(is_special, owners, words)
    places = np.arange(len(pieces))
    steps = np.abs(places[:, None] - places)
    attention = maps[:, :, rows].astype(np.float64)
    logs = np.log(np.maximum(attention, 1e-12))
    entropy = -(attention * logs).sum(axis=-1).mean(axis=-1)
    distance = (attention * steps[rows]).sum(axis=-1).mean(axis=-1)
    shares = {
        name: (attention * target[rows]).sum(axis=-1).mean(axis=-1)
        for name, target in targets.items()
    }
    found = []
    for layer, head in np.ndindex(maps.shape[0], maps.shape[1]):
        of_head = {name: float(share[layer, head]) for name, share in shares.items()}
        spread = float(entropy[layer, head])
        pattern = _pattern_of(of_head, spread / np.log(max(2, len(pieces))))
        away = float(distance[layer, head])
        found.append(HeadSummary(layer, head, away, spread, **of_head, pattern=pattern))
    return tuple(found)


def _piece(
    name: str, text: str, start: int, end: int, is_special: bool, words: Sequence[Token]
) -> Piece:
    """Give a piece the word that it overlaps first."""
    overlap = (i for i, word in enumerate(words) if word.start < end and start < word.end)
    word = -1 if is_special else next(overlap, -1)
    return Piece(name if is_special else text[start:end] or name, start, end, word, is_special)


def _maps(model: Any, coded: dict[str, Any]) -> NDArray[np.float32]:
    """Run the model with attention spelled out, and leave it as it was."""
    import torch

    before = model.config._attn_implementation
    was_training = model.training
    device = next(model.parameters()).device
    model.set_attn_implementation("eager")
    model.eval()
    try:
        with torch.inference_mode():
            inputs = {name: value.to(device) for name, value in coded.items()}
            layers = model(**inputs, output_attentions=True).attentions
    finally:
        model.set_attn_implementation(before)
        model.train(was_training)
    if not layers or layers[0] is None:
        raise UserError(
            "This model has no attention heads that could be shown",
            "Choose a transformer with attention, such as BERT.",
        )
    maps = torch.stack([layer[0].float().cpu() for layer in layers])
    return np.asarray(maps.numpy(), dtype=np.float32)


def _targets(
    is_special: NDArray[np.bool_], owners: NDArray[np.intp], words: Sequence[str]
) -> dict[str, Floats]:
    """Return which pieces count as what for each piece, (pieces, pieces) of 0 and 1."""
    size = len(owners)
    kinds = {word: kind for kind, word in enumerate(dict.fromkeys(words))}
    kind_of = np.asarray([kinds[words[i]] if i >= 0 else -1 for i in owners], dtype=np.intp)
    is_word = owners >= 0
    itself = np.eye(size, dtype=bool)
    own = itself | ((owners[:, None] == owners) & is_word)
    same = (kind_of[:, None] == kind_of) & is_word & ~own
    first = np.zeros((size, size), dtype=bool)
    first[:, :1] = True
    masks = {
        "special": np.broadcast_to(is_special, (size, size)),
        "first": first,
        "previous": np.eye(size, k=-1, dtype=bool),
        "next": np.eye(size, k=1, dtype=bool),
        "own_word": own,
        "same_word": same,
    }
    return {name: mask.astype(np.float64) for name, mask in masks.items()}


def _pattern_of(shares: dict[str, float], relative_entropy: float) -> HeadPattern:
    """Name what takes more than half of a head's attention, the narrowest first."""
    named: tuple[tuple[str, HeadPattern], ...] = (
        ("previous", "previous piece"),
        ("next", "next piece"),
        ("own_word", "own word"),
        ("first", "first piece"),
        ("special", "special pieces"),
    )
    for name, pattern in named:
        if shares[name] > _MAIN_SHARE:
            return pattern
    return "broad" if relative_entropy > _BROAD else "mixed"
