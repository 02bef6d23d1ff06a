"""Files of labels as spreadsheets write them, and files that cannot be read."""

import gzip
import time

import pytest

from tests.companion.commands.import_labels.scene import GOOD, as_csv, jsonl, stored, take_in


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


def test_ten_thousand_lines_take_a_few_seconds(written, workspace):
    file = written(
        *({**GOOD, "id": str(number), "text": f"where is number {number} from? 😍"} for number in range(10_000)), name="l.jsonl.gz"
    )
    began = time.perf_counter()
    assert "10,000 labels imported." in take_in(workspace, file).stdout
    assert time.perf_counter() - began < 20  # 3 s on a quiet machine


def test_lines_with_marks_alone_are_left_out_and_counted(tmp_path, workspace):
    file = tmp_path / "labels.jsonl"
    file.write_bytes(jsonl([GOOD, {"id": "c2", "text": "hm", "flags": ["skip"]}, {"id": "c3", "text": "follow me", "flags": ["spam"]}]))
    result = take_in(workspace, file)
    assert result.exit_code == 0
    assert "Left out: 2 lines with marks but no answer, such as skipped comments" in result.stdout
    assert "1 label imported." in result.stdout
    assert [vote.comment_id for vote in stored(workspace)] == ["c1"]
