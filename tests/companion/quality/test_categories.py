"""A video's subject follows its words, and where they do not agree none is said."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.quality.categories import TREE, category_of


@pytest.mark.parametrize(
    ("tags", "caption", "name"),
    [
        (["fyp", "skincareroutine"], "", "beauty/skin"),
        (["fyp", "viral"], "my new airfryer", "home/kitchen"),
        (["makeup", "skincare"], "", "beauty"),
        (["makeup", "dogsoftiktok"], "", ""),
        (["fyp"], "look at this", ""),
        (["cardigan"], "", ""),
        (["#DogTok"], "", "pets/dogs"),
        ([], "", ""),
    ],
)
def test_hashtags_and_caption_decide(tags, caption, name):
    found = category_of(tags, caption)
    assert found.name == name
    assert found.reason


def test_comments_help_where_hashtags_say_nothing_and_do_not_overrule_them():
    assert category_of(["fyp"], "", ["what a puppy"] * 6).name == "pets/dogs"
    assert category_of(["skincare"], "", ["what a puppy"] * 500).top in ("beauty", "")
    assert "in comments" in category_of([], "", ["what a puppy"] * 6).reason


@given(st.lists(st.text(max_size=12), max_size=6), st.text(max_size=60), st.lists(st.text(max_size=30), max_size=5))
def test_whatever_is_written_a_known_subject_or_none_comes_out(tags, caption, comments):
    found = category_of(tags, caption, comments)
    assert found.name in {"", *TREE, *(name.partition("/")[0] for name in TREE)}
    assert found.reason
