"""Every sentence that the wire can say of videos and creators has a code with all its values, and what has none stays as it is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any, get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from companion.api.quality_answers import finding
from companion.api.quality_sentences import Kind, Sentence
from companion.api.quality_shapes import KINDS, sentences_of
from companion.intent import IntentModel
from companion.quality.badges import Record, consistent
from companion.quality.comment_sentiment import FeltComment
from companion.quality.described import DescribedComment, DescribedVideo
from companion.quality.detectors import look
from companion.quality.posts import Post
from companion.quality.score import creator_score
from companion.quality.stages import stages
from companion.quality.stages.verdicts import verdicts
from companion.quality.video_score import video_score
from companion.store import Store, quality_looks
from companion.store.quality_looks import Verdict
from tests.companion.api import quality_said
from tests.companion.browser import Paired
from tests.companion.graded_scene import DAY, START, Scene
from tests.companion.quality.test_detectors import FACTS
from tests.companion.quality.test_stages import SNAPSHOTS

ROOMS = (
    quality_said.parts,
    quality_said.scores,
    quality_said.findings,
    quality_said.stage_reasons,
    quality_said.badges,
    quality_said.tips,
)
NAMES, NUMBERS = {"part", "pool", "subject", "word", "quote"}, {"number", "signed", "percent"}


def coded(texts: Iterable[str]) -> set[str]:
    """The codes of these texts, each of which must have some, with all values of their kinds."""
    codes = set()
    for text in texts:
        found = sentences_of(text)
        assert found, f"no code for: {text}"
        for one in found:
            assert {name: type(value) for name, value in one.values.items()} == {
                name: _type(kind) for name, kind in KINDS[one.code].items()
            }
            codes.add(one.code)
    return codes


def _type(kind: Kind) -> type:
    return str if kind in NAMES else float if kind in NUMBERS else int


@pytest.mark.parametrize("room", ROOMS, ids=lambda room: room.__name__)
def test_each_sentence_of_a_room_has_a_code(room: Callable[[], Iterator[str]]) -> None:
    assert coded(room())


def test_each_code_is_said_by_a_room() -> None:
    assert set().union(*(coded(room()) for room in ROOMS)) == KINDS.keys()


def test_each_kind_of_value_is_used() -> None:
    assert {kind for kinds in KINDS.values() for kind in kinds.values()} == set(get_args(Kind))


def test_a_text_of_several_sentences_is_told_in_their_order_with_plain_values() -> None:
    text = "one video only, which says little about a creator; without share value: likes are not known; engagement: no comment to answer"
    assert sentences_of(text) == [
        Sentence("score.one_video", {}),
        Sentence("score.without", {"part": "share value"}),
        Sentence("shares.likes_unknown", {}),
        Sentence("score.without", {"part": "engagement"}),
        Sentence("engagement.none", {}),
    ]
    assert sentences_of("1,240 shares on 18,300 likes, more than 89% of its category; counted 1.50 times") == [
        Sentence("shares.rank", {"shares": 1_240, "likes": 18_300, "rank": 0.89}),
        Sentence("shares.counted", {"times": 1.5}),
    ]


@pytest.mark.parametrize(
    "text",
    ["", "a new thought", "no likes yet, but a new thought", "a new thought; no likes yet", "no likes yetno likes yet", "likes"],
)
def test_a_text_that_is_not_wholly_known_has_no_code(text: str) -> None:
    assert sentences_of(text) == []
    assert finding("new", text).said == []


COUNT = st.one_of(st.none(), st.integers(0, 10**9))
POSTS = st.builds(
    Post,
    st.uuids().map(str),
    st.just("a"),
    created_at=st.one_of(st.none(), st.integers(10**12, 2 * 10**12)),
    plays=COUNT,
    likes=COUNT,
    comments=COUNT,
    shares=COUNT,
)
THREAD = st.lists(
    st.builds(DescribedComment, st.uuids().map(str), st.just("x"), COUNT, st.just(""), st.booleans(), st.just("")), max_size=9
)
FELT = st.lists(st.builds(FeltComment, st.sampled_from(["positive", "negative", "neutral"]), COUNT), max_size=30)


@settings(max_examples=80, deadline=None)
@given(st.lists(st.tuples(POSTS, st.none() | THREAD, FELT), min_size=1, max_size=3), st.lists(POSTS, max_size=12))
def test_whatever_is_known_each_part_of_a_score_has_a_code(videos: list[Any], earlier: list[Post]) -> None:
    found = [video_score(DescribedVideo(post, None if thread is None else tuple(thread)), felt, earlier) for post, thread, felt in videos]
    for score in (*found, creator_score(found)):
        coded([score.reason, *(part.component.reason for part in score.parts)])


@settings(max_examples=80, deadline=None)
@given(FACTS, SNAPSHOTS, st.one_of(st.none(), st.integers(0, 10**13)))
def test_whatever_was_found_it_has_a_code(facts: Any, snapshots: Any, posted_at: int | None) -> None:
    found = stages(snapshots, posted_at=posted_at)
    coded(one.reason for one in (found.now, *found.stages))
    coded(one.reason for one in (*look(facts), *verdicts({"v": found})["v"]) if one.answer == "yes")


@given(st.integers(10, 10**6), st.integers(4, 10**5), st.floats(0.6, 1), st.floats(50.1, 100), st.floats(0, 1))
def test_whatever_a_badge_is_earned_for_it_has_a_code(videos: int, weeks: int, part: float, score: float, err: float) -> None:
    found = consistent(Record(videos, weeks, int(videos * part) + 1, score, 50.05 + (score - 50.05) * err))
    assert found.earned
    coded([found.reason])


def uncoded(answer: object) -> list[object]:
    """Everything in an answer that says something and has no code beside it."""
    if isinstance(answer, list):
        return [one for each in answer for one in uncoded(each)]
    if not isinstance(answer, dict):
        return []
    says = bool({"reason", "evidence", "words"} & answer.keys())
    return [*([answer] if says and not answer.get("said") else []), *(one for each in answer.values() for one in uncoded(each))]


def test_answers_say_nothing_without_a_code(store: Store, model: IntentModel, paired: Paired) -> None:
    scene, video = Scene(store, model.id), "7600000000000000001"
    scene.creator("71", handle="mia.tests", followers=5_000)
    scene.video(video, "71", created_at=START)
    scene.says(video, *[0.1] * 20, sentiment="negative")
    for day in range(1, 4):
        scene.counted(video, START + day * DAY, plays=400 * day, likes=30 * day, comments=20, shares=2)
    with store.writing() as connection:
        reason = "views +1.8 sigmas and all parts together +0.9 sigmas from what is expected"
        quality_looks.put_verdicts(connection, [Verdict("tiktok", video, "above expectation", "yes", reason)])
    [known] = paired.post("/v1/video", {"video_ids": [video], "detail": True}).get_json()["videos"]
    [maker] = paired.post("/v1/creator", {"handles": ["mia.tests"], "detail": True}).get_json()["creators"]
    assert None not in (known["score"], known["stage"], known["tip"], maker["score"], maker["latest"], maker["tip"])
    assert uncoded([known, maker]) == []
    assert known["findings"][0]["said"] == [{"code": "found.above", "values": {"views": 1.8, "all": 0.9}}]
