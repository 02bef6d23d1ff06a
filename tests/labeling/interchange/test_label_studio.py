"""Exports of a real Label Studio (fixtures/README.md says which) and their surprises."""

import gzip
import json
from pathlib import Path

import pytest

from companion.label_formats import Told
from tests.labeling.interchange.scene import read

FIXTURES = Path(__file__).parent / "fixtures"
OWN = [
    {"id": "c1", "annotator": "label-studio-1", "grade": 8, "signal": "availability", "sentiment": "neutral"},
    {"id": "c1", "annotator": "label-studio-2", "grade": 7, "signal": "availability", "sentiment": "positive", "note": "or 8?"},
    {"id": "c2", "annotator": "label-studio-1", "grade": 1, "signal": "objection", "sentiment": "negative"},
    {"id": "c2", "annotator": "label-studio-2", "grade": 1, "signal": "objection", "sentiment": "negative"},
    {"id": "c3", "annotator": "label-studio-1", "grade": 4, "sentiment": "positive"},
    {"id": "c4", "annotator": "label-studio-2", "grade": 8, "signal": "price", "flags": ["unsure"]},
    {"id": "c5", "annotator": "label-studio-1", "grade": 2, "signal": "none"},
    {"id": "c6", "annotator": "label-studio-1", "grade": 3, "flags": ["spam", "creator"]},
]
FOREIGN_MEANS = {"Happy": "positive", "Meh": "neutral", "Don't know": "", "topics": "signal", "price & cost": "price", "shipping": ""}


def task(*results, number=1, data=None, **more):
    """A task with one annotation for each list of (name, type, value)."""
    annotations = [
        {"id": n, "completed_by": n, "result": [{"from_name": k, "type": t, "value": {t: v}} for k, t, v in result]}
        for n, result in enumerate(results, 1)
    ]
    return {"id": number, "data": data or {"text": "hi", "comment_id": f"c{number}"}, "annotations": annotations, **more}


@pytest.fixture
def written(tmp_path):
    def write(*tasks, name="export.json", before=b""):
        path = tmp_path / name
        path.write_bytes(before + json.dumps(tasks).encode())
        return path

    return write


@pytest.mark.parametrize("name", ["label_studio_own.json", "label_studio_own_min.json"])
def test_a_real_export_of_our_questions_is_read_as_it_was_answered(name):
    rows, errors, _ = read(FIXTURES / name)
    assert errors == []
    assert (
        sorted(
            ({key: value for key, value in row.items() if key not in ("text", "video", "platform", "context")} for row in rows),
            key=lambda row: (row["id"], row["annotator"]),
        )
        == OWN
    )
    assert {row["id"]: row["text"] for row in rows} == {
        "c1": "where can I get this?? 😭",
        "c2": "mine broke in a week, don't",
        "c3": 'Tom &amp; Jerry <3 "cute"',
        "c4": "بكم هذا الكوب؟",
        "c5": "first!\r\nsecond line",
        "c6": "follow me for free mugs",
    }
    assert {row.get("context", {}).get("product") for row in rows} == {"mug that keeps tea warm", None}


def test_what_became_what_and_what_did_not_count_is_said():
    assert read(FIXTURES / "label_studio_own.json")[2] == [
        'id: "comment_id"',
        'text: "text"',
        'video: "video"',
        'context: "context"',
        'platform: "platform"',
        'grade: "grade", by its name',
        'signal: "signal", by its name',
        'sentiment: "sentiment", by its name',
        'flags: "flags", by its name',
        'note: "note", by its name',
        "not used: about",
        "left out: skipped by the annotator 2, drafts 1, predictions 1, tasks that nobody answered 1",
        "HTML spellings such as &amp; are in 1 text and stay as they are",
        "marked as ground truth: 1, which count like all others",
    ]


@pytest.mark.parametrize("name", ["label_studio_foreign.json", "label_studio_foreign_min.json"])
def test_answers_in_other_words_are_not_guessed_but_listed(name):
    rows, errors, notes = read(FIXTURES / name)
    assert rows == []
    assert [(record, error.split(";")[0]) for record, error in errors] == [
        (1, 'task 9, annotation 11: sentiment "Happy" is not known'),
        (2, 'task 10, annotation 12: sentiment "Meh" is not known'),
        (4, 'task 12, annotation 14: sentiment "Don\'t know" is not known'),
    ]
    assert 'not known: sentiment "Happy" 1, sentiment "Meh" 1, sentiment "Don\'t know" 1' in notes
    assert 'grade: "stars", by its name' in notes


@pytest.mark.parametrize("name", ["label_studio_foreign.json", "label_studio_foreign_min.json"])
def test_the_user_says_what_other_words_mean(name):
    rows, errors, notes = read(FIXTURES / name, Told("1-5", FOREIGN_MEANS))
    assert errors == []
    answers = [{key: row[key] for key in ("text", "grade", "signal", "sentiment", "annotator") if key in row} for row in rows]
    assert answers == [
        {"text": "love it &amp; need it", "grade": 10, "sentiment": "positive", "annotator": "label-studio-1"},
        {"text": "too dear", "grade": 3, "signal": "price", "sentiment": "neutral", "annotator": "label-studio-1"},
        {"text": "when does it ship", "signal": "price", "annotator": "label-studio-2"},
        {"text": "what is this", "grade": 1, "annotator": "label-studio-2"},
    ]
    assert "grades run from 1 to 5, as you said: 1 is 1, 2 is 3, 3 is 5, 4 is 8, 5 is 10" in notes
    assert [row["id"].rsplit(":", 1)[0] for row in rows] == [f"label-studio:{number}" for number in (9, 10, 11, 12)]


def test_both_exports_of_a_project_name_the_same_comments():
    told = Told("1-5", FOREIGN_MEANS)
    full, minimal = (read(FIXTURES / f"label_studio_foreign{kind}.json", told)[0] for kind in ("", "_min"))
    assert [row["id"] for row in full] == [row["id"] for row in minimal]


def test_what_we_exported_comes_out_of_label_studio_as_the_same_labels():
    sent, errors, _ = read(FIXTURES / "exported_tasks.json")
    assert errors == []
    assert read(FIXTURES / "label_studio_back.json")[0] == sent
    assert [(row["annotator"], row["uuid"][-1]) for row in sent] == [
        ("annotator-1", "1"),
        ("annotator-2", "2"),
        ("annotator-1", "3"),
        ("annotator-2", "5"),
    ]


def test_an_answer_changed_there_is_a_new_label_of_whoever_changed_it(tmp_path):
    tasks = json.loads((FIXTURES / "label_studio_back.json").read_text(encoding="utf-8"))
    tasks[0]["annotations"][0]["result"][0]["value"]["rating"] = 3
    path = tmp_path / "changed.json"
    path.write_text(json.dumps(tasks), encoding="utf-8")
    rows, _, notes = read(path)
    changed = next(row for row in rows if row["grade"] == 3)
    assert "uuid" not in changed
    assert changed["annotator"] == "label-studio-1"
    assert "changed since they left BuySignal: 1 answer, which count as new labels" in notes


def test_grades_that_may_be_of_five_stars_are_asked_about(written):
    path = written(*(task([("rating", "rating", n)], number=n) for n in range(1, 6)))
    assert read(path)[1] == [
        (1, "all 5 grades of the file are 5 or less, so they may be of a scale from 1 to 5; say --scale 1-5 or --scale 1-10")
    ]
    assert [row["grade"] for row in read(path, Told("1-10"))[0]] == [1, 2, 3, 4, 5]
    assert [row["grade"] for row in read(path, Told("1-5"))[0]] == [1, 3, 5, 8, 10]


def test_a_grade_beyond_the_scale_is_named(written):
    path = written(task([("rating", "rating", 7)], [("rating", "rating", 11)], [("rating", "rating", 0)]))
    assert [error for _, error in read(path)[1]] == [
        "task 1, annotation 2: grade is 11; it must be a whole number from 1 to 10",
        "task 1, annotation 3: grade is 0; it must be a whole number from 1 to 10",
    ]
    assert read(path, Told("1-5"))[1][0] == (1, "task 1, annotation 1: grade 7 is not on the scale of 1 to 5 that you named")


def test_a_question_is_found_by_its_answers_but_not_among_two(written):
    one = written(task([("tone", "choices", ["Positive"])], [("tone", "choices", ["neutral"])]))
    assert 'sentiment: "tone", by its answers' in read(one)[2]
    assert [row["sentiment"] for row in read(one)[0]] == ["positive", "neutral"]
    two = written(task([("tone", "choices", ["positive"]), ("end", "choices", ["neutral"]), ("grade", "rating", 9)]), name="two.json")
    rows, _, notes = read(two)
    assert "sentiment" not in rows[0]
    assert 'sentiment: not taken, because "tone" or "end" could be it; say which with --map tone=sentiment' in notes
    assert "not used: tone (positive 1), end (neutral 1)" in notes
    assert read(two, Told(means={"end": "sentiment"}))[0][0]["sentiment"] == "neutral"


def test_yes_and_no_of_one_mark_count(written):
    path = written(task([("spam", "choices", ["yes"]), ("grade", "rating", 9)], [("spam", "choices", ["no"]), ("grade", "rating", 9)]))
    assert [row.get("flags") for row in read(path)[0]] == [["spam"], None]


def test_two_choices_where_one_is_asked_for_are_a_problem(written):
    path = written(task([("signal", "choices", ["price", "want"])]))
    assert read(path)[1] == [(1, "task 1, annotation 1: two answers to signal: price, want; keep one")]


def test_people_are_numbers_and_never_addresses(written):
    tasks = task([("grade", "rating", 9)])
    tasks["annotations"][0]["completed_by"] = {"id": 4, "email": "ann@example.org", "first_name": "Ann"}
    rows, _, _ = read(written(tasks))
    assert rows[0]["annotator"] == "label-studio-4"


@pytest.mark.parametrize(
    ("broken", "says"),
    [
        ({"id": 7, "data": None, "annotations": []}, 'no task of Label Studio; "data" must be an object and "annotations" a list'),
        ({"id": 7, "data": {}, "annotations": {}}, 'no task of Label Studio; "data" must be an object and "annotations" a list'),
        ({"id": 7, "data": {}, "annotations": [3]}, "an annotation is 3; it must be an object"),
        (
            {"id": 7, "data": {}, "annotations": [{"id": 1, "result": "x"}]},
            'task 7, annotation 1: "result" must be a list of objects with a "value"',
        ),
        (3, "not a JSON object"),
        (None, "not a JSON object"),
    ],
)
def test_broken_tasks_are_named_by_their_record(written, broken, says):
    rows, errors, _ = read(written(task([("grade", "rating", 9)]), broken))
    assert [row["grade"] for row in rows] == [9]
    assert errors == [(2, says)]


def test_nulls_do_no_harm(written):
    path = written(task([("grade", "rating", 9), ("signal", "choices", None), ("note", "textarea", None)], drafts=None, predictions=None))
    assert read(path)[0] == [{"id": "c1", "text": "hi", "annotator": "label-studio-1", "grade": 9}]
    empty = written(task([("grade", "rating", 9)]), {"id": 2, "data": {"text": "x"}, "annotations": None}, name="empty.json")
    assert "left out: tasks that nobody answered 1" in read(empty)[2]


def test_a_byte_order_mark_windows_lines_and_gzip_are_read(written, tmp_path):
    path = written(task([("grade", "rating", 9)]), before=b"\xef\xbb\xbf\r\n ")
    assert len(read(path)[0]) == 1
    packed = tmp_path / "export.json.gz"
    packed.write_bytes(gzip.compress(path.read_bytes().replace(b", ", b",\r\n")))
    assert len(read(packed)[0]) == 1


@pytest.mark.parametrize(
    ("cut", "says"),
    [
        (lambda text: text[:-1], "the file stops in the middle"),
        (lambda text: text[:-9], "not valid JSON from here on (Expecting value)"),
        (lambda text: text[:-1] + ",]", "not valid JSON from here on (Expecting value)"),
        (lambda text: text.replace('"id": 2', '"id": NaN', 1), "not valid JSON from here on (NaN is no JSON; write null)"),
        (lambda text: text.replace('"id": 2,', '"id": 2, "id": 2,', 1), "not valid JSON from here on (a key stands there twice)"),
    ],
)
def test_a_damaged_file_is_never_taken_for_a_whole_one(written, cut, says):
    path = written(task([("grade", "rating", 9)]), task([("grade", "rating", 8)], number=2))
    path.write_text(cut(path.read_text()))
    rows, errors, _ = read(path)
    assert [row["grade"] for row in rows][:1] == [9]
    assert errors[-1][1] == says


def test_no_answer_of_ours_is_a_problem_that_lists_what_there_is(written):
    path = written(task([("colour", "choices", ["red"])]))
    assert read(path)[1] == [
        (1, "no answer to our questions is in it (found: colour (red 1)); say what means what, such as --map stars=grade")
    ]
