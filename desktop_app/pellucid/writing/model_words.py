"""What the built-in writer says of a model as a whole: what predicts, how well, what not to do."""

from __future__ import annotations

from collections.abc import Iterator

from pellucid.core.numbers import count, listing, number, percent
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
    if how_many is not None:
        yield _tested_claim(section, task, how_many)
    only = how_many is not None and figure(how_many, "tested") == 1
    if strong and not only:
        names = [f"{f.origin.part} ({percent(figure(f, 'share'))})" for f in strong[:_MOST_NAMED]]
        lead = "The strongest, by their share of all movement in"
        text = (
            f"Only {strong[0].origin.part} stands out from noise; it carries "
            f"{percent(figure(strong[0], 'share'))} of all movement in the model's predictions."
            if len(names) == 1
            else f"{lead} the model's predictions, are {listing(names)}."
        )
        yield claim(section, text, strong[:_MOST_NAMED])
    yield from _alone(shelf, section, target)
    yield from group_claims(shelf, section, strong)
    if how_many is not None and detail(how_many, "idle"):
        idle = detail(how_many, "idle").split("; ")
        one = len(idle) == 1
        text = (
            f"{listing(idle, 8)} {'makes' if one else 'make'} no difference of "
            f"{'its' if one else 'their'} own that could be told from chance on rows held back "
            f"from the fit, so nothing is claimed of {'it' if one else 'them'} below."
        )
        if not one:
            text += " A column that repeats what others say can be among them."
        yield claim(section, text, [how_many])


def _alone(shelf: Shelf, section: str, target: str) -> Iterator[Claim]:
    """Name the columns that go with the target on their own, before any model."""
    links = [fact for fact in shelf.of("association") if target in fact.subject]
    links.sort(key=lambda fact: -abs(value_of(fact)))
    parts, before = [], ""
    for fact in links[:_MOST_ALONE]:
        other = next(name for name in fact.subject if name != target)
        measure = MEASURES.get(detail(fact, "measure"), detail(fact, "measure"))
        named = f"{measure} " if measure != before else ""
        parts.append(f"{other} ({named}{number(value_of(fact))})")
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
    how_many_words = "none" if matter == 0 else "all" if matter == tested else count(matter)
    return claim(
        section,
        f"The model predicts {detail(task, 'predicts')} from {detail(task, 'columns')}. "
        f"It adds up {count(tested)} terms, each a curve, a set of levels{texts} or a pair of "
        "columns; "
        f"{how_many_words} of them {'makes' if matter == 1 else 'make'} a measurable difference.",
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
    majority = next((f for f in shelf.of("share", "profile", target) if len(f.subject) == 2), None)
    if shown:
        text = " ".join([split.text] if split else []) + " " + " ".join(f.text for f in shown)
        yield claim(GOOD, text.strip(), [split, *shown])
    accuracy = metrics.get("accuracy")
    if accuracy is not None and majority is not None:
        common = max(
            (f for f in shelf.of("share", "profile", target) if len(f.subject) == 2), key=value_of
        )
        yield claim(
            GOOD,
            f"For comparison, always answering {detail(common, 'level')} would be right for "
            f"{percent(value_of(common))} of rows; the model is right for "
            f"{metric_text('accuracy', value_of(accuracy))}.",
            [common, accuracy],
        )
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
        return f"This one is not shown to be better than {each}: {inside}."
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
    for fact in rest[:_MOST_CAVEATS]:
        yield claim(NOT, brief(fact.text), [fact])
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
        shown = left[:4]
        parts = [f"{f.subject[0]} ({detail(f, 'why').rstrip('.')})" for f in shown]
        more = "" if len(left) <= len(shown) else "; others are listed with the fit"
        lead = "One column" if len(left) == 1 else "Some columns"
        yield claim(
            NOT,
            f"{lead} took no part, so nothing here speaks of {'it' if len(left) == 1 else 'them'}: "
            f"{listing(parts)}{more}.",
            shown,
        )
