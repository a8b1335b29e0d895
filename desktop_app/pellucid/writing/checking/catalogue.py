"""Which grammar goes with a fact; of a fact that has none, only the whole sentence may be said."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from pellucid.facts.types import Fact, fact_id
from pellucid.writing.checking.lexicon import Words
from pellucid.writing.checking.library import FILTERED, grammar
from pellucid.writing.checking.notation import Grammar
from pellucid.writing.templates import Slot

_RESULTS = frozenset({"profile", "corpus", "fit", "explanation"})


def grammar_of(fact: Fact) -> Grammar | None:
    """Return how a fact may be put; None where only its own sentence may stand."""
    name = name_of(fact)
    return grammar(name) if name else None


def words_of(facts: Iterable[Fact]) -> Words:
    """Return every word that clauses about some facts may hold."""
    grammars = (grammar_of(fact) for fact in facts)
    return grammar("common").words.union(*(found.words for found in grammars if found))


def example_of(alias: str, fact: Fact) -> str:
    """Return a way to put a fact, as a template."""
    found = grammar_of(fact)
    if found is None:
        return str(Slot(alias, "sentence"))
    words = found.texts["EXAMPLE"].split()
    if name_of(fact).startswith(FILTERED):
        words = ["where", ".where", ",", *words]
    told = (str(Slot(alias, word[1:])) if word.startswith(".") else word for word in words)
    return f"{' '.join(told).replace(' ,', ',')}."


def examples(facts: Mapping[str, Fact]) -> Iterator[str]:
    """Yield a way to put the first fact of each kind, as a template with its alias."""
    met: set[str] = set()
    for alias, fact in facts.items():
        name = name_of(fact)
        if name and name not in met:
            met.add(name)
            text = example_of(alias, fact)
            yield f"{text[:1].upper()}{text[1:]}"


def name_of(fact: Fact) -> str:
    """Return the name of a fact's grammar, empty where it has none.

    That of a fact about some rows alone has each clause name them.
    """
    name = _kind_of(fact)
    is_filtered = fact.kind in _FILTERED and name != "rows share" and fact.details.get("where")
    return f"{FILTERED} {name}" if name and is_filtered else name


def _kind_of(fact: Fact) -> str:
    if fact.kind == "count" and fact.origin.result == "comparison":
        return "compared"
    if fact.kind in _OF_ROWS:
        return _OF_ROWS[fact.kind](fact)
    if fact.kind == "missingness" and fact.origin.result == "answer":
        return _missingness(fact)
    if fact.origin.result not in _RESULTS or "where" in fact.details:
        return ""
    chosen = _OF_RESULTS.get(fact.kind, "")
    return chosen if isinstance(chosen, str) else chosen(fact)


def _count(fact: Fact) -> str:
    if "learnt" in fact.details:
        return "split"
    parts = {"rows": "file size" if "file" in fact.details else "", "columns": "columns",
             "duplicate_rows": "repeats"}  # fmt: skip
    return parts.get(fact.origin.part, "")


def _share(fact: Fact) -> str:
    if "level" not in fact.details:
        return ""
    return "top share" if "distinct" in fact.details else "share"


def _missingness(fact: Fact) -> str:
    if not fact.subject:
        return "whole missingness" if "columns" in fact.details else ""
    if "word" in fact.details:
        return "placeholder"
    return "missingness" if len(fact.subject) == 1 else "shared missingness"


def _distribution(fact: Fact) -> str:
    if "first" in fact.details:
        return "dates"
    if "least" in fact.details:
        return "spread"
    return "share" if fact.unit == "share" else ""


def _effect_at(fact: Fact) -> str:
    cell = fact.origin.cell
    if cell in ("highest", "lowest"):
        return "extreme effect"
    return "missing effect" if cell == "missing" else "level effect"


def _caveat(fact: Fact) -> str:
    if fact.id == fact_id("caveat", fact.subject, "association"):
        return "associations alone"
    is_shared = fact.id == fact_id("caveat", fact.subject, "shared credit")
    return "shared credit" if is_shared else ""


def _comparison(fact: Fact) -> str:
    if "rank" in fact.details:
        return "ranked"
    return "turned round" if "reversed" in fact.details else "comparison"


def _metric(fact: Fact) -> str:
    if fact.origin.part == "calibration":
        return "calibration" if fact.origin.cell != "bins" else ""
    return "metric" if "model" in fact.details else ""


def _statistic(fact: Fact) -> str:
    if fact.origin.cell == "mistakes":
        return "mistakes" if fact.unit == "share" else ""
    if fact.origin.result != "answer":
        return ""
    if fact.subject == ("rows",):
        return "rows share"
    names = {"direction": "relation", "level": "share", "statistic": "statistic",
             "least": "answer range"}  # fmt: skip
    found = next((name for detail, name in names.items() if detail in fact.details), "")
    return found or ("distinct" if fact.unit == "values" else "")


_FILTERED = frozenset({"statistic", "missingness", "group_contrast"})
_OF_ROWS: Mapping[str, Callable[[Fact], str]] = {
    "group": lambda _: "group",
    "comparison": _comparison,
    "trend": lambda _: "trend",
    "slice": lambda _: "slice",
    "prediction": lambda _: "prediction",
    "contribution": lambda _: "contribution",
    "counterfactual": lambda _: "counterfactual",
    "token": lambda _: "token",
    "group_contrast": lambda _: "contrast",
    "statistic": _statistic,
}
"""Of kinds that speak of some rows anyway, those they speak of stand in slots."""
_OF_RESULTS: Mapping[str, str | Callable[[Fact], str]] = {
    "count": _count,
    "share": _share,
    "missingness": _missingness,
    "distribution": _distribution,
    "association": "association",
    "group_difference": "group difference",
    "effect_at": _effect_at,
    "turning_point": "turning point",
    "jump": "jump",
    "monotone": "monotone",
    "pair_effect": "pair",
    "importance": lambda fact: "tested terms" if "tested" in fact.details else "importance",
    "metric": _metric,
    "baseline": "baseline",
    "ngram": "ngram",
    "text": lambda fact: "text" if "middle" in fact.details else "",
    "distinctive": "distinctive",
    "cluster": lambda fact: "topic" if "label" in fact.details else "clusters",
    "definition": lambda fact: "task" if fact.origin.part == "task" else "",
    "caveat": _caveat,
    "duplicates": "copies",
}
