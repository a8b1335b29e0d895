"""Which encoding a file is in, and its text as UTF-8."""

from __future__ import annotations

import codecs
import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import IO, BinaryIO

from pellucid.core.run import Run

UTF8 = "utf-8"
MIXED = "utf-8 with windows-1252"
"""UTF-8 in which some bytes are not: those are read as Windows-1252, the usual culprit."""

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_LEGACY = ("gb18030", "big5hkscs", "cp932", "euc_jp", "euc_kr", "cp1251", "cp1252", "cp1250")
_CENTRAL = "ąćčďęěľłńňőřśšťůűźżžĄĆČĎĘĚĽŁŃŇŐŘŚŠŤŮŰŹŻŽ"
_WESTERN = "àãåæèêìïñòõøùûœÀÃÅÆÈÊÌÏÑÒÕØÙÛŒ¿¡°£©ª"
_SPARSE_SHARE = 0.8
_SAMPLE_BYTES = 32_768
_MIXED_SHARE = 0.1
_CHUNK_BYTES = 4_194_304


def detect_encoding(head: bytes, *, complete: bool) -> str:
    """Return the encoding of a file from its first bytes.

    Byte order marks first, then zero bytes at every second place (UTF-16), then UTF-8, then the
    legacy encodings as ranked by charset-normalizer. `complete` says that `head` is all of it.
    """
    for mark, name in _BOMS:
        if head.startswith(mark):
            return name
    wide = _wide_encoding(head)
    if wide:
        return wide
    decoder = codecs.getincrementaldecoder(UTF8)()
    try:
        decoder.decode(head, final=complete)
    except UnicodeDecodeError:
        return _legacy_encoding(head)
    return UTF8


def _wide_encoding(head: bytes) -> str:
    sample = head[:4096]
    if len(sample) < 4:
        return ""
    half = len(sample) // 2
    even, odd = sample[0::2].count(0) / half, sample[1::2].count(0) / half
    if odd > 0.4 and even < 0.1:
        return "utf-16-le"
    if even > 0.4 and odd < 0.1:
        return "utf-16-be"
    return ""


def _legacy_encoding(head: bytes) -> str:
    text = head.decode(UTF8, errors="replace")
    bad = text.count("\ufffd")
    good = sum(character > "\x7f" for character in text) - bad
    if bad <= _MIXED_SHARE * good:
        return MIXED
    telling = b"\n".join(line for line in head.splitlines() if not line.isascii())[:_SAMPLE_BYTES]
    if _is_sparse(telling):
        return _european_encoding(telling)
    from charset_normalizer import from_bytes

    best = from_bytes(telling, cp_isolation=list(_LEGACY)).best()
    return best.encoding if best else _european_encoding(telling)


def _is_sparse(telling: bytes) -> bool:
    """Return whether bytes over 127 stand alone, as accents do; two-byte scripts have runs."""
    runs = [len(run) for run in re.findall(rb"[\x80-\xff]+", telling)]
    return sum(run == 1 for run in runs) >= _SPARSE_SHARE * len(runs)


def _european_encoding(telling: bytes) -> str:
    """Tell Central from Western European by which of their own letters come out more often."""
    central = telling.decode("cp1250", errors="replace")
    western = telling.decode("cp1252", errors="replace")
    is_central = sum(map(central.count, _CENTRAL)) > sum(map(western.count, _WESTERN))
    return "cp1250" if is_central else "cp1252"


def decode(raw: bytes, encoding: str) -> str:
    """Return `raw` as text; bytes that the encoding does not have become U+FFFD."""
    if encoding == MIXED:
        _register_mixed()
        return raw.decode(UTF8, errors=MIXED)
    return raw.decode(encoding, errors="replace")


def as_text(raw: BinaryIO, encoding: str) -> io.TextIOWrapper:
    """Wrap an open file as text with its line ends untouched, losing no byte that can be read."""
    if encoding == MIXED:
        _register_mixed()
        return io.TextIOWrapper(raw, UTF8, errors=MIXED, newline="")
    return io.TextIOWrapper(raw, encoding, errors="replace", newline="")


def write_utf8(path: Path, encoding: str, out: Path, run: Run) -> int:
    """Write the text of `path` to `out` as UTF-8 and return how many characters were unreadable."""
    size = path.stat().st_size
    unreadable = 0
    with (
        path.open("rb") as raw,
        as_text(raw, encoding) as source,
        out.open("w", encoding=UTF8, newline="") as target,
    ):
        for text in _chunks(source):
            run.check()
            unreadable += text.count("\ufffd")
            target.write(text)
            run.progress("Converting to UTF-8", raw.tell(), size)
    return unreadable


def _chunks(source: IO[str]) -> Iterator[str]:
    while text := source.read(_CHUNK_BYTES):
        yield text


def _register_mixed() -> None:
    codecs.register_error(MIXED, _as_windows_1252)


def _as_windows_1252(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    wrong = error.object[error.start : error.end]
    return wrong.decode("cp1252", errors="replace"), error.end
