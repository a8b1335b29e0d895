"""Questions that evidence in a file cannot answer, and what could be asked instead."""

from __future__ import annotations

import re

from pellucid.core.numbers import listing
from pellucid.facts.glossary import TERMS, terms_like
from pellucid.writing.questions.bounds import MONTHS
from pellucid.writing.questions.lexicon import Lexicon, split_name, stem
from pellucid.writing.questions.reading import Reading
from pellucid.writing.questions.vocabulary import KNOWN_WORDS
from pellucid.writing.questions.words import FILLERS, LEVEL_WORDS, VAGUE

_FEWEST_LETTERS = 4
_NO_ADVERBS = frozenset(
    {"family", "elderly", "early", "daily", "weekly", "hourly", "italy", "friendly", "lonely",
     "lovely", "supply", "reply", "fly"}
)  # fmt: skip
"""Words that end as adverbs do and are none."""

_CAUSES = re.compile(
    r"\b(cause[sd]?|causing|causal|because|reasons? (for|why|behind)|leads? to|led to|results? in"
    r"|responsible for|due to|thanks to)\b|^what makes?\b"
)
_WHY = re.compile(r"^(and |but |so )?(why|how come)\b")
_WHY_MODEL = re.compile(r"\b(predict\w*|model|row \d|score\w*)\b")
_FUTURE = re.compile(
    r"\b(will|forecast\w*|tomorrow|next (year|month|week|day|season)|in the future|going to"
    r"|future|upcoming|from now on|by 20[3-9]\d)\b"
)
_OPINION = re.compile(
    r"\b(should|ought|do you (think|like|believe|feel|prefer)|opinion|recommend\w*|advice|advise"
    r"|better to|best (way|thing|idea)|worth it|is it (good|bad|fair|ok|right|wrong)"
    r"|(nice|nicer|nicest|cute|cuter|cutest|beautiful|ugly|prettier|prettiest|smart|smarter)"
    r"|favou?rite|what can we do|what to do|fair(er)?|unfair|ethical|what do i do)\b"
)
_ORDERS = re.compile(
    r"\b(ignore (all|any|the|previous|your)|disregard|system prompt|previous instructions"
    r"|execute|run (this|the|a) (code|command|script)|delete|drop table|rm -rf|import os"
    r"|send (it|this|the|an?|all) .*(to|mail)|password|api key"
    r"|write (a )?(poem|story|code|program|essay)"
    r"|tell me a joke|sing|who are you|translate|pretend|act as|hack)\b"
)
_EITHER = re.compile(
    r"\b(under|over|below|above|less than|more than|at least|at most) \S+ or"
    r" (under|over|below|above|less than|more than|at least|at most) [\d.-]"
)
_OUTSIDE = re.compile(
    r"\b(weather|news|capital of|president|stock|internet|google|wikipedia|world|country of origin"
    r"|what time is it|today'?s date|meaning of life)\b"
)
_COMPARES = re.compile(r"\b(compar\w+|differ\w*|versus|vs|tells?|distinguish\w*)\b")
_TERM = re.compile(
    r"^(?:what(?: is|'s| s)? (?:an? |meant by )|define |(?:what is )?the (?:meaning|definition) of "
    r"|what does |what is )(?:an? |the )?(.+?)(?: mean| stand for)?$"
)
_MOST_GROUPS = 6


def refusal_of(reading: Reading, lexicon: Lexicon) -> tuple[str, tuple[str, ...]] | None:
    """Return why a question cannot be answered from the file and what could be asked, or None."""
    text = reading.text
    if _ORDERS.search(text):
        return "That is not a question about the file.", examples(lexicon)
    if _OPINION.search(text):
        return (
            "The file holds what was recorded, not what is right or better; that is for you to "
            "judge.",
            examples(lexicon, reading),
        )
    if _FUTURE.search(text) and not re.search(r"\bwhat (will|would) the model\b", text):
        return (
            "The file says what was recorded; it says nothing of what is to come.",
            examples(lexicon, reading),
        )
    is_why = _WHY.search(text) is not None and not _WHY_MODEL.search(text)
    if _CAUSES.search(text) or is_why:
        return (
            "Rows that were recorded show what goes together, not what causes what.",
            examples(lexicon, reading),
        )
    if _EITHER.search(text):
        return (
            "Two ranges joined by “or” cannot be asked for in one question; ask for each of them.",
            examples(lexicon, reading),
        )
    if _OUTSIDE.search(text) and not reading.mentions:
        return "That is not in the file.", examples(lexicon)
    return None


def not_understood(reading: Reading, lexicon: Lexicon) -> tuple[str, tuple[str, ...]]:
    """Say that a question was not understood, naming the words that mean nothing here."""
    strange = strange_words(reading, lexicon)
    text = "The question was not understood."
    if strange:
        named = listing([f"“{word}”" for word in strange], 3)
        text = f"Nothing in the file is called {named}, so the question was not understood."
    text = f"{text} {_levels_there(reading, lexicon, strange)}".strip()
    groups = _groups(reading, lexicon) if _COMPARES.search(reading.text) else ""
    return f"{text} {groups}".strip(), examples(lexicon, reading)


def _levels_there(reading: Reading, lexicon: Lexicon, strange: list[str]) -> str:
    """Say which levels a column has where a question names one that it has not."""
    for mention in reading.columns:
        column = lexicon.column(mention.column)
        after = [word.raw for word in reading.words[mention.end : mention.end + 2]]
        if column is not None and column.levels and set(after) & set(strange):
            return f"{column.name} has {listing(list(column.levels), _MOST_GROUPS)}."
    return ""


def _groups(reading: Reading, lexicon: Lexicon) -> str:
    """Say which groups there are to be compared."""
    named = {mention.column for mention in reading.mentions}
    columns = [c for c in lexicon.columns if 1 < len(c.levels) <= _MOST_GROUPS]
    columns = [c for c in columns if c.name in named] or columns
    told = [f"{c.name} ({listing(list(c.levels), _MOST_GROUPS)})" for c in columns]
    return f"Groups that can be compared are those of {listing(told, 4)}." if told else ""


def unknown_term(reading: Reading, lexicon: Lexicon) -> tuple[str, tuple[str, ...]] | None:
    """Return why a term is not defined, and terms that are; None where no definition is asked."""
    found = _TERM.match(reading.text)
    if found is None or reading.mentions or lexicon.has_documents:
        return None
    near = terms_like(found.group(1)) or tuple(TERMS)[:3]
    return (
        f"“{found.group(1)}” is neither a column of the file nor a term that Pellucid explains.",
        tuple(f"What does {term} mean?" for term in near),
    )


def examples(lexicon: Lexicon, reading: Reading | None = None) -> tuple[str, ...]:
    """Return questions that this file can answer, about what was named if anything was."""
    named = list(dict.fromkeys(m.column for m in reading.mentions)) if reading else []
    columns = [c for c in lexicon.columns if c.name in named] or list(lexicon.columns)
    numbers = [c.name for c in columns if c.is_number] or [
        c.name for c in lexicon.columns if c.is_number
    ]
    groups = [c for c in columns if len(c.levels) > 1] or [
        c for c in lexicon.columns if len(c.levels) > 1
    ]
    found = []
    if numbers and groups:
        found.append(f"What is the mean {numbers[0]} by {groups[0].name}?")
    elif numbers:
        found.append(f"What is the median {numbers[0]}?")
    elif groups:
        found.append(f"How many rows are there by {groups[0].name}?")
    if groups:
        first, second = groups[0].levels[:2]
        found.append(f"What tells {groups[0].name} {first} from {second}?")
    if lexicon.target:
        found.append(f"Which columns matter for {lexicon.target}?")
    elif len(numbers) > 1:
        found.append(f"How strongly do {numbers[0]} and {numbers[1]} go together?")
    else:
        found.append("What is missing?")
    return tuple(found)


def strange_words(reading: Reading, lexicon: Lexicon, fewest: int = _FEWEST_LETTERS) -> list[str]:
    """Return the words of a question that no part of it accounts for.

    Words of less than `fewest` letters are passed over: they carry little, and are often cut short.
    """
    about = {stem(word) for word in split_name(lexicon.file.rpartition(".")[0])}
    known = set(KNOWN_WORDS) | FILLERS | set(MONTHS)
    numbers = {column.name for column in lexicon.columns if column.is_number}
    has_number = any(mention.column in numbers for mention in reading.columns)
    found = []
    for place, word in enumerate(reading.words):
        if word.kind != "word" or reading.at(place) is not None:
            continue
        plain = word.text.strip("'")
        before = reading.words[place - 1].text if place else ""
        if plain in VAGUE and (before != "how" or not has_number):
            found.append(word.raw)
            continue
        if plain in LEVEL_WORDS or _is_unknown_capital(reading, place, known):
            found.append(word.raw)
            continue
        is_known = plain in known or stem(plain) in known or stem(plain) in about
        if is_known or len(plain) < fewest or _is_adverb(plain):
            continue
        found.append(word.raw)
    return found


def short_words(reading: Reading, lexicon: Lexicon) -> list[str]:
    """Return the words that are too short to refuse a question for, and mean nothing here."""
    strange = strange_words(reading, lexicon)
    return [word for word in strange_words(reading, lexicon, 3) if word not in strange]


def _is_adverb(word: str) -> bool:
    return word.endswith("ly") and word not in _NO_ADVERBS


def _is_unknown_capital(reading: Reading, place: int, known: set[str]) -> bool:
    """Say whether capitals stand where a value would, and name none: "where Embarked is Z"."""
    word = reading.words[place]
    is_short = word.raw.isupper() and len(word.raw) < _FEWEST_LETTERS and word.raw not in ("A", "I")
    is_known = len(word.raw) > 1 and word.text in known
    after_number = place > 0 and reading.words[place - 1].kind == "number"
    return place > 0 and is_short and not is_known and not after_number
