"""Where a model computes, in which precision, and what to do when memory runs out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pellucid.core.errors import UserError


@dataclass(frozen=True, slots=True)
class Device:
    """A device by its torch name; `has_bfloat16` where it is faster in bfloat16."""

    name: str
    has_bfloat16: bool

    @property
    def dtype(self) -> Any:
        """The torch type that weights are held in for encoding."""
        import torch

        return torch.bfloat16 if self.has_bfloat16 else torch.float32

    @property
    def batch_tokens(self) -> int:
        """The padded tokens of a batch, from which batches are halved if memory runs out."""
        return 1_024 if self.name == "cpu" else 65_536


def choose_device() -> Device:
    """Return the best device of this machine: CUDA, else MPS, else the CPU."""
    import torch

    if torch.cuda.is_available():
        return Device("cuda", torch.cuda.is_bf16_supported(including_emulation=False))
    if torch.backends.mps.is_available():
        return Device("mps", has_bfloat16=False)
    return Device("cpu", has_bfloat16=_cpu_has_bfloat16())


def is_out_of_memory(error: BaseException) -> bool:
    """Return whether an error means that memory ran out, on any device."""
    import torch

    if isinstance(error, MemoryError | torch.OutOfMemoryError):
        return True
    words = ("out of memory", "not enough memory", "can't allocate memory", "cannot allocate")
    return isinstance(error, RuntimeError) and any(w in str(error).lower() for w in words)


def free_memory(device: Device) -> None:
    """Give cached memory back to the device."""
    import torch

    if device.name == "cuda":
        torch.cuda.empty_cache()
    elif device.name == "mps":
        torch.mps.empty_cache()


def too_small(what: str) -> UserError:
    """Return the error for a model that does not fit into memory even with one text at a time."""
    return UserError(
        f"Memory ran out while {what}, even with one text at a time",
        "Close other programs, or choose a smaller model.",
    )


def _cpu_has_bfloat16() -> bool:
    """Ask torch whether this CPU multiplies bfloat16 in hardware (AVX512-BF16 or AMX)."""
    import torch

    asked = ("_is_avx512_bf16_supported", "_is_amx_tile_supported")
    return any(getattr(torch.cpu, name, bool)() for name in asked)
