"""One claim against its facts.

A claim is checked where every sentence is a fact's own sentence, or clauses that each speak of one
fact: in plain words and the words of the fact's kind, everything that depends on the fact's value
in slots, each slot where its kind allows it. The word lists only tell what is rejected from what is
shown as interpretation; what is checked follows from structure and from the plain words alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from pellucid.facts.slots import slots_of
from pellucid.facts.types import Fact
from pellucid.writing.checking.asides import astray, bracketed, spliced
from pellucid.writing.checking.bindings import mismatched
from pellucid.writing.checking.catalogue import rules_of
from pellucid.writing.checking.clauses import CONJUNCTIONS, SEPARATORS, Clause, clauses, sentences
from pellucid.writing.checking.converses import turned_round
from pellucid.writing.checking.form import unreadable
from pellucid.writing.checking.grammar import NOUNS, View, classes_of
from pellucid.writing.checking.lexicon import Lexicon, lexicon_of
from pellucid.writing.checking.places import misplaced
from pellucid.writing.checking.statements import (
    shared_predicate,
    strange_words,
    twisted,
    unnamed,
    unsaid,
)
from pellucid.writing.checking.tokens import RefusedError, Token, tokens_of
from pellucid.writing.checking.topics import Topic
from pellucid.writing.drafts import Draft, Verdict
from pellucid.writing.templates import Slot, TemplateError, parse, phrase

_MOST_REASONS = 6
_EFFECTS = frozenset({"group_difference", "effect_at", "monotone", "ngram", "pair_effect"})
_IN_OPENINGS = NOUNS | {
    "opening", "preposition", "determiner", "connective", "adverb", "result",
}  # fmt: skip
_CONTENT = NOUNS | {"link", "result", "adverb"}
_QUOTES = "“”\"„«»‘’'"


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
        phrases = [word for fact in cited.values() for word in _own_words(fact)]
        tokens = tokens_of(pieces, cited, lexicon, phrases)
    except TemplateError as error:
        return Verdict("rejected", (str(error),))
    except RefusedError as error:
        return Verdict(error.status, (error.reason,))
    return _Reading(cited, facts, lexicon, language).verdict(tokens)


def _own_words(fact: Fact) -> frozenset[str]:
    rules = rules_of(fact)
    return rules.own_words if rules else frozenset()


class _Reading:
    """Reads a draft sentence by sentence and gathers what speaks against it."""

    def __init__(
        self, cited: Mapping[str, Fact], known: Mapping[str, Fact], lexicon: Lexicon, language: str
    ) -> None:
        self._cited = cited
        self._taken = _names_of(known)
        self._lexicon = lexicon
        self._language = language
        self._slots = {alias: slots_of(fact) for alias, fact in cited.items()}
        self._topic = Topic()
        self._last = ""
        self._said: frozenset[tuple[str, str]] = frozenset()
        self._rejected: list[str] = []
        self._doubts: list[str] = []

    def verdict(self, tokens: Sequence[Token]) -> Verdict:
        """Return the verdict on all sentences."""
        self._screen(tokens)
        self._said = frozenset(pair for token in tokens for pair in token.roles.items())
        follows_sentence = False
        read = list(sentences(tokens))
        if not read:
            self._doubts.append("it is empty")
        for place, sentence in enumerate(read):
            if _is_whole(sentence):
                follows_sentence = True
                continue
            is_before_one = place + 1 < len(read) and _is_whole(read[place + 1])
            if follows_sentence and self._is_opening(sentence, read[place - 1][0]):
                continue
            if follows_sentence and _opens_loosely(sentence):
                self._doubts.append("a whole sentence must stand alone")
            if is_before_one and not _is_closed(sentence):
                self._doubts.append("a whole sentence must stand alone")
            follows_sentence = False
            if is_before_one and self._is_opening(sentence, read[place + 1][0]):
                continue
            self._read(sentence)
        if self._rejected:
            return Verdict("rejected", tuple(dict.fromkeys(self._rejected))[:_MOST_REASONS])
        if self._doubts:
            return Verdict("interpretation", tuple(dict.fromkeys(self._doubts))[:_MOST_REASONS])
        return Verdict("checked")

    def _is_opening(self, sentence: Sequence[Token], whole: Token) -> bool:
        """Say whether words only lead to the whole sentence that follows: `On missing values:`."""
        alias = next(iter(whole.roles))
        own = _own_words(self._cited[alias])
        for token in sentence:
            if token.roles:
                if token.role(alias) != "subject":
                    return False
            elif token.sort == "word":
                if (
                    token.text in ("means", "by the codebook")
                    and self._cited[alias].kind != "definition"
                ):
                    return False
                kinds = classes_of(token.text, self._language)
                if not kinds & _IN_OPENINGS and token.text not in own:
                    return False
        return not any(t.text in self._taken for t in sentence if t.sort == "word")

    def _screen(self, tokens: Sequence[Token]) -> None:
        """Reject words of the rejected classes in any clause that no fact of it accounts for."""
        depth = 0
        for token in tokens:
            if token.sort != "mark":
                continue
            if token.text in "?!…":
                self._doubts.append("only plain statements can be checked")
            if token.text in _QUOTES:
                self._doubts.append("quotation marks stand around words that are no slot")
            depth += {"(": 1, ")": -1}.get(token.text, 0)
            if depth not in (0, 1):
                self._doubts.append("brackets do not match")
        if depth:
            self._doubts.append("brackets do not match")

    def _read(self, sentence: Sequence[Token]) -> None:
        found = clauses(sentence)
        if isinstance(found, str):
            self._doubts.append(found)
            self._strange(sentence)
            return
        before: View | None = None
        for place, clause in enumerate(found):
            view = self._view(clause)
            if view is None:
                self._strange(clause.tokens)
                self._doubts.append(
                    f"of {clause.alias} only its whole sentence can be said"
                    if clause.alias
                    else "it says something without a fact"
                )
                before = None
                continue
            view = replace(view, follows=before is not None and view.rules is before.rules)
            self._check(view, before)
            is_led = before is not None and before.rules.is_frame
            is_parted = is_led or view.contrasts() or _is_parted(found, place)
            if place and not shared_predicate(view, before) and not is_parted:
                self._doubts.append("one fact reads as a condition of another; part them by “and”")
            self._topic = self._topic.after(view, self._slots[clause.alias])
            before = view

    def _check(self, view: View, before: View | None) -> None:
        for word, kind in strange_words(view):
            if kind:
                self._rejected.append(f"“{word}” says {kind}; only a slot may")
            else:
                self._doubts.append(f"“{word}” is neither plain nor a word of the fact")
        slots = self._slots[view.clause.alias]
        self._doubts += unnamed(view, self._topic, slots)
        self._doubts += unsaid(view, before)
        self._doubts += misplaced(view, self._topic)
        self._doubts += mismatched(view)
        self._doubts += twisted(view)
        self._doubts += turned_round(view)
        self._doubts += unreadable(view, before is not None)
        self._doubts += self._taken_names(view)
        self._doubts += bracketed(view)
        self._doubts += astray(view, self._topic)
        self._doubts += _unsure(view, self._cited[view.clause.alias], self._said)
        if self._last not in ("", view.clause.alias):
            self._doubts += spliced(view)
        self._last = view.clause.alias

    def _taken_names(self, view: View) -> Iterator[str]:
        """Let no plain noun be used that names a column or level of another fact."""
        for place, token in enumerate(view.tokens):
            is_content = not view.kinds(place) or view.kinds(place) & _CONTENT
            is_taken = token.sort == "word" and token.text in self._taken and is_content
            if is_taken and not view.role(place):
                yield f"“{token.text}” is also a name in the data"

    def _view(self, clause: Clause) -> View | None:
        rules = rules_of(self._cited[clause.alias]) if clause.alias else None
        if rules is None or not self._lexicon.plain:
            return None
        outcome = self._slots[clause.alias].get("outcome", "")
        return View(clause, rules, self._language, outcome)

    def _strange(self, tokens: Sequence[Token]) -> None:
        """Reject what a word list rejects, where no fact can account for it."""
        for token in tokens:
            kind = self._lexicon.rejection(token.text) if token.sort == "word" else ""
            if kind:
                self._rejected.append(f"“{token.text}” says {kind}; only a slot may")


def _is_closed(sentence: Sequence[Token]) -> bool:
    """Say whether a full stop, a semicolon or a colon ends a sentence."""
    is_source = sentence[0].text == "by the codebook"
    return sentence[-1].sort == "mark" and (sentence[-1].text in ".;:" or is_source)


def _is_whole(sentence: Sequence[Token]) -> bool:
    return len(sentence) == 1 and "sentence" in sentence[0].roles.values()


def _opens_loosely(sentence: Sequence[Token]) -> bool:
    return sentence[0].text in SEPARATORS or sentence[0].text in CONJUNCTIONS


def _is_parted(found: Sequence[Clause], place: int) -> bool:
    """Say whether a clause is parted from the one before by more than a comma."""
    opening = found[place].tokens
    for token in opening:
        if token.text in (";", ":", "—", "–"):
            return True
        if token.text in CONJUNCTIONS and token.text not in ("with",):
            return True
        if token.text not in SEPARATORS:
            break
    first = found[place - 1].tokens[0]
    return first.sort == "word" and first.text in ("while", "whereas", "although", "though")


def _unsure(view: View, fact: Fact, said: frozenset[tuple[str, str]]) -> Iterator[str]:
    """Ask for the interval of an effect that may as well be none."""
    if fact.kind not in _EFFECTS or fact.low is None or fact.high is None:
        return
    none = 1.0 if "ratio" in fact.unit else 0.0
    told = {view.role(i) for i in range(len(view.tokens))} & {"value", "direction", "verdict"}
    alias = view.clause.alias
    is_told = (alias, "interval") in said or "interval" not in slots_of(fact)
    if fact.low <= none <= fact.high and told and not is_told:
        yield f"say {{{{{alias}.interval}}}} too: it may as well be no difference"


def _names_of(facts: Mapping[str, Fact]) -> frozenset[str]:
    """Return the names in the data: a plain word that is one of them could be read as it."""
    return frozenset(part.lower() for fact in facts.values() for part in fact.subject)
