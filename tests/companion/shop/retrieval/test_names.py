"""Names of things compared in meaning."""

import pytest

from companion.shop.retrieval import names
from companion.shop.retrieval.encoding import SentenceEncoder
from companion.shop.retrieval.names import Names


class Counted:
    """The shipped encoder, and which texts it was given."""

    def __init__(self):
        self.inner, self.asked = SentenceEncoder(), []

    def encode(self, texts):
        self.asked += texts
        return self.inner.encode(texts)


@pytest.fixture
def encoder():
    made = Counted()
    yield made
    made.inner.close()


def test_a_name_is_nearer_to_its_other_name_than_to_another_thing(encoder):
    frame, cooker = Names(encoder).alike("picture frame", ["photo frame", "rice cooker"])
    assert frame > 0.78 > cooker


def test_a_name_is_encoded_once_and_says_the_same_again(encoder):
    known = Names(encoder)
    first = known.alike("desk lamp", ["moon lamp", "desk lamp"])
    assert known.alike("desk lamp", ["moon lamp", "desk lamp"]) == first
    assert sorted(encoder.asked) == ["desk lamp", "moon lamp"]


def test_beyond_what_is_kept_it_forgets_and_goes_on(encoder, monkeypatch):
    monkeypatch.setattr(names, "KEPT", 3)
    known = Names(encoder)
    before = known.alike("desk lamp", ["moon lamp"])
    known.alike("yoga mat", ["gym mat"])
    assert known.alike("desk lamp", ["moon lamp"]) == pytest.approx(before, abs=1e-5)


def test_without_an_encoder_nothing_can_be_told():
    assert Names(None).alike("desk lamp", ["moon lamp"]) == []
