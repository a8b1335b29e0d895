"""A network with weights drawn anew: what an honest explanation of it should no longer show."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np

from pellucid.models.black_box.classifier import LinearHead, SequenceClassifier

_TAG = 71


def randomised(
    classifier: SequenceClassifier, seed: int, layers: int | None = None
) -> SequenceClassifier:
    """Return a copy whose head and top `layers` are drawn anew; None: all, embeddings included.

    Each tensor is drawn from a normal distribution with its own mean and standard deviation, so
    that activations keep their scale while all that was learned is gone.

    Source: Adebayo et al. (2018), "Sanity checks for saliency maps", NeurIPS (cascading
    randomisation).
    """
    import copy

    import torch

    model = copy.deepcopy(classifier.model)
    with torch.no_grad():
        for tag, (name, tensor) in enumerate(model.named_parameters()):
            if layers is None or _is_above(name, layers, model):
                tensor.copy_(_redrawn(tensor, seed, tag))
        head = classifier.head
        if head is not None:
            head = LinearHead(_redrawn(head.weight, seed, -1), _redrawn(head.bias, seed, -2))
    return replace(classifier, model=model, head=head)


def _is_above(name: str, layers: int, model: Any) -> bool:
    """Return whether a parameter belongs to the head or to one of the top `layers`."""
    parts = name.split(".")
    for part in parts:
        if part.isdigit():
            count = int(model.config.num_hidden_layers)
            return int(part) >= count - layers
        if part == "pooler" or "classif" in part:
            return True
        if "embed" in part:
            return False
    prefix = model.base_model_prefix
    return bool(prefix) and parts[0] != prefix and hasattr(model, prefix)


def _redrawn(tensor: Any, seed: int, tag: int) -> Any:
    import torch

    values = tensor.detach().float()
    random = np.random.default_rng([seed, _TAG, tag + 2])
    drawn = torch.from_numpy(random.standard_normal(tuple(values.shape), dtype=np.float32))
    spread = values.std(correction=0)
    return values.mean() + spread * drawn.to(values.device)
