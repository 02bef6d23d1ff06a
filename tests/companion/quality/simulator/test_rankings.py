"""Ways to rank videos, compared over simulated worlds: by the experiment and by the command."""

import json

import numpy as np
import pytest
from click.testing import CliRunner

from companion.cli import main
from companion.quality.simulator import NOTICE
from companion.quality.simulator.promotion import Reviewer
from companion.quality.simulator.ranking import RANKINGS, Experiment, compare_rankings


@pytest.fixture(scope="module")
def outcomes():
    return {o.ranking: o for o in compare_rankings(Experiment(seed=21, worlds=5, videos=200, days=8))}


def test_ranking_by_views_is_compared_with_itself_as_no_change(outcomes):
    views = outcomes["views"]
    assert (views.small_share_change.value, views.small_share_change.low, views.small_share_change.high) == (0, 0, 0)
    assert (views.buyers_ratio.value, views.views_ratio.value, views.all_buyers_ratio.value) == (1, 1, 1)


def test_estimates_lie_in_their_intervals_and_ratios_belong_together(outcomes):
    assert list(outcomes) == list(RANKINGS)
    for outcome in outcomes.values():
        assert 0 <= outcome.small_share.value <= 1
        for estimate in (outcome.small_share, outcome.small_share_change, outcome.buyers, outcome.buyers_ratio, outcome.views_ratio):
            assert estimate.low <= estimate.value + 1e-12
            assert estimate.value <= estimate.high + 1e-12
        assert outcome.all_buyers_ratio.value == pytest.approx(outcome.buyers_ratio.value * outcome.views_ratio.value)


def test_ranking_by_asking_comments_finds_more_buyers_a_view_than_ranking_by_views(outcomes):
    """So it must be in these worlds: buyers follow what is asked by rule."""
    assert outcomes["intent"].buyers_ratio.value > 1


@pytest.mark.parametrize("by_size", [False, True])
def test_the_bar_opens_its_share_of_the_audience_whoever_is_ranked_first(past, by_size):
    rng = np.random.default_rng(1)
    reviewer = Reviewer(past.history.videos, past.history.rules, past.history.rules.weights, rng)
    asked = np.exp(rng.normal(6, 0.7, 3_000))
    scores = np.log(asked) if by_size else rng.normal(0, 1, len(asked))
    passed = reviewer.passes(np.zeros(len(asked), np.int64), scores, asked, hour=42)[500:]
    share = asked[500:][passed].sum() / asked[500:].sum()
    assert share == pytest.approx(past.history.rules.pass_shares[0], abs=0.04)


def test_fewer_than_three_worlds_have_no_interval():
    (views, *_) = compare_rankings(Experiment(seed=1, worlds=2, videos=40, days=3))
    assert (views.buyers.low, views.buyers.high) == (None, None)
    with pytest.raises(ValueError, match="at least one"):
        compare_rankings(Experiment(seed=1, worlds=0))


def run(*args):
    return CliRunner().invoke(main, ["simulate", "--videos", "40", "--days", "3", *args])


def test_every_output_says_that_it_is_a_simulation_with_invented_rules():
    shown, read = run("--worlds", "3", "--seed", "4"), run("--worlds", "3", "--seed", "4", "--json")
    assert shown.exit_code == read.exit_code == 0
    assert NOTICE in shown.stdout
    answer = json.loads(read.stdout)
    assert answer["notice"] == NOTICE
    assert [row["ranking"] for row in answer["rankings"]] == list(RANKINGS)
    assert {"seed": 4, "worlds": 3, "videos": 40, "days": 3, "small": 10_000, "compared_with": "views"}.items() <= answer.items()


def test_the_command_repeats_itself_by_seed_and_names_a_seed_of_its_own():
    assert run("--worlds", "1", "--seed", "4", "--json").stdout == run("--worlds", "1", "--seed", "4", "--json").stdout
    assert json.loads(run("--worlds", "1", "--json").stdout)["seed"] >= 0


def test_one_world_alone_is_said_to_prove_little():
    assert "no interval" in run("--worlds", "1", "--seed", "4").stdout


@pytest.mark.parametrize("wrong", [("--worlds", "0"), ("--days", "1"), ("--seed", "-3"), ("--videos", "many")])
def test_a_wrong_option_ends_with_status_2(wrong):
    assert run(*wrong).exit_code == 2
