"""The job that edits a keyword tree: the edited model, and what the edit does on held-out rows."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from numpy.typing import NDArray

from pellucid.core.errors import UserError
from pellucid.core.run import Run
from pellucid.engine import fits
from pellucid.engine.loading import load_readable, save_any
from pellucid.engine.stores import load_store
from pellucid.models.keyword_tree.editing import with_keyword, without_keyword, without_node
from pellucid.models.keyword_tree.tree import KeywordTree
from pellucid.models.setup import Rows

if TYPE_CHECKING:
    from pellucid.data.table import Table
    from pellucid.models.fit import Fit


def edit_tree(
    run: Run, fit: str, store: str, column: str, action: str, node: int, keyword: str = ""
) -> dict[str, object]:
    """Edit the keyword tree over a column: {fit, summary, effect}; the fit before stays as it is.

    `action` is "keyword added", "keyword removed" or "node removed". `effect` compares both models
    on the validation rows, and is None where there are none.
    """
    from pellucid.explain.edit_effects import edit_effect
    from pellucid.models.edited_trees import tree_over, with_edited_tree

    found = load_readable(Path(fit))
    tree = _edited(tree_over(found.model, column), action, node, keyword)
    run.progress("Counting the texts anew")
    with load_store(store) as table:
        rows = _rows_of(found, table)
    run.check()
    made = with_edited_tree(found, tree, rows)
    columns, truth = rows.of("validation")
    effect = edit_effect(found.model, made.model, columns, truth, rows.split.seed)
    path = fits.new_folder() / "fit.zip"
    save_any(made, path)
    return {"fit": str(path), "summary": made.summary, "effect": effect}


def _edited(tree: KeywordTree, action: str, node: int, keyword: str) -> KeywordTree:
    if action == "node removed":
        return without_node(tree, node)
    change = {"keyword added": with_keyword, "keyword removed": without_keyword}[action]
    return change(tree, node, keyword)


def _rows_of(fit: Fit, table: Table) -> Rows:
    """Return the rows that a fit was made of; raises `UserError` where the table is another."""
    from pellucid.engine.predictions import row_columns
    from pellucid.models.held_out import truth_of

    split = fit.split
    is_same = fit.summary.source_fingerprint in ("", table.source.fingerprint)
    if split is None or not is_same or len(split.part) != table.rows:
        raise UserError(
            "The open table is not the one that this tree was fitted on",
            "Open that table, or fit the tree on this one, and edit it then.",
        )
    columns: dict[str, NDArray[Any]] = dict(row_columns(fit.model, table)[0])
    return Rows(columns, truth_of(fit.model.task, table), split)
