"""The creator's own page: every part with its reason, others, trend, tips, expected views, spread, badge, files of TikTok Studio."""

from __future__ import annotations

import csv
import io
import math
import re
from pathlib import Path

import pytest
from click.testing import CliRunner
from flask import Flask
from flask.testing import FlaskClient
from openpyxl import load_workbook
from werkzeug.test import TestResponse

from companion.cli import main
from companion.dashboard.creator_closely import close
from companion.dashboard.creators_seen import see
from companion.intent import IntentModel
from companion.quality_learning import rescore
from companion.store import Store, clock, creators, quality_learned
from companion.store.quality_learned import CreatorScore
from companion.stored_scores import FORMULA
from tests.companion.graded_scene import DAY, Scene

NOT_NUMBERS = re.compile(r"\b(nan|inf|None|undefined)\b")
MAKERS, EACH = 12, 12


@pytest.fixture(scope="module")
def filled(model: IntentModel, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace of twelve creators, "m11" clearly the best, compared with each other; its folder, to be copied."""
    from companion.store import open_store

    store = open_store(tmp_path_factory.mktemp("creators") / "workspace")
    scene, now = Scene(store, model.id), clock.now_ms()
    for maker in range(MAKERS):
        scene.creator(f"m{maker}", handle=f"maker{maker}.tests", followers=10_000)
        for number in range(EACH):
            ident, posted = f"v{maker}-{number}", now - (EACH - number) * 3 * DAY - 20 * DAY
            plays = int((40_000 if maker == 11 else 900) * math.exp(0.3 * math.sin(7 * number + maker)))
            hit = 200 if (maker, number) == (10, 5) else 1
            scene.video(
                ident, f"m{maker}", created_at=posted, duration_ms=20_000, hashtags=("makeup",), caption=f"Find {number} of {maker}"
            )
            for hour in (1, 12, 48, 96, 168, 240, 336, 430):
                seen = int(plays * hit * (1 - math.exp(-hour / 30)))
                told = {"plays": seen, "comments": seen // 150, "shares": seen // (20 if maker == 11 else 200)}
                likes = {} if maker == 7 else {"likes": seen // 12}
                scene.counted(ident, posted + hour * 3_600_000, **told, **likes)
            feeling = "positive" if maker == 11 else "negative" if number % 2 else "neutral"
            if maker in {3, 11}:
                scene.says(ident, *[0.6] * 9, sentiment=feeling)
    scene.creator("one", handle="one.tests", followers=0)
    scene.video("only", "one", created_at=now - 2 * DAY)
    scene.counted("only", now - DAY, plays=0, likes=0)
    scene.creator("odd", handle="odd.tests")
    scene.video("odd", "odd", created_at=now + 90 * DAY)
    scene.counted("odd", now - DAY, plays=10, likes=50)
    scene.creator("empty", handle="empty.tests")
    rescore(store, model.id)
    store.checkpoint()
    return store.workspace.root


@pytest.fixture
def store(filled: Path, tmp_path: Path) -> Store:
    """A copy of it: every test may change its own."""
    import shutil

    from companion.store import open_store

    shutil.copytree(filled, tmp_path / "workspace")
    return open_store(tmp_path / "workspace")


def words(page: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def send(browser: FlaskClient, path: str, **data: object) -> TestResponse:
    found = re.search(r'name="csrf_token" value="([^"]+)"', browser.get("/settings").text)
    assert found is not None
    return browser.post(path, data={"csrf_token": found[1], **data})


def test_every_part_stands_beside_others_of_the_subject_with_its_trend(entered: FlaskClient) -> None:
    page = entered.get("/creators/tiktok/m3").text
    said = words(page)
    assert "mostly about beauty" in said
    assert said.count("middle half") == 3  # deviation, shares and the whole
    assert said.count("too few to compare") == 2  # comments of two creators alone were read
    assert "Creators about beauty" in said
    assert "of 12 videos has" in said
    assert page.count('class="spark"') >= 5


def test_the_weakest_part_has_a_tip_with_a_number_and_a_video(entered: FlaskClient) -> None:
    said = words(entered.get("/creators/tiktok/m3").text)
    assert "Reply to 3 more of your 9 top comments (none has an answer)." in said
    assert "the weakest part" in said
    assert "100% negative of 9 comments" in said


def test_views_stand_beside_what_was_to_be_expected(entered: FlaskClient) -> None:
    said = words(entered.get("/creators/tiktok/m3").text)
    assert re.search(r"\d times the expected expected [\d,]+ \([\d,]+ to [\d,]+\)", said)
    assert re.search(r"expected [\d,]+ \([\d,]+ to [\d,]+\), by others&#39; videos|by others' videos", said)


def test_a_hit_is_followed_to_the_other_videos_and_called_seen_together(store: Store, model: IntentModel) -> None:
    with store.reading() as connection:
        maker = creators.find(connection, "tiktok", "m10")
        assert maker is not None
        found = close(connection, see(connection, model.id, maker))
    assert found is not None
    assert found.hit is not None
    assert found.hit.video.id == "v10-5"
    assert found.halo is not None
    assert found.halo.n >= 3
    assert found.halo.p is not None
    assert "an association" in found.halo.reason


def test_an_account_about_one_thing_and_the_chance_of_the_next_pool(store: Store, model: IntentModel) -> None:
    with store.reading() as connection:
        maker = creators.find(connection, "tiktok", "m3")
        assert maker is not None
        found = close(connection, see(connection, model.id, maker))
    assert found is not None
    assert found.vertical.n == EACH
    assert found.chances
    assert all(0 <= one.low <= one.value <= one.high <= 1 for one in found.chances.values())


@pytest.mark.parametrize("ident", ["m3", "m7", "m10", "m11", "one", "odd", "empty"])
def test_no_page_shows_what_is_no_number(entered: FlaskClient, ident: str) -> None:
    for path in ("", "/card", "/videos.csv"):
        answer = entered.get(f"/creators/tiktok/{ident}{path}")
        assert answer.status_code == 200
        assert NOT_NUMBERS.findall(words(answer.text)) == []


def test_hidden_likes_one_video_and_future_dates_give_their_reasons(entered: FlaskClient) -> None:
    assert "likes are not known" in words(entered.get("/creators/tiktok/m7").text)
    one = words(entered.get("/creators/tiktok/one").text)
    assert "one video only, which says little about a creator" in one
    assert "0 earlier videos with known views, 8 are needed" in one
    assert "Whether the videos are getting better shows from six dated videos" in one
    odd = words(entered.get("/creators/tiktok/odd").text)
    assert "lies in the future; not used" in odd
    assert "likes 50 is more than 10 plays; not used" in odd
    assert "No video of this creator is stored" in entered.get("/creators/tiktok/empty").text


def test_an_earned_badge_is_saved_as_json_and_the_command_verifies_it(entered: FlaskClient, tmp_path: Path) -> None:
    assert "Save the badge" in entered.get("/creators/tiktok/m11").text
    answer = send(entered, "/creators/tiktok/m11/badge")
    assert answer.content_type == "application/json"
    assert 'filename="buysignal-badge-maker11.tests.json"' in answer.headers["Content-Disposition"]
    assert answer.json is not None
    assert answer.json["type"] == "EnvelopedVerifiableCredential"
    file = tmp_path / "badge.json"
    file.write_bytes(answer.data)
    found = CliRunner().invoke(main, ["badge", "verify", str(file)])
    assert found.exit_code == 0
    assert "Valid: Consistent creator, for @maker11.tests" in found.output
    shown = re.search(r'class="fingerprint">([0-9a-f]{64})<', entered.get("/creators/tiktok/m11").text)
    assert shown is not None
    assert f"key {shown[1]}" in " ".join(found.output.split())
    file.write_bytes(answer.data.replace(b"vc+jwt,e", b"vc+jwt,f"))
    assert CliRunner().invoke(main, ["badge", "verify", str(file)]).exit_code == 2
    file.write_text('{"id": "https://example.org"}')
    assert "holds no signed badge" in CliRunner().invoke(main, ["badge", "verify", str(file)]).output


def test_a_badge_that_is_not_earned_is_not_made_and_says_what_is_missing(entered: FlaskClient, store: Store) -> None:
    said = words(entered.get("/creators/tiktok/one").text)
    assert "Not yet: 0 videos compared with others, 10 are needed." in said
    answer = send(entered, "/creators/tiktok/one/badge")
    assert (answer.status_code, answer.location.endswith("/creators/tiktok/one#badge")) == (303, True)
    assert "No badge was made: 0 videos compared with others" in words(entered.get("/creators/tiktok/one").text)
    assert send(entered, "/creators/tiktok/nobody/badge").status_code == 404


def test_the_videos_are_saved_as_csv_and_as_a_workbook(entered: FlaskClient) -> None:
    written = entered.get("/creators/tiktok/m3/videos.csv").get_data().decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(written)))
    assert len(rows) == EACH
    newest = rows[0]
    assert (newest["video"], newest["comments counted"]) == ("v3-11", "9")
    assert float(newest["own from"]) <= float(newest["expected views by own videos"]) <= float(newest["own to"])
    sheet = load_workbook(io.BytesIO(entered.get("/creators/tiktok/m3/videos.xlsx").data))["Videos"]
    assert [cell.value for cell in next(sheet.iter_rows())] == list(newest)
    assert sheet.max_row == EACH + 1
    assert entered.get("/creators/tiktok/m3/videos.pdf").status_code == 404
    assert entered.get("/creators/tiktok/nobody/videos.csv").status_code == 404


def test_a_studio_file_is_taken_in_with_a_report_line_by_line(entered: FlaskClient) -> None:
    text = (
        "Video link,Total views,Watched full video,Average watch time,For You,Search\n"
        'v3-11,"1,2 Mio.",34%,0:08,70%,20%\n'
        "v3-10,-5,120%,,,\n"
        "https://www.tiktok.com/@else.tests/video/7600000000000000011,5,,,,\n"
    )
    answer = send(entered, "/creators/tiktok/m3/studio", file=(io.BytesIO(text.encode()), "Content.csv"))
    assert (answer.status_code, answer.location.endswith("#studio")) == (303, True)
    said = words(entered.get("/creators/tiktok/m3").text)
    assert "Content.csv : 2 videos taken; 3 things not used." in said
    assert "line 3: plays -5 is below zero; not used" in said
    assert "line 3: watched to the end: 120% is more than 100 %; not used" in said
    assert "line 4: the video is one of @else.tests, not of @maker3.tests; row skipped" in said
    assert "34%" in said
    assert "For You 70%, Search 20%" in said
    assert "1,200,000" in said
    rows = list(csv.DictReader(io.StringIO(entered.get("/creators/tiktok/m3/videos.csv").get_data().decode("utf-8-sig"))))
    assert (rows[0]["watched to the end"], rows[0]["viewers from For You"]) == ("0.34", "0.7")


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.csv", "Date,Video views\n2026-01-01,4\n", "Nothing was taken from a.csv: no column names the videos"),
        ("a.xlsx", "PK", "it must be a CSV file"),
        ("<b>.csv", "", "Nothing was taken from"),
        ("", "", "Choose the file from TikTok Studio first."),
        ("a." + "\N{GRINNING FACE}" * 117, "", "it must be a CSV file"),
        ("a.c\0sv", "", "it must be a CSV file"),
        (
            "a.csv",
            "Video link,Vues\u00e9\nv3-11,4\n".encode("latin-1"),
            "Nothing was taken from a.csv: not UTF-8 text; save the file as UTF-8.",
        ),
        ("a.csv", "Video link,Views\nv3-11,4\n".encode("utf-16"), "Nothing was taken from a.csv: not UTF-8 text; save the file as UTF-8."),
    ],
)
def test_another_file_is_refused_in_plain_words(entered: FlaskClient, name: str, content: str | bytes, said: str) -> None:
    send(entered, "/creators/tiktok/m3/studio", file=(io.BytesIO(content if isinstance(content, bytes) else content.encode()), name))
    page = entered.get("/creators/tiktok/m3").text
    assert said in words(page)
    assert "<b>.csv" not in page
    assert send(entered, "/creators/tiktok/nobody/studio").status_code == 404


def test_the_score_is_drawn_over_the_comparisons_once_there_are_three(store: Store, entered: FlaskClient) -> None:
    with store.writing() as connection:
        last = quality_learned.scores_of(connection, "tiktok", "m5")[-1]
        past = [CreatorScore(**{**vars(last), "at": last.at - back * DAY, "value": 40.0 + back}) for back in (1, 2)]
        quality_learned.add_scores(connection, past)
    assert last.formula == FORMULA
    assert "At each comparison so far:" in words(entered.get("/creators/tiktok/m5").text)


def test_the_page_prints_without_forms(app: Flask, entered: FlaskClient) -> None:
    page = entered.get("/creators/tiktok/m3").text
    assert "data-print" in page
    assert "page-creator.css" in page
    assert "style=" not in page
    assert "<script>" not in page
