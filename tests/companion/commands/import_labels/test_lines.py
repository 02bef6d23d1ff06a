"""`buysignal import --kind labels`: everything is checked first, then all of it is stored, or nothing."""

import json
from uuid import uuid4

from companion.intent import SENTIMENTS, SIGNALS
from companion.store import open_store
from tests.companion.commands.import_labels.scene import GOOD, stored, take_in


def test_what_was_recognised_is_said_before_it_is_stored(written, workspace):
    file = written(
        {**GOOD, "annotator": "amy", "likes": 3},
        {**GOOD, "id": "c2", "text": "me encanta, quiero comprar uno ya mismo", "grade": 9, "annotator": "bo"},
    )
    dry = take_in(workspace, file, "--dry-run")
    assert dry.exit_code == 0
    assert dry.stdout.splitlines() == [
        "labels.jsonl: labels, JSON lines, 2 lines",
        "  columns: id, text, grade, signal, sentiment, video, annotator",
        "  not used: likes",
        "2 labels: 2 grades, 2 signals, 2 sentiments",
        "Of 2 comments from 1 video or source",
        "Annotators: amy 1, bo 1",
        "Languages: en 1, es 1",
        "New: 2, already stored: 0",
        "Nothing was written (--dry-run).",
    ]
    assert not workspace.exists()
    assert take_in(workspace, file).stdout.splitlines() == [*dry.stdout.splitlines()[:-1], "2 labels imported."]
    assert [vote.client_id for vote in stored(workspace)] == ["amy", "bo"]


def test_json_says_the_same(written, workspace):
    answer = json.loads(take_in(workspace, written(GOOD, {"id": "c2", "text": "lol", "signal": "none"}), "--json").stdout)
    assert answer == {
        "kind": "labels",
        "dry_run": False,
        "files": [{"file": "labels.jsonl", "format": "JSON lines", "lines": 2, "columns": list(GOOD), "ignored": [], "notes": []}],
        "labels": 2,
        "grades": 1,
        "signals": 2,
        "sentiments": 1,
        "comments": 2,
        "groups": 2,
        "annotators": {},
        "languages": {"en": 2},
        "new": 2,
        "stored": 0,
        "stored_otherwise": 0,
        "unanswered": 0,
        "problems": [],
        "further_problems": 0,
    }


WRONG = [
    ({**GOOD, "grade": 11}, '"grade" is 11; it must be a whole number from 1 to 10'),
    ({**GOOD, "grade": 7.5}, '"grade" is 7.5; it must be a whole number from 1 to 10'),
    ({**GOOD, "grade": True}, '"grade" is true; it must be a whole number from 1 to 10'),
    ({**GOOD, "signal": "maybe"}, f'"signal" is "maybe"; use one of {", ".join(SIGNALS)}'),
    ({**GOOD, "sentiment": 1}, f'"sentiment" is 1; use one of {", ".join(SENTIMENTS)}'),
    ({**GOOD, "text": " "}, '"text" is missing or empty'),
    ({**GOOD, "text": "\u200b"}, '"text" is missing or empty'),
    ({**GOOD, "text": {"grade": 3}}, '"text" is {"grade": 3}; it must be text'),
    ({"text": "x", "grade": 3}, '"id" is missing or empty'),
    ({"id": "c", "text": "x"}, '"grade" is missing; give a whole number from 1 to 10, or a signal or a sentiment'),
    ({**GOOD, "id": 7.6e18}, '"id" is 7.6e+18; put it in quotation marks, because long numbers lose digits otherwise'),
    ({**GOOD, "context": {"captoin": "x"}}, "\"context\" key 'captoin' is not known; use caption, hashtags, parent, product"),
    ({**GOOD, "context": 5}, '"context" is int; write text or an object with caption, hashtags, parent, product'),
    ({**GOOD, "platform": "sample"}, '"platform" is "sample", which is kept for BuySignal\'s invented data'),
    ({**GOOD, "uuid": "1"}, '"uuid" is "1"; write a UUID such as'),
    ('{"id": "c1", \n', "not valid JSON (Expecting property name enclosed in double quotes at character 15)"),
    ('{"id": "c1", "id": "c2"}\n', "not valid JSON (a key stands there twice)"),
    ("[" * 100_000 + "\n", "not valid JSON"),
    ("[1]\n", "not a JSON object"),
]


def test_every_wrong_line_is_reported_with_its_number_and_nothing_is_imported(written, workspace):
    file = written({**GOOD, "id": "good"}, "\n", *(row for row, _ in WRONG))
    result = take_in(workspace, written(GOOD, name="fine.jsonl"), file)
    reported = result.stderr.splitlines()
    assert result.exit_code == 2
    for number, (line, (_, message)) in enumerate(zip(reported, WRONG, strict=False), 3):
        assert line.startswith(f"labels.jsonl line {number}: {message}")
    assert reported[len(WRONG) :] == [f"{len(WRONG)} wrong lines; nothing was imported from any file. Mend them and import again."]
    assert not workspace.exists()


def test_fifty_wrong_lines_are_shown_and_the_others_counted(written, workspace):
    file = written(*({**GOOD, "id": str(number), "grade": 0} for number in range(73)))
    result = take_in(workspace, file, "--json")
    assert (result.exit_code, len(result.stderr.splitlines()), result.stderr.splitlines()[50]) == (2, 52, "and 23 more")
    answer = json.loads(result.stdout)
    assert answer["problems"][49]["line"] == 50
    assert answer["further_problems"] == 23


def test_a_comment_is_graded_once_by_each_annotator_over_all_files(written, workspace):
    first = written({**GOOD, "annotator": "amy"}, {**GOOD, "annotator": "bo"}, {**GOOD, "platform": "youtube", "annotator": "amy"})
    assert take_in(workspace, first).exit_code == 0
    second = written(GOOD, {**GOOD, "grade": 2, "annotator": "amy"}, name="more.jsonl")
    result = take_in(workspace, first, second)
    assert result.exit_code == 2
    assert result.stderr.startswith('more.jsonl line 2: "id" c1 by amy stands on labels.jsonl line 1 already; keep one of the two lines\n')
    assert "labels.jsonl line 1 already" in take_in(workspace, first, first).stderr
    assert len(stored(workspace)) == 3


def test_importing_twice_stores_once(written, workspace):
    file = written(*({**GOOD, "id": str(number)} for number in range(5)))
    assert "5 labels imported." in take_in(workspace, file).stdout
    before = stored(workspace)
    file = written(*({**GOOD, "id": str(number), "context": "mug"} for number in range(6)), name="again.csv.jsonl")
    again = take_in(workspace, file).stdout
    assert "New: 1, already stored: 5 (5 of them with another video or context, which stays as it was)" in again
    assert stored(workspace)[:5] == before


def test_a_new_grade_of_the_same_annotator_replaces_the_old_one(written, workspace):
    take_in(workspace, written({**GOOD, "annotator": "amy"}))
    take_in(workspace, written({**GOOD, "annotator": "amy", "grade": 5}))
    assert [(vote.client_id, vote.grade) for vote in stored(workspace)] == [("amy", 5)]


def test_a_uuid_stored_with_another_content_stops_the_import(written, workspace):
    uuid = str(uuid4())
    assert take_in(workspace, written({**GOOD, "uuid": uuid})).exit_code == 0
    result = take_in(workspace, written({**GOOD, "id": "c2"}, {**GOOD, "uuid": uuid.upper(), "grade": 2}))
    assert result.exit_code == 2
    assert result.stderr.startswith(f'labels.jsonl line 2: "uuid" {uuid} is stored already with another content')
    assert [vote.comment_id for vote in stored(workspace)] == ["c1"]


def test_what_fails_in_the_middle_of_storing_leaves_nothing(written, workspace):
    with open_store(workspace).writing() as connection:
        connection.execute(
            "CREATE TRIGGER full_disk BEFORE INSERT ON label_event WHEN NEW.comment_id = '700' BEGIN SELECT RAISE(ABORT, 'no room'); END"
        )
    result = take_in(workspace, written(*({**GOOD, "id": str(number)} for number in range(1000))))
    assert result.exit_code == 2
    assert "nothing was imported: no room" in result.stderr
    assert stored(workspace) == []
