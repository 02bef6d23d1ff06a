"""Runs that come by themselves: when they are due, one after the other, each missed slot once."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from companion.store import Store, clock, schedules
from companion.store.file_lock import exclusive
from companion.store.schedules import Planned, Schedule, Timetable
from scraper import process, scheduler, slots
from scraper.plan import timetable_of
from scraper.schedule_commands import schedule
from scraper.scheduler import NO_SCREEN, Scheduler
from scraper.slots import BadTimeError, in_words, next_at
from tests.companion.dashboard.conftest import Press
from tests.scraper.conftest import Script
from tests.scraper.test_process import states, until

BERLIN = ZoneInfo("Europe/Berlin")
SOON = Timetable(0)


def ms(text: str) -> int:
    return int(datetime.fromisoformat(text).replace(tzinfo=BERLIN).timestamp()) * 1000


def local(moment: int) -> str:
    return f"{datetime.fromtimestamp(moment / 1000, BERLIN):%Y-%m-%d %H:%M}"


@pytest.mark.parametrize(
    ("when", "now", "expected"),
    [
        (Timetable(390), "2026-11-28 06:29", "2026-11-28 06:30"),
        (Timetable(390), "2026-11-28 06:30", "2026-11-29 06:30"),
        (Timetable(390, 0), "2026-11-28 12:00", "2026-11-30 06:30"),  # Saturday -> Monday
        (Timetable(390, 5), "2026-11-28 06:30", "2026-12-05 06:30"),
        (Timetable(600), "2026-03-28 10:00", "2026-03-29 10:00"),  # clocks go forward in between: still at ten
        (Timetable(0, 0), "2024-03-25 00:00", "2024-04-01 00:00"),  # a week in which the clocks go forward is not passed over
        (Timetable(150), "2026-10-24 03:00", "2026-10-25 02:30"),  # clocks go back: that time comes twice, it runs at the first
    ],
)
def test_the_next_slot_is_a_time_on_the_wall_clock(when: Timetable, now: str, expected: str) -> None:
    assert local(next_at(when, ms(now), BERLIN)) == expected


def test_a_time_that_the_clocks_jump_over_is_not_skipped_for_a_day() -> None:
    found = next_at(Timetable(150), ms("2026-03-28 03:00"), BERLIN)  # 02:30 of 29 March does not exist
    assert ms("2026-03-29 01:59") < found <= ms("2026-03-29 04:00")


@given(st.integers(0, 1439), st.none() | st.integers(0, 6), st.integers(1_700_000_000, 1_900_000_000))
def test_it_is_always_ahead_and_never_further_than_its_rhythm(minute: int, weekday: int | None, second: int) -> None:
    now = second * 1000
    found = next_at(Timetable(minute, weekday), now, BERLIN)
    longest = (1 if weekday is None else 7) * clock.DAY + 2 * 60 * clock.MINUTE
    assert now < found <= now + longest
    assert next_at(Timetable(minute, weekday), found, BERLIN) > found


def test_what_people_write_becomes_a_timetable() -> None:
    assert timetable_of("day", "6:05") == Timetable(365)
    assert timetable_of("week", "23:59", "sunday") == Timetable(1439, 6)
    assert timetable_of("week", "10:00") == Timetable(600, slots.today())
    assert in_words(Timetable(1200, 0)) == "every Monday at 20:00"
    for every, at, on, said in (
        ("day", "24:00", "", "“24:00” is no time of day"),
        ("day", "ten", "", "“ten” is no time of day"),
        ("week", "10:00", "someday", "“someday” is no weekday"),
        ("day", "10:00", "mon", "do not go together"),
        ("month", "10:00", "", "“month” is no rhythm"),
    ):
        with pytest.raises(BadTimeError, match=said):
            timetable_of(every, at, on)


# The scheduler over the real store, with a run process that follows a script


def plan(store: Store, target: str, missed_days: float = 0, **changes: object) -> int:
    """A daily schedule whose next slot was due so many days ago."""
    now = clock.now_ms()
    planned = Planned("tag", (target,), SOON, **changes)  # type: ignore[arg-type]
    with store.writing() as connection:
        return schedules.add(connection, planned, now - int(missed_days * clock.DAY) - 1000, now)


def stored(store: Store, ident: int) -> Schedule:
    with store.reading() as connection:
        found = schedules.find(connection, ident)
    assert found is not None
    return found


@pytest.fixture
def working(store: Store, script: Script, monkeypatch: pytest.MonkeyPatch) -> Iterator[Scheduler]:
    monkeypatch.setattr(scheduler, "AGAIN_SECONDS", 0.1)
    made = Scheduler(store, look_seconds=0.2)
    yield made
    made.close()
    process.stop(store.workspace)


def test_five_missed_slots_become_one_run(store: Store, working: Scheduler) -> None:
    ident = plan(store, "unboxing", missed_days=5)
    before = clock.now_ms()
    working.start()
    until(lambda: stored(store, ident).last_status == 0)
    time.sleep(1)
    assert states(store) == ["finished"]
    found = stored(store, ident)
    assert found.last_at is not None
    assert before <= found.last_at <= clock.now_ms()
    assert found.next_at == next_at(SOON, found.last_at)


def test_two_that_are_due_come_one_after_the_other(store: Store, working: Scheduler, script: Script) -> None:
    script(lasts=1)
    idents = [plan(store, "first"), plan(store, "second")]
    working.start()
    until(lambda: all(stored(store, ident).last_status == 0 for ident in idents))
    first, second = sorted(stored(store, ident).last_at or 0 for ident in idents)
    assert second - first >= 1000
    assert states(store) == ["finished", "finished"]


def test_a_due_run_waits_for_the_one_that_somebody_started(store: Store, working: Scheduler) -> None:
    ident = plan(store, "unboxing")
    with exclusive(process.lock_path(store.workspace), content="{}"):
        working.start()
        time.sleep(1)
        assert stored(store, ident).last_at is None
    until(lambda: stored(store, ident).last_status == 0)


def test_one_that_is_added_while_it_works_comes_too_and_a_removed_one_does_not(store: Store, working: Scheduler) -> None:
    working.start()
    ident = plan(store, "later")
    until(lambda: stored(store, ident).last_status == 0)
    with exclusive(process.lock_path(store.workspace), content="{}"):
        gone = plan(store, "gone")
        time.sleep(0.6)
        with store.writing() as connection:
            assert schedules.remove(connection, gone)
    time.sleep(0.8)
    assert states(store) == ["finished"]


def test_of_two_schedulers_one_works_and_the_other_takes_over(store: Store, working: Scheduler, script: Script) -> None:
    working.start()
    other = Scheduler(store, look_seconds=0.2)
    other.start()
    try:
        assert (working.works, other.works) == (True, False)
        working.close()
        ident = plan(store, "unboxing")
        until(lambda: other.works)
        until(lambda: stored(store, ident).last_status == 0)
    finally:
        other.close()


def test_a_run_that_cannot_open_its_window_is_noted_and_not_tried_all_day(
    store: Store, working: Scheduler, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("DISPLAY")
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    ident = plan(store, "unboxing")
    working.start()
    until(lambda: stored(store, ident).last_status == NO_SCREEN)
    assert stored(store, ident).next_at > clock.now_ms()


def test_closing_leaves_the_run_under_way_alone(store: Store, working: Scheduler, script: Script) -> None:
    script(lasts=30)
    ident = plan(store, "unboxing")
    working.start()
    until(lambda: bool(process.standing(store.workspace).run_id))
    began = time.monotonic()
    working.close()
    assert time.monotonic() - began < 5
    assert process.standing(store.workspace).busy
    assert stored(store, ident).last_status is None


# The command line


def call(store: Store, *arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(schedule, [*arguments, "--workspace", str(store.workspace.root)])
    return result.exit_code, result.output


def test_schedules_are_added_listed_and_removed_in_the_terminal(store: Store) -> None:
    assert call(store, "list")[1].startswith("There is none.")
    code, said = call(store, "add", "tag", "#Unboxing", "--every", "week", "--on", "friday", "--at", "06:30")
    assert (code, said.splitlines()[0].split(", next")[0]) == (0, "1: buysignal scrape tag unboxing comes every Friday at 06:30")
    listed = json.loads(call(store, "list", "--json")[1])
    assert [{key: one[key] for key in ("id", "kind", "targets", "every", "on", "at", "last_at")} for one in listed] == [
        {"id": 1, "kind": "tag", "targets": ["unboxing"], "every": "week", "on": "Friday", "at": "06:30", "last_at": None}
    ]
    assert listed[0]["next_at"].endswith("Z")
    assert "every Friday at 06:30" in call(store, "list")[1]
    assert call(store, "remove", "1") == (0, "Schedule 1 comes no more.\n")
    assert call(store, "remove", "1")[0] == 2
    assert call(store, "add", "refresh", "--at", "09:00")[0] == 0


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["tag", "unboxing", "--at", "25:00"], "no time of day"),
        (["tag", "un boxing!", "--at", "10:00"], "does not fit"),
        (["tag", "--at", "10:00"], "nothing was named"),
        (["video", "x", "--at", "10:00"], "a video is its address"),
    ],
)
def test_what_does_not_fit_ends_with_status_2_and_one_line(store: Store, arguments: list[str], said: str) -> None:
    code, output = call(store, "add", *arguments)
    assert code == 2
    assert said in output
    assert "There is none" in call(store, "list")[1]


# The page


def test_schedules_are_added_and_removed_on_the_page(store: Store, entered: FlaskClient, press: Press) -> None:
    answer = press("/collect/schedules", kind="tag", targets="unboxing", every="Monday", at="20:00")
    assert answer.status_code == 303
    page = entered.get("/collect/").text
    assert "#unboxing comes every Monday at 20:00 from now on." in page
    assert "<strong>#unboxing</strong> every Monday at 20:00" in page
    assert press("/collect/schedules/1/remove").status_code == 303
    assert press("/collect/schedules/1/remove").status_code == 404
    assert "every Monday at 20:00</strong>" not in entered.get("/collect/").text
    wrong = press("/collect/schedules", kind="creator", targets="two words!", every="day", at="10:00")
    assert wrong.status_code == 422
    assert "does not fit" in wrong.text
    assert press("/collect/schedules", kind="creator", targets="brightbuys", every="day", at="").status_code == 422
