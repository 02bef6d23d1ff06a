"""Which spellings are the same text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from labeling.same_text import ADDRESS, EMOJI, EMPTY, MARKS, key_hash, same_text_key


@pytest.mark.parametrize(
    "texts",
    [
        ["price?", "PRICE", "Price!!!", " price ", "priiiice 🔥", "@ana price", "price https://example.org/x?y=1"],
        ["🔥", "🔥🔥🔥", "🔥 🔥!", "🔥\ufe0f", "@bo 🔥"],
        ["😍🔥", "🔥😍", "🔥🔥😍 😍"],
        ["👍🏽", "👍", "👍🏿👍"],
        ["¿dónde lo compro?", "donde lo compro", "DONDE LO COMPRO"],
        ["كم السعر", "كَمِ السِّعْر", "كم السـعر؟"],
        ["ｐｒｉｃｅ", "price"],
        ["@ana", "@ana @bo.cy", "https://example.org"],
        ["", "   ", "\u200b", "\n\t"],
        ["哈哈哈哈", "哈哈！"],
    ],
)
def test_dress_does_not_count(texts: list[str]) -> None:
    assert len({same_text_key(text) for text in texts}) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("🔥", "😭"),
        ("?", "!"),
        ("100", "10"),
        ("ราคา", "ราคี"),  # Thai vowel signs are letters, not accents
        ("कि", "की"),
        ("price", "prices"),
        ("", "?"),
        ("@ana", ""),
        ("🔥", "fire"),
        ("多少钱", "多少"),
    ],
)
def test_what_says_something_else_differs(one: str, other: str) -> None:
    assert same_text_key(one) != same_text_key(other)


def test_comments_without_words_are_told_apart_by_kind() -> None:
    kinds = [same_text_key(text)[: len(kind)] == kind for text, kind in (("🔥", EMOJI), ("?!", MARKS), ("@ana", ADDRESS), ("", EMPTY))]

    assert all(kinds)
    assert same_text_key("emoji: x") == "emoji x"  # words never look like a kind


@given(st.text() | st.text(st.characters(categories=["Cs", "So", "Mn", "Cf", "Lu", "Po", "Nd"])))
def test_any_text_has_one_key_that_is_stable(text: str) -> None:
    key = same_text_key(text)

    assert key
    assert same_text_key(text) == key == same_text_key(f"  {text}\u200b")
    assert len(key_hash(key)) == 16


@given(st.text(st.sampled_from("aB éñ🔥?!"), max_size=30))
def test_case_never_counts(text: str) -> None:
    assert same_text_key(text.upper()) == same_text_key(text)
