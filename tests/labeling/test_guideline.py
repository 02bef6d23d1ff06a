"""The guide: what ships, how it reads, its versions, and what a change asks again."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from companion.intent import SENTIMENTS, SIGNALS, Context
from companion.intent.prediction import GRADES
from companion.store import Store, guidelines, label_items, label_tasks
from companion.store.label_tasks import Task
from labeling import guide, practice
from labeling.guide import BadGuideError, Draft
from tests.labeling import accounts
from tests.labeling.quality_scene import MONDAY, Said, comment, people, press, task, words

TEXT = guide.shipped().text
BETTER = TEXT.replace("- Giveaway entries: 2 / none.", "- Giveaway entries: 2 / none, wishes in them too.")


@pytest.fixture
def labelled(store: Store) -> int:
    people(store, "anna", "ben")
    task(store)
    comment(store, "t1", "calm", "so pretty", [Said("anna", 4), Said("ben", 4)])
    return comment(store, "t1", "c1", "giveaway: pick me, I need it", [Said("anna", 8), Said("ben", 2)])


def tasks(store: Store) -> list[Task]:
    with store.reading() as connection:
        return label_tasks.listed(connection)


def test_the_guide_that_ships_is_the_documented_one() -> None:
    assert (Path(__file__).parents[2] / "docs" / "labeling-guide.md").read_text(encoding="utf-8") == TEXT
    assert BETTER != TEXT


def test_everybody_who_labels_can_read_it(app: Flask, store: Store, entered: FlaskClient) -> None:
    accounts.make(store, "Cleo")
    browser = app.test_client()
    accounts.log_in(browser, "Cleo")
    answer = browser.get("/label/guideline")
    assert "<table>" in answer.text
    said = words(answer.text)
    assert "Version 1, in use now" in said
    assert "states a plan to buy" in said
    assert "Change the guide" not in said
    assert "Change the guide" in words(entered.get("/label/guideline").text)


def test_it_is_searched_by_words(entered: FlaskClient) -> None:
    said = words(entered.get("/label/guideline?q=GIVEAWAY").text)
    assert "1 place about “GIVEAWAY”" in said
    assert "under “Edge cases, decided in advance”" in said
    assert "The guide does not mention it" in words(entered.get("/label/guideline?q=spaceship").text)


def test_a_table_row_is_found_as_a_line_of_its_cells() -> None:
    found = guide.search(TEXT, "plan to buy")
    assert "9 · states a plan to buy" in str(found[0].html)


def test_a_new_version_says_what_changed_by_whom_and_why(store: Store, entered: FlaskClient) -> None:
    answer = press(
        entered, "/label/guideline", base="1", text=BETTER.replace("\n", "\r\n"), reason="wishes in giveaways were graded as wants"
    )
    assert answer.status_code == 303
    with store.reading() as connection:
        stored = guidelines.listed(connection)
    assert [(one.version, one.text) for one in stored] == [("2", BETTER), ("1", TEXT)]
    assert stored[0].author == "local"
    said = words(entered.get("/label/guideline").text)
    assert "Version 2 of the guide holds from now on" in said
    assert "wishes in giveaways were graded as wants" in said
    assert "− - Giveaway entries: 2 / none." in said
    assert "+ - Giveaway entries: 2 / none, wishes in them too." in said
    assert "Version 2 is in use" in words(entered.get("/label/guideline?version=1").text)
    assert entered.get("/label/guideline?version=9").status_code == 404


def test_open_tasks_go_by_the_new_version_and_answers_keep_theirs(store: Store, labelled: int, entered: FlaskClient) -> None:
    task(store, "closed", closed_at=MONDAY)
    press(entered, "/label/guideline", base="1", text=BETTER, reason="why")
    assert {one.id: one.guideline_version for one in tasks(store)} == {"t1": "2", "closed": "1"}
    with store.reading() as connection:
        versions = {row[0] for row in connection.execute("SELECT guideline_version FROM annotation_event")}
    assert versions == {"1"}


def test_a_gap_leads_to_an_edit_that_asks_again_about_its_comment(store: Store, labelled: int, entered: FlaskClient) -> None:
    press(entered, f"/label/adjudicate/{labelled}", accept="own", grade="2", reason="guideline gap", note="a wish in a giveaway")
    said = words(entered.get(f"/label/guideline/edit?item={labelled}").text)
    assert "What led here" in said
    assert "a wish in a giveaway" in said
    press(entered, "/label/guideline", base="1", text=BETTER, reason="why", again=str(labelled))
    made = next(one for one in tasks(store) if one.id != "t1")
    assert (made.name, made.guideline_version, made.source["why"]) == ("Asked again by guide 2", "2", "guideline")
    with store.reading() as connection:
        items = label_items.of_task(connection, made.id)
    assert [(one.target_id, one.sampler, one.gold) for one in items] == [("c1", "again", None)]
    assert "1 comment asked again" in words(entered.get("/label/guideline").text)


def test_comments_are_asked_again_by_their_words_each_once(store: Store, labelled: int, entered: FlaskClient) -> None:
    press(entered, "/label/guideline", base="1", text=BETTER, reason="why", again=str(labelled), about="GIVEAWAY")
    made = next(one for one in tasks(store) if one.id != "t1")
    with store.reading() as connection:
        assert [one.target_id for one in label_items.of_task(connection, made.id)] == ["c1"]


def test_signs_that_sql_reads_are_only_signs(store: Store, labelled: int, entered: FlaskClient) -> None:
    press(entered, "/label/guideline", base="1", text=BETTER, reason="why", about="%")
    assert len(tasks(store)) == 1


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"base": "1", "text": TEXT, "reason": "why"}, "nothing was changed"),
        ({"base": "1", "text": "  ", "reason": "why"}, "without a word"),
        ({"base": "1", "text": BETTER, "reason": " "}, "say in a few words why"),
        ({"base": "0", "text": BETTER, "reason": "why"}, "somebody made version 1 while you edited version 0"),
        ({"base": "1", "text": "x" * 60_001, "reason": "why"}, "60,000 at most"),
        ({"base": "1", "text": "a\n" * 1_001, "reason": "why"}, "1,000 at most"),
    ],
)
def test_what_cannot_be_kept_is_said_and_nothing_is_lost(store: Store, entered: FlaskClient, fields: dict[str, str], said: str) -> None:
    answer = press(entered, "/label/guideline", **fields)
    assert answer.status_code == 422
    assert said in words(answer.text)
    with store.reading() as connection:
        assert guidelines.listed(connection) == []


def test_an_annotator_cannot_change_it(app: Flask, store: Store) -> None:
    accounts.make(store, "Cleo")
    browser = app.test_client()
    accounts.log_in(browser, "Cleo")
    assert browser.get("/label/guideline/edit").status_code == 403
    assert accounts.post(browser, "/label/guideline", base="1", text=BETTER, reason="why").status_code == 403


def test_a_guide_with_markup_in_it_stays_text() -> None:
    shown = str(guide.html("# Title\n\n<script>alert(1)</script> **bold** ![x](http://example.org/x.png)"))
    assert "<script>" not in shown
    assert "<strong>bold</strong>" in shown
    assert "<img" not in shown


def test_versions_count_up_whatever_they_are_called() -> None:
    known = [guide.shipped()]
    second = guide.checked(known, Draft("1", BETTER, "why"), "anna", 5)
    third = guide.checked([second, *known], Draft("2", TEXT, "back"), "anna", 6)
    assert (second.version, third.version) == ("2", "3")
    with pytest.raises(BadGuideError):
        guide.checked([third, second, *known], Draft("2", BETTER, "late"), "ben", 7)


def test_the_practice_round_has_right_answers_with_reasons() -> None:
    round_of = practice.items()
    assert len(round_of) == 12
    for item in round_of:
        gold = item.gold or {}
        assert gold["grade"] in GRADES
        assert gold["signal"] in SIGNALS
        assert gold["sentiment"] in SENTIMENTS
        assert len(gold["why"]) > 20
        assert Context.of(item.context)
    assert len({item.text for item in round_of}) == 12
    grades = [item.gold["grade"] for item in round_of if item.gold]
    assert sum(grade >= 7 for grade in grades) >= 4
    assert len(set(grades)) >= 8
