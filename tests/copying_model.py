"""A causal model that copies: what followed the same token before is what it expects to follow.

It has one weight worth speaking of, and what it does is known in full, so that what made it write
something is known as well. Source of the behaviour: induction heads, Olsson et al. 2022,
arXiv:2209.11895.
"""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import torch
from torch import Tensor, nn

from pellucid.encoders.devices import Device
from pellucid.writing.providers.causal import Causal
from tiny_networks import byte_pieces

STRENGTH = 6.0
"""The score of tokens that followed the last `SPAN` tokens before, where any other has 0."""
SPAN = 4


class CopyingModel(nn.Module):
    """Scores a token by whether it followed the last `SPAN` tokens earlier.

    What it caches is the text so far; `fed` counts the tokens that it was fed.
    """

    def __init__(self, vocabulary: int) -> None:
        super().__init__()
        text = SimpleNamespace(vocab_size=vocabulary, max_position_embeddings=4_096)
        self.config = SimpleNamespace(get_text_config=lambda: text)
        self.vocabulary, self.fed = vocabulary, 0

    def forward(self, input_ids: Tensor, past_key_values: Any, use_cache: bool) -> Any:
        del use_cache
        before: list[int] = past_key_values or []
        ids = [*before, *input_ids[0].tolist()]
        self.fed += len(ids) - len(before)
        scores = torch.zeros(len(ids), self.vocabulary)
        followed: dict[tuple[int, ...], set[int]] = {}
        for end in range(SPAN, len(ids) + 1):
            last = tuple(ids[end - SPAN : end])
            for token in followed.get(last, ()):
                scores[end - 1, token] = STRENGTH
            if end < len(ids):
                followed.setdefault(last, set()).add(ids[end])
        return SimpleNamespace(past_key_values=ids, logits=scores[len(before) :].unsqueeze(0))


def copying(context: int = 4_096) -> Causal:
    """Return the model with a tokenizer of bytes."""
    tokenizer = byte_pieces(context)
    model, device = CopyingModel(len(tokenizer)), Device("cpu", has_bfloat16=False)
    return Causal(model, tokenizer, device, context, frozenset(), is_small=True)
