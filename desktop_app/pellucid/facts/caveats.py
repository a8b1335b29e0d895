"""What not to conclude: credit that is shared, groups that are small, columns that give it away."""

from __future__ import annotations

from collections.abc import Iterator

from pellucid.core.numbers import correlation, count, listing, plural
from pellucid.data.types import Association, Profile
from pellucid.explain.types import ModelExplanation
from pellucid.facts.making import make
from pellucid.facts.tables import MEASURES
from pellucid.facts.types import Fact, Origin

SHARED_CREDIT = 0.7
_GIVEN_AWAY = 0.97
_SMALL = 30


def model_caveats(profile: Profile, explanation: ModelExplanation) -> Iterator[Fact]:
    """Yield the caveats that go with every explained model, and those that its columns call for."""
    target = explanation.task.target
    yield make(
        "caveat", (target,),
        f"Every effect here is an association in these rows: that {target} differs where a column "
        "differs does not say what would happen if the column were changed.",
        Origin("explanation"), what="association", interest=1.0,
    )  # fmt: skip
    yield from _shared_credit(profile, explanation)
    yield from _given_away(profile, explanation)
    yield from _small_groups(explanation)


def scale_definitions(explanation: ModelExplanation) -> Iterator[Fact]:
    """Yield what the words of effects mean, for this model's scale."""
    target = explanation.task.target
    nouns = {
        "logit": "Odds are the probability of an outcome divided by that of its opposite: odds of "
        "1 are an even chance. ",
        "softmax": "The relative odds of a class compare its probability with the (geometric) "
        "average over all classes. ",
    }
    averages = {
        "logit": "“2 times the average” means that, all other columns held equal, the odds are "
        "twice those of a row for which this column says nothing either way.",
        "softmax": "“2 times the average” means that, all other columns held equal, they are twice "
        "those of a row for which this column says nothing either way.",
        "log": f"“2 times the average” means that, all other columns held equal, the predicted "
        f"{target} is twice that of a row for which this column says nothing either way.",
        "identity": f"“Above the average” means that, all other columns held equal, the predicted "
        f"{target} is higher by so much than for a row for which this column says nothing either "
        "way.",
    }
    link = "logit" if explanation.link == "logits" else explanation.link
    noun, brackets = nouns.get(link, ""), "Brackets hold 95% intervals."
    yield make(
        "definition", (target,), f"{noun}{averages[link]} {brackets}", Origin("explanation"),
        what=f"scale {explanation.link}", interest=0.6,
        held=f"{noun}All of this is with the other columns held equal. {brackets}",
    )  # fmt: skip


def _shared_credit(profile: Profile, explanation: ModelExplanation) -> Iterator[Fact]:
    """Name the groups of columns so strongly associated that the model splits credit by chance."""
    used = {name for term in explanation.terms if term.matters for name in term.columns}
    close = [
        item
        for item in profile.associations
        if abs(item.value) >= SHARED_CREDIT and item.a in used and item.b in used
    ]
    for group in connected(close):
        inner = [item for item in close if item.a in group]
        best = max(inner, key=lambda item: abs(item.value))
        figure = f"{MEASURES.get(best.measure, best.measure)} {correlation(best.value)}"
        which = "" if len(group) == 2 else f", closest {best.a} and {best.b}"
        yield make(
            "caveat", tuple(group),
            f"{listing(group)} are strongly associated{which} ({figure}), so they share credit: "
            "their separate effects are uncertain even where their joint effect is not.",
            Origin("profile", ", ".join(group)), what="shared credit", value=best.value,
            unit=best.measure, n=profile.sampled or profile.rows, interest=0.85, close=figure,
        )  # fmt: skip


def connected(links: list[Association]) -> list[list[str]]:
    """Return the groups of columns that `links` connect, in order of first mention."""
    groups: list[list[str]] = []
    for link in links:
        touched = [group for group in groups if link.a in group or link.b in group]
        merged = list(dict.fromkeys([name for g in touched for name in g] + [link.a, link.b]))
        groups = [group for group in groups if group not in touched] + [merged]
    return groups


def _given_away(profile: Profile, explanation: ModelExplanation) -> Iterator[Fact]:
    """Warn of a column that says almost exactly what the target says."""
    target = explanation.task.target
    used = {name for term in explanation.terms for name in term.columns}
    for item in profile.associations:
        other = item.b if item.a == target else item.a if item.b == target else ""
        if other in used and abs(item.value) >= _GIVEN_AWAY:
            yield make(
                "caveat", (other, target),
                f"{other} says almost the same as {target} ({MEASURES.get(item.measure)} "
                f"{correlation(item.value)}). If it is only known after {target} is, leave it out "
                "and fit again.",
                Origin("profile", other), what="given away", value=item.value, unit=item.measure,
                interest=1.0,
            )  # fmt: skip


def _small_groups(explanation: ModelExplanation) -> Iterator[Fact]:
    """Count the levels with too few rows to be told of, by column that matters."""
    for term in explanation.terms:
        levels = term.axes[0].levels
        if term.kind != "levels" or not term.matters or levels is None:
            continue
        sizes = zip(levels, term.counts[1:-1].tolist(), strict=True)
        small = [(name, round(rows)) for name, rows in sizes if 0 < rows < _SMALL]
        if not small:
            continue
        small.sort(key=lambda item: item[1])
        named = listing([f"{name} ({count(rows)})" for name, rows in small], 4)
        yield make(
            "caveat", (term.name, explanation.task.target),
            f"{plural(len(small), 'value')} of {term.name} {'has' if len(small) == 1 else 'have'} "
            f"fewer than {_SMALL} training rows: {named}. Little can be said of "
            f"{'it' if len(small) == 1 else 'them'}.",
            Origin("explanation", term.name), what="small groups", value=len(small),
            unit="levels", interest=0.4, named=named,
        )  # fmt: skip
