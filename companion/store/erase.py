"""Deleting everything a user has gathered, for good."""

from __future__ import annotations

import shutil
from collections import defaultdict
from contextlib import closing

from companion.store import labels
from companion.store.backup import listed
from companion.store.connection import Store, transaction

_TABLES = ("comment", "video_metric", "video", "creator", "prediction", "client", "door_key", "setting", "model_event")
"""In the order that foreign keys ask for; `label_event` goes through `labels.forget`."""


def everything(store: Store) -> None:
    """Delete every row, every pairing, backups, databases set aside by a restore, and all that was trained on the user's labels.

    Deleted rows are overwritten and the file is rebuilt, so that nothing can be read from what is left. The
    workspace key stays: without data it unmasks nobody, and open dashboard sessions hang on it.
    """
    with closing(store.connect("labels")) as connection:
        connection.execute("PRAGMA secure_delete = ON")
        with transaction(connection):
            found: defaultdict[str, list[str]] = defaultdict(list)
            for row in connection.execute("SELECT DISTINCT platform, comment_id FROM label_event"):
                found[row["platform"]].append(row["comment_id"])
            for platform, ids in found.items():
                labels.forget(connection, platform, ids)
            for table in _TABLES:
                connection.execute(f"DELETE FROM {table}")
        connection.execute("VACUUM")
    store.checkpoint()
    for path in (*listed(store.workspace.backups), *store.workspace.root.glob(f"{store.workspace.database.name}.before-*")):
        path.unlink(missing_ok=True)
    for folder in (store.workspace.trainings, store.workspace.datasets, store.workspace.models):
        shutil.rmtree(folder, ignore_errors=True)
