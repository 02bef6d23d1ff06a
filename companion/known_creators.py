"""Creators whose page told their handle alone: they go by "@" and the handle until their id is known."""

from __future__ import annotations

import sqlite3
from dataclasses import replace

from companion.store import creators, videos
from companion.tiktok.records import ReadCreator, ReadPage, ReadVideo

PLATFORM = "tiktok"


def settle(connection: sqlite3.Connection, page: ReadPage) -> ReadPage:
    """The page with true ids in place of handles where they are known; a video whose creator is known keeps that one."""
    makers = [*page.creators, *(video.creator for video in page.videos if video.creator)]
    alone = {maker.handle.lower() for maker in makers if maker.handle and _is_alone(maker)}
    if not alone:
        return page
    ids = creators.ids_of_handles(connection, PLATFORM, alone)
    return replace(
        page,
        creators=tuple(_true(maker, ids) for maker in page.creators),
        videos=tuple(_with_creator(connection, video, ids) for video in page.videos),
    )


def true_ids(makers: list[ReadCreator]) -> dict[str, str]:
    """Ids by handle (small letters) of creators whose ids are known."""
    return {maker.handle.lower(): maker.id for maker in makers if maker.handle and not _is_alone(maker)}


def _with_creator(connection: sqlite3.Connection, video: ReadVideo, ids: dict[str, str]) -> ReadVideo:
    if video.creator is None or not _is_alone(video.creator):
        return video
    creator = _true(video.creator, ids)
    known = videos.creator_of(connection, PLATFORM, video.id)
    if _is_alone(creator) and known and not known.startswith("@"):
        return replace(video, creator=None)
    return replace(video, creator=creator)


def _true(maker: ReadCreator, ids: dict[str, str]) -> ReadCreator:
    return replace(maker, id=ids.get((maker.handle or "").lower(), maker.id)) if _is_alone(maker) else maker


def _is_alone(maker: ReadCreator) -> bool:
    return maker.id.startswith("@")
