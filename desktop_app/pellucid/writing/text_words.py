"""What the built-in writer says of columns of texts: their make, their groups, their copies."""

from __future__ import annotations

from collections.abc import Iterator

from pellucid.core.numbers import count, listing, number, percent
from pellucid.facts.types import Fact
from pellucid.writing.select import Shelf, claim, detail, figure, sentence, value_of
from pellucid.writing.types import Claim

TEXTS = "What the texts say"
_MOST_COLUMNS, _MOST_IN_FULL, _FEW_IN_FULL = 6, 3, 2
_MOST_TOLD, _FEW_TOLD = 4, 2
_MOST_GROUPS = 6
_MOST_TOPICS = 5
_MANY_COPIES = 0.01


def text_claims(shelf: Shelf) -> Iterator[Claim]:
    """Yield what columns of texts are: lengths, scripts, copies, groups, topics."""
    columns = _columns(shelf)
    yield from _makes(shelf, columns)
    yield from _copies(shelf, columns[:_MOST_COLUMNS])
    for place, name in enumerate(columns[:_MOST_COLUMNS]):
        if place < (_MOST_IN_FULL if len(columns) <= _MOST_IN_FULL else _FEW_IN_FULL):
            yield from _groups(shelf, name)
            yield from _topics(shelf, name)


def _columns(shelf: Shelf) -> list[str]:
    """Return the columns of texts: those that matter to the model, then the longest texts first."""
    strong = [f for f in shelf.of("importance") if detail(f, "matters") == "yes"]
    ranks = {fact.origin.part: figure(fact, "rank") for fact in strong}
    made = [fact for fact in shelf.of("text", "corpus") if detail(fact, "middle")]
    made.sort(key=lambda f: (ranks.get(f.subject[0], 999), -value_of(f), f.subject[0]))
    return [fact.subject[0] for fact in made]


def _makes(shelf: Shelf, columns: list[str]) -> Iterator[Claim]:
    """Tell a few columns one by one, and more of them in one list."""
    known = {f.subject[0]: f for f in shelf.of("text", "corpus") if detail(f, "middle")}
    if len(columns) > 3:
        shown = [known[name] for name in columns]
        shown.sort(key=lambda fact: -value_of(fact))
        parts = [f"{fact.subject[0]} ({count(round(value_of(fact)))})" for fact in shown]
        yield claim(
            TEXTS,
            f"{count(len(columns))} columns hold texts; in brackets, how many words one of their "
            f"texts typically has: {listing(parts, 12)}.",
            shown,
        )
    for name in columns[: 3 if len(columns) <= 3 else 0]:
        rest = [f for f in shelf.of("text", "corpus", name) if not detail(f, "middle")]
        scope = f", {detail(known[name], 'scope')}"
        more = [fact.text.replace(scope, "") if len(scope) > 2 else fact.text for fact in rest]
        text = " ".join([known[name].text, *more])
        yield claim(TEXTS, text, [known[name], *rest])


def _copies(shelf: Shelf, columns: list[str]) -> Iterator[Claim]:
    """Tell the copies in one column in full, in several by their shares and one example."""
    found = [
        fact for name in columns for fact in shelf.of("duplicates", "corpus", name)
        if figure(fact, "share") >= _MANY_COPIES
    ]  # fmt: skip
    if len(found) == 1:
        yield claim(TEXTS, found[0].text, found)
        return
    found.sort(key=lambda fact: -figure(fact, "share"))
    if found:
        parts = [f"{percent(figure(f, 'share'))} in {f.subject[0]}" for f in found]
        most = found[0].text.rpartition("; the most frequent ")[2]
        text = (
            f"Many texts repeat an earlier one: {listing(parts, len(parts))}. The most frequent of "
            f"{found[0].subject[0]} {most}"
        )
        yield claim(TEXTS, text, found)


def _groups(shelf: Shelf, name: str) -> Iterator[Claim]:
    """Tell what each group says more than the others, in one sentence a group."""
    facts = sorted(shelf.of("distinctive", "corpus", name), key=lambda f: figure(f, "rank"))
    groups = list(dict.fromkeys(detail(fact, "group") for fact in facts))[:_MOST_GROUPS]
    if len(groups) > 2:
        yield _many_groups(facts, groups, name)
        return
    for place, group in enumerate(groups):
        told = [fact for fact in facts if detail(fact, "group") == group][:_MOST_TOLD]
        by, parts = told[0].subject[1], []
        for i, fact in enumerate(told):
            of = " of those texts" if place == 0 and i == 0 else ""
            rest = " of the others" if place == 0 and i == 0 else ""
            parts.append(
                f"“{detail(fact, 'ngram')}” (in {detail(fact, 'here')}{of}, "
                f"{detail(fact, 'there')}{rest})"
            )
        text = f"Where {by} is {group}, {name} says more often than elsewhere {listing(parts)}."
        yield claim(TEXTS, text, told)


def _many_groups(facts: list[Fact], groups: list[str], name: str) -> Claim:
    """Name the surest n-grams of each of several groups in one sentence."""
    told, parts = [], []
    for group in sorted(groups):
        found = [fact for fact in facts if detail(fact, "group") == group][:_FEW_TOLD]
        told += found
        words = listing([f"“{detail(fact, 'ngram')}”" for fact in found])
        parts.append(f"{words} where {found[0].subject[1]} is {group}")
    return claim(TEXTS, f"{name} says more often than elsewhere {'; '.join(parts)}.", told)


def _topics(shelf: Shelf, name: str) -> Iterator[Claim]:
    found = shelf.of("cluster", "corpus", name)
    whole = next((fact for fact in found if len(fact.subject) == 1), None)
    topics = sorted(
        (fact for fact in found if len(fact.subject) == 2), key=lambda fact: -value_of(fact)
    )
    if whole is None or not topics:
        return
    shown, parts = topics[:_MOST_TOPICS], []
    for fact in shown:
        lead = detail(fact, "leading")
        more = f", {detail(fact, 'by')} is {lead} in {percent(figure(fact, 'leading_share'))}"
        parts.append(f"“{detail(fact, 'label')}” ({percent(value_of(fact))}{more if lead else ''})")
    head = "The groups are" if len(shown) == len(topics) else "The largest are"
    yield claim(TEXTS, f"{whole.text} {head} {listing(parts)}.", [whole, *shown])


def reading_claims(shelf: Shelf, section: str, names: list[str]) -> Iterator[Claim]:
    """Yield how the model reads texts: said once where all columns are read alike."""
    facts = [f for f in shelf.of("definition", "fit") if f.origin.cell == "reading"]
    facts = [f for f in facts if f.origin.part in names] or facts
    for place, fact in enumerate(facts):
        if place == 0:
            yield claim(section, fact.text, [fact])
            continue
        more = [
            f"{f.origin.part} by {number(value_of(f))} {detail(f, 'orders')}" for f in facts[1:]
        ]
        text = f"It reads {listing(more, 12)}, in the same way."
        yield claim(section, sentence(text), facts[1:])
        return
