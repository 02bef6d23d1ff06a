"""Which stored videos a list shows: of some kinds, a creator, a site, a subject, a country, or of which a detector answered something."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass

from companion.store.quality_looks import Answer
from companion.store.videos import Commerce

ANYTHING = "anything"
"""Any detector."""
NO_SUBJECT = "none"
"""Videos whose subject is not sure."""
NO_REGION = "none"
"""Videos of which nobody knows where they were posted."""


@dataclass(frozen=True)
class Wanted:
    """What is asked for; "" and None mean any.

    `creator` is (platform, id); `subject` holds its branches too; `detector` goes with `answer`; `region` is two letters or NO_REGION.
    """

    kinds: tuple[Commerce, ...] | None = None
    creator: tuple[str, str] | None = None
    site: str = ""
    subject: str = ""
    detector: str = ""
    answer: Answer = "yes"
    region: str = ""


def keys(connection: sqlite3.Connection, wanted: Wanted, limit: int) -> list[tuple[str, str]]:
    """The videos as (platform, id), most recently seen first."""
    where, values = _where(wanted)
    sql = f"SELECT v.platform, v.id FROM video v WHERE {where} ORDER BY v.last_seen DESC, v.platform, v.id LIMIT ?"
    return [(row[0], row[1]) for row in connection.execute(sql, [*values, limit])]


def count(connection: sqlite3.Connection, wanted: Wanted) -> int:
    """How many there are."""
    where, values = _where(wanted)
    return int(connection.execute(f"SELECT count(*) FROM video v WHERE {where}", values).fetchone()[0])


def sites(connection: sqlite3.Connection) -> list[str]:
    """The sites of which a video is stored."""
    return [str(row[0]) for row in connection.execute("SELECT DISTINCT platform FROM video ORDER BY platform")]


def _where(wanted: Wanted) -> tuple[str, list[str]]:
    where, values = ["1"], []
    if wanted.kinds is not None:
        where.append("v.commerce IN (SELECT value FROM json_each(?))")
        values.append(json.dumps(list(wanted.kinds)))
    if wanted.creator is not None:
        where.append("v.platform = ? AND v.creator_id = ?")
        values += wanted.creator
    if wanted.site:
        where.append("v.platform = ?")
        values.append(wanted.site)
    if wanted.region == NO_REGION:
        where.append("v.region IS NULL")
    elif wanted.region:
        where.append("v.region = ?")
        values.append(wanted.region)
    if wanted.subject:
        name = "" if wanted.subject == NO_SUBJECT else wanted.subject
        branches = " OR (s.subject > ? || '/' AND s.subject < ? || '0')" if name else ""  # "0" stands behind "/"
        where.append(f"(v.platform, v.id) IN (SELECT s.platform, s.video_id FROM video_subject s WHERE s.subject = ?{branches})")
        values += [name] * (3 if name else 1)
    if wanted.detector:
        named = "" if wanted.detector == ANYTHING else " AND d.name = ?"
        where.append(f"(v.platform, v.id) IN (SELECT d.platform, d.video_id FROM video_verdict d WHERE d.answer = ?{named})")
        values += [wanted.answer, *([wanted.detector] if named else [])]
    return " AND ".join(where), values
