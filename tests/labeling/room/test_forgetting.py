"""Leaving people out, retention, removing the sample and deleting everything reach labeling tasks too."""

from companion import forget
from companion.dashboard import sample_data
from companion.intent import IntentModel
from companion.store import Store, clock, erase, keeping, label_items
from labeling import answering
from labeling.task_making import Wish, make
from tests.labeling.room.scenes import YOU, answer, collected, item, lease, task

TABLES = ("label_item", "assignment", "annotation_event", "label_event")


def left(store: Store) -> dict[str, int]:
    with store.reading() as connection:
        return {table: connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in TABLES}


def answered(store: Store, number: int = 3):
    of = task(store, number)
    held = lease(store, YOU, of)
    answering.take(store, YOU, [answer(one) for one in held])
    return held


def test_forgetting_a_commenter_takes_their_comments_out_of_tasks_with_all_that_was_done(store: Store):
    collected(store, 3)
    with store.writing() as connection:
        connection.execute("UPDATE comment SET author = ? WHERE id = 'c1'", [store.workspace.pseudonym("ana")])
    held = answered(store)
    forget.forget_commenter(store, "ana")
    assert left(store) == dict.fromkeys(TABLES, 2)
    with store.reading() as connection:
        assert [one.target_id for one in label_items.of_task(connection, held[0].task_id)] == ["c0", "c2"]
    [(_, reason)] = answering.take(store, YOU, [answer(held[1])]).refused
    assert "asked to be forgotten" in reason
    assert b"where need need need" not in store.workspace.database.read_bytes()


def test_answers_that_quote_a_forgotten_comment_leave_tasks_too(store: Store):
    collected(store, 2)
    with store.writing() as connection:
        connection.execute("UPDATE comment SET author = ? WHERE id = 'c0'", [store.workspace.pseudonym("ana")])
        connection.execute("UPDATE comment SET parent_id = 'c0', level = 2 WHERE id = 'c1'")
    task(store, items=[item(1, context={"parent": "words of ana"})])
    forget.forget_commenter(store, "ana")
    assert left(store)["label_item"] == 0


def test_forgetting_a_creator_takes_their_videos_out_of_tasks(store: Store):
    collected(store, 3)
    answered(store)
    task(store, items=[item(0, target_id="v0", video_id="v0", text="film 0")], kind="video")
    forget.forget_creator(store, "maker")
    assert left(store) == dict.fromkeys(TABLES, 0)


def test_comments_whose_time_is_over_leave_tasks_unless_they_are_labelled(store: Store):
    collected(store, 4)
    of = task(store, 4)
    first, *_ = lease(store, YOU, of)
    answering.take(store, YOU, [answer(first)])
    with store.writing() as connection:
        connection.execute("UPDATE comment SET keep_until = 1")
        keeping.expire(connection, clock.now_ms(), 100)
    assert left(store) == dict.fromkeys(TABLES, 1)


def test_removing_the_sample_takes_its_tasks_and_labels_and_no_others(store: Store, model: IntentModel):
    sample_data.add(store, model)
    made = make(store, model.id, Wish(size=10))
    answering.take(store, YOU, [answer(one) for one in _held(store, made.task)])
    collected(store, 3)
    answered(store)
    sample_data.remove(store)
    assert left(store) == dict.fromkeys(TABLES, 3)
    with store.reading() as connection:
        assert connection.execute("SELECT count(*) FROM label_task").fetchone()[0] == 1


def test_deleting_everything_leaves_no_answer_and_no_person(store: Store):
    collected(store, 3)
    answered(store)
    erase.everything(store)
    assert left(store) == dict.fromkeys(TABLES, 0)
    with store.reading() as connection:
        assert connection.execute("SELECT count(*) FROM annotator").fetchone()[0] == 0


def _held(store: Store, of):
    with store.writing() as connection:
        from companion.store import annotators

        annotators.ensure_local(connection)
    return lease(store, YOU, of)
