"""One claim against its facts.

A claim is checked where it can be read as sentences of facts, and as clauses each of which one fact
says in one of the ways of its kind (see `frames`). Whatever depends on a fact's value stands in
slots, and each slot where the grammar of its kind has it. The word lists only tell what is rejected
from what is shown as interpretation; what is checked follows from the grammars alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from pellucid.facts.slots import slots_of
from pellucid.facts.types import Fact
from pellucid.writing.checking.asides import lifted, with_conditions_last
from pellucid.writing.checking.catalogue import example_of, name_of, words_of
from pellucid.writing.checking.contexts import may_be_none
from pellucid.writing.checking.lexicon import Lexicon, lexicon_of
from pellucid.writing.checking.library import FILTERED
from pellucid.writing.checking.lists import spelt_out
from pellucid.writing.checking.reading import Reading
from pellucid.writing.checking.tokens import RefusedError, Token, tokens_of
from pellucid.writing.drafts import Draft, Verdict
from pellucid.writing.templates import Slot, TemplateError, parse, phrase

_MOST_REASONS = 6
_TELLING = frozenset({"value", "direction", "verdict"})
_NAMING = frozenset({"subject", "other", "group", "outcome", "where", "sentence"})
"""Slots that only name something."""
_TURNING = frozenset({"a negation", "a quantity", "a cause", "a certainty"})
"""Classes of words that turn a sentence round, or say more than it may."""
_NOUNS = ("column", "columns", "row", "cell", "table", "model", "measure", "curve", "result")


def check_claim(draft: Draft, facts: Mapping[str, Fact], language: str = "en") -> Verdict:
    """Say what a draft may be shown as; `facts` are known by alias.

    In a language without a plain vocabulary only whole sentences of facts can be checked.
    """
    strange = [alias for alias in draft.facts if alias not in facts]
    if strange:
        return Verdict("rejected", (f"there is no fact {', '.join(strange)}",))
    if not draft.facts:
        return Verdict("rejected", ("it cites no fact",))
    cited = {alias: facts[alias] for alias in dict.fromkeys(draft.facts)}
    lexicon = lexicon_of(language)
    try:
        pieces = parse(draft.text)
        for piece in pieces:
            if isinstance(piece, Slot):
                phrase(piece, cited)
        tokens = tokens_of(pieces, cited, lexicon, words_of(cited.values()))
    except TemplateError as error:
        return Verdict("rejected", (str(error),))
    except RefusedError as error:
        return Verdict(error.status, (error.reason,))
    reading = Reading(tokens, cited, has_words=bool(lexicon.plain))
    if not reading.holds() and not _holds_in_full(tokens, cited, lexicon):
        return _unread(tokens, cited, facts, lexicon, reading.stopped)
    doubts = (*_unsure(tokens, cited), *_taken_names(tokens, facts, lexicon))
    return Verdict("interpretation", _few(doubts)) if doubts else Verdict("checked")


def _holds_in_full(tokens: Sequence[Token], cited: Mapping[str, Fact], lexicon: Lexicon) -> bool:
    """Say whether a draft can be read once lists and what is said in passing are spelt out."""
    slots = {alias: slots_of(fact) for alias, fact in cited.items()}
    apart = lifted(tokens)
    conditional = [a for a, fact in cited.items() if name_of(fact).startswith(FILTERED)]
    last = with_conditions_last(tokens, conditional)
    ways = (spelt_out(tokens, slots), apart, spelt_out(apart, slots), last)
    return any(
        way != tokens and Reading(way, cited, has_words=bool(lexicon.plain)).holds() for way in ways
    )


def _unread(
    tokens: Sequence[Token],
    cited: Mapping[str, Fact],
    facts: Mapping[str, Fact],
    lexicon: Lexicon,
    stopped: int,
) -> Verdict:
    """Say why a draft cannot be read, and whether it may be shown as interpretation at all.

    It is rejected for words that only a slot may say, for those that turn a sentence round even
    where they are the fact's own, and for a figure of which it cannot be told whose it is.
    """
    words = [token.text for token in tokens if token.sort == "word"]
    known = words_of(cited.values()) if lexicon.plain else frozenset()
    said = [word for word in words if word not in known]
    kinds = {word: lexicon.rejection(word) for word in words}
    rejected = [
        f"“{word}” says {kind}; only a slot may"
        for word, kind in kinds.items()
        if kind in _TURNING or (kind and word not in known)
    ]
    rejected += _astray(tokens, facts, words)
    if rejected:
        return Verdict("rejected", _few(rejected))
    return Verdict("interpretation", _few(_doubts(tokens, cited, said, stopped)))


def _astray(
    tokens: Sequence[Token], facts: Mapping[str, Fact], words: Sequence[str]
) -> Iterator[str]:
    """Yield why a figure may be taken for another's: of another fact, or of a name of the data."""
    slots = [token for token in tokens if token.roles]
    if all(_NAMING.issuperset(token.roles.values()) for token in slots):
        return
    common = set(slots[0].roles).intersection(*(token.roles for token in slots))
    if not common:
        yield "it sets figures of several facts side by side; give each a sentence of its own"
    names = {part.lower() for fact in facts.values() for part in fact.subject}
    for word in dict.fromkeys(words):
        if word in names:
            yield f"“{word}” is a name in the data, and stands beside a figure; name it by its slot"


def _doubts(
    tokens: Sequence[Token], cited: Mapping[str, Fact], said: Sequence[str], stopped: int
) -> Iterator[str]:
    if not tokens:
        yield "it is empty"
    yield from (f"“{word}” is neither plain nor a word of the fact" for word in said)
    if tokens and not said:
        met = tokens[min(stopped, len(tokens) - 1)]
        yield f"{met.label or f'“{met.text}”'} cannot stand where it does"
    for alias in dict.fromkeys(alias for token in tokens for alias in token.roles):
        yield f"of {alias}, say it for instance so: {example_of(alias, cited[alias])}"


def _few(reasons: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(reasons))[:_MOST_REASONS]


def _unsure(tokens: Sequence[Token], cited: Mapping[str, Fact]) -> Iterator[str]:
    """Ask for the interval of an effect that may as well be none."""
    for alias, fact in cited.items():
        said = {token.role(alias) for token in tokens}
        is_told = "interval" in said or "interval" not in slots_of(fact)
        if may_be_none(fact) and said & _TELLING and not is_told:
            yield f"say {Slot(alias, 'interval')} too: it may as well be no difference"


def _taken_names(
    tokens: Sequence[Token], facts: Mapping[str, Fact], lexicon: Lexicon
) -> Iterator[str]:
    """Let no plain noun be used that names a column: it could be read as that column."""
    nouns = {word for name in _NOUNS for word in lexicon.plain.get(name, ())}
    named = (fact.subject for fact in facts.values() if name_of(fact) != "rows share")
    taken = nouns & {part.lower() for subject in named for part in subject}
    for token in tokens:
        if token.sort == "word" and token.text in taken:
            yield f"“{token.text}” is also a name in the data"
