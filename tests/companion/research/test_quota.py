"""The official API's quotas: counted, stopped before, gone on with later."""

import json

import pytest

from companion.research import quota
from companion.research.quota import QuotaUsedError
from companion.store import open_store
from tests.companion.research.scene import TERM, VIDEO, collect, comment, run, stored


def test_it_stops_before_the_quota_and_goes_on_the_next_day(api, workspace, monkeypatch):
    monkeypatch.setattr(quota, "REQUESTS", 2)
    result = collect(workspace)
    assert result.exit_code == 75
    assert "today's quota is used up (2 of 2 requests" in result.stderr
    assert len(api.asked) == 2
    assert len(stored(workspace)) == 4
    assert collect(workspace).exit_code == 75
    assert len(api.asked) == 2  # nothing more was sent
    tomorrow = quota.clock.now_ms() + quota.clock.DAY
    monkeypatch.setattr(quota.clock, "now_ms", lambda: tomorrow)
    result = collect(workspace)
    assert result.exit_code == 0
    assert [body.get("cursor") for _, body in api.asked] == [None, 2, 4]
    assert len(stored(workspace)) == 5


def test_videos_whose_comments_came_are_not_asked_again_after_a_pause(api, workspace, monkeypatch):
    collect(workspace)
    for number in range(3):
        api.comments[str(VIDEO + number)] = [{**comment(10 * number + n), "video_id": VIDEO + number} for n in range(3)]
    api.asked.clear()
    monkeypatch.setattr(quota, "REQUESTS", 6)  # three were used for the videos
    ids = [str(VIDEO + number) for number in range(3)]
    assert run(workspace, "comments", *ids, TERM).exit_code == 75
    monkeypatch.setattr(quota, "REQUESTS", 1000)
    assert run(workspace, "comments", *ids, TERM).exit_code == 0
    assert [(body["video_id"] - VIDEO, body["cursor"]) for _, body in api.asked] == [(0, 0), (0, 2), (1, 0), (1, 2), (2, 0), (2, 2)]


def test_records_count_too(tmp_path, monkeypatch):
    store = open_store(tmp_path / "workspace")
    monkeypatch.setattr(quota, "RECORDS", 100)
    quota.count_request(store)
    quota.count_records(store, 100)
    with pytest.raises(QuotaUsedError, match="100 of 100 records"):
        quota.count_request(store)


def test_an_expired_search_begins_its_part_anew(api, workspace):
    api.refusals = []
    assert collect(workspace, "--max", "2").exit_code == 0
    store = open_store(workspace)
    with store.writing() as connection:
        stopped = quota.settings.get(connection, "research.stopped")
        ((key, place),) = stopped.items()
        quota.settings.put(connection, "research.stopped", {key: {**place, "search_id": "old"}})
    assert collect(workspace).exit_code == 0
    assert len(stored(workspace)) == 5


def test_status_says_what_is_left(api, workspace):
    assert json.loads(run(workspace, "status", "--json").stdout) == {"requests_left": 1000, "records_left": 100_000}
    assert not workspace.exists()
    collect(workspace)
    assert json.loads(run(workspace, "status", "--json").stdout) == {"requests_left": 997, "records_left": 99_995}
