"""A quiz about a model's output, as values: what is dealt, what is shown, what came of it.

Forward simulation: a reader learns from examples and then says what the model says of rows whose
explanation stays hidden. Sources: Doshi-Velez and Kim (2017), "Towards a rigorous science of
interpretable machine learning"; Hase and Bansal (2020), "Evaluating explainable AI", ACL.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from pellucid.explain.contrast.measuring import Difference

Arm = Literal["without", "with"]
ARMS: tuple[Arm, ...] = ("without", "with")
"""The parts in their order: what an explanation taught cannot be unlearnt, so it comes second."""
QUESTIONS, EXAMPLES = 16, 8


@dataclass(frozen=True, slots=True)
class Design:
    """What a quiz is dealt by: the same design on the same model and table gives the same quiz.

    `questions` are those of both parts together, an even number; `examples` are shown in each part.
    `swapped` exchanges the questions of the two parts, for every second reader, so that neither
    part owes its result to easier rows.
    """

    seed: int = 0
    questions: int = QUESTIONS
    examples: int = EXAMPLES
    swapped: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    column: str
    text: str


@dataclass(frozen=True, slots=True)
class Question:
    """A row of which the model's output is asked; nothing here follows from that output."""

    arm: Arm
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class WordScore:
    word: str
    score: float


@dataclass(frozen=True, slots=True)
class Part:
    """What one term adds to one output for one row, on the link scale; of texts, by which words."""

    term: str
    value: str
    score: float
    words: tuple[WordScore, ...] = ()


@dataclass(frozen=True, slots=True)
class Why:
    """How a row's output comes about: `start` and the scores of `parts` make `total`.

    `toward` names the class that the scores speak for, "" for numbers. A transformer's parts do not
    add up: there `start` and `total` are NaN.
    """

    toward: str
    start: float
    parts: tuple[Part, ...]
    total: float


@dataclass(frozen=True, slots=True)
class Example:
    """A row that is told with what the model says of it; `why` is hidden in the first part."""

    cells: tuple[Cell, ...]
    output: str
    why: Why | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """A stretch, a level or a word of a term, and its score for each output."""

    label: str
    scores: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class GuideTerm:
    """A term of the model as a whole, told in a few steps."""

    name: str
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Guide:
    """The model as a whole: its strongest terms, and what their scores are added to."""

    link: str
    outputs: tuple[str, ...]
    intercept: tuple[float, ...]
    terms: tuple[GuideTerm, ...]


@dataclass(frozen=True, slots=True)
class Quiz:
    """A quiz to be taken; the right answers are not in it.

    `choices` are the same for every question. `questions` stand in the order in which they are
    asked, those without explanations first. `notes` say what the reader should know of the rows.
    """

    design: Design
    target: str
    choices: tuple[str, ...]
    is_ranges: bool
    examples: tuple[Example, ...]
    guide: Guide | None
    questions: tuple[Question, ...]
    notes: tuple[str, ...] = ()

    def examples_in(self, arm: Arm) -> tuple[Example, ...]:
        """Return the examples as they are shown in a part: the same rows, with or without why."""
        if arm == "with":
            return self.examples
        return tuple(Example(example.cells, example.output) for example in self.examples)

    def guide_in(self, arm: Arm) -> Guide | None:
        """Return the model as a whole where a part shows it."""
        return self.guide if arm == "with" else None


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer: the position of the choice, None for none, and the seconds that it took.

    `said` is what a language model wrote, as far as it is kept.
    """

    choice: int | None
    seconds: float | None = None
    said: str = ""


@dataclass(frozen=True, slots=True)
class Taker:
    """Who took a quiz: a person, or a language model by its name."""

    name: str
    kind: Literal["person", "model"]


@dataclass(frozen=True, slots=True)
class Marked:
    """A question that was asked, with its answer and the right one, as positions of choices.

    `row` is the row's 0-based position in the table. `truth` is what the table says, None where it
    says nothing.
    """

    arm: Arm
    row: int
    cells: tuple[Cell, ...]
    right: int
    answer: Answer
    why: Why | None = None
    truth: str | None = None

    @property
    def is_right(self) -> bool:
        return self.answer.choice == self.right


@dataclass(frozen=True, slots=True)
class ArmScore:
    """What came of one part: `right` of `asked`, with Wilson's 95% interval of that share.

    No answer counts as asked and not right. `commonest` is how many the taker would have had right
    by always naming one output, the best for this. `seconds` is the median time of an answer, NaN
    where no time is known.
    """

    asked: int
    answered: int
    right: int
    low: float
    high: float
    commonest: int
    seconds: float

    @property
    def share(self) -> float:
        return self.right / self.asked if self.asked else float("nan")


@dataclass(frozen=True, slots=True)
class QuizResult:
    """What came of a quiz, whole in itself; `when` in ISO 8601, UTC.

    `model` is the SHA-256 of the model's file, `source` the fingerprint of the table. `difference`
    is the share right with explanations less that without, None until both parts were begun.
    `truths` is how many the taker would have had right by knowing the truth of each row, None where
    the table does not tell. `dealt` are the questions of the whole quiz.
    """

    when: str
    taker: Taker
    model: str
    source: str
    target: str
    design: Design
    dealt: int
    choices: tuple[str, ...]
    marked: tuple[Marked, ...]
    arms: Mapping[str, ArmScore]
    difference: Difference | None
    truths: int | None = None
    notes: tuple[str, ...] = ()

    @property
    def is_whole(self) -> bool:
        return len(self.marked) == self.dealt
