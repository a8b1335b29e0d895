"""What the figures of a clause are said of, and whether that is what they are figures of."""

from __future__ import annotations

from pellucid.writing.checking.bindings import JOINING
from pellucid.writing.checking.clauses import SEPARATORS
from pellucid.writing.checking.grammar import PRONOUN, SAYING, START, View
from pellucid.writing.checking.kinds import Role
from pellucid.writing.checking.lexicon import Words
from pellucid.writing.checking.topics import Topic

_ANYWHERE = "*"
LEAVING = frozenset({"leave", "leaves", "left"})


def is_owned(view: View, place: int, rule: Role, topic: Topic) -> bool:
    if view.rules.other_is_figure and _is_second(view, place):
        return True
    if rule.close:
        return _is_owned_closely(view, place, rule.owner, topic)
    owner = view.owner(place)
    is_free = (
        owner == START
        or (view.rules.other_is_figure and owner == "other")
        or (owner == ":model" and view.is_referenced(place))
    )
    if is_free and is_given_to(view, place, rule.owner):
        return True
    if _ANYWHERE in rule.owner or owner in rule.owner:
        return True
    if owner == PRONOUN and _is_of_another(view, place, topic):
        return False
    if owner == PRONOUN:
        meant = pronoun_means(view, place, topic)
        identities = (*view.rules.identity, rule.beside)
        is_own = any(meant in options for options in identities) or not meant
        return meant in rule.owner and (is_own or meant in [view.role(i) for i in range(place)])
    if owner != START:
        return False
    after = place + 1
    while after < len(view.tokens) and view.kinds(after) & {"be", "determiner"}:
        after += 1
    met = view.role(after) if after < len(view.tokens) else ""
    if met and after > place + 1 and met not in rule.owner:
        return False
    if acts(view, place):
        return False
    if view.rules.other_is_figure and "other" in [view.role(i) for i in range(place)]:
        return "subject" in [view.role(i) for i in range(len(view.tokens))]
    named = [view.role(i) for i in range(len(view.tokens))]
    return any(role in rule.owner for role in named) or topic.last in rule.owner


def _is_of_another(view: View, place: int, topic: Topic) -> bool:
    """Say whether a pronoun before any name stands for another subject than the one named later."""
    if any(view.role(i) not in ("", *SAYING) for i in range(place)):
        return False
    known = topic.names.get("subject", "")
    later = [t.text for i, t in enumerate(view.tokens) if view.role(i) == "subject"]
    return bool(known and later) and known not in later


def is_given_to(view: View, place: int, owners: Words) -> bool:
    """Say whether `for` or `by` behind a figure says what it is a figure of."""
    after = place + 1
    if after >= len(view.tokens) or view.tokens[after].text not in ("for", "by", "from", "of"):
        return False
    after += 1
    while after < len(view.tokens) and view.kinds(after) & {"determiner"}:
        after += 1
    if after >= len(view.tokens):
        return False
    named = {view.role(after), *(f":{kind}" for kind in view.kinds(after))}
    return bool(named & owners)


def is_given_away(view: View, place: int, role: str) -> bool:
    """Say whether a figure of one model is followed by the name of the other."""
    if role not in ("value", "other", "interval"):
        return False
    foreign = "subject" if role == "other" else ":model"
    for after in range(place + 1, view.in_stretch(place).stop):
        kinds = view.kinds(after)
        if view.role(after) in SAYING | {"other"} or "reference" in kinds:
            return False
        if foreign in {view.role(after), *(f":{kind}" for kind in kinds)}:
            return True
    return False


def _is_owned_closely(view: View, place: int, owner: Words, topic: Topic) -> bool:
    """Say whether the grammatical subject stands immediately before a whole predicate."""
    before = view.left(place, over=frozenset({"be", "adverb"}))
    if before < 0:
        return False
    role = view.role(before)
    if {f":{kind}" for kind in view.kinds(before)} & owner:
        return True
    if owner == {"subject", "other"}:
        return _is_pair(view, before, topic)
    if role:
        return role in owner
    text = view.tokens[before].text
    if text in ("it", "them") and before and view.tokens[before - 1].text in LEAVING:
        return "outcome" in owner and topic.names.get("outcome") == view.outcome
    if text in ("it", "they", "which", "that"):
        return pronoun_means(view, before, topic) in owner
    if text not in JOINING:
        return False
    while before >= 0 and view.tokens[before].text in (*SEPARATORS, *JOINING):
        before -= 1
    return topic.last in owner if before < 0 else _said_of(view, before) in owner


def _said_of(view: View, place: int) -> str:
    """Return what an earlier predicate, which another is joined to, is said of."""
    return view.owner(place + 1) if view.role(place) in SAYING else ""


def _is_pair(view: View, place: int, topic: Topic) -> bool:
    """Say whether `subject and other` end at a place, or a pronoun that stands for both."""
    if view.tokens[place].text == "they":
        named = {view.role(i) for i in range(place)} | topic.roles
        return {"subject", "other"} <= named
    joint = place - 1
    if joint < 1 or view.tokens[joint].text != "and":
        return False
    first = view.left(joint)
    if first >= 0 and view.tokens[first].text == "it" and view.role(place) == "other":
        return "subject" in topic.roles
    return first >= 0 and {view.role(place), view.role(first)} == {"subject", "other"}


def pronoun_means(view: View, place: int, topic: Topic) -> str:
    """Return the role that a pronoun stands for: the first thing named, here or last time."""
    if place > 0 and "condition" in view.kinds(place - 1) and "subject" in topic.roles:
        return "subject"
    if view.tokens[place].text in ("which", "that") and place > 0:
        before = view.left(place, over=frozenset({"determiner"}))
        while before > 0 and view.tokens[before].text in SEPARATORS:
            before -= 1
        if view.role(before):
            return view.role(before)
    for found in range(place):
        role = view.role(found)
        if role and role not in SAYING and view.phrase_start(found) < 0:
            return role
    if not topic.last and not any(view.role(i) for i in range(place)):
        ahead = [view.role(i) for i in range(place, len(view.tokens)) if view.role(i)]
        return next((role for role in ahead if role not in SAYING), "")
    inner = [view.role(i) for i in range(place) if view.role(i) not in ("", *SAYING)]
    return topic.last or (inner[0] if inner else "")


def acts(view: View, place: int) -> bool:
    """Say whether a slot opens its stretch and a verb other than `be` is said of it."""
    if not view.begins(view.left(place) + 1) or place + 1 >= len(view.tokens):
        return False
    word = view.tokens[place + 1].text
    own = word in view.rules.words and " " not in word
    return (view.is_verb(place + 1) and "be" not in view.kinds(place + 1)) or own


def _is_second(view: View, place: int) -> bool:
    """Say whether a figure follows the other one of a comparison: `verdict: 0.9 against 0.8`."""
    is_pair = place > 2 and view.role(place) == "value" and view.role(place - 2) == "other"
    is_led = is_pair and "reference" in view.kinds(place - 1)
    opening = view.tokens[place - 3].text if is_led else ""
    return opening in (":", "(") and view.role(place - 4) == "verdict"


def is_beside_subject(view: View, place: int) -> bool:
    """Say whether only `at`, `with` or a bracket parts a figure from the subject it is told of."""
    before = place - 1
    while before >= 0 and view.tokens[before].text in ("at", "with", "(", "of"):
        before -= 1
    return 0 <= before < place - 1 and view.role(before) == "subject"
