"""Settings: disconnecting, backup, deletion after the typed word."""

from __future__ import annotations

import sqlite3

from flask.testing import FlaskClient

from companion.services import Services
from companion.store import Store, backup, clients, comments, labels, sample
from tests.companion.browser import Paired
from tests.companion.browser import comments as request_for
from tests.companion.dashboard.conftest import Press


def test_a_disconnected_browser_gets_no_more_grades(entered: FlaskClient, paired: Paired, press: Press) -> None:
    assert "Disconnect Chrome" in entered.get("/settings").text
    assert paired.post("/v1/score", request_for("hi")).status_code == 200
    assert press(f"/settings/browsers/{paired.client_id}/disconnect").status_code == 303
    assert "Disconnect Chrome" not in entered.get("/settings").text
    assert paired.post("/v1/score", request_for("hi")).status_code == 401


def test_a_backup_is_made_and_named(entered: FlaskClient, services: Services, press: Press) -> None:
    assert press("/settings/backup").status_code == 303
    [made] = backup.listed(services.store.workspace.backups)
    assert made.name in entered.get("/settings").text


def test_health_shows_every_check(entered: FlaskClient, services: Services) -> None:
    page = entered.get("/settings/health").text
    for name in ("SQLite", "Database", "References", "Backup", "Model"):
        assert f"<strong>{name}</strong>" in page
    assert services.model.id in page


def test_another_word_deletes_nothing(sampled: Store, furnished: FlaskClient, press: Press) -> None:
    answer = press("/settings/delete-everything", confirmation="yes")
    assert answer.status_code == 422
    assert "nothing was deleted" in answer.text
    with sampled.reading() as connection:
        assert comments.count(connection) == 140


def test_delete_leaves_nothing_behind(sampled: Store, furnished: FlaskClient, paired: Paired, press: Press) -> None:
    press("/comments/sample/sample-v1-2/grade", grade="3", signal="none")
    press("/settings/backup")
    assert press("/settings/delete-everything", confirmation=" Delete ").status_code == 303
    with sampled.reading() as connection:
        assert (comments.count(connection), labels.count(connection), sample.present(connection)) == (0, 0, False)
        tables = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        own = [name for name in tables if "sqlite" not in name and not name.startswith("shelf_words_")]  # the search's own bookkeeping
        left = {name: connection.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in own}
    assert left == {name: int(name == "setting") for name in left}
    assert backup.listed(sampled.workspace.backups) == []
    assert b"cordless" not in sampled.workspace.database.read_bytes()
    assert paired.post("/v1/score", request_for("hi")).status_code in (401, 403)
    assert sqlite3.connect(sampled.workspace.database).execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_a_browser_may_keep_comments_only_once_it_is_allowed_and_until_that_ends(
    entered: FlaskClient, paired: Paired, store: Store, press: Press
) -> None:
    def scopes() -> tuple[str, ...]:
        with store.reading() as connection:
            return next(client.scopes for client in clients.listed(connection) if client.id == paired.client_id)

    page = entered.get("/settings").text
    assert "Keeps no comments that you see." in page
    assert "Allow Chrome to keep comments" in page
    assert press(f"/settings/browsers/{paired.client_id}/capture", allow="yes").status_code == 303
    assert scopes() == ("score", "teach", "capture")
    page = entered.get("/settings").text
    assert "May keep comments that you see on TikTok." in page
    assert "Stop keeping" in page
    press(f"/settings/browsers/{paired.client_id}/capture", allow="yes")
    assert scopes() == ("score", "teach", "capture"), "pressed twice is allowed once"
    press(f"/settings/browsers/{paired.client_id}/capture", allow="no")
    assert scopes() == ("score", "teach")
    press(f"/settings/browsers/{paired.client_id}/capture")
    assert scopes() == ("score", "teach"), "a form that does not say yes allows nothing"


def test_only_a_connected_browser_can_be_allowed_and_only_by_a_form_of_ours(
    entered: FlaskClient, paired: Paired, store: Store, press: Press
) -> None:
    assert entered.post(f"/settings/browsers/{paired.client_id}/capture", data={"allow": "yes"}).status_code == 403
    assert press("/settings/browsers/nobody/capture", allow="yes").status_code == 303
    press(f"/settings/browsers/{paired.client_id}/disconnect")
    press(f"/settings/browsers/{paired.client_id}/capture", allow="yes")
    with store.reading() as connection:
        assert [client.scopes for client in clients.listed(connection)] == [("score", "teach")]
