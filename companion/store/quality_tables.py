"""The schema of the quality room (migration m0010): what was learned from the stored videos, scores over time, the shortlist, reports.

Everything that names a creator, a video or a comment goes with it: who is forgotten stands in no report.
"""

from __future__ import annotations

_CREATOR = "FOREIGN KEY (platform, creator_id) REFERENCES creator (platform, id) ON DELETE CASCADE"

_LEARNED = (
    # what all stored videos say together: weights of the parts, what is usual of shares, by category, and what pools bring
    """CREATE TABLE quality_field (
        one INTEGER PRIMARY KEY CHECK (one = 1), at INTEGER NOT NULL, videos INTEGER NOT NULL, seen INTEGER NOT NULL,
        weights TEXT NOT NULL CHECK (json_type(weights) = 'object'), shares TEXT NOT NULL CHECK (json_type(shares) = 'object'),
        pools TEXT NOT NULL DEFAULT '{}' CHECK (json_type(pools) = 'object')
    ) STRICT""",
    # how far a video lies above what models that never saw its creator expect, as its rank among all (0-100)
    """CREATE TABLE video_standing (
        platform TEXT NOT NULL, video_id TEXT NOT NULL, points REAL NOT NULL CHECK (points BETWEEN 0 AND 100),
        PRIMARY KEY (platform, video_id),
        FOREIGN KEY (platform, video_id) REFERENCES video (platform, id) ON DELETE CASCADE
    ) STRICT, WITHOUT ROWID""",
    # what detectors said yes to at the last rescore
    """CREATE TABLE video_finding (
        platform TEXT NOT NULL, video_id TEXT NOT NULL, name TEXT NOT NULL, reason TEXT NOT NULL,
        PRIMARY KEY (platform, video_id, name),
        FOREIGN KEY (platform, video_id) REFERENCES video (platform, id) ON DELETE CASCADE
    ) STRICT, WITHOUT ROWID""",
    f"""CREATE TABLE creator_score (
        platform TEXT NOT NULL, creator_id TEXT NOT NULL, at INTEGER NOT NULL, formula TEXT NOT NULL, model TEXT NOT NULL,
        value REAL CHECK (value BETWEEN 0 AND 100), partial INTEGER NOT NULL CHECK (partial IN (0, 1)), videos INTEGER NOT NULL,
        PRIMARY KEY (platform, creator_id, at), {_CREATOR}
    ) STRICT, WITHOUT ROWID""",
)

_SHORTLIST = f"""CREATE TABLE shortlist (
    platform TEXT NOT NULL, creator_id TEXT NOT NULL,
    status TEXT NOT NULL CHECK (status IN ('watching', 'asked', 'agreed', 'working', 'declined')),
    note TEXT NOT NULL DEFAULT '', fee REAL CHECK (fee >= 0), currency TEXT NOT NULL DEFAULT '', link TEXT NOT NULL DEFAULT '',
    added_at INTEGER NOT NULL, changed_at INTEGER NOT NULL,
    PRIMARY KEY (platform, creator_id), {_CREATOR}
) STRICT, WITHOUT ROWID"""

_REPORTS = (
    # a report counts comments that came in from `since` on and before `at`
    """CREATE TABLE report (
        id INTEGER PRIMARY KEY, since INTEGER NOT NULL, at INTEGER NOT NULL CHECK (at > since), model TEXT NOT NULL,
        depth INTEGER NOT NULL, kinds TEXT NOT NULL CHECK (json_type(kinds) = 'array'),
        videos INTEGER NOT NULL, n INTEGER NOT NULL, high INTEGER NOT NULL, first INTEGER, last INTEGER
    ) STRICT""",
    f"""CREATE TABLE report_creator (
        report_id INTEGER NOT NULL REFERENCES report (id) ON DELETE CASCADE, platform TEXT NOT NULL, creator_id TEXT NOT NULL,
        videos INTEGER NOT NULL, n INTEGER NOT NULL, high INTEGER NOT NULL, first INTEGER, last INTEGER,
        PRIMARY KEY (report_id, platform, creator_id), {_CREATOR}
    ) STRICT, WITHOUT ROWID""",
    """CREATE TABLE report_topic (
        report_id INTEGER NOT NULL REFERENCES report (id) ON DELETE CASCADE,
        kind TEXT NOT NULL CHECK (kind IN ('product', 'question', 'objection')), name TEXT NOT NULL,
        n INTEGER NOT NULL, high INTEGER NOT NULL,
        PRIMARY KEY (report_id, kind, name)
    ) STRICT, WITHOUT ROWID""",
    """CREATE TABLE report_quote (
        report_id INTEGER NOT NULL REFERENCES report (id) ON DELETE CASCADE, kind TEXT NOT NULL, name TEXT NOT NULL,
        platform TEXT NOT NULL, comment_id TEXT NOT NULL,
        PRIMARY KEY (report_id, kind, name, platform, comment_id),
        FOREIGN KEY (platform, comment_id) REFERENCES comment (platform, id) ON DELETE CASCADE
    ) STRICT, WITHOUT ROWID""",
)

_INDEXES = (
    "CREATE INDEX report_by_creator ON report_creator (platform, creator_id)",
    "CREATE INDEX quote_of_comment ON report_quote (platform, comment_id)",
)

STATEMENTS: tuple[str, ...] = (*_LEARNED, _SHORTLIST, *_REPORTS, *_INDEXES)
