"""`cache`: what is kept to save time, and emptying it."""

from __future__ import annotations

from pathlib import Path

from cli_harness import Cli


def test_a_table_that_was_read_is_listed_and_deleted(cli: Cli, tmp_path: Path) -> None:
    table = tmp_path / "a.csv"
    table.write_text("x,y\n" + "\n".join(f"{i},{i * i}" for i in range(50)) + "\n")
    assert cli("open", table).code == 0
    found = {one["kind"]: one["bytes"] for one in cli.json("cache")["kept"]}
    assert found["tables"] > 0

    emptied = cli.json("cache", "--empty", "all")

    assert emptied["deleted_bytes"] == {"tables": found["tables"], "embeddings": 0}
    assert [one["bytes"] for one in emptied["kept"]] == [0, 0]
    assert cli("open", table).code == 0, "what was deleted is made again"


def test_it_reads_as_a_table(cli: Cli) -> None:
    said = cli("cache", "--empty", "embeddings").out
    assert "Deleted 0 bytes of embeddings." in said
    assert "tables that were read, with their profiles" in said
