"""How facts of columns of texts may be put: lengths, words that tell, groups, copies."""

from __future__ import annotations

from pellucid.writing.checking.data_rules import (
    EARLIER,
    HALF,
    MAKES_UP,
    OBJECT,
    PART_OF,
    REPEATED,
)
from pellucid.writing.checking.kinds import EVERY_OPENING, KindRules, Role
from pellucid.writing.checking.lexicon import words

_SUBJECT = frozenset({"subject"})
_TEXTS = words("text texts word words")
_HALF = HALF | words("| half of its texts | half of the texts")
TEXT = KindRules(
    nouns=frozenset({"column", "row", "table", "measure", "cell"}),
    predicate=words("typically typical usual usually median middle"),
    words=_TEXTS | _HALF | words("hold holds contain contains length long run runs have"),
    identity=(_SUBJECT,),
    needs=words("value half"),
    predicate_for=words("value"),
    is_adverbial=True,
    binds={_HALF: words("half")},
    roles={"n": PART_OF, "half": Role(led_by=_HALF), "value": OBJECT},
)
DISTINCTIVE = KindRules(
    nouns=frozenset({"column", "row", "table", "measure"}),
    predicate=words("distinctive characteristic telling | tells the texts | sets apart"),
    words=_TEXTS
    | words(
        "phrase expression n-gram n-grams do does tells occur occurs occurred appear appears "
        "appeared used uses found mention mentions mentioned contain contains hold holds | from "
        "the others | from the rest | in the others | in the rest | among the others | others"
    ),
    identity=(frozenset({"group"}), frozenset({"where"})),
    needs=words("value group"),
    predicate_for=frozenset({"group"}),
    other_is_figure=True,
    roles={
        "where": Role(after=words(":condition where when which whose ^:")),
        "group": Role(not_after=words("with")),
        "other": Role(
            after=words(":reference in and , | in the others | in the rest | among the others"),
            led_by=frozenset({".value"}),
        ),
        "n": PART_OF,
    },
)
_WHOLE = Role(
    after=frozenset({":basis", "^"}),
    opening=EVERY_OPENING | {"from"},
    early=frozenset({"of", "in"}),
)
CLUSTERS = KindRules(
    nouns=frozenset({"column", "table", "measure"}),
    predicate=words(
        "fall falls split splits form forms sort sorts divide divides group groups cluster "
        "clusters grouped clustered divided sorted | there are | there is | fall into | falls "
        "into | split into"
    ),
    words=_TEXTS | words("alike likeness into topic topics"),
    identity=(_SUBJECT,),
    implied=_SUBJECT,
    needs=words("value"),
    predicate_for=words("value"),
    roles={
        "n": _WHOLE,
        "value": Role(
            after=words(
                "into : ( are is form forms of | there are | there is | fall into | falls into | "
                "split into"
            )
        ),
    },
)
TOPIC = KindRules(
    nouns=CLUSTERS.nouns,
    predicate=frozenset(),
    words=_TEXTS
    | words(
        "form forms group groups cluster clusters topic topics keyword keywords belong belongs "
        "hold holds contain contains share takes | group named | group called | topic named | "
        "topic called | cluster named | cluster called"
    )
    | MAKES_UP,
    identity=(_SUBJECT, frozenset({"group"})),
    implied=_SUBJECT,
    needs=words("value"),
    barred=words(
        "find finds found see seen show shows shown observed list lists listed mention mentions "
        "mentioned note noted reported detected identified say says said tell tells told stand "
        "stands read reads named called name names described describe describes state states"
    ),
    roles={
        "n": PART_OF,
        "value": Role(not_after=words("in across within among at on throughout by from for")),
        "group": Role(
            after=words(
                "group topic cluster form forms ^ : ( , the into and | group named | group called "
                "| topic named | topic called | cluster named | cluster called"
            )
        ),
        "subject": Role(after=words("of in for from across within column texts")),
    },
)
_EXAMPLE = words("example examples | for example | for instance | an example | such as | one of")
_OFTEN = words(
    "| most frequent | most frequent text | the most frequent text | most often | most repeated | "
    "most repeated text | the most repeated text"
)
COPIES = KindRules(
    nouns=frozenset({"column", "row", "table", "measure", "cell"}),
    predicate=REPEATED | _OFTEN,
    words=_TEXTS | EARLIER | _EXAMPLE | words("hold holds contain contains"),
    identity=(_SUBJECT,),
    needs=words("value group"),
    predicate_for=words("value group"),
    roles={"n": PART_OF, "group": Role(led_by=REPEATED | _OFTEN | _EXAMPLE)},
)
