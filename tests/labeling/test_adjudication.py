"""Deciding where people disagreed: the queue, the decision, what comes back to whom, and taking it back."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from click.testing import CliRunner
from flask import Flask
from flask.testing import FlaskClient
from playwright.sync_api import Page, expect

from companion.store import Store, adjudications, clock, label_answers, label_items, labels, returned_answers
from labeling import adjudication
from labeling.adjudication import BadDecisionError, Decision
from labeling.adjudication_commands import adjudicate
from tests.companion.dashboard.conftest import chromium, person, sampled  # noqa: F401 - fixtures
from tests.labeling import accounts
from tests.labeling.quality_scene import MONDAY, Said, comment, people, press, task, words


@pytest.fixture
def disputed(store: Store) -> int:
    """A comment on which Anna says 8 and Ben 3, and one on which they agree; the number of the first."""
    people(store, "anna", "ben")
    task(store)
    comment(store, "t1", "calm", "so pretty", [Said("anna", 4), Said("ben", 4)])
    context = {"caption": "desk tour", "hashtags": ["amazonfinds"], "product": "Lamp", "parent": "", "likes": 3}
    said = [Said("anna", 8, signal="want"), Said("ben", 3, signal="none")]
    return comment(store, "t1", "c1", "sure, “need” it 🙄", said, context=context)


def queue(store: Store) -> list[str]:
    with store.reading() as connection:
        return [one.item for one in adjudication.queue(connection, label_answers.given(connection), "none")]


def current(store: Store, target: str = "c1") -> labels.LabelEvent | None:
    with store.reading() as connection:
        return labels.current(connection, "tiktok", [target], ("adjudication",)).get(target)


def test_the_queue_holds_what_cannot_both_be_right(store: Store, disputed: int) -> None:
    assert queue(store) == ["tiktok:c1"]


def test_the_page_shows_the_answers_without_names(store: Store, disputed: int, entered: FlaskClient) -> None:
    answer = entered.get("/label/adjudicate")
    said = words(answer.text)
    assert "1 comment waiting" in said
    assert "sure, “need” it 🙄" in said
    assert "desk tour" in said
    assert "Grades far apart (5); high against low" in said
    assert "A: 3" in said
    assert "B: 8" in said
    assert "Anna" not in answer.text
    assert "anna" not in answer.text


def test_a_decision_is_a_label_and_goes_back_to_who_answered_otherwise(store: Store, disputed: int, entered: FlaskClient) -> None:
    answer = press(entered, f"/label/adjudicate/{disputed}", accept="own", grade="3", reason="sarcasm", note="the eyes say it")
    assert answer.status_code == 303
    label = current(store)
    assert label is not None
    assert (label.grade, label.source, label.client_id, label.note) == (3, "adjudication", "local", "the eyes say it")
    assert label.context == {"caption": "desk tour", "hashtags": ["amazonfinds"], "product": "Lamp"}
    with store.reading() as connection:
        returned = returned_answers.listed(connection, "anna")
        assert [(one.reason, one.note, one.mine["grade"], one.decided["grade"]) for one in returned] == [
            ("sarcasm", "the eyes say it", 8, 3)
        ]
        assert returned_answers.listed(connection, "ben") == []
    assert queue(store) == []
    assert "It goes back to one person" in words(entered.get("/label/adjudicate").text)


def test_an_answer_given_in_another_task_comes_back_as_it_was_when_it_was_decided(
    store: Store, disputed: int, entered: FlaskClient
) -> None:
    people(store, "cleo")
    task(store, "t2")
    comment(store, "t2", "c1", "sure, “need” it 🙄", [Said("cleo", 9)])
    press(entered, f"/label/adjudicate/{disputed}", accept="own", grade="3", reason="sarcasm")
    later = clock.now_ms() + clock.MINUTE
    task(store, "t3")
    comment(store, "t3", "c1", "sure, “need” it 🙄", [Said("cleo", 3, at=later)])  # asked again, after the decision
    with store.reading() as connection:
        [returned] = returned_answers.listed(connection, "cleo")
    assert (returned.mine["grade"], returned.decided["grade"]) == (9, 3)


def test_an_accepted_answer_brings_its_signal_along(store: Store, disputed: int, entered: FlaskClient) -> None:
    with store.reading() as connection:
        anna = next(one for one in label_answers.of_target(connection, "tiktok", "c1") if one.annotator_id == "anna")
    press(entered, f"/label/adjudicate/{disputed}", accept=anna.uuid, reason="slip")
    label = current(store)
    assert label is not None
    assert (label.grade, label.signal) == (8, "want")


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"accept": "own", "grade": "8"}, "choose a reason"),
        ({"accept": "own", "reason": "slip"}, "a grade of your own from 1 to 10"),
        ({"accept": "own", "grade": "11", "reason": "slip"}, "a grade of your own from 1 to 10"),
        ({"accept": "gone", "reason": "slip"}, "that answer was changed meanwhile"),
        ({"accept": "own", "grade": "8", "reason": "bored"}, "choose a reason"),
        ({"accept": "own", "grade": "8", "reason": "slip", "signal": "lust"}, "from the lists"),
    ],
)
def test_half_a_decision_stores_nothing(store: Store, disputed: int, entered: FlaskClient, fields: dict[str, str], said: str) -> None:
    answer = press(entered, f"/label/adjudicate/{disputed}", **fields)
    assert answer.status_code == 422
    assert said in words(answer.text)
    assert current(store) is None


def test_taking_a_decision_back_undoes_its_label_and_returns_nothing(store: Store, disputed: int, entered: FlaskClient) -> None:
    press(entered, f"/label/adjudicate/{disputed}", accept="own", grade="3", reason="slip")
    with store.reading() as connection:
        decided = adjudications.listed(connection, 1)[0]
    answer = press(entered, f"/label/adjudicate/{decided.uuid}/undo")
    assert answer.headers["Location"].endswith(f"item={disputed}")
    assert current(store) is None
    assert queue(store) == ["tiktok:c1"]
    with store.reading() as connection:
        assert returned_answers.listed(connection, "anna") == []
        story = connection.execute("SELECT action FROM label_event WHERE source = 'adjudication' ORDER BY rowid").fetchall()
    assert [row[0] for row in story] == ["set", "undo"]
    press(entered, f"/label/adjudicate/{decided.uuid}/undo")  # pressing twice changes nothing
    assert "gone already" in words(entered.get("/label/adjudicate").text)


def test_the_label_and_the_decision_are_stored_together_or_not_at_all(store: Store, disputed: int) -> None:
    with store.reading() as connection:
        item = label_items.find(connection, disputed)
    assert item is not None
    with pytest.raises(Exception, match="FOREIGN KEY"):
        adjudication.decide(store, item, Decision(3, "slip"), "nobody", MONDAY + 1)
    assert current(store) is None


def test_answers_given_after_a_decision_can_disagree_anew(store: Store, disputed: int, entered: FlaskClient) -> None:
    press(entered, f"/label/adjudicate/{disputed}", accept="own", grade="3", reason="slip")
    with store.reading() as connection:
        decided = adjudications.listed(connection, 1)[0].created_at
    task(store, "t2")
    comment(store, "t2", "c1", "sure, “need” it 🙄", [Said("anna", 9, decided + 1), Said("ben", 2, decided + 2)])
    assert queue(store) == ["tiktok:c1"]


def test_a_forgotten_comment_is_nobodys_to_decide(store: Store, disputed: int, entered: FlaskClient) -> None:
    comment(store, "t1", "c2", "take my money", [Said("anna", 9), Said("ben", 5)])
    assert "2 comments waiting" in words(entered.get("/label/adjudicate").text)
    with store.writing("labels") as connection:
        labels.forget(connection, "tiktok", ["c1"])
    said = words(entered.get("/label/adjudicate").text)
    assert "sure, “need” it" not in said
    assert "take my money" in said


def test_a_gap_in_the_guide_leads_to_its_edit(store: Store, disputed: int, entered: FlaskClient) -> None:
    answer = press(entered, f"/label/adjudicate/{disputed}", accept="own", grade="3", reason="guideline gap")
    assert answer.headers["Location"].endswith(f"/label/guideline/edit?item={disputed}")


def test_what_the_adjudicator_decides_is_what_a_training_learns(store: Store, disputed: int, entered: FlaskClient) -> None:
    from companion.training.own_labels import own_labels

    press(entered, f"/label/adjudicate/{disputed}", accept="own", grade="3", reason="slip")
    with store.reading() as connection:
        own = own_labels(labels.votes(connection))
    learned = next(one for one in [*own.train, *own.blind] if one.text.startswith("sure"))
    assert (learned.grade, learned.origin) == (3, "adjudication")


def test_only_adjudicators_and_admins_come_in(app: Flask, store: Store, disputed: int) -> None:
    accounts.make(store, "Cleo")
    accounts.make(store, "Dan", "adjudicator")
    cleo, dan = app.test_client(), app.test_client()
    accounts.log_in(cleo, "Cleo")
    accounts.log_in(dan, "Dan")
    assert cleo.get("/label/adjudicate").status_code == 403
    assert accounts.post(cleo, f"/label/adjudicate/{disputed}", accept="own", grade="3", reason="slip").status_code == 403
    assert dan.get("/label/adjudicate").status_code == 200
    assert accounts.post(dan, f"/label/adjudicate/{disputed}", accept="own", grade="3", reason="slip").status_code == 303


def test_a_form_without_its_token_changes_nothing(store: Store, disputed: int, entered: FlaskClient) -> None:
    assert entered.post(f"/label/adjudicate/{disputed}", data={"accept": "own", "grade": "3", "reason": "slip"}).status_code == 403
    assert current(store) is None


def test_a_decision_needs_a_grade_and_a_known_reason() -> None:
    with pytest.raises(BadDecisionError):
        Decision(0, "slip")
    with pytest.raises(BadDecisionError):
        Decision(3, "bored")  # type: ignore[arg-type]


def test_the_command_lists_what_waits(store: Store, disputed: int) -> None:
    place = ["--workspace", str(store.workspace.root)]
    told = CliRunner().invoke(adjudicate, ["list", *place])
    assert told.exit_code == 0
    assert "1 comment waiting" in told.output
    assert "3/8  sure, “need” it 🙄  (grades far apart, high against low)" in told.output
    found = json.loads(CliRunner().invoke(adjudicate, ["list", "--json", *place]).output)
    assert (found["waiting"], found["comments"][0]["grades"]) == (1, [3, 8])


@pytest.mark.browser
def test_a_decision_is_made_by_keyboard_alone(store: Store, disputed: int, person: Callable[..., Page]) -> None:  # noqa: F811
    page = person()
    page.goto("/label/adjudicate")
    expect(page.locator("[data-turn=answer]")).to_have_class("turn now")
    page.keyboard.press("Digit4")  # an own grade, as on the labeling screen
    expect(page.locator("input[name=accept][value=own]")).to_be_checked()
    expect(page.locator("input[name=grade][value='4']")).to_be_checked()
    expect(page.locator("[data-turn=reason]")).to_have_class("turn now")
    page.keyboard.press("Backspace")
    page.keyboard.press("KeyK")  # B is right after all
    expect(page.locator("input[data-letter=B]")).to_be_checked()
    page.keyboard.press("Digit4")  # now a reason
    expect(page.locator("input[name=reason][value=sarcasm]")).to_be_checked()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Decided: 8.")).to_be_visible()
    page.wait_for_load_state("load")
    label = current(store)
    assert label is not None
    assert label.grade == 8
    page.keyboard.press("KeyZ")
    expect(page.get_by_text("The decision is taken back")).to_be_visible()
    assert current(store) is None
