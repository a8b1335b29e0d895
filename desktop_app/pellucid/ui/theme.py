"""The visual system in one file: colours by role, sizes, faces, icons and the style sheet."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Literal

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontDatabase,
    QGuiApplication,
    QIcon,
    QPainter,
    QPalette,
    QPixmap,
)
from PySide6.QtSvg import QSvgRenderer

from pellucid.core.paths import resource
from pellucid.report.palette import DARK, LIGHT, Palette

Appearance = Literal["system", "light", "dark"]
APPEARANCES: Final[tuple[Appearance, ...]] = ("system", "light", "dark")

# Space between things, in px: S1 inside a control, S2 between neighbours, S3 inside a card,
# S4 between groups and at a page's edge, S5 and S6 around what stands alone.
S1, S2, S3, S4, S5, S6 = 4, 8, 12, 16, 24, 32
RADIUS: Final = 6
RAIL_WIDTH, HEADER_HEIGHT, STRIP_HEIGHT = 72, 48, 32
INSPECTOR_WIDTH, INSPECTOR_WIDEST = 320, 416
CONTROL_HEIGHT: Final = 30
ROW_HEIGHT: Final = 26
MEASURE: Final = 560
"""The widest running text, in px: about 72 characters of body text."""

LABEL, BODY, SECTION, TITLE, FIGURE = 12, 13, 15, 20, 28
"""Type sizes in px."""
LINE_HEIGHT: Final = 1.45
_FACES = ("Inter", "Noto Sans", "Cantarell", "Ubuntu", "DejaVu Sans")


def mix(ground: str, over: str, share: float) -> str:
    """Return `over` laid on `ground` with opacity `share` (0 to 1), as `#rrggbb`."""
    a, b = QColor(ground), QColor(over)
    parts = ((a.red(), b.red()), (a.green(), b.green()), (a.blue(), b.blue()))
    return "#" + "".join(f"{round(x + (y - x) * share):02x}" for x, y in parts)


def color(role: str, alpha: float = 1.0) -> QColor:
    """Return a palette colour (`#rrggbb`) for painting, with opacity `alpha` (0 to 1)."""
    paint = QColor(role)
    paint.setAlphaF(alpha)
    return paint


def is_dark(palette: Palette) -> bool:
    return QColor(palette.background).lightness() < 128


@dataclass(frozen=True, slots=True)
class Tints:
    """Fills that follow from the roles: `hover` and `pressed` on surfaces, `chosen` for selections,
    `on_accent` for text on the accent, `bars` for the marks of small charts."""

    hover: str
    pressed: str
    chosen: str
    on_accent: str
    accent_hover: str
    bars: str
    misfit: str
    bad_ground: str
    control: str
    """The outline of a control, 3 to 1 against both grounds."""


@lru_cache(maxsize=4)
def tints(palette: Palette) -> Tints:
    """Return the fills of a palette."""
    dark = is_dark(palette)
    ground = palette.background
    return Tints(
        hover=mix(ground, palette.text, 0.08 if dark else 0.055),
        pressed=mix(ground, palette.text, 0.14 if dark else 0.10),
        chosen=mix(ground, palette.accent, 0.20 if dark else 0.12),
        on_accent=palette.background if dark else "#ffffff",
        accent_hover=mix(palette.accent, palette.text, 0.18),
        bars=mix(ground, palette.accent, 0.62 if dark else 0.55),
        misfit=mix(ground, palette.warning, 0.20 if dark else 0.14),
        bad_ground=mix(ground, palette.bad, 0.14 if dark else 0.08),
        control=mix(ground, palette.text, 0.44 if dark else 0.52),
    )


def resolve(appearance: Appearance) -> Palette:
    """Return the palette for a choice of appearance; "system" asks the desktop."""
    if appearance == "system":
        scheme = QGuiApplication.styleHints().colorScheme()
        return DARK if scheme == Qt.ColorScheme.Dark else LIGHT
    return DARK if appearance == "dark" else LIGHT


@lru_cache(maxsize=1)
def family() -> str:
    """Return the system's face, or the best installed one where the system names none."""
    named = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont).family()
    if named not in ("", "Sans Serif", "sans-serif", "Sans"):
        return named
    installed = set(QFontDatabase.families())
    return next((face for face in _FACES if face in installed), named)


def font(size: int = BODY, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
    """Return the face at `size` px with tabular figures, so that digits align."""
    face = QFont(family())
    face.setPixelSize(size)
    face.setWeight(weight)
    face.setFeature(QFont.Tag("tnum"), 1)
    return face


def medium(size: int = BODY) -> QFont:
    return font(size, QFont.Weight.Medium)


def strong(size: int = BODY) -> QFont:
    return font(size, QFont.Weight.DemiBold)


@lru_cache(maxsize=128)
def _drawing(name: str) -> bytes:
    return resource(f"icons/{name}.svg").read_bytes()


@lru_cache(maxsize=512)
def pixmap(name: str, tint: str, size: int = 20, ratio: float = 2.0) -> QPixmap:
    """Draw the icon `name` in the colour `tint`, `size` px square, at `ratio` pixels a px."""
    drawing = _drawing(name).replace(b"currentColor", tint.encode())
    picture = QPixmap(QSize(round(size * ratio), round(size * ratio)))
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    edge = float(round(size * ratio))
    QSvgRenderer(QByteArray(drawing)).render(painter, QRectF(0, 0, edge, edge))
    painter.end()
    picture.setDevicePixelRatio(ratio)
    return picture


def icon(name: str, tint: str, size: int = 20) -> QIcon:
    """Return the icon `name` in one colour."""
    return QIcon(pixmap(name, tint, size))


KIND_ICONS: Final[Mapping[str, str]] = {
    "number": "kind-number",
    "category": "kind-category",
    "text": "kind-text",
    "datetime": "kind-datetime",
    "boolean": "kind-boolean",
    "identifier": "kind-identifier",
    "constant": "kind-constant",
}


def qt_palette(palette: Palette) -> QPalette:
    """Return the roles as Qt knows them, for what a style sheet does not reach."""
    more = tints(palette)
    roles = {
        QPalette.ColorRole.Window: palette.background,
        QPalette.ColorRole.WindowText: palette.text,
        QPalette.ColorRole.Base: palette.background,
        QPalette.ColorRole.AlternateBase: palette.surface,
        QPalette.ColorRole.Text: palette.text,
        QPalette.ColorRole.Button: palette.surface,
        QPalette.ColorRole.ButtonText: palette.text,
        QPalette.ColorRole.PlaceholderText: palette.muted,
        QPalette.ColorRole.Highlight: more.chosen,
        QPalette.ColorRole.HighlightedText: palette.text,
        QPalette.ColorRole.ToolTipBase: palette.surface,
        QPalette.ColorRole.ToolTipText: palette.text,
        QPalette.ColorRole.Link: palette.accent,
        QPalette.ColorRole.Accent: palette.accent,
    }
    result = QPalette()
    for role, value in roles.items():
        result.setColor(role, QColor(value))
    faded = QColor(mix(palette.background, palette.muted, 0.6))
    for role in (QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText):
        result.setColor(QPalette.ColorGroup.Disabled, role, faded)
    return result


def style_sheet(palette: Palette) -> str:
    """Return the one style sheet of the application."""
    from pellucid.ui.styles import STYLE

    names = {name: getattr(palette, name) for name in palette.__slots__ if name != "classes"}
    names |= {name: getattr(tints(palette), name) for name in Tints.__slots__}
    names["arrow_file"] = resource("icons/arrow.svg").as_posix()
    tick = "dark" if is_dark(palette) else "light"
    names["tick_file"] = resource(f"icons/tick-{tick}.svg").as_posix()
    names["faded"] = mix(palette.background, palette.muted, 0.6)
    return re.sub(r"@(\w+)", lambda found: names[found[1]], STYLE)
