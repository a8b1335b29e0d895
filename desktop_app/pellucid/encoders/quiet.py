"""Keeps the talk of model libraries off the user's screen, for as long as a block lasts."""

from __future__ import annotations

import logging
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any


@contextmanager
def quiet() -> Iterator[None]:
    """Silence the warnings, logs and progress bars of transformers; all is as before afterwards.

    Failures still raise: only what would be said beside them is dropped.
    """
    from transformers.utils import logging as transformers_logging

    settings: Any = transformers_logging
    level, has_bars = settings.get_verbosity(), settings.is_progress_bar_enabled()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        settings.set_verbosity(logging.CRITICAL)
        settings.disable_progress_bar()
        try:
            yield
        finally:
            settings.set_verbosity(level)
            if has_bars:
                settings.enable_progress_bar()
