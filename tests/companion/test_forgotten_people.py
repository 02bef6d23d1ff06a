"""Who asks to be forgotten is gone, pseudonyms and all, and is brought back by nothing."""

from __future__ import annotations

import json
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from companion import intake
from companion.forget import forget_commenter
from companion.intake import Captured, Origin, take
from companion.reparse import reparse
from companion.store import (
    Store,
    creators,
    hashtag_vectors,
    inbox,
    labels,
    open_store,
    quality_creators,
    quality_learned,
    quality_looks,
    runs,
    saved_searches,
    studio,
    tasks,
)
from companion.store.runs import Run
from companion.store.tasks import Wanted
from companion.tiktok import Asked, embedded
from tests.companion.identities_scene import AT, HIS, PEOPLE, SCRAPE, captured, command, exported, fill, question, web
from tests.companion.planted import VIDEO, envelope, found_in, haystacks, row
from tests.companion.store.scenes import label
from tests.companion.tiktok.shapes import item, items

MAKER = {"id": "7100000000000555022", "uniqueId": "Maker.Of.Lamps", "nickname": "Lampen Macher 🪔", "secUid": "MS4wLjABAAAAmaker"}


def without_list(store: Store, folder: Path) -> Store:
    """A copy of the workspace whose list of forgotten people is empty."""
    store.checkpoint()
    shutil.copytree(store.workspace.root, folder)
    copy = open_store(folder)
    with closing(copy.connect("writer")) as connection:
        connection.execute("DELETE FROM forgotten")
        connection.execute("VACUUM")
    copy.checkpoint()
    return copy


@pytest.mark.parametrize("name", [PEOPLE[4].handle, f"@{PEOPLE[4].handle.upper()}", PEOPLE[4].uid])
def test_a_forgotten_commenter_is_gone_with_both_pseudonyms(store: Store, tmp_path: Path, name: str) -> None:
    one = PEOPLE[4]
    fill(store)
    pseudonyms = [store.workspace.pseudonym(one.uid), store.workspace.pseudonym(one.handle)]
    with store.writing("labels") as connection:
        mine = connection.execute("SELECT id FROM comment WHERE author = ? AND level = 1", [pseudonyms[0]]).fetchone()[0]
        answer = connection.execute("SELECT id FROM comment WHERE parent_id = ?", [mine]).fetchone()[0]
        labels.append(connection, label(1, comment_id=mine, video_id=VIDEO, text="of the forgotten"))
        labels.append(connection, label(2, comment_id=answer, video_id=VIDEO, context={"parent": "of the forgotten"}))
        inbox.mark(connection, "tiktok", mine, "later")
    others = len(all_comments(store)) - len(written_by(store, pseudonyms))
    said = json.loads(command(store, "forget", "--user", name, "--json"))
    assert said["comments"] > 3
    assert said["pages"] > 3
    assert written_by(store, pseudonyms) == []
    assert len(all_comments(store)) == others
    assert (
        found_in(haystacks(without_list(store, tmp_path / "copy"), exported(store, tmp_path / "out")), [*pseudonyms, "of the forgotten"])
        == []
    )
    reparse(store)
    fill(store)
    assert written_by(store, pseudonyms) == []
    assert len(all_comments(store)) == others, "everybody else comes back, and nobody twice"
    assert found_in(haystacks(without_list(store, tmp_path / "copy2")), pseudonyms) == []


def all_comments(store: Store) -> list[str]:
    with store.reading() as connection:
        return [str(found["id"]) for found in connection.execute("SELECT id FROM comment")]


def written_by(store: Store, pseudonyms: list[str]) -> list[str]:
    with store.reading() as connection:
        sql = "SELECT id FROM comment WHERE author IN (?, ?) OR author_alias IN (?, ?)"
        return [str(found["id"]) for found in connection.execute(sql, [*pseudonyms, *pseudonyms])]


def his_pages() -> list[Captured]:
    """A creator in every page that names creators."""
    films = [item(id=video, author=MAKER, music={"id": "1", "title": "a song"}, desc=f"caption of lamps {video}") for video in HIS]
    flat = item(id=HIS[1], author=MAKER["uniqueId"], authorId=MAKER["id"], nickname=MAKER["nickname"])
    sigi = {
        "ItemModule": {HIS[1]: flat},
        "UserModule": {"users": {MAKER["uniqueId"]: MAKER}, "stats": {MAKER["uniqueId"]: {"followerCount": 5}}},
        "CommentItem": {"1": row(PEOPLE[0], 11_000, video=HIS[1])},
    }
    old = f'<html><script id="SIGI_STATE" type="application/json">{json.dumps(sigi)}</script></html>'
    own = {
        **row(PEOPLE[1], 12_000, video=HIS[0]),
        "user": {"uid": MAKER["id"], "unique_id": MAKER["uniqueId"], "nickname": MAKER["nickname"]},
    }
    return [
        captured(question("recommend/item_list/?count=30"), items(*films, item())),
        captured(question(f"item/detail/?itemId={HIS[0]}"), {"itemInfo": {"itemStruct": films[0]}, "statusCode": 0}),
        captured(
            question(f"user/detail/?uniqueId={MAKER['uniqueId']}"),
            {"userInfo": {"user": MAKER, "stats": {"followerCount": 5}}, "statusCode": 0},
        ),
        captured(question(f"search/general/full/?keyword={MAKER['uniqueId']}+lamp"), {"data": [{"type": 1, "item": films[1]}]}),
        captured(question(f"comment/list/?aweme_id={HIS[0]}&cursor=0"), envelope(row(PEOPLE[2], 13_000, video=HIS[0]), own)),
        captured(question(f"comment/list/?aweme_id={VIDEO}&cursor=0"), envelope({**own, "cid": "7600000000000014000", "aweme_id": VIDEO})),
        *(captured(asked, body) for asked, body in embedded(old)),
        captured(Asked("rendered", f"rendered/{HIS[1]}", HIS[1]), {"at": AT, "thread": {"id": HIS[1], "author": MAKER, "rows": []}}),
    ]


def note_what_is_made_of(connection: sqlite3.Connection, video: str) -> None:
    """All that is worked out of the creator's video, read from files about it, and encoded of its hashtags."""
    said = quality_looks.Verdict("tiktok", video, "breakout", "yes", "evidence of lamps")
    quality_looks.put_verdicts(connection, [said])
    quality_looks.put_subjects(connection, [quality_looks.Subject("tiktok", video, "home", "evidence of lamps")])
    quality_creators.put_expected(connection, [quality_creators.Expected("tiktok", video, 5.0, None, None)])
    studio.put(connection, [studio.Studio("tiktok", video, AT, traffic={"evidence of lamps": 1.0})])
    score = quality_learned.CreatorScore("tiktok", str(MAKER["id"]), AT, "2", "m", 50.0, False, 1)
    quality_learned.add_scores(connection, [score])
    hashtag_vectors.save(connection, "e", {"maker of lamps": np.zeros(2, np.float32)})


@pytest.mark.parametrize("name", ["@maker.of.lamps", MAKER["id"]])
def test_a_forgotten_creator_is_gone_with_every_video_and_what_they_wrote_elsewhere(store: Store, tmp_path: Path, name: str) -> None:
    with store.writing() as connection:
        runs.start(connection, Run("run1", "creator", (MAKER["uniqueId"], "other.maker"), AT, AT))
        wanted = [Wanted("creator", MAKER["uniqueId"]), Wanted("video", HIS[0], MAKER["uniqueId"], f"creator:{MAKER['uniqueId']}")]
        tasks.add(connection, "run1", wanted)
    store.workspace.logs.mkdir()
    (store.workspace.logs / "scrape-run1.jsonl").write_text(
        json.dumps({"event": "open", "key": HIS[0], "handle": MAKER["uniqueId"]})
        + "\n"
        + json.dumps({"event": "closed", "key": "5"})
        + "\n"
    )
    for page in his_pages():
        take(store, [page], SCRAPE)
    with store.writing() as connection:
        saved_searches.add(connection, "his", {"creator": f"tiktok:{MAKER['id']}"})
        note_what_is_made_of(connection, HIS[0])
    with store.writing("labels") as connection:
        labels.append(connection, label(3, comment_id="dom:" + "a" * 32, video_id=HIS[0], text="never stored"))
    said = json.loads(command(store, "forget", "--creator", name, "--json"))
    assert (said["videos"], said["comments"] >= 3) == (2, True)
    pseudonyms = [store.workspace.pseudonym(str(MAKER["id"])), store.workspace.pseudonym(str(MAKER["uniqueId"]))]
    needles = [str(MAKER["id"]), str(MAKER["uniqueId"]), "maker.of.lamps", str(MAKER["nickname"]), "caption of lamps", "never stored", *HIS]
    needles += ["maker of lamps", "evidence of lamps"]
    assert found_in(haystacks(store, exported(store, tmp_path / "out")), needles) == []
    assert found_in(haystacks(without_list(store, tmp_path / "copy")), [*needles, *pseudonyms]) == []
    assert '"key": "5"' in (store.workspace.logs / "scrape-run1.jsonl").read_text()
    for page in his_pages():
        take(store, [page], Origin("scrape", "run2"))
    reparse(store)
    with store.reading() as connection:
        assert creators.named(connection, "tiktok", "maker.of.lamps") == []
        assert [found["id"] for found in connection.execute("SELECT id FROM video WHERE id IN (?, ?)", HIS)] == []
    assert written_by(store, pseudonyms) == []


def test_a_forget_that_was_cut_off_is_made_good_by_the_next(store: Store, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    fill(store)
    one = PEOPLE[7]
    with monkeypatch.context() as cut:
        cut.setattr("companion.forget._clean_pages", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt()))
        with pytest.raises(KeyboardInterrupt):
            forget_commenter(store, one.handle)
    reparse(store)
    pseudonyms = [store.workspace.pseudonym(one.uid), store.workspace.pseudonym(one.handle)]
    assert written_by(store, pseudonyms) == [], "raw pages that hold a forgotten person bring nobody back"
    command(store, "forget", "--user", PEOPLE[8].handle)
    assert found_in(haystacks(without_list(store, tmp_path / "copy")), pseudonyms) == []


def test_a_page_on_its_way_in_while_somebody_is_forgotten_does_not_bring_them_back(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    one = PEOPLE[9]

    def late(*arguments: Any) -> Any:
        found = scrubbed(*arguments)
        monkeypatch.setattr(intake, "scrub", scrubbed)
        forget_commenter(store, one.handle)
        forget_commenter(store, one.uid)
        return found

    scrubbed = intake.scrub
    monkeypatch.setattr(intake, "scrub", late)
    take(store, [web(PEOPLE)[0]], SCRAPE)
    assert written_by(store, [store.workspace.pseudonym(one.uid), store.workspace.pseudonym(one.handle)]) == []
    assert len(all_comments(store)) > 40
