"""What is said of several things in one breath, spelt out as a clause of each.

“A and B have 2 and 3, respectively” says that A has 2 and that B has 3; “both A and B matter” that
A matters and that B does; “the former” and “the latter” are the two things named before. A claim is
read as it stands where it can be; else what it spells out to is read, which says the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from pellucid.writing.checking.tokens import Token

Slots = Mapping[str, Mapping[str, str]]
_STOP = Token(".", "mark", {})
_FIGURES = frozenset({"value", "count", "interval", "list", "rank", "at", "range", "half"})
_JOINTLY = frozenset({"share", "shared", "together", "jointly", "between", "among", "combined"})
"""Words that say something of several things as a whole."""
_PREDICATES = ("verdict", "direction")
_NAMED = ("subject", "group")
_OF = frozenset({"of", "between", "among"})
_KINDS_OF_THING = frozenset({"the", "two", "words", "columns", "terms", "groups", "topics"})
_RESPECTIVELY = "respectively"
_BOTH = "both"
_IN_ORDER = (("in", "that", "order"), ("in", "this", "order"))
_IN_EACH = (("in", "both", "cases"), ("in", "either", "case"), ("in", "each", "case"))
"""What says of a list that it is to be read one by one."""
_OF = frozenset({"for", "of", "by", "from", "at", "with", "in"})
_ARTICLES = frozenset({"the", "in", "for", "of"})


@dataclass(frozen=True, slots=True)
class _List:
    """Where the items of a list stand, and the fact that each is of."""

    items: tuple[range, ...]
    aliases: tuple[str, ...]
    role: str

    @property
    def span(self) -> range:
        return range(self.items[0].start, self.items[-1].stop)


def spelt_out(tokens: Sequence[Token], slots: Slots) -> list[Token]:
    """Return the tokens with each list that is said of one by one as clauses of their own.

    `slots` are those of each fact, by alias.
    """
    found: list[Token] = []
    for sentence in _parted(tokens, "."):
        named = _with_names(_without_both(_in_plain_order(sentence)))
        for part in _parted(named, ";:"):
            found += _distributed(part, slots)
    return found


def _parted(tokens: Sequence[Token], marks: str) -> Iterator[list[Token]]:
    """Yield the parts that end with one of some marks, each with its mark."""
    start = 0
    for place, token in enumerate(tokens):
        if token.sort == "mark" and token.text in marks:
            yield list(tokens[start : place + 1])
            start = place + 1
    if start < len(tokens):
        yield list(tokens[start:])


def _in_plain_order(tokens: list[Token]) -> list[Token]:
    """Say “respectively” for “in that order”, and leave out “in both cases” behind a list."""
    found: list[Token] = []
    has_list = any(True for _ in _lists(tokens))
    place = 0
    while place < len(tokens):
        words = tuple(token.text for token in tokens[place : place + 3])
        if words in _IN_ORDER:
            found.append(Token(_RESPECTIVELY, "word", {}))
        elif not (has_list and words in _IN_EACH):
            found.append(tokens[place])
            place -= 2
        place += 3
    return found


def _without_both(tokens: list[Token]) -> list[Token]:
    """Drop “both” in front of two things of different facts."""
    starts = {found.items[0].start for found in _lists(tokens) if len(found.items) == 2}
    return [
        token
        for place, token in enumerate(tokens)
        if token.text != _BOTH
        or not starts & {place + 1, *([place + 2] if _is_article(tokens, place + 1) else [])}
    ]


def _is_article(tokens: Sequence[Token], place: int) -> bool:
    return place < len(tokens) and tokens[place].text in _ARTICLES


def _with_names(tokens: list[Token]) -> list[Token]:
    """Put the two things that were listed in the place of “the former” and “the latter”."""
    pairs = [x for x in _lists(tokens) if x.role in _NAMED and len(x.items) == 2]
    if len(pairs) != 1:
        return tokens
    words = {"former": pairs[0].items[0].start, "latter": pairs[0].items[1].start}
    found: list[Token] = []
    for token in tokens[_after_announcement(tokens, pairs[0]) :]:
        if token.text in words and found and found[-1].text == "the":
            found[-1] = tokens[words[token.text]]
        else:
            found.append(token)
    return found


def _after_announcement(tokens: Sequence[Token], pair: _List) -> int:
    """Return where a sentence starts behind “of A and B,”, which only names what it goes on about.

    Where it does not go on about both by “the former” and “the latter”, it starts where it does.
    """
    lead, stop = [token.text for token in tokens[: pair.span.start]], pair.span.stop
    texts = [token.text for token in tokens]
    is_led = bool(lead) and lead[0] in _OF and not set(lead[1:]) - _KINDS_OF_THING
    is_taken_up = {"former", "latter"} <= set(texts[stop:])
    return stop + 1 if is_led and is_taken_up and texts[stop : stop + 1] == [","] else 0


def _distributed(tokens: list[Token], slots: Slots) -> list[Token]:
    """Return a part once for each item of its lists; as it is where that may say otherwise."""
    end = next((i for i, t in enumerate(tokens) if t.text == _RESPECTIVELY), len(tokens))
    is_told = end < len(tokens)
    stop = end if is_told else len(tokens) - (tokens[-1].sort == "mark" if tokens else 0)
    part, rest = tokens[:stop], tokens[end + 1 :] if is_told else tokens[stop:]
    lists = list(_lists(part))
    if not lists or any(found.aliases != lists[0].aliases for found in lists):
        return tokens
    if is_told and len(lists) < 2:
        return tokens
    if not is_told and not _says_of_each(part, lists):
        return tokens
    while part and part[-1].text == ",":
        part = part[:-1]
    copies = [_only(part, lists, item, slots) for item in range(len(lists[0].aliases))]
    return [token for copy in copies[:-1] for token in (*copy, _STOP)] + copies[-1] + rest


def _says_of_each(tokens: Sequence[Token], lists: Sequence[_List]) -> bool:
    """Say whether what stands around lists goes for each of their items alone."""
    spans = [found.span for found in lists]
    around = [t for place, t in enumerate(tokens) if not any(place in span for span in spans)]
    roles = {role for token in around for role in token.roles.values()}
    return not roles & _FIGURES and not _JOINTLY & {token.text for token in around}


def _only(tokens: Sequence[Token], lists: Sequence[_List], item: int, slots: Slots) -> list[Token]:
    """Return the tokens with one item of each list, and predicates that are its fact's as well."""
    alias = lists[0].aliases[item]
    dropped = {place for found in lists for place in found.span if place not in found.items[item]}
    return [
        _shared(token, alias, slots[alias])
        for place, token in enumerate(tokens)
        if place not in dropped
    ]


def _shared(token: Token, alias: str, slots: Mapping[str, str]) -> Token:
    """Return a predicate as a fact's own, where the fact has the same."""
    role = next(iter(token.roles.values()), "")
    is_shared = role in _PREDICATES and slots.get(role) == token.text
    return replace(token, roles={**token.roles, alias: role}) if is_shared else token


def _lists(tokens: Sequence[Token]) -> Iterator[_List]:
    """Yield the lists of slots of one name, each of another fact: `A, B (3) and C`."""
    place = 0
    while place < len(tokens):
        items = list(_items(tokens, place))
        heads = [tokens[item.start] for item in items]
        aliases = tuple(_owner(head) for head in heads)
        is_joined = any(
            "and" in {token.text for token in tokens[left.stop : right.start]}
            for left, right in list(pairwise(items))[-1:]
        )
        if is_joined and len(set(aliases)) == len(aliases):
            yield _List(tuple(items), aliases, heads[0].roles[aliases[0]])
        place = items[-1].stop if items else place + 1


def _items(tokens: Sequence[Token], start: int) -> Iterator[range]:
    """Yield the items of a list that starts at a place, by where they stand."""
    role = ""
    place = start
    while place < len(tokens) and tokens[place].sort == "slot":
        head = tokens[place]
        own = head.roles[_owner(head)]
        if role and own != role:
            return
        role = own
        stop = _behind_brackets(tokens, place + 1, _owner(head))
        if stop == place + 1:
            stop = _behind_name(tokens, place + 1, _owner(head))
        yield range(place, stop)
        place = stop
        joint = place
        while place < len(tokens) and tokens[place].text in (",", "and"):
            place += 1
        if place == joint:
            return
        if tokens[place - 1].text == "and" and _is_article(tokens, place):
            place += 1


def _behind_brackets(tokens: Sequence[Token], place: int, alias: str) -> int:
    """Return where brackets behind an item end, if they hold slots of its fact alone."""
    if place >= len(tokens) or tokens[place].text != "(":
        return place
    stop = next((i for i in range(place, len(tokens)) if tokens[i].text == ")"), -1)
    inside = tokens[place + 1 : max(stop, place)]
    return stop + 1 if inside and all(alias in token.roles for token in inside) else place


def _behind_name(tokens: Sequence[Token], place: int, alias: str) -> int:
    """Return where an item ends that says what it is of: `V for A`."""
    is_named = (
        place + 1 < len(tokens)
        and tokens[place].text in _OF
        and _owner(tokens[place + 1]) == alias
        and tokens[place + 1].roles[alias] == "subject"
    )
    return place + 2 if is_named else place


def _owner(token: Token) -> str:
    return next(iter(token.roles), "")
