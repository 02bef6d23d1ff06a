"""The labeling guide: its versions, what changed between them, how it is shown and searched."""

from __future__ import annotations

import difflib
import re
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

from markdown_it import MarkdownIt
from markupsafe import Markup

from companion.store import Store, guidelines
from companion.store.guidelines import Guideline
from companion.store.labels import GUIDELINE

SHIPPED_FILE = Path(__file__).parent / "content" / "guide.md"

MOST_CHARACTERS = 60_000
"""A guide beyond this is a book that nobody reads while labeling."""

MOST_LINES = 1_000
"""Comparing versions takes time with the square of their lines: 0.2 s at a thousand that are all alike, 2.5 s at four thousand."""

AROUND = 1
"""Unchanged lines shown beside a change."""

_MARKDOWN = MarkdownIt("commonmark", {"html": False}).enable("table").disable(["image", "html_block", "html_inline"])
"""Raw HTML stays text and pictures stay out: a guide may be pasted from anywhere."""


class BadGuideError(ValueError):
    """A new version that cannot be kept; the message says why."""


@dataclass(frozen=True)
class Draft:
    """A new version as it was typed; `base` is the version that was edited, `reason` why."""

    base: str
    text: str
    reason: str


@dataclass(frozen=True)
class Line:
    """A line of a comparison: kept, new or gone; "…" stands for unchanged lines that are left out."""

    kind: Literal["same", "new", "gone", "gap"]
    text: str


@dataclass(frozen=True)
class Found:
    """A place in the guide that holds the words searched for, with the heading it stands under."""

    heading: str
    html: Markup


def history(connection: sqlite3.Connection) -> list[Guideline]:
    """All versions, newest first. The one that came with BuySignal is among them whether or not it is stored."""
    stored = guidelines.listed(connection)
    return stored if any(one.version == GUIDELINE for one in stored) else [*stored, shipped()]


def current(connection: sqlite3.Connection) -> Guideline:
    """The version to label by."""
    return history(connection)[0]


def find(connection: sqlite3.Connection, version: str) -> Guideline | None:
    """One version, or None."""
    stored = guidelines.find(connection, version)
    return stored or (shipped() if version == GUIDELINE else None)


@cache
def shipped() -> Guideline:
    """The version that came with BuySignal."""
    return Guideline(GUIDELINE, SHIPPED_FILE.read_text(encoding="utf-8"), "The guide that came with BuySignal.", "", 0)


def checked(known: Sequence[Guideline], draft: Draft, author: str, now: int) -> Guideline:
    """The next version of a guide.

    Args:
        known: all versions, newest first.
        draft: as it was typed.
        author: the annotator's id.
        now: ms UTC.

    Raises:
        BadGuideError: nothing changed, something is missing, or somebody else changed it meanwhile.
    """
    newest, reason = known[0], draft.reason.strip()
    text = "\n".join(line.rstrip() for line in draft.text.replace("\r\n", "\n").strip().split("\n")) + "\n"
    if draft.base != newest.version:
        raise BadGuideError(
            f"somebody made version {newest.version} while you edited version {draft.base}; copy your words and edit the new one"
        )
    if not text.strip():
        raise BadGuideError("a guide without a word cannot be kept")
    if len(text) > MOST_CHARACTERS:
        raise BadGuideError(f"the guide has {len(text):,} characters; {MOST_CHARACTERS:,} at most can be kept")
    lines = text.count("\n")
    if lines > MOST_LINES:
        raise BadGuideError(f"the guide has {lines:,} lines; {MOST_LINES:,} at most can be kept")
    if text == newest.text:
        raise BadGuideError("nothing was changed, so there is no new version")
    if not reason:
        raise BadGuideError("say in a few words why it changes: those who label by it will ask")
    numbers = [int(one.version) for one in known if one.version.isdecimal()]
    return Guideline(str(max(numbers, default=0) + 1), text, reason, author, now)


def keep(connection: sqlite3.Connection, guideline: Guideline) -> int:
    """Store a new version and let open tasks go by it; the first one is stored beside it, so that none is ever lost.

    The caller holds the transaction. Returns how many open tasks changed.
    """
    if guidelines.find(connection, GUIDELINE) is None:
        guidelines.add(connection, shipped())
    guidelines.add(connection, guideline)
    return guidelines.follow(connection, guideline.version)


def in_force(store: Store) -> Guideline:
    """The version to label by."""
    with store.reading() as connection:
        return current(connection)


def html(text: str) -> Markup:
    """A guide as HTML, without its title: the page has its own heading."""
    body = text.split("\n", 1)[1] if text.startswith("# ") and "\n" in text else text
    return Markup(_MARKDOWN.render(body))  # noqa: S704 - markdown-it escapes raw HTML (html: False)


def search(text: str, words: str) -> list[Found]:
    """Paragraphs, list entries and table rows that hold all the words, in any case."""
    wanted = words.casefold().split()
    if not wanted:
        return []
    found: list[Found] = []
    heading = ""
    for part in _parts(text):
        if part.startswith("#"):
            heading = part.lstrip("# ").strip()
        elif all(word in part.casefold() for word in wanted):
            found.append(Found(heading, Markup(_MARKDOWN.render(_row(part)))))  # noqa: S704 - as above
    return found


def differences(old: str, new: str) -> list[Line]:
    """What changed, line by line, with a little around it."""
    before, after = old.splitlines(), new.splitlines()
    lines: list[Line] = []
    for place, group in enumerate(difflib.SequenceMatcher(a=before, b=after, autojunk=False).get_grouped_opcodes(AROUND)):
        lines += [Line("gap", "…")] if place else []
        for tag, i1, i2, j1, j2 in group:
            if tag == "equal":
                lines += [Line("same", line) for line in before[i1:i2]]
                continue
            lines += [Line("gone", line) for line in before[i1:i2]]
            lines += [Line("new", line) for line in after[j1:j2]]
    return lines


def _parts(text: str) -> list[str]:
    """Headings, list entries, table rows and paragraphs, each by itself."""
    parts: list[str] = []
    for line in text.splitlines():
        fresh = not line.strip() or line.startswith(("#", "- ", "* ", "|")) or not parts or not parts[-1]
        if fresh or parts[-1].startswith(("#", "|")):
            parts.append(line.strip())
        else:
            parts[-1] += f" {line.strip()}"
    return [part for part in parts if part and not re.fullmatch(r"[|:\-\s]+", part)]


def _row(part: str) -> str:
    """A table row as a line of its cells."""
    return " · ".join(cell.strip() for cell in part.strip("|").split("|")) if part.startswith("|") else part.removeprefix("- ")
