"""What is generated is up to date."""

from pathlib import Path

from companion.api.openapi import ROUTES, render
from scripts.cli_reference import render as cli_reference

ROOT = Path(__file__).parents[3]


def test_the_command_line_reference_is_fresh():
    assert (ROOT / "docs" / "cli.md").read_text(encoding="utf-8") == cli_reference(), "run `make docs`"


def test_openapi_is_fresh():
    assert (ROOT / "extension" / "protocol" / "openapi.json").read_text(encoding="utf-8") == render(), "run `make types`"


def test_the_protocol_document_shows_every_route():
    text = (ROOT / "docs" / "protocol.md").read_text(encoding="utf-8")
    assert [route.path for route in ROUTES if route.path not in text] == []
