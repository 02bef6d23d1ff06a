"""The one navigation: an entry appears when its page exists, so there is no dead link."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Flask

_KEY = "buysignal-navigation"

ORDER = ("start", "comments", "videos", "creators", "shop", "hashtags", "labeling", "scrapes", "models", "settings")
"""Reading order of every entry the plan knows; an icon of the same name stands in parts/icons.html."""


@dataclass(frozen=True)
class Entry:
    """One link: its id (see ORDER), the words on screen and the endpoint it leads to."""

    id: str
    label: str
    endpoint: str


OWN = (
    Entry("start", "Start", "dashboard.start"),
    Entry("comments", "Comments", "dashboard.comments"),
    Entry("videos", "Videos", "dashboard.videos_page"),
    Entry("creators", "Creators", "dashboard.creators_page"),
    Entry("shop", "Shop", "dashboard.shop_page"),
    Entry("hashtags", "Hashtags", "dashboard.hashtags_page"),
    Entry("models", "Models", "dashboard.models_page"),
    Entry("settings", "Settings", "dashboard.settings_page"),
)


def add(app: Flask, entry: Entry) -> None:
    """Show an entry; called by the room that owns the page.

    Raises:
        ValueError: the id is not in ORDER, or was added before.
    """
    known: dict[str, Entry] = app.extensions.setdefault(_KEY, {})
    if entry.id not in ORDER:
        raise ValueError(f"navigation entry {entry.id!r} has no place; add it to navigation.ORDER and draw its icon")
    if entry.id in known:
        raise ValueError(f"navigation entry {entry.id!r} is there already, leading to {known[entry.id].endpoint}")
    known[entry.id] = entry


def entries(app: Flask) -> list[Entry]:
    """The entries to show, in reading order."""
    known: dict[str, Entry] = app.extensions.get(_KEY, {})
    return sorted(known.values(), key=lambda entry: ORDER.index(entry.id))
