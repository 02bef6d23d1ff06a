"""Figures of hashtag pages: growth in words, the picture of a neighbourhood, menus of large trees."""

from __future__ import annotations

import pytest

from companion.dashboard.hashtags.choice import Choice, level_of
from companion.dashboard.hashtags.numbers import growth_words, trend_line
from companion.dashboard.hashtags.overview import branches
from companion.dashboard.hashtags.picture import picture_of
from companion.dashboard.hashtags.plan_page import LISTED_MOST, PlanView
from companion.dashboard.hashtags.planning import PlanRequest
from companion.hashtags import Neighbourhood, TagStatistics, Taxonomy
from companion.hashtags.taxonomy import build

WEEKS = 26


def numbers(last: int, before: int) -> TagStatistics:
    """A tag with so many videos in the last four weeks and in the four before."""
    trend = (*[0] * (WEEKS - 8), before, 0, 0, 0, last, 0, 0, 0)
    return TagStatistics("t", last + before, 1, None, None, None, 0, 0, None, 1.0, trend, (), ())


@pytest.mark.parametrize(
    ("last", "before", "words"),
    [
        (30, 20, "30 after 20, up 50%"),
        (10, 20, "10 after 20, down 50%"),
        (19, 20, "19 after 20, steady"),
        (1200, 400, "1,200 after 400, 3.0 times"),
        (9, 0, "9 after 0, new"),
        (1, 0, "1 after 0: too few to tell"),
        (0, 0, "none in 8 weeks"),
    ],
)
def test_growth_says_what_was_counted(last: int, before: int, words: str) -> None:
    assert growth_words(numbers(last, before)) == words


def test_growth_and_trend_of_undated_videos_are_not_known() -> None:
    undated = TagStatistics("t", 3, 1, None, None, None, 0, 0, None, None, (), (), ())
    assert (growth_words(undated), trend_line(undated.trend)) == ("not known", "")


def test_a_picture_has_the_tag_in_the_middle_and_its_kin_marked() -> None:
    around = Neighbourhood(
        (("skincare", 40, "Beauty"), ("glow", 10, "Beauty"), ("averyverylonghashtagname", 4, "Toys"), ("fyp", 90, "")),
        (("skincare", "glow", 9), ("skincare", "averyverylonghashtagname", 2), ("glow", "fyp", 1), ("skincare", "fyp", 1)),
    )
    picture = picture_of(around)
    assert picture is not None
    assert [(dot.tag, dot.middle, dot.akin, dot.shared) for dot in picture.dots] == [
        ("skincare", True, True, 0),
        ("glow", False, True, 9),
        ("averyverylonghashtagname", False, False, 2),
        ("fyp", False, False, 1),
    ]
    assert picture.dots[2].label == "#averyverylonghash…"
    assert len(picture.lines) == 4
    assert picture.has_kin
    left, top, width, height = (float(part) for part in picture.view_box.split())
    assert all(left < dot.x < left + width and top < dot.y < top + height for dot in picture.dots)


def test_dots_of_a_full_picture_do_not_cover_each_other() -> None:
    tags = tuple((f"t{at}", 10, "") for at in range(25))
    picture = picture_of(Neighbourhood(tags, tuple((f"t{a}", f"t{b}", 1) for a in range(25) for b in range(a + 1, 25))))
    assert picture is not None
    dots = picture.dots
    near = min(((a.x - b.x) ** 2 + (a.y - b.y) ** 2) ** 0.5 for a in dots for b in dots if a is not b)
    assert near > 2 * max(dot.radius for dot in dots)
    assert len(picture.lines) == 24 + 40


def test_a_tag_that_stands_alone_has_no_picture() -> None:
    assert picture_of(Neighbourhood((("alone", 1, ""),), ())) is None


@pytest.fixture(scope="module")
def large_tree() -> Taxonomy:
    """30 departments with 5 shelves with 5 boards each."""
    paths: list[tuple[str, ...]] = []
    for department in (f"D{at}" for at in range(30)):
        shelves = [(department, f"S{at}") for at in range(5)]
        paths += [(department,), *shelves, *((*shelf, f"B{at}") for shelf in shelves for at in range(5))]
    return build("large", [(line, "/".join(path), path, None, ()) for line, path in enumerate(paths, 1)])


def test_the_menu_of_a_large_tree_shows_two_levels_and_a_category_the_next(large_tree: Taxonomy) -> None:
    menu = branches(large_tree)
    assert (len(menu), len(menu[0].below), menu[0].below[0].below) == (30, 5, ())
    assert [branch.category.name for branch in branches(large_tree, "D0/S0")] == ["B0", "B1", "B2", "B3", "B4"]


def test_the_planner_lists_a_large_tree_as_far_as_a_list_can_hold_it_and_the_chosen_category(large_tree: Taxonomy) -> None:
    assert len(large_tree.categories) > LISTED_MOST
    chosen = large_tree.get("D3/S2/B1")
    assert chosen is not None
    view = PlanView(Choice(), PlanRequest(chosen.id), large_tree, chosen, None, (), building=False, saved=())
    listed = {department.id: [one.id for one in below] for department, below in view.departments}
    assert view.is_short
    assert listed["D0"] == ["D0/S0", "D0/S1", "D0/S2", "D0/S3", "D0/S4"]
    assert "D3/S2/B1" in listed["D3"]
    assert (level_of(large_tree, chosen), level_of(large_tree, large_tree.categories[0])) == (3, 2)
