"""One number from the parts: what is missing is named, its weight goes to the others, and nothing is ever NaN."""

import numpy as np
import pytest

from companion.quality.components import PARTS, Component, missing
from companion.quality.score import EQUAL, PRIOR_VIDEOS, PartOf, Weights, combine, creator_score


def part(name, points):
    return Component(name, points, "points", points, 10, "known") if points is not None else missing(name, "points", "not read")


def video(*points):
    return combine([part(name, value) for name, value in zip(PARTS, points, strict=True)])


def test_all_parts_count_by_their_weights():
    found = combine(
        [part(name, value) for name, value in zip(PARTS, (100, 0, 50, 50), strict=True)],
        dict(zip(PARTS, (0.4, 0.2, 0.2, 0.2), strict=True)),
    )
    assert (found.value, found.partial, found.reason) == (pytest.approx(60), False, "all parts are known")


def test_a_missing_part_is_named_and_its_weight_goes_to_the_others():
    found = video(90, None, 60, 30)
    assert (found.value, found.partial, found.reason) == (pytest.approx(60), True, "without sentiment: not read")
    assert sum(weighted.weight for weighted in found.parts) == pytest.approx(1)
    assert [weighted.weight for weighted in found.parts][1] == 0


def test_without_any_part_there_is_no_score():
    found = video(None, None, None, None)
    assert (found.value, found.partial) == (None, True)
    assert found.reason.startswith("not enough data; deviation: not read")


def test_weights_that_leave_nothing_give_no_score():
    assert combine([part("deviation", 50)], {"deviation": 0.0}).value is None


def test_a_creator_with_one_video_has_a_partial_score_near_the_middle():
    found = creator_score([video(100, 100, 100, 100)])
    assert found.value == pytest.approx((100 + PRIOR_VIDEOS * 50) / (1 + PRIOR_VIDEOS))
    assert found.partial
    assert found.reason == "one video only, which says little about a creator; all parts are known"


def test_many_videos_outweigh_the_prior_and_narrow_the_interval():
    few, many = creator_score([video(90, 80, 90, 80)] * 2), creator_score([video(90, 80, 90, 80), video(80, 80, 80, 80)] * 40)
    assert few.value < many.value
    assert many.parts[0].component.interval[0] > 80


def test_the_source_takes_the_plain_mean():
    assert creator_score([video(100, 100, 100, 100)] * 2, shrunk=False).value == 100


def test_a_creator_without_videos_has_no_score():
    assert creator_score([]).value is None


def test_a_part_that_tells_creators_apart_counts_more():
    rng = np.random.default_rng(1)
    parts = []
    for creator in range(200):
        own = rng.normal(50, 15)
        for _ in range(5):
            parts += [
                PartOf("beauty", f"c{creator}", "deviation", own + rng.normal(0, 3)),
                PartOf("beauty", f"c{creator}", "sentiment", 50 + rng.normal(0, 15)),
                PartOf("beauty", f"c{creator}", "share value", own + rng.normal(0, 15)),
            ]
    weights = Weights.fit(parts).of("beauty")
    assert sum(weights.values()) == pytest.approx(1)
    assert weights["deviation"] > weights["share value"] > weights["sentiment"]


def test_few_creators_of_a_category_leave_its_weights_near_those_of_all():
    rng = np.random.default_rng(2)
    parts = [PartOf("a", f"c{n % 50}", name, rng.uniform(0, 100)) for n in range(500) for name in PARTS]
    parts += [PartOf("tiny", f"t{n % 2}", name, 10.0) for n in range(4) for name in PARTS]
    weights = Weights.fit(parts)
    assert weights.of("tiny") == pytest.approx(weights.of(""))


def test_nobody_known_means_equal_weights():
    assert Weights.fit([]).of("x") == EQUAL == Weights().of("")


def test_what_holds_of_several_videos_of_a_creator_is_named_once_with_their_number():
    videos = [combine([], reasons=[*said, "likes are not known"]) for said in ([], ["plays -5 is below zero"], [])]
    found = creator_score(videos)
    assert len(found.reasons) == 4
    assert found.not_used == ["likes are not known (3 times)", "plays -5 is below zero"]
