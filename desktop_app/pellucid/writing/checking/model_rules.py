"""How facts of a model may be put: what its terms do, which matter, how good it is."""

from __future__ import annotations

from pellucid.writing.checking.data_rules import BASIS
from pellucid.writing.checking.kinds import KindRules, Role
from pellucid.writing.checking.lexicon import words

_SUBJECT = frozenset({"subject"})
_OUTCOME = frozenset({"outcome"})
_GROUP, _AT = frozenset({"group"}), frozenset({"at"})
_MOVED = frozenset({"outcome", ":measure"})
_HELD_EQUAL = words(
    "| all other columns held equal | all else held equal | all else equal | all else being equal "
    "| everything else held equal | everything else equal | everything else being equal | other "
    "things being equal | other things equal | other columns held equal | all other columns being "
    "equal | all other columns equal | the other columns held equal | the other columns equal | "
    "with the rest held equal | the rest held equal | in an otherwise average row"
)
_EFFECT_WORDS = _HELD_EQUAL | words(
    "associated association associations linked link model predicted prediction predicts predict "
    "expected reach reaches reached level levels group groups category categories class classes "
    "point points place training learnt | training rows | training data | comes with | come with "
    "| goes with | go with | is associated with | are associated with | as a function of | in "
    "relation to"
)
_NOUNS = frozenset({"column", "row", "cell", "model", "measure", "curve"})
_PLACE = words(
    ":preposition :condition :be .subject :measure :cell group level category class value : - ( ^ "
    "and as of called named labelled marked says reads recorded"
)
_OTHER = Role(after=frozenset({":reference", "~reference"}))
_SET_APART = Role(after=_PLACE)
_NO_NAME = Role(not_after=words(":be from ~by"), opening=words("over across"))
_MOVES = words(
    "turn turns turned turning bend bends step steps show shows take takes make makes see"
)
_NOT_HAD = Role(not_after=_MOVES | words(":have at as in near around :condition which"))
_NO_PLACE = Role(not_after=words("at as in near around :condition which"))

_OF_DATA = words("itself themselves")
"""Words by which an effect of the model would be said of the rows as they are."""

GROUP_DIFFERENCE = KindRules(
    nouns=_NOUNS,
    predicate=frozenset(),
    words=_EFFECT_WORDS | words("differ differs differed difference differences comparing"),
    identity=(_OUTCOME, _SUBJECT, _GROUP, frozenset({"other"})),
    implied=_SUBJECT,
    needs=words("value"),
    barred=_OF_DATA,
    roles={
        "value": Role(owner=_MOVED),
        "group": _SET_APART,
        "other": _OTHER,
        "outcome": _NO_PLACE,
        "subject": _NO_NAME,
        "n": Role(after=BASIS.after - {"in", "with", "("}),
    },
)
_COUNTED = Role(after=BASIS.after | {"^"}, opening=BASIS.opening, early=BASIS.early)
LEVEL_EFFECT = KindRules(
    nouns=_NOUNS,
    predicate=frozenset(),
    words=_EFFECT_WORDS,
    identity=(_SUBJECT, _GROUP),
    implied=_SUBJECT,
    needs=words("value n"),
    barred=_OF_DATA,
    roles={
        "value": Role(owner=_MOVED, beside=_OUTCOME),
        "group": _SET_APART,
        "outcome": _NO_PLACE,
        "subject": _NO_NAME,
        "n": _COUNTED,
    },
)
MISSING_EFFECT = KindRules(
    nouns=_NOUNS,
    predicate=frozenset(),
    words=_EFFECT_WORDS
    | words(
        "missing blank empty gap gaps unknown absent | left blank | left empty | without a value "
        "| rows without | those without"
    ),
    identity=(
        _OUTCOME,
        _SUBJECT,
        frozenset(
            {
                "group",
                "missing",
                "blank",
                "empty",
                "absent",
                "left blank",
                "left empty",
                "without a value",
                "rows without",
                "those without",
            }
        ),
    ),
    needs=words("value"),
    barred=_OF_DATA,
    roles={
        "value": Role(owner=_MOVED),
        "group": _SET_APART,
        "outcome": _NO_PLACE,
        "subject": _NO_NAME,
        "n": BASIS,
    },
)
EXTREME_EFFECT = KindRules(
    nouns=_NOUNS,
    predicate=frozenset(),
    words=_EFFECT_WORDS,
    identity=(_OUTCOME, _SUBJECT, _AT),
    needs=words("value rank"),
    barred=_OF_DATA,
    roles={
        "value": Role(owner=_MOVED),
        "rank": Role(owner=_OUTCOME),
        "at": _SET_APART,
        "outcome": _NO_PLACE,
        "subject": _NO_NAME,
        "n": BASIS,
    },
)
_AROUND = Role(after=words(":basis ( :there"))
_TURNS = words(
    "turn turns turned turning bend bends reversal | turning point | turning-point | changes "
    "course | change course | changes direction | change direction"
)
TURNING_POINT = KindRules(
    nouns=_NOUNS,
    predicate=_TURNS,
    words=_EFFECT_WORDS | words("| at the turn"),
    identity=(frozenset({"outcome", ":curve"}), frozenset({"subject", "direction"})),
    needs=words("direction at value n"),
    binds={_TURNS: words("at direction interval n")},
    interval_of=words("at direction"),
    barred=_OF_DATA,
    roles={
        "direction": Role(owner=_OUTCOME, close=True),
        "outcome": _NOT_HAD,
        "subject": _NO_NAME,
        "value": Role(owner=_MOVED, beside=_AT),
        "at": _SET_APART,
        "n": _AROUND,
    },
)
JUMP = KindRules(
    nouns=_NOUNS,
    predicate=frozenset(),
    words=_EFFECT_WORDS | words("step steps show shows take takes make makes see has have"),
    identity=(frozenset({"outcome", ":curve"}), _SUBJECT, _AT),
    needs=words("direction value"),
    barred=_OF_DATA,
    roles={
        "direction": Role(owner=_OUTCOME, close=True),
        "value": Role(owner=_OUTCOME | {":curve"}),
        "outcome": _NOT_HAD,
        "at": _SET_APART,
        "n": _AROUND,
    },
)
_GAP = words("| the gap between the ends")
MONOTONE = KindRules(
    nouns=_NOUNS,
    predicate=frozenset(),
    words=_EFFECT_WORDS | words("comparing becomes become | goes from") | _GAP,
    identity=(_OUTCOME, frozenset({"subject", "direction"})),
    implied=_SUBJECT,
    needs=words("direction value"),
    bounded=_GAP,
    barred=_OF_DATA,
    roles={
        "direction": Role(owner=_OUTCOME, close=True),
        "value": Role(owner=_MOVED, beside=frozenset({"group", "other"})),
        "group": _SET_APART,
        "other": Role(after=_OTHER.after | words("| goes from")),
        "outcome": _NOT_HAD,
        "subject": _NO_NAME,
        "n": Role(after=BASIS.after - {"in", "with", "("}),
    },
)
PAIR = KindRules(
    nouns=_NOUNS | {"columns"},
    predicate=frozenset(),
    words=_EFFECT_WORDS
    | words(
        "pair pairs combination interaction interactions together jointly | beyond what each does "
        "on its own | beyond what each column does on its own | act together | beyond what the "
        "columns do on their own | beyond what they do on their own | "
        "beyond what its columns do on their own | on top of what each does on "
        "its own"
    ),
    identity=(_SUBJECT,),
    implied=_SUBJECT,
    needs=words("verdict value"),
    barred=_OF_DATA,
    roles={
        "verdict": Role(owner=_SUBJECT, close=True),
        "value": Role(owner=_MOVED, beside=_GROUP),
        "outcome": _NO_PLACE,
        "subject": _NO_NAME,
        "group": _SET_APART,
        "other": Role(after=frozenset({"~"})),
        "n": _AROUND,
    },
)
_MENTIONS = words(
    "mention mentions mentioned mentioning word words phrase phrases occurrence occurrences text "
    "texts leave leaves left find finds contain contains containing hold holds holding say says "
    "saying including includes include use uses using | with a mention | with a mention of | "
    "each mention | every mention | each "
    "mention of | every mention of | a mention of | one mention | one mention of | each "
    "occurrence | every occurrence | a single mention | in a text of typical length | of typical "
    "length | typical length | the word | training texts"
)
_MENTIONED = words(
    "mention mentions mentioned mentioning occurrence occurrences word words phrase phrases | "
    "with a mention | with a mention of | each mention | every mention | each mention of | every "
    "mention of | a mention of | one "
    "mention | one mention of | each occurrence | every occurrence | a single mention | in a text "
    "of typical length | of typical length | typical length | the word"
)
NGRAM = KindRules(
    nouns=_NOUNS - {"row"},
    predicate=frozenset(),
    words=_EFFECT_WORDS | _MENTIONS,
    identity=(_SUBJECT, _GROUP),
    implied=_SUBJECT,
    needs=words("direction n"),
    interval_of=words("direction"),
    barred=_OF_DATA,
    roles={
        "direction": Role(owner=_OUTCOME, close=True, beside=_OUTCOME, among=_MENTIONED),
        "n": Role(after=BASIS.after | {"^", "which"}, alone=words("in with from across on over (")),
        "group": Role(after=_PLACE | _MENTIONS),
    },
)
