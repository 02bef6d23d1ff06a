"""What the shop learns from a person, shown, edited and switched off."""

from __future__ import annotations

import json

from flask.testing import FlaskClient

from companion.services import Services
from companion.shop.profile.events import Event
from companion.shop_tuning import QUESTIONS, run_of
from companion.store import Store, clock, shop_events
from tests.companion.dashboard.conftest import Press


def test_a_search_from_the_page_is_learned(stocked: Store, entered: FlaskClient, press: Press) -> None:
    assert press("/shop/searches", q="table lamp", category="Home").location == "/shop?q=table+lamp&category=Home"
    with stocked.reading() as connection:
        assert [one.words for one in shop_events.searches(connection)] == ["table lamp"]
    assert "table lamp" in entered.get("/shop/profile").text


def test_saving_and_hiding_can_be_taken_back(stocked: Store, entered: FlaskClient, press: Press) -> None:
    for what, reader in (("save", shop_events.saved), ("hide", shop_events.hidden)):
        press("/shop/marks", product="p1", what=what)
        with stocked.reading() as connection:
            assert reader(connection) == ["p1"]
        assert "Mushroom table lamp" in entered.get("/shop/profile").text
        press("/shop/marks", product="p1", what="unsave" if what == "save" else "show")
        with stocked.reading() as connection:
            assert reader(connection) == []
    assert press("/shop/marks", product="nothing", what="save").status_code == 404
    assert press("/shop/marks", product="p1", what="burn").status_code == 422


def test_the_profile_shows_what_was_learned_and_forgets_it(stocked: Store, entered: FlaskClient, press: Press) -> None:
    with stocked.writing() as connection:
        shop_events.add(connection, [Event(clock.now_ms() - n, "click", "p1", place=1) for n in range(5)])
        shop_events.add(connection, [Event(clock.now_ms(), "hide", "p1")])
    page = entered.get("/shop/profile").text
    assert "Lumo" in page
    press("/shop/profile/say", field="brand", value="Lumo", said="never")
    assert "you said never" in entered.get("/shop/profile").text
    press("/shop/profile/forget", field="brand", value="Lumo")
    with stocked.reading() as connection:
        assert [event.kind for event in shop_events.listed(connection)] == ["hide"]
        assert shop_events.leanings(connection) == []
    assert press("/shop/profile/say", field="shoe size", value="42", said="more").status_code == 422
    assert press("/shop/profile/say", field="brand", value="Lumo", said="maybe").status_code == 422


def test_the_whole_profile_is_saved_and_deleted_only_when_meant(stocked: Store, entered: FlaskClient, press: Press) -> None:
    press("/shop/marks", product="p1", what="save")
    press("/shop/searches", q="lamp")
    press("/shop/profile/searches", words="lamp")
    saved = json.loads(entered.get("/shop/profile.json").get_data())
    assert [(event["kind"], event["product"]) for event in saved["events"]] == [("save", "p1")]
    questions = run_of(stocked.workspace) / QUESTIONS  # of a tuning that was stopped: the searches stand in it
    questions.parent.mkdir(parents=True)
    questions.write_text("lamp", encoding="utf-8")
    press("/shop/profile/delete")
    assert "tick the box first" in entered.get("/shop/profile").text
    assert questions.exists()
    for path, fields in (("searches", {"words": "lamp"}), ("keep", {"keep": "no"}), ("delete", {"sure": "yes"})):
        questions.write_text("lamp", encoding="utf-8")
        press(f"/shop/profile/{path}", **fields)
        assert not questions.exists()
    assert "Nothing learned yet" in entered.get("/shop/profile").text


def test_one_switch_stops_every_kind_of_learning_and_leaves_what_is_asked_for(
    stocked: Store, entered: FlaskClient, press: Press, services: Services
) -> None:
    press("/shop/profile/keep", keep="yes")
    press("/shop/searches", q="wallet")
    press("/shop/profile/learning", learn="no")
    assert "Learning from you is off" in entered.get("/shop/profile").text
    press("/shop/searches", q="table lamp")
    at = clock.now_ms()
    deeds = [
        Event(at, "impression", "p1"),
        Event(at, "click", "p1"),
        Event(at, "open", "p1"),
        Event(at, "search", words="lamp", page="search"),
    ]
    assert services.cards.ready(60)
    assert [services.cards.learn(deed) for deed in deeds] == [False] * 4
    with stocked.writing() as connection:
        assert shop_events.add(connection, deeds) == 0
        assert [(event.kind, event.words) for event in shop_events.listed(connection)] == [("search", "wallet")]
    assert services.cards.learn(Event(at, "hide", "p2"))
    press("/shop/profile/learning", learn="yes")
    assert services.cards.learn(deeds[1])
    assert "Learning from you is on" in entered.get("/shop/profile").text


def test_keeping_searches_on_tiktok_is_off_until_turned_on(stocked: Store, entered: FlaskClient, press: Press) -> None:
    assert "Searches on TikTok are not kept" in entered.get("/shop/profile").text
    press("/shop/profile/keep", keep="yes")
    assert "Searches on TikTok are kept" in entered.get("/shop/profile").text
    press("/shop/profile/keep", keep="no")
    with stocked.reading() as connection:
        assert not shop_events.searches_kept(connection)
