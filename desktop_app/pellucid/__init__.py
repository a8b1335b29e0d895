"""Open a table, see its patterns, fit models that can be read, and write up what was found."""

from __future__ import annotations

import sys
from types import ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pellucid.api import (
        ask,
        compare,
        explain,
        fit,
        load,
        reasons,
        report,
        sources,
        summarize,
        tell,
    )
    from pellucid.api import open_ as open  # noqa: A004 - the public name; builtins.open is not used

__version__ = "0.1.0"
__all__ = [
    "__version__", "ask", "compare", "explain", "fit", "load", "open", "reasons", "report",
    "sources", "summarize", "tell",
]  # fmt: skip


def __getattr__(name: str) -> Any:
    """Import the functions when they are first used, so that `import pellucid` stays light."""
    if name.startswith("_") or name not in __all__:
        raise AttributeError(f"module 'pellucid' has no attribute {name!r}")
    from pellucid import api

    return getattr(api, "open_" if name == "open" else name)


def __dir__() -> list[str]:
    return sorted(__all__)


class _Package(ModuleType):
    """This package, whose functions `explain` and `report` bear the names of two of its layers."""

    def __setattr__(self, name: str, value: object) -> None:
        """Keep Python from putting a layer in the place of a function when the layer is imported.

        `from pellucid.report import ...` finds the layer as ever.
        """
        if not (name in __all__ and isinstance(value, ModuleType)):
            super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Package
