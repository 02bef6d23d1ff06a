"""The task list, the form for a new task and the screen's API, as a browser meets them."""

import io
import os
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from pathlib import Path
from uuid import uuid4

import pytest
from flask.testing import FlaskClient

from companion.store import Store, StoreError, assignments, label_tasks, labels
from labeling import answering
from labeling.pace import minutes_left, per_minute
from labeling.store_trouble import in_words
from labeling.task_views import bars_of, days_of
from tests.companion.dashboard.conftest import Press
from tests.labeling.room.conftest import Ask
from tests.labeling.room.scenes import YOU, answer, collected, item, lease, task


def event(held, **changes):
    usual = {
        "uuid": str(uuid4()),
        "assignment": held["assignment"],
        "action": "submit",
        "answers": {"grade": 8},
        "at": "2026-11-28T20:00:00.000Z",
    }
    return {**usual, **changes}


def only_task(store: Store):
    with store.reading() as connection:
        [found] = label_tasks.listed(connection)
    return found


def test_nothing_collected_says_how_to_begin(entered: FlaskClient):
    page = entered.get("/label").text
    assert "Nothing to label yet" in page
    assert "Collect a hashtag" in page
    assert "Label a file" in page


def test_one_click_makes_the_first_task_and_opens_the_screen(furnished: FlaskClient, sampled: Store, press: Press):
    page = furnished.get("/label").text
    assert "Label your first 50 comments" in page
    assert "no model learns from them" in page
    answer_ = press("/label/start")
    assert answer_.status_code == 303
    assert answer_.headers["Location"] == f"/label/do/{only_task(sampled).id}"
    assert furnished.get(answer_.headers["Location"]).status_code == 200
    listed = furnished.get("/label").text
    assert ">sample</span>" in listed
    assert "50 left for you" in listed


def test_practice_leads_on_to_real_comments_and_counts_for_nothing(furnished: FlaskClient, sampled: Store, press: Press, ask: Ask):
    press("/label/start", practice="1")
    of = only_task(sampled)
    assert of.practice
    told = ask("lease", task=of.id, want=1, have=[]).json
    assert told is not None
    assert ask("events", events=[event(told["items"][0])]).status_code == 200
    page = furnished.get("/label").text
    assert "Label your first 50 comments" in page  # with the practice round under way
    assert "Practise again" in page
    assert "Labels a day" not in page  # a practice answer is no label
    press("/label/start")
    assert "Label your first 50 comments" not in furnished.get("/label").text


def test_a_task_smaller_than_asked_for_says_why(furnished: FlaskClient, sampled: Store, press: Press):
    press("/label/start")
    made = press("/label/new", **{"source": "all", "size": "100", "question": "grade", "mix.random": "100"})
    assert made.status_code == 303
    page = furnished.get("/label").text
    assert re.search(r"The task is ready: \d+ to label, not 100: there are no more that nobody was asked about yet\.", page)


def test_the_screen_leases_answers_and_takes_back(furnished: FlaskClient, sampled: Store, press: Press, ask: Ask):
    press("/label/start")
    of = only_task(sampled)
    told = ask("lease", task=of.id, want=5, have=[]).json
    assert told is not None
    assert [len(told["items"]), told["done"], told["total"], told["left"], told["mine"]] == [5, 0, 50, 50, 0]
    assert set(told["items"][0]) == {
        *("assignment", "item", "kind", "text", "context", "lang", "likes", "by_creator", "toxic", "suggestion", "practice"),
    }
    assert told["items"][0]["suggestion"] is None
    done = event(told["items"][0])
    wrong = event(told["items"][1], answers={"grade": 11})
    nowhere = event({**told["items"][2], "assignment": 2**63})
    outcome = ask("events", events=[done, wrong, nowhere, "nonsense"]).json
    assert outcome is not None
    assert outcome["stored"] == [done["uuid"]]
    assert [one["uuid"] for one in outcome["refused"]] == [wrong["uuid"], nowhere["uuid"], ""]
    assert ask("events", events=[done]).json["known"] == [done["uuid"]]  # type: ignore[index]
    [past] = furnished.get(f"/label/api/history?task={of.id}").json["events"]  # type: ignore[index]
    assert (past["uuid"], past["answers"], past["undone"], past["at"]) == (done["uuid"], {"grade": 8}, False, "2026-11-28T20:00:00.000Z")
    back = event(told["items"][0], action="undo", undoes=done["uuid"], answers={})
    assert ask("events", events=[back]).json["stored"] == [back["uuid"]]  # type: ignore[index]
    after = ask("lease", task=of.id, want=5, have=[str(one["assignment"]) for one in told["items"]]).json
    assert after is not None
    assert not {one["assignment"] for one in after["items"]} & {one["assignment"] for one in told["items"]}


def test_what_was_answered_in_another_window_is_named(entered: FlaskClient, store: Store, ask: Ask):
    of = task(store, 3)
    held = lease(store, YOU, of)
    answering.take(store, YOU, [answer(held[0])])
    assert ask("lease", task=of.id, want=0, have=[one.id for one in held]).json["gone"] == [held[0].id]  # type: ignore[index]


def test_a_closed_task_hands_out_nothing_and_still_takes_what_was_under_way(entered: FlaskClient, store: Store, press: Press, ask: Ask):
    of = task(store, 3)
    [held, *_] = ask("lease", task=of.id).json["items"]  # type: ignore[index]
    assert press(f"/label/tasks/{of.id}/close").status_code == 303
    told = ask("lease", task=of.id).json
    assert told is not None
    assert (told["items"], told["closed"], told["left"]) == ([], True, 0)
    assert len(ask("events", events=[event(held)]).json["stored"]) == 1  # type: ignore[index]
    press(f"/label/tasks/{of.id}/close", again="1")
    assert ask("lease", task=of.id).json["items"]  # type: ignore[index]


def test_suggestions_are_shown_in_assisted_tasks_but_for_a_tenth(entered: FlaskClient, store: Store, ask: Ask):
    collected(store, 200)
    of = task(store, items=[item(n) for n in range(200)], assisted=True)
    shown = 0
    for _ in range(40):
        served = ask("lease", task=of.id).json["items"]  # type: ignore[index]
        shown += sum(one["suggestion"] is not None for one in served)
        ask("events", events=[event(one, suggestion_shown=one["suggestion"] is not None) for one in served])
    assert 160 <= shown < 195
    with store.reading() as connection:
        votes = labels.votes(connection)
        blind = connection.execute("SELECT count(*) FROM assignment WHERE blind = 1").fetchone()[0]
    assert sum(vote.suggestion_shown for vote in votes) == shown == 200 - blind
    assert all(vote.model and vote.suggested_grade for vote in votes)


def test_insults_are_marked_as_toxic(entered: FlaskClient, store: Store, ask: Ask):
    texts = ["you are a disgusting idiot, shut up you ugly pig", "where can i buy this lamp"]
    of = task(store, items=[item(n, text=text) for n, text in enumerate(texts)])
    assert [one["toxic"] for one in ask("lease", task=of.id).json["items"]] == [True, False]  # type: ignore[index]


def test_the_guide_of_the_task_is_told_with_its_version(entered: FlaskClient, store: Store):
    told = entered.get(f"/label/api/guide?task={task(store, 1).id}").json
    assert told is not None
    assert told["version"] == "1"
    assert "<table>" in told["html"]


def test_an_unknown_task_and_broken_json_are_refused_in_words(entered: FlaskClient, ask: Ask):
    assert ask("lease", task="nosuch").json == {"error": "task", "message": "There is no such task any more."}
    assert ask("lease", task=7).status_code == 422
    assert ask("events", events="x").status_code == 422


def test_a_form_makes_a_task_of_a_search_that_was_filtered_on_the_comments_page(furnished: FlaskClient, sampled: Store, press: Press):
    page = furnished.get("/label/new?q=link&lang=en").text
    assert 'name="q.q" value="link"' in page
    made = press("/label/new", **{"source": "query", "q.q": "link", "q.lang": "en", "size": "5", "question": "grade", "mix.random": "100"})
    assert made.status_code == 303
    assert only_task(sampled).source["query"] == {"q": "link", "lang": "en"}


def test_a_wrong_form_comes_back_with_what_was_typed_and_why(furnished: FlaskClient, press: Press):
    wrong = press("/label/new", **{"source": "hashtag", "hashtag": "nosuchtag", "size": "12", "question": "grade", "mix.random": "100"})
    assert wrong.status_code == 422
    assert "Nothing to label in #nosuchtag" in wrong.text
    assert 'value="12"' in wrong.text
    assert "write a whole number" in press("/label/new", **{"size": "many", "question": "grade", "mix.random": "100"}).text


def test_an_uploaded_file_is_labelled_whole_or_not_at_all(entered: FlaskClient, store: Store, press: Press):
    rows = b"text,context\nneed this,bottle\nhow much,lamp\n"
    fields = {"source": "file", "size": "50", "question": "grade", "mix.random": "100"}
    made = press("/label/new", **fields, file=(io.BytesIO(rows), "mine.csv"))  # type: ignore[arg-type]
    assert made.status_code == 303
    assert only_task(store).source == {"kind": "file", "file": "mine.csv"}
    wrong = press("/label/new", **fields, file=(io.BytesIO(b"text\n\xff\xfe\n"), "odd.csv"))  # type: ignore[arg-type]
    assert "odd.csv line 2" in wrong.text


def test_the_navigation_leads_here(furnished: FlaskClient):
    assert 'href="/label"' in furnished.get("/comments").text
    assert 'href="/label/new' in furnished.get("/comments?q=link").text


def test_charts_count_by_day_and_by_grade():
    noon = 1_700_000_000_000
    days = days_of([(noon, True, 2), (noon + 900_000, False, 3), (noon + 2 * 86_400_000, False, 1)])
    assert days is not None
    assert [(step.high, step.rest) for step in days.steps] == [(0, 0)] * 4 + [(2, 3), (0, 0), (0, 1)]  # a week at least
    assert days_of([]) is None
    assert [(bar.grade, bar.count, bar.width) for bar in bars_of({2: 4, 8: 1}) if bar.count] == [(2, 4, 100.0), (8, 1, 25.0)]


def test_pace_leaves_pauses_out():
    assert per_minute([0, 6_000, 12_000, 18_000, 600_000, 606_000]) == 10.0
    assert per_minute([0, 1000]) is None
    assert minutes_left(0, 10.0) is None


@pytest.mark.parametrize(
    ("code", "status", "words"),
    [
        (sqlite3.SQLITE_FULL, 507, "disk is full"),
        (sqlite3.SQLITE_READONLY, 503, "may only read"),
        (sqlite3.SQLITE_IOERR, 503, "did not take"),
        (0, 503, "buysignal doctor"),
    ],
)
def test_trouble_with_the_file_is_told_in_words_and_nothing_is_lost(code: int, status: int, words: str):
    error = sqlite3.OperationalError("x")
    error.sqlite_errorcode = code
    for told in (in_words(error), in_words(_caused(error))):
        assert told[0] == status
        assert words in told[1]
        assert "Nothing is lost" in told[1]


def _caused(error: sqlite3.Error) -> StoreError:
    wrapped = StoreError("y")
    wrapped.__cause__ = error
    return wrapped


_READ_ONLY = """
import os, sys
from pathlib import Path
from companion.store import Store, Workspace, clock
from companion.store.annotation_events import Event
from labeling import answering
from labeling.store_trouble import in_words
from tests.labeling.room.scenes import YOU
store = Store(Workspace(Path(sys.argv[1])))
os.setgid(65534); os.setuid(65534)
try:
    answering.take(store, YOU, [Event("00000000-0000-4000-8000-000000000001", 1, "submit", clock.now_ms(), answers={"grade": 5})])
except Exception as error:
    print(in_words(error)[1])
"""


@pytest.mark.skipif(os.name == "nt" or os.geteuid() != 0, reason="needs root to become somebody who may not write")
def test_a_file_that_may_not_be_written_is_told_so(store: Store):
    lease(store, YOU, task(store, 1))
    store.checkpoint()
    store.close()
    with tempfile.TemporaryDirectory() as folder:
        copied = Path(shutil.copytree(store.workspace.root, Path(folder) / "workspace"))
        for path in (Path(folder), copied, *copied.rglob("*")):
            path.chmod(0o755 if path.is_dir() else 0o444)
        run = subprocess.run([sys.executable, "-c", _READ_ONLY, str(copied)], capture_output=True, text=True, check=False)
    assert "may only read its database file" in run.stdout, run.stdout + run.stderr


def test_leases_hold_as_long_as_the_screen_believes():
    assert assignments.LEASE_MS == 15 * 60_000
