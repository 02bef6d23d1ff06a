"""What the model reads of a comment."""

import unicodedata

import emoji
from hypothesis import given
from hypothesis import strategies as st

from companion.intent.text import MAX_CHARS, clean, cut, normalise

ANY_TEXT = st.text(st.characters(), max_size=300)  # lone surrogates included


def test_emoji_become_their_names_and_repeats_are_limited():
    assert normalise("need 😭😭😭😭 now") == "need loudly crying face loudly crying face now"


def test_letter_runs_are_shortened_to_three():
    assert normalise("soooooooo gooood") == "sooo goood"


def test_fancy_letters_are_read_as_plain_ones():
    assert normalise("𝓵𝓲𝓷𝓴 𝐩𝐥𝐬") == "link pls"


def test_invisible_and_direction_characters_do_not_reach_the_model():
    assert normalise("bu\u200by \u202ethis\u202c\x00 now") == "buy this now"


def test_stacked_marks_are_limited_but_vietnamese_and_thai_stay_whole():
    assert normalise("ế " + "ก็") == unicodedata.normalize("NFKC", "ế ก็")
    assert len(normalise("h" + "\u0301\u0302\u0303\u0304" * 20)) <= 3


def test_a_text_is_cut_at_the_limit_and_says_so():
    assert cut("x" * MAX_CHARS) == ("x" * MAX_CHARS, False)
    assert cut("x" * (MAX_CHARS + 1)) == ("x" * MAX_CHARS, True)


@given(ANY_TEXT)
def test_any_text_gives_encodable_single_spaced_text(text):
    for seen in (clean(text), normalise(text)):
        seen.encode("utf-8")
        assert seen == " ".join(seen.split())


@given(ANY_TEXT)
def test_cleaning_twice_changes_nothing_more(text):
    assert clean(clean(text)) == clean(text)


def test_every_emoji_is_spelled_out():
    left = [symbol for symbol in emoji.EMOJI_DATA if emoji.emoji_count(normalise(f"a {symbol} b"))]
    assert left == []
