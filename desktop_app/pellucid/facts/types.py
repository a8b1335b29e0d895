"""The currency of truth."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

FactKind = Literal[
    "count", "share", "missingness", "distribution", "association", "group_difference",
    "effect_at", "turning_point", "jump", "monotone", "pair_effect", "importance", "metric",
    "baseline", "prediction", "contribution", "counterfactual", "token", "group", "comparison",
    "trend", "slice", "ngram", "text", "distinctive", "cluster",
    "duplicates", "group_contrast", "statistic", "caveat", "definition",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a fact was computed: which result, and which part of it.

    `result` is "profile", "data", "corpus", "fit", "explanation", "row", "comparison", "answer",
    "glossary" or "document"; `part` a column, term or metric, or the row; `cell` the bin, level or
    term within it.
    """

    result: str
    part: str = ""
    cell: str = ""


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that was computed, and the plain sentence that says it.

    `id` follows from what the fact is about, not from its value: the same table, target and seed
    give the same id. `value` is in `unit` (for example "rows", "share", "log-odds", or the target's
    own name). `low` and `high` bound it with 95% confidence where an interval was computed.
    `details` hold what else its sentence needs (direction, where it turns, groups), already typed.
    `interest` ranks facts by how much a reader learns: 0 is nothing.
    """

    id: str
    kind: FactKind
    subject: tuple[str, ...]
    value: float | str | None
    unit: str
    n: int | None
    low: float | None
    high: float | None
    origin: Origin
    text: str
    interest: float = 0.0
    details: Mapping[str, float | str] = field(default_factory=dict)


def fact_id(kind: FactKind, subject: tuple[str, ...], what: str = "") -> str:
    """Return the reproducible id of a fact: its kind and eight hexadecimal digits.

    `what` tells apart facts of one kind about one subject, for example the turning point's number.
    """
    digest = hashlib.sha256(json.dumps([kind, subject, what], ensure_ascii=False).encode())
    return f"{kind}-{digest.hexdigest()[:8]}"
