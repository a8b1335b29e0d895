"""How facts of groups of rows and of single rows may be put: mostly around whole predicates."""

from __future__ import annotations

from dataclasses import replace

from pellucid.writing.checking.data_rules import BASIS
from pellucid.writing.checking.kinds import KindRules, Role
from pellucid.writing.checking.lexicon import words

_SUBJECT = frozenset({"subject"})
_OUTCOME = frozenset({"outcome"})
_WHERE = frozenset({"where"})
_NEVER = Role(after=frozenset({"~"}))
_NAMES_ROWS = Role(after=words(":condition where when if that which ^ : in and"))
_ROWS = words(
    "row rows group groups | for rows | this row | that row | in this row | for this row | of "
    "this row | over the rows | the rows"
)
_FIGURES = Role(after=words("( : at with , of are is from against :reference"))
_HIGHER = words("differ differs difference data observed")
_EXAMPLE = words("example look looked | take this row as an example | look at")

GROUP = KindRules(
    nouns=frozenset({"row", "table"}),
    predicate=frozenset(),
    words=_ROWS | _HIGHER,
    identity=(_OUTCOME, _WHERE),
    needs=words("value"),
    roles={
        "value": Role(owner=_OUTCOME, beside=_WHERE),
        "where": _NAMES_ROWS,
        "group": _NEVER,
        "n": BASIS,
        "subject": _NEVER,
    },
)
COMPARISON = KindRules(
    nouns=frozenset({"row", "table", "column"}),
    predicate=frozenset(),
    words=_ROWS | _HIGHER,
    identity=(_OUTCOME,),
    needs=words("direction value"),
    interval_of=words("value direction"),
    roles={
        "direction": Role(owner=_OUTCOME, close=True),
        "value": Role(owner=_OUTCOME, beside=words("group other")),
        "group": Role(after=words("for in among at group level category class .subject")),
        "other": Role(after=frozenset({":reference", "~reference"})),
        "list": _FIGURES,
        "where": _NEVER,
        "n": BASIS,
        "subject": Role(after=words("by in for of between across along ^ :reference")),
    },
)
TURNED_ROUND = replace(COMPARISON, roles={**COMPARISON.roles, "value": _NEVER})
RANKED = KindRules(
    nouns=frozenset({"column", "model", "measure"}),
    predicate=frozenset(),
    words=words(
        "carry carries term terms importance | by importance | in importance | of importance"
    ),
    identity=(_SUBJECT,),
    needs=words("direction"),
    roles={
        "direction": Role(owner=_SUBJECT, close=True),
        "value": Role(owner=_SUBJECT | {""}, not_after=frozenset({"by"})),
        "list": _FIGURES,
        "other": _NEVER,
    },
)
TREND = KindRules(
    nouns=frozenset({"row", "table", "column"}),
    predicate=frozenset(),
    words=_ROWS | _HIGHER,
    identity=(_OUTCOME,),
    needs=words("direction"),
    interval_of=words("direction value"),
    roles={
        "direction": Role(owner=_OUTCOME, close=True),
        "value": _NEVER,
        "group": _NEVER,
        "other": _NEVER,
        "where": _NEVER,
        "n": BASIS,
        "subject": Role(after=words("by in for of along across over with ^")),
    },
)
SLICE = KindRules(
    nouns=frozenset({"row", "model", "measure"}),
    predicate=frozenset(),
    words=_ROWS | _EXAMPLE | words("test"),
    identity=(_SUBJECT, _WHERE),
    needs=words("direction"),
    interval_of=words("value"),
    other_is_figure=True,
    roles={
        "direction": Role(owner=_SUBJECT, close=True, beside=_WHERE),
        "where": _NAMES_ROWS,
        "value": Role(after=words("( : in at")),
        "other": Role(after=frozenset({":reference", "~reference"})),
        "n": BASIS,
    },
)
PREDICTION = KindRules(
    nouns=frozenset({"row", "model", "measure"}),
    predicate=frozenset(),
    words=_ROWS | _EXAMPLE | words("prediction predicts predicted predict average says puts"),
    identity=(_SUBJECT, frozenset({"outcome", "prediction"})),
    needs=words("value direction verdict"),
    other_is_figure=True,
    roles={
        "value": Role(owner=_OUTCOME),
        "direction": Role(owner=_OUTCOME, close=True),
        "other": Role(after=frozenset({":reference", "~reference"}), led_by=frozenset({".value"})),
        "verdict": Role(after=words(".subject which and it")),
        "group": _NEVER,
        "subject": Role(after=words("for in of by says ^:")),
        "n": BASIS,
    },
)
CONTRIBUTION = KindRules(
    nouns=frozenset({"row", "model", "measure", "column"}),
    predicate=frozenset(),
    words=_ROWS | words("contribution contributions prediction"),
    identity=(_SUBJECT | _WHERE,),
    needs=words("direction rank"),
    interval_of=words("direction"),
    roles={
        "direction": Role(owner=_SUBJECT | _WHERE, close=True),
        "value": _NEVER,
        "rank": Role(after=words(":be , ( the"), beside=_SUBJECT),
        "group": _NEVER,
        "outcome": _NEVER,
        "verdict": Role(owner=_SUBJECT, close=True),
        "where": Role(after=words(", ^ : ; where when")),
    },
    must=words("here | this row | in this row | for this row | of this row"),
)
TOKEN = KindRules(
    nouns=frozenset({"row", "model", "measure"}),
    predicate=frozenset(),
    words=words(
        "word text phrase | the word | in this text | of this text | this text | of this row"
    ),
    identity=(frozenset({"group"}),),
    needs=words("direction"),
    roles={
        "direction": Role(owner=frozenset({"group"}), close=True),
        "value": _NEVER,
        "count": _NEVER,
        "outcome": _NEVER,
        "subject": Role(after=words("in of")),
        "group": Role(after=words("^ word :determiner and text phrase | the word")),
    },
    must=words("| this text | in this text | of this text | of this row"),
)
_DIFFER = words("| differ in")
CONTRAST = KindRules(
    nouns=frozenset({"row", "measure", "table"}),
    predicate=frozenset(),
    words=_ROWS | _DIFFER,
    identity=(),
    needs=words("direction"),
    interval_of=words("direction value list"),
    roles={
        "direction": Role(after=words("^ that")),
        "list": Role(after=words(": (")),
        "value": Role(after=words("( : ,"), led_by=words(".direction")),
        "group": Role(after=words("^"), among=_DIFFER),
        "other": Role(after=words("and"), among=_DIFFER),
        "verdict": Role(after=words("( , with"), led_by=words(".direction")),
        "subject": Role(after=words("| differ in"), beside=words("group other")),
        "n": BASIS,
    },
)
COUNTERFACTUAL = KindRules(
    nouns=frozenset({"row", "model"}),
    predicate=frozenset(),
    words=_ROWS | words("if prediction | in the case that | instead of | rather than"),
    identity=(frozenset({"where", "other"}),),
    needs=words("verdict"),
    roles={
        "verdict": Role(owner=frozenset({":model"}), close=True),
        "where": Role(after=words("if where :condition that | in the case that")),
        "value": _NEVER,
        "rank": _NEVER,
        "count": _NEVER,
        "group": Role(after=words("at to as .subject"), beside=words("subject other")),
        "other": Role(after=words("| instead of | rather than")),
        "subject": Role(after=words("with were")),
    },
)
CALIBRATION = KindRules(
    nouns=frozenset({"row", "model", "measure"}),
    predicate=frozenset(),
    words=words("test rows come | come to | test rows | on test rows"),
    identity=(_SUBJECT,),
    needs=words("verdict"),
    other_is_figure=True,
    roles={
        "verdict": Role(owner=_SUBJECT, close=True),
        "n": BASIS,
        "value": Role(after=words(": to at , (")),
        "other": Role(after=frozenset({":reference"}), led_by=frozenset({".value"})),
    },
)
