"""How facts of a model may be put: what its terms do, which matter, how good it is."""

from __future__ import annotations

from dataclasses import replace

from pellucid.writing.checking.data_rules import BASIS
from pellucid.writing.checking.kinds import KindRules, Role
from pellucid.writing.checking.lexicon import words

_SUBJECT = frozenset({"subject"})
_OUTCOME = frozenset({"outcome"})
_GROUP, _AT = frozenset({"group"}), frozenset({"at"})
_MOVED = frozenset({"outcome", ":measure"})
_HELD_EQUAL = words(
    "| all other columns held equal | all else held equal | all else equal | all else being "
    "equal | everything else held equal | everything else equal | everything else being equal | "
    "other things being equal | other things equal | other columns held equal | all other "
    "columns being equal | all other columns equal | the other columns held equal | the other "
    "columns equal | with the rest held equal | the rest held equal | in an otherwise average row"
)
_EFFECT_WORDS = _HELD_EQUAL | words(
    "associated association associations linked link model "
    "predicted prediction predicts predict expected reach reaches reached level levels group "
    "groups category categories class classes point points place training learnt | training rows | training data "
    "| comes with | come with | goes with | go with | is associated with | are associated with "
    "| as a function of | in relation to"
)
_NOUNS = frozenset({"column", "row", "cell", "table", "model", "measure", "curve"})
_PLACE = words(":preposition :condition :be .subject :measure :cell group level category class "
               "value : - ( ^ and as of called named labelled marked says reads recorded")  # fmt: skip
_OTHER = Role(after=frozenset({":reference", "~reference"}))
_SET_APART = Role(after=_PLACE)
_NO_NAME = Role(not_after=words(":be from ~by"), opening=words("over across"))
_NO_PLACE = Role(not_after=words("at as in near around"))

GROUP_DIFFERENCE = KindRules(
    nouns=_NOUNS,
    predicate=frozenset(),
    words=_EFFECT_WORDS | words("differ differs differed difference differences"),
    identity=(_OUTCOME, _SUBJECT, _GROUP, frozenset({"other"})),
    implied=_SUBJECT,
    needs=words("value"),
    roles={
        "value": Role(owner=_MOVED), "group": _SET_APART, "other": _OTHER, "outcome": _NO_PLACE,
        "subject": _NO_NAME,
        "n": Role(after=BASIS.after - {"in", "with", "("}),
    },
)  # fmt: skip
_COUNTED = Role(after=BASIS.after | {"^"}, opening=BASIS.opening)
LEVEL_EFFECT = KindRules(
    nouns=_NOUNS,
    predicate=frozenset(),
    words=_EFFECT_WORDS,
    identity=(_SUBJECT, _GROUP),
    implied=_SUBJECT,
    needs=words("value n"),
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
    words=_EFFECT_WORDS | words("missing blank empty gap gaps unknown absent | left blank | left "
                                "empty | without a value | rows without | those without"),
    identity=(_OUTCOME, _SUBJECT, frozenset({"group", "missing", "blank", "empty", "absent",
                                             "left blank", "left empty", "without a value", "rows without",
                                             "those without"})),
    needs=words("value"),
    roles={
        "value": Role(owner=_MOVED), "group": _SET_APART, "outcome": _NO_PLACE,
        "subject": _NO_NAME, "n": BASIS,
    },
)  # fmt: skip
EXTREME_EFFECT = KindRules(
    nouns=_NOUNS,
    predicate=frozenset(),
    words=_EFFECT_WORDS,
    identity=(_OUTCOME, _SUBJECT, _AT),
    needs=words("value rank"),
    roles={
        "value": Role(owner=_MOVED), "rank": Role(owner=_OUTCOME), "at": _SET_APART,
        "outcome": _NO_PLACE, "subject": _NO_NAME, "n": BASIS,
    },
)  # fmt: skip
_AROUND = Role(after=words(":basis ( :there"))
_TURNS = words("turn turns turned turning bend bends reversal | turning point | turning-point | "
               "changes course | change course | changes direction | change direction")  # fmt: skip
TURNING_POINT = KindRules(
    nouns=_NOUNS,
    predicate=_TURNS,
    words=_EFFECT_WORDS,
    identity=(frozenset({"outcome", ":curve"}), frozenset({"subject", "direction"})),
    needs=words("direction at value n"),
    binds={_TURNS: words("at direction interval n")},
    interval_of=words("at direction"),
    roles={
        "direction": Role(owner=_OUTCOME, close=True), "outcome": _NO_PLACE,
        "subject": _NO_NAME,
        "value": Role(owner=_MOVED, beside=_AT),
        "at": _SET_APART, "n": _AROUND,
    },
)  # fmt: skip
JUMP = KindRules(
    nouns=_NOUNS,
    predicate=frozenset(),
    words=_EFFECT_WORDS | words("step steps show shows take takes make makes see has have"),
    identity=(frozenset({"outcome", ":curve"}), _SUBJECT, _AT),
    needs=words("direction value"),
    roles={
        "direction": Role(owner=_OUTCOME, close=True), "value": Role(owner=_OUTCOME | {":curve"}),
        "at": _SET_APART, "n": _AROUND,
    },
)  # fmt: skip
MONOTONE = KindRules(
    nouns=_NOUNS,
    predicate=frozenset(),
    words=_EFFECT_WORDS,
    identity=(_OUTCOME, frozenset({"subject", "direction"})),
    implied=_SUBJECT,
    needs=words("direction value"),
    roles={
        "direction": Role(owner=_OUTCOME, close=True),
        "value": Role(owner=_MOVED, beside=frozenset({"group", "other"})),
        "group": _SET_APART, "other": _OTHER, "outcome": _NO_PLACE,
        "subject": _NO_NAME,
        "n": Role(after=BASIS.after - {"in", "with", "("}),
    },
)  # fmt: skip
PAIR = KindRules(
    nouns=_NOUNS | {"columns"},
    predicate=frozenset(),
    words=_EFFECT_WORDS | words("pair pairs combination interaction interactions together jointly "
                                "| beyond what each does on its own | beyond what each column does "
                                "on its own | act together | beyond what the columns do on their own | beyond what they do on "
        "their own | on top of what each does on its own"),
    identity=(_SUBJECT,),
    implied=_SUBJECT,
    needs=words("verdict value"),
    roles={
        "verdict": Role(owner=_SUBJECT, close=True),
        "value": Role(owner=_MOVED, beside=_GROUP), "outcome": _NO_PLACE,
        "subject": _NO_NAME,
        "group": _SET_APART, "other": Role(after=frozenset({"~"})),
        "n": _AROUND,
    },
)  # fmt: skip
_RANKS = words("rank ranks ranked ranking place places placed position positions positioned "
               "comes come stands stand")  # fmt: skip
_CARRIES = words("carry carries carried carrying contribute contributes contributing | accounts "
                 "for | account for | accounting for | makes up | amounts to")  # fmt: skip
IMPORTANCE = KindRules(
    nouns=frozenset({"column", "columns", "model", "measure", "table"}),
    predicate=frozenset(),
    words=words(
        "rank ranks ranked ranking rankings place places placed position positions positioned "
        "come comes came order ordering ordered importance carry carries carried carrying contribute contributes "
        "contribution contributing movement term terms weight move moves accounts list lists hold "
        "holds holding take takes prediction predictions score scores | in importance | by importance | in "
        "order of importance | of importance | in the ranking | in rank | in rank order | among "
        "the terms | by movement | by the movement it carries | by the share it carries | by what "
        "it carries | of the terms | goes to | go to | falls to | belongs to | makes up | make up | "
        "account for | accounts for | accounting for"
    ),
    identity=(_SUBJECT,),
    needs=words("value rank verdict"),
    binds_back=True,
    binds={_RANKS: words("rank"), _CARRIES: words("value")},
    roles={
        "verdict": Role(owner=_SUBJECT, close=True), "rank": Role(owner=_SUBJECT),
        "value": Role(owner=_SUBJECT | {":measure", ""}), "n": Role(after=frozenset({"~"})),
    },
)  # fmt: skip
MATTERING = replace(IMPORTANCE, words=IMPORTANCE.words | words("matter matters counts"))
TESTED_TERMS = KindRules(
    nouns=frozenset({"model", "measure", "table"}),
    predicate=words(
        "| make a measurable difference | makes a measurable difference | make a measurable "
        "difference on held-out rows | makes a measurable difference on held-out rows | matter | "
        "made a measurable difference | with a measurable difference | that matter | contribute "
        "measurably | move the held-out loss measurably"
    ),
    words=words(
        "term terms held-out tested row rows test data count | when tested | when tested "
        "on held-out rows | tested on held-out rows | on held-out rows"
    ),
    identity=(),
    needs=words("value"),
    predicate_for=words("value"),
)
_QUALITY = words(
    "reach reaches reached reaching achieve achieves achieved achieving score scores scored "
    "scoring attain attains attained attaining get gets obtain obtains obtained manage manages "
    "performance quality metric evaluation evaluated evaluate tested test held-out row rows data "
    "measured predict predicts predicting predicted perform performs earn earns post posts predictions predictive | on the same test rows | "
    "the same test rows | how well | is predicted | are predicted | test rows | test data | test set | test part | on test rows | held-out rows | held-out data | on rows it had "
    "not seen | rows it had not seen | unseen rows | rows that it had not seen | rows kept aside "
    "| rows set aside | rows held back"
)
_REACHES = words("reach reaches reached reaching achieve achieves achieved attain attains attained "
                 "score scores scored get gets obtains obtain obtained")  # fmt: skip
METRIC = KindRules(
    nouns=frozenset({"model", "measure", "row"}),
    predicate=frozenset(),
    words=_QUALITY,
    identity=(),
    needs=words("value"),
    binds_back=True,
    binds={_REACHES: words("value")},
    roles={
        "n": BASIS,
        "value": Role(owner=frozenset({":model", ":measure", "subject", ""}), is_object=True),
        "subject": Role(after=words("of for predict predicts predicting predicted | how well")),
    },
)
BASELINE = KindRules(
    nouns=METRIC.nouns,
    predicate=frozenset(),
    words=_QUALITY
    | words(
        "serves serve as baseline baselines comparison alternative alternatives reference readable own our ours"
    ),
    identity=(_SUBJECT,),
    needs=words("value verdict"),
    other_is_figure=True,
    binds={_REACHES: words("value")},
    roles={
        "value": Role(owner=_SUBJECT, is_object=True),
        "other": Role(after=frozenset({":reference", "~reference", ":owned"})),
        "verdict": Role(after=words("^ that : , and ( while")),
        "n": BASIS,
    },
)
_MENTIONS = words(
    "mention mentions mentioned mentioning word words phrase phrases occurrence occurrences text "
    "texts leave leaves left find finds contain contains containing hold holds holding say says "
    "saying including includes include use uses using | each mention | every mention | each "
    "mention of | every mention of | a mention of | one mention | one mention of | each "
    "occurrence | every occurrence | a single mention | in a text of typical length | of typical "
    "length | typical length | the word | training texts"
)
_MENTIONED = words(
    "mention mentions mentioned mentioning occurrence occurrences word words phrase phrases | each "
    "mention | every mention | each mention of | every mention of | a mention of | one mention | "
    "one mention of | each occurrence | every occurrence | a single mention | in a text of typical "
    "length | of typical length | typical length | the word"
)
NGRAM = KindRules(
    nouns=_NOUNS - {"row"},
    predicate=frozenset(),
    words=_EFFECT_WORDS | _MENTIONS,
    identity=(_SUBJECT, _GROUP),
    implied=_SUBJECT,
    needs=words("direction n"),
    interval_of=words("direction"),
    roles={
        "direction": Role(owner=_OUTCOME, close=True, beside=_OUTCOME, among=_MENTIONED),
        "n": Role(after=BASIS.after | {"^", "which"}),
        "group": Role(after=_PLACE | _MENTIONS),
    },
)

_PREDICTS = words("predict predicts predicted predicting target aim | what the model predicts | what "
                  "is predicted | is predicted | to be predicted")  # fmt: skip
TASK = KindRules(
    nouns=frozenset({"model", "column"}),
    predicate=_PREDICTS,
    words=frozenset(),
    identity=(_SUBJECT,),
    needs=_SUBJECT,
    predicate_for=_SUBJECT,
    is_frame=True,
    roles={"subject": Role(is_object=True)},
)
SHARED_CREDIT = KindRules(
    nouns=frozenset({"columns"}),
    predicate=words("| share credit | share the credit | share their credit"),
    words=words("associated"),
    is_adverbial=True,
    identity=(_SUBJECT,),
    needs=_SUBJECT,
    predicate_for=_SUBJECT,
)
