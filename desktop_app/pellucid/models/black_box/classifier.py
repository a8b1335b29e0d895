"""A loaded transformer that turns texts into margins, whole or differentiably."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pellucid.core.run import Run
from pellucid.encoders.devices import Device, free_memory, is_out_of_memory, too_small
from pellucid.encoders.transformer import (
    batches,
    cut_short,
    mean_over_tokens,
    padded,
    token_ids,
)
from pellucid.models.additive import Floats, Link, inverse_link

_WINDOW = 4_096


@dataclass(frozen=True, slots=True, eq=False)
class LinearHead:
    """A linear layer over the mean of the last layer's tokens: `weight` (d, L), `bias` (L,)."""

    weight: Any
    bias: Any


@dataclass(frozen=True, slots=True, eq=False)
class SequenceClassifier:
    """A transformer as a function from texts to margins; it satisfies `TextScorer`.

    The network gives L logits a text: with a `head`, that head's over the mean-pooled tokens of
    `model`, else those of `model` itself, a sequence classifier. Margins are `logits @ mixing +
    shift`, with `mixing` (L, C) and `shift` (C,): for two classes the positive logit less the
    other, beyond two the logits less their mean, for regression the value in the target's units.
    Texts are cut after `most_tokens` tokens. All is float32 and in evaluation mode.
    """

    model: Any = field(repr=False)
    tokenizer: Any = field(repr=False)
    head: LinearHead | None = field(repr=False)
    mixing: NDArray[np.float32] = field(repr=False)
    shift: NDArray[np.float32] = field(repr=False)
    outputs: tuple[str, ...]
    classes: tuple[str, ...]
    link: Link
    positive_first: bool
    most_tokens: int
    device: Device

    def margins(self, texts: Sequence[str]) -> Floats:
        """Return each text's margins on the link scale, shape (texts, outputs)."""
        return self.read(texts, Run())[0]

    def mean(self, margins: Floats) -> Floats:
        """Put margins through the inverse link: (texts, classes), or (texts,) for regression."""
        return inverse_link(margins, self.link, self.positive_first)

    def read(self, texts: Sequence[str], run: Run) -> tuple[Floats, int]:
        """Return the margins, shape (texts, outputs), and how many texts were cut.

        Reads in batches of like length, checking for a stop between them. Where memory runs out
        batches are halved; raises `UserError` if one text is too much.
        """
        found = np.zeros((len(texts), len(self.outputs)))
        order = sorted(range(len(texts)), key=lambda i: -len(texts[i]))
        budget, cut, done = self.device.batch_tokens, 0, 0
        for start in range(0, len(order), _WINDOW):
            window = order[start : start + _WINDOW]
            rows, was_cut = self.ids_of([texts[i] for i in window])
            cut += was_cut
            waiting = sorted(range(len(rows)), key=lambda i: -len(rows[i]))
            while waiting:
                run.check()
                size = next(batches([rows[i] for i in waiting], budget))
                margins = self._try([rows[i] for i in waiting[:size]])
                if margins is None:
                    if size == 1:
                        raise too_small("predicting from texts")
                    budget = max(1, size * len(rows[waiting[0]]) // 2)
                    continue
                found[[window[i] for i in waiting[:size]]] = margins
                waiting, done = waiting[size:], done + size
                run.progress("Predicting from texts", done, len(texts), **cut_short(cut))
        return found, cut

    def ids_of(self, texts: Sequence[str]) -> tuple[list[list[int]], int]:
        """Return each text's token ids and how many texts were cut; no text is without any id."""
        rows, cut = token_ids(self.tokenizer, texts, self.most_tokens)
        return [row or [self.tokenizer.pad_token_id] for row in rows], cut

    def logits(self, ids: Any, mask: Any) -> Any:
        """Return the network's logits as a tensor (n, L), differentiable where torch records."""
        if self.head is None:
            return self.model(input_ids=ids, attention_mask=mask).logits.float()
        hidden = self.model(input_ids=ids, attention_mask=mask).last_hidden_state
        return mean_over_tokens(hidden, mask) @ self.head.weight + self.head.bias

    def margins_of(self, ids: Any, mask: Any) -> Any:
        """Return the margins as a tensor (n, C), differentiable where torch records."""
        import torch

        mixing, shift = (torch.from_numpy(a).to(ids.device) for a in (self.mixing, self.shift))
        return self.logits(ids, mask) @ mixing + shift

    def _try(self, rows: list[list[int]]) -> Floats | None:
        """Return the margins of one batch, None where memory ran out."""
        import torch

        try:
            with torch.inference_mode():
                ids, mask = (
                    t.to(self.device.name) for t in padded(rows, self.tokenizer.pad_token_id)
                )
                margins = self.margins_of(ids, mask).cpu().numpy()
            return np.asarray(margins, dtype=np.float64)
        except (MemoryError, RuntimeError) as error:
            if not is_out_of_memory(error):
                raise
        free_memory(self.device)
        return None
