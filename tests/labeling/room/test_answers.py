"""Answers: each is stored once, taken back at will, and becomes a label that the rest of BuySignal knows."""

import os
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path
from uuid import uuid4

import pytest

from companion.store import Store, annotation_events, annotators, clock, label_items, label_tasks, labels, open_store
from companion.training.own_labels import own_labels
from labeling import answering
from tests.labeling.room.scenes import YOU, answer, collected, item, lease, person, task, undo


def standing(store):
    with store.reading() as connection:
        return [(vote.comment_id, vote.client_id, vote.grade) for vote in labels.votes(connection)]


def on_screen(store, comment="c0"):
    with store.reading() as connection:
        row = connection.execute("SELECT yours, level FROM shelf WHERE id = ?", [comment]).fetchone()
        return row["level"] if row["yours"] else None


def test_an_answer_sent_twice_is_stored_once(store: Store):
    [held] = lease(store, YOU, task(store, 1))
    done = answer(held)
    assert answering.take(store, YOU, [done]).stored == [done.uuid]
    again = answering.take(store, YOU, [done, done])
    assert (again.stored, again.known) == ([], [done.uuid, done.uuid])
    assert standing(store) == [("c0", "local", 8)]


def test_a_uuid_used_for_another_answer_is_refused_and_the_first_stays(store: Store):
    [held] = lease(store, YOU, task(store, 1))
    done = answer(held)
    answering.take(store, YOU, [done])
    [(uuid, reason)] = answering.take(store, YOU, [replace(done, answers={"grade": 2})]).refused
    assert uuid == done.uuid
    assert "used for another" in reason
    assert standing(store) == [("c0", "local", 8)]


def test_undo_without_limit_leads_back_to_the_beginning(store: Store):
    of = task(store, 8)
    done = [answer(held, 1 + n) for n, held in enumerate(lease(store, YOU, of, want=8))]
    answering.take(store, YOU, done)
    for last in reversed(done):
        assert answering.take(store, YOU, [undo(last)]).refused == []
    assert standing(store) == []
    with store.reading() as connection:
        assert label_tasks.standing(connection, of).done == 0
        assert all(past.undone for past in annotation_events.history(connection, YOU.id, of.id))


def test_an_answer_is_not_taken_back_twice(store: Store):
    [held] = lease(store, YOU, task(store, 1))
    done, first = answer(held), None
    first = undo(done)
    answering.take(store, YOU, [done, first])
    assert "taken back already" in answering.take(store, YOU, [undo(done)]).refused[0][1]
    assert answering.take(store, YOU, [first]).known == [first.uuid]


def test_undone_and_answered_anew_the_last_word_counts(store: Store):
    [held] = lease(store, YOU, task(store, 1))
    first, second = answer(held, 3), answer(held, 9)
    answering.take(store, YOU, [first, undo(first), second])
    assert standing(store) == [("c0", "local", 9)]


def test_two_windows_that_answer_the_same_lose_nothing_and_the_later_word_counts(store: Store):
    [held] = lease(store, YOU, task(store, 1))
    one, other = answer(held, 3), answer(held, 9)
    answering.take(store, YOU, [one])
    outcome = answering.take(store, YOU, [other])
    assert (outcome.stored, outcome.replaced) == ([other.uuid], [other.uuid])
    assert standing(store) == [("c0", "local", 9)]
    answering.take(store, YOU, [undo(other)])
    assert standing(store) == [("c0", "local", 3)]


def test_somebody_elses_comment_is_refused_and_the_rest_is_stored(store: Store):
    of, ana, ben = task(store, 2), person(store, "Ana"), person(store, "Ben")
    [first], [second] = lease(store, ana, of, want=1), lease(store, ben, of, want=1)
    outcome = answering.take(store, ana, [answer(second), answer(first)])
    assert len(outcome.stored) == 1
    assert "somebody else" in outcome.refused[0][1]


def test_the_persons_grade_wins_on_screen_at_once_and_undo_takes_it_back(store: Store):
    collected(store, 1)
    [held] = lease(store, YOU, task(store, 1))
    done = answer(held, 9)
    assert on_screen(store) is None
    answering.take(store, YOU, [done])
    assert on_screen(store) == 9
    answering.take(store, YOU, [undo(done)])
    assert on_screen(store) is None


def test_flags_and_notes_go_with_the_label_and_flags_alone_make_none(store: Store):
    first, second = lease(store, YOU, task(store, 2))
    answering.take(store, YOU, [answer(first, 3, flags=("spam",), note="shop link"), answer(second, None, flags=("creator",))])
    with store.reading() as connection:
        [vote] = labels.votes(connection)
    assert (vote.flags, vote.note, vote.source) == (("spam",), "shop link", "annotator")


def test_the_suggestion_is_kept_with_the_label_and_counts_as_shown_only_where_it_was(store: Store):
    of = task(store, 2, assisted=True)
    first, second = lease(store, YOU, of)
    said = {"model": "m", "grade": 7.2, "p_high": 0.6}
    with store.writing() as connection:
        from companion.store import assignments

        assignments.suggest(connection, [(first.id, said, False), (second.id, said, True)])
    answering.take(store, YOU, [answer(first, suggestion_shown=True), answer(second, suggestion_shown=True)])
    with store.reading() as connection:
        assert [(v.suggested_grade, v.suggestion_shown) for v in labels.votes(connection)] == [(7.2, True), (7.2, False)]


def test_people_who_disagree_bring_in_one_more_until_they_agree(store: Store):
    of = task(store, items=[item(0, votes=2)], votes=2, most_votes=3, until_agreed=True)
    people = [person(store, name) for name in ("Ana", "Ben", "Cleo", "Dan")]
    for who, grade in zip(people[:2], (2, 9), strict=True):
        [held] = lease(store, who, of)
        answering.take(store, who, [answer(held, grade)])
    [third] = lease(store, people[2], of)
    answering.take(store, people[2], [answer(third, 9)])
    assert lease(store, people[3], of) == []


def test_practice_tells_what_is_right_and_makes_no_label(store: Store):
    gold = {"grade": 8, "signal": "want", "why": "A strong wish is 8."}
    of = task(store, items=[item(0, gold=gold, votes=label_items.EVERYBODY)], practice=True)
    [held] = lease(store, YOU, of)
    [feedback] = answering.take(store, YOU, [answer(held, 4)]).feedback
    assert (feedback.right, feedback.why) == ({"grade": 8, "signal": "want"}, "A strong wish is 8.")
    assert standing(store) == []
    with store.reading() as connection:
        you = annotators.by_id(connection, YOU.id)
    assert you is not None
    assert you.practised_at is not None


def test_video_quality_makes_no_label_of_a_comment(store: Store):
    of = task(store, 1, kind="video")
    [held] = lease(store, YOU, of)
    answering.take(store, YOU, [answer(held, None, answers={"quality": 2})])
    assert standing(store) == []
    with store.reading() as connection:
        assert label_tasks.standing(connection, of).done == 1


def test_a_clock_ahead_or_behind_is_no_reason_to_refuse(store: Store):
    first, second = lease(store, YOU, task(store, 2))
    ahead, behind = answer(first, at=clock.now_ms() + 10 * clock.DAY), answer(second, at=0)
    assert len(answering.take(store, YOU, [ahead, behind]).stored) == 2
    with store.reading() as connection:
        assert max(past.at for past in annotation_events.history(connection, YOU.id)) <= clock.now_ms()


def test_labels_made_here_are_in_the_next_data_set_and_a_decision_outweighs_them(store: Store):
    collected(store, 400)
    of = task(store, items=[item(n, votes=2) for n in range(400)])
    for who, grade in ((person(store, "Ana"), 3), (person(store, "Ben"), 9)):
        while held := lease(store, who, of):
            answering.take(store, who, [answer(one, grade) for one in held])
    with store.writing("labels") as connection:
        [vote] = [v for v in labels.votes(connection) if v.comment_id == "c0" and v.grade == 3]
        labels.append(connection, replace(vote, uuid=str(uuid4()), source="adjudication", client_id="judge", grade=8))
        own = own_labels(labels.votes(connection))
    every = [*own.train, *own.blind]
    assert len(every) == 400
    assert {example.origin for example in every} == {"annotator", "adjudication"}
    assert sum(example.ratings == (3, 9) for example in every) == 399
    assert [example.grade for example in every if example.origin == "adjudication"] == [8]
    groups = {example.group for example in own.train}, {example.group for example in own.blind}
    assert not groups[0] & groups[1]
    assert 0 < len(groups[1]) <= 0.6 * 20


def test_adverts_and_the_creators_own_words_are_not_trained_on(store: Store):
    of = task(store, 3)
    spam, creator, plain = lease(store, YOU, of)
    flagged = [answer(spam, 3, flags=("spam",)), answer(creator, 3, flags=("creator",)), answer(plain, 3, flags=("unsure",))]
    answering.take(store, YOU, flagged)
    with store.reading() as connection:
        assert len(own_labels(labels.votes(connection)).train) == 1


_WRITER = """
import sys
from pathlib import Path
from uuid import uuid4
from companion.store import clock, open_store, assignments
from companion.store.assignments import Reader, Wanted
from companion.store.annotation_events import Event
from labeling import answering
from tests.labeling.room.scenes import YOU
store = open_store(Path(sys.argv[1]))
while True:
    with store.writing() as connection:
        held = assignments.lease(connection, Reader(YOU.id), Wanted(sys.argv[2], 1), clock.now_ms())
    event = Event(str(uuid4()), held[0].id, "submit", clock.now_ms(), answers={"grade": 5})
    answering.take(store, YOU, [event])
    print(event.uuid, flush=True)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="kills a process the Unix way")
def test_a_companion_killed_while_it_stores_has_lost_nothing_that_it_confirmed(store: Store, tmp_path: Path):
    of = task(store, 3_000)
    told = tmp_path / "told"
    with told.open("w") as out:
        worker = subprocess.Popen([sys.executable, "-c", _WRITER, str(store.workspace.root), of.id], stdout=out, cwd=Path.cwd())
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline and len(told.read_text().splitlines()) < 20:
            time.sleep(0.05)
        os.kill(worker.pid, signal.SIGKILL)
        worker.wait()
    confirmed = [line for line in told.read_text().splitlines() if len(line) == 36]
    with open_store(store.workspace.root).reading() as connection:
        events = {row[0] for row in connection.execute("SELECT uuid FROM annotation_event")}
        made = {row[0] for row in connection.execute("SELECT uuid FROM label_event")}
        assert connection.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
    assert len(confirmed) >= 20
    assert set(confirmed) <= events
    assert events == made
