"""Trees, vectors and posts for the hashtag atlas lie in the store as they were given."""

import numpy as np
import pytest

from companion.hashtag_atlas import SENTENCE, LiveAtlas, build_atlas, find_taxonomy, import_taxonomy
from companion.hashtags import DEFAULT, TaxonomyError
from companion.intent.encoder import Encoder
from companion.store import Store, comments, creators, hashtag_posts, hashtag_vectors, labels, products, taxonomies, videos
from companion.store.labels import LabelEvent
from companion.store.taxonomies import StoredCategory

NOW = 1_700_000_000_000
TREE = [StoredCategory("a", ("Pets",), None, ("Dogs",)), StoredCategory("b", ("Pets", "Dogs"), "a", ())]


@pytest.fixture(scope="module")
def encoder():
    made = Encoder(SENTENCE)
    yield made
    made.close()


def put(store, name, rows, now=NOW):
    with store.writing() as connection:
        taxonomies.replace(connection, name, "own", rows, now)


def test_a_tree_comes_back_as_it_was(store):
    put(store, "t", TREE)
    with store.reading() as connection:
        assert taxonomies.categories(connection, "t") == TREE
        assert [(one.name, one.categories, one.levels) for one in taxonomies.listed(connection)] == [("t", 2, 2)]


def test_a_tree_gives_way_to_one_of_its_name(store):
    put(store, "t", TREE)
    put(store, "t", TREE[:1])
    with store.reading() as connection:
        assert [row.id for row in taxonomies.categories(connection, "t")] == ["a"]


def test_the_tree_imported_last_is_used_and_the_shipped_one_without_any(store):
    assert find_taxonomy(store).name == DEFAULT
    put(store, "old", TREE, NOW)
    put(store, "new", TREE, NOW + 1)
    assert find_taxonomy(store).name == "new"
    assert find_taxonomy(store, DEFAULT).name == DEFAULT
    with store.writing() as connection:
        taxonomies.remove(connection, "new")
    assert find_taxonomy(store).name == "old"
    with pytest.raises(TaxonomyError, match='there is no tree "new"; there are: old, default'):
        find_taxonomy(store, "new")


def test_a_wrong_tree_changes_nothing(store, tmp_path):
    put(store, "t", TREE)
    file = tmp_path / "t.csv"
    file.write_text("category_id,path\na,Pets\na,Dogs\n", encoding="utf-8")
    with pytest.raises(TaxonomyError, match="line 3"):
        import_taxonomy(store, file, "t")
    with pytest.raises(TaxonomyError, match="taken by the tree that ships"):
        import_taxonomy(store, file, DEFAULT)
    assert [category.id for category in find_taxonomy(store, "t").categories] == ["a", "b"]


def test_vectors_of_other_weights_go(store):
    vector = np.arange(4, dtype=np.float32)
    with store.writing() as connection:
        hashtag_vectors.save(connection, "old", {"x": vector})
        hashtag_vectors.save(connection, "new", {"y": vector})
    with store.reading() as connection:
        assert list(hashtag_vectors.known(connection, "old")) == []
        [(phrase, found)] = hashtag_vectors.known(connection, "new")
    assert phrase == "y"
    assert np.array_equal(found, vector)


def filled(store: Store) -> None:
    with store.writing() as connection:
        creators.save(connection, [creators.Creator("tiktok", "7", "cat.person")], NOW)
        videos.save(
            connection,
            [videos.Video("tiktok", "1", "7", "my cat", ("Cat", "fyp"), created_at=NOW, music_id="m"), videos.Video("tiktok", "2")],
            NOW,
        )
        videos.measure(connection, [videos.Metric("tiktok", "1", NOW, plays=5), videos.Metric("tiktok", "1", NOW + 1, plays=9, comments=2)])
        products.save(connection, [products.VideoProduct("tiktok", "1", "p", "Cat tree", "", "", None, "", "", ())], NOW)
        comments.save(connection, [comments.Comment("tiktok", "c", "1", "where can I buy this")], NOW)


def test_posts_carry_the_latest_counts_and_products(store):
    filled(store)
    with store.reading() as connection:
        first, second = hashtag_posts.posts(connection)
    assert (first.creator_id, first.hashtags, first.caption, first.music_id) == ("7", ("Cat", "fyp"), "my cat", "m")
    assert (first.plays, first.comments, first.products, first.graded, first.high) == (9, 2, ("Cat tree",), 0, 0)
    assert (second.creator_id, second.hashtags, second.plays, second.products) == (None, (), None, ())


def test_own_grades_count_as_intent(store):
    filled(store)
    with store.writing("labels") as connection:
        labels.append(connection, LabelEvent("u", "badge", "tiktok", "c", "where can I buy this", "h", "1", NOW, video_id="1", grade=9))
    with store.reading() as connection:
        first, _ = hashtag_posts.posts(connection)
    assert (first.graded, first.high) == (1, 1)


def test_the_atlas_of_a_store_is_built_from_its_videos(store, encoder):
    filled(store)
    atlas = build_atlas(store, encoder)
    assert atlas.statistics("cat").top_creators == (("tiktok:7", 1),)
    assert atlas.map_tag("cat", find_taxonomy(store), explain=True).matches[0].category_id == "pets/cats"


def test_a_running_atlas_is_built_anew_when_asked_to(store):
    live = LiveAtlas(store)
    assert live.get().statistics("cat").videos == 0
    filled(store)
    assert live.is_stale()
    assert live.get().statistics("cat").videos == 0, "pages do not wait for it"
    assert live.get(fresh=True).statistics("cat").videos == 1
    assert not live.is_stale()
    assert live.tree() is live.tree(), "levels are encoded once"
    live.keep()
    live.close()
