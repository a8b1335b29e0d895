"""Whether a clause says something of its fact, of the right thing, in words that are true of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from pellucid.facts.slots import SLOTS
from pellucid.writing.checking.grammar import NOUNS, SAYING, View
from pellucid.writing.checking.kinds import FUNCTION
from pellucid.writing.checking.lexicon import Words, lexicon_of, words
from pellucid.writing.checking.topics import Topic

_OTHER_SUBJECTS = frozenset({"table", "model", "row", "cell", "columns"})
_GOING_ON = frozenset({"it", "they", "its", "their", "this", "these", "which", "there", "that"})
_NEAR = 3


def strange_words(view: View) -> Iterator[tuple[str, str]]:
    """Yield words that do not go with the fact, and the class that rejects them, if any."""
    lexicon = lexicon_of(view.language)
    allowed = FUNCTION | view.rules.nouns
    if "other" in view.rules.roles or view.contrasts():
        allowed |= {"reference"}
    own = view.rules.own_words | view.outcome_words() | {"'s"}
    for place, token in enumerate(view.tokens):
        if token.sort == "word" and token.text in view.rules.barred:
            yield token.text, ""
            continue
        if token.sort != "word" or token.text in own:
            continue
        kinds = view.kinds(place)
        if (
            kinds & allowed
            or _is_placed(view, place)
            or ("columns" in kinds and _is_frame(view, place))
        ):
            continue
        yield token.text, lexicon.rejection(token.text)


def _is_placed(view: View, place: int) -> bool:
    """Say whether a word introduces the slot right after it, as that slot's rules allow."""
    after = place + 1
    while after < len(view.tokens) and view.kinds(after) & {"determiner"}:
        after += 1
    rule = view.rules.roles.get(view.role(after)) if after < len(view.tokens) else None
    return rule is not None and view.tokens[place].text in rule.after | rule.opening


def _is_frame(view: View, place: int) -> bool:
    """Say whether a stretch names no part of the fact: `among the columns,`."""
    return not any(view.tokens[i].roles for i in view.in_stretch(place))


def unnamed(view: View, topic: Topic, slots: Mapping[str, str]) -> Iterator[str]:
    """Yield what has to be named before the clause can be understood as its fact."""
    if _lacks_word(view):
        yield f"say {' or '.join(sorted(view.rules.must)[:2])}"
    end = _end_of_part(view)
    for options in view.rules.identity:
        if any(_is_named(view, option, end) for option in options):
            continue
        known = [o for o in options if topic.names.get(o) == slots.get(o, o)]
        if known and goes_on(view):
            continue
        is_free = not topic.names.get("subject") and options & view.rules.implied
        if is_free and options & slots.keys():
            continue
        yield f"say which {' or '.join(sorted(o.strip(':') for o in options))} is meant"


def _lacks_word(view: View) -> bool:
    """Say whether a word that the clause must have is missing; a subject that leads may do without.

    `in a and b, values are missing in 2 rows` is said of each; `2 rows are missing a and b` is not.
    """
    if not view.rules.must or view.follows:
        return False
    named = [i for i in range(len(view.tokens)) if view.role(i) == "subject"]
    said = [i for i in range(len(view.tokens)) if view.is_predicate(i)]
    has_values = any("cell" in view.kinds(i) for i in range(len(view.tokens)))
    leads = has_values and bool(named and said) and named[0] < said[0]
    return not leads and not any(token.text in view.rules.must for token in view.tokens)


def _end_of_part(view: View) -> int:
    """Return where the part ends that holds the first figure: what it is of is named until then."""
    told = [i for i in range(len(view.tokens)) if view.role(i) in view.rules.needs & SAYING]
    for place in range(told[0] if told else len(view.tokens), len(view.tokens)):
        if view.tokens[place].text in (";", "—"):
            return place
    return len(view.tokens)


def _is_named(view: View, option: str, end: int) -> bool:
    for place, token in enumerate(view.tokens[:end]):
        if option.startswith(":"):
            if option[1:] in view.kinds(place):
                return True
        elif option in SLOTS:
            if token.roles and view.role(place) == option:
                return True
        elif token.text == option:
            return True
    return False


def goes_on(view: View) -> bool:
    """Say whether a clause goes on about what was named last: no other noun is its subject."""
    for place, token in enumerate(view.tokens):
        if token.text in _GOING_ON:
            return True
        if token.roles or view.is_verb(place):
            return True
        if view.kinds(place) & _OTHER_SUBJECTS:
            return view.phrase_start(place) >= 0
    return True


def unsaid(view: View, before: View | None) -> Iterator[str]:
    """Yield the figures whose stretch does not say what they are figures of.

    `before` is the clause before in the same sentence, whose predicate a list may share.
    """
    told = [i for i in range(len(view.tokens)) if view.role(i) in view.rules.needs]
    told = [i for i in told if view.role(i) in SAYING] or told
    if not told:
        yield f"use one of {', '.join(sorted(view.rules.needs))}"
        return
    for place in told:
        if view.role(place) not in view.rules.predicate_for:
            continue
        stretch = view.in_stretch(place)
        if any(view.is_predicate(i) for i in stretch):
            continue
        if view.rules.is_adverbial and any(map(view.is_predicate, range(len(view.tokens)))):
            continue
        verbs = [i for i in stretch if view.is_verb(i)]
        is_bare = all("be" in view.kinds(i) for i in verbs) and (
            not verbs or view.left(place) in verbs
        )
        has_own = any(view.is_predicate(i) for i in range(len(view.tokens)))
        if not (is_bare and (has_own or (before is not None and _is_parallel(view, before)))):
            yield f"{view.tokens[place].label} needs a word that says what it is a figure of"


def _is_parallel(view: View, before: View) -> bool:
    """Say whether a clause has the form of the one before, so that it may share its predicate."""
    if view.rules.predicate != before.rules.predicate:
        return False
    mine, theirs = ({v.role(i) for i in range(len(v.tokens))} - SAYING for v in (view, before))
    has_predicate = any(before.is_predicate(i) for i in range(len(before.tokens)))
    told = any(before.role(i) in before.rules.needs for i in range(len(before.tokens)))
    return mine == theirs and told and has_predicate


def shared_predicate(view: View, before: View | None) -> bool:
    """Say whether a clause stands in a list: without a verb and in the form of the one before."""
    has_verb = any(view.is_verb(i) for i in range(len(view.tokens)))
    if before is None or has_verb or view.rules is not before.rules:
        return False
    mine, theirs = ({v.role(i) for i in range(len(v.tokens))} - SAYING for v in (view, before))
    return mine == theirs or (mine == theirs - {"subject"} and "group" in mine)


def twisted(view: View) -> Iterator[str]:
    """Yield words that are true of a fact, put so that together they say something else."""
    if view.rules.once:
        for start, end in view.clause.stretches:
            said = [view.tokens[i].text for i in range(start, end) if view.is_predicate(i)]
            if len(said) > 1:
                yield f"“{said[0]}” and “{said[1]}” together may say the opposite"
    for place, token in enumerate(view.tokens):
        if token.sort == "word" and token.text in view.rules.presence and not _is_near(view, place):
            yield f"“{token.text}” must stand beside {', '.join(sorted(view.rules.predicate)[:3])}"
    yield from _conditions(view)
    if view.rules.predicate_for:
        yield from _bare_predicates(view)
    yield from _idle_stretches(view)


def _is_near(view: View, place: int) -> bool:
    """Say whether a predicate word stands close by, with no slot or mark between."""
    for step in (-1, 1):
        for distance in range(1, _NEAR + 1):
            found = place + step * distance
            if not 0 <= found < len(view.tokens) or view.tokens[found].sort != "word":
                break
            if view.is_predicate(found):
                return True
    return False


def _conditions(view: View) -> Iterator[str]:
    """Let a condition name rows, and say nothing else."""
    for place in range(len(view.tokens)):
        if view.kinds(place) != {"condition"} and view.tokens[place].text not in ("where", "when"):
            continue
        rest = [view.role(i) for i in view.in_stretch(place) if i > place]
        following = [i for i in (place + 1, place + 2) if i < len(view.tokens)]
        if following and view.tokens[following[0]].text in ("it", "they"):
            continue
        told = [role for role in rest if role in SAYING]
        named = [role for role in rest if role and role not in SAYING]
        is_relative = any(view.role(i) for i in range(place)) or "row" in _before(view, place)
        if not (named or (told and is_relative)) or (told and not is_relative):
            yield f"“{view.tokens[place].text}” may only name the rows that are meant"


def _before(view: View, place: int) -> Words:
    return view.kinds(place - 1) if place else frozenset()


def _idle_stretches(view: View) -> Iterator[str]:
    """Let a stretch that names no part of the fact be a frame, and state nothing."""
    for start, end in view.clause.stretches:
        places = range(start, end)
        if any(view.tokens[i].roles for i in places):
            continue
        is_idle = (
            _is_general(view, places) if any(view.is_predicate(i) for i in places)
            else _is_frame_alone(view, places)
        )  # fmt: skip
        if not is_idle:
            said = " ".join(view.tokens[i].text for i in places).strip(" ,.;:")
            yield f"“{said}” says something that no fact carries"


def _is_general(view: View, places: range) -> bool:
    """Say whether a stretch with a predicate speaks of values at large: `there are gaps`."""
    nouns = {kind for i in places for kind in view.kinds(i) & NOUNS}
    if view.rules.is_adverbial:
        return not any(view.is_verb(i) for i in places)
    is_label = places.stop < len(view.tokens) and view.tokens[places.stop].text == ":"
    if is_label and not any(view.is_verb(i) for i in places):
        return nouns <= {"cell", "row", "measure"}
    said = {view.tokens[i].text for i in places}
    is_there = "there" in said or "cell" in nouns
    return is_there and nouns <= {"cell", "row"} and not said & {"it", "they", "this", "these"}


_SHOWING = words(
    "show shows shown see seen report reports reported state states stated say says list lists "
    "told note noted observed | can be seen"
)


def _is_frame_alone(view: View, places: range) -> bool:
    verbs = [view.tokens[i].text for i in places if view.is_verb(i) and "link" in view.kinds(i)]
    if any(verb not in _SHOWING for verb in verbs):
        return False
    nouns = any(view.kinds(i) & NOUNS for i in places)
    states = any(view.kinds(i) & {"be", "have"} for i in places)
    own = [view.tokens[i].text for i in places if view.tokens[i].text in view.rules.words]
    spoken = [i for i in places if view.tokens[i].sort == "word"]
    is_phrase = bool(spoken) and "preposition" in view.kinds(spoken[0]) and not states
    is_aside = places.start > 0 and not any(view.is_verb(i) for i in places)
    nouns_there = {kind for i in places for kind in view.kinds(i) & NOUNS}
    if is_aside and own and nouns_there <= {"column", "measure"}:
        return True
    is_colon = places.stop < len(view.tokens) and view.tokens[places.stop].text == ":"
    is_plain = is_phrase or (is_colon and not any(view.is_verb(i) for i in places))
    return not (states and nouns) and (is_plain or all(" " in word for word in own))


def _bare_predicates(view: View) -> Iterator[str]:
    """Hold `X is missing` to a figure beside it, since alone it means all of X."""
    for place, (start, end) in enumerate(view.clause.stretches):
        inside = range(start, end)
        is_said = any(view.is_predicate(i) for i in inside)
        is_there = any(view.tokens[i].text == "there" for i in inside)
        if not is_said or is_there or not any("be" in view.kinds(i) for i in inside):
            continue
        beside = [view.clause.stretches[i] for i in (place - 1, place + 1)
                  if 0 <= i < len(view.clause.stretches)]  # fmt: skip
        if not (_tells(view, inside) or any(_qualifies(view, range(*near)) for near in beside)):
            yield "the figure must stand beside the word that it goes with"


def _tells(view: View, places: range) -> bool:
    return any(view.role(i) in view.rules.predicate_for for i in places)


def _qualifies(view: View, places: range) -> bool:
    """Say whether a stretch adds a figure to its neighbour: `, in 5% of rows`."""
    opening = view.tokens[places[0]].text
    is_weak = opening in (",", "(", "or") or places[0] == 0
    return is_weak and _tells(view, places) and not any(view.is_verb(i) for i in places)
