"""The schema of the labeling tool (its migration): people, tasks with their items, who holds which item, and what they did.

Answers are `label_event` rows like every other label; `annotation_event` tells the story around them. Both are append-only.
The migration makes the views of labels anew after these statements, because labels get columns here.
"""

from __future__ import annotations

STATEMENTS = (
    """CREATE TABLE annotator (
        id TEXT PRIMARY KEY, name TEXT NOT NULL UNIQUE COLLATE NOCASE, password TEXT NOT NULL DEFAULT '',
        role TEXT NOT NULL CHECK (role IN ('annotator', 'adjudicator', 'admin')),
        languages TEXT NOT NULL DEFAULT '[]' CHECK (json_type(languages) = 'array'),
        keys TEXT NOT NULL DEFAULT '{}' CHECK (json_type(keys) = 'object'),
        created_at INTEGER NOT NULL, practised_at INTEGER, disabled_at INTEGER
    ) STRICT""",
    """CREATE TABLE annotator_session (
        sha256 TEXT PRIMARY KEY, annotator_id TEXT NOT NULL REFERENCES annotator (id) ON DELETE CASCADE,
        created_at INTEGER NOT NULL, seen_at INTEGER NOT NULL, expires_at INTEGER NOT NULL
    ) STRICT""",
    """CREATE TABLE guideline (
        version TEXT PRIMARY KEY, text TEXT NOT NULL, reason TEXT NOT NULL DEFAULT '', author TEXT NOT NULL DEFAULT '',
        created_at INTEGER NOT NULL
    ) STRICT""",
    """CREATE TABLE label_task (
        id TEXT PRIMARY KEY, name TEXT NOT NULL, kind TEXT NOT NULL DEFAULT 'comment' CHECK (kind IN ('comment', 'video')),
        questions TEXT NOT NULL CHECK (json_type(questions) = 'array'), source TEXT NOT NULL CHECK (json_type(source) = 'object'),
        mix TEXT NOT NULL CHECK (json_type(mix) = 'object'), votes INTEGER NOT NULL DEFAULT 1, most_votes INTEGER NOT NULL DEFAULT 3,
        overlap REAL NOT NULL DEFAULT 0.1, until_agreed INTEGER NOT NULL DEFAULT 0 CHECK (until_agreed IN (0, 1)),
        assisted INTEGER NOT NULL DEFAULT 0 CHECK (assisted IN (0, 1)), practice INTEGER NOT NULL DEFAULT 0 CHECK (practice IN (0, 1)),
        guideline_version TEXT NOT NULL, seed INTEGER NOT NULL, created_by TEXT NOT NULL DEFAULT '',
        created_at INTEGER NOT NULL, closed_at INTEGER
    ) STRICT""",
    # text and context are frozen here: pages change, what was judged does not
    """CREATE TABLE label_item (
        id INTEGER PRIMARY KEY, task_id TEXT NOT NULL REFERENCES label_task (id) ON DELETE CASCADE,
        platform TEXT NOT NULL, target_id TEXT NOT NULL, video_id TEXT NOT NULL DEFAULT '', text TEXT NOT NULL,
        context TEXT NOT NULL CHECK (json_valid(context)), lang TEXT NOT NULL DEFAULT '', cluster TEXT NOT NULL DEFAULT '',
        stratum TEXT NOT NULL DEFAULT '', sampler TEXT NOT NULL, score REAL, probability REAL NOT NULL, place INTEGER NOT NULL,
        votes INTEGER NOT NULL DEFAULT 1, taken INTEGER NOT NULL DEFAULT 0, done INTEGER NOT NULL DEFAULT 0,
        likes INTEGER, by_creator INTEGER NOT NULL DEFAULT 0 CHECK (by_creator IN (0, 1)),
        repeat INTEGER NOT NULL DEFAULT 0 CHECK (repeat IN (0, 1)), gold TEXT CHECK (gold IS NULL OR json_valid(gold)),
        UNIQUE (task_id, platform, target_id)
    ) STRICT""",
    # a lapsed lease stays, so that an answer given offline still finds its place; `nth` 1 is the same comment asked again, blind
    """CREATE TABLE assignment (
        id INTEGER PRIMARY KEY, item_id INTEGER NOT NULL REFERENCES label_item (id) ON DELETE CASCADE,
        task_id TEXT NOT NULL REFERENCES label_task (id) ON DELETE CASCADE,
        annotator_id TEXT NOT NULL REFERENCES annotator (id), nth INTEGER NOT NULL DEFAULT 0,
        state TEXT NOT NULL CHECK (state IN ('leased', 'lapsed', 'done', 'skipped')), lease_until INTEGER,
        suggestion TEXT CHECK (suggestion IS NULL OR json_valid(suggestion)), blind INTEGER NOT NULL DEFAULT 1 CHECK (blind IN (0, 1)),
        created_at INTEGER NOT NULL, done_at INTEGER,
        UNIQUE (item_id, annotator_id, nth)
    ) STRICT""",
    """CREATE TABLE annotation_event (
        uuid TEXT PRIMARY KEY, assignment_id INTEGER NOT NULL REFERENCES assignment (id),
        action TEXT NOT NULL CHECK (action IN ('submit', 'skip', 'undo')), undoes TEXT, label_uuid TEXT,
        answers TEXT NOT NULL CHECK (json_type(answers) = 'object'), flags TEXT NOT NULL DEFAULT '[]' CHECK (json_type(flags) = 'array'),
        note TEXT NOT NULL DEFAULT '', contradiction INTEGER NOT NULL DEFAULT 0 CHECK (contradiction IN (0, 1)),
        suggestion_shown INTEGER NOT NULL DEFAULT 0 CHECK (suggestion_shown IN (0, 1)), spent_ms INTEGER, guideline_version TEXT NOT NULL,
        created_at INTEGER NOT NULL, received_at INTEGER NOT NULL,
        CHECK ((action = 'undo') = (undoes IS NOT NULL))
    ) STRICT""",
    """CREATE TRIGGER annotation_event_no_update BEFORE UPDATE ON annotation_event
       BEGIN SELECT RAISE(ABORT, 'annotation_event is append-only: store an undo event instead'); END""",
    """CREATE TRIGGER annotation_event_no_delete BEFORE DELETE ON annotation_event WHEN NOT EXISTS (SELECT 1 FROM forget_pass)
       BEGIN SELECT RAISE(ABORT, 'annotation_event is append-only: only forgetting deletes'); END""",
    """CREATE TRIGGER annotation_event_no_replace BEFORE INSERT ON annotation_event
       WHEN EXISTS (SELECT 1 FROM annotation_event WHERE uuid = NEW.uuid)
       BEGIN SELECT RAISE(ABORT, 'annotation_event is append-only: this uuid is stored already'); END""",
    """CREATE TABLE adjudication (
        uuid TEXT PRIMARY KEY, item_id INTEGER NOT NULL REFERENCES label_item (id) ON DELETE CASCADE, label_uuid TEXT NOT NULL,
        reason TEXT NOT NULL CHECK (reason IN ('ambiguous', 'guideline gap', 'slip', 'sarcasm', 'language', 'missing context')),
        note TEXT NOT NULL DEFAULT '', adjudicator_id TEXT NOT NULL REFERENCES annotator (id), created_at INTEGER NOT NULL
    ) STRICT""",
    # what an adjudicator decided otherwise comes back to whoever had answered, with the reason
    """CREATE TABLE returned_answer (
        adjudication_uuid TEXT NOT NULL REFERENCES adjudication (uuid) ON DELETE CASCADE,
        annotator_id TEXT NOT NULL REFERENCES annotator (id), seen_at INTEGER,
        PRIMARY KEY (adjudication_uuid, annotator_id)
    ) STRICT, WITHOUT ROWID""",
    """CREATE TABLE working_time (
        id INTEGER PRIMARY KEY, annotator_id TEXT NOT NULL REFERENCES annotator (id), task_id TEXT NOT NULL DEFAULT '',
        began_at INTEGER NOT NULL, seen_at INTEGER NOT NULL, ended_at INTEGER
    ) STRICT""",
    # how many hold or gave an answer (`taken`), how many gave one (`done`): the queue and the progress bars read these alone
    """CREATE TRIGGER assignment_new AFTER INSERT ON assignment WHEN NEW.nth = 0 AND NEW.state IN ('leased', 'done')
       BEGIN UPDATE label_item SET taken = taken + 1, done = done + (NEW.state = 'done') WHERE id = NEW.item_id; END""",
    """CREATE TRIGGER assignment_moved AFTER UPDATE OF state ON assignment WHEN NEW.nth = 0 AND NEW.state <> OLD.state
       BEGIN UPDATE label_item SET taken = taken + (NEW.state IN ('leased', 'done')) - (OLD.state IN ('leased', 'done')),
             done = done + (NEW.state = 'done') - (OLD.state = 'done') WHERE id = NEW.item_id; END""",
    """CREATE TRIGGER assignment_gone AFTER DELETE ON assignment WHEN OLD.nth = 0 AND OLD.state IN ('leased', 'done')
       BEGIN UPDATE label_item SET taken = taken - 1, done = done - (OLD.state = 'done') WHERE id = OLD.item_id; END""",
    # labels carry their flags and note into exports and data sets
    "ALTER TABLE label_event ADD COLUMN flags TEXT NOT NULL DEFAULT '[]' CHECK (json_type(flags) = 'array')",
    "ALTER TABLE label_event ADD COLUMN note TEXT NOT NULL DEFAULT ''",
    "DROP VIEW label_current",
    "DROP VIEW label_standing",
    "CREATE INDEX label_item_place ON label_item (task_id, place)",
    "CREATE INDEX label_item_open ON label_item (task_id, place) WHERE taken < votes",
    "CREATE INDEX label_item_progress ON label_item (task_id, votes, done) WHERE gold IS NULL",
    "CREATE INDEX label_item_by_target ON label_item (platform, target_id)",
    "CREATE INDEX label_item_by_video ON label_item (platform, video_id)",
    "CREATE INDEX assignment_by_person ON assignment (annotator_id, task_id, state)",
    "CREATE INDEX assignment_done ON assignment (annotator_id, done_at) WHERE state = 'done'",
    "CREATE INDEX annotation_by_time ON annotation_event (received_at)",
    """CREATE INDEX annotation_grades ON annotation_event (json_extract(answers, '$.grade')) WHERE action = 'submit'
       AND label_uuid IS NOT NULL""",
    "CREATE INDEX assignment_leases ON assignment (lease_until) WHERE state = 'leased'",
    "CREATE INDEX annotation_by_assignment ON annotation_event (assignment_id)",
    "CREATE INDEX annotation_undo ON annotation_event (undoes) WHERE undoes IS NOT NULL",
    "CREATE INDEX working_time_by_person ON working_time (annotator_id, began_at)",
)
