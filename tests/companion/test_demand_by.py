"""Demand by product, hashtag, video and creator: the same depth everywhere, each text of a writer once."""

from __future__ import annotations

import pytest

from companion import creator_demand, demand_by
from companion.demand_by import By
from companion.store import Store, labels, products
from companion.store.products import VideoProduct
from companion.store.quality_first import Counting
from tests.companion.graded_scene import Scene
from tests.companion.store.scenes import label

MODEL = "m"
ORGANIC = Counting(MODEL, 20, ("organic",))


@pytest.fixture
def scene(store: Store) -> Scene:
    return Scene(store, MODEL)


def figures(store: Store, by: By, counting: Counting = ORGANIC) -> dict[str, tuple[int, int, int]]:
    """Videos seen, comments counted and those close to buying, by key."""
    with store.reading() as connection:
        counts = demand_by.count(connection, counting, by)
    return {key: (counts.videos[platform, key], one.share.n, one.high) for (platform, key), one in counts.demand.items()}


def test_a_video_counts_under_each_of_its_hashtags(scene: Scene, store: Store) -> None:
    scene.video("v1", None, hashtags=("Find", "lamp"))
    scene.video("v2", None, hashtags=("find",))
    scene.says("v1", 0.9, 0.1)
    scene.says("v2", 0.9)
    assert figures(store, "hashtag") == {"find": (2, 3, 2), "lamp": (1, 2, 1)}


def test_depth_is_counted_for_each_video_and_each_key_alone(scene: Scene, store: Store) -> None:
    scene.video("v1", None, hashtags=("one", "two"))
    scene.says("v1", *[0.9] * 5)
    scene.says("v1", *[0.1] * 30, seen=2)
    assert figures(store, "hashtag", Counting(MODEL, 10, ("organic",))) == {"one": (1, 10, 5), "two": (1, 10, 5)}
    assert figures(store, "video", Counting(MODEL, 10, ("organic",))) == {"v1": (1, 10, 5)}


def test_linked_products_go_before_the_one_the_video_came_with(scene: Scene, store: Store) -> None:
    scene.video("v1", None, "shop", product="blender")
    scene.video("v2", None, product=" Lamp ")
    with store.writing() as connection:
        one = VideoProduct("tiktok", "v1", "7", "Mini blender", "", "", None, "", "", ())
        products.save(connection, [one], 1)
    scene.says("v1", 0.9)
    scene.says("v2", 0.1)
    assert figures(store, "product") == {"Lamp": (1, 1, 0)}
    assert figures(store, "product", Counting(MODEL, 20, ("organic", "shop"))) == {"Lamp": (1, 1, 0), "Mini blender": (1, 1, 1)}


def test_by_region_it_counts_where_videos_were_posted_and_those_of_which_nobody_knows(scene: Scene, store: Store) -> None:
    for ident, region in (("v1", "US"), ("v2", "US"), ("v3", "DE"), ("v4", None), ("v5", None), ("v6", "VN")):
        scene.video(ident, None, region=region)
    scene.says("v1", 0.9, 0.1, lang="de")  # the comment's language is not the video's country
    scene.says("v2", 0.9)
    scene.says("v3", 0.1)
    scene.says("v4", 0.9, 0.9)
    assert figures(store, "region") == {"US": (2, 3, 2), "DE": (1, 1, 0), "": (2, 2, 2)}
    with store.reading() as connection:
        assert demand_by.count(connection, ORGANIC, "region").videos["tiktok", "VN"] == 1


def test_usual_views_are_the_middle_of_the_last_known_ones_and_one_hit_moves_them_little(scene: Scene, store: Store) -> None:
    for ident, *plays in (("v1", 100, 300), ("v2", 400), ("v3", 9_000_000), ("v4",), ("v5", 7)):
        scene.video(ident, None, region="US" if ident != "v5" else None)
        for at, count in enumerate(plays):
            scene.counted(ident, at, plays=count)
    scene.counted("v1", 9, likes=5)  # a look that does not say the views leaves the last ones
    with store.reading() as connection:
        assert demand_by.count(connection, ORGANIC, "region").views == {("tiktok", "US"): 400, ("tiktok", ""): 7}
        assert demand_by.count(connection, ORGANIC, "site").views == {("tiktok", "tiktok"): 350}
        assert demand_by.count(connection, ORGANIC, "hashtag").views == {}


def test_by_creator_it_says_what_the_creators_page_says(scene: Scene, store: Store) -> None:
    for maker in ("a", "b"):
        scene.creator(maker)
        scene.video(f"v-{maker}", maker)
        scene.says(f"v-{maker}", 0.9, 0.2, 0.7)
    with store.reading() as connection:
        whole = creator_demand.count(connection, MODEL)
        assert demand_by.count(connection, ORGANIC, "creator").demand == whole
        assert demand_by.of_creators(connection, ORGANIC, "tiktok", ["a", "b", "nobody"]) == {key[1]: one for key, one in whole.items()}
        assert demand_by.of_creator(connection, ORGANIC, ("tiktok", "a")).whole == whole["tiktok", "a"]


def test_only_comments_that_came_in_within_the_span_count(scene: Scene, store: Store) -> None:
    scene.video("v1", None)
    scene.says("v1", 0.9, 0.9, seen=100)
    scene.says("v1", 0.1, seen=200)
    assert figures(store, "video", Counting(MODEL, 20, ("organic",), since=100, until=200)) == {"v1": (1, 2, 2)}
    assert figures(store, "video", Counting(MODEL, 20, ("organic",), since=101)) == {"v1": (1, 1, 0)}


def test_the_users_own_grade_stands_instead_of_the_models(scene: Scene, store: Store) -> None:
    scene.video("v1", None)
    scene.says("v1", 0.1)
    with store.writing("labels") as connection:
        labels.append(connection, label(1, comment_id="c1", grade=9))
    assert figures(store, "video") == {"v1": (1, 1, 1)}


def test_some_videos_are_counted_whatever_their_kind(scene: Scene, store: Store) -> None:
    scene.video("v1", None, "ad")
    scene.video("v2", None)
    scene.says("v1", 0.9)
    with store.reading() as connection:
        found = demand_by.of_videos(connection, MODEL, "tiktok", ["v1", "v2", "v3"])
    assert {key: one.share.n for key, one in found.items()} == {"v1": 1}
