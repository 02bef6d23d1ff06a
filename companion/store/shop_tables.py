"""The schema of the shop (migration m0011): the catalogue with its prices over time, each import's report, and what the user did."""

from __future__ import annotations

CATALOGUE = (
    """CREATE TABLE shop_import (
        id INTEGER PRIMARY KEY, at INTEGER NOT NULL, ended_at INTEGER, file TEXT NOT NULL, kind TEXT NOT NULL,
        columns TEXT NOT NULL CHECK (json_type(columns) = 'object'),
        rows INTEGER NOT NULL DEFAULT 0, new INTEGER NOT NULL DEFAULT 0, changed INTEGER NOT NULL DEFAULT 0,
        repriced INTEGER NOT NULL DEFAULT 0, kept INTEGER NOT NULL DEFAULT 0, withdrawn INTEGER NOT NULL DEFAULT 0,
        skipped INTEGER NOT NULL DEFAULT 0, noted INTEGER NOT NULL DEFAULT 0,
        problems TEXT NOT NULL DEFAULT '[]' CHECK (json_type(problems) = 'array')
    ) STRICT""",
    # seq orders the catalogue and never changes hands
    """CREATE TABLE shop_product (
        seq INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, title TEXT NOT NULL, description TEXT NOT NULL DEFAULT '',
        brand TEXT NOT NULL DEFAULT '', category TEXT NOT NULL DEFAULT '[]' CHECK (json_type(category) = 'array'),
        price REAL CHECK (price >= 0), currency TEXT NOT NULL DEFAULT '', image TEXT NOT NULL DEFAULT '', link TEXT NOT NULL DEFAULT '',
        rating REAL CHECK (rating BETWEEN 0 AND 5), ratings INTEGER CHECK (ratings >= 0),
        attributes TEXT NOT NULL DEFAULT '{}' CHECK (json_type(attributes) = 'object'),
        import_id INTEGER REFERENCES shop_import (id), first_seen INTEGER NOT NULL, last_seen INTEGER NOT NULL,
        changed_at INTEGER NOT NULL, withdrawn_at INTEGER
    ) STRICT""",
    """CREATE TABLE shop_price (
        product INTEGER NOT NULL REFERENCES shop_product (seq) ON DELETE CASCADE, at INTEGER NOT NULL,
        price REAL NOT NULL CHECK (price >= 0), currency TEXT NOT NULL DEFAULT '',
        PRIMARY KEY (product, at)
    ) STRICT, WITHOUT ROWID""",
    "CREATE INDEX shop_product_by_import ON shop_product (import_id)",
)

PERSONAL = (
    """CREATE TABLE shop_event (
        seq INTEGER PRIMARY KEY, at INTEGER NOT NULL,
        kind TEXT NOT NULL CHECK (kind IN ('impression', 'click', 'save', 'open', 'hide', 'search')),
        product TEXT NOT NULL DEFAULT '', words TEXT NOT NULL DEFAULT '',
        page TEXT NOT NULL CHECK (page IN ('feed', 'video', 'search', 'dashboard')), place INTEGER NOT NULL DEFAULT 0 CHECK (place >= 0),
        propensity REAL CHECK (propensity BETWEEN 0 AND 1), hour INTEGER CHECK (hour BETWEEN 0 AND 23),
        CHECK (CASE kind WHEN 'search' THEN words <> '' AND product = '' ELSE product <> '' AND words = '' END)
    ) STRICT""",
    "CREATE INDEX shop_event_by_time ON shop_event (at)",
    "CREATE INDEX shop_event_by_product ON shop_event (product) WHERE product <> ''",
    # what the user says of himself: -1 never, 1 more
    """CREATE TABLE shop_leaning (
        field TEXT NOT NULL, value TEXT NOT NULL, leaning REAL NOT NULL CHECK (leaning BETWEEN -1 AND 1), at INTEGER NOT NULL,
        PRIMARY KEY (field, value)
    ) STRICT, WITHOUT ROWID""",
)

STATEMENTS: tuple[str, ...] = (*CATALOGUE, *PERSONAL)
