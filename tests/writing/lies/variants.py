"""What a fact is told of more closely than by its kind, so that patterns can ask for it."""

from __future__ import annotations

from pellucid.facts.slots import slots_of
from pellucid.facts.types import Fact

_CAVEATS = {
    "is an association in these rows": "observational", "have a copy": "leak",
    "credited to the texts": "order", "was stopped after": "stopped",
    "share credit": "credit", "took no part": "left_out", "leave it out": "given_away",
    "fewer than 30 training rows": "small", "count for nothing": "unseen",
}  # fmt: skip
_DEFINITIONS = {
    "The model predicts": "task", "Brackets hold 95% intervals": "scale",
    "The model reads": "reading", "is a transformer": "black_box", "is described as": "codebook",
}  # fmt: skip
_TELLING_WORDS = frozenset({"not", "no", "first", "higher", "only", "falls", "rows"})


def tags_of(fact: Fact) -> frozenset[str]:
    """Return what the fact is: its kind, and the words by which patterns narrow it down."""
    narrow = _NARROW.get(fact.kind, lambda _: set())
    kind = "calibration" if "calibration" in fact.origin.part else fact.kind
    kind = "compared" if kind == "count" and fact.origin.result == "comparison" else kind
    return frozenset({kind, *narrow(fact), *_scale_tags(fact), *_word_tags(fact)})


def _word_tags(fact: Fact) -> set[str]:
    """Tell facts that hold an order, and those named by a word that a claim could turn on."""
    named = [fact.subject[0] if fact.subject else "", str(fact.details.get("level", ""))]
    tags = {f"word_{word}" for word in named if word in _TELLING_WORDS}
    return {*tags, "hostile"} if "ignore all" in fact.text.lower() else tags


def _scale_tags(fact: Fact) -> set[str]:
    """Tell effects on odds (plural nouns) from those in the target's own units."""
    noun = str(fact.details.get("noun", ""))
    if not noun:
        return set()
    tags = {"plural" if "odds" in noun else "singular"}
    if fact.kind in ("group_difference", "monotone") and fact.low is not None:
        none = 1.0 if "odds" in noun else 0.0
        tags.add("uncertain" if fact.low <= none <= (fact.high or none) else "clear")
    return tags


def _count(fact: Fact) -> set[str]:
    what = fact.origin.part if fact.origin.result == "profile" else "split"
    return {{"duplicate_rows": "repeated"}.get(what, what)}


def _share(fact: Fact) -> set[str]:
    if "distinct" in fact.details:
        return {"top"}
    return {"majority"} if "always answering" in fact.text else {"class"}


def _missingness(fact: Fact) -> set[str]:
    if "word" in fact.details:
        return {"placeholder"}
    if not fact.subject:
        return {"cells"} if fact.value else {"none"}
    return {"column", "several" if len(fact.subject) > 1 else "one"}


def _distribution(fact: Fact) -> set[str]:
    if "first" in fact.details:
        return {"dates"}
    if "least" in fact.details:
        ends = {fact.details[name] for name in ("least", "low", "high", "most")}
        return {"median", "spread"} if len(ends) == 4 else {"median"}
    for words, tag in (("looks like a cap", "cap"), ("stay under", "far"), ("is 0 in", "zeros")):
        if words in fact.text:
            return {tag}
    return set()


def _association(fact: Fact) -> set[str]:
    if "say almost the same" in fact.text:
        return {"same"}
    return {"positive" if isinstance(fact.value, float) and fact.value > 0 else "negative"}


def _effect_at(fact: Fact) -> set[str]:
    cell = fact.origin.cell
    if cell in ("highest", "lowest"):
        return {"extreme", cell}
    if cell == "missing":
        return {"gap"}
    size = str(fact.details.get("size", ""))
    above = "above" in size or (
        "times" in size and isinstance(fact.value, float) and fact.value > 1
    )
    return {"level", "above" if above else "below"}


def _importance(fact: Fact) -> set[str]:
    if "tested" in fact.details:
        return {"total"}
    if "not tested" in fact.text:
        return {"untested"}
    return {"term", "matters" if fact.details.get("matters") == "yes" else "idle"}


def _comparison(fact: Fact) -> set[str]:
    if "rank" in fact.details:
        return {"rank"}
    return {"turned"} if "reversed" in fact.details else {"plain"}


def _contribution(fact: Fact) -> set[str]:
    if "term" not in fact.details:
        return set()
    return {"unseen"} if fact.details["unseen"] == "yes" else {"seen", str(fact.details["way"])}


def _cluster(fact: Fact) -> set[str]:
    if "label" not in fact.details:
        return {"all_topics"}
    return {"topic", "led"} if fact.details.get("leading") else {"topic"}


def _baseline(fact: Fact) -> set[str]:
    tags = {str(fact.details["verdict"]).split()[0], fact.subject[2]}
    slots = slots_of(fact)
    return tags if slots["value"] == slots["other"] else {*tags, "unequal"}


def _distinctive(fact: Fact) -> set[str]:
    is_mixed = fact.details["there"] != "0%" and fact.details["here"] != "100%"
    return {"mixed"} if is_mixed else set()


def _text(fact: Fact) -> set[str]:
    if "middle" in fact.details:
        return {"lengths"}
    return {"silent"} if fact.origin.cell == "silent" else {"scripts"}


def _by_words(fact: Fact, table: dict[str, str]) -> set[str]:
    return {tag for words, tag in table.items() if words in fact.text}


_NARROW = {
    "count": _count,
    "share": _share,
    "missingness": _missingness,
    "distribution": _distribution,
    "association": _association,
    "effect_at": _effect_at,
    "turning_point": lambda fact: {str(fact.details["way"])},
    "jump": lambda fact: {str(fact.details["word"])},
    "monotone": lambda fact: {str(fact.details["direction"])},
    "importance": _importance,
    "metric": lambda fact: {fact.origin.cell or fact.subject[1]},
    "comparison": _comparison,
    "trend": lambda fact: {str(fact.details["way"])},
    "prediction": lambda fact: {"slotted"} if "told" in fact.details else set(),
    "contribution": _contribution,
    "counterfactual": lambda fact: {"turn" if "after" in fact.details else "no_turn"},
    "baseline": _baseline,
    "distinctive": _distinctive,
    "ngram": lambda fact: {str(fact.details["way"])},
    "cluster": _cluster,
    "text": _text,
    "caveat": lambda fact: _by_words(fact, _CAVEATS),
    "definition": lambda fact: _by_words(fact, _DEFINITIONS),
}
