"""What is asked of a writer, and how a model has done: values that every layer above shares."""

from __future__ import annotations

from dataclasses import dataclass, field

from pellucid.writing.providers.limits import Limits
from pellucid.writing.types import WRITER


@dataclass(frozen=True, slots=True)
class MaskChoice:
    """What the user masks beyond what looks personal (`hide`, single `levels`), and what less."""

    hide: tuple[str, ...] = ()
    show: tuple[str, ...] = ()
    levels: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Writing:
    """Who writes, for whom, and what may be seen by whom.

    `writer` is "builtin", a URL, or the folder or hub id of a model; `llm` the model to ask of a
    server. `send_to` is consent, for this time, for the host that it names. `limits` bound what
    a server may take.
    """

    writer: str = WRITER
    llm: str | None = None
    audience: str | None = None
    language: str | None = None
    send_to: str | None = None
    masks: MaskChoice = field(default_factory=MaskChoice)
    download: bool = False
    limits: Limits = field(default_factory=Limits)

    @property
    def is_builtin(self) -> bool:
        return self.writer == WRITER


@dataclass(frozen=True, slots=True)
class Exam:
    """What came of an exam, `when` in ISO 8601, UTC.

    Of `claims` that the model wrote, `survived` were carried by their facts; the others were
    rejected or are interpretation. `tokens` are those asked and answered together.
    """

    writer: str
    model: str
    claims: int
    survived: int
    interpretation: int
    seconds: float
    tokens: int
    is_estimated: bool
    when: str

    @property
    def share(self) -> float:
        return self.survived / self.claims if self.claims else 0.0
