"""Who gets which comment: nobody the same one, one's own again, and in languages that one reads."""

import multiprocessing
from pathlib import Path

import pytest

from bench.labeling_queue import run
from companion.store import Store, assignments, clock, label_tasks
from labeling import answering
from tests.labeling.room.scenes import YOU, answer, item, lease, person, task, undo


def ids(held):
    return [one.item_id for one in held]


def test_two_people_never_hold_the_same_comment(store: Store):
    of, ana, ben = task(store, 10), person(store, "Ana"), person(store, "Ben")
    first, second = lease(store, ana, of), lease(store, ben, of)
    assert len(first) == len(second) == 5
    assert not set(ids(first)) & set(ids(second))
    assert lease(store, person(store, "Cleo"), of) == []


def test_ones_own_comments_come_back_after_the_browser_was_closed(store: Store):
    of = task(store, 10)
    assert ids(lease(store, YOU, of)) == ids(lease(store, YOU, of))


def test_what_another_window_has_on_hand_is_not_given_again(store: Store):
    of = task(store, 10)
    first = lease(store, YOU, of)
    second = lease(store, YOU, of, have=[one.id for one in first])
    assert not set(ids(first)) & set(ids(second))


def test_a_lease_that_is_over_goes_to_somebody_else_and_a_late_answer_still_counts(store: Store):
    of, ana, ben = task(store, 1), person(store, "Ana"), person(store, "Ben")
    [held] = lease(store, ana, of)
    [taken] = lease(store, ben, of, now=clock.now_ms() + assignments.LEASE_MS + 1)
    assert taken.item_id == held.item_id
    late, quick = answer(held, 3), answer(taken, 4)
    assert answering.take(store, ben, [quick]).stored == [quick.uuid]
    assert answering.take(store, ana, [late]).stored == [late.uuid]


def test_a_clock_that_was_set_back_holds_nothing_for_ever(store: Store):
    of, ana, ben = task(store, 1), person(store, "Ana"), person(store, "Ben")
    now = clock.now_ms()
    lease(store, ana, of, now=now + clock.DAY)
    assert len(lease(store, ben, of, now=now)) == 1


def test_people_are_asked_in_languages_that_they_read(store: Store):
    languages = ["en", "pt", "pt-br", "PT", "pt_BR", "un", "", "th"]
    of = task(store, items=[item(n, lang=lang) for n, lang in enumerate(languages)])
    rui = person(store, "Rui", "pt")
    lease(store, rui, of, want=8)
    with store.reading() as connection:
        asked = {row[0] for row in connection.execute("SELECT lang FROM label_item WHERE taken = 1")}
    assert asked == {"pt", "pt-br", "PT", "pt_BR", "un", ""}


def test_a_comment_that_two_are_asked_about_goes_to_two_and_to_nobody_twice(store: Store):
    of, ana, ben = task(store, items=[item(0, votes=2)]), person(store, "Ana"), person(store, "Ben")
    for who in (ana, ben):
        [held] = lease(store, who, of)
        answering.take(store, who, [answer(held)])
        assert lease(store, who, of) == []
    assert lease(store, person(store, "Cleo"), of) == []


def test_a_skipped_comment_goes_to_somebody_else(store: Store):
    of, ana, ben = task(store, 1), person(store, "Ana"), person(store, "Ben")
    [held] = lease(store, ana, of)
    answering.take(store, ana, [answer(held, None, action="skip")])
    assert lease(store, ana, of) == []
    assert ids(lease(store, ben, of)) == [held.item_id]


def test_an_answer_taken_back_is_asked_again_of_the_same_person(store: Store):
    of = task(store, 1)
    [held] = lease(store, YOU, of)
    done = answer(held)
    answering.take(store, YOU, [done])
    assert lease(store, YOU, of) == []
    answering.take(store, YOU, [undo(done)])
    assert [one.id for one in lease(store, YOU, of)] == [held.id]


def test_some_are_asked_once_more_after_a_while_and_only_once(store: Store):
    of = task(store, items=[item(n, repeat=n == 0) for n in range(30)])
    while held := lease(store, YOU, of):
        answering.take(store, YOU, [answer(one) for one in held])
    with store.reading() as connection:
        again = connection.execute("SELECT item_id, nth, state FROM assignment WHERE nth = 1").fetchall()
        done = label_tasks.standing(connection, of).done
    assert [(row["nth"], row["state"]) for row in again] == [(1, "done")]
    assert done == 30


def test_a_closed_window_learns_which_comments_need_no_answer_any_more(store: Store):
    of = task(store, 2)
    first, second = lease(store, YOU, of)
    answering.take(store, YOU, [answer(first)])
    with store.reading() as connection:
        assert assignments.over(connection, YOU.id, [first.id, second.id, 999]) == [first.id, 999]


@pytest.mark.parametrize("number", [600])
def test_four_processes_lease_and_answer_everything_once(tmp_path: Path, number: int):
    outcome = run(tmp_path, number, processes=4)
    assert (outcome.answered, outcome.twice, outcome.lost) == (number, 0, 0)
    assert not multiprocessing.active_children()
