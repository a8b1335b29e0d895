"""How much memory there is to take."""

from __future__ import annotations

import os
from pathlib import Path

_GROUPS = (
    ("/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/memory.current"),
    ("/sys/fs/cgroup/memory/memory.limit_in_bytes", "/sys/fs/cgroup/memory/memory.usage_in_bytes"),
)


def available_memory() -> int | None:
    """Return how many bytes can be taken without swapping; None where that cannot be told.

    On Linux that is what the kernel calls available, or less where the process's group is held to
    less; elsewhere it is a little under what is built in.
    """
    found = [value for value in (_kernel(), *map(_group, _GROUPS)) if value is not None]
    if found:
        return max(0, min(found))
    try:
        return os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") * 3 // 4
    except (AttributeError, ValueError, OSError):
        return None


def _kernel() -> int | None:
    try:
        lines = Path("/proc/meminfo").read_text(encoding="ascii").splitlines()
    except OSError:
        return None
    sizes = [line.split()[1] for line in lines if line.startswith("MemAvailable:")]
    return int(sizes[0]) * 1024 if sizes else None


def _group(files: tuple[str, str]) -> int | None:
    """Return what is left to the control group of this process; None where it has no bound."""
    try:
        most, used = (int(Path(file).read_text(encoding="ascii")) for file in files)
    except (OSError, ValueError):
        return None
    return most - used
