"""Holding a model to a grammar: at each step only tokens that can still lead to a sentence of it.

Source: llguidance, https://github.com/guidance-ai/llguidance.
"""

from __future__ import annotations

import json
from importlib.util import find_spec
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pellucid.core.errors import UserError
from pellucid.writing.providers.causal import Causal
from pellucid.writing.providers.types import Request


class Constraint:
    """Says which tokens may come next, and is told which one did."""

    def __init__(self, matcher: Any, vocabulary: int) -> None:
        self._matcher = matcher
        self._vocabulary = vocabulary

    @property
    def is_over(self) -> bool:
        """Whether the sentence is whole and nothing can follow."""
        return bool(self._matcher.is_stopped())

    def allowed(self) -> NDArray[np.bool_]:
        """Return which tokens may come next, shape (vocabulary of the model,)."""
        bias = np.frombuffer(self._matcher.compute_logit_bias(), dtype=np.uint8) > 0
        self._check()
        room = np.zeros(self._vocabulary, dtype=np.bool_)
        room[: len(bias)] = bias[: self._vocabulary]
        return room

    def forced(self) -> list[int]:
        """Return the tokens that must come next, up to where there is a choice."""
        found = self._matcher.compute_ff_tokens()
        self._check()
        return [int(token) for token in found]

    def take(self, token: int) -> None:
        self._matcher.consume_token(token)
        self._check()

    def _check(self) -> None:
        if self._matcher.is_error():
            raise _unusable(str(self._matcher.get_error()))


def constraint_of(request: Request, causal: Causal) -> Constraint | None:
    """Return what holds the model to the request's grammar, or else its schema; None for neither.

    Raises `UserError` for a tokenizer or a grammar that llguidance cannot use.
    """
    if request.grammar is None and request.schema is None:
        return None
    if not find_spec("llguidance"):
        raise UserError(
            "Holding a language model to a form needs llguidance, which is not installed",
            "Install Pellucid with its extra `text`.",
        )
    from llguidance import LLMatcher
    from llguidance.hf import from_tokenizer

    if request.grammar is not None:
        grammar = LLMatcher.grammar_from_lark(request.grammar)
    else:
        plain: Any = {"whitespace_flexible": False}
        grammar = LLMatcher.grammar_from_json_schema(json.dumps(request.schema), overrides=plain)
    vocabulary = int(causal.model.config.get_text_config().vocab_size)
    try:
        tokenizer = from_tokenizer(
            causal.tokenizer, n_vocab=max(vocabulary, len(causal.tokenizer)),
            eos_token=sorted(causal.ends) or None,
        )  # fmt: skip
    except (ValueError, RuntimeError, AttributeError) as error:
        raise UserError(
            "The model's tokenizer is of a kind that cannot be held to a form",
            "Choose another model, or use the built-in writer.",
        ) from error
    matcher = LLMatcher(tokenizer, grammar, log_level=0)
    if matcher.is_error():
        raise _unusable(str(matcher.get_error()))
    return Constraint(matcher, vocabulary)


def _unusable(why: str) -> UserError:
    first = why.strip().splitlines()[0][:200] if why.strip() else "it does not say why"
    return UserError(
        f"The form that answers are held to cannot be used with this model: {first}",
        "Choose another model, or use the built-in writer.",
    )
