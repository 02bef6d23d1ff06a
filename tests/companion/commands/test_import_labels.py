"""`buysignal import --kind labels`: everything is checked first, then all of it is stored, or nothing."""

import csv
import gzip
import io
import json
import time
from dataclasses import replace
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from companion.cli import main
from companion.intent import SENTIMENTS, SIGNALS, Context
from companion.label_files import read_label_files
from companion.store import clock, labels, open_store
from companion.training.own_labels import own_labels

GOOD = {"id": "c1", "text": "where is this from?", "grade": 8, "signal": "availability", "sentiment": "neutral", "video": "v1"}


@pytest.fixture
def workspace(tmp_path):
    return tmp_path / "workspace"


@pytest.fixture
def written(tmp_path):
    """Writes rows as JSON lines; a row may be a raw line."""

    def write(*rows, name="labels.jsonl"):
        path = tmp_path / name
        content = jsonl(rows)
        path.write_bytes(gzip.compress(content) if name.endswith(".gz") else content)
        return path

    return write


def jsonl(rows):
    return "".join(row if isinstance(row, str) else json.dumps(row) + "\n" for row in rows).encode()


def as_csv(rows, delimiter=","):
    out = io.StringIO()
    writer = csv.DictWriter(out, list(dict.fromkeys(key for row in rows for key in row)), delimiter=delimiter)
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode()


def take_in(workspace, *args):
    return CliRunner().invoke(main, ["import", "--kind", "labels", "--workspace", str(workspace), *map(str, args)])


def stored(workspace):
    with open_store(workspace).reading() as connection:
        return labels.votes(connection)


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


@pytest.mark.parametrize(("delimiter", "packed"), [(",", False), (";", True), ("\t", False)])
def test_csv_is_read_as_spreadsheets_write_it(tmp_path, workspace, delimiter, packed):
    rows = [
        {"ID": "7600000000000000011", "Text": 'line one\nline "two", still', "Grade": "8.0", "Context": '{"product": "mug"}', "remark": ""},
        {"ID": "2", "Text": "=link?", "Grade": "10", "Context": "{sale} mug", "remark": "x"},
    ]
    file = tmp_path / ("labels.csv.gz" if packed else "labels.csv")
    content = b"\xef\xbb\xbf" + as_csv(rows, delimiter)
    file.write_bytes(gzip.compress(content) if packed else content)
    result = take_in(workspace, file)
    assert "labels, CSV, 2 lines\n  columns: id, text, grade, context\n  not used: remark" in result.stdout
    assert [(vote.comment_id, vote.text, vote.grade, vote.context) for vote in stored(workspace)] == [
        ("7600000000000000011", rows[0]["Text"], 8, {"product": "mug"}),
        ("2", "=link?", 10, {"note": "{sale} mug"}),
    ]


def test_csv_errors_name_the_line_on_which_the_row_begins(tmp_path, workspace):
    file = tmp_path / "labels.csv"
    file.write_bytes(b'id,text,grade\n1,"two\nlines",3\n2,x,eleven\n\n3,a,b,4\n7.6E+18,x,4\n4,\xe9t\xe9,4\n5,"open,4\n6,x,3\n')
    assert take_in(workspace, file).stderr.splitlines()[:-1] == [
        'labels.csv line 4: "grade" is "eleven"; it must be a whole number from 1 to 10',
        "labels.csv line 6: 4 cells, but 3 columns; put text with commas or line breaks in quotation marks",
        'labels.csv line 7: "id" is "7.6E+18", shortened by a spreadsheet; give that column the format text and fill it in again',
        "labels.csv line 8: not UTF-8 text; save the file as UTF-8",
        "labels.csv line 9: not valid CSV from here on (unexpected end of data); look for a quotation mark that is never closed",
    ]


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("labels.xlsx", b"PK", "line 1: the name must end in .jsonl or .csv, or in one of these with .gz behind"),
        ("labels", b"{}", "line 1: the name must end in"),
        ("labels.jsonl", b"\n\n", "line 1: the file holds no label"),
        ("labels.csv", b"", "line 1: the file holds no label"),
        ("labels.csv", b"comment,grade\nx,3\n", "line 1: the first line must name the columns; missing: id, text"),
        ("labels.csv", b"id,text,id\n1,x,3\n", "line 1: the column id stands there twice"),
        ("labels.jsonl", '{"id": "1"}'.encode("utf-16"), "line 1: not UTF-8 text; save the file as UTF-8"),
        ("labels.jsonl.gz", b"not packed", "line 1: the file cannot be read from here on"),
        ("labels.jsonl.gz", gzip.compress(jsonl([GOOD]))[:-9], "line 2: the file cannot be read from here on"),
        ("labels.jsonl", b"x" * 1_100_000, "line 1: the file cannot be read from here on (a line has more than 1,000,000 bytes)"),
    ],
)
def test_a_file_that_cannot_be_read_is_named(tmp_path, workspace, name, content, message):
    (tmp_path / name).write_bytes(content)
    result = take_in(workspace, tmp_path / name)
    assert result.exit_code == 2
    assert result.stderr.startswith(f"{name} {message}")
    assert not workspace.exists()


def test_text_from_files_cannot_steer_the_terminal(written, workspace):
    result = take_in(workspace, written({**GOOD, "annotator": "a\x1b[2J", "\x9b31m": 1, "\ud800": 1}))
    assert result.exit_code == 0
    assert "\x1b" not in result.stdout
    assert "\x9b" not in result.stdout


def test_half_an_emoji_is_kept_as_a_replacement_character(tmp_path, workspace):
    file = tmp_path / "labels.csv"
    file.write_bytes(as_csv([{"id": "1", "text": "x", "grade": 3, "context": '{"caption": "mug \\ud83d"}'}]))
    assert take_in(workspace, file).exit_code == 0
    assert stored(workspace)[0].context == {"caption": "mug \ufffd"}


def test_labels_come_out_as_examples_of_their_video_or_source(written, workspace):
    context = {"caption": "new mug #cozy", "hashtags": ["cozy"], "product": "mug", "parent": "where from?"}
    file = written(
        {**GOOD, "id": "a", "video": "https://www.tiktok.com/@shop.1/video/7600000000000000011?lang=en", "source": "s", "context": context},
        {**GOOD, "id": "b", "video": 7600000000000000011, "context": "running shoes"},
        {**GOOD, "id": "c", "video": "https://youtu.be/abcdefghijk?t=3", "platform": "youtube"},
        {**GOOD, "id": "d", "video": "", "source": "moment app"},
        {**GOOD, "id": "e", "video": None, "source": None},
        {**GOOD, "id": "a", "video": "", "annotator": "amy", "grade": 4, "context": context},
        {"id": "f", "text": "lol", "sentiment": "positive"},
    )
    assert take_in(workspace, file).exit_code == 0
    mine = own_labels(stored(workspace))
    examples = sorted([*mine.train, *mine.blind], key=lambda example: example.group)
    assert [(example.group, example.context, example.grade, example.ratings, example.origin) for example in examples] == [
        ("tiktok:7600000000000000011", Context.of(context), 4, (4, 8), "import"),
        ("tiktok:7600000000000000011", Context.of("running shoes"), 8, (), "import"),
        ("tiktok:e", Context(), 8, (), "import"),
        ("tiktok:source:moment app", Context(), 8, (), "import"),
        ("youtube:abcdefghijk", Context(), 8, (), "import"),
    ]


def test_a_source_is_blind_as_a_whole_or_not_at_all(written, workspace):
    rows = [
        {"id": f"{source}-{number}", "text": "link?", "grade": 8, "source": f"s{source}"} for source in range(20) for number in range(5)
    ]
    assert take_in(workspace, written(*rows)).exit_code == 0
    mine = own_labels(stored(workspace))
    train, blind = ({example.group for example in part} for part in (mine.train, mine.blind))
    assert train
    assert blind
    assert train.isdisjoint(blind)


def test_ten_thousand_lines_take_a_few_seconds(written, workspace):
    file = written(
        *({**GOOD, "id": str(number), "text": f"where is number {number} from? 😍"} for number in range(10_000)), name="l.jsonl.gz"
    )
    began = time.perf_counter()
    assert "10,000 labels imported." in take_in(workspace, file).stdout
    assert time.perf_counter() - began < 20  # 3 s on a quiet machine


_WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
_NAMES = st.text(st.characters(categories=["L", "N"]), min_size=1, max_size=10)
_CONTEXTS = st.one_of(
    _WORDS.filter(lambda text: not text or text.strip()),
    st.fixed_dictionaries({}, optional={"caption": _WORDS, "hashtags": st.lists(_WORDS, max_size=3), "product": _WORDS, "parent": _WORDS}),
)
_ROWS = st.fixed_dictionaries(
    {"id": _NAMES, "text": _WORDS.map(lambda text: f"need {text}"), "grade": st.integers(1, 10)},
    optional={
        "signal": st.sampled_from(SIGNALS),
        "sentiment": st.sampled_from(SENTIMENTS),
        "context": _CONTEXTS,
        "video": _NAMES,
        "platform": st.sampled_from(["tiktok", "youtube"]),
        "annotator": _NAMES,
        "uuid": st.uuids(version=4).map(str),
    },
)


def _identity(row):
    return row.get("platform", "tiktok"), row["id"], row.get("annotator", "")


@settings(max_examples=60, deadline=None)
@given(rows=st.lists(_ROWS, min_size=1, max_size=5, unique_by=(_identity, lambda row: row.get("uuid") or object())))
def test_what_was_written_comes_back_from_the_store(tmp_path_factory, rows):
    folder = tmp_path_factory.mktemp("round")
    table = [{**row, "context": json.dumps(c) if isinstance(c := row.get("context", ""), dict) else c} for row in rows]
    (folder / "labels.jsonl").write_bytes(jsonl(rows))
    (folder / "labels.csv").write_bytes(as_csv(table))
    assert take_in(folder / "workspace", folder / "labels.jsonl").exit_code == 0
    events = stored(folder / "workspace")
    assert [_row_of(event) for event in events] == [_expected(row) for row in rows]
    for event, row in zip(events, rows, strict=True):
        alone = own_labels([event])
        assert [example.context for example in [*alone.train, *alone.blind]] == [Context.of(row.get("context"))]
    from_csv = read_label_files([folder / "labels.csv"], clock.now_ms())
    assert from_csv.problems == []
    assert [replace(event, created_at=0) for _, event in from_csv.labels] == [replace(event, created_at=0) for event in events]


def _row_of(event):
    return (
        *(event.source, event.platform, event.comment_id, event.client_id, event.text, event.grade, event.signal, event.sentiment),
        *(event.video_id, event.context.get("note", ""), {key: part for key, part in event.context.items() if key != "note"}),
        str(UUID(event.uuid)) == event.uuid,
    )


def _expected(row):
    context = row.get("context", "")
    note, parts = (context, {}) if isinstance(context, str) else ("", {key: part for key, part in context.items() if part})
    return (
        *("import", *_identity(row), row["text"], row["grade"], row.get("signal"), row.get("sentiment")),
        *(row.get("video", ""), note, parts, True),
    )


def test_derived_uuids_never_change(tmp_path: Path):
    """Files imported by an earlier version must not be imported a second time by a later one."""
    (tmp_path / "a.jsonl").write_bytes(jsonl([{**GOOD, "annotator": "amy"}]))
    ((_, event),) = read_label_files([tmp_path / "a.jsonl"], 0).labels
    assert event.uuid == "02ded67b-d9b1-53c0-94d6-bc343dd2ca82"
