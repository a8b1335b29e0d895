"""Editing a keyword tree as a job: a real fit, the edited model in its file, its project, words."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from pellucid.core.errors import UserError
from pellucid.core.run import Run
from pellucid.core.values import from_json, to_json
from pellucid.engine.jobs import JOBS
from pellucid.explain.edit_effects import EditEffect
from pellucid.explain.tokens.types import TokenExplanation
from pellucid.models.edited_trees import tree_over
from pellucid.models.files import load_fit
from pellucid.models.keyword_tree.tree import KeywordTree
from pellucid.models.types import FitSummary


def do(name: str, /, **params: Any) -> Any:
    """Run a job as the worker does, through JSON both ways."""
    return to_json(JOBS[name](Run(workers=1), **json.loads(json.dumps(to_json(params)))))


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Return a table of mails and a tree fitted on it, beside a column that matters too."""
    random = np.random.default_rng(4)
    words = ("refund", "thanks", "lamp", "parcel", "monday", "blue", "late", "kind")
    lines = ["mail,age,asks"]
    for _ in range(500):
        told = [word for word in words if random.random() < 0.35] or ["hm"]
        age = int(random.integers(20, 80))
        asks = ("refund" in told and "thanks" not in told) or age > 70
        lines.append(f"{' '.join(told)},{age},{'yes' if asks ^ (random.random() < 0.05) else 'no'}")
    path = tmp_path_factory.mktemp("mails") / "mails.csv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PELLUCID_HOME", str(tmp_path_factory.mktemp("home")))
        store = do("open", path=path)["store"]
        options = {"target": "asks", "kind": "tree", "encoder": "none", "quality": "preview",
                   "texts": ["mail"]}  # fmt: skip
        return {"store": store, "fit": do("fit", store=store, options=options)["fit"]}


def tree_in(fit: str) -> KeywordTree:
    return tree_over(load_fit(Path(fit)).model, "mail")


def test_an_edit_gives_another_fit_and_leaves_the_first(shelf: dict[str, str]) -> None:
    tree = tree_in(shelf["fit"])
    assert "refund" in {word for node in tree.nodes for word in node.keywords}
    node = next(node for node in tree.nodes if "refund" in node.keywords)
    same = {"store": shelf["store"], "column": "mail", "node": node.id}
    made = do("edit_tree", fit=shelf["fit"], action="keyword added", keyword="Monday", **same)
    effect, summary = from_json(EditEffect, made["effect"]), from_json(FitSummary, made["summary"])

    after = tree_in(made["fit"])
    assert "monday" in after.node(node.id).keywords
    assert tree_in(shelf["fit"]).edits == ()
    assert effect.rows == load_fit(Path(made["fit"])).summary.rows["validation"] > 0
    assert effect.loss.value > 0  # a word that means nothing costs something
    assert summary.is_edited
    before = load_fit(Path(shelf["fit"])).summary.test.metrics["log_loss"].value
    assert summary.test.metrics["log_loss"].value > before
    back = do("edit_tree", fit=made["fit"], action="keyword removed", keyword="monday", **same)
    margins = [
        load_fit(Path(fit)).model.margin(
            {"mail": np.array(["refund", "lamp blue", ""], dtype=object), "age": np.full(3, 40.0)}
        )
        for fit in (shelf["fit"], back["fit"])
    ]
    assert margins[0] == pytest.approx(margins[1])
    assert [edit.action for edit in tree_in(back["fit"]).edits] == [
        "keyword added", "keyword removed",
    ]  # fmt: skip


def test_the_edited_tree_is_saved_written_up_and_explains_texts(
    shelf: dict[str, str], tmp_path: Path
) -> None:
    root = tree_in(shelf["fit"]).root
    made = do("edit_tree", fit=shelf["fit"], store=shelf["store"], column="mail",
              action="node removed", node=root.id)  # fmt: skip
    project = tmp_path / "mails.pellucid"
    do("save_project", store=shelf["store"], fit=made["fit"], path=project)
    opened = do("open_project", path=project)

    assert tree_in(opened["fit"]).edits[0].action == "node removed"
    assert from_json(FitSummary, opened["summary"]).is_edited
    words = do("write", store=shelf["store"], fit=made["fit"])
    assert any("edited by hand" in claim["text"] for claim in words["claims"])
    told = from_json(TokenExplanation, do("explain_text", fit=made["fit"], text="refund please"))
    assert told.way is not None
    assert told.way.steps == ()


def test_what_cannot_be_edited_is_said(shelf: dict[str, str], tmp_path: Path) -> None:
    root = tree_in(shelf["fit"]).root
    edit = {"fit": shelf["fit"], "column": "mail", "action": "keyword removed", "node": root.id}
    with pytest.raises(UserError, match="not one of the keywords"):
        do("edit_tree", store=shelf["store"], keyword="zebra", **edit)
    with pytest.raises(UserError, match="no keyword tree over age"):
        do("edit_tree", store=shelf["store"], keyword="x", **{**edit, "column": "age"})
    other = tmp_path / "other.csv"
    other.write_text("mail,age,asks\n" + "refund,30,yes\nlamp,40,no\n" * 30, encoding="utf-8")
    store = do("open", path=other)["store"]
    with pytest.raises(UserError, match="not the one that this tree was fitted on"):
        do("edit_tree", store=store, keyword="x", **{**edit, "action": "keyword added"})


@pytest.mark.parametrize("job", ["sanity", "faithfulness"])
def test_a_trees_explanations_are_tested(shelf: dict[str, str], job: str) -> None:
    found = do(job, fit=shelf["fit"], store=shelf["store"], texts=12)
    if job == "sanity":
        assert [check["name"] for check in found["checks"]] == ["weights randomised"]
    else:
        assert found["comparison"]["methods"]["exact"]["gain"]["value"] > 0
