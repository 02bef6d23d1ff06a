"""Numbers of YouTube and Instagram: recognised, checked, reported line by line, and scored like any other video."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from companion.cli import main
from companion.importing.site_columns import recognise, site_of
from companion.importing.site_values import day_order, moment, seconds, site_of_address, video_id
from companion.store import creators, open_store, quality_posts, videos
from companion.stored_scores import score_video

STUDIO = """Content,Video title,Video publish time,Duration,Views,Watch time (hours),Subscribers,Impressions click-through rate (%)
Total,,,,5000,10,3,4.5
dQw4w9WgXcQ,Lipstick haul #makeup,"Jan 15, 2024",253,1.2M,100,5,4.1
aaaaaaaaaa1,Second,"Feb 1, 2024",4:13,"1,234",10,1,3.9
"""
INSIGHTS = """Post ID;Account username;Account name;Description;Duration (sec);Publish time;Permalink;Views;Likes;Shares;Comments;Saves;\
Follows
1;mia.tests;Mia;New serum;30;01/31/2025 14:30;https://www.instagram.com/reel/C1abc-_d/;1,2 Mio.;-5;12;abc;3;9
2;mia.tests;Mia;Tomorrow;30;01/02/2099 10:00;https://www.instagram.com/p/C2abcdefg/;;77;;4;hidden;1
"""


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    return tmp_path / "workspace"


def run(workspace: Path, *args: object) -> Result:
    return CliRunner().invoke(main, ["import", *map(str, args), "--workspace", str(workspace)])


def told(workspace: Path, *args: object) -> dict[str, Any]:
    found = run(workspace, *args, "--json")
    assert found.exit_code == 0, found.output
    return json.loads(found.stdout)


def written(tmp_path: Path, text: str, name: str = "table.csv") -> Path:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return path


def test_a_table_of_youtube_studio_is_recognised_and_its_sum_left_out(tmp_path: Path, workspace: Path) -> None:
    found = told(workspace, written(tmp_path, STUDIO), "--creator", "@LipLab")
    assert (found["videos"], found["new"], found["left_out"]) == (2, 2, [])
    assert found["files"][0]["site"] == "youtube"
    assert "subscribers" in found["files"][0]["ignored"]  # those that a video brought, not those of the channel
    with open_store(workspace).reading() as connection:
        video = videos.find(connection, "youtube", "dQw4w9WgXcQ")
        stored = quality_posts.find(connection, "youtube", "dQw4w9WgXcQ")
        maker = creators.find(connection, "youtube", "@liplab")
    assert video is not None
    assert stored is not None
    assert maker is not None
    assert (video.caption, video.duration_ms, video.created_at) == ("Lipstick haul #makeup", 253_000, 1_705_276_800_000)
    assert (stored.plays, stored.likes, stored.creator_id) == (1_200_000, None, "@liplab")


def test_what_cannot_be_true_is_left_out_and_named_with_its_line(tmp_path: Path, workspace: Path) -> None:
    found = told(workspace, written(tmp_path, INSIGHTS))
    said = [(one["line"], one["message"]) for one in found["left_out"]]
    assert (2, "likes -5 is below zero; left out") in said
    assert (2, 'comments "abc" is not a number; left out') in said
    assert (3, "saves are hidden; left out") in said
    assert [line for line, message in said if "lies in the future" in message] == [3]
    with open_store(workspace).reading() as connection:
        first = quality_posts.find(connection, "instagram", "C1abc-_d")
        second = quality_posts.find(connection, "instagram", "C2abcdefg")
    assert first is not None
    assert second is not None
    assert (first.plays, first.likes, first.comments, first.shares) == (1_200_000, None, None, 12)
    assert (second.plays, second.likes, second.comments, second.created_at) == (None, 77, 4, None)


def test_a_day_that_cannot_be_is_named_as_it_stands_and_says_nothing_of_the_others(tmp_path: Path, workspace: Path) -> None:
    table = "video url,views,published at\nhttps://youtu.be/aaaaaaaaaa1,5,31/31/2026\nhttps://youtu.be/aaaaaaaaaa2,5,01/05/2026\n"
    found = told(workspace, written(tmp_path, table))
    ((line, message),) = [(one["line"], one["message"]) for one in found["left_out"]]
    assert (line, message.startswith('"published at" is "31/31/2026"; write a time such as')) == (2, True)
    with open_store(workspace).reading() as connection:
        second = videos.find(connection, "youtube", "aaaaaaaaaa2")
    assert second is not None
    assert second.created_at == 1_767_571_200_000  # 5 January: the month first


def test_the_same_scores_take_videos_of_other_sites(tmp_path: Path, workspace: Path) -> None:
    told(workspace, written(tmp_path, INSIGHTS))
    with open_store(workspace).reading() as connection:
        found = score_video(connection, "m", ("instagram", "C1abc-_d"))
    assert found is not None
    assert found.score.value is None or 0 <= found.score.value <= 100
    assert "likes are not known" in found.score.reasons


def test_countries_are_read_and_what_is_none_is_named_and_left_out(tmp_path: Path, workspace: Path) -> None:
    table = "video url,views,Channel country\n" + "".join(
        f"https://youtu.be/aaaaaaaaaa{n},5,{said}\n" for n, said in enumerate(("de", "United States", "Narnia", "", "ZZ"))
    )
    found = told(workspace, written(tmp_path, table))
    assert [(one["line"], one["message"]) for one in found["left_out"]] == [
        (4, '"channel country" is "Narnia"; write the two letters of a country (ISO 3166, such as US), or leave it empty; left out')
    ]
    with open_store(workspace).reading() as connection:
        stored = [videos.find(connection, "youtube", f"aaaaaaaaaa{n}") for n in range(5)]
    assert [video.region for video in stored if video] == ["DE", "US", None, None, None]


def test_a_dry_run_says_the_same_and_writes_nothing(tmp_path: Path, workspace: Path) -> None:
    found = run(workspace, written(tmp_path, INSIGHTS), "--dry-run")
    assert found.exit_code == 0
    assert "numbers of instagram" in found.output
    assert 'plays from "views"' in found.output
    assert "likes -5 is below zero; left out" in found.output
    assert "Nothing was written" in found.output
    assert not workspace.exists()


def test_one_wrong_line_and_nothing_is_imported(tmp_path: Path, workspace: Path) -> None:
    text = "video url,views\nhttps://youtu.be/aaaaaaaaaa1,5\nhttps://example.org/x,7\nhttps://youtu.be/aaaaaaaaaa1,9\n"
    found = run(workspace, written(tmp_path, text))
    assert found.exit_code == 2
    assert "line 3" in found.output
    assert "it must be the 11 characters of a YouTube video, or its address" in found.output
    assert "stands in line 2 already" in found.output
    assert not workspace.exists()


def test_the_same_file_again_changes_nothing(tmp_path: Path, workspace: Path) -> None:
    path = written(tmp_path, INSIGHTS)
    told(workspace, path)
    assert told(workspace, path)["new"] == 0
    with open_store(workspace).reading() as connection:
        assert len(videos.metrics(connection, "instagram", "C1abc-_d")) == 1


def test_a_table_of_no_known_site_asks_for_it(tmp_path: Path, workspace: Path) -> None:
    path = written(tmp_path, "video id,views\naaaaaaaaaa1,5\n")
    refused = run(workspace, path, "--kind", "metrics")
    assert refused.exit_code == 2
    assert "say so with --site" in refused.output
    assert told(workspace, path, "--site", "youtube")["new"] == 1


def test_a_table_without_counts_or_ids_says_which(tmp_path: Path, workspace: Path) -> None:
    without_counts = run(workspace, written(tmp_path, "video id,title\naaaaaaaaaa1,x\n"), "--site", "youtube")
    without_ids = run(workspace, written(tmp_path, "name,views\nx,1\n", "b.csv"), "--site", "youtube")
    assert "any count (views, likes, comments, shares, saves)" in without_counts.output
    assert "the video (its id or address)" in without_ids.output


def test_site_options_do_not_fit_other_files(tmp_path: Path, workspace: Path) -> None:
    path = written(tmp_path, "video_id,plays\n7600000000000000001,5\n")
    assert "for metrics of YouTube and Instagram" in run(workspace, path, "--creator", "x").output
    assert run(workspace, path).exit_code == 0


def test_a_forgotten_creator_stays_out(tmp_path: Path, workspace: Path) -> None:
    from companion.forget import forget_creator

    path = written(tmp_path, INSIGHTS)
    told(workspace, path)
    forget_creator(open_store(workspace), "@mia.tests")
    told(workspace, path)
    with open_store(workspace).reading() as connection:
        assert videos.find(connection, "instagram", "C1abc-_d") is None


@pytest.mark.parametrize(
    ("column", "who"), [("channel_title", "Straße & Küche"), ("channel_title", "AC/DC"), ("channel_id", "UCabcDEF_12")]
)
def test_a_channel_known_by_name_or_id_alone_can_be_forgotten(tmp_path: Path, workspace: Path, column: str, who: str) -> None:
    path = written(tmp_path, f"video_url,views,{column}\nhttps://youtu.be/dQw4w9WgXcQ,5,{who}\n")
    told(workspace, path)
    with open_store(workspace).reading() as connection:
        assert "/" not in (videos.creator_of(connection, "youtube", "dQw4w9WgXcQ") or "/")  # it stands in the address of a page
    asked = ["forget", "--creator", who.upper().replace("SS", "ß"), "--workspace", str(workspace)]
    assert CliRunner().invoke(main, asked).output.startswith("Deleted: 0 comments, 1 videos")
    told(workspace, path)
    with open_store(workspace).reading() as connection:
        assert videos.find(connection, "youtube", "dQw4w9WgXcQ") is None
    if column == "channel_title":
        assert "is no handle" in CliRunner().invoke(main, asked).output


def test_values_that_nothing_can_hold_are_left_out(tmp_path: Path, workspace: Path) -> None:
    rows = f"https://youtu.be/aaaaaaaaaa1,5,PT{'9' * 400}S,\nhttps://youtu.be/aaaaaaaaaa2,5,PT{'9' * 20}S,{'n' * 501}\n"
    found = told(workspace, written(tmp_path, f"video_url,views,duration,username\n{rows}"))
    assert [(note["line"], note["message"].rpartition("999")[2]) for note in found["left_out"]] == [
        (2, "..., longer than any video; left out"),
        (3, '"username" has 501 characters, more than 500; left out'),
        (3, 'S", longer than any video; left out'),
    ]
    assert found["videos"] == 2


def test_days_with_slashes_follow_the_rest_of_their_column() -> None:
    assert day_order(["03/04/2026", "13/04/2026"]) == "day first"
    assert day_order(["03/04/2026", "2026-01-01", None]) == "month first"
    assert moment("03/04/2026", "day first") == moment("2026-04-03")
    assert moment("03/04/2026 9:05") == moment("2026-03-04 09:05")
    assert moment("31.01.2026") == moment("January 31, 2026")
    with pytest.raises(ValueError, match="write a time"):
        moment("13/13/2026")


@pytest.mark.parametrize(("written", "meant"), [("PT1H2M3S", 3723), ("1:02:03", 3723), ("59", 59), ("PT0.5S", 0.5), ("P1DT1S", 86_401)])
def test_lengths_are_read_as_these_sites_write_them(written: str, meant: float) -> None:
    assert seconds(written) == meant


@pytest.mark.parametrize("written", ["PT", "", "4:13:", "-3", "soon", "PT800H", f"PT{'9' * 400}S"])
def test_what_is_no_length_is_refused(written: str) -> None:
    with pytest.raises(ValueError, match=r"it must be a number|longer than any video"):
        seconds(written)


@given(st.text("abcXYZ019_-", min_size=11, max_size=11))
def test_every_address_of_a_youtube_video_leads_to_its_id(ident: str) -> None:
    heads = ("https://www.youtube.com/watch?v=", "youtu.be/", "https://m.youtube.com/watch?list=x&v=", "https://youtube.com/shorts/")
    assert {video_id(head + ident, "youtube") for head in heads} == {ident}
    assert {site_of_address(head + ident) for head in heads} == {"youtube"}


def test_columns_are_told_by_their_usual_names() -> None:
    found = recognise(["Channel title", "videoId", "viewCount", "likeCount", "subscriberCount", "publishedAt", "x"])
    assert found.used["creator"] == "Channel title"
    assert {"video_id", "plays", "likes", "followers", "created_at", "creator_name"} <= found.used.keys()
    assert found.ignored == ("x",)
    assert site_of(["Permalink", "Account username"], []) == "instagram"
    assert site_of(["views"], []) is None
