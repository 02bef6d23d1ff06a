"""Copy the dashboard's browser libraries from the installed npm packages into its static folder.

    python scripts/vendor.py

Run by `make run` and `make test` after `npm ci` in extension/. The versions are those pinned in
extension/package.json; a package of another version is refused, so that what is served is what was reviewed.
"""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
MODULES = ROOT / "extension" / "node_modules"
TARGET = ROOT / "companion" / "dashboard" / "static" / "vendor"

FILES = {
    "htmx.org": ("dist/htmx.min.js",),
    "uplot": ("dist/uPlot.iife.min.js", "dist/uPlot.min.css"),
}


class VendorError(RuntimeError):
    """A package is missing or of another version; the message says what to run."""


def vendor(modules: Path = MODULES, target: Path = TARGET, manifest: Path = ROOT / "extension" / "package.json") -> list[Path]:
    """Copy every file, with each package's licence; returns what was written.

    Raises:
        VendorError: a package is missing or is not the pinned version.
    """
    pinned = json.loads(manifest.read_text(encoding="utf-8"))["dependencies"]
    target.mkdir(parents=True, exist_ok=True)
    written = []
    for package, files in FILES.items():
        folder = modules / package
        _check_version(package, folder, pinned[package])
        written += [Path(shutil.copyfile(folder / name, target / Path(name).name)) for name in files]
        written.append(Path(shutil.copyfile(folder / "LICENSE", target / f"{package}.LICENSE")))
    return written


def _check_version(package: str, folder: Path, wanted: str) -> None:
    try:
        found = json.loads((folder / "package.json").read_text(encoding="utf-8"))["version"]
    except OSError as error:
        raise VendorError(f"npm package {package} is not in {folder}; run `npm ci` in extension/") from error
    if found != wanted:
        raise VendorError(f"npm package {package} is version {found}, extension/package.json pins {wanted}; run `npm ci` in extension/")


if __name__ == "__main__":
    try:
        vendor()
    except VendorError as error:
        sys.exit(str(error))
