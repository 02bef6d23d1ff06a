"""A pause at night leaves a notice; one by day, or an end, does not."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from companion.store import Store, clock, runs
from scraper import night
from scraper.night import at_night
from scraper.report import report_of
from tests.scraper.scenes import add_run, fetch
from tests.scraper.test_process import until

TOKYO = ZoneInfo("Asia/Tokyo")


def ms(text: str) -> int:
    return int(datetime.fromisoformat(f"2026-11-28T{text}").replace(tzinfo=TOKYO).timestamp()) * 1000


@pytest.mark.parametrize(
    ("time", "night"),
    [("22:59:59", False), ("23:00:00", True), ("00:00:00", True), ("06:59:59", True), ("07:00:00", False), ("12:00:00", False)],
)
def test_night_is_from_23_to_7_on_the_users_clock(time: str, night: bool) -> None:
    assert at_night(ms(time), TOKYO) is night


@pytest.mark.parametrize("state", ["running", "waiting", "finished", "stopped"])
def test_only_a_pause_is_told(store: Store, state: runs.State) -> None:
    add_run(store, state=state)
    assert night.words(report_of(*fetch(store), clock.now_ms(), alive=True), ms("02:00:00"), TOKYO) == ""


def test_the_notice_says_why_and_what_is_kept_without_a_name(store: Store) -> None:
    add_run(store, kind="creator", targets=("brightbuys",), state="paused", reason="TikTok shows a captcha")
    report = report_of(*fetch(store), clock.now_ms(), alive=False)
    assert night.words(report, ms("12:00:00"), TOKYO) == ""
    assert night.words(report, ms("02:00:00"), TOKYO) == (
        "Collecting was paused: TikTok shows a captcha. 101 new comments so far are kept, and the same command goes on."
    )


def test_it_is_shown_by_the_desktop_where_there_is_one(store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    add_run(store, state="paused")
    report = report_of(*fetch(store), clock.now_ms(), alive=False)
    late = int(datetime(2026, 11, 28, 23, 30).astimezone().timestamp()) * 1000  # on this computer's clock
    monkeypatch.setenv("PATH", str(tmp_path))
    assert not night.tell(report, late)
    for name in ("notify-send", "osascript"):
        (tmp_path / name).write_text(f"#!/bin/sh\nprintf '%s\\n' \"$@\" > {tmp_path}/shown\n")
        (tmp_path / name).chmod(0o755)
    assert not night.tell(report, late - 12 * 60 * clock.MINUTE)
    assert night.tell(report, late)
    until(lambda: (tmp_path / "shown").exists() and "Collecting was paused." in (tmp_path / "shown").read_text())
