"""Named lists of hashtags."""

from __future__ import annotations

import tomllib
from pathlib import Path

_FILE = Path(__file__).parent / "presets.toml"


def presets() -> dict[str, tuple[str, ...]]:
    """Hashtags by the preset's name."""
    found = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    return {name: tuple(preset["tags"]) for name, preset in found.items()}
