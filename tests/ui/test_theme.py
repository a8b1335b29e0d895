"""One visual system: every colour readable, every icon there, both looks complete."""

from __future__ import annotations

import re

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont
from PySide6.QtWidgets import QApplication

from pellucid.core.paths import resource
from pellucid.data.types import KINDS
from pellucid.report.palette import DARK, LIGHT, Palette
from pellucid.ui import theme
from pellucid.ui.steps import STEPS

TEXT_ROLES = ("text", "muted", "accent", "raises", "lowers", "good", "warning", "bad")


def luminance(color: str) -> float:
    """Return the relative luminance of WCAG 2.1."""
    parts = (QColor(color).redF(), QColor(color).greenF(), QColor(color).blueF())
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(a: str, b: str) -> float:
    high, low = sorted((luminance(a), luminance(b)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("role", TEXT_ROLES)
def test_words_are_readable_on_both_grounds(palette: Palette, role: str) -> None:
    for ground in (palette.background, palette.surface):
        assert contrast(getattr(palette, role), ground) >= 4.5


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
def test_what_is_chosen_marked_or_pressed_stays_readable(palette: Palette) -> None:
    more = theme.tints(palette)
    for ground in (more.chosen, more.misfit, more.hover, more.pressed, more.bad_ground):
        assert contrast(palette.text, ground) >= 4.5
    assert contrast(more.on_accent, palette.accent) >= 4.5
    assert contrast(more.on_accent, more.accent_hover) >= 4.5


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
def test_controls_and_focus_stand_out_from_their_ground(palette: Palette) -> None:
    for ground in (palette.background, palette.surface):
        assert contrast(theme.tints(palette).control, ground) >= 3.0
        assert contrast(palette.accent, ground) >= 3.0


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
def test_the_style_sheet_leaves_no_role_open(palette: Palette) -> None:
    sheet = theme.style_sheet(palette)
    assert "@" not in sheet
    assert palette.accent in sheet


@pytest.mark.usefixtures("app")
def test_every_icon_is_there_and_is_drawn() -> None:
    names = [*theme.KIND_ICONS.values(), *(step.key for step in STEPS), "sun", "moon", "close"]
    for name in names:
        picture = theme.pixmap(name, LIGHT.text, 20).toImage()
        drawn = [
            picture.pixelColor(x, y).alpha()
            for x in range(picture.width())
            for y in range(picture.height())
        ]
        assert max(drawn) > 200, name


def test_icons_take_their_colour_from_the_theme() -> None:
    for path in resource("icons").glob("*.svg"):
        if not path.name.startswith(("arrow", "tick")):  # drawn by the style sheet, as they are
            assert not re.search(r"#[0-9a-fA-F]{3,6}", path.read_text()), path.name


def test_each_kind_has_an_icon() -> None:
    assert set(theme.KIND_ICONS) == set(KINDS)


@pytest.mark.usefixtures("app")
def test_figures_are_tabular() -> None:
    assert theme.font().featureTags() == [QFont.Tag("tnum")]


def test_the_look_follows_the_desktop_unless_it_is_set(app: QApplication) -> None:
    assert theme.resolve("light") is LIGHT
    assert theme.resolve("dark") is DARK
    hints = app.styleHints()
    assert theme.resolve("system") is (
        DARK if hints.colorScheme() == Qt.ColorScheme.Dark else LIGHT
    )
