"""Items that are put to people once more, blind: in a task of their own, so that nobody sees what was said before."""

from __future__ import annotations

import json
import sqlite3

from companion.store import rows
from companion.store.label_items import Item

SAMPLER = "again"
"""Stands in the items' column `sampler`: they were chosen by hand, so no rate may be read from them."""


def waiting(connection: sqlite3.Connection) -> set[tuple[str, str]]:
    """(platform, comment id) of items asked again that nobody has answered yet."""
    sql = """SELECT i.platform, i.target_id FROM label_item i JOIN label_task t ON t.id = i.task_id
        WHERE i.sampler = ? AND t.closed_at IS NULL
          AND NOT EXISTS (SELECT 1 FROM assignment a WHERE a.item_id = i.id AND a.state IN ('done', 'skipped'))"""
    return {(str(row[0]), str(row[1])) for row in connection.execute(sql, [SAMPLER])}


def worded(connection: sqlite3.Connection, words: str, limit: int) -> list[Item]:
    """Answered comments whose text holds these words, each comment once, newest first."""
    pattern = words.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    sql = rf"""SELECT {rows.columns(Item)} FROM label_item WHERE id IN (
        SELECT max(i.id) FROM label_item i JOIN label_task t ON t.id = i.task_id
        WHERE t.practice = 0 AND t.kind = 'comment' AND i.text LIKE ? ESCAPE '\'
          AND EXISTS (SELECT 1 FROM assignment a WHERE a.item_id = i.id AND a.state = 'done')
        GROUP BY i.platform, i.target_id) ORDER BY id DESC LIMIT ?"""
    found = connection.execute(sql, [f"%{pattern}%", limit])
    gold = {"gold": None}  # a known answer is no longer one once the guide changed
    return [rows.build(Item, row, context=json.loads(row["context"]), **gold, **rows.flags(row, ["by_creator", "repeat"])) for row in found]
