"""The languages and the audiences that one prediction can be told for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pellucid.core.errors import UserError
from pellucid.writing.row_languages import chinese, english, french, german, spanish
from pellucid.writing.row_languages.types import Language

LANGUAGES: Mapping[str, Language] = {
    "en": english, "zh": chinese, "de": german, "es": spanish, "fr": french,
}  # fmt: skip
"""By ISO 639-1 code."""
LANGUAGE_NAMES: Mapping[str, str] = {
    "en": "English", "zh": "中文", "de": "Deutsch", "es": "Español", "fr": "Français",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Audience:
    """What somebody is told of a prediction.

    `moves` terms a direction and `turns` changes at most; sizes of `effects` as "none", "factors"
    (of the odds, or the target's own units) or "scores"; with `rounded`, shares as whole percents.
    """

    moves: int
    turns: int
    effects: str
    rounded: bool
    has_intervals: bool
    has_effect_intervals: bool
    has_sum: bool
    has_note: bool
    has_caution: bool


AUDIENCES: Mapping[str, Audience] = {
    "layperson": Audience(3, 1, "none", True, False, False, False, False, True),
    "analyst": Audience(3, 2, "factors", False, True, False, False, True, False),
    "engineer": Audience(6, 4, "scores", False, True, True, True, False, False),
}


def language_of(code: str) -> Language:
    """Return a language by its code; raises `UserError` for one that is not there."""
    if code not in LANGUAGES:
        raise UserError(f"There is no language {code!r}", f"Choose one of {', '.join(LANGUAGES)}.")
    return LANGUAGES[code]


def audience_of(name: str) -> Audience:
    """Return an audience by name; raises `UserError` for one that is not there."""
    if name not in AUDIENCES:
        raise UserError(f"There is no audience {name!r}", f"Choose one of {', '.join(AUDIENCES)}.")
    return AUDIENCES[name]
