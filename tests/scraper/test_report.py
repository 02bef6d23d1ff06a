"""What a run came to: counted, never called whole, and with what can be done next."""

from __future__ import annotations

import json
import re
from dataclasses import replace

import pytest

from companion.store import Store, clock, runs
from companion.store.runs import PageCount
from scraper.report import Count, report_of
from scraper.report_text import as_json, text_lines
from scraper.words import MORE_FOLLOWS, NOTHING_FOLLOWS
from tests.scraper.scenes import FIRST, add_run, fetch


def test_it_counts_found_new_and_seen_for_each_video_and_together(store: Store) -> None:
    add_run(store)
    report = report_of(*fetch(store), clock.now_ms(), alive=True)
    tag, first, second, third = report.lines
    assert (tag.name, tag.videos) == ("#unboxing", Count(3, 2))
    assert (first.name, first.comments, first.comments.seen) == (f"@brightbuys {FIRST}", Count(119, 100), 19)
    assert (first.replies, first.promised, first.total) == (Count(41, 41), 60, 504)
    assert (report.sums.videos, report.sums.comments, report.sums.replies) == (Count(3, 2), Count(139, 101), Count(41, 41))
    assert (report.sums.total, report.sums.totalled) == (504, 1)
    assert (report.sums.ended, report.sums.given_up, report.sums.waiting) == (2, 1, 1)
    assert report.current == third
    assert second.ending == "private"


def test_what_the_site_said_about_more_stands_there_word_for_word(store: Store) -> None:
    add_run(store)
    tag, first, *_ = report_of(*fetch(store), clock.now_ms(), alive=True).lines
    assert first.ending == NOTHING_FOLLOWS
    assert tag.ending == f"enough videos; {MORE_FOLLOWS}"


@pytest.mark.parametrize("state", ["running", "waiting", "paused", "finished", "stopped"])
def test_it_never_says_that_all_was_seen(store: Store, state: runs.State) -> None:
    add_run(store, state=state)
    report = report_of(*fetch(store), clock.now_ms(), alive=True)
    said = "\n".join([*text_lines(report), json.dumps(as_json(report))]).lower()
    assert not re.search(r"\b(complet\w*|all comments|everything|whole)\b", said)


def test_a_run_whose_process_is_gone_was_cut_off_and_goes_on_by_the_same_command(store: Store) -> None:
    add_run(store)
    report = report_of(*fetch(store), clock.now_ms(), alive=False)
    assert report.state == "cut off"
    assert report.resumable
    assert report.lines[3].ending == "cut off while it was read"
    assert not report.under_way
    assert "Go on where it was: `buysignal scrape tag unboxing`." in report.steps


def test_drift_over_a_twentieth_is_loud_and_lost_rows_are_counted(store: Store) -> None:
    add_run(store)
    with store.writing() as connection:
        runs.count_page(connection, "r1", PageCount(4, 1, 0), 1)
        runs.count_page(connection, "r1", PageCount(4, 1, 2), 1)
    run, tasks = fetch(store)
    quiet = report_of(run, tasks, clock.now_ms(), alive=True)
    assert not quiet.drift.loud
    assert "4.8% of 42 pages" in "\n".join(text_lines(quiet))
    loud = report_of(replace(run, drifted_pages=3), tasks, clock.now_ms(), alive=True)
    assert loud.drift.loud
    text = "\n".join(text_lines(loud))
    assert text.index("! TikTok's pages seem to have changed") < text.index("opened")
    assert "2 rows were lost" in text
    assert any("scrape reparse" in step for step in loud.steps)


def test_the_text_holds_the_figures_and_what_next(store: Store) -> None:
    add_run(store, state="paused", pace="paused", reason="TikTok refused three times")
    lines = text_lines(report_of(*fetch(store), clock.now_ms(), alive=False))
    assert lines[0] == "#unboxing   Paused: TikTok refused three times"
    assert lines[2] == "Pace: paused after several refusals"
    row = next(line for line in lines if FIRST in line)
    assert re.sub(r"\s+", " ", row).startswith(f"@brightbuys {FIRST} 119 100 19 41 41 0 60 504 TikTok said that")
    assert "Comments: 139 found, 101 new, 38 seen before" in lines
    assert "Opened and read: 2; given up: 1; not read yet: 1" in lines
    assert "  - Go on where it was: `buysignal scrape tag unboxing`." in lines
    assert max(map(len, lines[3:8])) <= 120


def test_json_holds_the_same_for_programs(store: Store) -> None:
    run = add_run(store, state="finished")
    told = json.loads(json.dumps(as_json(report_of(*fetch(store), clock.now_ms(), alive=False))))
    assert told["started_at"] == clock.iso(run.started_at)
    assert (told["state"], told["comments"]) == ("finished", {"found": 139, "new": 101, "seen": 38})
    assert told["replies"] == {"found": 41, "new": 41, "seen": 0, "promised": 60}
    assert told["lines"][1]["has_more"] is False
    assert told["drift"] == {"rows": 0.0, "pages": 0.0, "loud": False, "lost": 0}
    assert 599 <= told["seconds"] <= 610


def test_an_odd_name_in_the_table_is_text_and_no_markup(store: Store) -> None:
    add_run(store)
    run, tasks = fetch(store)
    odd = replace(tasks[1], handle="[bold red]", reason="[/]")
    assert "@[bold red]" in "\n".join(text_lines(report_of(run, [odd], clock.now_ms(), alive=True)))
