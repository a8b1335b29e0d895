"""Jobs that look inside a transformer: what its layers know, and where its heads look."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from pellucid.core.errors import UserError
from pellucid.core.run import Run
from pellucid.engine.columns import texts_of
from pellucid.engine.corpora import encoder_folder_of
from pellucid.engine.loading import load_any
from pellucid.engine.stores import load_store
from pellucid.models.black_box.box import BlackBox

if TYPE_CHECKING:
    from pellucid.data.table import Table
    from pellucid.explain.corpus.network_types import HeadsView, LayersView, LookedInto

MOST_COLUMNS = 8
"""Columns that are probed for where none are named, the target first."""
_PROBED = ("number", "category", "boolean")


def probe(
    run: Run,
    store: str,
    column: str,
    fit: str | None = None,
    folder: str | None = None,
    columns: tuple[str, ...] = (),
) -> LayersView:
    """Probe every layer for what it knows of other columns.

    The transformer is that of a `fit`, else the one in `folder`, else that of the extra `offline`.
    """
    from pellucid.explain.corpus.network_types import LayersView
    from pellucid.explain.corpus.probes import probe_texts

    place, network = _network(fit, folder)
    target = load_any(Path(fit)).model.task.target if fit else None
    with load_store(store) as table:
        texts = texts_of(table, column)
        names = tuple(columns) or _columns(table, column, target)
        values: dict[str, NDArray[Any]] = {name: table.values(name) for name in names}
    return LayersView(column, network, probe_texts(place, texts, values, run))


def _columns(table: Table, column: str, target: str | None) -> tuple[str, ...]:
    there = [c.name for c in table.columns if c.kind in _PROBED and c.name != column]
    first = [target] if target in there else []
    return tuple(dict.fromkeys([*first, *there]))[:MOST_COLUMNS]


def heads(run: Run, text: str, fit: str | None = None, folder: str | None = None) -> HeadsView:
    """Show where every attention head looks in a text; the transformer is as in `probe`."""
    from pellucid.encoders.transformer import load_backbone
    from pellucid.explain.corpus.attention import attend, word_maps
    from pellucid.explain.corpus.network_types import HeadsView

    if not text.strip():
        raise UserError("There are no words in this text", "Give a text with words.")
    model = load_any(Path(fit)).model if fit and not folder else None
    place, network = _network(fit, folder)
    if isinstance(model, BlackBox):
        found = attend(model.network.model, model.network.tokenizer, text, run)
    else:
        found = attend(*load_backbone(place), text, run)
    read, maps = word_maps(found)
    # Three decimals are more than can be seen, and keep what crosses the pipe small.
    rounded: NDArray[np.float64] = np.asarray(maps.astype(np.float64).round(3))
    words = tuple(found.words[at] for at in read)
    return HeadsView(text, network, words, rounded, found.heads, found.is_cut, found.note)


def _network(fit: str | None, folder: str | None) -> tuple[Path, LookedInto]:
    """Return the folder of the transformer that is meant, and what it is called.

    Raises `UserError` where there is none.
    """
    from pellucid.encoders.offline import NAME, offline_folder
    from pellucid.explain.corpus.network_types import LookedInto

    if folder:
        return Path(folder), LookedInto(Path(folder).name, is_own=False)
    model = load_any(Path(fit)).model if fit else None
    known = encoder_folder_of(model) if model is not None else None
    offline = offline_folder()
    if known is None and offline is None:
        raise UserError(
            "There is no transformer to look into",
            "Install Pellucid with its extra `offline`, or give the folder of a model.",
        )
    if known is None:
        assert offline is not None
        return offline, LookedInto(NAME, is_own=False)
    is_offline = offline is not None and Path(known).resolve() == offline.resolve()
    name = NAME if is_offline else Path(known).name
    if isinstance(model, BlackBox):
        name = "the transformer that was fitted"
    return Path(known), LookedInto(name, is_own=True)
