"""Words that no list knows are read by the nearest words that one knows."""

import numpy as np
import pytest

from companion.hashtag_atlas import encoder_id
from companion.hashtags import Post, Vectors
from companion.hashtags.atlas import Atlas
from companion.hashtags.default_tree import default_tree
from companion.hashtags.generic import Signs, chance_of_none
from companion.hashtags.near import near, phrases
from companion.hashtags.phrase_vectors import ship, shipped_vectors
from companion.hashtags.reading import Reading
from companion.hashtags.vocabulary import vocabulary

KINDS = list(vocabulary().kinds)


def read(vectors: Vectors, phrase: str, heard=None):
    return near(vectors).read(vectors.one(phrase), heard)


@pytest.mark.parametrize(
    ("phrase", "kind"),
    [("kibble for my hound", "pets/dogs"), ("shampoo without sulfate", "beauty/hair"), ("a telescopic angling pole", "sport/fishing")],
)
def test_an_unknown_phrase_stands_with_what_it_is_like(vectors, phrase, kind):
    assert KINDS[int(np.argmax(read(vectors, phrase).kinds))] == kind


def test_shares_of_kinds_and_of_nowhere_sum_to_one(vectors):
    found = read(vectors, "hilarious prank compilation")
    assert found.kinds.sum() + found.nowhere == pytest.approx(1, abs=1e-5)
    assert found.nowhere > 0.5


def test_a_phrase_that_is_not_heard_says_nothing(vectors):
    whole = read(vectors, "lipstick")
    without = read(vectors, "lipstick", lambda phrase: "lip" not in phrase)
    assert without.likeness < whole.likeness


def test_words_like_moods_make_none_likelier():
    unknown = Reading("something")
    assert chance_of_none(Signs(unknown, likeness=0.4, nowhere=1.0)) > chance_of_none(Signs(unknown, likeness=0.4, nowhere=0.0)) + 0.3


def test_every_english_phrase_ships_with_a_vector():
    assert {phrase for phrase, _ in phrases()} <= shipped_vectors(encoder_id()).keys()


def test_shipped_vectors_are_those_of_the_encoder(vectors):
    fresh = Vectors(vectors._encoder)
    for phrase in ("lipstick", "dog food", "sad"):
        assert float(fresh.one(phrase) @ shipped_vectors(encoder_id())[phrase]) > 0.99


def test_vectors_of_another_encoder_are_not_used(tmp_path):
    file = tmp_path / "phrases.npz"
    ship("one", {"dog": np.array([0.6, 0.8], np.float32)}, file)
    assert shipped_vectors("another", file) == {}
    assert shipped_vectors("one", tmp_path / "none.npz") == {}
    np.testing.assert_allclose(shipped_vectors("one", file)["dog"], [0.6, 0.8], atol=0.01)


def test_a_word_nobody_can_read_is_left_to_its_videos(vectors):
    posts = [Post(f"{at}", f"{at % 3}", ("뷁쉛", "lipstick", "makeup")) for at in range(4)]
    posts += [Post(f"x{at}", f"c{at}", ("dog", "puppy")) for at in range(20)]
    answer = Atlas(posts, vectors).map_tag("뷁쉛", default_tree())
    assert answer.matches[0].category_id == "beauty/makeup"
