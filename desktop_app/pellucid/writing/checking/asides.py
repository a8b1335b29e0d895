"""What is said in passing of something that was just named, put as a sentence of its own.

“X, which is missing in V, runs R” says that X runs R and that X is missing in V; so do “X, missing
in V, runs R”, “X (missing in V) runs R” and “Missing in V, X runs R”. A claim is read as it stands
where it can be; else what it spells out to is read, which says the same. Only what a sentence is
about, or what it ends with, can be told of so: of “the middle half of X, which ...” it would not be
known what the rest is about.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from pellucid.writing.checking.lexicon import words
from pellucid.writing.checking.tokens import Token

_STOP = Token(".", "mark", {})
_NOUNS = frozenset({"column", "field", "variable", "feature", "attribute", "table", "file"})
_NAMING = frozenset({"the", "our", "this", "named", "called"}) | _NOUNS
_OPENERS = frozenset({"that", "and", "while", "whereas", "but", ":", ";", "—", "–", ","})
_ENDING = frozenset(
    {"predicts", "predict", "predicting", "is", "are", "in", "for", "of", "to", "with"}
)
"""Words in front of a name that a sentence ends with, of which a relative clause goes on."""
_RELATIVES = frozenset({"which", "that"})
_PLURAL = frozenset(
    {"are", "were", "have", "run", "lie", "lack", "range", "go", "hold", "show", "span"}
)
_FINITE = {
    "running": "runs", "ranging": "ranges", "spanning": "spans", "having": "has", "taking": "takes",
    "holding": "holds", "lacking": "lacks", "ranking": "ranks", "containing": "contains",
    "covering": "covers", "carrying": "carries", "predicting": "predicts",
    "comprising": "comprises", "reaching": "reaches", "making": "makes", "going": "goes",
    "showing": "shows", "with": "has", "using": "uses",
}  # fmt: skip
"""Participles, and what is said where they stand as a verb."""
_FINITES = frozenset(_FINITE.values()) | {"is", "has", "was", "learnt", "learned"}
_CLOSING = {",": ",", "(": ")", "—": "—", "–": "–"}
_MODELS = (("the", "model"), ("our", "model"), ("the", "fitted", "model"), ("this", "model"))


def lifted(tokens: Sequence[Token]) -> list[Token]:
    """Return the tokens with what is said in passing as sentences behind the one it stands in."""
    found: list[Token] = []
    sentence: list[Token] = []
    for token in [*tokens, _STOP]:
        if token.text == "." and token.sort == "mark":
            found += [*_apart(sentence), _STOP] if sentence else []
            sentence = []
        else:
            sentence.append(token)
    return found


def _apart(sentence: list[Token]) -> list[Token]:
    """Return a sentence without what it says in passing, and that behind it."""
    for head in _heads(sentence):
        name = sentence[head.start : head.stop]
        fronted = _fronted(sentence, head)
        if fronted:
            return [*_apart(sentence[head.start :]), _STOP, *name, *fronted]
        inserted = _inserted(sentence, head)
        if inserted is not None:
            said = _predicate(inserted, name)
            rest = sentence[: head.stop] + sentence[head.stop + _length(sentence, head, inserted) :]
            return [*_apart(rest), _STOP, *said] if said else sentence
    return sentence


def _heads(sentence: Sequence[Token]) -> Iterator[range]:
    """Yield where what a sentence is about is named, or what a part of it ends with."""
    for place, token in enumerate(sentence):
        if "subject" in token.roles.values():
            stop = place + 1
            while stop < len(sentence) and sentence[stop].text in _NOUNS:
                stop += 1
            yield range(place, stop)
        for model in _MODELS:
            end = place + len(model)
            if tuple(t.text for t in sentence[place:end]) == model and (
                place == 0 or sentence[place - 1].text in _OPENERS
            ):
                yield range(place, end)


def _is_leading(sentence: Sequence[Token], head: range) -> bool:
    """Say whether nothing stands before a name that it could depend on."""
    place = head.start
    while place and sentence[place - 1].text in _NAMING:
        place -= 1
    return place == 0 or sentence[place - 1].text in _OPENERS


def _fronted(sentence: Sequence[Token], head: range) -> list[Token]:
    """Return as a predicate what a sentence starts with, of the name behind its comma."""
    place = head.start
    while place and sentence[place - 1].text in _NAMING:
        place -= 1
    front = list(sentence[: place - 1])
    is_open = place > 1 and sentence[place - 1].text == "," and "," not in {t.text for t in front}
    has_verb = head.stop < len(sentence) and sentence[head.stop].text not in ("'s", ",", ":", "and")
    if not (is_open and has_verb) or front[0].text in _RELATIVES:
        return []
    return _predicate(front, []) if _is_participle(front) else []


def _is_participle(part: Sequence[Token]) -> bool:
    first = part[0]
    return first.sort == "word" and (first.text in _FINITE or first.text in _STATES)


_STATES = words(
    "missing blank empty absent unknown unrecorded known recorded measured trained fitted tested "
    "evaluated built learnt learned scored checked spread distributed centred centered associated "
    "correlated linked related predicted found"
)


def _inserted(sentence: Sequence[Token], head: range) -> list[Token] | None:
    """Return what is inserted behind a name, None where nothing is."""
    if head.stop >= len(sentence) or sentence[head.stop].text not in _CLOSING:
        return None
    opening = sentence[head.stop].text
    inside: list[Token] = []
    for token in sentence[head.stop + 1 :]:
        if token.text == _CLOSING[opening] and not _is_within(inside):
            break
        inside.append(token)
    else:
        if opening == "(" or not _may_end(sentence, head, inside):
            return None
        return inside or None
    return inside if inside and _is_leading(sentence, head) else None


def _is_within(inside: Sequence[Token]) -> bool:
    texts = [token.text for token in inside]
    return texts.count("(") > texts.count(")")


def _may_end(sentence: Sequence[Token], head: range, inside: Sequence[Token]) -> bool:
    """Say whether a relative clause at the end is of the name in front of it alone."""
    before = sentence[head.start - 1].text if head.start else ""
    is_relative = len(inside) > 1 and inside[0].text in ("which", "whose")
    return (
        is_relative and inside[1].text not in _PLURAL and before in _ENDING | _NAMING
        and not _is_leading(sentence, head)
    )  # fmt: skip


def _length(sentence: Sequence[Token], head: range, inside: Sequence[Token]) -> int:
    """Return how many tokens an insertion takes with its marks."""
    return min(len(inside) + 2, len(sentence) - head.stop)


def _predicate(part: Sequence[Token], name: Sequence[Token]) -> list[Token]:
    """Return what is said in passing as a sentence of a name; empty where it cannot be told.

    Without a name, the predicate alone.
    """
    first, rest = part[0], list(part[1:])
    if first.text in _RELATIVES and rest:
        if tuple(t.text for t in rest[:2]) == ("the", "model") and name:
            return [*rest, *name]
        return [*name, *rest]
    if first.text == "where":
        return rest if name else []
    if first.text == "whose" and name:
        return [*name, _word("'s"), *rest]
    if first.text in _FINITE:
        return [*name, _word(_FINITE[first.text]), *rest]
    is_state = first.text in _STATES or first.text in ("a", "an", "the", "most", "its")
    return [*name, _word("is"), *part] if is_state else []


def _word(text: str) -> Token:
    return Token(text, "word", {})


_CONDITIONS = frozenset({"where", "when", "if"})
_ROWS = frozenset({"rows", "records", "cases", "observations", "those", "entries", "examples"})
_AMONG = frozenset({"among", "for", "in", "across", "over", "within", "of"})


def with_conditions_last(tokens: Sequence[Token], conditional: Collection[str]) -> list[Token]:
    """Put the one condition of each sentence, “where W” or “among rows where W”, at its end.

    Only where the sentence is of one fact alone, of those that hold under a condition as a whole.
    """
    found: list[Token] = []
    sentence: list[Token] = []
    for token in [*tokens, _STOP]:
        if token.text == "." and token.sort == "mark":
            found += [*_condition_last(sentence, conditional), _STOP] if sentence else []
            sentence = []
        else:
            sentence.append(token)
    return found


def _condition_last(sentence: list[Token], conditional: Collection[str]) -> list[Token]:
    places = [i for i, token in enumerate(sentence) if "where" in token.roles.values()]
    told = [frozenset(token.roles) for token in sentence if token.roles]
    if not told or not frozenset.intersection(*told) & frozenset(conditional):
        return sentence
    if len(places) != 1 or places[0] + 1 >= len(sentence):
        return sentence
    stop = start = places[0]
    if start and sentence[start - 1].text in _CONDITIONS:
        start -= 1
    if start and sentence[start - 1].text in _ROWS:
        start -= 1
        while start and sentence[start - 1].text in ("the", "those", "all"):
            start -= 1
        if not (start and sentence[start - 1].text in _AMONG):
            return sentence
        start -= 1
    if start in (0, stop):
        return sentence
    moved = sentence[start : stop + 1]
    before, after = sentence[:start], sentence[stop + 1 :]
    if before[-1].text == "," and after[0].text == ",":
        before, after = before[:-1], after[1:]
    return [*before, *after, *moved]
