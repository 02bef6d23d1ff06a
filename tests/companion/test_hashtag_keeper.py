"""The atlas behind the pages: built beside them, ready as a whole, at rest between two builds, and never of what was deleted."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from companion.dashboard import sample_data
from companion.hashtag_atlas import LiveAtlas, without_sample
from companion.hashtag_keeper import AtlasKeeper
from companion.hashtags import Atlas, Taxonomy
from companion.hashtags.taxonomy import build
from companion.intent import IntentModel
from companion.store import Store, erase, videos
from tests.companion.graded_scene import START, Scene

LONG_S = 60.0


@pytest.fixture
def scene(store: Store, model: IntentModel) -> Scene:
    """Two videos of one creator."""
    made = Scene(store, model.id)
    made.creator("ana")
    for number in range(2):
        made.video(f"v{number}", "ana", hashtags=("skincare", "glowserum"), created_at=START)
    return made


@pytest.fixture
def deep_tree() -> Taxonomy:
    paths = [("Care",), ("Care", "Face"), ("Care", "Face", "Serum"), ("Care", "Face", "Cream")]
    return build("deep", [(line, str(line), path, None, ()) for line, path in enumerate(paths, 1)])


def until(ask: Callable[[], Atlas | None]) -> Atlas:
    """The atlas once it is there."""
    end = time.monotonic() + LONG_S
    while time.monotonic() < end:
        found = ask()
        if found is not None:
            return found
        time.sleep(0.05)
    raise AssertionError("it was never ready")


def test_the_first_atlas_brings_what_every_page_needs(scene: Scene, store: Store) -> None:
    keeper = AtlasKeeper(store, patience_s=LONG_S)
    atlas = until(keeper.answer)
    assert "embedding" in vars(atlas), "related hashtags would be worked out while a page waits"
    assert AtlasKeeper.ready(keeper, keeper.tree(None)) is atlas
    keeper._patience_s = 0
    assert keeper.ready(keeper.tree(None), strategy="intent") is atlas


def test_another_tree_is_prepared_while_the_page_says_so(scene: Scene, store: Store, deep_tree: Taxonomy) -> None:
    keeper = AtlasKeeper(store, patience_s=LONG_S)
    atlas = until(keeper.answer)
    keeper._patience_s = 0
    assert keeper.ready(deep_tree, 3) is None
    assert keeper.answer() is atlas
    assert until(lambda: keeper.ready(deep_tree, 3)) is atlas
    assert keeper.ready(deep_tree, 3, "intent") is atlas


def test_a_store_that_keeps_growing_is_not_read_without_a_pause(scene: Scene, store: Store) -> None:
    keeper = AtlasKeeper(store, patience_s=LONG_S)
    first = until(keeper.answer)
    keeper._rests_until = time.monotonic() + 3600
    scene.video("v9", "ana", hashtags=("newtag",), created_at=START)
    assert keeper.answer() is first
    assert not keeper.is_building
    keeper._rests_until = 0
    assert keeper.answer() is first
    newer = until(lambda: None if (found := keeper.answer()) is first else found)
    assert newer.graph.find("newtag") is not None


def test_a_build_is_followed_by_a_rest(scene: Scene, store: Store) -> None:
    keeper = AtlasKeeper(store, patience_s=LONG_S)
    until(keeper.answer)
    until(lambda: None if keeper.is_building else keeper.answer())
    assert keeper._rests_until > 0


class Overtaken(LiveAtlas):
    """Everything is deleted while the first atlas is being built."""

    def __init__(self, store: Store) -> None:
        super().__init__(store)
        self._own, self.built = store, 0

    def get(self, *, fresh: bool = False) -> Atlas:
        atlas = super().get(fresh=fresh)
        self.built += 1
        if self.built == 1:
            erase.everything(self._own)
        return atlas


def test_what_was_deleted_while_it_was_read_is_never_shown(scene: Scene, store: Store) -> None:
    keeper = AtlasKeeper(store, patience_s=LONG_S)
    overtaken = keeper._live = Overtaken(store)
    atlas = until(keeper.answer)
    assert overtaken.built == 2
    assert atlas.graph.tags == ()
    with store.reading() as connection:
        kept = {row["phrase"] for row in connection.execute("SELECT phrase FROM phrase_vector")}
    assert "glow serum" not in kept


def test_the_sample_stands_in_on_our_pages_while_nothing_else_is_stored(store: Store, model: IntentModel) -> None:
    sample_data.offer(store, model)
    keeper = AtlasKeeper(store, patience_s=LONG_S)
    shown = until(keeper.answer)
    assert shown.statistics("amazonfinds").videos > 0
    assert without_sample(shown) is without_sample(shown)
    assert without_sample(shown).graph.tags == ()
    with store.writing() as connection:
        videos.save(connection, [videos.Video("tiktok", "v1", hashtags=("amazonfinds",))], 1)
    keeper._rests_until = 0
    newer = until(lambda: None if (found := keeper.answer()) is shown else found)
    assert newer.statistics("amazonfinds").videos == 1
    assert without_sample(newer) is newer


def test_real_videos_that_were_deleted_are_in_no_atlas_though_the_sample_stays(store: Store, model: IntentModel) -> None:
    sample_data.offer(store, model)
    with store.writing() as connection:
        videos.save(connection, [videos.Video("tiktok", "v1", hashtags=("glowserum",))], 1)
    keeper = AtlasKeeper(store, patience_s=LONG_S)
    assert until(keeper.answer).graph.find("glowserum") is not None
    keeper._rests_until = time.monotonic() + 3600
    with store.writing() as connection:
        connection.execute("DELETE FROM video WHERE id = 'v1'")
    assert until(keeper.answer).graph.find("glowserum") is None
