"""Which rules go with a fact; of a fact that has none, only the whole sentence may be said."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from pellucid.facts.types import Fact, fact_id
from pellucid.writing.checking import data_rules, model_rules, quality_rules, row_rules, text_rules
from pellucid.writing.checking.kinds import KindRules

_RESULTS = frozenset({"profile", "corpus", "fit", "explanation"})


def rules_of(fact: Fact) -> KindRules | None:
    """Return how a fact may be put; None where only its own sentence may stand."""
    if fact.kind in _ROW_RULES:
        return _ROW_RULES[fact.kind](fact)
    if fact.origin.result not in _RESULTS or "where" in fact.details:
        return None
    chosen = _RULES.get(fact.kind)
    return chosen(fact) if callable(chosen) else chosen


def _count(fact: Fact) -> KindRules | None:
    if "learnt" in fact.details:
        return data_rules.SPLIT
    return {
        "rows": data_rules.FILE_SIZE if "file" in fact.details else None,
        "columns": data_rules.COLUMNS,
        "duplicate_rows": data_rules.REPEATS,
    }.get(fact.origin.part)


def _share(fact: Fact) -> KindRules | None:
    if "level" not in fact.details:
        return None
    return data_rules.TOP_SHARE if "distinct" in fact.details else data_rules.SHARE


def _missingness(fact: Fact) -> KindRules | None:
    if not fact.subject:
        return data_rules.WHOLE_MISSINGNESS if "columns" in fact.details else None
    if "word" in fact.details:
        return data_rules.PLACEHOLDER
    return data_rules.MISSINGNESS if len(fact.subject) == 1 else data_rules.SHARED_MISSINGNESS


def _distribution(fact: Fact) -> KindRules | None:
    if "first" in fact.details:
        return data_rules.DATES
    if "least" in fact.details:
        return data_rules.SPREAD
    return data_rules.ZEROS if fact.unit == "share" else None


def _effect_at(fact: Fact) -> KindRules:
    cell = fact.origin.cell
    if cell in ("highest", "lowest"):
        return model_rules.EXTREME_EFFECT
    return model_rules.MISSING_EFFECT if cell == "missing" else model_rules.LEVEL_EFFECT


def _importance(fact: Fact) -> KindRules:
    if "tested" in fact.details:
        return quality_rules.TESTED_TERMS
    matters = fact.details.get("matters") == "yes"
    return quality_rules.MATTERING if matters else quality_rules.IDLE


def _definition(fact: Fact) -> KindRules | None:
    return quality_rules.TASK if fact.origin.part == "task" else None


def _caveat(fact: Fact) -> KindRules | None:
    is_shared = fact.id == fact_id("caveat", fact.subject, "shared credit")
    if fact.id == fact_id("caveat", fact.subject, "association"):
        return quality_rules.ASSOCIATIONS_ALONE
    return quality_rules.SHARED_CREDIT if is_shared else None


def _comparison(fact: Fact) -> KindRules:
    if "rank" in fact.details:
        return row_rules.RANKED
    return row_rules.TURNED_ROUND if "reversed" in fact.details else row_rules.COMPARISON


def _contrast(fact: Fact) -> KindRules | None:
    return None if fact.details.get("where") else row_rules.CONTRAST


def _metric(fact: Fact) -> KindRules | None:
    if fact.origin.part == "calibration":
        return row_rules.CALIBRATION if fact.origin.cell != "bins" else None
    return quality_rules.METRIC if "model" in fact.details else None


def _text(fact: Fact) -> KindRules | None:
    return text_rules.TEXT if "middle" in fact.details else None


def _cluster(fact: Fact) -> KindRules:
    return text_rules.TOPIC if "label" in fact.details else text_rules.CLUSTERS


_ROW_RULES: Mapping[str, Callable[[Fact], KindRules | None]] = {
    "group": lambda _: row_rules.GROUP,
    "comparison": _comparison,
    "trend": lambda _: row_rules.TREND,
    "slice": lambda _: row_rules.SLICE,
    "prediction": lambda _: row_rules.PREDICTION,
    "contribution": lambda _: row_rules.CONTRIBUTION,
    "counterfactual": lambda _: row_rules.COUNTERFACTUAL,
    "token": lambda _: row_rules.TOKEN,
    "group_contrast": _contrast,
}
_RULES: Mapping[str, KindRules | Callable[[Fact], KindRules | None]] = {
    "count": _count,
    "share": _share,
    "missingness": _missingness,
    "distribution": _distribution,
    "association": data_rules.ASSOCIATION,
    "group_difference": model_rules.GROUP_DIFFERENCE,
    "effect_at": _effect_at,
    "turning_point": model_rules.TURNING_POINT,
    "jump": model_rules.JUMP,
    "monotone": model_rules.MONOTONE,
    "pair_effect": model_rules.PAIR,
    "importance": _importance,
    "metric": _metric,
    "baseline": quality_rules.BASELINE,
    "ngram": model_rules.NGRAM,
    "text": _text,
    "distinctive": text_rules.DISTINCTIVE,
    "cluster": _cluster,
    "definition": _definition,
    "caveat": _caveat,
    "duplicates": text_rules.COPIES,
}
