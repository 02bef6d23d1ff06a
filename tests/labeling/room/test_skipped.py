"""Skipped comments come back to whoever skipped them, by events that take the skips back."""

from __future__ import annotations

from flask.testing import FlaskClient

from companion.store import Store, annotation_events, label_tasks
from labeling import answering, serving, skipped
from tests.labeling.room.conftest import Ask
from tests.labeling.room.scenes import YOU, answer, item, lease, person, task


def test_what_was_skipped_is_counted_and_handed_out_again_first(entered: FlaskClient, store: Store, ask: Ask) -> None:
    of = task(store, 8)
    held = lease(store, YOU, of)
    skips = [answer(one, None, action="skip", flags=("unsure",)) for one in held[:2]]
    answering.take(store, YOU, [*skips, answer(held[2])])
    told = ask("lease", task=of.id, want=0).json
    assert told is not None
    assert (told["mine"], told["left"], told["skipped"]) == (1, 5, 2)
    reopened = ask("skipped", task=of.id).json
    assert reopened == {"reopened": [{"uuid": one.uuid, "assignment": one.assignment} for one in skips]}
    again = ask("lease", task=of.id, want=5, have=[held[3].id, held[4].id]).json
    assert again is not None
    assert [one["assignment"] for one in again["items"][:2]] == [one.assignment for one in skips]
    assert (again["left"], again["skipped"]) == (7, 0)
    assert ask("skipped", task=of.id).json == {"reopened": []}  # nothing to take back twice
    with store.reading() as connection:
        past = annotation_events.history(connection, YOU.id, of.id)
    assert sorted((one.action, one.undone) for one in past) == [("skip", True), ("skip", True), ("submit", False)]  # nothing is deleted


def test_a_skipped_comment_that_others_have_answered_is_not_asked_again(store: Store) -> None:
    of, ana, ben = task(store, items=[item(0), item(1, votes=2)]), person(store, "Ana"), person(store, "Ben")
    skips = [answer(one, None, action="skip") for one in lease(store, ana, of)]
    answering.take(store, ana, skips)
    answering.take(store, ben, [answer(one) for one in lease(store, ben, of)])
    assert serving.progress(store, ana, of).skipped == 1  # of the second comment two answers are wanted
    assert [one.uuid for one in skipped.ask_again(store, ana, of)] == [skips[1].uuid]
    assert skipped.ask_again(store, ben, of) == []


def test_a_closed_task_asks_nothing_again(store: Store) -> None:
    of = task(store, 2)
    answering.take(store, YOU, [answer(one, None, action="skip") for one in lease(store, YOU, of)])
    with store.writing() as connection:
        label_tasks.close(connection, of.id, 1)
        closed = label_tasks.find(connection, of.id)
    assert closed is not None
    assert skipped.ask_again(store, YOU, closed) == []
    assert serving.progress(store, YOU, closed).skipped == 0
