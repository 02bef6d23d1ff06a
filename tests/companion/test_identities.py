"""Nobody who commented can be found in anything that is kept."""

from __future__ import annotations

import json
from pathlib import Path

from companion.reparse import reparse
from companion.store import Store, open_store
from tests.companion.browser import Paired
from tests.companion.identities_scene import NEEDLES, PEOPLE, by_file, exported, fill
from tests.companion.planted import found_in, haystacks


def test_fifty_planted_people_are_found_nowhere(store: Store, tmp_path: Path) -> None:
    files = tmp_path / "files"
    files.mkdir()
    fill(store)
    by_file(store, files)
    holder = store.connect("reader")  # so that the log stays beside the database
    holder.execute("SELECT count(*) FROM comment").fetchone()
    with store.reading() as connection:
        assert connection.execute("SELECT count(*) FROM comment").fetchone()[0] > 300
        doors = {value for (value,) in connection.execute("SELECT DISTINCT door FROM raw_page")}
        assert doors == {"scrape", "extension", "zeeschuimer"}
        assert "need this" in connection.execute("SELECT text FROM comment WHERE text <> ''").fetchone()[0]
    assert found_in(haystacks(store, exported(store, tmp_path / "out")), NEEDLES) == []
    reparse(store)
    assert found_in(haystacks(store, exported(store, tmp_path / "out")), NEEDLES) == []
    holder.close()


def test_the_search_itself_finds_what_is_there(store: Store) -> None:
    (store.workspace.root / "leak.txt").write_text(json.dumps({"n": PEOPLE[0].name}) + PEOPLE[1].mail, encoding="utf-8")
    found = found_in(haystacks(store), NEEDLES)
    assert [PEOPLE[0].name in line or PEOPLE[1].mail in line for line in found] == [True, True]


def test_without_its_key_nothing_in_the_workspace_leads_from_a_name_to_a_pseudonym(paired: Paired, store: Store) -> None:
    fill(store)
    key, alias_key = store.workspace.key, bytes.fromhex(store.workspace.alias_key)
    before = {store.workspace.pseudonym(name) for person in PEOPLE for name in (person.uid, person.handle)}
    store.workspace.key_file.unlink()
    store.checkpoint()
    content = b"".join(content for _, content in haystacks(store))
    assert [form for form in (key, alias_key, key.hex().encode(), alias_key.hex().encode()) if form in content] == []
    again = open_store(store.workspace.root)
    assert before.isdisjoint(again.workspace.pseudonym(name) for person in PEOPLE for name in (person.uid, person.handle))
    assert any(pseudonym.encode() in content for pseudonym in before), "the rows are there, and nobody can say whose they are"
