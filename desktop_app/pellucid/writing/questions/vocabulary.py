"""All words that questions are made of, for mending those that are misspelt."""

from __future__ import annotations

from typing import Final

from pellucid.facts.glossary import OTHER_NAMES, TERMS
from pellucid.writing.questions.words import (
    ADJECTIVES,
    CHANGING,
    LEVEL_WORDS,
    NEGATING,
    STATISTIC_WORDS,
    STOPS,
)

_INTENT_TEXT = """
    compare compared difference differences between differ important importance matter matters
    predict predicts predicted prediction predictions model effect affect affects influence
    similar mistake mistakes errors error wrong accurate accuracy correlated correlation related
    relationship associated association together columns column rows frequent common popular words
    word phrase
    would suppose became rose fell happens change changes depend depends missing average median
    percentage proportion
    distribution describe summary number count largest smallest highest lowest heavier longer
    lighter shorter overview typical drivers drives drive driven tells correlate correlates
    relates
    predictors distinguish versus nearest closest
    define meaning where which whose higher lower greater larger bigger without before after
    during since above
    act acts use uses
    fail fails failing struggle struggles astray unreliable badly perform performs performance
    reliable trust good accurate quality weekday weekdays monthly yearly
    meant refer refers stand stands explain reduce reduces increase increases raise raises rises
    rise boost boosts predictive
    distinguishes vary varies
    below values different distinct unique group groups every other others strongest
"""
KNOWN_WORDS: Final = tuple(
    sorted(
        set(_INTENT_TEXT.split()) | set(STATISTIC_WORDS) | set(ADJECTIVES) | set(LEVEL_WORDS)
        | STOPS | CHANGING | NEGATING
        | {word for term in (*TERMS, *OTHER_NAMES) for word in term.split()}
    )
)  # fmt: skip
