"""The schema of collected pages (migration m0004): raw pages, runs and their tasks, and what TikTok says beyond the first columns."""

from __future__ import annotations

_FLAG = "INTEGER CHECK ({0} IN (0, 1))"

_COLUMNS = (
    ("creator", "seller", _FLAG.format("seller")),
    ("video", "music_id", "TEXT NOT NULL DEFAULT ''"),
    ("video", "music_title", "TEXT NOT NULL DEFAULT ''"),
    ("video", "commerce", "TEXT NOT NULL DEFAULT 'unknown' CHECK (commerce IN ('organic', 'partnership', 'ad', 'shop', 'unknown'))"),
    ("video", "comments_open", _FLAG.format("comments_open")),
    ("video", "missing_since", "INTEGER"),
    ("video", "keep_until", "INTEGER"),
    ("video_metric", "reposts", "INTEGER"),
    ("comment", "answers_id", "TEXT"),
    ("comment", "pinned", _FLAG.format("pinned")),
    ("comment", "liked_by_creator", _FLAG.format("liked_by_creator")),
    ("comment", "tiktok_intent", _FLAG.format("tiktok_intent")),
    ("comment", "image", _FLAG.format("image")),
    ("comment", "sticker", _FLAG.format("sticker")),
    ("comment", "door", "TEXT NOT NULL DEFAULT ''"),
    ("comment", "keep_until", "INTEGER"),
)
"""NULL is "not known", as everywhere; in `keep_until` it is "until somebody deletes it"."""

_TABLES = (
    """CREATE TABLE comment_metric (
        platform TEXT NOT NULL, comment_id TEXT NOT NULL, at INTEGER NOT NULL, likes INTEGER, replies INTEGER,
        PRIMARY KEY (platform, comment_id, at),
        FOREIGN KEY (platform, comment_id) REFERENCES comment (platform, id) ON DELETE CASCADE
    ) STRICT, WITHOUT ROWID""",
    """CREATE TABLE video_hashtag (
        platform TEXT NOT NULL, hashtag TEXT NOT NULL, video_id TEXT NOT NULL,
        PRIMARY KEY (platform, hashtag, video_id),
        FOREIGN KEY (platform, video_id) REFERENCES video (platform, id) ON DELETE CASCADE
    ) STRICT, WITHOUT ROWID""",
    """CREATE TABLE video_product (
        platform TEXT NOT NULL, video_id TEXT NOT NULL, product_id TEXT NOT NULL, title TEXT NOT NULL DEFAULT '',
        seller_id TEXT NOT NULL DEFAULT '', source TEXT NOT NULL DEFAULT '', price TEXT, currency TEXT NOT NULL DEFAULT '',
        url TEXT NOT NULL DEFAULT '', categories TEXT NOT NULL DEFAULT '[]' CHECK (json_type(categories) = 'array'),
        first_seen INTEGER NOT NULL, last_seen INTEGER NOT NULL,
        PRIMARY KEY (platform, video_id, product_id),
        FOREIGN KEY (platform, video_id) REFERENCES video (platform, id) ON DELETE CASCADE
    ) STRICT, WITHOUT ROWID""",
    """CREATE TABLE run (
        id TEXT PRIMARY KEY, kind TEXT NOT NULL, targets TEXT NOT NULL CHECK (json_type(targets) = 'array'),
        options TEXT NOT NULL CHECK (json_type(options) = 'object'), keep_days INTEGER,
        state TEXT NOT NULL CHECK (state IN ('running', 'waiting', 'paused', 'finished', 'stopped')), reason TEXT NOT NULL DEFAULT '',
        pace TEXT NOT NULL DEFAULT 'ok' CHECK (pace IN ('ok', 'slow', 'paused', 'stopped')),
        rows INTEGER NOT NULL DEFAULT 0, drifted INTEGER NOT NULL DEFAULT 0, pages INTEGER NOT NULL DEFAULT 0,
        drifted_pages INTEGER NOT NULL DEFAULT 0, lost INTEGER NOT NULL DEFAULT 0,
        started_at INTEGER NOT NULL, updated_at INTEGER NOT NULL, ended_at INTEGER
    ) STRICT""",
    """CREATE TABLE task (
        id INTEGER PRIMARY KEY, run_id TEXT NOT NULL REFERENCES run (id) ON DELETE CASCADE,
        kind TEXT NOT NULL CHECK (kind IN ('tag', 'creator', 'video', 'refresh')), key TEXT NOT NULL, handle TEXT NOT NULL DEFAULT '',
        parent TEXT NOT NULL DEFAULT '', state TEXT NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'doing', 'done', 'given up')),
        reason TEXT NOT NULL DEFAULT '', attempts INTEGER NOT NULL DEFAULT 0, not_before INTEGER NOT NULL DEFAULT 0,
        opened_at INTEGER, ended_at INTEGER, total INTEGER, has_more INTEGER CHECK (has_more IN (0, 1)),
        videos_found INTEGER NOT NULL DEFAULT 0, videos_new INTEGER NOT NULL DEFAULT 0,
        comments_found INTEGER NOT NULL DEFAULT 0, comments_new INTEGER NOT NULL DEFAULT 0,
        replies_found INTEGER NOT NULL DEFAULT 0, replies_new INTEGER NOT NULL DEFAULT 0, replies_said INTEGER NOT NULL DEFAULT 0,
        UNIQUE (run_id, kind, key)
    ) STRICT""",
    # what a task has met so far, so that "found" counts every comment once over all its sittings
    """CREATE TABLE task_seen (
        task_id INTEGER NOT NULL REFERENCES task (id) ON DELETE CASCADE, item_id TEXT NOT NULL,
        PRIMARY KEY (task_id, item_id)
    ) STRICT, WITHOUT ROWID""",
    """CREATE TABLE raw_page (
        seq INTEGER PRIMARY KEY, at INTEGER NOT NULL, door TEXT NOT NULL, run_id TEXT NOT NULL DEFAULT '', kind TEXT NOT NULL,
        video_id TEXT NOT NULL DEFAULT '', comment_id TEXT NOT NULL DEFAULT '', path TEXT NOT NULL, cursor TEXT NOT NULL DEFAULT '',
        status INTEGER NOT NULL, body BLOB NOT NULL, sha256 TEXT NOT NULL, parser TEXT NOT NULL, drift INTEGER NOT NULL DEFAULT 0,
        UNIQUE (run_id, path, sha256)
    ) STRICT""",
    # people and creators who asked to be left out: pseudonyms of uid and handle, or "creator:" + id
    "CREATE TABLE forgotten (who TEXT PRIMARY KEY, at INTEGER NOT NULL) STRICT, WITHOUT ROWID",
)

_INDEXES = (
    "CREATE INDEX hashtag_of_video ON video_hashtag (platform, video_id)",
    "CREATE INDEX product_of_video ON video_product (product_id)",
    "CREATE INDEX task_by_run ON task (run_id, state)",
    "CREATE INDEX task_by_key ON task (key)",
    "CREATE INDEX task_opened ON task (opened_at) WHERE opened_at IS NOT NULL",
    "CREATE INDEX raw_page_by_video ON raw_page (video_id)",
    "CREATE INDEX raw_page_by_age ON raw_page (at)",
    "CREATE INDEX comment_expiring ON comment (keep_until) WHERE keep_until IS NOT NULL",
    "CREATE INDEX video_expiring ON video (keep_until) WHERE keep_until IS NOT NULL",
)

_TAGS_OF = "SELECT DISTINCT NEW.platform, value, NEW.id FROM json_each(NEW.hashtags)"
_TRIGGERS = (
    f"""CREATE TRIGGER video_tagged AFTER INSERT ON video
       BEGIN INSERT OR IGNORE INTO video_hashtag (platform, hashtag, video_id) {_TAGS_OF}; END""",
    f"""CREATE TRIGGER video_retagged AFTER UPDATE OF hashtags ON video WHEN NEW.hashtags <> OLD.hashtags
       BEGIN DELETE FROM video_hashtag WHERE platform = NEW.platform AND video_id = NEW.id;
             INSERT OR IGNORE INTO video_hashtag (platform, hashtag, video_id) {_TAGS_OF}; END""",
)

_BACKFILL = """INSERT OR IGNORE INTO video_hashtag (platform, hashtag, video_id)
    SELECT v.platform, tag.value, v.id FROM video v, json_each(v.hashtags) tag"""

STATEMENTS = (
    *(f"ALTER TABLE {table} ADD COLUMN {name} {kind}" for table, name, kind in _COLUMNS),
    *_TABLES,
    *_INDEXES,
    *_TRIGGERS,
    _BACKFILL,
)
