"""Each job: plain JSON in, values out, the same as the window sees them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from pellucid.core.errors import UserError
from pellucid.core.run import Run
from pellucid.core.values import from_json, to_json
from pellucid.data.types import Profile
from pellucid.engine.jobs import JOBS
from pellucid.engine.stores import load_store, profile_of


def do(name: str, **params: Any) -> Any:
    """Run a job as the worker does, through JSON both ways."""
    given = json.loads(json.dumps(to_json(params)))
    return to_json(JOBS[name](Run(), **given))


@pytest.fixture
def store(birds: Path) -> str:
    found: str = do("open", path=birds)["store"]
    return found


def test_every_job_is_where_it_is_looked_for() -> None:
    for job in JOBS.values():
        with pytest.raises(TypeError, match="unexpected keyword argument"):
            job(Run(), what_no_job_takes=True)


def test_open_takes_what_the_user_knows_better(tmp_path: Path) -> None:
    path = tmp_path / "bare.csv"
    path.write_text("1,x\n2,y\n3,x\n")

    opened = do("open", path=path, reading={"header_rows": 0, "kinds": {"column 1": "category"}})

    assert opened["rows"] == 3
    assert opened["columns"][0]["kind"] == "category"


def test_another_kind_gives_a_store_of_its_own(store: str) -> None:
    changed = do("set_kinds", store=store, kinds={"year": "category"})

    kinds = {column["name"]: column["kind"] for column in changed["columns"]}
    assert kinds["year"] == "category"
    assert changed["store"] != store
    assert {c["name"]: c["kind"] for c in do("profile", store=changed["store"])["columns"]} == kinds


def test_a_profile_is_kept_beside_its_store(store: str) -> None:
    first = do("profile", store=store)

    (kept,) = Path(store).parent.glob("*.profile-*")
    with load_store(store) as table:
        assert to_json(profile_of(table, Run())) == first
    kept.write_text("damaged")
    assert do("profile", store=store) == first
    assert from_json(Profile, json.loads(kept.read_text())).rows == 40


def test_rows_are_filtered_sorted_and_found(store: str) -> None:
    wanted = {"column": "species", "test": "is", "values": ["Adelie"]}

    rows = do("rows", store=store, filters=[wanted], sort=[["flipper", "descending"]])["rows"]

    assert rows == list(range(39, 0, -2))
    assert do("rows", store=store, find="219")["rows"] == [39]
    assert len(do("rows", store=store)["rows"]) == 40


def test_a_target_is_suggested_with_the_reason(store: str) -> None:
    suggestions = do("suggest_target", store=store)

    assert suggestions[0][0] == "species"
    assert all(why for _, why in suggestions)


def test_a_store_that_was_cleared_is_said(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="no longer in the cache"):
        do("profile", store=tmp_path / "gone.json")
