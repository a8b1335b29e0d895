"""The six steps of the rail as data: their pages, and what each waits for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Literal

Need = Literal["file", "table", "model"]


@dataclass(frozen=True, slots=True)
class Known:
    """What there is to work with: a file in view, a table read whole, a model or its snapshot."""

    file: bool = False
    table: bool = False
    model: bool = False
    is_fitting: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """A page of the rail. `module` and `page` are loaded when it is first shown."""

    key: str
    title: str
    needs: Need
    purpose: str

    @property
    def module(self) -> str:
        return f"pellucid.ui.pages.{self.key}"

    @property
    def page(self) -> str:
        return f"{self.title}Page"

    def waits_for(self, known: Known) -> str:
        """Say what the step waits for; empty if it can be used."""
        return _WAITS[self.needs](known)


def _wait_for_file(known: Known) -> str:
    return "" if known.file else "Waits for a file: drop one here, or open it with Ctrl+O"


def _wait_for_table(known: Known) -> str:
    if known.table:
        return ""
    return "Waits until the whole file has been read" if known.file else _wait_for_file(known)


def _wait_for_model(known: Known) -> str:
    if known.model:
        return ""
    if known.is_fitting:
        return "Waits for the first curves of the fit that is running"
    return "Waits for a model: fit one under Model" if known.table else _wait_for_table(known)


_WAITS: Final[dict[Need, Callable[[Known], str]]] = {
    "file": _wait_for_file,
    "table": _wait_for_table,
    "model": _wait_for_model,
}

STEPS: Final[tuple[Step, ...]] = (
    Step("data", "Data", "file", "The rows as they were read, with what each column holds"),
    Step("explore", "Explore", "table", "What is worth knowing before fitting anything"),
    Step("model", "Model", "table", "What to predict, from what, and how well that works"),
    Step("explain", "Explain", "model", "What the model does, term by term and row by row"),
    Step("words", "Words", "table", "What was found, in sentences tied to their evidence"),
    Step("report", "Report", "table", "The document: choose its blocks and export it"),
)


def step(key: str) -> Step:
    """Return the step called `key`; raises KeyError where there is none."""
    return {one.key: one for one in STEPS}[key]
