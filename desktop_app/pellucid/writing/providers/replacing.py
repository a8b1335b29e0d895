"""Replacing strings in text that comes in pieces, wherever the pieces are cut."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping


class Replacer:
    """Replaces every key of `pairs` by its value, the longest first."""

    def __init__(self, pairs: Mapping[str, str]) -> None:
        self._pairs = {key: value for key, value in pairs.items() if key}
        longest_first = sorted(self._pairs, key=len, reverse=True)
        self._longest = len(longest_first[0]) if longest_first else 0
        self._pattern = re.compile("|".join(map(re.escape, longest_first)) or r"(?!)")
        self._beginnings = {key[:i] for key in self._pairs for i in range(1, len(key))}

    def whole(self, text: str) -> str:
        """Replace in a text that is whole."""
        return self._pattern.sub(lambda found: self._pairs[found[0]], text)

    def stream(self, pieces: Iterable[str]) -> Iterator[str]:
        """Replace in pieces; what could be the beginning of a key waits for the next piece."""
        held = ""
        for piece in pieces:
            held += piece
            ready, held = self._ready(held)
            if ready:
                yield ready
        if held:
            yield self.whole(held)

    def _ready(self, text: str) -> tuple[str, str]:
        """Return what can be handed on, replaced, and the end that has to wait."""
        parts: list[str] = []
        done = 0
        waits_from = self._waits_from(text)
        for found in self._pattern.finditer(text):
            if found.start() >= waits_from:
                break
            parts += [text[done : found.start()], self._pairs[found[0]]]
            done = found.end()
        waits_from = max(done, waits_from)
        parts.append(text[done:waits_from])
        return "".join(parts), text[waits_from:]

    def _waits_from(self, text: str) -> int:
        """Return where the longest end of `text` starts that could yet become a key."""
        for start in range(max(0, len(text) - self._longest + 1), len(text)):
            if text[start:] in self._beginnings:
                return start
        return len(text)
