"""interpret-core's inner modules alone, for a process that only boosts."""

from __future__ import annotations

import importlib.util
import sys

_PACKAGES = ("interpret", "interpret.utils", "interpret.glassbox", "interpret.glassbox._ebm")


def keep_interpret_bare() -> None:
    """Let interpret's packages be found, but not run, when modules inside them are imported.

    Running them imports scikit-learn, pandas, scipy and every model that interpret offers: over a
    second and much memory for each worker, none of it needed to boost. Call it before anything of
    interpret is imported, and only in a process that uses nothing else of it.
    """
    for name in _PACKAGES:
        spec = importlib.util.find_spec(name)
        assert spec is not None, name
        sys.modules[name] = importlib.util.module_from_spec(spec)
