"""What the window knows at a moment, as values: the open table, the running job, an error."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from pellucid.core.numbers import count, number
from pellucid.core.run import Progress
from pellucid.data.types import Column, Rejected, Source

TITLES = {
    "preview": "Reading the first rows",
    "open": "Reading the file",
    "set_kinds": "Changing kinds",
    "profile": "Describing the columns",
    "rows": "Finding rows",
    "suggest_target": "Looking for a target",
    "fit": "Fitting",
    "explain": "Explaining the model",
    "judge": "Judging the model on test rows",
    "explain_text": "Explaining a text",
    "ask": "Looking for an answer",
    "corpus": "Reading the texts",
    "text_map": "Drawing the map of texts",
    "ngrams": "Finding n-grams in context",
    "swap": "Swapping words",
    "neighbours": "Finding texts near this one",
    "disagree": "Comparing two models",
    "probe": "Asking each layer what it knows",
    "heads": "Reading the attention heads",
    "edit_tree": "Editing the tree",
    "deal_quiz": "Dealing the quiz",
    "mark_quiz": "Marking the answers",
    "take_quiz": "A language model takes the quiz",
    "sanity": "Checking explanations against a random model",
    "write": "Writing",
    "write_with_model": "Writing",
    "claim_sources": "Finding what made the model say this",
    "ask_reasons": "Asking a language model for its reasons",
    "show_reasons_payload": "Preparing what would be sent",
    "take_exam": "Taking the exam",
    "show_payload": "Preparing what would be sent",
    "find_writers": "Looking for language models",
    "report": "Building the report",
    "export": "Exporting",
    "save_project": "Saving",
    "open_project": "Opening the project",
}
KEPT = {
    "set_kinds": "The kinds are as they were.",
    "profile": "The rows are still here.",
    "fit": "The table and any earlier model are unchanged.",
    "explain": "The model is unchanged.",
    "edit_tree": "The tree is as it was.",
    "write": "The table and the model are unchanged.",
    "report": "The table, the model and the words are unchanged.",
    "export": "No file was written.",
    "save_project": "No file was written; your work is still open.",
}
"""What remains after a job failed, in a sentence."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A table that has been read whole; `store` is the file that pages are read from."""

    store: Path
    source: Source
    rows: int
    columns: tuple[Column, ...]
    rejected: Rejected

    def column(self, name: str) -> Column:
        """Return the column called `name`; raises KeyError where there is none."""
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(name)


@dataclass(frozen=True, slots=True)
class JobState:
    """The work that the strip shows: which job, how far, and whether it has been asked to stop."""

    id: str
    name: str
    title: str
    progress: Progress | None = None
    is_stopping: bool = False

    @property
    def text(self) -> str:
        """The stage and its numbers in words, for example "Fitting, bag 3 of 8, loss 0.281"."""
        if self.is_stopping:
            return f"{self.title}: stopping, keeping what is finished"
        return progress_text(self.title, self.progress)


@dataclass(frozen=True, slots=True)
class ErrorState:
    """What went wrong, what was kept, and the way out; `details` are for a bug report."""

    message: str
    kept: str = ""
    hint: str = ""
    job: str = ""
    details: str = ""

    @property
    def is_crash(self) -> bool:
        return bool(self.details)


def progress_text(title: str, progress: Progress | None) -> str:
    """Say where a job stands: the stage, real counts and the numbers that go with it."""
    if progress is None:
        return title
    stage = progress.stage[:1].upper() + progress.stage[1:]
    parts = [stage or title]
    if progress.done is not None and progress.total is not None:
        parts.append(f"{count(progress.done)} of {count(progress.total)}")
    elif progress.done is not None:
        parts.append(count(progress.done))
    parts += [
        f"{name.replace('_', ' ')} {number(value)}" for name, value in progress.numbers.items()
    ]
    return ", ".join(parts)
