"""Whatever stands in a file, reading it ends in rows and errors, and takes no more memory than a record."""

import json
import tracemalloc

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from companion.label_formats import NOTHING_TOLD, Told
from labeling.interchange.reading import doccano, label_studio, label_studio_min, prodigy
from labeling.interchange.reading.recognising import recognise
from labeling.interchange.reading.records import MAX_RECORD, records
from labeling.interchange.reading.telling import ToldFormat
from tests.labeling.interchange.scene import read, write_json_lines

LEAVES = (
    st.none()
    | st.booleans()
    | st.integers(-3, 12)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.sampled_from(["", "8", "price", "Positive", "accept", "{x"])
)
KEYS = st.sampled_from(
    [
        *("id", "text", "data", "annotations", "completions", "result", "value", "from_name", "type", "choices", "rating", "meta"),
        *("buysignal", "completed_by", "drafts", "predictions", "label", "labels", "cats", "entities", "Comments", "user", "accept"),
        *("answer", "options", "spans", "note", "annotation_id", "annotator", "grade", "flags", "spam", "context", "start", "said", "uuid"),
    ]
)
VALUES = st.recursive(LEAVES, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=5), max_leaves=12)
RECORDS = st.dictionaries(KEYS, VALUES, max_size=7)


@pytest.mark.parametrize("hear", [label_studio.hear, label_studio_min.hear, doccano.hear, prodigy.hear])
@settings(max_examples=150, deadline=None)
@given(found=st.lists(RECORDS, max_size=3), told=st.sampled_from([NOTHING_TOLD, Told("1-5", {"8": "grade:3", "price": ""}, "amy")]))
@example(found=[{"annotation_id": 1, "data": [{"labels": 1}]}], told=NOTHING_TOLD)
def test_any_json_is_read_to_its_end(tmp_path_factory, hear, found, told):
    path = write_json_lines(tmp_path_factory.mktemp("any") / "a.jsonl", *found)
    rows = list(ToldFormat("any", "line", hear).read(path, told).rows)
    assert all(1 <= row.line <= max(1, len(found)) for row in rows)


@settings(max_examples=100, deadline=None)
@given(content=st.binary(max_size=60) | st.text('[]{},:"\\u09 \r\n1eEtrunlfas', max_size=60).map(str.encode))
def test_any_bytes_are_records_or_errors(tmp_path_factory, content):
    path = tmp_path_factory.mktemp("any") / "a.json"
    path.write_bytes(content)
    assert all(bool(record.error) or isinstance(record.value, dict) for record in records(path))
    recognise(path)


@settings(max_examples=60, deadline=None)
@given(found=st.lists(st.dictionaries(st.text(max_size=5), VALUES, max_size=3), max_size=5), indent=st.sampled_from([None, 1]))
def test_a_list_and_lines_hold_the_same_records(tmp_path_factory, found, indent):
    folder = tmp_path_factory.mktemp("same")
    listed, lined = folder / "a.json", write_json_lines(folder / "a.jsonl", *found)
    listed.write_text(json.dumps(found, indent=indent), encoding="utf-8")
    assert [record.value for record in records(listed)] == [record.value for record in records(lined)] == json.loads(json.dumps(found))


def test_a_large_list_is_never_in_memory_as_a_whole(tmp_path):
    path = tmp_path / "large.json"
    record = json.dumps({"id": 1, "data": {"text": "x" * 200}, "annotations": []})
    path.write_text(f"[{','.join([record] * 40_000)}]")
    tracemalloc.start()
    assert sum(1 for _ in records(path)) == 40_000
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < path.stat().st_size / 4


def test_a_record_longer_than_any_real_one_ends_the_reading(tmp_path, monkeypatch):
    assert MAX_RECORD == 32 * 1024 * 1024
    monkeypatch.setattr("labeling.interchange.reading.records.MAX_RECORD", 1000)
    for name, content in (("a.json", '[{"id": 1}, {"text": "%s"'), ("a.jsonl", '{"id": 1}\n{"text": "%s')):
        path = tmp_path / name
        path.write_text(content % ("x" * 600_000))
        assert [bool(record.error) for record in records(path)] == [False, True]


@pytest.mark.parametrize(
    "record",
    [
        {"id": "1", "text": "a", "grade": 8},
        {"id": "1", "text": "a", "signal": "price", "label": ["x"]},
        {"id": "1", "text": "a", "video_id": "v"},
        {"data": {"text": "a"}},
    ],
)
def test_our_own_tables_and_other_files_are_left_to_their_readers(tmp_path, record):
    assert recognise(write_json_lines(tmp_path / "a.jsonl", record)) is None


def test_a_file_without_answers_is_not_taken_for_an_empty_success(tmp_path):
    path = write_json_lines(tmp_path / "a.jsonl", {"id": 1, "text": "a", "label": []})
    assert read(path)[1] == [(1, "no answer to our questions is in it (found: none); say what means what, such as --map stars=grade")]
