"""What the header says about the open file, its target and its model."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from pellucid.core.numbers import plural
from pellucid.facts.fits import metric_text
from pellucid.models.types import FitSummary, ModelKind

_KINDS: dict[ModelKind, str] = {
    "additive": "additive", "tree": "keyword tree", "transformer": "transformer",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class HeaderText:
    """The header's parts; empty parts are not shown."""

    file: str = ""
    facts: str = ""
    target: str = ""
    model: str = ""


def header_text(
    path: Path | None,
    size: tuple[int, int] | None,
    columns_in_view: int,
    target: str | None,
    summary: FitSummary | None,
    bags: tuple[int, int],
    is_unsaved: bool,
) -> HeaderText:
    """Put the header into words.

    Args:
        path: The open file.
        size: Rows and columns once the file has been read whole.
        columns_in_view: Columns of the preview, until then.
        target: The column to predict.
        summary: The finished fit.
        bags: Bags folded in and asked for, while a fit runs; else (0, 0).
        is_unsaved: Whether there is work that was not saved.
    """
    if path is None:
        return HeaderText()
    facts = ""
    if size is not None:
        facts = f"{plural(size[0], 'row')} · {plural(size[1], 'column')}"
    elif columns_in_view:
        facts = f"first rows · {plural(columns_in_view, 'column')}"
    name = path.name + (" · not saved" if is_unsaved else "")
    return HeaderText(name, facts, target or "", _model(summary, bags))


def _model(summary: FitSummary | None, bags: tuple[int, int]) -> str:
    if bags[1] and bags[0] < bags[1] and summary is None:
        return f"bag {bags[0]} of {bags[1]}"
    if summary is None:
        return ""
    kind = _KINDS[summary.options.kind]
    if summary.is_edited:
        kind = "edited tree"
    for name, title in (("auc", "AUC"), ("r2", "R²"), ("accuracy", "accuracy")):
        if name in summary.test.metrics:
            return f"{kind} · {title} {metric_text(name, summary.test.metrics[name].value)}"
    return kind
