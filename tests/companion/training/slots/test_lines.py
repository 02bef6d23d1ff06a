"""Marked lines: what is read, what is refused and why, and what the repository holds."""

from __future__ import annotations

from pathlib import Path

import pytest

from companion.shop.understanding.reading import read
from companion.shop.understanding.tagger_spans import TAGS, Span
from companion.training.slots.lines import HELD_OUT, BadLineError, Line, read_file, read_line, read_seed


def test_marks_are_taken_out_and_kept_with_their_places() -> None:
    line = read_line("{colour|navy} {type|rain jacket} for my son, no {not|hood}")
    assert line.text == "navy rain jacket for my son, no hood"
    assert [(tag, line.text[start:end]) for tag, start, end in line.marks] == [
        ("colour", "navy"),
        ("type", "rain jacket"),
        ("not", "hood"),
    ]
    assert line.spans(read(line.text).tokens) == [Span("colour", 0, 1), Span("type", 1, 3), Span("not", 7, 8)]


def test_a_line_without_marks_is_a_line() -> None:
    assert read_line("he is always cold") == Line("he is always cold", ())


def test_marks_in_other_scripts_and_beside_emoji_stand_on_their_words() -> None:
    line = read_line("quiero {type|una cafetería} 😍 sin {not|cápsulas}")
    assert line.spans(read(line.text).tokens) == [Span("type", 1, 3), Span("not", 4, 5)]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("a {shape|round} mug", "unknown tag 'shape'; use one of type, brand"),
        ("a {type|mug", "a brace stands alone"),
        ("a mug}", "a brace stands alone"),
        ("a {mug}", "a brace stands alone"),
        ("a {type|} mug", "around no word"),
        ("a {type| - } mug", "around no word"),
        ("a {type|{colour|red} mug}", "a brace stands alone"),
    ],
)
def test_a_wrong_line_is_refused_with_the_reason(line: str, reason: str) -> None:
    with pytest.raises(BadLineError, match=reason.replace("|", r"\|")):
        read_line(line)


def test_a_wrong_line_is_named_by_file_and_number(tmp_path: Path) -> None:
    (tmp_path / "some.txt").write_text("{type|mug}\n\n{typ|cup}\n", encoding="utf-8")
    with pytest.raises(BadLineError, match=r"some\.txt, line 3: unknown tag 'typ'"):
        read_file(tmp_path / "some.txt")


def test_a_file_that_is_missing_or_no_text_is_refused(tmp_path: Path) -> None:
    (tmp_path / "odd.txt").write_bytes(b"\xff\xfe\x00")
    for name in ("odd.txt", "none.txt"):
        with pytest.raises(BadLineError, match=name):
            read_file(tmp_path / name)


def test_held_out_lines_are_never_trained_on_and_double_ones_once(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("{type|mug}\n{type|cup}\ncup\n", encoding="utf-8")
    (tmp_path / HELD_OUT).write_text("MUG\n", encoding="utf-8")
    trained, held_out = read_seed(tmp_path)
    assert [line.text for line in trained] == ["cup"]
    assert [line.text for line in held_out] == ["MUG"]


def test_the_lines_of_the_repository_can_be_read_and_hold_every_tag() -> None:
    trained, held_out = read_seed()
    for lines in (trained, held_out):
        assert {tag for line in lines for tag, _, _ in line.marks} == set(TAGS)
        assert any(not line.marks for line in lines)
    assert len(held_out) >= 100
