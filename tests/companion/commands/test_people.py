"""`buysignal forget` and `buysignal retention`, as a person types them, and the same once a day while the companion runs."""

from __future__ import annotations

import json
import logging
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from companion.cli import main
from companion.intake import Captured, Origin, take
from companion.retention import DailyRetention
from companion.store import Store, backup, clock, labels, predictions, raw_pages, settings, unread
from companion.store.predictions import StoredPrediction
from companion.tiktok import Asked
from tests.companion.planted import found_in, haystacks
from tests.companion.store.scenes import label
from tests.companion.test_serve import Running, run
from tests.companion.tiktok.shapes import TOP, VIDEO, comment, item, items, listing, user
from tests.companion.tiktok.shapes import comments as answer

BOB = user("7100000000000000055", "bob_x", "Bob Tester")


@pytest.fixture
def filled(store: Store) -> Store:
    """A video by shop.tests with a comment by mia.tests and one by bob_x, collected to be kept for a day, a year ago."""
    at = clock.now_ms() - 365 * clock.DAY
    pages = [
        Captured(Asked("items", "/api/recommend/item_list/"), 200, items(item()), at),
        Captured(listing(), 200, answer(comment(), comment(cid="2", user=BOB)), at),
    ]
    take(store, pages, Origin("scrape", "run1", keep_days=1))
    return store


def command(store: Store, *words: str) -> Result:
    return CliRunner().invoke(main, [*words, "--workspace", str(store.workspace.root)])


def stored(store: Store, table: str = "comment") -> list[str]:
    with store.reading() as connection:
        return [str(row[0]) for row in connection.execute(f"SELECT {'seq' if table == 'raw_page' else 'id'} FROM {table} ORDER BY 1")]


def test_forgetting_a_commenter_says_what_went(filled: Store) -> None:
    result = command(filled, "forget", "--user", " @Mia.Tests ")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.splitlines() == [
        "Deleted: 1 comments, 0 videos; 1 raw pages were cleaned.",
        "Whatever comes of this person later is dropped.",
    ]
    assert stored(filled) == ["2"]


@pytest.mark.parametrize("name", ["https://www.tiktok.com/@mia.tests?lang=en", "www.tiktok.com/@Mia.Tests", "7100000000000000044"])
def test_a_person_may_be_named_by_address_or_number(filled: Store, name: str) -> None:
    assert json.loads(command(filled, "forget", "--user", name, "--json").stdout)["comments"] == 1
    assert stored(filled) == ["2"]


@pytest.mark.parametrize("name", ["Mia Example", "https://www.tiktok.com/tag/lamp", "mia@example.com"])
def test_what_is_no_handle_is_refused_instead_of_forgetting_nobody(filled: Store, name: str) -> None:
    result = command(filled, "forget", "--user", name)
    assert (result.exit_code, result.stdout) == (2, "")
    assert name in result.stderr
    assert "@mia.tests" in result.stderr


def test_a_name_that_no_stored_creator_goes_by_is_refused(filled: Store) -> None:
    result = command(filled, "forget", "--creator", "Lamp Shop")
    assert (result.exit_code, result.stdout) == (2, "")
    assert '"Lamp Shop" is no handle' in result.stderr
    assert stored(filled, "video") == [VIDEO]


def test_forgetting_a_creator_as_json(filled: Store) -> None:
    result = command(filled, "forget", "--creator", "shop.tests", "--json")
    expected = {"comments": 2, "videos": 1, "pages": 2, "copies": [], "copies_removed": False, "is_creator_too": False}
    assert json.loads(result.stdout) == expected
    assert (stored(filled), stored(filled, "video"), stored(filled, "creator")) == ([], [], [])


def test_a_commenter_who_makes_videos_too_is_pointed_at_the_other_way(filled: Store) -> None:
    result = command(filled, "forget", "--user", "shop.tests")
    assert "buysignal forget --creator NAME" in result.stdout
    assert stored(filled, "creator") == ["7100000000000000022"]


@pytest.mark.parametrize("option", ["--user", "--creator"])
def test_an_unknown_name_deletes_nothing_and_is_left_out_from_now_on(filled: Store, option: str) -> None:
    result = command(filled, "forget", option, "nobody.here")
    assert (result.exit_code, result.stdout.splitlines()[0]) == (0, "Deleted: 0 comments, 0 videos; 0 raw pages were cleaned.")
    assert (len(stored(filled)), len(stored(filled, "video"))) == (2, 1)
    late = comment(cid="3", user=user("7100000000000000066", "nobody.here", "x"))
    taken = take(filled, [Captured(listing(cursor=20), 200, answer(late), 1)], Origin("file"))
    assert taken.comments_found == 0, "who is left out as a creator is no commenter either"


@pytest.mark.parametrize("name", ["", " ", "@", " @ "])
@pytest.mark.parametrize("option", ["--user", "--creator"])
def test_an_empty_name_is_refused(filled: Store, option: str, name: str) -> None:
    result = command(filled, "forget", option, name)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "the name is empty" in result.stderr
    assert len(stored(filled)) == 2


@pytest.mark.parametrize("words", [[], ["--user", "a", "--creator", "b"]])
def test_one_person_at_a_time(filled: Store, words: list[str]) -> None:
    result = command(filled, "forget", *words)
    assert result.exit_code == 2
    assert "name one person" in result.stderr


@pytest.mark.parametrize("words", [["forget", "--user", "mia"], ["forget", "--creator", "mia"], ["retention"]])
def test_a_workspace_that_does_not_exist_is_not_made(tmp_path: Path, words: list[str]) -> None:
    result = CliRunner().invoke(main, [*words, "--workspace", str(tmp_path / "none")])
    assert (result.exit_code, len(result.stderr.strip().splitlines())) == (2, 1)
    assert "holds nothing yet" in result.stderr
    assert not (tmp_path / "none").exists()


def test_a_file_that_is_no_database_is_one_clear_line(tmp_path: Path) -> None:
    (tmp_path / "w").mkdir()
    (tmp_path / "w" / "buysignal.db").write_text("not a database, " * 100)
    result = CliRunner().invoke(main, ["forget", "--user", "mia", "--workspace", str(tmp_path / "w")])
    assert result.exit_code == 2
    assert "buysignal restore" in result.stderr
    assert "Traceback" not in result.stderr


def test_copies_are_named_and_go_only_when_asked(filled: Store) -> None:
    kept = backup.backup(filled.workspace)
    folders = [filled.workspace.datasets / name for name in ("holds", "does-not")]
    words = 'where did you get it?? "need" this'
    with filled.writing() as connection:
        connection.execute("UPDATE comment SET text = ? WHERE id = ?", [words, TOP])
    for folder, text in zip(folders, (words, "something else"), strict=True):
        folder.mkdir(parents=True)
        (folder / "examples.jsonl").write_text(json.dumps({"text": text}) + "\n", encoding="utf-8")
    said = command(filled, "forget", "--user", "bob_x").stdout
    assert f"May still hold it (delete with --copies): {kept}" in said
    assert "data" not in said.replace(str(kept), "")
    result = json.loads(command(filled, "forget", "--user", "mia.tests", "--copies", "--json").stdout)
    assert (result["copies"], result["copies_removed"]) == ([str(kept), str(folders[0])], True)
    assert [path.exists() for path in (kept, *folders)] == [False, False, True]


def test_the_words_of_a_forgotten_person_are_in_no_file_and_found_by_no_search(filled: Store) -> None:
    words = "zyxwords of bob alone"
    take(filled, [Captured(listing(cursor=20), 200, answer(comment(cid="5", text=words, user=BOB)), 1)], Origin("scrape", "run1"))
    filled.checkpoint()
    assert found_in(haystacks(filled), [words])
    with filled.reading() as connection:
        assert connection.execute("SELECT count(*) FROM shelf_words WHERE shelf_words MATCH '\"zyxwords\"'").fetchone()[0] == 1
    assert command(filled, "forget", "--user", "bob_x").exit_code == 0
    assert found_in(haystacks(filled), [words]) == []
    with filled.reading() as connection:
        assert connection.execute("SELECT count(*) FROM shelf_terms WHERE term = 'zyx'").fetchone()[0] == 0


def test_grades_go_unless_somebody_else_wrote_the_same(filled: Store) -> None:
    said = StoredPrediction("1", "aa", "bb", "m", 8.0, 0.9, "want", "positive", 7.0, 9.0, False, "en", 1)
    with filled.writing() as connection:
        unread.put_keys(connection, "1", [(("tiktok", cid), "aa", "bb") for cid in (TOP, "2")])
        predictions.save(connection, [said])
    for name, left in (("bob_x", said), ("mia.tests", None)):
        assert command(filled, "forget", "--user", name).exit_code == 0
        with filled.reading() as connection:
            assert predictions.find(connection, "1", "aa", "bb", "m") == left


def test_a_label_on_what_a_browser_saw_and_nobody_stored_goes_too(filled: Store) -> None:
    from companion.one_comment import dom_id

    mine = dom_id(VIDEO, filled.workspace.pseudonym("mia.tests"), "never stored", 1, 2)
    with filled.writing("labels") as connection:
        labels.append(connection, label(1, comment_id=mine, video_id=VIDEO, text="never stored"))
        labels.append(connection, label(2, comment_id="dom:" + "0" * 32, video_id=VIDEO, text="never stored"))
    assert command(filled, "forget", "--user", "mia.tests").exit_code == 0
    with filled.reading() as connection:
        assert [event.comment_id for event in labels.listed(connection)] == ["dom:" + "0" * 32]


def test_a_reader_that_holds_the_old_state_is_named(filled: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("companion.commands.people.open_store", lambda _folder: type(filled)(filled.workspace, 50))
    reader = filled.connect("reader")
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM comment").fetchone()
    result = command(filled, "forget", "--user", "mia.tests")
    assert result.exit_code == 2
    assert "run this again" in result.stderr
    reader.close()
    assert command(filled, "forget", "--user", "mia.tests").exit_code == 0


def test_retention_deletes_what_is_past_its_time(filled: Store) -> None:
    result = command(filled, "retention")
    assert (result.exit_code, result.stdout) == (0, "Deleted: 2 comments, 1 videos, 2 raw pages.\n")
    assert [stored(filled, table) for table in ("comment", "video", "creator", "raw_page")] == [[], [], [], []]
    assert json.loads(command(filled, "retention", "--json").stdout) == {"comments": 0, "videos": 0, "raw_pages": 0}


def test_retention_keeps_what_is_labelled_and_raw_pages_for_as_long_as_asked(filled: Store) -> None:
    with filled.writing("labels") as connection:
        labels.append(connection, label(1, comment_id="2", video_id=VIDEO))
    assert json.loads(command(filled, "retention", "--raw-days", "400", "--json").stdout) == {"comments": 1, "videos": 0, "raw_pages": 0}
    assert stored(filled) == ["2"]


@pytest.mark.parametrize("days", ["-1", "36501", "soon"])
def test_retention_of_impossible_days_is_refused(filled: Store, days: str) -> None:
    result = command(filled, "retention", "--raw-days", days)
    assert result.exit_code == 2
    assert days in result.stderr
    assert len(stored(filled, "raw_page")) == 2


def until(met: Callable[[], bool], seconds: float = 20) -> bool:
    end = time.monotonic() + seconds
    while not met() and time.monotonic() < end:
        time.sleep(0.05)
    return met()


def started(store: Store) -> DailyRetention:
    """What a companion starts, in a hurry."""
    daily = DailyRetention(store, first_look=0, look=0.02)
    daily.start()
    return daily


def test_a_running_companion_does_it_once_a_day(filled: Store) -> None:
    daily = started(filled)
    assert until(lambda: not stored(filled))
    daily.close()
    take(filled, [Captured(listing(), 200, answer(comment(cid="9")), 1)], Origin("scrape", "run2", keep_days=1))
    daily = started(filled)
    time.sleep(0.3)
    assert stored(filled) == ["9"], "a day has not passed since, though the companion was started anew"
    with filled.writing() as connection:
        settings.put(connection, "retention.last", clock.now_ms() - clock.DAY)
    assert until(lambda: not stored(filled))
    daily.close()


def test_a_busy_file_is_tried_again(filled: Store, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("companion.retention.BUSY_TIMEOUT_MS", 1)
    with caplog.at_level(logging.WARNING), filled.writing():
        daily = started(filled)
        assert until(lambda: "trying again" in caplog.text)
    assert until(lambda: not stored(filled))
    daily.close()


def test_serve_deletes_what_is_past_its_time(filled: Store) -> None:
    companion = Running(filled.workspace.root)
    try:
        assert until(lambda: not stored(filled), seconds=60)
    finally:
        companion.process.terminate()
        _, err = companion.process.communicate(timeout=30)
    assert err == ""
    with filled.reading() as connection:
        assert raw_pages.count(connection) == 0


def test_a_person_can_be_forgotten_while_the_companion_runs(filled: Store) -> None:
    with filled.writing() as connection:
        connection.execute("UPDATE comment SET keep_until = NULL")
    companion = Running(filled.workspace.root)
    try:
        assert command(filled, "forget", "--user", "bob_x").exit_code == 0
        assert stored(filled) == [TOP]
    finally:
        companion.process.terminate()
        _, err = companion.process.communicate(timeout=30)
    assert err == ""


def test_the_commands_work_as_programs(filled: Store) -> None:
    filled.close()
    done = run("forget", "--user", "bob_x", "--json", "--workspace", str(filled.workspace.root))
    assert (done.returncode, done.stderr, json.loads(done.stdout)["comments"]) == (0, "", 1)
