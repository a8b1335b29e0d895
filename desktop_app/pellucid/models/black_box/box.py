"""The value that stands where an additive model does, when the model cannot be read."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from pellucid.core.run import Run
from pellucid.data.types import Columns, Kind, Split
from pellucid.encoders.folders import ModelFolder
from pellucid.encoders.transformer import checked
from pellucid.models.additive import Floats, Link, inverse_link
from pellucid.models.black_box.classifier import SequenceClassifier
from pellucid.models.black_box.opening import (
    labels_in,
    link_of,
    match_labels,
    open_classifier,
    outputs_of,
)
from pellucid.models.fit import Measured
from pellucid.models.predicting import Predicting
from pellucid.models.types import FitOptions, FitSummary, Scores, Seconds, Task, TaskKind


@dataclass(frozen=True, slots=True)
class BlackBox(Predicting):
    """A transformer that predicts a task from the texts of one column.

    `folder` holds its weights: one that `encoders.tuning` wrote, or any sequence classifier. They
    are loaded when a prediction first needs them. A missing text counts as an empty one.
    """

    task: Task
    column: str
    folder: Path
    _network: list[SequenceClassifier] = field(
        default_factory=list, init=False, repr=False, compare=False
    )

    @property
    def link(self) -> Link:
        return link_of(self.task)

    @property
    def outputs(self) -> int:
        return len(self.output_names)

    @property
    def output_names(self) -> tuple[str, ...]:
        """What each output raises: the positive class, each class, or the target."""
        return outputs_of(self.task)

    @property
    def columns(self) -> tuple[str, ...]:
        """The one column that is read."""
        return (self.column,)

    @property
    def read_as(self) -> tuple[tuple[str, Kind], ...]:
        """The one column that is read, as texts."""
        return ((self.column, "text"),)

    @property
    def network(self) -> SequenceClassifier:
        """The loaded network; raises `UserError` where the folder no longer holds it."""
        if not self._network:
            self._network.append(open_classifier(self.folder, self.task))
        return self._network[0]

    def margin(self, columns: Columns) -> Floats:
        """Return the margins on the link scale, shape (rows, C)."""
        return self.read(columns, Run())[0]

    def read(self, columns: Columns, run: Run) -> tuple[Floats, int]:
        """Return the margins, shape (rows, C), and how many texts were too long to read whole."""
        return self.network.read([text or "" for text in columns[self.column].tolist()], run)

    def mean(self, margin: Floats) -> Floats:
        """Put margins through the inverse link, as `AdditiveModel.mean` does."""
        is_first = self.link == "logit" and self.task.positive == self.task.classes[0]
        return inverse_link(margin, self.link, is_first)

    def save(self, path: str | Path) -> None:
        """Write the model with its weights as one file, without what is known about it."""
        from pellucid.models.black_box.files import save_black_box

        save_black_box(BlackBoxFit(self, nothing_known(self.task)), Path(path))


@dataclass(frozen=True, slots=True)
class BlackBoxFit(Measured):
    """A transformer and what is known about it; reads as `models.fit.Fit` does."""

    model: BlackBox
    summary: FitSummary
    split: Split | None = None


def from_folder(
    folder: ModelFolder | Path, column: str, task: Task | None = None, target: str = "label"
) -> BlackBox:
    """Return the sequence classifier in `folder` as a black box that reads `column`.

    Without a `task` the classes are the model's own labels, sorted. Raises `UserError` for a folder
    without a classifier, or whose labels are not the classes of the task.
    """
    folder = checked(folder)
    labels = labels_in(folder)
    if task is None:
        classes = tuple(sorted(labels))
        kind: TaskKind = (
            "regression" if not classes else "binary" if len(classes) == 2 else "multiclass"
        )
        task = Task(target, kind, classes, classes[1] if len(classes) == 2 else "")
    match_labels(labels, task, folder.name)
    task = Task(task.target, task.kind, task.classes, task.positive, ((column, "text"),))
    return BlackBox(task, column, folder.path)


def nothing_known(task: Task) -> FitSummary:
    """Return the summary of a model about which nothing is known but its task."""
    return FitSummary(
        task, FitOptions(task.target, kind="transformer"), {}, (), 1, 1,
        Seconds(float("nan"), float("nan")), Scores("transformer", {}, "none"), (), (),
    )  # fmt: skip
