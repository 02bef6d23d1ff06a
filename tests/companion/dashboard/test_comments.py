"""The comments page: filters, order, paging, reasons, corrections, export."""

from __future__ import annotations

import csv
import io
import re
from uuid import uuid4

import pytest
from flask.testing import FlaskClient

from companion.dashboard.filters import Filters
from companion.dashboard.readings import load
from companion.grading import grade_platform
from companion.intent import IntentModel
from companion.store import Store, comments, labels, videos
from companion.store.comments import Comment
from companion.store.labels import LabelEvent
from companion.store.videos import Video
from tests.companion.dashboard.conftest import Press
from tests.companion.store.scenes import label

EVIL = "<script>alert(1)</script><img src=x onerror=alert(2)> \" ' {{ 7*7 }}"
FORMULA = '=HYPERLINK("http://evil.example","win")'


def label_of(comment_id: str, grade: int) -> LabelEvent:
    """The user's own grade of a comment."""
    return label(1, uuid=str(uuid4()), comment_id=comment_id, grade=grade, signal="want")


def said(page: str) -> list[str]:
    return [re.sub(r"<[^>]+>", "", text) for text in re.findall(r'<p class="said"[^>]*>(.*?)</p>', page, re.DOTALL)]


def exported(browser: FlaskClient, query: str = "") -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(browser.get(f"/comments.csv{query}").get_data().decode("utf-8-sig"))))


@pytest.fixture
def written(store: Store, model: IntentModel, entered: FlaskClient) -> FlaskClient:
    """A workspace with hostile comments on a real platform."""
    with store.writing() as connection:
        videos.save(connection, [Video("tiktok", "7", caption=EVIL)], 1)
        texts = [EVIL, FORMULA, "+1 (555) call", "@amy look", "-5 off", "\tTab", "where can I buy this?"]
        comments.save(connection, [Comment("tiktok", f"dom:{n}.a@b", "7", text, created_at=n) for n, text in enumerate(texts)], 1)
    grade_platform(model, store, "tiktok")
    return entered


def test_hostile_text_is_shown_as_text(written: FlaskClient) -> None:
    for path in ("/comments", "/comments?q=%3Cscript%3E", "/videos?kind=all", "/videos/tiktok/7", "/comments/tiktok/dom:0.a@b/why"):
        page = written.get(path).text
        assert "<script>alert" not in page
        assert "<img src=x" not in page
        assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
        assert "{{ 7*7 }}" in page


def test_export_neutralises_formulas(written: FlaskClient) -> None:
    texts = {row["comment"] for row in exported(written)}
    assert texts == {EVIL, f"'{FORMULA}", "'+1 (555) call", "'@amy look", "'-5 off", "'\tTab", "where can I buy this?"}


def test_sample_rows_are_marked_wherever_they_appear(written: FlaskClient, sampled: Store) -> None:
    rows = exported(written)
    assert {row["data"] for row in rows} == {"tiktok", "sample (invented)"}
    assert [row["data"] for row in rows if row["caption"].startswith("<script>")] == ["tiktok"] * 7
    assert written.get("/comments").text.count('class="tag sample"') > 0
    assert "Sample data: invented, not from TikTok." in written.get("/videos").text


def test_an_export_of_sample_data_alone_says_so_in_its_name(furnished: FlaskClient) -> None:
    assert 'filename="buysignal-sample-comments-' in furnished.get("/comments.csv").headers["Content-Disposition"]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("q=cordless", {"link please I have been looking for a cordless one for months"}),
        ("q=CORDLESS&video=sample:sample-v1", {"link please I have been looking for a cordless one for months"}),
        ("q=cordless&video=sample:sample-v2", set()),
        ("band=yours", set()),
        ("band=none", set()),
    ],
)
def test_filters_narrow(furnished: FlaskClient, query: str, expected: set[str]) -> None:
    assert {row["comment"] for row in exported(furnished, f"?{query}")} == expected
    assert set(said(furnished.get(f"/comments?{query}").text)) == expected


def test_band_and_signal_filters_keep_what_they_name(furnished: FlaskClient) -> None:
    everything = exported(furnished)
    for band, words in (("high", "close to buying"), ("some", "some interest"), ("low", "not buying")):
        assert exported(furnished, f"?band={band}") == [row for row in everything if row["band"] == words]
    wants = everything[0]["what they want"]
    assert {row["what they want"] for row in exported(furnished)} >= {wants}
    assert exported(furnished, "?band=unsure") == [row for row in everything if row["not sure"] == "yes"]


def test_buyers_come_first(sampled: Store, model: IntentModel, furnished: FlaskClient) -> None:
    with sampled.reading() as connection:
        readings = {row.comment.text: row.reading for row in load(connection, model.id, comments.listed(connection, 1000)) if row.reading}
    audience = [row for row in exported(furnished) if row["by the creator"] == "no"]
    shown = [readings[row["comment"].removeprefix("'")] for row in audience]
    ranks = [(reading.band == "high", reading.grade) for reading in shown]
    assert ranks == sorted(ranks, reverse=True)
    assert [row["by the creator"] for row in exported(furnished)][-12:] == ["yes"] * 12


def test_newest_first(furnished: FlaskClient) -> None:
    written = [row["written"] for row in exported(furnished, "?sort=newest")]
    assert written == sorted(written, reverse=True)


def test_pages_hold_25_and_the_last_page_the_rest(furnished: FlaskClient) -> None:
    assert [len(said(furnished.get(f"/comments?page={n}").text)) for n in (1, 5, 6, 99)] == [25, 25, 15, 15]
    every = [text for n in range(1, 7) for text in said(furnished.get(f"/comments?page={n}").text)]
    assert len(set(every)) == 140


@pytest.mark.parametrize(
    "query", ["page=-1", "page=0", "page=9e9", "page=%00", "band=?", "sort=x", "lang=%F0%9F", "video=::", "q=" + "x" * 5000]
)
def test_odd_queries_are_harmless(furnished: FlaskClient, query: str) -> None:
    assert furnished.get(f"/comments?{query}").status_code == 200


def test_only_the_results_are_sent_to_htmx(furnished: FlaskClient) -> None:
    part = furnished.get("/comments?q=lamp", headers={"HX-Request": "true"})
    assert part.text.lstrip().startswith("<section")
    assert "HX-Request" in part.headers["Vary"]
    whole = furnished.get("/comments?q=lamp", headers={"HX-Request": "true", "HX-History-Restore-Request": "true"})
    assert "<!doctype html>" in whole.text


def test_comments_that_wait_for_a_grade_are_announced_until_they_have_one(store: Store, model: IntentModel, entered: FlaskClient) -> None:
    with store.writing() as connection:
        videos.save(connection, [Video("tiktok", "7", commerce="organic")], 1)
        comments.save(connection, [Comment("tiktok", "1", "7", "where can I buy this?")], 1)
    announced = f"1 comment is being graded by the model <code>{model.id}</code>"
    for path in ("/comments", "/videos", "/videos/tiktok/7"):
        assert announced in entered.get(path).text
    asked = entered.get("/grading")
    assert (asked.status_code, announced in asked.text) == (200, True)
    grade_platform(model, store, "tiktok")
    for path in ("/comments", "/videos", "/videos/tiktok/7"):
        page = entered.get(path).text
        assert "being graded" not in page
        assert f"by the model <code>{model.id}</code>" in page  # whose grades these are
    over = entered.get("/grading")
    assert (over.status_code, "All comments are graded" in over.text) == (286, True)


def test_reasons_hold_the_whole_text_and_never_the_comment_itself_as_example(furnished: FlaskClient) -> None:
    page = furnished.get("/comments/sample/sample-v1-2/why").text
    marked = re.search(r'<p class="marked"[^>]*>(.*?)</p>', page, re.DOTALL)
    assert marked is not None
    assert re.sub(r"<[^>]+>", "", marked[1]) == "link please I have been looking for a cordless one for months"


def test_a_correction_is_stored_replaces_the_grade_and_can_be_taken_back(furnished: FlaskClient, sampled: Store, press: Press) -> None:
    path = "/comments/sample/sample-v1-2"
    with sampled.reading() as connection:
        before = exported(furnished, "?q=cordless")
    assert press(f"{path}/grade", grade="3", signal="none").status_code == 303
    after = exported(furnished, "?q=cordless")[0]
    assert (after["grade"], after["band"], after["your own grade"], after["model"]) == ("3.0", "not buying", "yes", "")
    with sampled.reading() as connection:
        [label] = labels.listed(connection)
    assert (label.source, label.grade, label.signal, label.comment_id) == ("annotator", 3, "none", "sample-v1-2")
    assert label.suggestion_shown
    assert label.suggested_grade is not None
    assert label.context["product"] == "Rechargeable mushroom table lamp, warm light"
    assert press(f"{path}/grade", undo="1").status_code == 303
    assert exported(furnished, "?q=cordless") == before


@pytest.mark.parametrize("fields", [{}, {"grade": "0"}, {"grade": "11"}, {"grade": "x"}, {"grade": "5", "signal": "<b>"}])
def test_a_broken_correction_is_refused(furnished: FlaskClient, sampled: Store, press: Press, fields: dict[str, str]) -> None:
    assert press("/comments/sample/sample-v1-2/grade", **fields).status_code == 400
    with sampled.reading() as connection:
        assert labels.count(connection) == 0


def test_filters_write_themselves_back_into_links() -> None:
    filters = Filters.of({"q": " lamp ", "band": "high", "page": "3", "sort": "nonsense"})
    assert filters.query(page=4) == {"q": "lamp", "band": "high", "page": "4"}
    assert filters.query() == {"q": "lamp", "band": "high"}
    assert not Filters.of({"sort": "newest", "page": "2"}).narrowed


def test_organic_only_is_one_click_and_the_page_says_which_is_shown(store: Store, model: IntentModel, entered: FlaskClient) -> None:
    with store.writing() as connection:
        videos.save(connection, [Video("tiktok", "1", commerce="organic"), Video("tiktok", "2", commerce="ad")], 1)
        comments.save(connection, [Comment("tiktok", "a", "1", "need it"), Comment("tiktok", "b", "2", "want it")], 1)
    page = entered.get("/comments").text
    assert "All videos, adverts and partnerships too." in page
    assert 'href="/comments?kind=organic"' in page
    organic = entered.get("/comments?kind=organic").text
    assert (said(organic), "Organic videos only." in organic) == (["need it"], True)
    assert said(entered.get("/comments?kind=paid").text) == ["want it"]


def test_one_emoji_one_letter_and_every_script_are_found(store: Store, entered: FlaskClient) -> None:
    texts = {"a": "so cute 😍", "b": "ซื้อที่ไหนคะ", "c": "这个在哪里买", "d": "ok"}
    with store.writing() as connection:
        videos.save(connection, [Video("tiktok", "1")], 1)
        comments.save(connection, [Comment("tiktok", ident, "1", text) for ident, text in texts.items()], 1)
    for typed, ident in (("😍", "a"), ("ซ", "b"), ("哪里", "c"), ("OK", "d")):
        assert said(entered.get("/comments", query_string={"q": typed}).text) == [texts[ident]]


def test_leads_hold_no_words_of_the_commenter_and_warn_of_the_link(written: FlaskClient, store: Store) -> None:
    with store.writing() as connection:
        comments.save(connection, [Comment("tiktok", "7600000000000000101", "7", "need this, where do I order?")], 1)
        labels.append(connection, label_of("7600000000000000101", 9))
    answer = written.get("/leads.csv?q=order")
    rows = list(csv.DictReader(io.StringIO(answer.get_data().decode("utf-8-sig"))))
    assert rows == [
        {
            "link (can identify its writer)": "https://www.tiktok.com/@_/video/7?share_comment_id=7600000000000000101",
            "grade": "9.0",
            "signal": "wants it",
            "product asked for": "",
            "video": "https://www.tiktok.com/@_/video/7",
        }
    ]
    assert "A link can identify the person who wrote the comment." in written.get("/comments").text.replace("a link", "A link")
