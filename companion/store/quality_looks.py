"""What the last comparison of all videos said of each: its subject, how probably people find it good, and the answers of detectors."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from companion.store import rows

Answer = Literal["yes", "no", "not enough data"]

_VIDEO = "FOREIGN KEY (platform, video_id) REFERENCES video (platform, id) ON DELETE CASCADE"

STATEMENTS: tuple[str, ...] = (
    f"""CREATE TABLE video_verdict (
        platform TEXT NOT NULL, video_id TEXT NOT NULL, name TEXT NOT NULL,
        answer TEXT NOT NULL CHECK (answer IN ('yes', 'no', 'not enough data')), reason TEXT NOT NULL,
        PRIMARY KEY (platform, video_id, name), {_VIDEO}
    ) STRICT, WITHOUT ROWID""",
    "INSERT INTO video_verdict SELECT platform, video_id, name, 'yes', reason FROM video_finding",
    "DROP TABLE video_finding",
    # `subject` is "" where it is not sure; `high` the probability that people call the video good, NULL while nobody taught it
    f"""CREATE TABLE video_subject (
        platform TEXT NOT NULL, video_id TEXT NOT NULL, subject TEXT NOT NULL, why TEXT NOT NULL, high REAL CHECK (high BETWEEN 0 AND 1),
        PRIMARY KEY (platform, video_id), {_VIDEO}
    ) STRICT, WITHOUT ROWID""",
    "CREATE INDEX verdict_by_name ON video_verdict (name, answer)",
    "CREATE INDEX video_by_subject ON video_subject (subject)",
    # beside what quality_field holds: what is known of the class of good videos, elasticities of groups, and whether all creators
    # were scored since (`done`)
    """CREATE TABLE quality_groups (
        one INTEGER PRIMARY KEY CHECK (one = 1), at INTEGER NOT NULL, done INTEGER NOT NULL CHECK (done IN (0, 1)),
        class TEXT NOT NULL CHECK (json_type(class) = 'object'), elasticity TEXT NOT NULL CHECK (json_type(elasticity) = 'object')
    ) STRICT""",
)
"""Migration m0014."""


@dataclass(frozen=True)
class Verdict:
    """What a detector answered of a video, and the evidence in a sentence."""

    platform: str
    video_id: str
    name: str
    answer: Answer
    reason: str


@dataclass(frozen=True)
class Subject:
    """What a video is about ("" where not sure) and why; `high` as in `Groups.high_class`, None while nobody taught it."""

    platform: str
    video_id: str
    subject: str
    why: str
    high: float | None = None


@dataclass(frozen=True)
class Groups:
    """What the comparison of `at` (ms UTC) says of videos in groups, as plain JSON; `done` is False until all creators were scored.

    `high_class`: what the class of good videos was learned from. `elasticity`: by kind of group, then by its name.
    """

    at: int
    done: bool
    high_class: Mapping[str, Any]
    elasticity: Mapping[str, Mapping[str, Mapping[str, Any]]]


def put_verdicts(connection: sqlite3.Connection, found: Iterable[Verdict]) -> None:
    """Keep what detectors answered in place of what they answered before; of videos that went meanwhile nothing."""
    connection.execute("DELETE FROM video_verdict")
    names = rows.names(Verdict)
    sql = f"""INSERT OR IGNORE INTO video_verdict ({", ".join(names)}) SELECT {", ".join(f":{name}" for name in names)}
        WHERE EXISTS (SELECT 1 FROM video WHERE platform = :platform AND id = :video_id)"""
    connection.executemany(sql, (vars(one) for one in found))


def put_subjects(connection: sqlite3.Connection, found: Iterable[Subject]) -> None:
    """Keep the subjects in place of those before; of videos that went meanwhile nothing."""
    connection.execute("DELETE FROM video_subject")
    names = rows.names(Subject)
    sql = f"""INSERT INTO video_subject ({", ".join(names)}) SELECT {", ".join(f":{name}" for name in names)}
        WHERE EXISTS (SELECT 1 FROM video WHERE platform = :platform AND id = :video_id)"""
    connection.executemany(sql, (vars(one) for one in found))


def put_groups(connection: sqlite3.Connection, groups: Groups) -> None:
    """Keep this in place of what was known."""
    sql = "INSERT OR REPLACE INTO quality_groups (one, at, done, class, elasticity) VALUES (1, ?, ?, ?, ?)"
    connection.execute(sql, [groups.at, int(groups.done), json.dumps(groups.high_class), json.dumps(groups.elasticity)])


def finish(connection: sqlite3.Connection) -> None:
    """Note that every creator was scored since the last comparison."""
    connection.execute("UPDATE quality_groups SET done = 1")


def groups(connection: sqlite3.Connection) -> Groups | None:
    """What was said last; None before the first comparison."""
    row = connection.execute("SELECT at, done, class, elasticity FROM quality_groups").fetchone()
    return Groups(row["at"], bool(row["done"]), json.loads(row["class"]), json.loads(row["elasticity"])) if row else None


def verdicts(connection: sqlite3.Connection, platform: str, video_ids: Iterable[str]) -> dict[str, list[Verdict]]:
    """What was answered of these videos, by id."""
    sql = f"""SELECT {rows.columns(Verdict)} FROM video_verdict
        WHERE platform = ? AND video_id IN (SELECT value FROM json_each(?)) ORDER BY name"""
    found: dict[str, list[Verdict]] = {}
    for row in connection.execute(sql, [platform, rows.listed(video_ids)]):
        found.setdefault(row["video_id"], []).append(rows.build(Verdict, row))
    return found


def subjects(connection: sqlite3.Connection, platform: str, video_ids: Iterable[str]) -> dict[str, Subject]:
    """The subjects of these videos, by id."""
    sql = f"SELECT {rows.columns(Subject)} FROM video_subject WHERE platform = ? AND video_id IN (SELECT value FROM json_each(?))"
    return {row["video_id"]: rows.build(Subject, row) for row in connection.execute(sql, [platform, rows.listed(video_ids)])}


def counted(connection: sqlite3.Connection) -> dict[str, dict[Answer, int]]:
    """How many videos each detector answered how."""
    found: dict[str, dict[Answer, int]] = {}
    for name, answer, number in connection.execute("SELECT name, answer, count(*) FROM video_verdict GROUP BY name, answer"):
        found.setdefault(name, {})[answer] = number
    return found


def subject_counts(connection: sqlite3.Connection) -> dict[str, int]:
    """How many videos have each subject, branches apart; "" are those where it is not sure."""
    return dict(connection.execute("SELECT subject, count(*) FROM video_subject GROUP BY subject").fetchall())


def subjects_of_all(connection: sqlite3.Connection) -> dict[tuple[str, str], str]:
    """Every sure subject without its branch, by (platform, video id)."""
    found = connection.execute("SELECT platform, video_id, subject FROM video_subject WHERE subject <> ''")
    return {(row[0], row[1]): row[2].partition("/")[0] for row in found}


def subjects_of_creators(connection: sqlite3.Connection, places: Iterable[tuple[str, str]]) -> dict[tuple[str, str], str]:
    """The subject, without its branch, of most videos with a sure one of each of these creators, by (platform, creator id)."""
    sql = """SELECT v.platform, v.creator_id, s.subject, count(*) AS n FROM video v
        JOIN video_subject s ON s.platform = v.platform AND s.video_id = v.id
        WHERE s.subject <> '' AND (v.platform, v.creator_id) IN (SELECT value ->> 0, value ->> 1 FROM json_each(?))
        GROUP BY v.platform, v.creator_id, s.subject"""
    counts: dict[tuple[str, str], dict[str, int]] = {}
    for platform, creator, subject, n in connection.execute(sql, [json.dumps(list(places))]):
        mine, top = counts.setdefault((platform, creator), {}), subject.partition("/")[0]
        mine[top] = mine.get(top, 0) + n
    return {place: min(mine, key=lambda name: (-mine[name], name)) for place, mine in counts.items()}


def weekly(connection: sqlite3.Connection, since: int, step_ms: int, bar: float) -> dict[str, dict[int, tuple[int, int]]]:
    """Good videos and all, by subject without branch and step since `since` (ms UTC): those with `high` of `bar` or more are good.

    Only videos of which `high` and the day of posting are known; videos without a sure subject stand under "".
    """
    sql = """SELECT s.subject, (v.created_at - :since) / :step AS step, sum(s.high >= :bar), count(*)
        FROM video_subject s JOIN video v ON v.platform = s.platform AND v.id = s.video_id
        WHERE s.high IS NOT NULL AND v.created_at >= :since GROUP BY s.subject, step"""
    found: dict[str, dict[int, tuple[int, int]]] = {}
    for subject, step, high, total in connection.execute(sql, {"since": since, "step": step_ms, "bar": bar}):
        mine = found.setdefault(subject.partition("/")[0], {})
        before = mine.get(step, (0, 0))
        mine[step] = before[0] + high, before[1] + total
    return found
