"""Columns are recognised by their usual names, and never taken for two things."""

import pytest

from companion.importing.columns import kind_of, recognise


def test_usual_spellings_of_a_column_mean_the_same():
    columns = recognise(["Comment ID", "commentText", "postId", "userName", "createTime", "diggCount", "avatar"], "comments")
    assert columns.used == {
        "id": "Comment ID",
        "text": "commentText",
        "video_id": "postId",
        "author": "userName",
        "create_time": "createTime",
        "likes": "diggCount",
    }
    assert columns.ignored == ("avatar",)


def test_the_columns_of_the_plan_need_no_guessing():
    about = ["video_id", "author_key", "create_time", "followers", "duration_s", "hashtags", "caption"]
    names = [*about, "plays", "likes", "comments", "shares", "saves"]
    columns = recognise(names, "videos")
    assert columns.used == {name: name for name in names}
    assert columns.ignored == ()


@pytest.mark.parametrize("name", ["region", "Region code", "locationCreated", "country", "COUNTRY_CODE"])
def test_a_country_is_a_videos_and_never_a_commenters(name):
    assert recognise(["video_id", "plays", name], "videos").used["region"] == name
    assert recognise(["id", "text", "video_id", name], "comments").ignored == (name,)


@pytest.mark.parametrize(
    ("names", "kind"),
    [
        (["id", "text", "grade"], "labels"),
        (["id", "text", "video", "grade", "signal"], "labels"),
        (["id", "text", "video_id", "grade", "p_high", "model"], "comments"),  # what a model said teaches nothing
        (["cid", "text", "aweme_id"], "comments"),
        (["video_id", "plays", "likes"], "videos"),
        (["id", "desc", "createTime"], "videos"),
        (["name", "price"], None),
        (["id", "text", "context"], "either"),
        (["video_id", "text"], "either"),
        (["video_url", "author", "comment", "likes", "followers"], "either"),  # counts that comments and their writers have too
        (["id", "text", "grade", "p_high"], "either"),
        (["id", "text", "video_url", "plays", "shares"], "either"),  # captions beside the address of their own video
        (["id", "caption", "video_url", "plays"], "videos"),
        (["comment_id", "text", "video_url", "plays"], "comments"),  # with the counts of their videos
        (["id", "text", "video_id", "author", "likes", "followers"], "comments"),
        (["id", "text", "hashtags"], "videos"),
        (["id", "body", "author", "plays", "likes"], "videos"),
        (["id", "caption", "text"], "videos"),
    ],
)
def test_a_table_says_by_its_columns_what_it_holds(names, kind):
    assert kind_of(names) == kind
