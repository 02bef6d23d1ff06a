"""Deleting everything a user has gathered, for good."""

from __future__ import annotations

import shutil
import sqlite3
from collections import defaultdict
from contextlib import closing

from companion.store import label_items, labels, shelf
from companion.store.backup import listed
from companion.store.connection import Store, transaction

_TABLES = (
    "returned_answer",
    "adjudication",
    "assignment",
    "label_item",
    "label_task",
    "working_time",
    "annotator_session",
    "annotator",
    "guideline",
    "schedule",
    "raw_page",
    "task",
    "run",
    "forgotten",
    "comment_also",
    "saved_search",
    "reply_template",
    "creator_group",
    "report_quote",
    "report_topic",
    "report_creator",
    "report",
    "shortlist",
    "creator_score",
    "video_standing",
    "video_verdict",
    "video_subject",
    "video_expected",
    "video_studio",
    "quality_pools",
    "quality_field",
    "quality_groups",
    "inbox_mark",
    "comment",
    "video_metric",
    "video",
    "creator",
    "prediction",
    "shelf_video",
    "shelf_model",
    "client",
    "door_key",
    "setting",
    "model_event",
    "shop_event",
    "shop_leaning",
    "shop_price",
    "shop_product",
    "shop_import",
    "hashtag_plan",
    "phrase_vector",
    "category",
    "taxonomy",
)
"""In the order that foreign keys ask for; `label_event` goes through `labels.forget`, `annotation_event` through `label_items.clear`."""


def scour(connection: sqlite3.Connection) -> None:
    """Rebuild search indexes and the file, so that nothing deleted can be read from what is left. Outside a transaction."""
    for row in connection.execute(
        "SELECT name, sql FROM sqlite_master WHERE type = 'table' AND sql LIKE 'CREATE VIRTUAL TABLE%'"
    ).fetchall():
        if "using fts5 " in row["sql"].lower():  # not its vocabulary, which holds nothing itself
            connection.execute(f"INSERT INTO {row['name']} ({row['name']}) VALUES ('rebuild')")
    connection.execute("VACUUM")


def everything(store: Store) -> None:
    """Delete every row, every pairing, backups, databases set aside by a restore, and all that was trained on the user's labels.

    Logs and the browser profile of collecting runs go too, and with it the login. Deleted rows are overwritten and the
    file is rebuilt, so that nothing can be read from what is left. The workspace key stays: without data it unmasks
    nobody, and open dashboard sessions hang on it.
    """
    with closing(store.connect("labels")) as connection:
        connection.execute("PRAGMA secure_delete = ON")
        with transaction(connection):
            found: defaultdict[str, list[str]] = defaultdict(list)
            for row in connection.execute("SELECT DISTINCT platform, comment_id FROM label_event"):
                found[row["platform"]].append(row["comment_id"])
            for platform, ids in found.items():
                labels.forget(connection, platform, ids)
            label_items.clear(connection)
            shelf.clear(connection)
            for table in _TABLES:
                connection.execute(f"DELETE FROM {table}")
        scour(connection)
    store.checkpoint()
    for path in (*listed(store.workspace.backups), *store.workspace.root.glob(f"{store.workspace.database.name}.before-*")):
        path.unlink(missing_ok=True)
    workspace = store.workspace
    for folder in (workspace.trainings, workspace.datasets, workspace.models, workspace.logs, workspace.browser_profile, workspace.shop):
        shutil.rmtree(folder, ignore_errors=True)
