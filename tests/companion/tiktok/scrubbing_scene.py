"""A body scrubbed, and a look for people in what is left of it."""

from __future__ import annotations

from typing import Any

from companion.tiktok import scrub
from tests.companion.tiktok.shapes import asked, pseudonym, written

MIA = {"uid": pseudonym("7100000000000000044"), "unique_id": pseudonym("mia.tests")}
NAMES = ["7100000000000000044", "mia.tests", "Mia Example", "MS4wLjABAAAAmia.tests"]


def scrubbed(body: object, kind: str = "comments") -> Any:
    return scrub(asked(kind), body, pseudonym)


def assert_nobody(found: object, *names: str) -> None:
    text = written(found).lower()
    assert [name for name in names if name.lower() in text] == []
