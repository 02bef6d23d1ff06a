"""What is generated is up to date."""

import subprocess
import sys
from pathlib import Path

from companion.api.openapi import ROUTES, render

ROOT = Path(__file__).parents[3]


def test_the_command_line_reference_is_fresh():
    # in a process of its own: a command that another test called by itself remembers the help option of that call
    printed = subprocess.run([sys.executable, "-m", "scripts.cli_reference"], cwd=ROOT, capture_output=True, text=True, check=True)
    assert (ROOT / "docs" / "cli.md").read_text(encoding="utf-8") == printed.stdout, "run `make docs`"


def test_openapi_is_fresh():
    assert (ROOT / "extension" / "protocol" / "openapi.json").read_text(encoding="utf-8") == render(), "run `make types`"


def test_the_protocol_document_shows_every_route():
    text = (ROOT / "docs" / "protocol.md").read_text(encoding="utf-8")
    assert [route.path for route in ROUTES if route.path not in text] == []
