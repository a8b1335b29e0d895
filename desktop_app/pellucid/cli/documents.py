"""Results as the JSON documents that scripts outside the project rely on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from pellucid.core.numbers import listing, number, percent
from pellucid.core.values import to_json
from pellucid.data.types import ColumnProfile, Profile
from pellucid.explain.tokens.types import TokenExplanation, TokenScore
from pellucid.explain.types import LocalExplanation
from pellucid.facts.contrasts import REST
from pellucid.facts.types import Fact
from pellucid.models.multilabel import CHOSEN
from pellucid.models.types import FitSummary, Scores, Task
from pellucid.writing.types import Claim, Words

if TYPE_CHECKING:
    from pellucid.data.table import Table
    from pellucid.engine.comparing import GroupsView
    from pellucid.writing.questions.types import Answer

Document = dict[str, Any]
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def open_document(table: Table) -> Document:
    """Say how a file was understood."""
    source = table.source
    names = ("name", "kind", "missing", "distinct", "misfits")
    return {
        "path": str(source.path),
        "format": source.format,
        "encoding": source.encoding,
        "delimiter": source.delimiter,
        "quote": source.quote,
        "header_rows": source.header_rows,
        "decimal": source.decimal,
        "thousands": source.thousands,
        "bytes": source.bytes,
        "fingerprint": source.fingerprint,
        "rows": table.rows,
        "columns": [{name: getattr(column, name) for name in names} for column in table.columns],
        "rejected": {
            "rows": table.rejected.rows,
            "examples": to_json(table.rejected.examples),
        },
        "notes": to_json(table.notes),
    }


def profile_document(profile: Profile) -> Document:
    """Give the columns in figures; dates are in ISO 8601, UTC."""
    return {
        "rows": profile.rows,
        "columns": [_column(column) for column in profile.columns],
        "alerts": to_json(profile.alerts),
        "associations": to_json(profile.associations),
        "duplicate_rows": profile.duplicate_rows,
        "sampled": profile.sampled,
    }


def _column(column: ColumnProfile) -> Document:
    data: Document = to_json(column)
    if column.kind == "datetime":
        for key in ("min", "max", "mean"):
            data[key] = _date(data[key])
        data["quantiles"] = {key: _date(value) for key, value in data["quantiles"].items()}
    return data


def _date(seconds: float | None) -> str | None:
    return None if seconds is None else (_EPOCH + timedelta(seconds=seconds)).isoformat()


def fit_document(summary: FitSummary, terms: Sequence[str]) -> Document:
    """Say what was fitted, on which rows, and how good it is."""
    return {
        "kind": summary.options.kind,
        "task": summary.task.kind,
        "target": summary.task.target,
        "classes": list(summary.task.classes),
        "positive": summary.task.positive or None,
        "rows": dict(summary.rows),
        "features": [name for name, _ in summary.task.features],
        "left_out": to_json(summary.left_out),
        "terms": list(terms),
        "bags": summary.bags,
        "seconds": to_json(summary.seconds),
        "metrics": {"test": to_json(summary.test.metrics)},
        "interval": summary.test.interval,
        "baselines": [
            {
                "name": scores.name,
                "metrics": to_json(scores.metrics),
                "lead": to_json(scores.lead),
                "lead_interval": scores.lead_interval,
            }
            for scores in summary.baselines
        ],
        "warnings": to_json(summary.warnings),
        "seed": summary.options.seed,
    }


def evaluation_document(scores: Scores, rows: int, left_out: int) -> Document:
    """Give a model's scores on another file; `left_out` rows have no usable target."""
    return {
        "rows": rows,
        "left_out": left_out,
        "metrics": to_json(scores.metrics),
        "interval": scores.interval,
    }


def row_document(local: LocalExplanation, task: Task, columns: Sequence[str] = ()) -> Document:
    """Give one prediction and what each term adds to it; `columns` are those of its texts."""
    prediction = prediction_document(local, task)
    contributions = [
        {"term": item.term, "value": item.value, "score": one_or_all(item.score)}
        | {"cell": item.cell, "variation": one_or_all(item.variation)}
        for item in local.contributions
    ]
    return {
        "row": local.row,
        "prediction": prediction,
        "actual": local.actual,
        "intercept": one_or_all(local.intercept),
        "contributions": contributions,
        "total": one_or_all(local.total),
        "tokens": {
            column: [token_document(token) for token in told.tokens]
            for column, told in zip(columns, local.tokens, strict=True)
        },
    }


def row_words_document(
    claims: Sequence[Claim], facts: Sequence[Fact], audience: str, language: str
) -> Document:
    """Give one prediction in words: its sentences, and the facts that carry them."""
    cited = {name for claim in claims for name in claim.facts}
    return {
        "audience": audience,
        "language": language,
        "claims": [{"text": claim.text, "facts": list(claim.facts)} for claim in claims],
        "facts": {fact.id: _fact(fact) for fact in facts if fact.id in cited},
    }


def facts_document(facts: Mapping[str, Fact]) -> Document:
    """Give facts by their ids."""
    return {id_: _fact(fact) for id_, fact in facts.items()}


def _fact(fact: Fact) -> Document:
    """Give a fact as every document lists it."""
    cited = ("kind", "subject", "value", "unit", "n", "low", "high", "text")
    return {name: to_json(getattr(fact, name)) for name in cited}


def prediction_document(told: LocalExplanation | TokenExplanation, task: Task) -> Document:
    """Give what is predicted: a value, or a label with its probability and all others'.

    Where a row may have several labels, `label` is the likeliest and `labels` are those predicted.
    """
    if told.label is None or told.probabilities is None:
        return {"value": told.value}
    chances = dict(told.probabilities)
    found: Document = {"label": told.label, "probability": chances[told.label]}
    if task.kind == "multilabel":
        found["labels"] = [name for name, chance in chances.items() if chance >= CHOSEN]
    return {**found, "probabilities": chances}


def predicted_words(told: LocalExplanation | TokenExplanation, task: Task) -> str:
    """Say what is predicted in a few words."""
    found = prediction_document(told, task)
    if "label" not in found:
        return number(told.value or 0.0)
    names = found.get("labels", [told.label])
    chances = found["probabilities"]
    said = [f"{name} ({percent(chances[name])})" for name in names]
    return listing(said, 12) if said else "to have no label"


def token_document(token: TokenScore) -> Document:
    """Give a piece of a text, where it stands, and its score."""
    return {
        "text": token.text,
        "start": token.start,
        "end": token.end,
        "score": one_or_all(token.score),
    }


def one_or_all(values: Sequence[float]) -> float | list[float]:
    """Give a number where there is one output, else a list with one entry an output."""
    return values[0] if len(values) == 1 else list(values)


def words_document(words: Words) -> Document:
    """Give the claims with the facts that carry them."""
    return {
        "writer": words.writer,
        "model": words.model,
        "title": words.title,
        "claims": [_claim(claim) for claim in words.claims],
        "facts": facts_document(words.facts),
        "rejected": to_json(words.rejected),
        "interpretation": [
            {"text": claim.text, "facts": list(claim.facts)} for claim in words.interpretation
        ],
        "sent": to_json(words.sent),
    }


def groups_document(view: GroupsView) -> Document:
    """Give the confirmed differences between two groups; p-values are corrected for `tried`."""
    names, facts = view.names, view.words.facts
    groups = [names.first, names.second or REST]
    contrasts = {id_: fact for id_, fact in facts.items() if fact.kind == "group_contrast"}
    told = [claim for claim in view.words.claims if set(claim.facts) & set(contrasts)]
    cited = words_document(view.words)
    return {
        "column": names.column,
        "groups": groups,
        "rows": dict(zip(groups, view.rows, strict=True)),
        "compared": dict(zip(groups, view.compared, strict=True)),
        "halves": {"discovery": view.found.discovery, "confirmation": view.found.confirmation},
        "tried": view.found.tried,
        "claims": [
            _claim(claim)
            | {"p_value": fact.details["p_value"], "effect": fact.value, "low": fact.low,
               "high": fact.high, "measure": fact.unit, "test": fact.details["test"],
               "interval": fact.details["method"]}
            for claim in told
            for fact in [contrasts[claim.facts[0]]]
        ],
        "notes": [item for item in cited["claims"] if not set(item["facts"]) & set(contrasts)],
        "facts": cited["facts"],
        "left_out": to_json(view.found.left_out),
    }  # fmt: skip


def answer_document(answer: Answer) -> Document:
    """Give an answer as claims with their facts, and the plan that was run for it."""
    from pellucid.writing.questions.plans import plan_document

    return {
        **words_document(answer.words),
        "plan": plan_document(answer.plan),
        "charts": list(answer.charts),
        "rows": answer.rows,
    }


def _claim(claim: Claim) -> Document:
    return {
        "text": claim.text,
        "facts": list(claim.facts),
        "checked": claim.checked,
        "by_model": claim.by_model,
        "section": claim.section,
    }
