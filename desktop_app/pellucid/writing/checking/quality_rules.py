"""How facts of a model as a whole may be put: what matters, how good it is, what it predicts."""

from __future__ import annotations

from dataclasses import replace

from pellucid.writing.checking.data_rules import BASIS
from pellucid.writing.checking.kinds import KindRules, Role
from pellucid.writing.checking.lexicon import words

_SUBJECT = frozenset({"subject"})
_RANKS = words(
    "rank ranks ranked ranking place places placed position positions positioned comes come "
    "stands stand"
)
_CARRIES = words(
    "carry carries carried carrying contribute contributes contributing | accounts for | account "
    "for | accounting for | makes up | amounts to"
)
IMPORTANCE = KindRules(
    nouns=frozenset({"column", "columns", "model", "measure", "table"}),
    predicate=frozenset(),
    words=words(
        "rank ranks ranked ranking rankings place places placed position positions positioned "
        "come comes came order ordering ordered importance carry carries carried carrying "
        "contribute contributes contribution contributing movement term terms weight move moves "
        "accounts list lists hold holds holding take takes prediction predictions score scores | "
        "in importance | by importance | in order of importance | of importance | in the ranking "
        "| in rank | in rank order | among the terms | by movement | by the movement it carries | "
        "by the share it carries | by what it carries | of the terms | goes to | go to | falls to "
        "| belongs to | makes up | make up | account for | accounts for | accounting for"
    ),
    identity=(_SUBJECT,),
    needs=words("value rank verdict"),
    binds_back=True,
    binds={_RANKS: words("rank"), _CARRIES: words("value")},
    roles={
        "verdict": Role(owner=_SUBJECT, close=True),
        "rank": Role(owner=_SUBJECT),
        "value": Role(owner=_SUBJECT | {":measure", ""}, not_after=frozenset({"by"})),
        "n": Role(after=frozenset({"~"})),
    },
)
MATTERING = replace(IMPORTANCE, words=IMPORTANCE.words | words("matter matters counts"))
IDLE = replace(IMPORTANCE, words=IMPORTANCE.words | words("| within noise"))
TESTED_TERMS = KindRules(
    nouns=frozenset({"model", "measure", "table"}),
    predicate=words(
        "| make a measurable difference | makes a measurable difference | make a measurable "
        "difference on held-out rows | makes a measurable difference on held-out rows | matter | "
        "made a measurable difference | with a measurable difference | that matter | contribute "
        "measurably | move the held-out loss measurably"
    ),
    words=words(
        "term terms held-out tested row rows test data count | when tested | when tested on "
        "held-out rows | tested on held-out rows | on held-out rows"
    ),
    identity=(),
    needs=words("value"),
    predicate_for=words("value"),
)
_QUALITY = words(
    "reach reaches reached reaching achieve achieves achieved achieving score scores scored "
    "scoring attain attains attained attaining get gets obtain obtains obtained manage manages "
    "performance quality metric evaluation evaluated evaluate tested test held-out row rows data "
    "gives measured predict predicts predicting predicted perform performs earn earns post posts "
    "predictions predictive | on the same test rows | the same test rows | how well | is "
    "predicted | are predicted | test rows | test data | test set | test part | on test rows | "
    "held-out rows | held-out data | on rows it had not seen | rows it had not seen | unseen rows "
    "| rows that it had not seen | rows kept aside | rows set aside | rows held back"
)
_REACHES = words(
    "reach reaches reached reaching achieve achieves achieved attain attains attained score "
    "scores scored get gets obtains obtain obtained"
)
METRIC = KindRules(
    nouns=frozenset({"model", "measure", "row"}),
    predicate=frozenset(),
    words=_QUALITY,
    identity=(),
    needs=words("value"),
    is_caption=True,
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
        "serves serve as baseline baselines comparison alternative alternatives reference "
        "readable own our ours"
    ),
    identity=(_SUBJECT,),
    needs=words("value verdict"),
    other_is_figure=True,
    binds={_REACHES: words("value")},
    roles={
        "value": Role(owner=_SUBJECT, is_object=True),
        "other": Role(after=frozenset({":reference", "~reference", ":owned", "~verdict"})),
        "verdict": Role(after=words("^ that : , and ( while")),
        "n": BASIS,
    },
)
_PREDICTS = words(
    "predict predicts predicted predicting target aim | what the model predicts | what is "
    "predicted | is predicted | to be predicted"
)
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
    nouns=frozenset({"columns", "model"}),
    predicate=words("| share credit | share the credit | share their credit"),
    words=words(
        "associated | separate effects | are uncertain | their separate effects are uncertain"
    ),
    is_adverbial=True,
    identity=(_SUBJECT,),
    needs=_SUBJECT,
    predicate_for=_SUBJECT,
)
ASSOCIATIONS_ALONE = KindRules(
    nouns=frozenset({"row", "model"}),
    predicate=words("| are associations | are associations in these rows"),
    words=words("effects"),
    identity=(_SUBJECT,),
    needs=_SUBJECT,
    predicate_for=_SUBJECT,
    roles={"subject": Role(after=frozenset({"on"}))},
)
