"""Large files pass through in small memory, and what changes under the reading is noticed."""

import tracemalloc

import pytest

from companion.importing.taking import check, take_in
from companion.store import comments, open_store
from companion.table_files import BadFileError

HEADER = "id,text,video_id,author,likes\n"


def table(path, rows, first=0):
    lines = (
        f"{77 * 10**17 + n},where is number {n} from?,{76 * 10**17 + n % 50},user{n % 9}.tests,{n % 7}\n"
        for n in range(first, first + rows)
    )
    path.write_text(HEADER + "".join(lines))
    return path


def peak_of(action):
    tracemalloc.start()
    try:
        action()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def test_ten_times_the_rows_take_no_more_memory_to_check(tmp_path):
    small, large = table(tmp_path / "small.csv", 1_000), table(tmp_path / "large.csv", 10_000)
    check([small], None)  # what is loaded once is loaded
    assert peak_of(lambda: check([large], None)) < 2 * peak_of(lambda: check([small], None)) + 1_000_000


def test_ten_times_the_rows_take_no_more_memory_to_store(tmp_path):
    store = open_store(tmp_path / "workspace")
    small, large = check([table(tmp_path / "small.csv", 1_000)], None), check([table(tmp_path / "large.csv", 5_000, first=1_000)], None)
    first = peak_of(lambda: take_in(store, small, lambda _: None))
    assert peak_of(lambda: take_in(store, large, lambda _: None)) < 2 * first + 1_000_000
    with store.reading() as connection:
        assert comments.count(connection) == 6_000


def test_a_file_that_changed_since_it_was_checked_stops_the_import(tmp_path):
    path = table(tmp_path / "c.csv", 3)
    plan = check([path], None)
    path.write_text(HEADER + "7700000000000000001,x,not-a-video,,\n")
    with pytest.raises(BadFileError, match=r"c.csv line 2 changed while it was read"):
        take_in(open_store(tmp_path / "workspace"), plan, lambda _: None)


def test_what_came_in_before_a_stop_stays_and_the_rest_follows(tmp_path):
    store = open_store(tmp_path / "workspace")
    path = table(tmp_path / "c.csv", 1_200)
    plan = check([path], None)
    met = 0

    def stop(_count):
        nonlocal met
        met += 1
        if met == 700:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        take_in(store, plan, stop)
    with store.reading() as connection:
        assert comments.count(connection) == 500
    assert take_in(store, plan, lambda _: None).count.comments == 700
