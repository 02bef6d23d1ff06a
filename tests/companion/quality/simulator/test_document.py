"""The document on the simulator says what the simulator holds."""

import re
from pathlib import Path

from companion.quality.simulator import rules

ROOT = Path(__file__).parents[4]


def test_the_document_gives_every_constant_with_its_value():
    document = (ROOT / "docs" / "simulator.md").read_text(encoding="utf-8")
    written = dict(re.findall(r"^\| `([A-Z_]+)` \| (.+?) \|", document, re.M))
    constants = {name: written_as(value) for name, value in vars(rules).items() if name.isupper() and name not in ("NOTICE", "SIGNALS")}
    assert written == constants


def written_as(value):
    """As the document writes a constant."""
    if isinstance(value, rules.Range):
        return f"{value.low:,g} to {value.high:,g}, drawn by each world"
    if isinstance(value, dict):
        return ", ".join(f"{key} {written_as(item)}" for key, item in value.items())
    if isinstance(value, tuple):
        return "; ".join(written_as(item) for item in value)
    if isinstance(value, str):
        return value
    return f"{value:,}" if isinstance(value, int) else f"{value:,.0f}" if value >= 1_000 else f"{value:.4g}"
