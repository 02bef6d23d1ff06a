"""Suspected label errors: who judges them, what the page lists, and asking again blind."""

from __future__ import annotations

import json
import time
from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient

from companion.intent import IntentModel
from companion.store import Store, asked_again, label_items, label_tasks, labels
from labeling import out_of_fold, suspects
from tests.labeling import accounts
from tests.labeling.quality_scene import labelled, press, words

RIGHT = [
    ("where can I buy this? link please", 8), ("how much is it", 8), ("your hair is so pretty", 2), ("😂😂😂", 2),
    ("ordering this on payday", 9), ("first", 2), ("link??", 8), ("what song is this", 2),
    ("just got mine and I love it", 10), ("need the link right now", 8),
    ("good morning everyone", 2), ("price please", 8),
]  # fmt: skip


def fill(store: Store, *wrong: tuple[str, int], times: int = 1) -> None:
    with store.writing("labels") as connection:
        for nth in range(times):
            for place, (text, grade) in enumerate([*RIGHT, *wrong]):
                labels.append(connection, labelled(f"c{nth}-{place}", text + "!" * nth, grade))


def shown(browser: FlaskClient) -> str:
    for _ in range(300):
        answer = browser.get("/label/suspects")
        assert answer.status_code == 200
        if "hx-trigger" not in answer.text:
            return answer.text
        time.sleep(0.1)
    raise AssertionError("never checked")


def test_a_label_far_from_what_the_model_reads_is_listed_with_the_reason(store: Store, entered: FlaskClient) -> None:
    fill(store, ("where can I buy this lamp", 1))
    html = shown(entered)
    assert "where can I buy this lamp" in html
    assert "Labelled 1" in words(html)
    assert "13 labels checked" in words(html)
    assert "good morning everyone" not in html


def test_the_shipped_model_judges_because_it_never_learned_from_these_labels(store: Store, entered: FlaskClient) -> None:
    fill(store)
    assert "12 labels were judged by the model in use" in words(shown(entered))


def test_without_labels_the_page_says_so(entered: FlaskClient) -> None:
    assert "No labels to check" in words(shown(entered))


def test_one_click_asks_again_blind_and_takes_it_off_the_list(store: Store, entered: FlaskClient) -> None:
    fill(store, ("where can I buy this lamp", 1))
    html = shown(entered)
    uuid = html.split('name="label" value="')[1].split('"')[0]
    assert press(entered, "/label/suspects/again", label=uuid).status_code == 303
    with store.reading() as connection:
        made = label_tasks.listed(connection)[0]
        items = label_items.of_task(connection, made.id)
        waiting = asked_again.waiting(connection)
    assert made.source["why"] == "suspects"
    assert [(one.text, one.gold, one.votes, one.sampler) for one in items] == [("where can I buy this lamp", None, 1, "again")]
    assert not made.assisted
    assert waiting == {("tiktok", items[0].target_id)}
    assert uuid not in shown(entered)


def test_an_undone_or_forgotten_label_is_off_the_list_at_once(store: Store, entered: FlaskClient) -> None:
    fill(store, ("where can I buy this lamp", 1), ("how much does it cost", 1))
    assert "how much does it cost" in shown(entered)
    with store.writing("labels") as connection:
        labels.forget(connection, "tiktok", ["c0-12"])
        cost = labels.current(connection, "tiktok", ["c0-13"])["c0-13"]
        labels.append(connection, replace(cost, uuid="undo", action="undo", undoes=cost.uuid, grade=None))
    for html in (entered.get("/label/suspects").text, shown(entered)):
        assert "where can I buy this lamp" not in html
        assert "how much does it cost" not in html


def test_two_people_are_asked_where_two_label(store: Store, entered: FlaskClient) -> None:
    accounts.make(store, "Cleo")
    fill(store, ("where can I buy this lamp", 1))
    shown(entered)
    press(entered, "/label/suspects/again", all="1")
    with store.reading() as connection:
        assert label_tasks.listed(connection)[0].votes == 2


def test_asking_about_nothing_makes_no_task(store: Store, entered: FlaskClient) -> None:
    fill(store)
    press(entered, "/label/suspects/again")
    with store.reading() as connection:
        assert label_tasks.listed(connection) == []


def test_the_same_words_are_listed_once(store: Store, entered: FlaskClient) -> None:
    with store.writing("labels") as connection:
        for place in range(3):
            labels.append(connection, labelled(f"same{place}", "where can I buy this lamp", 1))
        for place, (text, grade) in enumerate(RIGHT):
            labels.append(connection, labelled(f"r{place}", text, grade))
    said = words(shown(entered))
    assert said.count("where can I buy this lamp") == 1
    assert "and 2 more with the same words" in said


def test_labels_that_taught_the_model_are_judged_out_of_fold(store: Store, model: IntentModel) -> None:
    fill(store, ("where can I buy this lamp", 1), times=9)
    with store.reading() as connection:
        given = labels.listed(connection, 500)
    reading = out_of_fold.judge(given, lambda _: True, model)
    assert (len(reading.judged), reading.untouched, reading.why) == (117, 0, "")
    by_text = {one.uuid: one.text for one in given}
    buyers = [one.p_high for one in reading.judged if by_text[one.id].startswith("price please")]
    others = [one.p_high for one in reading.judged if by_text[one.id].startswith("good morning")]
    assert min(buyers) > max(others)


def test_too_few_labels_that_taught_the_model_are_left_alone(store: Store, model: IntentModel) -> None:
    fill(store)
    with store.reading() as connection:
        given = labels.listed(connection, 500)
    reading = out_of_fold.judge(given, lambda one: one.text == "link??", model)
    assert (len(reading.judged), reading.untouched) == (11, 11)
    assert "it cannot judge them" in reading.why
    assert suspects.suspects(out_of_fold.judge([], lambda _: True, model).judged).why != ""


def test_what_a_data_set_taught_is_known_by_its_texts(store: Store) -> None:
    folder = store.workspace.datasets / "abc"
    folder.mkdir(parents=True)
    (folder / "examples.jsonl").write_text(json.dumps({"text": "Link??"}) + "\n", encoding="utf-8")
    assert out_of_fold.texts_learned(store.workspace.datasets, "abc") == {"Link??"}
    assert out_of_fold.texts_learned(store.workspace.datasets, "gone") is None
    assert out_of_fold.texts_learned(store.workspace.datasets, "") is None


def test_an_annotator_does_not_come_in(app: Flask, store: Store) -> None:
    accounts.make(store, "Cleo")
    browser = app.test_client()
    accounts.log_in(browser, "Cleo")
    assert browser.get("/label/suspects").status_code == 403
    assert accounts.post(browser, "/label/suspects/again", all="1").status_code == 403


def test_the_side_of_grade_7_is_checked_where_cleanlab_is_installed(store: Store, entered: FlaskClient) -> None:
    pytest.importorskip("cleanlab")
    fill(store, ("ordering this lamp on payday", 6), times=5)
    assert "Labelled 6 (low); a model that never saw this label says high" in words(shown(entered))
