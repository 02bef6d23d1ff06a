"""What the tests of the way in start from: pages that came, and what is stored of them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from companion.intake import Captured, Origin, Taken, take
from companion.store import Store, comments, runs, tasks, videos
from companion.store.runs import Run
from companion.store.tasks import Wanted
from companion.tiktok import Asked
from tests.companion.recorded import AT
from tests.companion.tiktok.shapes import TOP, VIDEO, items
from tests.companion.tiktok.shapes import comments as answer
from tests.companion.tiktok.shapes import listing as asked_list

SCRAPE = Origin("scrape", "run1")
LATER = AT + 3_600_000
OTHER = "7600000000000000012"


def came(store: Store, *rows: dict[str, Any], at: int = AT, origin: Origin = SCRAPE, cursor: int = 0, **more: Any) -> Taken:
    """A page of comments of VIDEO."""
    return take(store, [Captured(asked_list(cursor=cursor), 200, answer(*rows, **more), at)], origin)


def shown(store: Store, *found: dict[str, Any], at: int = AT, origin: Origin = SCRAPE) -> Taken:
    """A page of videos."""
    return take(store, [Captured(Asked("items", f"/api/recommend/item_list/?t={at}"), 200, items(*found), at)], origin)


def one(store: Store, cid: str = TOP) -> comments.Comment:
    with store.reading() as connection:
        found = comments.find(connection, "tiktok", cid)
    assert found
    return found


def film(store: Store, video_id: str = VIDEO) -> videos.Video:
    with store.reading() as connection:
        found = videos.find(connection, "tiktok", video_id)
    assert found
    return found


def a_task(store: Store, key: str = VIDEO, keep_days: int | None = None) -> Origin:
    """A run with one task for a video."""
    with store.writing() as connection:
        if runs.find(connection, "run1") is None:
            runs.start(connection, Run("run1", "video", (key,), AT, AT, keep_days=keep_days))
        tasks.add(connection, "run1", [Wanted("video", key)])
        number = next(task.id for task in tasks.of_run(connection, "run1") if task.key == key)
    return Origin("scrape", "run1", number, keep_days)


def task_of(store: Store, origin: Origin) -> tasks.Task:
    with store.reading() as connection:
        found = tasks.find(connection, origin.task_id or 0)
    assert found
    return found


TABLES = ("creator", "video", "comment", "video_hashtag", "video_product", "comment_metric", "video_metric")


def everything(store: Store, tables: Iterable[str] = TABLES) -> dict[str, list[tuple[Any, ...]]]:
    with store.reading() as connection:
        return {table: [tuple(row) for row in connection.execute(f"SELECT * FROM {table} ORDER BY 1, 2")] for table in tables}
