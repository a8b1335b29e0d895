"""Whether words and figures that go together fit: units, announced slots, shared predicates."""

from __future__ import annotations

from collections.abc import Iterator

from pellucid.writing.checking.grammar import NOUNS, SAYING, View
from pellucid.writing.checking.lexicon import Words, words

JOINING = frozenset({"and", "or", "as well as", "along with", "together with", "with",
                      "but", "yet", "while"})  # fmt: skip
_SHARES = frozenset({"share", "shares", "proportion", "proportions", "percentage", "percentages",
                     "fraction", "fractions", "rate", "rates", "portion"})  # fmt: skip
_NUMBERS = frozenset({"number", "numbers", "count", "total", "totals", "counts"})
_TOLD_IN = words("measured expressed quoted computed calculated estimated counted given told")
_THINGS = words(
    "categories category cells class classes data group level levels mention mentions "
    "occurrence occurrences phrase phrases point points rows term terms text texts value "
    "values word words "
)
_UNITS = {"row": "row", "cell": "cell", "columns": "column"}


def mismatched(view: View) -> Iterator[str]:
    """Yield what does not go together, in words for whoever wrote it."""
    for place, token in enumerate(view.tokens):
        role = view.role(place)
        if role in SAYING | {"at"} or (role == "other" and view.rules.other_is_figure):
            yield from _unit(view, place, token.label or f"“{token.text}”")
    yield from _unbound(view)
    yield from _recounted(view)
    yield from _unfounded(view)
    yield from _mismeasured(view)
    if view.rules.binds_each:
        yield from _unled(view)
    yield from _joined(view)
    yield from _misnamed(view)


def _unit(view: View, place: int, name: str) -> Iterator[str]:
    """Let no noun follow a figure that names another unit than the figure's own."""
    after = place + 1
    if after >= len(view.tokens):
        return
    last = view.tokens[after].text.rpartition(" ")[2]
    is_phrase = view.tokens[after].text.partition(" ")[0] in ("on", "in", "of", "for", "with")
    is_phrase = is_phrase and last != view.tokens[after].text
    named = view.kinds(after) & NOUNS or (last in _THINGS and not is_phrase)
    if named and view.tokens[after].text not in view.rules.predicate:
        yield f"{name} has its unit in it already"
        return
    if view.tokens[after].text not in ("of", "in", "among", "out of", "from", "across"):
        return
    noun = after + 1
    while noun < len(view.tokens) and view.kinds(noun) & {"determiner"}:
        noun += 1
    if noun >= len(view.tokens):
        return
    units = view.kinds(noun) & _UNITS.keys()
    if units and not any(_UNITS[unit] in view.tokens[place].text for unit in units):
        yield f"{name} is not a figure of {view.tokens[noun].text}"


def _mismeasured(view: View) -> Iterator[str]:
    """Hold words for shares to shares, and words for numbers to numbers."""
    for place, token in enumerate(view.tokens):
        if token.sort != "word" or token.text not in _SHARES | _NUMBERS:
            continue
        around = view.in_stretch(place)
        told = [i for i in (*range(place, around.stop), *range(place - 1, around.start - 1, -1),
                            *range(around.stop, len(view.tokens)))
                if view.role(i) in SAYING - {"n", "interval"}]  # fmt: skip
        if told and ("%" in view.tokens[told[0]].text) != (token.text in _SHARES):
            yield f"{view.tokens[told[0]].label} is no {token.text}"


def _recounted(view: View) -> Iterator[str]:
    """Let no words say that a figure is told in another unit than its own: `measured in rows`."""
    for place in range(2, len(view.tokens)):
        told, joint = view.tokens[place - 2].text, view.tokens[place - 1].text
        named = view.kinds(place) & {"row", "cell", "column", "columns"}
        if told in _TOLD_IN and joint == "in" and (named or view.tokens[place].text in _THINGS):
            yield f"“{told} in {view.tokens[place].text}” gives a figure another unit"


def _unfounded(view: View) -> Iterator[str]:
    """Let nothing but a number of rows be what something is based on."""
    for place, token in enumerate(view.tokens):
        if "basis" not in view.kinds(place):
            continue
        met = [view.role(i) for i in range(place + 1, len(view.tokens)) if view.role(i)]
        if met and met[0] != "n":
            yield f"“{token.text}” must be followed by the n"


def _unbound(view: View) -> Iterator[str]:
    """Hold words that announce a certain slot to the slot that follows."""
    for announcing, slots in view.rules.binds.items():
        for place, token in enumerate(view.tokens):
            if token.text not in announcing or token.sort != "word":
                continue
            if _nearest_figure(view, place, slots) not in slots:
                yield f"“{token.text}” must be followed by the {' or '.join(sorted(slots))}"


def _unled(view: View) -> Iterator[str]:
    """Hold each figure to a word of its stretch that says what it is a figure of."""
    announcing = frozenset(word for entries in view.rules.binds for word in entries)
    if not any(token.text in announcing for token in view.tokens):
        return
    for place in range(len(view.tokens)):
        role = view.role(place)
        if role not in SAYING or role in ("n", "interval"):
            continue
        said = {view.tokens[i].text for i in view.in_stretch(place)}
        right = [found for found, slots in view.rules.binds.items() if role in slots]
        if not any(found & said for found in right):
            yield f"{view.tokens[place].label} needs a word beside it that says what it was for"


def _nearest_figure(view: View, place: int, slots: Words) -> str:
    """Return the slot that a word goes with: the next of its stretch, the last, or a later one."""
    stretch = view.in_stretch(place)
    following = range(place + 1, stretch.stop)
    earlier = range(place - 1, stretch.start - 1, -1)
    backward = earlier if view.rules.binds_back else range(0)
    for places in (following, backward, range(stretch.stop, len(view.tokens))):
        for i in places:
            role = view.role(i)
            if role in SAYING - {"n", "interval"} | slots and role:
                return role
    return ""


def _misnamed(view: View) -> Iterator[str]:
    """Let no subject be called a table, a model or a row."""
    for place in range(1, len(view.tokens)):
        token = view.tokens[place]
        if view.role(place) != "subject" or view.rules.is_table or "model" in token.text:
            continue
        named = view.kinds(place - 1) & {"table", "model", "row"}
        if named and view.tokens[place - 1].sort == "word":
            yield f"{token.label or token.text} is no {view.tokens[place - 1].text}"


def _joined(view: View) -> Iterator[str]:
    """Let nothing share a predicate with what the fact is about."""
    for place, token in enumerate(view.tokens):
        if token.text not in JOINING or token.sort != "word" or place == 0:
            continue
        after = place + 1
        while after < len(view.tokens) and view.kinds(after) & {"determiner"}:
            after += 1
        if after >= len(view.tokens):
            continue
        left, right = view.role(place - 1), view.role(after)
        left_noun = view.kinds(place - 1) & NOUNS and not view.is_predicate(place - 1)
        right_noun = view.kinds(after) & (NOUNS - {"measure"}) and not view.is_predicate(after)
        if right_noun and left and left not in SAYING and token.text != "with":
            yield f"“{view.tokens[after].text}” is joined to {view.tokens[place - 1].text}"
        if left_noun and right and right not in SAYING and token.text != "with":
            yield f"“{view.tokens[place - 1].text}” is joined to {view.tokens[after].text}"
