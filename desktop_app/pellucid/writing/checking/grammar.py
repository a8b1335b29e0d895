"""Looking around in a clause: classes of words, what stands before a slot, and whose predicate."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from pellucid.writing.checking.clauses import SEPARATORS, Clause
from pellucid.writing.checking.kinds import KindRules
from pellucid.writing.checking.lexicon import Lexicon, Words, lexicon_of
from pellucid.writing.checking.tokens import Token

SAYING = frozenset(
    {
        "value", "count", "interval", "n", "direction", "verdict", "rank", "range", "half", "list",
    }
)  # fmt: skip
"""Slots that say something of what their fact is about."""
NOUNS = frozenset({"column", "columns", "row", "cell", "table", "model", "measure", "curve"})
VERBS = frozenset({"be", "have", "link"})
_SKIPPED_BEFORE = frozenset({"determiner", "approximation"})
_HOLDS_BACK = frozenset({"preposition"})
_PLACE_WORDS = frozenset({"group", "level", "category", "class", "value", "those", "row", "rows"})
_PRONOUNS = frozenset({"it", "they", "which", "this", "these", "that"})
START = ""
PRONOUN = "pronoun"


@cache
def classes_of(word: str, language: str) -> Words:
    """Return the plain classes that a word belongs to."""
    lexicon: Lexicon = lexicon_of(language)
    return frozenset(name for name, entries in lexicon.plain.items() if word in entries)


@dataclass(frozen=True, slots=True)
class View:
    """A clause with the rules of its fact, as the checks look at it."""

    clause: Clause
    rules: KindRules
    language: str
    outcome: str
    follows: bool = False
    """Whether the clause before in the sentence is about a fact of the same kind."""

    @property
    def tokens(self) -> tuple[Token, ...]:
        return self.clause.tokens

    def role(self, place: int) -> str:
        """Return the role of a token; words that repeat the outcome stand for it."""
        token = self.tokens[place]
        if token.roles:
            return token.role(self.clause.alias)
        if token.text in ("odds", "prediction") and self._has_outcome(token.text):
            return "outcome"
        return ""

    def _has_outcome(self, word: str) -> bool:
        return word in self.outcome or (word == "prediction" and "predicted" in self.outcome)

    def outcome_words(self) -> Words:
        """Return the words that the outcome may be called by once it was named."""
        words = {w for w in ("odds", "prediction", "relative") if self._has_outcome(w)}
        return frozenset(words | {w for w in ("predicted",) if w in self.outcome})

    def kinds(self, place: int) -> Words:
        """Return the classes of a word; none for slots, names and marks."""
        token = self.tokens[place]
        return classes_of(token.text, self.language) if token.sort == "word" else frozenset()

    def left(self, place: int, *, over: Words = _SKIPPED_BEFORE) -> int:
        """Return the place before, over classes that say nothing; -1 at the start."""
        found = place - 1
        while found >= 0 and self.tokens[found].sort == "word" and self._is_skipped(found, over):
            found -= 1
        return found

    def _is_skipped(self, place: int, over: Words) -> bool:
        token = self.tokens[place]
        is_own = token.text in self.rules.own_words
        kinds = self.kinds(place)
        return bool(kinds & over) and not (kinds & _HOLDS_BACK or is_own or self.role(place))

    def is_predicate(self, place: int) -> bool:
        token = self.tokens[place]
        return token.sort == "word" and token.text in self.rules.predicate

    def is_verb(self, place: int) -> bool:
        """Say whether a word is a verb of the plain list or one of the kind's own."""
        token = self.tokens[place]
        if token.sort != "word":
            return False
        kinds = self.kinds(place)
        is_noun = bool(kinds & NOUNS) and place > 0 and "determiner" in self.kinds(place - 1)
        return (bool(kinds & VERBS) and not is_noun) or token.text in self.rules.presence

    def phrase_start(self, place: int) -> int:
        """Return where the prepositional phrase or condition that holds a token begins; -1 if none.

        `for Age 40` and `where Age is 40` hold their tokens; `for Age, the odds` ends at the comma.
        """
        found, was_be = place - 1, False
        while found >= 0:
            kinds, role = self.kinds(found), self.role(found)
            text = self.tokens[found].text
            if kinds & {"condition", "reference"}:
                return found
            if "preposition" in kinds and not was_be:
                return found
            if ("be" in kinds and not was_be) or (was_be and text in ("it", "they")):
                was_be = True
            elif role == "subject" and self.role(place) in ("group", "other", "at"):
                pass
            elif not (
                kinds & {"determiner", "approximation"} or kinds & NOUNS or text in _PLACE_WORDS
            ):
                return -1
            found -= 1
        return -1

    def is_referenced(self, place: int) -> bool:
        """Say whether a token is what something is set against: `than for those with X`."""
        found = place - 1
        while found >= 0:
            kinds, text = self.kinds(found), self.tokens[found].text
            if "reference" in kinds:
                return not self._contrasts(found)
            if text == "as" and self.role(place) == "other":
                return True
            is_filler = kinds & {"preposition", "determiner", "condition", "be", "pronoun"}
            if not (is_filler or text in _PLACE_WORDS or self.role(found) == "subject"):
                return False
            found -= 1
        return False

    def _contrasts(self, place: int) -> bool:
        """Say whether a word of reference sets one fact beside another: `, against 3 for B`."""
        is_opening = all(token.sort == "mark" for token in self.tokens[:place])
        text = self.tokens[place].text
        return is_opening and (
            text == "as for" or (self.follows and text[:3] not in ("tha", "as "))
        )

    def contrasts(self) -> bool:
        """Say whether the clause opens with a word that sets it beside the one before."""
        opening = next((i for i, t in enumerate(self.tokens) if t.sort != "mark"), 0)
        return "reference" in self.kinds(opening) and self._contrasts(opening)

    def owner(self, place: int) -> str:
        """Return what a slot is said of: a role, a class with a colon, a pronoun or START."""
        found = place - 1
        while found >= 0:
            token, role = self.tokens[found], self.role(found)
            if token.text == ")":
                found = self._opening(found) - 1
                continue
            if role and role not in SAYING:
                start = self.phrase_start(found)
                if start < 0 or (self.rules.other_is_figure and self._touches(found, place)):
                    return role
                found = start - 1
                continue
            name = self._noun(found)
            if name:
                return name
            found -= 1
        return START

    def _touches(self, left: int, right: int) -> bool:
        """Say whether no verb and no mark stand between two places."""
        between = range(left + 1, right)
        return not any(self.is_verb(i) or self.tokens[i].sort == "mark" or self.tokens[i].text
                       in self.rules.own_words for i in between)  # fmt: skip

    def _noun(self, place: int) -> str:
        """Return the class of a noun outside phrases; PRONOUN for a pronoun."""
        token, kinds = self.tokens[place], self.kinds(place)
        if token.sort != "word" or token.text in self.rules.own_words:
            return ""
        if token.text in _PRONOUNS and self._stands_alone(place):
            return PRONOUN
        named = kinds & NOUNS
        if named and self.phrase_start(place) < 0:
            return f":{min(named)}"
        return ""

    def _stands_alone(self, place: int) -> bool:
        """Say whether a pronoun is followed by a verb or a slot, and not by its noun."""
        if place + 1 >= len(self.tokens):
            return False
        if self.tokens[place].text in ("it", "they", "which"):
            return True
        return self.is_verb(place + 1)

    def _opening(self, place: int) -> int:
        while place > 0 and self.tokens[place].text != "(":
            place -= 1
        return place

    def in_stretch(self, place: int) -> range:
        """Return the places of the stretch that a token lies in."""
        return range(*self.clause.stretch_of(place))

    def begins(self, place: int) -> bool:
        """Say whether a token opens its stretch, separators and connectives aside."""
        start = self.clause.stretch_of(place)[0]
        return all(
            self.tokens[i].text in SEPARATORS or "connective" in self.kinds(i)
            for i in range(start, place)
        )
