"""What sentences may be built around each kind of fact, as values that one engine reads."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from pellucid.writing.checking.lexicon import Words

FUNCTION = frozenset(
    {
        "determiner", "pronoun", "be", "have", "link", "preposition", "connective", "adverb",
        "approximation", "condition", "result", "basis",
    }
)  # fmt: skip
"""The classes of plain words that go with every kind."""
EVERY_OPENING = frozenset({"of", "out of", "in", "among", "amongst", "across", "over", "on", "for"})


@dataclass(frozen=True, slots=True)
class Role:
    """Where a slot may stand.

    `owner`: the slots (or classes of words, with a colon) that must be its grammatical subject;
    `close` asks for it immediately before. `after`: what must stand directly before it: words,
    classes of words (`:be`), slots (`.value`), the start of a stretch (`^`), or a bracket (`(`).
    `opening`: further words that do so where they themselves open a stretch or follow a value.
    `early`: of those, words that do so only before anything is said of the fact.
    `alone`: of all those, words that do so only where nothing else is said of the fact.
    `led_by`: a word of the kind's own that must stand before it, with no other slot between.
    `apart`: slots that must not stand in the same stretch. `beside`: slots that must be named in
    the clause or before it. `not_after`: what must not stand directly before it. `among`: words one
    of which the clause has to have. `is_object`: that
    no verb but a form of `be` may be said of it.
    """

    owner: Words = frozenset()
    close: bool = False
    after: Words = frozenset()
    opening: Words = frozenset()
    early: Words = frozenset()
    alone: Words = frozenset()
    led_by: Words = frozenset()
    apart: Words = frozenset()
    beside: Words = frozenset()
    not_after: Words = frozenset()
    among: Words = frozenset()
    is_object: bool = False


@dataclass(frozen=True, slots=True)
class KindRules:
    """How facts of one kind may be put.

    Attributes:
        nouns: Classes of plain nouns that go with it.
        predicate: Words true of every fact of the kind, that say what its value is a value of.
        words: Further words of the kind that assert nothing.
        identity: Slots to be named before its value may be said; of each set, one will do.
        implied: Of those, slots that need no naming where nothing else was spoken of.
        needs: Slots that say something; a clause has one of them.
        predicate_for: Slots that need one of `predicate` in their stretch.
        presence: Verbs that are true next to the predicate alone.
        once: Whether saying the predicate twice in a stretch would turn it round.
        binds: Words and the slots, one of which is to be the next that is named after the word.
        is_table: Whether it speaks of the table, which facts of its columns may then go on about.
        is_frame: Whether it may lead to another fact, which it does not restrict.
        is_caption: Whether its figure alone may stand as a line of a list.
        is_adverbial: Whether the predicate may stand anywhere before its figure.
        other_is_figure: Whether `other` holds a second figure, rather than a name.
        binds_each: Whether each figure needs such a word in its stretch, once there is one.
        must: Words one of which a clause has to have.
        interval_of: The slots that its interval bounds.
        bounded: Words for what its interval bounds, where its figure is not told.
        binds_back: Whether the slot may stand before the word as well.
        barred: Plain words that would say something else of a fact of this kind.
        roles: Where its slots may stand.
    """

    nouns: Words
    predicate: Words
    words: Words
    identity: tuple[Words, ...]
    needs: Words
    implied: Words = frozenset()
    predicate_for: Words = frozenset()
    presence: Words = frozenset()
    once: bool = False
    is_table: bool = False
    is_frame: bool = False
    is_caption: bool = False
    is_adverbial: bool = False
    other_is_figure: bool = False
    binds: Mapping[Words, Words] = field(default_factory=dict)
    binds_back: bool = False
    bounded: Words = frozenset()
    barred: Words = frozenset()
    binds_each: bool = False
    must: Words = frozenset()
    interval_of: Words = frozenset({"value"})
    roles: Mapping[str, Role] = field(default_factory=dict)

    @property
    def own_words(self) -> Words:
        """All words that this kind brings along."""
        return self.predicate | self.words | self.presence
