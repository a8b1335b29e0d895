"""One way to fit, whatever kind of model is asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pellucid.core.run import Run
from pellucid.engine.loading import AnyFit
from pellucid.models.types import FitOptions

if TYPE_CHECKING:
    from pellucid.data.table import Table


def fit_any(table: Table, options: FitOptions, run: Run, test_table: Table | None = None) -> AnyFit:
    """Fit the kind of model that `options` ask for; see `models.fitting.fit`."""
    if options.kind == "transformer":
        from pellucid.models.black_box.fitting import fit_transformer

        return fit_transformer(table, options, run, test_table)
    from pellucid.models.fitting import fit

    return fit(table, options, run, test_table)
