"""Marking many comments at once as adverts or as the creator's own words, and taking that back."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from playwright.sync_api import Page, expect

from companion.intent.text import normalise
from companion.services import Services
from companion.store import Store, also, annotators, comments, label_flags, labels, shelf, videos
from companion.store.comments import Comment
from companion.store.labels import LabelEvent
from companion.store.predictions import digest
from companion.store.videos import Video
from companion.training.own_labels import own_labels
from tests.companion.dashboard.conftest import Press
from tests.companion.dashboard.test_comments import said

TEXTS = {"1": "cheap followers in my bio", "2": "dm me, I sell these", "3": "where did you get it", "dom:4": "follow me back pls"}


@pytest.fixture
def stocked(store: Store, entered: FlaskClient, services: Services) -> FlaskClient:
    """A video with four comments."""
    with store.writing() as connection:
        shelf.use(connection, services.model.id)
        videos.save(connection, [Video("tiktok", "7", caption="the lamp", hashtags=("finds",))], 1)
        comments.save(connection, [Comment("tiktok", ident, "7", text) for ident, text in TEXTS.items()], 1)
    return entered


def standing(store: Store) -> dict[str, LabelEvent]:
    """The user's own labels by comment."""
    with store.reading() as connection:
        return labels.current(connection, "tiktok", list(TEXTS))


def undo_of(page: str) -> str:
    """Where the undo of a page leads to."""
    found = re.search(r'action="(/comments/flags/\d+/undo[^"]*)"', page)
    assert found, page
    return found[1].replace("&amp;", "&")


def graded(comment_id: str, grade: int, who: str, uuid: str) -> LabelEvent:
    """A grade that somebody gave in the labeling room."""
    text = TEXTS[comment_id]
    return LabelEvent(uuid, "annotator", "tiktok", comment_id, text, digest(normalise(text)), "1", 5, grade=grade, client_id=who)


def test_chosen_comments_are_marked_in_one_go_with_the_guides_grade_and_taken_back_in_one(
    stocked: FlaskClient, store: Store, press: Press
) -> None:
    assert 'name="comment" value="tiktok:1"' in stocked.get("/comments").text
    answer = press("/comments/flags?q=e&sort=liked", flag="spam", comment=["tiktok:1", "tiktok:dom:4", "tiktok:1"])
    assert answer.status_code == 303
    where = answer.headers["Location"]
    assert "q=e" in where
    assert "sort=liked" in where
    found = standing(store)
    marked = {ident: (one.grade, one.signal, one.flags, one.client_id) for ident, one in found.items()}
    assert marked == dict.fromkeys(("1", "dom:4"), (2, "none", ("spam",), annotators.LOCAL))
    assert found["1"].context == {"caption": "the lamp", "hashtags": ["finds"]}
    page = stocked.get(where).text
    assert "2 comments marked as spam." in page
    assert page.count("marked as spam</span>") == 2
    assert press(undo_of(page)).status_code == 303
    assert standing(store) == {}
    assert "marked as spam" not in stocked.get(where).text
    assert "taken back already" in stocked.get(press(undo_of(page)).headers["Location"]).text


def test_another_mark_replaces_the_first_and_single_ones_can_be_taken_away(stocked: FlaskClient, store: Store, press: Press) -> None:
    press("/comments/flags", flag="spam", comment=["tiktok:1", "tiktok:2"])
    press("/comments/flags", flag="creator", comment=["tiktok:2"])
    assert {ident: (one.grade, one.flags) for ident, one in standing(store).items()} == {"1": (2, ("spam",)), "2": (3, ("creator",))}
    press("/comments/flags", flag="", comment=["tiktok:1", "tiktok:3"])
    assert set(standing(store)) == {"2"}
    assert "1 mark taken away." in stocked.get("/comments").text


def test_a_grade_given_before_comes_back_with_the_undo_and_nobody_elses_label_is_touched(
    stocked: FlaskClient, store: Store, press: Press
) -> None:
    with store.writing("labels") as connection:
        labels.append(connection, graded("3", 8, "amy", "11111111-1111-4111-8111-111111111111"))
        labels.append(connection, graded("3", 9, annotators.LOCAL, "22222222-2222-4222-8222-222222222222"))
    page = stocked.get(press("/comments/flags", flag="creator", comment=["tiktok:3"]).headers["Location"]).text
    assert standing(store)["3"].grade == 3
    press(undo_of(page))
    assert standing(store)["3"].grade == 9
    press("/comments/flags", flag="", comment=["tiktok:3"])  # none of them is a mark
    assert standing(store)["3"].grade == 9


def test_no_model_learns_from_what_is_marked(stocked: FlaskClient, store: Store, press: Press) -> None:
    with store.writing("labels") as connection:
        labels.append(connection, graded("3", 8, annotators.LOCAL, "22222222-2222-4222-8222-222222222222"))
    press("/comments/flags", flag="spam", comment=["tiktok:1", "tiktok:2"])
    with store.reading() as connection:
        own = own_labels(labels.votes(connection))
    assert [example.text for example in (*own.train, *own.blind)] == [TEXTS["3"]]


def test_marks_are_found_again_under_the_id_that_tiktok_gives_later(stocked: FlaskClient, store: Store, press: Press) -> None:
    press("/comments/flags", flag="spam", comment=["tiktok:dom:4"])
    with store.writing() as connection:
        also.note(connection, "tiktok", "dom:4", "44")
        assert [mark.flags for mark in label_flags.standing(connection, [("tiktok", "44")])] == [("spam",)]


def test_what_is_marked_does_not_count_as_close_to_buying(stocked: FlaskClient, store: Store, press: Press) -> None:
    with store.writing("labels") as connection:
        labels.append(connection, graded("2", 9, annotators.LOCAL, "22222222-2222-4222-8222-222222222222"))
    assert said(stocked.get("/comments?band=high").text) == [TEXTS["2"]]
    press("/comments/flags", flag="creator", comment=["tiktok:2"])
    assert said(stocked.get("/comments?band=high").text) == []


def test_a_wrong_form_marks_nothing(stocked: FlaskClient, store: Store, press: Press) -> None:
    assert press("/comments/flags", flag="nice", comment=["tiktok:1"]).status_code == 400
    assert press("/comments/flags", flag="spam", comment=[f"tiktok:{n}" for n in range(201)]).status_code == 400
    assert "choose comments first" in stocked.get(press("/comments/flags", flag="spam").headers["Location"]).text
    press("/comments/flags", flag="spam", comment=["tiktok:none", "nonsense"])
    assert standing(store) == {}


@pytest.mark.browser
def test_boxes_show_while_marking_and_one_ticks_all(person: Callable[..., Page]) -> None:
    page = person()
    page.goto("/comments?q=e")
    boxes = page.locator(".choose-row input")
    expect(boxes.first).to_be_hidden()
    page.get_by_text("Mark several").click()
    expect(boxes.first).to_be_visible()
    page.get_by_label("All on this page").check()
    chosen = boxes.count()
    assert chosen > 3
    boxes.nth(1).uncheck()
    page.get_by_role("button", name="Creator or brand").click()
    expect(page.get_by_text(f"{chosen - 1} comments marked as creator or brand.")).to_be_visible()
    page.get_by_role("button", name="Undo", exact=True).first.click()
    expect(page.get_by_text(f"{chosen - 1} marks taken back.")).to_be_visible()
