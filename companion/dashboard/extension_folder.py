"""Where the built extension lies."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

OUTPUT = Path(__file__).parents[2] / "extension" / ".output"


@dataclass(frozen=True)
class Folder:
    """A folder to load into a browser, and whether the build is there."""

    path: Path
    present: bool


def built(browser: str, output: Path = OUTPUT) -> Folder:
    """The build for "chrome" (Chrome, Edge) or "firefox", as an absolute path."""
    path = (output / f"{browser}-mv3").resolve()
    return Folder(path, (path / "manifest.json").is_file())
