"""Refusals slow down, then pause, then stop; only good answers lead back, and slowly."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scraper.breaker import ABOUT_THE_VIDEO, Answer, Breaker
from scraper.config import Pace

PACE = Pace()


@pytest.fixture
def breaker() -> Breaker:
    return Breaker(PACE)


def test_empty_answers_cool_down_for_longer_and_longer_and_then_pause(breaker: Breaker) -> None:
    answers = [breaker.refused("comments", "empty") for _ in range(4)]
    assert answers == [Answer("cool down", 300.0), Answer("cool down", 900.0), Answer("cool down", 3600.0), Answer("pause")]
    assert breaker.condition == "paused"
    assert breaker.slowness == PACE.slow_most


def test_retry_after_is_honoured_and_never_shortens_the_pause(breaker: Breaker) -> None:
    assert breaker.refused("comments", "too_fast", 7200.0) == Answer("cool down", 7200.0)
    assert breaker.refused("comments", "too_fast", 1.0) == Answer("cool down", 900.0)


def test_403_stops_at_once(breaker: Breaker) -> None:
    assert breaker.refused("items", "blocked") == Answer("pause")
    assert breaker.condition == "stopped"


@pytest.mark.parametrize("refusal", ["verify", "login"])
def test_a_question_for_a_person_is_left_to_a_person(breaker: Breaker, refusal: Any) -> None:
    assert breaker.refused("comments", refusal) == Answer("person")


@pytest.mark.parametrize("refusal", sorted(ABOUT_THE_VIDEO))
def test_what_is_wrong_with_one_video_is_no_refusal_of_us(breaker: Breaker, refusal: Any) -> None:
    assert breaker.refused("comments", refusal) == Answer("skip")
    assert (breaker.condition, breaker.slowness) == ("ok", 1.0)


def test_good_answers_of_another_kind_do_not_hide_refusals(breaker: Breaker) -> None:
    for _ in range(3):
        breaker.refused("comments", "empty")
        breaker.good("item")
    assert breaker.refused("comments", "empty") == Answer("pause")


def test_twenty_good_answers_take_one_step_of_slowness_back(breaker: Breaker) -> None:
    breaker.refused("comments", "empty")
    breaker.refused("comments", "empty")
    slow = breaker.slowness
    for _ in range(PACE.calm_after - 1):
        breaker.good("comments")
    assert (breaker.slowness, breaker.condition) == (slow, "slow")
    breaker.good("comments")
    assert breaker.slowness == slow / PACE.slow_factor


@given(st.lists(st.sampled_from(["empty", "too_fast", "verify", "login", "blocked", "good"]), max_size=60))
def test_a_refusal_never_makes_it_faster(events: list[Any]) -> None:
    breaker = Breaker(PACE)
    for event in events:
        before = breaker.slowness
        if event == "good":
            breaker.good("comments")
            assert breaker.slowness <= before
        else:
            breaker.refused("comments", event)
            assert breaker.slowness >= before
        assert 1.0 <= breaker.slowness <= PACE.slow_most
