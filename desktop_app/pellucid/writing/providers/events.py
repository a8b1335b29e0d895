"""What a server sends back, byte by byte: server-sent events, or one JSON document.

Source: server-sent events, https://html.spec.whatwg.org/multipage/server-sent-events.html.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

_DONE = "[DONE]"


@dataclass(frozen=True, slots=True)
class Part:
    """A part of an answer: text, thought that is not shown, or the count of tokens at the end."""

    text: str = ""
    thought: str = ""
    is_last: bool = False
    asked: int | None = None
    answered: int | None = None


class BrokenAnswerError(Exception):
    """The answer is not what the protocol says; the message tells how, behind "The answer".

    `is_final` where asking again would give the same.
    """

    def __init__(self, message: str, *, is_final: bool = False) -> None:
        super().__init__(message)
        self.is_final = is_final


class EventReader:
    """Takes bytes as they come and gives the parts that are whole.

    Never takes over `most` bytes, nor holds over `most_in_one` of one event.
    """

    def __init__(self, most: int, most_in_one: int) -> None:
        self._most = most
        self._most_in_one = most_in_one
        self._seen = 0
        self._rest = bytearray()
        self._data: list[str] = []
        self.is_done = False

    def feed(self, chunk: bytes) -> Iterator[Part]:
        """Yield the parts that `chunk` completes; raises `BrokenAnswerError`."""
        self._seen += len(chunk)
        self._rest += chunk
        *lines, rest = self._rest.replace(b"\r\n", b"\n").split(b"\n")
        held = max(len(rest), *map(len, lines), sum(map(len, self._data)))
        if self._seen > self._most or held > self._most_in_one:
            raise BrokenAnswerError(f"went on beyond {self._most_in_one:,} bytes", is_final=True)
        self._rest = bytearray(rest)
        for line in lines:
            yield from self._line(line.decode("utf-8", "replace"))

    def end(self) -> Iterator[Part]:
        """Yield what was left when the connection ended, for servers that leave the blank line."""
        yield from self._line(self._rest.decode("utf-8", "replace"))
        yield from self._line("")

    def _line(self, line: str) -> Iterator[Part]:
        if line.startswith("data:"):
            self._data.append(line[5:].strip())
        elif not line.strip() and self._data:
            data, self._data = "\n".join(self._data), []
            if data == _DONE:
                self.is_done = True
            else:
                yield part_of(_object(data))


def part_of(document: dict[str, Any]) -> Part:
    """Return what one event, or a whole answer, says; raises `BrokenAnswerError`."""
    fault = document.get("error")
    if fault:
        said = fault.get("message") if isinstance(fault, dict) else fault
        raise BrokenAnswerError(f"stopped with “{brief(str(said))}”")
    usage = document.get("usage")
    counts = usage if isinstance(usage, dict) else {}
    asked, answered = (_count(counts, name) for name in ("prompt_tokens", "completion_tokens"))
    choices = document.get("choices")
    first = choices[0] if isinstance(choices, list) and choices else {}
    if not isinstance(first, dict):
        raise BrokenAnswerError("holds no text where the protocol has it")
    told = first.get("delta") or first.get("message") or {}
    if not isinstance(told, dict):
        raise BrokenAnswerError("holds no text where the protocol has it")
    text, thought = told.get("content"), told.get("reasoning_content") or told.get("reasoning")
    return Part(_text(text), _text(thought), bool(first.get("finish_reason")), asked, answered)


def whole_answer(body: bytes) -> Part:
    """Return the answer of a server that does not stream; raises `BrokenAnswerError`."""
    document = _object(body.decode("utf-8", "replace"))
    if "choices" not in document and "error" not in document:
        raise BrokenAnswerError("is JSON, but not an answer of a language model")
    return part_of(document)


def brief(text: str, most: int = 200) -> str:
    """Return a server's own words in one line, without characters that do not print, shortened."""
    plain = " ".join("".join(c if c.isprintable() else " " for c in text[: 4 * most]).split())
    return plain if len(plain) <= most else f"{plain[: most - 1]}…"


def _object(text: str) -> dict[str, Any]:
    try:
        document = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise BrokenAnswerError("is not the JSON that the protocol asks for") from error
    if not isinstance(document, dict):
        raise BrokenAnswerError("is not the JSON that the protocol asks for")
    return document


def _text(value: object) -> str:
    """Return a text without halves of characters, which no file could hold."""
    text = value if isinstance(value, str) else ""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _count(counts: dict[str, Any], name: str) -> int | None:
    value = counts.get(name)
    return value if isinstance(value, int) and 0 <= value < 10**9 else None
