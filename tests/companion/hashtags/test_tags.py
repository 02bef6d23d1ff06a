"""What people type becomes a tag, or nothing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.hashtags.tags import MAX_TAG, clean_tag, clean_tags, fold, has_letters, squeeze


@pytest.mark.parametrize(
    ("typed", "tag"),
    [
        ("#SkinCare", "skincare"),
        (" # skin care ", "skincare"),
        ("catsoftiktok🐱", "catsoftiktok"),
        ("Ｍａｋｅｕｐ", "makeup"),
        ("мода2024", "мода2024"),
        ("กันแดด", "กันแดด"),
        ("tik_tok", "tik_tok"),
        ("tócđẹp❤️", "tócđẹp"),
        ("top1️⃣", "top1"),
        ("🔥🔥", ""),
        ("___", ""),
        ("", ""),
    ],
)
def test_a_tag_is_cleaned(typed, tag):
    assert clean_tag(typed) == tag


def test_a_long_tag_is_cut_at_a_hundred_characters():
    assert clean_tag("a" * 300) == "a" * MAX_TAG


def test_tags_stand_once_and_in_order():
    assert clean_tags(["#B", "a", "🔥", "b", "A"]) == ("b", "a")


def test_accents_are_left_out_as_people_leave_them_out():
    assert fold("Trang điểm") == "trangdiem"
    assert squeeze("Trang điểm") == "trangđiểm"
    assert fold("ก้าน") == squeeze("ก้าน"), "a Thai tone mark is part of the word"


def test_a_year_has_no_letters():
    assert not has_letters("2024")
    assert has_letters("y2k")


@given(st.text(max_size=200))
def test_cleaning_twice_changes_nothing(text):
    once = clean_tag(text)
    assert clean_tag(once) == once
    assert len(once) <= MAX_TAG
