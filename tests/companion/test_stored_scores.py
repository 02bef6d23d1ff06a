"""Scores of what is stored: the database's rows become what the quality room takes, and nothing is invented on the way."""

from __future__ import annotations

import math

import pytest

from companion import quality_learning
from companion.intent import IntentModel
from companion.quality.score import EQUAL
from companion.quality_learning import QualityLearner, learn, rescore
from companion.store import Store, quality_learned, quality_posts, quality_threads, sample, videos
from companion.store.quality_posts import StoredPost
from companion.stored_scores import FORMULA, ScoredCreator, against_field, parts_of, score_creator, score_video
from companion.stored_stages import stage_of
from tests.companion.graded_scene import DAY, START, Scene

MODEL = "m"


@pytest.fixture
def scene(store: Store) -> Scene:
    return Scene(store, MODEL)


def grown(scene: Scene, creators: int = 12, each: int = 9) -> None:
    """Creators with a level of their own, and videos that scatter around it."""
    for maker in range(creators):
        scene.creator(f"m{maker}", followers=1_000 * (maker + 1) ** 2)
        for number in range(each):
            ident, plays = f"v{maker}-{number}", int(500 * (maker + 1) ** 2 * math.exp(0.4 * math.sin(7 * number + maker)))
            scene.video(ident, f"m{maker}", created_at=START + number * DAY, duration_ms=20_000, hashtags=("find",))
            scene.counted(ident, START + 60 * DAY, plays=plays, likes=plays // 12, comments=plays // 300, shares=plays // 200)


def creator(store: Store, ident: str, **how: str) -> ScoredCreator:
    with store.reading() as connection:
        found = score_creator(connection, MODEL, ("tiktok", ident), **how)  # type: ignore[arg-type]
    assert found is not None
    return found


def part(found: ScoredCreator, name: str) -> float | None:
    return next(weighted.component.points for weighted in found.score.parts if weighted.component.name == name)


def test_the_last_known_value_of_each_counter_stands(scene: Scene, store: Store) -> None:
    scene.video("v1", None)
    scene.counted("v1", 10, plays=100, likes=9)
    scene.counted("v1", 20, plays=150)
    with store.reading() as connection:
        found = quality_posts.find(connection, "tiktok", "v1")
    assert found is not None
    assert (found.plays, found.likes, found.shares, found.measured_at) == (150, 9, None, 20)


def test_a_stored_video_is_scored_from_counters_comments_and_answers(scene: Scene, store: Store) -> None:
    scene.creator("maker", followers=900)
    scene.video("v1", "maker", created_at=START)
    scene.counted("v1", START + DAY, plays=1_000, likes=90, comments=4, shares=12)
    scene.says("v1", 0.9, 0.9, 0.9, sentiment="positive")
    scene.says("v1", 0.1, level=2, parent_id="c1", is_creator_reply=True)
    with store.reading() as connection:
        found = score_video(connection, MODEL, ("tiktok", "v1"))
    assert found is not None
    parts = {weighted.component.name: weighted.component for weighted in found.score.parts}
    assert parts["sentiment"].n == 3
    assert (parts["sentiment"].points or 0) > 60
    assert parts["engagement"].reason.startswith("answered 1 of 3 top comments")
    assert found.post.reasons == ()


def test_a_video_without_anything_has_no_score_and_says_why(scene: Scene, store: Store) -> None:
    scene.video("bare", None)
    with store.reading() as connection:
        found = score_video(connection, MODEL, ("tiktok", "bare"))
        assert score_video(connection, MODEL, ("tiktok", "nobody")) is None
    assert found is not None
    assert found.score.value is None
    assert "not enough data" in found.score.reason
    assert "plays are not known" in found.score.reasons


def test_what_a_page_shows_goes_before_what_is_stored(scene: Scene, store: Store) -> None:
    scene.creator("maker")
    scene.video("v1", "maker", created_at=START)
    scene.counted("v1", START + DAY, plays=1_000, likes=90, comments=4, shares=12)
    shown = StoredPost("tiktok", "v1", None, None, None, None, (), "", "", 5_000, None, None, 40, None, None)
    with store.reading() as connection:
        found = score_video(connection, MODEL, ("tiktok", "v1"), shown=shown)
        alone = score_video(connection, MODEL, ("tiktok", "new"), shown=shown)
    assert found is not None
    assert alone is not None
    assert (found.stored.creator_id, found.stored.plays, found.stored.likes, found.stored.shares) == ("maker", 5_000, 90, 40)
    assert alone.stored == shown


def test_contradicting_counters_are_left_out_and_named(scene: Scene, store: Store) -> None:
    scene.creator("maker")
    scene.video("v1", "maker", created_at=START)
    scene.counted("v1", START + DAY, plays=10, likes=400, comments=1, shares=1)
    assert "likes 400 is more than 10 plays; not used" in creator(store, "maker").score.reasons


def test_before_the_first_comparison_a_creator_is_partial_and_says_so(scene: Scene, store: Store) -> None:
    grown(scene, 2, 2)
    found = creator(store, "m1")
    assert found.learned is None
    assert part(found, "deviation") is None
    assert "were not compared with each other yet" in found.score.reason


def test_creators_are_held_against_the_field_and_scores_are_kept(scene: Scene, store: Store) -> None:
    grown(scene)
    seen: list[tuple[int, int]] = []
    assert rescore(store, MODEL, lambda done, total: seen.append((done, total))) == 12
    assert seen[-1] == (12, 12)
    found = creator(store, "m3")
    assert found.learned is not None
    assert found.learned.videos == 108
    assert 0 <= (part(found, "deviation") or -1) <= 100
    with store.reading() as connection:
        kept = quality_learned.latest_scores(connection)["tiktok", "m3"]
    assert (kept.value, kept.formula, kept.model, kept.videos) == (pytest.approx(found.score.value), FORMULA, MODEL, 9)


def test_videos_too_old_to_be_learned_from_are_ranked_among_the_others(scene: Scene, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(quality_learning, "MOST", 108)
    monkeypatch.setattr(quality_learning, "RANKED_AT_ONCE", 7)
    grown(scene, 14, 9)
    scene.creator("late", followers=3_000)
    scene.video("v-old", "late", created_at=START - 90 * DAY)
    scene.counted("v-old", START, plays=4_000, likes=300, comments=9, shares=20)
    scene.video("v-new", "late", created_at=START - 90 * DAY)
    scene.counted("v-new", START - 89 * DAY, plays=4_000)
    assert learn(store, MODEL).videos == 108
    ids = [f"v{maker}-{number}" for maker in range(14) for number in range(9)]
    with store.reading() as connection:
        points = quality_learned.standings(connection, "tiktok", [*ids, "v-old", "v-new"])
    assert points.keys() == {*ids, "v-old"}, "a video counted on its first day is not ranked yet"
    assert "of 108 stored videos" in next(
        part.component.reason for part in against_field(creator(store, "late").videos[1], creator(store, "late").learned, EQUAL).parts
    )


def test_weights_are_learned_from_all_four_parts(scene: Scene, store: Store) -> None:
    grown(scene)
    for maker in range(12):
        for number in range(9):
            scene.says(f"v{maker}-{number}", 0.5, sentiment="positive" if maker % 2 else "negative")
    learned = learn(store, MODEL)
    assert sum(learned.weights[""].values()) == pytest.approx(1)
    assert learned.weights[""]["sentiment"] > learned.weights[""]["engagement"]  # feelings tell these creators apart, answers do not
    assert {one.name for one in parts_of(creator(store, "m3"), "m3")} == {"deviation", "sentiment", "share value", "engagement"}


def test_too_few_videos_say_so_instead_of_a_rank(scene: Scene, store: Store) -> None:
    grown(scene, 2, 3)
    rescore(store, MODEL)
    found = creator(store, "m1")
    assert part(found, "deviation") is None
    assert "too few videos are stored" in found.score.reason


def test_the_seed_formula_takes_equal_weights_and_no_rank(scene: Scene, store: Store) -> None:
    grown(scene)
    rescore(store, MODEL)
    assert {round(one.weight, 2) for one in creator(store, "m3", formula="seed").score.parts if one.weight} <= {0.33, 0.5}


def test_sample_data_teaches_nothing(sampled_store: Store) -> None:
    assert learn(sampled_store, MODEL).videos == 0
    with sampled_store.reading() as connection:
        assert sample.present(connection)
        assert list(quality_posts.newest(connection, 10)) == []


@pytest.fixture
def sampled_store(store: Store, model: IntentModel) -> Store:
    from companion.dashboard import sample_data

    sample_data.add(store, model)
    return store


def test_the_learner_works_once_a_day_and_only_for_new_videos(scene: Scene, store: Store) -> None:
    learner = QualityLearner(store)
    assert not learner.wake(MODEL)  # nothing stored
    grown(scene, 2, 2)
    assert learner.wake(MODEL)
    learner.wait()
    with store.reading() as connection:
        first = quality_learned.learned_at(connection)
    assert first is not None
    assert not learner.wake(MODEL)
    with store.writing() as connection:
        connection.execute("UPDATE quality_field SET at = at - ?", [2 * DAY])
    assert not learner.wake(MODEL)  # a day later, but nothing came in
    with store.writing() as connection:
        connection.execute("UPDATE video SET last_seen = last_seen + 1 WHERE id = 'v1-1'")
    assert learner.wake(MODEL)
    learner.wait()


def test_a_long_thread_is_read_up_to_its_limit(scene: Scene, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    scene.video("v1", None)
    scene.says("v1", *[0.5] * 6)
    monkeypatch.setattr(quality_threads, "MOST", 4)
    with store.reading() as connection:
        assert len(quality_threads.of_video(connection, MODEL, "tiktok", "v1")) == 4


def test_stages_and_findings_come_from_counters_and_comments(scene: Scene, store: Store) -> None:
    grown(scene)
    for look in range(1, 6):
        scene.counted("v3-8", START + 8 * DAY + look * DAY // 2, plays=200 * look, likes=20 * look, comments=1, shares=1)
    scene.counted("v3-8", START + 61 * DAY, plays=900_000, likes=90_000, comments=4_000, shares=30_000)
    scene.says("v3-8", *[0.1] * 30, text="great product i love it", sentiment="positive")
    learned = learn(store, MODEL)
    with store.reading() as connection:
        stored = quality_posts.find(connection, "tiktok", "v3-8")
        assert stored is not None
        stage = stage_of(stored, videos.metrics(connection, "tiktok", "v3-8"), learned.pools)
        bare = stage_of(stored, [], {})
        found = quality_learned.findings(connection, "tiktok", ["v3-8", "v3-7"])
    assert stage.name in ("first pool", "second pool", "wide", "unsure")
    assert bare.name == "insufficient data"
    assert "above expectation" in {one.name for one in found["v3-8"]}
    assert all("sigmas" in one.reason for one in found["v3-8"] if one.name == "above expectation")
    assert "v3-7" not in found


def test_pools_of_another_version_are_not_used(scene: Scene, store: Store) -> None:
    scene.video("v1", None, created_at=START)
    scene.counted("v1", START + DAY, plays=100)
    with store.reading() as connection:
        stored = quality_posts.find(connection, "tiktok", "v1")
        assert stored is not None
        metrics = videos.metrics(connection, "tiktok", "v1")
        assert stage_of(stored, metrics, {"x": [1.0], "old": 2}) == stage_of(stored, metrics, {})
