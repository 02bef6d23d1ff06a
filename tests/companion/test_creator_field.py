"""What a comparison of all videos keeps for the creators' pages: expected views, what became of pools, scores with their parts."""

from __future__ import annotations

import math

import pytest

from companion.quality_learning import rescore
from companion.store import Store, erase, open_store, quality_creators, quality_learned
from companion.stored_scores import FORMULA
from tests.companion.graded_scene import DAY, START, Scene

MODEL = "m"


@pytest.fixture(scope="module")
def compared(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """Twelve creators with nine videos each about two subjects, read four times, and compared; no test but the last changes it."""
    store = open_store(tmp_path_factory.mktemp("field") / "workspace")
    scene = Scene(store, MODEL)
    for maker in range(12):
        scene.creator(f"m{maker}", followers=1_000 * (maker + 1) ** 2)
        for number in range(9):
            ident, plays = f"v{maker}-{number}", int(500 * (maker + 1) ** 2 * math.exp(0.4 * math.sin(7 * number + maker)))
            scene.video(ident, f"m{maker}", created_at=START + number * DAY, hashtags=("makeup",) if maker < 11 else ("dog",))
            for hour, part in ((6, 0.3), (24, 0.6), (72, 0.9), (480, 1.0)):
                seen = int(plays * part)
                at = START + number * DAY + hour * 3_600_000
                scene.counted(ident, at, plays=seen, likes=seen // 12, comments=seen // 300, shares=seen // 200)
    rescore(store, MODEL)
    return store


def test_views_are_expected_of_every_compared_video_with_a_range(compared: Store) -> None:
    with compared.reading() as connection:
        found = quality_creators.expected(connection, "tiktok", ["v5-3", "v5-4", "nowhere"])
    assert sorted(found) == ["v5-3", "v5-4"]
    one = found["v5-3"]
    assert one.low is not None
    assert one.high is not None
    assert 0 <= one.low <= one.views <= one.high


def test_what_became_of_videos_in_their_pools_is_kept(compared: Store) -> None:
    with compared.reading() as connection:
        outcomes = quality_creators.outcomes(connection)
    assert outcomes
    assert {pool for pool, _, _ in outcomes} <= {"first pool", "second pool"}
    assert all(0 < rate < 1 for _, rate, _ in outcomes)


def test_scores_keep_their_parts_and_are_found_by_category(compared: Store) -> None:
    with compared.reading() as connection:
        beauty = quality_creators.scores_in(connection, "beauty", FORMULA)
        every = quality_creators.scores_in(connection, None, FORMULA)
        [last] = quality_learned.scores_of(connection, "tiktok", "m3")
    assert (len(beauty), len(every)) == (11, 12)
    assert last.category == "beauty"
    assert last.deviation is not None
    assert last.share_value is not None
    assert last.sentiment is None  # nobody commented


def test_deleting_everything_deletes_these_too(compared: Store) -> None:
    erase.everything(compared)
    with compared.reading() as connection:
        for table in ("video_expected", "video_studio", "quality_pools"):
            assert connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0] == 0
