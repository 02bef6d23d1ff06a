"""A graded comment, read from and written to a line of JSON."""

import json
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.intent import EMOTIONS, SENTIMENTS, SIGNALS, Context
from companion.training.examples import Example, parse, plain
from tests.companion.training.scenes import example

ROW = {
    "text": "link??",
    "context": "mug",
    "grade": 8,
    "signal": "availability",
    "sentiment": "neutral",
    "lang": "en",
    "group": "a",
    "product": "mug",
}

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
SAID = TEXT.filter(lambda text: text.strip() != "")
GRADE = st.integers(1, 10)
CONTEXTS = st.one_of(
    st.builds(Context, note=TEXT),
    st.builds(Context, caption=TEXT, hashtags=st.lists(TEXT, max_size=3).map(tuple), product=TEXT, parent=TEXT),
)
EXAMPLES = st.builds(
    Example,
    text=SAID,
    context=CONTEXTS,
    grade=GRADE,
    signal=st.none() | st.sampled_from(SIGNALS),
    sentiment=st.none() | st.sampled_from(SENTIMENTS),
    lang=TEXT,
    group=TEXT,
    product=TEXT,
    emotion=st.none() | st.sampled_from(EMOTIONS),
    toxic=st.none() | st.booleans(),
    spam=st.none() | st.booleans(),
    ratings=st.lists(GRADE, max_size=4).map(tuple),
    weight=st.floats(0.1, 10),
    origin=st.sampled_from(["seed", "badge", "annotator", "import", "adjudication"]),
)


@given(EXAMPLES)
def test_a_line_of_json_gives_back_the_example_that_was_written(one):
    assert parse(json.loads(json.dumps(plain(one), ensure_ascii=False))) == one


def test_what_nobody_said_is_not_written():
    assert plain(parse(ROW)) == ROW


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("grade", 0),
        ("grade", 11),
        ("grade", "8"),
        ("grade", 8.0),
        ("grade", True),
        ("signal", "buy"),
        ("sentiment", "happy"),
        ("emotion", "hunger"),
        ("toxic", "no"),
        ("spam", 1),
        ("text", 5),
        ("lang", None),
        ("group", 7),
    ],
)
def test_a_wrong_value_is_refused_with_its_key(key, value):
    with pytest.raises(ValueError, match=key) as refused:
        parse({**ROW, key: value})
    assert repr(value) in str(refused.value)


@pytest.mark.parametrize(
    ("key", "value", "says"),
    [
        ("text", " ", "text is empty"),
        ("context", 3, "context is int"),
        ("context", {"colour": "red"}, "'colour'"),
        ("ratings", [8, 12], "12 is not 1 to 10"),
        ("colour", 1, "colour"),
    ],
)
def test_what_does_not_fit_the_format_is_named(key, value, says):
    with pytest.raises((ValueError, TypeError), match=says):
        parse({**ROW, key: value})


@pytest.mark.parametrize("key", ["text", "context", "grade", "signal", "sentiment", "lang", "group", "product"])
def test_a_missing_key_is_named(key):
    with pytest.raises((KeyError, TypeError), match=key):
        parse({name: value for name, value in ROW.items() if name != key})


def test_one_grade_becomes_nine_certain_steps():
    assert example(grade=3).exceed == [1, 1, 0, 0, 0, 0, 0, 0, 0]


def test_several_ratings_become_the_shares_of_people_above_each_step():
    assert example(grade=3, ratings=(2, 3, 3, 9)).exceed == [1, 0.75, 0.25, 0.25, 0.25, 0.25, 0.25, 0.25, 0]


@given(EXAMPLES)
def test_the_share_above_a_step_never_rises_with_the_step(one):
    shares = one.exceed
    assert len(shares) == 9
    assert all(1 >= first >= second >= 0 for first, second in pairwise(shares))
