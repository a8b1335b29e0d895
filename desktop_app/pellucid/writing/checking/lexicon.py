"""What the word list of a language looks like, and which one goes with which language."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import import_module
from typing import Final

LANGUAGES: Final = {
    "en": "english",
    "de": "german",
    "es": "spanish",
    "fr": "french",
    "zh": "chinese",
}
"""The languages with a word list, and the module that holds it."""

Words = frozenset[str]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The words of one language, by class.

    `rejected` words say something that can be checked, so they belong into slots; `plain` words say
    nothing by themselves, and their classes name the part they play in a sentence. Entries may be
    several words long. Where `plain` is empty a sentence of one's own is never checked. `patterns`
    are rejected forms by class. `has_spaces` is False for scripts that run words together.
    """

    language: str
    rejected: Mapping[str, Words]
    plain: Mapping[str, Words] = field(default_factory=dict)
    patterns: Mapping[str, re.Pattern[str]] = field(default_factory=dict)
    has_spaces: bool = True

    def rejection(self, word: str) -> str:
        """Return the class that rejects `word` (lower case); empty where none does.

        Digits and numerals of any script are rejected in every language.
        """
        if any(character.isnumeric() for character in word):
            return "a number"
        for name, entries in self.rejected.items():
            if word in entries if self.has_spaces else any(entry in word for entry in entries):
                return name
        for name, pattern in self.patterns.items():
            if pattern.fullmatch(word):
                return name
        return ""


@cache
def lexicon_of(language: str) -> Lexicon:
    """Return the word list of a language by its code; of an unknown language, an empty one.

    `language` may carry a region (`en-GB`).
    """
    name = LANGUAGES.get(language.lower().replace("_", "-").partition("-")[0])
    if name is None:
        return Lexicon(language, {})
    found = import_module(f"pellucid.writing.checking.{name}").LEXICON
    if not isinstance(found, Lexicon):
        raise TypeError(f"{name} holds no word list")
    return found


def words(text: str) -> Words:
    """Return the entries of a list that is written as words and, between bars, phrases.

    `rise rises | go up` has three entries.
    """
    single, _, phrases = text.partition("|")
    return frozenset(single.split()) | {
        " ".join(item.split()) for item in phrases.split("|") if item.strip()
    }
