"""Questions about a model: what it predicts, from what, how well; and what terms mean."""

from __future__ import annotations

import re

from pellucid.facts.glossary import term_called
from pellucid.writing.questions.asked import Asked, with_filter
from pellucid.writing.questions.reading import Mention
from pellucid.writing.questions.types import (
    NEEDS_MODEL,
    Action,
    Condition,
    Definition,
    Effect,
    Importance,
    Mistakes,
    Predict,
    Quality,
    Similar,
    Tokens,
    WhatIf,
)

_DEFINE = re.compile(
    r"^(?:(?:so|and|but) )?(?:what(?: is| are| does| do)?|define|explain|meaning of"
    r"|what is the meaning of|what is meant by|definition of)"
    r"(?: (?:is|are))?(?: the term| the word| the column| an?| the| by)? "
    r"(.+?)(?: (?:mean|means|stand for|stands for|refer to))?(?: here| again)?$"
)
_LEAD = re.compile(
    r"^((the )?(meaning|definition) of |meant by |the term |the word |the column )?(the |an? )?"
)
_SAYS_MEAN = (
    r"what (does|do) .+ (mean|stand for|refer to)|define|definition of|meaning of|meant by"
    r"|explain the term"
)
_PREDICT = (
    r"predict|predicts|predicted|prediction|predictions|expected|estimate[sd]?"
    r"|(what|which) (would|does|will) the model (say|give|think|predict)|would the model say"
)
_IMPORTANT = (
    r"important|importance|matters?|drives?|drivers?|driving|predictors?|predictive|influential"
    r"|influences?|relevant|strongest|key (factors?|columns?|variables?)|affects? .* most"
    r"|(what|which)( \w+)? predicts?|used by the model|does the model use|factors?|explains?"
)
_EFFECT = (
    r"effect|effects|affect|affects|impact|impacts|influence|influences|role|act|acts|shape"
    r"|curve|(what|how) (does|do) .+ (do|change)|happens? (to|when|as|if)|contributes?|depends?"
    r"|how does .+ change with|change with|changes with|reduces?|increases?|raises?|rises?|boosts?"
)
_SIMILAR = r"similar|resembles?|closest|nearest|like row|most like|alike|looks? like|neighbou?rs?"
_MISTAKES = (
    r"mistakes?|errors?|wrong|misclassif\w*|mispredict\w*|fails?|failing|struggles?|worst"
    r"|false (positives?|negatives?)|confus\w*|go(es)? astray|unreliable|badly"
)
_QUALITY = (
    r"how (good|accurate|well|reliable)"
    r"|(good|accurate|reliable|trustworthy)\b.*\b(model|predict\w*)"
    r"|quality"
    r"|model\b.*\b(good|accurate|well|perform\w*|reliable)|accuracy|auc|rmse|r2|performance|baselines?"
    r"|can (i|we) trust|log loss|mean absolute error"
)
_OF_MODEL = (
    r"model|predict\w*|auc|accuracy|rmse|r2|log loss|mean absolute error|baselines?|performance"
)
_TOKENS = r"(which|what) (words?|phrases?|tokens?|terms in)|words?|tokens?|word by word|phrases?"
_TOWARDS = frozenset(
    {"for", "predict", "predicts", "predicting", "predicted", "drives", "drive", "driving",
     "affect", "affects", "influence", "influences", "on", "of", "explain", "explains",
     "determines", "determine", "to", "with"}
)  # fmt: skip
_WHAT_IF = r"what if|if (it|row|the|this|we|she|he|they)\b.*\b(was|were|had|is)|suppose|instead of"
_WHAT_IF_OF_ROW = r"if .+ (was|were|had|is|became|rose|fell)|if .+ (to|by)|(change|set|put) .+ to"
"""What asks for a row changed where the row is named: "predict row 5 if age were 60"."""


def find_definition(asked: Asked) -> tuple[Action, ...] | None:
    """Find what a term or a column means."""
    found = _DEFINE.match(asked.text)
    if found is None and not asked.has(_SAYS_MEAN):
        return None
    wanted = found.group(1) if found is not None else ""
    wanted = _LEAD.sub("", wanted)
    plain = wanted.strip(" ?.")
    says_mean = asked.has(_SAYS_MEAN)
    term = term_called(plain)
    columns = asked.reading.columns
    if term and not (columns and not says_mean):
        return (Definition(term),)
    if says_mean:
        if len(columns) == 1 and not asked.reading.levels:
            return (Definition(columns[0].column),)
        if asked.reading.levels and not columns and not term:
            return (Definition(asked.reading.levels[0].column),)
        for length in (3, 2, 1):
            words = plain.split()
            for start in range(len(words) - length + 1):
                term = term_called(" ".join(words[start : start + length]))
                if term:
                    return (Definition(term),)
        if asked.lexicon.has_documents and plain:
            return (Definition(_as_written(asked, plain)),)
    return None


def _as_written(asked: Asked, plain: str) -> str:
    """Return a term as the question wrote it, with its capitals."""
    written = {word.text: word.raw for word in asked.reading.words}
    return " ".join(written.get(word, word) for word in plain.split())


def find_tokens(asked: Asked) -> tuple[Action, ...] | None:
    """Find what words add; of a quoted text, of a row, or of all texts."""
    if not asked.lexicon.of_kind("text"):
        return None
    told = asked.quote and not asked.has(_SIMILAR) and asked.has(
        "model|predict\\w*|adds?|scores?|explain|contributes?|say|why"
    )  # fmt: skip
    counts = asked.has("how many|how often|number of|share of") and asked.found.conditions
    if counts or (not asked.has(_TOKENS) and not told):
        return None
    return (Tokens(asked.quote, asked.row),)


def asks_what_if(asked: Asked) -> bool:
    """Say whether a row with some of its values changed is asked for."""
    of_row = asked.row is not None and asked.has(_WHAT_IF_OF_ROW)
    return asked.has(_WHAT_IF) or of_row


def find_what_if(asked: Asked) -> tuple[Action, ...] | None:
    """Find a row with some of its values changed."""
    if not asks_what_if(asked):
        return None
    changes = (*_values(asked), *_new_text(asked))
    if not changes:
        return None
    return (WhatIf(changes, asked.row),)


def _new_text(asked: Asked) -> tuple[tuple[str, str], ...]:
    """Return the quoted text that takes the place of a row's own, where it is clear which."""
    texts = [column.name for column in asked.lexicon.of_kind("text")]
    named = [m.column for m in asked.reading.columns if m.column in texts]
    own = named or texts
    if not asked.quote or asked.row is None or len(set(own)) != 1:
        return ()
    return ((own[0], asked.quote),)


def _values(asked: Asked) -> tuple[tuple[str, str], ...]:
    """Return the values that a question gives to columns: one each, not a range of them."""
    found = {c.column: c.values[0] for c in asked.found.conditions if c.test == "is"}
    for condition in asked.found.conditions:
        if condition.test == "between" and condition.values[0] == condition.values[1]:
            found[condition.column] = condition.values[0]
        if condition.test == "missing":
            found[condition.column] = ""
    return tuple(found.items())


def find_similar(asked: Asked) -> tuple[Action, ...] | None:
    """Find the rows like a row, or the texts like a text."""
    likens = asked.has(_SIMILAR) or (asked.quote and asked.has("like"))
    if not likens or (asked.row is None and not asked.quote):
        return None
    return with_filter(asked, Similar(asked.row, asked.quote))


def find_predict(asked: Asked) -> tuple[Action, ...] | None:
    """Find a prediction: of a row, or of values that the question gives."""
    is_asked = asked.has(_PREDICT) or (asked.row is not None and asked.has("explain|why"))
    if not is_asked or asked.has(_MISTAKES):
        return None
    outcomes = {asked.lexicon.target, *(m.column for m in asked.reading.levels if _said(asked, m))}
    values = tuple((c, v) for c, v in _values(asked) if c not in outcomes)
    if asked.row is not None and values and not asked.has("explain|why"):
        return (WhatIf(values, asked.row),)
    if asked.row is not None:
        return (Predict(row=asked.row),)
    if values and not asked.has(r"(what|which) (columns?|variables?|features?)? ?predicts?"):
        return (Predict(values=values),)
    return None


def _said(asked: Asked, level: Mention) -> bool:
    """Say whether a level is what was predicted: "why did the model predict Adelie for row 12"."""
    words = [word.text for word in asked.reading.words[max(0, level.start - 2) : level.start]]
    before = words[-1:] if words[-1:] != ["as"] else words[:1]
    return bool(before) and re.fullmatch(_PREDICT, before[0]) is not None


def find_mistakes(asked: Asked) -> tuple[Action, ...] | None:
    return (Mistakes(),) if asked.has(_MISTAKES) and not asked.row else None


def find_quality(asked: Asked) -> tuple[Action, ...] | None:
    is_about_model = asked.has(_OF_MODEL) or not asked.reading.levels
    return (Quality(),) if asked.has(_QUALITY) and is_about_model else None


def find_importance(asked: Asked) -> tuple[Action, ...] | None:
    """Find which columns matter, or whether one does."""
    if not asked.has(_IMPORTANT):
        return None
    named = [m.column for m in asked.reading.columns if m.column != asked.lexicon.target]
    about_one = asked.has(r"(does|do|is|are|how much does|how important is|how relevant is) .+")
    asks_which = asked.has(r"what|which|most|list|rank\w*|drivers?|predictors?|top|factors?") and (
        not asked.has("how important|how much|how relevant")
    )
    if asked.has("influences?") and len(named) == 1 and not asks_which:
        return None
    several = list(dict.fromkeys(named))
    if len(several) > 1 and not asked.has("for|predicting"):
        return tuple(Importance(name) for name in several)
    if named and about_one and not asks_which:
        return (Importance(named[0]),)
    if asks_which or about_one or asked.has(r"importance|drivers?|predictors?"):
        return (Importance(),)
    return None


def find_effect(asked: Asked) -> tuple[Action, ...] | None:
    """Find what a column does to the prediction, perhaps at one of its values."""
    if not asked.has(_EFFECT):
        return None
    target = asked.lexicon.target
    named = [m for m in asked.reading.columns if m.column != target]
    given = [c for c in asked.found.conditions if c.values and c.column != target]
    acting = _acting(asked, [m.column for m in named]) if named else ""
    own = [c for c in given if c.column == acting and c.test == "is"]
    if own:
        return (Effect(acting, own[0].values[0]),)
    if given and given[0].test == "is" and (not named or _comes_first(asked, given[0], named[0])):
        return (Effect(given[0].column, given[0].values[0]),)
    return (Effect(acting),) if acting else None


def _comes_first(asked: Asked, given: Condition, named: Mention) -> bool:
    """Say whether a level acts, rather than chooses rows: "the effect of being female on fare"."""
    for level in asked.reading.levels:
        before = [word.text for word in asked.reading.words[max(0, level.start - 1) : level.start]]
        if level.column == given.column and level.start < named.start:
            return before not in (["for"], ["among"], ["if"], ["when"], ["where"], ["in"])
    return False


def _acting(asked: Asked, columns: list[str]) -> str:
    """Return the column that acts: the first, or the last where another "depends on" it."""
    on_last = (
        r"happens? to .+ (when|if|as)|depends? on|effect on|change with|changes with|vary with"
        r"|react to|respond to"
    )
    return columns[-1] if asked.has(on_last) else columns[0]


def target_named(asked: Asked, actions: tuple[Action, ...]) -> str:
    """Return the column that a question says is to be predicted; empty where it says none."""
    if not any(action.action in NEEDS_MODEL for action in actions):
        return ""
    acting = {
        name for action in actions if isinstance(action, Effect | Importance)
        for name in (action.column,)
    }  # fmt: skip
    given = {name for action in actions if isinstance(action, Predict) for name, _ in action.values}
    given |= {
        name for action in actions if isinstance(action, WhatIf) for name, _ in action.changes
    }
    words = [word.text for word in asked.reading.words]
    for mention in asked.reading.mentions:
        before = [w for w in words[max(0, mention.start - 3) : mention.start] if w != "the"]
        if mention.column not in acting | given and set(before[-1:]) & _TOWARDS:
            return mention.column
    named = [m.column for m in asked.reading.columns if m.column not in acting | given]
    return named[-1] if len(set(named)) == 1 and acting - {""} else ""
