"""Stand-ins for what looks personal, put in on the way out and taken out on the way back."""

from __future__ import annotations

import hashlib
import hmac
import json
import re
import secrets
from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final

from pellucid.core.paths import state_dir
from pellucid.core.run import Run
from pellucid.data.personal import MAIL
from pellucid.writing.providers.replacing import Replacer
from pellucid.writing.providers.types import Message, PassingOn, Request

STAND_IN: Final = "MASKED_"
_LETTERS = "BCDFGHJKLMNPQRSTVWXZ"
_LETTERS_EACH = 6
SHORT = 4
"""Under so many characters a string is only masked where it is quoted, or in a known phrase."""
_BOUND = 4
"""Up to so many it is masked as a word of its own, not within a longer one."""
_SALT_BYTES = 32

Finder = Callable[[str], Iterable[str]]
"""Gives the strings to be masked that occur in a text, however they are written in it."""


def _none(text: str) -> Iterable[str]:
    del text
    return ()


@dataclass(slots=True)
class Masks:
    """What is to be masked, and the stand-ins given so far.

    `find` knows the cells, `names` are headers, and `phrases` map whole phrases in which short
    cells stand ("Sex is M in 63%") to themselves with those cells marked. Words in `common` are
    too ordinary to be taken out of any sentence and count as short. A stand-in follows from
    `salt` and the string alone, so that it is the same each time, and nobody without the salt can
    try out which string it stands for.
    """

    salt: bytes = field(repr=False)
    find: Finder = _none
    names: tuple[str, ...] = ()
    phrases: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    common: Container[str] = ()
    masks_mail: bool = True
    _given: dict[str, str] = field(default_factory=dict, init=False)
    _kept: dict[str, str] = field(default_factory=dict, init=False)

    def text(self, text: str) -> str:
        """Return a text with stand-ins."""
        if self.masks_mail:
            text = MAIL.sub(lambda found: self.stand_in(found[0]), text)
        for phrase, cells in self._phrases_in(text):
            text = text.replace(phrase, self._without(phrase, cells))
        found = {*self.names, *self.find(text)}
        for real in sorted(found, key=lambda item: (-len(item), item)):
            text = self._replaced(text, real)
        return text

    def request(self, request: Request) -> Request:
        """Return a request with stand-ins in everything that is sent."""
        messages = tuple(Message(m.role, self.text(m.content)) for m in request.messages)
        schema = None if request.schema is None else self._tree(request.schema)
        return replace(request, messages=messages, schema=schema)

    def back(self, *, in_json: bool) -> Replacer:
        """Return what takes the stand-ins out again, escaped where the text is JSON."""
        pairs = {
            given: json.dumps(real, ensure_ascii=False)[1:-1] if in_json else real
            for given, real in self._kept.items()
        }
        return Replacer(pairs)

    def stand_in(self, real: str) -> str:
        """Return what stands for a string, spelt in capitals or not."""
        key = real.casefold()
        given = self._given.get(key)
        if given is None:
            given = self._new(key)
            self._given[key] = given
            self._kept[given] = real
        return given

    def _new(self, key: str) -> str:
        for round_ in range(1_000):
            text = f"{round_}{key}".encode("utf-8", "surrogatepass")
            digest = hmac.new(self.salt, text, hashlib.sha256).digest()
            letters = "".join(_LETTERS[byte % len(_LETTERS)] for byte in digest[:_LETTERS_EACH])
            if STAND_IN + letters not in self._kept:
                return STAND_IN + letters
        raise RuntimeError("no stand-in is left")

    def _phrases_in(self, text: str) -> Iterator[tuple[str, tuple[str, ...]]]:
        for phrase in sorted(self.phrases, key=len, reverse=True):
            for form in spellings(phrase):
                if form in text:
                    yield form, self.phrases[phrase]

    def _without(self, phrase: str, cells: tuple[str, ...]) -> str:
        for cell in sorted(cells, key=len, reverse=True):
            for form in spellings(cell):
                pattern = rf"(?<!\w){re.escape(form)}(?!\w)"
                phrase = re.sub(pattern, lambda _: self.stand_in(cell), phrase)  # noqa: B023
        return phrase

    def _replaced(self, text: str, real: str) -> str:
        given = self.stand_in(real)
        for form in spellings(real):
            if self._is_plain(real):
                for before, after in (("“", "”"), ('"', '"'), ("\\u201c", "\\u201d")):
                    text = text.replace(f"{before}{form}{after}", f"{before}{given}{after}")
                continue
            edge = "" if len(real) > _BOUND else r"(?<!\w)", "" if len(real) > _BOUND else r"(?!\w)"
            pattern = re.compile(f"{edge[0]}{re.escape(form)}{edge[1]}", re.IGNORECASE)
            text = pattern.sub(given, text)
        return text

    def _is_plain(self, real: str) -> bool:
        """Return whether a string is too short or too ordinary to be taken out everywhere."""
        if len(real) < SHORT:
            return True
        words = re.findall(r"\w+", real.casefold())
        return bool(words) and all(word in self.common for word in words)

    def _tree(self, value: Any) -> Any:
        if isinstance(value, str):
            return self.text(value)
        if isinstance(value, Mapping):
            return {key: self._tree(item) for key, item in value.items()}
        return [self._tree(item) for item in value] if isinstance(value, list | tuple) else value


@dataclass(slots=True)
class MaskingProvider(PassingOn):
    """A provider whose server sees stand-ins, and whose caller never does."""

    masks: Masks

    def stream(self, request: Request, run: Run) -> Iterator[str]:
        """Yield the answer with the real strings put back, piece by piece."""
        masked = self.masks.request(request)
        is_json = request.schema is not None or request.grammar is not None
        yield from self.masks.back(in_json=is_json).stream(self.inner.stream(masked, run))


def spellings(real: str) -> tuple[str, ...]:
    """Return the ways in which a string may stand in what is sent: as it is, or within JSON."""
    tidy = " ".join(real.split())
    found = (real, tidy, tidy.replace("“", "‘").replace("”", "’"))
    return tuple(
        dict.fromkeys(
            form
            for text in found
            for form in (text, json.dumps(text, ensure_ascii=False)[1:-1], json.dumps(text)[1:-1])
        )
    )


def salt_of_this_machine() -> bytes:
    """Return the secret that stand-ins are made with, made once, for its owner's eyes alone."""
    path = state_dir() / "masks.salt"
    try:
        salt = path.read_bytes()
    except FileNotFoundError:
        salt = b""
    if len(salt) != _SALT_BYTES:
        salt = secrets.token_bytes(_SALT_BYTES)
        path.touch(mode=0o600)
        path.write_bytes(salt)
    return salt
