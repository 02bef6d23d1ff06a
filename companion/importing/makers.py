"""Creators of videos whose number at TikTok is not known: a table gives a key of its own, or the handle alone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from companion.importing.pieces import Entry, Made
from companion.intake_rows import PLATFORM
from companion.store import Store, creators, forgotten, videos
from companion.store.creators import Creator
from companion.store.videos import Video


def made_by(video_id: str, key: str | None, handle: str | None, creator: Creator) -> Made | None:
    """Who made a video; one known by the handle alone goes by it, with "@" before it. None where neither is said."""
    ident = key or (f"@{handle.lower()}" if handle else None)
    return Made(video_id, replace(creator, id=ident, handle=handle)) if ident else None


def without_forgotten(entries: Iterable[Entry], left_out: forgotten.LeftOut) -> list[Entry]:
    """Entries without the videos of creators who asked to be left out."""
    return [
        entry
        for entry in entries
        if entry.maker is None or left_out.isdisjoint(forgotten.creator_marks(entry.maker.creator.id, entry.maker.creator.handle))
    ]


def save(store: Store, entries: Sequence[Entry]) -> None:
    """Note who made stored videos. An account's number that another door has brought stays, or is taken where the handle is known.

    Raises:
        StoreError, sqlite3.Error: nothing was written.
    """
    made = [(entry.maker, entry.at) for entry in entries if entry.maker]
    if not made:
        return
    with store.writing() as connection:
        numbers = creators.ids_of_handles(connection, PLATFORM, {maker.creator.handle for maker, _ in made if maker.creator.handle})
        known = videos.makers(connection, PLATFORM, {maker.video_id for maker, _ in made})
        for maker, at in made:
            ident = maker.creator.id
            if ident.startswith("@"):
                ident = numbers.get((maker.creator.handle or "").lower(), ident)
            if maker.video_id in known and (known[maker.video_id] or "@").startswith("@"):  # a video that is not there was left out
                creators.save(connection, [replace(maker.creator, id=ident)], at)
                videos.save(connection, [Video(PLATFORM, maker.video_id, creator_id=ident)], at)
            elif known.get(maker.video_id) == ident:
                creators.save(connection, [replace(maker.creator, id=ident)], at)
