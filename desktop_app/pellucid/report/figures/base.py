"""What the charts of results share: the name of what scores measure, and small words."""

from __future__ import annotations

import numpy as np

from pellucid.explain.types import Floats, ModelExplanation, TermExplanation
from pellucid.facts.scales import scale_of

MOST_HEAT_CELLS = 24


def score_name(explanation: ModelExplanation, output: int | None = 0) -> str:
    """Name what scores measure, with their unit; `output` None speaks of all classes."""
    target = explanation.task.target
    if explanation.link == "identity":
        return f"Change in predicted {target}"
    if explanation.link == "log":
        return f"Change in log of predicted {target}"
    what = target if output is None else scale_of(explanation, output).outcome
    kind = "log-odds" if explanation.link in ("logit", "logits") else "relative log-odds"
    return f"Change in {kind} of {what}"


def band_words(term: TermExplanation) -> str:
    """Say whether the scores have intervals."""
    return "with 95% intervals" if np.isfinite(term.low).any() else "from one bag, no intervals"


def floats(values: Floats) -> tuple[float, ...]:
    """Return `values` as plain numbers."""
    return tuple(float(v) for v in values)


def capital(text: str) -> str:
    """Return `text` with a capital at its start."""
    return text[:1].upper() + text[1:]
