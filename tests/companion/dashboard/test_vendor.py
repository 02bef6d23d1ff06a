"""Browser libraries come from the pinned packages or not at all."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from scripts.vendor import FILES, VendorError, vendor


def scene(tmp_path: Path, version: str = "1.0.0") -> tuple[Path, Path, Path]:
    modules, manifest = tmp_path / "node_modules", tmp_path / "package.json"
    manifest.write_text(json.dumps({"dependencies": dict.fromkeys(FILES, "1.0.0")}))
    for package, files in FILES.items():
        for name in ("package.json", "LICENSE", *files):
            path = modules / package / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(json.dumps({"version": version}))
    return modules, tmp_path / "static" / "vendor", manifest


def test_files_and_licences_are_copied(tmp_path: Path) -> None:
    modules, target, manifest = scene(tmp_path)
    vendor(modules, target, manifest)
    assert {path.name for path in target.iterdir()} == {
        "htmx.min.js", "htmx.org.LICENSE", "uPlot.iife.min.js", "uPlot.min.css", "uplot.LICENSE",
    }  # fmt: skip


def test_another_version_is_refused(tmp_path: Path) -> None:
    modules, target, manifest = scene(tmp_path, version="2.0.0")
    with pytest.raises(VendorError, match=r"htmx.org is version 2.0.0, .* pins 1.0.0"):
        vendor(modules, target, manifest)


def test_a_missing_package_says_what_to_run(tmp_path: Path) -> None:
    modules, target, manifest = scene(tmp_path)
    (modules / "uplot" / "package.json").unlink()
    with pytest.raises(VendorError, match="npm ci"):
        vendor(modules, target, manifest)
