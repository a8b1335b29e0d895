"""Explanations of texts in which every token's share of an exact sum is known."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from pellucid.data.tokens import Token
from pellucid.explain.outcomes import outcome_of
from pellucid.explain.tokens.scorer import Floats
from pellucid.explain.tokens.types import TokenExplanation, TokenScore
from pellucid.models.additive import AdditiveModel


def explain_by_shares(
    model: AdditiveModel,
    text: str,
    tokens: Sequence[Token],
    shares: Floats,
    base: Floats,
    output: int | None,
) -> TokenExplanation:
    """Return the explanation in which `base` (C,) and the tokens' `shares` (tokens, C) add up.

    `output` is the one to explain; by default the likeliest class or label, or the only output.
    """
    total = base + shares.sum(axis=0)
    mean = model.mean(total[None, :])
    if output is None:
        output = int(np.argmax(mean[0])) if model.outputs > 1 else 0
    return TokenExplanation(
        method="exact",
        text=text,
        granularity="token",
        outputs=model.output_names,
        output=output,
        tokens=tuple(
            TokenScore(text[token.start : token.end], token.start, token.end, floats(share))
            for token, share in zip(tokens, shares, strict=True)
        ),
        intercept=floats(base),
        total=floats(total),
        gap=float(total[output] - base[output] - shares[:, output].sum()),
        **outcome_of(model.task.classes, mean),
    )


def floats(values: Floats) -> tuple[float, ...]:
    """Return scores (C,) as the numbers that explanations hold."""
    return tuple(float(value) for value in values)
