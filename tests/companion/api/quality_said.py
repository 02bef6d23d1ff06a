"""What the rooms say of scores, findings, stages and tips: each of these lets one of them say every sentence that it has."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from companion.quality.badges import Record, consistent
from companion.quality.comment_sentiment import FeltComment, comment_sentiment
from companion.quality.components import PARTS, Component
from companion.quality.concrete_tips import TippedVideo, concrete_tips
from companion.quality.creator_engagement import creator_engagement
from companion.quality.described import DescribedVideo
from companion.quality.detectors import Facts, WrittenComment, look
from companion.quality.one_deviation import against_earlier
from companion.quality.posts import Post
from companion.quality.score import EQUAL, Score, combine, creator_score
from companion.quality.share_value import ShareField, share_value
from companion.quality.stages import Snapshot, assumed_field, stages
from companion.quality.stages.snapshots import HOUR_MS
from companion.quality.stages.verdicts import verdicts
from companion.quality.video_score import video_score
from companion.store.quality_learned import Learned
from companion.stored_scores import ScoredVideo, against_field
from tests.companion.quality.scene import START
from tests.companion.quality.test_stages import DAY, LIFE, RESTING, read

FIELD = ShareField.fit([(number, 1_000 * (1 + number % 3)) for number in range(40)])
MANY = [FeltComment("positive", 3)] * 12 + [FeltComment("negative", None, "anger")] * 8
POST = Post("v", "a", START, plays=9_000, likes=400, comments=30, shares=13)


def parts() -> Iterator[str]:
    """Reasons of the parts of a video's score, and of a creator's that are compared with others."""
    before = [replace(POST, video_id=f"b{at}", created_at=START - at * DAY, plays=5_000 + 900 * at, shares=at) for at in range(1, 12)]
    for post in (POST, replace(POST, plays=0), replace(POST, plays=None)):
        yield from (against_earlier(post, before[:some]).reason for some in (0, 1, 3, 11))
    yield from (comment_sentiment(felt).reason for felt in ([], [FeltComment("positive")], MANY))
    for shares, likes in ((None, 5), (5, None), (0, 0), (1_300, 4_000)):
        yield from (share_value(shares, likes, field).reason for field in (None, FIELD))
    yield from (creator_engagement(top, answered).reason for top, answered in ((None, []), (0, []), (200, ["a"]), (1, ["a"])))
    scored = ScoredVideo(None, POST, video_score(DescribedVideo(POST, None), []), None)  # what is stored is not asked for
    learned = Learned(0, 0, 0, {}, {})
    for video, known in ((scored, None), (scored, learned), (replace(scored, among=9), learned)):
        yield from (one.component.reason for one in against_field(video, known, EQUAL).parts)


def scores() -> Iterator[str]:
    """Reasons of whole scores and of the parts of a creator's."""
    whole, nothing = video_score(DescribedVideo(POST, ()), MANY), video_score(DescribedVideo(Post("n", "a"), None), [])
    full = combine([Component(name, 1.0, "points", 60.0, 9, "") for name in PARTS])
    for videos in ([whole], [nothing], [whole, nothing], [nothing] * 3, [full, full]):
        score = creator_score(videos)
        yield from (score.reason, *(part.component.reason for part in score.parts))
    yield from (whole.reason, nothing.reason, full.reason)


def findings() -> Iterator[str]:
    """What detectors and stages say where they found something."""
    spread = [WrittenComment(f"u{at}", f"comment number {at}", START + at * 600_000) for at in range(60)]
    burst = [WrittenComment(f"b{at}", f"great {at}", START + 30 * 600_000 + at * 5_000) for at in range(30)]
    copies = [WrittenComment(f"c{at}", "This changed my   life !! thank you @shop!", None) for at in range(15)]
    known = {"plays": 4_000, "shares": 300, "share_rank": 0.97}
    for facts in (
        Facts(plays=9_000, deviations={"plays": 2.0, "likes_rate": 0.5, "shares_rate": 0.3}),
        Facts(**known, deviations={"plays": -0.5, "shares_rate": 2.2}),
        Facts(plays=0, shares=300, share_rank=0.97, deviations={"plays": -0.5, "shares_rate": 2.2}),
        Facts(deviations={"plays": 2.0, "shares_rate": -1.0}, felt=[*[FeltComment("negative")] * 40, *[FeltComment("neutral")] * 60]),
        Facts(views_rank=0.9, felt=[FeltComment("negative", 0, "anger")] * 60),
        Facts(comments=[*spread, *burst]),
        Facts(comments=[*spread[:20], *copies]),
        Facts(caption="a night with weed", hashtags=("casino",), comments=[WrittenComment("a", "vodka and guns")] * 40),
    ):
        yield from (one.reason for one in look(facts) if one.answer == "yes")
    quiet = [(24 * day, 5_000 + 4 * day) for day in range(30, 43)]
    followed = {
        "hit": stages(read((2, 200), (6, 230), (12, 260), (24, 1_400), (48, 9_000), (72, 40_000)), posted_at=START),
        "life over": stages(read(*LIFE), posted_at=START),
        "life goes on": stages(read(*LIFE[:12]), posted_at=START),
        "stirs": stages(read(*quiet, (24 * 43, 5_212), (24 * 44, 5_276)), posted_at=START),
    }
    yield from (one.reason for some in verdicts(followed).values() for one in some if one.answer == "yes")


def stage_reasons() -> Iterator[str]:
    """Why a video stands where it does."""
    for some, posted_at in (
        ([], START),
        (read(*RESTING), START),
        (read((2, 200), (12, 480), (24, 510), (48, 515)), START),
        (read((2, 200), (12, 4_000), (24, 90_000)), START),
        (read(*LIFE), START),
        (read((700, 5_000), (724, 5_010), (748, 5_020)), START),
        (read(*RESTING), None),
    ):
        found = stages(some, posted_at=posted_at)
        yield from (one.reason for one in (found.now, *found.stages))
    large = [Snapshot(START + hour * HOUR_MS, 1_000 + hour, 50) for hour in (2, 20, 60)]
    yield from (one.reason for one in stages(large, posted_at=START, field=replace(assumed_field(), n=310)).stages)


def badges() -> Iterator[str]:
    """Why a badge is earned."""
    yield consistent(Record(14, 5, 12, 61.4, 55.2)).reason


def tips() -> Iterator[str]:
    """What would help: with numbers of a video, and without any."""
    for name in PARTS:
        yield from (tip.text for tip in concrete_tips(_weak(name), []))
    for top, answered in ((81, 0), (81, 1), (81, 3), (1, 0)):
        yield from (tip.text for tip in concrete_tips(_weak("engagement"), [TippedVideo("v", {}, None, top, answered)]))
    felt = {"sentiment": comment_sentiment([FeltComment("negative")] * 12)}
    yield from (tip.text for tip in concrete_tips(_weak("sentiment"), [TippedVideo("v", felt, None, 12, 0)]))
    for likes, shares in ((1_000, 0), (1_000, 1), (30_000, 40)):
        video = TippedVideo("v", {}, None, None, 0, likes=likes, shares=shares, shared=FIELD)
        yield from (tip.text for tip in concrete_tips(_weak("share value"), [video]))
    eight = [TippedVideo(f"v{at}", {}, 80.0 if at < 4 else 20.0, None, 0, duration_s=15.0 if at < 4 else 40.0) for at in range(8)]
    yield from (tip.text for some in (eight, eight[:1]) for tip in concrete_tips(_weak("deviation"), some))


def _weak(name: str) -> Score:
    return combine([Component(name, 0.1, "points", 30.0, 9, "")])
