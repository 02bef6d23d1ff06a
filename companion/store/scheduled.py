"""The schema of schedules (migration m0006)."""

from __future__ import annotations

STATEMENTS = (
    # minute: minutes after midnight in this computer's zone; weekday: 0 is Monday, NULL every day; next_at, last_at: ms UTC
    """CREATE TABLE schedule (
        id INTEGER PRIMARY KEY AUTOINCREMENT, kind TEXT NOT NULL, targets TEXT NOT NULL CHECK (json_type(targets) = 'array'),
        weekday INTEGER CHECK (weekday BETWEEN 0 AND 6), minute INTEGER NOT NULL CHECK (minute BETWEEN 0 AND 1439),
        headless INTEGER NOT NULL DEFAULT 0 CHECK (headless IN (0, 1)),
        created_at INTEGER NOT NULL, next_at INTEGER NOT NULL, last_at INTEGER, last_status INTEGER
    ) STRICT""",
)
