"""A language model in a folder: what it needs, told before it is loaded, and how it is loaded."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pellucid.core.errors import UserError
from pellucid.core.memory import available_memory
from pellucid.core.numbers import byte_size
from pellucid.core.run import Run
from pellucid.encoders.devices import Device, choose_device
from pellucid.encoders.folders import ModelFolder, read_json, resolve
from pellucid.encoders.transformer import load_causal
from pellucid.writing.providers.types import Message

MOST_CONTEXT = 16_384
_USUAL_CONTEXT = 4_096
SMALL = 20_000_000
"""Up to so many parameters a step is so short that sharing it out costs more than it gains."""
READ_AT_ONCE = 256
"""Tokens of a prompt between two looks at whether to stop."""
_SPARE = 1.15
"""What comes on top of weights and cache: the tensors of one step, and the allocator's own."""
_BYTES_OF = {"F64": 8, "F32": 4, "F16": 2, "BF16": 2, "I64": 8, "I32": 4, "I16": 2}


@dataclass(frozen=True, slots=True)
class Need:
    """What a model takes: bytes on disk, parameters, and bytes of memory while it writes.

    `available_bytes` is what the device has left, None where that is not known.
    """

    name: str
    path: Path
    disk_bytes: int
    parameters: int
    memory_bytes: int
    available_bytes: int | None
    device: str
    is_halved: bool
    """Whether weights are held in 16 bits each, and not in 32."""
    context: int = MOST_CONTEXT
    """How many tokens a prompt and its answer may take together."""

    @property
    def fits(self) -> bool:
        return self.available_bytes is None or self.memory_bytes <= self.available_bytes


@dataclass(frozen=True, slots=True)
class Causal:
    """A loaded model, its tokenizer, and how many tokens it can hold at once."""

    model: Any
    tokenizer: Any
    device: Device
    context: int
    ends: frozenset[int]
    is_small: bool = False


def find_model(name: str | Path, run: Run, download: bool = False) -> tuple[ModelFolder, Need]:
    """Return the folder that `name` means, looked through, and what its model would need.

    Raises `UserError` for a folder that cannot be used, or whose model does not write texts.
    """
    folder = resolve(name, run, download, wants_key=False)
    if not folder.is_causal:
        raise UserError(
            f"The model {folder.name} ({folder.model_type}) does not write texts",
            "Choose a language model that does: its config.json names one “ForCausalLM”.",
        )
    return folder, need_of(folder)


def need_of(folder: ModelFolder) -> Need:
    """Return what a model needs; where 32 bits a weight do not fit, it is held in 16."""
    device = choose_device()
    parameters = _parameters(folder)
    config = _config_of(folder)
    context = _context_in(config)
    cached = _cache_numbers(config, context)
    available = _available(device)
    full, half = (round((parameters + cached) * size * _SPARE) for size in (4, 2))
    is_short = available is not None and full > available
    is_halved = is_short or (device.has_bfloat16 and parameters > SMALL)
    needed = half if is_halved else full
    return Need(folder.name, folder.path, folder.bytes, parameters, needed, available, device.name,
                is_halved, context)  # fmt: skip


def load(folder: ModelFolder, need: Need, run: Run) -> Causal:
    """Load a model onto the best device.

    Raises `UserError` where memory is short, before anything is loaded, or where it cannot be
    loaded.
    """
    import torch

    if not need.fits:
        raise UserError(
            f"The model {need.name} needs about {byte_size(need.memory_bytes)} of memory, and "
            f"{byte_size(need.available_bytes or 0)} are free; nothing was loaded",
            "Close other programs, choose a smaller model, or use the built-in writer.",
        )
    run.check()
    run.progress(f"Loading {need.name} ({byte_size(need.memory_bytes)} of memory)")
    device = choose_device()
    model, tokenizer = load_causal(folder, torch.bfloat16 if need.is_halved else torch.float32)
    model = model.to(device.name).eval()
    ends, is_small = _ends_of(model, tokenizer), need.parameters <= SMALL
    return Causal(model, tokenizer, device, need.context, ends, is_small)


def prompt_ids(causal: Causal, messages: Sequence[Message]) -> list[int]:
    """Return the tokens of a conversation, in the model's own form where it has one."""
    tokenizer = causal.tokenizer
    if getattr(tokenizer, "chat_template", None):
        text = _templated(tokenizer, messages)
        return list(tokenizer(text, add_special_tokens=False)["input_ids"])
    return list(tokenizer("\n\n".join(m.content for m in messages))["input_ids"])


def _templated(tokenizer: Any, messages: Sequence[Message]) -> str:
    """Fill the chat template in; some know no system, whose words then come before the user's."""
    from jinja2 import TemplateError

    turns = [{"role": m.role, "content": m.content} for m in messages]
    rest = turns[1:]
    tries = [turns]
    if turns[0]["role"] == "system" and rest:
        first = {**rest[0], "content": f"{turns[0]['content']}\n\n{rest[0]['content']}"}
        tries.append([first, *rest[1:]])
    for attempt in tries:
        try:
            text = tokenizer.apply_chat_template(
                attempt, tokenize=False, add_generation_prompt=True
            )
        except (TemplateError, ValueError, TypeError, KeyError):
            continue
        return str(text)
    raise UserError(
        "The model's chat template cannot be filled in, so it cannot be asked anything",
        "Choose another model, or one without a template.",
    )


def step(causal: Causal, ids: list[int], cache: Any, last: int = 1) -> tuple[Any, Any]:
    """Feed tokens; return the cache and the scores after each of the `last` of them.

    The scores are float32 on the CPU, shape (last, vocabulary).
    """
    import torch

    fed = torch.tensor([ids], dtype=torch.long, device=causal.device.name)
    threads = torch.get_num_threads()
    torch.set_num_threads(1 if causal.is_small else threads)
    try:
        found = causal.model(input_ids=fed, past_key_values=cache, use_cache=True)
    finally:
        torch.set_num_threads(threads)
    return found.past_key_values, found.logits[0, -last:].float().cpu()


def _parameters(folder: ModelFolder) -> int:
    """Count the weights, from the headers of their files alone."""
    import json
    from math import prod

    total = 0
    for file in folder.weights:
        with file.open("rb") as stream:
            header = json.loads(stream.read(int.from_bytes(stream.read(8), "little")))
        for name, entry in header.items():
            if name != "__metadata__":
                size = entry["data_offsets"][1] - entry["data_offsets"][0]
                known = _BYTES_OF.get(entry["dtype"])
                total += size // known if known else prod(entry["shape"])
    return total


def _config_of(folder: ModelFolder) -> Mapping[str, Any]:
    whole = read_json(folder.path / "config.json", "model's configuration")
    config: Mapping[str, Any] = whole.get("text_config") or whole
    return config


def _figure(config: Mapping[str, Any], *names: str) -> int:
    found = [config.get(name) for name in names]
    return next((int(v) for v in found if isinstance(v, int) and v > 0), 0)


def _context_in(config: Mapping[str, Any]) -> int:
    known = _figure(config, "max_position_embeddings", "n_positions")
    return min(known or _USUAL_CONTEXT, MOST_CONTEXT)


def _cache_numbers(config: Mapping[str, Any], length: int) -> int:
    """Return how many numbers the cache of keys and values holds at the longest."""
    layers = _figure(config, "num_hidden_layers", "n_layer", "num_layers")
    width = _figure(config, "hidden_size", "n_embd", "d_model")
    heads = _figure(config, "num_attention_heads", "n_head") or 1
    size = _figure(config, "head_dim") or width // heads
    shared = _figure(config, "num_key_value_heads") or heads
    return 2 * layers * shared * size * length


def _available(device: Device) -> int | None:
    if device.name != "cuda":
        return available_memory()
    import torch

    return int(torch.cuda.mem_get_info()[0])


def _ends_of(model: Any, tokenizer: Any) -> frozenset[int]:
    """Return the tokens that end an answer."""
    settings = getattr(model, "generation_config", None)
    named = getattr(settings, "eos_token_id", None)
    several = list(named) if isinstance(named, list | tuple) else [named]
    return frozenset(int(i) for i in (*several, tokenizer.eos_token_id) if i is not None)
