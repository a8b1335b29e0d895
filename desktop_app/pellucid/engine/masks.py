"""What of a table is masked, and which of its facts can be told to a language model at all."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from pellucid.core.run import Run
from pellucid.data.personal import Personal, find_personal, is_plain_header
from pellucid.engine.cell_starts import CellStarts, cell_starts, start_sql
from pellucid.engine.stores import read_beside, write_beside
from pellucid.facts.slots import slots_of
from pellucid.facts.types import Fact, FactKind
from pellucid.writing.orders import MaskChoice
from pellucid.writing.privacy.masking import SHORT, Masks, salt_of_this_machine

if TYPE_CHECKING:
    from pellucid.data.table import Table

_FORMAT = 1
_REMEMBERED = 1_000
_PREFIX = 24
"""Facts cut long cells; so many characters are enough to know one again."""
_SAY_NO_CELLS: frozenset[FactKind] = frozenset(
    {"count", "missingness", "importance", "association", "metric", "baseline", "definition"}
)
_QUOTE_TEXTS: frozenset[FactKind] = frozenset(
    {"ngram", "distinctive", "cluster", "duplicates", "text", "token"}
)


@dataclass(frozen=True, slots=True)
class PersonalColumns:
    """What was found of a table, as it is kept beside its store."""

    columns: tuple[Personal, ...]


def personal_of(table: Table, run: Run) -> tuple[Personal, ...]:
    """Return the columns that look personal, from beside the table's store if known already."""
    path = table.store.with_suffix(f".personal-{_FORMAT}")
    known = read_beside(PersonalColumns, path)
    if known is None:
        known = PersonalColumns(find_personal(table, run))
        write_beside(known, path)
    return known.columns


def masked_columns(table: Table, choice: MaskChoice, run: Run) -> tuple[str, ...]:
    """Return the names of the columns that are masked, sorted; unknown names are an error."""
    for name in (*choice.hide, *choice.show, *(column for column, _ in choice.levels)):
        table.column(name)
    found = {item.column for item in personal_of(table, run)} | set(choice.hide)
    return tuple(sorted(found - set(choice.show)))


def masks_of(
    table: Table, facts: Sequence[Fact], choice: MaskChoice, common: Collection[str], run: Run
) -> Masks:
    """Return the masks for what is told of a table."""
    masked = masked_columns(table, choice, run)
    shown_mail = {p.column for p in personal_of(table, run) if p.what == "e-mail"}
    names = tuple(name for name in masked if not is_plain_header(name))
    return Masks(
        salt_of_this_machine(),
        find=_finder(table, masked, choice.levels),
        names=names,
        phrases=_phrases(table, facts, masked, choice.levels),
        common=common,
        masks_mail=not shown_mail & set(choice.show),
    )


def tellable(table: Table, facts: Iterable[Fact], masked: Collection[str]) -> tuple[Fact, ...]:
    """Return the facts whose figures and quotations are none of a masked column's own cells.

    A cell that is a word has a stand-in; a figure in the middle of a sentence, or a piece of a
    text, cannot have one, so such facts are not told at all.
    """
    kinds = {name: table.column(name).kind for name in masked}

    def is_told(fact: Fact) -> bool:
        about = {*fact.subject, fact.origin.part, *re.split(r" [x×&] ", fact.origin.part)}
        for name in about & kinds.keys():
            numeric = kinds[name] in ("number", "datetime", "identifier")
            if (numeric and fact.kind not in _SAY_NO_CELLS) or fact.kind in _QUOTE_TEXTS:
                return False
        return True

    return tuple(fact for fact in facts if is_told(fact))


def _finder(
    table: Table, masked: Sequence[str], levels: Sequence[tuple[str, str]]
) -> Callable[[str], frozenset[str]]:
    """Return what finds a table's masked cells in a text, also where facts have cut them.

    Requests to a model repeat most of their texts, so what was found is remembered.
    """

    starts: dict[str, CellStarts] = {}

    def may_hold(name: str, flat: str) -> bool:
        if name not in starts:
            starts[name] = cell_starts(table, name, _PREFIX)
        return starts[name].may_stand_in(flat)

    @lru_cache(_REMEMBERED)
    def find(text: str) -> frozenset[str]:
        flat = _flat(_unescaped(text))
        found = {level for _, level in levels if level and _flat(level) in flat}
        found = found.union(*(_cut_in(flat, level) for _, level in levels))
        held = [name for name in masked if may_hold(name, flat)]
        with table.cursor() as cursor:
            for name in held:
                sql = (
                    f"SELECT DISTINCT trim(c{table.position(name)}) FROM cells "
                    f"WHERE contains(?, {start_sql(table, name, _PREFIX)})"
                )
                for (value,) in cursor.execute(sql, [flat]).fetchall():
                    found |= _as_told(flat, value)
        return frozenset(found)

    return find


def _as_told(flat: str, value: str) -> set[str]:
    """Return a cell if it stands in the text as a whole, and the beginnings that stand there."""
    whole = {value} if _flat(value) in flat else set()
    return whole | _cut_in(flat, value)


def _cut_in(flat: str, value: str) -> set[str]:
    """Return the longest beginnings of a long cell that stand in the text."""
    tidy, whole = " ".join(value.split()), _flat(value)
    found: set[str] = set()
    if len(whole) < _PREFIX:
        return found
    place = flat.find(whole[:_PREFIX])
    while place >= 0:
        same = _PREFIX
        while same < len(whole) and flat[place + same : place + same + 1] == whole[same]:
            same += 1
        found.add(tidy[:same].rstrip())
        place = flat.find(whole[:_PREFIX], place + 1)
    return found


def _flat(text: str) -> str:
    """Return a text in small letters and one line, with the quotation marks that slots use."""
    return " ".join(text.lower().replace("“", "‘").replace("”", "’").split())


def _unescaped(text: str) -> str:
    """Return a text followed by what it says where it is JSON."""
    if "\\" not in text:
        return text
    plain = re.sub(r"\\u([0-9a-fA-F]{4})", lambda found: chr(int(found[1], 16)), text)
    said = re.sub(r"\\(.)", _escaped, plain)
    return f"{text}\n{said}"


def _escaped(found: re.Match[str]) -> str:
    return {"n": "\n", "t": "\t", "r": "\r"}.get(found[1], found[1])


def _phrases(
    table: Table,
    facts: Iterable[Fact],
    masked: Collection[str],
    levels: Sequence[tuple[str, str]],
) -> Mapping[str, tuple[str, ...]]:
    """Return the phrases of facts that hold short cells of masked columns, with those cells."""
    short: dict[str, tuple[str, ...]] = {}
    for name in {*masked, *(column for column, _ in levels)}:
        only = {level for column, level in levels if column == name}
        cells = only if name not in masked else _short_cells(table, name)
        if cells:
            short[name] = tuple(sorted(cells))
    found: dict[str, tuple[str, ...]] = {}
    for fact in facts:
        own = tuple(cell for name in fact.subject for cell in short.get(name, ()))
        if not own:
            continue
        for phrase in {fact.text, *slots_of(fact).values()}:
            held = tuple(c for c in own if re.search(rf"(?<!\w){re.escape(c)}(?!\w)", phrase))
            if held and len(phrase) >= SHORT:
                found[phrase] = (*found.get(phrase, ()), *held)
    return found


def _short_cells(table: Table, name: str) -> set[str]:
    """Return a column's cells that are too short, or may be too ordinary, to be masked alone."""
    cell = f"c{table.position(name)}"
    sql = f"SELECT DISTINCT trim({cell}) FROM cells WHERE length(trim({cell})) BETWEEN 1 AND 20"
    with table.cursor() as cursor:
        rows: list[Any] = cursor.execute(f"{sql} LIMIT 2000").fetchall()
    return {row[0] for row in rows}
