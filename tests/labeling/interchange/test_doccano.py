"""doccano's exports, built after its exporter's schema (no doccano was run)."""

from pathlib import Path

import pytest

from companion.label_formats import Told
from tests.labeling.interchange.scene import read, write_json_lines

FIXTURES = Path(__file__).parent / "fixtures"


def test_label_lists_of_a_classification_project():
    rows, errors, notes = read(FIXTURES / "doccano_by_schema_classification.jsonl")
    assert errors == []
    assert rows == [
        {"id": "c1", "text": "link please", "video": "v1", "grade": 8, "signal": "availability"},
        {
            "id": "c2",
            "text": "cute &amp; small",
            "video": "v1",
            "grade": 4,
            "signal": "praise",
            "sentiment": "positive",
            "note": "no wish to have it\nagreed",
        },
        {"id": "c4", "text": "اشتريته أمس", "grade": 10, "signal": "bought"},
    ]
    assert "left out: texts without a label 1" in notes


@pytest.mark.parametrize(
    ("kind", "answers"),
    [
        ("sequence", [{"signal": "price"}, {"signal": "praise", "sentiment": "positive"}]),
        ("relations", [{"signal": "price"}]),
        ("intent", [{"grade": 8, "signal": "price"}]),
    ],
)
def test_names_of_spans_count_for_the_whole_text_and_that_is_said(kind, answers):
    rows, errors, notes = read(FIXTURES / f"doccano_by_schema_{kind}.jsonl")
    assert errors == []
    assert [{key: value for key, value in row.items() if key not in ("id", "text")} for row in rows] == answers
    assert any(note.startswith("given of a part of a text: ") for note in notes)
    assert rows[0]["id"].startswith("doccano:1:")


def test_old_exports_name_people(tmp_path):
    path = write_json_lines(
        tmp_path / "old.jsonl",
        {
            "id": 1,
            "text": "a",
            "meta": {"comment_id": "c1"},
            "annotations": [{"label_name": "8", "label": 3, "user": 1, "user_name": "amy"}],
        },
        {"id": 2, "text": "b", "labels": ["9"], "username": "bo", "meta": None},
    )
    rows, errors, _ = read(path)
    assert errors == []
    assert [(row["annotator"], row["grade"]) for row in rows] == [("doccano-amy", 8), ("doccano-bo", 9)]
    assert rows[0]["id"] == "c1"


def test_numbers_in_place_of_names_are_a_problem(tmp_path):
    path = write_json_lines(tmp_path / "old.jsonl", {"id": 1, "text": "a", "annotations": [{"label": 10, "user": 1}]})
    assert read(path)[1] == [(1, "a label is 10, the tool's own number for it; export again with the labels' names")]


@pytest.mark.parametrize(
    ("label", "answer"),
    [
        ("grade:8", {"grade": 8}),
        ("Grade 8", {"grade": 8}),
        ("8", {"grade": 8}),
        ("signal: Price", {"signal": "price"}),
        ("flag=spam", {"flags": ["spam"]}),
        (" Positive ", {"sentiment": "positive"}),
    ],
)
def test_labels_with_and_without_their_question(tmp_path, label, answer):
    rows, errors, _ = read(write_json_lines(tmp_path / "a.jsonl", {"id": 1, "text": "a", "label": [label]}))
    assert errors == []
    assert {key: value for key, value in rows[0].items() if key not in ("id", "text")} == answer


def test_labels_that_are_not_known_are_counted_and_can_be_given_a_meaning(tmp_path):
    path = write_json_lines(
        tmp_path / "a.jsonl",
        {"id": 1, "text": "a", "label": ["Buy", "8"]},
        {"id": 2, "text": "b", "label": ["Buy"]},
        {"id": 3, "text": "c", "label": "?"},
    )
    rows, errors, notes = read(path)
    assert rows == []
    assert errors[0] == (1, 'label "Buy" is not known; say what it means (--map "Buy=signal:want") or leave it out (--map "Buy=")')
    assert 'not known: label "Buy" 2, label "?" 1' in notes
    rows, errors, notes = read(path, Told(means={"Buy": "signal:want", "?": ""}))
    assert errors == []
    assert [(row.get("grade"), row["signal"]) for row in rows] == [(8, "want"), (None, "want")]
    assert "left out: without an answer to our questions 1" in notes


def test_people_who_worked_together_may_disagree_in_one_line(tmp_path):
    path = write_json_lines(tmp_path / "all.jsonl", {"id": 1, "text": "a", "label": ["grade:3", "grade:8"]})
    assert read(path)[1] == [(1, "two answers to grade: 3, 8; keep one")]


def test_a_file_of_one_person_is_theirs_when_the_user_says_so(tmp_path):
    path = write_json_lines(tmp_path / "amy.jsonl", {"id": 1, "text": "a", "label": ["8"]})
    assert "annotator" not in read(path)[0][0]
    assert read(path, Told(annotator="amy"))[0][0]["annotator"] == "amy"


@pytest.mark.parametrize("label", [{"a": 1}, [[1, 2]], [None], 4, [{"x": 1}]])
def test_labels_of_no_known_shape_are_a_problem(tmp_path, label):
    path = write_json_lines(tmp_path / "a.jsonl", {"id": 1, "text": "a", "label": ["8"]}, {"id": 2, "text": "b", "label": label})
    ((line, message),) = read(path)[1]
    assert line == 2
    assert message.startswith("a label is ")


def test_lines_that_are_no_json_are_named(tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_bytes(b'\xef\xbb\xbf{"id": 1, "text": "a", "label": ["8"]}\r\n\r\n{"id": 2,\r\n["x"]\r\n')
    rows, errors, _ = read(path)
    assert [row["grade"] for row in rows] == [8]
    assert [(line, error[:14]) for line, error in errors] == [(3, "not valid JSON"), (4, "not a JSON obj")]


def test_a_file_that_is_not_utf_8_is_refused(tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_bytes(b'{"id": 1, "text": "a", "label": ["8"]}\n' * 3 + b'{"id": 2, "text": "caf\xe9", "label": ["8"]}\n')
    assert read(path)[1][-1][1] == "not UTF-8 text; save the file as UTF-8"
