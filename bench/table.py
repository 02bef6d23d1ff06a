"""What a benchmark says, and the table that shows it."""

from __future__ import annotations

import platform
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.table import Table


@dataclass(frozen=True)
class Row:
    """One measured line: what, the figure with its unit, the target, and whether it was met."""

    what: str
    figure: str
    target: str
    met: bool


def show(rows: Sequence[Row]) -> None:
    """Print the table with the machine it was measured on."""
    table = Table("measured", "figure", "target", "met", title=f"BuySignal on {_machine()}", title_justify="left")
    for row in rows:
        table.add_row(row.what, row.figure, row.target, "yes" if row.met else "NO")
    Console(width=140).print(table)


def _machine() -> str:
    info = Path("/proc/cpuinfo")
    names = (
        [line.split(":", 1)[1].strip() for line in info.read_text().splitlines() if line.startswith("model name")] if info.exists() else []
    )
    return f"{names[0] if names else platform.processor()}, {len(names) or 1} cores, Python {platform.python_version()}"
