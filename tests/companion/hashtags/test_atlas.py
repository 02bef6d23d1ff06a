"""The atlas answers from words and from what stands together, and says what an answer rests on."""

import time

import numpy as np
import pytest

from companion.hashtags import Atlas, Category, Post, Taxonomy, TaxonomyError, default_tree
from tests.companion.hashtags.scene import posts

TREE = default_tree()


def best(atlas, tag, strategy="blend"):
    return atlas.map_tag(tag, TREE, strategy=strategy).matches[0]


def test_a_tag_is_matched_by_its_words(empty):
    answer = empty.map_tag("#LipstickReview", TREE)
    assert answer.tag == "lipstickreview"
    assert not answer.none
    assert answer.videos == 0
    assert (answer.matches[0].category_id, answer.matches[0].strategy, answer.matches[0].support) == ("beauty/makeup", "text", 0)


@pytest.mark.parametrize(("tag", "shelf"), [("zibblo", "pets/cats"), ("quarvex", "beauty/makeup"), ("hommelor", "home/food")])
def test_a_tag_that_no_word_list_knows_is_matched_by_what_stands_beside_it(atlas, tag, shelf):
    match = best(atlas, tag)
    assert (match.category_id, match.strategy, match.support) == (shelf, "blend", 10)
    assert not atlas.map_tag(tag, TREE).none


def test_the_graph_does_not_quote_the_tag_itself(atlas):
    """`makeup` alone under its video would be its only witness: then the graph must be silent."""
    alone = Atlas([Post("1", "c", ("makeup",))], atlas.vectors)
    at = alone.graph.find("makeup")
    assert not alone.spread.mass[at].any()
    assert best(alone, "makeup", "graph").strategy == "text"


@pytest.mark.parametrize("tag", ["fyp", "funny", "foryoupage", "2024", "sadvibes"])
def test_tags_without_a_shelf_are_none(atlas, tag):
    assert atlas.map_tag(tag, TREE).none


@pytest.mark.parametrize("tag", ["makeup", "zibblo", "cachorro", "ทำอาหาร"])
def test_tags_with_a_shelf_are_not_none(atlas, tag):
    assert not atlas.map_tag(tag, TREE).none


@pytest.mark.parametrize("tag", ["", "#", "🔥🔥🔥", "   "])
def test_no_tag_is_answered_without_matches(atlas, tag):
    answer = atlas.map_tag(tag, TREE)
    assert (answer.none, answer.matches, answer.confidence) == (True, (), 0.0)


@pytest.mark.parametrize("tag", ["x" * 100, "мейкап美妆makeup", "ก" * 100, "_" + "a" * 99])
def test_odd_tags_are_answered(atlas, tag):
    answer = atlas.map_tag(tag, TREE, top=3)
    assert len(answer.matches) == 3
    assert all(0 <= match.score <= 1 for match in answer.matches)


def test_the_witnesses_are_named(atlas):
    evidence = atlas.map_tag("zibblo", TREE, explain=True).matches[0].evidence
    assert {co_tag.tag for co_tag in evidence.co_tags} == {"kitten", "catlover"}
    assert evidence.co_tags[0].videos == 10
    assert len(evidence.videos) == 5
    assert all(video.id.startswith("0") for video in evidence.videos)
    assert sum(video.weight for video in evidence.videos) == pytest.approx(0.5)


def test_a_category_is_answered_with_the_tags_of_its_videos(atlas):
    found = [match.tag for match in atlas.map_category("pets/cats", TREE)]
    assert set(found[:3]) == {"kitten", "catlover", "zibblo"}
    assert "fyp" not in found
    assert "funny" not in found


def test_a_department_is_answered_by_all_its_shelves(atlas):
    assert {match.tag for match in atlas.map_category("beauty", TREE)[:3]} == {"makeup", "lipstick", "quarvex"}


def test_given_tags_are_ranked_for_a_category_though_no_video_carries_them(atlas):
    found = atlas.map_category("pets/dogs", TREE, tags=["fyp", "puppy", "lipstick", "🔥"])
    assert found[0].tag == "puppy"
    assert len(found) == 3
    assert found[0].support == 0


def test_intent_raises_the_tags_whose_comments_ask_to_buy(vectors):
    """Two tags of one shelf, alike but for what their comments say."""
    made = [
        Post(f"{tag}{n}", f"{tag}{n}", (tag, "makeup"), graded=30, high=high)
        for tag, high in (("blorv", 1), ("blorx", 25))
        for n in range(8)
    ]
    atlas = Atlas(made, vectors)
    scores = {
        strategy: {m.tag: m for m in atlas.map_category("beauty/makeup", TREE, strategy=strategy)} for strategy in ("blend", "intent")
    }
    assert scores["blend"]["blorx"].score == pytest.approx(scores["blend"]["blorv"].score)
    assert scores["intent"]["blorx"].score > 1.5 * scores["intent"]["blorv"].score
    assert scores["intent"]["blorx"].intent_rate > 0.6


def test_intent_turns_a_tag_to_the_shelf_whose_videos_ask_to_buy(vectors):
    made = [Post(f"a{n}", f"a{n}", ("blorv", "makeup"), graded=50, high=45) for n in range(6)]
    made += [Post(f"b{n}", f"b{n}", ("blorv", "recipe"), graded=50, high=1) for n in range(7)]
    atlas = Atlas(made, vectors)

    def share(strategy):
        scores = {match.category_id: match.score for match in atlas.map_tag("blorv", TREE, strategy=strategy).matches}
        return scores["beauty/makeup"] / scores["home/food"]

    assert share("intent") > 1.2 * share("blend")


def test_one_busy_creator_is_no_crowd(vectors):
    """Sixteen videos of one creator say cats, eight creators say make-up with one video each."""
    made = [Post(f"a{n}", "one", ("blorv", "kitten")) for n in range(16)] + [Post(f"b{n}", f"c{n}", ("blorv", "makeup")) for n in range(8)]
    assert best(Atlas(made, vectors), "blorv").category_id == "beauty/makeup"


def test_numbers_of_a_tag(atlas):
    told = atlas.statistics("#Quarvex")
    assert (told.videos, told.creators, told.plays, told.median_plays) == (10, 2, 55_000, 5500.0)
    assert (told.graded, told.high) == (200, 100)
    assert told.intent_rate == pytest.approx((100 + 20 * 130 / 800) / 220)
    assert sum(told.trend) == 10
    assert told.products == (("Velvet matte lipstick 04", 10),)
    assert dict(told.top_creators) == {"tiktok:10": 5, "tiktok:11": 5}


def test_numbers_of_a_tag_that_nobody_uses(atlas):
    told = atlas.statistics("nobodyusesthis")
    assert (told.videos, told.plays, told.intent_rate, told.growth, told.trend) == (0, None, None, None, ())


def test_compared_tags_stand_in_order(atlas):
    assert [one.tag for one in atlas.compare(["#fyp", "zibblo", "fyp"])] == ["fyp", "zibblo"]


def test_related_tags_share_the_videos(atlas):
    related = atlas.related("zibblo", 2)
    assert {one.tag for one in related} == {"kitten", "catlover"}
    assert all(one.videos == 10 and one.similarity > 0.5 for one in related)
    assert atlas.related("nobodyusesthis") == []


def test_a_neighbourhood_is_a_graph(atlas):
    around = atlas.neighbourhood("zibblo", TREE)
    assert {tag for tag, _, _ in around.tags} == {"zibblo", "kitten", "catlover", "fyp"}
    assert ("zibblo", "kitten", 10) in around.edges
    assert {tag: department for tag, _, department in around.tags}["kitten"] == "Pets"
    assert atlas.neighbourhood("nobodyusesthis", TREE).tags == ()


def test_search_finds_tags_and_categories(atlas):
    hits = atlas.search("cat", TREE)
    assert ("category", "pets/cats") in [(hit.kind, hit.id) for hit in hits]
    assert {"kitten", "catlover"} <= {hit.id for hit in hits if hit.kind == "tag"}
    assert [hit.similarity for hit in hits] == sorted((hit.similarity for hit in hits), reverse=True)
    assert atlas.search("🔥", TREE) == []


def test_an_empty_store_answers_all_questions(empty):
    assert empty.map_category("pets/cats", TREE) == []
    assert empty.related("cat") == []
    assert empty.statistics("cat").videos == 0
    assert empty.search("cat", TREE)[0].kind == "category"
    assert empty.neighbourhood("cat", TREE).edges == ()


def test_what_is_not_in_the_tree_is_named(atlas):
    with pytest.raises(TaxonomyError, match="level 3 is not in the tree"):
        atlas.map_tag("cat", TREE, level=3)
    with pytest.raises(TaxonomyError, match='"pets/unicorns" is no category'):
        atlas.map_category("pets/unicorns", TREE)
    with pytest.raises(TaxonomyError, match="below the level"):
        atlas.map_category("pets/cats", TREE, level=1)


def test_a_tree_in_another_alphabet(atlas):
    tree = Taxonomy(
        "ja", (Category("1", ("ペット",)), Category("2", ("ペット", "猫"), "1"), Category("3", ("ペット", "Dog Supplies"), "1"))
    )
    assert atlas.map_tag("puppy", tree).matches[0].category_id == "3"


def test_the_same_posts_make_the_same_atlas(atlas, vectors):
    other = Atlas(posts(), vectors)
    assert np.array_equal(other.spread.mass, atlas.spread.mass)
    assert np.array_equal(other.embedding.tags, atlas.embedding.tags)


def test_a_known_tag_is_answered_at_once(atlas):
    atlas.map_tag("makeup", TREE)
    start = time.thread_time()
    for _ in range(20):
        atlas.map_tag("makeup", TREE)
    assert (time.thread_time() - start) / 20 < 0.03
