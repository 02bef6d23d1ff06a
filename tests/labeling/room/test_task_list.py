"""The task list says what is true: what was skipped, what a task would hold, what closing and removing does."""

from __future__ import annotations

import re

from flask.testing import FlaskClient

from companion.dashboard import sample_data
from companion.store import Store, label_tasks
from labeling import answering
from labeling.new_page import _usual
from tests.companion.dashboard.conftest import Press
from tests.labeling import accounts
from tests.labeling.room.conftest import Ask
from tests.labeling.room.scenes import YOU, answer, collected, item, lease, task
from tests.labeling.room.test_room_pages import event, only_task


def words(page: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def done(store: Store, of: str, number: int, ask: Ask) -> None:
    """Answer so many comments of a task on the screen."""
    for _ in range(-(-number // 5)):
        held = ask("lease", task=of, want=min(5, number)).json["items"]  # type: ignore[index]
        assert len(ask("events", events=[event(one) for one in held]).json["stored"]) == len(held)  # type: ignore[index]
        number -= len(held)


def test_what_was_skipped_is_offered_and_nobody_is_waited_for(entered: FlaskClient, store: Store, press: Press, ask: Ask) -> None:
    of = task(store, 3)
    held = lease(store, YOU, of)
    answering.take(store, YOU, [answer(held[0]), answer(held[1]), answer(held[2], None, action="skip")])
    page = entered.get("/label").text
    assert "2 of 3 answers, 2 of them yours; you skipped 1" in words(page)
    assert "waits for others" not in page
    assert "Answer the skipped one" in page
    assert f'<a href="/label/do/{of.id}">Try</a>' in page  # the name stays a link
    again = press(f"/label/tasks/{of.id}/skipped")
    assert (again.status_code, again.headers["Location"]) == (303, f"/label/do/{of.id}")
    assert [one["assignment"] for one in ask("lease", task=of.id).json["items"]] == [held[2].id]  # type: ignore[index]
    assert "you skipped" not in entered.get("/label").text


def test_the_rest_waits_for_others_only_where_there_are_others(entered: FlaskClient, store: Store) -> None:
    of = task(store, items=[item(0, votes=2)])
    answering.take(store, YOU, [answer(one) for one in lease(store, YOU, of)])
    assert "nobody else has an account yet" in entered.get("/label").text
    accounts.make(store, "Cleo")
    assert "the rest waits for others" in entered.get("/label").text


def test_the_offered_task_holds_what_was_offered_and_is_named_so(furnished: FlaskClient, sampled: Store, press: Press, ask: Ask) -> None:
    press("/label/start")
    latest = only_task(sampled)
    assert latest.name == "50 from the invented sample"
    number = 50
    while number == 50:  # until fewer are left than one task takes
        done(sampled, latest.id, number, ask)
        page = words(furnished.get("/label").text)
        offered = re.search(r"Label (\d+) more (\d+) comments of everything in the invented sample: (all that nobody|hard ones)", page)
        assert offered is not None, page
        number = int(offered[1])
        assert number == int(offered[2])
        assert (offered[3] == "hard ones") == (number == 50)
        press("/label/start")
        with sampled.reading() as connection:
            latest = label_tasks.listed(connection)[0]
            assert label_tasks.standing(connection, latest).items == number
        assert latest.name == f"{number} from the invented sample"
    assert 0 < number < 50
    done(sampled, latest.id, number, ask)
    page = words(furnished.get("/label").text)
    assert "Everything here is labelled or in a task" in page
    assert "Start labeling" not in page


def test_near_copies_are_offered_no_more_often_than_a_task_takes_them(entered: FlaskClient, store: Store, press: Press) -> None:
    collected(store, 12)
    with store.writing() as connection:
        connection.execute("UPDATE comment SET text = 'link please?' WHERE id IN ('c1', 'c2', 'c3', 'c4', 'c5')")
    assert "Label your first 9 comments" in words(entered.get("/label").text)
    press("/label/start")
    assert only_task(store).name == "9 from everything collected"


def test_invented_comments_are_never_said_to_teach(furnished: FlaskClient) -> None:
    page = words(furnished.get("/label").text)
    assert "no model learns from them" in page
    assert "what the model learns from" not in page


def test_collected_comments_are_said_to_teach(entered: FlaskClient, store: Store) -> None:
    collected(store, 3)
    page = words(entered.get("/label").text)
    assert "your grades are what the model learns from" in page
    assert "no model learns from them" not in page


def test_a_closed_task_is_opened_again_on_the_spot_and_stands_in_sight(entered: FlaskClient, store: Store, press: Press) -> None:
    of = task(store, 3)
    closed = press(f"/label/tasks/{of.id}/close")
    assert closed.headers["Location"] == f"/label?closed={of.id}"
    page = entered.get(closed.headers["Location"]).text
    assert "“Try” is closed" in page
    assert "Open it again" in page
    assert '<details class="closed" open>' in page
    assert '<details class="closed">' in entered.get("/label").text  # later it is folded, above the charts
    press(f"/label/tasks/{of.id}/close", again="1")
    page = entered.get(f"/label?closed={of.id}").text  # an old address says nothing untrue
    assert "is closed" not in page
    assert f'href="/label/do/{of.id}"' in page


def test_the_usual_mix_adds_up_to_a_hundred(entered: FlaskClient) -> None:
    assert sum(_usual().values()) == 100
    typed = re.findall(r'name="mix\.\w+" type="text" inputmode="decimal" value="(\d+)"', entered.get("/label/new").text)
    assert sum(map(int, typed)) == 100


def test_the_banner_says_what_goes_with_the_sample_and_that_goes(furnished: FlaskClient, sampled: Store, press: Press, ask: Ask) -> None:
    assert "your labels" not in words(furnished.get("/videos").text)
    press("/label/start")
    done(sampled, only_task(sampled).id, 3, ask)
    for page in ("/videos", "/settings"):
        assert "your labels on 3 sample comments" in words(furnished.get(page).text)
    sample_data.remove(sampled)
    with sampled.reading() as connection:
        assert label_tasks.listed(connection) == []
        assert connection.execute("SELECT count(*) FROM label_event").fetchone()[0] == 0


def test_tabs_stand_at_the_same_place_on_every_page_of_the_room(entered: FlaskClient, store: Store) -> None:
    task(store, 2)
    pages = ["", "/mine/labels", "/agreement", "/adjudicate", "/suspects", "/coverage", "/guideline", "/mine", "/people", "/new"]
    for page in pages:
        content = entered.get(f"/label{page}").text.split('id="content"')[1]
        assert 0 < content.index('<nav class="boxes" aria-label="Labeling">') < content.index("<h1>"), page


def test_the_start_page_leads_back_to_the_task_under_way(furnished: FlaskClient, sampled: Store, press: Press, ask: Ask) -> None:
    assert "Go on labeling" not in furnished.get("/").text
    press("/label/start")
    of = only_task(sampled)
    assert "Go on labeling" not in furnished.get("/").text  # not begun yet
    done(sampled, of.id, 16, ask)
    page = furnished.get("/").text
    assert "“50 from the invented sample”: 16 of 50 done." in words(page)
    assert f'href="/label/do/{of.id}"' in page
    assert "Welcome back" in page
    press(f"/label/tasks/{of.id}/close")
    assert "Go on labeling" not in furnished.get("/").text


def test_the_start_page_counts_skipped_comments_among_those_of_the_task(entered: FlaskClient, store: Store) -> None:
    of = task(store, items=[item(place) for place in range(4)])
    held = lease(store, YOU, of)
    answering.take(store, YOU, [answer(held[0]), answer(held[1], None, action="skip")])
    page = words(entered.get("/").text)
    assert "1 of 4 done, 1 skipped." in page
    answering.take(store, YOU, [answer(held[2]), answer(held[3])])
    assert "3 of 4 done, 1 skipped." in words(entered.get("/").text)  # what is only skipped is still to be answered
