"""The training loop of a tuned encoder: a transformer, the mean over tokens, a linear head."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pellucid.core.errors import StoppedError, UserError
from pellucid.core.run import Run
from pellucid.encoders.devices import Device, free_memory, is_out_of_memory, too_small
from pellucid.encoders.transformer import mean_over_tokens, padded

STAGE = "Tuning the encoder"
HEAD_RATE = 20.0
WARM_UP = 0.1
WEIGHT_DECAY = 0.01
LARGEST_GRADIENT = 1.0
FEW_TEXTS = 2_000
_BUCKET = 32


@dataclass(frozen=True, slots=True)
class Examples:
    """Texts as token ids with their targets: int64 codes of classes, or float32 values."""

    rows: list[list[int]]
    target: NDArray[Any]

    def take(self, places: NDArray[np.intp]) -> Examples:
        """Return some of the examples, in that order."""
        return Examples([self.rows[i] for i in places], self.target[places])


@dataclass(frozen=True, slots=True)
class Trained:
    """The best epoch: its head, weight (d, C) and bias (C,), and its loss on the held-out part."""

    weight: NDArray[np.float32]
    bias: NDArray[np.float32]
    validation: float
    epochs: int
    was_stopped: bool


@dataclass(slots=True)
class _Network:
    """What is trained, where, and how many texts go through it at once."""

    model: Any
    head: Any
    dropout: Any
    pad: int
    device: Device
    at_once: int

    def loss(self, examples: Examples) -> Any:
        """Return the sum of the losses: cross entropy, or squared error with one output."""
        import torch
        from torch.nn import functional

        ids, mask = (t.to(self.device.name) for t in padded(examples.rows, self.pad))
        with torch.autocast(self.device.name, torch.bfloat16, enabled=self.device.has_bfloat16):
            hidden = self.model(input_ids=ids, attention_mask=mask).last_hidden_state
        outputs = self.head(self.dropout(mean_over_tokens(hidden, mask)))
        target = torch.as_tensor(examples.target, device=self.device.name)
        if target.is_floating_point():
            return functional.mse_loss(outputs[:, 0], target, reduction="sum")
        return functional.cross_entropy(outputs, target, reduction="sum")

    def parts(self) -> list[Any]:
        """Return the modules that hold weights."""
        return [self.model, self.head]


def train(
    model: Any,
    pad: int,
    device: Device,
    training: Examples,
    held_out: Examples,
    outputs: int,
    rate: float,
    epochs: int,
    run: Run,
) -> Trained:
    """Train `model` in place with a new head of `outputs`, and leave it as at its best epoch.

    Word embeddings stay as they are. AdamW (weight decay 0.01) warms up over a tenth of the steps
    and then falls linearly; the head learns 20 times as fast. Training ends when the loss on
    `held_out` rises. A stop keeps the best epoch so far; raises `StoppedError` if there is none.
    """
    import torch

    generator = np.random.default_rng([run.seed, 83])
    size = 16 if len(training.rows) < FEW_TEXTS else 32
    forked = [torch.cuda.current_device()] if device.name == "cuda" else []
    with torch.random.fork_rng(devices=forked), torch.enable_grad():
        torch.manual_seed(int(generator.integers(2**31)))
        network = _network(model, outputs, pad, device, size)
        optimizer, schedule = _optimizer(
            network, rate, epochs * math.ceil(len(training.rows) / size)
        )
        best = _fit(network, optimizer, schedule, training, held_out, size, epochs, generator, run)
    model.eval()
    head = network.head.cpu()
    return Trained(
        weight=np.ascontiguousarray(head.weight.detach().numpy().T),
        bias=head.bias.detach().numpy().copy(),
        validation=best[0],
        epochs=best[1],
        was_stopped=best[2],
    )


def _fit(
    network: _Network,
    optimizer: Any,
    schedule: Any,
    training: Examples,
    held_out: Examples,
    size: int,
    epochs: int,
    generator: np.random.Generator,
    run: Run,
) -> tuple[float, int, bool]:
    """Run the epochs; return the best loss, its epoch (from 1) and whether a stop ended it."""
    best, kept_epoch, kept = math.inf, 0, [_state(part) for part in network.parts()]
    steps = epochs * math.ceil(len(training.rows) / size)
    step, was_stopped = 0, False
    numbers: dict[str, float] = {}
    try:
        for epoch in range(1, epochs + 1):
            for batch in _batches(training, size, generator):
                run.check()
                loss = _step(network, optimizer, training.take(batch))
                schedule.step()
                step += 1
                run.progress(STAGE, step, steps, epoch=epoch, loss=loss, **numbers)
            validation = _loss_of(network, held_out, run)
            numbers = {"validation": validation}
            run.progress(STAGE, step, steps, epoch=epoch, loss=loss, **numbers)
            if not validation < best:
                break
            best, kept_epoch, kept = validation, epoch, [_state(p) for p in network.parts()]
    except StoppedError:
        if not kept_epoch:
            raise
        was_stopped = True
    if not kept_epoch:
        raise UserError(
            "Tuning the encoder went nowhere: its loss is not a number",
            "Use the encoder untuned, or choose another one.",
        )
    for part, state in zip(network.parts(), kept, strict=True):
        part.load_state_dict(state)
    return best, kept_epoch, was_stopped


def _network(model: Any, outputs: int, pad: int, device: Device, size: int) -> _Network:
    import torch

    dimensions = int(getattr(model.config, "hidden_size", 0) or model.config.d_model)
    share = float(getattr(model.config, "hidden_dropout_prob", None) or 0.1)
    head = torch.nn.Linear(dimensions, outputs)
    torch.nn.init.normal_(head.weight, std=0.02)
    torch.nn.init.zeros_(head.bias)
    model = model.to(device.name).train()
    model.get_input_embeddings().weight.requires_grad_(False)
    return _Network(model, head.to(device.name), torch.nn.Dropout(share), pad, device, size)


def _optimizer(network: _Network, rate: float, steps: int) -> tuple[Any, Any]:
    import torch

    weights = [p for p in network.model.parameters() if p.requires_grad]
    groups = [
        {"params": [p for p in weights if p.ndim > 1], "lr": rate, "weight_decay": WEIGHT_DECAY},
        {"params": [p for p in weights if p.ndim <= 1], "lr": rate, "weight_decay": 0.0},
        {"params": list(network.head.parameters()), "lr": HEAD_RATE * rate, "weight_decay": 0.0},
    ]
    optimizer = torch.optim.AdamW([g for g in groups if g["params"]])
    warm = max(1, round(WARM_UP * steps))

    def factor(step: int) -> float:
        return min((step + 1) / warm, max(0.0, (steps - step) / max(1, steps - warm)))

    return optimizer, torch.optim.lr_scheduler.LambdaLR(optimizer, factor)


def _step(network: _Network, optimizer: Any, batch: Examples) -> float:
    """Take one step on a batch and return its mean loss; goes in parts where memory runs out."""
    import torch

    while True:
        optimizer.zero_grad(set_to_none=True)
        try:
            total = 0.0
            for start in range(0, len(batch.rows), network.at_once):
                part = batch.take(np.arange(start, min(start + network.at_once, len(batch.rows))))
                loss = network.loss(part)
                (loss / len(batch.rows)).backward()
                total += float(loss.detach())
            break
        except (MemoryError, RuntimeError) as error:
            if not is_out_of_memory(error):
                raise
            if network.at_once == 1:
                raise too_small("tuning the encoder") from error
        network.at_once //= 2
        free_memory(network.device)
    weights = [p for group in optimizer.param_groups for p in group["params"]]
    torch.nn.utils.clip_grad_norm_(weights, LARGEST_GRADIENT)
    optimizer.step()
    return total / len(batch.rows)


def _loss_of(network: _Network, examples: Examples, run: Run) -> float:
    """Return the mean loss over examples, without dropout."""
    import torch

    order = np.argsort([len(row) for row in examples.rows], kind="stable")
    total = 0.0
    network.model.eval()
    network.dropout.eval()
    with torch.no_grad():
        for start in range(0, len(order), network.at_once):
            run.check()
            part = examples.take(order[start : start + network.at_once])
            total += float(network.loss(part))
    network.model.train()
    network.dropout.train()
    return total / len(order)


def _batches(
    examples: Examples, size: int, generator: np.random.Generator
) -> Iterator[NDArray[np.intp]]:
    """Yield one epoch's batches in random order, each of texts of about the same length."""
    lengths = np.array([len(row) for row in examples.rows])
    order = generator.permutation(len(lengths))
    batches = []
    for start in range(0, len(order), size * _BUCKET):
        bucket = order[start : start + size * _BUCKET]
        bucket = bucket[np.argsort(lengths[bucket], kind="stable")]
        batches += [bucket[first : first + size] for first in range(0, len(bucket), size)]
    for place in generator.permutation(len(batches)):
        yield batches[place]


def _state(module: Any) -> dict[str, Any]:
    return {name: value.detach().clone() for name, value in module.state_dict().items()}
