"""A clean copy of a table: CSV exactly as read, or typed Parquet."""

from __future__ import annotations

from pathlib import Path

from pellucid.core.errors import UserError
from pellucid.core.paths import whole_file
from pellucid.data.database import literal
from pellucid.data.table import Table


def convert(table: Table, out: Path) -> None:
    """Write `table` to `out`, by its suffix; the file appears whole or not at all.

    `.csv`: UTF-8, commas, one heading row, every cell as read. `.parquet`: numbers as DOUBLE,
    dates as TIMESTAMP (UTC), the rest as text; missing values and misfits are null.
    """
    if out.suffix.lower() == ".csv":
        columns = [f'c{i} AS "{_named(c.name)}"' for i, c in enumerate(table.columns)]
        options = "FORMAT csv, HEADER true, DELIMITER ',', QUOTE '\"', ESCAPE '\"', NULLSTR ''"
    elif out.suffix.lower() == ".parquet":
        columns = [f'{_typed(table, c.name)} AS "{_named(c.name)}"' for c in table.columns]
        options = "FORMAT parquet"
    else:
        raise UserError(
            f"Cannot write {out.suffix or 'a file without a suffix'}",
            "Give a name that ends in .csv or .parquet.",
        )
    with whole_file(out) as temporary, table.cursor() as cursor:
        select = f"SELECT {', '.join(columns)} FROM cells ORDER BY rowid"
        cursor.execute(f"COPY ({select}) TO {literal(str(temporary))} ({options})")


def _named(name: str) -> str:
    return name.replace('"', '""')


def _typed(table: Table, name: str) -> str:
    value = table.value_sql(name)
    return (
        f"make_timestamp(CAST(({value}) * 1e6 AS BIGINT))"
        if table.column(name).kind == "datetime"
        else value
    )
