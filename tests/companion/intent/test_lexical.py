"""The lexical leg: hashed n-grams into linear models."""

import re
import zlib
from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.intent.lexical import BUCKETS, COLUMNS, Counted, Lexical, buckets
from companion.intent.model import SHIPPED
from companion.intent.text import normalise

TEXT = st.text(max_size=80).map(normalise)


@pytest.fixture(scope="module")
def lexical():
    return Lexical.load(SHIPPED / "lexical.npz")


def test_words_and_letters_are_counted():
    counts = buckets("link link")
    assert sum(counts.values()) == 2 + 1 + 2 * (5 + 4 + 3 + 2)  # words, pair of words, letters of " link "
    assert all(0 <= bucket < BUCKETS for bucket in counts)


@given(TEXT)
def test_any_text_gives_finite_log_odds_of_every_answer(lexical, text):
    odds = lexical.logits([text])
    assert odds.shape == (1, COLUMNS)
    assert np.isfinite(odds).all()


def test_a_text_is_read_alike_alone_and_among_others(lexical):
    texts = ["link please", "lol", "just ordered mine"]
    together = lexical.logits(texts)
    assert all((lexical.logits([text])[0] == row).all() for text, row in zip(texts, together, strict=True))


@given(st.lists(st.dictionaries(st.integers(0, BUCKETS - 1), st.integers(1, 9), max_size=20), min_size=1, max_size=5))
def test_values_have_unit_length_in_each_text(texts):
    counted = Counted.of([Counter(counts) for counts in texts])
    values = counted.values(np.ones(BUCKETS, np.float32))
    for start, size in zip(counted.starts, counted.sizes, strict=True):
        assert size == 0 or np.linalg.norm(values[start : start + size]) == pytest.approx(1, abs=1e-5)


def test_saving_and_loading_keeps_what_it_says(lexical, tmp_path):
    lexical.save(tmp_path / "lexical.npz")
    again = Lexical.load(tmp_path / "lexical.npz")
    assert np.array_equal(again.logits(["how much is it"]), lexical.logits(["how much is it"]))


def test_a_missing_array_is_named(tmp_path):
    np.savez(tmp_path / "lexical.npz", idf=np.zeros(BUCKETS), bias=np.zeros(9))
    with pytest.raises(ValueError, match="weights"):
        Lexical.load(tmp_path / "lexical.npz")


@given(st.text(max_size=60))
def test_a_bucket_is_the_crc_of_its_n_gram(text):
    words = re.findall(r"\w+|[^\w\s]+", text.lower())
    grams = ["w " + " ".join(words[start : start + size]) for size in (1, 2, 3) for start in range(len(words) - size + 1)]
    for word in words:
        grams += ["c" + f" {word} "[start : start + size] for size in (2, 3, 4, 5) for start in range(len(word) + 3 - size)]
    assert buckets(text) == Counter(zlib.crc32(gram.encode("utf-8", "replace")) % BUCKETS for gram in grams)
