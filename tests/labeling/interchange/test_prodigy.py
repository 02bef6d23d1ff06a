"""Prodigy's exports, built after its documentation (no Prodigy was run)."""

from pathlib import Path

import pytest

from tests.labeling.interchange.scene import read, write_json_lines

FIXTURES = Path(__file__).parent / "fixtures"


def decision(**more):
    return {"text": "a", "answer": "accept", "_input_hash": 5, "_task_hash": 6, "_annotator_id": "amy", **more}


def test_choices_of_several_people():
    rows, errors, notes = read(FIXTURES / "prodigy_by_schema_choice.jsonl")
    assert errors == []
    assert rows == [
        {"id": "c1", "text": "link please", "annotator": "shop-amy", "signal": "availability"},
        {"id": "c1", "text": "link please", "annotator": "shop-bo", "signal": "price"},
    ]
    assert "left out: ignored by the annotator 1, rejected, which does not say what is right 1, accepted without a choice 1" in notes


def test_single_labels_of_one_text_are_put_together():
    rows, errors, _ = read(FIXTURES / "prodigy_by_schema_binary.jsonl")
    assert errors == []
    assert len(rows) == 1
    assert {key: rows[0][key] for key in ("sentiment", "signal", "annotator")} == {
        "sentiment": "positive",
        "signal": "praise",
        "annotator": "2026-01-31_10-00-00",
    }
    assert rows[0]["id"].startswith("prodigy:-7:")


def test_the_place_of_an_option_is_not_its_grade(tmp_path):
    options = [{"id": 1, "text": "Positive"}, {"id": 2, "text": "Negative"}]
    path = write_json_lines(tmp_path / "a.jsonl", decision(options=options, accept=[1]))
    assert read(path)[0][0]["sentiment"] == "positive"
    stars = [{"id": number, "text": str(number)} for number in range(1, 11)]
    path = write_json_lines(tmp_path / "b.jsonl", decision(options=stars, accept=[9]))
    assert read(path)[0][0]["grade"] == 9


@pytest.mark.parametrize(
    ("broken", "says"),
    [
        ({"answer": "maybe"}, '"answer" is "maybe"; it must be accept, reject or ignore'),
        ({"answer": None}, '"answer" is null; it must be accept, reject or ignore'),
        ({"answer": ["accept"]}, '"answer" is ["accept"]; it must be accept, reject or ignore'),
        ({"accept": [[1]]}, '"accept" holds [1]; it must hold ids of options'),
        ({"label": {"a": 1}}, 'a label is {"a": 1}; it must be text, or a list of texts or of [from, to, text]'),
    ],
)
def test_broken_decisions_are_named(tmp_path, broken, says):
    path = write_json_lines(tmp_path / "a.jsonl", decision(label="price"), decision(**broken))
    assert read(path)[1] == [(2, says)]


def test_spans_count_for_the_whole_text(tmp_path):
    path = write_json_lines(tmp_path / "a.jsonl", decision(spans=[{"start": 0, "end": 1, "label": "price"}]))
    rows, _, notes = read(path)
    assert rows[0]["signal"] == "price"
    assert "given of a part of a text: 1 answer, which count for all of it" in notes
