"""The vocabulary of questions: statistics, comparisons, and what each kind of question says."""

from __future__ import annotations

from collections.abc import Mapping

from pellucid.writing.questions.types import Statistic, Test

STATISTIC_WORDS: Mapping[str, Statistic] = {
    "mean": "mean", "average": "mean", "avg": "mean", "typical": "median", "typically": "median",
    "averages": "mean", "means": "mean",
    "median": "median", "middle": "median", "minimum": "minimum", "min": "minimum",
    "lowest": "minimum", "smallest": "minimum", "least": "minimum", "shortest": "minimum",
    "lightest": "minimum", "coldest": "minimum", "earliest": "minimum", "youngest": "minimum",
    "cheapest": "minimum", "fewest": "minimum", "maximum": "maximum", "max": "maximum",
    "highest": "maximum", "largest": "maximum", "biggest": "maximum", "greatest": "maximum",
    "longest": "maximum", "heaviest": "maximum", "hottest": "maximum", "warmest": "maximum",
    "latest": "maximum", "oldest": "maximum", "tallest": "maximum", "top": "maximum",
    "windiest": "maximum", "wettest": "maximum", "rainiest": "maximum", "deepest": "maximum",
    "most": "maximum", "sum": "sum", "total": "sum", "altogether": "sum",
    "spread": "spread", "deviation": "spread", "variance": "spread", "variation": "spread",
    "vary": "spread", "varies": "spread", "std": "spread",
    "missing": "missing", "empty": "missing", "blank": "missing", "unknown": "missing",
    "null": "missing", "nulls": "missing", "gaps": "missing", "lacking": "missing",
    "distinct": "distinct", "unique": "distinct", "different": "distinct",
    "share": "share", "percentage": "share", "percent": "share", "proportion": "share",
    "fraction": "share", "%": "share", "rate": "share", "ratio": "share",
    "distribution": "summary", "distributed": "summary", "range": "summary", "summary": "summary",
    "summarise": "summary", "summarize": "summary", "describe": "summary",
    "overview": "summary", "quartiles": "summary",
    "count": "count", "counts": "count", "number": "count",
}  # fmt: skip
"""Words that name a statistic."""

LOWEST = frozenset(
    {"lowest", "smallest", "least", "shortest", "lightest", "coldest", "fewest", "minimum", "min",
     "cheapest", "youngest", "lower", "smaller", "fewer", "lighter", "shorter", "colder"}
)  # fmt: skip

COMPARISONS: tuple[tuple[tuple[str, ...], Test], ...] = (
    (("greater", "than", "or", "equal", "to"), "at least"),
    (("less", "than", "or", "equal", "to"), "at most"),
    (("no", "more", "than"), "at most"), (("not", "more", "than"), "at most"),
    (("no", "less", "than"), "at least"), (("not", "less", "than"), "at least"),
    (("not", "over"), "at most"), (("not", "above"), "at most"), (("not", "under"), "at least"),
    (("not", "below"), "at least"),
    (("more", "than"), "over"), (("greater", "than"), "over"), (("higher", "than"), "over"),
    (("larger", "than"), "over"), (("bigger", "than"), "over"), (("longer", "than"), "over"),
    (("heavier", "than"), "over"), (("older", "than"), "over"), (("warmer", "than"), "over"),
    (("hotter", "than"), "over"), (("taller", "than"), "over"), (("deeper", "than"), "over"),
    (("windier", "than"), "over"), (("wetter", "than"), "over"),
    (("less", "than"), "under"), (("lower", "than"), "under"), (("smaller", "than"), "under"),
    (("fewer", "than"), "under"), (("shorter", "than"), "under"), (("lighter", "than"), "under"),
    (("younger", "than"), "under"), (("colder", "than"), "under"), (("cooler", "than"), "under"),
    (("at", "least"), "at least"), (("at", "most"), "at most"), (("up", "to"), "at most"),
    (("over",), "over"), (("above",), "over"), (("exceeding",), "over"), (("exceeds",), "over"),
    (("beyond",), "over"), (("after",), "over"), (("under",), "under"), (("below",), "under"),
    (("before",), "under"), (("since",), "at least"), (("from",), "at least"),
    (("until",), "at most"), (("till",), "at most"), ((">=",), "at least"), (("<=",), "at most"),
    ((">",), "over"), (("<",), "under"),
)  # fmt: skip
"""Ways to compare with a number that follows, longer ones first."""
AFTERWARDS: Mapping[tuple[str, ...], Test] = {
    ("or", "more"): "at least", ("or", "above"): "at least", ("or", "over"): "at least",
    ("or", "higher"): "at least", ("or", "older"): "at least", ("and", "above"): "at least",
    ("and", "over"): "at least", ("and", "up"): "at least", ("or", "later"): "at least",
    ("or", "less"): "at most", ("or", "below"): "at most", ("or", "under"): "at most",
    ("or", "fewer"): "at most", ("or", "lower"): "at most", ("or", "younger"): "at most",
    ("and", "below"): "at most", ("or", "earlier"): "at most",
}  # fmt: skip
"""Ways to compare with a number that stands before."""

ADJECTIVES: Mapping[str, tuple[str, ...]] = {
    "heavy": ("mass", "weight"), "heavier": ("mass", "weight"), "heaviest": ("mass", "weight"),
    "light": ("mass", "weight"), "lighter": ("mass", "weight"), "lightest": ("mass", "weight"),
    "weight": ("mass", "weight"), "weigh": ("mass", "weight"), "weighs": ("mass", "weight"),
    "weighing": ("mass", "weight"),
    "long": ("length", "duration"), "longer": ("length", "duration"),
    "longest": ("length", "duration"), "shorter": ("length", "duration"),
    "shortest": ("length", "duration"), "deep": ("depth",), "deeper": ("depth",),
    "deepest": ("depth",), "old": ("age",), "older": ("age",), "oldest": ("age",),
    "young": ("age",), "younger": ("age",), "youngest": ("age",),
    "aged": ("age",), "tall": ("height",), "taller": ("height",), "tallest": ("height",),
    "warm": ("temperature",), "warmer": ("temperature",), "warmest": ("temperature",),
    "hot": ("temperature",), "hotter": ("temperature",), "hottest": ("temperature",),
    "cold": ("temperature",), "colder": ("temperature",), "coldest": ("temperature",),
    "cooler": ("temperature",), "windy": ("wind",), "windier": ("wind",), "windiest": ("wind",),
    "rainy": ("rain",), "wet": ("rain",), "wetter": ("rain",), "wettest": ("rain",),
    "rainiest": ("rain",), "expensive": ("price", "cost"), "cheap": ("price", "cost"),
    "cheapest": ("price", "cost"), "experienced": ("experience",), "waited": ("wait",),
    "waiting": ("wait",), "waits": ("wait",), "rained": ("rain",), "rains": ("rain",),
    "raining": ("rain",),
}  # fmt: skip
"""What a word of size is about, by the words of a column's name."""

VAGUE = frozenset(
    {"heavy", "light", "long", "deep", "old", "young", "tall", "warm", "hot", "cold", "windy",
     "rainy", "wet", "expensive", "cheap", "experienced"}
)  # fmt: skip
"""Words of size that say nothing until a number is set against them."""

LEVEL_WORDS: Mapping[str, str] = {
    "men": "male", "man": "male", "boys": "male", "boy": "male", "women": "female",
    "woman": "female", "girls": "female", "girl": "female", "gents": "male", "ladies": "female",
    "males": "male", "females": "female", "telephone": "phone",
    "tv": "television",
    "email": "mail", "emails": "mail",
}  # fmt: skip
"""Other words for levels, where a column has the level itself."""
SEXES: Mapping[str, frozenset[str]] = {
    "male": frozenset({"male", "m", "man", "men", "boy", "boys", "males"}),
    "female": frozenset({"female", "f", "w", "woman", "women", "girl", "girls", "females"}),
}
"""How columns spell the two sexes: a column is one of sexes where it has a level of each."""
CHANGING = frozenset(
    {"if", "unless", "assuming", "suppose", "supposing", "provided", "were", "instead"}
)
"""Words that ask for a change or a condition."""
NEGATING = frozenset(
    {
        "not",
        "except",
        "excluding",
        "without",
        "neither",
        "nor",
        "outside",
        "unless",
        "no",
        "isn't",
        "aren't",
        "wasn't",
        "weren't",
        "don't",
        "doesn't",
        "didn't",
        "nobody",
        "none",
        "never",
    }
)
"""Words that turn what follows into its opposite."""

YES = frozenset({"yes", "true", "1", "y", "t"})
NO = frozenset({"no", "false", "0", "n", "f"})

_STOP_TEXT = """
    a an the of in on at to for with and or is are was were be been do does did has have had how
    what which who whom whose when where why that this these those there it its them their they he
    she we you i me my our your by from as than then so if but about into over under between per
    each every all any some no not more less most least many much show tell give list find get
    please can could would should will shall may might also only just very really s t re ve am
    let us see know want like look out up down
"""
STOPS = frozenset(_STOP_TEXT.split())
"""Words that name neither a column nor a value."""

_ROW_TEXT = """
    row rows record records line lines entry entries case cases item items observation observations
    sample samples example examples instance instances person people customer customers user users
    patient patients client clients student students passenger passengers animal animals bird birds
    penguin penguins day days ticket tickets listing listings house houses home homes
"""
ROW_NOUNS = frozenset(_ROW_TEXT.split())
"""What the rows of a table may be called."""
_FILLER_TEXT = """
    row rows record records line lines entry entries case cases item items observation
    observations sample samples example examples instance instances person people customer
    customers user users patient patients client clients student students passenger passengers
    animal animals bird birds penguin penguins day days ticket tickets message messages review
    reviews text texts house houses home homes listing listings file data table dataset column
    columns variable variables feature features field fields value values level levels category
    categories group groups kind kinds type types class classes one ones those rest
    live lives living lived found measured recorded seen observed counted counter came come comes
    made got get gets belong belongs written opened sent held hold holds contain contains located
    based reported listed taken available go goes going happen happens happened wait waits work
    together overall general altogether usually normally generally exactly roughly around about
    approximately currently here again else still ever there only also too instead asked
    question wondering interested curious trying kindly thanks thank hello hi hey okay ok yes no
    number amount quantity size degree degrees unit units celsius grams gram g kg kilograms mm cm
    millimetres millimeters centimetres km kmh hour hours minute minutes second seconds week weeks
    month months year years old olds time times date dates period duration
    typical average big small high low large great good same other others different single whole
    entire complete full given certain particular specific main several various both either
    between among across within per each every of from out off compared respect terms case
    tell tells show shows find look looks need want like give gives calculate compute work
    reach reaches exceed exceeds equal equals between set side set apart special unusual common
    distinguish distinguishes characterise characterises characterize stand stands versus vs
    it's what's how's who's where's that's there's i'd i'm covered sort sorted ranked rank order
    female-headed were was being been having had doing done using used use
    summary report reports statistics statistic stats statistical figure figures
    info information detail details description
    problem issue fact excluding except outside mention mentions mentioning includes including
    phrase having anything something everything nothing strength strong weak closely add adds
    adding make makes token tokens next prior say says said saying rather via etc yet way lot lots
    able
"""
FILLERS = frozenset(_FILLER_TEXT.split())
"""Words around what is asked that change nothing of it."""
