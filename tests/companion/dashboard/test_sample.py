"""The sample: real grades on invented comments, in a new workspace only, gone without a rest."""

from __future__ import annotations

import json
from typing import Any

from flask.testing import FlaskClient

from companion.dashboard import sample_data
from companion.dashboard.creator_closely import close
from companion.dashboard.creators_seen import see
from companion.dashboard.readings import load
from companion.intent import IntentModel
from companion.store import Store, comments, creators, labels, sample, videos
from companion.store.comments import Comment
from companion.store.videos import Video
from tests.companion.dashboard.conftest import Press


def read(name: str) -> list[dict[str, Any]]:
    """What one file of the sample holds."""
    entries: list[dict[str, Any]] = json.loads((sample_data.FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    return entries


def sample_videos() -> list[str]:
    return [entry["id"] for entry in read("videos")]


def test_a_new_workspace_gets_the_sample_graded_by_the_model(store: Store, model: IntentModel) -> None:
    sample_data.offer(store, model)
    with store.reading() as connection:
        rows = load(connection, model.id, comments.listed(connection, 1000))
        assert (creators.count(connection), videos.count(connection), len(rows)) == (5, 16, 140)
    assert all(row.comment.platform == "sample" for row in rows)
    assert [row.prediction.grade for row in rows if row.prediction] == [said.grade for said in model.read([row.item for row in rows])]


def test_a_workspace_with_own_data_gets_none(store: Store, model: IntentModel) -> None:
    with store.writing() as connection:
        videos.save(connection, [Video("tiktok", "1")], 1)
    sample_data.offer(store, model)
    with store.reading() as connection:
        assert not sample.present(connection)


def test_removed_it_stays_away_until_asked_for(store: Store, model: IntentModel) -> None:
    sample_data.offer(store, model)
    sample_data.remove(store)
    sample_data.offer(store, model)
    with store.reading() as connection:
        assert not sample.present(connection)
    sample_data.add(store, model)
    with store.reading() as connection:
        readings = {ident: len(videos.metrics(connection, "sample", ident)) for ident in sample_videos()}
    sample_data.add(store, model)
    with store.reading() as connection:
        again = {ident: len(videos.metrics(connection, "sample", ident)) for ident in sample_videos()}
        assert again == {ident: number + 1 for ident, number in readings.items()}  # only the one of now
        assert comments.count(connection) == 140


def test_removing_takes_its_labels_and_leaves_own_data(sampled: Store, furnished: FlaskClient, press: Press) -> None:
    with sampled.writing() as connection:
        videos.save(connection, [Video("tiktok", "1")], 1)
        comments.save(connection, [Comment("tiktok", "2", "1", "mine")], 1)
    assert press("/comments/sample/sample-v1-2/grade", grade="3", signal="none").status_code == 303
    assert press("/comments/tiktok/2/grade", grade="4", signal="praise").status_code == 303
    assert press("/sample/remove").status_code == 303
    with sampled.reading() as connection:
        assert [comment.text for comment in comments.listed(connection)] == ["mine"]
        assert [label.comment_id for label in labels.listed(connection)] == ["2"]
        assert creators.count(connection) == 0
    assert "invented, not from TikTok" not in furnished.get("/comments").text
    assert press("/sample/add").status_code == 303
    assert "invented, not from TikTok" in furnished.get("/comments").text


def test_replies_name_their_parent() -> None:
    entries = read("comments")
    for video in {entry["video"] for entry in entries}:
        thread = [entry for entry in entries if entry["video"] == video]
        for entry in thread:
            if "reply_to" in entry:
                assert thread[entry["reply_to"]]["minutes"] < entry["minutes"]


def test_counters_only_grow_and_end_at_what_the_video_has_now() -> None:
    readings = read("readings")
    assert {one["video"] for one in readings} == set(sample_videos())
    for video in read("videos"):
        of_video = [one for one in readings if one["video"] == video["id"]]
        assert [one["hours"] for one in of_video] == sorted({one["hours"] for one in of_video})
        assert of_video[-1]["hours"] < 24 * video["days_ago"]
        for name in ("plays", "likes", "shares", "saves"):
            values = [one[name] for one in of_video] + [video[name]]
            assert values == sorted(values), (video["id"], name)


def test_the_sample_shows_what_a_newcomer_should_see(sampled: Store, model: IntentModel) -> None:
    """Several stages, a trend, expected views and replies; every commenter is invented, no text stands twice."""
    with sampled.reading() as connection:
        seen = [see(connection, model.id, creator) for creator in creators.with_videos(connection, ("organic",))]
        marlowe = next(one for one in seen if one.creator.id == "sample-c1")
        closely = close(connection, marlowe)
    assert {video.stage.name for one in seen for video in one.videos} >= {"first pool", "second pool", "wide", "second life"}
    assert all(one.score and one.score.value is not None for one in seen)
    assert closely is not None
    assert closely.trend is not None
    assert closely.views["sample-v1"].own.views is not None
    assert sum(video.answered for video in marlowe.scored.videos) >= 5 if marlowe.scored else False
    texts = [entry["text"] for entry in read("comments")]
    assert len(set(texts)) == len(texts)


def test_nothing_in_the_sample_lies_in_the_future(sampled: Store) -> None:
    from companion.store import clock

    with sampled.reading() as connection:
        late = [c.id for c in comments.listed(connection, 1000) if (c.created_at or 0) > clock.now_ms()]
        late += [ident for ident in sample_videos() for one in videos.metrics(connection, "sample", ident) if one.at > clock.now_ms()]
    assert late == []


def test_empty_pages_say_what_to_do(entered: FlaskClient) -> None:
    for path, words in (("/comments", "No comments yet"), ("/videos", "No videos yet")):
        page = entered.get(path).text
        assert words in page
        assert "Go to Start" in page
