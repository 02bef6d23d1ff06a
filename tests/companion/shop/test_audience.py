"""The brief ranks videos by the lower end of their interval, leaves adverts and empty hashtags out, and is safe to show."""

from __future__ import annotations

from companion.exporting.audience_brief import as_markdown
from companion.shop.audience import NO_LIST, brief
from companion.shop.audience_categories import categories_of
from companion.shop.demand import AskedComment, AskedVideo, Nouns, needs
from companion.shop.product import Product

LAMP = Product("p1", "Mushroom table lamp", category=("Home", "Lighting", "Table lamps"))
KIN = [Product("p2", "Bedside lamp", category=LAMP.category), Product("p3", "Lamp oil", category=("Home", "Oil")), LAMP]


def _video(ident: str, commerce: str = "organic", *tags: str) -> AskedVideo:
    return AskedVideo("tiktok", ident, f"c{ident}", "new lamp day", "table lamp", tags, handle=f"maker{ident}", commerce=commerce)


def _comments(video: AskedVideo, high: int, low: int) -> list[AskedComment]:
    wants = [AskedComment(f"{video.id}h{n}", video, "link please", "availability", high=True, lang="en") for n in range(high)]
    return wants + [AskedComment(f"{video.id}l{n}", video, "is it bright", "question", high=False, lang="de") for n in range(low)]


def test_videos_worth_promoting_are_organic_and_few_comments_do_not_win_by_luck() -> None:
    comments = [
        *_comments(_video("1"), 30, 10),
        *_comments(_video("2"), 5, 0),
        *_comments(_video("3", "ad"), 40, 0),
        *_comments(_video("4"), 3, 0),
        *_comments(_video("5", "unknown"), 9, 0),
    ]
    made = brief(LAMP, KIN, needs(comments, Nouns(["lamp"])), comments)
    assert [(one.video.id, one.high, one.comments) for one in made.videos] == [("1", 30, 40), ("2", 5, 5)]
    assert made.high == 87
    assert [one.id for one in made.similar] == ["p2"]
    assert made.languages == (("en", 87),)
    assert made.creators[0].handle == "maker3"
    assert "https://www.tiktok.com/@maker1/video/1" in as_markdown(made)


def test_hashtags_count_buyers_and_leave_out_those_that_say_nothing() -> None:
    comments = [*_comments(_video("1", "organic", "FYP", "CozyHome"), 3, 0), *_comments(_video("2", "ad", "cozyhome", "lamps"), 2, 5)]
    made = brief(LAMP, [], needs(comments, Nouns(["lamp"])), comments)
    assert [(tag.name, tag.videos, tag.high) for tag in made.hashtags] == [("cozyhome", 2, 5), ("lamps", 1, 2)]
    assert dict(made.creator_categories).keys() == {"Home and garden"}


def test_needs_for_other_things_stay_out() -> None:
    comments = [*_comments(_video("1"), 2, 0), AskedComment("r", _video("1"), "where is the rug from", "availability", high=True)]
    made = brief(LAMP, KIN, needs(comments, Nouns(["lamp", "rug"])), comments)
    assert [need.noun for need in made.needs] == ["lamp"]
    assert made.comments == 2
    assert "rug" not in made.search_words


def test_nothing_asked_makes_an_empty_brief_that_still_says_why_there_is_no_list() -> None:
    made = brief(LAMP, KIN, [], [])
    assert (made.high, made.hashtags, made.videos) == (0, (), ())
    assert NO_LIST in as_markdown(made)


def test_strangers_words_are_no_markup() -> None:
    video = AskedVideo("tiktok", "9", "c9", "x", "table lamp", ("a](http://x)",), handle="eve_<script>", commerce="organic")
    page = as_markdown(brief(LAMP, [], needs(_comments(video, 6, 0), Nouns(["lamp"])), _comments(video, 6, 0)))
    assert "<script>" not in page.replace("\\<script\\>", "")
    assert "](http" not in page.replace("\\](http", "")


def test_words_speak_of_categories() -> None:
    assert categories_of(["my dog and cat", "puppy tent"]) == [("Pets", 2), ("Sports and outdoor", 1)]
    assert categories_of(["", "nothing"]) == []
