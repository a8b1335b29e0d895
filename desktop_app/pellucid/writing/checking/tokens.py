"""A draft as tokens: slots, names of what the facts are about, words and punctuation."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal

from pellucid.facts.slots import slots_of
from pellucid.facts.types import Fact
from pellucid.writing.checking.lexicon import Lexicon, Words
from pellucid.writing.templates import Piece, Slot

Sort = Literal["slot", "name", "word", "mark"]
IDENTITY = ("subject", "outcome", "group", "other", "at", "where")
"""Slots that name what a fact is about; words that say the same stand for them."""
_NAMING = ("subject", "outcome", "group", "other")
_COUNTED = ("value", "count")
"""Slots that may count the rows that other facts rest on, in the same words."""
_ENDS = ".!?…"
_MARKS = ",;:()—–-"
_QUOTES = "“”\"„«»‘’'"
_ALLOWED = _MARKS + _QUOTES + _ENDS
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*['’]?|\d[\w.,]*|\S")
_LINES = re.compile(r"(?:\s*\n\s*)+(?:[-•*]\s+)?|^\s*[-•*]\s+")
_MOST_CHARACTERS = 1_200


@dataclass(frozen=True, slots=True)
class Token:
    """One slot, name, word (lower case) or mark.

    `roles` are the parts it may play, by alias of a fact: of a slot, its name; of a name, that of
    the slot that says the same. `label` is the slot as it was written.
    """

    text: str
    sort: Sort
    roles: Mapping[str, str]
    label: str = ""
    is_quoted: bool = False

    def role(self, alias: str) -> str:
        return self.roles.get(alias, "")


class RefusedError(Exception):
    """Text that is not looked at any further, and why."""

    def __init__(self, reason: str, status: Literal["interpretation", "rejected"]) -> None:
        super().__init__(reason)
        self.reason = reason
        self.status: Literal["interpretation", "rejected"] = status


def tokens_of(
    pieces: Sequence[Piece], facts: Mapping[str, Fact], lexicon: Lexicon, own: Words
) -> list[Token]:
    """Split a parsed draft; raises `RefusedError` for characters that hide or change what is read.

    `own` are the words that go with the kinds of fact: no name is made of these alone.
    """
    slots = {alias: slots_of(fact) for alias, fact in facts.items()}
    names = _names(slots, lexicon, own)
    found: list[Token] = []
    _refuse_glue(pieces)
    for piece in pieces:
        if isinstance(piece, Slot):
            found.append(_of_file(_slot_token(piece, slots), facts))
        else:
            found += _literal_tokens(_cleaned(piece), names)
    return _without_hugging_quotes(found)


def _slot_token(slot: Slot, slots: Mapping[str, Mapping[str, str]]) -> Token:
    """Return the token of a slot; what other facts share with its fact may be theirs as well."""
    text = slots[slot.alias][slot.name]
    roles = {slot.alias: slot.name}
    name = "n" if slot.name in _COUNTED else slot.name
    if name in ("n", "where"):
        same = (alias for alias, others in slots.items() if others.get(name) == text)
        roles |= dict.fromkeys((alias for alias in same if alias != slot.alias), name)
    if slot.name in ("subject", "outcome"):
        for alias, others in slots.items():
            for role in ("subject", "outcome", "other"):
                if alias != slot.alias and others.get(role) == text:
                    roles.setdefault(alias, role)
    return Token(text, "slot", roles, str(slot))


def _of_file(token: Token, facts: Mapping[str, Fact]) -> Token:
    """Let the name of the table's file stand for the table in facts that are of all of that one."""
    alias, role = next(iter(token.roles.items()))
    file = facts[alias].details.get("file", "")
    if role != "subject" or not file:
        return token
    whole = {a: "subject" for a, fact in facts.items() if fact.details.get("table") == file}
    return replace(token, roles={**whole, **token.roles})


def _refuse_glue(pieces: Sequence[Piece]) -> None:
    """Refuse a word that is glued to a slot, since it could change what the slot says."""
    for left, right in pairwise(pieces):
        if isinstance(left, Slot) and isinstance(right, Slot):
            raise RefusedError(f"{left} and {right} stand without a space between them", "rejected")
        if isinstance(left, str) and isinstance(right, Slot) and not _parts(left[-1:]):
            raise RefusedError(f"“{left.split()[-1]}” is glued to {right}", "rejected")
        if isinstance(left, Slot) and isinstance(right, str):
            tail = re.sub(r"^['’]s?(?!\w)", " ", right)
            if not _parts(tail[:1]):
                raise RefusedError(f"“{right.split()[0]}” is glued to {left}", "rejected")


def _parts(character: str) -> bool:
    return not character or character.isspace() or character in ',;:()“”"„«».!?…—–'


def _cleaned(text: str) -> str:
    """Return the text in normal form; refuses characters that are not seen as what they are."""
    for character in text:
        category = unicodedata.category(character)
        if category in ("Cf", "Co", "Cs", "Cn", "Mn", "Me") or (
            category == "Cc" and character not in "\n\t\r"
        ):
            raise RefusedError("it holds characters that do not show", "rejected")
    return unicodedata.normalize("NFKC", _LINES.sub(" . ", text))


def _names(
    slots: Mapping[str, Mapping[str, str]], lexicon: Lexicon, own: Words
) -> Mapping[str, Mapping[str, str]]:
    """Return what may be written out in place of a slot: the role it plays, by alias."""
    found: dict[str, dict[str, str]] = {}
    for alias, phrases in slots.items():
        for role in _NAMING:
            for name in {phrases.get(role, ""), phrases.get(role, "").strip("“”")}:
                if _is_name(name, lexicon, own):
                    found.setdefault(name, {}).setdefault(alias, role)
    return found


def _is_name(name: str, lexicon: Lexicon, own: Words) -> bool:
    """Say whether a name says nothing else: it is no figure, and none of the lexicon's words."""
    words = [word.lower() for word in re.findall(r"[^\W\d_]+(?:['’-][^\W\d_]+)*", name)]
    if not any(len(word) > 1 for word in words):
        return False
    if any(lexicon.rejection(word) for word in words):
        return False
    plain = own | {word for entries in lexicon.plain.values() for word in entries}
    return name.lower() not in plain and not all(word in plain for word in words)


def _literal_tokens(text: str, names: Mapping[str, Mapping[str, str]]) -> list[Token]:
    """Split literal text: names first, as they are written, then words and marks."""
    found: list[Token] = []
    longest = sorted(names, key=len, reverse=True)
    place = 0
    while place < len(text):
        if text[place].isspace():
            place += 1
            continue
        name = next((n for n in longest if _stands(n, text, place)), None)
        if name is not None:
            found.append(Token(name, "name", names[name]))
            place += len(name)
            continue
        match = _WORD.match(text, place)
        if match is None:
            break
        found += _words_or_mark(match[0])
        place = match.end()
    return found


def _stands(name: str, text: str, place: int) -> bool:
    """Say whether a name stands at a place as a whole word."""
    if not text.startswith(name, place):
        return False
    before, after = text[place - 1 : place], text[place + len(name) :]
    edge = after[:1]
    if edge in ("'", "’"):
        edge = "" if re.match(r"['’]s?(?!\w)", after) else "x"
    return not (before.isalnum() or before in ("-", "_")) and not (
        edge.isalnum() or edge in ("-", "_", "x")
    )


def _words_or_mark(text: str) -> list[Token]:
    """Return a word, or a word and what is drawn together with it (`'s`), or a mark."""
    if text[0].isalpha() or text[0].isdigit():
        _refuse_mixed(text)
        word = text.replace("’", "'").lower().rstrip("'")
        for ending in ("'s", "'re"):
            if word.endswith(ending):
                stem = word.removesuffix(ending)
                return [Token(stem, "word", {}), Token(ending, "word", {})]
        return [Token(word, "word", {})]
    if text not in _ALLOWED:
        raise RefusedError(f"it holds the sign “{text}”; write in plain words", "rejected")
    return [Token(text, "mark", {})]


def _refuse_mixed(word: str) -> None:
    """Refuse a word with letters of several scripts, some of which pass for others."""
    scripts = {unicodedata.name(c, "?").split()[0] for c in word if c.isalpha()}
    if len(scripts) > 1 and "LATIN" in scripts:
        raise RefusedError(f"“{word}” mixes letters of several scripts", "rejected")


def _without_hugging_quotes(tokens: list[Token]) -> list[Token]:
    """Drop the quotation marks around a single slot or name, and the possessive after one."""
    found: list[Token] = []
    place = 0
    while place < len(tokens):
        middle = tokens[place + 1] if place + 2 < len(tokens) else None
        if (
            tokens[place].text in _QUOTES and middle is not None
            and any(role in IDENTITY for role in middle.roles.values())
            and tokens[place + 2].text in _QUOTES
        ):  # fmt: skip
            found.append(middle)
            place += 3
            continue
        if found and found[-1].roles and tokens[place].text in ("'", "’"):
            after = tokens[place + 1].text if place + 1 < len(tokens) else ""
            found.append(Token("'s", "word", {}))
            place += 2 if after == "s" else 1
            continue
        found.append(tokens[place])
        place += 1
    if len("".join(token.text for token in found)) > _MOST_CHARACTERS:
        raise RefusedError("it is too long for one claim", "interpretation")
    return found
