"""A backup brings back no one who asked to be left out after it was made."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from companion.intake import unpack
from companion.store import Store, creators, raw_pages
from companion.store.backup import backup
from tests.companion.identities_scene import PEOPLE, command, exported, fill
from tests.companion.planted import found_in, haystacks

MAKER = ("7100000000000000022", "shop.tests")


def comments(store: Store) -> int:
    with store.reading() as connection:
        return int(connection.execute("SELECT count(*) FROM comment").fetchone()[0])


def restored(store: Store, file: Path) -> dict[str, int]:
    found: dict[str, int] = json.loads(command(store, "restore", str(file), "--json"))["left_out"]
    return found


def test_a_commenter_forgotten_since_is_deleted_again_and_still_left_out(store: Store, tmp_path: Path) -> None:
    one = PEOPLE[4]
    fill(store)
    file = backup(store.workspace, tmp_path / "backups")
    forgotten = json.loads(command(store, "forget", "--user", one.handle, "--json"))["comments"]
    left = comments(store)
    assert restored(store, file) == {"comments": forgotten, "videos": 0}
    assert comments(store) == left
    fill(store)
    assert comments(store) == left
    pseudonyms = [store.workspace.pseudonym(one.uid), store.workspace.pseudonym(one.handle)]
    with store.reading() as connection:
        pages = [json.dumps(unpack(page.body)).encode() for _, page in raw_pages.after(connection, 0)]
        written = connection.execute("SELECT text FROM comment WHERE author IN (?, ?)", pseudonyms).fetchall()
    assert (found_in(((f"page {n}", page) for n, page in enumerate(pages)), pseudonyms), written) == ([], [])


@pytest.mark.parametrize("name", MAKER)
def test_a_creator_forgotten_since_is_deleted_again_with_every_video(store: Store, tmp_path: Path, name: str) -> None:
    fill(store)
    file = backup(store.workspace, tmp_path / "backups")
    forgotten = json.loads(command(store, "forget", "--creator", name, "--json"))
    assert restored(store, file) == {"comments": forgotten["comments"], "videos": forgotten["videos"]}
    with store.reading() as connection:
        assert creators.named(connection, "tiktok", name) == []
    assert found_in(haystacks(store, exported(store, tmp_path / "out")), MAKER) == []


def test_a_video_whose_maker_the_backup_does_not_know_goes_too(store: Store, tmp_path: Path) -> None:
    fill(store)
    with store.writing() as connection:
        made = connection.execute("UPDATE video SET creator_id = NULL WHERE creator_id = ? RETURNING id, creator_id", MAKER[:1]).fetchall()
    file = backup(store.workspace, tmp_path / "backups")
    fill(store)
    command(store, "forget", "--creator", MAKER[1])
    assert restored(store, file)["videos"] == len(made) > 0
    with store.reading() as connection:
        ids = [found["id"] for found in connection.execute("SELECT id FROM video")]
    assert not {video["id"] for video in made} & set(ids)


def test_where_nobody_was_forgotten_everything_comes_back(store: Store, tmp_path: Path) -> None:
    fill(store)
    before = comments(store)
    file = backup(store.workspace, tmp_path / "backups")
    with store.writing() as connection:
        connection.execute("DELETE FROM comment")
    assert restored(store, file) == {"comments": 0, "videos": 0}
    assert comments(store) == before
