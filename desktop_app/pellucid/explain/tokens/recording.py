"""A classifier run with its embeddings put in by hand, or with its attention spelled out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pellucid.core.errors import UserError
from pellucid.encoders.quiet import quiet
from pellucid.models.black_box.classifier import SequenceClassifier

Floats = NDArray[np.float64]


def gradients_along(
    classifier: SequenceClassifier, ids: Sequence[int], embedded: Floats, outputs: Sequence[int]
) -> tuple[Floats, Floats]:
    """Return the margins (n, C) and their gradients (n, outputs, tokens, d) at given embeddings.

    `embedded` (n, tokens, d) takes the place of the word embeddings of `ids` (tokens,); positions
    and the like stay. Raises `UserError` for models of two halves, whose halves share embeddings.
    """
    import torch

    if getattr(classifier.model.config, "is_encoder_decoder", False):
        raise UserError(
            "Gradients of a model that reads and writes cannot be followed",
            "Choose occlusion, Shapley values or LIME.",
        )
    device = classifier.device.name
    with torch.inference_mode(mode=False), torch.set_grad_enabled(bool(outputs)):
        places = torch.from_numpy(embedded.astype(np.float32)).to(device)
        places.requires_grad_(bool(outputs))
        rows = torch.tensor(ids, dtype=torch.long, device=device).repeat(len(embedded), 1)
        with _embeddings_set(classifier.model, places):
            margins = classifier.margins_of(rows, torch.ones_like(rows))
        found = [
            torch.autograd.grad(margins[:, output].sum(), places, retain_graph=True)[0]
            for output in outputs
        ]
    gradients = torch.stack(found, dim=1).cpu().numpy() if found else np.empty((len(embedded), 0))
    return margins.detach().cpu().double().numpy(), np.asarray(gradients, dtype=np.float64)


def attentions_of(classifier: SequenceClassifier, ids: Sequence[int]) -> Floats:
    """Return the attention of every layer and head, (layers, heads, tokens, tokens).

    Raises `UserError` for a model without attention, or that does not tell it.
    """
    import torch

    model = classifier.model
    rows = torch.tensor([list(ids)], dtype=torch.long, device=classifier.device.name)
    unknown = UserError(
        "The model does not tell where its attention goes", "Choose another method."
    )
    with _eager(model, unknown), torch.inference_mode():
        told = model(input_ids=rows, attention_mask=torch.ones_like(rows), output_attentions=True)
    layers = getattr(told, "attentions", None)
    if not layers or any(layer is None for layer in layers):
        raise unknown
    return np.asarray(torch.stack([layer[0] for layer in layers]).double().cpu().numpy())


@contextmanager
def _embeddings_set(model: Any, embedded: Any) -> Iterator[None]:
    """Let the model's embedding layer give `embedded`, as long as the block lasts."""
    hook = model.get_input_embeddings().register_forward_hook(lambda *_: embedded)
    try:
        yield
    finally:
        hook.remove()


@contextmanager
def _eager(model: Any, unknown: UserError) -> Iterator[None]:
    """Have attention computed in plain steps as long as the block lasts, which keeps the maps."""
    before = model.config._attn_implementation
    try:
        with quiet():
            model.set_attn_implementation("eager")
    except (ValueError, AttributeError) as error:
        raise unknown from error
    try:
        yield
    finally:
        model.set_attn_implementation(before)
