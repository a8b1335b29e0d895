"""The wire: lines that are whole, limited and of this version; arrays through the spool."""

from __future__ import annotations

import io
import math
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from pellucid.core.values import from_json
from pellucid.engine.protocol import (
    INLINE_BYTES,
    LINE_BYTES,
    Message,
    ProtocolError,
    Spool,
    new_spool,
    pack,
    read_messages,
    to_line,
    unpack,
)


@dataclass(frozen=True)
class Curve:
    name: str
    scores: NDArray[np.float64]
    note: str | None = None


@pytest.fixture
def spool() -> Spool:
    return new_spool()


def test_a_message_survives_the_wire() -> None:
    message = Message("finished", 3, "7", {"value": {"name": "Größe\nin m", "n": [1, None]}})
    line = to_line(message)

    assert line.count(b"\n") == 1
    assert list(read_messages(io.BytesIO(line + line))) == [message, message]


def test_a_line_cut_short_ends_the_stream() -> None:
    line = to_line(Message("hello", 1))

    assert len(list(read_messages(io.BytesIO(line + line[:-3])))) == 1


@pytest.mark.parametrize(
    "line", [b"hello\n", b"{}\n", b"[1]\n", b'{"v":99,"id":1,"type":"x","job":"","body":{}}\n']
)
def test_what_is_no_message_of_this_version_is_refused(line: bytes) -> None:
    with pytest.raises(ProtocolError):
        list(read_messages(io.BytesIO(line)))


def test_a_line_without_end_is_refused_before_it_fills_memory() -> None:
    with pytest.raises(ProtocolError, match="too long"):
        list(read_messages(io.BytesIO(b"x" * (LINE_BYTES + 10))))
    with pytest.raises(ProtocolError, match="too long"):
        to_line(Message("finished", 1, "1", {"value": "x" * LINE_BYTES}))


def test_small_arrays_cross_inline_and_large_ones_as_files(spool: Spool) -> None:
    small = Curve("small", np.array([1.0, math.nan]))
    large = Curve("large", np.linspace(0, 1, INLINE_BYTES // 8 + 1))

    data = pack({"curves": [small, large]}, spool)
    assert [path.suffix for path in spool.folder.iterdir()] == [".npy"]
    value, names = unpack(data, spool)
    back = [from_json(Curve, curve) for curve in value["curves"]]

    np.testing.assert_array_equal(back[0].scores, small.scores)
    np.testing.assert_array_equal(back[1].scores, large.scores)
    assert len(names) == 1
    spool.drop(names)
    assert list(spool.folder.iterdir()) == []


def test_a_value_longer_than_a_line_crosses_as_a_document(spool: Spool) -> None:
    value = {"text": "x" * LINE_BYTES}

    data = pack(value, spool)
    back, names = unpack(data, spool)

    to_line(Message("finished", 1, "1", {"value": data}))
    assert back == value
    assert len(names) == 1


def test_a_reference_cannot_leave_the_spool(spool: Spool, tmp_path: Path) -> None:
    np.save(tmp_path / "secret.npy", np.zeros(1))

    with pytest.raises(ProtocolError):
        unpack({"$array": str(tmp_path / "secret.npy")}, spool)


def test_spools_of_ended_processes_are_taken_away(home: Path) -> None:
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    stale = home / "cache" / "spool" / f"{ended.pid}-abc"
    stale.mkdir(parents=True)
    (stale / "1.npy").write_bytes(b"left behind")
    mine = new_spool()

    again = new_spool()

    assert not stale.exists()
    assert mine.folder.exists()
    assert again.folder.name.startswith(f"{os.getpid()}-")
    again.remove()
    assert not again.folder.exists()
