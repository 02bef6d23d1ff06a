"""The model that answers is exchanged while it answers."""

import logging
import shutil
import sqlite3
import threading
import time
from contextlib import closing, contextmanager

import pytest

from companion import live_model
from companion.intent import Item, load_model
from companion.live_model import LiveModel
from companion.registry import SHIPPED_NAME, Registry
from companion.store import model_events, open_store
from tests.companion.model_folders import another_model

ITEMS = [Item("where can I buy this?"), Item("lol your cat"), Item("is it dishwasher safe?")]
LENIENT, STRICT = "intent-1-lenient", "intent-2-strict"


@pytest.fixture
def registry(store):
    return Registry(store)


@pytest.fixture
def folders(store):
    return {ident: another_model(store.workspace.models, ident, cut) for ident, cut in ((LENIENT, 2.0), (STRICT, -2.0))}


@pytest.fixture
def live(registry):
    started = LiveModel.start(registry)
    yield started
    started.close()


def choose(store, name):
    """What a process that does not check would do."""
    with store.writing() as connection:
        model_events.record(connection, "use", name)


def test_it_starts_with_the_workspaces_choice(registry, folders):
    registry.use(LENIENT)
    live = LiveModel.start(registry)
    assert (live.current.id, live.problem) == (LENIENT, "")
    live.close()


@pytest.mark.parametrize("gone", [True, False], ids=["deleted", "damaged"])
def test_it_starts_with_the_shipped_one_and_says_why_where_the_choice_cannot_be_served(registry, folders, model, gone):
    registry.use(LENIENT)
    shutil.rmtree(folders[LENIENT]) if gone else (folders[LENIENT] / "heads.npz").write_bytes(b"x")
    live = LiveModel.start(registry)
    assert live.current.id == model.id
    assert live.problem.startswith(f"{LENIENT} cannot be used: ")
    assert not live.look()
    live.close()


def test_another_choice_is_taken_over_once(registry, folders, live, model):
    assert not live.look()
    registry.use(LENIENT)
    assert live.look()
    assert live.current.id == LENIENT
    assert not live.look()
    registry.rollback()
    assert live.look()
    assert live.current.id == model.id


def test_a_refused_model_leaves_the_old_one_serving_with_the_reason(registry, folders, live, store):
    registry.use(LENIENT)
    live.look()
    (folders[STRICT] / "heads.npz").write_bytes(b"x")
    choose(store, STRICT)
    assert not live.look()
    assert live.current.id == LENIENT
    assert "heads.npz" in live.problem
    assert live.current.read(ITEMS)


def test_going_back_clears_the_reason_and_a_mended_model_may_be_tried_again(registry, folders, live, store):
    whole = (folders[STRICT] / "heads.npz").read_bytes()
    (folders[STRICT] / "heads.npz").write_bytes(b"x")
    choose(store, STRICT)
    live.look()
    registry.rollback()
    assert not live.look()
    assert live.problem == ""
    (folders[STRICT] / "heads.npz").write_bytes(whole)
    registry.use(STRICT)
    assert live.look()
    assert live.current.id == STRICT


def test_a_running_companion_notices_by_itself(registry, folders, live, monkeypatch):
    monkeypatch.setattr(live_model, "LOOK_SECONDS", 0.05)
    changed = threading.Event()
    live.watch(changed.set)
    registry.use(LENIENT)
    assert changed.wait(30)
    assert live.current.id == LENIENT


@contextmanager
def locked(database):
    """Another program holds the whole database for itself."""
    with closing(sqlite3.connect(database, isolation_level=None)) as other:
        other.execute("PRAGMA locking_mode = EXCLUSIVE")
        other.execute("BEGIN EXCLUSIVE")
        yield


@contextmanager
def overwritten(database):
    """The file's content is gone, as after a fault of the disk."""
    with closing(sqlite3.connect(database)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    whole = database.read_bytes()
    database.write_bytes(b"\xff" * len(whole))
    yield
    database.write_bytes(whole)


@contextmanager
def without_its_table(database):
    """A table is missing: the file opens, and only the question fails."""
    with closing(sqlite3.connect(database)) as connection:
        connection.execute("ALTER TABLE model_event RENAME TO elsewhere")
        connection.commit()
        yield
        connection.execute("ALTER TABLE elsewhere RENAME TO model_event")
        connection.commit()


@pytest.fixture
def impatient(store, monkeypatch):
    """Looks often, and waits for the database hardly at all."""
    monkeypatch.setattr(live_model, "LOOK_SECONDS", 0.05)
    own = open_store(store.workspace.root, busy_timeout_ms=50)
    live = LiveModel.start(Registry(own))
    for opened in (own, store):
        opened.close()  # another program can hold the whole database for itself only while nobody has it open
    yield live
    live.close()


@pytest.mark.parametrize("trouble", [locked, overwritten, without_its_table])
def test_the_watcher_outlives_a_database_that_cannot_be_read(store, folders, impatient, caplog, trouble):
    before, changed = impatient.current.id, threading.Event()
    with caplog.at_level(logging.WARNING, "buysignal"), trouble(store.workspace.database):
        impatient.watch(changed.set)
        until = time.monotonic() + 30
        while not caplog.records and time.monotonic() < until:
            time.sleep(0.02)
        time.sleep(0.5)  # several more looks
        assert impatient.current.id == before
    assert len(caplog.records) == 1
    assert "the choice of model could not be read" in caplog.text
    Registry(store).use(LENIENT)
    assert changed.wait(30)
    assert impatient.current.id == LENIENT


def test_a_request_under_way_keeps_the_model_that_it_took(registry, folders, live):
    taken = live.current
    before = taken.read(ITEMS)
    registry.use(LENIENT)
    live.look()
    fresh = [Item(f"a text not seen before {n}") for n in range(3)]
    assert taken.read(ITEMS) == before
    assert len(taken.read(fresh)) == 3


def test_under_load_every_answer_comes_from_exactly_one_model_and_none_fails(registry, folders, live, model):
    expected = {}
    for path in folders.values():
        loaded = load_model(path)
        expected[loaded.id] = loaded.read(ITEMS)
        loaded.close()
    expected[model.id] = model.read(ITEMS)
    assert len({tuple(said.p_high for said in answers) for answers in expected.values()}) == 3
    stop, wrong, answered = threading.Event(), [], dict.fromkeys(expected, 0)

    def ask(number):
        asked = 0
        while not stop.is_set():
            asked += 1
            taken = live.current
            fresh = Item(f"thread {number} asks for the {asked}th time")  # past the cache
            try:
                said = taken.read([*ITEMS, fresh])
            except Exception as error:  # a thread's errors are gathered
                wrong.append(repr(error))
                return
            if said[:3] != expected[taken.id]:
                wrong.append((taken.id, said))
            answered[taken.id] += 1

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for name in (LENIENT, STRICT, SHIPPED_NAME, STRICT):
        registry.use(name)
        assert live.look()
        known = answered[live.current.id]
        until = time.monotonic() + 60
        while answered[live.current.id] < known + 4 and not wrong and time.monotonic() < until:
            time.sleep(0.01)
    stop.set()
    for thread in threads:
        thread.join()
    assert wrong == []
    assert all(answered.values())
