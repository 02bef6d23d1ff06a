"""Colours: every pair that is read or seen together has the contrast that WCAG 2.2 AA asks for, in both themes."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

TOKENS = Path(__file__).parents[3] / "companion" / "dashboard" / "static" / "tokens.css"

GROUNDS = ("bg", "surface", "raised")

# (text, ground): at least 4.5
TEXT = [
    *((text, ground) for text in ("text", "muted", "accent", "error") for ground in (*GROUNDS, "hover")),
    ("on-accent", "accent"),
    ("on-accent-soft", "accent-soft"),
    ("on-high", "high"),
    ("on-mid", "mid"),
    ("on-low", "low"),
    ("on-off", "off"),
    ("on-error", "error"),
    ("on-notice", "notice"),
    ("on-plus", "plus-soft"),
    ("on-minus", "minus-soft"),
]

# (edge or shape, ground): at least 3
EDGES = [
    *((edge, ground) for edge in ("edge", "pill-edge", "focus", "accent", "chart-high", "chart-rest", "error") for ground in GROUNDS),
    ("on-notice", "notice"),
]


def themes() -> dict[str, dict[str, str]]:
    css = TOKENS.read_text(encoding="utf-8")
    light_block, dark_block = css.split(':root[data-theme="dark"]')
    light = dict(re.findall(r"--bs-([\w-]+):\s*(#[0-9a-f]{6});", light_block))
    dark = dict(re.findall(r"--bs-([\w-]+):\s*(#[0-9a-f]{6});", dark_block))
    return {"light": light, "dark": {**light, **dark}}


def luminance(colour: str) -> float:
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_contrast_follows_the_standard() -> None:
    assert round(contrast("#ffffff", "#000000"), 2) == 21.0
    assert round(contrast("#ffffff", "#777777"), 2) == 4.48


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(("text", "ground"), TEXT)
def test_text_is_readable(theme: str, text: str, ground: str) -> None:
    colours = themes()[theme]
    assert contrast(colours[text], colours[ground]) >= 4.5


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(("edge", "ground"), EDGES)
def test_edges_are_visible(theme: str, edge: str, ground: str) -> None:
    colours = themes()[theme]
    assert contrast(colours[edge], colours[ground]) >= 3


def test_every_colour_is_covered() -> None:
    purely_decorative = {"border"}
    used = {name for pair in (*TEXT, *EDGES) for name in pair}
    assert set(themes()["light"]) - used == purely_decorative


def test_sheets_take_colours_from_the_tokens_only() -> None:
    for sheet in TOKENS.parent.glob("*.css"):
        if sheet != TOKENS:
            assert not re.findall(r"#[0-9a-fA-F]{3,8}\b(?=[;\s,)])|\brgba?\(|\bhsl", sheet.read_text(encoding="utf-8")), sheet.name
