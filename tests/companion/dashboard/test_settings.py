"""Settings: disconnecting, backup, deletion after the typed word."""

from __future__ import annotations

import sqlite3

from flask.testing import FlaskClient

from companion.services import Services
from companion.store import Store, backup, comments, labels, sample
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
        assert comments.count(connection) == 69


def test_delete_leaves_nothing_behind(sampled: Store, furnished: FlaskClient, paired: Paired, press: Press) -> None:
    press("/comments/sample/sample-v1-2/grade", grade="3", signal="none")
    press("/settings/backup")
    assert press("/settings/delete-everything", confirmation=" Delete ").status_code == 303
    with sampled.reading() as connection:
        assert (comments.count(connection), labels.count(connection), sample.present(connection)) == (0, 0, False)
        tables = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        own = [name for name in tables if "sqlite" not in name]
        left = {name: connection.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in own}
    assert left == {name: int(name == "setting") for name in left}
    assert backup.listed(sampled.workspace.backups) == []
    assert b"cordless" not in sampled.workspace.database.read_bytes()
    assert paired.post("/v1/score", request_for("hi")).status_code in (401, 403)
    assert sqlite3.connect(sampled.workspace.database).execute("PRAGMA integrity_check").fetchone() == ("ok",)
