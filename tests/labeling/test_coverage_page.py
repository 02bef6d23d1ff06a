"""The coverage board: what is counted, what is wanted, and what is handed to the collecting form."""

from __future__ import annotations

import time

import pytest
from flask import Flask
from flask.testing import FlaskClient

from companion import grading
from companion.intent import IntentModel
from companion.store import Store, clock, comments, label_coverage, labels, runs, tasks, videos
from companion.store.comments import Comment
from companion.store.label_coverage import Count
from companion.store.tasks import Wanted
from companion.store.videos import Video
from tests.labeling import accounts
from tests.labeling.quality_scene import labelled, words
from tests.scraper.scenes import add_run


@pytest.fixture
def collected(store: Store, model: IntentModel) -> Store:
    """Two hashtags, one of them full of people who ask the price; two comments have a label."""
    now = clock.now_ms()
    with store.writing() as connection:
        shown = [Video("tiktok", "v1", hashtags=("lamps", "fyp"), product="Lamp"), Video("tiktok", "v2", hashtags=("fyp", "cats"))]
        videos.save(connection, shown, now)
        said = [Comment("tiktok", f"p{n}", "v1", f"how much is it{'?' * n}", lang="en") for n in range(4)]
        said += [Comment("tiktok", f"h{n}", "v2", f"haha so funny{'!' * n}", lang="en") for n in range(3)]
        said.append(Comment("tiktok", "by", "v1", "it is 20 dollars", lang="en", is_creator_reply=True))
        comments.save(connection, said, now)
    grading.grade_platform(model, store, "tiktok")
    with store.writing("labels") as connection:
        labels.append(connection, labelled("p0", "how much is it", 8, "price"))
        labels.append(connection, labelled("h0", "haha so funny", 2, "objection"))
    return store


def shown(browser: FlaskClient, path: str = "/label/coverage") -> str:
    for _ in range(100):
        answer = browser.get(path)
        assert answer.status_code == 200
        if 'hx-trigger="every' not in answer.text:
            return answer.text
        time.sleep(0.1)
    raise AssertionError("never counted")


def counted(store: Store) -> list[Count]:
    with store.reading() as connection:
        return label_coverage.counted(connection)


def test_every_comment_is_counted_once_by_the_label_where_it_has_one(collected: Store) -> None:
    assert counted(collected) == [
        Count("cats", "en", "", "none", 0, 2),
        Count("cats", "en", "", "objection", 1, 0),  # the label says so, whatever the model read
        Count("lamps", "en", "Lamp", "price", 1, 3),
    ]


def test_the_hashtag_for_which_a_video_was_collected_counts(collected: Store) -> None:
    add_run(collected)
    with collected.writing() as connection:
        run = runs.listed(connection, 1)[0].id
        tasks.add(connection, run, [Wanted("video", "v1", parent="tag:homedecor")])
    assert {one.hashtag for one in counted(collected)} == {"homedecor", "cats"}


def test_an_undone_label_leaves_its_comment_waiting(collected: Store) -> None:
    with collected.writing("labels") as connection:
        label = labels.current(connection, "tiktok", ["p0"])["p0"]
        undo = labelled("p0", "how much is it", None, uuid="undo")
        labels.append(connection, undo.__class__(**{**vars(undo), "action": "undo", "undoes": label.uuid}))
    assert Count("lamps", "en", "Lamp", "price", 0, 4) in counted(collected)


def test_the_board_shows_labels_wanted_and_waiting(collected: Store, entered: FlaskClient) -> None:
    said = words(shown(entered, "/label/coverage?wanted=10"))
    assert "2 comments labelled, 5 waiting" in said
    assert "asks the price 1 10 3 6" in said
    assert "#lamps 1 10 3 6" in said
    assert "Lamp 1 10 3 6" in said


def test_what_to_collect_next_is_handed_to_the_collecting_form(collected: Store, entered: FlaskClient) -> None:
    html = shown(entered, "/label/coverage?wanted=10")
    assert "Collect these next" in words(html)
    link = html.split('href="/collect/?')[1].split('"')[0].replace("&amp;", "&")
    form = entered.get(f"/collect/?{link}").text
    assert 'name="targets" type="text" value="' in form
    targets = form.split('name="targets" type="text" value="')[1].split('"')[0].split()
    assert set(targets) == {"lamps", "cats"}
    assert "The run has started" not in form


def test_one_hashtag_or_product_is_looked_at_alone(collected: Store, entered: FlaskClient) -> None:
    said = words(shown(entered, "/label/coverage?wanted=10&hashtag=cats"))
    assert "the board below shows #cats alone" in said
    assert "asks the price 0 10 0 10" in said


def test_an_empty_workspace_leads_to_collecting(entered: FlaskClient) -> None:
    said = words(shown(entered))
    assert "Nothing collected yet" in said
    assert "Collect comments" in said


def test_an_odd_number_of_wanted_labels_is_brought_into_range(collected: Store, entered: FlaskClient) -> None:
    assert 'value="1"' in shown(entered, "/label/coverage?wanted=-5")
    assert 'value="5000"' in shown(entered, "/label/coverage?wanted=999999")
    assert 'value="50"' in shown(entered, "/label/coverage?wanted=many")


def test_an_annotator_does_not_come_in(app: Flask, collected: Store) -> None:
    accounts.make(collected, "Cleo")
    browser = app.test_client()
    accounts.log_in(browser, "Cleo")
    assert browser.get("/label/coverage").status_code == 403
