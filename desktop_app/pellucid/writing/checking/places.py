"""Whether each slot of a clause stands where it may."""

from __future__ import annotations

from collections.abc import Iterator

from pellucid.writing.checking.grammar import SAYING, START, View
from pellucid.writing.checking.kinds import Role
from pellucid.writing.checking.lexicon import Words
from pellucid.writing.checking.owners import (
    acts,
    is_beside_subject,
    is_given_away,
    is_given_to,
    is_owned,
    pronoun_means,
)
from pellucid.writing.checking.topics import Topic

_FREE = Role()
_BESIDE = frozenset({"with", "of", "and"})
_HOLDERS = frozenset({"of", "in", "within", "from"})
_ONE_OF = frozenset({"group", "class", "level", "label", "category", "word", "phrase", "topic",
                     "the word"})  # fmt: skip


def misplaced(view: View, topic: Topic) -> Iterator[str]:
    """Yield what is wrong with where slots stand, in words for whoever wrote them."""
    for place, token in enumerate(view.tokens):
        role = view.role(place)
        if not role:
            continue
        name = token.label or f"“{token.text}”"
        rule = view.rules.roles.get(role, _FREE)
        if view.rules.other_is_figure and is_given_away(view, place, role):
            yield f"{name} is a figure of something else than what follows"
        if role == "interval":
            yield from _interval(view, place, name)
        if rule.owner and not is_owned(view, place, rule, topic):
            owners = " or ".join(sorted(o.strip(":") for o in rule.owner))
            yield f"{name} can only be said of the {owners}, right there"
        if not _is_preceded(view, place, rule, topic):
            yield f"{name} cannot stand where it does"
        if rule.led_by and not _is_led(view, place, rule.led_by):
            yield f"{name} needs a word before it that says what it is"
        if rule.beside and not all(_is_named(view, r, topic) for r in rule.beside):
            yield f"{name} needs the {' and the '.join(sorted(rule.beside))} beside it"
        if rule.among and not any(t.text in rule.among for t in view.tokens):
            yield f"{name} needs a word such as {', '.join(sorted(rule.among)[:3])}"
        if rule.not_after and _follows(view, place, rule.not_after):
            yield f"{name} cannot stand where it does"
        if rule.is_object and acts(view, place):
            yield f"{name} cannot do what the verb after it says"
        if rule.apart & {view.role(i) for i in view.in_stretch(place)}:
            yield f"{name} must stand apart from the {' or '.join(sorted(rule.apart))}"
        if _is_wrongly_referenced(view, place, role):
            yield f"{name} stands where the thing to compare with belongs"
    yield from _swapped(view)


def _is_named(view: View, role: str, topic: Topic) -> bool:
    if role == "at" and any(token.text == "at the turn" for token in view.tokens):
        return "direction" in {view.role(i) for i in range(len(view.tokens))}
    return role in topic.roles or any(view.role(i) == role for i in range(len(view.tokens)))


def _follows(view: View, place: int, options: Words) -> bool:
    before = view.left(place)
    return before >= 0 and any(_matches(view, before, option) for option in options)


def _swapped(view: View) -> Iterator[str]:
    """Let the subject hold the group, and not the other way round."""
    if not any(view.role(i) == "group" for i in range(len(view.tokens))):
        return
    for place in range(len(view.tokens)):
        role, before = view.role(place), view.left(place)
        word = view.tokens[before].text if before >= 0 else ""
        is_share = before > 0 and "measure" in view.kinds(before - 1)
        if role == "group" and word in _HOLDERS and not is_share:
            yield f"{view.tokens[place].text} is no place that holds something"
        if role != "subject":
            continue
        if word in _ONE_OF or word.endswith("mention of"):
            yield f"{view.tokens[place].text} is no {word}"
        is_held = "preposition" in view.kinds(before) if before >= 0 else True
        earlier = [view.role(i) for i in view.in_stretch(place) if i < place]
        if "group" in earlier and not is_held:
            yield f"{view.tokens[place].text} must stand before its group"


def _is_preceded(view: View, place: int, rule: Role, topic: Topic) -> bool:
    """Say whether what stands directly before a slot may stand there."""
    if not rule.after or _is_compared(view, place):
        return True
    before = view.left(place)
    if before >= 0 and view.tokens[before].text in rule.alone and _is_accompanied(view, place):
        return False
    for option in rule.after:
        if option == "~":
            continue
        if option == "~reference" and view.is_referenced(place):
            return True
        if option == ":owned" and view.owner(place) in (":model", START):
            return True
        if option == ":owned" and is_given_to(view, place, frozenset({":model"})):
            return True
        if option == "~verdict" and _is_after_verdict(view, place):
            return True
        if option == ":there" and _is_existence(view, before):
            return True
        if option == "^:" and _is_label(view, place):
            return True
        if option == "^" and (before < 0 or view.begins(place)):
            return True
        if before >= 0 and _matches(view, before, option):
            return option != ":be" or _is_told_of_subject(view, before, topic)
    if before >= 0 and view.tokens[before].text in rule.early and _is_late(view, before):
        return False
    if before >= 0 and view.tokens[before].text in rule.opening:
        earlier = view.left(before)
        return view.begins(before) or (earlier >= 0 and view.role(earlier) in ("value", "count"))
    return False


def _is_compared(view: View, place: int) -> bool:
    """Say whether a name stands in `comparing a with b in c,` and what follows names the group."""
    if view.role(place) not in ("group", "other", "subject"):
        return False
    start = place
    while start >= 0 and view.tokens[start].text not in (",", ":", ";", "comparing"):
        start -= 1
    after = range(place, len(view.tokens))
    end = next((i for i in after if view.tokens[i].text in (",", ":")), len(view.tokens))
    is_framed = start >= 0 and view.tokens[start].text == "comparing"
    return is_framed and any(view.role(i) == "group" for i in range(end, len(view.tokens)))


def _is_accompanied(view: View, place: int) -> bool:
    """Say whether a figure reads as a place in a clause that tells another one."""
    told = [i for i in range(len(view.tokens)) if view.role(i) in SAYING - {"interval", "n"}]
    is_named = any(view.role(i) == "group" for i in range(place))
    if is_named and any(i > place for i in told):
        return True
    return bool(told) and view.tokens[view.left(place)].text not in ("(", "on", "over")


def _is_after_verdict(view: View, place: int) -> bool:
    """Say whether a figure opens what follows a verdict: `it is level: 0.9 against 0.8`."""
    is_opened = place > 1 and view.tokens[place - 1].text in (":", "(")
    named = [i for i in range(place) if view.role(i) == "subject"]
    is_reference = bool(named) and all(_is_set_against(view, i, place) for i in named)
    is_led = is_opened and view.role(place - 2) == "verdict"
    return is_led and is_reference and _pairs(view, place)


def _is_set_against(view: View, place: int, end: int) -> bool:
    """Say whether a word of reference leads to a name, and the model does not stand between."""
    is_led = any("reference" in view.kinds(i) for i in range(place))
    return is_led and not any("model" in view.kinds(i) for i in range(end))


def _pairs(view: View, place: int) -> bool:
    """Say whether a reference and the figure to compare with come right behind a place."""
    after = place + 2
    is_pair = after < len(view.tokens) and "reference" in view.kinds(place + 1)
    return is_pair and view.role(after) == "value"


def _is_late(view: View, place: int) -> bool:
    """Say whether a place is no basis: `5% are empty, in 40 rows` or `in 40 rows, a lacks (5%)`."""
    if any(view.role(i) in SAYING for i in range(place)):
        return True
    figures = [i for i in range(place, len(view.tokens)) if view.role(i) in ("value", "count")]
    return any(view.tokens[i - 1].text in ("(", ":") for i in figures if i)


def _is_told_of_subject(view: View, verb: int, topic: Topic) -> bool:
    """Say whether what is before a form of `be` is the subject, or a word for its values."""
    before = view.left(verb, over=frozenset({"be", "adverb", "determiner"}))
    if before < 0:
        return False
    role, kinds = view.role(before), view.kinds(before)
    if not role and "pronoun" in kinds and not kinds & {"measure", "cell", "column"}:
        return pronoun_means(view, before, topic) == "subject"
    return role == "subject" or (not role and bool(kinds & {"measure", "cell", "column"}))


def _is_existence(view: View, place: int) -> bool:
    """Say whether `there is` or `there are` ends at a place."""
    return place > 0 and "be" in view.kinds(place) and view.tokens[place - 1].text == "there"


def _is_label(view: View, place: int) -> bool:
    """Say whether a slot opens the clause and a colon follows it."""
    is_first = all(token.sort == "mark" for token in view.tokens[:place])
    return is_first and place + 1 < len(view.tokens) and view.tokens[place + 1].text == ":"


def _matches(view: View, place: int, option: str) -> bool:
    if option == "~by":
        differs = place > 0 and view.tokens[place - 1].text in ("differ", "differs", "differed")
        return view.tokens[place].text == "by" and not view.begins(place) and not differs
    if option.startswith(":") and option != ":":
        return option[1:] in view.kinds(place)
    if option.startswith("."):
        return view.role(place) == option[1:]
    return view.tokens[place].text == option


def _is_led(view: View, place: int, leaders: Words) -> bool:
    for found in range(place - 1, -1, -1):
        role = view.role(found)
        if f".{role}" in leaders or view.tokens[found].text in leaders:
            return True
        if role in SAYING and not any(leader.startswith(".") for leader in leaders):
            return False
    return False


def _is_wrongly_referenced(view: View, place: int, role: str) -> bool:
    """Say whether something other than the reference stands after `than` or `compared with`."""
    if role == "other" or (role in SAYING and role != "value"):
        return False
    if role in ("subject", "outcome", "where"):
        after = place + 1
        while after < len(view.tokens) and view.kinds(after) & {"be", "determiner"}:
            after += 1
        follows = view.role(after) if after < len(view.tokens) else ""
        is_verdict = view.rules.other_is_figure and any(
            view.role(i) == "verdict" for i in range(len(view.tokens))
        )
        is_name = role == "subject" and follows != "other" and not is_verdict
        return is_name and view.is_referenced(place)
    is_second = view.rules.other_is_figure and any(
        view.role(i) == "other" for i in range(max(0, place - 3), place)
    )
    if role == "value" and is_second:
        return False
    if role == "value" and view.rules.other_is_figure and is_beside_subject(view, place):
        return False
    has_other = "other" in view.rules.roles or role == "value"
    return has_other and view.is_referenced(place)


def _interval(view: View, place: int, name: str) -> Iterator[str]:
    """Hold an interval to the figure that it bounds."""
    if any(view.tokens[i].text in view.rules.bounded for i in view.in_stretch(place) if i < place):
        return
    figures = [
        view.role(i)
        for i in range(place)
        if view.role(i) in SAYING - {"n", "interval"}
        or (view.role(i) == "at" and "at" in view.rules.interval_of)
        or (view.role(i) == "other" and view.rules.other_is_figure)
    ]  # fmt: skip
    if not figures or figures[-1] not in view.rules.interval_of:
        yield f"{name} belongs right behind the {' or '.join(sorted(view.rules.interval_of))}"
        return
    before = view.left(place)
    while before >= 0 and view.tokens[before].text in (*_BESIDE, "interval"):
        before = view.left(before)
    if before >= 0 and not view.role(before) and view.tokens[before].sort != "mark":
        yield f"{name} belongs in brackets behind its figure"
