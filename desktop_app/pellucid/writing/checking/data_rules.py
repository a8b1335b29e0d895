"""How facts of the table itself may be put: sizes, shares, gaps, spreads, associations, texts."""

from __future__ import annotations

from pellucid.writing.checking.kinds import EVERY_OPENING, KindRules, Role
from pellucid.writing.checking.lexicon import words

_SUBJECT = frozenset({"subject"})
_LATE = frozenset({"in", "across", "for", "on"})
PART_OF = Role(after=frozenset({":basis"}), opening=EVERY_OPENING, early=_LATE)
"""A number of rows that a share is a share of."""
BASIS = Role(
    after=words(":basis on over from across in with ("),
    opening=EVERY_OPENING - {"of", "out of"} | {"as in"},
    early=frozenset({"as in"}),
)
"""A number of rows that a figure rests on."""

OBJECT = Role(is_object=True)

_MISSING = words(
    "missing blank blanks empty gap gaps lacking lack lacks lacked unfilled missingness emptiness "
    "absent | left blank | left empty | left open | without a value | without an entry | without "
    "a figure | without any value | without a recorded value | without data"
)
MAKES_UP = words(
    "| make up | makes up | made up | making up | account for | accounts for | accounted for | "
    "accounting for"
)
_HOLDING = words(
    "occur occurs occurred appear appears appeared contain contains contained hold holds held "
    "exhibit exhibits arise arises"
)
_HOLDS = words(
    "come comes came hold holds held contain contains contained comprise comprises comprised "
    "include includes included span spans consist consists carry carries feature features | made "
    "up of | consists of | consist of | all in all"
)
_FREQUENT = words(
    "frequent common commonest modal | most frequent | most common | most frequently | most often "
    "| most widespread | leading value | top value"
)
REPEATED = words(
    "repeat repeats repeated repeating duplicate duplicates duplicated copy copies repetition "
    "repetitions duplication | an exact copy | exact copies | exact duplicates | exact duplicate "
    "| exact repeats"
)
EARLIER = words(
    "earlier another | an earlier one | an earlier row | an earlier text | earlier rows | earlier "
    "ones | in every cell | in each cell | cell by cell | cell for cell | of earlier rows"
)
_SHARE_WORDS = words(
    "is hold holds held has take takes make class classes category categories group groups level "
    "levels label labels value occur occurs occurred appear appears appeared belong belongs "
    "recorded contain contains entered coded filled marked set fall falls | falls on | fall on | "
    "falls under | fall under | falls into | fall into | different values | distinct values | "
    "would be right | always answering | answering | equal to | is equal to | are equal to"
)

MISSINGNESS = KindRules(
    nouns=frozenset({"column", "row", "cell", "table", "measure"}),
    predicate=_MISSING,
    words=MAKES_UP | words("recorded come comes | affected by"),
    identity=(_SUBJECT,),
    needs=words("value count"),
    predicate_for=words("value count"),
    presence=_HOLDING,
    once=True,
    roles={"n": PART_OF, "subject": Role(not_after=frozenset({":be"}))},
)
SHARED_MISSINGNESS = KindRules(
    nouns=MISSINGNESS.nouns | {"columns"},
    predicate=_MISSING
    | words("| each missing | each blank | each empty | each lack | each lacking"),
    words=words("alike each apiece"),
    must=words(
        "alike each apiece | each missing | each blank | each empty | each lack | each lacking"
    ),
    identity=(_SUBJECT,),
    needs=words("value count"),
    predicate_for=words("value count"),
    presence=_HOLDING,
    once=True,
    roles={"n": PART_OF, "subject": Role(not_after=frozenset({":be"}))},
)
WHOLE_MISSINGNESS = KindRules(
    nouns=frozenset({"cell", "table", "measure"}),
    predicate=_MISSING,
    words=MAKES_UP
    | words(
        "spread scattered distributed | together they | spread over | spread across | scattered "
        "over | scattered "
        "across | distributed over | distributed across | confined to | of all cells"
    ),
    identity=(),
    needs=words("value count"),
    predicate_for=words("value count"),
    presence=_HOLDING,
    once=True,
    roles={
        "count": Role(
            after=words(
                "in across over within among through | spread over | spread across | "
                "scattered over | scattered across | distributed over | distributed across | "
                "confined to"
            )
        ),
        "n": PART_OF,
    },
)
PLACEHOLDER = KindRules(
    nouns=MISSINGNESS.nouns,
    predicate=frozenset(),
    words=_HOLDS
    | words(
        "recorded coded entered use uses used placeholder marker word entry occur occurs appear "
        "appears stands | reads as missing | read as missing | which reads as missing | kept as a "
        "value of its own | a value of its own | looks like a placeholder | is kept as a value | "
        "kept as a value | is kept as a value of its own | reads like a gap"
    ),
    identity=(_SUBJECT, frozenset({"group"})),
    needs=words("value count"),
    roles={"n": PART_OF},
)

FILE_SIZE = KindRules(
    nouns=frozenset({"table", "measure", "row"}),
    predicate=frozenset(),
    words=_HOLDS | words("size length"),
    identity=(frozenset({"subject", ":table"}),),
    needs=words("value"),
    is_table=True,
    is_caption=True,
    roles={"n": Role(after=frozenset({"~"})), "value": OBJECT},
)
COLUMNS = KindRules(
    nouns=frozenset({"table", "measure", "column", "columns"}),
    predicate=frozenset(),
    words=_HOLDS | MAKES_UP | words("kind kinds type types width"),
    identity=(frozenset({":table", ":columns"}),),
    needs=words("value list"),
    is_caption=True,
    roles={"list": Role(led_by=words(".value column columns"))},
)
REPEATS = KindRules(
    nouns=frozenset({"table", "measure", "row"}),
    predicate=REPEATED,
    words=_HOLDS | EARLIER,
    identity=(),
    needs=words("value"),
    predicate_for=words("value"),
    roles={"n": PART_OF},
)
_LEARNT = words(
    "learn learns learnt learned train trained training fit fits fitted fitting built learning "
    "saw estimated taught | after learning | after training"
)
_TESTED = words(
    "test tests tested testing evaluate evaluated evaluation check checked checking examined "
    "assessed judged held-out scored tried | held out | set aside | kept back | held back | kept "
    "aside"
)
SPLIT = KindRules(
    nouns=frozenset({"model", "measure"}),
    predicate=frozenset(),
    words=_LEARNT
    | _TESTED
    | words(
        "used use uses data | unseen data | that it had not seen | it had not seen | it has not "
        "seen | not seen before | used for | used to | went into | go into | goes into"
    ),
    identity=(),
    needs=words("value count"),
    barred=words("see seen"),
    binds={_LEARNT: words("count"), _TESTED: words("value")},
    binds_back=True,
    binds_each=True,
    roles={"n": PART_OF},
)

SHARE = KindRules(
    nouns=MISSINGNESS.nouns,
    predicate=frozenset(),
    words=_SHARE_WORDS | MAKES_UP,
    identity=(_SUBJECT, frozenset({"group"})),
    implied=_SUBJECT,
    needs=words("value"),
    roles={"n": PART_OF},
)
TOP_SHARE = KindRules(
    nouns=SHARE.nouns,
    predicate=frozenset(),
    words=_SHARE_WORDS | MAKES_UP | _FREQUENT | words("different distinct"),
    identity=(_SUBJECT,),
    needs=words("value count"),
    roles={
        "n": PART_OF,
        "count": Role(
            owner=_SUBJECT, apart=frozenset({"group"}), not_after=words(":basis of in over on")
        ),
        "value": Role(beside=frozenset({"group"})),
    },
)

HALF = words(
    "half interquartile quartiles | middle half | central half | half of | one half | the middle "
    "half of | inner half | half the values | half of the values | half of all values | half of "
    "all its values | half of its values"
)
_RUNS = words(
    "run runs range ranges ranged ranging span spans spanned spanning extend extends extended "
    "extending stretch stretches stretched cover covers covered | in full | full range | the full "
    "range | whole range | runs all the way"
)
_MIDDLE = words(
    "median centre centres centred center centers centered middle typical typically usual usually "
    "| middle value | half-way point"
)
_KNOWN = words("| known in | known for")
SPREAD = KindRules(
    nouns=MISSINGNESS.nouns,
    predicate=frozenset(),
    words=HALF
    | _RUNS
    | _MIDDLE
    | _KNOWN
    | words("| where it is known")
    | words("spread distribution distributed between from"),
    identity=(_SUBJECT,),
    needs=words("value range half"),
    binds={
        _KNOWN: words("n"),
        HALF: words("half"),
        _MIDDLE: words("value"),
        _RUNS: words("range half"),
    },
    roles={
        "n": Role(after=PART_OF.after | _KNOWN, opening=PART_OF.opening, early=PART_OF.early),
        "value": Role(is_object=True),
        "half": Role(led_by=HALF, is_object=True),
        "range": Role(owner=_SUBJECT | {":cell"}, is_object=True),
    },
)
DATES = KindRules(
    nouns=MISSINGNESS.nouns,
    predicate=frozenset(),
    words=_RUNS | words("date dates dated day days period time times"),
    identity=(_SUBJECT,),
    needs=words("range"),
    roles={"n": PART_OF, "range": OBJECT},
)
ZEROS = KindRules(
    nouns=MISSINGNESS.nouns - {"row"},
    predicate=frozenset(),
    words=_SHARE_WORDS,
    identity=(_SUBJECT, frozenset({"group"})),
    needs=words("value"),
    roles={"n": PART_OF},
)
ASSOCIATION = KindRules(
    nouns=frozenset({"column", "columns", "table", "measure"}),
    predicate=frozenset(),
    words=words(
        "associated association associations associate related relation relationship relate "
        "relates linked link links linkage correlated correlation correlate correlates connected "
        "connection pair pairs strength between tie ties tied coefficient measured"
    ),
    identity=(_SUBJECT, frozenset({"other"})),
    needs=words("value direction"),
    barred=words(
        "part portion share shares fraction proportion quantity number count amount amounts "
        "amounted represent represents represented constitute constitutes equals correspond "
        "corresponds corresponding estimates lie lies measures shows sits stands refers concerns "
        "describes reports quantify tells says mentions names | comes to | come to | came to | "
        "equal to | is equal to | are equal to | works out at | comes with | come with | made up "
        "of | made of | is made of | are made of | add up to | adds up to | turns out to be"
    ),
    roles={
        "n": BASIS,
        "subject": Role(not_after=words(":be from by")),
        "other": Role(not_after=words(":be :have :link from by in on at for")),
        "value": Role(
            after=words(
                ": ( , — – ; is are was were :have :link :measure with of at by measured strength"
            )
        ),
        "direction": Role(owner=frozenset({"subject", "other"}), close=True),
    },
)
