"""The schema of what a creator's page shows (migration m0013): parts of scores over time, expected views, figures of TikTok Studio."""

from __future__ import annotations

_PARTS = (
    # points of each part (0-100, NULL where nothing could be said) and the subject of most videos, "" where none is clear
    *(
        f"ALTER TABLE creator_score ADD COLUMN {name} REAL CHECK ({name} BETWEEN 0 AND 100)"
        for name in ("deviation", "sentiment", "share_value", "engagement")
    ),
    "ALTER TABLE creator_score ADD COLUMN category TEXT NOT NULL DEFAULT ''",
)

_TABLES = (
    # what became of videos whose pools are over: [pool, likes a view, whether it went on]
    """CREATE TABLE quality_pools (
        one INTEGER PRIMARY KEY CHECK (one = 1), earlier TEXT NOT NULL CHECK (json_type(earlier) = 'array')
    ) STRICT""",
    # views that models which never saw the creator expect, with the 90 % interval (NULL where too few videos were known for one)
    """CREATE TABLE video_expected (
        platform TEXT NOT NULL, video_id TEXT NOT NULL, views REAL NOT NULL CHECK (views >= 0),
        low REAL CHECK (low >= 0), high REAL CHECK (high >= low),
        PRIMARY KEY (platform, video_id),
        FOREIGN KEY (platform, video_id) REFERENCES video (platform, id) ON DELETE CASCADE
    ) STRICT, WITHOUT ROWID""",
    # what only the account's owner sees, as of `at`: part of viewers that saw the end, seconds watched on average, parts by source
    """CREATE TABLE video_studio (
        platform TEXT NOT NULL, video_id TEXT NOT NULL, at INTEGER NOT NULL,
        completion REAL CHECK (completion BETWEEN 0 AND 1), watched_s REAL CHECK (watched_s >= 0),
        new_followers INTEGER CHECK (new_followers >= 0), traffic TEXT NOT NULL DEFAULT '{}' CHECK (json_type(traffic) = 'object'),
        PRIMARY KEY (platform, video_id),
        FOREIGN KEY (platform, video_id) REFERENCES video (platform, id) ON DELETE CASCADE
    ) STRICT, WITHOUT ROWID""",
)

STATEMENTS: tuple[str, ...] = (*_PARTS, *_TABLES)
