"""The schema of the comments page (migration m0005): one narrow row a comment, kept right by triggers, and what an inbox remembers.

`shelf` repeats what lists are filtered and ordered by, so that no page joins a million rows. Every row is made by one view,
`shelf_fresh`; triggers copy it again whenever a comment, its prediction, its label or its mark changes. A row carries the number of
the model whose grade stands in it: 0 is "not graded". Only rows of the model in use are shown with a grade, so that grades of two
models never stand in one list; after a change of model `shelf.refill` brings the rows over bit by bit.

Search is FTS5 over trigrams. Two invisible signs follow each text, so that every single character begins a trigram: a search
for one emoji or one Thai letter is then a range of trigrams in `shelf_terms`, not a look at every text.
"""

from __future__ import annotations

BAND = 10**17
"""`rank` is band * 10^17 + grade * 10^14 + p_high * 10^6, digits that do not overlap.

Bands: 3 close to buying, 2 some interest, 1 not buying.
"""

PAD = "char(3) || char(3)"
"""Two signs that no comment holds, behind each indexed text."""

_TABLES = (
    """CREATE TABLE shelf_model (
        no INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, in_use INTEGER NOT NULL DEFAULT 0, refilled_to INTEGER
    ) STRICT""",
    """CREATE TABLE shelf_video (
        no INTEGER PRIMARY KEY, platform TEXT NOT NULL, video_id TEXT NOT NULL, UNIQUE (platform, video_id)
    ) STRICT""",
    """CREATE TABLE inbox_mark (
        platform TEXT NOT NULL, comment_id TEXT NOT NULL, state TEXT NOT NULL CHECK (state IN ('answered', 'later', 'ignored')),
        at INTEGER NOT NULL,
        PRIMARY KEY (platform, comment_id),
        FOREIGN KEY (platform, comment_id) REFERENCES comment (platform, id) ON DELETE CASCADE
    ) STRICT, WITHOUT ROWID""",
    """CREATE TABLE creator_group (
        platform TEXT NOT NULL, creator_id TEXT NOT NULL, name TEXT NOT NULL CHECK (name IN ('mine', 'partner', 'competitor')),
        PRIMARY KEY (platform, creator_id),
        FOREIGN KEY (platform, creator_id) REFERENCES creator (platform, id) ON DELETE CASCADE
    ) STRICT, WITHOUT ROWID""",
    "CREATE TABLE reply_template (id INTEGER PRIMARY KEY, name TEXT NOT NULL, text TEXT NOT NULL, changed_at INTEGER NOT NULL) STRICT",
    # at least `many` comments of at least `grade`, first seen within `hours`, raise the alert; all NULL: a search without one
    """CREATE TABLE saved_search (
        id INTEGER PRIMARY KEY, name TEXT NOT NULL, filters TEXT NOT NULL CHECK (json_type(filters) = 'object'),
        many INTEGER CHECK (many > 0), grade INTEGER CHECK (grade BETWEEN 1 AND 10), hours INTEGER CHECK (hours > 0),
        created_at INTEGER NOT NULL, read_at INTEGER NOT NULL DEFAULT 0, raised_at INTEGER, found INTEGER NOT NULL DEFAULT 0
    ) STRICT""",
    """CREATE TABLE shelf (
        seq INTEGER PRIMARY KEY,
        model INTEGER NOT NULL, rank INTEGER NOT NULL, at INTEGER NOT NULL, likes INTEGER NOT NULL, seen INTEGER NOT NULL,
        video INTEGER NOT NULL, band INTEGER NOT NULL, level INTEGER NOT NULL, signal TEXT NOT NULL, lang TEXT NOT NULL,
        kind TEXT NOT NULL, yours INTEGER NOT NULL, unsure INTEGER NOT NULL, by_creator INTEGER NOT NULL, answered INTEGER NOT NULL,
        dealt INTEGER NOT NULL, state TEXT NOT NULL, platform TEXT NOT NULL, id TEXT NOT NULL, text TEXT NOT NULL,
        UNIQUE (platform, id)
    ) STRICT""",
)

_COPIED = (
    "model", "rank", "at", "likes", "seen", "video", "band", "level", "signal", "lang", "kind", "yours", "unsure", "by_creator",
    "answered", "dealt", "state",
)  # fmt: skip
"""What `shelf_fresh` says anew at each change; platform, id and text are set by their own triggers."""

_GRADE = "coalesce(l.grade, p.grade)"
_HIGH = "CASE WHEN l.grade IS NOT NULL THEN l.grade >= 7 ELSE p.p_high >= 0.5 END"
_ROUNDED = f"CAST({_GRADE} + 0.5 AS INTEGER)"
_LEVEL = f"{_ROUNDED} - ({_GRADE} + 0.5 = {_ROUNDED} AND {_ROUNDED} % 2 = 1)"  # halves go to the even grade, as Python rounds
_BAND = f"CASE WHEN {_GRADE} IS NULL THEN 0 WHEN {_HIGH} THEN 3 WHEN {_GRADE} > 4.5 THEN 2 ELSE 1 END"
_RANK = (
    f"({_BAND}) * {BAND} + CAST({_GRADE} * 10000000 + 0.5 AS INTEGER) * 10000000"
    f" + CAST((CASE WHEN l.grade IS NOT NULL THEN {_HIGH} ELSE p.p_high END) * 1000000 + 0.5 AS INTEGER)"
)
_ANSWERS = """EXISTS (SELECT 1 FROM comment r INDEXED BY comment_answering WHERE r.platform = c.platform
      AND coalesce(r.answers_id, r.parent_id) = +c.id AND r.is_creator_reply = 1)"""
_FRESH = f"""CREATE VIEW shelf_fresh AS SELECT
    CASE WHEN {_GRADE} IS NULL THEN 0 ELSE coalesce(m.no, 0) END AS model,
    coalesce({_RANK}, 0) AS rank,
    coalesce(c.created_at, c.first_seen) AS at,
    coalesce(c.likes, 0) AS likes,
    c.first_seen AS seen,
    sv.no AS video,
    {_BAND} AS band,
    coalesce(min(10, max(1, {_LEVEL})), 0) AS level,
    CASE WHEN {_GRADE} IS NULL THEN '' WHEN l.grade IS NOT NULL THEN coalesce(l.signal, p.signal, 'none') ELSE p.signal END AS signal,
    CASE WHEN c.lang <> '' THEN c.lang ELSE coalesce(p.lang, '') END AS lang,
    v.commerce AS kind,
    l.grade IS NOT NULL AS yours,
    l.grade IS NULL AND coalesce(p.unsure, 0) AS unsure,
    c.is_creator_reply AS by_creator,
    {_ANSWERS} AS answered,
    {_ANSWERS} OR coalesce(k.state = 'answered', 0) AS dealt,
    coalesce(k.state, '') AS state,
    c.platform AS platform, c.id AS id, c.text AS text
  FROM comment c
  JOIN video v ON v.platform = c.platform AND v.id = c.video_id
  JOIN shelf_video sv ON sv.platform = c.platform AND sv.video_id = c.video_id
  LEFT JOIN shelf_model m ON m.in_use = 1
  LEFT JOIN prediction p ON p.normaliser = c.normaliser AND p.text_hash = c.text_hash AND p.context_hash = c.context_hash AND p.model = m.id
  LEFT JOIN inbox_mark k ON k.platform = c.platform AND k.comment_id = c.id
  LEFT JOIN label_event l ON l.rowid = (
    SELECT e.seq FROM label_standing e WHERE e.platform = c.platform AND e.comment_id = c.id AND e.source IN ('badge', 'annotator')
    ORDER BY e.seq DESC LIMIT 1)"""

_PADDED = f"CREATE VIEW shelf_padded AS SELECT seq, text || {PAD} AS text FROM shelf"
_SEARCH = (
    "CREATE VIRTUAL TABLE shelf_words USING fts5 (text, content='shelf_padded', content_rowid='seq', tokenize='trigram')",
    "CREATE VIRTUAL TABLE shelf_terms USING fts5vocab (shelf_words, instance)",
)

_COLUMNS = ", ".join(_COPIED)
_INSERT = f"INSERT INTO shelf ({_COLUMNS}, platform, id, text) SELECT {_COLUMNS}, platform, id, text FROM shelf_fresh"

REFRESH = f"""UPDATE shelf SET ({_COLUMNS}) = (
    SELECT {_COLUMNS} FROM shelf_fresh f WHERE f.platform = shelf.platform AND f.id = shelf.id)
    WHERE EXISTS (SELECT 1 FROM shelf_fresh f WHERE f.platform = shelf.platform AND f.id = shelf.id) AND"""
"""Begins the statement that makes rows right again; the condition follows. What is being deleted with its video is left alone."""

# not OR IGNORE: the statement that fires a trigger overrules it
_KNOW_VIDEO = """INSERT INTO shelf_video (platform, video_id) SELECT NEW.platform, NEW.video_id
    WHERE NOT EXISTS (SELECT 1 FROM shelf_video WHERE platform = NEW.platform AND video_id = NEW.video_id)"""
_BY_HASH = "substr(c.text_hash, 1, 12) || substr(c.context_hash, 1, 12)"
_READ = f"""EXISTS (SELECT 1 FROM shelf_model WHERE in_use = 1 AND id = {{0}}.model)
  BEGIN {REFRESH} seq IN (
    SELECT s.seq FROM comment c JOIN shelf s ON s.platform = c.platform AND s.id = c.id
    WHERE {_BY_HASH} = substr({{0}}.text_hash, 1, 12) || substr({{0}}.context_hash, 1, 12)
      AND c.text_hash IS NOT NULL AND +c.text_hash = {{0}}.text_hash AND +c.context_hash = {{0}}.context_hash
      AND +c.normaliser = {{0}}.normaliser); END"""
_UNINDEX = f"""INSERT INTO shelf_words (shelf_words, rowid, text) SELECT 'delete', seq, text || {PAD} FROM shelf
    WHERE platform = {{0}}.platform AND id = {{0}}.id"""
_INDEX = f"INSERT INTO shelf_words (rowid, text) SELECT seq, text || {PAD} FROM shelf WHERE platform = NEW.platform AND id = NEW.id"
_AT = "platform = {0}.platform AND id = {0}.{1}"
_ANSWERED = f"{REFRESH} platform = {{0}}.platform AND id = coalesce({{0}}.answers_id, {{0}}.parent_id)"

TRIGGERS = (
    f"""CREATE TRIGGER shelf_comment_new AFTER INSERT ON comment
        BEGIN {_KNOW_VIDEO}; {_INSERT} WHERE {_AT.format("NEW", "id")}; {_INDEX}; END""",
    f"""CREATE TRIGGER shelf_comment_changed
        AFTER UPDATE OF normaliser, text_hash, context_hash, lang, likes, created_at, first_seen, is_creator_reply, video_id ON comment
        WHEN NEW.text_hash IS NOT OLD.text_hash OR NEW.context_hash IS NOT OLD.context_hash OR NEW.normaliser IS NOT OLD.normaliser
          OR NEW.lang <> OLD.lang OR NEW.likes IS NOT OLD.likes OR NEW.created_at IS NOT OLD.created_at
          OR NEW.first_seen <> OLD.first_seen OR NEW.is_creator_reply <> OLD.is_creator_reply OR NEW.video_id <> OLD.video_id
        BEGIN {_KNOW_VIDEO}; {REFRESH} {_AT.format("NEW", "id")}; END""",
    f"""CREATE TRIGGER shelf_comment_reworded AFTER UPDATE OF text ON comment WHEN NEW.text <> OLD.text
        BEGIN {_UNINDEX.format("NEW")}; UPDATE shelf SET text = NEW.text WHERE {_AT.format("NEW", "id")}; {_INDEX}; END""",
    f"""CREATE TRIGGER shelf_comment_gone AFTER DELETE ON comment
        BEGIN {_UNINDEX.format("OLD")}; DELETE FROM shelf WHERE {_AT.format("OLD", "id")}; END""",
    f"""CREATE TRIGGER shelf_answer_new AFTER INSERT ON comment WHEN NEW.is_creator_reply = 1
        BEGIN {_ANSWERED.format("NEW")}; END""",
    f"""CREATE TRIGGER shelf_answer_changed AFTER UPDATE OF is_creator_reply, parent_id, answers_id ON comment
        WHEN (NEW.is_creator_reply = 1 OR OLD.is_creator_reply = 1) AND (NEW.is_creator_reply <> OLD.is_creator_reply
          OR NEW.parent_id IS NOT OLD.parent_id OR NEW.answers_id IS NOT OLD.answers_id)
        BEGIN {_ANSWERED.format("OLD")}; {_ANSWERED.format("NEW")}; END""",
    f"""CREATE TRIGGER shelf_answer_gone AFTER DELETE ON comment WHEN OLD.is_creator_reply = 1
        BEGIN {_ANSWERED.format("OLD")}; END""",
    f"CREATE TRIGGER shelf_read AFTER INSERT ON prediction WHEN {_READ.format('NEW')}",
    f"CREATE TRIGGER shelf_unread AFTER DELETE ON prediction WHEN {_READ.format('OLD')}",
    f"CREATE TRIGGER shelf_labelled AFTER INSERT ON label_event BEGIN {REFRESH} {_AT.format('NEW', 'comment_id')}; END",
    f"CREATE TRIGGER shelf_unlabelled AFTER DELETE ON label_event BEGIN {REFRESH} {_AT.format('OLD', 'comment_id')}; END",
    f"CREATE TRIGGER shelf_marked AFTER INSERT ON inbox_mark BEGIN {REFRESH} {_AT.format('NEW', 'comment_id')}; END",
    f"CREATE TRIGGER shelf_remarked AFTER UPDATE ON inbox_mark BEGIN {REFRESH} {_AT.format('NEW', 'comment_id')}; END",
    f"CREATE TRIGGER shelf_unmarked AFTER DELETE ON inbox_mark BEGIN {REFRESH} {_AT.format('OLD', 'comment_id')}; END",
    """CREATE TRIGGER shelf_video_kind AFTER UPDATE OF commerce ON video WHEN NEW.commerce <> OLD.commerce
        BEGIN UPDATE shelf SET kind = NEW.commerce
              WHERE video = (SELECT no FROM shelf_video WHERE platform = NEW.platform AND video_id = NEW.id); END""",
    """CREATE TRIGGER shelf_video_gone AFTER DELETE ON video
        BEGIN DELETE FROM shelf_video WHERE platform = OLD.platform AND video_id = OLD.id; END""",
)

_INDEXES = (
    "CREATE INDEX shelf_by_rank ON shelf (model, by_creator, rank, at)",
    "CREATE INDEX shelf_by_signal ON shelf (model, signal, by_creator, rank, at)",
    "CREATE INDEX shelf_by_time ON shelf (at)",
    "CREATE INDEX shelf_by_likes ON shelf (likes, at)",
    "CREATE INDEX shelf_by_sight ON shelf (seen)",
    "CREATE INDEX shelf_by_video ON shelf (video)",
    "CREATE INDEX shelf_by_lang ON shelf (lang)",
    "CREATE INDEX shelf_by_kind ON shelf (kind)",
    "CREATE INDEX shelf_by_state ON shelf (state) WHERE state <> ''",
    "CREATE INDEX shelf_dealt ON shelf (dealt) WHERE dealt = 1",
    "CREATE INDEX shelf_yours ON shelf (yours) WHERE yours = 1",
    "CREATE INDEX shelf_unsure ON shelf (unsure) WHERE unsure = 1",
)
_SOURCE_INDEXES = (
    f"CREATE INDEX comment_by_hash ON comment ({_BY_HASH.replace('c.', '')}) WHERE text_hash IS NOT NULL",
    "CREATE INDEX comment_answering ON comment (platform, coalesce(answers_id, parent_id)) WHERE is_creator_reply = 1",
)

FILL = (
    "INSERT OR IGNORE INTO shelf_video (platform, video_id) SELECT platform, id FROM video ORDER BY first_seen",
    f"{_INSERT} ORDER BY platform, id",
    "INSERT INTO shelf_words (shelf_words) VALUES ('rebuild')",
)
"""Fills an empty shelf from what is stored."""

STATEMENTS = (*_TABLES, *_SOURCE_INDEXES, _FRESH, _PADDED, *_SEARCH, *FILL[:2], *_INDEXES, FILL[2], *TRIGGERS)

EMPTY = ("INSERT INTO shelf_words (shelf_words) VALUES ('delete-all')", "DELETE FROM shelf")
"""Clears lists and search at once, before all comments are deleted; their own triggers would take each text out by itself."""
