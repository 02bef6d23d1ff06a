"""The seed corpus: what it promises to be, and how a broken file is refused."""

import collections

import pytest

from companion.intent import Context
from companion.intent.context import render
from companion.intent.text import normalise
from companion.training.exams import load_exams
from companion.training.seed import BadSeedError, load_seed

LANGUAGES = {
    "English": (("en",), 4000),
    "Spanish": (("es",), 500),
    "Portuguese": (("pt",), 500),
    "Indonesian and Malay": (("id", "ms"), 500),
    "Vietnamese": (("vi",), 500),
    "Thai": (("th",), 150),
    "Filipino": (("tl", "fil"), 150),
    "Arabic": (("ar",), 150),
    "French": (("fr",), 150),
    "German": (("de",), 150),
    "Turkish": (("tr",), 150),
    "Hindi": (("hi",), 150),
    "Japanese": (("ja",), 150),
    "Korean": (("ko",), 150),
}


@pytest.fixture(scope="module")
def corpus():
    return load_seed()


def said(example):
    """A comment as a person reads it: dress aside, under its video."""
    return normalise(example.text).lower(), render(example.context)


def test_it_holds_at_least_8000_distinct_lines(corpus):
    assert len({normalise(x.text).lower() for x in corpus}) >= 8000


def test_it_is_about_at_least_60_kinds_of_product(corpus):
    assert len({x.product for x in corpus} - {"", "none"}) >= 60


def test_every_grade_occurs_and_most_comments_are_no_buyers(corpus):
    assert {x.grade for x in corpus} == set(range(1, 11))
    assert 0.2 <= sum(x.grade >= 7 for x in corpus) / len(corpus) <= 0.35


@pytest.mark.parametrize("name", LANGUAGES)
def test_a_language_has_the_lines_that_it_needs(corpus, name):
    codes, least = LANGUAGES[name]
    assert sum(x.lang in codes for x in corpus) >= least


def test_nearly_every_line_stands_under_something(corpus):
    assert sum(x.context != Context() for x in corpus) / len(corpus) >= 0.95


def test_contexts_are_captions_plain_notes_and_sometimes_nothing(corpus):
    assert any(x.context.caption for x in corpus)
    assert any(x.context.note for x in corpus)
    assert any(x.context == Context() for x in corpus)


def test_no_comment_stands_twice_under_the_same_video(corpus):
    assert [key for key, n in collections.Counter(map(said, corpus)).items() if n > 1] == []


def test_no_comment_of_an_exam_is_learned(corpus):
    assert set(map(said, corpus)) & set(map(said, load_exams())) == set()


def test_files_are_read_in_the_order_of_their_names_and_blank_lines_skipped(tmp_path):
    row = '{"text": "%s", "context": "mug", "grade": 8, "signal": null, "sentiment": null, "lang": "en", "group": "a", "product": ""}\n'
    (tmp_path / "b.jsonl").write_text(row % "second")
    (tmp_path / "a.jsonl").write_text("\n" + row % "first" + "\n")
    assert [x.text for x in load_seed(tmp_path)] == ["first", "second"]


@pytest.mark.parametrize("line", ['{"text": 1}', "[]", "not json", "5"])
def test_a_broken_file_is_named_with_its_line(tmp_path, line):
    (tmp_path / "x.jsonl").write_text("\n" + line + "\n")
    with pytest.raises(BadSeedError, match=r"x\.jsonl line 2"):
        load_seed(tmp_path)
