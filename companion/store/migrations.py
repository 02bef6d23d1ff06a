"""Every schema change, oldest first. A published migration is never edited: add the next one.

Times are INTEGER milliseconds UTC, ids TEXT (TikTok's exceed 2^53), booleans INTEGER 0/1.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from companion.store import (
    also,
    collected,
    creator_tables,
    first_comments,
    hashtag_tables,
    labeling,
    quality_looks,
    quality_tables,
    scheduled,
    shelving,
    shop_tables,
    video_regions,
)

if TYPE_CHECKING:
    from sqlite_utils import Database, Migrations

SET = "buysignal"

_CREATORS = """
CREATE TABLE creator (
    platform TEXT NOT NULL, id TEXT NOT NULL, handle TEXT NOT NULL DEFAULT '', name TEXT NOT NULL DEFAULT '',
    verified INTEGER CHECK (verified IN (0, 1)), followers INTEGER, following INTEGER, likes INTEGER, videos INTEGER,
    first_seen INTEGER NOT NULL, last_seen INTEGER NOT NULL,
    PRIMARY KEY (platform, id)
) STRICT, WITHOUT ROWID
"""

_VIDEOS = """
CREATE TABLE video (
    platform TEXT NOT NULL, id TEXT NOT NULL, creator_id TEXT, caption TEXT NOT NULL DEFAULT '',
    hashtags TEXT NOT NULL DEFAULT '[]' CHECK (json_type(hashtags) = 'array'), product TEXT NOT NULL DEFAULT '',
    duration_ms INTEGER, lang TEXT NOT NULL DEFAULT '', created_at INTEGER,
    first_seen INTEGER NOT NULL, last_seen INTEGER NOT NULL,
    PRIMARY KEY (platform, id),
    FOREIGN KEY (platform, creator_id) REFERENCES creator (platform, id)
) STRICT, WITHOUT ROWID
"""

_METRICS = """
CREATE TABLE video_metric (
    platform TEXT NOT NULL, video_id TEXT NOT NULL, at INTEGER NOT NULL,
    plays INTEGER, likes INTEGER, comments INTEGER, shares INTEGER, saves INTEGER,
    PRIMARY KEY (platform, video_id, at),
    FOREIGN KEY (platform, video_id) REFERENCES video (platform, id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID
"""

_COMMENTS = """
CREATE TABLE comment (
    platform TEXT NOT NULL, id TEXT NOT NULL, video_id TEXT NOT NULL,
    author TEXT NOT NULL DEFAULT '', author_alias TEXT NOT NULL DEFAULT '',
    parent_id TEXT, level INTEGER NOT NULL DEFAULT 1 CHECK (level IN (1, 2)),
    is_creator_reply INTEGER NOT NULL DEFAULT 0 CHECK (is_creator_reply IN (0, 1)),
    text TEXT NOT NULL, lang TEXT NOT NULL DEFAULT '', likes INTEGER, replies INTEGER, created_at INTEGER,
    first_seen INTEGER NOT NULL, last_seen INTEGER NOT NULL, missing_since INTEGER,
    PRIMARY KEY (platform, id),
    FOREIGN KEY (platform, video_id) REFERENCES video (platform, id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID
"""

_LABELS = """
CREATE TABLE label_event (
    uuid TEXT PRIMARY KEY, action TEXT NOT NULL CHECK (action IN ('set', 'undo')), undoes TEXT,
    source TEXT NOT NULL CHECK (source IN ('badge', 'annotator', 'import', 'adjudication')),
    platform TEXT NOT NULL, comment_id TEXT NOT NULL, video_id TEXT NOT NULL DEFAULT '',
    text TEXT NOT NULL, context TEXT NOT NULL CHECK (json_valid(context)), text_hash TEXT NOT NULL,
    grade INTEGER CHECK (grade BETWEEN 1 AND 10),
    signal TEXT CHECK (signal IN ('none', 'praise', 'question', 'price', 'availability', 'want', 'bought', 'objection')),
    sentiment TEXT CHECK (sentiment IN ('negative', 'neutral', 'positive')),
    guideline_version TEXT NOT NULL, model TEXT, suggested_grade REAL, suggested_p_high REAL,
    suggestion_shown INTEGER NOT NULL DEFAULT 0 CHECK (suggestion_shown IN (0, 1)),
    client_id TEXT NOT NULL DEFAULT '', created_at INTEGER NOT NULL,
    CHECK ((action = 'undo') = (undoes IS NOT NULL)),
    CHECK (action = 'undo' OR grade IS NOT NULL OR signal IS NOT NULL OR sentiment IS NOT NULL)
) STRICT
"""

# Rows are only ever added. The one way to delete is `labels.forget`, which opens this pass for its own transaction.
_FORGETTING = "CREATE TABLE forget_pass (one INTEGER PRIMARY KEY CHECK (one = 1), opened_at INTEGER NOT NULL) STRICT"

_APPEND_ONLY = (
    """CREATE TRIGGER label_event_no_update BEFORE UPDATE ON label_event
       BEGIN SELECT RAISE(ABORT, 'label_event is append-only: store an undo event instead'); END""",
    """CREATE TRIGGER label_event_no_delete BEFORE DELETE ON label_event WHEN NOT EXISTS (SELECT 1 FROM forget_pass)
       BEGIN SELECT RAISE(ABORT, 'label_event is append-only: only labels.forget deletes'); END""",
    # INSERT OR REPLACE deletes without firing the trigger above
    """CREATE TRIGGER label_event_no_replace BEFORE INSERT ON label_event WHEN EXISTS (SELECT 1 FROM label_event WHERE uuid = NEW.uuid)
       BEGIN SELECT RAISE(ABORT, 'label_event is append-only: this uuid is stored already'); END""",
)

_LABEL_VIEWS = (
    """CREATE VIEW label_standing AS SELECT e.rowid AS seq, e.* FROM label_event e
       WHERE e.action = 'set' AND NOT EXISTS (SELECT 1 FROM label_event u WHERE u.action = 'undo' AND u.undoes = e.uuid)""",
    """CREATE VIEW label_current AS SELECT * FROM label_standing s WHERE NOT EXISTS (
         SELECT 1 FROM label_standing n WHERE n.platform = s.platform AND n.comment_id = s.comment_id AND n.seq > s.seq)""",
)

_PREDICTIONS = """
CREATE TABLE prediction (
    normaliser TEXT NOT NULL, text_hash TEXT NOT NULL, context_hash TEXT NOT NULL, model TEXT NOT NULL,
    grade REAL NOT NULL CHECK (grade BETWEEN 1 AND 10), p_high REAL NOT NULL CHECK (p_high BETWEEN 0 AND 1),
    signal TEXT NOT NULL, sentiment TEXT NOT NULL, interval_low REAL NOT NULL, interval_high REAL NOT NULL,
    unsure INTEGER NOT NULL CHECK (unsure IN (0, 1)), lang TEXT NOT NULL, created_at INTEGER NOT NULL,
    PRIMARY KEY (normaliser, text_hash, context_hash, model)
) STRICT, WITHOUT ROWID
"""

_CLIENTS = """
CREATE TABLE client (
    id TEXT PRIMARY KEY, name TEXT NOT NULL, origin TEXT NOT NULL, token_sha256 TEXT NOT NULL UNIQUE, proof_key TEXT NOT NULL,
    scopes TEXT NOT NULL CHECK (json_type(scopes) = 'array'), created_at INTEGER NOT NULL, last_seen INTEGER, revoked_at INTEGER
) STRICT
"""

_DOOR_KEYS = """
CREATE TABLE door_key (sha256 TEXT PRIMARY KEY, created_at INTEGER NOT NULL, expires_at INTEGER NOT NULL, used_at INTEGER) STRICT
"""

_SETTINGS = """
CREATE TABLE setting (key TEXT PRIMARY KEY, value TEXT NOT NULL CHECK (json_valid(value)), updated_at INTEGER NOT NULL) STRICT
"""

_INDEXES = (
    "CREATE INDEX video_by_creator ON video (platform, creator_id, created_at)",
    "CREATE INDEX comment_by_video ON comment (platform, video_id, created_at)",
    "CREATE INDEX comment_by_author ON comment (author) WHERE author <> ''",
    "CREATE INDEX comment_by_alias ON comment (author_alias) WHERE author_alias <> ''",
    "CREATE INDEX label_by_comment ON label_event (platform, comment_id)",
    "CREATE INDEX label_by_text ON label_event (text_hash)",
    "CREATE INDEX label_undo ON label_event (undoes) WHERE undoes IS NOT NULL",
)


def _m0001_first(db: Database) -> None:
    tables = (_CREATORS, _VIDEOS, _METRICS, _COMMENTS, _LABELS, _FORGETTING, _PREDICTIONS, _CLIENTS, _DOOR_KEYS, _SETTINGS)
    for statement in (*tables, *_INDEXES, *_APPEND_ONLY, *_LABEL_VIEWS):
        db.execute(statement)


_MODEL_EVENTS = """
CREATE TABLE model_event (
    seq INTEGER PRIMARY KEY, at INTEGER NOT NULL, action TEXT NOT NULL CHECK (action IN ('use', 'promote', 'rollback')),
    model TEXT NOT NULL, reason TEXT NOT NULL DEFAULT ''
) STRICT
"""


def _m0002_models(db: Database) -> None:
    db.execute(_MODEL_EVENTS)


# A comment carries the keys of its predictions (NULL: not made yet), so that what a model has not read is found by SQL alone.
_KEYS = (
    "ALTER TABLE comment ADD COLUMN normaliser TEXT",
    "ALTER TABLE comment ADD COLUMN text_hash TEXT",
    "ALTER TABLE comment ADD COLUMN context_hash TEXT",
    "CREATE INDEX comment_unkeyed ON comment (platform, id) WHERE text_hash IS NULL",
    "CREATE INDEX comment_by_parent ON comment (platform, parent_id) WHERE parent_id IS NOT NULL",
)

# The text, its parent's text and the video's words make the keys: whichever changes takes them away.
_UNKEY = "UPDATE comment SET normaliser = NULL, text_hash = NULL, context_hash = NULL WHERE platform ="
_KEY_TRIGGERS = (
    f"""CREATE TRIGGER comment_reworded AFTER UPDATE OF text, parent_id, video_id ON comment
       WHEN NEW.text <> OLD.text OR NEW.parent_id IS NOT OLD.parent_id OR NEW.video_id <> OLD.video_id
       BEGIN {_UNKEY} NEW.platform AND id = NEW.id;
             {_UNKEY} NEW.platform AND parent_id = NEW.id; END""",
    f"""CREATE TRIGGER comment_arrived AFTER INSERT ON comment
       BEGIN {_UNKEY} NEW.platform AND parent_id = NEW.id; END""",
    f"""CREATE TRIGGER comment_gone AFTER DELETE ON comment
       BEGIN {_UNKEY} OLD.platform AND parent_id = OLD.id; END""",
    f"""CREATE TRIGGER video_reworded AFTER UPDATE OF caption, hashtags, product ON video
       WHEN NEW.caption <> OLD.caption OR NEW.hashtags <> OLD.hashtags OR NEW.product <> OLD.product
       BEGIN {_UNKEY} NEW.platform AND video_id = NEW.id; END""",
)


def _m0003_keys(db: Database) -> None:
    for statement in (*_KEYS, *_KEY_TRIGGERS):
        db.execute(statement)


def _m0004_collected(db: Database) -> None:
    for statement in collected.STATEMENTS:
        db.execute(statement)


def _m0005_shelf(db: Database) -> None:
    for statement in shelving.STATEMENTS:
        db.execute(statement)


def _m0006_schedule(db: Database) -> None:
    for statement in scheduled.STATEMENTS:
        db.execute(statement)


def _m0007_also(db: Database) -> None:
    columns = [str(row[1]) for row in db.execute("PRAGMA table_info (label_event)")]
    for statement in (*also.STATEMENTS, *also.views(columns)):
        db.execute(statement)


def _m0008_first(db: Database) -> None:
    for statement in first_comments.STATEMENTS:
        db.execute(statement)


def _m0009_labeling(db: Database) -> None:
    for statement in labeling.STATEMENTS:
        db.execute(statement)
    for statement in also.views([str(row[1]) for row in db.execute("PRAGMA table_info (label_event)")]):
        db.execute(statement)


def _m0010_quality(db: Database) -> None:
    for statement in quality_tables.STATEMENTS:
        db.execute(statement)


def _m0011_shop(db: Database) -> None:
    for statement in shop_tables.STATEMENTS:
        db.execute(statement)


def _m0012_hashtags(db: Database) -> None:
    for statement in hashtag_tables.STATEMENTS:
        db.execute(statement)


def _m0013_creators(db: Database) -> None:
    for statement in creator_tables.STATEMENTS:
        db.execute(statement)


def _m0014_looks(db: Database) -> None:
    for statement in quality_looks.STATEMENTS:
        db.execute(statement)


def _m0015_regions(db: Database) -> None:
    for statement in video_regions.STATEMENTS:
        db.execute(statement)


_STEPS = {
    "m0001_first": _m0001_first,
    "m0002_models": _m0002_models,
    "m0003_keys": _m0003_keys,
    "m0004_collected": _m0004_collected,
    "m0005_shelf": _m0005_shelf,
    "m0006_schedule": _m0006_schedule,
    "m0007_also": _m0007_also,
    "m0008_first": _m0008_first,
    "m0009_labeling": _m0009_labeling,
    "m0010_quality": _m0010_quality,
    "m0011_shop": _m0011_shop,
    "m0012_hashtags": _m0012_hashtags,
    "m0013_creators": _m0013_creators,
    "m0014_looks": _m0014_looks,
    "m0015_regions": _m0015_regions,
}

NAMES = tuple(_STEPS)
"""Every migration this version knows, oldest first."""


def migration_set() -> Migrations:
    """The set, built on demand because importing sqlite-utils is slow and seldom needed."""
    from sqlite_utils import Migrations

    migrations = Migrations(SET)
    for name, step in _STEPS.items():
        migrations(name=name)(step)
    return migrations
