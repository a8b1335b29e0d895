"""Text can be read on both grounds, and classes can be told from them."""

from __future__ import annotations

import dataclasses

import pytest

from pellucid.report.palette import DARK, LIGHT, Palette

AA_TEXT, AA_SHAPE = 4.5, 3.0
TEXT_ROLES = ("text", "muted", "accent", "raises", "lowers", "good", "warning", "bad")


def luminance(color: str) -> float:
    """Relative luminance after WCAG 2.2."""
    parts = [int(color[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(a: str, b: str) -> float:
    low, high = sorted((luminance(a), luminance(b)))
    return (high + 0.05) / (low + 0.05)


def mixed(ground: str, hue: str, share: float) -> str:
    pairs = [(int(ground[i : i + 2], 16), int(hue[i : i + 2], 16)) for i in (1, 3, 5)]
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("role", TEXT_ROLES)
def test_text_roles_reach_aa_on_both_grounds(palette: Palette, role: str) -> None:
    for ground in (palette.background, palette.surface):
        assert contrast(getattr(palette, role), ground) >= AA_TEXT


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
def test_the_first_four_classes_can_be_seen(palette: Palette) -> None:
    for color in palette.classes[:4]:
        assert contrast(color, palette.background) >= AA_SHAPE


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("hue", ["raises", "lowers", "accent"])
def test_figures_written_into_cells_reach_aa_at_the_strongest_hue(
    palette: Palette, hue: str
) -> None:
    from pellucid.report.vega.heatmap import WRITTEN_OPACITY

    cell = mixed(palette.background, getattr(palette, hue), WRITTEN_OPACITY)
    assert contrast(palette.text, cell) >= AA_TEXT


def test_every_color_of_one_palette_is_distinct_so_that_style_rules_can_exchange_it() -> None:
    roles = [getattr(LIGHT, f.name) for f in dataclasses.fields(LIGHT) if f.name != "classes"]
    colors = [*roles, *LIGHT.classes]
    assert len(set(colors)) == len(colors)
