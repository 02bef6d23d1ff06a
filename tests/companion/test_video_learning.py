"""What the comparison of all stored videos keeps: subjects, answers of detectors, the class of good videos, and going on after a stop."""

from __future__ import annotations

from typing import Any

import pytest

from companion import quality_learning, video_learning
from companion.quality.high_quality import LEAST
from companion.quality.posts import Post
from companion.quality.video_score import Surroundings
from companion.quality_learning import QualityLearner, rescore
from companion.store import Store, clock, creators, quality_creators, quality_learned, quality_looks, quality_posts, videos
from companion.store.creators import Creator
from companion.store.quality_creators import Expected
from companion.store.quality_learned import Learned
from companion.store.quality_looks import Subject
from companion.store.videos import Metric, Video
from companion.stored_scores import around_of, post_of_stored, score_creator, score_video, share_key, subject_of
from companion.video_class import labels_of, teach
from tests.companion.graded_scene import DAY, START, Scene
from tests.labeling import quality_scene
from tests.labeling.quality_scene import Said

MODEL = "m"


@pytest.fixture
def scene(store: Store) -> Scene:
    return Scene(store, MODEL)


def stored(store: Store, ident: str, platform: str = "tiktok") -> quality_posts.StoredPost:
    with store.reading() as connection:
        found = quality_posts.find(connection, platform, ident)
    assert found is not None
    return found


def test_a_stored_video_has_the_category_that_its_hashtags_name(scene: Scene, store: Store) -> None:
    scene.video("v1", None, hashtags=("makeup",))
    scene.video("v2", None, caption="who knows")
    assert subject_of(stored(store, "v1")) == "beauty/make-up"
    assert post_of_stored(stored(store, "v1"), clock.now_ms()).category == "beauty"
    assert post_of_stored(stored(store, "v2"), clock.now_ms()).category == ""


def test_comments_tell_the_subject_where_caption_and_hashtags_do_not(scene: Scene, store: Store) -> None:
    scene.video("v1", None, caption="look at this")
    scene.says("v1", *[0.5] * 8, text="my dog needs it")
    plain = [stored(store, "v1")]
    [found] = video_learning.subjects_of(store, MODEL, plain)
    assert (found.subject, found.why) == ("pets/dogs", '"dog" in comments')
    with store.writing() as connection:
        quality_looks.put_subjects(connection, [found, Subject("tiktok", "gone", "home", "")])
    assert post_of_stored(stored(store, "v1"), clock.now_ms()).category == "pets"


def test_weights_and_shares_of_a_category_are_those_of_its_videos(scene: Scene, store: Store) -> None:
    field = {"shape": 1.0, "rate": 1.0, "raw": [0.1, 0.2], "shrunk": [0.1, 0.2]}
    weights = {"": dict.fromkeys(("deviation", "sentiment", "share value", "engagement"), 0.25)}
    weights["beauty"] = {"deviation": 0.0, "sentiment": 1.0, "share value": 0.0, "engagement": 0.0}
    scene.creator("m1")
    for ident, tag in (("v1", "makeup"), ("v2", "recipe")):
        scene.creator(f"m-{ident}")
        scene.video(ident, f"m-{ident}", hashtags=(tag,), created_at=START)
        scene.counted(ident, START + 9 * DAY, plays=100, likes=10, comments=1, shares=1)
        scene.says(ident, *[0.5] * 9, sentiment="positive")
    learned = Learned(1, 2, 1, weights, {"": field, "beauty": field, share_key("youtube", "beauty"): field})
    with store.reading() as connection:
        first, second = (score_creator(connection, MODEL, ("tiktok", f"m-{ident}"), learned=learned) for ident in ("v1", "v2"))
    assert first is not None
    assert second is not None
    assert {part.component.name: part.weight for part in first.score.parts}["sentiment"] == 1.0
    assert {part.component.name: part.weight for part in second.score.parts}["sentiment"] < 1.0
    assert set(around_of(learned).shares) == {"", "beauty"}
    assert set(around_of(learned, "youtube").shares) == {"beauty"}
    assert around_of(learned, "instagram").shares == {}


def test_each_site_is_compared_with_itself_only() -> None:
    def posts(site: str) -> list[Post]:
        return [Post(f"{site}:v{n}", f"{site}:m{n}", plays=100 + n, likes=n, shares=n % 7, comments=1) for n in range(30)]

    fields = video_learning.fields_of([*posts("tiktok"), *posts("youtube")])
    assert set(fields) == {"tiktok", "youtube"}
    assert all(field.expected is None for field in fields.values())  # 30 videos say nothing, 60 of two sites would neither


def test_a_standing_names_the_videos_of_its_own_site(scene: Scene, store: Store) -> None:
    scene.creator("m1")
    scene.video("v1", "m1", created_at=START)
    scene.counted("v1", START + 9 * DAY, plays=100, likes=10, comments=1, shares=1)
    with store.writing() as connection:
        creators.save(connection, [Creator("youtube", "m2")], 1)
        videos.save(connection, [Video("youtube", f"y{n}", creator_id="m2") for n in range(3)], 1)
        standings = [("tiktok", "v1", 70.0), *(("youtube", f"y{n}", 10.0 * n) for n in range(3))]
        quality_learned.put(connection, Learned(1, 4, 1, {}, {}), standings)
        quality_creators.put_expected(connection, [Expected(site, ident, 90.0, None, None) for site, ident, _ in standings])
    with store.reading() as connection:
        ours, theirs = score_video(connection, MODEL, ("tiktok", "v1")), score_video(connection, MODEL, ("youtube", "y2"))
    assert ours is not None
    assert theirs is not None
    assert [(one.standing, one.among) for one in (ours, theirs)] == [(70.0, 1), (20.0, 3)]


def test_every_detector_answers_and_says_where_data_lacks(scene: Scene, store: Store) -> None:
    scene.video("v1", None, created_at=START, hashtags=("casino",))
    for look in range(6):
        scene.counted("v1", START + DAY * (1 + 4 * look), plays=300 + look, likes=9, comments=1, shares=1)
    scene.video("v2", None)
    found = video_learning.looks_of(store, MODEL, [stored(store, "v1"), stored(store, "v2")], {"tiktok": Surroundings()}, clock.now_ms())
    said = {(one.video_id, one.name): one for one in found}
    assert len(said) == 18
    assert (said["v1", "sensitive subject"].answer, said["v1", "breakout"].answer) == ("yes", "no")
    assert said["v1", "stirs again"].answer == "no"
    thin = {name for (ident, name), one in said.items() if ident == "v2" and one.answer == "not enough data"}
    assert {"breakout", "second life", "stirs again", "above expectation", "unusual comments"} <= thin
    assert all(one.reason for one in found)


def test_an_old_video_that_grows_again_is_found(scene: Scene, store: Store) -> None:
    scene.video("old", None, created_at=START)
    plays = [5_000, 8_000, 8_010, 8_020, 8_030, 8_040, 8_050, 14_000, 21_000]
    for day, count in enumerate(plays):
        scene.counted("old", START + DAY * (30 + day), plays=count, likes=count // 10, comments=count // 100, shares=9)
    found = video_learning.looks_of(store, MODEL, [stored(store, "old")], {"tiktok": Surroundings()}, clock.now_ms())
    life = next(one for one in found if one.name == "second life")
    assert life.answer == "yes"
    assert "views above rest" in life.reason


def labelled(store: Store, answers: dict[str, list[int]], **task: Any) -> None:
    """What people said of videos, each answer by another person."""
    people = quality_scene.people(store, *(f"p{n}" for n in range(max(map(len, answers.values())))))
    usual = {"kind": "video", "questions": ("quality",)}
    quality_scene.task(store, "tv", **{**usual, **task})
    for ident, given in answers.items():
        said = [Said(people[n], None, signal=None, more={"quality": one}) for n, one in enumerate(given)]
        quality_scene.comment(store, "tv", ident, "", said, video_id=ident)


def test_the_middle_answer_of_several_people_stands(store: Store) -> None:
    labelled(store, {"v1": [2, 2, 0], "v2": [2, 1], "v3": [0]})
    with store.reading() as connection:
        assert labels_of(connection) == {"tiktok:v1": 2, "tiktok:v2": 1, "tiktok:v3": 0}


def test_practice_teaches_nothing(store: Store) -> None:
    labelled(store, {"v1": [2]}, practice=True)
    with store.reading() as connection:
        assert labels_of(connection) == {}


def posts_of(n: int = 120) -> list[Post]:
    """Videos whose shares rise and fall; everything else is alike."""
    return [
        Post(f"tiktok:v{i}", f"m{i % 40}", START + i * DAY, 5_000, plays=1_000, likes=90, comments=5, shares=2 + 60 * (i % 2), age_h=500.0)
        for i in range(n)
    ]


def test_the_class_is_learned_from_labels_and_judges_all_others() -> None:
    posts = posts_of()
    found = teach(posts, {post.video_id: 2 * (i % 2) for i, post in enumerate(posts[:60])})
    assert found.reason == ""
    assert found.told is not None
    assert found.told.low > 0.9
    others = [found.high[post.video_id] for post in posts[60:]]
    assert min(others[1::2]) > 0.5 > max(others[::2])
    assert {found.high[post.video_id] for post in posts[:60]} == {0.0, 1.0}


def test_labels_that_nothing_explains_show_no_class() -> None:
    posts = posts_of()
    found = teach(posts, {post.video_id: 2 * (i // 2 % 2) for i, post in enumerate(posts[:60])})
    assert "cannot yet be told" in found.reason
    assert found.high == {}


def test_too_few_labels_show_no_class_and_say_how_many_are_needed() -> None:
    found = teach(posts_of(), {f"tiktok:v{i}": 2 for i in range(LEAST)})
    assert (found.labelled, found.good, found.high) == (LEAST, LEAST, {})
    assert f"{LEAST} labelled 2 (good), 0 labelled 0 or 1; {LEAST} of either are needed" == found.reason
    assert teach([], {}).reason.startswith("0 labelled 2 (good), 0 labelled 0 or 1")


class StoppedError(Exception):
    """The machine went to sleep."""


def test_a_rescore_that_was_stopped_goes_on_where_it_was(scene: Scene, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(quality_learning, "AT_ONCE", 2)
    for n in range(6):
        scene.creator(f"m{n}")
        scene.video(f"v{n}", f"m{n}", created_at=START)
        scene.counted(f"v{n}", START + 9 * DAY, plays=100, likes=10, comments=1, shares=1)

    def stop(done: int, _total: int) -> None:
        if done >= 4:
            raise StoppedError

    with pytest.raises(StoppedError):
        rescore(store, MODEL, stop)
    assert QualityLearner(store)._due()
    seen: list[tuple[int, int]] = []
    monkeypatch.setattr(quality_learning, "learn", None)  # learning again would fail
    rescore(store, MODEL, lambda *step: seen.append(step))
    assert seen == [(6, 6)]
    with store.reading() as connection:
        scores = quality_learned.latest_scores(connection)
        assert len({one.at for one in scores.values()}) == 1
        known = quality_looks.groups(connection)
    assert len(scores) == 6
    assert known is not None
    assert known.done
    assert not QualityLearner(store)._due()


def test_new_labels_are_learned_from_a_day_later(scene: Scene, store: Store) -> None:
    scene.video("v1", None, created_at=START)
    rescore(store, MODEL)
    with store.writing() as connection:
        connection.execute("UPDATE quality_field SET at = at - ?", [2 * DAY])
    assert not QualityLearner(store)._due()
    labelled(store, {"v1": [2]})
    assert QualityLearner(store)._due()


def test_elasticity_takes_the_counts_that_a_site_has() -> None:
    from companion.video_groups import elasticity_of

    known = [
        Post(f"youtube:v{i}", f"m{i % 12}", plays=100 * (i + 1), likes=10 * (i + 1), comments=i + 1, category="home") for i in range(40)
    ]
    found = elasticity_of(known, {"youtube:v1": "en"}, {f"youtube:v{i}": "DE" for i in range(35)})
    assert found["site"]["youtube"]["value"] == pytest.approx(1.0, abs=0.05)
    assert "likes and comments; 40 videos of 12 creators" in found["subject"]["home"]["reason"]
    assert "35 videos of 12 creators" in found["region"]["DE"]["reason"]
    assert set(found["region"]) == {"DE"}, "those of which nobody knows are no group that was looked at"
    assert found["language"]["en"]["value"] is None
    assert "not enough data" in found["language"]["en"]["reason"]


def test_what_was_forgotten_meanwhile_is_not_kept(scene: Scene, store: Store) -> None:
    scene.video("v1", None)
    with store.writing() as connection:
        videos.measure(connection, [Metric("tiktok", "v1", 5, plays=1)])
        quality_looks.put_verdicts(connection, [quality_looks.Verdict("tiktok", one, "breakout", "yes", "r") for one in ("v1", "gone")])
        assert quality_looks.counted(connection) == {"breakout": {"yes": 1}}
        connection.execute("DELETE FROM video WHERE id = 'v1'")
        assert quality_looks.counted(connection) == {}
