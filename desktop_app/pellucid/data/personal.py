"""Which columns look personal: by their names, and by how many of their values look so."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from pellucid.core.run import Run
from pellucid.data.table import Table
from pellucid.data.types import Column
from pellucid.data.views import present_sql

What = Literal["e-mail", "phone", "name", "address", "birth date", "number of a person", "id"]
SAMPLE_VALUES: Final = 500
MAIL = re.compile(r"[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]{1,63}(\.[A-Za-z0-9-]{1,63}){1,4}")
_PHONE = re.compile(r"(\+|00)?[\d(][\d ()./-]{5,20}\d")
_IP = re.compile(r"(\d{1,3}\.){3}\d{1,3}|([0-9a-f]{1,4}:){3,7}[0-9a-f]{1,4}", re.IGNORECASE)
_NUMBER = re.compile(
    r"\d{3}-\d{2}-\d{4}|[A-Z]{2}\d{2}[ A-Z0-9]{11,30}|(\d{4}[ -]?){3}\d{3,4}|"
    r"[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}",
    re.IGNORECASE,
)
_TITLE = re.compile(r"\b(Mr|Mrs|Ms|Miss|Master|Dr|Prof|Rev|Herr|Frau|Mme|Sra?)\b\.?")
_WORDS_OF_A_NAME = re.compile(r"[^\W\d_]+([ .,'’()\"-]+[^\W\d_]+){0,6}\.?\)?\"?")
_PARTS = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[^\W\d_a-zA-Z]+")
_HEADERS: Mapping[What, frozenset[str]] = {
    "e-mail": frozenset({"email", "mail", "emails"}),
    "phone": frozenset(
        {"phone", "telephone", "tel", "mobile", "cell", "fax", "telefon", "telefono", "handy"}
    ),
    "name": frozenset(
        {"name", "names", "firstname", "lastname", "fullname", "surname", "forename", "vorname",
         "nachname", "nombre", "apellido", "nom", "prenom", "姓名", "名字", "氏名"}
    ),
    "address": frozenset(
        {"address", "street", "addr", "adresse", "strasse", "straße", "calle", "rue"}
    ),
    "birth date": frozenset({"birth", "dob", "birthday", "birthdate", "geburtsdatum", "naissance"}),
    "number of a person": frozenset({"ssn", "passport", "iban", "nhs", "license", "licence"}),
}  # fmt: skip
_NOT_OF_PERSONS = frozenset(
    {"file", "column", "product", "brand", "company", "city", "country", "state", "street", "model",
     "item", "class", "species", "breed", "category", "feature", "variable", "station", "domain",
     "type", "event", "place", "island", "song", "division", "department", "group", "color",
     "colour"}
)  # fmt: skip
"""Beside “name” these make it a name of something else."""
_PLAIN = frozenset(
    {"e", "id", "ids", "number", "no", "first", "last", "middle", "full", "date", "of", "user",
     "customer"}
)  # fmt: skip
ENOUGH = 0.5
MANY = 10
_OF_MANY = ("name", "address", "birth date")
"""These have at least so many different values; a column with fewer holds kinds of something."""


@dataclass(frozen=True, slots=True)
class Personal:
    """A column that looks personal: what it seems to hold, and the share of values that do."""

    column: str
    what: What
    share: float


def find_personal(table: Table, run: Run | None = None) -> tuple[Personal, ...]:
    """Return the columns that look personal, in the table's order.

    Looks at names and at up to 500 different values of each column. A column with a telling name
    needs half of its values to look so, one without needs nearly all or a clear mark.
    """
    run = run or Run()
    found: list[Personal] = []
    for column in table.columns:
        run.check()
        personal = judge(column, _sample(table, column))
        if personal is not None:
            found.append(personal)
    return tuple(found)


def judge(column: Column, values: Sequence[str]) -> Personal | None:
    """Return what a column seems to hold of persons, judged by its name and some values."""
    if column.kind in ("constant", "boolean") or not values:
        return None
    parts = header_words(column.name)
    for what, looks, alone in _LOOKS:
        share = sum(map(looks, values)) / len(values)
        is_named = bool(parts & _HEADERS.get(what, frozenset()))
        if what == "name":
            is_named = is_named and not parts & _NOT_OF_PERSONS
            is_named = is_named or column.name.lower() in ("first", "last", "patient", "author")
        if what in _OF_MANY and column.distinct < MANY:
            continue
        if share >= (ENOUGH if is_named else alone):
            return Personal(column.name, what, share)
    if column.kind == "identifier":
        return Personal(column.name, "id", 1.0)
    return None


def is_plain_header(name: str) -> bool:
    """Return whether a column's name says only what kind of thing it holds, such as “e-mail”."""
    known = frozenset().union(*_HEADERS.values(), _PLAIN)
    parts = [part.lower() for part in _PARTS.findall(name)]
    return bool(parts) and all(part in known for part in parts)


def header_words(name: str) -> frozenset[str]:
    """Return the words of a column's name, small, also where it runs them together."""
    words = {part.lower() for part in _PARTS.findall(name)}
    return frozenset(words | {"".join(part.lower() for part in _PARTS.findall(name))})


def _is_mail(value: str) -> bool:
    return MAIL.fullmatch(value) is not None


def _is_phone(value: str) -> bool:
    digits = sum(c.isdigit() for c in value)
    return 7 <= digits <= 15 and _PHONE.fullmatch(value) is not None


def _is_marked_phone(value: str) -> bool:
    """A phone number by itself: its parts are set apart, or it has a country's code."""
    is_parted = value.startswith(("+", "00", "(")) or len(re.findall(r"[ ()/-]+", value)) >= 2
    return _is_phone(value) and is_parted and "." not in value and not _is_date(value)


def _is_date(value: str) -> bool:
    return re.match(r"\d{4}-\d{1,2}-\d{1,2}|\d{1,2}[/-]\d{1,2}[/-]\d{2,4}", value) is not None


def _is_name(value: str) -> bool:
    parts = re.findall(r"[^\W\d_]+", value)
    big = sum(not part[0].islower() for part in parts)
    is_named = big >= len(parts) / 2 or (big == 0 and len(parts) <= 3)
    return bool(parts) and is_named and _WORDS_OF_A_NAME.fullmatch(value) is not None


def _is_titled(value: str) -> bool:
    return len(value) < 100 and _TITLE.search(value) is not None


def _is_number(value: str) -> bool:
    return _NUMBER.fullmatch(value) is not None or _IP.fullmatch(value) is not None


def _holds_text(value: str) -> bool:
    return any(c.isalnum() for c in value)


_NEVER = 2.0
_LOOKS: tuple[tuple[What, Callable[[str], bool], float], ...] = (
    ("e-mail", _is_mail, ENOUGH),
    ("number of a person", _is_number, 0.9),
    ("phone", _is_phone, _NEVER),
    ("phone", _is_marked_phone, 0.9),
    ("name", _is_name, _NEVER),
    ("name", _is_titled, ENOUGH),
    ("address", _holds_text, _NEVER),
    ("birth date", _holds_text, _NEVER),
)
"""Each kind, what a value of it looks like, and the share that is enough without a telling name."""


def _sample(table: Table, column: Column) -> list[str]:
    position = table.position(column.name)
    present = present_sql(f"c{position}", table.view(column.name))
    step = max(1, table.rows // 5_000)
    sql = (
        f"SELECT DISTINCT left(trim(p), 200) AS v FROM (SELECT {present} AS p FROM cells "
        f"WHERE rowid % {step} = 0) WHERE p IS NOT NULL ORDER BY hash(v) LIMIT {SAMPLE_VALUES}"
    )
    with table.cursor() as cursor:
        return [row[0] for row in cursor.execute(sql).fetchall() if row[0]]
