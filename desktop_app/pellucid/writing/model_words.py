"""What the built-in writer says of a model as a whole: what predicts, how well, what not to do."""

from __future__ import annotations

from collections.abc import Iterator

from pellucid.core.numbers import correlation, count, listing, percent
from pellucid.facts.fits import (
    LEVEL,
    LOWER_IS_BETTER,
    NOT_SHOWN,
    baseline_words,
    metric_bounds,
    metric_text,
)
from pellucid.facts.tables import MEASURES
from pellucid.facts.types import Fact
from pellucid.writing.group_words import group_claims, judging_claims
from pellucid.writing.select import Shelf, brief, claim, detail, figure, value_of
from pellucid.writing.types import Claim

GOOD = "How good the model is"
NOT = "What not to conclude"
_MOST_NAMED = 5
_MOST_ALONE = 3
_MOST_CAVEATS = 8
_MOST_SMALL = 4
_MOST_LEFT_OUT = 6
_SHOWN = ("auc", "accuracy", "r2", "mae")


def predicts_section(target: str) -> str:
    """Return the heading of the section that names the strongest terms."""
    return f"What predicts {target}"


def ranking_claims(shelf: Shelf, task: Fact) -> Iterator[Claim]:
    """Yield which terms matter, in order, and which were tried for nothing."""
    target = task.subject[0]
    section = predicts_section(target)
    how_many = shelf.first("importance", "explanation", "terms")
    strong = [f for f in shelf.of("importance") if detail(f, "matters") == "yes"]
    strong.sort(key=lambda fact: figure(fact, "rank"))
    only = how_many is not None and figure(how_many, "tested") == 1
    if strong and not only:
        yield claim(section, _strongest(strong, target), strong[:_MOST_NAMED])
    if how_many is not None:
        yield _tested_claim(section, task, how_many)
    yield from _alone(shelf, section, target)
    yield from group_claims(shelf, section, strong)
    if how_many is not None and detail(how_many, "idle"):
        yield claim(section, _idle_text(detail(how_many, "idle").split("; ")), [how_many])


def _strongest(strong: list[Fact], target: str) -> str:
    """Name the terms that matter by what they move; only those may be said to move most."""
    first = strong[0]
    if len(strong) == 1:
        return (
            f"Only {first.origin.part} makes a measurable difference of its own; it carries "
            f"{percent(figure(first, 'share'))} of all movement in the model's predictions."
        )
    shown = strong[:_MOST_NAMED]
    names = [f"{f.origin.part} ({percent(figure(f, 'share'))})" for f in shown]
    names[0] = names[0].removesuffix(")") + " of all movement)"
    leads = [figure(fact, "rank") for fact in shown] == list(range(1, len(shown) + 1))
    if leads:
        return f"The model's predictions of {target} move most with {listing(names)}."
    return (
        "Of what makes a measurable difference of its own, the model's predictions of "
        f"{target} move most with {listing(names)}."
    )


def _idle_text(idle: list[str]) -> str:
    if len(idle) == 1:
        return (
            f"{idle[0]} makes no difference of its own that could be told from chance on rows held "
            "back from the fit, so nothing is claimed of it below."
        )
    return (
        f"Taken out one at a time, {listing(idle, 8)} make no difference that could be told from "
        "chance on rows held back from the fit, so nothing is claimed of them below; a column that "
        "repeats what others say can be among them."
    )


def _alone(shelf: Shelf, section: str, target: str) -> Iterator[Claim]:
    """Name the columns that go with the target on their own, before any model."""
    links = [fact for fact in shelf.of("association") if target in fact.subject]
    links.sort(key=lambda fact: -abs(value_of(fact)))
    parts, before = [], ""
    for fact in links[:_MOST_ALONE]:
        other = next(name for name in fact.subject if name != target)
        measure = MEASURES.get(detail(fact, "measure"), detail(fact, "measure"))
        named = f"{measure} " if measure != before else ""
        parts.append(f"{other} ({named}{correlation(value_of(fact))})")
        before = measure
    if parts:
        text = f"Taken one at a time, {listing(parts)} go{'es' if len(parts) == 1 else ''} with"
        yield claim(section, f"{text} {target} most closely.", links[:_MOST_ALONE])


def _tested_claim(section: str, task: Fact, how_many: Fact) -> Claim:
    tested = int(figure(how_many, "tested"))
    if tested == 1:
        return _only_term_claim(section, task, how_many)
    matter = int(value_of(how_many))
    texts = ", the words of a text" if figure(task, "texts") else ""
    which = "none" if matter == 0 else "all" if matter == tested else count(matter)
    ending = (
        f"{which} of them {'makes' if matter < 2 else 'make'} a measurable difference when taken "
        "out alone."
    )
    if not matter:
        ending = ending.removesuffix(".") + ": the others may stand in for it."
    return claim(
        section,
        f"The model predicts {detail(task, 'predicts')} from {detail(task, 'columns')}. "
        f"It adds up {count(tested)} terms, each a curve, a set of levels{texts} or a pair of "
        f"columns{f'; {ending}' if matter != 1 else '.'}",
        [task, how_many],
    )


def _only_term_claim(section: str, task: Fact, how_many: Fact) -> Claim:
    kind = "the words of its texts" if figure(task, "texts") else "one term"
    matters = (
        "It makes a measurable difference." if value_of(how_many)
        else "It makes no measurable difference."
    )  # fmt: skip
    return claim(
        section,
        f"The model predicts {detail(task, 'predicts')} from {detail(task, 'columns')}, by {kind} "
        f"alone. {matters}",
        [task, how_many],
    )


def quality_claims(shelf: Shelf, task: Fact) -> Iterator[Claim]:
    """Yield how good the model is on unseen rows, and beside what."""
    target = task.subject[0]
    split = shelf.first("count", "fit", "rows")
    metrics = {fact.subject[1]: fact for fact in shelf.of("metric", "fit")}
    shown = [metrics[name] for name in _SHOWN if name in metrics][:2] or list(metrics.values())[:1]
    levels = [f for f in shelf.of("share", "profile", target) if len(f.subject) == 2]
    accuracy = metrics.get("accuracy")
    if accuracy is not None and levels:
        common = max(levels, key=value_of)
        yield claim(
            GOOD,
            f"{accuracy.text.removesuffix('.')}; always answering {detail(common, 'level')} would "
            f"be right for {percent(value_of(common))} of all rows.",
            [accuracy, common],
        )
    rest = [fact for fact in shown if fact is not accuracy or not levels]
    if rest:
        text = " ".join(fact.text for fact in (*rest, split) if fact is not None)
        yield claim(GOOD, text, [*rest, split])
    yield from _beside(shelf, shown)
    yield from judging_claims(shelf, GOOD)


def _beside(shelf: Shelf, shown: list[Fact]) -> Iterator[Claim]:
    """Compare the headline metric with each baseline's."""
    names = {fact.subject[1]: fact for fact in shown}
    baselines = [f for f in shelf.of("baseline", "fit") if detail(f, "metric") in names]
    if not baselines:
        return
    name = detail(max(baselines, key=lambda fact: fact.interest), "metric")
    own = names[name]
    others = [fact for fact in baselines if detail(fact, "metric") == name]
    label, ours = own.unit, metric_text(name, value_of(own))
    better = "lower is better" if name in LOWER_IS_BETTER else "higher is better"
    parts = []
    for fact in others:
        bounds = metric_bounds(name, fact.low or 0.0, fact.high or 0.0)
        parts.append(
            f"{baseline_words(detail(fact, 'baseline'))} reaches "
            f"{metric_text(name, value_of(fact))} ({bounds})"
        )
    yield claim(
        GOOD,
        f"On the same rows {listing(parts)}, against {ours} here ({label}; {better}). "
        f"{_beside_ending(others)}",
        [own, *others],
    )


def _beside_ending(others: list[Fact]) -> str:
    """Draw the conclusion from the verdicts on all baselines."""
    verdicts = {detail(fact, "verdict") for fact in others}
    each = "it" if len(others) == 1 else "each of them"
    difference = "the difference" if len(others) == 1 else "each difference"
    is_paired = all(detail(fact, "method") for fact in others)
    if verdicts == {"better"}:
        outside = "neither figure lies in the other's interval"
        if is_paired:
            outside = f"the paired 95% interval of {difference} excludes zero"
        return f"This one is better than {each}: {outside}."
    if verdicts == {NOT_SHOWN}:
        inside = "one figure lies in the other's interval"
        if is_paired:
            inside = f"the paired 95% interval of {difference} includes zero"
        other = "it" if len(others) == 1 else "any of them"
        return f"This one is not shown to be better than {other}: {inside}."
    if verdicts == {LEVEL}:
        return (
            f"This one is level with {each}: the paired 95% interval of {difference} includes "
            "zero and is narrow."
        )
    return _mixed(others)


def _mixed(others: list[Fact]) -> str:
    parts = []
    for fact in others:
        words = baseline_words(detail(fact, "baseline"))
        verdict = detail(fact, "verdict")
        joint = "" if verdict.endswith("it") else " than"
        parts.append(f"{verdict.removesuffix(' it')}{joint} {words}")
    return f"The readable model is {listing(parts)}."


def caution_claims(shelf: Shelf, task: Fact) -> Iterator[Claim]:
    """Yield what not to conclude: the general caution first, then what these columns call for."""
    target = task.subject[0]
    general = [f for f in shelf.of("caveat", "explanation", "") if f.subject == (target,)]
    small = [f for f in shelf.of("caveat", "explanation") if detail(f, "named")]
    for fact in general:
        yield claim(NOT, fact.text, [fact])
    rest = [
        *(f for f in shelf.of("caveat", "fit") if f.origin.cell != "left_out"),
        *(f for f in shelf.of("caveat", "profile") if not detail(f, "alert")),
        *(f for f in shelf.of("caveat", "explanation") if f not in general + small),
    ]
    rest.sort(key=lambda fact: (-fact.interest, fact.id))
    rare = [fact for fact in rest if detail(fact, "alert") == "rare levels"]
    if len(rare) > 1:
        rest = [fact for fact in rest if fact not in rare]
    shared = [fact for fact in rest if detail(fact, "close")]
    for fact in rest[:_MOST_CAVEATS]:
        if fact in shared[1:]:
            continue
        told = shared if fact in shared else [fact]
        yield claim(NOT, f"{brief(fact.text)}{_so_do(told[1:])}", told)
    if len(rare) > 1:
        names = listing([fact.subject[0] for fact in rare])
        text = f"Rare values of {names} are treated alike, as are values that were never seen."
        yield claim(NOT, text, rare)
    if small:
        parts = [f"{detail(f, 'named')} in {f.subject[0]}" for f in small[:_MOST_SMALL]]
        yield claim(
            NOT,
            f"Some groups have too few training rows to speak of: {'; '.join(parts)}.",
            small[:_MOST_SMALL],
        )
    left = [f for f in shelf.of("caveat", "fit") if f.origin.cell == "left_out"]
    if left:
        yield _left_out(left)


def _so_do(shared: list[Fact]) -> str:
    """Name further columns that share credit, once it was said what that means."""
    if not shared:
        return ""
    parts = [f"{listing(list(fact.subject))} ({detail(fact, 'close')})" for fact in shared]
    return f" The same goes for {', and for '.join(parts)}."


def _left_out(left: list[Fact]) -> Claim:
    """Name the columns that took no part, those with one reason together."""
    left = sorted(left, key=lambda fact: fact.subject)
    by_why: dict[str, list[str]] = {}
    shown = left[:_MOST_LEFT_OUT]
    for fact in shown:
        by_why.setdefault(detail(fact, "why").rstrip("."), []).append(fact.subject[0])
    parts = [
        f"{listing(names)} ({'each ' if len(names) > 1 and not why.startswith('it') else ''}{why})"
        for why, names in by_why.items()
    ]
    more = "" if len(left) <= len(shown) else "; others are listed with the fit"
    one = len(left) == 1
    return claim(
        NOT,
        f"{'One column' if one else 'Some columns'} took no part, so nothing here speaks of "
        f"{'it' if one else 'them'}: {'; '.join(parts)}{more}.",
        shown,
    )
