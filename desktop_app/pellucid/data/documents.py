"""Documents beside a table, a data dictionary or a codebook, as passages that can be cited."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pellucid.core.errors import UserError

SUFFIXES = (".csv", ".tsv", ".md", ".txt", ".pdf")
MOST_PASSAGES = 5_000
_MOST_BYTES = 20_000_000
_MOST_CHARACTERS = 1_200
_NAME_HEADS = ("name", "variable", "column", "field", "feature", "attribute", "code", "term")
_TEXT_HEADS = ("description", "meaning", "definition", "label", "details", "explanation", "notes")
_ENTRY = re.compile(
    r"^\s*(?:[-*•+]|\d+[.)])?\s*[`*_\"“]{0,3}(?P<key>[\w][\w .()/%-]{0,60}?)[`*_\"”]{0,3}\s*"
    r"(?::|=|[–—]|\s-\s|\t)\s*(?P<text>\S.*)$"
)


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of a document: its text, where it stands, and what it is an entry for, if it is."""

    text: str
    place: str
    key: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """A document by its file's name; `is_cut` where it has more passages than were read."""

    name: str
    passages: tuple[Passage, ...]
    is_cut: bool = False


def read_document(path: Path) -> Document:
    """Split a document into passages: entries "name: text", rows of a dictionary, paragraphs.

    Raises `UserError` for a file that is missing, too large, of another kind, or without text.
    """
    suffix = path.suffix.lower()
    if suffix not in SUFFIXES:
        raise UserError(
            f"{path.name} cannot be read as a document", f"Give a file in {', '.join(SUFFIXES)}."
        )
    try:
        size = path.stat().st_size
    except OSError:
        raise UserError(f"There is no file {path}", "Check the name and the folder.") from None
    if size > _MOST_BYTES:
        raise UserError(
            f"{path.name} is larger than {_MOST_BYTES // 1_000_000} MB",
            "Give the part that describes the columns.",
        )
    found: list[Passage] = []
    is_cut = False
    for passage in _passages(path, suffix):
        if len(found) == MOST_PASSAGES:
            is_cut = True
            break
        found.append(passage)
    if not found:
        raise UserError(f"{path.name} holds no text", "Give a document with text in it.")
    return Document(path.name, tuple(found), is_cut)


def _passages(path: Path, suffix: str) -> Iterator[Passage]:
    if suffix == ".pdf":
        for number, text in enumerate(_pdf_pages(path), start=1):
            yield from _split(text, f"page {number}")
        return
    text = _decoded(path)
    if suffix in (".csv", ".tsv"):
        yield from _rows(text, "\t" if suffix == ".tsv" else _delimiter(text))
    else:
        yield from _split(text, "")


def _decoded(path: Path) -> str:
    from pellucid.data.encoding import decode, detect_encoding

    raw = path.read_bytes()
    return decode(raw, detect_encoding(raw, complete=True))


def _pdf_pages(path: Path) -> list[str]:
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    try:
        reader = PdfReader(path)
        return [page.extract_text() or "" for page in reader.pages]
    except (PyPdfError, ValueError, OSError, KeyError, TypeError) as error:
        raise UserError(
            f"{path.name} cannot be read as a PDF", "Save its text as a .txt file and give that."
        ) from error


def _delimiter(text: str) -> str:
    head = text[:10_000]
    return max((",", ";", "\t", "|"), key=head.count)


def _rows(text: str, delimiter: str) -> Iterator[Passage]:
    """Yield the rows of a dictionary: the column of names, and the others as its text."""
    rows = [row for row in csv.reader(io.StringIO(text), delimiter=delimiter) if any(row)]
    if not rows:
        return
    heads = [cell.strip().lower() for cell in rows[0]]
    name = _column(heads, _NAME_HEADS)
    has_head = name is not None or _column(heads, _TEXT_HEADS) is not None
    place = name or 0
    for number, row in enumerate(rows[1:] if has_head else rows, start=2 if has_head else 1):
        key = row[place].strip() if place < len(row) else ""
        parts = []
        for i, cell in enumerate(row):
            if i == place or not cell.strip():
                continue
            head = rows[0][i].strip() if has_head and i < len(rows[0]) else ""
            is_text = _column([head.lower()], _TEXT_HEADS) is not None or not head
            parts.append(cell.strip() if is_text else f"{head}: {cell.strip()}")
        if parts:
            yield Passage("; ".join(parts)[:_MOST_CHARACTERS], f"row {number}", key)


def _column(heads: list[str], wanted: tuple[str, ...]) -> int | None:
    for word in wanted:
        for i, head in enumerate(heads):
            if word in re.split(r"[^a-z]+", head):
                return i
    return None


def _split(text: str, place: str) -> Iterator[Passage]:
    """Yield entries "name: text" with the lines that continue them, and paragraphs."""
    heading, key, start = "", "", 1
    kept: list[str] = []
    for number, line in enumerate([*text.splitlines(), ""], start=1):
        stripped = line.strip()
        entry = _ENTRY.match(line)
        is_heading = stripped.startswith("#")
        if kept and (not stripped or entry is not None or is_heading or stripped[:1] == "|"):
            where = place or f"line {start}"
            yield Passage(" ".join(kept)[:_MOST_CHARACTERS], where, key)
            kept, key = [], ""
        if stripped.startswith("|") and stripped.count("|") > 1:
            yield from _table_row(stripped, place or f"line {number}")
            continue
        if is_heading:
            heading = stripped.lstrip("#").strip()
            continue
        if not stripped or set(stripped) <= set("-=|:+ "):
            continue
        if not kept:
            start = number
            key = entry["key"].strip() if entry is not None else heading if heading else ""
            kept.append(entry["text"].strip() if entry is not None else stripped)
            heading = heading if entry is not None else ""
        else:
            kept.append(stripped)


def _table_row(line: str, place: str) -> Iterator[Passage]:
    """Yield a row of a Markdown table: its first cell names what the others describe."""
    cells = [cell.strip().strip("`*") for cell in line.strip("|").split("|")]
    text = "; ".join(cell for cell in cells[1:] if cell)
    if text and not set(text) <= set("-: ;"):
        yield Passage(text[:_MOST_CHARACTERS], place, cells[0])
