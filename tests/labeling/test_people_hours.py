"""One's own page: hours from heartbeats, their export, and answers that came back."""

from __future__ import annotations

import csv
import io
from datetime import date
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from flask import Flask
from hypothesis import given, settings
from hypothesis import strategies as st

from companion.store import Store, clock, open_store, returned_answers, working_times
from companion.store.working_times import GAP_MS, Span
from labeling import timesheet
from tests.labeling.accounts import log_in, make, post, send

BEGIN = 1_800_000_000_000
SECOND = 1000


class Day:
    """A person's day: heartbeats at seconds after its begin."""

    def __init__(self, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
        self.store, self.patch, self.who = store, monkeypatch, make(store, "Mia").id

    def beat(self, second: float, task: str = "a", *, working: bool = True) -> None:
        self.patch.setattr(clock, "now_ms", lambda: BEGIN + round(second * SECOND))
        with self.store.writing() as writer:
            working_times.beat(writer, self.who, task, working=working)

    def spans(self) -> list[tuple[str, float, float]]:
        with self.store.reading() as reader:
            found = working_times.spans(reader, self.who)
        return [(span.task_id, (span.began_at - BEGIN) / SECOND, (span.ended_at - BEGIN) / SECOND) for span in found]

    def seconds(self) -> float:
        return sum(ended - began for _, began, ended in self.spans())


@pytest.fixture
def day(store: Store, monkeypatch: pytest.MonkeyPatch) -> Day:
    return Day(store, monkeypatch)


def test_heartbeats_add_up_to_one_span(day: Day) -> None:
    for second in range(0, 601, 60):
        day.beat(second)
    assert day.spans() == [("a", 0, 600)]


def test_a_pause_ends_the_span_and_work_begins_another(day: Day) -> None:
    day.beat(0)
    day.beat(60)
    day.beat(90, working=False)
    day.beat(100, working=False)
    day.beat(700)
    day.beat(730)
    assert day.spans() == [("a", 0, 90), ("a", 700, 730)]


def test_without_heartbeats_the_time_between_was_a_pause(day: Day) -> None:
    day.beat(0)
    day.beat(60)
    day.beat(60 + GAP_MS / SECOND + 1)
    assert day.seconds() == 60


def test_two_tabs_do_not_count_twice(day: Day) -> None:
    for second in range(0, 600, 30):
        day.beat(second, "a")
        day.beat(second + 10, "b")
    assert day.seconds() == 580
    assert {task for task, _, _ in day.spans()} == {"a", "b"}


def test_going_to_another_tab_costs_nothing(day: Day) -> None:
    day.beat(0)
    day.beat(50, working=False)  # the first tab is hidden
    day.beat(80)  # the second one's next heartbeat
    day.beat(120)
    assert day.spans() == [("a", 0, 120)]


@pytest.mark.parametrize("jump", [-7200, 7200])
def test_a_clock_that_jumps_counts_nothing_twice_and_nothing_that_was_not_worked(day: Day, jump: int) -> None:
    for second in range(0, 301, 60):
        day.beat(second)
    for second in range(300, 601, 60):
        day.beat(second + jump)
    assert day.seconds() == 600


def test_a_clock_set_back_a_little_never_makes_a_span_shorter(day: Day) -> None:
    day.beat(0)
    day.beat(100)
    day.beat(95)
    day.beat(130)
    assert day.spans() == [("a", 0, 130)]


@settings(deadline=None, max_examples=25)  # each example is a workspace of its own
@given(st.lists(st.tuples(st.integers(0, 400), st.sampled_from("ab"), st.booleans()), max_size=30))
def test_never_more_is_counted_than_time_went_by(tmp_path_factory: pytest.TempPathFactory, beats: list[tuple[int, str, bool]]) -> None:
    store = open_store(tmp_path_factory.mktemp("hours") / "w")
    with pytest.MonkeyPatch.context() as patch:
        day, now = Day(store, patch), 0
        for wait, task, working in beats:
            now += wait
            day.beat(now, task, working=working)
        spans = day.spans()
    assert day.seconds() <= now
    assert all(before[2] <= after[1] for before, after in pairwise(spans))


def test_days_are_cut_at_midnight_of_the_persons_own_clock_even_where_it_is_changed() -> None:
    zone = ZoneInfo("Europe/Berlin")
    late = 1_774_735_200_000  # Sat 28 March 2026, 23:00 in Berlin; at 2:00 the clocks go to 3:00
    found = timesheet.entries([Span("a", late, late + 4 * 3_600_000, open=False)], zone)
    assert [(each.day, each.ms) for each in found] == [(date(2026, 3, 28), 3_600_000), (date(2026, 3, 29), 3 * 3_600_000)]
    assert f"{found[1].ended:%H:%M}" == "04:00"
    assert [(each.day, each.ms) for each in timesheet.days(found)] == [(date(2026, 3, 29), 3 * 3_600_000), (date(2026, 3, 28), 3_600_000)]


def test_hours_are_exported_to_their_owner_alone_with_cells_that_run_nothing(app: Flask, store: Store) -> None:
    for name in ("Mia", "Noa"):
        make(store, name)
    mia, noa = app.test_client(), app.test_client()
    log_in(mia, "Mia")
    log_in(noa, "Noa")
    assert send(mia, "/label/api/time", {"task": '=HYPERLINK("x")', "state": "working"}).status_code == 200
    with store.writing() as writer:
        writer.execute("UPDATE working_time SET began_at = began_at - 90000")
    assert ">counting<" in mia.get("/label/mine").text
    assert post(mia, "/label/mine/pause").status_code == 303
    assert ">paused<" in mia.get("/label/mine").text
    answer = mia.get("/label/mine/hours.csv")
    assert answer.mimetype == "text/csv"
    assert "attachment" in answer.headers["Content-Disposition"]
    rows = list(csv.DictReader(io.StringIO(answer.text.lstrip("\ufeff"))))
    assert rows[0]["task"] == '\'=HYPERLINK("x")'
    assert sum(float(row["minutes"]) for row in rows) == pytest.approx(1.5, abs=0.1)
    assert list(csv.DictReader(io.StringIO(noa.get("/label/mine/hours.csv").text))) == []


@pytest.mark.parametrize("message", [{}, {"task": "t"}, {"task": "t", "state": "asleep"}, {"task": None, "state": "working"}, [1], "x"])
def test_a_broken_heartbeat_is_refused_in_json(app: Flask, store: Store, message: object) -> None:
    make(store, "Mia")
    browser = app.test_client()
    log_in(browser, "Mia")
    answer = send(browser, "/label/api/time", message)
    assert (answer.status_code, answer.get_json()["error"]) == (400, "bad")


def returned(store: Store, *people: str) -> None:
    """A comment that these people answered with 3 and that was decided to be an 8."""
    with store.writing() as writer:
        adjudicator = make_id(writer)
        writer.execute(
            "INSERT INTO label_task (id, name, questions, source, mix, guideline_version, seed, created_at)"
            " VALUES ('t', 'Kitchen', '[]', '{}', '{}', '1', 1, 1)"
        )
        writer.execute(
            "INSERT INTO label_item (id, task_id, platform, target_id, text, context, sampler, probability, place)"
            " VALUES (1, 't', 'tiktok', 'c1', 'where do I get <b>it</b>', '{}', 'random', 1, 1)"
        )
        for number, person in enumerate(people, 1):
            writer.execute(
                "INSERT INTO assignment (id, item_id, task_id, annotator_id, state, created_at) VALUES (?, 1, 't', ?, 'done', 1)",
                [number, person],
            )
            writer.execute(
                "INSERT INTO annotation_event (uuid, assignment_id, action, answers, guideline_version, created_at, received_at)"
                " VALUES (?, ?, 'submit', '{\"grade\": 3}', '1', 1, 1)",
                [f"e{number}", number],
            )
        writer.execute(
            "INSERT INTO label_event (uuid, action, source, platform, comment_id, text, context, text_hash, grade, guideline_version,"
            " created_at)"
            " VALUES ('l1', 'set', 'adjudication', 'tiktok', 'c1', 'x', '{}', 'h', 8, '1', 1)"
        )
        writer.execute("INSERT INTO adjudication VALUES ('d1', 1, 'l1', 'slip', 'asks where to buy', ?, 1)", [adjudicator])
        for person in people:
            writer.execute("INSERT INTO returned_answer (adjudication_uuid, annotator_id) VALUES ('d1', ?)", [person])


def make_id(writer: object) -> str:
    from companion.store import annotators

    return annotators.add(writer, "Secret Judge", "adjudicator", "x").id  # type: ignore[arg-type]


def test_answers_come_back_with_their_reason_and_without_a_name(app: Flask, store: Store) -> None:
    mia, noa = make(store, "Mia"), make(store, "Noa")
    returned(store, mia.id)
    browser, other = app.test_client(), app.test_client()
    log_in(browser, "Mia")
    log_in(other, "Noa")
    page = browser.get("/label/mine").text
    assert "where do I get &lt;b&gt;it&lt;/b&gt;" in page
    assert "You said <strong>grade 3</strong>; it was decided <strong>grade 8</strong>" in page
    assert "slip. asks where to buy" in page
    assert "Secret Judge" not in page
    assert "where do I get" not in other.get("/label/mine").text
    post(other, "/label/mine/seen/d1")
    with store.reading() as reader:
        assert returned_answers.unread(reader, mia.id) == 1
        assert returned_answers.listed(reader, noa.id) == []
    post(browser, "/label/mine/seen/d1")
    with store.reading() as reader:
        assert returned_answers.unread(reader, mia.id) == 0
