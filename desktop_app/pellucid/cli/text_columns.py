"""What a fit made of its columns of texts: n-grams, leaves or a transformer, and whose encoder."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pellucid.cli.console import Console
from pellucid.core.numbers import count, plural
from pellucid.core.values import to_json
from pellucid.engine.loading import AnyModel
from pellucid.models.additive import AdditiveModel
from pellucid.models.texts import EncoderNote


@dataclass(frozen=True, slots=True)
class ReadText:
    """How a model reads a column: by `pieces` n-grams of up to `orders` tokens, or leaves.

    A transformer has no pieces to count. `encoder` is None where the scores came from no encoder.
    """

    column: str
    kind: str
    pieces: int = 0
    orders: int = 0
    encoder: EncoderNote | None = None


def read_texts(model: AnyModel) -> tuple[ReadText, ...]:
    """Return how a model of any kind reads its columns of texts."""
    if not isinstance(model, AdditiveModel):
        note = EncoderNote(_name_of(model.folder), "", True, str(model.folder), True)
        return (ReadText(model.column, "transformer", encoder=note),)
    found = [
        ReadText(term.column, "ngrams", len(term.ngrams), term.orders, term.encoder)
        for term in model.texts
    ]
    trees = [axis.tree for term in model.terms for axis in term.axes if axis.tree is not None]
    found += [
        ReadText(tree.column, "leaves", len(tree.leaves), tree.orders, tree.encoder)
        for tree in trees
    ]
    return tuple(found)


def _name_of(folder: Any) -> str:
    from pellucid.encoders.folders import check_folder

    return check_folder(folder).name


def terms_of(model: AnyModel) -> list[str]:
    """Return the names of a model's terms, those over texts first; none of a transformer."""
    return [term.name for term in model.all_terms] if isinstance(model, AdditiveModel) else []


def texts_document(texts: Sequence[ReadText]) -> dict[str, Any]:
    """Give the columns of texts, and the encoder that their scores came from, None for none."""
    notes = [text.encoder for text in texts if text.encoder is not None]
    columns = []
    for text in texts:
        entry: dict[str, Any] = {"column": text.column, "kind": text.kind}
        if text.kind != "transformer":
            entry |= {text.kind: text.pieces, "orders": text.orders}
        columns.append(entry)
    return {"texts": columns, "encoder": to_json(notes[0]) if notes else None}


def tell_texts(texts: Sequence[ReadText], console: Console) -> None:
    """Say how each column of texts was read."""
    for text in texts:
        if text.kind == "transformer":
            console.line(f"{text.column}: read by {_whose(text)}")
        elif text.kind == "leaves":
            console.line(f"{text.column}: a tree with {plural(text.pieces, 'leaf', 'leaves')}")
        else:
            longest = plural(text.orders, "token")
            console.paragraph(
                f"{text.column}: {count(text.pieces)} n-grams of up to {longest}, {_whose(text)}"
            )


def _whose(text: ReadText) -> str:
    note = text.encoder
    if note is None:
        return "each scored for itself, since vectors made no better scores on held-out rows"
    name = note.name.removesuffix(", tuned")
    return f"{name}, tuned on this task" if note.is_tuned else name
