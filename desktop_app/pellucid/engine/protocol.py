"""The wire between window and engine: JSON lines of limited length, and a spool for arrays."""

from __future__ import annotations

import contextlib
import dataclasses
import itertools
import json
import os
import shutil
import tempfile
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from pellucid.core.paths import cache_dir
from pellucid.core.values import to_json

if TYPE_CHECKING:
    from numpy.typing import NDArray

PROTOCOL = 1
INLINE_BYTES = 64 * 1024
"""Arrays larger than this cross as files."""
LINE_BYTES = 4 * 1024 * 1024
"""The longest line either side reads; a longer value crosses as a file."""
STALE_S = 24 * 3600.0

_ARRAY, _DOCUMENT = "$array", "$document"


class ProtocolError(Exception):
    """The other side sent something that is no message of this protocol."""


@dataclass(frozen=True, slots=True)
class Message:
    """One line: its kind, its number, the job it is about ("" for none) and what it says."""

    type: str
    id: int
    job: str = ""
    body: Mapping[str, Any] = field(default_factory=dict)


def to_line(message: Message) -> bytes:
    """Return the message as a line; raises `ProtocolError` if it is longer than `LINE_BYTES`."""
    envelope = {"v": PROTOCOL, "id": message.id, "type": message.type, "job": message.job}
    text = json.dumps({**envelope, "body": message.body}, separators=(",", ":"), allow_nan=False)
    line = text.encode("ascii") + b"\n"
    if len(line) > LINE_BYTES:
        raise ProtocolError(f"a {message.type} message of {len(line)} bytes is too long")
    return line


def read_messages(stream: IO[bytes]) -> Iterator[Message]:
    """Yield messages until the stream ends; raises `ProtocolError` at the first that is not one."""
    while line := stream.readline(LINE_BYTES + 1):
        if not line.endswith(b"\n"):
            if len(line) > LINE_BYTES:
                raise ProtocolError("a message is too long")
            return  # The other side ended in the middle of a line.
        yield _from_line(line)


def _from_line(line: bytes) -> Message:
    try:
        data = json.loads(line)
        version = data["v"]
        message = Message(str(data["type"]), int(data["id"]), str(data["job"]), data["body"])
    except (ValueError, KeyError, TypeError) as error:
        raise ProtocolError(f"not a message: {line[:200]!r}") from error
    if version != PROTOCOL:
        raise ProtocolError(f"protocol {version} where {PROTOCOL} was expected")
    return message


@dataclass(frozen=True, slots=True)
class Spool:
    """A private folder through which large values cross; a file lives until it is acknowledged."""

    folder: Path
    _numbers: Iterator[int] = field(default_factory=itertools.count, repr=False, compare=False)

    def put_array(self, array: NDArray[Any]) -> str:
        """Write an array and return the file's name."""
        import numpy as np

        name = f"{os.getpid()}-{next(self._numbers)}.npy"
        np.save(self.folder / name, array, allow_pickle=False)
        return name

    def put_document(self, data: Any) -> str:
        """Write plain JSON data and return the file's name."""
        name = f"{os.getpid()}-{next(self._numbers)}.json"
        (self.folder / name).write_text(json.dumps(data, allow_nan=False), encoding="utf-8")
        return name

    def take_array(self, name: str) -> NDArray[Any]:
        """Read an array."""
        import numpy as np

        array: NDArray[Any] = np.load(self._path(name), allow_pickle=False)
        return array

    def take_document(self, name: str) -> Any:
        """Read plain JSON data."""
        return json.loads(self._path(name).read_text(encoding="utf-8"))

    def drop(self, names: Iterable[str]) -> None:
        """Delete files that the other side has read."""
        for name in names:
            self._path(name).unlink(missing_ok=True)

    def remove(self) -> None:
        """Delete the folder with all that is left in it."""
        shutil.rmtree(self.folder, ignore_errors=True)

    def _path(self, name: str) -> Path:
        if Path(name).name != name:
            raise ProtocolError(f"{name!r} is no file of the spool")
        return self.folder / name


def new_spool() -> Spool:
    """Make a spool for this process and delete those that ended processes left behind."""
    root = cache_dir() / "spool"
    root.mkdir(mode=0o700, exist_ok=True)
    for folder in root.iterdir():
        if _is_stale(folder):
            shutil.rmtree(folder, ignore_errors=True)
    return Spool(Path(tempfile.mkdtemp(prefix=f"{os.getpid()}-", dir=root)))


def _is_stale(folder: Path) -> bool:
    owner = folder.name.partition("-")[0]
    if os.name == "posix" and owner.isdigit():
        try:
            os.kill(int(owner), 0)
        except ProcessLookupError:
            return True
        except PermissionError:
            return False  # It runs, under another user.
        return False
    with contextlib.suppress(FileNotFoundError):
        return time.time() - folder.stat().st_mtime > STALE_S
    return False


def pack(value: object, spool: Spool) -> Any:
    """Return `value` as JSON data, with large numeric arrays replaced by references to files."""
    data = _pack(value, spool)
    if len(json.dumps(data, allow_nan=False)) > LINE_BYTES // 2:
        return {_DOCUMENT: spool.put_document(data)}
    return data


def _pack(value: object, spool: Spool) -> Any:
    import numpy as np

    if isinstance(value, np.ndarray):
        if value.nbytes > INLINE_BYTES and value.dtype.kind in "biuf":
            return {_ARRAY: spool.put_array(value)}
        return to_json(value)
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {f.name: _pack(getattr(value, f.name), spool) for f in dataclasses.fields(value)}
    if isinstance(value, Mapping):
        return {str(key): _pack(item, spool) for key, item in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [_pack(item, spool) for item in value]
    return to_json(value)


def unpack(data: Any, spool: Spool) -> tuple[Any, tuple[str, ...]]:
    """Return what `pack` made, with arrays in place, and the names of the files read."""
    names: list[str] = []
    if isinstance(data, dict) and _DOCUMENT in data:
        names.append(data[_DOCUMENT])
        data = spool.take_document(data[_DOCUMENT])
    return _unpack(data, spool, names), tuple(names)


def _unpack(data: Any, spool: Spool, names: list[str]) -> Any:
    if isinstance(data, dict):
        if _ARRAY in data:
            names.append(data[_ARRAY])
            return spool.take_array(data[_ARRAY])
        return {key: _unpack(item, spool, names) for key, item in data.items()}
    if isinstance(data, list):
        return [_unpack(item, spool, names) for item in data]
    return data
