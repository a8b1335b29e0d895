"""A language model's reasons as the inspector shows them: values and sentences. No Qt."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from pellucid.core.numbers import count
from pellucid.core.offline import is_loopback
from pellucid.ui.pages.words_view import rejected_lines
from pellucid.writing.fidelity import Verdict, Way
from pellucid.writing.own_reasons.types import Reason, Reasons
from pellucid.writing.own_reasons.words import (
    LIMITS,
    TITLES,
    author_line,
    disagreement,
    figures,
    verdict_sentence,
)

NO_WRITER: Final = (
    "A language model can give reasons of its own, which are then tested: do they change when the "
    "evidence changes? No language model has written the Words page yet."
)
NO_FIT: Final = "A language model can be asked for its reasons once the fit is finished."
EDITED: Final = (
    "A language model is asked about rows as they stand in the table. Put all back to ask it."
)
STOPPED: Final = "Stopped before there was an answer."
_ICONS: Mapping[Verdict, tuple[str, str]] = {
    "follow": ("check", "good"),
    "ignore": ("warning", "warning"),
    "unclear": ("info", "muted"),
}
_SIGNS: Mapping[Way, str] = {"raises": "▲ said to raise", "lowers": "▼ said to lower"}


@dataclass(frozen=True, slots=True)
class ReasonView:
    """A reason: what it cites, which way it is said to go, its sentence, what that is worth."""

    about: str
    way: Way
    sign: str
    text: str
    note: str
    is_checked: bool
    flag: str


@dataclass(frozen=True, slots=True)
class ReasonsView:
    """The verdict with its sign, the reasons, those that were left out, figures and limits.

    `notes` say what kept the test from being whole, `limits` what it does not tell, and who it was.
    """

    icon: str
    tone: str
    title: str
    sentence: str
    outcome: str
    reasons: tuple[ReasonView, ...]
    rejected: tuple[tuple[str, str], ...]
    figures: tuple[tuple[str, str], ...]
    notes: tuple[str, ...]
    limits: tuple[str, ...]


def reasons_view(found: Reasons) -> ReasonsView:
    """Lay out what a language model gave, and what came of the test."""
    icon, tone = _ICONS[found.fidelity.verdict]
    left = [(item.text, item.reason) for item in found.rejected]
    return ReasonsView(
        icon=icon,
        tone=tone,
        title=TITLES[found.fidelity.verdict],
        sentence=verdict_sentence(found.fidelity),
        outcome=f"What is said to move {found.outcome}" if found.reasons
        else "Nothing that it answered can be shown as a reason",
        reasons=tuple(_reason(one, found.outcome) for one in found.reasons),
        rejected=rejected_lines(left),
        figures=figures(found.fidelity),
        notes=found.notes,
        limits=(*_limits(found), f"{author_line(found)} {_sent(found)}"),
    )  # fmt: skip


def _reason(one: Reason, outcome: str) -> ReasonView:
    note = "Sentence checked" if one.checked else "Interpretation, not checked"
    return ReasonView(
        one.about, one.way, _SIGNS[one.way], one.text, note, one.checked, disagreement(one, outcome)
    )


def _limits(found: Reasons) -> tuple[str, ...]:
    """Say what the interval does not tell, where there is one."""
    return (LIMITS,) if found.fidelity.asked else ()


def _sent(found: Reasons) -> str:
    if not found.sent.bytes:
        return "Nothing left this machine."
    sent = f"{count(found.sent.bytes)} bytes went to"
    if is_loopback(found.sent.destination):
        return f"{sent} a server on this machine; nothing left it."
    return f"{sent} {found.sent.destination}."


def offline_line(host: str) -> str:
    """Say that the offline switch forbids to ask."""
    return f"Pellucid is set to stay offline, so nothing is sent to {host}."
