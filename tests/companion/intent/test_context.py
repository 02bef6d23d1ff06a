"""Where a comment stands, as the model reads it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.intent.context import MAX_CONTEXT_CHARS, Context, render


def test_a_plain_string_is_a_note_and_none_is_nothing():
    assert Context.of("running shoes") == Context(note="running shoes")
    assert Context.of(None) == Context()


def test_an_object_is_read_key_by_key():
    value = {"caption": "new mug", "hashtags": ["cozy"], "product": "mug", "parent": "where from?"}
    assert Context.of(value) == Context("new mug", ("cozy",), "mug", "where from?")


@pytest.mark.parametrize(
    ("value", "named"),
    [({"captoin": "x"}, "captoin"), ({"hashtags": "cozy"}, "hashtags"), ({"product": 5}, "product"), (7, "int")],
)
def test_what_is_not_understood_is_named(value, named):
    with pytest.raises(ValueError, match=named):
        Context.of(value)


def test_the_parent_comes_first_and_tags_of_the_caption_are_not_repeated():
    context = Context("new mug #cozy", ("#cozy", "unboxing"), "mug", "where from?")
    assert render(context) == "reply to: where from? | mug | new mug #cozy | #unboxing"


@given(st.builds(Context, st.text(), st.lists(st.text(max_size=20)).map(tuple), st.text(), st.text(), st.text()))
def test_rendering_never_exceeds_its_length(context):
    assert len(render(context)) <= MAX_CONTEXT_CHARS
