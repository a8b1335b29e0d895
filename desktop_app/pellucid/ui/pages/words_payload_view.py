"""What would be sent to a host, as the panel "Who writes" shows it before anything goes. No Qt."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from pellucid.core.numbers import count, listing, percent, plural
from pellucid.data.personal import Personal
from pellucid.writing.orders import MaskChoice
from pellucid.writing.privacy.keys import Where

_NAMED = 4


@dataclass(frozen=True, slots=True)
class Payload:
    """The bodies that would be sent first, and what is masked in them."""

    payloads: tuple[str, ...]
    bytes: tuple[int, ...]
    masked: tuple[str, ...]
    personal: tuple[Personal, ...]
    destination: str
    agreed: bool = False
    key: Where = ""

    @property
    def text(self) -> str:
        return "\n\n".join(self.payloads)


@dataclass(frozen=True, slots=True)
class MaskRow:
    """A column that can be masked, and why it is by itself, where it is."""

    name: str
    is_masked: bool
    why: str


def size_line(payload: Payload) -> str:
    """Say how much would go where, and what may follow."""
    sent = f"{count(sum(payload.bytes))} bytes go to {payload.destination} first."
    return f"{sent} What may follow holds the same facts and the model’s own answers."


def masked_line(payload: Payload) -> str:
    """Say which columns are masked."""
    if not payload.masked:
        return "No column is masked."
    named = listing(list(payload.masked), _NAMED)
    verb = "is" if len(payload.masked) == 1 else "are"
    return (
        f"{plural(len(payload.masked), 'column')} {verb} masked: {named}. Stand-ins are sent in "
        "place of the values, and taken out again in what comes back."
    )


def mask_rows(payload: Payload, columns: Iterable[str]) -> tuple[MaskRow, ...]:
    """List the columns: those that look personal, then others that are masked, then the rest."""
    whys = {found.column: why(found) for found in payload.personal}
    masked = set(payload.masked)
    rows = [MaskRow(name, name in masked, whys.get(name, "")) for name in columns]
    return tuple(sorted(rows, key=lambda row: (not row.why, not row.is_masked)))


def why(found: Personal) -> str:
    """Say why a column looks personal, in so few words that they stand under its name."""
    if found.what == "id":
        return "Looks like an id"
    article = "an" if found.what[0] in "ae" else "a"
    return f"Looks like {article} {found.what} in {percent(found.share)}"


def changed_masks(
    masks: MaskChoice, personal: Iterable[Personal], column: str, is_masked: bool
) -> MaskChoice:
    """Mask a column or show it; what looks personal is masked unless it is said to be shown."""
    hide = tuple(name for name in masks.hide if name != column)
    show = tuple(name for name in masks.show if name != column)
    is_personal = column in {found.column for found in personal}
    if is_masked and not is_personal:
        hide = (*hide, column)
    if not is_masked and is_personal:
        show = (*show, column)
    return replace(masks, hide=hide, show=show)


def agree_text(payload: Payload) -> str:
    """Name the button that sends."""
    return f"{'Send' if payload.agreed else 'Agree and send'} to {payload.destination}"


def agreed_line(payload: Payload) -> str:
    """Say that consent was given before."""
    masked = "these columns masked" if payload.masked else "no column masked"
    return f"You agreed to send facts about this table to {payload.destination}, with {masked}."
