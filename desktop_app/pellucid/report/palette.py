"""Every colour of reports and window, by role: text roles are AA or better on both grounds."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Palette:
    """One colour a role, as `#rrggbb`; `classes` are told apart by any kind of colour vision."""

    background: str
    surface: str
    border: str
    text: str
    muted: str
    accent: str
    raises: str
    lowers: str
    good: str
    warning: str
    bad: str
    classes: tuple[str, ...]
    """Okabe and Ito's set (2008), darkened or lightened where a line of it would fade."""


LIGHT = Palette(
    background="#ffffff",
    surface="#f6f6f8",
    border="#e3e4e8",
    text="#1b1d22",
    muted="#5a6170",
    accent="#4646c6",
    raises="#b84d00",
    lowers="#1a66a8",
    good="#1e7a46",
    warning="#8a5a00",
    bad="#b3261e",
    classes=("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#000000"),
)

DARK = Palette(
    background="#16181d",
    surface="#1f2229",
    border="#32363f",
    text="#eceef2",
    muted="#a3aab8",
    accent="#a3a4ff",
    raises="#f29a5c",
    lowers="#74b6f2",
    good="#6ccb93",
    warning="#e3b341",
    bad="#ff8a80",
    classes=("#56b4e9", "#ff8c42", "#2cc39a", "#e0a0c4", "#f0e442", "#3d9be0", "#ffffff"),
)
