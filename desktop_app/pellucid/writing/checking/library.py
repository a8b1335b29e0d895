"""The grammars of the folder `frames`: one for each kind of fact, and those that they share.

A file holds sections that start with `[name : base]`; a line that starts with `#` is a remark.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from importlib import resources

from pellucid.writing.checking.notation import Grammar

FILTERED = "filtered"
_SECTION = re.compile(r"^\[([a-z ]+?)(?: : ([a-z ]+))?\]$", re.MULTILINE)
_REMARK = re.compile(r"^#.*\n", re.MULTILINE)


@cache
def grammar(name: str) -> Grammar:
    """Return a grammar by its name; raises `KeyError` where there is none.

    That of `filtered NAME` says what `NAME` says, of rows that each clause names.
    """
    of, _, rest = name.partition(" ")
    base, text = (rest, _sections()[of][1]) if of == FILTERED and rest else _sections()[name]
    return Grammar(text, grammar(base) if base else None)


def names() -> Iterator[str]:
    """Yield the name of every grammar."""
    yield from _sections()


@cache
def _sections() -> dict[str, tuple[str, str]]:
    """Return the base and the text of each section."""
    found = {}
    for file in resources.files("pellucid.writing.checking").joinpath("frames").iterdir():
        text = _REMARK.sub("", file.read_text(encoding="utf-8"))
        heads = list(_SECTION.finditer(text))
        stops = [*(head.start() for head in heads[1:]), len(text)]
        for head, stop in zip(heads, stops, strict=True):
            found[head[1]] = (head[2] or "", text[head.end() : stop])
    return found
