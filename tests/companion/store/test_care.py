"""Doctor, backup and restore."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import pytest
from click.testing import CliRunner

from companion.commands.care import backup as backup_command
from companion.commands.care import doctor as doctor_command
from companion.commands.care import restore as restore_command
from companion.serve import offline
from companion.store import SchemaTooNewError, Store, StoreError, annotator_sessions, annotators, clients, labels, open_store
from companion.store.backup import backup, check, listed, restore
from companion.store.clients import Client
from companion.store.doctor import Finding, examine, sqlite_version
from tests.companion.store.scenes import label


def add_label(store: Store, number: int) -> None:
    with store.writing("labels") as connection:
        labels.append(connection, label(number))


def count(store: Store) -> int:
    with store.reading() as connection:
        return labels.count(connection)


def findings(store: Store) -> dict[str, Finding]:
    return {finding.name: finding for finding in examine(store.workspace, lambda: "m1")}


def test_a_backup_made_during_a_write_is_whole(store: Store) -> None:
    add_label(store, 1)
    with store.writing("labels") as connection:
        labels.append(connection, label(2))
        target = backup(store.workspace)
    check(target)
    assert [path.name for path in target.parent.iterdir()] == [target.name]
    connection = sqlite3.connect(target)
    assert connection.execute("SELECT count(*) FROM label_event").fetchone()[0] == 1
    connection.close()
    assert target.stat().st_mode & 0o777 == 0o600


def test_only_the_newest_backups_are_kept(store: Store) -> None:
    made = [backup(store.workspace, keep=3) for _ in range(5)]
    assert listed(store.workspace.backups) == made[:1:-1]


def test_restore_brings_back_and_keeps_the_other_aside(store: Store) -> None:
    add_label(store, 1)
    target = backup(store.workspace)
    add_label(store, 2)
    aside = restore(store.workspace, target)
    assert count(store) == 1
    assert aside
    check(aside)
    again = restore(store.workspace, aside)
    assert again
    assert count(store) == 2


def test_a_browser_revoked_since_stays_revoked(store: Store) -> None:
    with store.writing() as connection:
        clients.add(connection, Client("a", "Chrome", "chrome-extension://a", "00", "00", ("score",), 1))
    target = backup(store.workspace)
    with store.writing() as connection:
        clients.revoke(connection, "a")
    restore(store.workspace, target)
    with store.reading() as connection:
        assert clients.listed(connection)[0].revoked_at is not None


def test_accounts_keep_their_present_password_role_and_switch(store: Store) -> None:
    with store.writing() as connection:
        ben, zoe = (annotators.add(connection, name, "admin", "old hash") for name in ("Ben", "Zoe"))
        login = annotator_sessions.begin(connection, ben.id)
    target = backup(store.workspace)
    with store.writing() as connection:
        annotators.set_password(connection, ben.id, "new hash")
        annotators.set_role(connection, ben.id, "annotator")
        annotators.disable(connection, zoe.id)
    restore(store.workspace, target)
    with store.reading() as connection:
        found = {one.name: (one.password, one.role, one.can_log_in) for one in annotators.listed(connection)}
        assert (found["Ben"], found["Zoe"]) == (("new hash", "annotator", True), ("old hash", "admin", False))
        assert annotator_sessions.person(connection, login) is None, "a login of then is none now"


def test_a_damaged_database_does_not_keep_its_backup_from_coming_back(store: Store) -> None:
    add_label(store, 1)
    target = backup(store.workspace)
    store.checkpoint()
    store.workspace.database.write_bytes(b"no database" * 1000)
    assert restore(store.workspace, target)
    assert count(store) == 1


def damaged(path: Path) -> Path:
    data = bytearray(path.read_bytes())
    data[4096 * 3 : 4096 * 9] = b"\x5a" * (4096 * 6)
    path.write_bytes(data)
    return path


def test_a_bad_file_is_refused_and_nothing_changes(store: Store, tmp_path: Path) -> None:
    add_label(store, 1)
    text = tmp_path / "text.db"
    text.write_text("hello" * 1000)
    other = tmp_path / "other.db"
    foreign = sqlite3.connect(other)
    foreign.execute("CREATE TABLE t (x)")
    foreign.commit()
    foreign.close()
    for file in (text, other, damaged(backup(store.workspace))):
        with pytest.raises(StoreError, match=file.name):
            restore(store.workspace, file)
    newer = backup(store.workspace)
    later = sqlite3.connect(newer)
    later.execute("INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES ('buysignal', 'm9999_future', '')")
    later.commit()
    later.close()
    with pytest.raises(SchemaTooNewError):
        restore(store.workspace, newer)
    assert count(store) == 1


def test_a_backup_that_cannot_be_written_leaves_the_old_ones(store: Store, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreError, match="could not be made"):
        backup(store.workspace, tmp_path / "file")


def test_a_healthy_workspace(store: Store) -> None:
    backup(store.workspace)
    found = findings(store)
    assert [found[name].status for name in ("Folder", "Key", "Database", "References", "Write-ahead log", "Backup", "Model")] == ["ok"] * 7
    assert all(finding.mend for finding in found.values() if finding.status != "ok")


@pytest.mark.parametrize(
    ("version", "status"),
    [
        ((3, 40, 1), "warn"),
        ((3, 44, 5), "warn"),
        ((3, 44, 6), "ok"),
        ((3, 45, 0), "warn"),
        ((3, 50, 7), "ok"),
        ((3, 51, 2), "warn"),
        ((3, 51, 3), "ok"),
    ],
)
def test_sqlite_versions_with_the_fix(version: tuple[int, ...], status: str) -> None:
    assert sqlite_version(version).status == status


def test_doctor_sees_damage_and_names_the_mend(store: Store) -> None:
    add_label(store, 1)
    store.checkpoint()
    damaged(store.workspace.database)
    found = findings(store)["Database"]
    assert found.status == "fail"
    assert "restore" in found.mend


def test_doctor_sees_broken_references_open_folders_and_a_missing_model(store: Store) -> None:
    loose = sqlite3.connect(store.workspace.database)
    loose.execute("INSERT INTO comment (platform, id, video_id, text, first_seen, last_seen) VALUES ('tiktok', 'c', 'nowhere', 'x', 1, 1)")
    loose.commit()
    loose.close()
    store.workspace.root.chmod(0o755)

    def broken() -> str:
        raise FileNotFoundError("model.json is missing")

    found = {finding.name: finding for finding in examine(store.workspace, broken)}
    assert (found["References"].status, found["Folder"].status, found["Model"].status) == ("fail", "warn", "fail")
    assert "model.json is missing" in found["Model"].detail


def test_the_commands(store: Store) -> None:
    run, place = CliRunner().invoke, ["--workspace", str(store.workspace.root)]
    add_label(store, 1)
    made = run(backup_command, [*place, "--json"])
    file = json.loads(made.output)["file"]
    report = run(doctor_command, [*place, "--json"])
    assert {check["status"] for check in json.loads(report.output)["checks"]} <= {"ok", "warn"}
    assert report.exit_code == 0
    assert "Database" in run(doctor_command, place).output
    add_label(store, 2)
    assert run(restore_command, [*place, file]).exit_code == 0
    assert count(open_store(store.workspace.root)) == 1


def test_restore_is_refused_while_the_companion_runs(store: Store) -> None:
    file = backup(store.workspace)
    with offline(store.workspace.root):
        result = CliRunner().invoke(restore_command, ["--workspace", str(store.workspace.root), str(file)])
    assert result.exit_code == 2
    assert "stop it first" in result.output
