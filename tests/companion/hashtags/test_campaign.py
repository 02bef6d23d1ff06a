"""The campaign planner: budget, mix, saturated tags, overlap, and reasons that are true."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.hashtags.campaign import LEAST_FIT, SATURATED, SATURATED_LEAST, CampaignWish, Candidate, plan
from companion.quality.shares import wilson


def tag(name: str, fit: float = 0.8, videos: int = 50, **fields: object) -> Candidate:
    usual = {"of_all": 0.01, "median_plays": 1_000.0, "share": wilson(5, 50), "growth": None}
    return Candidate(name, fit, videos, **{**usual, **fields})  # type: ignore[arg-type]


def apart(_a: str, _b: str) -> int:
    return 0


def names(candidates: list[Candidate], wish: CampaignWish, shared=apart) -> list[str]:
    return [one.candidate.tag for one in plan(candidates, wish, shared).chosen]


SEEN = tag("seen", median_plays=90_000.0, share=wilson(1, 50))
WANTED = tag("wanted", median_plays=500.0, share=wilson(40, 50))
MIDDLE = tag("middle")


def test_the_mix_decides_between_reach_and_buyers() -> None:
    found = [SEEN, WANTED, MIDDLE]
    assert names(found, CampaignWish(1, buyers=0.0)) == ["seen"]
    assert names(found, CampaignWish(1, buyers=1.0)) == ["wanted"]


def test_one_video_that_went_round_the_world_is_no_reach() -> None:
    lucky = tag("lucky", videos=1, median_plays=9_000_000.0)
    assert names([lucky, SEEN, MIDDLE, WANTED], CampaignWish(1, buyers=0.0)) == ["seen"]


def test_saturated_tags_are_left_out_with_the_reason_unless_wanted() -> None:
    everywhere = tag("fyp", fit=0.9, videos=SATURATED_LEAST, of_all=SATURATED, median_plays=99_000.0)
    made = plan([everywhere, MIDDLE], CampaignWish(), apart)
    assert [one.candidate.tag for one in made.chosen] == ["middle"]
    assert [(one.candidate.tag, one.reason) for one in made.left_out] == [("fyp", "saturated: on 5% of all videos")]
    assert "fyp" in names([everywhere, MIDDLE], CampaignWish(saturated=True))


def test_the_hashtag_of_a_small_collection_is_not_saturated() -> None:
    assert names([tag("collected", of_all=0.9)], CampaignWish()) == ["collected"]


def test_a_tag_on_the_same_videos_comes_after_one_on_others() -> None:
    twin, other = tag("twin", fit=0.79), tag("other", fit=0.5)
    order = names([MIDDLE, twin, other], CampaignWish(3), lambda a, b: 50 if {a, b} == {"middle", "twin"} else 0)
    assert order == ["middle", "other", "twin"]
    assert any("100% of its videos" in reason for reason in plan([MIDDLE, twin], CampaignWish(), lambda *_: 50).chosen[1].reasons)


def test_reasons_hold_a_tag_against_all_candidates_also_those_taken_before() -> None:
    made = plan([SEEN, MIDDLE, WANTED], CampaignWish(buyers=0.0), apart)
    assert [one.reasons[0] for one in made.chosen] == [
        "usual views 90,000: more than all others",
        "usual views 1,000: more than 50% of the others",
        "usual views 500: no other has fewer",
    ]


def test_what_is_not_known_is_said() -> None:
    blank = tag("blank", median_plays=None, share=None)
    reasons = " ".join(
        plan([blank, MIDDLE], CampaignWish(), apart).chosen[-1].reasons + plan([blank, MIDDLE], CampaignWish(), apart).chosen[0].reasons
    )
    assert "views not known" in reasons
    assert "no comment graded" in reasons


@pytest.mark.parametrize(("wish", "said"), [({"budget": 0}, "0 hashtags"), ({"budget": 101}, "101"), ({"buyers": 1.5}, "1.5")])
def test_a_wish_that_cannot_be_is_refused_by_its_value(wish: dict[str, float], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        CampaignWish(**wish)  # type: ignore[arg-type]


CANDIDATES = st.lists(
    st.builds(
        tag,
        st.uuids().map(str),
        st.floats(0, 1),
        st.integers(0, 1000),
        of_all=st.floats(0, 1),
        median_plays=st.none() | st.floats(0, 1e9),
        share=st.none() | st.tuples(st.integers(0, 50), st.integers(50, 90)).map(lambda pair: wilson(*pair)),
        growth=st.none() | st.floats(0, 100),
    ),
    max_size=25,
)


@given(CANDIDATES, st.integers(1, 100), st.floats(0, 1), st.booleans())
def test_any_plan_keeps_its_budget_and_takes_every_tag_once(candidates, budget, buyers, saturated) -> None:
    made = plan(candidates, CampaignWish(budget, buyers, saturated), apart)
    taken = [one.candidate.tag for one in made.chosen]
    fitting = {one.tag for one in candidates if one.fit >= LEAST_FIT}
    assert len(taken) <= budget
    assert len(set(taken)) == len(taken)
    assert set(taken) | {one.candidate.tag for one in made.left_out} == fitting
    assert all(0 <= one.worth <= 1 for one in made.chosen)
    assert [one.worth for one in made.chosen] == sorted((one.worth for one in made.chosen), reverse=True)
    assert names([replace(one) for one in candidates], CampaignWish(budget, buyers, saturated)) == taken
